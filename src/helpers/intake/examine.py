"""One file from cells to rows of the store: find its tables, whose they are and of which day, read and check them.

Opening the file is left to workbook.py, keeping what is accepted to receive.py.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from helpers.campaign import Campaign
from helpers.intake import counts, people, rows, titles
from helpers.intake.classify import Classifier
from helpers.intake.findings import Findings
from helpers.intake.history import History, Person
from helpers.intake.identity import SAMPLE_SERIALS, mask
from helpers.intake.offices import Match, office_in_text
from helpers.intake.tables import Table, find_tables
from helpers.intake.values import clean_text, fold
from helpers.intake.vocabulary import vocabulary
from helpers.intake.workbook import SAMPLE_MARK, Book, Sheet
from helpers.wording import day, join, percent

ORDER = ("nominatif", "rekap", "kendala", "sosialisasi")
_MAIN = ("nominatif", "rekap")
_SHEET_STEP = 10_000_000
_JUMP = 0.10
FEEDBACK_SHEET = "Yang diperbaiki"


@dataclass
class Submission:
    """A file after reading: what it says, what was found, and whether it is taken."""

    berkas: str
    sidik: str = ""  # SHA-256 of the file
    opd: list[str] = field(default_factory=list)
    tanggal_data: date | None = None
    contoh: bool = False
    lama: bool = False  # accepted before: nothing to do
    lembar: set[str] = field(default_factory=set)  # kinds of tables found, empty ones too
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    temuan: Findings = field(default_factory=Findings)
    sheets: list[Sheet] = field(default_factory=list)  # as sent, for the feedback
    kolom_nip: set[tuple[str, int]] = field(default_factory=set)  # sheet and column that hold NIPs
    pindah: list[tuple[dict[str, Any], Person]] = field(default_factory=list)  # people whom other offices must hear of

    @property
    def hasil(self) -> str:
        """diterima or ditolak."""
        return "ditolak" if self.temuan.refuses and not self.lama else "diterima"

    @property
    def jumlah(self) -> int:
        """People on its newest date, over all offices of the file."""
        return sum(row["jumlah_asn"] or 0 for row in self._newest())

    def total(self, status: str) -> int | None:
        """People with a status on each office's newest date; None where the file does not say."""
        known = [n for row in self._newest() if (n := row.get(status)) is not None]
        return sum(known) if known else None

    def _newest(self) -> list[dict[str, Any]]:
        ordered = sorted(self.tables.get("rekap", []), key=lambda r: str(r["tanggal_data"]))
        return list({row["opd"]: row for row in ordered}.values())


@dataclass
class _Origin:
    """Whose a table is: office ("" where its rows must say), whether that is fixed, and its day."""

    opd: str
    fixed: bool
    as_of: date | None


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
    tables = _find(submission, kampanye)
    main = [table for table in tables if table.kind in _MAIN]
    if not main:
        found.add("tanpa_tabel")
        return
    submission.lembar = {table.kind for table in tables}
    submission.contoh = any(_is_marked(sheet) for sheet in submission.sheets)
    filled = [table for table in tables if any(True for _ in table.rows())]
    if not any(table.kind in _MAIN for table in filled):
        found.add("tanpa_isi", main[0].sheet.name)
        return
    submission.kolom_nip = {(t.sheet.name, t.columns["nip"]) for t in filled if "nip" in t.columns}
    _tell_layout(submission, filled, kampanye)
    origins = _origins(submission, filled, book, path, kampanye)
    _read_tables(submission, filled, origins, kampanye, today, history, classifier)
    _compare_with_earlier(submission, history, kampanye)


def _find(submission: Submission, kampanye: Campaign) -> list[Table]:
    """The tables of the visible sheets; of hidden ones only where no visible sheet has a table of people or counts."""
    words = kampanye.columns
    by_sheet = [(sheet, find_tables(sheet, words)) for sheet in submission.sheets]
    seen = [t for sheet, tables in by_sheet if not sheet.hidden for t in tables]
    if any(table.kind in _MAIN for table in seen):
        for sheet, tables in by_sheet:
            if sheet.hidden and any(table.kind in _MAIN for table in tables):
                submission.temuan.add("lembar_tersembunyi", sheet.name)
        return seen
    every = [table for _, tables in by_sheet for table in tables]
    if not any(table.kind in _MAIN for table in every):
        downwards = [t for sheet, _ in by_sheet if (t := counts.find_downwards(sheet, words))]
        every += downwards[:1]
    return every


def _tell_layout(submission: Submission, tables: list[Table], kampanye: Campaign) -> None:
    found, secret = submission.temuan, vocabulary(kampanye.columns).secret
    for sheet in {id(t.sheet): t.sheet for t in tables}.values():
        if sheet.hidden_rows:
            found.add("baris_tersembunyi", sheet.name, banyak=sheet.hidden_rows)
    for table in tables:
        for at, cell in enumerate(table.sheet.cells[table.heading]):
            if fold(cell) in secret and any(at < len(l) and clean_text(l[at]) for l in table.sheet.cells[table.heading + 1 :]):
                heading = clean_text(cell)
                found.add("kolom_rahasia", table.sheet.name, table.heading, at, heading, heading)


