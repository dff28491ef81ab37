"""What `pantau lab` leaves in a project before JupyterLab starts: a first layout, and no remains of widgets."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.lab import server

OLD = new_output("display_data", {server.WIDGET: {"model_id": "lama"}, "text/plain": "VBox()"})
TEXT = new_output("execute_result", {"text/plain": "42"}, execution_count=2)


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """The start page as somebody saved it on an earlier day."""
    monkeypatch.setattr(server, "root", lambda: tmp_path)
    path = tmp_path / server.OPENED[0]
    path.parent.mkdir()
    cells = [
        new_code_cell("tour.mulai()", outputs=[OLD], execution_count=1),
        new_code_cell("6 * 7", outputs=[TEXT], execution_count=2),
    ]
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_widgets_of_an_earlier_day_are_taken_out_and_nothing_else(notebook):
    server.jupyterlab(8888, False)
    first, second = nbformat.read(notebook, 4).cells
    assert first.outputs == [] and first.execution_count is None and first.source == "tour.mulai()"
    assert second.outputs == [TEXT] and second.execution_count == 2


def test_a_notebook_without_them_is_not_written(notebook):
    server.jupyterlab(8888, False)
    before = notebook.stat().st_mtime_ns
    server.jupyterlab(8888, False)
    assert notebook.stat().st_mtime_ns == before


@pytest.mark.parametrize("text", ["bukan JSON", "{}", '{"cells": [{"cell_type": "markdown"}]}'])
def test_a_notebook_that_cannot_be_read_is_left_to_jupyterlab(notebook, text):
    notebook.write_text(text)
    server.jupyterlab(8888, False)
    assert notebook.read_text() == text


def test_the_first_layout_opens_the_start_page_and_a_later_one_stays(notebook, tmp_path):
    server.jupyterlab(8888, False)
    (layout,) = (tmp_path / server.WORKSPACES).iterdir()
    main = json.loads(layout.read_text())["data"]["layout-restorer:data"]["main"]
    assert main["current"] == "notebook:notebooks/mulai_di_sini.ipynb"
    layout.write_text("{}")
    server.jupyterlab(8888, False)
    assert layout.read_text() == "{}"
