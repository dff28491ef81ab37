"""jelajah.ipynb where it may change things: by `pantau lab` and by `pantau papan --ubah`, the same steps in both."""

import io
import re
import urllib.error
import urllib.request
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from helpers import campaign, store
from helpers.store import entries

pytestmark = pytest.mark.lambat
TOKEN = "rahasia-uji"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@pytest.fixture(scope="module", params=["papan", "lab"])
def tempat(request, proyek_baru, dijalankan):
    """Kind of the server, its address, and the campaign that it works on."""
    folder = proyek_baru()
    words = ("papan", "--ubah") if request.param == "papan" else ("lab",)
    address = dijalankan(*words, token=TOKEN, di=folder)
    whole = {"simpan": str(folder / "data" / "simpan"), "masuk": str(folder / "data" / "masuk")}
    return request.param, address, campaign.load(folder / "params" / "kota.yaml", **whole), folder


def opened(page, kind, address, jalankan):
    """jelajah.ipynb with its first chart."""
    path = "" if kind == "papan" else "lab/tree/notebooks/jelajah.ipynb"
    page.goto(f"{address}/{path}?token={TOKEN}", timeout=60_000)
    if kind == "lab":
        page.wait_for_selector(".jp-NotebookPanel:visible h1:has-text('Jelajah')", timeout=60_000)
        jalankan(page)
    page.wait_for_selector(".pantau-bagan svg", timeout=60_000)
    return page


@pytest.fixture
def terbuka(halaman, tempat, jalankan):
    return opened(halaman, *tempat[:2], jalankan)


