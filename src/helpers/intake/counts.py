"""Rows of a rekap: counts of one office or of many, on one day or on several; written across or downwards.

Sums are checked here; comparing with earlier days is left to receive.py.
"""

import re
from datetime import date
from typing import Any

from helpers.intake.headings import heading_names
from helpers.intake.rows import Reader, is_closing, is_total, type_of_row
from helpers.intake.tables import Row, Table
from helpers.intake.titles import written_office
from helpers.intake.values import clean_text, fold, parse_count
from helpers.intake.vocabulary import vocabulary
from helpers.intake.workbook import Sheet
from helpers.wording import day

COUNTS = ("jumlah_asn", "berhasil", "gagal", "belum", "bukti")
_NOT_REPORTED = frozenset({"belum lapor", "belum melapor", "belum ada laporan", "tidak ada laporan", "belum laporan"})
# A heading with one of these says how far the office is, in words that are not understood.
_TELLING = frozenset(
    [
        "hasil",
        "berhasil",
        "sudah",
        "belum",
        "selesai",
        "isi",
        "mengisi",
        "ikut",
        "capaian",
        "realisasi",
        "gagal",
        "bermasalah",
        "masalah",
        "sisa",
        "sisanya",
        "telah",
        "tuntas",
        "persen",
        "persentase",
    ]
)
_READ = (*COUNTS, "proses")


def read_rekap(reader: Reader) -> list[type_of_row]:
    """A row per office and date; office and date from their columns, else from the file."""
    rows: list[type_of_row] = []
    late, silent, before = 0, [], reader.opd
    by_unit = _is_breakdown(reader)
    left_out = _left_out(reader)
    words = reader.kampanye.columns
    for row in reader.table.rows():
        if row.place in left_out:
            continue
        if reader.found.full:
            break
        if is_closing(reader.table, row, words) and not any(
            parse_count(row.cells.get(n, "")) is not None for n in _READ
        ):
            if rows:
                break
            continue
        texts = [row.text(name) for name in _READ if name in reader.table.columns]
        filled = any(text and fold(text) not in _NOT_REPORTED for text in texts)
        if is_total(reader.table, row, words) and not _names_an_office(reader, row):
            _check_total(reader, row, rows, "rincian_beda" if by_unit else "total_beda")
            continue
        if not filled:
            if not is_closing(reader.table, row, words) and _names_an_office(reader, row):
                silent.append(row.text("opd"))
            elif row.text("tanggal_data") and not row.text("opd") and len(reader.table.line(row.place)) == 1:
                continue
            continue
        if _is_numbering(reader, row):
            continue
        opd = reader.opd if by_unit else _office(reader, row, before)
        before = opd or before
        as_of = _day(reader, row)
        counts = _counts(reader, row)
        if opd and as_of:
            if (opd, as_of) in reader.days and not by_unit:
                reader.note("rekap_ganda", row, "jumlah_asn", opd=opd, tanggal=day(as_of))
            reader.days.add((opd, as_of))
            late += as_of > reader.kampanye.selesai
        rows.append({"baris": row.place + 1, "opd": opd, "tanggal_data": as_of, **counts})
    _tell_unread_columns(reader, rows)
    if silent:
        shown = ", ".join(silent[:5]) + (" dan lainnya" if len(silent) > 5 else "")
        reader.found.add("tanpa_laporan", reader.table.sheet.name, value=shown, banyak=len(silent))
    if late:
        code = "sesudah_selesai" if late < len(rows) else "lewat_masa"
        last = max(row["tanggal_data"] for row in rows if row["tanggal_data"])
        selesai = day(reader.kampanye.selesai)
        reader.found.add(code, reader.table.sheet.name, value=day(last), banyak=late, selesai=selesai)
    return _added_up(reader, rows) if by_unit else rows


def _tell_unread_columns(reader: Reader, rows: list[type_of_row]) -> None:
    """A rekap of which only the headcount was understood, though it has other numbers: not a report to be taken."""
    columns = reader.table.columns
    if not rows or any(name in columns for name in ("berhasil", "gagal", "belum")):
        return
    known = set(columns.values())
    sheet = reader.table.sheet
    unread = {}
    for row in reader.table.rows():
        for at, cell in enumerate(sheet.cells[row.place]):
            if at not in known and (isinstance(cell, int | float) or parse_count(cell) is not None):
                unread[at] = cell
    top = reader.table.heading - reader.table.height + 1
    names = heading_names(sheet.cells[top : reader.table.heading + 1]) or []
    headings = {at: names[at][0] for at in unread if at < len(names) and names[at]}
    telling = {at: text for at, text in headings.items() if _TELLING & set(text.split())}
    if telling:
        shown = ", ".join(dict.fromkeys(telling.values()))
        reader.found.add("hanya_jumlah", sheet.name, reader.table.heading, min(telling), "", shown)


