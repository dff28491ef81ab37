"""sandbox.py: a reader that hangs, dies or talks nonsense is replaced, and ends with its parent."""

import datetime
import io
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake import reader, sandbox
from helpers.intake.sandbox import Reader, read_all

TEXT = b"NIP;Nama;Status\n198503172010011001;A;Belum\n"
CELLS = [["NIP", "Nama", "Status"], ["198503172010011001", "A", "Belum"]]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")
pytestmark = posix


@pytest.fixture
def pembaca():
    """A reader of the test's own."""
    own = Reader()
    yield own
    own.stop()


@pytest.fixture
def berkas(tmp_path):
    """A small file that can be read."""
    (tmp_path / "baik.csv").write_bytes(TEXT)
    return tmp_path / "baik.csv"


def cells(answer):
    (sheet,) = answer["sheets"]
    return sheet["cells"]


def child(own):
    return psutil.Process(own._child.pid)


def ended(pid, seconds=10):
    """Whether a process is gone, or a zombie that only waits for its parent, before so many seconds are over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def speak(own, program):
    """Let a reader's child be another program."""
    own._child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


# A reader


def test_one_child_reads_many_files(pembaca, berkas):
    assert cells(pembaca.read(berkas)) == CELLS
    first = child(pembaca).pid
    assert [cells(pembaca.read(berkas)) for _ in range(5)] == [CELLS] * 5
    assert child(pembaca).pid == first


def test_the_child_has_its_limits(pembaca, berkas):
    pembaca.read(berkas)
    resource = pytest.importorskip("resource")
    limits = resource.prlimit(child(pembaca).pid, resource.RLIMIT_AS)
    assert limits == (reader.MEMORY, reader.MEMORY) and reader.MEMORY <= 500_000_000
    assert resource.prlimit(child(pembaca).pid, resource.RLIMIT_CORE) == (0, 0)


def test_a_refusal_keeps_the_child(pembaca, berkas, tmp_path):
    pembaca.read(berkas)
    first = child(pembaca).pid
    (tmp_path / "a.xlsx").write_bytes(b"PK\3\4")
    assert "rusak" in pembaca.read(tmp_path / "a.xlsx")["refused"]
    assert "tidak dapat dibuka" in pembaca.read(tmp_path / "tidak_ada.xlsx")["refused"]
    assert child(pembaca).pid == first


def test_stop_ends_the_child_and_twice_is_no_error(pembaca, berkas):
    pembaca.read(berkas)
    pid = child(pembaca).pid
    pembaca.stop()
    pembaca.stop()
    assert ended(pid)
    assert cells(pembaca.read(berkas)) == CELLS


# Hanging, dying


def test_a_reader_that_hangs_is_replaced(pembaca, berkas, tmp_path, monkeypatch):
    """A pipe without a writer: opening it never returns. (The parent itself refuses what is no file.)"""
    pembaca.read(berkas)
    first = child(pembaca).pid
    os.mkfifo(tmp_path / "pipa.xlsx")
    monkeypatch.setattr(sandbox, "SECONDS", 0.3)
    assert "terlalu lama" in pembaca.read(tmp_path / "pipa.xlsx")["refused"]
    assert ended(first)
    monkeypatch.setattr(sandbox, "SECONDS", 30)
    assert cells(pembaca.read(berkas)) == CELLS


def test_a_stopped_reader_is_replaced(pembaca, berkas, monkeypatch):
    pembaca.read(berkas)
    first = child(pembaca).pid
    os.kill(first, signal.SIGSTOP)
    monkeypatch.setattr(sandbox, "SECONDS", 0.3)
    assert "terlalu lama" in pembaca.read(berkas)["refused"]
    assert ended(first)
    monkeypatch.setattr(sandbox, "SECONDS", 30)
    assert cells(pembaca.read(berkas)) == CELLS


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV, signal.SIGABRT])
def test_a_reader_that_died_between_two_files_costs_no_file(pembaca, berkas, number):
    pembaca.read(berkas)
    first = child(pembaca).pid
    os.kill(first, number)
    assert ended(first)
    assert cells(pembaca.read(berkas)) == CELLS


def test_a_reader_killed_while_it_reads_costs_that_file_only(pembaca, berkas, tmp_path):
    pembaca.read(berkas)
    os.mkfifo(tmp_path / "pipa.xlsx")
    threading.Timer(0.3, os.kill, (child(pembaca).pid, signal.SIGKILL)).start()
    assert "refused" in pembaca.read(tmp_path / "pipa.xlsx")
    assert cells(pembaca.read(berkas)) == CELLS


