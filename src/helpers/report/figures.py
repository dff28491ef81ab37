"""Charts: one function per question, drawn at final size in the report's own font, returned as SVG with alt text.

Labels stand at their marks, no legends, no chart titles (the finding is the heading). Words and numbers come from
wording.py, alt texts and captions from captions.py, what charts share from canvas.py. What can't be drawn for want of
data is left out.
"""

from datetime import date
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from helpers.measures.pace import is_daily
from helpers.report import captions
from helpers.report.blocks import Gambar, Rangkaian
from helpers.report.canvas import (
    ACCENT,
    ALERT,
    BOLD,
    DASHED,
    GREY,
    INK,
    MM,
    PALE,
    SOFT,
    Label,
    canvas,
    finish,
    shares,
    style,
    write_beside,
)
from helpers.report.labels import Place, along, around, measured, note, ring, settle, upright
from helpers.wording import is_unknown, number, percent, required_pace, short_day, target_percent


def progress(
    kurva: pd.DataFrame,
    ukuran: Any,
    kampanye: Any,
    sisa: Any,
    pembanding: pd.DataFrame | None = None,
    nama: str = "",
    tinggi: float = 66,
    kipas: pd.DataFrame | None = None,
    jalur: pd.DataFrame | None = None,
) -> Gambar | Rangkaian:
    """Capaian by day, the target, the path that would reach it, and the fan of what is to be expected.

    `kurva`: tanggal, capaian; `ukuran`: a row of rates (capaian, kekurangan, target_orang); `pembanding`: the city's
    curve behind an office's own; `kipas`: projection.fan; `jalur`: skenario.required_path.
    """
    if kurva.empty or is_unknown(ukuran["capaian"]):
        return Rangkaian([])
    with mpl.rc_context(style()):
        figure, axes = canvas(178, tinggi, 9, 36, 3, 6)
        start, end = kampanye.mulai, kampanye.selesai
        highest = max(
            float(kurva["capaian"].max()), 0 if kipas is None or kipas.empty else float(kipas["atas_80"].max())
        )
        top = min(1.0, max(kampanye.target, highest) + 0.12)
        axes.set(xlim=(_at(start, start), _at(end, start)), ylim=(0, top))
        shares(axes, top)
        axes.axhline(kampanye.target, color=INK, lw=1.2)
        marks: list[Bbox] = []  # what no word may stand on
        beside: list[Label] = []
        last = kurva["tanggal"].iloc[-1]  # the newest count, which may be older than the data date
        share, here = float(ukuran["capaian"]), _at(last, start)
        if pembanding is not None and not pembanding.empty:
            days = [_at(d, start) for d in pembanding["tanggal"]]
            axes.plot(days, pembanding["capaian"], color=GREY, lw=1, ls=(0, (3, 1.5)))
            marks += along(axes, days, pembanding["capaian"])
        days = [_at(d, start) for d in kurva["tanggal"]]
        marker = "o" if len(kurva) < 8 else ""
        axes.plot(days, kurva["capaian"], color=ACCENT, lw=2.4, marker=marker, ms=4, clip_on=False)
        axes.plot(here, share, "o", ms=6, color=ACCENT, mec="white", mew=1.2, clip_on=False, zorder=5)
        marks += [*along(axes, days, kurva["capaian"], 4), around(axes.transData.transform((here, share)), 5)]
        fan: list[Bbox] = []  # what words keep off if they can
        if kipas is not None and len(kipas):
            beside.append(_fan(axes, kipas, start))
            days = [_at(d, start) for d in kipas["tanggal"]]
            marks += along(axes, days, kipas["median"])
            fan = [square for name in ("bawah_80", "atas_80") for square in along(axes, days, kipas[name])]
        if jalur is not None and len(jalur):
            days = [_at(d, start) for d in jalur["tanggal"]]
            axes.plot(days, jalur["capaian"].astype(float), color=ALERT, lw=1.8, ls=DASHED)
            marks += along(axes, days, jalur["capaian"])
            beside.append(Label(kampanye.target - 0.03, _needed(ukuran, sisa, kampanye), {"color": ALERT} | BOLD))
        if pembanding is not None and not pembanding.empty:
            # A leader to the label, no forecast: the city won't stay where it stands.
            city = float(pembanding["capaian"].iloc[-1])
            axes.plot([here, _at(end, start)], [city, city], color=PALE, lw=0.5, ls=(0, (1, 3)), zorder=1.5)
            whole = kampanye.wilayah if len(kampanye.wilayah) < 20 else f"Seluruh {kampanye.unit}"
            apart = " " if len(whole) < 14 else "\n"
            beside.append(Label(city, f"{whole}{apart}{percent(city)} kini", {"color": GREY}))
        write_beside(axes, beside, _at(end, start) + 0.6, tinggi - 9)
        _dates(axes, kampanye)
        asked = f"Target {target_percent(kampanye.target)} = {number(ukuran['target_orang'])} {kampanye.orang}"
        _inside(axes, asked, f"{percent(share)} per {short_day(last)}", (here, share), kampanye.target, marks, fan)
        return finish(
            figure,
            captions.progress_alt(kurva, ukuran, kampanye, nama, kipas),
            captions.progress_caption(kurva, ukuran, kampanye, nama, kipas),
        )


