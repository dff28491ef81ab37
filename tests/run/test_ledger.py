"""ledger.py: whole lines, newest entry of a job, attempts."""

import dataclasses
import hashlib
import json

import pytest

from helpers.run.delivery import Folder
from helpers.run.ledger import Entry, Ledger


def entry(job="laporan_kota", status="selesai", attempt=1):
    return Entry(job, "", status, "a", "b", 1.0, attempt, "2020-03-17", 2)


def strange(**changes):
    return json.dumps(dataclasses.asdict(entry()) | changes).encode() + b"\n"


def test_keeps_every_attempt_and_knows_the_last(tmp_path):
    ledger = Ledger(Folder(tmp_path))
    ledger.add(entry(status="gagal"))
    ledger.add(entry(attempt=2))
    again = Ledger(Folder(tmp_path))
    assert again.attempts("laporan_kota") == 2
    assert again.last()["laporan_kota"].status == "selesai"


def test_a_report_stands_only_while_its_pdf_is_the_one_of_that_key(tmp_path):
    folder = Folder(tmp_path)
    folder.write("a.pdf", b"isi")
    folder.write("a.txt", b"pesan")
    sidik = hashlib.sha256(b"isi").hexdigest()
    made = Entry("a", "", "selesai", "x", "y", 1.0, 1, "2020-03-17", 2, "kunci", "a.pdf", sidik, {"a.txt": "-"})
    assert made.stands(folder, "kunci") and not made.stands(folder, "lain")
    assert not dataclasses.replace(made, status="gagal").stands(folder, "kunci")
    folder.write("a.pdf", b"lain")
    assert not made.stands(folder, "kunci")
    folder.remove("a.pdf")
    assert not made.stands(folder, "kunci")
    folder.write("a.pdf", b"isi")
    folder.remove("a.txt")
    assert not made.stands(folder, "kunci")


@pytest.mark.parametrize(
    "rest",
    [
        b'{"pekerjaan": "b',
        b"null\n",
        b"[1]\n",
        b"\xff\xfe\n",
        b'{"asing": 1}\n',
        b"\n\n",
        strange(lampiran=None),
        strange(pekerjaan=["a"]),
    ],
)
def test_a_line_cut_short_or_strange_is_not_read_and_harms_no_other(rest, tmp_path):
    ledger = Ledger(Folder(tmp_path))
    ledger.add(entry())
    with (tmp_path / "ledger.jsonl").open("ab") as file:
        file.write(rest)
    again = Ledger(Folder(tmp_path))
    assert list(again.last()) == ["laporan_kota"]
    again.add(entry(job="log_kendala"))
    assert list(Ledger(Folder(tmp_path)).last()) == ["laporan_kota", "log_kendala"]


def test_every_line_is_json_and_no_scrap_is_left(tmp_path):
    ledger = Ledger(Folder(tmp_path))
    for at in range(5):
        ledger.add(entry(job=f"opd/{at}"))
    lines = (tmp_path / "ledger.jsonl").read_text().splitlines()
    assert [json.loads(line)["pekerjaan"] for line in lines] == [f"opd/{at}" for at in range(5)]
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.jsonl"]
