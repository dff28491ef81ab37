"""Accept or refuse whole files: read, check, and append what is accepted to the store in one go.

All or nothing per file. The same file twice changes nothing. Refused files leave a row in `kiriman`, nothing else.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from helpers import store
from helpers.campaign import Campaign
from helpers.intake import rows
from helpers.intake.findings import Findings
from helpers.intake.offices import date_in_name, find_office, office_in_name
from helpers.intake.tables import Table, find_table, label_date
from helpers.intake.workbook import SAMPLE_MARK, Sheet, UnreadableError, clean_text, read_workbook
from helpers.wording import day

READERS = {
    "nominatif": rows.read_nominatif,
    "rekap": rows.read_rekap,
    "kendala": rows.read_kendala,
    "sosialisasi": rows.read_sosialisasi,
}
_SHEET_STEP = 10_000_000


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

    @property
    def hasil(self) -> str:
        """diterima or ditolak."""
        return "ditolak" if self.temuan.refuses else "diterima"

    @property
    def jumlah(self) -> int:
        """People on its newest date, over all offices of the file."""
        last = {
            row["opd"]: row["jumlah_asn"]
            for row in sorted(self.tables.get("rekap", []), key=lambda r: str(r["tanggal_data"]))
        }
        return sum(n or 0 for n in last.values())

    def total(self, status: str) -> int | None:
        """People with a status on each office's newest date; None where the file does not say."""
        last = {
            row["opd"]: row.get(status)
            for row in sorted(self.tables.get("rekap", []), key=lambda r: str(r["tanggal_data"]))
        }
        known = [n for n in last.values() if n is not None]
        return sum(known) if known else None


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


def examine(path: Path, kampanye: Campaign, today: date, inbox: Path | None = None) -> Submission:
    """Read and check one file. Never raises for what is in the file: everything wrong becomes a finding."""
    submission = Submission(berkas=path.name)
    found = submission.temuan
    try:
        if inbox is not None and inbox.is_dir() and not path.resolve().is_relative_to(inbox.resolve()):
            found.add("di_luar_kotak")
            return submission
        content = path.read_bytes()
        submission.sidik = hashlib.sha256(content).hexdigest()
        if not content:
            found.add("kosong")
            return submission
        sheets = read_workbook(path)
    except UnreadableError as error:
        found.add("bukan_lembar", alasan=error)
        return submission
    except (OSError, RuntimeError):  # RuntimeError: a link that points to itself
        found.add("bukan_lembar", alasan="tidak dapat dibuka")
        return submission
    tables = [table for sheet in sheets if (table := find_table(sheet, kampanye.columns))]
    main = [t for t in tables if t.kind in ("nominatif", "rekap")]
    if not main:
        found.add("tanpa_tabel")
        return submission
    submission.lembar = {table.kind for table in tables}
    submission.contoh = any(_is_marked(sheet) for sheet in sheets)
    filled = [t for t in tables if any(True for _ in t.rows())]
    if not any(t.kind in ("nominatif", "rekap") for t in filled):
        found.add("tanpa_isi", main[0].sheet.name)
        return submission
    _read_tables(submission, filled, kampanye, today, path)
    return submission


def _read_tables(submission: Submission, tables: list[Table], kampanye: Campaign, today: date, path: Path) -> None:
    """Fill submission.tables; nominatif first, because its counts become the rekap."""
    found = submission.temuan
    label = next((t.label_opd for t in tables if t.label_opd), "")
    opd = find_office(label, kampanye.units) if label else office_in_name(path, kampanye.units)
    if label and opd is None:
        found.add("opd_asing", value=label)
    as_of = _data_date(submission, tables, path)
    nips: dict[str, str] = {}
    days: set[tuple[str, date]] = set()
    masked = 0
    for at, table in enumerate(sorted(tables, key=lambda t: list(READERS).index(t.kind))):
        needs_file = table.kind != "rekap" or "opd" not in table.columns
        if needs_file and opd is None and not label:
            found.add("tanpa_opd", table.sheet.name)
        if table.kind == "nominatif" and as_of is None and not found.refuses:
            found.add("tanpa_tanggal", table.sheet.name)
        if needs_file and (opd is None or (table.kind == "nominatif" and as_of is None)):
            continue
        if as_of is not None and _relies_on(table):
            _check_date(found, table, as_of, kampanye, today)
        reader = rows.Reader(kampanye, table, found, today, opd or "", as_of, nips=nips, days=days)
        read = READERS[table.kind](reader)
        masked += reader.masked
        if table.kind == "rekap" and submission.tables.get("nominatif"):
            _compare(found, table, _counted(submission.tables["nominatif"], kampanye.counted_kinds), read)
        # Sheets of one kind keep their row numbers apart: (kiriman, baris) is the key in the store.
        submission.tables.setdefault(table.kind, []).extend(
            row | {"baris": row["baris"] + _SHEET_STEP * at} for row in read
        )
    if masked:
        found.add("samar", banyak=masked)
    if people := submission.tables.get("nominatif"):
        submission.contoh = submission.contoh or rows.looks_invented(people)
        own = _counted(people, kampanye.counted_kinds)
        # The nominatif speaks for its own day; a rekap beside it may add earlier ones.
        earlier = [row for row in submission.tables.get("rekap", []) if row["tanggal_data"] != own["tanggal_data"]]
        submission.tables["rekap"] = [own, *earlier]
    counted = submission.tables.get("rekap", [])
    if not counted:
        found.add("tanpa_isi")
    submission.opd = sorted({row["opd"] for row in counted if row["opd"]})
    submission.tanggal_data = max((row["tanggal_data"] for row in counted if row["tanggal_data"]), default=None)


