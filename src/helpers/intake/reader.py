"""The child process that opens a stranger's file: bytes in, cells out, within limits of memory.

Started by sandbox.py as `python -m helpers.intake.reader`; imports little, so that it starts in a moment and can be
ended at any time. What kind of file it is follows from its bytes, never from its name. Macros, external links,
entities and formulas are not followed: only stored cell values are read. What the cells mean is left to tables.py.
"""

import contextlib
import csv
import html
import io
import pickle
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, BinaryIO

from helpers.intake.markup import read_markup

MEMORY = 500_000_000  # bytes of address space
ALONE = 10  # seconds for a file: its parent ends this process earlier, if it still lives
MAX_BYTES = 25_000_000  # of the file
MAX_UNPACKED = 200_000_000
MAX_CELLS = 3_000_000
MAX_ROWS = 30_000  # filled rows of a file: five times the civil servants of the city
# Cells of one row that are told apart: no form is wider.
MAX_COLUMNS = 300
_PLACE = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN = re.compile(rb'<row [^>]*?\bhidden="(?:1|true)"')
_HIDDEN_ODS = re.compile(rb'<table:table-row[^>]*?table:visibility="(?:collapse|filter)"')
# Excel 97: the start of a worksheet; the record of a row (number, columns, height, zeros) whose flags say hidden.
_SHEET_97 = b"\x09\x08\x10\0\0\x06\x10\0"
_HIDDEN_97 = re.compile(rb"\x08\x02\x10\0.{8}\0\0..[\x20-\x3f\x60-\x7f\xa0-\xbf\xe0-\xff]\x01", re.DOTALL)
# Of the form, and of a problem log (report/handed_out.py).
_NAMES = r"(kode_opd|versi_formulir|jenis_berkas|kampanye|tanggal_data|versi_data|baris_\d{1,4}|isi_\d{1,4})"
_PROPERTY = re.compile(rf'<property [^>]*?name="{_NAMES}"[^>]*>\s*<[^>]+>([^<]{{1,300}})<')
_ODS_PROPERTY = re.compile(rf'meta:name="{_NAMES}"[^>]*>([^<]{{1,300}})<')
_TOO_LARGE = "isinya lebih besar daripada yang wajar"
_BROKEN = "berkas rusak, terkunci sandi, atau bukan Excel"
_OTHERS = (
    (b"%PDF", "berkas .pdf, bukan lembar kerja"),
    (b"\x89PNG", "gambar: bukan teks, bukan Excel"),
    (b"\xff\xd8\xff", "gambar: bukan teks, bukan Excel"),
    (b"GIF8", "gambar: bukan teks, bukan Excel"),
    (b"{\\rtf", "dokumen teks, bukan lembar kerja"),
    (b"Rar!", "arsip, bukan lembar kerja"),
    (b"7z\xbc\xaf", "arsip, bukan lembar kerja"),
)


class RefusedError(ValueError):
    """Why a file can't be read, in a few Indonesian words."""


