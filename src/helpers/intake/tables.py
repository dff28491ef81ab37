"""Find the tables in a sheet: which kind, where its heading stands, which column holds what.

Headings and words come from params/kolom.yaml. A heading may take up to three rows, stand anywhere, in any order, with
typing errors; a sheet may hold several tables. What a value means is left to people.py, counts.py and rows.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz, process

from helpers.intake.values import clean_text, fold, parse_count
from helpers.intake.vocabulary import Vocabulary, match_word, vocabulary
from helpers.intake.workbook import Sheet

KINDS = ("nominatif", "rekap", "kendala", "sosialisasi")
STATUS_MARKS = ("tanda_berhasil", "tanda_gagal", "tanda_belum", "tanda_proses")
_COUNTS = ("jumlah_asn", "berhasil", "gagal", "belum", "proses")
_SEARCHED_ROWS = 200  # above the first heading
_MAX_HEIGHT = 3
_NIP_LIKE = re.compile(r"\D*(?:\d[\s.'`’-]?){15,18}\D*|\d[.,]\d+[eE]\+?1\d")
_NIP_INSIDE = re.compile(r"(?<!\d)\d(?:[ .]?\d){17}(?!\d)")


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
    """A table of one kind in a sheet: columns by meaning, rows from `heading` + 1 to before `end`.

    `heading` is the last row of its heading; `above` the lines between the table before (or the top) and the heading.
    """

    kind: str
    sheet: Sheet
    heading: int
    columns: dict[str, int]
    end: int
    top: int = 0
    height: int = 1

    @property
    def above(self) -> range:
        """Places of the lines above the heading."""
        return range(self.top, self.heading - self.height + 1)

    def heading_of(self, name: str) -> str:
        """The heading as the office wrote it, its rows joined."""
        if name not in self.columns:
            return ""
        places = range(self.heading - self.height + 1, self.heading + 1)
        lines = (self.sheet.cells[place] for place in places)
        parts = (clean_text(line[self.columns[name]]) for line in lines if self.columns[name] < len(line))
        return " ".join(filter(None, parts))

    def rows(self) -> Iterator[Row]:
        """Rows below the heading that hold anything beside a running number."""
        for place in range(self.heading + 1, self.end):
            line = self.sheet.cells[place]
            cells = {name: line[at] for name, at in self.columns.items() if at < len(line)}
            if self.columns.get("nip") == self.columns.get("nama"):
                cells |= _name_and_nip(clean_text(cells.get("nama", "")))
            if any(value != "" and clean_text(value) for name, value in cells.items() if name != "nomor"):
                yield Row(place, cells)

    def all_rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows as {folded heading: text} for every column, known or not."""
        names = [fold(h) for h in self.sheet.cells[self.heading]]
        for place in range(self.heading + 1, self.end):
            yield place, dict(zip(names, map(clean_text, self.sheet.cells[place]), strict=False))

    def line(self, place: int) -> list[str]:
        """Texts of the cells of a row that are not empty, known columns or not."""
        return [text for cell in self.sheet.cells[place] if cell != "" and (text := clean_text(cell))]


@dataclass(frozen=True)
class _Heading:
    """A candidate: kind, its last row, its height and columns."""

    kind: str
    place: int
    height: int
    columns: dict[str, int]


def find_tables(sheet: Sheet, words: dict[str, Any]) -> list[Table]:
    """The tables of a sheet from top to bottom; none where no heading is understood."""
    known = vocabulary(words)
    found = _headings(sheet, known)
    if not found:
        found = _headings(sheet, known, typing_errors=True)
    tables: list[Table] = []
    for at, heading in enumerate(found):
        end = found[at + 1].place - found[at + 1].height + 1 if at + 1 < len(found) else len(sheet.cells)
        top = 0 if at == 0 else _title_above(sheet, found[at - 1].place + 1, heading.place - heading.height + 1)
        columns = _all_columns(sheet, heading, end, known)
        if _complete(heading.kind, columns, known, sheet, heading.place, end):
            tables.append(Table(heading.kind, sheet, heading.place, columns, end, top, heading.height))
    return tables


def _headings(sheet: Sheet, known: Vocabulary, typing_errors: bool = False) -> list[_Heading]:
    """Rows that name enough columns of one kind; of neighbours the one with most columns."""
    candidates: list[_Heading] = []
    for place, line in enumerate(sheet.cells):
        texts = sum(isinstance(cell, str) and cell != "" for cell in line)
        if not texts or (candidates and texts < 3 and place > candidates[0].place):
            continue
        if place >= _SEARCHED_ROWS and (typing_errors or not candidates):
            break
        if not typing_errors and not any(isinstance(c, str) and c and fold(c) in known.every for c in line):
            continue
        best = _best_at(sheet, place, known, typing_errors)
        if best:
            candidates.append(best)
    return _separate(candidates)