def _data_date(submission: Submission, tables: list[Table], path: Path) -> date | None:
    """The date written above a table, else the one in the file name; a label that is no date is a finding."""
    for table in tables:
        if table.label_date_at:
            when = label_date(table)
            if when is None:
                value = clean_text(table.label_date)
                submission.temuan.add("tanggal_salah", table.sheet.name, *table.label_date_at, "Tanggal Data", value)
            return when
    return date_in_name(path)


def _relies_on(table: Table) -> bool:
    """Whether a table takes its date from the file: a nominatif, or a rekap with a row that has none of its own."""
    return table.kind == "nominatif" or (
        table.kind == "rekap" and any(not row.text("tanggal_data") for row in table.rows())
    )


def _check_date(found: Findings, table: Table, as_of: date, kampanye: Campaign, today: date) -> None:
    if as_of < kampanye.mulai:
        found.add("sebelum_mulai", table.sheet.name, value=day(as_of), mulai=day(kampanye.mulai))
    elif as_of > today:
        found.add("masa_depan", table.sheet.name, value=day(as_of))
    elif as_of > kampanye.selesai and table.kind == "nominatif":  # rekap rows are counted where they are read
        many = sum(1 for _ in table.rows())
        found.add("sesudah_selesai", table.sheet.name, banyak=many, selesai=day(kampanye.selesai))


def _counted(everyone: list[dict[str, Any]], kinds: list[str]) -> dict[str, Any]:
    """The rekap of a nominatif, over the kinds of ASN that count: proses counts as belum; bukti among the berhasil,
    unknown where the column is empty for all of them."""
    people = [row for row in everyone if row["jenis_asn"] in kinds]
    status = pd.Series([row["status"] for row in people], dtype=object)
    said = [row["bukti"] for row in people if row["status"] == "berhasil"]
    proof = None if said and all(bukti is None for bukti in said) else sum(bukti is True for bukti in said)
    return {
        "baris": 0,
        "opd": everyone[0]["opd"],
        "tanggal_data": everyone[0]["tanggal_data"],
        "jumlah_asn": len(people),
        "berhasil": int(status.eq("berhasil").sum()),
        "gagal": int(status.eq("gagal").sum()),
        "belum": int(status.isin(["belum", "proses"]).sum()),
        "bukti": proof,
    }


def _compare(found: Findings, table: Table, own: dict[str, Any], given: list[dict[str, Any]]) -> None:
    """Nominatif wins over the rekap sheet of the same workbook, but they must agree where they speak of one day."""
    for row in given:
        if row["tanggal_data"] is not None and row["tanggal_data"] > own["tanggal_data"]:
            shown = day(row["tanggal_data"])
            found.add("sesudah_data", table.sheet.name, value=shown, tanggal_data=day(own["tanggal_data"]))
        if row["tanggal_data"] != own["tanggal_data"]:
            continue
        for name in ("jumlah_asn", "berhasil", "gagal", "belum"):
            if row[name] is not None and row[name] != own[name]:
                found.add("dua_bentuk", table.sheet.name, alasan=f"{name}: nominatif {own[name]}, rekap {row[name]}")


def _is_marked(sheet: Sheet) -> bool:
    return any(SAMPLE_MARK in clean_text(cell).upper() for line in sheet.cells[:10] for cell in line)


def receive(
    paths: list[Path],
    kampanye: Campaign,
    now: datetime,
    inbox: Path | None = None,
    on_file: Callable[[Submission], None] = lambda submission: None,
) -> list[Submission]:
    """Examine files and append the accepted ones in one step. `now` (UTC) is when they were received."""
    folder = kampanye.path(kampanye.simpan)
    past = store.known(folder)
    accepted = set(past.loc[past["hasil"].eq("diterima"), "kiriman"])
    refused = set(past.loc[past["hasil"].eq("ditolak"), "kiriman"])
    done: list[Submission] = []
    # At 07.30 in Kupang it is still yesterday in UTC.
    today = now.astimezone(ZoneInfo(kampanye.zona_waktu)).date()
    for path in paths:
        submission = examine(path, kampanye, today, inbox)
        submission.lama = submission.hasil == "diterima" and submission.sidik in accepted
        if submission.lama:
            _note_if_replaced(submission, past)
        accepted.add(submission.sidik if submission.hasil == "diterima" else "")
        done.append(submission)
        on_file(submission)
    new = [s for s in done if not s.lama and s.sidik and (s.hasil == "diterima" or s.sidik not in refused)]
    if new:
        store.append(folder, _frames(new, now))
    return done


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
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in READERS}
    for submission in taken:
        for name, content in submission.tables.items():
            tables[name] += [{"kiriman": submission.sidik, **row} for row in content]
    frames = {name: pd.DataFrame(content) for name, content in tables.items()}
    return frames | {"kiriman": pd.DataFrame(_kiriman(submissions, now))}


def _kiriman(submissions: list[Submission], now: datetime) -> Iterator[dict[str, Any]]:
    for s in submissions:
        yield {
            "kiriman": s.sidik,
            "diterima": now,
            "berkas": s.berkas,
            "hasil": s.hasil,
            "contoh": s.contoh,
            "opd": s.opd[0] if len(s.opd) == 1 else None,
            "tanggal_data": s.tanggal_data,
            "lembar": ",".join(sorted(s.lembar)),
            "tolak": s.temuan.count("tolak"),
            "peringatan": s.temuan.count("peringatan"),
            "catatan": s.temuan.count("catatan"),
        }
