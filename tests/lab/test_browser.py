"""jelajah.ipynb as people meet it: on the web by `pantau papan`, in JupyterLab by `pantau lab`; a real browser."""

import json
import re
import shutil
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.lambat
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
TOKEN = "rahasia-uji"
MENUS = ["Berkas", "Sunting", "Tampilan", "Jalankan", "Kernel", "Tab", "Pengaturan", "Bantuan"]


@pytest.fixture(scope="module")
def papan(dijalankan):
    return dijalankan("papan")


@pytest.fixture
def terbuka(halaman, papan):
    halaman.goto(papan, timeout=60_000)
    halaman.wait_for_selector(".pantau-bagan svg", timeout=60_000)
    return halaman


@pytest.fixture(scope="module")
def geser():
    """geser(page): every control of the tab Proyeksi, by key; each changes sentence or heading, and the fan."""

    def drive(page) -> None:
        page.get_by_role("tab", name="Proyeksi dan skenario").click()
        sentence, heading = page.locator(".pantau-kalimat"), page.locator("h3:visible").first
        expect(sentence).to_contain_text("Bila berjalan seperti sekarang, capaian sekitar 47 persen dari 5.402 ASN")
        fan = page.locator(".pantau-bagan svg:visible").first
        expect(fan).to_contain_text("Proyeksi 47%")  # as the sentence says
        target, deadline, more = (page.get_by_role("slider").locator("visible=true").nth(n) for n in range(3))
        steps = (
            (target, 5, heading, "target 85%", "Target 85%"),
            (deadline, 7, sentence, "batas waktu digeser ke 7 April", "7 Apr"),
            (more, 4, sentence, "20 ASN lebih banyak setiap hari kerja", None),
        )
        for slider, times, told, said, drawn in steps:
            before = fan.inner_html()
            slider.focus()
            for _ in range(times):
                page.keyboard.press("ArrowRight")
            expect(told).to_contain_text(said)
            expect(fan).not_to_have_text(before)
            assert fan.inner_html() != before
            if drawn:
                expect(fan).to_contain_text(drawn)
        page.get_by_label("Kendala yang diselesaikan").select_option(index=0)
        expect(sentence).to_contain_text("selesai minggu ini")
        expect(sentence).to_contain_text("pengandaian, bukan ramalan")

    return drive