def _separate(candidates: list[_Heading]) -> list[_Heading]:
    """The strongest heading, and others only where they are nearly as complete: a summary line is no table."""
    kept: list[_Heading] = []
    for one in sorted(candidates, key=lambda h: (-len(h.columns), h.height, KINDS.index(h.kind), h.place)):
        apart = all(abs(one.place - other.place) > max(one.height, other.height) for other in kept)
        if apart and (not kept or len(one.columns) >= 3):
            kept.append(one)
    return sorted(kept, key=lambda h: h.place)


def _best_at(sheet: Sheet, place: int, known: Vocabulary, typing_errors: bool) -> _Heading | None:
    best: _Heading | None = None
    for height in range(1, _MAX_HEIGHT + 1):
        if place + height > len(sheet.cells):
            break
        names = _names(sheet.cells[place : place + height])
        if names is None:
            break
        for kind in KINDS:
            columns = _match(names, kind, known, typing_errors)
            if best is not None and len(columns) <= len(best.columns):
                continue
            if _enough(kind, columns, known):
                best = _Heading(kind, place + height - 1, height, columns)
    return best


def _names(lines: list[list[Any]]) -> list[list[str]] | None:
    """For each column the names its heading may go by, best first; None where the lines can't be one heading."""
    width = max(map(len, lines))
    texts = [[fold(line[at]) if at < len(line) else "" for at in range(width)] for line in lines]
    if any(isinstance(cell, int | float) and not isinstance(cell, bool) for line in lines for cell in line):
        return None
    if len(lines) == 1:
        return [[text] if text else [] for text in texts[0]]
    if sum(map(bool, texts[0])) < 3:
        return None  # a title or a label, not the upper part of a heading
    if not any(texts[-1]) or any(_NIP_LIKE.fullmatch(str(cell)) for cell in lines[-1]):
        return None
    for upper, lower in pairwise(texts):
        for at in range(width):
            spans = at + 1 < width and not upper[at + 1] and lower[at + 1]
            last = at + 1 == width and any(not text for text in upper)
            if upper[at] and lower[at] and not spans and not last:
                return None
    return [_joined(texts, at) for at in range(width)]


def _joined(texts: list[list[str]], at: int) -> list[str]:
    own = [line[at] for line in texts]
    parts = []
    for depth, text in enumerate(own):
        if not text and any(own[depth + 1 :]):
            # The heading above spans several columns: look left for it.
            text = next((texts[depth][left] for left in range(at - 1, -1, -1) if texts[depth][left]), "")
        if text and text not in parts:
            parts.append(text)
    return [" ".join(parts), " ".join(parts[-2:]), f"\t{parts[0]}\t{parts[-1]}"] if len(parts) > 1 else parts


def _match(names: list[list[str]], kind: str, known: Vocabulary, typing_errors: bool) -> dict[str, int]:
    columns: dict[str, int] = {}
    free = []
    for at, variants in enumerate(names):
        name = next((n for text in variants if (n := known.name_of(kind, text))), None)
        if name and name not in columns:
            columns[name] = at
        elif not name and variants and variants[0] not in known.ignored:
            free.append((at, variants[0]))
    if typing_errors:
        _match_roughly(free, columns, kind, known)
    return columns


@lru_cache(4096)
def _rough_name(text: str, headings: tuple[str, ...]) -> str | None:
    """The accepted heading that a text is a misspelling or a longer form of; None where two are as near."""
    if len(text) < 3:
        return None
    found = process.extractOne(text, headings, scorer=fuzz.ratio, score_cutoff=84 if len(text) > 4 else 99)
    if found:
        return str(found[0])
    longer = [h for h in headings if " " in h and f" {text} ".startswith(f" {h} ")]
    return max(longer, key=len) if longer else None


def _match_parts(
    free: list[tuple[int, str]], columns: dict[str, int], heading: _Heading, sheet: Sheet, known: Vocabulary
) -> None:
    """Headings of several words: "Screenshot/Bukti", "Status (pilih satu)"; a part that is known names the column."""
    for at, _ in free:
        line = sheet.cells[heading.place]
        text = clean_text(line[at]) if at < len(line) else ""
        parts = [re.sub(r"\(.*?\)", "", text), *re.split(r"[/(]", text)]
        name = next((n for part in parts if (n := known.names[heading.kind].get(fold(part)))), None)
        if name and name not in columns:
            columns[name] = at


def _match_roughly(free: list[tuple[int, str]], columns: dict[str, int], kind: str, known: Vocabulary) -> None:
    for at, text in free:
        heading = _rough_name(text, known.headings[kind])
        name = known.name_of(kind, heading) if heading else None
        if name and name not in columns:
            columns[name] = at


