"""mulai_di_sini.ipynb in JupyterLab, as somebody goes through it who has never seen a notebook: Shift+Enter, Shift+Enter."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.lambat
TOKEN = "rahasia-uji"


def test_every_cell_runs_with_shift_and_enter(halaman, dijalankan, proyek_baru, layar):
    folder = proyek_baru()
    address = dijalankan("lab", token=TOKEN, di=folder)
    halaman.goto(f"{address}/?token={TOKEN}", timeout=60_000)
    halaman.wait_for_selector(".jp-NotebookPanel:visible h1:has-text('Mulai di sini')", timeout=60_000)
    halaman.get_by_text("Python 3 (ipykernel) | Siap").wait_for(timeout=60_000)
    panel = halaman.locator(".jp-NotebookPanel:visible")
    panel.locator(".jp-MarkdownCell").first.click()
    for _ in range(3):
        halaman.keyboard.press("Shift+Enter")
    expect(panel.get_by_text("satu di antaranya keliru")).to_be_visible(timeout=60_000)
    for _ in range(2):
        halaman.keyboard.press("Shift+Enter")
    expect(panel.get_by_text(re.compile("DINSOS_2020-03-17.xlsx dikembalikan"))).to_be_visible(timeout=60_000)
    expect(panel.get_by_role("button", name="Unduh umpan balik DINSOS_2020-03-17.xlsx")).to_be_visible()
    layar(halaman, "lab-mulai")
    for _ in range(2):
        halaman.keyboard.press("Shift+Enter")
    expect(panel.get_by_text("1 kiriman diterima, 0 dikembalikan.")).to_be_visible(timeout=60_000)
    for _ in range(2):
        halaman.keyboard.press("Shift+Enter")
    halaman.wait_for_selector(".pantau-bagan svg", timeout=60_000)
    layar(halaman, "lab-mulai-lihat")
    for _ in range(2):
        halaman.keyboard.press("Shift+Enter")
    button = panel.get_by_role("button", name="Buka PDF: Laporan kota")
    expect(button).to_be_visible(timeout=60_000)
    with halaman.context.expect_page() as got:
        button.click()
    got.value.wait_for_url("blob:**")
    start = halaman.evaluate("async url => (await (await fetch(url)).text()).slice(0, 5)", got.value.url)
    assert start == "%PDF-"
    got.value.close()
    panel.locator(".jp-MarkdownCell:has-text('6 Mengirim')").click()
    for _ in range(2):
        halaman.keyboard.press("Shift+Enter")
    expect(panel.get_by_text("hanya pengelola di Dinas Kesehatan")).to_be_visible(timeout=60_000)
    layar(halaman, "lab-mulai-kirim")
    assert "Traceback" not in halaman.inner_text("body") and not panel.get_by_text("✗ Perhatian").count()
    assert not (folder / "data" / "masuk").exists() and not (folder / "reports").exists()
