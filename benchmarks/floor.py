"""The floor: what cells, charts, Typst and attachments cost by themselves, in preloaded processes, no kernel, no notebook.

The code of each notebook is run as plain Python in a forked process that has everything imported; the PDF comes from
the same exporter. Its bytes must be those of the batch, so that both did the same work.
"""

import ast
import hashlib
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat
import seaborn  # noqa: F401  preloaded, as the template has it
from matplotlib.backends import backend_svg  # noqa: F401

import helpers.run.preload  # noqa: F401
from helpers.campaign import root
from helpers.report import figures, story_detail, story_log, story_office, tables_log, typst_export  # noqa: F401
from helpers.run import attachments
from helpers.run.jobs import Job


def seconds(jobs: list[Job], processes: int | None = None) -> tuple[float, dict[str, str]]:
    """Wall time for all jobs on all cores, and the SHA-256 of each PDF."""
    # Forked from here: call this in a process that has compiled and read nothing yet.
    with ProcessPoolExecutor(processes or os.cpu_count(), mp_context=get_context("fork")) as pool:
        list(pool.map(abs, range(8)))
        started = perf_counter()
        made = dict(pool.map(document, jobs))
        return perf_counter() - started, made


def document(job: Job) -> tuple[str, str]:
    """One document: its cells, its PDF, the files beside it."""
    notebook = nbformat.read(root() / job.notebook, as_version=4)
    variables: dict[str, Any] = dict(job.parameters)
    for cell in notebook.cells:
        cell["outputs"] = []
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and "parameters" not in tags:
            shown = _run(cell.source, variables)
            if shown is not None:
                data, metadata = _bundle(shown)
                cell["outputs"] = [nbformat.v4.new_output("execute_result", data, metadata=metadata)]
    pdf = typst_export.to_pdf(typst_export.to_document(notebook, "laporan"))
    if job.kode != "laporan_kota":
        with tempfile.TemporaryDirectory() as private:
            attachments.for_job(job.kode, job.parameters, Path(private))
    return job.kode, hashlib.sha256(pdf).hexdigest()


def _run(source: str, variables: dict[str, Any]) -> Any:
    """Run a cell; the value of its last expression, as a notebook would show it."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), variables)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), variables) if isinstance(last, ast.Expr) else None


def _bundle(value: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    made = value._repr_mimebundle_()
    return made if isinstance(made, tuple) else (made, {})
