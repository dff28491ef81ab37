"""What stands around a table: which office it is from and which day it speaks of.

In this order: the form's code, labels and titles above the table, the name of the sheet, the name of the file. (Columns
come before titles; they are read with the rows.) A range that is the campaign itself is no data date.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from helpers.campaign import Campaign
from helpers.intake.offices import Match, match_office, office_in_text
from helpers.intake.tables import Table
from helpers.intake.values import MONTH_NAMES, clean_text, fold, month_first, parse_date

_OFFICE_LABELS = {"kode opd", "opd", "nama opd", "perangkat daerah", "skpd", "instansi", "unit kerja", "nama skpd"} | {
    "nama instansi", "organisasi perangkat daerah", "opd unit kerja", "nama unit kerja", "dinas", "nama perangkat daerah",
    "dinas badan", "satuan kerja",
}  # fmt: skip
_DATE_LABELS = {"tanggal data", "tanggal", "per tanggal", "keadaan", "keadaan s d", "keadaan sampai dengan", "posisi"} | {
    "kondisi", "data per", "per", "keadaan tanggal", "tgl", "tgl data", "posisi tanggal", "keadaan per", "hari tanggal",
    "kondisi per", "posisi data", "tanggal laporan", "data sampai dengan", "s d", "sampai dengan", "keadaan sampai",
    "update", "data s d", "status per", "periode",
}  # fmt: skip
_STRONG = re.compile(
    r"\b(keadaan|kondisi|posisi|per|s/d|sd|s\.d\.?|sampai|hingga|status|data|update|rekap\w*|laporan harian|hari)\b"
)
_RANGE = re.compile(r"\b(s/d|sd|s\.d\.?|sampai|hingga)|[-–—]\s*$")
# A date in a reference is not the date of the data.
_REFERENCE = re.compile(
    r"\b(surat|nomor|undang|peraturan|edaran|keputusan|perpres|lampiran|batas|tenggat|deadline|telp|telepon|fax|faks|faksimile|kode pos|jalan|jl)\b"
)
_MONTH = "|".join(sorted(MONTH_NAMES, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<!\d)(?<!ke)(?<!ke[ -])(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\s*[/.\-]\s*\d{{1,2}}\s*[/.\-]\s*(?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}[\s\-/.]*(?:{_MONTH})\.?(?:[\s\-/.,]*(?:\d{{4}}|\d{{2}}(?!\d|[\s\-/.]*(?:{_MONTH})\b)))?)(?![\d])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DateFound:
    """A date above a table: the day, or None with what was written (`teks`) or the days it could be (`calon`)."""

    hari: date | None = None
    teks: str = ""
    tempat: tuple[int, int] | None = None
    calon: tuple[date, ...] = ()
    dua_arti: str = ""  # what was written, where only the month first gives a day of the campaign


def labelled_office(table: Table) -> str:
    """The text beside a label such as "Kode OPD" above the table, "" if there is none."""
    for _, label, value in _labels(table):
        if label in _OFFICE_LABELS and clean_text(value):
            return clean_text(value)
    return ""


def titled_office(table: Table, kampanye: Campaign) -> Match:
    """The office named in the titles above a table, else in the name of its sheet."""
    doubts: dict[str, str] = {}
    for place in table.above:
        for text in table.line(place):
            if len(text) <= 200 and not _REFERENCE.search(text.lower()):
                match = office_in_text(text, kampanye.units)
                if match.kode:
                    return match
                doubts |= dict.fromkeys(match.calon, text)
    match = office_in_text(table.sheet.name, kampanye.units)
    if match.kode:
        return match
    return Match("", tuple(doubts), next(iter(doubts.values()), ""))


def named_office(path: Path, kampanye: Campaign) -> Match:
    """The office in a file name."""
    return office_in_text(path.stem, kampanye.units)


def written_office(text: str, kampanye: Campaign) -> Match:
    """The office that a label or a cell of an office column holds."""
    match = match_office(text, kampanye.units)
    return match if match.kode else Match("", match.calon or office_in_text(text, kampanye.units).calon)


def data_date(table: Table, kampanye: Campaign) -> DateFound:
    """The day that labels, titles or the sheet's name give for a table."""
    for at, label, value in _labels(table):
        if label in _DATE_LABELS and clean_text(value):
            day = parse_date(value) or _only_date(clean_text(value), kampanye)
            if isinstance(value, str) and not (day and kampanye.mulai <= day <= kampanye.selesai):
                other = month_first(value)
                if other and kampanye.mulai <= other <= kampanye.selesai:
                    return DateFound(other, tempat=at, dua_arti=clean_text(value))
            if day:
                return DateFound(day)
            if label == "tanggal data":
                return DateFound(None, clean_text(value), at)
    texts = [text for place in table.above for text in table.line(place)]
    return _in_texts([*texts, table.sheet.name], kampanye)


