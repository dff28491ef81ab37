"""The parameterized notebooks as somebody opens them by hand in JupyterLab: run, read, changed, exported."""

import json
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.lambat
TOKEN = "rahasia-uji"


@pytest.fixture(scope="module")
def lab(proyek_baru, dijalankan):
    """Address and project of a JupyterLab of its own."""
    folder = proyek_baru()
    return dijalankan("lab", token=TOKEN, di=folder), folder


@pytest.fixture
def buka(halaman, lab):
    """buka("laporan_opd"): the notebook in JupyterLab."""

    def open_(name):
        halaman.goto(f"{lab[0]}/lab/workspaces/{name}/tree/notebooks/{name}.ipynb?token={TOKEN}", timeout=60_000)
        halaman.wait_for_selector(".jp-NotebookPanel:visible .jp-Cell", timeout=60_000)
        return halaman

    return open_


def run_all(page, path):
    """Every cell, from the start; then saved. Gives the notebook as it lies on the disk."""
    page.locator("[data-jp-item-name='restart-and-run']:visible").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    count = sum(cell["cell_type"] == "code" for cell in json.loads(path.read_text())["cells"])
    for _ in range(600):
        page.wait_for_timeout(200)
        page.keyboard.press("Control+s")
        try:
            cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
        except json.JSONDecodeError:  # it is just being written
            continue
        wrong = [o for cell in cells for o in cell["outputs"] if o["output_type"] == "error"]
        if wrong or sum(bool(cell["execution_count"]) for cell in cells) == count:
            page.wait_for_timeout(300)
            return cells
    pytest.fail(f"{path.name} did not come to its end")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("laporan_opd", "Capaian 14,8% di bawah capaian Kota Kupang"),
        ("laporan_kota", "30,0%"),
        ("log_kendala", "Belum sempat / enggan"),
        ("validasi_proyeksi", "proyeksi"),
    ],
)
def test_runs_with_its_own_parameters_and_reads_well(buka, lab, layar, name, said):
    page = buka(name)
    cells = run_all(page, lab[1] / "notebooks" / f"{name}.ipynb")
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [o["evalue"] for o in outputs if o["output_type"] == "error"] == []
    assert said in " ".join("".join(o.get("data", {}).get("text/html", "")) for o in outputs)
    layar(page, f"lab-{name}")
    if not any("image/svg+xml" in o.get("data", {}) for o in outputs):
        return
    figure = page.locator(".jp-RenderedSVG img, .jp-RenderedSVG svg").first
    figure.scroll_into_view_if_needed()
    cell = page.locator(".jp-OutputArea-output:has(> img), .jp-RenderedSVG").first
    wide, room = figure.bounding_box()["width"], cell.bounding_box()["width"]
    assert wide >= 0.9 * min(room, 1000)
    layar(page, f"lab-{name}-grafik")


def test_another_office_by_its_parameter_and_its_pdf_from_the_menu(buka, lab, tmp_path):
    path = lab[1] / "notebooks" / "laporan_opd.ipynb"
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        cell["source"] = [line.replace('opd = "DINKES"', 'opd = "BAPPEDA"') for line in cell["source"]]
    path.write_text(json.dumps(notebook))
    page = buka("laporan_opd")
    run_all(page, path)
    page.get_by_role("menuitem", name="File", exact=True).first.click()
    with page.expect_download(timeout=60_000) as got:
        page.get_by_role("menuitem", name="Laporan PDF", exact=True).click()
    pdf = tmp_path / "laporan.pdf"
    got.value.save_as(pdf)
    assert pdf.read_bytes().startswith(b"%PDF")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "Badan Perencanaan Pembangunan Daerah" in text and "DATA CONTOH" in text


def test_the_repository_is_not_touched(lab):
    assert not Path(lab[1] / "notebooks").is_symlink()
