"""batch.py: a report that fails leaves the others alone; a dead kernel or a wrong office is never a success."""

import dataclasses
import json
import tempfile
from pathlib import Path

import nbformat
import pytest

from helpers import store
from helpers.run import batch, jobs
from helpers.run.ledger import Ledger

pytestmark = pytest.mark.lambat


def notebook(path, *sources, parameters=True):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    if parameters:
        names = ["opd", "tanggal_data", "versi_data"]
        first = nbformat.v4.new_code_cell(
            "\n".join(f"{name} = ''" for name in names), metadata={"tags": ["parameters"]}
        )
        cells.insert(0, first)
    nb = nbformat.v4.new_notebook(cells=cells)
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nb, path)
    return path


@pytest.fixture
def plan(contoh_store):
    versi = store.version(contoh_store.path(contoh_store.simpan))

    def make(*codes):
        return jobs.plan(contoh_store, versi, list(codes))

    return make


def small(job, path, kode):
    """A job with another notebook, told apart in the ledger."""
    keep = {key: job.parameters[key] for key in ("opd", "tanggal_data", "versi_data")}
    return dataclasses.replace(
        job, kode=kode, notebook=path, parameters=keep, pdf=f"{kode}.pdf", salinan=f"{kode}.ipynb"
    )


def test_failures_are_named_and_the_rest_is_delivered(plan, tmp_path):
    (good,) = plan("DINKES")
    bad = [
        small(good, notebook(tmp_path / "raise.ipynb", "1 / 0"), "galat"),
        small(good, notebook(tmp_path / "die.ipynb", "import os; os._exit(1)"), "mati"),
        small(good, notebook(tmp_path / "other.ipynb", "1"), "lain"),
    ]
    unknown = dataclasses.replace(good, kode="asing", parameters=good.parameters | {"bukan": 1}, pdf="asing.pdf")
    seen = []
    results = {r.job.kode: r for r in batch.run([*bad, unknown, good], tmp_path / "out", 2, seen.append)}
    assert results[good.kode].ok and (tmp_path / "out" / good.pdf).read_bytes().startswith(b"%PDF")
    assert "Sel 3: ZeroDivisionError" in results["galat"].galat
    assert "kernel" in results["mati"].galat.lower() or "died" in results["mati"].galat
    assert "bukan opd:DINKES" in results["lain"].galat  # a PDF of nobody's report is not delivered
    assert "tidak mengenal parameter bukan" in results["asing"].galat
    assert len(seen) == 5
    ledger = Ledger(tmp_path / "out").last()
    assert {code for code, entry in ledger.items() if entry.status == "gagal"} == {"galat", "mati", "lain", "asing"}
    assert not list((tmp_path / "out").glob("*.pdf"))
    assert "ZeroDivisionError" in (tmp_path / "out" / "galat.ipynb").read_text()  # kept for a look
    assert ledger[good.kode].sidik == results[good.kode].sidik and ledger[good.kode].opd == "DINKES"


def test_dead_worker_takes_no_other_report_along(plan, tmp_path):
    (good,) = plan("BAG-SDA")
    lethal = small(
        good,
        notebook(tmp_path / "kill.ipynb", "import os, signal", "os.kill(os.getppid(), signal.SIGKILL)"),
        "pembunuh",
    )
    results = {r.job.kode: r for r in batch.run([lethal, good], tmp_path / "out", 1)}
    assert results[good.kode].ok
    assert "mati" in results["pembunuh"].galat


def test_a_failed_report_removes_its_older_pdf(plan, tmp_path):
    (good,) = plan("BAG-SDA")
    job = small(good, notebook(tmp_path / "raise.ipynb", "1 / 0"), "galat")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "galat.pdf").write_bytes(b"%PDF lama")
    batch.run([job], tmp_path / "out", 1)
    assert not (tmp_path / "out" / "galat.pdf").exists()


def test_nothing_is_left_behind(plan, tmp_path, monkeypatch):
    short = tempfile.mkdtemp(dir="/tmp")  # a socket's path has 107 bytes, pytest's folders are long
    monkeypatch.setenv("TMPDIR", short)
    batch.run(plan("BAG-SDA"), tmp_path / "out", 1)
    assert list(Path(short).iterdir()) == []
    Path(short).rmdir()
    copy = json.loads((tmp_path / "out" / "notebook" / "laporan_opd_BAG-SDA.ipynb").read_text())
    assert "input_path" not in copy["metadata"]["papermill"]
    assert copy["metadata"]["papermill"]["parameters"]["opd"] == "BAG-SDA"
