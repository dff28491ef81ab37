"""Which follow-up a row of a returned log speaks of: by its number, by its code, by its words; else it is a new one.

A number belongs to its follow-up for ever. What the row says of it is read in follow_up_rows.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from helpers.intake.findings import Findings
from helpers.intake.names import Masker
from helpers.intake.values import clean_text, fold, parse_count
from helpers.intake.workbook import Sheet
from helpers.report.handed_out import Handed, Run

_SAME = 80  # of 100: the same added follow-up, its wording touched up


@dataclass(frozen=True)
class Matrix:
    """The follow-up table of a sheet: place of its heading, and of each column by meaning."""

    sheet: Sheet
    heading: int
    columns: dict[str, int]

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Place and cells of every row below the heading that holds anything."""
        for place in range(self.heading + 1, len(self.sheet.cells)):
            line = self.sheet.cells[place]
            cells = {name: line[at] for name, at in self.columns.items() if at < len(line)}
            if any(clean_text(cell) for cell in cells.values()):
                yield place, cells

    def title(self, name: str) -> str:
        """The heading of a column as it stands."""
        line = self.sheet.cells[self.heading]
        return clean_text(line[self.columns[name]]) if name in self.columns else ""


@dataclass(frozen=True)
class Sitting:
    """The meeting: its day (None: unknown; `salah`: written wrongly), who decided, where the day stands in the sheet."""

    rapat: date | None
    oleh: str
    salah: bool
    tempat: tuple[int | None, int | None]
    terisi: bool  # somebody put down who decided or who wrote


@dataclass
class Reading:
    """A returned log while its rows are read: what was handed out, what the store has, which numbers are taken."""

    matrix: Matrix
    run: Run
    sitting: Sitting
    found: Findings
    masker: Masker
    words: dict[str, list[str]]
    handed: dict[int, Handed]
    stored: dict[int, dict[str, Any]]  # newest row of each number
    newest: int  # the largest number ever used or handed out
    taken: dict[int, int] = field(default_factory=dict)  # number -> place of its row
    typed: dict[int, int] = field(default_factory=dict)
    new: int = 0
    touched: bool = False

    def note(self, code: str, place: int, name: str, value: Any = "", **more: Any) -> None:
        """A finding at a cell of the matrix; names and numbers of persons are hidden in it."""
        self.found.add(
            code,
            self.matrix.sheet.name,
            place,
            self.matrix.columns.get(name),
            self.matrix.title(name),
            value=self.masker.hide(clean_text(value))[0],
            **more,
        )


def identify(reading: Reading, place: int, cells: dict[str, Any]) -> tuple[int | None, Handed | None]:
    """The number of a row and what was handed out under it; (None, None) for a row that is not taken."""
    shown, code = clean_text(cells.get("nomor", "")), clean_text(cells.get("kode", ""))
    typed = parse_count(shown.rstrip(". "))
    told = [text for name in ("temuan", "tindak_lanjut") if (text := clean_text(cells.get(name, "")))]
    if not shown and not code and (not told or sum(bool(clean_text(c)) for c in cells.values()) < 2):
        reading.note("baris_lepas", place, "temuan", told[0] if told else "")
        return None, None
    if typed is not None:
        if typed in reading.typed:
            at = reading.typed[typed] + 1
            reading.note("nomor_ganda", place, "nomor", shown, lain=f"baris {at}")
            return None, None
        reading.typed[typed] = place
    own = reading.handed.get(typed) if typed is not None else None
    same = [row for row in reading.handed.values() if code and fold(row.kode) == fold(code)]
    if own is not None and code and fold(own.kode) != fold(code):
        if len(same) == 1:
            own = _repaired(reading, place, shown, same[0])
        elif same:
            reading.note("kode_rancu", place, "nomor", shown, kode_=code)
            return None, None
        else:
            reading.note("kode_diubah", place, "kode", code, kode_=own.kode or "kosong")
    elif own is None and len(same) == 1:
        own = _repaired(reading, place, shown, same[0])
    elif own is None and same:
        reading.note("kode_rancu", place, "nomor", shown or "kosong", kode_=code)
        return None, None
    if own is not None:
        return _number_of(reading, place, own), own
    if not told:
        reading.note("nomor_asing", place, "nomor", shown or "kosong")
        return None, None
    return _added(reading, place, typed, told[0]), None


def _repaired(reading: Reading, place: int, shown: str, own: Handed) -> Handed:
    reading.note("nomor_dipulihkan", place, "nomor", shown or "kosong", nomor=own.nomor, kode_=own.kode)
    return own


def _number_of(reading: Reading, place: int, own: Handed) -> int | None:
    """The number of a handed-out row: its own, unless another follow-up has got it in the meantime."""
    number, stored = own.nomor, reading.stored.get(own.nomor)
    if stored is not None and fold(stored["kode"] or "") != fold(own.kode):
        again = [
            n for n, row in reading.stored.items() if row["kode"] == own.kode and _alike(row["temuan"], own.temuan)
        ]
        number = again[0] if again else _next(reading)
        reading.note("nomor_bentrok", place, "nomor", own.nomor, nomor=number)
    return _claim(reading, place, number)


def _added(reading: Reading, place: int, typed: int | None, told: str) -> int | None:
    """The number of a row that the meeting added: known from an earlier return of the log, or the next free one."""
    own = [n for n, row in reading.stored.items() if not row["kode"] and n not in reading.taken]
    hidden = reading.masker.hide(told)[0]
    known = next((n for n in own if fold(reading.stored[n]["temuan"]) == fold(hidden)), None)
    if known is None and typed in own and _alike(reading.stored[typed]["temuan"], hidden):
        known = typed
    if known is None:
        known = _next(reading)
        reading.new += 1
        reading.touched = True
        reading.note("baris_baru", place, "nomor", "" if typed is None else typed, nomor=known)
    return _claim(reading, place, known)


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(fold(one), fold(other)) >= _SAME


def _next(reading: Reading) -> int:
    reading.newest += 1
    return reading.newest


def _claim(reading: Reading, place: int, number: int) -> int | None:
    if number in reading.taken:
        reading.note("nomor_ganda", place, "nomor", number, lain=f"baris {reading.taken[number] + 1}")
        return None
    reading.taken[number] = place
    return number
