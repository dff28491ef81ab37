"""The parameterized notebooks as somebody opens them by hand in JupyterLab: run, read, changed, exported."""

import io
import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = pytest.mark.lambat
ROOT = Path(__file__).resolve().parents[2]
TOKEN = "rahasia-uji"


@pytest.fixture(scope="module")
def lab(proyek_baru, dijalankan):
    """Address and project of a JupyterLab of its own."""
    folder = proyek_baru()
    return dijalankan("lab", token=TOKEN, di=folder), folder


@pytest.fixture
def buka(halaman, lab):
    """buka("laporan_opd", {"DINKES": "BPBD"}): the notebook as it is stored, but for these words, in JupyterLab; gives the
    page and where the notebook lies."""

    def open_(name, changed=()):
        path = lab[1] / "notebooks" / f"{name}.ipynb"
        text = (ROOT / "notebooks" / path.name).read_text()
        for old, new in dict(changed).items():
            assert text.count(old) == 1
            text = text.replace(old, new)
        path.write_text(text)
        halaman.goto(f"{lab[0]}/lab/workspaces/{name}/tree/notebooks/{path.name}?token={TOKEN}", timeout=60_000)
        halaman.wait_for_selector(".jp-NotebookPanel:visible .jp-Cell", timeout=60_000)
        return halaman, path

    return open_


@pytest.fixture
def jalankan_semua(jalankan):
    """jalankan_semua(page, path): every cell, then saved; gives the code cells as they lie on the disk."""

    def run(page, path):
        jalankan(page)
        for _ in range(300):
            page.wait_for_timeout(500)
            page.keyboard.press("Control+s")
            try:
                cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
            except json.JSONDecodeError:  # it is just being written
                continue
            wrong = [o for cell in cells for o in cell["outputs"] if o["output_type"] == "error"]
            if wrong or all(cell["execution_count"] for cell in cells):
                return cells
        pytest.fail(f"{path.name} did not come to its end")

    return run


def as_pdf(page) -> bytes:
    """What Berkas > Laporan PDF gives."""
    page.get_by_role("menuitem", name="Berkas", exact=True).first.click()
    with page.expect_download(timeout=60_000) as got:
        page.get_by_role("menuitem", name="Laporan PDF", exact=True).click()
    return Path(got.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("laporan_opd", "Capaian 14,8% di bawah capaian Kota Kupang"),
        ("laporan_kota", "Baru 30,0% ASN berhasil mengisi SP Online"),
        ("log_kendala", "Rapat perlu memutuskan 17 tindak lanjut"),
        ("validasi_proyeksi", "Dua kampanye yang sudah selesai"),
    ],
)
def test_runs_with_its_own_parameters_and_reads_well(buka, jalankan_semua, layar, name, told):
    page, path = buka(name)
    outputs = [output for cell in jalankan_semua(page, path) for output in cell["outputs"]]
    assert [o["evalue"] for o in outputs if o["output_type"] == "error"] == []
    assert json.dumps(outputs).count("<style>.jp-Notebook") == 1  # the style sheet comes with the notebook once
    headline = page.get_by_role("heading", name=re.compile(re.escape(told))).first
    headline.scroll_into_view_if_needed()
    expect(headline).to_be_visible()
    assert "Traceback" not in page.inner_text(".jp-NotebookPanel:visible")
    layar(page, f"lab-{name}")
    if not any("image/svg+xml" in o.get("data", {}) for o in outputs):
        return
    figure = page.locator(".jp-RenderedSVG img").first
    figure.scroll_into_view_if_needed()
    room = page.locator(".jp-OutputArea-output.jp-RenderedSVG").first.bounding_box()["width"]
    assert figure.bounding_box()["width"] >= 0.9 * min(room, 1200)
    caption = page.locator(".pantau-keterangan").first
    caption.scroll_into_view_if_needed()
    expect(caption).to_contain_text("Grafik: ")  # for those who can't see it
    assert caption.locator("span").bounding_box()["width"] <= 1
    layar(page, f"lab-{name}-grafik")


def test_tables_read_as_on_paper(buka, jalankan_semua):
    page, path = buka("laporan_kota")
    jalankan_semua(page, path)
    table = page.locator(".jp-OutputArea-output table.padat:has-text('urut kekurangan')")
    table.scroll_into_view_if_needed()
    looks = "cell => { const s = getComputedStyle(cell); return [s.textAlign, s.fontVariantNumeric, s.fontWeight] }"
    rows = table.locator("tbody tr")
    assert rows.nth(9).locator("td").nth(1).evaluate(looks) == ["left", "tabular-nums", "400"]
    assert rows.nth(9).locator("td").nth(4).evaluate(looks) == ["right", "tabular-nums", "400"]
    assert rows.last.locator("td").nth(4).evaluate(looks) == ["right", "tabular-nums", "700"]
    tops = (
        "e => [...e.children].map(part => part.getBoundingClientRect().top)"  # at one moment: the page may still move
    )
    left, right = page.locator(".pantau-sejajar").first.evaluate(tops)
    assert left == right


