"""Nothing was taken in yet: the page says how to begin, and begins."""

import re
import shutil

import ipywidgets as widgets
import pytest

from helpers.lab import jelajah
from helpers.lab.awal import Awal
from helpers.lab.session import Session


@pytest.fixture
def kosong(salinan, tmp_path):
    """The sample's campaign before anything happened."""
    own = {"simpan": str(tmp_path / "data" / "simpan"), "masuk": str(tmp_path / "data" / "masuk")}
    return salinan.model_copy(update=own)


def text(widget):
    parts = [widget.value] if isinstance(widget, widgets.HTML) else []
    return re.sub(r"<[^>]+>", "", " ".join(parts + [text(one) for one in getattr(widget, "children", ())]))


def test_the_page_opens_where_the_first_workbook_can_be_dropped(kosong):
    made = jelajah(kosong, ubah=True)
    tabs = next(one for one in made.children if isinstance(one, widgets.Tab))
    assert tabs.titles[tabs.selected_index] == "Kiriman" and "✗" not in text(made)
    assert "belum ada data" in text(made) and "muat data contoh" in text(made)
    tabs.selected_index = 0
    assert "tab Kiriman" in text(tabs.children[0])


def test_who_only_looks_is_told_so(kosong):
    made = text(jelajah(kosong, ubah=False))
    assert "Belum ada kiriman yang diterima" in made and "hanya untuk melihat" in made and "data contoh" not in made


def test_what_lies_in_the_inbox_is_taken_in(kosong, tulis_nominatif, orang, tmp_path):
    inbox = kosong.path(kosong.masuk)
    inbox.mkdir(parents=True)
    good = tulis_nominatif(tmp_path / "BPBD_2020-03-17.xlsx", [orang(n) for n in range(1, 31)], opd="BPBD")
    bad = tulis_nominatif(tmp_path / "salah.xlsx", [orang(1, status="Entah")], opd="DINKES")
    for path in (good, bad):
        shutil.copy(path, inbox)
    awal = Awal(Session(kosong, ubah=True))
    assert awal.mulai.description == "Terima 2 berkas di kotak masuk"
    awal.mulai.click()
    assert "1 kiriman diterima, 1 dikembalikan" in text(awal.kabar)
    assert (inbox.parent / "umpan_balik" / "salah.xlsx.xlsx").is_file()
    assert awal.session.view().kota["unit_lapor"] == 1 and awal.mulai not in awal.kotak.children
    awal.session.refresh(asked=True)
    assert "diterima" not in text(awal.kabar)


@pytest.mark.lambat
def test_the_sample_fills_the_page(kosong):
    made = jelajah(kosong, ubah=True)
    tabs = next(one for one in made.children if isinstance(one, widgets.Tab))
    tabs.selected_index = 4
    awal = next(one for one in made.children if isinstance(one, widgets.VBox) and "data contoh" in text(one))
    next(one for one in awal.children if isinstance(one, widgets.Button)).click()
    assert "DATA CONTOH" in text(made) and "✗" not in text(made)
    assert tabs.selected_index == 0 and "30,0%" in text(tabs.children[0])
    tabs.selected_index = 4
    assert "belum disusun" in str(
        tabs.children[4].children[0].children[1].children[0].options
    ) and "Belum ada data" not in text(made)
