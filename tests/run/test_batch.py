"""batch.py: failures are named and leave the rest alone, the ledger says what stands, nobody's work is overwritten."""

import dataclasses
import json
import os
import tempfile
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from helpers.intake.receive import receive
from helpers.run import batch, pool
from helpers.run.delivery import Folder
from helpers.run.ledger import Ledger
from helpers.run.render import render as render_job

pytestmark = pytest.mark.lambat


def why(done):
    return {job.kode: text for job, text in done.gagal}


def test_failures_are_named_and_the_rest_is_delivered(plan, notebook, instead, render, tmp_path):
    (good,) = plan("DINKES")
    bad = [
        instead(good, notebook("raise", "1 / 0"), "galat"),
        instead(good, notebook("die", "import os; os._exit(1)"), "mati"),
        instead(good, notebook("kill", "1", "import os; os.kill(os.getpid(), 9)"), "dibunuh"),
        instead(good, notebook("other", "1"), "lain"),
        instead(good, notebook("syntax", "1 +"), "sintaks"),
        instead(good, tmp_path / "tidak_ada.ipynb", "hilang"),
    ]
    unknown = instead(good, good.notebook, "asing")
    unknown.parameters["bukan"] = 1
    seen = []
    done = render([*bad, unknown, good], tmp_path / "out", on_progress=lambda p: seen.append((p.tuntas, p.berjalan[:])))
    assert [job.kode for job in done.selesai] == [good.kode]
    assert (tmp_path / "out" / good.pdf).read_bytes().startswith(b"%PDF")
    cause = why(done)
    assert "Sel 3: ZeroDivisionError" in cause["galat"]
    assert "Sel 3: kernel mati" in cause["mati"]
    assert "Sel 4: kernel mati" in cause["dibunuh"]
    assert "bukan opd:DINKES" in cause["lain"]  # a PDF of nobody's report is not delivered
    assert "SyntaxError" in cause["sintaks"]
    assert "tidak_ada.ipynb" in cause["hilang"]
    assert "tidak mengenal parameter bukan" in cause["asing"]
    assert seen[0] == (0, []) and seen[-1] == (8, []) and max(len(running) for _, running in seen) == 2
    ledger = Ledger(Folder(tmp_path / "out")).last()
    assert {code for code, entry in ledger.items() if entry.status == "gagal"} == set(cause)
    assert not list((tmp_path / "out").glob("*.pdf"))
    assert "ZeroDivisionError" in (tmp_path / "out" / "galat.ipynb").read_text()  # kept for a look
    assert ledger[good.kode].opd == "DINKES" and ledger[good.kode].kunci == good.kunci


def test_a_notebook_that_hangs_is_ended_whatever_it_ignores(plan, notebook, instead, render, tmp_path):
    (good,) = plan("BAG-SDA")
    stubborn = "while True:\n    try:\n        import time; time.sleep(60)\n    except BaseException: pass"
    hung = instead(good, notebook("hang", stubborn), "macet")
    done = render([hung, good], tmp_path / "out", seconds=10)
    assert [job.kode for job in done.selesai] == [good.kode]
    assert "melewati batas 10 detik" in why(done)["macet"]


@pytest.mark.parametrize("victim", ["worker", "template"])
def test_whoever_kills_a_process_takes_no_other_report_along(victim, plan, notebook, instead, tmp_path):
    good = plan("BAG-SDA", "BPBD")
    pid = "os.getppid()" if victim == "template" else f"int(open({str(tmp_path / 'pid')!r}).read())"
    lethal = instead(good[0], notebook("kill", f"import os, time; os.kill({pid}, 9); time.sleep(5)"), "pembunuh")
    folder = Folder(tmp_path / "out")
    with folder.alone(), pool.local(3) as opener:
        done = batch.run([lethal, *good], folder, telling_pid(opener, tmp_path / "pid"))
    assert sorted(job.kode for job in done.selesai) == ["opd/BAG-SDA", "opd/BPBD"]
    assert "mati" in why(done)["pembunuh"]


def telling_pid(opener, path):
    """A pool whose workers leave their pid in a file when they render the job `pembunuh`."""

    @contextmanager
    def opened(size):
        with opener(size) as held:
            yield dataclasses.replace(held, task=partial(render_telling_pid, str(path)))

    return opened


def render_telling_pid(path, job, seconds):
    if job.kode == "pembunuh":
        Path(path).write_text(str(os.getpid()))
    return render_job(job, seconds)


def test_a_failed_report_removes_its_older_pdf(plan, notebook, instead, render, tmp_path):
    (good,) = plan("BAG-SDA")
    job = instead(good, notebook("raise", "1 / 0"), "galat")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "galat.pdf").write_bytes(b"%PDF lama")
    render([job], tmp_path / "out", 1)
    assert not (tmp_path / "out" / "galat.pdf").exists()


def test_a_city_report_that_fails_takes_nota_and_message_along(plan, notebook, render, tmp_path):
    job = next(job for job in plan() if job.kode == "laporan_kota")
    names = {key: job.parameters[key] for key in ("tanggal_data", "versi_data")}
    bad = dataclasses.replace(job, notebook=notebook("raise", "1 / 0"), parameters=names | {"opd": ""})
    (tmp_path / "out").mkdir()
    beside = ("nota_dinas.pdf", "ringkasan_wa.txt", "ringkasan_wa.png")
    for name in (*beside, "laporan_kota.pdf"):
        (tmp_path / "out" / name).write_bytes(b"lama")
    assert why(render([bad], tmp_path / "out", 1))["laporan_kota"]
    assert not [name for name in (*beside, "laporan_kota.pdf") if (tmp_path / "out" / name).exists()]


