"""A problem log that comes back from a meeting: recognised, its run and its meeting checked, its rows handed on.

What each row may say is decided in follow_up_rows.py; docs/decisions/017 says why the rules are as they are.
"""

import re
from datetime import date, timedelta
from typing import Any

from helpers.campaign import Campaign
from helpers.intake.follow_up_numbers import Matrix, Sitting
from helpers.intake.follow_up_rows import read_rows
from helpers.intake.headings import heading_names, match_names, match_roughly
from helpers.intake.history import History
from helpers.intake.names import Masker
from helpers.intake.submission import LogReturn, Submission
from helpers.intake.values import clean_text, fold, month_first, parse_date
from helpers.intake.vocabulary import vocabulary
from helpers.intake.workbook import SAMPLE_MARK, Book, Sheet
from helpers.report import handed_out
from helpers.report.handed_out import Run
from helpers.wording import day

KIND = "tindak_lanjut"
_OTHERS = frozenset({"inventarisasi", "riwayat", "daftar"})  # sheets of a log that are not its matrix
_REQUIRED = {"nomor": "No", "kode": "Kode", "status": "Status"}
_OPTIONAL = {
    "temuan": "Temuan", "rekomendasi": "Rekomendasi", "tindak_lanjut": "Tindak Lanjut", "pic": "Penanggung Jawab (PIC)",
    "tenggat": "Batas Waktu", "indikator": "Indikator/Output", "keterangan": "Keterangan",
}  # fmt: skip
_NOTE = re.compile(r"data sampai (.{6,40}?)\s*[·.;|-]\s*versi data ([\d.]{1,11})", re.IGNORECASE)
_SEARCHED = 60  # rows of a sheet in which its heading stands
_FIELDS = {"tanggal rapat": "rapat", "diputuskan oleh": "oleh", "dicatat oleh": "pencatat"}


def find_matrix(book: Book, kampanye: Campaign) -> tuple[Matrix | None, Run | None]:
    """The matrix of a returned log, and what is left of the run it is of; (None, None) for any other file."""
    run, noted = handed_out.read(book.properties), _noted(book.sheets)
    found = [m for sheet in book.sheets if not sheet.hidden and (m := _matrix_of(sheet, kampanye))]
    found.sort(key=lambda m: (fold(m.sheet.name) in _OTHERS, fold(m.sheet.name) != "tindak lanjut", -len(m.columns)))
    best = found[0] if found and (len(book.sheets) == 1 or fold(found[0].sheet.name) not in _OTHERS) else None
    if run is not None:
        return best, run
    if best is None or not {"temuan", "tindak_lanjut"} & set(best.columns):
        return None, None
    whole = len(best.columns) >= 5 and {"temuan", "status"} <= set(best.columns)
    if noted is not None:
        return best, Run("", *noted, None)
    return (best, Run("", None, None, None)) if whole else (None, None)


def read_log(
    submission: Submission, matrix: Matrix | None, run: Run, kampanye: Campaign, today: date, history: History
) -> None:
    """Fill a submission from a returned log; everything wrong becomes a finding."""
    found = submission.temuan
    submission.lembar = {KIND}
    submission.contoh = any(
        SAMPLE_MARK in clean_text(cell).upper()
        for sheet in submission.sheets
        for line in sheet.cells[:10]
        for cell in line
    )
    if matrix is None:
        found.add("log_tanpa_tabel")
        return
    noted = _noted([matrix.sheet]) or _noted(submission.sheets)
    if run.baris is None:
        found.add("log_tanpa_ciri", matrix.sheet.name)
    run = Run(
        run.kampanye,
        run.tanggal_data or (noted[0] if noted else None),
        run.versi_data if run.versi_data is not None or not noted else noted[1],
        run.baris,
    )
    submission.tanggal_data = run.tanggal_data
    _check_run(submission, matrix, run, kampanye, history)
    lacking = [name for name in _REQUIRED if name not in matrix.columns]
    for name in lacking:
        found.add("log_kolom_wajib", matrix.sheet.name, matrix.heading, value=_REQUIRED[name])
    for name, heading in _OPTIONAL.items():
        if name not in matrix.columns:
            found.add("log_kolom_hilang", matrix.sheet.name, matrix.heading, value=heading)
    if lacking or run.tanggal_data is None:
        return
    masker = Masker.of(history)
    sitting = _sitting(submission, matrix, run.tanggal_data, today, masker)
    rows, new, touched = read_rows(submission, matrix, run, sitting, masker, kampanye, history)
    if not touched and not sitting.rapat and not sitting.salah:
        found.add("log_utuh", matrix.sheet.name)
        submission.log = LogReturn(None, 0, 0, 0)
        return
    if sitting.rapat is None:
        if not sitting.salah:
            found.add("rapat_kosong", matrix.sheet.name, *sitting.tempat, "Tanggal rapat", contoh=_example(run))
        return
    if masker.nomor:
        found.add("samar", matrix.sheet.name, banyak=masker.nomor)
    if masker.nama:
        found.add("nama_samar", matrix.sheet.name, banyak=masker.nama)
    submission.tables[KIND] = rows
    done = sum(row["status"] == "Selesai" for row in rows)
    submission.log = LogReturn(sitting.rapat, len(rows), done, new)


