"""Accept or refuse whole files: read, check, and append what is accepted to the store in one go.

All or nothing per file. The same file twice changes nothing. Refused files leave a row in `kiriman`, nothing else.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from helpers import store
from helpers.campaign import Campaign
from helpers.intake import history
from helpers.intake.classify import Classifier
from helpers.intake.examine import read_submission
from helpers.intake.history import History, Person
from helpers.intake.identity import mask
from helpers.intake.reader import MAX_BYTES
from helpers.intake.submission import Submission
from helpers.intake.workbook import Book, UnreadableError, read_books

_TABLES = ("nominatif", "rekap", "kendala", "sosialisasi", "tindak_lanjut", "warga")


def inbox_files(paths: list[Path]) -> list[Path]:
    """Files to take in: the given ones, and what lies in given folders (no hidden or lock files), oldest first, so
    that of two files for one office and day the newer one has the last word."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.is_symlink() or p.is_file())
            wanted = (p for p in inside if not p.name.startswith((".", "~$")) and p.suffix.lower() != ".md")
            found += sorted(wanted, key=lambda p: (p.lstat().st_mtime, p.name))
        else:
            found.append(path)
    return found


def examine(
    path: Path, kampanye: Campaign, today: date, inbox: Path | None = None, past: History | None = None
) -> Submission:
    """Read and check one file. Never raises for what is in the file: everything wrong becomes a finding."""
    ((_, submission),) = _examined([path], kampanye, today, inbox, past or History())
    return submission


def _examined(
    paths: list[Path], kampanye: Campaign, today: date, inbox: Path | None, past: History
) -> Iterator[tuple[Path, Submission]]:
    """Each file and what it says, in order; files are opened ahead, what they say is checked one after the other."""
    classifier = Classifier(kampanye.obstacles, kampanye.columns.get("singkatan", {}))
    submissions = [_open(path, inbox) for path in paths]
    books = read_books([path for path, s in zip(paths, submissions, strict=True) if not s.temuan.refuses])
    for path, submission in zip(paths, submissions, strict=True):
        if not submission.temuan.refuses:
            _, book = next(books)
            if isinstance(book, UnreadableError):
                submission.temuan.add("bukan_lembar", alasan=book)
            else:
                _read(submission, book, path, kampanye, today, past, classifier)
        yield path, submission


def _read(
    submission: Submission,
    book: Book,
    path: Path,
    kampanye: Campaign,
    today: date,
    past: History,
    classifier: Classifier,
) -> None:
    """A fault of ours in one file is that file's refusal: 51 others must not wait for it. `make fuzz` looks for such."""
    try:
        read_submission(submission, book, path, kampanye, today, past, classifier)
    except Exception as error:
        submission.tables.clear()
        submission.pindah.clear()
        submission.temuan.add("kesalahan_program", value=type(error).__name__)


def _open(path: Path, inbox: Path | None) -> Submission:
    """The fingerprint of a file, or why it is not to be opened at all."""
    submission = Submission(berkas=os.fsencode(path.name).decode("utf-8", "replace"))
    try:
        # A file that was named by hand may lie anywhere, but a link in its place must not lead elsewhere.
        home = inbox if inbox is not None else path.parent if path.is_symlink() else None
        if home is not None and home.is_dir() and not path.resolve().is_relative_to(home.resolve()):
            submission.temuan.add("di_luar_kotak")
        elif not path.is_file():
            submission.temuan.add("bukan_lembar", alasan="tidak dapat dibuka")
        elif path.stat().st_size > MAX_BYTES:  # not even its fingerprint is taken: that may last minutes
            submission.temuan.add("bukan_lembar", alasan=f"lebih besar daripada {MAX_BYTES // 1_000_000} MB")
        else:
            with path.open("rb") as file:
                submission.sidik = hashlib.file_digest(file, "sha256").hexdigest()
            if not path.stat().st_size:
                submission.temuan.add("kosong")
    except (OSError, RuntimeError):  # RuntimeError: a link that points to itself
        submission.temuan.add("bukan_lembar", alasan="tidak dapat dibuka")
    return submission


