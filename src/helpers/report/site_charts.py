"""Charts of index.html as numbers for its template: the city's curve, a bar and a small line per office.

Only coordinates and words; the template draws them, so every text is escaped there. The same curve for paper is
figures.progress; what is drawn here is drawn by hand because the page must open without a font, a script or a picture.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from helpers.report import captions
from helpers.report.story_projection import span
from helpers.wording import is_unknown, number, percent, required_pace, short_day, target_percent

LINE = (64, 20)  # a small line: width and height
_BOTTOM, _LEFT = 24, 34  # margins of the curve: dates, percentages


@dataclass(frozen=True)
class Curve:
    """The city's curve at one size: paths and labels in pixels of a `lebar` x `tinggi` drawing."""

    lebar: int
    tinggi: int
    kiri: float
    kanan: float
    dasar: float
    alt: str
    garis: str  # what has been done
    titik: list[tuple[float, float]]  # single counts, where there are too few for a line to show them
    ujung: tuple[float, float]
    kini: tuple[float, float, str, str]  # x, y, text-anchor, label
    sasaran: float
    label: list[tuple[str, float, float, str]]  # class, x, y, text
    kisi: list[tuple[float, str]] = field(default_factory=list)
    tanggal: list[tuple[float, str, str, bool]] = field(default_factory=list)  # x, text-anchor, label, data date
    pita: list[tuple[str, str]] = field(default_factory=list)  # class, path
    tengah: str = ""
    jalur: str = ""


def curve(ukur: Any, kampanye: Any, lebar: int, tinggi: int) -> Curve | None:
    """The curve with target, required path and fan; None where nothing can be drawn. `ukur`: site.Ukuran.

    A narrow drawing has its labels above the plot, because beside it there is no room on a phone.
    """
    shown = ukur.kurva[ukur.kurva["capaian"].notna() & ukur.kurva["tanggal"].between(*_days(kampanye))]
    if shown.empty or is_unknown(ukur.kota["capaian"]):
        return None
    narrow = lebar < 500
    upper = 64 if narrow else 24  # room for the labels
    right, bottom = lebar - (8 if narrow else 150), tinggi - _BOTTOM
    fan = ukur.kipas
    highest = max(float(shown["capaian"].max()), float(fan["atas_80"].max()) if len(fan) else 0)
    top = min(1.0, max(kampanye.target, highest) + 0.06)
    start = pd.Timestamp(kampanye.mulai)
    width = (right - _LEFT) / (pd.Timestamp(kampanye.selesai) - start).days

    def x(days: pd.Series) -> Any:
        return _LEFT + (days - start).dt.days * width

    def y(share: Any) -> Any:
        return bottom - np.asarray(share, dtype=float) / top * (bottom - upper)

    at, height = x(shown["tanggal"]), y(shown["capaian"])
    days = x(fan["tanggal"])
    here = float(at.iloc[-1])
    level = float(y(ukur.kota["capaian"]))
    goal = float(y(kampanye.target))
    left = here - _LEFT > 130 and not 0 <= level - goal < 34
    label = f"{percent(ukur.kota['capaian'])} per {short_day(shown['tanggal'].iloc[-1])}"
    # Below the point, and never on the axis.
    beside = (here - 8, level - 10, "end", label) if left else (here + 8, min(level + 20, bottom - 4), "start", label)
    bands = [
        (name, _path([*days, *days[::-1]], [*y(fan[f"atas_{size}"]), *y(fan[f"bawah_{size}"])[::-1]]) + "Z")
        for name, size in (("p80", 80), ("p50", 50))
        if len(fan)
    ]
    return Curve(
        lebar,
        tinggi,
        _LEFT,
        right,
        bottom,
        captions.progress_alt(shown, ukur.kota, kampanye, kampanye.wilayah, fan),
        _path(at, height),
        [*zip(at.round(1), np.round(height, 1), strict=True)] if len(shown) < 8 else [],
        (round(here, 1), round(level, 1)),
        (round(beside[0], 1), round(beside[1], 1), *beside[2:]),
        round(goal, 1),
        _labels(ukur, kampanye, goal, bottom, narrow, right, y),
        _grid(top, y),
        _dates(kampanye, shown["tanggal"].iloc[-1], x, 62 if narrow else 70),
        bands,
        _path(days, y(fan["median"])) if len(fan) else "",
        _path(x(ukur.jalur["tanggal"]), y(ukur.jalur["capaian"])) if len(ukur.jalur) else "",
    )


def _days(kampanye: Any) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(kampanye.mulai), pd.Timestamp(kampanye.selesai)


def _path(across: Any, down: Any) -> str:
    return "M" + "L".join(f"{a:.1f} {d:.1f}" for a, d in zip(across, down, strict=True))


def _grid(top: float, y: Any) -> list[tuple[float, str]]:
    steps = [share / 100 for share in range(0, 101, 20) if share / 100 <= top + 1e-9]
    return [
        (round(float(y(share)), 1), percent(share, 0) if share == steps[-1] else number(100 * share)) for share in steps
    ]


