"""What would be under assumptions, as sentences beside the fan: what is assumed, where it leads, that nobody measured it."""

from typing import Any

from helpers.measures.whatif import Assumptions
from helpers.report.blocks import Paragraf, Temuan
from helpers.report.story_projection import about, chance, chance_number, span
from helpers.wording import capitalize, day_month, is_unknown, join, number, percent, percent_prose, target_percent


def assumed(asumsi: Assumptions, kampanye: Any, nama_kendala: list[str]) -> str:
    """The assumptions after "bila"; "" for none. A target is no assumption: it is what is asked for."""
    parts = []
    if asumsi.selesai and asumsi.selesai != kampanye.selesai:
        parts.append(f"batas waktu digeser ke {day_month(asumsi.selesai)}")
    if asumsi.tambahan:
        parts.append(f"{number(asumsi.tambahan)} {kampanye.orang} lebih banyak setiap hari kerja")
    if nama_kendala:
        parts.append(f"kendala {join(nama_kendala)} selesai minggu ini")
    return join(parts)


def heading(row: Any, asumsi: Assumptions, kampanye: Any, nama: str) -> Temuan:
    """The finding above the fan. `row`: projection.row under the assumptions."""
    last = day_month(asumsi.selesai or kampanye.selesai)
    if is_unknown(row["median"]):
        return Temuan(f"Proyeksi {nama} belum dapat dibuat: belum ada data yang cukup")
    goal = target_percent(kampanye.target if asumsi.target is None else asumsi.target)
    return Temuan(
        f"{capitalize(nama)}: sekitar {percent(row['median'], 0)} pada {last}, target {goal}; "
        f"peluang {chance(row['peluang_target'])}"
    )


def sentences(row: Any, dasar: Any, asumsi: Assumptions, kampanye: Any, nama_kendala: list[str]) -> Paragraf:
    """What is assumed and what it brings beside things going on as they do, with the denominator."""
    if is_unknown(row["median"]):
        return Paragraf([f"Pilih {kampanye.unit} lain, atau tunggu kiriman berikutnya."])
    given = assumed(asumsi, kampanye, nama_kendala)
    people = f"{number(row['jumlah_asn'])} {kampanye.orang}"
    reached = f"{percent_prose(row['median'], 0)} dari {people} (selang 80 persen: {span(row)})"
    if not given:
        return Paragraf([f"Bila berjalan seperti sekarang, capaian sekitar {reached}."])
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
            f"Bila {given}, capaian sekitar {reached}: {beside} bila berjalan seperti sekarang "
            f"({percent_prose(dasar['median'], 0)}, peluang target {chance_number(dasar['peluang_target'])} persen).",
            "Ini pengandaian, bukan ramalan: dihitung seolah-olah anggapan itu terjadi sepenuhnya.",
        ]
    )