def _needed(ukuran: Any, sisa: Any, kampanye: Any) -> str:
    """What the required path asks for; less than a person a day is said as the sentences say it."""
    unit_of_time, left_key = ("kerja", "hari_kerja") if sisa["hari_kerja"] else ("kalender", "hari")
    if ukuran["kekurangan"] < sisa[left_key]:
        days_left = f"{number(sisa[left_key])} hari {unit_of_time}"
        return f"Perlu {number(ukuran['kekurangan'])} {kampanye.orang}\ndalam {days_left}"
    need = required_pace(ukuran["kekurangan"] / sisa[left_key])
    return f"Perlu {need} {kampanye.orang}\nper hari {unit_of_time}"


def _inside(
    axes: Axes, asked: str, reached: str, point: tuple[float, float], target: float, marks: list[Bbox], fan: list[Bbox]
) -> None:
    """The words at the target's line and at the newest point, wherever the numbers leave room for them."""
    taken = [*marks, *measured(axes.texts)]
    room = Bbox([(axes.bbox.x0 - 2, axes.bbox.y0), axes.figure.bbox.max])
    end = axes.get_xlim()[1]
    at_line: list[Place] = [
        ((x, target), (0, up), across, "bottom" if up > 0 else "top")
        for x, across in ((0, "left"), (end / 2, "center"), (end, "right"))
        for up in (2, -2, 5, -5)
    ]
    words = note(axes, asked, **BOLD)
    settle(words, at_line, [[*taken, *fan], taken], room)
    taken += [*measured([words]), *along(axes, axes.get_xlim(), [target, target], 2)]
    words = note(axes, reached, color=ACCENT, fontsize=11, fontweight=700)
    near: list[Place] = [(point, (-6, 9), "right", "center"), (point, (10, -7), "left", "center")]
    far: list[Place] = [(point, (2, up), "left", "center") for up in range(12, 100, 12)]
    settle(words, [*near, *ring(point, (9, 14, 20, 28, 40)), *far], [[*taken, *fan], taken], room)


def _fan(axes: Axes, kipas: pd.DataFrame, start: date) -> Label:
    """Bands of 80 and 50 percent and the middle line; the label that says where they end."""
    days = [_at(d, start) for d in kipas["tanggal"]]
    bands = ((80, "#DCE5EF"), (50, SOFT))
    for level, colour in bands:
        axes.fill_between(days, kipas[f"bawah_{level}"], kipas[f"atas_{level}"], color=colour, lw=0, zorder=1)
    axes.plot(days, kipas["median"], color=ACCENT, lw=1.4, ls=(0, (1, 1.4)))
    end = kipas.iloc[-1]
    low, high = percent(end["bawah_80"], 0), percent(end["atas_80"], 0)
    text = f"Proyeksi {percent(end['median'], 0)}\n(80%: {low.removesuffix('%')}–{high})"
    return Label(float(end["median"]), text, {"color": ACCENT} | BOLD)


def _at(day: Any, start: date) -> int:
    return (pd.Timestamp(day) - pd.Timestamp(start)).days


