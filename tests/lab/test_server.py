"""What `pantau lab` leaves in a project before JupyterLab starts: a first layout, and no remains of widgets."""

import json
import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.lab import server

OLD = new_output("display_data", {server.WIDGET: {"model_id": "lama"}, "text/plain": "VBox()"})
TEXT = new_output("execute_result", {"text/plain": "42"}, execution_count=2)


@pytest.fixture
def mulai():
    """mulai(): what is done before JupyterLab starts; gives its command and environment."""
    return lambda: server.jupyterlab(8888, False, "rahasia")


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


def test_widgets_of_an_earlier_day_are_taken_out_and_nothing_else(mulai, notebook):
    mulai()
    first, second = nbformat.read(notebook, 4).cells
    assert first.outputs == [] and first.execution_count is None and first.source == "tour.mulai()"
    assert second.outputs == [TEXT] and second.execution_count == 2


def test_a_notebook_without_them_is_not_written(mulai, notebook):
    mulai()
    before = notebook.stat().st_mtime_ns
    mulai()
    assert notebook.stat().st_mtime_ns == before


@pytest.mark.parametrize("text", ["bukan JSON", "{}", "[]", '{"cells": [1]}', '{"cells": [{"cell_type": "markdown"}]}'])
def test_a_notebook_that_cannot_be_read_is_left_to_jupyterlab(mulai, notebook, text):
    notebook.write_text(text)
    mulai()
    assert notebook.read_text() == text


def layout_of(dock):
    return json.dumps({"data": {"layout-restorer:data": {"main": {"dock": dock}}}, "metadata": {"id": "default"}})


SPLIT = {"type": "split-area", "children": [{"type": "tab-area", "widgets": ["notebook:notebooks/laporan_opd.ipynb"]}]}


def test_the_first_layout_opens_the_start_page_and_a_later_one_stays(mulai, notebook, tmp_path):
    command, _ = mulai()
    (layout,) = (tmp_path / server.WORKSPACES).iterdir()
    main = json.loads(layout.read_text())["data"]["layout-restorer:data"]["main"]
    assert main["current"] == "notebook:notebooks/mulai_di_sini.ipynb"
    assert not any("default_url" in word for word in command)
    layout.write_text(layout_of(SPLIT))
    mulai()
    assert layout.read_text() == layout_of(SPLIT)


@pytest.mark.parametrize(
    "left", [layout_of({"type": "tab-area", "widgets": []}), layout_of(None), "{}", "bukan JSON", '{"data": []}']
)
def test_where_every_tab_was_closed_the_start_page_opens_again(mulai, notebook, tmp_path, left):
    mulai()
    (layout,) = (tmp_path / server.WORKSPACES).iterdir()
    layout.write_text(left)
    mulai()
    assert "notebook:notebooks/mulai_di_sini.ipynb" in layout.read_text()


def test_in_a_project_that_cannot_be_written_to_the_start_page_is_the_address(mulai, notebook, tmp_path):
    (tmp_path / ".jupyterlab").write_text("sebuah berkas")  # root may write into a folder without permission
    assert "--LabApp.default_url=/lab/tree/notebooks/mulai_di_sini.ipynb" in mulai()[0]


def test_the_token_is_in_the_environment_and_on_no_command_line(mulai, notebook):
    command, env = mulai()
    assert env["JUPYTER_TOKEN"] == "rahasia" and "rahasia" not in " ".join(command)


def test_a_running_jupyterlab_is_found_by_port_and_project(notebook, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    known = {"pid": os.getpid(), "port": 8931, "root_dir": f"{tmp_path}/notebooks/..", "token": "kunci"}
    note = tmp_path / "jpserver-1.json"
    note.write_text(json.dumps(known))
    assert server.running(8931) == "http://127.0.0.1:8931/?token=kunci" and not server.running(8932)
    note.write_text(json.dumps(known | {"root_dir": "/tmp"}))
    assert not server.running(8931)
