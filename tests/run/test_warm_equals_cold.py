"""The three report notebooks give the same outputs on warm and on cold kernels, charts included."""

import json
import os
import subprocess
import sys

import nbformat
import papermill
import pytest

from helpers.run import jobs

pytestmark = pytest.mark.lambat


def outputs(path):
    cells = json.loads(path.read_text())["cells"]
    return [
        [{key: value for key, value in out.items() if key != "execution_count"} for out in cell.get("outputs", [])]
        for cell in cells
    ]


def test_outputs_and_pdf_are_the_same(plan, render, tmp_path):
    planned = [job for job in plan() if job.kode in ("laporan_kota", "log_kendala", "opd/DINKES")]
    assert len({job.notebook for job in planned}) == 3
    for warm in (True, False):
        assert render(planned, tmp_path / str(warm), warm=warm).gagal == []
    charts = 0
    for job in planned:
        warm, cold = (outputs(tmp_path / str(kind) / job.salinan) for kind in (True, False))
        assert warm == cold
        charts += sum("<svg" in json.dumps(cell) for cell in warm)
        for name in [
            job.pdf,
            *(f"opd/DINKES/{n}" for n in ("ringkasan_wa.png", "daftar_tindak_lanjut.xlsx") if job.opd),
            *(("nota_dinas.pdf", "ringkasan_wa.png") if job.kode == "laporan_kota" else ()),
        ]:
            assert (tmp_path / "True" / name).read_bytes() == (tmp_path / "False" / name).read_bytes(), name
    assert charts >= 5


def test_without_a_template_the_report_is_the_same_and_the_reason_is_said(plan, render, tmp_path, monkeypatch, capfd):
    from helpers.run import kernels

    def none(sweep=None):
        raise kernels.NoTemplateError("sistem ini tidak mengenal fork")

    monkeypatch.setattr(kernels, "Template", none)
    (job,) = plan("BPBD")
    assert render([job], tmp_path / "a", 1).gagal == []
    assert (
        capfd.readouterr().err.count("Kernel biasa dipakai, bukan kernel hangat: sistem ini tidak mengenal fork.") == 1
    )


def test_a_report_imports_next_to_nothing_in_its_kernel(contoh_store, tmp_path, monkeypatch):
    """What a notebook imports late, every kernel of a batch pays for: it belongs in template.PRELOAD."""
    code = "import importlib, sys\nfrom helpers.run.template import PRELOAD\nfor n in PRELOAD: importlib.import_module(n)\nprint(*sys.modules)"
    env = os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    preloaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env).stdout.split()
    )
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "hangat")
    for job in (job for job in jobs.plan(contoh_store, 2) if job.kode in ("laporan_kota", "log_kendala", "opd/DINKES")):
        nb = nbformat.read(jobs.root() / job.notebook, as_version=4)
        nb.cells.append(nbformat.v4.new_code_cell("import sys\nprint(*sys.modules)"))
        nbformat.write(nb, tmp_path / "x.ipynb")
        ran = papermill.execute_notebook(str(tmp_path / "x.ipynb"), None, job.parameters, progress_bar=False)
        loaded = set("".join(out.text for out in ran.cells[-1].outputs if out.output_type == "stream").split())
        assert len(loaded - preloaded) < 10, sorted(loaded - preloaded)