def _is_breakdown(reader: Reader) -> bool:
    """Whether the lines are units inside one office, known from its title: none of them is an office itself."""
    if not reader.opd or "unit" not in fold(reader.table.heading_of("opd")).split():
        return False
    return not any(_names_an_office(reader, row) for row in reader.table.rows())


def _added_up(reader: Reader, rows: list[type_of_row]) -> list[type_of_row]:
    """The lines of an office's units as one line for each day; what one unit does not say is unknown for all."""
    added: dict[date | None, type_of_row] = {}
    for row in rows:
        total = added.setdefault(row["tanggal_data"], row | dict.fromkeys(COUNTS, 0))
        for name in COUNTS:
            total[name] = None if total[name] is None or row[name] is None else total[name] + row[name]
    if len(rows) > 1:
        reader.found.add("dijumlahkan", reader.table.sheet.name, banyak=len(rows))
    return list(added.values())


def _office(reader: Reader, row: Row, before: str) -> str | None:
    text = row.text("opd")
    if not text:
        opd = before if "opd" in reader.table.columns else reader.opd
        if not opd:
            reader.note("tanpa_opd", row, "opd")
        return opd
    match = written_office(text, reader.kampanye)
    if match.kode:
        return match.kode
    every = reader.kampanye.register_table
    parents = every[every["melapor"].ne("ya")]
    if any(fold(text) in (fold(p.kode), fold(p.nama), f"{fold(p.nama)} kota kupang") for p in parents.itertuples()):
        reader.note("opd_induk", row, "opd")
    elif match.calon:
        reader.note("opd_ragu", row, "opd", calon=" atau ".join(match.calon))
    else:
        reader.note("opd_asing", row, "opd")
    return None


def _names_an_office(reader: Reader, row: Row) -> bool:
    return bool(row.text("opd")) and bool(written_office(row.text("opd"), reader.kampanye).kode)


def _day(reader: Reader, row: Row) -> date | None:
    as_of = reader.date(row, "tanggal_data") if row.text("tanggal_data") else reader.as_of
    if as_of is None and not row.text("tanggal_data"):
        reader.note("tanpa_tanggal", row, "tanggal_data")
    return as_of


def _counts(reader: Reader, row: Row) -> dict[str, int | None]:
    counts = {name: reader.count(row, name) for name in _READ}
    started = counts.pop("proses")
    if started is not None:
        # Who has begun and not sent counts as belum.
        counts["belum"] = started + (counts["belum"] or 0)
    if "jumlah_asn" not in reader.table.columns:
        parts = [counts[name] for name in ("berhasil", "gagal", "belum")]
        if all(part is not None for part in parts):
            counts["jumlah_asn"] = sum(part or 0 for part in parts)
            reader.note("jumlah_dijumlahkan", row, "berhasil", jumlah=counts["jumlah_asn"])
    _complete(reader, row, counts)
    if counts["jumlah_asn"] is None and not row.text("jumlah_asn").strip("-– "):
        reader.note("jumlah_kosong", row, "jumlah_asn")
    _check_counts(reader, row, counts)
    return counts


def _complete(reader: Reader, row: Row, counts: dict[str, int | None]) -> None:
    """One empty cell among berhasil, gagal and belum follows from the others; berhasil left out with others given is a
    formula that was never calculated, or forgotten: not 0."""
    parts = [name for name in ("berhasil", "gagal", "belum") if name in reader.table.columns]
    empty = [name for name in parts if counts[name] is None and not row.text(name)]
    total = counts["jumlah_asn"]
    if len(parts) == 3 and len(empty) == 1 and total is not None:
        rest = total - sum(counts[name] or 0 for name in parts)
        if rest >= 0:
            counts[empty[0]] = rest
            reader.note("dihitung_dari_lain", row, empty[0], nama=empty[0], jumlah=rest)
    elif "berhasil" in empty and len(empty) < len(parts) and sum(counts[n] or 0 for n in parts) <= (total or 0):
        reader.note("berhasil_kosong", row, "berhasil")


