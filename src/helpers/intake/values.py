"""Single cells to values: clean text, folded text, dates (day first), whole numbers of people.

Nothing here knows a form or a campaign; whether a value is plausible is left to rows.py.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import get_month_names

_FIRST, _LAST = 1990, 2100  # years that a date in a workbook can mean
_SERIALS = range(32874, 73416)  # Excel's serial numbers of those years
_TIME = re.compile(r"(?<=\d)[ t](?:pukul |jam )?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?(?: ?(?:am|pm|wita|wib|wit))?$")
_MONTHS = {
    name.lower().rstrip("."): number
    for locale in ("id_ID", "en_GB")
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=locale).items()
} | {
    "peb": 2,
    "pebruari": 2,
    "febuari": 2,
    "mrt": 3,
    "agt": 8,
    "ags": 8,
    "agst": 8,
    "sept": 9,
    "nop": 11,
    "nopember": 11,
}
MONTH_NAMES = frozenset(_MONTHS)
_EXCEL_TEXT = re.compile(r'^=?"(.*)"$')


def clean_text(value: Any) -> str:
    """A cell as text: one line, compatibility forms folded, control and invisible characters dropped.

    A whole float loses its ".0"; an empty cell is "".
    """
    if isinstance(value, str):
        return _clean(value) if len(value) < 200 else _clean_long(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _clean_long(str(value))


def _clean_long(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c if unicodedata.category(c)[0] != "C" else (" " if c.isspace() else "") for c in text)
    return " ".join(text.split())


# The same words stand in thousands of cells.
_clean = lru_cache(50_000)(_clean_long)


@lru_cache(50_000)
def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def fold(heading: Any) -> str:
    """A heading or word without case, accents, punctuation and double spaces."""
    return _fold(clean_text(heading))


def unquoted(text: str) -> str:
    """Text without the quotes of a CSV for Excel: ="0123" -> 0123."""
    found = _EXCEL_TEXT.match(text)
    return found[1] if found else text


def parse_date(value: Any) -> date | None:
    """A date from a cell: a date, an Excel serial, 2020-03-17, 17/03/2020, 17-3-20, 17 Maret 2020 (day first), with or
    without a time of day.

    None where it is no date; the year must lie in 1990-2100.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_serial(value)
    text = unquoted(clean_text(value)).lower()
    if re.fullmatch(r"\d{5}(\.\d{1,10})?", text):
        return _of_serial(float(text))
    parts = _parts(text)
    return _day(*parts) if parts else None


def month_first(value: Any) -> date | None:
    """The other reading of 3/16/2020 or 03/05/2020, as programs set to American English write; None for all else."""
    parts = _parts(clean_text(value).lower()) if isinstance(value, str) else None
    if not parts or not all(part.isdecimal() for part in parts) or len(clean_text(value).split("-")[0]) == 4:
        return None
    return _day(parts[1], parts[0], parts[2])


def _of_serial(value: float) -> date | None:
    return date(1899, 12, 30) + timedelta(days=int(value)) if 32874 <= value < _SERIALS.stop else None


def _parts(text: str) -> tuple[str, str, str] | None:
    """Day, month and year as written, the year last."""
    text = _TIME.sub("", text)
    parts = re.sub(r"[,/.\-]", " ", text).split()
    if parts and parts[0].isalpha() and parts[0] not in _MONTHS:
        parts = parts[1:]  # day of the week
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    return parts[0], parts[1], parts[2]


def _day(day: str, month: str, year: str) -> date | None:
    if month in _MONTHS:
        month = str(_MONTHS[month])
    if not all(part.isdecimal() and len(part) <= 4 for part in (day, month, year)):
        return None
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    if not _FIRST <= full_year <= _LAST:
        return None
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        return None


def parse_count(value: Any) -> int | None:
    """A number of people: 412, "1.946", "12 orang"; None where it is none (a share, a percentage, a sum in words)."""
    text = re.sub(r"\s+", "", unquoted(clean_text(value))).lower()
    text = re.sub(r"(?<=\d)(orang|org|asn|pegawai)$", "", text)
    typed = not isinstance(value, float)
    if typed and re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", text):
        text = text.replace(".", "")  # 1.946 as the office writes it; a cell of 0,305 is a share
    if isinstance(value, bool) or not text.isdecimal() or len(text) > 9:
        return None
    return int(text)
