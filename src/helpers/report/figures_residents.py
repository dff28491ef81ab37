"""Small multiples of residents: a panel a kecamatan, a bar a kelurahan, one scale for all.

A bar is the share of its families (KK) that answered; its dark part the share that is clean. Both stand as numbers beside
it, so nothing hangs on colour.
"""

from math import ceil
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.report.blocks import Gambar, Rangkaian
from helpers.report.canvas import ACCENT, BOLD, DASHED, GREY, INK, LINE, MM, SOFT, finish, style
from helpers.report.story_residents import source
from helpers.wording import decimal, is_unknown, number, percent

ACROSS, WIDTH = 3, 178  # panels beside each other; mm
_NAMES, _NUMBERS, _GAP = 25.5, 13.5, 3.0  # mm of a panel for names, for the two numbers, between panels
_LINE, _HEAD, _FOOT = 3.9, 9.5, 6.0  # mm of a bar with its name, of a panel's head, of the scale below the panels
_TALLEST = 200  # mm; more than that is no chart on a page
_LONGEST = 18  # letters of a name that fit beside the bars


def districts(kelurahan: pd.DataFrame, kecamatan: pd.DataFrame, penduduk: Any, kampanye: Any) -> Gambar | Rangkaian:
    """`kelurahan`: residents.by_village, `kecamatan`: by_district, `penduduk`: total. Left out where no share is known, and
    where the register is too large for a page."""
    rows = [_bars(kelurahan, row) for row in kecamatan.to_dict("records")]
    known = [bar["merespons_dari_kk"] for bars in rows for bar in bars if not is_unknown(bar["merespons_dari_kk"])]
    heights = [max(len(bars) for bars in rows[at : at + ACROSS]) * _LINE for at in range(0, len(rows), ACROSS)]
    if not known or sum(heights) + len(heights) * (_HEAD + _FOOT) > _TALLEST:
        return Rangkaian([])
    targets = [_target(row) for row in kecamatan.to_dict("records")]
    top = _top(max([*known, *(t for t in targets if t is not None)]))
    with mpl.rc_context(style()):
        height = sum(heights) + len(heights) * (_HEAD + _FOOT)
        figure = Figure(figsize=(WIDTH * MM, height * MM))
        for at, (row, bars) in enumerate(zip(kecamatan.to_dict("records"), rows, strict=True)):
            line = at // ACROSS
            above = sum(heights[:line]) + line * (_HEAD + _FOOT)
            axes = _axes(figure, at % ACROSS, above, len(bars) * _LINE, height, top)
            _panel(axes, row["kecamatan"], bars, targets[at], top)
        return finish(figure, _alt(kecamatan, penduduk), _caption(targets, penduduk, kampanye))


def _bars(kelurahan: pd.DataFrame, district: dict[str, Any]) -> list[dict[str, Any]]:
    """The kelurahan in order of their share, those without data last; one bar for a kecamatan that speaks for itself."""
    own = kelurahan[kelurahan["kode_kec"].eq(district["kode_kec"])]
    if district["lapor"] and not district["rinci"]:
        whole = {"clean_dari_kk": None, "merespons_dari_kk": district["merespons_dari_kk"]}
        if not is_unknown(district["clean"]) and not is_unknown(district["jumlah_kk"]) and district["jumlah_kk"]:
            whole["clean_dari_kk"] = district["clean"] / district["jumlah_kk"]
        return [whole | {"kelurahan": "Seluruhnya", "lapor": True, "merespons": district["merespons"]}]
    ordered = own.sort_values(["merespons_dari_kk", "kelurahan"], ascending=[False, True], na_position="last")
    return [{str(key): value for key, value in bar.items()} for bar in ordered.to_dict("records")]


def _target(district: dict[str, Any]) -> float | None:
    """The target as a share of families, where both are known for the same places."""
    target, families = district["target_kk"], district["jumlah_kk"]
    return None if is_unknown(target) or is_unknown(families) or not families else float(target / families)


def _top(most: float) -> float:
    """The end of the scale: the next tenth above the longest bar, a twentieth where all are short."""
    step = 0.1 if most > 0.1 else 0.05
    return min(max(ceil(most / step + 0.01) * step, step), 1.0)


