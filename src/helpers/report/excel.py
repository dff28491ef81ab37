"""Workbooks that leave the project: the problem log for the meeting, an office's own follow-up list.

Every text is written as text (never a formula or a link); headings are frozen, columns have widths and filters.
"""

from datetime import UTC
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from helpers.report import tables_log
from helpers.report.blocks import STAMP
from helpers.schema import STATES
from helpers.wording import capitalize, day, number

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def _open(path: Path, title: str, data: Any) -> Any:
    book = xlsxwriter.Workbook(path, OPTIONS)
    # The data version's moment, not the clock's: the same data gives the same bytes.
    book.set_properties({"title": title, "created": data.dicatat.astimezone(UTC).replace(tzinfo=None)})
    return book


def _sheet(
    book: Any, name: str, title: str, note: str, columns: list[tuple[str, int]], rows: list[list[Any]], data: Any
) -> Any:
    """A sheet with title, stamp, note, frozen headings and rows; returns it."""
    bold = book.add_format({"bold": True, "font_size": 13})
    alert = book.add_format({"bold": True, "font_color": "#C44E00"})
    grey = book.add_format({"font_color": "#5B626B"})
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    count = book.add_format({"valign": "top", "num_format": "#,##0"})
    decimal = book.add_format({"valign": "top", "num_format": "0.0"})
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, STAMP if data.contoh else "", alert)
    sheet.write_string(2, 0, note, grey)
    first = 4
    for at, (heading, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(first, at, heading, head)
    for line, row in enumerate(rows, start=first + 1):
        # Not every program fits a row to its wrapped text.
        wraps = [
            -(-len(str(value)) // max(columns[at][1] - 2, 1)) for at, value in enumerate(row) if isinstance(value, str)
        ]
        sheet.set_row(line, 15 * max(wraps, default=1))
        for at, value in enumerate(row):
            if value is None or pd.isna(value):
                continue
            if isinstance(value, float):
                sheet.write_number(line, at, value, decimal)
            elif isinstance(value, int):
                sheet.write_number(line, at, value, count)
            else:
                sheet.write_string(line, at, str(value), text)
    sheet.freeze_panes(first + 1, 0)
    sheet.autofilter(first, 0, first + max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first)
    return sheet


def write_log(path: Path, kendala: pd.DataFrame, kota: Any, kampanye: Any, data: Any) -> None:
    """log_kendala.xlsx: the inventory, and the matrix that the meeting fills in (status from a drop-down)."""
    note = f"Data sampai {day(kampanye.tanggal_data)} · versi data {number(data.versi)} · dari {number(kota['jumlah_asn'])} {kampanye.orang}"
    with _open(path, f"Log kendala {kampanye.singkatan}", data) as book:
        inventory = [
            [
                int(r.nomor),
                r.kode,
                r.kategori,
                r.kelompok,
                int(r.unit),
                int(r.gagal),
                int(r.belum),
                int(r.orang),
                round(float(r.poin) * 100, 1),
                r.usulan,
                r.pic,
            ]
            for r in tables_log.numbered(kendala).itertuples()
        ]
        columns = [
            ("No", 5), ("Kode", 7), ("Permasalahan", 28), ("Kelompok", 11), (capitalize(kampanye.unit), 9), ("Gagal", 8), ("Belum", 8),
            (f"{kampanye.orang} terhalang", 11), ("Dampak (poin)", 9), ("Usulan", 52), ("PIC", 28),
        ]  # fmt: skip
        _sheet(
            book,
            "Inventarisasi",
            f"Daftar inventarisasi permasalahan {kampanye.singkatan}",
            note,
            columns,
            inventory,
            data,
        )
        matrix = [
            [int(r.nomor), f"{r.kode} {r.kategori} menahan {number(r.orang)} {kampanye.orang}", r.usulan, None, r.pic, None,
             f"{number(r.orang)} {kampanye.orang} selesai ditangani", "Belum", None]
            for r in tables_log.numbered(kendala).itertuples()
        ]  # fmt: skip
        columns = [
            ("No", 5), ("Temuan", 40), ("Rekomendasi", 48), ("Tindak Lanjut", 36), ("Penanggung Jawab (PIC)", 26),
            ("Batas Waktu", 13), ("Indikator/Output", 30), ("Status", 11), ("Keterangan", 28),
        ]  # fmt: skip
        sheet = _sheet(book, "Tindak Lanjut", "Matriks rencana tindak lanjut (RTL)", note, columns, matrix, data)
        last = 5 + max(len(matrix), 1) + 20
        sheet.data_validation(5, 7, last, 7, {"validate": "list", "source": list(STATES)})


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
        ("No", 5), ("NIP", 21), ("Nama", 30), ("Unit Kerja", 26), ("Status", 24), ("Kendala", 28), ("Uraian", 40),
        ("Tindak Lanjut", 32),
    ]  # fmt: skip
    note = f"Hanya untuk {unit.nama}. Memuat nama dan NIP: jangan disebarkan. Data sampai {day(kampanye.tanggal_data)}."
    with _open(
        path,
        f"Daftar tindak lanjut {unit.nama} per {kampanye.tanggal_data.isoformat()}",
        data,
    ) as book:
        _sheet(
            book, "Tindak Lanjut", f"Daftar tindak lanjut {kampanye.singkatan} · {unit.nama}", note, columns, rows, data
        )