def _check_counts(reader: Reader, row: Row, counts: dict[str, int | None]) -> None:
    total, done = counts["jumlah_asn"], counts["berhasil"]
    if total is None:
        return
    known = {name: counts[name] or 0 for name in ("berhasil", "gagal", "belum") if counts[name] is not None}
    added = sum(known.values())
    if (len(known) == 3 and added != total) or added > total:
        larger = next((name for name, people in known.items() if people > total), None)
        if larger:
            what = larger.capitalize()
            reader.note("melebihi", row, larger, kolom_lain=what, batas_nama="Jumlah ASN", batas=total)
        else:
            reader.note("tidak_cocok", row, "jumlah_asn", jumlah=added)
    if counts["bukti"] is not None and counts["bukti"] > (done or 0):
        reader.note("melebihi", row, "bukti", kolom_lain="Bukti", batas_nama="Berhasil", batas=done or 0)


def _check_total(reader: Reader, row: Row, rows: list[type_of_row], code: str) -> None:
    """A total that does not add up: of many offices the rows are what counts; of one office's units nobody knows."""
    for name in ("jumlah_asn", "berhasil", "gagal", "belum"):
        written = parse_count(row.cells.get(name, ""))
        if written is None or (name == "belum" and "proses" in reader.table.columns):
            continue
        added = sum(own[name] or 0 for own in rows)
        if len(rows) > 1 and written != added:
            reader.note(code, row, name, jumlah=added)


def _is_numbering(reader: Reader, row: Row) -> bool:
    """The line of column numbers under a heading: 1 2 3, (1) (2) (3)=(4)+(5), a b c."""
    numbers = [re.sub(r"(?<=\w\))\s*=.*|^(\w)\s*=.*", r"\1", t).strip("() ") for t in reader.table.line(row.place)]
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    return len(numbers) >= 4 and numbers in (counted, list("abcdefghijklmnopqrstuvwxyz"[: len(numbers)]))


def _left_out(reader: Reader) -> set[int]:
    """Rows that params/kolom.yaml leaves out on purpose, said once per rule."""
    places: set[int] = set()
    for rule in reader.kampanye.columns.get("lewati_baris", []):
        if fold(rule["kolom"]) not in map(fold, reader.table.sheet.cells[reader.table.heading]):
            continue
        hits = {at for at, cells in reader.table.all_rows() if cells.get(fold(rule["kolom"])) in rule["isi"]}
        if hits:
            value = f"{rule['kolom']} = {', '.join(rule['isi'])}"
            reader.found.add("dilewati", reader.table.sheet.name, value=value, banyak=len(hits), alasan=rule["alasan"])
        places |= hits
    return places


def find_downwards(sheet: Sheet, words: dict[str, Any]) -> Table | None:
    """A rekap written as lines of label and number ("Jumlah ASN : 104"), turned into a table of one row.

    Needs the headcount and one more count. Cells keep their words, not their addresses: findings name the sheet.
    """
    names = vocabulary(words).names["rekap"]
    found: dict[str, Any] = {}
    first, last = None, 0
    for place, line in enumerate(sheet.cells[:200]):
        texts = [cell for cell in line if cell != "" and clean_text(cell)]
        if len(texts) > 1 and not isinstance(texts[0], str) and isinstance(texts[1], str):
            texts = texts[1:]  # a running number
        if not texts or not isinstance(texts[0], str):
            continue
        if (len(texts) > 1 and clean_text(texts[0]).rstrip(".").isdecimal()) or len(clean_text(texts[0])) <= 2:
            texts = texts[1:]
        if not texts or not isinstance(texts[0], str):
            continue
        before, colon, after = clean_text(texts[0]).partition(":")
        name = names.get(fold(before))
        if name in _READ and name not in found:
            value = after if colon and after.strip() else next((t for t in texts[1:] if clean_text(t) != ":"), "")
            value = value.lstrip(" :") if isinstance(value, str) else value
            if parse_count(value) is not None:
                found[name] = value
                first, last = (place if first is None else first), place
    if "jumlah_asn" not in found or len(found) < 2 or first is None:
        return None
    columns = {name: at for at, name in enumerate(found)}
    cells = [*sheet.cells[:first], list(found), list(found.values())]
    turned = Sheet(sheet.name, cells, sheet.hidden, sheet.hidden_rows)
    assert last >= first
    return Table("rekap", turned, first, columns, first + 2)
