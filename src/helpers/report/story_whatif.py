"""What would be under assumptions, as sentences beside the fan: what is assumed, where it leads, that nobody measured it."""

from typing import Any

import pandas as pd

from helpers.measures.hazard import GROUP
from helpers.measures.rates import required_people
from helpers.measures.whatif import Assumptions
from helpers.report.blocks import Paragraf, Temuan
from helpers.report.story_projection import about, chance, chance_number, span
from helpers.wording import capitalize, day_month, is_unknown, join, number, percent, percent_prose, target_percent

LISTED = 3  # kendala named in a sentence where there are more


def assumed(asumsi: Assumptions, kampanye: Any, nama_kendala: list[str]) -> str:
    """The assumptions after "bila"; "" for none. A target is no assumption: it is what is asked for."""
    parts = []
    if asumsi.selesai and asumsi.selesai != kampanye.selesai:
        parts.append(f"batas waktu digeser ke {day_month(asumsi.selesai)}")
    if asumsi.tambahan:
        parts.append(f"{number(asumsi.tambahan)} {kampanye.orang} lebih banyak setiap hari kerja")
    if nama_kendala:
        rest = len(nama_kendala) - LISTED
        named = nama_kendala if rest <= 1 else [*nama_kendala[:LISTED], f"{number(rest)} lainnya"]
        parts.append(f"kendala {join(named)} selesai minggu ini")
    return join(parts)


def heading(row: Any, asumsi: Assumptions, kampanye: Any, nama: str) -> Temuan:
    """The finding above the fan. `row`: projection.row under the assumptions."""
    last = day_month(asumsi.selesai or kampanye.selesai)
    if is_unknown(row["median"]):
        return Temuan(f"Proyeksi {nama} belum dapat dibuat: belum ada data yang cukup")
    asked = kampanye.target if asumsi.target is None else asumsi.target
    goal = target_percent(asked)
    expected = f"sekitar {percent(row['median'], 0)} pada {last}"
    if _reached(row, asked):
        return Temuan(f"{capitalize(nama)}: target {goal} sudah tercapai; {expected}")
    silent = f"belum lapor; bila seperti {kampanye.unit} sejenis, " if row["dasar"] == GROUP else ""
    return Temuan(f"{capitalize(nama)}: {silent}{expected}, target {goal}; peluang {chance(row['peluang_target'])}")


def _reached(row: Any, goal: float) -> bool:
    needed = required_people(pd.Series([row["jumlah_asn"]], dtype="Int64"), goal).iloc[0]
    return not is_unknown(row["berhasil"]) and row["berhasil"] >= needed


def sentences(row: Any, dasar: Any, asumsi: Assumptions, kampanye: Any, nama_kendala: list[str]) -> Paragraf:
    """What is assumed and what it brings beside things going on as they do, with the denominator."""
    if is_unknown(row["median"]):
        return Paragraf([f"Pilih {kampanye.unit} lain, atau tunggu kiriman berikutnya."])
    given = assumed(asumsi, kampanye, nama_kendala)
    people = f"{number(row['jumlah_asn'])} {kampanye.orang}"
    reached = f"{percent_prose(row['median'], 0)} dari {people} (selang 80 persen: {span(row)})"
    silent, usual = [], "berjalan seperti sekarang"
    if row["dasar"] == GROUP:
        silent = [f"{kampanye.unit} ini belum lapor sehingga grafiknya belum dapat digambar."]
        usual = f"seperti {kampanye.unit} sejenis"
    if not given:
        return Paragraf([*silent, f"Bila {usual}, capaian sekitar {reached}."])
    more = int(row["median_orang"]) - int(dasar["median_orang"])
    beside = (
        f"sekitar {about(more)} {kampanye.orang} lebih banyak daripada"
        if more > 0
        else f"sekitar {about(-more)} {kampanye.orang} lebih sedikit daripada"
        if more < 0
        else "sama dengan"
    )
    return Paragraf(
        [
            *silent,
            f"Bila {given}, capaian sekitar {reached}: {beside} bila {usual} "
            f"({percent_prose(dasar['median'], 0)}, peluang target {chance_number(dasar['peluang_target'])} persen).",
            "Ini pengandaian, bukan ramalan: dihitung seolah-olah anggapan itu terjadi sepenuhnya.",
        ]
    )
