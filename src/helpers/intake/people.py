"""Rows of a nominatif: which lines are people, and what each says, with a finding for every value that can't be taken.

Lines that are titles of units, totals or signatures are told from people here; comparing with earlier submissions is
done through history.py.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from helpers.intake.history import History
from helpers.intake.identity import Nip, read_nip
from helpers.intake.marks import proof_of, status_of
from helpers.intake.rows import Reader, is_closing, is_total, type_of_row
from helpers.intake.tables import STATUS_MARKS, Row
from helpers.intake.titles import written_office
from helpers.intake.values import clean_text, fold, parse_count
from helpers.intake.vocabulary import match_word, vocabulary
from helpers.wording import day, join

_TELLING = ("nip", "nama", "status", *STATUS_MARKS)
_OF_A_TITLE = re.compile(r"(?:[A-Z]|[IVX]{1,5}|\d{1,2})[.)]?")
_NIP_LIKE = re.compile(r"\d(?:\D?\d){14,}|\d[.,]\d+[eE]\+?1\d")


def read_nominatif(reader: Reader, history: History | None = None) -> list[type_of_row]:
    """A row per person. Needs reader.as_of or a column of data dates; reader.opd or an office column."""
    history = history or History()
    of_file = reader.as_of
    people = list(_people(reader))
    damaged = _whole_column_lost_digits(people)
    rows: list[type_of_row] = []
    without_nip: Counter[str] = Counter()
    office = reader.opd
    for row, unit in people:
        if reader.found.full:
            break
        reader.as_of = reader.date(row, "tanggal_data") if row.text("tanggal_data") else of_file
        if reader.as_of is None:
            if not row.text("tanggal_data"):
                reader.note("tanpa_tanggal", row, "tanggal_data")
            continue
        office = _office(reader, row, office)
        kind = reader.word(row, "jenis_asn", "jenis_asn", "jenis_asing")
        if kind == "PTT" and not row.text("nip") and kind not in reader.kampanye.counted_kinds:
            without_nip[kind] += 1
            continue
        nip = _nip(reader, row, kind, damaged, history)
        if not row.text("nama"):
            reader.note("tanpa_nama", row, "nama")
        status = status_of(reader, row)
        rows.append(
            {
                "baris": row.place + 1,
                "opd": office,
                "tanggal_data": reader.as_of,
                "nip": nip.digits,
                "nama": reader.free_text(row, "nama") or "",
                "unit": reader.free_text(row, "unit") or unit,
                "jenis_asn": kind or nip.jenis or "PNS",
                "status": status,
                **_details(reader, row, status),
            }
        )
    _tell_mixed_days(reader, rows)
    for found, many in without_nip.items():
        reader.found.add("ptt_tanpa_nip", reader.table.sheet.name, value=found, banyak=many)
    _tell_shared_proofs(reader, rows)
    return rows


def _tell_mixed_days(reader: Reader, rows: list[type_of_row]) -> None:
    """One list whose people have different data dates is two halves of a list, unless they are the same people."""
    people: dict[str, dict[Any, set[str]]] = {}
    for row in rows:
        people.setdefault(row["opd"], {}).setdefault(row["tanggal_data"], set()).add(row["nip"])
    for by_day in people.values():
        if len(by_day) > 1 and not set.intersection(*by_day.values()):
            days = join(day(one) for one in sorted(by_day))
            reader.found.add("tanggal_campur", reader.table.sheet.name, value=days)


def _details(reader: Reader, row: Row, status: str | None) -> type_of_row:
    proof = proof_of(reader, row)
    filled = reader.date(row, "tanggal_isi", reader.as_of)
    text = reader.free_text(row, "uraian")
    note = row.text("keterangan")
    if text is None and "uraian" not in reader.table.columns and status != "berhasil" and any(map(str.isalpha, note)):
        known = match_word(note, reader.kampanye.columns["status"])
        text = None if known else reader.free_text(row, "keterangan")
    code, sure = reader.obstacle(row, "kode_kendala", text, quiet=status == "berhasil")
    if status == "berhasil" and filled is None and not row.text("tanggal_isi"):
        reader.note("berhasil_tanpa_tanggal", row, _first_of(reader, "tanggal_isi", "status", *STATUS_MARKS))
    if status == "gagal" and code is None and not row.text("kode_kendala"):
        reader.note("gagal_tanpa_kendala", row, _first_of(reader, "kode_kendala", "uraian", "status", "tanda_gagal"))
    if status == "gagal" and code == "K13":
        reader.note("k13_gagal", row, "kode_kendala" if row.text("kode_kendala") else "status")
    if filled and status in ("belum", "gagal"):
        reader.note("tanggal_bukan_berhasil", row, "tanggal_isi", status=status)
    if proof == "ada" and status not in ("berhasil", None):
        reader.note("bukti_bukan_berhasil", row, "bukti", status=status)
    return {
        "tanggal_isi": filled if status == "berhasil" else None,
        "bukti": None if proof is None else proof == "ada",
        "bukti_sidik": _fingerprint(reader, row),
        "kode_kendala": code,
        "uraian": text,
        "tindak_lanjut": reader.free_text(row, "tindak_lanjut"),
        "keyakinan": sure,
    }


def _first_of(reader: Reader, *names: str) -> str:
    """The first of the columns that the table has: where the office should look."""
    return next((name for name in names if name in reader.table.columns), names[0])


def _people(reader: Reader) -> Iterator[tuple[Row, str | None]]:
    """Rows that are people, each with the title of the unit it stands under; what was left out is said."""
    words = reader.kampanye.columns
    unit, ended = None, False
    left_out: list[int] = []
    below: list[int] = []
    total: Row | None = None
    rows = [(row, _looks_like_a_person(reader, row)) for row in reader.table.rows(titles=True)]
    last = max((row.place for row, person in rows if person), default=-1)
    for row, person in rows:
        line = reader.table.line(row.place)
        if person and ended:
            # What looked like the end was not: whatever stood between is said.
            ended, left_out, below = False, [*left_out, *below], []
        if not person and _is_numbering(line):
            continue
        if not person and is_total(reader.table, row, words):
            total = row
            continue
        if not person and is_closing(reader.table, row, words):
            ended = True
            continue
        if not person and not ended and (title := _title_of(reader, row, line)):
            unit = title
            continue
        if not person and (ended or not any(row.text(name) for name in _TELLING)):
            below += [row.place + 1] if ended else []
            continue
        if not person and row.place > last and _is_count_line(reader, line):
            continue
        signature = row.place > last + 1 or row.place == reader.table.end - 1  # a bare name, apart from the list
        lone_nip = bool(_NIP_LIKE.search(row.text("nip"))) and not signature
        if not person and len(line) == 1 and not lone_nip and (signature or not row.text("nama")):
            left_out.append(row.place + 1)
            continue
        yield row, unit
    _check_total(reader, total, [row for row, person in rows if person])
    if left_out:
        shown = "baris " + ", ".join(map(str, left_out[:5])) + (" dan lainnya" if len(left_out) > 5 else "")
        reader.found.add("bukan_orang", reader.table.sheet.name, value=shown, banyak=len(left_out))


def _check_total(reader: Reader, total: Row | None, people: list[Row]) -> None:
    """A total below the list that is neither the number of people nor of those under a column of marks is said."""
    if total is None or not people or total.place < people[-1].place:
        return
    cells = reader.table.sheet.cells[total.place]
    numbers = {at: n for at, cell in enumerate(cells) if (n := parse_count(cell)) is not None}
    marked = {sum(bool(row.text(name)) for row in people) for name in STATUS_MARKS}
    if numbers and len(people) not in numbers.values() and not set(numbers.values()) <= marked:
        at, value = max(numbers.items(), key=lambda pair: pair[1])
        reader.found.add("jumlah_beda", reader.table.sheet.name, total.place, at, "", value, jumlah=len(people))


def _is_count_line(reader: Reader, line: list[str]) -> bool:
    """A line of a summary below the list: "Berhasil" and a number."""
    words = vocabulary(reader.kampanye.columns).names["rekap"]
    rest = [text for text in line[1:] if text not in (":", "=")]
    return bool(rest) and fold(line[0]) in words and all(parse_count(text) is not None for text in rest)


def _looks_like_a_person(reader: Reader, row: Row) -> bool:
    nip = bool(_NIP_LIKE.search(row.text("nip")))
    if not nip and not row.text("status") and is_total(reader.table, row, reader.kampanye.columns):
        return False
    known = bool(match_word(row.text("status"), reader.kampanye.columns["status"])) or any(
        row.text(name) for name in STATUS_MARKS
    )
    if nip and (row.text("nama") or known):
        return True
    number = row.text("nomor").rstrip(".").isdecimal() or nip
    named = any(c.isalpha() for c in row.text("nama"))
    return named and (number or known) and not fold(row.text("nip")).startswith("nip")


def _is_numbering(line: list[str]) -> bool:
    """The line of column numbers under a heading: 1 2 3 4, or (1) (2) (3)."""
    numbers = [text.strip("() ") for text in line]
    return len(line) >= 3 and numbers == [str(n) for n in range(1, len(line) + 1)]


def _title_of(reader: Reader, row: Row, line: list[str]) -> str:
    """The unit that a row names for the rows below it, alone or after its letter: "A." "Bidang P2P"; "" if none."""
    if len(line) == 2 and row.text("nomor") == line[0] and _OF_A_TITLE.fullmatch(line[0]):
        named = set(fold(line[1]).split()[:3]) & vocabulary(reader.kampanye.columns).groups
        return line[1] if named and line[1] in (row.text("nip"), row.text("nama")) else ""
    return line[0] if len(line) == 1 and _is_group(reader, row, line[0]) else ""


def _is_group(reader: Reader, row: Row, text: str) -> bool:
    """Whether the only text of a row is the title of a unit: spanning, in the first column, or so named."""
    words = fold(text).split()
    if len(text) > 120 or not any(c.isalpha() for c in text):
        return False
    spans = any(first[0] <= row.place <= last[0] and last[1] > first[1] for first, last in reader.table.sheet.merged)
    named = bool(set(words[:3]) & vocabulary(reader.kampanye.columns).groups)
    leftmost = min(reader.table.columns.values())
    line = reader.table.sheet.cells[row.place]
    first = leftmost < len(line) and clean_text(line[leftmost]) == text and "nama" not in _at(reader, leftmost)
    return spans or named or first


def _at(reader: Reader, column: int) -> list[str]:
    return [name for name, at in reader.table.columns.items() if at == column]


def _office(reader: Reader, row: Row, before: str) -> str:
    """The office of a row: its own column, else the one above it (merged cells), else the file's."""
    text = row.text("opd")
    if not text:
        if not before:
            reader.note("tanpa_opd", row, "opd")
        return before
    match = written_office(text, reader.kampanye)
    if reader.fixed and match.kode != reader.opd:
        reader.note("opd_campur", row, "opd", opd=reader.opd)
    elif not match.kode and match.calon:
        reader.note("opd_ragu", row, "opd", calon=" atau ".join(match.calon))
    elif not match.kode:
        reader.note("opd_asing", row, "opd")
    return reader.opd if reader.fixed else match.kode


