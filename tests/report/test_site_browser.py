"""index.html in a real browser, opened as a file: no error, sorting, search, a phone, paper, no script, axe-core."""

import dataclasses
import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright
from pypdf import PdfReader

from helpers import store
from helpers.report import site
from helpers.run import summary

pytestmark = pytest.mark.lambat
CHROMIUM = "/usr/bin/chromium"  # Debian's own: nothing is downloaded for these tests
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK, TABLET = {"width": 390, "height": 844}, {"width": 1280, "height": 900}, {"width": 820, "height": 1100}
CAPAIAN, KURANG = 3, 4  # columns


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(contoh_store, tmp_path_factory):
    """The sample's page on disk with everything that can be on it: failures, an old version, a hostile name."""
    folder = tmp_path_factory.mktemp("situs")
    data = store.read(contoh_store)
    ukur = summary.measure(data, contoh_store)
    offices = ukur.ukuran.copy()
    offices.loc[offices["opd"].eq("BPBD"), "nama"] = "Badán <script>alert(1)</script> Bencana"
    failed = [site.Failure("Dinas Sosial", "Sel 3: " + "kolom_yang_tidak_ada_" * 12, "notebook/x.ipynb", "DINSOS")]
    html = site.index(
        lambda name: "DINSOS" not in name,
        dataclasses.replace(ukur, ukuran=offices),
        contoh_store,
        data,
        failed,
        {"DINKES": 1},
    )
    (folder / "index.html").write_text(html, encoding="utf-8")
    return (folder / "index.html").as_uri()


@pytest.fixture
def opened(browser, address):
    """Opens the page in a window of its own. Whatever the browser complained about fails the test."""
    complaints, contexts = [], []

    def go(size=DESK, **more):
        context = browser.new_context(viewport=size, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message) or dialog.dismiss())
        page.on("request", lambda r: complaints.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def values(page, column):
    """What the visible rows sort by, None where unknown."""
    script = "(rows, i) => rows.filter(r => !r.hidden).map(r => r.cells[i].dataset.n)"
    return [None if n is None else float(n) for n in page.locator("#opd tbody tr").evaluate_all(script, column)]


def names(page):
    script = "rows => rows.filter(r => !r.hidden).map(r => r.cells[0].textContent)"
    return page.locator("#opd tbody tr").evaluate_all(script)


def sorted_by(page):
    script = "heads => heads.flatMap((h, i) => h.ariaSort ? [[i, h.ariaSort]] : [])"
    return page.locator("#opd thead th").evaluate_all(script)


def in_order(found, down):
    """Whether known values are in order and the unknown ones last."""
    known = [value for value in found if value is not None]
    return found == sorted(known, reverse=down) + [None] * (len(found) - len(known))


def test_opens_sorted_by_people_short(opened):
    page = opened()
    assert page.title().startswith("Monitoring dan Evaluasi Sensus Penduduk Online 2020, Kota Kupang")
    assert in_order(values(page, KURANG), down=True) and sorted_by(page) == [[KURANG, "descending"]]
    assert page.locator("svg.kurva:visible").count() == 1


@pytest.mark.parametrize("how", ["click", "Enter", "Space"])
def test_every_column_sorts_both_ways_with_unknown_last(opened, how):
    page = opened()
    heads = page.locator("#opd thead button")
    assert heads.count() == 9
    for column in range(1, 9) if how == "click" else (CAPAIAN, KURANG):
        for turn in range(2):
            head = heads.nth(column)
            head.click() if how == "click" else head.press(how)
            ((where, way),) = sorted_by(page)
            assert where == column and in_order(values(page, column), way == "descending"), (column, turn)
            assert page.locator("#hasil").inner_text().startswith("Urut menurut")
    assert None in values(page, CAPAIAN)


def test_names_sort_by_alphabet(opened):
    page = opened()
    page.locator("#opd thead button").first.click()
    assert sorted_by(page) == [[0, "ascending"]]
    first, second, *_, last = names(page)
    assert first.startswith("Badán <script>") and second.startswith("Badan Kepegawaian")  # á is an a
    assert last == "Sekretariat Korpri"
    page.locator("#opd thead button").first.click()
    assert sorted_by(page) == [[0, "descending"]] and names(page)[0] == "Sekretariat Korpri"


@pytest.mark.parametrize(
    "typed, hits", [("KÉSEHATAN", 1), ("badan bencana", 1), ("dinkes", 1), ("kecamatan", 6), ("zzz", 0)]
)
def test_search_ignores_case_and_accents_and_says_how_many(opened, typed, hits):
    page = opened()
    page.get_by_role("searchbox").fill(typed)
    assert len(names(page)) == hits
    said = page.get_by_role("status").inner_text()
    assert said == (f"{hits} dari 52 OPD ditampilkan." if hits else "Tidak ada OPD yang cocok.")
    page.get_by_role("button", name="Tampilkan semua").click()
    expect(page.locator("#opd tbody tr:not([hidden])")).to_have_count(52)
    assert page.get_by_role("searchbox").input_value() == ""


@pytest.mark.parametrize("chosen, shown", [("", 52), ("kurang", 49), ("diam", 4)])
def test_filter_shows_as_many_as_it_promises(opened, chosen, shown):
    page = opened()
    page.locator("#saring").select_option(chosen)
    assert len(names(page)) == shown
    assert page.locator("#saring option:checked").inner_text().endswith(f"({shown})")


def test_a_phone_shows_every_office_as_a_card_without_scrolling_sideways(opened):
    page = opened(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    beyond = "all => all.filter(e => e.getBoundingClientRect().right > 391).map(e => e.outerHTML.slice(0, 80))"
    assert page.locator("main *:visible").evaluate_all(beyond) == []
    card = page.locator("tr[data-k=DINKES]")
    for part in ("th", ".b", ".c b", ".j", ".d", ".k", ".l", ".p", ".t", ".f a"):
        assert card.locator(part).first.is_visible(), part
    assert [round(a.bounding_box()["height"]) >= 24 for a in card.locator("a").all()] == [True] * 6
    page.locator("#urut").select_option(f"{CAPAIAN}+")
    assert in_order(values(page, CAPAIAN), down=False)


def test_a_phone_still_reads_the_cards_as_a_table(opened):
    page = opened(PHONE)
    assert page.get_by_role("row").count() == 52 and page.get_by_role("rowheader").count() == 52


def test_without_script_everything_stands_and_no_dead_control(opened):
    page = opened(java_script_enabled=False)
    assert page.locator("#opd tbody tr:visible").count() == 52
    assert page.locator("form").is_hidden() and page.get_by_role("button").count() == 0
    assert page.get_by_role("heading", level=1).inner_text().startswith("Baru 30,0% ASN")


def test_paper_has_every_row_under_a_repeated_head_and_no_controls(opened):
    page = opened()
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [" ".join(sheet.extract_text().split()) for sheet in reader.pages]
    assert 2 <= len(texts) <= 4 and round(float(reader.pages[0].mediabox.width)) in (595, 596)
    whole = " ".join(texts)
    solid = "".join(whole.split())  # a browser may break a long name anywhere
    for name in names(page):
        assert "".join(name.split()[:2]) in solid, name
    assert all("Laju perlu" in text for text in texts[1:])
    assert "Cari nama" not in whole and "(laporan_kota.pdf)" in whole and "KEC-KOTALAMA" in whole


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["meja", "tablet", "telepon"])
def test_axe_finds_nothing(opened, size):
    page = opened(size)
    page.get_by_role("searchbox").fill("dinas")
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, found.generate_report()
