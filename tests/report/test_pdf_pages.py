"""The pages of a run as printed: headings with what they announce, tables with their heads, full pages, one font."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pdf_tags import Element, Run, Tagged, read
from pypdf import PdfReader
from test_pdf_tags import blocks
from test_typst_export import export, notebook

from helpers.report.blocks import Judul, Tabel, Temuan
from helpers.report.cells import Kolom

pytestmark = pytest.mark.lambat
MM = 72 / 25.4

# Tables of words, which count nobody: captions without a denominator.
WORDS_ONLY = ("Tiga instruksi", "Usulan ", "Kelengkapan data", "Laporan hanya terbit")


@pytest.fixture(scope="module")
def paths(terbitan: Path, terbitan_inggris: Path) -> list[Path]:
    """Every PDF of both runs."""
    return sorted([*terbitan.rglob("*.pdf"), *terbitan_inggris.rglob("*.pdf")])


@pytest.fixture(scope="module")
def documents(paths: list[Path]) -> dict[str, Tagged]:
    return {str(path): read(path) for path in paths}


def leaves(element: Element) -> Iterator[tuple[Element, Run]]:
    """What is shown, in reading order, with the innermost element around it."""
    held = {id(run) for inside in element.inside for run in inside.runs}
    for run in element.runs:
        if id(run) not in held:
            yield element, run
    for inside in element.inside:
        yield from leaves(inside)


def orphans(document: Tagged) -> list[str]:
    """Headings whose first thing below is on another page. A finding told in its heading alone may end its part."""
    wrong = []
    tops = {h.runs[0].page for h in document.root.all("H1") if h.runs[0].y > 0.85 * document.pages[0][1]}
    shown = [element for element in document.root.walk() if element.runs and not element.inside]
    for heading in document.root.all("H1", "H2", "H3"):
        last = heading.runs[-1]
        inner = {id(run) for run in heading.runs}
        after = [e for e in shown if id(e.runs[0]) not in inner and order(e.runs[0]) > order(last)]
        below = min((e.runs[0] for e in after), key=order, default=None)
        if below and below.page != last.page and below.page not in tops:
            wrong.append(heading.text)
    return wrong


def order(run: Run) -> tuple[int, float]:
    return run.page, -run.y


def test_no_heading_stands_alone_at_the_foot_of_a_page(documents):
    assert {name: found for name, document in documents.items() if (found := orphans(document))} == {}


def test_every_page_but_the_last_is_used(documents):
    """Down to 60%, or where a new part of the report begins on the next page, by a fifth."""
    for name, document in documents.items():
        parts = {heading.runs[0].page for heading in document.root.all("H1")}
        for page, (_, height) in enumerate(document.pages):
            lowest = min((run.y for run in document.runs if run.page == page and run.mark is not None), default=height)
            least = 0.1 if page == len(document.pages) - 1 else 0.2 if page + 1 in parts else 0.6
            assert 1 - lowest / height >= least, f"{name}, page {page + 1} ends at {1 - lowest / height:.0%}"


def heads_missing(document: Tagged) -> list[str]:
    """Tables that go on on a page without their header row."""
    wrong = []
    for table in document.root.all("Table"):
        head = [cell.text for cell in table.all("THead")[0].all("TH")]
        body = {cell.runs[0].page for cell in table.all("TD") if cell.runs}
        first = table.all("THead")[0].runs[0].page
        for page in body - {first}:
            repeated = "".join(run.text for run in document.runs if run.page == page and run.mark is None)
            wrong += [f"{text} on page {page + 1}" for text in head if squeeze(text) not in squeeze(repeated)]
    return wrong


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_table_that_goes_on_repeats_its_head(documents):
    assert {name: found for name, document in documents.items() if (found := heads_missing(document))} == {}


def test_a_long_table_does_go_on_and_a_short_one_moves_whole(tmp_path):
    columns = [Kolom("Unit kerja", lebar="1fr"), Kolom("Jumlah", "kanan")]
    long = Tabel(columns, [[f"Unit {at}", str(at)] for at in range(90)], "Dari 90. Sumber: uji.")
    short = Tabel(columns, [[f"Bidang {at}", str(at)] for at in range(18)], "Dari 18. Sumber: uji.")
    path = tmp_path / "panjang.pdf"
    path.write_bytes(
        export(notebook(Judul("Uji"), Temuan("Satu", ["Isi."]), long, Temuan("Dua", ["Isi."]), short, short))
    )
    document = read(path)
    one, *others = document.root.all("Table")
    assert len({run.page for run in one.runs}) >= 2
    assert all(len({run.page for run in table.runs}) == 1 for table in others)
    assert heads_missing(document) == [] and orphans(document) == []


def test_every_chart_and_table_names_its_denominator_and_its_source(terbitan, terbitan_inggris):
    captions = []
    for path in [*terbitan.glob("notebook/*.ipynb"), *terbitan_inggris.glob("notebook/*.ipynb")]:
        captions += [(path.stem, b["keterangan"]) for b in blocks(path) if b["jenis"] in ("tabel", "gambar")]
    assert len(captions) > 50
    # A denominator is a number of people or offices, "all", or the column that the caption says is divided by.
    counted = re.compile(r"(\d|semua) (ASN|pegawai|orang|OPD|organisasi)\b|dari \d|\(\d|dibagi jumlah")
    assert [each for each in captions if "Sumber: " not in each[1]] == []
    assert [each for each in captions if not counted.search(each[1]) and not each[1].startswith(WORDS_ONLY)] == []


def test_every_chart_and_table_in_print_has_its_caption(documents):
    for name, document in documents.items():
        told = " ".join(caption.text for caption in document.root.all("Caption"))
        numbered = re.findall(r"(Gambar|Tabel) (\d+)\.", told)
        for kind in ("Gambar", "Tabel"):
            numbers = [int(number) for which, number in numbered if which == kind]
            assert numbers == list(range(1, len(numbers) + 1)), (name, kind, numbers)


def test_only_the_report_font_is_embedded(paths):
    for path in paths:
        fonts = set()
        for page in PdfReader(path).pages:
            fonts |= {str(font.get_object()["/BaseFont"]) for font in page["/Resources"].get("/Font", {}).values()}
        assert fonts and all(re.search(r"\+SourceSansPro-", font) for font in fonts), (path, fonts)
