"""jelajah.ipynb in a real browser, with the sample (5.402 people) and with 200.000 invented ones, side by side.

    python benchmarks/jelajah.py [--orang N] [--json FILE]

Starts `pantau papan --ubah` on each, does what an analyst does, and prints the seconds from the key or click until the page
shows the answer (polled every animation frame), and how many times longer the large campaign takes. The first visitor waits for the
template of the kernels; the second row is of a page that is opened after that. Needs Chromium, as the tests do.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
import nasional

from helpers import campaign

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM, TOKEN, UNITS = "/usr/bin/chromium", "ukur", 520


def main() -> None:
    """Measure both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--orang", type=int, default=200_000, help="invented people of the large campaign")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pantau-jelajah-") as base:
        small, large = _sample(Path(base, "kecil")), _large(Path(base, "besar"), given.orang)
        figures = {"sample": measured(small), f"{given.orang:,}": measured(large)}
    first, second = figures
    print(f"{'seconds in the browser':<34}{first:>10}{second:>12}{'ratio':>8}")
    for name, seconds in figures[first].items():
        other = figures[second].get(name, float("nan"))
        print(f"{name:<34}{seconds:10.2f}{other:12.2f}{other / seconds:8.1f}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _project(folder: Path) -> Path:
    (folder / "data").mkdir(parents=True)
    for name in ("params", "notebooks", "src"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def _sample(folder: Path) -> Path:
    project = _project(folder)
    for command in ("contoh", "terima"):
        subprocess.run([_pantau(), command], env=_environment(project), check=True, stdout=subprocess.DEVNULL)
    return project


def _large(folder: Path, people: int) -> Path:
    """The invented campaign of nasional.py with fewer units and with words, as the notebook's own parameters."""
    project = _project(folder)
    nasional.UNITS = nasional.UNITS[:UNITS]
    invent = nasional._invent

    def with_words(kampanye: Any, many: int) -> pd.DataFrame:
        rows = invent(kampanye, many)
        phrases = kampanye.obstacles.set_index("kode")["frasa"]
        said = {kode: texts[0] if texts else "lain-lain" for kode, texts in phrases.items()}
        return rows.assign(uraian=rows["kode_kendala"].map(said))

    nasional._invent = with_words
    nasional.make(folder, people)
    (folder / "notebooks").unlink()
    (folder / "notebooks").mkdir()
    notebook = load_notebook_node(str(ROOT / "notebooks" / "jelajah.ipynb"))
    whole = campaign.load(folder / "params.yaml").parameters()
    nbformat.write(parameterize_notebook(notebook, whole), folder / "notebooks" / "jelajah.ipynb")
    for name in ("laporan_kota", "laporan_opd", "log_kendala"):
        (folder / "notebooks" / f"{name}.ipynb").symlink_to(ROOT / "notebooks" / f"{name}.ipynb")
    return project


def _pantau() -> str:
    return str(Path(sys.executable).with_name("pantau"))


def _environment(project: Path) -> dict[str, str]:
    return os.environ | {"PANTAU_AKAR": str(project), "JUPYTER_TOKEN": TOKEN}


def measured(project: Path) -> dict[str, float]:
    """Seconds by step."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    words = [_pantau(), "papan", "--ubah", "--porta", str(port), "--tanpa-peramban"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(words, env=_environment(project), cwd=project, **quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(f"{address}/voila/static/voila.js")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            return _steps(browser.new_page(viewport={"width": 1280, "height": 1000}), f"{address}/?token={TOKEN}")
    finally:
        server.terminate()
        server.wait(30)


def _until_it_answers(url: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"{url} does not answer")


def _steps(page: Page, url: str) -> dict[str, float]:
    page.set_default_timeout(120_000)
    figures: dict[str, float] = {}

    def step(name: str, act: Callable[[], Any], shown: str) -> None:
        """`shown`: JavaScript that is true once the answer is there; it must be false before."""
        begun = time.perf_counter()
        act()
        page.wait_for_function(shown, polling="raf")
        figures[name] = time.perf_counter() - begun
        page.wait_for_timeout(700)  # what the answer leaves behind must not count for the next step

    chart = "document.querySelector('.pantau-bagan svg')"
    below = (
        "[...document.querySelectorAll('.pantau-halaman .pantau')][1].innerHTML"  # the tables, after heading and chart
    )
    head = "document.querySelector('.pantau-mata')?.textContent"
    saw = "[...document.querySelectorAll('.pantau-kabar [role=status]')].filter(e => e.offsetParent).pop()?.textContent"
    step("address to chart, first visitor", lambda: page.goto(url), chart)
    step("address to chart", lambda: page.goto(url), chart)
    mark = page.locator(".titik button").nth(5)
    name = (mark.get_attribute("aria-label") or "").split(":")[0]
    # Marks of 520 offices lie over one another.
    now = json.dumps(page.evaluate(below))
    here = f"({head} || '').startsWith({json.dumps(name + ',')})"
    shown = f"{here} && {below} !== {now}"
    step("an office in the funnel", lambda: mark.dispatch_event("click"), shown)
    city = page.evaluate("[...document.querySelectorAll('.pantau-isian select')][1].options[0].text")
    step(
        "back to the city",
        lambda: page.get_by_label("OPD", exact=True).first.select_option(label=city),
        f"!{here} && {below} === {now}",
    )
    kinds = page.get_by_label("Kelompok", exact=True)
    step("a kind of office", lambda: kinds.select_option(index=1), f"{below} !== {now}")
    step("all kinds again", lambda: kinds.select_option(index=0), f"{below} === {now}")
    with_ptt = page.evaluate("document.querySelector('.pantau p, .pantau h1, .pantau h3').parentElement.innerText")
    changed = f"document.querySelector('.pantau p, .pantau h1, .pantau h3').parentElement.innerText !== {json.dumps(with_ptt)}"
    told = f"({changed}) || ({saw} || '').includes('PTT')"
    step("with PTT", lambda: page.get_by_label("Hitung juga PTT").click(), told)

    def tab(name: str) -> Callable[[], None]:
        return lambda: page.get_by_role("tab", name=name, exact=True).click()

    said = "document.querySelector('.pantau-kalimat')?.textContent"
    step("open Proyeksi dan skenario", tab("Proyeksi dan skenario"), f"({said} || '').length > 20")
    for at, label in enumerate(("target", "deadline", "people more a day")):
        handle = page.get_by_role("slider").nth(at)
        now = page.evaluate("document.querySelector('.pantau-kalimat').parentElement.innerHTML")
        handle.focus()
        moved = f"document.querySelector('.pantau-kalimat').parentElement.innerHTML !== {json.dumps(now)}"
        step(f"slider: {label}", lambda: page.keyboard.press("ArrowRight"), moved)
    options = "[...document.querySelectorAll('select[size]')].find(e => e.offsetParent && e.options.length)"
    step("open Kendala", tab("Kendala"), options)
    page.get_by_label("Dicatat oleh (jabatan, bukan nama)").fill("Analis BPS")
    words = page.get_by_label("Ungkapan", exact=True)
    count = words.locator("option").count()
    first = page.get_by_label("Kendala", exact=True)
    step("filter by kendala", lambda: first.select_option(index=1), f"{options}.options.length < {count}")
    words.select_option(index=0)
    page.get_by_label("Kode yang benar").select_option(index=2)
    step("save a code", page.get_by_role("button", name="Simpan kode").click, f"({saw} || '').includes('dicatat oleh')")
    page.get_by_label("Kode yang pernah diubah").select_option(index=0)
    undo = page.get_by_role("button", name="Batalkan yang dipilih")
    step("undo it", undo.click, f"({saw} || '').includes('kembali berkode')")
    follow = (
        "[...document.querySelectorAll('select[size]')].filter(e => e.offsetParent && e.options.length).length === 1"
    )
    step("open Tindak lanjut", tab("Tindak lanjut"), follow)
    filled = "[...document.querySelectorAll('input')].some(e => e.offsetParent && e.value.includes('2020'))"
    step("choose a follow-up", lambda: page.get_by_label("Nomor, kode, dan keadaannya").select_option(index=0), filled)
    save = page.get_by_role("button", name="Simpan tindak lanjut")
    step("save a follow-up", save.click, f"({saw} || '').includes('disimpan')")
    step("open Kiriman", tab("Kiriman"), "document.querySelector('.pantau-unggah')")
    step("open Laporan", tab("Laporan"), f"{options}?.options[0].text.startsWith('Laporan')")
    return figures


if __name__ == "__main__":
    main()