def _whole_column_lost_digits(people: list[tuple[Row, str | None]]) -> bool:
    """Whether NIPs that end in 000 are Excel's work: one serial 000 may be real, a fifth of a list is not."""
    texts = [digits for row, _ in people if len(digits := re.sub(r"\D", "", row.text("nip"))) == 18]
    zeros = sum(text.endswith("000") for text in texts)
    return zeros >= 2 and zeros >= 0.2 * len(texts)


def _nip(reader: Reader, row: Row, kind: str | None, damaged: bool, history: History) -> Nip:
    assert reader.as_of is not None
    has_kind = "jenis_asn" in reader.table.columns and bool(row.text("jenis_asn"))
    nip = read_nip(row.cells.get("nip", ""), kind if has_kind else None, reader.as_of)
    if not row.text("nip"):
        reader.note("tanpa_nip", row, "nip")
        return nip
    # What a number reads as may by chance be another person's NIP: only text in full can be known as it is.
    zeros = nip.digits.endswith("000") and not history.knows(nip.digits)
    earlier = history.repair(nip.awal, row.text("nama")) if nip.rusak or zeros else None
    if nip.rusak or (zeros and (damaged or earlier is not None)):
        if earlier is None:
            reader.note("nip_rusak", row, "nip")
            return nip
        reader.note("nip_dipulihkan", row, "nip", pulih=earlier.nip, opd=earlier.opd, tanggal=day(earlier.tanggal))
        nip = read_nip(earlier.nip, earlier.jenis or None, reader.as_of)
    if nip.salah:
        reader.note("nip_salah", row, "nip", alasan=nip.salah)
    elif nip.digits in reader.nips:
        reader.note("nip_ganda", row, "nip", lain=reader.nips[nip.digits])
    elif nip.janggal:
        reader.note("nip_janggal", row, "nip", alasan=nip.janggal)
    reader.nips.setdefault(nip.digits, xl_rowcol_to_cell(row.place, reader.table.columns["nip"]))
    return nip


