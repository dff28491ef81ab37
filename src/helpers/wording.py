"""Numbers, dates and lists in good Indonesian: the only place that formats values for a reader.

Measures keep raw values; story, tables and figures call these at the last moment. An unknown value
(None, NaN, NA, NaT) always reads "–", never 0. Separators and month names come from Babel (id_ID).
"""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

LOCALE = "id_ID"
UNKNOWN = "–"
_MINUS = "−"


def is_unknown(value: Any) -> bool:
    """True for None, NaN, NA and NaT."""
    return value is None or bool(pd.isna(value))


def _exact(value: Any, digits: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    # repr of a float is what a person would have typed: 0.305 rounds to 0.31, not to 0.30.
    raw = Decimal(repr(float(value))) if not isinstance(value, int) else Decimal(value)
    rounded = raw.quantize(Decimal(1).scaleb(-digits), rounding=rounding)
    return rounded if rounded else abs(rounded)  # no "-0,0"


@lru_cache(maxsize=4096)  # counts repeat: a page of 35,000 offices spends most of its time here
def _format(value: Decimal, digits: int, sign: bool = False) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = format_decimal(abs(value), format=pattern, locale=LOCALE)
    if value < 0:
        return _MINUS + text
    return ("+" + text) if sign and value > 0 else text


def number(value: Any, sign: bool = False) -> str:
    """Whole number with thousands points: 5402 -> "5.402"; unknown -> "–"."""
    return UNKNOWN if is_unknown(value) else _format(_exact(value, 0), 0, sign)


def decimal(value: Any, digits: int = 1, sign: bool = False) -> str:
    """Number with a decimal comma, half up: 3.25 -> "3,3"."""
    return UNKNOWN if is_unknown(value) else _format(_exact(value, digits), digits, sign)


def percent(share: Any, digits: int = 1) -> str:
    """Share (0-1) as a percentage for tables and headlines: 0.3001 -> "30,0%"."""
    return UNKNOWN if is_unknown(share) else decimal(_percentage(share), digits) + "%"


def percent_prose(share: Any, digits: int = 1) -> str:
    """Share (0-1) as a percentage inside a sentence: 0.3001 -> "30,0 persen"."""
    return UNKNOWN if is_unknown(share) else decimal(_percentage(share), digits) + " persen"


def target_percent(share: float) -> str:
    """A target without a useless decimal: 0.8 -> "80%", 0.725 -> "72,5%"."""
    return percent(share, 0 if float(_percentage(share)).is_integer() else 1)


def points(share_difference: Any, sign: bool = True) -> str:
    """Difference of two shares in percentage points: -0.5 -> "−50,0 poin persentase"."""
    if is_unknown(share_difference):
        return UNKNOWN
    return decimal(_percentage(share_difference), 1, sign) + " poin persentase"


def _percentage(share: Any) -> Decimal:
    return Decimal(repr(float(share))) * 100


def points_number(share_difference: Any, sign: bool = False) -> str:
    """The same without its unit, for a column headed "poin": 0.195 -> "19,5"."""
    return UNKNOWN if is_unknown(share_difference) else decimal(_percentage(share_difference), 1, sign)


def adds_up(parts: Iterable[Any], whole: Any) -> bool:
    """Whether shares printed as points sum to the whole as printed; if not, the reader must be told of the rounding."""
    return sum(_exact(float(_percentage(part)), 1) for part in parts) == _exact(float(_percentage(whole)), 1)


def pace(value: Any) -> str:
    """People per day: one decimal below 10, none above, so that small offices are not all zero."""
    return UNKNOWN if is_unknown(value) else decimal(value, _pace_digits(value))


def _pace_digits(value: Any) -> int:
    return 1 if abs(float(value)) < 9.95 else 0


def pace_ratio(need: float, now: float) -> str:
    """How many times the present pace is needed, from the two figures as printed: a reader can check it."""
    return decimal(float(_required(need)) / float(_exact(now, _pace_digits(now))))


def pace_suffices(now: float, need: float) -> bool:
    """Whether the present pace is enough, from the two figures as printed: "4,4" beside "4,5" is not."""
    return _exact(now, _pace_digits(now)) >= _required(need)


def required_pace(value: Any) -> str:
    """People per day that suffice, rounded up: 300.1 -> "301", 4.44 -> "4,5"; 300 would not reach it."""
    if is_unknown(value):
        return UNKNOWN
    rounded = _required(value)
    return _format(rounded, 1 if rounded.as_tuple().exponent else 0)


def _required(value: Any) -> Decimal:
    # A tenth of a millionth is float noise, not a person.
    exact = max(float(value) - 1e-7, 0.0)
    return _exact(exact, 1 if exact <= 9.9 else 0, ROUND_CEILING)


def day(value: date | None) -> str:
    """Date in full: "17 Maret 2020"."""
    return UNKNOWN if is_unknown(value) else format_date(value, "d MMMM y", locale=LOCALE)


def weekday(value: date | None) -> str:
    """Date with its day of the week: "Selasa, 17 Maret 2020"."""
    return UNKNOWN if is_unknown(value) else format_date(value, "EEEE, d MMMM y", locale=LOCALE)


def weekday_month(value: date | None) -> str:
    """Date with its day of the week, without its year, for what is to be done by then: "Rabu, 18 Maret"."""
    return UNKNOWN if is_unknown(value) else format_date(value, "EEEE, d MMMM", locale=LOCALE)


def short_day(value: date | None) -> str:
    """Date for an axis or a narrow column: "17 Mar"."""
    return UNKNOWN if is_unknown(value) else format_date(value, "d MMM", locale=LOCALE)


def medium_day(value: date | None) -> str:
    """Date for a narrow column with its year: "17 Mar 2020"."""
    return UNKNOWN if is_unknown(value) else format_date(value, "d MMM y", locale=LOCALE)


def day_month(value: date | None) -> str:
    """Date without its year, for a headline: "31 Maret"."""
    return UNKNOWN if is_unknown(value) else format_date(value, "d MMMM", locale=LOCALE)


def moment(value: datetime, zone: str | tzinfo) -> str:
    """Point in time where the reader lives: "17 Maret 2020 pukul 16.30 WITA".

    `value` must know its time zone (ValueError otherwise).
    """
    if value.tzinfo is None:
        raise ValueError("waktu tanpa zona waktu tidak dapat ditulis dengan benar")
    zone = ZoneInfo(zone) if isinstance(zone, str) else zone
    text = format_datetime(value, "d MMMM y 'pukul' HH.mm", tzinfo=zone, locale=LOCALE)
    name = format_datetime(value, "zzz", tzinfo=zone, locale=LOCALE)
    # Babel has no Indonesian name for most zones and answers "+0100".
    return f"{text} {name if name.isalpha() else 'UTC' + ('' if name == '+0000' else name)}"


def join(items: Iterable[str]) -> str:
    """List in a sentence: ["a", "b", "c"] -> "a, b, dan c"; two items take no comma."""
    words = list(items)
    if len(words) <= 2:
        return " dan ".join(words)
    return ", ".join(words[:-1]) + ", dan " + words[-1]


def capitalize(text: str) -> str:
    """First letter upper case, the rest untouched (names and abbreviations stay)."""
    return text[:1].upper() + text[1:]


_SMALL = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]


def count_word(value: int) -> str:
    """Small counts as words in a sentence ("lima OPD"), from eleven on as digits."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else number(value)


def opening_count(value: int) -> str:
    """A count as the first word of a sentence, which is no digit: "Lima", from eleven on "Sebanyak 13"."""
    return capitalize(_SMALL[value]) if 0 <= value < len(_SMALL) else f"Sebanyak {number(value)}"


def days_left(hari: int, hari_kerja: int) -> str:
    """Days up to the deadline: 14, 9 -> "14 hari kalender, 9 di antaranya hari kerja"; all or none of them are said so."""
    calendar = f"{number(hari)} hari kalender"
    if not hari_kerja:
        return f"{calendar}, tanpa hari kerja"
    if hari_kerja == hari:
        return f"{calendar}, {'yaitu' if hari == 1 else 'semuanya'} hari kerja"
    return f"{calendar}, {number(hari_kerja)} di antaranya hari kerja"


def duration(seconds: Any) -> str:
    """A rough time span for a progress display: 8 -> "8 detik", 95 -> "2 menit"."""
    if is_unknown(seconds):
        return UNKNOWN
    return f"{number(seconds)} detik" if seconds < 90 else f"{number(seconds / 60)} menit"
