"""Any workbook to a grid of cells: xlsx, xls, ods through calamine, csv through the csv module.

Knows nothing of forms; finding tables in a grid is left to tables.py.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from babel.dates import get_month_names
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods", ".csv"}
SAMPLE_MARK = "DATA CONTOH"
MAX_BYTES = 200_000_000  # unpacked
MAX_CELLS = 20_000_000
MAX_CSV_BYTES = 20_000_000  # 200,000 people
_PLACE = re.compile(rb'<c [^>]*?r="([A-Z]{1,3}[0-9]{1,7})"')
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
        if path.stat().st_size > MAX_CSV_BYTES:
            raise UnreadableError("isinya lebih besar daripada yang wajar")
        return [Sheet("", _read_csv(path.read_bytes()))]
    if path.suffix.lower() not in WORKBOOKS:
        raise UnreadableError(f"jenis berkas {path.suffix or 'tanpa akhiran'} tidak dikenal")
    try:
        _refuse_giants(path)
        book = CalamineWorkbook.from_path(path)
        return [Sheet(n, book.get_sheet_by_name(n).to_python(skip_empty_area=False)) for n in book.sheet_names]
    except (KeyboardInterrupt, SystemExit, UnreadableError):
        raise
    except BaseException as error:  # calamine panics (BaseException) on some broken files
        raise UnreadableError("berkas rusak, terkunci sandi, atau bukan Excel") from error


def _refuse_giants(path: Path) -> None:
    """UnreadableError for a workbook whose cells span more than a census of the city: calamine reserves memory for the
    whole rectangle, and one stray cell in the last corner would end the process."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as book:
        if sum(part.file_size for part in book.infolist()) > MAX_BYTES:
            raise UnreadableError("isinya lebih besar daripada yang wajar")
        for name in book.namelist():
            if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                continue
            places = [xl_cell_to_rowcol(place.decode()) for place in _PLACE.findall(book.read(name))]
            rows = max((row for row, _ in places), default=0) + 1
            columns = max((column for _, column in places), default=0) + 1
            if rows * columns > MAX_CELLS:
                raise UnreadableError(f"lembarnya terentang sampai baris {rows}; hapus sel yang tersesat di luar tabel")


def _read_csv(content: bytes) -> list[list[Any]]:
    if b"\0" in content[:4096]:
        raise UnreadableError("isinya bukan teks")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    delimiter = max(";\t,", key=lambda mark: _regularity(text.splitlines()[:200], mark))
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise UnreadableError("susunan CSV rusak") from error


def _regularity(lines: list[str], mark: str) -> int:
    """On how many lines a delimiter stands equally often: academic titles bring commas, but not the same number."""
    counts = Counter(count for line in lines if (count := line.count(mark)))
    return counts.most_common(1)[0][1] if counts else 0


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
    if not all(part.isdecimal() and len(part) <= 4 for part in (day, month, year)):
        return None
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    if not 1990 <= full_year <= 2100:
        return None
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None
