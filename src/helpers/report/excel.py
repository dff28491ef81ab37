"""A workbook that leaves the project: an office's own follow-up list with its candidates for the next stage. The problem log
is in excel_log.py.

What stands in its cells; how they look, and that no text becomes a formula, is in sheets.py.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from helpers.measures.carry_over import incurable
from helpers.report.sheets import Column, add_sheet, open_book
from helpers.wording import capitalize, day, is_unknown, number


def _state(row: Any) -> str:
    """Status in words; an empty proof column is not a missing proof."""
    if row.status != "berhasil":
        return capitalize(row.status)
    return "Berhasil, bukti tidak dicatat" if pd.isna(row.bukti) else "Berhasil, bukti belum ada"


def write_follow_up(path: Path, people: pd.DataFrame, kampanye: Any, unit: Any, data: Any, tersisa: Any = None) -> None:
    """daftar_tindak_lanjut.xlsx: who has not succeeded or kept the proof, with names, for this office only; on a second
    sheet who may go on to the next stage. `tersisa`: the office's row of carry_over.by_office, None: not projected."""
    categories = kampanye.obstacles.set_index("kode")["kategori"]
    order = {"gagal": 0, "proses": 1, "belum": 2, "berhasil": 3}
    sorted_people = people.assign(urutan=people["status"].map(order)).sort_values(["urutan", "unit", "nama"])
    rows = [
        [
            at,
            r.nip,
            r.nama,
            r.unit,
            _state(r),
            None if pd.isna(r.kode_kendala) else f"{r.kode_kendala} {categories.get(r.kode_kendala, '')}".strip(),
            r.uraian,
            r.tindak_lanjut,
        ]
        for at, r in enumerate(sorted_people.itertuples(), 1)
    ]
    columns = [
        Column("No", 5, "hitung"), Column("NIP", 21), Column("Nama", 30), Column("Unit Kerja", 26), Column("Status", 24),
        Column("Kendala", 28), Column("Uraian", 40), Column("Tindak Lanjut", 32, isian=True),
    ]  # fmt: skip
    note = f"Hanya untuk {unit.nama}. Memuat nama dan NIP: jangan disebarkan. Data sampai {day(kampanye.tanggal_data)}."
    title = f"Daftar tindak lanjut {kampanye.singkatan} · {unit.nama}"
    named = f"Daftar tindak lanjut {unit.nama} per {kampanye.tanggal_data.isoformat()}"
    with open_book(path, named, kampanye, data) as book:
        add_sheet(book, "Tindak Lanjut", title, note, columns, rows, data)
        if kampanye.lanjutan and people["status"].ne("berhasil").any():
            _add_candidates(book, people[people["status"].ne("berhasil")], kampanye, unit, data, tersisa)


def _add_candidates(book: Any, people: pd.DataFrame, kampanye: Any, unit: Any, data: Any, tersisa: Any) -> None:
    """Everyone not berhasil, those whose kendala can't be solved before the deadline first."""
    categories = kampanye.obstacles.set_index("kode")["kategori"]
    fixed = people["kode_kendala"].isin(list(incurable(kampanye.obstacles)))
    order = people["status"].map({"gagal": 1, "proses": 2, "belum": 3}).mask(fixed, 0)
    rows = [
        [
            at,
            r.nip,
            r.nama,
            r.unit,
            _state(r),
            None if pd.isna(r.kode_kendala) else f"{r.kode_kendala} {categories.get(r.kode_kendala, '')}".strip(),
            "Tidak" if r.urutan == 0 else "Ya",
        ]
        for at, r in enumerate(people.assign(urutan=order).sort_values(["urutan", "unit", "nama"]).itertuples(), 1)
    ]
    columns = [
        Column("No", 5, "hitung"), Column("NIP", 21), Column("Nama", 30), Column("Unit Kerja", 26), Column("Status", 12),
        Column("Kendala", 28), Column("Dapat selesai", 14), Column("Diteruskan", 13, isian=True),
        Column("Keterangan", 32, isian=True),
    ]  # fmt: skip
    note = f"Hanya untuk {unit.nama}. Memuat nama dan NIP: jangan disebarkan. {_expected(tersisa, kampanye)} "
    note += "Dapat selesai: sebelum batas waktu."
    title = f"Calon {kampanye.lanjutan} · {unit.nama}"
    add_sheet(
        book, sheet_name(f"Calon {kampanye.lanjutan}"), title, note, columns, [[*row, None, None] for row in rows], data
    )


def sheet_name(text: str) -> str:
    """A name that Excel takes for a sheet: 31 characters, none of those that it keeps for itself."""
    return "".join(sign for sign in text if sign not in "[]:*?/\\'")[:31].strip()


def _expected(tersisa: Any, kampanye: Any) -> str:
    """How many of those listed are expected to remain."""
    if tersisa is None or is_unknown(tersisa["orang"]):
        return f"Berapa yang tersisa pada {day(kampanye.selesai)} belum dapat diperkirakan."
    many = f"dari {number(tersisa['jumlah_asn'])} {kampanye.orang}"
    if is_unknown(tersisa["atas_80"]):
        return f"{number(tersisa['orang'])} {many} tidak tercatat berhasil sampai {day(kampanye.tanggal_data)}."
    low, high = number(tersisa["bawah_80"]), number(tersisa["atas_80"])
    span = low if low == high else f"{low}–{high}"
    return f"Diperkirakan {number(tersisa['orang'])} {many} belum berhasil pada {day(kampanye.selesai)} (selang 80%: {span})."
