"""A batch that is killed at any moment: what stands is whole, the next one does the rest and redoes nothing."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psutil
import pytest
import yaml
from pypdf import PdfReader

pytestmark = pytest.mark.lambat
PANTAU = Path(sys.executable).with_name("pantau")
OFFICES = ["BPBD", "BAG-SDA", "PRKP", "BAPPEDA", "DINKES"]


@pytest.fixture
def command(contoh_store, tmp_path):
    """The command line of a run of five offices on the sample store."""
    path = tmp_path / "params.yaml"
    path.write_text(yaml.safe_dump(contoh_store.parameters(), allow_unicode=True))
    words = [str(PANTAU), "laporan", "--params", str(path), "--keluar", str(tmp_path / "r")]
    return [*words, *(word for opd in OFFICES for word in ("--opd", opd))]


@pytest.fixture
def mark(tmp_path):
    """A variable that tells processes of this test, and a folder for what they leave behind."""
    temporary = Path("/tmp") / f"uji-{uuid.uuid4().hex[:8]}"
    temporary.mkdir()
    yield {"PANTAU_UJI": uuid.uuid4().hex, "TMPDIR": str(temporary)}
    subprocess.run(["rm", "-r", str(temporary)], check=True)


def ledger(folder):
    path = folder / "ledger.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.is_file() else []


def check(folder):
    """Every PDF at its place is whole, every line of the ledger tells the truth."""
    for pdf in folder.glob("opd/*/laporan.pdf"):
        assert pdf.read_bytes().rstrip().endswith(b"%%EOF")
        assert f"opd:{pdf.parent.name}" in PdfReader(pdf).metadata["/Keywords"]
    for entry in ledger(folder):
        assert hashlib.sha256((folder / entry["berkas"]).read_bytes()).hexdigest() == entry["sidik"]


def alive(mark):
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("PANTAU_UJI") == mark["PANTAU_UJI"] and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def gone(mark, seconds=15):
    """Whether all have ended. Seen twice: a process that starts its sweeper and ends can slip through one look."""
    end, looks = time.monotonic() + seconds, 0
    while looks < 2 and time.monotonic() < end:
        looks = 0 if alive(mark) else looks + 1
        time.sleep(0.2)
    return looks == 2


def test_killed_again_and_again_it_still_gets_done(command, mark, tmp_path):
    folder = tmp_path / "r/2020-03-17"
    chance = random.Random(20200317)
    kills = 0
    # Before the first report, in the middle of reports, and after each one that was delivered.
    for wanted in (0, 0, 1, 1, 2, 3, 4):
        batch = subprocess.Popen(command, env=os.environ | mark, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while batch.poll() is None and len(ledger(folder)) < wanted:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.4) + (chance.uniform(0.5, 3) if wanted < 1 else 0))
        kills += batch.poll() is None
        batch.send_signal(signal.SIGKILL)
        batch.wait()
        assert gone(mark), alive(mark)
        # multiprocessing leaves the folder of its socket; of ours, with half-made files, nothing
        assert [p for p in Path(mark["TMPDIR"]).iterdir() if not p.name.startswith("pymp-")] == []
        check(folder)
    assert kills >= 5
    before = {entry["pekerjaan"]: entry["sidik"] for entry in ledger(folder)}
    done = subprocess.run(command, env=os.environ | mark, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    check(folder)
    entries = ledger(folder)
    assert sorted(entry["opd"] for entry in entries) == sorted(OFFICES)  # each was made once, none again
    assert all(entry["sidik"] == before.get(entry["pekerjaan"], entry["sidik"]) for entry in entries)
    assert not list(folder.rglob(".*sementara"))
    assert (folder / "index.html").is_file()
    again = subprocess.run(command, env=os.environ | mark, capture_output=True, text=True)
    assert "5 laporan tetap seperti adanya" in again.stdout and again.returncode == 0
    assert len(ledger(folder)) == 5
    assert gone(mark)


def test_a_second_batch_is_refused_in_a_sentence(command, mark, tmp_path):
    first = subprocess.Popen(command, env=os.environ | mark, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lock = tmp_path / "r/.2020-03-17.kunci"
    while not lock.exists() and first.poll() is None:
        time.sleep(0.01)
    time.sleep(0.5)
    second = subprocess.run(command, env=os.environ | mark, capture_output=True, text=True)
    assert second.returncode == 1 and "Laporan lain sedang disusun" in " ".join(second.stderr.split())
    assert first.wait() == 0 and len(ledger(tmp_path / "r/2020-03-17")) == 5


def test_interrupted_by_hand_it_stops_at_once_and_goes_on_later(command, mark, tmp_path):
    folder = tmp_path / "r/2020-03-17"
    batch = subprocess.Popen(
        command,
        env=os.environ | mark,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not ledger(folder) and batch.poll() is None:
        time.sleep(0.01)
    os.killpg(batch.pid, signal.SIGINT)  # as Ctrl+C in a terminal: to the whole group
    said = " ".join("".join(batch.communicate(timeout=30)).split())
    assert batch.returncode == 130 and "Traceback" not in said and "Dihentikan" in said
    assert gone(mark), alive(mark)
    check(folder)
    assert subprocess.run(command, env=os.environ | mark, capture_output=True).returncode == 0
    assert sorted(entry["opd"] for entry in ledger(folder)) == sorted(OFFICES)
