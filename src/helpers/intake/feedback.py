"""What goes back to an office: a workbook whose first sheet says in order what to mend, and its own sheets with the
cells marked. It can be mended right there and sent again.

Every value is written as text, number or date, never as a formula; numbers that identify a person are masked, NIPs in
their own column excepted.
"""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from helpers.intake.examine import FEEDBACK_SHEET
from helpers.intake.findings import Finding
from helpers.intake.form_style import STYLES
from helpers.intake.identity import mask
from helpers.intake.submission import RESIDENTS, Submission
from helpers.intake.values import clean_text
from helpers.intake.workbook import Sheet
from helpers.wording import day, join, number

_MAX_ROWS, _MAX_COLUMNS, _MAX_NOTES = 6000, 60, 400
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_CELL = re.compile(r"[A-Z]{1,3}[0-9]+")
_ACTIONS = {"tolak": "Perbaiki", "peringatan": "Periksa", "catatan": "Catatan"}
_FILLS = {"tolak": "#F6C9B8", "peringatan": "#FBE7B2", "catatan": "#DBE4EE"}
_HEADINGS = {"No": 5, "Yang dilakukan": 15, "Lembar": 14, "Sel": 20, "Kolom": 16, "Isi sekarang": 26, "Penjelasan": 64}
_SHOWN_CELLS, _SHOWN_LINES = 4, 10


