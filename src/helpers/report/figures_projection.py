"""Charts of validasi_proyeksi.ipynb: calibration and PIT, forecasts beside what came, errors by size of office.

Drawn like those of figures.py: final size, labels at their marks, told apart without colour.
"""

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from helpers.report.blocks import Gambar
from helpers.report.canvas import ACCENT, ALERT, BOLD, GREY, INK, MM, SOFT, finish, style
from helpers.report.labels import along, measured, note, ring, settle
from helpers.wording import decimal, number, percent, short_day

CITY = "KOTA"
BINS = 10


def calibration(kalibrasi: dict[str, pd.DataFrame], pit: dict[str, pd.Series]) -> Gambar:
    """Observed beside nominal coverage of central intervals, and where in its distribution each outcome fell.

    `kalibrasi`: per campaign (two at most) tingkat and cakupan, shares; `pit`: per campaign values between 0 and 1.
    """
    with mpl.rc_context(style()):
        figure = Figure(figsize=(178 * MM, 66 * MM))
        axes = _axes(figure, 178, 66, 15, 52)
        axes.plot([0, 1], [0, 1], color=GREY, lw=0.8)
        axes.annotate("tepat", (0.1, 0.1), (4, -3), textcoords="offset points", va="top", color=GREY)
        looks: list[dict[str, Any]] = [
            {"color": ACCENT, "marker": "o", "ls": "-"},
            {"color": ALERT, "marker": "s", "ls": (0, (4, 1.8))},
        ]
        axes.set(xlim=(0, 1), ylim=(0, 1))
        taken = along(axes, [0, 1], [0, 1])
        for table, look in zip(kalibrasi.values(), looks, strict=False):
            axes.plot(table["tingkat"], table["cakupan"], ms=3, lw=1.6, **look)
            taken += along(axes, table["tingkat"], table["cakupan"], 4)
        taken += measured(axes.texts)
        for (name, table), look, level in zip(kalibrasi.items(), looks, (0.42, 0.72), strict=False):
            near = table.iloc[(table["tingkat"] - level).abs().argsort()]
            points = zip(near["tingkat"], near["cakupan"], strict=True)
            words = note(axes, name, color=look["color"], **BOLD)
            places = [place for at in points for place in ring(at, (5, 8, 12))]
            settle(words, places, [taken], Bbox(axes.bbox.get_points()))
            taken += measured([words])
        ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="Tingkat selang", ylabel="Bagian yang tercakup")
        axes.set_xticks(ticks, [number(100 * t) for t in ticks[:-1]] + [percent(1, 0)])
        axes.set_yticks(ticks, [number(100 * t) for t in ticks[:-1]] + [percent(1, 0)])
        axes.grid(color="#E6E9EC")
        for i, ((name, values), look) in enumerate(zip(pit.items(), looks, strict=False)):
            _pit(_axes(figure, 178, 66, 81 + 52 * i, 43), name, values, look["color"])
        text = "; ".join(f"{name}: selang 80% mencakup {percent(_at(t, 0.8), 0)}" for name, t in kalibrasi.items())
        return finish(
            figure,
            f"Kalibrasi. {text}. Kanan: letak hasil di dalam sebaran prakiraannya, rata bila terkalibrasi.",
            "Kiri: bagian kantor yang hasilnya di dalam selang. Kanan: PIT, bagian kantor menurut letak hasil di dalam "
            "sebaran prakiraan; garis putus-putus bila terkalibrasi. Semua hari asal digabung.",
        )


def _axes(figure: Figure, width: float, height: float, left: float, wide: float) -> Axes:
    """Axes `wide` millimetres from `left`, room for a label below."""
    axes = figure.add_axes((left / width, 11 / height, wide / width, (height - 17) / height))
    sns.despine(ax=axes, left=True)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)
    return axes


def _pit(axes: Axes, name: str, values: pd.Series, colour: str) -> None:
    known = values.dropna().to_numpy()
    share, edges = np.histogram(known, bins=BINS, range=(0, 1))
    share = share / max(len(known), 1)
    axes.bar(
        edges[:-1],
        share,
        width=1 / BINS,
        align="edge",
        color=SOFT if colour == ACCENT else "#F0D3BF",
        edgecolor=colour,
        lw=0.7,
    )
    axes.axhline(1 / BINS, color=INK, lw=1, ls=(0, (4, 1.8)))
    axes.set_xticks([0, 0.5, 1], ["rendah", "tengah", "tinggi"])
    axes.get_xticklabels()[0].set_horizontalalignment("left")
    axes.get_xticklabels()[2].set_horizontalalignment("right")
    axes.set(xlim=(0, 1), ylim=(0, max(float(share.max()) * 1.15, 0.2)), xlabel="Hasil dalam sebarannya")
    axes.set_yticks([0.1, 0.2], ["10", percent(0.2, 0)])
    axes.set_title(f"{name}, n = {number(len(known))}", loc="left", fontsize=8.5, color=colour, **BOLD)


