"""stored.py: contracts are held against what git has, not against what somebody does in JupyterLab."""

import json
import subprocess

import pytest
from stored import content, notebooks


@pytest.fixture
def project(tmp_path):
    """A project with one notebook, that was run, and a copy of it."""
    (tmp_path / "notebooks").mkdir()
    for name in ("laporan.ipynb", "laporan-Copy1.ipynb"):
        (tmp_path / "notebooks" / name).write_text('{"cells": ["dijalankan"]}')
    return tmp_path


def test_a_run_and_a_copy_are_not_seen_in_a_checkout(project):
    path = project / "notebooks" / "laporan.ipynb"
    path.write_text('{"cells": []}')
    for words in (["init", "-q"], ["add", str(path)]):
        subprocess.run(["git", *words], cwd=project, check=True)
    path.write_text('{"cells": ["dijalankan"]}')
    assert notebooks(project) == [path] and content(path, project) == {"cells": []}


def test_without_git_what_lies_there_counts(project):
    assert [path.stem for path in notebooks(project)] == ["laporan-Copy1", "laporan"]
    assert content(notebooks(project)[0], project) == json.loads('{"cells": ["dijalankan"]}')
