"""The three report notebooks give the same outputs on warm and on cold kernels, charts included."""

import json

import pytest

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
        ]:
            assert (tmp_path / "True" / name).read_bytes() == (tmp_path / "False" / name).read_bytes(), name
    assert charts >= 5


def test_without_a_template_the_report_is_the_same_and_the_reason_is_said(plan, render, tmp_path, monkeypatch, capfd):
    from helpers.run import kernels

    def none():
        raise kernels.NoTemplateError("sistem ini tidak mengenal fork")

    monkeypatch.setattr(kernels, "Template", none)
    (job,) = plan("BPBD")
    assert render([job], tmp_path / "a", 1).gagal == []
    assert (
        capfd.readouterr().err.count("Kernel biasa dipakai, bukan kernel hangat: sistem ini tidak mengenal fork.") == 1
    )
