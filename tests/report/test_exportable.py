"""exportable.py: what may not become a PDF, and the sentence that says what to do."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.report import story
from helpers.report.exportable import WIDGET, ExportError, check
from helpers.report.typst_export import to_document

LATER = "Jalankan semua sel (▶▶), lalu simpan PDF lagi."


def ran(source, *outputs, tags=()):
    return new_code_cell(source, outputs=list(outputs), execution_count=1, metadata={"tags": list(tags)})


def failed(ename, evalue, traceback):
    return new_output("error", ename=ename, evalue=evalue, traceback=traceback)


def refusal(*cells):
    with pytest.raises(ExportError) as refused:
        check(new_notebook(cells=list(cells)))
    return str(refused.value)


@pytest.mark.parametrize(
    ("source", "tags", "name"),
    [
        ("# Kurva\nkurva = pace.curve(harian[harian['opd'].eq(satuan.kode)])\nkurva", [], "Sel “kurva = pace.curve(harian[haria…”"),
        ("story.document(\n    kampanye,\n)", [], "Sel “story.document(”"),
        ("# hanya catatan", [], "Sel “# hanya catatan”"),
        ('# Parameter\nopd = "DINKES"', ["parameters"], "Sel parameter"),
    ],
)  # fmt: skip
def test_a_cell_that_was_not_run_is_named_by_its_code(source, tags, name):
    cell = new_code_cell(source, metadata={"tags": tags})
    assert refusal(new_markdown_cell("# Judul"), ran("x"), cell) == f"{name} belum selesai dijalankan. {LATER}"


def test_an_empty_cell_need_not_run():
    check(new_notebook(cells=[ran("x"), new_code_cell(" ")]))


def test_a_cell_that_failed_is_refused_with_its_cause():
    told = refusal(ran("x = bagi(1)", failed("ValueError", "salah", ["Traceback", "ValueError: salah"])))
    assert told == "PDF tidak dibuat karena sel “x = bagi(1)” gagal. ValueError: salah"


def test_a_sentence_of_ours_stands_without_the_name_of_its_class():
    told = refusal(ran("x", failed("CampaignError", "Parameter salah: a.", ["Parameter salah: a."])))
    assert told == "PDF tidak dibuat karena sel “x” gagal. Parameter salah: a."


def test_a_proof_that_failed_stops_the_pdf_though_no_page_shows_it():
    proof = ran("prove()", failed("MismatchError", "beda 1", ["beda 1"]), tags=["lab"])
    assert "sel “prove()” gagal. beda 1" in refusal(ran("x"), proof)


def test_a_page_to_work_in_is_no_report():
    box = new_output("execute_result", {WIDGET: {"model_id": "1"}, "text/plain": "VBox(children=())"})
    told = refusal(ran("tampil", box), new_code_cell("belum"))
    assert told.startswith("Notebook ini halaman interaktif, bukan laporan; ")


@pytest.fixture(scope="module")
def laporan(ukur):
    """laporan("cell of parameters", "injected cell"): cells of a notebook that was run with the sample's campaign and office DINKES."""
    block = story.document(ukur.kampanye, ukur.data, ukur.posisi, "Uji", opd="DINKES")
    document = new_output("execute_result", block._repr_mimebundle_(), execution_count=1)

    def cells(parameters, injected="", between="kampanye = campaign.from_notebook(globals())"):
        own = [ran(injected, tags=["injected-parameters"])] if injected else []
        return [ran(parameters, tags=["parameters"]), *own, ran(between), ran("story.document(a)", document)]

    return cells


@pytest.mark.parametrize(
    ("parameters", "injected"),
    [
        ('opd = "DINKES"\ntanggal_data = "2020-03-17"  # hari\ntarget = 0.8\nversi_data = 0\nrapat_waktu = ""', ""),
        ('opd = "BAPPEDA"', 'opd = "DINKES"'),  # papermill's cell has the last word
        ('target = "0.80"\nrapat = "20200317"\ninstruksi = 1', ""),  # other words for the same
        ('lain = "x"', ""),
        ("%matplotlib inline", ""),
    ],
)
def test_unchanged_parameters_pass(laporan, parameters, injected):
    check(new_notebook(cells=laporan(parameters, injected)))


@pytest.mark.parametrize(
    ("parameters", "injected", "told"),
    [
        ('opd = "BAPPEDA"', "", "Parameter opd sudah diubah menjadi BAPPEDA sesudah dijalankan (tadinya DINKES)."),
        ('opd = "DINKES"', 'opd = "BAPPEDA"', "Parameter opd sudah diubah menjadi BAPPEDA"),
        ("target = 0.75", "", "Parameter target sudah diubah menjadi 0.75 sesudah dijalankan (tadinya 0.8)."),
        ("versi_data = 1", "", "Parameter versi_data sudah diubah menjadi 1 sesudah dijalankan (tadinya 0)."),
        ('opd = "BAPPEDA"\ntarget = 0.75', "", "Parameter opd, target sudah diubah sesudah dijalankan."),
        (f'pembanding = "{"x" * 99}"', "", "Parameter pembanding sudah diubah sesudah dijalankan."),
        ("target = 1.5", "", "Parameter salah: target"),
    ],
)
def test_a_parameter_changed_after_the_run_is_refused(laporan, parameters, injected, told):
    sentence = refusal(*laporan(parameters, injected))
    assert sentence.startswith(told) and sentence.endswith(LATER)


def test_a_parameter_in_a_cell_of_its_own_counts_before_the_document_and_not_after(laporan):
    assert "menjadi 0.7 " in refusal(*laporan("target = 0.8", between="target = 0.7"))
    check(new_notebook(cells=[*laporan("target = 0.8"), ran("target = 0.7")]))


def test_the_page_is_the_same_with_and_without_them(laporan):
    nb = nbformat.from_dict(new_notebook(cells=laporan("target = 0.8")))
    whole = to_document(nb, "Uji")
    block = nb.cells[-1].outputs[0]["data"]["application/vnd.pantau+json"]
    assert block.pop("parameter")["opd"] == "DINKES"
    assert json.dumps(to_document(nb, "Uji")) == json.dumps(whole) and "parameter" not in whole["dokumen"]
