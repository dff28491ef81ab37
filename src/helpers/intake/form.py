"""The workbook that offices fill in: Petunjuk, Nominatif, Rekap, Kendala, Sosialisasi.

Written with XlsxWriter; every value is written as text or number, never as a formula. Who fills it in, and the
invented sample, come in as DataFrames.
"""

import csv
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from helpers.campaign import Campaign
from helpers.schema import CHANNELS, KINDS, STATUSES
from helpers.wording import day

STAMP = "DATA CONTOH - BUKAN DATA RESMI"
VERSION = "1"
FIRST_ROW = 5  # headings; the labels stand above
# sheet -> heading -> (column of the store, width)
SHEETS: dict[str, dict[str, tuple[str, int]]] = {
    "Nominatif": {
        "No": ("nomor", 5),
        "NIP": ("nip", 21),
        "Nama": ("nama", 32),
        "Unit Kerja": ("unit", 30),
        "Jenis ASN": ("jenis_asn", 10),
        "Status": ("status", 11),
        "Tanggal Isi": ("tanggal_isi", 12),
        "Bukti (Ada/Belum)": ("bukti", 11),
        "Kode Kendala": ("kode_kendala", 9),
        "Uraian Kendala": ("uraian", 44),
        "Tindak Lanjut": ("tindak_lanjut", 30),
    },
    "Rekap": {
        "Tanggal Data": ("tanggal_data", 13),
        "Jumlah ASN": ("jumlah_asn", 12),
        "Berhasil": ("berhasil", 11),
        "Gagal": ("gagal", 11),
        "Belum": ("belum", 11),
        "Bukti Terkumpul": ("bukti", 12),
    },
    "Kendala": {
        "Tanggal": ("tanggal", 12),
        "Kode": ("kode", 8),
        "Uraian": ("uraian", 50),
        "Jumlah ASN Terdampak": ("jumlah_asn", 14),
        "Usulan": ("usulan", 40),
        "PIC": ("pic", 28),
    },
    "Sosialisasi": {
        "Tanggal": ("tanggal", 12),
        "Kanal": ("kanal", 18),
        "Jumlah Peserta": ("jumlah_peserta", 12),
        "Keterangan": ("keterangan", 50),
    },
}
HELP = [
    "Isi lembar Nominatif: satu baris untuk setiap ASN, termasuk yang belum mengisi.",
    "Bila daftar nama belum siap, kosongkan Nominatif dan isi jumlahnya saja pada lembar Rekap.",
    "NIP diketik sebagai teks, 18 angka. Jangan menulis NIK atau Nomor KK di mana pun.",
    "Status: Berhasil (sudah menekan Kirim, termasuk lewat anggota keluarga), Gagal (sudah mencoba, terhalang), "
    "Proses (sedang mengisi), Belum.",
    "Bukti: Ada bila bukti pengisian tersimpan di OPD. Berkas bukti tidak perlu dikirim.",
    "Setiap Gagal diberi Kode Kendala; daftar kode ada di bawah ini.",
    "Simpan sebagai .xlsx dan kirim ke pengelola. Jangan mengubah judul kolom dan Kode OPD.",
]


def write_form(
    path: Path,
    kampanye: Campaign,
    opd: str,
    as_of: date | None,
    tables: dict[str, pd.DataFrame],
    sample: bool = False,
) -> None:
    """Write the workbook of one office; `tables` (by sheet name, columns of the store) prefill it.

    Unknown values stay empty. `sample` marks every sheet as invented data.
    """
    unit = kampanye.unit_of(opd)
    path.parent.mkdir(parents=True, exist_ok=True)
    # The creation date is fixed so that the same sample gives the same bytes.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(path, options) as book:
        fixed = datetime.combine(as_of or kampanye.mulai, time())
        book.set_properties({"title": f"Formulir {kampanye.singkatan} {unit.nama}", "created": fixed})
        book.set_custom_property("kode_opd", opd)
        book.set_custom_property("versi_formulir", VERSION)
        style = {
            "title": book.add_format({"bold": True, "font_size": 13}),
            "label": book.add_format({"font_color": "#5B626B"}),
            "stamp": book.add_format({"bold": True, "font_color": "#C44E00"}),
            "head": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _instructions(book.add_worksheet("Petunjuk"), style, kampanye, unit.nama, sample)
        for name, columns in SHEETS.items():
            sheet = book.add_worksheet(name)
            _head(sheet, style, f"{name} {kampanye.orang} · {unit.nama}", opd, as_of, sample)
            _body(sheet, style, columns, tables.get(name))
        book.get_worksheet_by_name("Nominatif").activate()


def _instructions(sheet: Any, style: dict[str, Any], kampanye: Campaign, name: str, sample: bool) -> None:
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, f"Petunjuk pengisian · {name}", style["title"])
    if sample:
        sheet.write_string(1, 0, STAMP, style["stamp"])
    for at, line in enumerate(HELP):
        sheet.write_number(2 + at, 0, at + 1)
        sheet.write_string(2 + at, 1, line, style["wrap"])
    start = 3 + len(HELP)
    # Not "Kode" and "Kategori" side by side with a date: this list must not look like a Kendala table to intake.
    sheet.write_string(start, 0, "Daftar kode kendala", style["head"])
    for at, entry in enumerate(kampanye.obstacles.itertuples()):
        sheet.write_string(start + 1 + at, 0, entry.kode)
        sheet.write_string(start + 1 + at, 1, entry.kategori)


