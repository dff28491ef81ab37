"""What if, in sentences: the assumptions named, the comparison, the denominator, no claim of an effect."""

from datetime import date

import pandas as pd
import pytest

from helpers.measures.hazard import DAILY, GROUP
from helpers.measures.whatif import Assumptions
from helpers.report import story_whatif

ROW = {
    "median": 0.64,
    "median_orang": 3450,
    "jumlah_asn": 5402,
    "berhasil": 1621,
    "dasar": DAILY,
    "bawah_80": 0.58,
    "atas_80": 0.72,
    "peluang_target": 0.03,
}
NOW = {
    "median": 0.47,
    "median_orang": 2550,
    "jumlah_asn": 5402,
    "berhasil": 1621,
    "dasar": DAILY,
    "bawah_80": 0.41,
    "atas_80": 0.55,
    "peluang_target": 0.004,
}


def said(kota, asumsi, row=ROW, names=()):
    return story_whatif.sentences(row, NOW, asumsi, kota, list(names)).text()


def test_without_assumptions_it_goes_on_as_it_does(kota):
    text = said(kota, Assumptions(selesai=kota.selesai, target=0.8), NOW)
    assert (
        text == "Bila berjalan seperti sekarang, capaian sekitar 47 persen dari 5.402 ASN (selang 80 persen: 41–55%)."
    )


def test_every_assumption_is_named_and_nothing_is_promised(kota):
    text = said(kota, Assumptions(100, ("K04",), date(2020, 4, 10)), names=["Lupa kata sandi"])
    assert (
        "batas waktu digeser ke 10 April, 100 ASN lebih banyak setiap hari kerja, dan kendala Lupa kata sandi" in text
    )
    assert "sekitar 900 ASN lebih banyak daripada bila berjalan seperti sekarang (47 persen" in text
    assert "pengandaian, bukan ramalan" in text and "))" not in text


@pytest.mark.parametrize(("people", "words"), [(2550, "sama dengan bila"), (2500, "sekitar 50 ASN lebih sedikit")])
def test_no_more_or_fewer_is_said(kota, people, words):
    text = said(kota, Assumptions(selesai=date(2020, 3, 20)), ROW | {"median_orang": people})
    assert words in text


def test_the_heading_has_target_day_and_chance(kota):
    text = story_whatif.heading(ROW, Assumptions(target=0.6), kota, "Kota Kupang").text()
    assert "Kota Kupang: sekitar 64% pada 31 Maret, target 60%; peluang sangat kecil (di bawah 5 persen)" in text


def test_a_target_that_is_reached_has_no_chance(kota):
    assert "target 30% sudah tercapai" in story_whatif.heading(ROW, Assumptions(target=0.3), kota, "Kota").text()
    assert "target 31%; peluang" in story_whatif.heading(ROW, Assumptions(target=0.31), kota, "Kota").text()


def test_an_office_that_never_reported_does_not_go_on_as_it_does(kota):
    row = NOW | {"dasar": GROUP, "berhasil": pd.NA}
    assert "belum lapor; bila seperti OPD sejenis" in story_whatif.heading(row, Assumptions(), kota, "BPBD").text()
    assert "seperti sekarang" not in said(kota, Assumptions(10), row) and "belum lapor" in said(
        kota, Assumptions(), row
    )


def test_many_kendala_are_not_all_named(kota):
    assert "kendala A, B, C, dan 9 lainnya selesai" in said(
        kota, Assumptions(kendala=("K01",)), names=list("ABCDEFGHIJKL")
    )
    assert "kendala A, B, C, dan D selesai" in said(kota, Assumptions(kendala=("K01",)), names=list("ABCD"))


def test_without_data_there_is_a_sentence(kota):
    row = ROW | {"median": pd.NA}
    assert "belum dapat dibuat" in story_whatif.heading(row, Assumptions(), kota, "BPBD").text()
    assert "tunggu kiriman" in story_whatif.sentences(row, NOW, Assumptions(), kota, []).text()