def date_in_name(path: Path, kampanye: Campaign | None = None) -> date | None:
    """The date that a file name holds (2020-03-17, 17-03-2020, 20200317, 17 Maret 2020); None if none or several."""
    stem = re.sub(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)", r"\1-\2-\3", path.stem)
    stem = re.sub(r"(?<!\d)(\d\d)(\d\d)(20\d\d)(?!\d)", r"\1-\2-\3", stem)
    found = {day for _, day in _dates(re.sub(r"_+", " ", stem), kampanye)}
    return found.pop() if len(found) == 1 else None


def _labels(table: Table) -> Iterator[tuple[tuple[int, int], str, Any]]:
    """(place of the value, folded label, value) for "Label: value" in one cell or in two."""
    for row in table.above:
        line = table.sheet.cells[row]
        for column, cell in enumerate(line):
            if not isinstance(cell, str) or not cell:
                continue
            before, colon, after = clean_text(cell).partition(":")
            label = fold(before)
            if colon and after.strip():
                yield (row, column), label, after.strip()
                continue
            right = next((at for at in range(column + 1, len(line)) if clean_text(line[at]).strip(" :")), None)
            if right is not None:
                value = line[right]
                yield (row, right), label, value.lstrip(" :") if isinstance(value, str) else value


def _dates(text: str, kampanye: Campaign | None) -> Iterator[tuple[int, date]]:
    """Dates in a line with where they begin; one without a year is of the campaign's."""
    for found in _DATE.finditer(text):
        written = found[0]
        day = parse_date(re.sub(r"\s*([/.\-])\s*", r"\1", written)) or parse_date(
            re.sub(rf"(?<=\d)(?=(?:{_MONTH}))|(?<=[a-z])(?=\d)", " ", written, flags=re.IGNORECASE)
        )
        if day is None and kampanye is not None and not re.search(r"\d{4}|\d\D+\d", written):
            day = (
                parse_date(f"{written} {kampanye.mulai.year}") if kampanye.mulai.year == kampanye.selesai.year else None
            )
        if day:
            yield found.start(), day


def _only_date(text: str, kampanye: Campaign) -> date | None:
    found = {day for _, day in _dates(text, kampanye)}
    return found.pop() if len(found) == 1 else None


def _in_texts(texts: Iterable[str], kampanye: Campaign) -> DateFound:
    strong: dict[date, None] = {}
    weak: dict[date, None] = {}
    for text in texts:
        lower = text.lower()
        days = list(_dates(text, kampanye))
        if not days or re.match(r"kupang\s*,", lower):
            continue
        if len(days) == 2 and _RANGE.search(lower[days[0][0] : days[1][0]].rstrip() or " "):
            days = [] if {d for _, d in days} == {kampanye.mulai, kampanye.selesai} else days[1:]
            strong |= dict.fromkeys(day for _, day in days)
            continue
        for at, day in days:
            if _REFERENCE.search(lower[:at]):
                continue
            target = strong if _STRONG.search(lower[:at]) else weak
            target[day] = None
    for found in (strong, weak):
        if len(found) == 1:
            return DateFound(next(iter(found)))
        if found:
            return DateFound(None, "", None, tuple(found))
    return DateFound()
