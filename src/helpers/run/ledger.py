"""What happened: one JSON line per job and attempt in ledger.jsonl, added after the job's files stand.

A line is added in one write. A run that is killed leaves at worst one line cut short; it is not read.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from helpers.run.delivery import Folder

NAME = "ledger.jsonl"


@dataclass(frozen=True)
class Entry:
    """A finished attempt: `status` selesai or gagal; times are ISO 8601 UTC; `kunci` as in keys.py.

    `percobaan` counts the lines of this document so far, this one included. `sidik` is the SHA-256 of the PDF, `lampiran` has the names and SHA-256 of the files beside it.
    """

    pekerjaan: str
    opd: str
    status: str
    mulai: str
    selesai: str
    detik: float
    percobaan: int
    tanggal_data: str
    versi_data: int
    kunci: str = ""
    berkas: str = ""
    sidik: str = ""
    lampiran: dict[str, str] = field(default_factory=dict)
    galat: str = ""

    def stands(self, folder: Folder, kunci: str) -> bool:
        """Whether this report was made from what `kunci` says, its PDF is still that one, and nothing is missing."""
        if self.status != "selesai" or self.kunci != kunci or not all(map(folder.has, self.lampiran)):
            return False
        pdf = folder.read(self.berkas)
        return pdf is not None and hashlib.sha256(pdf).hexdigest() == self.sidik


class Ledger:
    """The ledger of one run's folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.entries = [entry for line in (folder.read(NAME) or b"").splitlines() if (entry := _parse(line))]

    def add(self, entry: Entry) -> None:
        """Append an entry. OSError if the disk refuses."""
        self.entries.append(entry)
        self.folder.append(NAME, json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n")

    def attempts(self, job: str) -> int:
        """How often a job was tried before."""
        return sum(e.pekerjaan == job for e in self.entries)

    def made(self, name: str) -> set[str]:
        """SHA-256 of every version of an attachment that was ever delivered under a name."""
        return {entry.lampiran[name] for entry in self.entries if name in entry.lampiran}

    def last(self) -> dict[str, Entry]:
        """The newest entry of every job."""
        return {e.pekerjaan: e for e in self.entries}


def _parse(line: bytes) -> Entry | None:
    """An entry, or None for a line that was cut short or that another version wrote."""
    known = {f.name for f in fields(Entry)}
    try:
        values: Any = json.loads(line)
        entry = Entry(**{name: value for name, value in values.items() if name in known})
    except (ValueError, TypeError, AttributeError):
        return None
    texts = (entry.pekerjaan, entry.opd, entry.status, entry.kunci, entry.berkas, entry.sidik, entry.galat)
    whole = all(isinstance(text, str) for text in texts) and isinstance(entry.versi_data, int)
    names = entry.lampiran if isinstance(entry.lampiran, dict) else {"": None}
    return entry if whole and all(isinstance(text, str) for pair in names.items() for text in pair) else None
