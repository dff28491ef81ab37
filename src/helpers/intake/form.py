"""The workbook that offices fill in: Petunjuk, Nominatif, Rekap, Kendala, Sosialisasi.

Written with XlsxWriter; every value is written as text or number, never as a formula. Who fills it in, and the
invented sample, come in as DataFrames. Lists, colours and locks are left to form_checks, the live count to form_count.

Office code and version stand in the document's properties, and once more in two cells of Petunjuk that bear the names
`kode_opd` and `versi_formulir`: properties are lost where a program saves without them, cells are not. A sheet that is
copied out alone still has its label Kode OPD.
"""

import csv
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_range

from helpers.campaign import Campaign
from helpers.intake.form_checks import ALLOWED, add_checks, add_colours, check_date
from helpers.intake.form_count import Figure, live_count
from helpers.intake.form_guide import write_guide
from helpers.intake.form_style import HIDDEN, STYLES, look_of
from helpers.wording import day

STAMP = "DATA CONTOH - BUKAN DATA RESMI"
VERSION = "2"
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
        "Sidik Bukti": ("bukti_sidik", 12),
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
    "Isi Tanggal Data di atas tabel: keadaan sampai akhir hari itu.",
    "Isi lembar Nominatif: satu baris untuk setiap ASN, termasuk yang belum mengisi.",
    "Daftar yang sudah terisi berasal dari kiriman terakhir: perbarui statusnya; tambah orang di akhir daftar, hapus barisnya bila pindah atau pensiun.",
    "Bila daftar nama belum siap, kosongkan Nominatif dan isi jumlahnya saja pada lembar Rekap.",
    "NIP diketik sebagai teks, 18 angka. Jangan menulis NIK atau Nomor KK di mana pun.",
    "Status: Berhasil (sudah menekan Kirim, termasuk lewat anggota keluarga), Gagal (sudah mencoba, terhalang), "
    "Proses (sedang mengisi), Belum.",
    "Bukti: Ada bila bukti pengisian tersimpan di OPD. Berkas bukti tidak perlu dikirim.",
    "Setiap Gagal diberi Kode Kendala; daftar kode ada di bawah ini.",
    "Hitungan di atas Nominatif berjalan sendiri; sel jingga muda masih perlu diisi atau diperiksa.",
    "Kendala dan Sosialisasi memuat semua catatan sejak awal masa pengisian, bukan hanya yang baru.",
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
    # The creation date is fixed so that the same input gives the same bytes.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(path, options) as book:
        fixed = datetime.combine(as_of or kampanye.mulai, time())
        book.set_properties({"title": f"Formulir {kampanye.singkatan} {unit.nama}", "created": fixed})
        book.set_custom_property("kode_opd", opd)
        book.set_custom_property("versi_formulir", VERSION)
        # Every cell is open unless it says otherwise, to the last column: Excel drops no row that holds a locked cell.
        book.formats[0].set_locked(False)
        style = {name: book.add_format(look) for name, look in STYLES.items()}
        guide = book.add_worksheet("Petunjuk")
        _title(guide, style, f"Petunjuk pengisian · {unit.nama}", sample)
        codes = write_guide(guide, book, style, kampanye, opd, VERSION, HELP)
        _lock(guide, sample)
        for name, columns in SHEETS.items():
            sheet, rows = book.add_worksheet(name), tables.get(name)
            names = [column for column, _ in columns.values()]
            last = FIRST_ROW + max(300, 0 if rows is None else len(rows) + 50)
            _columns(sheet, style, columns)
            _head(sheet, style, f"{name} {kampanye.orang} · {unit.nama}", kampanye, opd, as_of, sample, len(names))
            if name == "Nominatif":
                for figure in live_count(names, FIRST_ROW, rows, kampanye.orang, kampanye.counted_kinds):
                    _figure(sheet, style, figure)
            _body(sheet, style, columns, rows)
            add_checks(sheet, kampanye, names, FIRST_ROW + 1, last, codes)
            add_colours(sheet, book, names, FIRST_ROW + 1, last)
            _page(sheet, names, last)
            _lock(sheet, sample)
        book.get_worksheet_by_name("Nominatif").activate()


