"""log_kendala.xlsx: the inventory, the matrix that the meeting fills in, and what earlier meetings decided.

The meeting decides; PIC and deadline are proposed in the yellow cells and can be overwritten. What was handed out also
stands in the workbook's properties (handed_out.py), so that intake/follow_ups.py can tell what was changed.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.report import handed_out
from helpers.report.handed_out import Handed
from helpers.report.rtl import Rtl
from helpers.report.sheets import HEAD, INPUT, SPARE, Column, add_sheet, open_book
from helpers.schema import STATES
from helpers.wording import capitalize, day, join, number

INVENTORY, MATRIX, HISTORY, _LISTS = "Inventarisasi", "Tindak Lanjut", "Riwayat", "Daftar"
FIELDS = ("Tanggal rapat", "Diputuskan oleh (jabatan)", "Dicatat oleh (jabatan)")
_HEAD = HEAD + len(FIELDS)  # the fields stand between note and headings
_FIELD = 3  # row of the first field, from 0
_EMPTY = 6  # yellow rows printed below the last, to add to
_PIC, _DEADLINE, _STATE = 6, 7, 9  # columns
# Colour goes with the word, never alone; dark enough on their ground to be read in print.
_LOOKS = {
    "Belum": {"bg_color": "#FBE3D6", "font_color": "#7A3000"},
    "Proses": {"bg_color": "#DBE4EE", "font_color": "#0B3C6F"},
    "Selesai": {"bg_color": "#0B3C6F", "font_color": "#FFFFFF", "bold": True},
}


def write_log(
    path: Path,
    log: pd.DataFrame,
    rtl: Sequence[Rtl],
    riwayat: pd.DataFrame,
    kota: Any,
    kampanye: Any,
    data: Any,
) -> None:
    """Write the log. `log`: measures.problem_log; `rtl`: lines of the matrix; `riwayat`: Data.tindak_lanjut. The same
    data give the same bytes."""
    note = f"Data sampai {day(kampanye.tanggal_data)} · versi data {number(data.versi)}"
    of = f"{note} · dari {number(kota['jumlah_asn'])} {kampanye.orang}"
    rows = handed(log, rtl, kampanye)
    with open_book(path, f"Log kendala {kampanye.singkatan}", kampanye, data) as book:
        for name, text in handed_out.properties(rows, kampanye, data.versi).items():
            book.set_custom_property(name, text, "text")
        _inventory(book, log, of, kampanye, data)
        _matrix(book, rows, note, _people_in_charge(log, rtl), kampanye, data)
        if not riwayat.empty:
            _history(book, riwayat, note, data)
        lists = book.add_worksheet(_LISTS)
        for at, text in enumerate(_people_in_charge(log, rtl)):
            lists.write_string(at, 0, text)
        lists.hide()


def handed(log: pd.DataFrame, rtl: Sequence[Rtl], kampanye: Any) -> list[Handed]:
    """The rows of the matrix as handed out: what is not decided yet is pre-filled with the proposal."""
    proposed = dict(zip(log["kode"], log["pic"], strict=True)) if len(log) else {}
    return [
        Handed(
            r.nomor,
            r.kode,
            r.orang,
            r.temuan,
            r.rekomendasi,
            r.indikator,
            r.tindak_lanjut,
            r.pic or _text(proposed.get(r.kode)),
            r.tenggat or r.usul_tenggat,
            r.status,
            r.keterangan,
            r.asal or kampanye.tanggal_data,
        )
        for r in rtl
    ]


def _people_in_charge(log: pd.DataFrame, rtl: Sequence[Rtl]) -> list[str]:
    """Suggestions for the PIC; any other position may be written."""
    named = [*(log["kelompok"] if len(log) else []), *(log["pic"] if len(log) else []), *(r.pic for r in rtl)]
    return sorted({text for one in named if (text := _text(one))})


def _inventory(book: Any, log: pd.DataFrame, note: str, kampanye: Any, data: Any) -> None:
    after = f"Tidak, lanjut ke {kampanye.lanjutan}" if kampanye.lanjutan else "Tidak"
    rows = [
        [
            r.nomor,
            r.kode,
            r.permasalahan,
            r.kategori,
            r.kelompok,
            r.unit,
            join(r.terbanyak) if len(r.terbanyak) else None,
            r.gagal,
            r.belum,
            r.orang,
            round(float(r.poin) * 100, 1),
            _date(r.sejak),
            r.perubahan,
            r.unit_banding,
            # People without a recorded reason are no problem that anybody solves before a day.
            None if r.kode == "CATAT" else "Ya" if r.sebelum_batas else after,
            "\n".join(r.ungkapan) or None,
            _text(r.usulan) or None,
            _text(r.pic) or None,
            _date(r.tenggat),
            r.status,
        ]
        for r in log.itertuples()
    ]
    who, unit = capitalize(kampanye.orang), capitalize(kampanye.unit)
    columns = [
        Column("No", 5, "hitung"), Column("Kode", 9), Column("Permasalahan", 34), Column("Kategori", 16),
        Column("Kelompok", 13), Column(unit, max(8, len(unit) + 3), "hitung"), Column(f"{unit} terbanyak", 20),
        Column("Gagal", 9, "hitung"), Column("Belum", 9, "hitung"), Column(who, max(9, len(who) + 3), "hitung"),
        Column("Dampak (poin)", 10, "desimal"), Column("Sejak", 19, "tanggal"), Column("Perubahan", 13, "selisih"),
        Column(f"{unit} pembanding", 13, "hitung"), Column("Selesai sebelum batas waktu", 17),
        Column("Ungkapan khas", 34), Column("Usulan", 44), Column("PIC", 24), Column("Usul batas waktu", 19, "tanggal"),
        Column("Status", 11),
    ]  # fmt: skip
    if log.empty:
        note += " · data tidak memuat kendala"
    total: list[Any] = [None] * len(columns)
    if len(log):
        total[2] = "Jumlah"
        for at, name in ((7, "gagal"), (8, "belum"), (9, "orang")):
            total[at] = int(log[name].sum())
        total[10] = round(float(log["poin"].sum()) * 100, 1)
    title = f"Daftar inventarisasi permasalahan {kampanye.singkatan}"
    sheet = add_sheet(book, INVENTORY, title, note, columns, rows, data, beku=2, jumlah=total if len(log) else ())
    # Twenty columns on one page can't be read: two pages beside each other, both with number, code and problem.
    sheet.fit_to_pages(2, 0)
    sheet.repeat_columns(0, 2)
    sheet.set_v_pagebreaks([13])


def _matrix(book: Any, rows: list[Handed], note: str, pics: list[str], kampanye: Any, data: Any) -> None:
    who = capitalize(kampanye.orang)
    columns = [
        Column("No", 5, "hitung"), Column("Kode", 13), Column("Temuan", 36), Column(who, max(9, len(who) + 3), "hitung"),
        Column("Rekomendasi", 40), Column("Tindak Lanjut", 36, isian=True),
        Column("Penanggung Jawab (PIC)", 26, isian=True), Column("Batas Waktu", 20, "tanggal", isian=True),
        Column("Indikator/Output", 26), Column("Status", 11, isian=True), Column("Keterangan", 26, isian=True),
    ]  # fmt: skip
    cells = [
        [
            r.nomor, r.kode, r.temuan, r.orang, r.rekomendasi, r.tindak_lanjut or None, r.pic or None, r.tenggat,
            r.indikator, r.status, r.keterangan or None,
        ]
        for r in rows
    ]  # fmt: skip
    fill = f"{note} · isi sel kuning; PIC dan batas waktu yang tercetak baru usulan; tambahkan baris di bawah"
    title = f"Matriks rencana tindak lanjut (RTL) {kampanye.singkatan}"
    sheet = add_sheet(book, MATRIX, title, fill, columns, cells, data, beku=2, head=_HEAD)
    _fields(book, sheet, kampanye)
    line = {"bottom": 1, "bottom_color": "#DDE1E5", "valign": "top", "text_wrap": True, "num_format": "@"}
    dated = line | {"num_format": "[$-421]d mmmm yyyy", "align": "left", "indent": 1}
    plain = book.add_format(line | {"indent": 1})
    count = book.add_format(line | {"num_format": "#,##0"})
    yellow = book.add_format(line | {"bg_color": INPUT, "indent": 1})
    yellow_date = book.add_format(dated | {"bg_color": INPUT})
    first = _HEAD + 1 + len(cells)
    for at in range(first, first + _EMPTY):
        sheet.set_row(at, 22)
        for place, column in enumerate(columns):
            open_ = yellow_date if column.jenis == "tanggal" else yellow
            closed = count if column.jenis == "hitung" else plain
            sheet.write_blank(at, place, None, open_ if column.isian else closed)
    _ask(book, sheet, first + SPARE - 1, len(pics), kampanye)


def _fields(book: Any, sheet: Any, kampanye: Any) -> None:
    """Who decided and when: without the day a log is not taken back."""
    label = book.add_format({"font_color": "#5B626B", "align": "right", "indent": 1})
    box = {"bg_color": INPUT, "border": 1, "border_color": "#B4C6DA", "align": "left", "indent": 1, "bold": True}
    for at, name in enumerate(FIELDS):
        kind = "[$-421]d mmmm yyyy" if at == 0 else "@"
        sheet.write_string(_FIELD + at, 2, name, label)
        sheet.merge_range(_FIELD + at, 3, _FIELD + at, 4, "", book.add_format(box | {"num_format": kind}))
    sheet.data_validation(_FIELD, 3, _FIELD, 3, _dates(kampanye.tanggal_data, "Tanggal rapat", "Wajib diisi. "))
    sheet.set_selection(_FIELD, 3, _FIELD, 3)


def _dates(start: date, title: str, more: str = "") -> dict[str, Any]:
    return {
        "validate": "date",
        "criteria": ">=",
        "value": datetime.combine(start, time()),
        "input_title": title,
        "input_message": f"{more}Tulis tanggal, misalnya {start.day}/{start.month}/{start.year}.",
        "error_title": "Bukan tanggal",
        "error_message": f"Tulis tanggal, paling awal {day(start)}.",
    }


def _ask(book: Any, sheet: Any, last: int, pics: int, kampanye: Any) -> None:
    """What the meeting may write: a date not before the data date, a status from the list, coloured with its word."""
    first = _HEAD + 1
    sheet.data_validation(first, _DEADLINE, last, _DEADLINE, _dates(kampanye.tanggal_data, "Batas waktu"))
    if pics:
        named = {"validate": "list", "source": f"={_LISTS}!$A$1:$A${pics}", "show_error": False}
        hint = {"input_title": "PIC", "input_message": "Pilih atau tulis jabatan, bukan nama orang."}
        sheet.data_validation(first, _PIC, last, _PIC, named | hint)
    wrong = {
        "error_title": "Status tidak dikenal",
        "error_message": f"Pilih salah satu: {', '.join(STATES)}.",
    }
    states = {"validate": "list", "source": list(STATES)} | wrong
    sheet.data_validation(first, _STATE, last, _STATE, states)
    for state in STATES:
        rule = {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": book.add_format(_LOOKS[state])}
        sheet.conditional_format(first, _STATE, last, _STATE, rule)


def _history(book: Any, riwayat: pd.DataFrame, note: str, data: Any) -> None:
    """What was decided before, to be read only."""
    columns = [
        Column("Tanggal rapat", 20, "tanggal"), Column("No", 5, "hitung"), Column("Kode", 13), Column("Temuan", 36),
        Column("Tindak Lanjut", 36), Column("Penanggung Jawab (PIC)", 26), Column("Batas Waktu", 20, "tanggal"),
        Column("Status", 11), Column("Keterangan", 26), Column("Diputuskan oleh", 26),
    ]  # fmt: skip
    rows = [
        [
            _date(r.tanggal), r.nomor, _text(r.kode) or None, r.temuan, _text(r.tindak_lanjut) or None,
            _text(r.pic) or None, _date(r.tenggat), _text(r.status) or None, _text(r.keterangan) or None,
            _text(r.oleh) or None,
        ]
        for r in riwayat.itertuples()
    ]  # fmt: skip
    title = "Riwayat tindak lanjut: yang diputuskan tiap rapat"
    sheet = add_sheet(book, HISTORY, title, f"{note} · hanya dibaca", columns, rows, data)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})


def _date(value: Any) -> date | None:
    if value is None or pd.isna(value):
        return None
    day_: date = value.date() if isinstance(value, datetime) else value
    return day_


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