def tab(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def choose(listed, *parts):
    """Choose the options that contain these texts."""
    values = [listed.locator("option", has_text=part).first.get_attribute("value") for part in parts]
    listed.select_option(values)


def to(page, wanted):
    """Press Tab until what has the focus is called so."""
    expect(page.get_by_text(wanted, exact=True).locator("visible=true").first).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => { const one = document.activeElement;
                return one.labels?.[0]?.textContent || one.getAttribute("aria-label") || one.textContent.trim() }"""
        )
        if name == wanted:
            return
    pytest.fail(f"{wanted} is not reached by Tab")


def said(page):
    """The notice of the part that is seen; the page's own stands above it."""
    return page.locator(".pantau-kabar:visible [role=status]").last


def version(kampanye):
    return store.version(kampanye.path(kampanye.simpan))


def test_nobody_without_the_token(tempat):
    try:
        with urllib.request.urlopen(f"{tempat[1]}/") as answer:
            assert "login" in answer.url and "pantau-halaman" not in answer.read().decode()
    except urllib.error.HTTPError as refused:
        assert refused.code in (401, 403)


def test_a_code_is_set_found_in_the_store_and_undone(terbuka, tempat, layar):
    kampanye = tempat[2]
    before = len(entries.classifications(kampanye))
    tab(terbuka, "Kendala")
    choose(terbuka.get_by_label("Ungkapan", exact=True), "loading lama sekali")
    terbuka.get_by_label("Kode yang benar").select_option(label="K05 Jaringan")
    terbuka.get_by_role("button", name="Simpan kode").click()
    expect(said(terbuka)).to_contain_text("masih kosong")
    terbuka.wait_for_timeout(500)  # nobody mends a field and clicks again within page.AGAIN
    terbuka.get_by_label("Dicatat oleh (jabatan, bukan nama)").fill("Analis BPS")
    terbuka.keyboard.press("Tab")
    terbuka.get_by_role("button", name="Simpan kode").click()
    expect(said(terbuka)).to_contain_text("berkode K05, dicatat oleh Analis BPS")
    layar(terbuka, f"{tempat[0]}-kendala")
    row = entries.classifications(kampanye).iloc[-1]
    assert (row["kode_asal"], row["kode"], row["oleh"]) == ("K04", "K05", "Analis BPS")
    terbuka.get_by_label("Kode yang pernah diubah").select_option(index=0)
    terbuka.get_by_role("button", name="Batalkan yang dipilih").click()
    expect(said(terbuka)).to_contain_text("kembali berkode K04")
    assert entries.classifications(kampanye)["kode"].tolist()[before:] == ["K05", "K04"]


def test_a_follow_up_is_written_down_by_keyboard_alone(terbuka, tempat, layar):
    kampanye = tempat[2]
    terbuka.get_by_role("tab", name="Capaian", exact=True).focus()
    for _ in range(2):
        terbuka.keyboard.press("ArrowRight")
    terbuka.keyboard.press("Enter")
    to(terbuka, "Dicatat oleh (jabatan, bukan nama)")
    terbuka.keyboard.type("Sekretaris Daerah")
    to(terbuka, "Ungkapan dan kodenya")
    terbuka.keyboard.press("ArrowRight")
    terbuka.keyboard.press("Enter")
    to(terbuka, "Nomor, kode, dan keadaannya")
    terbuka.keyboard.press("ArrowDown")
    pic = terbuka.get_by_label("PIC (jabatan)")
    expect(pic).not_to_have_value("")
    for _ in range(2):
        terbuka.keyboard.press("Tab")
    terbuka.keyboard.press("Control+a")
    terbuka.keyboard.type("Kepala Dinas Kominfo")
    assert terbuka.evaluate("document.activeElement.value") == "Kepala Dinas Kominfo"
    for _ in range(3):
        terbuka.keyboard.press("Tab")
    terbuka.keyboard.press("P")  # the state: Proses
    for _ in range(2):
        terbuka.keyboard.press("Tab")
    terbuka.keyboard.press("Enter")
    expect(said(terbuka)).to_contain_text("disimpan, dicatat oleh Sekretaris Daerah")
    layar(terbuka, f"{tempat[0]}-tindak-lanjut")
    row = entries.decisions(kampanye).iloc[-1]
    assert (row["pic"], row["status"], row["oleh"]) == ("Kepala Dinas Kominfo", "Proses", "Sekretaris Daerah")


def test_a_list_that_gets_shorter_and_a_double_click(terbuka, tempat):
    """What was chosen may be gone from the list, and whoever is in a hurry clicks twice; the console stays silent."""
    kampanye = tempat[2]
    before = len(entries.decisions(kampanye))
    tab(terbuka, "Kendala")
    terbuka.get_by_label("Dicatat oleh (jabatan, bukan nama)").fill("Analis BPS")
    terbuka.get_by_label("Ungkapan", exact=True).select_option(index=8)
    terbuka.get_by_label("Memuat kata").fill("sinyal")
    expect(terbuka.get_by_text(re.compile("^2 dari .* ungkapan tampil"))).to_be_visible()
    tab(terbuka, "Proyeksi dan skenario")
    kendala = terbuka.get_by_label("Kendala yang diselesaikan")
    expect(kendala.locator("option")).not_to_have_count(0)
    kendala.select_option(index=kendala.locator("option").count() - 1)
    terbuka.get_by_label("OPD", exact=True).locator("visible=true").select_option(label="Sekretariat DPRD")
    expect(terbuka.locator("h3:visible").first).to_contain_text("Sekretariat DPRD")
    tab(terbuka, "Kendala")
    tab(terbuka, "Tindak lanjut")
    terbuka.get_by_label("Nomor, kode, dan keadaannya").select_option(index=3)
    terbuka.get_by_role("button", name="Simpan tindak lanjut").dblclick()
    expect(said(terbuka)).to_contain_text("disimpan, dicatat oleh Analis BPS")
    terbuka.wait_for_timeout(1500)
    assert len(entries.decisions(kampanye)) == before + 1


def test_a_bad_and_a_good_workbook(terbuka, tempat, layar, tulis_nominatif, orang, tmp_path):
    kind, _, kampanye, _ = tempat
    bad = tulis_nominatif(tmp_path / "salah.xlsx", [orang(1, status="Entah")], opd="BPBD")
    people = [orang(n, nama=f"Orang {kind} {n}") for n in range(1, 31)]
    good = tulis_nominatif(tmp_path / f"BPBD_{kind}.xlsx", people, opd="BPBD")
    before = version(kampanye)
    tab(terbuka, "Kiriman")
    chooser = terbuka.locator(".pantau-unggah input")
    chooser.set_input_files(bad)
    expect(said(terbuka)).to_contain_text("salah.xlsx belum dapat diterima")
    expect(terbuka.locator(".pantau-gulir").get_by_text("Entah").first).to_be_visible()
    expect(terbuka.get_by_role("button", name="Terima ke simpanan")).to_be_disabled()
    layar(terbuka, f"{kind}-kiriman-salah")
    with terbuka.expect_download() as got:
        terbuka.get_by_role("button", name="Unduh umpan balik (.xlsx)").click()
    assert zipfile.is_zipfile(got.value.path())
    assert version(kampanye) == before
    _drop(terbuka, good)
    expect(terbuka.get_by_text("DAPAT DITERIMA: BPBD")).to_be_visible()
    terbuka.get_by_role("button", name="Terima ke simpanan").click()
    expect(said(terbuka)).to_contain_text("diterima; data sekarang versi")
    layar(terbuka, f"{kind}-kiriman-diterima")
    assert version(kampanye) == before + 1 and (kampanye.path(kampanye.masuk) / good.name).is_file()


def _drop(page, path):
    """Drop a file on the page as somebody does with a mouse."""
    content = path.read_bytes().hex()
    data = page.evaluate_handle(
        """([hex, name]) => {
            const bytes = new Uint8Array(hex.match(/../g).map(two => parseInt(two, 16)));
            const moved = new DataTransfer();
            moved.items.add(new File([bytes], name));
            return moved;
        }""",
        [content, path.name],
    )
    page.dispatch_event(".pantau-unggah", "drop", {"dataTransfer": data})


def as_pdf(page, button):
    """Text of the first page of what a button opens in a tab."""
    with page.context.expect_page() as got:
        page.get_by_role("button", name=button).click()
    shown = got.value
    shown.wait_for_url("blob:**")
    read = "async url => { const all = await (await fetch(url)).arrayBuffer(); return Array.from(new Uint8Array(all)) }"
    content = bytes(page.evaluate(read, shown.url))
    shown.close()
    return PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_two_offices_are_rendered_opened_and_packed(terbuka, tempat, layar):
    folder = tempat[3]
    tab(terbuka, "Laporan")
    choose(
        terbuka.get_by_label(re.compile("^Laporan, data sampai")),
        "Badan Keuangan dan Aset Daerah ·",
        "Dinas Kesehatan ·",
    )
    terbuka.get_by_role("button", name="Susun yang dipilih").click()
    expect(terbuka.locator(".widget-hprogress, .jupyter-widget-progress, .progress").first).to_be_visible()
    expect(said(terbuka)).to_contain_text("2 laporan disusun", timeout=120_000)
    layar(terbuka, f"{tempat[0]}-laporan")
    told = as_pdf(terbuka, "Buka PDF: Dinas Kesehatan")
    assert "Dinas Kesehatan" in told and "14,8%" in told and "412 ASN" in told
    assert "Badan Keuangan dan Aset Daerah" in as_pdf(terbuka, "Buka PDF: Badan Keuangan dan Aset Daerah")
    with terbuka.expect_download() as got:
        terbuka.get_by_role("button", name=re.compile("Unduh semua yang terbit, 2")).click()
    names = zipfile.ZipFile(got.value.path()).namelist()
    assert "opd/BKAD/laporan.pdf" in names and "opd/DINKES/laporan.pdf" in names
    assert (folder / "reports" / "2020-03-17" / "index.html").is_file()


def test_rendering_can_be_stopped(terbuka, tempat):
    tab(terbuka, "Laporan")
    terbuka.get_by_role("button", name="Susun yang berubah").click()
    terbuka.get_by_text(re.compile("sedang: ")).wait_for(timeout=60_000)
    terbuka.get_by_role("button", name="Berhenti").click()
    expect(said(terbuka)).to_contain_text("Penyusunan dihentikan", timeout=60_000)
    expect(terbuka.get_by_role("button", name="Susun yang berubah")).to_be_enabled()


def test_two_people_see_each_other_and_overwrite_nothing(terbuka, tempat, dijalankan, halaman_baru):
    """Two on the web page; one in JupyterLab, whose pages all share a kernel, and one on the web page."""
    kind, address, kampanye, folder = tempat
    web = address if kind == "papan" else dijalankan("papan", "--ubah", token=TOKEN, di=folder)
    other = opened(halaman_baru(), "papan", web, None)
    for page, who, code in ((terbuka, "Analis BPS", "K05 Jaringan"), (other, "Analis kota", "K07 Kata sandi")):
        tab(page, "Kendala")
        page.get_by_label("Dicatat oleh (jabatan, bukan nama)").fill(who)
        page.keyboard.press("Tab")
        choose(page.get_by_label("Ungkapan", exact=True), "server down")
        page.get_by_label("Kode yang benar").select_option(label=code)
    terbuka.get_by_role("button", name="Simpan kode").click()
    expect(said(terbuka)).to_contain_text("berkode K05")
    other.get_by_role("button", name="Simpan kode").click()
    expect(said(other)).to_contain_text("Belum disimpan: Analis BPS sudah memberi ungkapan itu kode K05")
    other.get_by_role("button", name="Muat ulang").click()
    expect(other.get_by_label("Kode yang pernah diubah")).to_contain_text("Analis BPS")
    choose(other.get_by_label("Ungkapan", exact=True), "server down")
    other.get_by_role("button", name="Simpan kode").click()
    expect(said(other)).to_contain_text("berkode K07, dicatat oleh Analis kota")
    terbuka.get_by_role("button", name="Muat ulang").click()
    expect(terbuka.get_by_label("Kode yang pernah diubah")).to_contain_text("Analis kota")
    own = entries.classifications(kampanye)
    assert own[own["frasa"].eq("server down")]["kode"].tolist() == ["K05", "K07"]


def test_axe_finds_nothing_in_any_tab(terbuka, tempat):
    for name in ("Capaian", "Proyeksi dan skenario", "Kendala", "Tindak lanjut", "Kiriman", "Laporan"):
        if name == "Tindak lanjut":
            tab(terbuka, "Kendala")
        tab(terbuka, name)
        terbuka.wait_for_timeout(800)
        # In JupyterLab the page is ours and the rest is not.
        where = {} if tempat[0] == "papan" else {"context": ".pantau-halaman"}
        found = Axe().run(terbuka, options={"runOnly": RULES}, **where).response["violations"]
        assert [(name, v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
