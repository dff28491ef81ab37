"""A workbook that leaves the project: an office's own follow-up list. The problem log is in excel_log.py.

What stands in its cells; how they look, and that no text becomes a formula, is in sheets.py.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from helpers.report.sheets import Column, add_sheet, open_book
from helpers.wording import capitalize, day


def _state(row: Any) -> str:
    """Status in words; an empty proof column is not a missing proof."""
    if row.status != "berhasil":
        return capitalize(row.status)
    return "Berhasil, bukti tidak dicatat" if pd.isna(row.bukti) else "Berhasil, bukti belum ada"


def write_follow_up(path: Path, people: pd.DataFrame, kampanye: Any, unit: Any, data: Any) -> None:
    """daftar_tindak_lanjut.xlsx: who has not succeeded or kept the proof, with names, for this office only."""
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
