"""Families by place: sums over those that reported, rates of the same ones, the newer of two levels, never 0 for unknown."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from toy import DAY, LAST, VILLAGES, WARGA, frame, thorough

from helpers.measures import residents

CODES = [*VILLAGES["kode_kel"], *VILLAGES["kode_kec"].unique()]


@st.composite
def rekap(draw):
    """Rows that intake lets through: clean <= merespons <= jumlah_kk, each place once, any of them unknown."""
    rows = []
    for code in draw(st.sets(st.sampled_from(CODES))):
        families, answered, clean = sorted((draw(st.integers(0, 50)) for _ in range(3)), reverse=True)
        row = {"jumlah_kk": families, "merespons": answered, "clean": clean, "target_kk": draw(st.integers(0, 50))}
        kept = draw(st.sets(st.sampled_from(sorted(row))))
        if kept & {"merespons", "clean"}:
            day = draw(st.sampled_from([LAST, DAY]))
            rows.append({"kode": code, "tanggal_data": day} | {name: row[name] for name in kept})
    return frame(WARGA, rows)


@thorough
@given(rekap())
def test_the_city_is_its_districts_and_no_share_passes_one(warga):
    districts = residents.by_district(warga, VILLAGES)
    city = residents.total(districts)
    assert city["kelurahan"] == len(VILLAGES) and city["lapor"] == districts["lapor"].sum() <= len(VILLAGES)
    for name in residents.COUNTS:
        known = districts[name].dropna()
        assert (pd.isna(city[name]) and known.empty) or city[name] == known.sum()
    for rate in ("merespons_dari_kk", "clean_dari_merespons"):
        every = [*districts[rate].dropna(), *([] if pd.isna(city[rate]) else [city[rate]])]
        assert all(0 <= share <= 1 for share in every)


@thorough
@given(rekap())
def test_villages_that_are_told_add_up_to_their_district(warga):
    villages, districts = residents.by_village(warga, VILLAGES), residents.by_district(warga, VILLAGES)
    assert villages["kode_kel"].tolist() == VILLAGES["kode_kel"].tolist()
    for row in districts[districts["rinci"]].to_dict("records"):
        inside = villages[villages["kode_kec"].eq(row["kode_kec"])]
        assert row["lapor"] == inside["lapor"].sum() > 0
        assert inside["merespons"].sum() == (0 if pd.isna(row["merespons"]) else row["merespons"])


def test_nothing_sent():
    for daftar in (VILLAGES, VILLAGES.iloc[:0]):
        districts = residents.by_district(frame(WARGA), daftar)
        city = residents.total(districts)
        assert city["lapor"] == 0 and pd.isna(city["merespons"]) and pd.isna(city["merespons_dari_kk"])
