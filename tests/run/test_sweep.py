"""What a killed run leaves is removed, though somebody still writes there."""

import contextlib
import subprocess
import sys
import threading
import time

from helpers.run import sweep


def test_goes_on_while_somebody_still_writes(tmp_path):
    folder = tmp_path / "pantau-x"
    folder.mkdir()
    end = time.monotonic() + 0.5

    def write():
        number = 0
        while time.monotonic() < end:
            number += 1
            with contextlib.suppress(OSError):  # emptied under our hands
                (folder / f"a{number}").mkdir()

    writer = threading.Thread(target=write)
    writer.start()
    assert sweep.remove(folder)
    writer.join()
    assert not folder.exists()


def test_waits_for_the_end_of_whoever_started_it(tmp_path):
    folder = tmp_path / "pantau-x"
    folder.mkdir()
    process = subprocess.Popen([sys.executable, "-m", "helpers.run.sweep", str(folder)], stdin=subprocess.PIPE)
    time.sleep(0.3)
    assert folder.exists()
    process.stdin.close()
    assert process.wait(10) == 0 and not folder.exists()


def test_gives_up_where_it_may_not(tmp_path, monkeypatch):
    monkeypatch.setattr(sweep.shutil, "rmtree", lambda *a, **k: None)
    monkeypatch.setattr(sweep, "ATTEMPTS", 2)
    assert not sweep.remove(tmp_path, pause=0)
