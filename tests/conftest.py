"""Fixtures that all tests share: a campaign in a temporary folder, small workbooks, one filled sample store.

Nothing here reads data/ or writes outside pytest's temporary folders. The builders write cells as they are
given (a number stays a number), so that a test can make a workbook that no form would.
"""

import csv
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, configuration, settings

from helpers import campaign, sample
from helpers.campaign import Campaign, Unit
from helpers.intake import form, form_residents
from helpers.intake.receive import inbox_files, receive
from helpers.sample import residents

sys.path.insert(0, str(Path(__file__).parent))  # stored.py
ROOT = Path(__file__).resolve().parents[1]
KOTA = ROOT / "params" / "kota.yaml"
HARI = date(2020, 3, 17)
SEKARANG = datetime(2020, 3, 17, 12, tzinfo=UTC)  # 20.00 WITA

# The headings of the form, written out so that a change of form.py shows here.
JUDUL: dict[str, dict[str, str]] = {
    "Nominatif": {
        "nomor": "No",
        "nip": "NIP",
        "nama": "Nama",
        "unit": "Unit Kerja",
        "jenis_asn": "Jenis ASN",
        "status": "Status",
        "tanggal_isi": "Tanggal Isi",
        "bukti": "Bukti (Ada/Belum)",
        "kode_kendala": "Kode Kendala",
        "uraian": "Uraian Kendala",
        "tindak_lanjut": "Tindak Lanjut",
        "bukti_sidik": "Sidik Bukti",
    },
    "Rekap": {
        "tanggal_data": "Tanggal Data",
        "jumlah_asn": "Jumlah ASN",
        "berhasil": "Berhasil",
        "gagal": "Gagal",
        "belum": "Belum",
        "bukti": "Bukti Terkumpul",
    },
    "Kendala": {
        "tanggal": "Tanggal",
        "kode": "Kode",
        "uraian": "Uraian",
        "jumlah_asn": "Jumlah ASN Terdampak",
        "usulan": "Usulan",
        "pic": "PIC",
    },
    "Sosialisasi": {
        "tanggal": "Tanggal",
        "kanal": "Kanal",
        "jumlah_peserta": "Jumlah Peserta",
        "keterangan": "Keterangan",
    },
}


