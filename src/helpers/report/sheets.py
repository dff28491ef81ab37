"""How a workbook of ours looks: frozen headings, filters, widths, formats by kind of column, a page set up for A4.

Every text is written as text (never a formula or a link), also when somebody edits its cell. What stands in the cells
is left to excel.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from helpers.report.blocks import STAMP

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEAD = 4  # row of the headings, from 0
SPARE = 20  # rows below the last that a meeting may add, with the same rules
TALLEST = 400  # points; Excel knows no higher row
_LINE, _GREY, _ALERT, INPUT = "#DDE1E5", "#5B626B", "#C44E00", "#FFF4D1"
# Whoever opens the file sees their own separators; 421 asks for Indonesian names of months.
_FORMATS = {
    "teks": "@",
    "hitung": "#,##0",
    "desimal": "0.0",
    "selisih": "+#,##0;−#,##0;0",
    "tanggal": "[$-421]d mmmm yyyy",
}


@dataclass(frozen=True)
class Column:
    """A column: heading, width in characters, kind (teks, hitung, desimal, selisih, tanggal); `isian`: filled in by the reader."""

    judul: str
    lebar: int
    jenis: str = "teks"
    isian: bool = False


def open_book(path: Path, title: str, kampanye: Any, data: Any) -> Any:
    """A workbook with properties in Indonesian; the same data give the same bytes."""
    book = xlsxwriter.Workbook(path, OPTIONS)
    book.set_properties(
        {
            "title": title + (f" ({STAMP})" if data.contoh else ""),
            "subject": kampanye.kampanye,
            "author": kampanye.instansi,
            "company": kampanye.instansi,
            "category": "Laporan",
            "keywords": f"{kampanye.singkatan}, {kampanye.wilayah}, data {kampanye.tanggal_data.isoformat()}",
            "comments": f"Disusun dari versi data {data.versi}. Sumber: {kampanye.sumber}.",
            # The data version's moment, not the clock's.
            "created": data.dicatat.astimezone(UTC).replace(tzinfo=None),
        }
    )
    return book


def add_sheet(
    book: Any,
    name: str,
    title: str,
    note: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    data: Any,
    beku: int = 1,
    head: int = HEAD,
    jumlah: Sequence[Any] = (),
) -> Any:
    """A sheet with title, stamp, note, frozen headings (and the first `beku` columns) and rows; returns it.

    `head`: row of the headings, from 0. `jumlah`: a last row in bold, which sorting and filters leave alone.
    """
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14, "font_color": "#0B3C6F"}))
    sheet.write_string(1, 0, STAMP if data.contoh else "", book.add_format({"bold": True, "font_color": _ALERT}))
    sheet.write_string(2, 0, note, book.add_format({"font_color": _GREY}))
    top = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "bg_color": "#DBE4EE"}
    heads = {
        True: book.add_format(top | {"indent": 1, "align": "left"}),
        False: book.add_format(top | {"align": "right"}),
    }
    formats = [_format(book, column) for column in columns]
    for at, column in enumerate(columns):
        # The column's own format holds for rows that a reader adds.
        sheet.set_column(at, at, column.lebar, book.add_format(_look(column)))
        sheet.write_string(head, at, column.judul, heads[column.jenis in ("teks", "tanggal")])
    sheet.set_row(head, 4 + _height([column.judul for column in columns], columns))
    for line, row in enumerate(rows, start=head + 1):
        sheet.set_row(line, _height(row, columns))
        for at, value in enumerate(row):
            _write(sheet, line, at, value, formats[at])
    last = head + max(len(rows), 1)
    if jumlah:
        totals = [_format(book, column, bold=True) for column in columns]
        for at, value in enumerate(jumlah):
            _write(sheet, last + 1, at, value, totals[at])
    sheet.freeze_panes(head + 1, beku)
    sheet.autofilter(head, 0, last, len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A{head + 2}:{chr(64 + len(columns))}{last + SPARE}"})
    active = next((at for at, column in enumerate(columns) if column.isian), 0)
    sheet.set_selection(head + 1, active, head + 1, active)
    _page(sheet, title, note, data, head)
    return sheet


def _look(column: Column) -> dict[str, Any]:
    return {"valign": "top", "num_format": _FORMATS[column.jenis], "text_wrap": column.jenis == "teks"} | (
        {"indent": 1, "align": "left"} if column.jenis in ("teks", "tanggal") else {}
    )


def _format(book: Any, column: Column, bold: bool = False) -> dict[bool, Any]:
    """The format of a cell, and the same for a text that a program could take for a formula when its cell is edited."""
    look = _look(column) | {"bottom": 1, "bottom_color": _LINE}
    if bold:
        look |= {"bold": True, "top": 2, "num_format": _FORMATS[column.jenis]}
    if column.isian:
        look |= {"bg_color": INPUT}
    return {False: book.add_format(look), True: book.add_format(look | {"quote_prefix": True})}


def _write(sheet: Any, line: int, at: int, value: Any, formats: dict[bool, Any]) -> None:
    if value is None or pd.isna(value):
        sheet.write_blank(line, at, None, formats[False])
    elif isinstance(value, str):
        sheet.write_string(line, at, value, formats[value.lstrip()[:1] in tuple("=+-@|")])
    elif isinstance(value, date):
        sheet.write_datetime(line, at, datetime.combine(value, time()), formats[False])
    else:
        sheet.write_number(line, at, value, formats[False])


def _height(row: Sequence[Any], columns: Sequence[Column]) -> float:
    """Not every program fits a row to its wrapped text."""
    lines = [
        sum(-(-max(len(part), 1) // max(columns[at].lebar - 2, 1)) for part in value.splitlines())
        for at, value in enumerate(row)
        if isinstance(value, str)
    ]
    return min(15.0 * max([*lines, 1]), TALLEST)


def _page(sheet: Any, title: str, note: str, data: Any, head: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.center_horizontally()
    stamp = f"&R&B{STAMP}" if data.contoh else ""
    sheet.set_header(f"&L&9{_said(title, 120)}{stamp}")
    sheet.set_footer(f"&L&8{_said(note, 200)}&R&8Halaman &P dari &N")


def _said(text: str, most: int) -> str:
    """Text in a header or footer: there & begins a command, a digit after a size belongs to it, and room is short."""
    short = text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"
    return " " + short.replace("&", "&&")