def _origins(
    submission: Submission, tables: list[Table], book: Book, path: Path, kampanye: Campaign
) -> dict[int, _Origin]:
    """Office and day of each table: the form's code, labels, titles, other tables of the file, the file's name."""
    found = submission.temuan
    code = clean_text(book.properties.get("kode_opd", ""))
    form = code if code in set(kampanye.units["kode"]) else ""
    labels = {id(table): titles.labelled_office(table) for table in tables}
    titled = {id(table): titles.titled_office(table, kampanye) for table in tables}
    origins = {id(t): _Origin(form, bool(form), None) for t in tables}
    for table in tables:
        origin, label = origins[id(table)], labels[id(table)]
        written = titles.written_office(label, kampanye) if label else Match()
        if label and form and written.kode != form:
            other = written.kode or label
            found.add("opd_ragu", table.sheet.name, value=label, calon=f"{form} (kode formulir) atau {other}")
        elif label and not form:
            if not written.kode:
                _tell_unknown_office(found, table.sheet.name, label, written)
            origin.opd, origin.fixed = written.kode or "?", True
        elif not form:
            origin.opd = titled[id(table)].kode
    _spread_offices(submission, tables, origins, titled, path, kampanye)
    _dates(found, tables, origins, path, kampanye)
    return origins


def _tell_unknown_office(found: Findings, sheet: str, text: str, match: Match) -> None:
    shown = mask(text)[0]
    if match.calon:
        found.add("opd_ragu", sheet, value=shown, calon=" atau ".join(match.calon))
    elif ("opd_asing", shown) not in [(f.kode, f.nilai) for f in found.items]:
        found.add("opd_asing", value=shown)


def _on_covers(submission: Submission, tables: list[Table], kampanye: Campaign) -> Match | None:
    """The one office that sheets without a table name: a cover page."""
    with_table = {id(table.sheet) for table in tables}
    covers = [sheet for sheet in submission.sheets if id(sheet) not in with_table and not sheet.hidden]
    texts = [clean_text(cell) for sheet in covers for line in sheet.cells[:30] for cell in line if isinstance(cell, str)]
    found = {match.kode for text in texts if 0 < len(text) <= 120 and (match := office_in_text(text, kampanye.units)).kode}
    return Match(found.pop()) if len(found) == 1 else None


def _spread_offices(
    submission: Submission,
    tables: list[Table],
    origins: dict[int, _Origin],
    titled: dict[int, Match],
    path: Path,
    kampanye: Campaign,
) -> None:
    """A table that names no office is of the office of its file: the other tables', else the file name's."""
    found = submission.temuan
    known = dict.fromkeys(o.opd for o in origins.values() if o.opd)
    named = _on_covers(submission, tables, kampanye) or titles.named_office(path, kampanye)
    for table in tables:
        origin = origins[id(table)]
        if origin.opd:
            continue
        if "opd" not in table.columns and table.kind in _MAIN and _units_are_offices(table, kampanye):
            table.columns["opd"] = table.columns.pop("unit")
        if len(known) == 1:
            origin.opd = next(iter(known))
            origin.fixed = any(o.fixed for o in origins.values())
        elif "opd" not in table.columns or table.kind not in _MAIN:
            doubt = titled[id(table)].calon or named.calon
            origin.opd = "" if known or titled[id(table)].calon else named.kode
            if not origin.opd and doubt:
                found.add("opd_ragu", table.sheet.name, value=path.stem, calon=" atau ".join(doubt))
                origin.opd = "?"
        elif table.kind == "nominatif" or not known:
            origin.opd = named.kode
    said = {o.opd for o in origins.values()} - {"", "?"}
    if len(said) == 1 and named.kode and named.kode not in said and "?" not in {o.opd for o in origins.values()}:
        found.add("opd_nama_berkas", value=path.name, lain=named.kode, opd=said.pop())


def _units_are_offices(table: Table, kampanye: Campaign) -> bool:
    texts = {row.text("unit") for row in table.rows() if row.text("unit")} if "unit" in table.columns else set()
    return bool(texts) and all(titles.written_office(text, kampanye).kode for text in texts)


def _dates(
    found: Findings, tables: list[Table], origins: dict[int, _Origin], path: Path, kampanye: Campaign
) -> None:
    own = {id(table): titles.data_date(table, kampanye) for table in tables}
    doubtful = False
    for table in tables:
        day_found = own[id(table)]
        origins[id(table)].as_of = day_found.hari
        if day_found.teks:
            doubtful = True
            assert day_found.tempat
            found.add("tanggal_salah", table.sheet.name, *day_found.tempat, "Tanggal Data", day_found.teks)
    days = list(dict.fromkeys(o.as_of for o in origins.values() if o.as_of))
    of_file = titles.date_in_name(path, kampanye)
    for table in tables:
        origin, candidates = origins[id(table)], own[id(table)].calon
        if origin.as_of or doubtful:
            continue
        if len(days) == 1:
            origin.as_of = days[0]
        elif of_file and (not candidates or of_file in candidates):
            origin.as_of = of_file
        elif candidates and table.kind in _MAIN and _relies_on(table):
            found.add("tanggal_ragu", table.sheet.name, calon=join(day(d) for d in candidates))