def write_feedback(folder: Path, submission: Submission, taken: set[str] | None = None) -> Path:
    """Write <berkas>.xlsx into `folder`; names in `taken` (of the same batch) are not used twice."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / _name(submission, taken if taken is not None else set())
    findings = list(submission.temuan)
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": f"Umpan balik {submission.berkas}", "created": datetime(2020, 1, 1)})
        for name, text in submission.ciri.items():
            book.set_custom_property(name, text[:255], "text")
        shown = [sheet for sheet in submission.sheets if sheet.cells and not sheet.hidden]
        names = _sheet_names(shown)
        # Nothing to mend: the sender needs a receipt, not a copy.
        copied = names if any(f.tingkat != "catatan" and f.sel for f in findings) else {}
        first = book.add_worksheet(FEEDBACK_SHEET)
        _list(first, book, submission, findings, copied)
        for at, sheet in enumerate(shown):
            if copied:
                _copy(book.add_worksheet(names[at]), book, sheet, submission, findings)
    return target


def write_all(folder: Path, submissions: list[Submission]) -> list[Path]:
    """The feedback of each file of a batch, in order, and a notice to every office whose people another one claims."""
    taken: set[str] = set()
    written = [write_feedback(folder, submission, taken) for submission in submissions]
    for opd, rows in _claimed(submissions).items():
        _write_notice(folder / f"pemberitahuan_{opd}.xlsx", opd, rows)
    return written


def _claimed(submissions: list[Submission]) -> dict[str, list[list[str]]]:
    """For each other office the people of its list who stand on a list taken in now."""
    told: dict[str, list[list[str]]] = {}
    for submission in submissions:
        if submission.hasil == "diterima" and not submission.lama:
            for row, other in submission.pindah:
                newer = row["tanggal_data"] >= other.tanggal
                where = row["opd"] if newer else other.opd
                line = [other.nip, other.nama, day(other.tanggal), row["opd"], day(row["tanggal_data"]), where]
                told.setdefault(other.opd, []).append(line)
    return told


def _write_notice(target: Path, opd: str, rows: list[list[str]]) -> None:
    headings = {
        "NIP": 21, "Nama": 34, "Tanggal daftar Anda": 20, "Juga pada daftar OPD": 20, "Tanggal daftar itu": 20,
        "Dihitung pada OPD": 18,
    }  # fmt: skip
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": f"Pemberitahuan {opd}", "created": datetime(2020, 1, 1)})
        sheet = book.add_worksheet(FEEDBACK_SHEET)
        title, head = book.add_format(STYLES["title"]), book.add_format(STYLES["head"])
        cell = book.add_format({"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": "#D7DCE2"})
        sheet.hide_gridlines(2)
        _print_set_up(sheet, landscape=True)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, f"Pemberitahuan untuk {opd}: ASN yang juga tercantum pada OPD lain", title)
        sheet.write_string(
            1,
            0,
            "Tiap orang dihitung sekali, pada daftar yang lebih baru; pada tanggal yang sama, yang diterima terakhir.",
        )
        sheet.write_string(2, 0, "Perbarui daftar bila sudah pindah tugas; bila belum, kirim daftar yang lebih baru.")
        for at, (heading, width) in enumerate(headings.items()):
            sheet.set_column(at, at, width)
            sheet.write_string(3, at, heading, head)
        for line, row in enumerate(rows, start=4):
            for at, text in enumerate(row):
                sheet.write_string(line, at, text, cell)


def _name(submission: Submission, taken: set[str]) -> str:
    # Not a path, whatever the sender called it.
    plain = re.sub(r"[^\w .()+,&@=-]", "_", clean_text(submission.berkas)).lstrip(".")[:120] or "berkas"
    name = f"{plain}.xlsx"
    if name.lower() in taken:
        name = f"{plain}.{submission.sidik[:8] or len(taken)}.xlsx"
    taken.add(name.lower())
    return name


def _list(sheet: Any, book: Any, submission: Submission, findings: list[Finding], copied: dict[int, str]) -> None:
    """The first sheet: the verdict, then one line for each thing to do, most urgent first."""
    cell = {"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": "#D7DCE2"}
    looks = {name: book.add_format(look) for name, look in (("title", STYLES["title"]), ("head", STYLES["head"]))}
    looks |= {level: book.add_format(cell | {"bg_color": color, "bold": True}) for level, color in _FILLS.items()}
    looks["text"] = book.add_format(cell)
    looks["number"] = book.add_format(cell | {"align": "center", "font_color": "#5B626B"})
    looks["link"] = book.add_format(cell | {"font_color": "#0B3C6F", "underline": 1})
    looks["verdict"] = book.add_format({"text_wrap": True, "valign": "vcenter"})
    for at, width in enumerate(_HEADINGS.values()):
        sheet.set_column(at, at, width)
    sheet.hide_gridlines(2)
    _print_set_up(sheet, landscape=True)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, f"Umpan balik: {mask(clean_text(submission.berkas))[0]}", looks["title"])
    text = verdict(submission)
    sheet.merge_range(1, 0, 1, len(_HEADINGS) - 1, text, looks["verdict"])
    sheet.set_row(1, 8 + 15 * (1 + len(text) // 150))
    groups = _grouped(findings)
    if not groups:
        sheet.write_string(3, 0, "Tidak ada yang perlu diperbaiki. Terima kasih.")
        return
    sheet.set_row(3, 22)
    for at, heading in enumerate(_HEADINGS):
        sheet.write_string(3, at, heading, looks["head"])
    sheet.repeat_rows(3)
    sheet.freeze_panes(4, 0)
    shown = [other.name for other in submission.sheets if other.cells and not other.hidden]
    tabs = {name: copied[at] for at, name in enumerate(shown) if at in copied}
    for line, own in enumerate(groups, start=4):
        _write_group(sheet, line, own, tabs.get(own[0].lembar), looks)


def _write_group(sheet: Any, line: int, own: list[Finding], tab: str | None, looks: dict[str, Any]) -> None:
    finding = own[0]
    cells = list(dict.fromkeys(f.sel for f in own if f.sel))
    more = len(cells) - _SHOWN_CELLS
    where = ", ".join(cells[:_SHOWN_CELLS]) + (f" dan {number(more)} lagi" if more > 0 else "")
    values = list(dict.fromkeys(f.nilai for f in own if f.nilai))
    value = _safe(", ".join(values[:4]) + (" …" if len(values) > 4 else ""))
    message = finding.pesan
    if len({f.pesan for f in own}) > 1:
        told = [f"{f.sel}: {f.pesan}" if f.sel else f.pesan for f in own[:_SHOWN_LINES]]
        message = "\n".join(
            [*told, f"… dan {number(len(own) - _SHOWN_LINES)} lagi"] if len(own) > _SHOWN_LINES else told
        )
    sheet.write_number(line, 0, line - 3, looks["number"])
    sheet.write_string(line, 1, _ACTIONS[finding.tingkat], looks[finding.tingkat])
    sheet.write_string(line, 2, _safe(finding.lembar), looks["text"])
    if tab and cells and _CELL.fullmatch(cells[0]):
        quoted = tab.replace("'", "''")
        sheet.write_url(line, 3, f"internal:'{quoted}'!{cells[0]}", looks["link"], where)
    else:
        sheet.write_string(line, 3, where, looks["text"])
    sheet.write_string(line, 4, _safe(finding.kolom), looks["text"])
    sheet.write_string(line, 5, value, looks["text"])
    sheet.write_string(line, 6, message, looks["text"])
    widths = ((message, 72), (where, 15), (value, 26), (finding.kolom, 16), (finding.lembar, 14))
    lines = max(sum(1 + len(part) // width for part in text.split("\n")) for text, width in widths)
    sheet.set_row(line, min(4 + 15 * lines, 400))


def _print_set_up(sheet: Any, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)


def verdict(submission: Submission, where: str = "di berkas asal, atau pada lembar salinan di belakang ini") -> str:
    """What became of a file, in a sentence or two; `where` cells are to be mended."""
    findings = list(submission.temuan)
    if submission.hasil == "ditolak":
        many = sum(f.tingkat == "tolak" for f in findings)
        return (
            f"DIKEMBALIKAN. Belum ada baris yang dihitung. Ada {number(many)} hal bertanda Perbaiki. Perbaiki selnya "
            f"({where}), simpan, lalu kirim ulang seluruh berkas."
        )
    doubtful = any(f.tingkat == "peringatan" for f in findings)
    check = " Hal bertanda Periksa tidak menghalangi; perbaiki pada kiriman berikutnya." if doubtful else ""
    when = f" keadaan {day(submission.tanggal_data)}" if submission.tanggal_data else ""
    again = "Sudah diterima sebelumnya" if submission.lama else "DITERIMA"
    if submission.ringkas:
        return f"{again}: {submission.ringkas}.{check}"
    told_of = _residents(submission)
    if told_of and not submission.opd:
        return f"{again}: rekap penduduk,{when}, {told_of}.{check}"
    who = join(submission.opd) if len(submission.opd) <= 3 else f"{number(len(submission.opd))} OPD"
    done = submission.total("berhasil")
    told = f", {number(done)} berhasil" if done is not None else ""
    more = f"; penduduk: {told_of}" if told_of else ""
    return f"{again}: {who},{when}, {number(submission.jumlah)} orang{told}{more}.{check}"


def _residents(submission: Submission) -> str:
    """What it says of families: "51 kelurahan, 6 kecamatan, 10.640 KK merespons"; "" if nothing."""
    if RESIDENTS not in submission.tables:
        return ""
    answered = submission.families("merespons")
    many = f", {number(answered)} KK merespons" if answered is not None else ""
    return f"{submission.of_places()}{many}"


def _grouped(findings: list[Finding]) -> list[list[Finding]]:
    """Findings of one sort and column together, in the order in which they should be mended."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.tingkat, finding.kode, finding.lembar, finding.kolom), []).append(finding)
    return list(groups.values())


