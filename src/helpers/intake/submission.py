"""A file on its way through intake: what it says, what was found, whether it is taken."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from helpers.intake.findings import Findings
from helpers.intake.history import Person
from helpers.intake.workbook import Sheet
from helpers.wording import day, number

MAIN = ("nominatif", "rekap")  # the tables that an office's file can't do without
RESIDENTS = "warga"  # counts of families by kelurahan: of no office
ENOUGH_ALONE = (*MAIN, RESIDENTS)
SHEET_STEP = 10_000_000  # lines of the second table of a kind count from here, so that (kiriman, baris) is a key


@dataclass(frozen=True)
class LogReturn:
    """What a returned problem log brought: the day of the meeting (None: nothing was filled in), follow-ups, how many of
    them are done, how many the meeting added."""

    rapat: date | None
    jumlah: int
    selesai: int
    baru: int


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

    log: LogReturn | None = None  # set where the file is a returned problem log that could be read
    ciri: dict[str, str] = field(default_factory=dict)  # properties of a log, which its feedback must keep

    @property
    def ringkas(self) -> str:
        """A returned log in a few words; "" for an office's file."""
        if "tindak_lanjut" not in self.lembar:
            return ""
        if self.log is None:
            return "Log kendala"
        if self.log.rapat is None:
            return "Log kendala belum diisi"
        new = f", {number(self.log.baru)} baru" if self.log.baru else ""
        return (
            f"Log kendala rapat {day(self.log.rapat)}: {number(self.log.jumlah)} tindak lanjut, "
            f"{number(self.log.selesai)} selesai{new}"
        )

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

    @property
    def wilayah(self) -> tuple[int, int]:
        """Kelurahan that it has counts of families for, and the kecamatan that they or its own rows are of."""
        codes = {row["kode"] for row in self.tables.get(RESIDENTS, [])}
        return sum(len(code) > len("53.71.01") for code in codes), len({code[:8] for code in codes})

    def of_places(self) -> str:
        """The same in words: "51 kelurahan, 6 kecamatan"."""
        villages, districts = self.wilayah
        return f"{number(villages)} kelurahan, {number(districts)} kecamatan" if villages else f"{districts} kecamatan"

    def families(self, what: str) -> int | None:
        """Families (KK) on its newest date; of a kecamatan that has rows of its kelurahan these alone. None: unknown."""
        rows = self.tables.get(RESIDENTS, [])
        newest = max((row["tanggal_data"] for row in rows if row["tanggal_data"]), default=None)
        here = [row for row in rows if row["tanggal_data"] == newest]
        told = {row["kode"][:8] for row in here if len(row["kode"]) > 8}
        known = [row[what] for row in here if row["kode"] not in told and row[what] is not None]
        return sum(known) if known else None

    def _newest(self) -> list[dict[str, Any]]:
        ordered = sorted(self.tables.get("rekap", []), key=lambda r: str(r["tanggal_data"]))
        return list({row["opd"]: row for row in ordered}.values())