def against_outcome(rows: pd.DataFrame, banyak: int = 3) -> Gambar:
    """Projection with its 80% interval beside the outcome, an office a mark, one panel an origin; `rows` of scoring.rolling.

    Offices outside their interval are diamonds; the `banyak` furthest off carry their code.
    """
    days = list(dict.fromkeys(rows["asal"]))
    with mpl.rc_context(style()):
        figure = Figure(figsize=(178 * MM, 68 * MM))
        wide = (178 - 15 - 5 - 6 * (len(days) - 1)) / len(days)
        for i, day in enumerate(days):
            own = rows[rows["asal"].eq(day) & rows["opd"].ne(CITY)]
            axes = _axes(figure, 178, 68, 15 + i * (wide + 6), wide)
            _outcomes(axes, own, banyak)
            axes.set_title(f"Dari {short_day(day)}", loc="left", fontsize=8.5, **BOLD)
            axes.set(xlabel="Proyeksi", ylabel="Hasil" if i == 0 else "")
            if i:
                axes.set_yticks(axes.get_yticks(), [])
        inside = rows.loc[rows["opd"].ne(CITY), "dalam_80"].astype(float).mean()
        return finish(
            figure,
            f"Proyeksi dan hasil tiap kantor dari {number(len(days))} hari asal; {percent(inside, 0)} di dalam selang 80%.",
            "Titik: kantor; garis mendatar: selang 80%; ketupat: hasil di luar selang; garis miring: proyeksi tepat. "
            "Di atas garis miring proyeksi terlalu rendah.",
        )


def _outcomes(axes: Axes, own: pd.DataFrame, banyak: int) -> None:
    inside = own["dalam_80"].astype(bool)
    axes.plot([0, 1], [0, 1], color=GREY, lw=0.8)
    axes.hlines(own["akhir"], own["bawah_80"].astype(float), own["atas_80"].astype(float), color="#D3D7DC", lw=0.8)
    axes.plot(own.loc[inside, "median"], own.loc[inside, "akhir"], "o", ms=3.2, color=ACCENT, mec="white", mew=0.3)
    axes.plot(own.loc[~inside, "median"], own.loc[~inside, "akhir"], "D", ms=3.8, color=ALERT, mec="white", mew=0.3)
    worst = own.loc[own["galat"].abs().sort_values(ascending=False, kind="stable").index[:banyak]]
    # In a column beside the cloud, where nothing else is drawn: left of those that ended higher, right of the others.
    for low, side in ((True, 0.2), (False, 0.97)):
        height = 2.0
        for row in worst[worst["galat"].lt(0) == low].sort_values("akhir", ascending=False).itertuples():
            height = min(float(row.akhir), height - 0.06)
            end = float(row.bawah_80) if low else float(row.atas_80)
            axes.plot([side, end], [height, float(row.akhir)], color=GREY, lw=0.4)
            edge: dict[str, Any] = {"ha": "right" if low else "left", "va": "center", "fontsize": 8}
            axes.text(side + (-0.01 if low else 0.01), height, row.opd, **edge)
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    labels = [number(100 * t) for t in ticks[:-1]] + [percent(1, 0)]
    axes.set(xlim=(-0.02, 1.02), ylim=(0, 1.02))
    axes.set_xticks(ticks, labels)
    axes.set_yticks(ticks, labels)
    axes.grid(color="#E6E9EC")


def errors_by_size(rows: pd.DataFrame, ukuran: pd.DataFrame, banyak: int = 3) -> Gambar:
    """Error of each forecast by headcount (log scale), with the mean absolute error of each class; rows of scoring.rolling.

    `ukuran`: of scoring.by_size.
    """
    own = rows[rows["opd"].ne(CITY)]
    with mpl.rc_context(style()):
        figure = Figure(figsize=(178 * MM, 62 * MM))
        axes = _axes(figure, 178, 62, 12, 164)
        people, error = own["jumlah_asn"].astype(float), 100 * own["galat"]
        axes.axhline(0, color=GREY, lw=0.8)
        axes.plot(people, error, "o", ms=3, color=SOFT, mec=GREY, mew=0.4)
        axes.set_xscale("log")
        left, right = float(people.min()) / 1.25, float(people.max()) * 1.25
        top = float(max(error.abs().max() * 1.12, 12))
        axes.set(xlim=(left, right), ylim=(-top, top), xlabel="Pegawai (skala log)", ylabel="Galat, poin")
        for row in ukuran.itertuples():
            low, high = max(row.dari, left), min(row.sampai, right)
            axes.plot([low * 1.03, high / 1.03], [row.bias] * 2, color=INK, lw=2)
            text = f"bias {decimal(row.bias, sign=True)}, MAE {decimal(row.mae)}"
            axes.text((low * high) ** 0.5, top * 0.96, text, ha="center", va="top", **BOLD)
            if row.dari:
                axes.axvline(row.dari, color="#D3D7DC", lw=0.8, ls=(0, (1, 2)))
        worst = own.assign(besar=own["galat"].abs()).groupby("opd")["besar"].mean().nlargest(banyak).index
        for code in worst:
            last = (
                own[own["opd"].eq(code)].nlargest(1, "galat")
                if own.loc[own["opd"].eq(code), "galat"].mean() > 0
                else own[own["opd"].eq(code)].nsmallest(1, "galat")
            )
            at = (float(last["jumlah_asn"].iloc[0]), 100 * float(last["galat"].iloc[0]))
            axes.annotate(code, at, (5, 0), textcoords="offset points", va="center", fontsize=8)
        ticks = [t for t in (50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000) if left <= t <= right]
        axes.set_xticks(ticks, [number(t) for t in ticks])
        axes.minorticks_off()
        axes.set_yticks(axes.get_yticks(), [number(t, sign=True) for t in axes.get_yticks()])
        axes.set_ylim(-top, top)
        small = ukuran.iloc[0]
        return finish(
            figure,
            f"Galat menurut besar kantor; pada kantor terkecil rata-rata {decimal(small['mae'])} poin.",
            "Titik: kantor pada satu hari asal; garis tebal: rata-rata galat menurut besar kantor (bias). Negatif: proyeksi terlalu rendah.",
        )


def _at(table: pd.DataFrame, level: float) -> float:
    return float(table.iloc[(table["tingkat"] - level).abs().argmin()]["cakupan"])