def test_a_reader_that_cannot_be_started_is_a_refusal(pembaca, berkas, monkeypatch):
    monkeypatch.setattr(sandbox.sys, "executable", "/tidak/ada/python")
    assert "refused" in pembaca.read(berkas)


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_interrupted_parent_never_takes_an_old_answer(pembaca, berkas, tmp_path, monkeypatch, error):
    """The answer that was left in the pipe is not that of the next file."""
    (tmp_path / "lain.csv").write_bytes(b"lain;x\n1;2\n")
    pembaca.read(berkas)

    def interrupt(*args):
        raise error

    with monkeypatch.context() as patch, pytest.raises(error):
        patch.setattr(pembaca, "_take", interrupt)
        pembaca.read(tmp_path / "lain.csv")
    assert cells(pembaca.read(berkas)) == CELLS


# The end of the parent

PARENT = """
import sys, threading
from pathlib import Path
from helpers.intake import sandbox
sandbox.SECONDS = 600
own = sandbox.Reader()
own.read(Path(sys.argv[1]))
print(own._child.pid, flush=True)
own.read(Path(sys.argv[2])) if len(sys.argv) > 2 else sys.stdin.read()
"""


def parent(*paths):
    own = subprocess.Popen(
        [sys.executable, "-c", PARENT, *map(str, paths)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    return own, int(own.stdout.readline())


def test_the_child_ends_with_its_killed_parent(berkas):
    own, pid = parent(berkas)
    assert psutil.pid_exists(pid)
    own.kill()
    own.communicate()
    assert ended(pid)


@pytest.mark.lambat
def test_a_hanging_child_ends_though_its_parent_was_killed(berkas, tmp_path):
    os.mkfifo(tmp_path / "pipa.xlsx")
    own, pid = parent(berkas, tmp_path / "pipa.xlsx")
    time.sleep(0.5)
    own.kill()
    own.communicate()
    assert ended(pid, reader.ALONE + 15)


def test_the_alarm_is_off_between_files(monkeypatch, berkas):
    """A reader may wait for hours for its next file."""
    rung = []
    monkeypatch.setattr(signal, "alarm", rung.append)
    reader.serve(io.BytesIO(os.fsencode(berkas) + b"\n"), io.BytesIO())
    assert rung == [reader.ALONE, 0] and reader.ALONE > sandbox.SECONDS


# Answers that are none


class Evil:
    """A pickle that would run a program."""

    def __reduce__(self):
        return os.system, ("exit 3",)


@pytest.mark.parametrize(
    "value",
    [Evil(), {"refused": Evil()}, Path("x"), {"sheets": [os.getcwd], "properties": {}}, datetime.UTC, {1: io.BytesIO()}],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_only_plain_values_are_taken(value):
    with pytest.raises(pickle.UnpicklingError):
        sandbox._Plain(io.BytesIO(pickle.dumps(value, protocol=5))).load()


@pytest.mark.parametrize(
    "value",
    [None, True, 1.5, "a", b"a", [[1, "a"]], {"a": (1, 2)}, datetime.date(2020, 3, 17), datetime.datetime(2020, 3, 17, 8, 30), datetime.time(8), datetime.timedelta(1)],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_plain_values_are_taken(value):
    assert sandbox._Plain(io.BytesIO(pickle.dumps(value, protocol=5))).load() == value


@given(st.binary(max_size=200))
def test_no_bytes_run_a_program(content):
    """Whatever they raise, nothing but the four kinds of date can be named."""
    try:
        value = sandbox._Plain(io.BytesIO(content)).load()
    except Exception:
        return
    assert "helpers" not in type(value).__module__


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"\0" * 8,
        (5).to_bytes(8, "big") + b"ab",  # and ends
        (3).to_bytes(8, "big") + b"abc",
        (2**63).to_bytes(8, "big") + b"x" * 100,
        (2).to_bytes(8, "big") + b"0.",  # an empty stack
        (4).to_bytes(8, "big") + b"h\x07N.",  # a memo that is not there
        *(
            len(p).to_bytes(8, "big") + p
            for p in map(pickle.dumps, (None, 1, [], {}, "refused", {"sheets": []}, [1, 2]))
        ),
        *(len(p).to_bytes(8, "big") + p for p in map(pickle.dumps, (Evil(), {"refused": Evil()}))),
    ],
    ids=lambda content: repr(content[:24]),
)
def test_a_nonsense_answer_is_a_refusal_and_the_reader_is_replaced(pembaca, berkas, content):
    speak(pembaca, f"import sys; sys.stdin.buffer.readline(); sys.stdout.buffer.write({content!r})")
    first = pembaca._child.pid
    assert pembaca.read(berkas).keys() == {"refused"}
    assert ended(first)
    assert cells(pembaca.read(berkas)) == CELLS


def test_an_answer_drop_by_drop_has_the_same_deadline(pembaca, berkas, monkeypatch):
    drops = "import sys, time\nwhile sys.stdout.buffer.write(b'\\0'): sys.stdout.buffer.flush(); time.sleep(0.1)"
    speak(pembaca, drops.replace("b'\\0'", "b'\\1'"))
    monkeypatch.setattr(sandbox, "SECONDS", 0.5)
    begun = time.monotonic()
    assert "refused" in pembaca.read(berkas)
    assert time.monotonic() - begun < 10


# Names and places


@pytest.mark.parametrize(
    "name",
    [b"a b.csv", b"a;$(id)`id`.csv", b"\xff\xfe.csv", b"a\r.csv", b"\xe2\x80\xae\xe2\x80\x8b.csv", b"-rf.csv", b"'\".csv", b" .csv ", "Kepegawaian ñ.csv".encode()],
)  # fmt: skip
def test_odd_names_are_read(pembaca, tmp_path, name):
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(TEXT)
    assert cells(pembaca.read(path)) == CELLS


@pytest.mark.parametrize("name", ["a\nb.csv", "a.csv\n", "\n.csv"])
def test_a_line_break_in_a_name_is_refused(pembaca, tmp_path, berkas, name):
    (tmp_path / name).write_bytes(TEXT)
    assert "ganti baris" in pembaca.read(tmp_path / name)["refused"]
    assert cells(pembaca.read(berkas)) == CELLS


def test_a_line_break_in_the_working_folder_is_refused(pembaca, berkas, tmp_path, monkeypatch):
    """Or the child would see two paths and all its later answers would be those of other files."""
    folder = tmp_path / "dua\nbaris"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"lain;x\n1;2\n")
    monkeypatch.chdir(folder)
    assert "ganti baris" in pembaca.read(Path("a.csv"))["refused"]
    assert cells(pembaca.read(berkas)) == CELLS


def test_a_relative_path_is_that_of_the_parent(pembaca, berkas, tmp_path, monkeypatch):
    """The child was started elsewhere."""
    pembaca.start()
    monkeypatch.chdir(tmp_path)
    assert cells(pembaca.read(Path("baik.csv"))) == CELLS


# Many files


def test_files_come_back_in_order_whatever_happens_to_one(tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 2.0)
    paths = []
    for n in range(24):
        paths.append(tmp_path / f"{n}.csv")
        if n == 7:
            os.mkfifo(paths[-1])
        else:
            paths[-1].write_bytes(b"nomor;x\n%d;y\n" % n if n % 5 else b"\x7fELF\0\0")
    answers = list(read_all(paths))
    assert [path for path, _ in answers] == paths
    for n, (_, answer) in enumerate(answers):
        if n == 7 or n % 5 == 0:
            assert "refused" in answer
        else:
            assert cells(answer)[1] == [str(n), "y"]


def test_files_are_opened_ahead_but_not_all(tmp_path):
    """A folder of thousands of files is never in memory at once."""
    asked = []

    def paths():
        for n in range(60):
            path = tmp_path / f"{n}.csv"
            path.write_bytes(TEXT)
            asked.append(path)
            yield path

    answers = read_all(paths())
    next(answers)
    assert len(asked) <= 4 * sandbox.READERS + 1
    answers.close()


def test_two_batches_at_once_share_the_readers(tmp_path):
    found = {}

    def run(label):
        paths = []
        for n in range(12):
            path = tmp_path / f"{label}{n}.csv"
            path.write_bytes(f"{label};{n}\n{n};x\n".encode())
            paths.append(path)
        found[label] = [cells(answer)[0] for _, answer in read_all(paths)]

    threads = [threading.Thread(target=run, args=(label,)) for label in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {label: [[label, str(n)] for n in range(12)] for label in "ab"}
    assert len(sandbox.standing()) == sandbox.READERS
