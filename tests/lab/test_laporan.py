"""Tab Laporan: which reports stand, rendered in a process of its own, stopped, opened, packed; no names for everybody."""

import asyncio
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpers.lab.laporan import ALL, Laporan
from helpers.lab.session import Session

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def akar(tmp_path, monkeypatch):
    """A project of its own, so that reports/ is not touched."""
    for name in ("params", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.setenv("PANTAU_AKAR", str(tmp_path))
    return tmp_path


@pytest.fixture
def tab(akar, salinan):
    return Laporan(Session(salinan, ubah=True))


def text(notice):
    return re.sub(r"<[^>]+>", "", notice.value)


def lines(tab):
    return {code: line for line, code in tab.daftar.options}


def test_every_document_is_listed(tab, salinan):
    assert list(lines(tab))[:2] == ["laporan_kota", "log_kendala"]
    assert len(lines(tab)) == 2 + len(salinan.units)
    assert all(line.endswith("belum disusun") for line in lines(tab).values()) and tab.unduh.berkas == []


def test_nothing_chosen_is_a_sentence(tab):
    tab.pilih.click()
    assert "Tidak ada yang perlu disusun" in text(tab.kabar)


@pytest.mark.lambat
def test_renders_opens_packs_and_knows_what_changed(tab, akar, salinan, tulis_nominatif, orang, tmp_path):
    seen = []
    tab.bilah.observe(lambda change: seen.append(change["new"]), "value")

    async def render():
        tab.daftar.value = ["laporan_kota", "opd/DINKES"]
        tab.pilih.click()
        tab.pilih.click()
        assert "sedang disusun" in text(tab.kabar)
        await tab.tugas

    asyncio.run(render())
    assert "2 laporan disusun" in text(tab.kabar) and max(seen) == 2
    assert lines(tab)["opd/DINKES"].endswith("terbit, mutakhir") and lines(tab)["log_kendala"].endswith("belum disusun")
    assert (akar / "reports" / "2020-03-17" / "index.html").is_file()
    name, kind, content = tab._file("laporan_kota")
    assert (name, kind) == ("laporan_kota.pdf", "application/pdf") and content.startswith(b"%PDF")
    packed = zipfile.ZipFile(io.BytesIO(tab._file(ALL)[2]))
    assert packed.testzip() is None and "opd/DINKES/daftar_tindak_lanjut.xlsx" in packed.namelist()
    looking = Laporan(Session(salinan, ubah=False))
    assert {one["kunci"] for one in looking.unduh.berkas} == {ALL}
    names = zipfile.ZipFile(io.BytesIO(looking._file(ALL)[2])).namelist()
    assert "laporan_kota.pdf" in names and not [name for name in names if "daftar_tindak_lanjut" in name]
    looking.daftar.value = ["laporan_kota"]
    looking.pilih.click()
    assert "hanya untuk melihat" in text(looking.kabar) and looking.tugas is None


@pytest.mark.lambat
@pytest.mark.parametrize("at_once", [False, True])
def test_stopped_what_stands_is_whole_and_the_rest_can_be_made(tab, akar, at_once):
    async def begin_and_stop():
        tab.semua.click()
        while not (tab.proses and tab.bilah.max > 2):
            await asyncio.sleep(0.05)
        tab.henti.click()
        await asyncio.wait_for(tab.tugas, 60)

    asyncio.run(begin_and_stop())
    assert "dihentikan" in text(tab.kabar) and tab.henti.disabled and not tab.semua.disabled
    for path in (akar / "reports").rglob("*.pdf"):
        assert path.read_bytes().startswith(b"%PDF") and b"%%EOF" in path.read_bytes()[-1024:]
    assert not list((akar / "reports").rglob("*.sementara"))


@pytest.mark.lambat
def test_a_batch_that_somebody_else_runs_is_a_sentence(tab):
    async def render():
        tab.daftar.value = ["opd/DINKES"]
        with tab.folder.alone():
            tab.pilih.click()
            await tab.tugas

    asyncio.run(render())
    assert "sedang disusun" in text(tab.kabar)


@pytest.mark.lambat
def test_the_process_ends_with_whoever_asked(akar, salinan):
    asked = {"parameter": salinan.parameters(), "versi": 1, "pekerjaan": ["laporan_kota"]}
    command = [sys.executable, "-m", "helpers.lab.susun"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        process.stdin.write(json.dumps(asked, default=str).encode() + b"\n")
        process.stdin.close()
        told = [json.loads(line) for line in process.stdout]
        assert process.wait(60) == 0
    assert told[-1] == {"berhenti": True}


@pytest.mark.parametrize(
    ("change", "said"), [({"versi": 999}, "Versi data 999"), ({"parameter": {"target": 7}}, "target")]
)
def test_what_can_not_be_rendered_is_one_sentence(akar, salinan, change, said):
    asked = {"parameter": salinan.parameters(), "versi": 1, "pekerjaan": ["laporan_kota"]}
    asked["parameter"] |= change.pop("parameter", {})
    command = [sys.executable, "-m", "helpers.lab.susun"]
    done = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    done.stdin.write(json.dumps(asked | change, default=str) + "\n")
    done.stdin.flush()
    last = json.loads(done.stdout.readlines()[-1])
    done.stdin.close()
    assert said in last["galat"] and done.wait(60) == 0
