"""What reading any table has in common (dates, words, numbers, free text, each with its finding), and the two side
tables: obstacles and activities.

People are read in people.py, counts in counts.py. Whether the file as a whole is accepted is left to receive.py.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from helpers.campaign import Campaign
from helpers.intake.classify import Classifier, Guess
from helpers.intake.findings import Findings
from helpers.intake.identity import mask
from helpers.intake.tables import Row, Table
from helpers.intake.values import clean_text, fold, month_first, parse_count, parse_date
from helpers.intake.vocabulary import match_word, vocabulary
from helpers.wording import day, percent

type_of_row = dict[str, Any]
REVIEW = "K99"


@dataclass
class Reader:
    """Reads the rows of one table. `opd` and `as_of` are what the file says; `today` bounds what can have happened.

    `fixed`: the office comes from the form's code, so a column that names another one is an error.
    """

    kampanye: Campaign
    table: Table
    found: Findings
    today: dt.date
    opd: str = ""
    as_of: dt.date | None = None
    fixed: bool = True
    classifier: Classifier | None = None
    masked: int = 0
    # Shared by all sheets of a file: cell of each NIP, office and day of each rekap row.
    nips: dict[str, str] = field(default_factory=dict)
    days: set[tuple[str, dt.date]] = field(default_factory=set)

    def note(self, code: str, row: Row, name: str, **more: Any) -> None:
        """A finding at a cell of this table; what an office wrote freely is shown masked."""
        cell = row.cells.get(name)
        text = day(parse_date(cell)) if isinstance(cell, dt.date) else row.text(name)
        self.found.add(
            code,
            self.table.sheet.name,
            row.place,
            self.table.columns.get(name),
            self.table.heading_of(name),
            text,
            is_nip=name == "nip" and not _could_be_a_nik(text),
            **more,
        )

    def word(self, row: Row, name: str, words: str, unknown: str) -> str | None:
        """A cell from a closed list; empty is None, an unknown word is a finding."""
        text = row.text(name)
        if not text:
            return None
        known = match_word(text, self.kampanye.columns[words])
        if known is None:
            self.note(unknown, row, name)
        return known

    def date(self, row: Row, name: str, latest: dt.date | None = None) -> dt.date | None:
        """A date of the campaign up to `latest` (the data date); empty is None, others are findings.

        The day comes first. Where that is no date of the campaign but the month first would be, it is taken so, and
        said: 3/16/2020 from a program that writes American dates.
        """
        cell = row.cells.get(name, "")
        if cell == "" or not row.text(name) or match_word(row.text(name), self.kampanye.columns["status"]) == "belum":
            return None
        value, end = parse_date(cell), min(self.today, latest or self.today)
        if isinstance(cell, str) and (value is None or not self.kampanye.mulai <= value <= end):
            other = month_first(cell)
            if other is not None and self.kampanye.mulai <= other <= end:
                self.note("tanggal_dua_arti", row, name, dibaca=day(other))
                return other
        if value is None:
            self.note("tanggal_salah", row, name)
        elif value < self.kampanye.mulai:
            self.note("sebelum_mulai", row, name, mulai=day(self.kampanye.mulai))
        elif value > self.today:
            self.note("masa_depan", row, name)
        elif latest is not None and value > latest:
            self.note("sesudah_data", row, name, tanggal_data=day(latest))
        else:
            self._tell_two_meanings(row, name, value, end)
            return value
        return None

    def _tell_two_meanings(self, row: Row, name: str, value: dt.date, end: dt.date) -> None:
        other = month_first(row.cells[name]) if isinstance(row.cells[name], str) else None
        if other is not None and other != value and self.kampanye.mulai <= other <= end:
            self.note("tanggal_dua_arti", row, name, dibaca=day(value))

    def count(self, row: Row, name: str) -> int | None:
        """A number of people; empty is None (unknown), never 0."""
        if not row.text(name) or row.text(name) in ("-", "–"):
            return None
        value = parse_count(row.cells[name])
        if value is None:
            self.note("angka_salah", row, name)
        return value

    def free_text(self, row: Row, name: str) -> str | None:
        """Text that an office wrote, personal numbers masked; None where empty."""
        text = row.text(name)
        if not text:
            return None
        text, masked = mask(text)
        self.masked += masked
        return text

    def obstacle(self, row: Row, name: str, text: str | None, quiet: bool = False) -> tuple[str | None, float | None]:
        """Code of an obstacle and, where it was guessed from the words, how sure the guess is; (None, None) if nothing
        was said. A code that is not in the list is a finding. `quiet`: the words are about someone who succeeded, and
        count only where they mean a code for those (no proof, entered by the family)."""
        given = row.text(name)
        code = fold(given).replace(" ", "").upper()
        code = f"{code[0]}0{code[1]}" if len(code) == 2 and code[0] == "K" and code[1].isdecimal() else code
        if code in self.codes:
            return code, None
        named = {fold(kind): kode for kode, kind in self.categories.items()}.get(fold(given))
        if named:
            return named, None
        if code and not (len(given) > 4 and self.classifier):
            self.note("kode_asing", row, name)
            return None, None
        text = text or (mask(given)[0] if given else None)
        if not text or not any(c.isalpha() for c in text) or self.classifier is None:
            return None, None
        guess = self.classifier.classify(text)
        if quiet and guess.kode not in self.of_success:
            return None, None
        return self._guess(row, "uraian" if "uraian" in self.table.columns else name, guess)

    def _guess(self, row: Row, name: str, guess: Guess) -> tuple[str, float]:
        if guess.kode == REVIEW:
            self.note("perlu_ditinjau", row, name)
        else:
            kind = self.categories[guess.kode]
            self.note("kode_dugaan", row, name, kode=guess.kode, kategori=kind, yakin=percent(guess.keyakinan, 0))
        return guess.kode, round(guess.keyakinan, 3)

    @cached_property
    def codes(self) -> set[str]:
        """Codes of the catalogue."""
        return set(self.categories)

    @cached_property
    def of_success(self) -> set[str]:
        """Codes that count as berhasil."""
        catalogue = self.kampanye.obstacles
        return set(catalogue.loc[catalogue["dihitung"].eq("berhasil"), "kode"])

    @cached_property
    def categories(self) -> dict[str, str]:
        """What each code means."""
        return dict(zip(self.kampanye.obstacles["kode"], self.kampanye.obstacles["kategori"], strict=True))


def _could_be_a_nik(text: str) -> bool:
    return len(re.sub(r"\D", "", text)) == 16


def is_total(table: Table, row: Row, words: dict[str, Any]) -> bool:
    """Whether a row adds the others up: its first words say so."""
    texts = [text for text in table.line(row.place) if any(c.isalpha() for c in text)]
    first = fold(texts[0].partition(":")[0]) if texts else ""
    return any(first == total or first.startswith(f"{total} ") for total in vocabulary(words).totals)


def _begins_with(text: str, words: frozenset[str]) -> bool:
    parts = text.split()
    return bool(parts) and (parts[0] in words or " ".join(parts[:2]) in words)


def is_closing(table: Table, row: Row, words: dict[str, Any]) -> bool:
    """Whether a row is a signature, a place and day, or a note below the table."""
    known = vocabulary(words).closing
    return any(_begins_with(fold(text), known) for text in table.line(row.place)[:6])


def read_kendala(reader: Reader) -> list[type_of_row]:
    """A row per obstacle that the office reports; without a day it is of the data date."""
    rows: list[type_of_row] = []
    for row in _side_rows(reader, ("uraian", "kode", "tanggal")):
        text = reader.free_text(row, "uraian")
        code, sure = reader.obstacle(row, "kode", text)
        if code is None and not row.text("kode"):
            reader.note("kode_kosong", row, "uraian")
        when = reader.date(row, "tanggal", reader.as_of)
        if not row.text("tanggal"):
            reader.note("kendala_tanpa_tanggal", row, "tanggal", tanggal=day(reader.as_of))
            when = reader.as_of
        rows.append(
            {
                "baris": row.place + 1,
                "opd": reader.opd,
                "tanggal": when,
                "kode": code,
                "uraian": text,
                "jumlah_asn": reader.count(row, "jumlah_asn"),
                "usulan": reader.free_text(row, "usulan"),
                "pic": reader.free_text(row, "pic"),
                "keyakinan": sure,
            }
        )
    return rows


def read_sosialisasi(reader: Reader) -> list[type_of_row]:
    """A row per activity."""
    rows = []
    for row in _side_rows(reader, ("kanal", "tanggal", "jumlah_peserta")):
        when = reader.date(row, "tanggal", reader.as_of)
        if not row.text("tanggal"):
            reader.note("tanpa_tanggal", row, "tanggal")
        channel = reader.word(row, "kanal", "kanal", "kanal_asing")
        if not row.text("kanal"):
            reader.note("kanal_asing", row, "kanal")
        rows.append(
            {
                "baris": row.place + 1,
                "opd": reader.opd,
                "tanggal": when,
                "kanal": channel,
                "jumlah_peserta": reader.count(row, "jumlah_peserta"),
                "keterangan": reader.free_text(row, "keterangan"),
            }
        )
    return rows


def _side_rows(reader: Reader, telling: tuple[str, ...]) -> list[Row]:
    """Rows of a side table up to its signatures; totals are left out."""
    words = reader.kampanye.columns
    rows = []
    for row in reader.table.rows():
        if is_total(reader.table, row, words) or not any(row.text(name) for name in telling):
            continue
        if len(reader.table.line(row.place)) <= 2 and is_closing(reader.table, row, words):
            break
        rows.append(row)
    return rows


def looks_invented(nominatif: list[type_of_row], serials: range) -> bool:
    """Whether every NIP, of at least five, has the serial of an invented person: one real serial may be 900 or more."""
    endings = [clean_text(row["nip"])[-3:] for row in nominatif]
    return len(endings) >= 5 and all(s.isdecimal() and int(s) in serials for s in endings)
