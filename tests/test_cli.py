"""The command line: one sentence and an exit code for every mistake, never a traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PANTAU = Path(sys.executable).with_name("pantau")


def pantau(*words, cwd=ROOT, **environment):
    done = subprocess.run(
        [PANTAU, *map(str, words)], cwd=cwd, capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture
def params(kampanye, tmp_path):
    """A params file for the temporary campaign; keywords change or (None) drop keys."""

    def write(**changes):
        values = {k: v for k, v in (kampanye.parameters() | changes).items() if v is not None}
        path = tmp_path / "params.yaml"
        path.write_text(yaml.safe_dump(values, allow_unicode=True))
        return path

    return write


def test_help_lists_every_command_in_indonesian():
    done = pantau("--help")
    assert done.returncode == 0
    for command in ("contoh", "formulir", "bukti", "terima", "awasi", "kamus", "laporan", "status", "lab", "papan"):
        assert command in done.stdout


@pytest.mark.parametrize(
    ("changes", "words", "code", "sentence"),
    [
        ({"target": None}, ["laporan"], 2, "kunci target belum ada"),
        ({"asing": 1}, ["laporan"], 2, "kunci asing tidak dikenal"),
        ({}, ["laporan", "--tanggal", "2020-05-01"], 2, "di luar masa kampanye"),
        ({}, ["laporan", "--tanggal", "kemarin"], 2, "harus tanggal seperti 2020-03-17"),
        ({}, ["laporan"], 1, "jalankan `pantau terima`"),
        ({}, ["status"], 1, "jalankan `pantau terima`"),
        ({}, ["terima"], 1, "tidak ada; jalankan `pantau contoh`"),
        ({}, ["formulir", "--opd", "XYZ"], 2, "Kode OPD 'XYZ' tidak ada di register"),
        ({"jenis_asn": "PNS, HONORER"}, ["status"], 2, "pakai PNS, PPPK, PTT"),
        ({"register": "tidak/ada.csv"}, ["contoh"], 2, "periksa parameter register"),
    ],
)
def test_every_mistake_is_one_sentence(params, changes, words, code, sentence):
    done = pantau(*words, "--params", params(**changes))
    assert done.returncode == code, done.stderr
    assert sentence in " ".join(done.stderr.split())
    assert len(done.stderr.strip().splitlines()) == 1


def test_missing_params_file_and_unknown_option():
    done = pantau("laporan", "--params", "params/tidak_ada.yaml")
    assert done.returncode == 2 and "tidak ditemukan" in done.stderr
    assert pantau("laporan", "--tak-ada").returncode == 2


@pytest.mark.parametrize("broken", ["rekap", "nominatif", "kiriman"])
def test_a_damaged_store_is_one_sentence(params, kampanye, tulis_nominatif, orang, broken):
    tulis_nominatif(Path(kampanye.masuk) / "a.xlsx", [orang(1), orang(2)])
    pantau("terima", "--params", params())
    for part in (Path(kampanye.simpan) / broken).rglob("*.parquet"):
        part.write_bytes(b"rusak")
    done = pantau("status", "--params", params())
    assert done.returncode == 1 and "rusak atau tidak lengkap" in done.stderr
    shutil.rmtree(Path(kampanye.simpan) / broken)
    again = pantau("terima", "--params", params())
    assert broken == "kiriman" or (again.returncode == 1 and "rusak atau tidak lengkap" in again.stderr)


def test_wrong_use_is_indonesian():
    for words in (["--foo"], ["laporan", "--pekerja", "0"], ["apa"]):
        done = pantau(*words)
        assert done.returncode == 2 and "lihat `pantau --help`" in done.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence(params, contoh_store, tmp_path):
    (tmp_path / "berkas").write_text("x")
    path = params(simpan=contoh_store.simpan)
    done = pantau("laporan", "--params", path, "--opd", "DINKES", "--keluar", tmp_path / "berkas")
    assert done.returncode == 1 and "Periksa jalur" in done.stderr


def test_empty_inbox(params, kampanye):
    Path(kampanye.masuk).mkdir()
    done = pantau("terima", "--params", params())
    assert done.returncode == 1 and "kosong; salin kiriman OPD" in done.stderr


def test_a_file_that_is_no_workbook_is_refused_and_the_rest_goes_on(params, kampanye, tulis_nominatif, orang):
    inbox = Path(kampanye.masuk)
    tulis_nominatif(inbox / "baik.xlsx", [orang(1), orang(2)])
    (inbox / "rusak.xlsx").write_bytes(b"bukan excel")
    (inbox / "foto.jpg").write_bytes(b"\xff\xd8")
    done = pantau("terima", "--params", params())
    assert done.returncode == 0
    assert "Diterima 1, sudah ada 0, ditolak 2." in done.stdout
    assert "rusak.xlsx: Berkas bukan lembar kerja" in done.stdout
    again = pantau("terima", "--params", params())
    assert "Diterima 0, sudah ada 1, ditolak 2." in again.stdout


def test_only_refused_files_is_a_failure_that_says_cell_and_remedy(params, kampanye, tulis_nominatif, orang):
    tulis_nominatif(Path(kampanye.masuk) / "salah.xlsx", [orang(1, status="Entah")])
    done = pantau("terima", "--params", params())
    assert done.returncode == 1
    assert "salah.xlsx: lembar Nominatif sel F7: Status 'Entah' tidak dikenal. Pilih Berhasil" in done.stdout
    assert "jalankan `pantau terima`" in pantau("laporan", "--params", params()).stderr


def test_every_finding_is_written_beside_the_inbox(params, kampanye, tulis_nominatif, orang):
    tulis_nominatif(Path(kampanye.masuk) / "salah.xlsx", [orang(n, status="Entah") for n in range(1, 9)])
    done = pantau("terima", "--params", params())
    assert "dan 3 temuan lagi di" in done.stdout
    book = openpyxl.load_workbook(Path(kampanye.masuk).parent / "umpan_balik" / "salah.xlsx.xlsx")
    listed = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=5)]
    assert [line[1] for line in listed] == ["Perbaiki"]
    assert listed[0][3] == "F7, F8, F9, F10 dan 4 lagi"


def test_sample_is_not_mixed_with_what_offices_sent(params, kampanye):
    inbox = Path(kampanye.masuk)
    inbox.mkdir()
    (inbox / "DINKES asli.xlsx").write_bytes(b"x")
    done = pantau("contoh", "--params", params())
    assert done.returncode == 1 and "contoh tidak dicampur" in done.stderr
    assert pantau("contoh", "--bila-kosong", "--params", params()).returncode == 0
    assert [p.name for p in inbox.iterdir()] == ["DINKES asli.xlsx"]


def test_forms_for_one_office(params, tmp_path):
    done = pantau("formulir", "--opd", "DINKES", "--keluar", tmp_path / "f", "--params", params())
    assert done.returncode == 0 and (tmp_path / "f" / "DINKES_formulir.xlsx").is_file()


def test_an_empty_form_is_sent_back_not_counted_as_zero(params, tmp_path):
    pantau("formulir", "--opd", "DINKES", "--keluar", tmp_path / "f", "--params", params())
    done = pantau("terima", tmp_path / "f" / "DINKES_formulir.xlsx", "--params", params())
    assert done.returncode == 1 and "belum diisi" in done.stdout


@pytest.mark.lambat
def test_sample_to_report_of_one_office(params, tmp_path):
    path = params()
    assert "58 kiriman contoh dan rekap penduduk" in pantau("contoh", "--params", path).stdout
    assert "ditolak 0" in pantau("terima", "--params", path).stdout
    done = pantau("laporan", "--params", path, "--opd", "DINKES", "--keluar", tmp_path / "r")
    assert done.returncode == 0, done.stderr
    assert "1 dari 1 laporan terbit" in done.stdout and "Buka dulu:" in done.stdout
    assert (tmp_path / "r/2020-03-17/opd/DINKES/laporan.pdf").is_file()
    again = pantau("laporan", "--params", path, "--opd", "DINKES", "--hanya-gagal", "--keluar", tmp_path / "r")
    assert again.returncode == 0 and "1 laporan tetap seperti adanya" in again.stdout
    page = tmp_path / "r/2020-03-17/index.html"
    page.write_text("lama")  # as a batch leaves it that was killed before its page
    assert pantau("laporan", "--params", path, "--opd", "DINKES", "--keluar", tmp_path / "r").returncode == 0
    assert page.read_text().startswith("<!doctype html>")
    assert "48 dari 52" in pantau("status", "--params", path).stdout


@pytest.mark.lambat
def test_one_failing_report_gives_exit_code_1(params, tmp_path, contoh_store):
    # An office whose report can't be right: a notebook that fails for it alone is forced by a wrong store version.
    path = params(simpan=contoh_store.simpan, versi_data=99)
    done = pantau("laporan", "--params", path, "--opd", "DINKES", "--keluar", tmp_path / "r")
    assert done.returncode == 1
    assert "Versi data 99 tidak ada" in " ".join((done.stdout + done.stderr).split())


def test_forms_are_prefilled_and_a_filled_one_is_kept(params, tmp_path, kampanye, tulis_nominatif, orang):
    pantau("terima", tulis_nominatif(tmp_path / "DINKES.xlsx", [orang(1)]), "--params", params())
    words = ["formulir", "--opd", "DINKES", "--keluar", tmp_path / "f", "--params", params()]
    assert "1 berisi daftar nama" in pantau(*words).stdout
    assert "_lama" not in pantau(*words).stdout
    assert "disimpan sebagai DINKES_formulir_lama-1.xlsx" in pantau(*words, "--kosong").stdout
    assert len(list((tmp_path / "f").iterdir())) == 2


def test_proofs_go_into_the_form_and_wrong_use_is_one_sentence(params, tmp_path, tulis_nominatif, orang):
    people = [orang(1), orang(2, status="Belum", tanggal_isi=None, bukti="Belum"), orang(3)]
    form = tulis_nominatif(tmp_path / "a.xlsx", people)
    folder = tmp_path / "DINKES"
    folder.mkdir()
    page = Path(ROOT / "reports/contoh/laporan_kota.pdf").read_bytes()
    for name in ("198503172010011001.pdf", "198503172010011002.pdf", "Nama.pdf"):
        (folder / name).write_bytes(page)
    (folder / "[bold]x.pdf").write_bytes(b"x")
    done = pantau("bukti", folder, "--formulir", form, "--keluar", tmp_path / "f", "--params", params())
    assert done.returncode == 0, done.stderr
    assert "ditemukan untuk 2 dari 3 ASN; 1 berstatus Berhasil tanpa berkas" in done.stdout
    assert "status bukan Berhasil (status tidak diubah) (1):\n  Nama 2" in done.stdout
    assert "Nama 1 dan Nama 2" in done.stdout and "[bold]x.pdf: bukan PDF atau gambar" in done.stdout
    assert "Nama.pdf: " in done.stdout
    assert [p.name for p in (tmp_path / "f").iterdir()] == ["DINKES_formulir.xlsx"]
    assert sorted(p.name for p in folder.iterdir())[0] == "198503172010011001.pdf"
    for words, sentence in (
        ([tmp_path / "tiada"], "tidak ada; periksa"),
        ([folder], "belum ada di simpanan"),
        ([tmp_path], "tambahkan --opd"),
    ):
        wrong = pantau("bukti", *words, "--params", params())
        assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1) and sentence in wrong.stderr
