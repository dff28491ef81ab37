"""Sentences of fair comparison: right at the edges, nobody named inside the limits, no blame."""

from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.measures import comparison, rates
from helpers.report import story_compare

KAMPANYE = SimpleNamespace(unit="OPD", orang="ASN")


def table(rows):
    """Offices "Dinas 0", "Dinas 1", ... of kind dinas from (jumlah_asn, berhasil)."""
    held = pd.DataFrame(rows, columns=["jumlah_asn", "berhasil"]).assign(jenis="dinas", bukti=None)
    held.insert(0, "opd", [str(at) for at in range(len(held))])
    held["nama"] = "Dinas " + held["opd"]
    return rates.with_rates(held.astype(dict.fromkeys(["jumlah_asn", "berhasil", "bukti"], "Int64")), 0.8)


def funnel_text(rows) -> str:
    ukuran = table(rows)
    return story_compare.funnel_finding(ukuran, comparison.funnel(ukuran), KAMPANYE).text()


def like_text(rows, opd="0") -> str:
    ukuran = table(rows)
    return story_compare.like_finding(comparison.like(ukuran, opd), ukuran, KAMPANYE).text()


def test_the_sample_names_the_two_offices_outside(ukur):
    told = story_compare.funnel_finding(ukur.ukuran, comparison.funnel(ukur.ukuran), ukur.kampanye)
    assert told.judul == "Dua OPD di atas batas wajar 99,8% terhadap semua OPD"
    assert told.isi[0].startswith("Dari 40 OPD yang dinilai, 11 berada di luar batas kebetulan 99,8 persen")
    assert "Dinas Komunikasi dan Informatika (92,3% dari 65 ASN)" in told.isi[1]
    assert told.isi[-1] == "Delapan OPD dengan kurang dari 21 ASN tidak dinilai."
    inside = set(ukur.ukuran["nama"]) - {"Dinas Komunikasi dan Informatika", "Badan Perencanaan Pembangunan Daerah"}
    assert not any(nama in told.text() for nama in inside)


def test_both_sides_are_named_with_help_and_without_blame():
    text = funnel_text([(200, 100)] * 12 + [(200, 199), (200, 1)])
    assert text.startswith("Satu OPD di atas dan satu OPD di bawah batas wajar") or "Satu OPD di atas" in text
    assert "Di bawah batas: Dinas 13 (0,5% dari 200 ASN). Pendampingan layak didahulukan di sana." in text
    assert "Di atas batas: Dinas 12 (99,5% dari 200 ASN)" in text


def test_equal_offices_do_not_differ():
    text = funnel_text([(200, 100)] * 12)
    assert text.startswith("Tidak ada OPD di luar batas wajar 99,8% terhadap semua OPD")
    assert (
        "tidak satu pun berada di luar batas kebetulan 99,8 persen; perbedaan antar-OPD tidak lebih besar daripada kebetulan"
        in text
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(100, None)] * 3, "belum ada OPD yang melapor"),
        ([(100, 0)] * 12, "capaian semua OPD yang melapor 0 persen"),
        ([(100, 100)] * 12, "capaian semua OPD yang melapor 100 persen"),
        ([(100, 50)], "perlu sedikitnya 10 OPD yang melapor dan masing-masing memiliki 10 ASN atau lebih"),
        ([(5, 2)] * 30, "perlu sedikitnya 10 OPD yang melapor"),
    ],
)
def test_where_nobody_can_be_judged_the_reason_is_said(rows, expected):
    assert expected in funnel_text(rows)


def test_many_offices_outside_are_not_listed_one_by_one():
    text = funnel_text([(200, 60 + at % 3) for at in range(120)] + [(200, 180)] * 9)
    assert text.startswith("Sembilan OPD di atas batas wajar")
    assert "dan 4 OPD lain" in text and text.count("Dinas ") == 5


def test_an_office_beside_its_like():
    text = like_text([(50, 10), *[(80, y) for y in (16, 24, 32, 40, 48, 16, 24, 32, 40)], (70, None)])
    assert text.startswith("Capaian 17,8 poin persentase di bawah OPD serupa, masih dalam rentang 95% bagi yang serupa")
    assert (
        "9 OPD lain yang melapor dari jenis dinas, berukuran 32–99 ASN; capaian gabungannya 37,8 persen dari 720"
        in text
    )
    assert "Dinas 0 20,0 persen dari 50 ASN" in text
    assert (
        "Rentang 95 persen bagi OPD serupa: 10,0 sampai 71,0 persen; batas wajar 99,8 persen terhadap semua OPD" in text
    )
    assert "Separuh pembanding berada antara 30,0 dan 50,0 persen." in text


