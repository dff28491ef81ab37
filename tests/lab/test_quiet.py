"""quiet.py: JupyterLab's terminal says in Indonesian where the page is, and nothing else while all is well."""

import logging
import os
import pty
import signal
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from helpers.lab.quiet import Quiet
from helpers.report.exportable import ExportError


def record(level, message, error=None):
    return logging.LogRecord("ServerApp", level, "", 1, message, (), (type(error), error, None) if error else None)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (record(logging.INFO, "extension was successfully linked"), False),
        (record(logging.WARNING, "Notebook is not trusted"), False),
        (record(logging.ERROR, "nbconvert failed", ExportError("Sel parameter belum")), False),
        (record(logging.ERROR, "nbconvert failed", OSError("disk")), True),
        (record(logging.ERROR, "Uncaught exception"), True),
        (record(logging.CRITICAL, "Shutting down..."), False),
        (record(logging.CRITICAL, "received signal 15, stopping"), False),
        (record(logging.CRITICAL, "No such file or directory: x"), True),
    ],
)
def test_only_errors_are_shown(line, shown):
    assert Quiet().filter(line) == shown


def answers(port):
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=2).status == 200
    except OSError:
        return False


@pytest.mark.lambat
def test_a_terminal_reads_one_block_and_ctrl_c_ends_it(proyek_baru, porta_kosong):
    folder, port = proyek_baru(), porta_kosong()
    command = Path(sys.executable).with_name("pantau")
    process, terminal = pty.fork()
    if not process:
        os.chdir(folder)
        own = {"PANTAU_AKAR": str(folder), "PYTHONPATH": str(Path(__file__).parents[2] / "src"), "COLUMNS": "120"}
        os.execve(command, [command, "lab", "--porta", str(port), "--tanpa-peramban"], os.environ | own)
    try:
        until(lambda: answers(port))
        time.sleep(2)  # what it would say of itself comes after it answers
        os.write(terminal, b"\x03")
        until(lambda: os.waitpid(process, os.WNOHANG)[0])
        said = os.read(terminal, 100_000).decode().replace("\r", "").strip()
    except BaseException:
        os.kill(process, signal.SIGKILL)
        raise
    first, _, link, _, last, *end = said.splitlines()
    assert first == "JupyterLab berjalan di alamat ini:" and link.startswith(f"  http://127.0.0.1:{port}/?token=")
    assert last.endswith("Berhenti: Ctrl+C.") and end in ([], ["^C"])


def until(done, seconds=60):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.2)
