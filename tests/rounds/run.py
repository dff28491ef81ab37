"""`make rounds`: two meetings on the sample. The log of 17 March is filled in as people do, with mistakes, comes back, and
the reports of 24 March say what was done, what is late and what really shrank.

Works in data/putaran/ and reports/putaran/, both made anew; data/masuk, data/simpan and other reports are not touched.
Every step is a command that a person would type, shown before it runs.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from helpers import campaign
from helpers.intake import form
from helpers.sample import later

ROOT = Path(__file__).resolve().parents[2]
FIRST, SECOND = date(2020, 3, 17), later.LATER
MEETING, FRIDAY, MONDAY = date(2020, 3, 17), date(2020, 3, 20), date(2020, 3, 23)


@dataclass(frozen=True)
class Decision:
    """What people write into a row of the matrix; None leaves the cell as it was handed out."""

    status: str | None = None
    tindak_lanjut: str | None = None
    pic: str | None = None
    tenggat: date | None = None
    keterangan: str | None = None


# The meeting of 17 March. PICs are offices and positions, never persons.
DECIDED = {
    "K15": Decision(
        "Proses", "Waktu pengisian ditetapkan pada jam kerja; keadaan diperiksa setiap sore", "Kepala OPD", FRIDAY
    ),
    "K14": Decision("Proses", "Operator OPD mendampingi bergiliran menurut unit kerja", None, FRIDAY),
    "K01": Decision("Belum", "Daftar yang ditolak diteruskan ke BPS setiap hari", None, MONDAY),
    "K04": Decision("Proses", "Pengisian diatur di luar jam sibuk; galat dicatat dengan waktunya", None, FRIDAY),
    "K05": Decision("Belum", "Ruang isi bersama dengan jaringan kantor dibuka", None, date(2020, 3, 19)),
    "K06": Decision("Belum", "Komputer kantor dipinjamkan menurut jadwal", None, date(2020, 3, 19)),
    "LAPOR": Decision("Belum", "Pengelola dihubungi satu per satu", None, FRIDAY),
}
ADDED = Decision("Belum", "Batas waktu internal 27 Maret diumumkan", "Sekretaris Daerah", date(2020, 3, 27))
# What the PICs report on 23 March. K06 is called done; the figures of 24 March say otherwise.
REPORTED = {
    "K15": Decision("Proses"),
    "K14": Decision("Proses"),
    "K01": Decision("Proses", keterangan="Sebagian dijawab BPS"),
    "K04": Decision("Selesai", keterangan="Situs lancar sejak 20 Maret"),
    "K06": Decision("Selesai", keterangan="Komputer tersedia"),
    "LAPOR": Decision("Proses", keterangan="Dua OPD sudah mengirim"),
}


class Matrix:
    """The sheet that the meeting fills in, by heading and by kode, as a person finds them."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)
        self.sheet: Any = self.book["Tindak Lanjut"]
        heads = {"No", "Kode", "Status"}
        self.head = next(row for row in range(1, 30) if heads <= {cell.value for cell in self.sheet[row]})
        self.at = {cell.value: cell.column for cell in self.sheet[self.head] if cell.value}

    def rows(self) -> dict[str, int]:
        """Line of each kode."""
        lines = range(self.head + 1, self.sheet.max_row + 1)
        return {str(kode): line for line in lines if (kode := self.sheet.cell(line, self.at["Kode"]).value)}

    def put(self, line: int, heading: str, value: Any) -> None:
        """Type into a cell."""
        self.sheet.cell(line, self.at[heading]).value = value

    def label(self, words: str, value: Any) -> None:
        """Type into the cell right of a label above the table."""
        for row in self.sheet.iter_rows(max_row=self.head - 1):
            for cell in row:
                if str(cell.value or "").startswith(words):
                    self.sheet.cell(cell.row, cell.column + 1).value = value
                    return
        raise SystemExit(f"Lembar Tindak Lanjut tidak memuat isian {words}.")

    def decide(self, line: int, decision: Decision) -> None:
        """What the meeting writes into a row."""
        for heading, value in (
            ("Tindak Lanjut", decision.tindak_lanjut),
            ("Penanggung Jawab (PIC)", decision.pic),
            ("Batas Waktu", decision.tenggat),
            ("Status", decision.status),
            ("Keterangan", decision.keterangan),
        ):
            if value is not None:
                self.put(line, heading, value)

    def save(self, path: Path) -> Path:
        """Save under another name."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path


def fill_in(source: Path, target: Path, when: date, decisions: dict[str, Decision], slips: Sequence[str] = ()) -> Path:
    """The log as it comes back from a meeting. `slips`: what goes wrong while it is filled in, by name of a slip."""
    matrix = Matrix(source)
    matrix.label("Tanggal rapat", when)
    matrix.label("Diputuskan oleh", "Wakil Wali Kota Kupang" if when == MEETING else "Asisten Administrasi Umum")
    matrix.label("Dicatat oleh", "Sekretariat rapat")
    for kode, decision in decisions.items():
        matrix.decide(matrix.rows()[kode], decision)
    for slip in slips:
        SLIPS[slip](matrix)
    return matrix.save(target)


def _wrong_state(matrix: Matrix) -> None:
    matrix.put(matrix.rows()["K05"], "Status", "Aman terkendali")


def _unknown_number(matrix: Matrix) -> None:
    matrix.put(matrix.rows()["K04"], "No", 99)


def _deleted_row(matrix: Matrix) -> None:
    matrix.sheet.delete_rows(matrix.rows()["K09"])


def _added_row(matrix: Matrix) -> None:
    line = max(matrix.rows().values()) + 1
    matrix.put(line, "Temuan", "Batas waktu internal belum ada")
    matrix.decide(line, ADDED)


SLIPS: dict[str, Callable[[Matrix], None]] = {
    "status salah": _wrong_state,
    "nomor tidak dikenal": _unknown_number,
    "baris terhapus": _deleted_row,
    "baris tambahan": _added_row,
}


def set_up(home: Path, reports: Path) -> Path:
    """An empty inbox and store of their own; returns the parameters that lead there."""
    for folder in (home, reports):
        shutil.rmtree(folder, ignore_errors=True)
    (home / "masuk").mkdir(parents=True)
    values = yaml.safe_load((ROOT / "params" / "kota.yaml").read_text(encoding="utf-8"))
    values |= {"masuk": str(home / "masuk"), "simpan": str(home / "simpan"), "tanggal_data": FIRST.isoformat()}
    params = home / "kota.yaml"
    params.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return params


def write_later(params: Path) -> int:
    """What the offices send on 24 March, into the inbox."""
    kampanye = campaign.load(params)
    files = later.invent(kampanye)
    inbox = kampanye.path(kampanye.masuk)
    for file in files:
        form.write_submission(inbox / file.name, kampanye, file.opd, file.as_of, file.tables, sample=True)
    return len(files)


def pantau(*words: str, refused: bool = False) -> None:
    """Run a command as a person would type it. SystemExit if it ends otherwise than expected."""
    print(f"\n$ pantau {' '.join(words)}", flush=True)
    ended = subprocess.run([sys.executable, "-m", "helpers.cli", *words], cwd=ROOT, check=False).returncode
    if (ended != 0) != refused:
        raise SystemExit(f"pantau {words[0]} berakhir dengan {ended}.")


def main(home: Path = ROOT / "data" / "putaran", reports: Path = ROOT / "reports" / "putaran") -> int:
    """Both rounds, from an empty inbox to the second report."""
    params = set_up(home, reports)
    known = ["--params", str(params)]
    inbox, handed_out = home / "masuk", reports / FIRST.isoformat() / "log_kendala.xlsx"
    pantau("contoh", *known)
    pantau("terima", *known)
    pantau("laporan", *known, "--keluar", str(reports))

    print("\nRapat 17 Maret 2020: log diisi, satu status salah tulis.")
    returned = inbox / "log_kendala_rapat_2020-03-17.xlsx"
    slips = ["nomor tidak dikenal", "baris terhapus", "baris tambahan"]
    fill_in(handed_out, returned, MEETING, DECIDED, ["status salah", *slips])
    pantau("terima", *known, str(returned), refused=True)
    print("\nSel yang ditunjuk diperbaiki; nomor tak dikenal, baris terhapus, dan baris tambahan tinggal.")
    fill_in(handed_out, returned, MEETING, DECIDED, slips)
    pantau("terima", *known, str(returned))

    print("\n23 Maret 2020: para PIC melaporkan keadaannya.")
    fill_in(handed_out, inbox / "log_kendala_2020-03-23.xlsx", MONDAY, REPORTED)
    print(f"24 Maret 2020: {write_later(params)} OPD mengirim keadaan terbaru.")
    pantau("terima", *known)
    pantau("laporan", *known, "--tanggal", SECOND.isoformat(), "--keluar", str(reports))
    print(f"\nDua putaran: {reports / FIRST.isoformat()} dan {reports / SECOND.isoformat()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
