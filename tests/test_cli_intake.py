"""The commands about what offices send: JSON for other programs, a trial, another store, watching, the known words."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PANTAU = Path(sys.executable).with_name("pantau")


def pantau(*words, code=0):
    done = subprocess.run([PANTAU, *map(str, words)], cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in done.stderr + done.stdout
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def params(kampanye, tmp_path):
    """A params file for the temporary campaign."""
    path = tmp_path / "params.yaml"
    path.write_text(yaml.safe_dump(kampanye.parameters(), allow_unicode=True))
    return path


def test_json_is_one_object_a_line_and_nothing_else(params, tmp_path, tulis_nominatif, orang):
    good = tulis_nominatif(tmp_path / "a.xlsx", [orang(1), orang(2, status="Proses", tanggal_isi=None, bukti=None)])
    bad = tulis_nominatif(tmp_path / "b.xlsx", [orang(1, status="Entah")], opd="DISHUB")
    done = pantau("terima", good, bad, "--json", "--params", params)
    first, second = map(json.loads, done.stdout.splitlines())
    assert [first[k] for k in ("berkas", "hasil", "opd", "jumlah_asn", "berhasil", "belum")] == [
        "a.xlsx",
        "diterima",
        "DINKES",
        2,
        1,
        1,
    ]
    assert (second["hasil"], second["jumlah_asn"], second["temuan"][0]["sel"]) == ("ditolak", None, "F7")


def test_another_store_keeps_its_feedback_and_leaves_the_campaigns_alone(
    params, kampanye, tmp_path, tulis_nominatif, orang
):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang(1)])
    other = tmp_path / "lain" / "simpan"
    pantau("terima", path, "--simpan", other, "--params", params)
    assert (other / "kiriman").is_dir() and (other / "umpan_balik" / "a.xlsx.xlsx").is_file()
    assert not Path(kampanye.simpan).exists()
    again = pantau("terima", path, "--simpan", other, "--json", "--params", params)
    assert json.loads(again.stdout)["hasil"] == "diterima"


def test_a_trial_stores_nothing(params, kampanye, tmp_path, tulis_nominatif, orang):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang(1)])
    done = pantau("terima", path, "--coba", "--params", params)
    assert "tidak ada yang disimpan" in done.stdout
    assert not Path(kampanye.simpan).exists()
    assert (Path(kampanye.masuk).parent / "umpan_balik" / "a.xlsx.xlsx").is_file()


def test_the_list_of_words_is_printed(params):
    done = pantau("kamus", "--params", params)
    assert "| `nip` | NIP, NIP Baru" in done.stdout


def test_watching_a_file_instead_of_a_folder_is_wrong_use(kampanye, tmp_path):
    values = kampanye.parameters() | {"masuk": str(tmp_path / "satu.csv")}
    (tmp_path / "satu.csv").write_text("x")
    (tmp_path / "p.yaml").write_text(yaml.safe_dump(values, allow_unicode=True))
    assert "bukan folder" in pantau("awasi", "--params", tmp_path / "p.yaml", code=2).stderr


@pytest.mark.lambat
def test_what_arrives_is_taken_in_and_what_changed_is_rendered(params, kampanye, tmp_path, tulis_nominatif, orang):
    inbox = Path(kampanye.masuk)
    people = [orang(n) for n in range(1, 9)]
    ready = tulis_nominatif(tmp_path / "DINKES.xlsx", people)
    words = [PANTAU, "awasi", "--params", params, "--keluar", tmp_path / "laporan"]
    watching = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert "Mengawasi" in watching.stdout.readline()
        time.sleep(1)
        (inbox / "DINKES.xlsx").write_bytes(ready.read_bytes())
        (inbox / "rusak.xlsx").write_bytes(b"x")
        report = tmp_path / "laporan" / "2020-03-17" / "opd" / "DINKES" / "laporan.pdf"
        index = tmp_path / "laporan" / "2020-03-17" / "index.html"
        until = time.monotonic() + 240
        while not (report.is_file() and index.is_file()) and time.monotonic() < until:
            assert watching.poll() is None, watching.stderr.read()
            time.sleep(0.5)
        assert report.read_bytes().startswith(b"%PDF")
        watching.send_signal(signal.SIGINT)
        out, err = watching.communicate(timeout=30)
    finally:
        watching.kill()
    assert "Traceback" not in out + err
    assert "rusak.xlsx" in out and "Diterima 1" in out
