"""Who remains: sums that match in every draw, facts after the deadline, unknown offices unknown."""

import dataclasses
from datetime import date

import numpy as np
import pandas as pd
import pytest
import toy
from hypothesis import given

from helpers.measures import carry_over, obstacles, pace, projection, rates

END = date(2020, 3, 31)


def measured(data, kampanye, end=END):
    posisi = rates.position(data, kampanye)
    daily = pace.with_silent(pace.daily(data, kampanye), posisi, kampanye)
    simulation = projection.simulate(daily, kampanye.mulai, end, toy.DAY, 0.8, [toy.NYEPI])
    blocked = obstacles.blocked(data, posisi, toy.CATALOGUE, toy.KINDS)
    return simulation, posisi, blocked


@toy.quick
@given(toy.campaigns())
def test_one_draw_s_offices_and_reasons_add_up(known):
    simulation, posisi, blocked = measured(*known)
    one = dataclasses.replace(simulation, final=simulation.final[:, :1])
    offices = carry_over.by_office(one, posisi)
    city = offices.iloc[-1]
    assert offices["orang"].iloc[:-1].sum() == (0 if pd.isna(city["orang"]) else city["orang"])
    if pd.isna(city["orang"]):
        return
    reasons = carry_over.by_reason(one, posisi, blocked, toy.CATALOGUE)
    # Each reason is rounded once to whole people.
    assert abs(reasons["orang"].sum() - city["orang"]) <= len(reasons) / 2
    assert reasons["sekarang"].sum() == city["sekarang"]


@toy.quick
@given(toy.campaigns())
def test_nobody_remains_twice_or_beyond_today(known):
    simulation, posisi, _ = measured(*known)
    table = carry_over.by_office(simulation, posisi).dropna()
    for name in ("orang", "bawah_80", "atas_80"):
        assert (table[name] <= table["sekarang"]).all() and (table[name] >= 0).all()
    assert (table["bawah_80"] <= table["orang"]).all() and (table["orang"] <= table["atas_80"]).all()


def test_the_city_is_the_projection_turned_round():
    data, kampanye = toy.data(rekap=[toy.counts("A", 100, 30), toy.counts("B", 50, 20)]), toy.campaign("AB")
    simulation, posisi, _ = measured(data, kampanye)
    city, row = carry_over.by_office(simulation, posisi).iloc[-1], projection.table(simulation).iloc[-1]
    assert 150 - city["orang"] == row["median_orang"]
    assert (150 - city["atas_80"], 150 - city["bawah_80"]) == (row["bawah_80_orang"], row["atas_80_orang"])


def test_past_the_deadline_counts_are_facts():
    data = toy.data(rekap=[toy.counts("A", 100, 30, gagal=10, belum=60), toy.counts("B", 50)])
    simulation, posisi, blocked = measured(data, toy.campaign("AB"), end=toy.DAY)
    table = carry_over.by_office(simulation, posisi)
    assert table["orang"].tolist() == [70, 50, 120] and table[["bawah_80", "atas_80"]].isna().all(axis=None)
    reasons = carry_over.by_reason(simulation, posisi, blocked, toy.CATALOGUE)
    assert reasons.set_index("kode")["orang"].to_dict() == {"belum dicatat": 70, "belum lapor": 50}
    assert reasons["bawah_80"].isna().all()


def test_offices_of_unknown_headcount_are_unknown_not_zero():
    simulation, posisi, _ = measured(toy.data(rekap=[toy.counts("A", 100, 30)]), toy.campaign("AB"))
    table = carry_over.by_office(simulation, posisi).set_index("opd")
    assert table.loc["B", ["jumlah_asn", "sekarang", "orang"]].isna().all() and table.loc["KOTA", "jumlah_asn"] == 100


def test_the_catalogue_says_what_can_not_be_solved():
    assert carry_over.incurable(toy.CATALOGUE) == {"K04"}
    assert carry_over.incurable(toy.CATALOGUE.assign(sebelum_batas=[True, True, False, True, None, True])) == {"K11"}
    assert carry_over.incurable(toy.CATALOGUE.drop(columns="sebelum_batas")) == {"K02"}


@pytest.mark.parametrize("limit", [0, 5])
def test_small_kendala_stand_together(limit):
    people = [toy.person(status="gagal", kode_kendala=code) for code in ["K01"] * 2 + ["K04"] * 9]
    simulation, posisi, blocked = measured(toy.data(people, toy.counted_from(people)), toy.campaign())
    codes = carry_over.by_reason(simulation, posisi, blocked, toy.CATALOGUE, limit)["kode"].tolist()
    assert sorted(codes) == (["lain"] if limit else ["K01", "K04"])


def test_no_office_at_all():
    simulation, posisi, _ = measured(toy.data(), toy.campaign("AB"))
    assert carry_over.by_office(simulation, posisi)["orang"].isna().all()
    assert np.shape(simulation.final)[0] == 2
