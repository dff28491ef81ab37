"""Rows of a rekap of residents: families (KK) that were asked, answered and passed the checks, by kelurahan or kecamatan.

Sent by BPS, so it is of no office. Percentages are never taken: they are made again from the counts. Which place a name
means is decided in places.py.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

from helpers.campaign import Campaign
from helpers.intake.origins import Origin, check_date, find_dates, relies_on
from helpers.intake.places import Places, places
from helpers.intake.rows import Reader, is_closing, is_total, type_of_row
from helpers.intake.submission import RESIDENTS, SHEET_STEP, Submission
from helpers.intake.tables import Row, Table
from helpers.intake.values import clean_text, parse_count
from helpers.wording import day, number

COUNTS = {"jumlah_kk": "Jumlah KK", "target_kk": "Target KK", "merespons": "KK Merespons", "clean": "KK Clean"}
_ANSWERS = ("merespons", "clean")
_PLACE = ("kelurahan", "wilayah", "kecamatan", "kode")
_SHOWN = 5


def read_residents(submission: Submission, tables: list[Table], path: Path, kampanye: Campaign, today: date) -> None:
    """Fill submission.tables["warga"] from the tables of that kind; everything wrong becomes a finding."""
    found = submission.temuan
    if not tables:
        return
    if kampanye.villages.empty:
        found.add("warga_tanpa_daftar", tables[0].sheet.name)
        return
    origins = {id(table): Origin("", False, None) for table in tables}
    find_dates(found, tables, origins, path, kampanye)
    known = places(kampanye.villages)
    kept = submission.tables.setdefault(RESIDENTS, [])
    seen: set[tuple[str, date]] = set()
    for at, table in enumerate(tables):
        as_of = origins[id(table)].as_of
        if as_of is not None and relies_on(table):
            check_date(found, table, as_of, kampanye, today)
        reader = Reader(kampanye, table, found, today, "", as_of, False)
        rows = _Rows(reader, known, seen).read()
        kept.extend(row | {"baris": row["baris"] + SHEET_STEP * at} for row in rows)
    if not kept and not found.refuses:
        found.add("tanpa_isi", tables[0].sheet.name)
    submission.tanggal_data = max((row["tanggal_data"] for row in kept if row["tanggal_data"]), default=None)


class _Rows:
    """Reads the rows of one table; `seen`: places and days of the whole file."""

    def __init__(self, reader: Reader, known: Places, seen: set[tuple[str, date]]) -> None:
        self.reader, self.known, self.seen = reader, known, seen
        self.district = ""  # code of the kecamatan that the rows before stand under
        self.silent: list[str] = []
        self.late = 0
        self.undated = False

    def read(self) -> list[type_of_row]:
        """A row per place and day."""
        reader = self.reader
        rows: list[type_of_row] = []
        places_of: list[tuple[type_of_row, Row]] = []
        for row in reader.table.rows():
            if reader.found.full:
                break
            answered = any(row.text(name) for name in _ANSWERS)
            filled = answered or any(row.text(name) for name in COUNTS)
            if not filled and is_closing(reader.table, row, reader.kampanye.columns):
                if rows:
                    break
                continue
            if is_total(reader.table, row, reader.kampanye.columns) and not self._names_a_district(row):
                self._check_total(row, rows)
                continue
            if not answered:
                self._pass_over(row)
                continue
            if self._is_numbering(row):
                continue
            made = self._row(row)
            if made is not None:
                rows.append(made)
                places_of.append((made, row))
        self._conclude(rows, places_of)
        return rows

    def _row(self, row: Row) -> type_of_row | None:
        code = self._place(row)
        as_of = self._day(row)
        counts = {name: self._count(row, name) for name in COUNTS}
        for less, more in (("clean", "merespons"), ("merespons", "jumlah_kk")):
            small, large = counts[less], counts[more]
            if small is not None and large is not None and small > large:
                what = {"kolom_lain": COUNTS[less], "batas_nama": COUNTS[more], "batas": number(large)}
                self.reader.note("melebihi", row, less, **what)
        if code and as_of:
            if (code, as_of) in self.seen:
                self.reader.note("wilayah_ganda", row, self._column(row), nama=self._called(code), tanggal=day(as_of))
            self.seen.add((code, as_of))
            self.late += as_of > self.reader.kampanye.selesai
        return {"baris": row.place + 1, "kode": code, "tanggal_data": as_of, **counts} if code else None

    def _place(self, row: Row) -> str:
        """The code of the place that a row is about, "" with a finding where that is not certain."""
        column, code = self._column(row), self._named(row)
        if row.text("kode"):
            given = self.known.of_code(row.text("kode"))
            if given and code and code != given and code != "?":
                both = {"lain": self._called(given), "nama": self._called(code)}
                self.reader.note("kode_wilayah_beda", row, "kode", **both)
                return ""
            if not given:
                self.reader.note("kode_wilayah_lain" if code and code != "?" else "kode_wilayah_asing", row, "kode")
            code = given or code
            if not code:
                return ""
        if code == "?":
            self.reader.note("wilayah_ragu", row, column)
            return ""
        if not code:
            self._tell_unknown(row, column)
            return ""
        return self._of_its_district(row, code)

    def _named(self, row: Row) -> str:
        """What the name columns say: a kelurahan in its own column comes before the kecamatan beside it."""
        for column in ("kelurahan", "wilayah", "kecamatan"):
            text = row.text(column)
            name = _without_sum(text)
            if name != text:  # "Jumlah Kec. Alak"; a bare "Jumlah" leaves it to the column beside it
                code = self.known.find(name, "kecamatan") if name else ""
            else:
                code = self.known.find(text, "" if column == "wilayah" else column)
                if not code and column == "kelurahan" and not row.text("kecamatan"):
                    code = self.known.find(text, "kecamatan")  # a kecamatan as a line above its kelurahan
            if code or (text and name == text):
                return code
        return ""

    def _of_its_district(self, row: Row, code: str) -> str:
        written = row.text("kecamatan")
        district = self.known.find(written, "kecamatan") if written and len(code) > len("53.71.01") else ""
        if written and len(code) > len("53.71.01"):
            if not district:
                self._tell_unknown(row, "kecamatan")
                return ""
            if not code.startswith(district):
                more = {"nama": self.known.names[code], "lain": self.known.names[code[:8]]}
                self.reader.note("kecamatan_beda", row, "kecamatan", **more)
                return ""
        self.district = code[:8]
        return code

    def _tell_unknown(self, row: Row, column: str) -> None:
        if not row.text(column):
            self.reader.note("wilayah_kosong", row, column)
            return
        near = self.known.near(row.text(column))
        hint = f"; mungkin {' atau '.join(near)}" if near else ""
        self.reader.note("wilayah_asing", row, column, wilayah=self.reader.kampanye.wilayah, calon=hint)

    def _column(self, row: Row) -> str:
        named = [name for name in _PLACE if row.text(name)]
        return next(iter(named), next(name for name in _PLACE if name in self.reader.table.columns))

    def _called(self, code: str) -> str:
        return f"{'Kelurahan' if len(code) > 8 else 'Kecamatan'} {self.known.names[code]}"

    def _day(self, row: Row) -> date | None:
        reader = self.reader
        as_of = reader.date(row, "tanggal_data") if row.text("tanggal_data") else reader.as_of
        if as_of is None and not row.text("tanggal_data") and not self.undated:
            # One date above the table is missing in every row of it; said once.
            self.undated = True
            reader.note("tanpa_tanggal", row, "tanggal_data")
        return as_of

    def _count(self, row: Row, name: str) -> int | None:
        """Families; None where empty. A share is told apart from what is no number at all."""
        text = row.text(name)
        if not text:
            return None
        cell: Any = row.cells[name]
        heading = self.reader.table.heading_of(name).lower()
        if "%" in heading or "persen" in heading or _is_share(cell):
            self.reader.note("persen_kk", row, name)
            return None
        cell = re.sub(r"(?i)\s*(kk|keluarga)\.?$", "", text) if isinstance(cell, str) else cell
        value = parse_count(cell)
        if value is None:
            self.reader.note("angka_kk", row, name)
        return value

    def _pass_over(self, row: Row) -> None:
        """A row without answers: a kecamatan as a title, or a place that has no data yet."""
        code = self._named(row)
        if code and code != "?":
            self.district = code[:8]
            if len(code) > 8:
                self.silent.append(self.known.names[code])

    def _names_a_district(self, row: Row) -> bool:
        """Whether a total is that of a kecamatan: "Jumlah Kec. Alak", or "Jumlah" in the column beside its name."""
        texts = [row.text("kecamatan"), *(_without_sum(row.text(name)) for name in ("kelurahan", "wilayah"))]
        return any(text and self.known.find(text, "kecamatan") for text in texts)

    def _check_total(self, row: Row, rows: list[type_of_row]) -> None:
        """A total that is neither that of all rows before nor that of the kecamatan they stand in."""
        for name in COUNTS:
            written = parse_count(row.cells.get(name, ""))
            if written is None:
                continue
            lower = [own for own in rows if len(own["kode"]) > 8 or not _has_villages(own["kode"], rows)]
            here = [own for own in lower if own["kode"].startswith(self.district)]
            sums = [sum(own[name] or 0 for own in part) for part in (lower, here)]
            if rows and written not in sums:
                self.reader.note("total_kk_beda", row, name, jumlah=number(sums[0]))
                return

    def _is_numbering(self, row: Row) -> bool:
        """The line of column numbers under a heading."""
        numbers = [text.strip("() ") for text in self.reader.table.line(row.place)]
        return len(numbers) >= 3 and numbers == [str(n) for n in range(1, len(numbers) + 1)]

    def _conclude(self, rows: list[type_of_row], places_of: list[tuple[type_of_row, Row]]) -> None:
        found, sheet, kampanye = self.reader.found, self.reader.table.sheet.name, self.reader.kampanye
        for own, row in places_of:
            self._compare_with_villages(own, row, rows)
        for name in ("jumlah_kk", "target_kk"):
            lacking = sum(own[name] is None for own in rows)
            if lacking and not found.refuses:
                found.add("penyebut_kosong", sheet, nama=COUNTS[name], banyak=number(lacking))
        if self.silent:
            shown = ", ".join(self.silent[:_SHOWN]) + (" dan lainnya" if len(self.silent) > _SHOWN else "")
            found.add("tanpa_angka_kk", sheet, value=shown, banyak=number(len(self.silent)))
        if self.late:
            last = max(own["tanggal_data"] for own in rows if own["tanggal_data"])
            code = "sesudah_selesai" if self.late < len(rows) else "lewat_masa"
            if code == "sesudah_selesai" or not relies_on(self.reader.table):
                found.add(code, sheet, value=day(last), banyak=self.late, selesai=day(kampanye.selesai))

    def _compare_with_villages(self, own: type_of_row, row: Row, rows: list[type_of_row]) -> None:
        """A kecamatan beside its kelurahan on the same day: the kelurahan are what counts."""
        code, when = own["kode"], own["tanggal_data"]
        parts = [r for r in rows if r["kode"] != code and r["kode"].startswith(code) and r["tanggal_data"] == when]
        for name in COUNTS if parts and len(code) == 8 else ():
            known = [part[name] for part in parts if part[name] is not None]
            if own[name] is not None and len(known) == len(parts) and sum(known) != own[name]:
                what = {"nama": self.known.names[code], "kolom_lain": COUNTS[name]}
                more = {"banyak": number(len(parts)), "jumlah": number(sum(known))}
                self.reader.note("jumlah_kecamatan_beda", row, name, **what, **more)


def _without_sum(text: str) -> str:
    """A name without the word that makes it a sum: "Total Kec. Alak"."""
    return re.sub(r"(?i)^(sub\s*)?(jumlah|total|jml)\b[\s:.]*", "", text)


def _has_villages(code: str, rows: list[type_of_row]) -> bool:
    return any(row["kode"] != code and row["kode"].startswith(code) for row in rows)


def _is_share(cell: Any) -> bool:
    """Whether a cell is a percentage or a share: 0,22, "13,95", "22 %"."""
    if isinstance(cell, float):
        return not cell.is_integer()
    text = clean_text(cell)
    return "%" in text or "persen" in text.lower() or bool(re.fullmatch(r"\d{1,3}[.,]\d{1,2}", text))