def _axes(figure: Figure, column: int, above: float, height: float, whole: float, top: float) -> Axes:
    panel = (WIDTH - (ACROSS - 1) * _GAP) / ACROSS
    left = column * (panel + _GAP) + _NAMES
    width = panel - _NAMES - _NUMBERS
    axes = figure.add_axes((left / WIDTH, 1 - (above + _HEAD + height) / whole, width / WIDTH, height / whole))
    axes.set(xlim=(0, top), yticks=[])
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, pad=2)
    axes.set_xticks([0, top], ["0", percent(top, 0)])
    return axes


def _panel(axes: Axes, name: str, bars: list[dict[str, Any]], target: float | None, top: float) -> None:
    axes.set_ylim(len(bars) - 0.5, -0.5)
    millimetre = top / (((WIDTH - (ACROSS - 1) * _GAP) / ACROSS) - _NAMES - _NUMBERS)
    left, right = -_NAMES * millimetre, top + _NUMBERS * millimetre
    line = 1 / _LINE  # of the axes, a millimetre down
    for x in (0, top):
        axes.axvline(x, color=LINE, lw=0.6, zorder=0)
    axes.text(left, -0.5 - 6.4 * line, name, color=INK, va="center", fontsize=9.5, **BOLD)
    axes.text(right, -0.5 - 2.0 * line, "merespons · clean", color=GREY, ha="right", va="center", fontsize=8)
    for at, bar in enumerate(bars):
        axes.text(left, at, _short(str(bar["kelurahan"])), color=INK, va="center", fontsize=8)
        axes.text(right, at, _numbers(bar), color=INK if bar["lapor"] else GREY, ha="right", va="center", fontsize=8)
        if not is_unknown(bar["merespons_dari_kk"]):
            axes.barh(at, float(bar["merespons_dari_kk"]), height=0.66, color=SOFT, lw=0)
        if not is_unknown(bar["clean_dari_kk"]):
            axes.barh(at, float(bar["clean_dari_kk"]), height=0.66, color=ACCENT, lw=0)
    if target is not None:
        axes.plot([target, target], [-0.5, len(bars) - 0.5], color=INK, lw=1.0, ls=DASHED, clip_on=False)
        axes.text(right, -0.5 - 6.4 * line, f"target {percent(target)}", color=INK, ha="right", va="center", fontsize=8)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _numbers(bar: dict[str, Any]) -> str:
    """The two shares; families alone where their whole is unknown; a word where nothing was sent."""
    if not bar["lapor"]:
        return "belum ada"
    if is_unknown(bar["merespons_dari_kk"]):
        return f"{number(bar['merespons'])} KK"
    clean = "–" if is_unknown(bar["clean_dari_kk"]) else decimal(bar["clean_dari_kk"] * 100)
    return f"{decimal(bar['merespons_dari_kk'] * 100)} · {clean}"


def _alt(kecamatan: pd.DataFrame, penduduk: Any) -> str:
    told = [
        f"{row['kecamatan']} {percent(row['merespons_dari_kk'])}"
        for row in kecamatan.sort_values("merespons_dari_kk", ascending=False, na_position="last").to_dict("records")
        if not is_unknown(row["merespons_dari_kk"])
    ]
    return (
        f"Batang tiap kelurahan dalam {number(len(kecamatan))} panel kecamatan: bagian KK yang merespons. "
        f"Menurut kecamatan: {', '.join(told)}; seluruhnya {percent(penduduk['merespons_dari_kk'])} dari "
        f"{number(penduduk['merespons_dari_kk_penyebut'])} KK."
    )


def _caption(targets: list[float | None], penduduk: Any, kampanye: Any) -> str:
    have = f"{number(penduduk['lapor'])} dari {number(penduduk['kelurahan'])} kelurahan"
    text = f"Persen dari jumlah KK tiap kelurahan, {have} berdata; panjang batang: merespons, bagian gelap: clean."
    if any(target is not None for target in targets):
        text += " Garis putus: target KK terhadap jumlah KK di kecamatan itu, tempat KK clean diukur."
    if penduduk["lapor"] < penduduk["kelurahan"]:
        text += " Tanpa batang: belum ada data, bukan nol."
    return f"{text} {source(penduduk, kampanye)}"