def read(path: Path) -> dict[str, Any]:
    """{"sheets": [{name, cells, hidden, hidden_rows, merged}], "properties": {...}}. Raises RefusedError."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise RefusedError(_TOO_LARGE)
    content = path.read_bytes()
    head = content[:8]
    for magic, reason in _OTHERS:
        if head.startswith(magic):
            raise RefusedError(reason)
    if head.startswith(b"PK") or head.startswith(b"\xd0\xcf\x11\xe0"):
        book = _read_book(path, content)
    else:
        book = _read_text(content, path.suffix.lower())
    filled = sum(1 for sheet in book["sheets"] for line in sheet["cells"] if any(cell != "" for cell in line))
    if filled > MAX_ROWS:
        raise RefusedError(f"{_TOO_LARGE}: {filled} baris terisi, paling banyak {MAX_ROWS}")
    return book


def _read_book(path: Path, content: bytes) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    extras = _look_inside(content) if content.startswith(b"PK") else _Extras(_hidden_rows_97(content))
    if not extras.place_is_known and b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content:
        raise RefusedError("berkas terkunci kata sandi; buka kuncinya, simpan, lalu kirim ulang")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = {sheet.name: sheet.visible == SheetVisibleEnum.Visible for sheet in book.sheets_metadata}
        sheets = []
        for at, name in enumerate(book.sheet_names):
            sheet = book.get_sheet_by_name(name)
            height, width = sheet.total_height + 1, sheet.total_width + 1  # calamine gives the last places, from 0
            if height * width > MAX_CELLS:
                raise RefusedError(_far(height))
            cells = sheet.to_python(skip_empty_area=False)
            sheets.append(
                {
                    "name": name,
                    "cells": [line[:MAX_COLUMNS] for line in cells],
                    "hidden": not visible.get(name, True),
                    "hidden_rows": extras.hidden_rows[at] if at < len(extras.hidden_rows) else 0,
                    "merged": (sheet.merged_cell_ranges or [])[:5000],
                }
            )
        return {"sheets": sheets, "properties": extras.properties}
    except RefusedError:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # calamine panics (BaseException) on some broken files
        if type(error).__name__ == "PasswordError":
            raise RefusedError("berkas terkunci kata sandi; buka kuncinya, simpan, lalu kirim ulang") from error
        raise RefusedError(_BROKEN) from error


class _Extras:
    """What calamine does not tell: hidden rows by sheet, the form's properties."""

    def __init__(self, hidden_rows: list[int] | None = None) -> None:
        self.hidden_rows = hidden_rows or []
        self.properties: dict[str, str] = {}
        self.place_is_known = False


def _look_inside(content: bytes) -> _Extras:
    """Limits of an unpacked workbook, checked before anything reserves memory for it, and what only its parts say."""
    found = _Extras()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = book.namelist()
            if sum(part.file_size for part in book.infolist()) > MAX_UNPACKED or len(names) > 5000:
                raise RefusedError(_TOO_LARGE)
            if any(name.startswith("word/") for name in names):
                raise RefusedError("dokumen teks, bukan lembar kerja")
            for name in _sheets_in_order(book, names):
                part = book.read(name) if name in names else b""
                _refuse_far_cells(part)
                found.hidden_rows.append(len(_HIDDEN.findall(part)))
            for name, pattern in (("docProps/custom.xml", _PROPERTY), ("meta.xml", _ODS_PROPERTY)):
                if name in names:
                    text = book.read(name)[:200_000].decode("utf-8", "replace")
                    found.properties |= {own: html.unescape(value) for own, value in pattern.findall(text)}
            if "content.xml" in names:
                tables = book.read("content.xml").split(b"<table:table ")[1:]
                found.hidden_rows = [len(_HIDDEN_ODS.findall(table)) for table in tables]
            found.place_is_known = True
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # a damaged archive, whatever zipfile calls it
        raise RefusedError(_BROKEN) from error
    return found


def _hidden_rows_97(content: bytes) -> list[int]:
    """Hidden rows by sheet of an .xls; a record that is split between two sectors of the file is missed."""
    return [len(_HIDDEN_97.findall(sheet)) for sheet in content.split(_SHEET_97)[1:]]