def test_a_nota_that_can_not_be_made_fails_the_report(plan, render, tmp_path, monkeypatch):
    from helpers.report import letters
    from helpers.run import render as worker

    def refuse(*told):
        raise letters.ExportError("Nota dinas tidak muat pada satu halaman.")

    monkeypatch.setattr(letters, "one_page", refuse)
    job = next(job for job in plan() if job.kode == "laporan_kota")
    result = worker.render(job)
    assert not result.ok and "Nota dinas tidak muat" in result.galat and not result.lampiran


def test_a_place_that_refuses_fails_that_report_alone(plan, render, tmp_path):
    (tmp_path / "out" / "opd/BPBD/laporan.pdf").mkdir(parents=True)  # a folder where the PDF should be
    done = render(plan("BPBD", "BAG-SDA"), tmp_path / "out")
    assert [job.kode for job in done.selesai] == ["opd/BAG-SDA"]
    assert "Tidak dapat membaca atau menulis" in why(done)["opd/BPBD"]
    assert batch.outdated(plan("BPBD", "BAG-SDA"), Folder(tmp_path / "out"))[0].opd == "BPBD"


def test_only_what_is_missing_changed_or_damaged_is_outdated(plan, render, tmp_path):
    planned, folder = plan("BPBD", "BAG-SDA"), Folder(tmp_path / "out")
    assert batch.outdated(planned, folder) == planned
    render(planned, tmp_path / "out")
    assert batch.outdated(planned, folder) == [] == batch.failed_last(planned, folder)
    pdf = tmp_path / "out/opd/BPBD/laporan.pdf"
    pdf.write_bytes(pdf.read_bytes()[:1000])
    assert [job.opd for job in batch.outdated(planned, folder)] == ["BPBD"]
    (tmp_path / "out/opd/BAG-SDA/ringkasan_wa.txt").unlink()
    assert len(batch.outdated(planned, folder)) == 2


def test_what_the_meeting_filled_in_is_kept(plan, render, tmp_path):
    (job,) = plan("DINKES")
    render([job], tmp_path / "out", 1)
    listed = tmp_path / "out/opd/DINKES/daftar_tindak_lanjut.xlsx"
    made = listed.read_bytes()
    listed.write_bytes(made + b"isian rapat")
    done = render([job], tmp_path / "out", 1)
    assert listed.read_bytes() == made
    kept = tmp_path / "out" / done.disimpan[0]
    assert kept.name == "daftar_tindak_lanjut.suntingan-1.xlsx" and kept.read_bytes() == made + b"isian rapat"
    assert render([job], tmp_path / "out", 1).disimpan == []


def test_a_log_filled_in_where_it_lies_is_kept_and_can_be_taken_in(plan, render, tmp_path, contoh_store):
    (job,) = [job for job in plan() if job.kode == "log_kendala"]
    render([job], tmp_path / "out", 1)
    path = tmp_path / "out/log_kendala.xlsx"
    book = openpyxl.load_workbook(path)
    book["Tindak Lanjut"]["D4"], book["Tindak Lanjut"]["J9"] = date(2020, 3, 18), "Selesai"
    book.save(path)
    filled = path.read_bytes()
    (sent,) = receive([path], contoh_store, datetime(2020, 3, 19, tzinfo=UTC), keep=False)
    assert sent.hasil == "diterima" and sent.log.selesai == 1 and sent.contoh
    done = render([job], tmp_path / "out", 1)
    assert done.disimpan == ["log_kendala.suntingan-1.xlsx"]
    assert (tmp_path / "out/log_kendala.suntingan-1.xlsx").read_bytes() == filled


def test_nothing_is_left_behind(plan, render, tmp_path, monkeypatch):
    short = tempfile.mkdtemp(dir="/tmp")  # a socket's path has 107 bytes, pytest's folders are long
    monkeypatch.setenv("TMPDIR", short)
    monkeypatch.setattr(tempfile, "tempdir", None)
    render(plan("BAG-SDA"), tmp_path / "out", 1)
    assert [path for path in Path(short).iterdir() if not path.name.startswith("pymp-")] == []
    copy = json.loads((tmp_path / "out" / "notebook" / "laporan_opd_BAG-SDA.ipynb").read_text())
    assert "input_path" not in copy["metadata"]["papermill"]
    assert copy["metadata"]["papermill"]["parameters"]["opd"] == "BAG-SDA"


def test_a_failure_does_not_remove_a_report_made_from_the_same(plan, render, tmp_path, monkeypatch):
    (job,) = plan("BPBD")
    render([job], tmp_path / "out", 1)
    made = (tmp_path / "out" / job.pdf).read_bytes()

    def full(self, name, content):
        raise OSError(28, "No space left on device", name)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "write", full)
        assert "disk penuh" in why(render([job], tmp_path / "out", 1))["opd/BPBD"]
    assert (tmp_path / "out" / job.pdf).read_bytes() == made
    assert (
        batch.outdated([job], Folder(tmp_path / "out")) == [job] == batch.failed_last([job], Folder(tmp_path / "out"))
    )