def _enough(kind: str, columns: dict[str, int], known: Vocabulary) -> bool:
    """Whether the headings alone may be a table of the kind; contents have the last word."""
    if kind == "nominatif":
        return "nama" in columns and ("nip" in columns or _has_status(columns))
    if kind == "rekap":
        return "jumlah_asn" in columns or {"berhasil", "belum"} <= set(columns)
    return all(name in columns for name in known.required[kind])


def _has_status(columns: dict[str, int]) -> bool:
    return "status" in columns or any(name in columns for name in STATUS_MARKS)


def _all_columns(sheet: Sheet, heading: _Heading, end: int, known: Vocabulary) -> dict[str, int]:
    """The columns of a heading, completed by rough names and by what stands below."""
    columns = dict(heading.columns)
    names = _names(sheet.cells[heading.place - heading.height + 1 : heading.place + 1]) or []
    taken = set(columns.values())
    free = [(at, texts[0]) for at, texts in enumerate(names) if texts and at not in taken]
    unknown = [(at, text) for at, text in free if text not in known.ignored]
    _match_parts(unknown, columns, heading, sheet, known)
    _match_roughly([f for f in unknown if f[0] not in columns.values()], columns, heading.kind, known)
    if heading.kind != "nominatif":
        return columns
    below = sheet.cells[heading.place + 1 : min(end, heading.place + 400)]
    width = max(map(len, below), default=0)
    taken = set(columns.values())
    secret = {at for at, texts in free if texts in known.secret}
    free_columns = [at for at in range(width) if at not in taken | secret]
    if "nip" not in columns:
        _by_content(columns, "nip", free_columns, below, lambda text: bool(_NIP_LIKE.fullmatch(text)))
    if "nip" not in columns and "nama" in columns:
        texts = [clean_text(line[columns["nama"]]) for line in below if columns["nama"] < len(line)]
        both = [text for text in texts if all(_name_and_nip(text).values())]
        if both and len(both) > 0.5 * sum(map(bool, texts)):
            columns["nip"] = columns["nama"]
    if not _has_status(columns):
        notes = [columns["keterangan"]] if "keterangan" in columns else []
        _by_content(columns, "status", notes + free_columns, below, lambda text: bool(match_word(text, known.status)))
    return columns


def _name_and_nip(text: str) -> dict[str, str]:
    """The two halves of a cell that holds a name and a NIP: "Maria Bria / 19850317 201001 2 001"."""
    found = _NIP_INSIDE.search(text)
    if not found:
        return {"nama": text, "nip": ""}
    rest = re.sub(r"\bNIP\b[\s.:]*", "", f"{text[: found.start()]} {text[found.end() :]}", flags=re.IGNORECASE)
    return {"nama": rest.strip(" /,;:.-()"), "nip": found[0]}


def _by_content(columns: dict[str, int], name: str, places: list[int], below: list[list[Any]], is_one: Any) -> None:
    """Take the first column of which most cells are of the wanted sort."""
    for at in places:
        texts = [clean_text(line[at]) for line in below if at < len(line) and line[at] != ""]
        filled = [text for text in texts if text]
        if filled and sum(map(is_one, filled)) > 0.75 * len(filled):
            columns[name] = at
            if columns.get("keterangan") == at and name != "keterangan":
                del columns["keterangan"]
            return


def _complete(kind: str, columns: dict[str, int], known: Vocabulary, sheet: Sheet, heading: int, end: int) -> bool:
    """Whether the columns and what stands below them make a table of the kind."""
    if kind == "nominatif":
        return "nip" in columns and "nama" in columns and _has_status(columns)
    if kind != "rekap":
        return all(name in columns for name in known.required[kind])
    below = [line for line in sheet.cells[heading + 1 : end] if any(cell != "" and clean_text(cell) for cell in line)]
    counts = [at for name, at in columns.items() if name in _COUNTS]
    counted = any(at < len(line) and parse_count(line[at]) is not None for line in below for at in counts)
    if "jumlah_asn" in columns:
        # A lone word such as ASN above a list of words is no table of counts.
        return counted or (not below and (len(columns) > 1 or "jumlah" in fold(sheet.cells[heading][counts[0]])))
    return counted and all(name in columns for name in ("berhasil", "gagal", "belum"))


def _title_above(sheet: Sheet, first: int, heading: int) -> int:
    """Where the titles of a lower table begin: the lines of few cells right above its heading."""
    place = heading
    while place > first and sum(clean_text(cell) != "" for cell in sheet.cells[place - 1]) <= 2:
        place -= 1
    return place
