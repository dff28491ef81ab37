"""One file from cells to rows of the store: find its tables, whose they are and of which day, read and check them.

Opening the file is left to workbook.py, keeping what is accepted to receive.py.
"""

from datetime import date
from pathlib import Path
from typing import Any

from helpers.campaign import Campaign
from helpers.intake import counts, follow_ups, people, residents, rows
from helpers.intake.classify import Classifier
from helpers.intake.earlier import compare_with_earlier
from helpers.intake.findings import Findings
from helpers.intake.history import History
from helpers.intake.identity import SAMPLE_SERIALS, read_nip
from helpers.intake.origins import Origin, check_date, find_origins, relies_on
from helpers.intake.submission import ENOUGH_ALONE, MAIN, RESIDENTS, SHEET_STEP, Submission
from helpers.intake.tables import Table, find_tables, heading_without_status
from helpers.intake.values import clean_text, fold
from helpers.intake.vocabulary import vocabulary
from helpers.intake.workbook import SAMPLE_MARK, Book, Sheet
from helpers.wording import day

ORDER = ("nominatif", "rekap", "kendala", "sosialisasi")
FEEDBACK_SHEET = "Yang diperbaiki"


def read_submission(
    submission: Submission,
    book: Book,
    path: Path,
    kampanye: Campaign,
    today: date,
    history: History,
    classifier: Classifier,
) -> None:
    """Fill a submission from the cells of its file; everything wrong becomes a finding."""
    found = submission.temuan
    submission.sheets = [sheet for sheet in book.sheets if sheet.name != FEEDBACK_SHEET]
    matrix, run = follow_ups.find_matrix(Book(submission.sheets, book.properties), kampanye)
    if run is not None:
        submission.ciri = book.properties
        follow_ups.read_log(submission, matrix, run, kampanye, today, history)
        return
    tables = _find(submission, kampanye)
    main = [table for table in tables if table.kind in ENOUGH_ALONE]
    if not main:
        _tell_why_none(submission, kampanye)
        return
    submission.lembar = {table.kind for table in tables}
    submission.contoh = any(_is_marked(sheet) for sheet in submission.sheets)
    filled = [table for table in tables if any(True for _ in table.rows())]
    if not any(table.kind in ENOUGH_ALONE for table in filled):
        found.add("tanpa_isi", main[0].sheet.name)
        return
    submission.kolom_nip = {(t.sheet.name, t.columns["nip"]) for t in filled if "nip" in t.columns}
    _tell_layout(submission, filled, kampanye)
    residents.read_residents(submission, [t for t in filled if t.kind == RESIDENTS], path, kampanye, today)
    filled = [table for table in filled if table.kind != RESIDENTS]
    if not any(table.kind in MAIN for table in filled):
        return
    origins = find_origins(submission, filled, book, path, kampanye)
    _read_tables(submission, filled, origins, kampanye, today, history, classifier)
    _tell_unread_people(submission, filled)
    compare_with_earlier(submission, history)


def _find(submission: Submission, kampanye: Campaign) -> list[Table]:
    """The tables of the visible sheets; of hidden ones only where no visible sheet has a table of people or counts."""
    words = kampanye.columns
    by_sheet = [(sheet, _unless_downwards(sheet, find_tables(sheet, words), words)) for sheet in submission.sheets]
    seen = [t for sheet, tables in by_sheet if not sheet.hidden for t in tables]
    if any(table.kind in ENOUGH_ALONE for table in seen):
        for sheet, tables in by_sheet:
            if sheet.hidden and any(table.kind in ENOUGH_ALONE for table in tables):
                submission.temuan.add("lembar_tersembunyi", sheet.name)
        return seen
    every = [table for _, tables in by_sheet for table in tables]
    if not any(table.kind in ENOUGH_ALONE for table in every):
        downwards = [t for sheet, _ in by_sheet if (t := counts.find_downwards(sheet, words))]
        every += downwards[:1]
    return every


def _unless_downwards(sheet: Sheet, tables: list[Table], words: dict[str, Any]) -> list[Table]:
    """The tables of a sheet; one that counts downwards under "Uraian | Jumlah" is no list of headcounts."""
    if len(tables) == 1 and tables[0].kind == "rekap" and set(tables[0].columns) <= {"nomor", "jumlah_asn"}:
        downwards = counts.find_downwards(sheet, words)
        return [downwards] if downwards else tables
    return tables


def _tell_why_none(submission: Submission, kampanye: Campaign) -> None:
    """No table of people or counts: where people are listed without a status, that is what is missing."""
    for sheet in submission.sheets:
        lacking = heading_without_status(sheet, kampanye.columns)
        if lacking is not None:
            submission.temuan.add("tanpa_status", sheet.name, *lacking)
            return
    submission.temuan.add("tanpa_tabel")


def _tell_unread_people(submission: Submission, tables: list[Table]) -> None:
    """NIPs on a visible sheet, or beside a table, that no list holds: somebody may have meant them to count."""
    listed = {row["nip"] for row in submission.tables.get("nominatif", [])}
    if not listed:
        return
    used = {(id(t.sheet), t.columns["nip"]) for t in tables if "nip" in t.columns}
    for sheet in submission.sheets:
        unread = {
            nip.digits
            for line in sheet.cells
            for at, cell in enumerate(line)
            if isinstance(cell, str) and len(cell) >= 18 and (id(sheet), at) not in used and not sheet.hidden
            if not (nip := read_nip(cell, None, date.max)).salah and not nip.rusak
        }
        if len(unread - listed) > 2:  # one or two stand in signatures
            submission.temuan.add("lembar_tidak_dibaca", sheet.name, banyak=len(unread - listed))


