"""Both servers as a user starts them, and a real browser whose every complaint fails the test."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect, sync_playwright

from helpers.lab import page

ROOT = Path(__file__).resolve().parents[2]
expect.set_options(
    timeout=30_000
)  # a busy machine must not fail these tests; how fast it is, is measured in benchmarks/
OWN = re.compile(r"127\.0\.0\.1|^chrome-extension:")  # the server's, and the browser's own for a PDF
TALL = 1300  # px of a screenshot: what fits into the guide
CHROMIUM = "/usr/bin/chromium"  # Debian's own: nothing is downloaded for these tests
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# JupyterLab asks the debugger of a kernel that is being restarted.
# Voilà asks to end a page's kernel when it is left, without the token that Jupyter's server wants; the kernel is ended when
# it has been idle (server.IDLE).
# Jupyter's server can't list a kernel that is just being started (no last_activity yet); JupyterLab asks again.
# A PDF that is refused comes as a page of its own with status 500; its words are tested.
# JupyterLab gives up what it asked a kernel when its page is left, and hears from widgets of a kernel that it just ended.
KNOWN = (
    "/voila/api/shutdown/",
    "Could not restore the debugger state",
    "Canceled future for",
    "Comm not found",
    "/api/kernels?",
    "/nbconvert/laporan/",
)


@pytest.fixture(autouse=True)
def tanpa_jeda(monkeypatch):
    """Tests press a button again at once and mean it."""
    monkeypatch.setattr(page, "AGAIN", 0)


@pytest.fixture
def salinan(contoh_store, tmp_path):
    """The sample's campaign with a store and an inbox of its own."""
    shutil.copytree(contoh_store.path(contoh_store.simpan), tmp_path / "simpan")
    own = {"simpan": str(tmp_path / "simpan"), "masuk": str(tmp_path / "masuk")}
    return contoh_store.model_copy(update=own)


@pytest.fixture(scope="session")
def proyek_baru(contoh_store, tmp_path_factory):
    """proyek_baru(): a project of its own: parameters, notebooks and the sample's store, so that no test touches data/ or
    reports/, and none sees what another saved."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("proyek")
        for name in ("params", "src"):
            (folder / name).symlink_to(ROOT / name)
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")  # JupyterLab saves them
        shutil.copytree(contoh_store.path(contoh_store.simpan), folder / "data" / "simpan")
        for real in (*(ROOT / "data").glob("*.csv"), ROOT / "data" / "acuan"):
            (folder / "data" / real.name).symlink_to(real)
        return folder

    return make


@pytest.fixture(scope="session")
def proyek(proyek_baru) -> Path:
    """The project of the tests that only look."""
    return proyek_baru()


@pytest.fixture(scope="session")
def dijalankan(proyek, porta_kosong):
    """dijalankan("papan", ...): starts `pantau` with these words and a free port, in a project (`proyek` if none is given);
    gives the address once it answers."""
    running = []

    def start(*words: str, token: str = "", di: Path = proyek) -> str:
        port = porta_kosong()
        env = os.environ | {"PANTAU_AKAR": str(di), "PYTHONPATH": str(ROOT / "src"), "JUPYTER_TOKEN": token}
        command = [str(Path(sys.executable).with_name("pantau")), *words, "--porta", str(port), "--tanpa-peramban"]
        log = (di / f"{words[0]}-{port}.log").open("w")
        process = subprocess.Popen(command, cwd=di, env=env, stdout=log, stderr=log, start_new_session=True)
        running.append(process)
        address = f"http://127.0.0.1:{port}"
        probe = f"{address}/api" if words[0] == "lab" else f"{address}/voila/static/voila.js"
        for _ in range(240):
            if process.poll() is not None:
                break
            try:
                urllib.request.urlopen(probe, timeout=2)
                return address
            except OSError:
                time.sleep(0.25)
        pytest.fail(Path(log.name).read_text()[-3000:])

    yield start
    for process in running:
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        left = psutil.wait_procs(family, 10)[1]
        for one in left:
            one.kill()
        assert not left, "the server left kernels behind"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def halaman_baru(browser):
    """halaman_baru(): a new page, of another person each time. Errors of scripts, on the console or of requests, on the page
    and on what it opens, fail the test."""
    wrong: list[str] = []
    contexts = []

    def watch(page) -> None:
        page.on("pageerror", lambda error: wrong.append(f"page: {error}"))
        page.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.on("requestfailed", lambda r: wrong.append(f"failed: {r.url}") if not OWN.search(r.url) else None)
        page.on(
            "console",
            lambda m: wrong.append(m.text) if m.type == "error" and "Failed to load resource" not in m.text else None,
        )

    def new():
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID"))
        contexts[-1].on("page", watch)
        return contexts[-1].new_page()

    yield new
    for context in contexts:
        context.close()
    assert [text for text in wrong if not any(known in text for known in KNOWN)] == []


@pytest.fixture
def halaman(halaman_baru):
    """One such page."""
    return halaman_baru()


@pytest.fixture(scope="session")
def jalankan():
    """jalankan(page): every cell of the notebook that is seen, by the button with two arrows. What is asked of a kernel that is still
    being started may be lost: Jupyter's server mistakes one form of message for another then."""

    def run(page) -> None:
        page.locator(".jp-NotebookPanel:visible").wait_for()
        page.get_by_text("Python 3 (ipykernel) | Siap").wait_for(timeout=60_000)
        page.locator("[data-jp-item-name='restart-and-run']:visible").click()
        page.locator(".jp-Dialog button:has-text('Mulai ulang')").click()  # as the notebooks say

    return run


@pytest.fixture
def layar():
    """layar(page, name): keeps a screenshot in $PANTAU_LAYAR, else in reports/layar/."""
    folder = Path(os.environ.get("PANTAU_LAYAR", ROOT / "reports" / "layar"))

    def keep(page, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        inside = page.evaluate("document.querySelector('#rendered_cells')?.scrollHeight ?? 0")  # Voilà scrolls in there
        before = page.viewport_size
        if inside:
            page.set_viewport_size({"width": before["width"], "height": min(max(inside, 500), TALL)})
        page.screenshot(path=folder / f"{name}.png")
        page.set_viewport_size(before)

    return keep