def _head(sheet: Any, style: dict[str, Any], title: str, opd: str, as_of: date | None, sample: bool) -> None:
    sheet.write_string(0, 0, title, style["title"])
    if sample:
        sheet.write_string(1, 0, STAMP, style["stamp"])
    sheet.write_string(2, 0, "Kode OPD", style["label"])
    sheet.write_string(2, 2, opd)
    sheet.write_string(3, 0, "Tanggal Data", style["label"])
    if as_of:
        sheet.write_datetime(3, 2, datetime.combine(as_of, time()), style["date"])


def _body(sheet: Any, style: dict[str, Any], columns: dict[str, tuple[str, int]], rows: pd.DataFrame | None) -> None:
    last = FIRST_ROW + max(300, 0 if rows is None else len(rows) + 50)
    sheet.freeze_panes(FIRST_ROW + 1, 0)
    sheet.set_landscape()
    sheet.repeat_rows(FIRST_ROW)
    sheet.fit_to_pages(1, 0)
    choices = {
        "status": [s.capitalize() for s in STATUSES],
        "bukti": ["Ada", "Belum"],
        "jenis_asn": list(KINDS),
        "kanal": list(CHANNELS),
    }
    for at, (heading, (name, width)) in enumerate(columns.items()):
        form = style["text"] if name == "nip" else style["date"] if name.startswith("tanggal") else None
        sheet.set_column(at, at, width, form)
        sheet.write_string(FIRST_ROW, at, heading, style["head"])
        if name in choices and not (name == "bukti" and "jumlah_asn" in {n for n, _ in columns.values()}):
            sheet.data_validation(FIRST_ROW + 1, at, last, at, {"validate": "list", "source": choices[name]})
        if rows is not None and name in rows:
            for line, value in enumerate(rows[name].tolist(), start=FIRST_ROW + 1):
                _cell(sheet, style, line, at, value)
    if rows is not None and "nomor" not in rows and "No" in columns:
        for line in range(len(rows)):
            sheet.write_number(FIRST_ROW + 1 + line, 0, line + 1)


def _cell(sheet: Any, style: dict[str, Any], line: int, at: int, value: Any) -> None:
    if value is None or pd.isna(value):
        return
    if isinstance(value, pd.Timestamp | date):
        sheet.write_datetime(line, at, datetime.combine(pd.Timestamp(value).date(), time()), style["date"])
    elif isinstance(value, bool):
        sheet.write_string(line, at, "Ada" if value else "Belum")
    elif isinstance(value, int | float):
        sheet.write_number(line, at, value)
    else:
        sheet.write_string(line, at, str(value))


def write_submission(
    path: Path, kampanye: Campaign, opd: str, as_of: date, tables: dict[str, pd.DataFrame], sample: bool = False
) -> None:
    """One submission as a file: the form, or as .csv its main table; a list of headcounts where `opd` is ""."""
    if not opd:
        write_headcounts(path, tables["Rekap"], sample)
    elif path.suffix == ".csv":
        sheet = "Nominatif" if "Nominatif" in tables else "Rekap"
        write_csv(path, sheet, opd, as_of, tables[sheet], sample)
    else:
        write_form(path, kampanye, opd, as_of, tables, sample)


def write_csv(path: Path, sheet: str, opd: str, as_of: date, rows: pd.DataFrame, sample: bool = False) -> None:
    """The same table as a semicolon CSV, as other programs export it: labels above, headings, rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {heading: name for heading, (name, _) in SHEETS[sheet].items() if name in rows}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        if sample:
            out.writerow([STAMP])
        out.writerows([["Kode OPD", opd], ["Tanggal Data", day(as_of)], [], list(columns)])
        for row in rows[list(columns.values())].itertuples(index=False):
            out.writerow(["" if pd.isna(v) else _plain(v) for v in row])


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Ada" if value else "Belum"
    if isinstance(value, pd.Timestamp | date):
        return pd.Timestamp(value).strftime("%d/%m/%Y")
    return str(value)


def write_headcounts(path: Path, rows: pd.DataFrame, sample: bool = False) -> None:
    """A list of headcounts of many offices (columns opd, tanggal_data, jumlah_asn): the denominator of those that
    have not reported yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerows([[STAMP]] if sample else [])
        out.writerow(["Kode OPD", "Tanggal Data", "Jumlah ASN"])
        for row in rows.itertuples():
            out.writerow([row.opd, _plain(row.tanggal_data), row.jumlah_asn])