def _matrix_of(sheet: Sheet, kampanye: Campaign) -> Matrix | None:
    """The row of a sheet that names most columns of the matrix."""
    known = vocabulary(kampanye.columns)
    best: Matrix | None = None
    for place, line in enumerate(sheet.cells[:_SEARCHED]):
        names = heading_names([line])
        if names is None or sum(map(bool, names)) < 3:
            continue
        columns = match_names(names, KIND, known, typing_errors=False)
        taken = set(columns.values())
        free = [(at, texts[0]) for at, texts in enumerate(names) if texts and at not in taken]
        match_roughly(free, columns, KIND, known)
        own = next((at for at, text in free if text == fold(kampanye.orang) and at not in columns.values()), None)
        if own is not None:
            columns.setdefault("orang", own)
        if len(columns) >= 3 and (best is None or len(columns) > len(best.columns)):
            best = Matrix(sheet, place, columns)
    return best


def _noted(sheets: list[Sheet]) -> tuple[date, int] | None:
    """Data date and version as the line above a table tells them."""
    for sheet in sheets:
        for line in sheet.cells[:15]:
            for cell in line:
                said = _NOTE.search(clean_text(cell)) if isinstance(cell, str) else None
                if said and (told := parse_date(said[1])):
                    return told, int(said[2].replace(".", "") or 0)
    return None


def _check_run(submission: Submission, matrix: Matrix, run: Run, kampanye: Campaign, history: History) -> None:
    """Whether the log is one that this store gave out, and no newer one is in force."""
    found, sheet, logs = submission.temuan, matrix.sheet.name, history.logs
    if run.kampanye and fold(run.kampanye) != fold(handed_out.name_of(kampanye)):
        found.add("log_asing", sheet, value=run.kampanye, kampanye=handed_out.name_of(kampanye))
        return
    if run.tanggal_data is None:
        found.add("log_tanpa_asal", sheet, contoh=f"Data sampai {day(kampanye.tanggal_data)} · versi data 1")
        return
    newest = max(filter(None, (logs.terbaru, kampanye.tanggal_data if logs.versi >= 0 else None)), default=None)
    if newest is None or run.tanggal_data > newest:
        ada = day(newest) if newest else "belum ada"
        found.add("log_belum_dikenal", sheet, value=day(run.tanggal_data), ada=ada)
    elif run.versi_data is not None and run.versi_data > logs.versi:
        found.add("log_versi_asing", sheet, value=run.versi_data, ada=logs.versi)
    later = max((row["log"] for row in logs.rows if row.get("log")), default=None)
    if later is not None and later > run.tanggal_data:
        found.add("log_didahului", sheet, value=day(run.tanggal_data), ada=day(later))
    elif logs.terbaru is not None and logs.terbaru > run.tanggal_data:
        found.add("log_lama", sheet, value=day(run.tanggal_data), ada=day(logs.terbaru))


def _sitting(submission: Submission, matrix: Matrix, made: date, today: date, masker: Masker) -> Sitting:
    """When the meeting was and who decided, from the fields above the table."""
    found, sheet = submission.temuan, matrix.sheet
    places: dict[str, tuple[int, int]] = {}
    values: dict[str, Any] = {}
    for row, line in enumerate(sheet.cells[: matrix.heading]):
        for at, cell in enumerate(line):
            name = next((n for text, n in _FIELDS.items() if fold(cell).startswith(text)), None) if cell != "" else None
            if name and name not in values:
                _, colon, said = clean_text(cell).partition(":")
                right = next(((c, v) for c, v in enumerate(line[at + 1 :], at + 1) if clean_text(v)), None)
                places[name] = (row, right[0] if right else at if colon and said.strip() else at + 1)
                values[name] = right[1] if right else said.strip()
    spot = places.get("rapat", (None, None))
    rapat, wrong = None, False
    if "rapat" in values and clean_text(values["rapat"]):
        rapat = _meeting_day(submission, sheet.name, spot, values["rapat"], made, today)
        wrong = rapat is None
    who = {}
    for name in ("oleh", "pencatat"):
        text = clean_text(values.get(name, ""))[:300]
        who[name], hidden = masker.hide(text)
        if hidden:
            found.add("bukan_jabatan", sheet.name, *places[name], value=who[name])
    if rapat is not None and not who["oleh"]:
        found.add("rapat_tanpa_pemutus", sheet.name, *places.get("oleh", (None, None)))
    return Sitting(rapat, who["oleh"], wrong, spot, bool(who["oleh"] or who["pencatat"]))


def _meeting_day(
    submission: Submission, sheet: str, spot: tuple[int | None, int | None], cell: Any, made: date, today: date
) -> date | None:
    """The day of the meeting: from the log's data date to today. Where only the month first fits, it is taken so."""
    found, value, other = submission.temuan, parse_date(cell), month_first(cell)
    title, text = "Tanggal rapat", clean_text(cell)
    fits = value is not None and made <= value <= today
    if other is not None and other != value and made <= other <= today:
        taken = value if fits else other
        found.add("tanggal_dua_arti", sheet, *spot, title, text, dibaca=day(taken))
        return taken
    if value is None:
        found.add("rapat_salah", sheet, *spot, title, text, contoh=_written(made + timedelta(days=1)))
    elif value < made:
        found.add("rapat_dini", sheet, *spot, title, day(value), ada=day(made))
    elif value > today:
        found.add("rapat_depan", sheet, *spot, title, day(value))
    return value if fits else None


def _example(run: Run) -> str:
    return _written((run.tanggal_data or date(2020, 3, 17)) + timedelta(days=1))


def _written(value: date) -> str:
    return f"{value.day}/{value.month}/{value.year}"