class TestPapan:
    def test_first_view_is_indonesian_without_code(self, terbuka, layar):
        expect(terbuka).to_have_title("Pantau SP Online")
        assert terbuka.evaluate("document.documentElement.lang") == "id"
        text = terbuka.inner_text("body")
        assert "DATA CONTOH" in text and "30,0%" in text
        assert "campaign.from_notebook" not in terbuka.content() and "Traceback" not in text
        layar(terbuka, "papan-capaian")

    def test_an_office_is_opened_in_the_funnel_by_mouse_and_by_keyboard(self, terbuka, layar):
        terbuka.click("button[aria-label^='Dinas Kesehatan:']")
        heading = terbuka.locator(".pantau-mata")
        expect(heading).to_contain_text("Dinas Kesehatan")
        expect(terbuka.locator("button[aria-current=true]")).to_have_attribute(
            "aria-label", re.compile("Dinas Kesehatan")
        )
        layar(terbuka, "papan-opd")
        terbuka.locator("button[aria-current=true]").focus()
        terbuka.keyboard.press("ArrowLeft")
        chosen = terbuka.evaluate("document.activeElement.getAttribute('aria-label')")
        assert not chosen.startswith("Dinas Kesehatan")
        terbuka.keyboard.press("Enter")
        expect(heading).to_contain_text(chosen.split(":")[0])
        expect(heading).to_be_in_viewport()  # it stands far above the funnel

    def test_a_kind_is_told_at_once(self, terbuka, layar):
        terbuka.get_by_label("Kelompok").select_option(label="Badan")
        expect(terbuka.locator(".pantau-mata")).to_contain_text("Badan: 7 OPD")
        expect(terbuka.locator(".titik button.sejenis")).to_have_count(7)
        layar(terbuka, "papan-kelompok")

    def test_a_lost_kernel_is_said_in_words(self, terbuka, papan):
        """The page asks its kernel to end, as closing the server does; nothing else would tell whoever looks at it."""
        terbuka.evaluate(
            """() => {
                const id = JSON.parse(document.getElementById("jupyter-config-data").textContent).kernelId;
                const socket = new WebSocket(`ws://${location.host}/api/kernels/${id}/channels?session_id=lain`);
                socket.onopen = () => socket.send(JSON.stringify({ channel: "control", parent_header: {}, metadata: {},
                    content: { restart: false }, buffers: [], header: { msg_id: "akhir", msg_type: "shutdown_request",
                    session: "lain", username: "", version: "5.3", date: new Date().toISOString() } }));
            }"""
        )
        expect(terbuka.get_by_role("alert")).to_contain_text("sambungan dengan program terputus", timeout=60_000)

    def test_every_control_changes_sentence_and_fan(self, terbuka, geser, layar):
        geser(terbuka)
        layar(terbuka, "papan-prospek")
        terbuka.get_by_role("button", name="Kembali ke keadaan sekarang").click()
        expect(terbuka.locator(".pantau-kalimat")).to_contain_text("Bila berjalan seperti sekarang")

    def test_only_looking_offers_nothing_to_change(self, terbuka, layar):
        for name in ("Kendala", "Kiriman", "Laporan"):
            terbuka.get_by_role("tab", name=name, exact=True).click()
            expect(terbuka.get_by_text("hanya untuk melihat").locator("visible=true").first).to_be_visible()
            layar(terbuka, f"papan-lihat-{name.lower()}")
        for name in ("Simpan", "Batalkan", "Terima", "Susun", "Pilih berkas"):
            assert terbuka.get_by_role("button", name=re.compile(name)).count() == 0

    def test_no_code_is_run_for_whoever_looks(self, terbuka, proyek):
        """The page has a connection to its kernel; what it may not do must not depend on which buttons it shows."""
        replies = terbuka.evaluate(
            """async () => {
                const id = JSON.parse(document.getElementById("jupyter-config-data").textContent).kernelId;
                const socket = new WebSocket(`ws://${location.host}/api/kernels/${id}/channels?session_id=lain`);
                await new Promise(open => { socket.onopen = open; });
                const told = [];
                socket.onmessage = message => told.push(JSON.parse(message.data).msg_type);
                const ask = (msg_type, content) => socket.send(JSON.stringify({
                    channel: "shell", parent_header: {}, metadata: {}, content, buffers: [], header: { msg_id: msg_type,
                    msg_type, session: "lain", username: "", version: "5.3", date: new Date().toISOString() } }));
                ask("kernel_info_request", {});
                ask("execute_request", { code: "open('milik_orang', 'w').close()", silent: false, store_history: false,
                                         user_expressions: {}, allow_stdin: false });
                await new Promise(done => setTimeout(done, 3000));
                socket.close();
                return told;
            }"""
        )
        assert "kernel_info_reply" in replies and "execute_reply" not in replies
        assert not list(proyek.rglob("milik_orang")) and not Path("milik_orang").exists()

    def test_axe_finds_nothing_in_any_tab(self, terbuka):
        for name in ("Capaian", "Proyeksi dan skenario", "Kendala", "Kiriman", "Laporan"):
            terbuka.get_by_role("tab", name=name, exact=True).click()
            terbuka.wait_for_timeout(800)
            found = Axe().run(terbuka, options={"runOnly": RULES}).response["violations"]
            assert [(name, v["id"], v["nodes"][0]["html"][:200]) for v in found] == []

    @pytest.mark.parametrize(
        "path", ["voila/files/params/kota.yaml", "voila/files/../params/kota.yaml", "notebooks/laporan_kota.ipynb"]
    )
    def test_nothing_else_is_served(self, papan, path):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{papan}/{path}")
        assert refused.value.code in (403, 404)


