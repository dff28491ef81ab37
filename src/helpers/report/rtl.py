"""A line of the follow-up matrix (RTL) in words: what the PDF, the workbook and the meeting pack all print."""

from dataclasses import dataclass
from datetime import date

PROPOSED = "Belum"


@dataclass(frozen=True)
class Rtl:
    """A follow-up: what was found, what is proposed, and what the meeting has decided so far ("" and None: nothing yet)."""

    nomor: int
    kode: str  # of a kendala (K01) or of a decision (LAPOR); "" where the meeting added the row
    temuan: str
    orang: int | None  # people that it is about
    rekomendasi: str
    indikator: str
    usul_tenggat: date | None  # proposed
    tindak_lanjut: str = ""  # decided, like the rest
    pic: str = ""
    tenggat: date | None = None
    status: str = PROPOSED
    keterangan: str = ""
    asal: date | None = None  # data date of the log that it was first handed out with; None: with this one
    terlambat: bool = False
