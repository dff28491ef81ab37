"""The gap taken apart: from berhasil to everyone in steps, one for each kendala, with the target across them."""

from typing import Any

import matplotlib as mpl
import pandas as pd

from helpers.report import captions
from helpers.report.blocks import Gambar, Rangkaian
from helpers.report.canvas import ACCENT, ALERT, BOLD, GREY, INK, LINE, PALE, canvas, finish, style
from helpers.wording import is_unknown, number, percent, points_number, target_percent

ROW = 5.0  # mm
WORDS = 0.27  # of the width: a step's words, with some room


def waterfall(penguraian: pd.DataFrame, kota: Any, kampanye: Any) -> Gambar | Rangkaian:
    """Steps from berhasil to the whole headcount: gagal by kendala, belum by reason, offices that have not reported.

    `penguraian`: obstacles.decomposition (sums to headcount - berhasil); `kota`: rates.total. An unknown berhasil is a
    start at nothing, and said so. Left out where everyone is berhasil.
    """
    if penguraian.empty:
        return Rangkaian([])
    whole = float(kota["jumlah_asn"])
    done = 0.0 if is_unknown(kota["berhasil"]) else float(kota["berhasil"])
    colours = {"gagal": ALERT, "belum": PALE, "tidak dirinci": PALE, "belum lapor": "white"}
    with mpl.rc_context(style()):
        rows = len(penguraian) + 1
        height = ROW * rows + 12
        figure, axes = canvas(178, height, 58, 4, 5.5, 6.5)
        axes.set(xlim=(0, 1), ylim=(rows - 0.5, -0.5))
        axes.barh(0, done / whole, height=0.7, color=ACCENT)
        start = (
            "belum diketahui"
            if is_unknown(kota["berhasil"])
            else f"{percent(done / whole)} · {number(done)} {kampanye.orang}"
        )
        on_white: Any = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # where the target's line runs through
        place: Any = {"textcoords": "offset points", "va": "center", "bbox": on_white}
        wide = done / whole + WORDS > 1  # then they stand in the bar
        where: Any = {"xytext": (-4, 0), "ha": "right"} if wide else {"xytext": (4, 0)}
        axes.annotate(start, (done / whole, 0), color=ACCENT, **where, **place, **BOLD)
        at = done / whole
        for line, row in enumerate(penguraian.itertuples(), 1):
            share = float(row.orang) / whole
            open_ = row.kelompok == "belum lapor"
            axes.barh(
                line,
                share,
                left=at,
                height=0.7,
                color=colours[row.kelompok],
                edgecolor=GREY if open_ else "none",
                linestyle=(0, (3, 2)) if open_ else "-",
                linewidth=0.7,
            )
            axes.plot([at, at], [line - 0.65, line + 0.35], color=GREY, lw=0.6)  # hangs on the step before
            words = f"+{points_number(share)} poin · {number(row.orang)} {kampanye.orang}"
            # Words stand on the left of a step where on its right they would cross the target or leave the chart.
            end = at + share
            left = at > WORDS and (end < kampanye.target < end + WORDS or end + WORDS > 1)
            within = not left and end + WORDS > 1  # a step from end to end has room for them only in itself
            edge, away = (at, -4) if left else (end, -4 if within else 4)
            axes.annotate(
                words,
                (edge, line),
                (away, 0),
                ha="right" if left or within else "left",
                **place,
            )
            at += share
        axes.axvline(kampanye.target, color=INK, lw=1.2, zorder=0.9)
        asked = f"Target {target_percent(kampanye.target)} = {number(kota['target_orang'])} {kampanye.orang}"
        near_end = kampanye.target > 0.5
        axes.annotate(
            asked,
            (kampanye.target, 1),
            (-3 if near_end else 3, 2),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="right" if near_end else "left",
            va="bottom",
            color=INK,
            **BOLD,
        )
        labels = ["Berhasil", *captions.part_labels(penguraian)]
        axes.set_yticks(range(rows), labels)
        for tick, kind in zip(axes.get_yticklabels(), ["berhasil", *penguraian["kelompok"]], strict=True):
            tick.set_color({"berhasil": ACCENT, "gagal": ALERT}.get(kind, INK))
        axes.set_xticks([t / 100 for t in range(0, 101, 20)], ["0", "20", "40", "60", "80", "100%"])
        axes.grid(axis="x", color=LINE)
        axes.set_axisbelow(True)
        return finish(
            figure, captions.waterfall_alt(penguraian, kota, kampanye), captions.waterfall_caption(kota, kampanye)
        )