class TestLab:
    def test_opens_on_the_start_page_in_indonesian_and_jelajah_runs(self, halaman, dijalankan, jalankan, geser, layar):
        address = dijalankan("lab", token=TOKEN)
        with pytest.raises(urllib.error.HTTPError):  # without the token
            urllib.request.urlopen(f"{address}/api/contents")
        halaman.goto(f"{address}/?token={TOKEN}", timeout=60_000)
        halaman.wait_for_selector(".jp-NotebookPanel:visible h1:has-text('Mulai di sini')", timeout=60_000)
        assert halaman.locator(".lm-TabBar-tab:has-text('jelajah.ipynb')").count() == 1
        assert halaman.locator(".lm-MenuBar-itemLabel").all_inner_texts() == MENUS
        halaman.wait_for_selector(".jp-DirListing-item:has-text('laporan_kota.ipynb')")
        layar(halaman, "lab-buka")
        halaman.locator(".lm-TabBar-tab:has-text('jelajah.ipynb')").click()
        halaman.wait_for_selector("h1:has-text('Jelajah'):visible")
        assert not halaman.locator(".jp-CodeCell .jp-InputArea-editor:visible").count()  # no code at first sight
        halaman.locator("[data-jp-item-name='restart-and-run']:visible").click()
        expect(halaman.locator(".jp-Dialog")).to_contain_text("Isi memorinya dikosongkan")
        layar(halaman, "lab-mulai-ulang")
        halaman.get_by_role("button", name="Batal").click()
        jalankan(halaman)
        halaman.wait_for_selector(".pantau-bagan svg", timeout=60_000)
        assert "17 Maret 2020" in halaman.inner_text(".pantau-kop")
        assert "Traceback" not in halaman.inner_text("body")
        layar(halaman, "lab-jelajah")
        geser(halaman)
        halaman.locator("[role=slider]:visible").first.scroll_into_view_if_needed()
        expect(halaman.locator(".pantau-dua .pantau-bagan")).to_be_in_viewport(ratio=0.5)  # seen together
        layar(halaman, "lab-jelajah-prospek")

    def test_what_an_earlier_day_left_is_gone_and_runs_again(self, halaman_baru, dijalankan, proyek_baru, jalankan):
        """Saved with its widgets, opened by another JupyterLab: their kernel is gone."""
        folder = proyek_baru()
        for _ in range(2):
            page = halaman_baru()
            address = dijalankan("lab", token=TOKEN, di=folder)
            page.goto(f"{address}/lab/tree/notebooks/jelajah.ipynb?token={TOKEN}", timeout=60_000)
            page.wait_for_selector("h1:has-text('Jelajah'):visible", timeout=60_000)
            page.wait_for_selector(".jp-CodeCell:visible")
            assert "Error displaying widget" not in page.inner_text("body")
            jalankan(page)
            page.wait_for_selector(".pantau-bagan svg", timeout=60_000)
            page.keyboard.press("Control+s")
            for _ in range(100):
                page.wait_for_timeout(200)
                if "jupyter.widget-view" in (folder / "notebooks" / "jelajah.ipynb").read_text():
                    break
            else:
                pytest.fail("not saved")
            page.close()

    def test_before_any_data_the_page_begins_with_them(self, halaman, dijalankan, proyek_baru, jalankan, layar):
        folder = proyek_baru()
        shutil.rmtree(folder / "data" / "simpan")
        address = dijalankan("lab", token=TOKEN, di=folder)
        halaman.goto(f"{address}/lab/tree/notebooks/jelajah.ipynb?token={TOKEN}", timeout=60_000)
        halaman.wait_for_selector("h1:has-text('Jelajah'):visible", timeout=60_000)
        jalankan(halaman)
        expect(halaman.get_by_text("Belum ada kiriman yang diterima")).to_be_visible()
        expect(halaman.locator(".pantau-unggah")).to_be_visible()
        layar(halaman, "lab-jelajah-kosong")
        halaman.get_by_role("button", name="Muat data contoh").click()
        expect(halaman.locator(".pantau-kop")).to_contain_text("DATA CONTOH", timeout=120_000)
        halaman.get_by_role("tab", name="Capaian", exact=True).click()
        expect(halaman.locator(".pantau-mata")).to_contain_text("Kota Kupang")


def test_settings_are_json():
    from helpers.lab import server

    command, env = server.jupyterlab(8888, False, TOKEN)
    folder = next(word.partition("=")[2] for word in command if "app_settings_dir" in word)
    settings = json.loads((Path(folder) / "overrides.json").read_text(encoding="utf-8"))
    assert settings["@jupyterlab/translation-extension:plugin"] == {"locale": "id"}
    assert env["JUPYTER_DEFAULT_PROVISIONER_NAME"] == "hangat" and "--ServerApp.ip=127.0.0.1" in command
