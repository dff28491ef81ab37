"""The decisions that a report asks for, in sentences: what, with which result, who, until when.

Which ones the data give ground for is decided in measures.decisions. Positions, never persons; help before blame.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.report.blocks import Keputusan, Putusan, Rangkaian, Temuan
from helpers.report.story_projection import about
from helpers.wording import (
    capitalize,
    count_word,
    day_month,
    is_unknown,
    join,
    number,
    pace,
    percent,
    points_number,
    required_pace,
    weekday_month,
)


def decisions(
    diminta: pd.DataFrame, kendala: pd.DataFrame, laju: Any, ramalan: Any, sisa: Any, kampanye: Any
) -> Keputusan | Rangkaian:
    """The decisions as a table with boxes to tick; nothing where none is asked.

    `diminta`: decisions.asked; `kendala`: obstacles.by_code; `laju`: pace.city_current; `ramalan`: the city's projection.
    """
    rows = texts(diminta, kendala, laju, ramalan, sisa, kampanye)
    if not rows:
        return Rangkaian([])
    return Keputusan(heading(len(rows)).judul, rows)


def heading(banyak: int) -> Temuan:
    """Heading above the decisions."""
    return Temuan("Keputusan yang dimohon" if banyak > 1 else "Satu keputusan dimohon")


def texts(
    diminta: pd.DataFrame, kendala: pd.DataFrame, laju: Any, ramalan: Any, sisa: Any, kampanye: Any
) -> list[Putusan]:
    """One Putusan per row of `diminta`, in its order."""
    tell: dict[str, Callable[..., Putusan]] = {
        "dampingi": _help_first,
        "lapor": _report,
        "kendala": _solve,
        "lanjutan": _carry_over,
        "laju": _daily_goal,
        "sosialisasi": _spread,
        "bukti": _keep_proofs,
    }
    known = {"kendala": kendala, "laju": laju, "ramalan": ramalan, "sisa": sisa, "kampanye": kampanye}
    return [_again(tell[row["aturan"]](row, **known), row) for row in diminta.to_dict("records")]


def _again(asked: Putusan, row: Any) -> Putusan:
    """What a meeting has decided already is asked for again only because it is not done (follow_up.with_decided)."""
    when = row.get("ditetapkan")
    if is_unknown(when):
        return asked
    return replace(asked, hasil=f"{asked.hasil} Sudah ditetapkan rapat; per {day_month(when)} belum selesai.")


def _offices(codes: list[str], kampanye: Any) -> tuple[str, str]:
    """Names of one to three offices, and who heads them."""
    names = [kampanye.unit_of(code).nama for code in codes]
    heads = (
        kampanye.unit_of(codes[0]).pimpinan
        if len(codes) == 1
        else f"Pimpinan {count_word(len(codes))} {kampanye.unit} itu"
    )
    return join(names), heads


def _help_first(row: Any, kampanye: Any, **known: Any) -> Putusan:
    names, heads = _offices(row["unit"], kampanye)
    share = "" if is_unknown(row["andil"]) else f" atau {percent(row['andil'])} dari kekurangan semua {kampanye.unit}"
    result = f"Di sana masih kurang {number(row['orang'])} {kampanye.orang}{share}."
    return Putusan(
        f"Pengisian didampingi bergiliran di {names}.", result, heads, f"mulai {weekday_month(row['tenggat'])}"
    )


def _report(row: Any, kampanye: Any, **known: Any) -> Putusan:
    many = f"{count_word(len(row['unit']))} {kampanye.unit}"
    unknown = f"Keadaan {number(row['orang'])} {kampanye.orang} belum diketahui."
    if is_unknown(row["orang"]):
        unknown = "Keadaan dan jumlah orangnya belum diketahui seluruhnya."
    _, heads = _offices(row["unit"], kampanye)
    return Putusan(
        f"{capitalize(many)} yang belum lapor mengirim nominatif.", unknown, heads, weekday_month(row["tenggat"])
    )


def _solve(row: Any, kendala: pd.DataFrame, kampanye: Any, **known: Any) -> Putusan:
    own = kendala[kendala["kode"].eq(row["kode"])].iloc[0]
    result = (
        f"{own['kategori']} ({own['kode']}) menahan {number(own['orang'])} {kampanye.orang}, setara "
        f"{points_number(own['poin'])} poin capaian."
    )
    return Putusan(own["usulan"], result, own["pic"], weekday_month(row["tenggat"]))


def _carry_over(row: Any, ramalan: Any, sisa: Any, kampanye: Any, **known: Any) -> Putusan:
    if sisa["hari"]:
        low, high = (about(ramalan["jumlah_asn"] - ramalan[end]) for end in ("atas_80_orang", "bawah_80_orang"))
        result = (
            f"Diperkirakan {about(row['orang'])} {kampanye.orang} belum berhasil saat itu (selang 80%: {low}–{high})."
        )
    else:
        result = f"{number(row['orang'])} {kampanye.orang} belum tercatat berhasil."
    return Putusan(
        f"Daftar {kampanye.orang} yang diteruskan ke {kampanye.lanjutan} disiapkan.",
        result,
        f"Semua {kampanye.unit}, bersama BPS",
        weekday_month(row["tenggat"]),
    )


def _daily_goal(row: Any, laju: Any, sisa: Any, kampanye: Any, **known: Any) -> Putusan:
    need = row["orang"] / sisa["hari_kerja"]
    now = laju["laju_kerja"]
    told = f"laju sekarang {pace(now)}" if not is_unknown(now) else "laju sekarang belum diketahui"
    return Putusan(
        f"Target harian ditetapkan bagi tiap {kampanye.unit} dan dipantau setiap hari kerja.",
        f"Seluruhnya dibutuhkan {required_pace(need)} {kampanye.orang} per hari kerja; {told}.",
        f"Pimpinan semua {kampanye.unit}",
        f"mulai {weekday_month(row['tenggat'])}",
    )


def _spread(row: Any, kampanye: Any, **known: Any) -> Putusan:
    _, heads = _offices(row["unit"], kampanye)
    many = f"{count_word(len(row['unit']))} {kampanye.unit}"
    return Putusan(
        f"Cara mengisi disebarluaskan di {many} yang belum mencatat sosialisasi.",
        "Instruksi pertama terlaksana di semua tempat.",
        heads,
        weekday_month(row["tenggat"]),
    )


def _keep_proofs(row: Any, kampanye: Any, **known: Any) -> Putusan:
    return Putusan(
        f"Bukti pengisian {number(row['orang'])} {kampanye.orang} yang sudah berhasil dilengkapi.",
        "Capaian yang terbukti menjadi sama dengan capaian.",
        f"Pimpinan semua {kampanye.unit}",
        weekday_month(row["tenggat"]),
    )
