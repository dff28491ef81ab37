"""The exporter: archival, accessible, deterministic PDF; text is never markup; failed notebooks are refused."""

import base64
import io
import re

import nbformat
import pikepdf
import pytest
from nbconvert.exporters import get_export_names, get_exporter
from pypdf import PdfReader

from helpers.report import figures, story, story_detail, tables
from helpers.report.blocks import MIME, ONLY_SCREEN, Paragraf, Tabel
from helpers.report.cells import Kolom
from helpers.report.exportable import ExportError
from helpers.report.typst_export import LaporanExporter, from_markdown

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
HOSTILE = "#panic() #sys.inputs $x^2$ *tebal* _miring_ <label> @rujuk `kode` \\u{41} // komentar /* */ [] {} = judul"


def notebook(*blocks, extra=()):
    return nbformat.v4.new_notebook(cells=[*map(_cell, blocks), *extra])


def _cell(block):
    bundle = block._repr_mimebundle_()
    data, meta = bundle if isinstance(bundle, tuple) else (bundle, {})
    output = nbformat.v4.new_output("display_data", data, metadata=meta)
    return nbformat.v4.new_code_cell("x", outputs=[output], execution_count=1)


def export(nb) -> bytes:
    return LaporanExporter().from_notebook_node(nb)[0]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture(scope="module")
def report(ukur):
    return export(
        notebook(
            story.document(ukur.kampanye, ukur.data, ukur.posisi, "Laporan uji", "Wakil Wali Kota Kupang", "DINKES"),
            story.city_headline(ukur.kota, ukur.kampanye, ukur.sisa, ukur.ramalan_kota),
            story.pace_finding(ukur.kota, ukur.laju_kota, ukur.sisa, ukur.kampanye, ukur.ramalan_kota),
            figures.progress(ukur.kurva, ukur.kota, ukur.kampanye, ukur.sisa),
            tables.offices(ukur.ukuran, ukur.kota, ukur.laju_kota, ukur.sisa, ukur.kampanye),
        )
    )


def test_registered_for_nbconvert_and_the_export_menu():
    assert "laporan" in get_export_names()
    exporter = get_exporter("laporan")
    assert exporter is LaporanExporter and exporter.export_from_notebook == "Laporan PDF"
    assert exporter().file_extension == ".pdf"


def test_declares_pdf_a_2a_and_pdf_ua_1(report):
    with pikepdf.open(io.BytesIO(report)) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert pdf.Root.MarkInfo.Marked is True or bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "id-ID"
        assert "DINKES" in str(meta["pdf:Keywords"])