def _relies_on(table: Table) -> bool:
    """Whether a table takes its date from the file: it has a row without a date of its own."""
    return table.kind in _MAIN and any(not row.text("tanggal_data") for row in table.rows())


def _read_tables(
    submission: Submission,
    tables: list[Table],
    origins: dict[int, _Origin],
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
        own_office = "opd" in table.columns and table.kind in _MAIN
        if not origin.opd and not own_office:
            found.add("tanpa_opd", table.sheet.name)
        if table.kind == "nominatif" and origin.as_of is None and _relies_on(table) and not found.refuses:
            found.add("tanpa_tanggal", table.sheet.name)
        lacks_date = origin.as_of is None and _relies_on(table) and table.kind == "nominatif"
        if origin.opd == "?" or lacks_date or (not origin.opd and not own_office):
            continue
        if origin.as_of is not None and _relies_on(table):
            _check_date(found, table, origin.as_of, kampanye, today)
        reader = rows.Reader(
            kampanye, table, found, today, origin.opd, origin.as_of, origin.fixed, classifier, nips=nips, days=days
        )
        read = _read(table, reader, history)
        masked += reader.masked
        if table.kind == "rekap" and submission.tables.get("nominatif"):
            _compare(found, table, _counts_of(submission, kampanye), read)
        # Sheets of one kind keep their row numbers apart: (kiriman, baris) is the key in the store.
        kept = submission.tables.setdefault(table.kind, [])
        kept.extend(row | {"baris": row["baris"] + _SHEET_STEP * at, "lembar": table.sheet.name} for row in read)
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
    submission.opd = sorted({row["opd"] for row in counted_rows if row["opd"]})
    submission.tanggal_data = max((row["tanggal_data"] for row in counted_rows if row["tanggal_data"]), default=None)


def _check_date(found: Findings, table: Table, as_of: date, kampanye: Campaign, today: date) -> None:
    if as_of < kampanye.mulai:
        found.add("sebelum_mulai", table.sheet.name, value=day(as_of), mulai=day(kampanye.mulai))
    elif as_of > today:
        found.add("masa_depan", table.sheet.name, value=day(as_of))
    elif as_of > kampanye.selesai:
        found.add("lewat_masa", table.sheet.name, value=day(as_of), selesai=day(kampanye.selesai))


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


def _compare_with_earlier(submission: Submission, history: History, kampanye: Campaign) -> None:
    """Headcounts that jump, rates that fall, people whom another office lists too."""
    found = submission.temuan
    if found.refuses:
        return
    so_far: dict[str, tuple[date, int, int | None]] = {}
    for row in sorted(submission.tables.get("rekap", []), key=lambda r: (r["opd"], r["tanggal_data"])):
        total, done = row["jumlah_asn"], row["berhasil"]
        before = history.before(row["opd"], row["tanggal_data"])
        last = (before.tanggal, before.jumlah, before.berhasil) if before else None
        if row["opd"] in so_far and (last is None or so_far[row["opd"]][0] > last[0]):
            last = so_far[row["opd"]]
        so_far[row["opd"]] = (row["tanggal_data"], total, done)
        if last is None:
            continue
        sheet, place = row.get("lembar", ""), (row["baris"] - 1) % _SHEET_STEP if row["baris"] > 0 else None
        when = day(last[0])
        if last[1] and abs(total / last[1] - 1) > _JUMP:
            change = percent(abs(total / last[1] - 1))
            found.add("lonjakan", sheet, place, value=total, jumlah=total, lalu=last[1], tanggal=when, persen=change)
        if done is not None and last[2] is not None and total and last[1] and done / total < last[2] / last[1] - 1e-9:
            now, then = percent(done / total), f"{last[2]} dari {last[1]} ({percent(last[2] / last[1])})"
            found.add(
                "capaian_turun", sheet, place, value=done, berhasil=done, jumlah=total, kini=now, lalu=then, tanggal=when
            )
    everyone = submission.tables.get("nominatif", [])
    for person in everyone:
        for row, other, newer in people.transfers([person], history, person["tanggal_data"]):
            code = "nip_pindah" if newer else "nip_di_tempat_lain"
            line = (row["baris"] - 1) % _SHEET_STEP
            column = next((at for sheet, at in submission.kolom_nip if sheet == row["lembar"]), None)
            found.add(code, row["lembar"], line, column, "NIP", row["nip"], lain=other.opd, tanggal=day(other.tanggal))
            submission.pindah.append((row, other))


def _is_marked(sheet: Sheet) -> bool:
    return any(SAMPLE_MARK in clean_text(cell).upper() for line in sheet.cells[:10] for cell in line)
