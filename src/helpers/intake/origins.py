"""Whose each table of a file is, and of which day: the form's code, labels, titles, other tables, the file's name.

What a title says is read in titles.py; here it is decided which word counts.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from helpers.campaign import Campaign
from helpers.intake import titles
from helpers.intake.findings import Findings
from helpers.intake.identity import mask
from helpers.intake.offices import Match, office_in_text
from helpers.intake.submission import ENOUGH_ALONE, MAIN, Submission
from helpers.intake.tables import Table
from helpers.intake.values import clean_text
from helpers.intake.workbook import Book
from helpers.wording import day, join


@dataclass
class Origin:
    """Whose a table is: office ("" where its rows must say), whether that is fixed, and its day."""

    opd: str
    fixed: bool
    as_of: date | None


def find_origins(
    submission: Submission, tables: list[Table], book: Book, path: Path, kampanye: Campaign
) -> dict[int, Origin]:
    """Office and day of each table: the form's code, labels, titles, other tables of the file, the file's name."""
    found = submission.temuan
    code = clean_text(book.properties.get("kode_opd", ""))
    form = code if code in set(kampanye.units["kode"]) else ""
    labels = {id(table): titles.labelled_office(table) for table in tables}
    # What the form says needs no titles.
    titled = {id(table): Match() if form else titles.titled_office(table, kampanye) for table in tables}
    origins = {id(t): Origin(form, bool(form), None) for t in tables}
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
    find_dates(found, tables, origins, path, kampanye)
    submission.opd = sorted({origin.opd for origin in origins.values()} - {"", "?"})
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
    texts = [
        clean_text(cell) for sheet in covers for line in sheet.cells[:30] for cell in line if isinstance(cell, str)
    ]
    found = {
        match.kode for text in texts if 0 < len(text) <= 120 and (match := office_in_text(text, kampanye.units)).kode
    }
    return Match(found.pop()) if len(found) == 1 else None


def _spread_offices(
    submission: Submission,
    tables: list[Table],
    origins: dict[int, Origin],
    titled: dict[int, Match],
    path: Path,
    kampanye: Campaign,
) -> None:
    """A table that names no office is of the office of its file: the other tables', else the file name's."""
    found = submission.temuan
    known = dict.fromkeys(o.opd for o in origins.values() if o.opd)
    named = titles.named_office(path, kampanye)
    if not all(origin.opd for origin in origins.values()):
        named = _on_covers(submission, tables, kampanye) or named
    for table in tables:
        origin = origins[id(table)]
        if origin.opd:
            continue
        if "opd" not in table.columns and table.kind in MAIN and _units_are_offices(table, kampanye):
            table.columns["opd"] = table.columns.pop("unit")
        if len(known) == 1:
            origin.opd = next(iter(known))
            origin.fixed = any(o.fixed for o in origins.values())
        elif "opd" not in table.columns or table.kind not in MAIN:
            doubt = titled[id(table)].calon or named.calon
            origin.opd = "" if known or titled[id(table)].calon else named.kode
            if not origin.opd and doubt:
                found.add(
                    "opd_ragu", table.sheet.name, value=titled[id(table)].teks or path.stem, calon=" atau ".join(doubt)
                )
                origin.opd = "?"
        elif table.kind == "nominatif" or not known:
            origin.opd = named.kode
    said = {o.opd for o in origins.values()} - {"", "?"}
    if len(said) == 1 and named.kode and named.kode not in said and "?" not in {o.opd for o in origins.values()}:
        found.add("opd_nama_berkas", value=path.name, lain=named.kode, opd=said.pop())


def _units_are_offices(table: Table, kampanye: Campaign) -> bool:
    texts = {row.text("unit") for row in table.rows() if row.text("unit")} if "unit" in table.columns else set()
    return bool(texts) and all(titles.written_office(text, kampanye).kode for text in texts)


def find_dates(
    found: Findings, tables: list[Table], origins: dict[int, Origin], path: Path, kampanye: Campaign
) -> None:
    """Fill in the day of each table: labels and titles, other tables of the file, the file's name."""
    own = {id(table): titles.data_date(table, kampanye) for table in tables}
    doubtful = False
    for table in tables:
        day_found = own[id(table)]
        origins[id(table)].as_of = day_found.hari
        if day_found.dua_arti and day_found.tempat and day_found.hari:
            written, meant = day_found.dua_arti, day(day_found.hari)
            found.add("tanggal_dua_arti", table.sheet.name, *day_found.tempat, "Tanggal Data", written, dibaca=meant)
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
        elif candidates and relies_on(table):
            found.add("tanggal_ragu", table.sheet.name, calon=join(day(d) for d in candidates))


def relies_on(table: Table) -> bool:
    """Whether a table takes its date from the file: it has a row without a date of its own."""
    return table.kind in ENOUGH_ALONE and any(not row.text("tanggal_data") for row in table.rows())


def check_date(found: Findings, table: Table, as_of: date, kampanye: Campaign, today: date) -> None:
    """Findings for a day of the whole table that lies before, after or beyond the campaign."""
    if as_of < kampanye.mulai:
        found.add("sebelum_mulai", table.sheet.name, value=day(as_of), mulai=day(kampanye.mulai))
    elif as_of > today:
        found.add("masa_depan", table.sheet.name, value=day(as_of))
    elif as_of > kampanye.selesai:
        found.add("lewat_masa", table.sheet.name, value=day(as_of), selesai=day(kampanye.selesai))
