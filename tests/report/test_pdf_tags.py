"""What a screen reader meets in the PDFs of a run: language, title, tags, alt texts, header cells, order, bookmarks."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pikepdf
import pytest
from pdf_tags import Element, Tagged, read

from helpers.report.blocks import MIME

pytestmark = pytest.mark.lambat


@pytest.fixture(scope="module")
def paths(terbitan: Path, terbitan_inggris: Path) -> list[Path]:
    """Every PDF of both runs."""
    found = sorted([*terbitan.rglob("*.pdf"), *terbitan_inggris.rglob("*.pdf")])
    assert len(found) >= 12
    return found


@pytest.fixture(scope="module")
def documents(paths: list[Path]) -> dict[str, Tagged]:
    return {str(path): read(path) for path in paths}


def test_language_title_standards_and_tagging_are_declared(paths):
    for path in paths:
        with pikepdf.open(path) as pdf, pdf.open_metadata() as meta:
            assert str(pdf.Root.Lang) == "id-ID", path
            assert bool(pdf.Root.MarkInfo.Marked), path
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle), path
            assert meta["dc:title"].strip() and str(pdf.docinfo["/Title"]) == meta["dc:title"], path
            assert meta["dc:language"] in ("id-ID", ["id-ID"], {"id-ID"}), path
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1"), path


def test_headings_start_at_one_and_skip_none(documents):
    for name, document in documents.items():
        levels = [int(element.kind[1]) for element in document.root.walk() if re.fullmatch("H[1-6]", element.kind)]
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def bookmarks(node: Any) -> list[str]:
    titles = []
    while node is not None:
        titles += [str(node.Title), *(bookmarks(node.First) if "/First" in node else [])]
        node = node.get("/Next")
    return titles


def test_every_heading_is_a_bookmark_in_the_same_order(paths, documents):
    for path in paths:
        with pikepdf.open(path) as pdf:
            marks = [" ".join(title.split()) for title in bookmarks(pdf.Root.Outlines.First)]
        headings = [element.text for element in documents[str(path)].root.all("H1", "H2", "H3")]
        assert [squeeze(title) for title in marks] == [squeeze(title) for title in headings], path


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_picture_has_an_alt_text_with_its_numbers(documents):
    for name, document in documents.items():
        pictures = document.root.all("Figure", "Formula")
        for picture in pictures:
            assert picture.alt.strip() and re.search(r"\d", picture.alt), (name, picture.alt)
    assert sum(len(document.root.all("Figure")) for document in documents.values()) > 100


def test_the_alt_text_of_a_chart_is_its_finding(terbitan, documents):
    """The alt text in the PDF is that of the block, and says a share with its day or people, not what kind of chart."""
    for name in ("laporan_kota", "opd/DINKES/laporan"):
        copy = "laporan_kota" if name == "laporan_kota" else "laporan_opd_DINKES"
        charts = [b for b in blocks(terbitan / "notebook" / f"{copy}.ipynb") if b["jenis"] == "gambar"]
        alts = {figure.alt for figure in documents[str(terbitan / f"{name}.pdf")].root.all("Figure")}
        assert len(charts) >= 3
        for chart in charts:
            assert chart["alt"] in alts
            assert len(re.findall(r"\d[\d.,]*(?:%| ASN| dari)", chart["alt"])) >= 2, chart["alt"]


def blocks(path: Path) -> list[dict[str, Any]]:
    """Blocks of an executed notebook that reach the PDF, those inside others too."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and "lab" not in cell.metadata.get("tags", []):
            for output in cell.outputs:
                if MIME in output.get("data", {}):
                    found += flat(output.data[MIME])
    return found


def flat(block: dict[str, Any]) -> list[dict[str, Any]]:
    return [inner for part in block["isi"] for inner in flat(part)] if block["jenis"] == "rangkaian" else [block]


def test_every_table_has_one_header_row_and_cells_that_point_to_it(documents):
    tables = 0
    for name, document in documents.items():
        for table in document.root.all("Table"):
            tables += 1
            heads = table.all("THead")
            assert heads, (name, table.text[:80])
            columns = [cell.text for cell in heads[0].all("TH", "TD")]
            assert [cell.kind for cell in heads[0].all("TH", "TD")] == ["TH"] * len(columns), name
            assert len(columns) >= 3 and all(columns), (name, columns)
            assert all(cell.headers for cell in table.all("TD")), name
    assert tables > 40


def test_headings_and_captions_are_read_in_the_order_of_the_page(documents):
    """From top to bottom; what stands side by side is read column after column."""
    for name, document in documents.items():
        last: dict[int, tuple[int, float]] = {}
        for element in document.root.all("H1", "H2", "H3", "Caption"):
            first = element.runs[0]
            column = int(first.x > document.pages[first.page][0] / 2)
            before = last.get(column, (0, 1e9))
            assert (first.page, -first.y) > (before[0], -before[1]), (name, element.text)
            last[column] = (first.page, first.y)


def test_nothing_is_said_that_is_not_shown_and_stamps_are_not_read_twice(documents):
    """Header, footer and watermark are artifacts; all else is in the tree once."""
    for name, document in documents.items():
        told = [id(run) for run in document.root.runs]
        assert len(told) == len(set(told)), name
        artifacts = " ".join(run.text for run in document.runs if run.mark is None)
        assert "Halaman" in artifacts and "Halaman 1 dari" not in document.root.text, name


def test_the_check_reads_what_is_there():
    """An element says its text and that of everything inside it."""
    inner = Element("Span")
    assert [element.kind for element in Element("P", inside=[inner]).walk()] == ["P", "Span"]