def _fingerprint(reader: Reader, row: Row) -> str | None:
    """SHA-256 of a proof as `pantau bukti` wrote it; anything else is not kept."""
    text = row.text("bukti_sidik").lower()
    if text and not re.fullmatch(r"[0-9a-f]{64}", text):
        reader.note("sidik_salah", row, "bukti_sidik")
        return None
    return text or None


def _tell_shared_proofs(reader: Reader, rows: list[type_of_row]) -> None:
    users: dict[str, list[int]] = {}
    for row in rows:
        if row["bukti_sidik"]:
            users.setdefault(row["bukti_sidik"], []).append(row["baris"])
    for lines in users.values():
        for line in lines if len(lines) > 1 else []:
            others = ", ".join(f"baris {other}" for other in lines if other != line)
            reader.found.add("bukti_sama", reader.table.sheet.name, line - 1, lain=others)


def counted(people: list[dict[str, Any]], kinds: list[str]) -> dict[str, Any]:
    """The rekap of one office's nominatif, over the kinds of ASN that count: proses counts as belum; bukti among the
    berhasil, unknown where it is empty for all of them."""
    own = [row for row in people if row["jenis_asn"] in kinds]
    status = Counter(row["status"] for row in own)
    said = [row["bukti"] for row in own if row["status"] == "berhasil"]
    proof = None if said and all(bukti is None for bukti in said) else sum(bukti is True for bukti in said)
    return {
        "baris": 0,
        "opd": people[0]["opd"],
        "tanggal_data": people[0]["tanggal_data"],
        "jumlah_asn": len(own),
        "berhasil": status["berhasil"],
        "gagal": status["gagal"],
        "belum": status["belum"] + status["proses"],
        "bukti": proof,
    }
