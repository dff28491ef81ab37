"""Any workbook to a grid of cells: xlsx, xls, ods through calamine, csv through the csv module.

Knows nothing of forms; finding tables in a grid is left to tables.py.
"""

import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from babel.dates import get_month_names
from python_calamine import CalamineWorkbook

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods", ".csv"}
SAMPLE_MARK = "DATA CONTOH"
_MONTHS = {
    name.lower().rstrip("."): number
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale="id_ID").items()
}


class UnreadableError(ValueError):
    """The file is not a workbook; the message is the reason in a few Indonesian words."""


@dataclass(frozen=True)
class Sheet:
    """Cells of a sheet from A1: rows of str, float, int, bool, date or datetime; "" where empty."""

    name: str
    cells: list[list[Any]]


def read_workbook(path: Path) -> list[Sheet]:
    """All sheets of a file, hidden ones too. Raises UnreadableError."""
    if path.suffix.lower() == ".csv":
        return [Sheet("", _read_csv(path.read_bytes()))]
    if path.suffix.lower() not in WORKBOOKS:
        raise UnreadableError(f"jenis berkas {path.suffix or 'tanpa akhiran'} tidak dikenal")
    try:
        book = CalamineWorkbook.from_path(path)
        return [Sheet(n, book.get_sheet_by_name(n).to_python(skip_empty_area=False)) for n in book.sheet_names]
    except BaseException as error:  # calamine panics (BaseException) on some broken files
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise UnreadableError("berkas rusak, terkunci sandi, atau bukan Excel") from error


def _read_csv(content: bytes) -> list[list[Any]]:
    if b"\0" in content[:4096]:
        raise UnreadableError("isinya bukan teks")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = "\n".join(text.splitlines()[:20])
    delimiter = max(";\t,", key=head.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise UnreadableError("susunan CSV rusak") from error


def clean_text(value: Any) -> str:
    """A cell as text: one line, compatibility forms folded, control and invisible characters dropped.

    A whole float loses its ".0"; an empty cell is "".
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value))
    text = "".join(c if unicodedata.category(c)[0] != "C" else (" " if c.isspace() else "") for c in text)
    return " ".join(text.split())


def parse_date(value: Any) -> date | None:
    """A date from a cell: a date, an Excel serial, 2020-03-17, 17/03/2020, 17-3-20, 17 Maret 2020 (day first).

    None where it is no date; the year must lie in 1990-2100.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = date(1899, 12, 30) + timedelta(days=int(value)) if 32874 <= value <= 73415 else None
        return found
    parts = clean_text(value).lower().replace(",", " ").replace("/", " ").replace("-", " ").replace(".", " ").split()
    if parts and parts[0].isalpha():
        parts = parts[1:]  # day of the week
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = parts
    if month in _MONTHS:
        month = str(_MONTHS[month])
    if not (day.isdecimal() and month.isdecimal() and year.isdecimal()):
        return None
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    if not 1990 <= full_year <= 2100:
        return None
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None
