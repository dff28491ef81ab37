"""Find the tables in a sheet: which kind, where its heading stands, which column holds what.

Headings and words come from params/kolom.yaml. A heading may take up to three rows, stand anywhere, in any order, with
typing errors; a sheet may hold several tables. What a value means is left to people.py, counts.py and rows.py.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from helpers.intake.headings import NIP_LIKE, heading_names, is_ignored, match_names, match_roughly
from helpers.intake.values import clean_text, fold, parse_count
from helpers.intake.vocabulary import Vocabulary, match_word, vocabulary
from helpers.intake.workbook import Sheet

KINDS = ("nominatif", "rekap", "kendala", "sosialisasi", "warga")
STATUS_MARKS = ("tanda_berhasil", "tanda_gagal", "tanda_belum", "tanda_proses")
_DASHES = frozenset({"-", "–", "—", "--", "---", "_", "."})
_PLACES = frozenset({"kecamatan", "kelurahan", "wilayah", "kode"})
_COUNTS = ("jumlah_asn", "berhasil", "gagal", "belum", "proses")
MAX_TABLES = 60  # of one sheet; more headings than that are no tables
_SEARCHED_ROWS = 200  # above the first heading
_MAX_HEIGHT = 3
_NIP_INSIDE = re.compile(r"(?<!\d)\d(?:[ .]?\d){17}(?!\d)")
_REPEATED = {"nominatif": ("nip", "nama"), "rekap": ("opd", "jumlah_asn")}  # two tables beside each other


@dataclass(frozen=True)
class Row:
    """A row under a heading: its place in the sheet (from 0) and the cell of each known column."""

    place: int
    cells: dict[str, Any]

    def text(self, name: str) -> str:
        """A cell as clean text, "" where the column is absent, empty or struck out with a dash."""
        text = self.mark(name)
        return "" if text in _DASHES else text

    def mark(self, name: str) -> str:
        """A cell of a column of marks, where a dash says no."""
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

    def rows(self, titles: bool = False) -> Iterator[Row]:
        """Rows below the heading that hold anything beside a running number; with `titles`, those too that hold words
        in its place: the title of a unit, from the first column on."""
        for place in range(self.heading + 1, self.end):
            line = self.sheet.cells[place]
            cells = {name: line[at] for name, at in self.columns.items() if at < len(line)}
            if self.columns.get("nip") == self.columns.get("nama"):
                cells |= _name_and_nip(clean_text(cells.get("nama", "")))
            told = any(value != "" and clean_text(value) for name, value in cells.items() if name != "nomor")
            if told or (titles and sum(map(str.isalpha, clean_text(cells.get("nomor", "")))) > 2):
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
    """A candidate: kind, its last row, its height and columns, and the columns of the sheet that it may take."""

    kind: str
    place: int
    height: int
    columns: dict[str, int]
    span: range = range(1 << 20)


def find_tables(sheet: Sheet, words: dict[str, Any]) -> list[Table]:
    """The tables of a sheet from top to bottom; none where no heading is understood."""
    known = vocabulary(words)
    found = _headings(sheet, known) or _headings(sheet, known, typing_errors=True)
    if len(found) > MAX_TABLES:
        return []
    tables: list[Table] = []
    for at, heading in enumerate(found):
        end = found[at + 1].place - found[at + 1].height + 1 if at + 1 < len(found) else len(sheet.cells)
        top = 0 if at == 0 else _title_above(sheet, found[at - 1].place + 1, heading.place - heading.height + 1)
        for part in _side_by_side(sheet, heading, known):
            columns = _all_columns(sheet, part, end, known)
            if _complete(part.kind, columns, known, sheet, part.place, end):
                tables.append(Table(part.kind, sheet, part.place, columns, end, top, part.height))
    return tables


def heading_without_status(sheet: Sheet, words: dict[str, Any]) -> tuple[int, int] | None:
    """Row and column of the NIP heading of a list of people that lacks a status; None if there is none."""
    known = vocabulary(words)
    found = _headings(sheet, known)
    for heading in found if len(found) <= MAX_TABLES else []:
        if heading.kind == "nominatif" and not _has_status(heading.columns) and {"nip", "nama"} <= set(heading.columns):
            return heading.place, heading.columns["nip"]
    return None


def _side_by_side(sheet: Sheet, heading: _Heading, known: Vocabulary) -> list[_Heading]:
    """A heading as it is, or as two where its columns stand twice: NIP, Nama, Status, NIP, Nama, Status."""
    needed = _REPEATED.get(heading.kind, ("",))
    names = heading_names(sheet.cells[heading.place - heading.height + 1 : heading.place + 1]) or []
    if not all(name in heading.columns for name in needed):
        return [heading]
    again = {
        name: next((at for at in range(own + 1, len(names)) if names[at] and names[at] == names[own]), None)
        for name, own in heading.columns.items()
    }
    if any(again[name] is None for name in needed):
        return [heading]
    start = min(at for at in again.values() if at is not None)
    if max(heading.columns[name] for name in needed) > start:
        return [heading]
    left = match_names([*names[:start], *([[]] * (len(names) - start))], heading.kind, known, False)
    right = match_names([*([[]] * start), *names[start:]], heading.kind, known, False)
    first = replace(heading, columns=left, span=range(start))
    return [first, *_side_by_side(sheet, replace(heading, columns=right, span=range(start, 1 << 20)), known)]


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
        if len(candidates) > 3 * MAX_TABLES:
            return candidates
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
    most = 0
    for height in range(1, _MAX_HEIGHT + 1):
        if place + height > len(sheet.cells):
            break
        names = heading_names(sheet.cells[place : place + height])
        if names is None:
            break
        for kind in KINDS:
            columns = match_names(names, kind, known, typing_errors)
            # What is known and left out counts too: "Tanggal" above "Lahir" is no Tanggal.
            understood = len(columns) + sum(bool(variants) and is_ignored(variants, known) for variants in names)
            if best is not None and understood <= most:
                continue
            if _enough(kind, columns, known):
                most = understood
                best = _Heading(kind, place + height - 1, height, columns)
    return best


def _match_parts(
    free: list[tuple[int, str]], columns: dict[str, int], heading: _Heading, sheet: Sheet, known: Vocabulary
) -> None:
    """Headings of several words: "Screenshot/Bukti", "Status (pilih satu)"; a part that is known names the column."""
    for at, _ in free:
        line = sheet.cells[heading.place]
        text = clean_text(line[at]) if at < len(line) else ""
        parts = [re.sub(r"\(.*?\)", "", text), *re.split(r"[/(]", text)]
        if any(fold(part) in known.ignored for part in parts if fold(part)):
            continue  # Tanggal Lahir (tgl/bln/thn)
        name = next((n for part in parts if (n := known.names[heading.kind].get(fold(part)))), None)
        if name and name not in columns:
            columns[name] = at


def _enough(kind: str, columns: dict[str, int], known: Vocabulary) -> bool:
    """Whether the headings alone may be a table of the kind; contents have the last word."""
    if kind == "nominatif":
        return "nama" in columns and ("nip" in columns or _has_status(columns))
    if kind == "rekap":
        return "jumlah_asn" in columns or {"berhasil", "belum"} <= set(columns)
    if kind == "warga" and not _PLACES & set(columns):
        return False
    return all(name in columns for name in known.required[kind])


def _has_status(columns: dict[str, int]) -> bool:
    return "status" in columns or any(name in columns for name in STATUS_MARKS)


def _all_columns(sheet: Sheet, heading: _Heading, end: int, known: Vocabulary) -> dict[str, int]:
    """The columns of a heading, completed by rough names and by what stands below."""
    columns = dict(heading.columns)
    names = heading_names(sheet.cells[heading.place - heading.height + 1 : heading.place + 1]) or []
    taken = set(columns.values())
    free = [(at, texts[0]) for at, texts in enumerate(names) if texts and at not in taken and at in heading.span]
    unknown = [(at, text) for at, text in free if not is_ignored(names[at], known)]
    _match_parts(unknown, columns, heading, sheet, known)
    match_roughly([f for f in unknown if f[0] not in columns.values()], columns, heading.kind, known)
    if heading.kind != "nominatif":
        return columns
    second = next((at for at, text in free if known.names["nominatif"].get(text) == "status"), None)
    if second is not None and second not in columns.values():
        columns["status_lain"] = second  # compared with the first, never taken
    below = sheet.cells[heading.place + 1 : min(end, heading.place + 400)]
    width = max(map(len, below), default=0)
    taken = set(columns.values())
    secret = {at for at, _ in free if is_ignored(names[at], known)}
    free_columns = [at for at in range(width) if at not in taken | secret and at in heading.span]
    if "nip" not in columns:
        for at in _of_content(free_columns, below, lambda text: bool(NIP_LIKE.fullmatch(text)))[:1]:
            columns["nip"] = at
    if "nip" not in columns and "nama" in columns:
        texts = [clean_text(line[columns["nama"]]) for line in below if columns["nama"] < len(line)]
        both = [text for text in texts if all(_name_and_nip(text).values())]
        if both and len(both) > 0.5 * sum(map(bool, texts)):
            columns["nip"] = columns["nama"]
    if not _has_status(columns):
        notes = [columns["keterangan"]] if "keterangan" in columns else []
        found = [
            *_of_content(notes, below, lambda text: bool(match_word(text, known.status))),
            *_of_content(free_columns, below, lambda text: bool(match_word(text, known.status))),
        ]
        if len(found) == 1 or (found and found[0] in notes):  # of two such columns nobody knows which
            columns["status"] = found[0]
            if columns.get("keterangan") == found[0]:
                del columns["keterangan"]
    return columns


def _name_and_nip(text: str) -> dict[str, str]:
    """The two halves of a cell that holds a name and a NIP: "Maria Bria / 19850317 201001 2 001"."""
    found = _NIP_INSIDE.search(text)
    if not found:
        return {"nama": text, "nip": ""}
    rest = re.sub(r"\bNIP\b[\s.:]*", "", f"{text[: found.start()]} {text[found.end() :]}", flags=re.IGNORECASE)
    return {"nama": rest.strip(" /,;:.-()"), "nip": found[0]}


def _of_content(places: list[int], below: list[list[Any]], is_one: Callable[[str], bool]) -> list[int]:
    """The columns of which most cells are of the wanted sort."""
    found = []
    for at in places:
        texts = [clean_text(line[at]) for line in below if at < len(line) and line[at] != ""]
        filled = [text for text in texts if text]
        if filled and sum(map(is_one, filled)) > 0.75 * len(filled):
            found.append(at)
    return found


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