def test_the_limits_of_all_and_the_range_of_the_like_never_share_a_name(ukur):
    """BAPPEDA stands above the one and inside the other: no contradiction, two measures."""
    city = story_compare.funnel_finding(ukur.ukuran, comparison.funnel(ukur.ukuran), ukur.kampanye).text()
    own = story_compare.like_finding(comparison.like(ukur.ukuran, "BAPPEDA"), ukur.ukuran, ukur.kampanye).text()
    assert "batas wajar 99,8% terhadap semua OPD" in city and "rentang" not in city
    assert "masih dalam rentang 95% bagi yang serupa" in own and "batas wajar 99,8 persen terhadap semua OPD" in own
    assert "rentang wajar" not in own


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(50, None)] * 6, "capaian Dinas 0 belum diketahui"),
        ([(None, None)], "capaian Dinas 0 belum diketahui"),
        ([(0, 0)], "capaian Dinas 0 belum diketahui"),
        ([(50, 10)], "OPD yang serupa dengan Dinas 0 dalam jenis dan ukuran tidak cukup banyak untuk dibandingkan."),
        ([(50, 10), (50, 9), *[(50, None)] * 4], "baru 1 OPD lain yang melapor dari jenis dinas"),
        ([(50, 10), *[(50, None)] * 4], "belum ada OPD lain yang melapor dari jenis dinas"),
        ([(50, 10)] * 6, "Capaian sama dengan OPD serupa"),
        ([(50, 0)] * 6, "Capaian sama dengan OPD serupa"),
        ([(50, 50)] * 6, "tidak dinilai"),
        ([(50, 50), *[(60, 0)] * 5], "Capaian 100,0 poin persentase di atas OPD serupa\n"),
        ([(50, 49), *[(60, 20)] * 15], "di luar rentang 95% bagi yang serupa"),
    ],
)
def test_like_at_the_edges(rows, expected):
    assert expected in like_text(rows)


def test_the_best_quarter_is_told_where_it_is_known():
    ukuran = table([(50, 10 + at) for at in range(12)])
    best = comparison.best_quarter(ukuran)
    text = "Capaian hari ini seperempat terbaik di antara OPD serupa (tiga OPD{}): 40,0 persen."
    assert story_compare.best_finding(best, "0", KAMPANYE).text() == text.format("")
    assert story_compare.best_finding(best, "11", KAMPANYE).text() == text.format(", termasuk OPD ini")
    alone = comparison.best_quarter(table([(50, 10)]))
    assert story_compare.best_finding(alone, "0", KAMPANYE).text() == ""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(100, 90)], "Tidak ada OPD dengan kekurangan yang diketahui"),
        ([(None, None)], "Tidak ada OPD dengan kekurangan yang diketahui"),
        ([(100, 50), (100, 90)], "Seluruh kekurangan, 30 ASN, ada di satu OPD"),
        (
            [(100, 20), (100, 50), (100, 50), (100, 90)],
            "50,0% kekurangan (120 ASN bila dijumlahkan per OPD) ada di satu dari tiga OPD yang belum mencapai target",
        ),
        (
            [(10, 0)] * 7,
            "57,1% kekurangan (56 ASN bila dijumlahkan per OPD) ada di empat dari tujuh OPD yang belum mencapai target",
        ),
    ],
)
def test_who_holds_the_gap(rows, expected):
    ukuran = table(rows)
    said = story_compare.contribution_finding(comparison.contribution(ukuran), ukuran, KAMPANYE)
    assert said.judul == expected
    assert said.isi == [] or said.isi[0].startswith("Di sana: Dinas 0 (")


def test_at_most_five_of_those_who_hold_the_gap_are_named():
    ukuran = table([(10, 0)] * 13)
    (said,) = story_compare.contribution_finding(comparison.contribution(ukuran), ukuran, KAMPANYE).isi
    assert said.endswith("Dinas 12 (8 ASN), dan dua OPD lain.") and said.count("(8 ASN)") == 5