def _sheet_names(sheets: list[Sheet]) -> dict[int, str]:
    """Names that Excel allows, each once."""
    names: dict[int, str] = {}
    used = {FEEDBACK_SHEET.lower()}
    for at, sheet in enumerate(sheets):
        plain = re.sub(r"[\[\]:*?/\\]", "_", clean_text(sheet.name)).strip("'")[:28] or "Kiriman"
        name = plain
        while name.lower() in used:
            name = f"{plain[:26]}_{len(used)}"
        used.add(name.lower())
        names[at] = name
    return names


def _copy(target: Any, book: Any, sheet: Sheet, submission: Submission, findings: Iterable[Finding]) -> None:
    plain = book.add_format({"num_format": "@"})
    dated = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    marked = {
        level: (
            book.add_format({"bg_color": color, "border": 1, "border_color": "#B9A79A", "num_format": "@"}),
            book.add_format(
                {"bg_color": color, "border": 1, "border_color": "#B9A79A", "num_format": "dd/mm/yyyy", "align": "left"}
            ),
        )
        for level, color in _FILLS.items()
    }
    notes: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings:
        if finding.lembar == sheet.name and _CELL.fullmatch(finding.sel):
            notes.setdefault(xl_cell_to_rowcol(finding.sel), []).append(finding)
    widths: dict[int, int] = {}
    for row, line in enumerate(sheet.cells[:_MAX_ROWS]):
        for column, cell in enumerate(line[:_MAX_COLUMNS]):
            own = notes.get((row, column))
            style = marked[own[0].tingkat] if own else (plain, dated)
            if cell == "" and not own:
                continue
            keep = (sheet.name, column) in submission.kolom_nip
            shown = _write(target, row, column, cell, style, keep)
            if sum(other != "" for other in line) > 2:  # a title may run over its neighbours
                widths[column] = max(widths.get(column, 0), min(len(shown), 44))
    for (row, column), own in list(notes.items())[:_MAX_NOTES]:
        told = "\n".join(f"{_ACTIONS[f.tingkat]}: {f.pesan}" for f in own)
        target.write_comment(
            row, column, told, {"x_scale": 2.2, "y_scale": 0.5 + 0.35 * told.count("\n") + len(told) / 160}
        )
    for column, width in widths.items():
        target.set_column(column, column, max(width + 2, 5))
    _print_set_up(target, landscape=sum(widths.values()) > 90)


def _write(target: Any, row: int, column: int, cell: Any, style: tuple[Any, Any], keep_nip: bool) -> str:
    """Write a cell so that it stays what it was; returns what is seen of it."""
    if isinstance(cell, bool):
        target.write_boolean(row, column, cell, style[0])
        return "TRUE"
    if isinstance(cell, date):
        moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
        if moment.year >= 1900:
            target.write_datetime(row, column, moment.replace(tzinfo=None), style[1])
            return "dd/mm/yyyy"
    if isinstance(cell, int | float) and math.isfinite(cell) and (abs(cell) < 1e11 or keep_nip):
        target.write_number(row, column, cell, style[0])
        return str(cell)
    text = clean_text(cell)
    is_nip = keep_nip and len(re.sub(r"\D", "", text)) >= 17 and not any(c.isalpha() for c in text)
    shown = text if is_nip else mask(text)[0]
    target.write_string(row, column, shown[:32_000], style[0])
    return shown


def _safe(text: str) -> str:
    return clean_text(text)[:200]