def _tell_layout(submission: Submission, tables: list[Table], kampanye: Campaign) -> None:
    found, secret = submission.temuan, vocabulary(kampanye.columns).secret
    for sheet in {id(t.sheet): t.sheet for t in tables}.values():
        if sheet.hidden_rows:
            found.add("baris_tersembunyi", sheet.name, banyak=sheet.hidden_rows)
    for table in tables:
        below = table.sheet.cells[table.heading + 1 : table.end]
        for at, cell in enumerate(table.sheet.cells[table.heading]):
            if fold(cell) in secret and any(at < len(line) and clean_text(line[at]) for line in below):
                heading = clean_text(cell)
                found.add("kolom_rahasia", table.sheet.name, table.heading, at, heading, heading)


def _read_tables(
    submission: Submission,
    tables: list[Table],
    origins: dict[int, Origin],
    kampanye: Campaign,
    today: date,
    history: History,
    classifier: Classifier,
) -> None:
    """Fill submission.tables; nominatif first, because its counts become the rekap."""
    found = submission.temuan
    nips: dict[str, str] = {}
    days: set[tuple[str, date]] = set()
    masked = 0
    for at, table in enumerate(sorted(tables, key=lambda t: ORDER.index(t.kind))):
        origin = origins[id(table)]
        own_office = "opd" in table.columns and table.kind in MAIN
        if not origin.opd and not own_office:
            found.add("tanpa_opd", table.sheet.name)
        if table.kind == "nominatif" and origin.as_of is None and relies_on(table) and not found.refuses:
            found.add("tanpa_tanggal", table.sheet.name)
        lacks_date = origin.as_of is None and relies_on(table) and table.kind == "nominatif"
        if origin.opd == "?" or lacks_date or (not origin.opd and not own_office):
            continue
        if origin.as_of is not None and relies_on(table):
            check_date(found, table, origin.as_of, kampanye, today)
        reader = rows.Reader(
            kampanye, table, found, today, origin.opd, origin.as_of, origin.fixed, classifier, nips=nips, days=days
        )
        read = _read(table, reader, history)
        masked += reader.masked
        if table.kind == "rekap" and submission.tables.get("nominatif"):
            _compare(found, table, _counts_of(submission, kampanye), read)
        # Sheets of one kind keep their row numbers apart: (kiriman, baris) is the key in the store.
        kept = submission.tables.setdefault(table.kind, [])
        kept.extend(row | {"baris": row["baris"] + SHEET_STEP * at, "lembar": table.sheet.name} for row in read)
    if masked:
        found.add("samar", banyak=masked)
    _conclude(submission, kampanye)


def _read(table: Table, reader: rows.Reader, history: History) -> list[dict[str, Any]]:
    if table.kind == "nominatif":
        return people.read_nominatif(reader, history)
    if table.kind == "rekap":
        return counts.read_rekap(reader)
    return rows.read_kendala(reader) if table.kind == "kendala" else rows.read_sosialisasi(reader)


def _counts_of(submission: Submission, kampanye: Campaign) -> list[dict[str, Any]]:
    """The counts of the nominatif, by office and day."""
    groups: dict[tuple[str, date], list[dict[str, Any]]] = {}
    for row in submission.tables["nominatif"]:
        groups.setdefault((row["opd"], row["tanggal_data"]), []).append(row)
    counted = [people.counted(group, kampanye.counted_kinds) for group in groups.values()]
    return [row | {"baris": -at} for at, row in enumerate(counted)]


def _conclude(submission: Submission, kampanye: Campaign) -> None:
    found = submission.temuan
    if everyone := submission.tables.get("nominatif"):
        submission.contoh = submission.contoh or rows.looks_invented(everyone, SAMPLE_SERIALS)
        left = [row["jenis_asn"] for row in everyone if row["jenis_asn"] not in kampanye.counted_kinds]
        if left:
            kinds, counted = ", ".join(sorted(set(left))), ", ".join(kampanye.counted_kinds)
            found.add("tidak_dihitung", everyone[0]["lembar"], value=kinds, banyak=len(left), dihitung=counted)
        own = _counts_of(submission, kampanye)
        spoken = {(row["opd"], row["tanggal_data"]) for row in own}
        # The nominatif speaks for its own day; a rekap beside it may add earlier ones.
        others = [r for r in submission.tables.get("rekap", []) if (r["opd"], r["tanggal_data"]) not in spoken]
        submission.tables["rekap"] = [*own, *others]
    counted_rows = submission.tables.get("rekap", [])
    if not counted_rows and not found.refuses:
        found.add("tanpa_isi")
    submission.opd = sorted({row["opd"] for row in counted_rows if row["opd"]}) or submission.opd
    submission.tanggal_data = max((row["tanggal_data"] for row in counted_rows if row["tanggal_data"]), default=None)


def _compare(found: Findings, table: Table, own: list[dict[str, Any]], given: list[dict[str, Any]]) -> None:
    """Nominatif wins over the rekap sheet of the same workbook, but they must agree where they speak of one day."""
    counted = {(row["opd"], row["tanggal_data"]): row for row in own}
    newest = max(row["tanggal_data"] for row in own)
    for row in given:
        if row["tanggal_data"] is not None and row["tanggal_data"] > newest:
            found.add("sesudah_data", table.sheet.name, value=day(row["tanggal_data"]), tanggal_data=day(newest))
        same = counted.get((row["opd"], row["tanggal_data"]))
        for name in ("jumlah_asn", "berhasil", "gagal", "belum") if same else ():
            assert same
            if row[name] is not None and row[name] != same[name]:
                found.add("dua_bentuk", table.sheet.name, alasan=f"{name}: nominatif {same[name]}, rekap {row[name]}")


def _is_marked(sheet: Sheet) -> bool:
    return any(SAMPLE_MARK in clean_text(cell).upper() for line in sheet.cells[:10] for cell in line)
