"""ledger.py: whole lines, newest entry of a job, attempts."""

import hashlib
import json

from helpers.run.ledger import Entry, Ledger


def entry(job="laporan_kota", status="selesai", attempt=1):
    return Entry(job, "", status, "a", "b", 1.0, attempt, "2020-03-17", 2)


def test_keeps_every_attempt_and_knows_the_last(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(entry(status="gagal"))
    ledger.add(entry(attempt=2))
    again = Ledger(tmp_path)
    assert again.attempts("laporan_kota") == 2
    assert again.last()["laporan_kota"].status == "selesai"


def test_a_report_stands_only_while_its_pdf_is_the_one_of_that_version(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"isi")
    sidik = hashlib.sha256(b"isi").hexdigest()
    made = Entry("a", "", "selesai", "x", "y", 1.0, 1, "2020-03-17", 2, "a.pdf", sidik)
    assert made.stands(tmp_path, 2) and not made.stands(tmp_path, 3)
    (tmp_path / "a.pdf").write_bytes(b"lain")
    assert not made.stands(tmp_path, 2)
    (tmp_path / "a.pdf").unlink()
    assert not made.stands(tmp_path, 2)


def test_every_line_is_json_and_no_scrap_is_left(tmp_path):
    ledger = Ledger(tmp_path)
    for at in range(5):
        ledger.add(entry(job=f"opd/{at}"))
    lines = (tmp_path / "ledger.jsonl").read_text().splitlines()
    assert [json.loads(line)["pekerjaan"] for line in lines] == [f"opd/{at}" for at in range(5)]
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.jsonl"]
