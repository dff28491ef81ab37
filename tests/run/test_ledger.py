"""ledger.py: whole lines, newest entry of a job, attempts."""

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


def test_every_line_is_json_and_no_scrap_is_left(tmp_path):
    ledger = Ledger(tmp_path)
    for at in range(5):
        ledger.add(entry(job=f"opd/{at}"))
    lines = (tmp_path / "ledger.jsonl").read_text().splitlines()
    assert [json.loads(line)["pekerjaan"] for line in lines] == [f"opd/{at}" for at in range(5)]
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.jsonl"]