def _dates(axes: Axes, kampanye: Any) -> None:
    """Weekly dates; the data date always, and whatever would run into it gives way."""
    start = kampanye.mulai
    length, now = _at(kampanye.selesai, start), _at(kampanye.tanggal_data, start)
    figure: Any = axes.figure
    day = axes.get_position().width * figure.get_size_inches()[0] / MM / length  # mm
    # A date is 11 mm wide and stays within the axes: at the left is the other axis' "0", at the right the labels.
    wide = length * day
    middle = {place: min(max(place * day, 5.5), wide - 5.5) for place in (now, 0, length, *range(7, length, 7))}
    places: list[int] = []
    for place, at in middle.items():
        if all(abs(at - middle[other]) >= 11 for other in places):
            places.append(place)
    days = [pd.Timestamp(start) + pd.Timedelta(days=place) for place in places]
    axes.set_xticks(places, [short_day(d.date()) for d in days])
    for place, label in zip(places, axes.get_xticklabels(), strict=True):
        if middle[place] != place * day:
            label.set(ha="left" if middle[place] > place * day else "right")
        if place == now:
            label.set(color=INK, fontweight=600)


def place_among(ukuran: pd.DataFrame, opd: str, kota: Any, kampanye: Any) -> Gambar | Rangkaian:
    """One dot per office that reported, this one stressed: where it stands among all."""
    if opd not in set(ukuran.loc[ukuran["lapor"] & ukuran["capaian"].notna(), "opd"]):
        return Rangkaian([])
    with mpl.rc_context(style()):
        shown = ukuran[ukuran["lapor"] & ukuran["capaian"].notna()]
        figure, axes = canvas(178, 30, 3, 3, 1, 5.5)
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
        # Room for two rows of words above the dots, 4 mm each.
        ceiling = max((height + 1.2) / (1 - 8 / 23.5) - 0.7, 6)
        axes.set(xlim=(-0.01, 1.01), ylim=(-0.7, ceiling))
        whole = kampanye.wilayah if len(kampanye.wilayah) < 20 else f"Seluruh {kampanye.unit}"
        average = (float(kota["capaian"]), f"{whole} {percent(kota['capaian'])}", GREY, (0, (3, 1.5)))
        upright(axes, [(kampanye.target, f"Target {target_percent(kampanye.target)}", INK, "-"), average])
        axes.set_yticks([])
        axes.set_xticks([t / 100 for t in range(0, 101, 20)], ["0", "20", "40", "60", "80", "100%"])
        return finish(figure, captions.place_alt(ukuran, opd, kota, kampanye), captions.place_caption(shown, kampanye))


def pace_bars(harian: pd.DataFrame, ukuran: Any, kampanye: Any, hari: int = 10) -> Gambar | Rangkaian:
    """New berhasil per day of an office over the last days, beside the pace it needs per calendar day.

    Left out where the office did not send dates for every day, or needs less than one person a day.
    """
    own = harian[harian["opd"].eq(ukuran["opd"])].tail(hari + 1)
    butuh = ukuran["laju_butuh"]
    if not is_daily(own) or is_unknown(butuh) or butuh < 1:
        return Rangkaian([])
    own = own.set_index("tanggal")
    with mpl.rc_context(style()):
        added = (own["berhasil"] - own["tanpa_tanggal"]).astype(float).diff().dropna()
        figure, axes = canvas(178, 29, 3, 40, 2, 5.5)
        axes.bar(range(len(added)), added, width=0.55, color=[ACCENT if v >= butuh else SOFT for v in added])
        ceiling = max(float(added.max()), butuh, 1) * 1.25
        for at, value in enumerate(added):
            # A label that the line would run through stands above the line.
            foot = butuh if 0 <= butuh - value < ceiling / 6 else value
            axes.annotate(number(value), (at, foot), (0, 2), textcoords="offset points", ha="center", **BOLD)
        axes.axhline(butuh, color=ALERT, lw=1.6, ls=DASHED)
        axes.annotate(
            f"Perlu {required_pace(butuh)} per hari",
            (len(added) - 0.4, butuh),
            color=ALERT,
            va="center",
            annotation_clip=False,
            **BOLD,
        )
        axes.set_xticks(range(len(added)), [short_day(d.date()) for d in added.index])
        axes.set(yticks=[], xlim=(-0.5, len(added) - 0.5), ylim=(0, ceiling))
        return finish(figure, captions.bars_alt(added, butuh, kampanye), captions.bars_caption(own, kampanye))
