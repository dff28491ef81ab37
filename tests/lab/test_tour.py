"""The guided tour: each step works after the one before it and says so where that is missing; real data are not touched."""

import re
import shutil
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


def test_the_file_is_mended_only_after_it_was_refused(akar):
    tour.mulai()
    assert "langkah 2" in text(tour.perbaiki())
    assert "1 dikembalikan" in text(tour.terima())


def test_the_feedback_can_be_taken_along(akar):
    tour.mulai()
    tour.terima()
    name, _, content = tour._feedback(tour.WRONG)
    assert name == f"umpan_balik_{tour.WRONG}.xlsx" and content.startswith(b"PK")


def test_a_start_that_was_stopped_leaves_no_half_inbox(akar, monkeypatch):
    write, written = tour.write_submission, []

    def stopped(*args, **kwargs):
        if len(written) == 3:
            raise KeyboardInterrupt
        written.append(write(*args, **kwargs))

    monkeypatch.setattr(tour, "write_submission", stopped)
    with pytest.raises(tour.Stopped) as said:
        tour.mulai()
    assert said.value._render_traceback_() == [tour.STOPPED]
    assert len(written) == 3 and "langkah 1" in text(tour.terima())
    monkeypatch.setattr(tour, "write_submission", write)
    assert "58 berkas" in text(tour.mulai()) and "57 kiriman diterima" in text(tour.terima())


def test_a_new_start_that_is_stopped_leaves_what_was_done(akar, monkeypatch):
    tour.mulai()
    first = text(tour.terima())
    monkeypatch.setattr(tour, "write_submission", lambda *args, **kwargs: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(tour.Stopped):
        tour.mulai()
    assert (akar / tour.HOME / "umpan_balik" / f"{tour.WRONG}.xlsx").is_file()
    assert "1 dikembalikan" in first and "DINSOS" in {path.name[:6] for path in (akar / tour.HOME / "masuk").iterdir()}
    assert sorted(path.name for path in (akar / "data").iterdir()) == ["masuk", "simpan", "tur"]


def test_what_nobody_foresaw_names_no_button_that_is_not_there(akar, monkeypatch):
    monkeypatch.setattr(tour, "receive", lambda *args: (_ for _ in ()).throw(EOFError))
    tour.mulai()
    told = text(tour.terima())
    assert "Langkah ini tidak selesai (EOFError)" in told and "langkah 1" in told and "Muat ulang" not in told


def test_the_bar_says_in_words_where_it_is():
    bar, told = tour.widgets.IntProgress(max=2), tour.widgets.HTML()
    seen = [(tour._at(bar, told, done), told.value)[1] for done in (0, 1, 2)]
    assert [re.search(r"role='status'.*laporan (\d dari \d)", value)[1] for value in seen] == [
        "1 dari 2",
        "2 dari 2",
        "2 dari 2",
    ]


def test_a_link_in_its_place_is_left_alone(akar):
    elsewhere = akar / "data" / "simpan"
    (akar / tour.HOME).symlink_to(elsewhere, target_is_directory=True)
    assert "Tidak dapat" in text(tour.mulai())
    assert [path.name for path in elsewhere.iterdir()] == ["milik_kantor.txt"]


def test_what_the_offices_campaign_pins_is_not_the_tours(akar):
    (akar / "params").unlink()
    shutil.copytree(ROOT / "params", akar / "params")
    path = akar / "params" / "kota.yaml"
    mine = path.read_text().replace('tanggal_data: "2020-03-17"', 'tanggal_data: "2020-03-20"')
    path.write_text(mine.replace("versi_data: 0", "versi_data: 99"))
    tour.mulai()
    tour.terima()
    shown = tour.lihat()
    assert "Perhatian" not in text(shown) and tour._campaign().tanggal_data.isoformat() == "2020-03-17"


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