def _sheets_in_order(book: zipfile.ZipFile, names: list[str]) -> list[str]:
    """Parts of the worksheets in the order of the tabs, as far as the relations tell."""
    parts = [name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
    with contextlib.suppress(KeyError):
        relations = book.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        targets = {}
        for tag in re.findall(r"<Relationship [^>]+>", relations):
            fields = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            targets[fields.get("Id")] = "xl/" + fields.get("Target", "").removeprefix("/xl/")
        sheets = re.findall(r'<sheet [^>]*?r:id="([^"]+)"', book.read("xl/workbook.xml").decode("utf-8", "replace"))
        ordered = [targets.get(sheet, "") for sheet in sheets]
        if set(parts) <= set(ordered):  # a tab may also hold nothing but a chart
            return ordered
    return parts


def _refuse_far_cells(part: bytes) -> None:
    """Refuse a sheet whose cells span more than a census of the city: memory is reserved for the whole rectangle."""
    height = max((int(row) for _, row in _PLACE.findall(part)), default=0)
    width = max((len(column) for column, _ in _PLACE.findall(part)), default=0)
    if height * 26 ** max(width - 1, 0) > MAX_CELLS:
        raise RefusedError(_far(height))


def _far(height: int) -> str:
    return f"lembarnya terentang sampai baris {height}; hapus sel yang tersesat di luar tabel"


def _read_text(content: bytes, suffix: str) -> dict[str, Any]:
    text = _decode(content)
    start = text[:2000].lstrip().lower()
    if start.startswith("<") and ("<table" in text.lower() or "<row" in text.lower() or "<ss:row" in text.lower()):
        return {"sheets": read_markup(text), "properties": {}}
    if suffix not in {".csv", ".txt", ".tsv"} and not _looks_like_csv(text):
        known = suffix in {".xlsx", ".xlsm", ".xls", ".ods"}
        shown = (
            suffix if re.fullmatch(r"\.[a-z0-9]{1,10}", suffix) else "berakhiran aneh" if suffix else "tanpa akhiran"
        )
        raise RefusedError(_BROKEN if known else f"jenis berkas {shown} tidak dikenal")
    return {"sheets": [_sheet("", _read_csv(text))], "properties": {}}


def _sheet(name: str, cells: list[list[Any]]) -> dict[str, Any]:
    return {"name": name, "cells": cells, "hidden": False, "hidden_rows": 0, "merged": []}


def _decode(content: bytes) -> str:
    """Text in the encodings that programs write: UTF-8, UTF-16 with and without its mark, Windows-1252."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(name, errors="replace")
    sample = content[:4096]
    if b"\0" in sample:
        for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
            nulls = sample[start::2].count(0)
            if nulls > 0.7 * len(sample[start::2]) and sample[1 - start :: 2].count(0) == 0:
                return content.decode(name, errors="replace")
        raise RefusedError("isinya bukan teks")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _looks_like_csv(text: str) -> bool:
    """Several lines with the same number of delimiters: a CSV under another name."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    printable = sum(c.isprintable() or c in "\r\n\t" for c in text[:2000]) >= 0.99 * len(text[:2000])
    return printable and len(lines) >= 2 and max(_regularity(lines, mark) for mark in ";\t,") >= 2


def _read_csv(text: str) -> list[list[Any]]:
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    delimiter = max(";\t,|", key=lambda mark: _regularity(text.splitlines()[:200], mark))
    try:
        return [row[:MAX_COLUMNS] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise RefusedError("susunan CSV rusak") from error


def _regularity(lines: list[str], mark: str) -> int:
    """On how many lines a delimiter stands equally often: academic titles bring commas, but not the same number."""
    counts = Counter(count for line in lines if (count := line.count(mark)))
    return counts.most_common(1)[0][1] if counts else 0


def _answer(path: str) -> dict[str, Any]:
    try:
        return read(Path(path))
    except RefusedError as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": _TOO_LARGE}
    except OSError:
        return {"refused": "tidak dapat dibuka"}
    except Exception:  # whatever a library makes of it: the reader lives on for the next file
        return {"refused": _BROKEN}


def _alarm(seconds: int) -> None:
    """The system ends this process after so many seconds, whatever it does; 0 calls that off."""
    with contextlib.suppress(ImportError, AttributeError):  # no alarms on Windows
        import signal

        signal.alarm(seconds)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer one path a line with a length and a pickle of plain values, until the parent closes the pipe."""
    for line in requests:
        _alarm(ALONE)
        answer = pickle.dumps(_answer(line.rstrip(b"\n").decode("utf-8", "surrogateescape")), protocol=5)
        answers.write(len(answer).to_bytes(8, "big") + answer)
        answers.flush()
        _alarm(0)


def main() -> None:
    """Set the limits and serve."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limits on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import python_calamine  # noqa: F401  (loaded once, before the first file's time runs)

    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