def pytest_configure(config: pytest.Config) -> None:
    """Hypothesis: same examples on every run, nothing left in the working folder."""
    config.add_cleanup(_hypothesis_home().cleanup)
    settings.register_profile(
        "uji",
        database=None,
        deadline=None,
        derandomize=True,
        max_examples=100,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("uji")


def _hypothesis_home() -> tempfile.TemporaryDirectory:
    home = tempfile.TemporaryDirectory(prefix="uji-hypothesis-", ignore_cleanup_errors=True)
    configuration.set_hypothesis_home_dir(home.name)
    return home


@pytest.fixture(scope="session", autouse=True)
def _own_root() -> Iterator[None]:
    """A PANTAU_AKAR of the developer's shell does not lead the tests elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PANTAU_AKAR", raising=False)
        yield


@pytest.fixture(scope="session")
def kota() -> Campaign:
    """The campaign of params/kota.yaml as it stands, for tests that touch no store."""
    return campaign.load(KOTA)


@pytest.fixture
def kampanye(tmp_path: Path) -> Campaign:
    """The campaign of Kota Kupang with an own store and inbox."""
    return campaign.load(KOTA, simpan=str(tmp_path / "simpan"), masuk=str(tmp_path / "masuk"))


@pytest.fixture
def satuan(kampanye: Campaign) -> Unit:
    """One office: Dinas Kesehatan."""
    return kampanye.unit_of("DINKES")


@pytest.fixture(scope="session")
def tulis_contoh() -> Callable[[Path, Campaign], list[Path]]:
    """Writes every invented submission into a folder, as `pantau contoh` does."""

    def write(folder: Path, kampanye: Campaign) -> list[Path]:
        for file in sample.invent(kampanye):
            form.write_submission(folder / file.name, kampanye, file.opd, file.as_of, file.tables, sample=True)
        families = residents.invent(kampanye)
        form_residents.write(folder / residents.NAME, kampanye, families, sample.DATA_DATE, sample=True)
        return sorted(folder.iterdir())

    return write


@pytest.fixture(scope="session")
def contoh_store(tmp_path_factory: pytest.TempPathFactory, tulis_contoh: Callable[..., list[Path]]) -> Campaign:
    """The campaign whose store holds the whole sample, taken in once. Read only: copy it before appending."""
    folder = tmp_path_factory.mktemp("contoh")
    kampanye = campaign.load(KOTA, simpan=str(folder / "simpan"), masuk=str(folder / "masuk"))
    tulis_contoh(folder / "masuk", kampanye)
    taken = receive(inbox_files([folder / "masuk"]), kampanye, SEKARANG, folder / "masuk")
    assert [s.berkas for s in taken if s.hasil != "diterima"] == []
    return kampanye


@pytest.fixture(scope="session")
def terbitan(contoh_store: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rendered run of the sample: city, log and offices of each kind. Read only."""
    offices = ["DINKES", "PRKP", "BPBD", "BAPPEDA", "DISDIKBUD", "KORPRI"]
    return _publish(contoh_store, tmp_path_factory.mktemp("laporan"), offices)


@pytest.fixture(scope="session")
def terbitan_inggris(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the real data, 51 organisations with long names: city, log, the largest and a small one."""
    folder = tmp_path_factory.mktemp("inggris")
    kampanye = campaign.load(ROOT / "params" / "csps2021.yaml", simpan=str(folder / "simpan"))
    receive([ROOT / kampanye.masuk], kampanye, datetime(2021, 11, 20, tzinfo=UTC))
    return _publish(kampanye, folder / "laporan", ["DWP", "CEFAS"])


def _publish(kampanye: Campaign, target: Path, opd: list[str]) -> Path:
    """City, log and these offices, rendered as `pantau laporan` does."""
    from helpers import store
    from helpers.run import batch, jobs, pool, summary
    from helpers.run.delivery import folder_at

    versi = store.version(kampanye.path(kampanye.simpan))
    planned = [job for job in jobs.plan(kampanye, versi) if not job.opd or job.opd in opd]
    folder = folder_at(target)
    with folder.alone(), pool.local(2) as opener:
        assert batch.run(planned, folder, opener).gagal == []
        summary.write_index(kampanye, folder, versi)
    return target


@pytest.fixture(scope="session")
def porta_kosong() -> Callable[[], int]:
    """porta_kosong(): a port of this computer that nobody listens on."""

    def find() -> int:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            return trial.getsockname()[1]

    return find


@pytest.fixture(scope="session")
def orang() -> Callable[..., dict[str, Any]]:
    """A valid person of a nominatif, number 1-899; keywords replace columns, None empties one."""

    def person(number: int = 1, **changes: Any) -> dict[str, Any]:
        valid = {
            "nomor": number,
            "nip": f"198503172010011{number:03d}",
            "nama": f"Nama {number}",
            "unit": "Sekretariat",
            "jenis_asn": "PNS",
            "status": "Berhasil",
            "tanggal_isi": date(2020, 3, 2),
            "bukti": "Ada",
        }
        return valid | changes

    return person


@pytest.fixture(scope="session")
def tulis_lembar() -> Callable[..., Path]:
    """Writes {sheet: rows of cells} as .xlsx, or the only sheet as .csv; cells keep their type."""
    return _write_cells


@pytest.fixture(scope="session")
def tulis_formulir() -> Callable[..., Path]:
    """Writes {sheet: rows by column of the store} under the headings of the form: headings in row 6, rows from 7."""
    return _write_form


@pytest.fixture(scope="session")
def tulis_nominatif() -> Callable[..., Path]:
    """tulis_nominatif(path, rows, opd="DINKES", tanggal=17 March 2020): one nominatif, .xlsx or .csv."""

    def write(path: Path, rows: Iterable[dict[str, Any]], opd: str = "DINKES", tanggal: Any = HARI) -> Path:
        return _write_form(path, {"Nominatif": rows}, opd, tanggal)

    return write


def _write_form(
    path: Path, sheets: dict[str, Iterable[dict[str, Any]]], opd: str = "DINKES", tanggal: Any = HARI
) -> Path:
    grids = {}
    for name, rows in sheets.items():
        columns = JUDUL[name]
        grids[name] = [
            [f"{name} ASN"],
            [],
            ["Kode OPD", None, opd],
            ["Tanggal Data", None, tanggal],
            [],
            list(columns.values()),
            *([row.get(column) for column in columns] for row in rows),
        ]
    return _write_cells(path, grids)


def _write_cells(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        (cells,) = sheets.values()
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([[_as_csv(cell) for cell in line] for line in cells])
        return path
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for at, line in enumerate(cells):
                for column, cell in enumerate(line):
                    _write_cell(sheet, at, column, cell, day)
    return path


def _write_cell(sheet: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime.combine(cell, time()), day)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(row, column, cell)


def _as_csv(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
