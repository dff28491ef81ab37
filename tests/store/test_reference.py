"""The committed campaigns: shape, sums that can be checked against the publisher, parameters of the notebook."""

from datetime import date

import pandas as pd
import pytest

from helpers.campaign import CampaignError
from helpers.store import reference

GIVEN = {"hari_asal": "13, 17, 24", "tanggal_asal": "2020-04-13", "sampai": "2020-04-30", "benih": 0}


def test_the_survey_of_2021():
    uk = reference.csps2021()
    assert len(uk.akhir) == uk.harian["opd"].nunique() == 51 and uk.harian["tanggal"].nunique() == 25
    assert uk.harian["tanggal"].max() == pd.Timestamp(uk.selesai)
    assert uk.akhir.loc["DIT", "tingkat"] == pytest.approx(0.887, abs=0.001)
    assert (uk.akhir["berhasil"] / uk.akhir["jumlah_asn"] - uk.akhir["tingkat"]).abs().max() < 1e-4
    assert uk.harian["berhasil"].le(uk.harian["jumlah_asn"]).all()


def test_the_tracts():
    us = reference.us2020()
    assert len(us.akhir) == 2513 and us.akhir["jumlah_asn"].eq(1000).all()
    assert us.harian["berhasil"].notna().all() and us.akhir.loc["01001020501", "berhasil"] == 737
    nearer = reference.us2020(date(2020, 4, 20))
    assert nearer.harian["tanggal"].max() == pd.Timestamp("2020-04-20") and nearer.selesai == date(2020, 4, 20)
    with pytest.raises(CampaignError, match="tidak memuat 2020-04-28"):
        reference.us2020(date(2020, 4, 28))


def test_whole_campaigns_end_on_their_last_day():
    totals = reference.totals()
    assert {name: len(total.tingkat) for name, total in totals.items()} == {
        "CSPS 2020": 34,
        "CSPS 2021": 37,
        "US 2020": 42,
    }
    for total in totals.values():
        assert total.tingkat.index[-1].date() == total.selesai
        assert total.tingkat.is_monotonic_increasing


def test_halves_share_no_office():
    uk = reference.csps2021()
    first, second = reference.half(uk, True), reference.half(uk, False)
    assert len(first.akhir) + len(second.akhir) == 51
    assert not set(first.harian["opd"]) & set(second.harian["opd"])


def test_plan_reads_the_parameters():
    plan = reference.plan_from_notebook(GIVEN | {"_": 1, "tabel": pd.DataFrame()})
    assert plan.csps_origins() == [date(2021, 10, 10), date(2021, 10, 14), date(2021, 10, 21)]
    assert plan.sampai == date(2020, 4, 30)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hari_asal": "13, tujuh belas"}, "hari seperti 13, 17, 24"),
        ({"hari_asal": "40"}, "antara 8 dan 36"),
        ({"tanggal_asal": "2020-05-01"}, "tanggal_asal"),
        ({"tanggal_asal": "kemarin"}, "tanggal seperti 2020-04-13"),
        ({"opd": "DINKES"}, "kunci opd tidak dikenal"),
    ],
)
def test_plan_refuses_in_a_sentence(changes, sentence):
    with pytest.raises(CampaignError, match=sentence):
        reference.plan_from_notebook(GIVEN | changes)


def test_plan_says_what_is_missing():
    with pytest.raises(CampaignError, match="kunci benih belum ada"):
        reference.plan_from_notebook({key: value for key, value in GIVEN.items() if key != "benih"})