def receive(
    paths: list[Path],
    kampanye: Campaign,
    now: datetime,
    inbox: Path | None = None,
    on_file: Callable[[Submission], None] = lambda submission: None,
    keep: bool = True,
) -> list[Submission]:
    """Examine files and append the accepted ones in one step. `now` (UTC) is when they were received; with `keep`
    False nothing is stored."""
    folder = kampanye.path(kampanye.simpan)
    known = store.known(folder)
    accepted = set(known.loc[known["hasil"].eq("diterima"), "kiriman"])
    refused = set(known.loc[known["hasil"].eq("ditolak"), "kiriman"])
    past = history.load(kampanye)
    done: list[Submission] = []
    # At 07.30 in Kupang it is still yesterday in UTC.
    today = now.astimezone(ZoneInfo(kampanye.zona_waktu)).date()
    for _, submission in _examined(paths, kampanye, today, inbox, past):
        if submission.sidik in accepted:
            submission.lama = True
            submission.temuan.soften()
            _note_if_replaced(submission, known)
        elif submission.hasil == "diterima":
            accepted.add(submission.sidik)
            _remember(past, submission)
        done.append(submission)
        on_file(submission)
    new = [s for s in done if not s.lama and s.sidik and (s.hasil == "diterima" or s.sidik not in refused)]
    if new and keep:
        store.append(folder, _frames(new, now))
    return done


def _remember(past: History, submission: Submission) -> None:
    """What was accepted is the past of the files after it."""
    rosters: dict[tuple[str, date], list[Person]] = {}
    for row in submission.tables.get("nominatif", []):
        person = Person(
            row["nip"], row["nama"], row["opd"], row["tanggal_data"], submission.sidik, row["baris"], row["jenis_asn"]
        )
        rosters.setdefault((row["opd"], row["tanggal_data"]), []).append(person)
    for (opd, _), people in sorted(rosters.items()):
        past.add_roster(opd, people)
    past.add_counts(submission.tables.get("rekap", []))
    of_log = {"kiriman": submission.sidik, "log": submission.tanggal_data}
    past.logs.add([row | of_log for row in submission.tables.get("tindak_lanjut", [])])


def _note_if_replaced(submission: Submission, past: pd.DataFrame) -> None:
    """The same file again changes nothing; say so where a newer one for its office and day is in force."""
    taken = past[past["hasil"].eq("diterima")].drop_duplicates("kiriman")
    own = taken[taken["kiriman"].eq(submission.sidik)]
    if own.empty or pd.isna(own["opd"].iloc[0]):
        return
    later = taken[
        taken["opd"].eq(own["opd"].iloc[0])
        & taken["tanggal_data"].eq(own["tanggal_data"].iloc[0])
        & (taken.index > own.index[0])
    ]
    if not later.empty:
        submission.temuan.add("digantikan", value=later["berkas"].iloc[-1])


def _frames(submissions: list[Submission], now: datetime) -> dict[str, pd.DataFrame]:
    taken = [s for s in submissions if s.hasil == "diterima"]
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in (*_TABLES, "pindah")}
    for submission in taken:
        for name, content in submission.tables.items():
            tables[name] += [{"kiriman": submission.sidik, **row} for row in content]
        tables["pindah"] += list(_moves(submission))
    frames = {name: pd.DataFrame(content) for name, content in tables.items()}
    return frames | {"kiriman": pd.DataFrame(_kiriman(submissions, now))}


def _moves(submission: Submission) -> Iterator[dict[str, Any]]:
    """For each person on two lists the row that no longer counts: of the older list, be it the other's or this one."""
    for at, (row, other) in enumerate(submission.pindah):
        ours_is_newer = row["tanggal_data"] >= other.tanggal
        loser = (
            (other.opd, other.kiriman, other.baris) if ours_is_newer else (row["opd"], submission.sidik, row["baris"])
        )
        yield {
            "kiriman": submission.sidik,
            "baris": at,
            "opd": loser[0],
            "tanggal_data": max(row["tanggal_data"], other.tanggal),
            "kiriman_lama": loser[1],
            "baris_lama": loser[2],
            "ke": row["opd"] if ours_is_newer else other.opd,
        }


def _kiriman(submissions: list[Submission], now: datetime) -> Iterator[dict[str, Any]]:
    for s in submissions:
        yield {
            "kiriman": s.sidik,
            "diterima": now,
            "berkas": mask(s.berkas)[0],
            "hasil": s.hasil,
            "contoh": s.contoh,
            "opd": s.opd[0] if len(s.opd) == 1 else None,
            "tanggal_data": s.tanggal_data,
            "lembar": ",".join(sorted(s.lembar)),
            "tolak": s.temuan.count("tolak"),
            "peringatan": s.temuan.count("peringatan"),
            "catatan": s.temuan.count("catatan"),
        }
