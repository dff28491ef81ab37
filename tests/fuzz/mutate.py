"""Workbooks gone wrong, in ways that files do: damaged bytes, damaged parts, cells that nobody should have typed."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

JUNK: list[Any] = [
    "", " ", "-", "v", "✓", "x", "sudah", "Belum", "gagal, server down", "entah", "0", "-1", "1e308", "NaN", "12 orang",
    "1.946", "30%", "=1+1", '=HYPERLINK("http://a")', "+SUM(A1)", "@x", "#REF!", "{{ 7*7 }}", "#set page()", "<b>x</b>",
    "../../x", "K01", "K99", "K13", "lupa password", "5371012345678901", "081234567890", "a@b.id", "198503172010011001",
    "198503172010011000", "1.98503E+17", "19850317 201001 1 002", "31/02/2020", "03/05/2020", "17 Maret 2020", "43907",
    "\u200b", "\u202e\u202dx", "\x07", "\ufeffNIP", "DINKES", "DINAS SOSIAL", "Kecamatan Kota", "Jumlah", "Mengetahui,",
    "NIP", "Nama", "Status", "Sudah", "Berhasil", "Jumlah ASN", "Tanggal", "OPD", "x" * 40_000, "\U0001f600" * 50,
    198503172010011001, -5, 0, 1e308, 0.305, 10**12, True, False, date(2020, 3, 16), date(1899, 12, 31), date(9999, 12, 31),
]  # fmt: skip
ENDINGS = [".xlsx", ".xlsx", ".xlsx", ".csv", ".xls", ".ods", ".xlsm", ".txt", ""]


def mutant(seeds: list[tuple[str, bytes]], grids: list[list[list[Any]]], rng: random.Random) -> tuple[str, bytes]:
    """Name and content of one mutated file."""
    kind = rng.random()
    if kind < 0.45:
        name, content = _cells(rng.choice(grids), rng)
    elif kind < 0.7:
        name, content = rng.choice(seeds)
        content = _parts(content, rng) if content.startswith(b"PK") else _bytes(content, rng)
    else:
        name, content = rng.choice(seeds)
        content = _bytes(content, rng)
    if rng.random() < 0.1:
        name = Path(name).stem + rng.choice(ENDINGS)
    return name, content


def _bytes(content: bytes, rng: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 5, 40])):
        if not data:
            break
        at = rng.randrange(len(data))
        match rng.randrange(6):
            case 0:
                data[at] = rng.randrange(256)
            case 1:
                del data[at : at + rng.randrange(1, 2000)]
            case 2:
                data[at:at] = rng.randbytes(rng.randrange(1, 50))
            case 3:
                data = data[:at]
            case 4:
                other = rng.randrange(len(data))
                data[at : at + 64] = data[other : other + 64]
            case 5:
                data[at : at + 4] = rng.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"<!--", b"]]>x"])
    return bytes(data)


def _parts(content: bytes, rng: random.Random) -> bytes:
    """Change, drop or double parts inside a zipped workbook and zip it again, so that the damage lies deeper."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = rng.choice(list(parts))
    text = parts[name]
    swaps: list[Callable[[], bytes]] = [
        lambda: re.sub(rb'r="[A-Z]+\d+"', b'r="XFD1048576"', text, count=1),
        lambda: re.sub(rb'r="([A-Z]+)\d+"', rb'r="\g<1>0"', text, count=3),
        lambda: re.sub(rb't="s"', rng.choice([b't="n"', b't="b"', b't="e"', b't="str"']), text),
        lambda: re.sub(rb"<v>(\d+)</v>", b"<v>99999999</v>", text, count=rng.randrange(1, 20)),
        lambda: re.sub(
            rb"<v>(\d+)</v>", b"<v>" + str(rng.choice(JUNK)).encode("utf-8", "replace")[:50] + b"</v>", text, count=5
        ),
        lambda: text.replace(b"</row>", b"", 2),
        lambda: text.replace(b"<row ", b'<row hidden="1" '),
        lambda: re.sub(rb"<dimension [^>]+>", b'<dimension ref="A1:XFD1048576"/>', text),
        lambda: _bytes(text, rng),
        lambda: b"",
        lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>' + text,
    ]
    parts[name] = rng.choice(swaps)()
    if rng.random() < 0.1:
        del parts[rng.choice(list(parts))]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for part, data in parts.items():
            book.writestr(part, data)
    return target.getvalue()


def _cells(grid: list[list[Any]], rng: random.Random) -> tuple[str, bytes]:
    """The same sheet with cells, rows and columns changed, moved, dropped or doubled."""
    lines = [list(line) for line in grid]
    width = max(map(len, lines))
    for _ in range(rng.choice([1, 1, 2, 4, 12])):
        row, column = rng.randrange(len(lines)), rng.randrange(width)
        match rng.randrange(8):
            case 0 | 1 | 2:
                line = lines[row]
                line.extend([""] * (column + 1 - len(line)))
                line[column] = rng.choice(JUNK)
            case 3:
                lines.insert(row, [rng.choice(JUNK) for _ in range(rng.randrange(1, width + 1))])
            case 4:
                lines.insert(row, list(rng.choice(lines)))
            case 5:
                if len(lines) > 1:
                    del lines[row]
            case 6:
                order = list(range(width))
                rng.shuffle(order)
                lines = [[line[at] if at < len(line) else "" for at in order] for line in lines]
            case 7:
                other = rng.randrange(len(lines))
                lines[row], lines[other] = lines[other], lines[row]
    stem = rng.choice(["DINKES_2020-03-16", "kiriman", "rekap 16 maret 2020", "DISHUB", "../../x", "Kecamatan Kota"])
    stem = stem.replace("/", "_")
    if rng.random() < 0.3:
        text = io.StringIO()
        csv.writer(text, delimiter=rng.choice(";,\t|")).writerows([[_as_text(c) for c in line] for line in lines])
        encoding = rng.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
        return f"{stem}.csv", text.getvalue().encode(encoding, "replace")
    return f"{stem}.xlsx", _as_xlsx(lines)


def _as_text(cell: Any) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) and cell.year > 999 else str(cell)


def _as_xlsx(lines: list[list[Any]]) -> bytes:
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet, day = book.add_worksheet("Data"), book.add_format({"num_format": "dd/mm/yyyy"})
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, bool):
                    sheet.write_boolean(row, column, cell)
                elif isinstance(cell, date) and cell.year >= 1900:
                    sheet.write_datetime(row, column, datetime.combine(cell, time()), day)
                elif isinstance(cell, int | float):
                    sheet.write_number(row, column, cell)
                elif str(cell):
                    sheet.write_string(row, column, str(cell)[:32_000])
    return target.getvalue()
