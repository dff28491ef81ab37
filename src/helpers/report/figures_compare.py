"""The funnel: capaian by headcount with both kinds of limits, names only outside the adjusted ones.

Names are put where they cover neither a point nor each other; one that finds no free place is left to the sentences
beside the chart (story_compare.py).
"""

from textwrap import fill
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from helpers.measures import comparison
from helpers.report import captions
from helpers.report.blocks import Gambar, Rangkaian
from helpers.report.canvas import (
    ACCENT,
    ALERT,
    BOLD,
    GREY,
    INK,
    SOFT,
    Label,
    canvas,
    finish,
    shares,
    style,
    write_beside,
)
from helpers.report.labels import along, around, measured, note, ring, settle
from helpers.wording import capitalize, number, percent, target_percent

BAND = "#DBE4EE"
NAMES = 15  # a chart with more names than that is read by nobody


def funnel(
    ukuran: pd.DataFrame, corong: pd.DataFrame, kampanye: Any, opd: str = "", tinggi: float = 92
) -> Gambar | Rangkaian:
    """Each office that reported by headcount (log scale) and capaian, within the limits of comparison.limits.

    `ukuran`: opd, nama; `corong`: comparison.funnel of it; `opd`: an office to mark and name wherever it stands (its
    own report). Left out where nobody reported.
    """
    if corong["capaian"].notna().sum() == 0:
        return Rangkaian([])
    with mpl.rc_context(style()):
        figure = _draw(ukuran, corong, kampanye, opd, tinggi)
        alt = captions.funnel_alt(ukuran, corong, kampanye, opd)
        return finish(figure, alt, captions.funnel_caption(corong, kampanye))


def places(ukuran: pd.DataFrame, corong: pd.DataFrame, kampanye: Any, tinggi: float = 92) -> pd.DataFrame:
    """Where the offices stand on the chart of `funnel` with the same arguments: opd, x, y, as shares of its width from the
    left and of its height from the top. Empty where there is no chart."""
    if corong["capaian"].notna().sum() == 0:
        return pd.DataFrame({"opd": [], "x": [], "y": []})
    with mpl.rc_context(style()):
        shown = _shown(ukuran, corong)
        figure, axes = _frame(shown, kampanye, tinggi)
        at = axes.transData.transform(shown[["jumlah_asn", "capaian"]].to_numpy(float)) / figure.bbox.size
    return pd.DataFrame({"opd": shown["opd"], "x": at[:, 0], "y": 1 - at[:, 1]}).reset_index(drop=True)


def _shown(ukuran: pd.DataFrame, corong: pd.DataFrame) -> pd.DataFrame:
    shown = corong.merge(ukuran[["opd", "nama"]], on="opd")
    return shown[shown["capaian"].notna()].astype({"jumlah_asn": float, "capaian": float})


def _frame(shown: pd.DataFrame, kampanye: Any, height: float) -> tuple[Figure, Axes]:
    smallest, largest = shown["jumlah_asn"].min() / 1.15, shown["jumlah_asn"].max() * 1.15
    figure, axes = canvas(178, height, 9, 36, 3, 10)
    axes.set(xscale="log", xlim=(smallest, largest), ylim=(0, 1.0))
    return figure, axes


def _draw(ukuran: pd.DataFrame, corong: pd.DataFrame, kampanye: Any, opd: str, height: float) -> Figure:
    shown = _shown(ukuran, corong)
    figure, axes = _frame(shown, kampanye, height)
    smallest, largest = axes.get_xlim()
    axes.set_xlabel(f"Jumlah {kampanye.orang} di {kampanye.unit} (skala logaritmik)", loc="left")
    _sizes(axes, smallest, largest)
    shares(axes, 1.0)
    curves = comparison.limits(corong, jumlah=np.geomspace(smallest, largest, 120).tolist()).astype(float)
    _limits(axes, curves, corong, kampanye, height - 13)
    _points(axes, shown, opd)
    _names(axes, shown, curves, [float(corong["garis"].iloc[0]), kampanye.target], opd)
    return figure


def _sizes(axes: Axes, smallest: float, largest: float) -> None:
    steps = [digit * 10**power for power in range(8) for digit in (1, 2, 5)]
    places = [step for step in steps if smallest <= step <= largest] or [round(smallest * 1.15)]
    axes.set_xticks(places, [number(place) for place in places])
    axes.minorticks_off()


