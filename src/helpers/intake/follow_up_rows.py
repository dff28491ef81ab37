"""The rows of a returned log: each put to the follow-up that it speaks of, its yellow cells read.

What was handed out (number, code, finding, people, proposal, indicator) stays as it was, whatever the sheet says now; the
meeting's words are taken. Every row of a dated log was before the meeting, so every row is written down, changed or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from helpers.campaign import Campaign
from helpers.intake.findings import Findings
from helpers.intake.history import History
from helpers.intake.names import Masker
from helpers.intake.submission import Submission
from helpers.intake.values import clean_text, fold, month_first, parse_count, parse_date
from helpers.intake.vocabulary import match_word
from helpers.intake.workbook import Sheet
from helpers.report.handed_out import Handed, Run
from helpers.wording import day

_SAME = 80  # of 100: the same added follow-up, its wording touched up
_LONGEST = 1000  # characters of a cell that are kept
_TEXTS = ("tindak_lanjut", "pic", "keterangan")
_FIXED = ("temuan", "rekomendasi", "indikator")


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
class _Reading:
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
        self.found.add(
            code,
            self.matrix.sheet.name,
            place,
            self.matrix.columns.get(name),
            self.matrix.title(name),
            value=self.masker.hide(clean_text(value))[0],
            **more,
        )


def read_rows(
    submission: Submission,
    matrix: Matrix,
    run: Run,
    sitting: Sitting,
    masker: Masker,
    kampanye: Campaign,
    history: History,
) -> tuple[list[dict[str, Any]], int, bool]:
    """Rows for the store, how many of them are new, and whether the meeting has written anything at all."""
    stored = {row["nomor"]: row for row in history.logs.rows}
    handed = {row.nomor: row for row in run.baris or ()}
    if run.baris is None:
        handed = {n: _as_handed(row) for n, row in stored.items() if row["kode"]} | _shown(matrix, stored)
    newest = max([*stored, *handed], default=0)
    quiet = replace(masker, nomor=0, nama=0)  # what is shown in a finding is not counted
    reading = _Reading(
        matrix, run, sitting, submission.temuan, quiet, kampanye.columns["keadaan"], handed, stored, newest,
        touched=sitting.terisi,
    )  # fmt: skip
    rows = []
    for place, cells in matrix.rows():
        if submission.temuan.full:
            break
        row = _read(reading, place, cells, masker)
        if row is not None:
            rows.append(row | {"baris": place + 1, "tanggal": sitting.rapat, "oleh": sitting.oleh or None})
    rows += _deleted(reading, len(matrix.sheet.cells), run.baris is not None)
    return rows, reading.new, reading.touched


def _shown(matrix: Matrix, stored: dict[int, dict[str, Any]]) -> dict[int, Handed]:
    """Where the workbook no longer tells what was handed out: its rows with number and code that the store lacks."""
    rows = {}
    for _, cells in matrix.rows():
        number, code = parse_count(cells.get("nomor", "")), clean_text(cells.get("kode", ""))[:20]
        if number and code and number not in stored and number not in rows:
            texts: dict[str, Any] = {n: clean_text(cells.get(n, ""))[:_LONGEST] for n in (*_FIXED, "pic")}
            texts["tenggat"] = parse_date(cells.get("tenggat", ""))
            rows[number] = Handed(number, code, parse_count(cells.get("orang", "")), **texts)
    return rows


def _as_handed(row: dict[str, Any]) -> Handed:
    texts = {name: row.get(name) or "" for name in (*_FIXED, *_TEXTS)}
    orang = None if row.get("orang") is None else int(row["orang"])
    return Handed(
        int(row["nomor"]), row["kode"] or "", orang, **texts, tenggat=row["tenggat"], status=row["status"] or "Belum",
        asal=row.get("asal"),
    )  # fmt: skip


def _read(reading: _Reading, place: int, cells: dict[str, Any], masker: Masker) -> dict[str, Any] | None:
    number, own = _identify(reading, place, cells)
    if number is None:
        return None
    stored = reading.stored.get(number)
    before = own or (_as_handed(stored) if stored else None)
    decided = _decided(reading, place, cells, before, own is not None and stored is None, masker)
    if before is not None:
        _tell_changed(reading, place, cells, before)
        fixed: dict[str, Any] = {name: masker.hide(getattr(before, name))[0] or None for name in _FIXED}
        kode, orang, asal = before.kode or None, before.orang, before.asal or reading.run.tanggal_data
    else:
        fixed = {name: _text(cells, name, masker)[0] for name in _FIXED}
        kode, orang, asal = None, parse_count(cells.get("orang", "")), reading.run.tanggal_data
    fixed["temuan"] = fixed["temuan"] or decided["tindak_lanjut"] or "–"
    return {"nomor": number, "kode": kode, "asal": asal, "orang": orang, **fixed, **decided}


def _identify(reading: _Reading, place: int, cells: dict[str, Any]) -> tuple[int | None, Handed | None]:
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


def _repaired(reading: _Reading, place: int, shown: str, own: Handed) -> Handed:
    reading.note("nomor_dipulihkan", place, "nomor", shown or "kosong", nomor=own.nomor, kode_=own.kode)
    return own


def _number_of(reading: _Reading, place: int, own: Handed) -> int | None:
    """The number of a handed-out row: its own, unless another follow-up has got it in the meantime."""
    number, stored = own.nomor, reading.stored.get(own.nomor)
    if stored is not None and fold(stored["kode"] or "") != fold(own.kode):
        again = [
            n for n, row in reading.stored.items() if row["kode"] == own.kode and _alike(row["temuan"], own.temuan)
        ]
        number = again[0] if again else _next(reading)
        reading.note("nomor_bentrok", place, "nomor", own.nomor, nomor=number)
    return _claim(reading, place, number)


def _added(reading: _Reading, place: int, typed: int | None, told: str) -> int | None:
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


def _next(reading: _Reading) -> int:
    reading.newest += 1
    return reading.newest


def _claim(reading: _Reading, place: int, number: int) -> int | None:
    if number in reading.taken:
        reading.note("nomor_ganda", place, "nomor", number, lain=f"baris {reading.taken[number] + 1}")
        return None
    reading.taken[number] = place
    return number


def _text(cells: dict[str, Any], name: str, masker: Masker) -> tuple[str | None, bool]:
    shown, hidden = masker.hide(clean_text(cells.get(name, ""))[:_LONGEST])
    return shown or None, hidden


def _decided(
    reading: _Reading, place: int, cells: dict[str, Any], before: Handed | None, proposed: bool, masker: Masker
) -> dict[str, Any]:
    """The yellow cells. `before`: what they held when handed out; `proposed`: its PIC and deadline nobody decided yet."""
    row: dict[str, Any] = {}
    for name in _TEXTS:
        if name in reading.matrix.columns:
            row[name], hidden = _text(cells, name, masker)
            if hidden and name == "pic":
                reading.note("bukan_jabatan", place, name, row[name])
        else:
            row[name] = None if before is None or (proposed and name == "pic") else getattr(before, name) or None
        was = _as_stored(reading, getattr(before, name)) if before else ""
        reading.touched |= fold(row[name] or "") != fold(was)
    row["status"] = _state(reading, place, cells, before)
    row["tenggat"] = _deadline(reading, place, cells, before, proposed, row["status"])
    return row


def _as_stored(reading: _Reading, text: str) -> str:
    """A text as it would stand in the store."""
    return reading.masker.hide(text)[0]


def _state(reading: _Reading, place: int, cells: dict[str, Any], before: Handed | None) -> str | None:
    text, was = clean_text(cells.get("status", "")), before.status if before else "Belum"
    if not text:
        if before is not None:
            reading.note("keadaan_kosong", place, "status", dipakai=was)
        return was
    state = match_word(text, reading.words)
    if state is None:
        reading.note("keadaan_asing", place, "status", text)
        reading.touched = True
        return None
    reading.touched |= state != was
    return state


def _deadline(
    reading: _Reading, place: int, cells: dict[str, Any], before: Handed | None, proposed: bool, state: str | None
) -> date | None:
    was = before.tenggat if before else None
    if "tenggat" not in reading.matrix.columns:
        return None if proposed else was
    cell, rapat = cells.get("tenggat", ""), reading.sitting.rapat
    text = clean_text(cell)
    value = parse_date(cell) if text else None
    if text and value is None:
        value = month_first(cell)
        code = "tanggal_dua_arti" if value else "tenggat_salah"
        start = rapat or reading.run.tanggal_data or date(2020, 3, 17)
        reading.note(code, place, "tenggat", text, dibaca=day(value) if value else "", contoh=f"{start:%d/%m/%Y}")
    elif value is not None and isinstance(cell, str):
        other = month_first(cell)
        if other is not None and other != value and rapat is not None and other >= rapat:
            value = value if value >= rapat else other
            reading.note("tanggal_dua_arti", place, "tenggat", text, dibaca=day(value))
    reading.touched |= value != was or (bool(text) and value is None)
    if value is not None and rapat is not None and value < rapat and state != "Selesai":
        code = "tenggat_usul_lewat" if value == was else "tenggat_lewat"
        reading.note(code, place, "tenggat", day(value), rapat=day(rapat))
    return value


def _tell_changed(reading: _Reading, place: int, cells: dict[str, Any], before: Handed) -> None:
    """What the meeting should not have changed."""
    for name in _FIXED:
        was = getattr(before, name)
        if (
            name in reading.matrix.columns
            and was
            and fold(clean_text(cells.get(name, ""))[:_LONGEST]) != fold(was[:_LONGEST])
        ):
            short = was if len(was) <= 60 else f"{was[:59]}…"
            _changed(reading, place, name, clean_text(cells.get(name, "")), short)
    if "orang" in reading.matrix.columns:
        now = parse_count(cells.get("orang", ""))
        if now != before.orang and (now is not None or clean_text(cells.get("orang", "")) or before.orang is not None):
            shown = "kosong" if before.orang is None else str(before.orang)
            _changed(reading, place, "orang", clean_text(cells.get("orang", "")), shown)


def _changed(reading: _Reading, place: int, name: str, value: str, was: str) -> None:
    reading.note("isi_bagian_tetap", place, name, value, kolom_=reading.matrix.title(name), semula=was)


def _deleted(reading: _Reading, after: int, sure: bool) -> list[dict[str, Any]]:
    """Handed-out rows that are gone from the sheet: said, and kept with the state that they had. Those that the store
    lacks are written down as they were handed out, so that no number is lost; nobody decided on them."""
    rows = []
    there = {own.nomor for own in reading.handed.values() if own.nomor in reading.taken}
    for at, own in enumerate(own for number, own in sorted(reading.handed.items()) if number not in there):
        stored = reading.stored.get(own.nomor)
        if not sure and own.status == "Selesai":
            continue  # a log need not hand out what is done
        state = (stored or {}).get("status") or own.status
        reading.touched |= sure
        reading.found.add(
            "baris_dihapus", reading.matrix.sheet.name, nomor=own.nomor, kode_=own.kode or "tanpa kode", status=state
        )
        if stored is None:
            fixed = {name: reading.masker.hide(getattr(own, name))[0] or None for name in _FIXED}
            rows.append(
                {"nomor": own.nomor, "kode": own.kode or None, "orang": own.orang, **fixed, "status": own.status,
                 "asal": own.asal or reading.run.tanggal_data, "temuan": fixed["temuan"] or "–", "tindak_lanjut": None,
                 "pic": None, "tenggat": None, "keterangan": own.keterangan or None, "oleh": None,
                 "tanggal": reading.sitting.rapat, "baris": after + 1 + at}
            )  # fmt: skip
    return rows
