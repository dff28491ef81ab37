"""The guided tour: each step works after the one before it and says so where that is missing; real data are not touched."""

import re
from pathlib import Path

import pytest

from helpers.lab import tour

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def akar(tmp_path, monkeypatch):
    for name in ("params", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name)
    for folder in ("data/masuk", "data/simpan", "reports"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "milik_kantor.txt").write_text("jangan disentuh")
    monkeypatch.setenv("PANTAU_AKAR", str(tmp_path))
    return tmp_path


def text(shown):
    return re.sub(r"<[^>]+>", " ", " ".join(getattr(widget, "value", "") or "" for widget in shown.children))


def test_from_a_workbook_to_a_decision(akar):
    assert "satu di antaranya keliru" in text(tour.mulai())
    told = text(tour.terima())
    assert "1 dikembalikan" in told and tour.WRONG in told and "Lembar Nominatif sel F" in told and "Entah" in told
    assert (akar / tour.HOME / "umpan_balik" / f"{tour.WRONG}.xlsx").is_file()
    assert "1 kiriman diterima, 0 dikembalikan" in text(tour.perbaiki())
    shown = tour.lihat()
    assert "salah" not in shown.children[1].value and len(shown.children) == 3
    for folder in ("data/masuk", "data/simpan", "reports"):
        assert [path.name for path in (akar / folder).iterdir()] == ["milik_kantor.txt"]


def test_again_it_starts_anew(akar):
    tour.mulai()
    first = text(tour.terima())
    tour.mulai()
    assert text(tour.terima()) == first


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("terima", "langkah 1"),
        ("perbaiki", "langkah 1"),
        ("lihat", "langkah 2"),
        ("susun", "langkah 2"),
        ("kirim", "langkah 5"),
    ],
)
def test_a_step_too_early_is_a_sentence(akar, step, said):
    assert said in text(getattr(tour, step)()) and not (akar / tour.HOME / "laporan").exists()


@pytest.mark.lambat
def test_two_reports_and_what_to_send(akar):
    tour.mulai()
    tour.terima()
    shown = tour.susun()
    assert f"2 laporan ada di {tour.HOME}/laporan/2020-03-17" in text(shown)
    assert tour._report("laporan_kota")[2].startswith(b"%PDF")
    sent = text(tour.kirim())
    assert "DATA CONTOH" in sent and "hanya pengelola" in sent
    for name in tour.HANDED_OUT:
        if "dan" not in name.split():
            assert (akar / tour.HOME / "laporan" / "2020-03-17" / name).is_file()
