"""delivery.py: whole files, and one batch at a time."""

import pytest

from helpers.run.delivery import BusyError, alone, write_atomically


def test_a_file_is_replaced_whole_and_leaves_no_scrap(tmp_path):
    for content in (b"satu", b"dua"):
        write_atomically(tmp_path / "a" / "b.pdf", content)
    assert (tmp_path / "a" / "b.pdf").read_bytes() == b"dua"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.pdf"]


def test_a_second_batch_is_refused_while_the_first_runs(tmp_path):
    folder = tmp_path / "2020-03-17"
    with alone(folder), pytest.raises(BusyError, match="tunggu sampai selesai"), alone(folder):
        pass
    with alone(folder):
        pass
