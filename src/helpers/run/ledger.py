"""What happened: one JSON line per job and attempt in ledger.jsonl, written after the PDF stands.

Written whole and renamed, so that a killed run leaves the last good ledger, never half a line.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from helpers.run.delivery import write_atomically

NAME = "ledger.jsonl"


@dataclass(frozen=True)
class Entry:
    """A finished attempt: `status` selesai or gagal; times are ISO 8601 UTC; `sidik` is the PDF's SHA-256."""

    pekerjaan: str
    opd: str
    status: str
    mulai: str
    selesai: str
    detik: float
    percobaan: int
    tanggal_data: str
    versi_data: int
    berkas: str = ""
    sidik: str = ""
    galat: str = ""

    def stands(self, folder: Path, versi: int) -> bool:
        """Whether this report is delivered from the data version `versi` and its PDF is still the one made then."""
        pdf = folder / self.berkas
        done = self.status == "selesai" and self.versi_data == versi and pdf.is_file()
        return done and hashlib.sha256(pdf.read_bytes()).hexdigest() == self.sidik


class Ledger:
    """The ledger of one run's folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.entries: list[Entry] = []
        if self.path.is_file():
            lines = self.path.read_text(encoding="utf-8").splitlines()
            self.entries = [Entry(**json.loads(line)) for line in lines if line.strip()]

    def add(self, entry: Entry) -> None:
        """Append an entry."""
        self.entries.append(entry)
        text = "".join(json.dumps(asdict(e), ensure_ascii=False) + "\n" for e in self.entries)
        write_atomically(self.path, text.encode())

    def attempts(self, job: str) -> int:
        """How often a job was tried before."""
        return sum(e.pekerjaan == job for e in self.entries)

    def last(self) -> dict[str, Entry]:
        """The newest entry of every job."""
        return {e.pekerjaan: e for e in self.entries}