def structure(node, found=None):
    """All structure elements of a PDF: (type, alt)."""
    found = [] if found is None else found
    if isinstance(node, pikepdf.Array):
        for child in node:
            structure(child, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append((str(node.S), str(node.get("/Alt", ""))))
        if "/K" in node:
            structure(node.K, found)
    return found


def test_tags_have_alt_texts_headings_and_header_cells(report):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        tags = structure(pdf.Root.StructTreeRoot.K)
    kinds = [kind for kind, _ in tags]
    assert kinds.count("/TH") >= 10 and "/H1" in kinds and "/H2" in kinds and kinds.index("/H1") < kinds.index("/H2")
    figures_alt = [alt for kind, alt in tags if kind == "/Figure"]
    assert len(figures_alt) >= 49 and all(figures_alt)


def test_footer_page_numbers_and_stamp(report):
    text = text_of(report)
    pages = len(PdfReader(io.BytesIO(report)).pages)
    assert f"Halaman {pages} dari {pages}" in text
    assert text.count("DATA CONTOH – BUKAN DATA RESMI") >= pages
    assert "48 dari 52 OPD melapor" in text and "versi data 2" in text


def test_charts_are_vectors_with_text(report):
    reader = PdfReader(io.BytesIO(report))
    assert sum(len(page.images) for page in reader.pages) == 0
    assert "30,0% per 17 Mar" in text_of(report)


def test_every_font_is_the_report_font(report):
    fonts = set()
    for page in PdfReader(io.BytesIO(report)).pages:
        fonts |= {str(f.get_object()["/BaseFont"]) for f in page["/Resources"].get("/Font", {}).values()}
    assert fonts and all("SourceSansPro" in name for name in fonts)


def test_same_notebook_same_bytes(ukur):
    nb = notebook(story.document(ukur.kampanye, ukur.data, ukur.posisi, "Uji"), story_detail.method(ukur.kampanye))
    assert export(nb) == export(nb)


def test_text_of_an_office_is_never_markup():
    pdf = export(notebook(Paragraf([HOSTILE]), Tabel([Kolom(HOSTILE)], [[HOSTILE]], HOSTILE)))
    squeezed = re.sub(r"\s+", "", text_of(pdf))
    assert squeezed.count(re.sub(r"\s+", "", HOSTILE)) == 4


def test_code_is_hidden_and_lab_cells_are_left_out():
    hidden = nbformat.v4.new_markdown_cell("Hanya layar", metadata={"tags": ["lab"]})
    code = nbformat.v4.new_code_cell("rahasia = 1", execution_count=1)
    text = text_of(export(notebook(Paragraf(["Isi"]), extra=[hidden, code])))
    assert "Isi" in text and "Hanya layar" not in text and "rahasia" not in text


def test_anybody_s_notebook_can_be_exported():
    cells = [
        nbformat.v4.new_markdown_cell(
            "### Dalam\n\nTeks **tebal** `kode`\n\n1. satu\n2. dua\n\n> kutip\n\n```\nx = 1\n```"
        ),
        nbformat.v4.new_code_cell(
            "x",
            execution_count=1,
            outputs=[
                nbformat.v4.new_output("stream", name="stdout", text="keluar \x1b[31mmerah\x1b[0m"),
                nbformat.v4.new_output(
                    "execute_result", {"text/plain": "42", "text/html": "<b>42</b>"}, execution_count=1
                ),
                nbformat.v4.new_output("display_data", {"image/png": PIXEL, "text/plain": "<Figure>"}),
                nbformat.v4.new_output("display_data", {"text/markdown": "**terakhir**"}),
            ],
        ),
    ]
    text = text_of(export(nbformat.v4.new_notebook(cells=cells)))
    for word in ("Dalam", "tebal", "kode", "satu", "dua", "kutip", "x = 1", "merah", "42", "terakhir"):
        assert word in text
    assert base64.b64decode(PIXEL)[:4] == b"\x89PNG"


def test_a_notebook_that_may_not_be_exported_gives_nothing():
    with pytest.raises(ExportError, match="belum selesai dijalankan"):
        export(notebook(Paragraf(["Isi"]), extra=[nbformat.v4.new_code_cell("y = 1")]))


def test_captions_for_the_screen_stay_on_the_screen():
    only = nbformat.v4.new_output("display_data", {MIME: {"jenis": ONLY_SCREEN}, "text/html": "<p>Di layar</p>"})
    cell = nbformat.v4.new_code_cell("x", outputs=[only], execution_count=2)
    assert "Di layar" not in text_of(export(notebook(Paragraf(["Isi"]), extra=[cell])))


def test_a_sign_that_the_font_lacks_is_seen_and_stops_no_report(ukur):
    document = story.document(ukur.kampanye, ukur.data, ukur.posisi, "Uji")
    pdf = export(notebook(document, Paragraf(["Seksi \U0001f600 天 \u202eterbalik\u202c, 80 % ≥ 5"])))
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Seksi ? ? terbalik, 80 % ≥ 5" in text


def test_markdown_becomes_blocks_without_markup():
    blocks = from_markdown("# A\n\nb *c*\n\n- d\n- e")
    assert [b["jenis"] for b in blocks] == ["kepala", "alinea", "daftar"]
    assert blocks[1]["isi"][-1] == {"gaya": "miring", "t": "c"}
    assert MIME.endswith("+json")