def _dates(kampanye: Any, newest: Any, x: Any, apart: float) -> list[tuple[float, str, str, bool]]:
    """First and last day, the newest count, and days between that leave room for the others."""
    start, end = _days(kampanye)
    weeks = 1
    while weeks * 7 * (x(pd.Series([end])).iloc[0] - x(pd.Series([start])).iloc[0]) < apart * (end - start).days:
        weeks += 1
    wanted = [start, end, newest, *pd.date_range(start, end, freq=f"{7 * weeks}D")]
    places = x(pd.Series(wanted)).tolist()
    kept: list[int] = []
    for i, place in enumerate(places):
        if i == 2 and newest in (start, end):
            continue
        if all(abs(place - places[other]) >= apart for other in kept):
            kept.append(i)
    anchors = {0: "start", 1: "end"}
    return [
        (round(places[i], 1), anchors.get(i, "middle"), short_day(wanted[i]), wanted[i] == newest) for i in sorted(kept)
    ]


def _needed(ukur: Any, kampanye: Any) -> list[str]:
    which, left = ("kerja", ukur.sisa["hari_kerja"]) if ukur.sisa["hari_kerja"] else ("kalender", ukur.sisa["hari"])
    if ukur.kota["kekurangan"] < left:  # less than a person a day is said as the sentences say it
        return [f"Perlu {number(ukur.kota['kekurangan'])} {kampanye.orang}", f"dalam {number(left)} hari {which}"]
    return [f"Perlu {required_pace(ukur.kota['kekurangan'] / left)} {kampanye.orang}", f"per hari {which}"]


def _labels(
    ukur: Any, kampanye: Any, goal: float, bottom: float, narrow: bool, right: float, y: Any
) -> list[tuple[str, float, float, str]]:
    """What the target, the required path and the fan are: above the plot, or each at its own end and clear of the others."""
    target = f"Target {target_percent(kampanye.target)} = {number(ukur.kota['target_orang'])} {kampanye.orang}"
    need = _needed(ukur, kampanye) if len(ukur.jalur) else []
    ahead, middle = [], 0.0
    if len(ukur.kipas):
        end = ukur.kipas.iloc[-1]
        ahead = [f"Proyeksi {percent(end['median'], 0)}", f"(selang 80%: {span(end)})"]
        middle = min(max(float(y(end["median"])), goal + 26 if need else 24), bottom - 18)
    if narrow:
        texts = [("tebal", target), ("tebal awas", " ".join(need)), ("tebal aksen", " ".join(ahead))]
        return [(kind, _LEFT, 14.0 + 17 * i, text) for i, (kind, text) in enumerate(t for t in texts if t[1])]
    found = [("tebal", _LEFT + 4.0, round(goal - 7, 1), target)]
    found += [("tebal awas", right + 8, round(goal - 8 + 16 * i, 1), text) for i, text in enumerate(need)]
    return found + [("tebal aksen", right + 8, round(middle + 16 * i, 1), text) for i, text in enumerate(ahead)]


def bar(row: Any) -> dict[str, str] | None:
    """Where berhasil ends and how wide gagal is, in percent of the headcount; None where there is no bar to draw."""
    if is_unknown(row.berhasil) or is_unknown(row.jumlah_asn) or not row.jumlah_asn:
        return None
    failed = 0 if is_unknown(row.gagal) else int(row.gagal)
    return {
        "berhasil": f"{100 * int(row.berhasil) / int(row.jumlah_asn):.1f}",
        "gagal": f"{100 * failed / int(row.jumlah_asn):.1f}" if failed else "",
    }


def bar_alt(row: Any, kampanye: Any) -> str:
    """What the bar shows, in words."""
    rest = int(row.jumlah_asn) - int(row.berhasil)
    if is_unknown(row.gagal):
        parts = f"{number(rest)} gagal atau belum (tidak dirinci)"
    else:
        parts = f"{number(row.gagal)} gagal, {number(rest - int(row.gagal))} belum"
    return f"{number(row.berhasil)} berhasil, {parts}, dari {number(row.jumlah_asn)} {kampanye.orang}"


def lines(harian: pd.DataFrame, kampanye: Any) -> dict[str, tuple[str, float, float]]:
    """Share done by day, per office: path, and where it ends. All on one scale: the campaign's days, 0 to 100 percent.

    Days on which nothing changed are left out of the path; an office without a known share has no line.
    """
    wide, high = LINE
    start, end = pd.Timestamp(kampanye.mulai), pd.Timestamp(kampanye.tanggal_data)
    known = (
        harian["berhasil"].notna() & harian["jumlah_asn"].gt(0).fillna(False) & harian["tanggal"].between(start, end)
    )
    table = harian[known].sort_values(["opd", "tanggal"], kind="stable")
    share = table["berhasil"].to_numpy(float) / table["jumlah_asn"].to_numpy(float)
    across = np.round(2 + (table["tanggal"] - start).dt.days.to_numpy() / max((end - start).days, 1) * (wide - 6), 1)
    down = np.round(high - 2 - np.clip(share, 0, 1) * (high - 4), 1)
    office = table["opd"].to_numpy()
    new: np.ndarray = np.ones(len(office), dtype=bool)  # another share than the day before, or another office
    new[1:] = (down[1:] != down[:-1]) | (office[1:] != office[:-1])
    keep = new | np.roll(new, -1)
    found: dict[str, list[tuple[float, float]]] = {}
    for code, a, d in zip(office[keep], across[keep].tolist(), down[keep].tolist(), strict=True):
        found.setdefault(code, []).append((a, d))
    return {
        code: ("M" + "L".join(f"{a:g} {d:g}" for a, d in points) if len(points) > 1 else "", *points[-1])
        for code, points in found.items()
    }