def test_wide_tables_scroll_and_long_parameters_wrap(buka, jalankan_semua, layar):
    page, path = buka("log_kendala")
    page.set_viewport_size({"width": 1366, "height": 768})
    jalankan_semua(page, path)
    table = page.locator(".jp-OutputArea-output table:has(th:text('Rekomendasi'))").first
    table.scroll_into_view_if_needed()
    layar(page, "lab-log_kendala-matriks")
    widths = table.locator("thead th").evaluate_all("cells => cells.map(c => [c.innerText, c.offsetWidth])")
    wide = {"Temuan", "Rekomendasi", "Indikator/output"}
    assert min(width for name, width in widths if name in wide) >= 140, widths
    output = page.locator(".jp-OutputArea-output:has(table:has(th:text('Rekomendasi')))").first
    assert output.evaluate("e => getComputedStyle(e).overflowX") == "auto"
    due = table.locator("td").filter(has_text=re.compile(r"^\d+ \w+ · usulan$")).first
    assert due.evaluate("e => getComputedStyle(e).whiteSpace") == "nowrap"
    due.scroll_into_view_if_needed()
    layar(page, "lab-log_kendala-tenggat")
    code = page.locator(".jp-CodeCell .cm-content").first
    code.scroll_into_view_if_needed()
    expect(code.get_by_text("# Selebihnya jarang diubah.")).to_be_visible()
    layar(page, "lab-log_kendala-parameter")
    assert code.evaluate("e => e.classList.contains('cm-lineWrapping')")
    expect(page.get_by_text("Belum ada keputusan rapat sampai tanggal data")).to_be_attached()


def test_another_office_by_its_parameter_and_its_pdf_from_the_menu(buka, jalankan_semua):
    page, path = buka("laporan_opd", {'opd = \\"DINKES\\"': 'opd = \\"BAPPEDA\\"'})
    jalankan_semua(page, path)
    pdf = as_pdf(page)
    assert pdf.startswith(b"%PDF")
    reader = PdfReader(io.BytesIO(pdf))
    text = reader.pages[0].extract_text()
    assert "Badan Perencanaan Pembangunan Daerah" in text and "DATA CONTOH" in text
    assert "opd:BAPPEDA" in str(reader.metadata["/Keywords"])


def test_the_server_offers_the_exporter_to_jupyterlab(lab):
    """What JupyterLab makes its own menu of exporters from; that menu is rebuilt while it loads, so no mouse is tried on it."""
    with urllib.request.urlopen(f"{lab[0]}/api/nbconvert?token={TOKEN}") as answer:
        assert json.load(answer)["laporan"] == {"output_mimetype": "application/pdf"}


def refused(page, layar, name) -> str:
    """What Berkas > Laporan PDF says instead: a page in Indonesian, nothing of the server's own."""
    page.get_by_role("menuitem", name="Berkas", exact=True).first.click()
    expect(page.get_by_role("menuitem", name="Laporan PDF", exact=True)).to_be_visible()
    assert page.get_by_role("menuitem", name="Lupakan token").count() == 0  # it would lock a newcomer out, in English
    layar(page, f"lab-menu-{name}")
    with page.expect_popup() as opened:
        page.get_by_role("menuitem", name="Laporan PDF", exact=True).click()
    expect(opened.value.get_by_role("heading", name="PDF tidak dibuat")).to_be_visible()
    layar(opened.value, f"lab-ditolak-{name}")
    said = opened.value.locator("body").inner_text()
    assert "Tutup tab ini untuk kembali" in said
    assert not re.search("500|error|failed|server", said, re.IGNORECASE)
    opened.value.close()
    return said


def test_a_notebook_that_was_not_run_gives_a_sentence_and_no_pdf(buka, layar):
    page, _ = buka("laporan_opd")
    said = refused(page, layar, "belum-dijalankan")
    assert "Sel parameter belum selesai dijalankan. Jalankan semua sel (▶▶), lalu simpan PDF lagi." in said


def test_a_parameter_changed_after_the_run_gives_no_pdf_of_the_office_before(buka, jalankan_semua, layar):
    page, path = buka("laporan_opd")
    jalankan_semua(page, path)
    code = page.locator(".jp-NotebookPanel:visible .jp-CodeCell").first.locator(".cm-line", has_text='opd = "DINKES"')
    code.scroll_into_view_if_needed()
    code.locator("span", has_text='"DINKES"').dblclick()
    page.keyboard.type("BAPPEDA")
    expect(page.locator(".cm-line", has_text='opd = "BAPPEDA"')).to_be_visible()
    said = refused(page, layar, "parameter-diubah")
    assert "Parameter opd sudah diubah menjadi BAPPEDA sesudah dijalankan (tadinya DINKES)." in said


def test_a_page_to_work_in_is_not_exported(buka, jalankan, layar):
    page, _ = buka("jelajah")
    jalankan(page)
    page.get_by_role("tab", name="Capaian").wait_for(timeout=60_000)
    page.wait_for_timeout(2000)
    assert "Notebook ini halaman interaktif, bukan laporan" in refused(page, layar, "halaman")


def test_other_pages_of_errors_stay_the_server_s(lab):
    with pytest.raises(urllib.error.HTTPError) as missing:
        urllib.request.urlopen(f"{lab[0]}/files/tidak-ada.txt?token={TOKEN}")
    assert missing.value.code == 404 and "PDF tidak dibuat" not in missing.value.read().decode()
