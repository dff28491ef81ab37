"""Charts: one function per question, drawn at final size in the report's own font, returned as SVG with alt text.

Labels stand at their marks, no legends, no chart titles (the finding is the heading). Words and numbers come from
wording.py, alt texts and captions from captions.py. What can't be drawn for want of data is left out.
"""

import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.measures.pace import is_daily
from helpers.report import captions
from helpers.report.blocks import Gambar, Rangkaian
from helpers.wording import is_unknown, number, percent, required_pace, short_day, target_percent

INK, GREY, PALE, LINE = "#1F2328", "#5B626B", "#D3D7DC", "#E6E9EC"
ACCENT, SOFT, ALERT = "#0B3C6F", "#B4C6DA", "#C44E00"
FONT = "Source Sans Pro"
BOLD: dict[str, Any] = {"fontweight": 600}
MM = 1 / 25.4


@cache
def _style() -> dict[str, Any]:
    """Font and theme, found once; given to every chart as a context, so that no global setting is left behind."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    for weight in ("Regular", "Semibold", "Bold"):
        font_manager.fontManager.addfont(folder / f"SourceSansPro-{weight}.otf")
    theme = sns.axes_style("white") | sns.plotting_context("paper")
    return theme | {
        "font.family": [FONT],
        "font.size": 8.5,
        "axes.labelsize": 8.5,
        "xtick.labelsize": 8.5,
        "ytick.labelsize": 8.5,
        "text.color": INK,
        "axes.labelcolor": GREY,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "axes.edgecolor": GREY,
        "axes.linewidth": 0.6,
        "grid.color": LINE,
        "grid.linewidth": 0.6,
        "svg.fonttype": "none",
        "svg.hashsalt": "pantau",
    }


def _canvas(width: float, height: float, left: float, right: float, top: float, bottom: float) -> tuple[Figure, Axes]:
    """Axes with margins in millimetres, only a bottom spine."""
    figure = Figure(figsize=(width * MM, height * MM))
    box = (left / width, bottom / height, 1 - (left + right) / width, 1 - (top + bottom) / height)
    axes = figure.add_axes(box)
    sns.despine(ax=axes, left=True)
    axes.tick_params(length=0)
    return figure, axes


def _finish(figure: Figure, alt: str, caption: str) -> Gambar:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return Gambar(buffer.getvalue(), alt, caption)


def _shares(axes: Axes, top: float) -> None:
    ticks = [t / 100 for t in range(0, 101, 20) if t / 100 <= top]
    axes.set_yticks(ticks, [number(t * 100) for t in ticks[:-1]] + [percent(ticks[-1], 0)])
    axes.grid(axis="y")
    axes.set_axisbelow(True)


def progress(
    kurva: pd.DataFrame,
    ukuran: Any,
    kampanye: Any,
    sisa: Any,
    pembanding: pd.DataFrame | None = None,
    nama: str = "",
    tinggi: float = 66,
) -> Gambar | Rangkaian:
    """Capaian by day, the target, and the path that would reach it.

    `kurva`: tanggal, capaian; `ukuran`: a row of rates (capaian, kekurangan, target_orang); `pembanding`: the city's
    curve behind an office's own.
    """
    if kurva.empty or is_unknown(ukuran["capaian"]):
        return Rangkaian([])
    with mpl.rc_context(_style()):
        figure, axes = _canvas(178, tinggi, 9, 36, 3, 6)
        start, end, now = kampanye.mulai, kampanye.selesai, kampanye.tanggal_data
        top = min(1.0, max(kampanye.target + 0.12, float(kurva["capaian"].max()) + 0.12))
        axes.set(xlim=(_at(start, start), _at(end, start)), ylim=(0, top))
        _shares(axes, top)
        axes.axhline(kampanye.target, color=INK, lw=1.2)
        asked = f"Target {target_percent(kampanye.target)} = {number(ukuran['target_orang'])} {kampanye.orang}"
        axes.text(0, kampanye.target + 0.012, asked, va="bottom", **BOLD)
        if pembanding is not None and not pembanding.empty:
            days = [_at(d, start) for d in pembanding["tanggal"]]
            axes.plot(days, pembanding["capaian"], color=GREY, lw=1, ls=(0, (3, 1.5)))
        days = [_at(d, start) for d in kurva["tanggal"]]
        marker = "o" if len(kurva) < 8 else ""
        axes.plot(days, kurva["capaian"], color=ACCENT, lw=2.4, marker=marker, ms=4, clip_on=False)
        last = kurva["tanggal"].iloc[-1]  # the newest count, which may be older than the data date
        share, here, today = float(ukuran["capaian"]), _at(last, start), _at(now, start)
        axes.plot(here, share, "o", ms=6, color=ACCENT, mec="white", mew=1.2, clip_on=False, zorder=5)
        behind = pembanding is not None and not pembanding.empty
        city = float(pembanding["capaian"].iloc[-1]) if pembanding is not None and behind else None
        # Left above the own line, unless the city's line or the target's runs there: then right below the point.
        near_target = 0 <= kampanye.target - share < 0.1
        left = here > 6 and (city is None or share >= city) and not near_target
        axes.annotate(
            f"{percent(share)} per {short_day(last)}",
            (here, share),
            (-6, 7) if left else (10, -12 if near_target else -8),
            textcoords="offset points",
            ha="right" if left else "left",
            color=ACCENT,
            fontsize=11,
            fontweight=700,
        )
        if ukuran["kekurangan"] > 0 and sisa["hari"] > 0:
            axes.plot([today, _at(end, start)], [share, kampanye.target], color=ALERT, lw=1.8, ls=(0, (4, 1.8)))
            need = required_pace(ukuran["kekurangan"] / sisa["hari"])
            axes.text(
                _at(end, start) + 0.6,
                (share + kampanye.target) / 2,
                f"Perlu {need} {kampanye.orang}\nper hari kalender",
                color=ALERT,
                va="center",
                linespacing=1.1,
                **BOLD,
            )
        if city is not None:
            end_at = _at(end, start)
            axes.plot([here, end_at], [city, city], color=GREY, lw=0.5, ls=(0, (1, 2)))
            text = (
                f"{kampanye.wilayah} {percent(city)}"
                if len(kampanye.wilayah) < 20
                else f"Seluruh {kampanye.unit} {percent(city)}"
            )
            axes.annotate(text, (end_at + 0.6, city), color=GREY, va="center", annotation_clip=False)
        _dates(axes, kampanye)
        return _finish(
            figure,
            captions.progress_alt(kurva, ukuran, kampanye, nama),
            captions.progress_caption(kurva, ukuran, kampanye, nama),
        )


def _at(day: Any, start: date) -> int:
    return (pd.Timestamp(day) - pd.Timestamp(start)).days


def _dates(axes: Axes, kampanye: Any) -> None:
    """Weekly dates; the data date always, and whatever would run into it gives way."""
    start = kampanye.mulai
    length, now = _at(kampanye.selesai, start), _at(kampanye.tanggal_data, start)
    places = [now]
    for step in (0, length, *range(7, length, 7)):
        if all(abs(step - other) > 3 for other in places):
            places.append(step)
    days = [pd.Timestamp(start) + pd.Timedelta(days=place) for place in places]
    axes.set_xticks(places, [short_day(d.date()) for d in days])
    axes.get_xticklabels()[0].set(color=INK, fontweight=600)


def gap_parts(penguraian: pd.DataFrame, kota: Any, kampanye: Any) -> Gambar:
    """Where everyone not yet berhasil stands: bars by reason, largest first inside gagal, belum, rest."""
    with mpl.rc_context(_style()):
        table = penguraian.assign(label=captions.part_labels(penguraian))
        height = 5.2 * len(table) + 8
        figure, axes = _canvas(178, height, 62, 40, 1, 5)
        colours = {"gagal": ALERT, "belum": PALE, "tidak dirinci": PALE, "belum lapor": "white"}
        sns.barplot(
            table.astype({"orang": float}),
            x="orang",
            y="label",
            hue="kelompok",
            palette=colours,
            dodge=False,
            width=0.68,
            ax=axes,
            legend=False,
            saturation=1,
        )
        for at, row in enumerate(table.itertuples()):
            text = f"{number(row.orang)} {kampanye.orang} · {percent(row.orang / kota['jumlah_asn'])}"
            axes.annotate(text, (row.orang, at), (3, 0), textcoords="offset points", va="center")
        for patch in axes.patches:
            if patch.get_facecolor() == (1, 1, 1, 1):
                patch.set(edgecolor=GREY, linestyle=(0, (3, 2)), linewidth=0.7)
        axes.set(xlabel="", ylabel="", xticks=[], xlim=(0, float(table["orang"].max()) * 1.02))
        axes.spines["bottom"].set_visible(False)
        for tick in axes.get_yticklabels():
            tick.set_color(INK)
        return _finish(figure, captions.parts_alt(penguraian, kota, kampanye), captions.parts_caption(kota, kampanye))


def place_among(ukuran: pd.DataFrame, opd: str, kota: Any, kampanye: Any) -> Gambar | Rangkaian:
    """One dot per office that reported, this one stressed: where it stands among all."""
    if opd not in set(ukuran.loc[ukuran["lapor"] & ukuran["capaian"].notna(), "opd"]):
        return Rangkaian([])
    with mpl.rc_context(_style()):
        shown = ukuran[ukuran["lapor"] & ukuran["capaian"].notna()]
        figure, axes = _canvas(178, 30, 3, 3, 1, 5.5)
        stacks: dict[int, int] = {}
        height = 0
        for row in shown.sort_values("capaian").itertuples():
            cell = round(float(row.capaian) * 100 / 1.5)
            level = stacks[cell] = stacks.get(cell, -1) + 1
            height = max(height, level)
            own = row.opd == opd
            axes.plot(
                float(row.capaian),
                level,
                "o",
                ms=7 if own else 4.4,
                color=ACCENT if own else PALE,
                mec="white" if own else GREY,
                mew=0.6,
                zorder=4 if own else 3,
            )
        ceiling = max(height, 3) + 3
        axes.set(xlim=(-0.01, 1.01), ylim=(-0.7, ceiling))
        average = f"{kampanye.wilayah if len(kampanye.wilayah) < 20 else 'Seluruh ' + kampanye.unit} {percent(kota['capaian'])}"
        lines: list[tuple[float, str, str, Any]] = [
            (float(kota["capaian"]), average, GREY, (0, (3, 1.5))),
            (kampanye.target, f"Target {target_percent(kampanye.target)}", INK, "-"),
        ]
        for value, text, colour, dash in lines:
            axes.axvline(value, color=colour, lw=1, ls=dash)
            axes.annotate(
                text,
                (value, ceiling),
                (-3, -1),
                textcoords="offset points",
                ha="right",
                va="top",
                color=colour,
                **BOLD,
            )
        axes.set_yticks([])
        axes.set_xticks([t / 100 for t in range(0, 101, 20)], ["0", "20", "40", "60", "80", "100%"])
        return _finish(figure, captions.place_alt(ukuran, opd, kota, kampanye), captions.place_caption(shown, kampanye))


def pace_bars(harian: pd.DataFrame, ukuran: Any, kampanye: Any, hari: int = 10) -> Gambar | Rangkaian:
    """New berhasil per day of an office over the last days, beside the pace it needs per calendar day.

    Left out where the office did not send dates for every day, or needs less than one person a day.
    """
    own = harian[harian["opd"].eq(ukuran["opd"])].tail(hari + 1)
    butuh = ukuran["laju_butuh"]
    if not is_daily(own) or is_unknown(butuh) or butuh < 1:
        return Rangkaian([])
    own = own.set_index("tanggal")
    with mpl.rc_context(_style()):
        added = (own["berhasil"] - own["tanpa_tanggal"]).astype(float).diff().dropna()
        figure, axes = _canvas(178, 34, 3, 40, 2, 5.5)
        axes.bar(range(len(added)), added, width=0.55, color=[ACCENT if v >= butuh else SOFT for v in added])
        for at, value in enumerate(added):
            axes.annotate(number(value), (at, value), (0, 2), textcoords="offset points", ha="center", **BOLD)
        axes.axhline(butuh, color=ALERT, lw=1.6, ls=(0, (4, 1.8)))
        axes.annotate(
            f"Perlu {required_pace(butuh)} per hari",
            (len(added) - 0.4, butuh),
            color=ALERT,
            va="center",
            annotation_clip=False,
            **BOLD,
        )
        axes.set_xticks(range(len(added)), [short_day(d.date()) for d in added.index])
        axes.set(yticks=[], xlim=(-0.5, len(added) - 0.5), ylim=(0, max(float(added.max()), butuh, 1) * 1.25))
        return _finish(figure, captions.bars_alt(added, butuh, kampanye), captions.bars_caption(own, kampanye))
