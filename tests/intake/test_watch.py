"""watch.py: what arrives in the inbox comes out once, whole, in batches."""

import threading
import time
from pathlib import Path

import pytest

from helpers.intake.watch import arrivals


@pytest.fixture
def pengawas(tmp_path):
    """A watcher of a folder in a thread; `seen` holds the names of each batch."""
    inbox, seen, stop = tmp_path / "masuk", [], threading.Event()
    inbox.mkdir()

    def follow():
        for files in arrivals(inbox, stop):
            seen.append([path.name for path in files])

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    time.sleep(0.5)
    yield inbox, seen
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def wait_for(seen: list, many: int) -> None:
    until = time.monotonic() + 20
    while sum(map(len, seen)) < many and time.monotonic() < until:
        time.sleep(0.1)


def test_files_come_out_once_and_lock_files_never(pengawas):
    inbox, seen = pengawas
    for name in ("a.xlsx", "~$a.xlsx", ".tmp", "b.csv"):
        (inbox / name).write_bytes(b"x")
    wait_for(seen, 2)
    assert sorted(name for batch in seen for name in batch) == ["a.xlsx", "b.csv"]


def test_a_file_that_grows_comes_out_when_it_is_whole(pengawas):
    inbox, seen = pengawas
    path: Path = inbox / "a.csv"
    with path.open("wb", buffering=0) as file:
        for _ in range(8):
            file.write(b"x" * 1000)
            time.sleep(0.25)
        assert seen == []
    wait_for(seen, 1)
    assert seen[0] == ["a.csv"] and path.stat().st_size == 8000


def test_a_file_that_goes_away_is_no_arrival(pengawas):
    inbox, seen = pengawas
    (inbox / "a.csv").write_bytes(b"x")
    (inbox / "a.csv").unlink()
    (inbox / "b.csv").write_bytes(b"x")
    wait_for(seen, 1)
    assert seen == [["b.csv"]]
