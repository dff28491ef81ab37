"""Find the tables of the form in a sheet: which kind, where its heading row is, which column holds what.

Headings and words come from params/kolom.yaml. What a value means is left to rows.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from helpers.intake.workbook import Sheet, clean_text, parse_date

KINDS = ("nominatif", "rekap", "kendala", "sosialisasi")
_SEARCHED_ROWS = 40


@dataclass(frozen=True)
class Row:
    """A row under a heading: its place in the sheet (from 0) and the cell of each known column."""

    place: int
    cells: dict[str, Any]

    def text(self, name: str) -> str:
        """A cell as clean text, "" where the column is absent or empty."""
        return clean_text(self.cells.get(name, ""))


@dataclass(frozen=True)
class Table:
    """A table of one kind in a sheet: columns by meaning, headings as written, and what stands above it."""

    kind: str
    sheet: Sheet
    heading: int
    columns: dict[str, int]
    label_opd: str
    label_date: Any
    label_date_at: tuple[int, int] | None

    def heading_of(self, name: str) -> str:
        """The heading as the office wrote it."""
        return clean_text(self.sheet.cells[self.heading][self.columns[name]]) if name in self.columns else ""

    def rows(self) -> Iterator[Row]:
        """Rows below the heading that hold anything beside a running number."""
        for place in range(self.heading + 1, len(self.sheet.cells)):
            line = self.sheet.cells[place]
            cells = {name: line[at] for name, at in self.columns.items() if at < len(line)}
            if any(clean_text(value) for name, value in cells.items() if name != "nomor"):
                yield Row(place, cells)

    def all_rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows as {folded heading: text} for every column, known or not."""
        names = [fold(h) for h in self.sheet.cells[self.heading]]
        for place in range(self.heading + 1, len(self.sheet.cells)):
            yield place, dict(zip(names, map(clean_text, self.sheet.cells[place]), strict=False))


def fold(heading: Any) -> str:
    """A heading without case, punctuation and double spaces."""
    return re.sub(r"[^a-z0-9]+", " ", clean_text(heading).lower()).strip()


def find_table(sheet: Sheet, words: dict[str, Any]) -> Table | None:
    """The table of the form in a sheet, or None. The heading row with most known columns wins."""
    best: tuple[int, str, int, dict[str, int]] | None = None
    for place, line in enumerate(sheet.cells[:_SEARCHED_ROWS]):
        folded = [fold(cell) for cell in line]
        for kind in KINDS:
            columns = _match(folded, words[kind])
            complete = all(name in columns for name in words["wajib"][kind])
            if complete and (best is None or len(columns) > best[0]):
                best = (len(columns), kind, place, columns)
    if best is None:
        return None
    _, kind, place, columns = best
    above = sheet.cells[:place]
    office, _ = _label(above, {"kode opd", "opd"})
    when, at = _label(above, {"tanggal data"})
    return Table(kind, sheet, place, columns, clean_text(office), when, at)


def _match(folded: list[str], synonyms: dict[str, list[str]]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for name, headings in synonyms.items():
        accepted = {fold(h) for h in headings}
        hits = [at for at, heading in enumerate(folded) if heading in accepted]
        if hits:
            columns[name] = hits[0]
    return columns


def _label(above: list[list[Any]], names: set[str]) -> tuple[Any, tuple[int, int] | None]:
    """The value right of a label such as "Kode OPD:" above the table, and its place; ("", None) if there is none."""
    for row, line in enumerate(above):
        for column, cell in enumerate(line):
            if fold(cell) in names:
                for at in range(column + 1, len(line)):
                    if clean_text(line[at]):
                        return line[at], (row, at)
    return "", None


def label_date(table: Table) -> date | None:
    """The data date written above the table."""
    return parse_date(table.label_date)


def match_word(text: str, words: dict[str, list[str]]) -> str | None:
    """Canonical word for a cell: "Sudah" -> "berhasil"; None where it is not understood."""
    wanted = fold(text)
    return next((key for key, accepted in words.items() if wanted in {fold(w) for w in (key, *accepted)}), None)