def _title(sheet: Any, style: dict[str, Any], title: str, sample: bool) -> None:
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, style["title"])
    if sample:
        sheet.write_string(1, 0, STAMP, style["stamp"])


def _columns(sheet: Any, style: dict[str, Any], columns: dict[str, tuple[str, int]]) -> None:
    """Widths and formats; only the rows of the head are locked."""
    for at, (name, width) in enumerate(columns.values()):
        sheet.set_column(at, at, width, style[look_of(name)], {"hidden": name in HIDDEN})
    for row in range(FIRST_ROW + 1):
        sheet.set_row(row, {0: 24, FIRST_ROW - 1: 24, FIRST_ROW: 32}.get(row), style["locked"])


def _head(
    sheet: Any,
    style: dict[str, Any],
    title: str,
    kampanye: Campaign,
    opd: str,
    as_of: date | None,
    sample: bool,
    width: int,
) -> None:
    sheet.write_string(0, 0, title, style["title"])
    if sample:
        sheet.write_string(1, 0, STAMP, style["stamp"])
    sheet.write_string(2, 0, "Kode OPD", style["label"])
    sheet.write_string(2, 2, opd, style["value"])
    sheet.write_string(3, 0, "Tanggal Data", style["label"])
    if as_of:
        sheet.write_datetime(3, 2, datetime.combine(as_of, time()), style["input"])
    else:
        sheet.write_blank(3, 2, None, style["input"])
    sheet.data_validation(3, 2, 3, 2, check_date(kampanye, "Tanggal Data"))


def _figure(sheet: Any, style: dict[str, Any], figure: Figure) -> None:
    row, look = FIRST_ROW - 1, style[f"hitung_{figure.kind}"]
    if figure.last > figure.first:
        sheet.merge_range(row, figure.first, row, figure.last, "", look)
    sheet.write_formula(row, figure.first, figure.formula, look, figure.value)


def _body(sheet: Any, style: dict[str, Any], columns: dict[str, tuple[str, int]], rows: pd.DataFrame | None) -> None:
    for at, (heading, (name, _)) in enumerate(columns.items()):
        centred = look_of(name) in ("narrow", "date")
        sheet.write_string(FIRST_ROW, at, heading, style["head_narrow" if centred else "head"])
        if rows is not None and name in rows:
            for line, value in enumerate(rows[name].tolist(), start=FIRST_ROW + 1):
                _cell(sheet, style, line, at, value)
    _heights(sheet, columns, rows)
    if rows is not None and "nomor" not in rows and "No" in columns:
        for line in range(len(rows)):
            sheet.write_number(FIRST_ROW + 1 + line, 0, line + 1)


def _heights(sheet: Any, columns: dict[str, tuple[str, int]], rows: pd.DataFrame | None) -> None:
    """Room for wrapped text: not every program fits a row to it."""
    long = {name: width for name, width in columns.values() if look_of(name) == "long" and rows is not None}
    for line, row in enumerate([] if rows is None else rows.reindex(columns=list(long)).to_dict("records")):
        wraps = [-(-len(str(text)) // long[name]) for name, text in row.items() if not pd.isna(text)]
        if max(wraps, default=1) > 1:
            sheet.set_row(FIRST_ROW + 1 + line, 15 * max(wraps))


def _page(sheet: Any, names: list[str], last: int) -> None:
    """Filters, what stays in view, and A4 landscape with the headings on every page."""
    sheet.autofilter(FIRST_ROW, 0, last, len(names) - 1)
    sheet.freeze_panes(FIRST_ROW + 1, names.index("nama") + 1 if "nama" in names else 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.repeat_rows(FIRST_ROW)
    sheet.fit_to_pages(1, 0)
    if "nip" in names:
        at = names.index("nip")
        sheet.ignore_errors({"number_stored_as_text": xl_range(FIRST_ROW + 1, at, last, at)})


def _lock(sheet: Any, sample: bool) -> None:
    sheet.set_footer(f"&L&8{STAMP if sample else ''}&R&8&A · &P/&N")
    sheet.protect("", ALLOWED)


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
