"""What a run leaves of its private folder: nothing, also when the batch is killed while it clears up."""

import tempfile
from types import SimpleNamespace

import pytest

from helpers.run import pool

pytestmark = pytest.mark.lambat


def test_the_template_clears_the_folder_away_so_a_batch_killed_meanwhile_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(pool, "shutil", SimpleNamespace(rmtree=lambda *_, **__: None))  # as if killed before it
    with pool.local(1):
        mine = [path for path in tmp_path.iterdir() if not path.name.startswith("pymp-")]
        base = max(mine, key=lambda path: not (path / "t").exists())  # the other is the folder of the template's socket
        (base / "laporan").mkdir()
        (base / "laporan/setengah.pdf").write_text("nama")
    assert len(mine) == 2
    assert [path for path in tmp_path.iterdir() if not path.name.startswith("pymp-")] == []


def test_without_a_template_the_batch_clears_away_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pool.local(1, warm=False):
        assert [path for path in tmp_path.iterdir() if not path.name.startswith("pymp-")]
    assert [path for path in tmp_path.iterdir() if not path.name.startswith("pymp-")] == []
