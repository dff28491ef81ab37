"""delivery.py: whole files, on disk and on object storage, and one batch at a time."""

import json
import subprocess
import sys

import pytest

from helpers.run.delivery import BusyError, Folder, RemoteFolder, TargetError, folder_at


@pytest.fixture(params=["disk", "memory", "s3"])
def folder(request, tmp_path):
    """The same folder in three places; s3 is a real server on this machine."""
    if request.param == "disk":
        return folder_at(tmp_path, "2020-03-17")
    if request.param == "memory":
        return folder_at(f"memory://{tmp_path.name}/", "2020-03-17")
    return folder_at(request.getfixturevalue("wadah"), "2020-03-17")


def test_a_file_is_written_replaced_read_and_removed(folder):
    assert folder.read("a/b.pdf") is None and not folder.has("a/b.pdf")
    for content in (b"satu", b"dua"):
        folder.write("a/b.pdf", content)
    assert folder.read("a/b.pdf") == b"dua" and folder.has("a/b.pdf")
    folder.remove("a/b.pdf")
    folder.remove("a/b.pdf")
    assert not folder.has("a/b.pdf")


def test_lines_are_added(folder):
    with folder.alone():
        for line in (b"satu\n", b"dua\n"):
            folder.append("x.jsonl", line)
        assert folder.read("x.jsonl") == b"satu\ndua\n"


def test_a_second_batch_is_refused_while_the_first_runs(folder):
    with folder.alone(), pytest.raises(BusyError, match="tunggu sampai selesai"), folder.alone():
        pass
    with folder.alone():
        pass


def test_no_scrap_is_left_and_that_of_a_killed_batch_is_removed(tmp_path):
    folder = Folder(tmp_path / "x")
    folder.write("opd/A/a.xlsx", b"isi")
    (tmp_path / "x/opd/A/.laporan.pdf.sementara").write_bytes(b"%PDF setengah")
    with folder.alone():
        assert [path.name for path in (tmp_path / "x/opd/A").iterdir()] == ["a.xlsx"]


def test_a_line_that_was_cut_short_is_not_continued(tmp_path):
    folder = Folder(tmp_path)
    (tmp_path / "x.jsonl").write_bytes(b'{"a": 1}\n{"b"')
    folder.append("x.jsonl", b'{"c": 1}\n')
    assert folder.read("x.jsonl") == b'{"a": 1}\n{"b"\n{"c": 1}\n'


def test_another_process_is_refused_too(tmp_path):
    code = f"""
from pathlib import Path
from helpers.run.delivery import BusyError, Folder
try:
    with Folder(Path({str(tmp_path / "x")!r})).alone(): print("bebas")
except BusyError: print("sibuk")
"""
    with Folder(tmp_path / "x").alone():
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "sibuk\n"


def test_a_full_disk_leaves_the_old_file_and_no_scrap(tmp_path, monkeypatch):
    folder = Folder(tmp_path)
    folder.write("a.pdf", b"lama")

    def full(self, content):
        with self.open("wb") as file:
            file.write(content[:2])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        folder.write("a.pdf", b"baru")
    assert (tmp_path / "a.pdf").read_bytes() == b"lama" and len(list(tmp_path.iterdir())) == 1


def test_unknown_kinds_of_target_are_refused():
    with pytest.raises(TargetError, match="tidak dapat dipakai"):
        folder_at("entah://a/b")


def test_a_url_is_a_remote_folder(tmp_path):
    assert isinstance(folder_at("memory://a", "b"), RemoteFolder)
    assert type(folder_at(str(tmp_path), "b")) is Folder
    assert json.dumps(str(folder_at("memory://a/", "b"))) == '"memory://a/b"'


def test_a_lock_is_not_taken_through_a_link(tmp_path):
    (tmp_path / "milik").write_text("isi")
    (tmp_path / ".x.kunci").symlink_to(tmp_path / "milik")
    with pytest.raises(OSError, match="symbolic"), Folder(tmp_path / "x").alone():
        pass
    assert (tmp_path / "milik").read_text() == "isi"


def test_storage_that_does_not_answer_is_an_oserror(monkeypatch):
    for name, value in {"ENDPOINT_URL": "http://127.0.0.1:9", "ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    folder = folder_at("s3://wadah-lain/x", "2020-03-17")
    with pytest.raises(OSError, match="wadah-lain"):
        folder.write("a", b"b")
