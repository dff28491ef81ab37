"""Tab Proyeksi dan skenario: every control changes the sentence and the fan; back is back."""

import re
from datetime import date

import pytest

from helpers.lab.prospek import Prospek
from helpers.lab.session import Session


@pytest.fixture
def tab(contoh_store):
    return Prospek(Session(contoh_store))


def plain(widget):
    return re.sub(r"<[^>]+>", "", widget.value)


def test_begins_with_the_projection_of_the_report(tab):
    assert plain(tab.temuan).startswith("Kota Kupang: sekitar 47% pada 31 Maret, target 80%")
    assert "seperti sekarang, capaian sekitar 47 persen dari 5.402 ASN" in plain(tab.kalimat)


@pytest.mark.parametrize(
    ("control", "value"), [("target", 60), ("selesai", date(2020, 4, 10)), ("tambahan", 100), ("kendala", ("K01",))]
)
def test_each_control_changes_sentence_and_fan(tab, control, value):
    before = (tab.temuan.value, tab.kalimat.value, tab.kipas.svg)
    getattr(tab, control).value = value
    assert tab.temuan.value != before[0] and tab.kipas.svg != before[2]
    assert "✗" not in tab.kabar.value
    tab.kembali.click()
    assert (tab.temuan.value, tab.kalimat.value, tab.kipas.svg) == before


def test_an_office_alone(tab):
    tab.opd.value = "DINKES"
    assert plain(tab.temuan).startswith("Dinas Kesehatan") and "412 ASN" in plain(tab.kalimat)
    assert all(int(re.search(r"\((\d+) ASN\)", text)[1]) >= 5 for text, _ in tab.kendala.options)


def test_all_at_once_and_the_ends_of_the_sliders(tab):
    tab.tambahan.value, tab.target.value = tab.tambahan.max, 100
    tab.selesai.value = tab.selesai.options[-1][1]
    tab.kendala.value = [code for _, code in tab.kendala.options]
    assert "✗" not in tab.kabar.value and "100%" in plain(tab.temuan)
    tab.selesai.value = tab.selesai.options[0][1]
    assert "✗" not in tab.kabar.value


def test_an_office_that_never_reported_is_said_to_be_taken_like_others(tab):
    posisi = tab.session.view().posisi
    tab.opd.value = posisi.loc[~posisi["lapor"], "opd"].iloc[0]
    assert "belum lapor" in plain(tab.temuan) and "seperti sekarang" not in plain(tab.kalimat)
    assert tab.kipas.svg == "" and "belum dapat digambar" in plain(tab.kalimat)


def test_a_target_that_is_reached(tab):
    tab.target.value = 20
    assert "target 20% sudah tercapai" in plain(tab.temuan)