def _limits(axes: Axes, curves: pd.DataFrame, corong: pd.DataFrame, kampanye: Any, height: float) -> None:
    """Bands of the adjusted limits, dashed lines of the plain ones, the line and the target; labels at the right."""
    line = float(corong["garis"].iloc[0])
    labels = [(line, f"{capitalize(kampanye.unit)} melapor {percent(line)}", ACCENT)]
    labels.append((kampanye.target, f"Target {target_percent(kampanye.target)}", INK))
    for level, colour in ((comparison.LEVEL, BAND), (0.95, SOFT)):
        own = curves[curves["tingkat"].eq(level)]
        if own["sesuaian_atas"].notna().all():
            axes.fill_between(own["jumlah_asn"], own["sesuaian_bawah"], own["sesuaian_atas"], color=colour, lw=0)
            text = f"Batas wajar {percent(level, 0 if level == 0.95 else 1)}"
            labels.append((float(own["sesuaian_atas"].iloc[-1]), text, GREY))
    plain = curves[curves["tingkat"].eq(comparison.LEVEL)]
    for side in ("batas_bawah", "batas_atas"):
        axes.plot(plain["jumlah_asn"], plain[side], color=GREY, lw=0.9, ls=(0, (3, 2)))
    axes.axhline(line, color=ACCENT, lw=1.2)
    axes.axhline(kampanye.target, color=INK, lw=1.2)
    left, right = axes.get_xlim()
    beside = right * (right / left) ** (1.4 / 133)  # 1.4 mm on a scale of 133
    write_beside(axes, [Label(at, text, {"color": colour} | BOLD) for at, text, colour in labels], beside, height)


def _points(axes: Axes, shown: pd.DataFrame, opd: str) -> None:
    looks: dict[str, dict[str, Any]] = {
        comparison.UNJUDGED: {"marker": "o", "ms": 3.2, "color": GREY, "mec": GREY, "mew": 0.0},
        comparison.INSIDE: {"marker": "o", "ms": 4.6, "color": "white", "mec": GREY, "mew": 0.8},
        comparison.ABOVE: {"marker": "^", "ms": 7, "color": ACCENT, "mec": "white", "mew": 0.8},
        comparison.BELOW: {"marker": "v", "ms": 7, "color": ALERT, "mec": "white", "mew": 0.8},
    }
    for place, look in looks.items():
        own = shown[shown["posisi"].eq(place)]
        axes.plot(own["jumlah_asn"], own["capaian"], ls="", clip_on=False, zorder=4, **look)
    own = shown[shown["opd"].eq(opd)]
    axes.plot(own["jumlah_asn"], own["capaian"], "o", ms=10, mfc="none", mec=INK, mew=1.4, clip_on=False, zorder=5)


def _names(axes: Axes, shown: pd.DataFrame, curves: pd.DataFrame, levels: list[float], opd: str) -> None:
    """Names of the offices outside (furthest first) and of the one that is marked; then what the dashes mean."""
    points = axes.transData.transform(shown[["jumlah_asn", "capaian"]].to_numpy(float))
    solid = [around(point, 9 if code == opd else 4) for point, code in zip(points, shown["opd"], strict=True)]
    plain = curves[curves["tingkat"].eq(comparison.LEVEL)]
    edges = [
        square for side in ("batas_bawah", "batas_atas") for square in along(axes, plain["jumlah_asn"], plain[side])
    ]
    for level in levels:
        edges += along(axes, axes.get_xlim(), [level, level])
    named = shown[shown["posisi"].isin([comparison.ABOVE, comparison.BELOW])]
    named = named.reindex(named["skor_sesuaian"].astype(float).abs().sort_values(ascending=False).index).head(NAMES)
    named = pd.concat([shown[shown["opd"].eq(opd)], named[named["opd"].ne(opd)]])
    room = Bbox(axes.bbox.get_points())
    for row in named.itertuples():
        colour = {comparison.ABOVE: ACCENT, comparison.BELOW: ALERT}.get(row.posisi, INK)
        # The marked office is named even in a crowd, where its name stands further off.
        places = ring((row.jumlah_asn, row.capaian), (6, 11, 17, 24, 34, 46) if row.opd == opd else (6, 11, 17, 24))
        for name in (fill(str(row.nama), 30), str(row.opd)):  # a name too long for the room gives way to its code
            text = note(axes, name, color=colour, **BOLD)
            if settle(text, places, [[*solid, *edges], solid], room):
                solid += measured([text])
                break
            text.remove()
    text = note(axes, f"Batas {percent(comparison.LEVEL)} bila hanya kebetulan", color=GREY)
    low = list(zip(plain["jumlah_asn"].iloc[8:-8:8], plain["batas_bawah"].iloc[8:-8:8], strict=True))
    if not settle(text, [place for at in low for place in ring(at, (6, 11, 17))], [[*solid, *edges]], room):
        text.remove()
