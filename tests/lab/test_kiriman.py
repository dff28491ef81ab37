"""Tab Kiriman: checked without being kept, accepted as `pantau terima` does it, refused with what to mend."""

import io
import re

import openpyxl
import pytest

from helpers import store
from helpers.lab.kiriman import Kiriman
from helpers.lab.session import Session


def text(widget):
    return re.sub(r"<[^>]+>", " ", widget.value)


@pytest.fixture
def tab(salinan):
    return Kiriman(Session(salinan, ubah=True))


@pytest.fixture
def baik(tulis_nominatif, orang, tmp_path):
    return tulis_nominatif(tmp_path / "BPBD_2020-03-17.xlsx", [orang(n) for n in range(1, 31)], opd="BPBD")


@pytest.fixture
def rusak(tulis_nominatif, orang, tmp_path):
    rows = [orang(1, status="Entah"), orang(2, nip="12"), orang(3, nama="<b>tebal</b>", status="=1+1")]
    return tulis_nominatif(tmp_path / "salah.xlsx", rows, opd="BPBD")


def drop(tab, path):
    tab.unggah._on_file(path.name, path.read_bytes())


def version(tab):
    return store.version(tab.session.kampanye.path(tab.session.kampanye.simpan))


def test_a_good_file_is_checked_and_not_kept(tab, baik, salinan):
    before = version(tab)
    drop(tab, baik)
    assert "DAPAT DITERIMA: BPBD" in text(tab.hasil) and not tab.terima.disabled
    assert version(tab) == before and not salinan.path(salinan.masuk).exists()


def test_accepting_is_what_terima_does(tab, baik, salinan):
    before = version(tab)
    drop(tab, baik)
    tab.terima.click()
    assert version(tab) == before + 1 and "diterima; data sekarang versi" in text(tab.kabar)
    inbox = salinan.path(salinan.masuk)
    assert (inbox / baik.name).read_bytes() == baik.read_bytes()
    assert [path.name for path in (inbox.parent / "umpan_balik").iterdir()] == [f"{baik.name}.xlsx"]
    assert baik.name in text(tab.daftar)
    tab.session.refresh()
    assert tab.session.versi == before + 1


def test_the_same_again_changes_nothing(tab, baik):
    drop(tab, baik)
    tab.terima.click()
    before = version(tab)
    drop(tab, baik)
    assert tab.terima.disabled and "Sudah diterima sebelumnya" in text(tab.hasil)
    tab.terima.click()
    assert version(tab) == before


def test_a_bad_file_says_what_to_mend_and_is_not_kept(tab, rusak, salinan):
    before = version(tab)
    drop(tab, rusak)
    shown = text(tab.hasil)
    assert "DIKEMBALIKAN" in shown and "Nominatif" in shown and "Entah" in shown and tab.terima.disabled
    assert re.search(r"\bF\d\b", shown)  # the cell
    assert "<b>tebal" not in tab.hasil.value
    assert version(tab) == before and not salinan.path(salinan.masuk).exists()


def test_its_feedback_can_be_taken_along(tab, rusak):
    drop(tab, rusak)
    name, _, content = tab._feedback("umpan_balik")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert name.endswith(".xlsx") and "DIKEMBALIKAN" in str(book.worksheets[0]["A2"].value)


def test_another_file_of_the_same_name_in_the_inbox_stays(tab, baik, salinan):
    inbox = salinan.path(salinan.masuk)
    inbox.mkdir()
    (inbox / baik.name).write_bytes(b"kiriman lama")
    drop(tab, baik)
    tab.terima.click()
    assert (inbox / baik.name).read_bytes() == b"kiriman lama"
    assert (inbox / "BPBD_2020-03-17-2.xlsx").read_bytes() == baik.read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rusak", b"\x00" * 1000])
def test_anything_else_is_a_sentence(tab, content):
    tab.unggah._on_file("apa.xlsx", content)
    assert "DIKEMBALIKAN" in text(tab.hasil) and tab.terima.disabled
    assert "Traceback" not in tab.hasil.value


def test_a_page_that_only_looks_takes_nothing(salinan, baik):
    tab = Kiriman(Session(salinan, ubah=False))
    drop(tab, baik)
    tab.terima.click()
    assert "hanya untuk melihat" in text(tab.kabar) and tab.kirim is None
    assert tab.unggah not in tab.kotak.children
    assert "Bagian Umum" in text(tab.daftar) and ".xlsx" not in text(tab.daftar)  # a file may bear a person's name


def test_no_number_of_a_person_is_shown_but_in_the_column_of_nips(tab, tulis_nominatif, orang, tmp_path):
    rows = [orang(1, status="Gagal", uraian="NIK saya 5371012345678901"), orang(2, status="5371012345678901")]
    drop(tab, tulis_nominatif(tmp_path / "nik.xlsx", rows, opd="BPBD"))
    assert "5371012345678901" not in tab.hasil.value


def test_a_file_that_is_not_even_taken_leaves_nothing_of_the_last_one(tab, rusak):
    drop(tab, rusak)
    assert tab.hasil.value and tab.unduh.berkas
    tab.unggah._take(None, {"banyak": 2}, [])
    assert "satu berkas" in text(tab.kabar)
    assert (tab.hasil.value, tab.unduh.berkas, tab.kirim, tab.terima.disabled) == ("", [], None, True)


def test_the_page_does_not_speak_of_the_sheet_of_the_feedback(tab, rusak):
    drop(tab, rusak)
    assert "di berkas asal" in text(tab.hasil) and "belakang ini" not in text(tab.hasil)


def test_the_first_submission_of_all(tmp_path, salinan, baik):
    own = {"simpan": str(tmp_path / "baru" / "simpan"), "masuk": str(tmp_path / "baru" / "masuk")}
    tab = Kiriman(Session(salinan.model_copy(update=own), ubah=True))
    drop(tab, baik)
    tab.terima.click()
    assert tab.session.versi > 0 and tab.session.view().kota["unit_lapor"] == 1
