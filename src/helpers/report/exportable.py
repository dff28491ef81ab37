"""May this notebook become a PDF? By hand nothing stops a person from exporting half a report, or an earlier one.

Each refusal is a sentence that says what to do. What a PDF is made of is left to typst_export.py.
"""

import ast
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from helpers.campaign import CampaignError, build
from helpers.report.blocks import MIME
from helpers.sentence import Sentence

WIDGET = "application/vnd.jupyter.widget-view+json"
SHORT = 32  # signs of a cell's first line by which it is found again
AGAIN = "Jalankan semua sel (▶▶), lalu simpan PDF lagi."


class ExportError(Sentence, RuntimeError):
    """There is no PDF that may be delivered; the message says why."""


def check(nb: NotebookNode) -> None:
    """ExportError for a page to work in, for a cell that failed or was not run, for parameters changed since.

    Cells for the screen only are looked at too: in a report of ours the last of them is its proof.
    """
    document = _document(nb)
    if document is None and any(WIDGET in output.get("data", {}) for _, output in _outputs(nb)):
        raise ExportError(
            "Notebook ini halaman interaktif, bukan laporan; PDF laporan disusun di tab Laporan atau dengan pantau laporan."
        )
    for cell in nb.cells:
        if cell.cell_type == "code" and cell.source.strip():
            _check_ran(cell)
    if document and document[1].get("parameter"):
        _check_unchanged(nb, *document)


def _check_ran(cell: NotebookNode) -> None:
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            told = output.evalue if output.traceback == [output.evalue] else f"{output.ename}: {output.evalue}"
            raise ExportError(f"PDF tidak dibuat karena {_name(cell)} gagal. {told}")
    if cell.get("execution_count") is None:
        name = _name(cell)
        raise ExportError(f"{name[0].upper()}{name[1:]} belum selesai dijalankan. {AGAIN}")


def _name(cell: NotebookNode) -> str:
    """How a reader finds a cell: its first line of code. Numbers of cells count Markdown in one place and not in another."""
    if "parameters" in cell.get("metadata", {}).get("tags", []):
        return "sel parameter"
    lines = [line.strip() for line in cell.source.splitlines() if line.strip()]
    first = next((line for line in lines if not line.startswith("#")), lines[0])
    return f"sel “{first if len(first) <= SHORT else first[: SHORT - 1].rstrip() + '…'}”"


def _check_unchanged(nb: NotebookNode, at: int, document: dict[str, Any]) -> None:
    """A parameter changed after the run would be missed: the outputs are those of the earlier one."""
    ran = document["parameter"]
    given = {name: value for name, value in _scalars(nb, at) if name in ran}
    now = ran | given
    opd = {name: now.pop(name) for name in ("opd",) if name in now}
    try:
        now = opd | build(now).parameters()
    except CampaignError as error:
        raise ExportError(f"{error} {AGAIN}") from None
    changed = [name for name in given if now[name] != ran[name]]
    if not changed:
        return
    told, was = given[changed[0]], ran[changed[0]]
    if len(changed) > 1 or max(len(str(told)), len(str(was))) > SHORT:
        raise ExportError(f"Parameter {', '.join(changed)} sudah diubah sesudah dijalankan. {AGAIN}")
    raise ExportError(f"Parameter {changed[0]} sudah diubah menjadi {told} sesudah dijalankan (tadinya {was}). {AGAIN}")


def _scalars(nb: NotebookNode, last: int) -> Iterator[tuple[str, Any]]:
    """Names given a literal up to the cell of the document, in order: campaign.from_notebook takes each for a parameter, in
    whichever cell it stands. Papermill's own cell comes after that of the parameters, so the last one counts."""
    for cell in nb.cells[: last + 1]:
        try:
            lines = ast.parse(cell.source).body if cell.cell_type == "code" else []
        except SyntaxError:  # a magic
            continue
        for line in lines:
            if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                try:
                    yield line.targets[0].id, ast.literal_eval(line.value)
                except ValueError:  # not a literal
                    continue


def _document(nb: NotebookNode) -> tuple[int, dict[str, Any]] | None:
    """Where the document block is, and the block; None where the notebook makes no report of ours."""
    for at, output in _outputs(nb):
        block = output.get("data", {}).get(MIME)
        if block and block["jenis"] == "dokumen":
            return at, block
    return None


def _outputs(nb: NotebookNode) -> Iterator[tuple[int, Any]]:
    for at, cell in enumerate(nb.cells):
        for output in cell.get("outputs", []):
            yield at, output
