"""The rows of a returned log: each put to the follow-up that it speaks of, its yellow cells read.

What was handed out (number, code, finding, people, proposal, indicator) stays as it was, whatever the sheet says now; the
meeting's words are taken. Every row of a dated log is written down; one that was left as it was handed out is not decided.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from helpers.campaign import Campaign
from helpers.intake.follow_up_numbers import Matrix, Reading, Sitting, identify
from helpers.intake.history import History
from helpers.intake.names import Masker
from helpers.intake.submission import Submission
from helpers.intake.values import clean_text, fold, month_first, parse_count, parse_date
from helpers.intake.vocabulary import match_word
from helpers.report.handed_out import Handed, Run
from helpers.wording import day

_LONGEST = 1000  # characters of a cell that are kept
_TEXTS = ("tindak_lanjut", "pic", "keterangan")
_FIXED = ("temuan", "rekomendasi", "indikator")


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
    reading = Reading(
        matrix, run, sitting, submission.temuan, quiet, kampanye.columns["keadaan"], handed, stored, newest,
        touched=sitting.terisi,
    )  # fmt: skip
    rows = []
    for place, cells in matrix.rows():
        if submission.temuan.full:
            break
        row = _read(reading, place, cells, masker)
        if row is not None:
            rows.append({"oleh": sitting.oleh or None} | row | {"baris": place + 1, "tanggal": sitting.rapat})
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


def _read(reading: Reading, place: int, cells: dict[str, Any], masker: Masker) -> dict[str, Any] | None:
    number, own = identify(reading, place, cells)
    if number is None:
        return None
    stored = reading.stored.get(number)
    before = own or (_as_handed(stored) if stored else None)
    decided = _decided(reading, place, cells, before, own is not None and stored is None, masker)
    if own is not None and _untouched(reading, decided, own):
        # Left as it was handed out: what was proposed is not decided, what was decided stays, and so does who decided.
        earlier = stored or {"status": own.status}
        decided = {name: earlier.get(name) for name in (*_TEXTS, "status", "tenggat", "oleh")}
    elif own is not None and stored is not None:
        _keep_decided(reading, place, decided, own, stored)
    if own is not None:  # the words of a row that the meeting added are its own
        _tell_changed(reading, place, cells, own)
    if before is not None:
        fixed: dict[str, Any] = {name: masker.hide(getattr(before, name))[0] or None for name in _FIXED}
        kode, orang, asal = before.kode or None, before.orang, before.asal or reading.run.tanggal_data
    else:
        fixed = {name: _text(cells, name, masker)[0] for name in _FIXED}
        kode, orang, asal = None, parse_count(cells.get("orang", "")), reading.run.tanggal_data
    fixed["temuan"] = fixed["temuan"] or decided["tindak_lanjut"] or "–"
    return {"nomor": number, "kode": kode, "asal": asal, "orang": orang, **fixed, **decided}


def _text(cells: dict[str, Any], name: str, masker: Masker) -> tuple[str | None, bool]:
    shown, hidden = masker.hide(clean_text(cells.get(name, ""))[:_LONGEST])
    return shown or None, hidden


def _decided(
    reading: Reading, place: int, cells: dict[str, Any], before: Handed | None, proposed: bool, masker: Masker
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


def _untouched(reading: Reading, row: dict[str, Any], own: Handed) -> bool:
    texts = all((row[name] or "") == _as_stored(reading, getattr(own, name)) for name in _TEXTS)
    return texts and row["status"] == own.status and row["tenggat"] == own.tenggat


def _keep_decided(reading: Reading, place: int, row: dict[str, Any], own: Handed, stored: dict[str, Any]) -> None:
    """A cell that is still as it was handed out says nothing against what an earlier meeting decided on another copy."""
    rapat = reading.sitting.rapat
    if rapat is None or stored["tanggal"] >= rapat:  # the same meeting again corrects itself
        return
    for name in (*_TEXTS, "status", "tenggat"):
        was, earlier = getattr(own, name), stored.get(name)
        untouched = row[name] == (_as_stored(reading, was) or None if name in _TEXTS else was)
        if untouched and earlier is not None and earlier != row[name]:
            row[name] = earlier
            said = day(earlier) if isinstance(earlier, date) else earlier
            reading.note("keputusan_tetap", place, name, said, rapat=day(stored["tanggal"]))


def _as_stored(reading: Reading, text: str) -> str:
    """A text as it would stand in the store."""
    return reading.masker.hide(text)[0]


def _state(reading: Reading, place: int, cells: dict[str, Any], before: Handed | None) -> str | None:
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
    reading: Reading, place: int, cells: dict[str, Any], before: Handed | None, proposed: bool, state: str | None
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
        proposed_maybe = value == was or reading.run.baris is None  # what was handed out is not known then
        code = "tenggat_usul_lewat" if proposed_maybe else "tenggat_lewat"
        reading.note(code, place, "tenggat", day(value), rapat=day(rapat))
    return value


def _tell_changed(reading: Reading, place: int, cells: dict[str, Any], before: Handed) -> None:
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


def _changed(reading: Reading, place: int, name: str, value: str, was: str) -> None:
    reading.note("isi_bagian_tetap", place, name, value, kolom_=reading.matrix.title(name), semula=was)


def _deleted(reading: Reading, after: int, sure: bool) -> list[dict[str, Any]]:
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
    if not sure:  # what was handed out is not known; its numbers ran from 1 without a gap
        last = max([own.nomor for own in reading.handed.values()], default=0)
        for number in sorted(set(range(1, last)) - set(reading.handed) - set(reading.taken) - set(reading.typed)):
            reading.found.add("nomor_tidak_ada", reading.matrix.sheet.name, nomor=number)
    return rows
