"""What one run leaves, made for real from the sample: every document, no names in city outputs, same bytes again."""

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from helpers import store
from helpers.run import batch, jobs, pool
from helpers.run.delivery import Folder
from helpers.run.ledger import Ledger

pytestmark = pytest.mark.lambat
# One large, silent, counts only, target reached, the largest, tiny.
OFFICES = ["DINKES", "PRKP", "BPBD", "BAPPEDA", "DISDIKBUD", "KORPRI"]


@pytest.fixture(scope="module")
def run(terbitan):
    """A rendered run of city, log and six offices."""
    return terbitan


def text(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def people(kampanye):
    frames = [store.read_people(kampanye, opd) for opd in kampanye.units["kode"]]
    names = {name for frame in frames for name in frame["nama"]}
    nips = {nip for frame in frames for nip in frame["nip"]}
    assert len(nips) > 4800
    return names, nips


def test_everything_is_there(run):
    city = ("laporan_kota.pdf", "nota_dinas.pdf", "rapat.pdf", "notulen.docx", "ringkasan_wa.txt", "ringkasan_wa.png")
    for name in (*city, "log_kendala.pdf", "log_kendala.xlsx", "index.html", "ledger.jsonl"):
        assert (run / name).stat().st_size > 0, name
    for opd in OFFICES:
        for name in ("laporan.pdf", "ringkasan_wa.txt", "ringkasan_wa.png"):
            assert (run / "opd" / opd / name).stat().st_size > 0, (opd, name)
    assert (run / "opd/DINKES/daftar_tindak_lanjut.xlsx").is_file()
    assert not (run / "opd/PRKP/daftar_tindak_lanjut.xlsx").exists()
    assert len(list((run / "notebook").glob("*.ipynb"))) == 2 + len(OFFICES)
    assert not list(run.rglob(".*"))


def test_city_outputs_hold_no_name_and_no_nip(run, contoh_store):
    names, nips = people(contoh_store)
    outputs = {
        name: text(run / name) for name in ("laporan_kota.pdf", "nota_dinas.pdf", "rapat.pdf", "log_kendala.pdf")
    }
    outputs["notulen.docx"] = zipfile.ZipFile(run / "notulen.docx").read("word/document.xml").decode()
    outputs |= {path.name: path.read_text() for path in (run / "notebook").glob("*.ipynb")}  # offices' notebooks too
    outputs |= {name: (run / name).read_text() for name in ("index.html", "ledger.jsonl")}
    sheets = CalamineWorkbook.from_path(run / "log_kendala.xlsx")
    outputs["log_kendala.xlsx"] = str([sheets.get_sheet_by_name(n).to_python() for n in sheets.sheet_names])
    for path in run.rglob("ringkasan_wa.txt"):
        outputs[str(path)] = path.read_text()
    for where, content in outputs.items():
        assert not re.search(r"(?<!\d)(19|20)\d{16}(?!\d)", content), where
        assert not [nip for nip in nips if nip in content], where
        assert not [name for name in names if name in content], where


def test_every_page_of_sample_reports_is_stamped(run):
    for path in run.rglob("*.pdf"):
        reader = PdfReader(path)
        assert "data contoh, bukan data resmi" in reader.metadata.title
        for page in reader.pages:
            assert "DATA CONTOH – BUKAN DATA RESMI" in " ".join(page.extract_text().split()), path
    assert "DATA CONTOH" in (run / "index.html").read_text()
    assert "DATA CONTOH" in (run / "opd/DINKES/ringkasan_wa.txt").read_text()


def test_city_report_says_the_numbers_of_the_day(run):
    content = text(run / "laporan_kota.pdf")
    for words in (
        "Baru 30,0% ASN berhasil mengisi SP Online; tanpa langkah tambahan sekitar",
        "capaian dari 5.402 ASN: 1.621 berhasil",
        "14 hari kalender, 9 di antaranya hari kerja",
        "66 → 301",
        "per hari kalender 47 → 193",
        "48 dari 52 OPD melapor",
    ):
        assert words in content, words
    assert not re.search(r"\b(nan|None|NaT|March|February|Tuesday)\b|<NA>", content)


def test_nota_and_message_say_the_same_numbers_as_the_report(run):
    nota, pesan, laporan = (
        text(run / "nota_dinas.pdf"),
        (run / "ringkasan_wa.txt").read_text(),
        text(run / "laporan_kota.pdf"),
    )
    low, high = re.search(r"selang 80%: (\d+)–(\d+)%", laporan).groups()
    for content in (nota, pesan):
        for words in ("1.621 dari 5.402 ASN", "2.701 ASN", "301 ASN per hari kerja", f"{low}–{high}%", "dari 52 OPD"):
            assert words in content, words


def test_a_number_can_be_followed_from_the_cell_to_the_sentence(run, contoh_store):
    sheet = CalamineWorkbook.from_path(Path(contoh_store.masuk) / "DINKES_2020-03-17.xlsx").get_sheet_by_name(
        "Nominatif"
    )
    rows = sheet.to_python()
    head = next(i for i, row in enumerate(rows) if "NIP" in row)
    status = [row[rows[head].index("Status")] for row in rows[head + 1 :]]
    done, everyone = status.count("Berhasil"), sum(bool(s) for s in status)
    assert f"capaian dari {everyone} ASN: {done} berhasil" in text(run / "opd/DINKES/laporan.pdf")


def test_each_report_is_the_office_s_own(run, contoh_store):
    names = contoh_store.units.set_index("kode")["nama"]
    for opd in OFFICES:
        reader = PdfReader(run / "opd" / opd / "laporan.pdf")
        assert f"opd:{opd}" in reader.metadata["/Keywords"]
        assert names[opd] in " ".join(reader.pages[0].extract_text().split())


def test_silent_office_gets_a_report_that_does_not_say_zero(run):
    content = text(run / "opd/PRKP/laporan.pdf")
    assert "belum melapor" in content and "0,0%" not in content


def test_ledger_has_a_line_per_report_with_the_hash_of_its_pdf(run):
    import hashlib

    entries = Ledger(Folder(run)).last()
    assert len(entries) == 2 + len(OFFICES)
    for entry in entries.values():
        assert entry.status == "selesai"
        assert hashlib.sha256((run / entry.berkas).read_bytes()).hexdigest() == entry.sidik


def test_same_data_same_bytes(run, contoh_store, tmp_path):
    versi = store.version(contoh_store.path(contoh_store.simpan))
    (job,) = [job for job in jobs.plan(contoh_store, versi) if job.opd == "DINKES"]
    with pool.local(1, warm=False) as opener:
        batch.run([job], Folder(tmp_path), opener)
    for name in ("laporan.pdf", "ringkasan_wa.txt", "ringkasan_wa.png", "daftar_tindak_lanjut.xlsx"):
        assert (tmp_path / "opd/DINKES" / name).read_bytes() == (run / "opd/DINKES" / name).read_bytes(), name


def test_executed_notebooks_record_their_parameters_and_open_again(run):
    import nbformat

    for path in (run / "notebook").glob("*.ipynb"):
        nb = nbformat.read(path, as_version=4)
        nbformat.validate(nb)
        assert nb.metadata.papermill.parameters.tanggal_data == "2020-03-17"
        assert json.loads(path.read_text())


def test_pages_are_rendered_without_holes(run, tmp_path):
    """Every page of the city report carries ink from top to bottom third at least, checked on the pixels."""
    subprocess.run(["pdftoppm", "-r", "40", "-gray", run / "laporan_kota.pdf", tmp_path / "p"], check=True)
    pages = sorted(tmp_path.glob("p*.pgm"))
    assert 3 <= len(pages) <= 10
    for path in pages:
        data = io.BytesIO(path.read_bytes())
        assert data.readline() == b"P5\n"
        width, height = map(int, data.readline().split())
        data.readline()
        pixels = data.read()
        dark = sum(value < 128 for value in pixels[: width * (height * 2 // 3)])
        assert dark > (500 if path != pages[-1] else 100), path  # the last page may end early
