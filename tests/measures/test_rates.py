"""Position, capaian, gap and share: edges and properties."""

import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import DAY, campaign, campaigns, counts, data, person, quick, thorough

from helpers.measures import rates

TARGET = 0.8


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Offices with headcount, berhasil and bukti, each possibly unknown, never more than they can be."""
    rows = []
    for at in range(draw(st.integers(1, 6))):
        size = draw(st.none() | st.integers(0, 500))
        done = None if size is None else draw(st.none() | st.integers(0, size))
        proof = None if done is None else draw(st.none() | st.integers(0, done))
        rows.append({"opd": str(at), "jumlah_asn": size, "berhasil": done, "bukti": proof})
    return pd.DataFrame(rows).astype(dict.fromkeys(["jumlah_asn", "berhasil", "bukti"], "Int64"))


@thorough
@given(st.integers(0, 200_000), st.integers(1, 1000))
def test_required_people_is_the_exact_ceiling(size: int, thousandths: int) -> None:
    asked = rates.required_people(size, thousandths / 1000)
    exact = Fraction(thousandths, 1000) * size
    assert exact <= asked < exact + 1
    assert asked == math.ceil(exact)


@pytest.mark.parametrize("unknown", [pd.NA, None, float("nan")])
def test_required_people_of_an_unknown_headcount_is_unknown(unknown: object) -> None:
    assert rates.required_people(unknown, TARGET) is pd.NA


@quick
@given(tables(), st.integers(1, 100).map(lambda percent: percent / 100))
def test_rates_stay_within_their_bounds(table: pd.DataFrame, target: float) -> None:
    measured = rates.with_rates(table, target)
    for row in measured.itertuples():
        if pd.isna(row.jumlah_asn) or row.jumlah_asn == 0 or pd.isna(row.berhasil):
            assert pd.isna(row.capaian)
            assert pd.isna(row.capaian_target)
            assert pd.isna(row.selisih_poin)
        else:
            assert 0 <= row.capaian <= 1
            assert row.selisih_poin == pytest.approx(row.capaian - target)
            assert row.capaian_target >= 0
            assert pd.isna(row.capaian_terbukti) == pd.isna(row.bukti)
            assert pd.isna(row.bukti) or 0 <= row.capaian_terbukti <= row.capaian
        if pd.isna(row.jumlah_asn):
            assert pd.isna(row.kekurangan)
            assert pd.isna(row.surplus)
        else:
            done = 0 if pd.isna(row.berhasil) else row.berhasil
            assert row.kekurangan >= 0
            assert row.surplus >= 0
            assert row.kekurangan == 0 or row.surplus == 0
            assert row.kekurangan - row.surplus == row.target_orang - done


@quick
@given(tables())
def test_andil_sums_to_one_or_is_unknown_for_all(table: pd.DataFrame) -> None:
    measured = rates.with_rates(table, TARGET)
    if measured["kekurangan"].sum() > 0:
        assert measured["andil"].sum() == pytest.approx(1)
    else:
        assert measured["andil"].isna().all()


@quick
@given(campaigns())
def test_offices_sum_to_the_city_and_statuses_to_the_headcount(case: tuple) -> None:
    posisi = rates.position(*case)
    kota = rates.total(posisi, TARGET)
    for name in ("jumlah_asn", "berhasil", "gagal", "belum", "bukti", "tidak_dirinci"):
        known = posisi[name].dropna()
        assert pd.isna(kota[name]) if known.empty else kota[name] == known.sum()
    if pd.notna(kota["jumlah_asn"]):
        parts = [kota[n] for n in ("berhasil", "gagal", "belum", "tidak_dirinci", "asn_belum_lapor")]
        assert sum(0 if pd.isna(part) else part for part in parts) == kota["jumlah_asn"]
    assert kota["unit_lapor"] + (~posisi["lapor"]).sum() == kota["unit"]


@quick
@given(campaigns())
def test_every_reporting_office_has_all_its_people_in_one_status(case: tuple) -> None:
    posisi = rates.position(*case)
    parts = posisi[["berhasil", "gagal", "belum", "tidak_dirinci"]].fillna(0).sum(axis=1)
    assert (parts[posisi["lapor"]] == posisi.loc[posisi["lapor"], "jumlah_asn"]).all()
    silent = posisi.loc[~posisi["lapor"], ["berhasil", "gagal", "belum", "bukti", "tidak_dirinci"]]
    assert silent.isna().all(axis=None)


@quick
@given(campaigns(), st.integers(1, 100).map(lambda percent: percent / 100))
def test_office_gaps_are_never_less_than_the_gap_of_the_city(case: tuple, target: float) -> None:
    kota = rates.total(rates.position(*case), target)
    assert pd.isna(kota["kekurangan"]) or kota["jumlah_kekurangan"] >= kota["kekurangan"]


@quick
@given(campaigns())
def test_groups_of_offices_sum_to_the_city(case: tuple) -> None:
    read, kampanye = case
    units = kampanye.units.assign(jenis=["dinas", "bagian", "dinas", "bagian", "badan"][: len(kampanye.units)])
    posisi = rates.position(read, campaign(units))
    groups, kota = rates.by(posisi, "jenis", TARGET), rates.total(posisi, TARGET)
    for name in ("jumlah_asn", "berhasil", "gagal", "belum", "bukti", "tidak_dirinci", "unit", "unit_lapor"):
        assert groups[name].sum() == (0 if pd.isna(kota[name]) else kota[name])


def test_the_city_rate_is_not_a_mean_of_rates() -> None:
    posisi = rates.position(data(rekap=[counts("A", 900, 90), counts("B", 100, 90)]), campaign("AB"))
    assert rates.with_rates(posisi, TARGET)["capaian"].mean() == pytest.approx(0.5)
    assert rates.total(posisi, TARGET)["capaian"] == pytest.approx(0.18)


def test_a_nominatif_is_counted_again_and_beats_what_was_sent() -> None:
    people = [person("A", "berhasil", bukti=True), person("A", "gagal"), person("A", "berhasil", jenis_asn="PTT")]
    row = rates.one(rates.position(data(people, [counts("A", 99, 98)]), campaign("A")), "A")
    assert (row["jumlah_asn"], row["berhasil"], row["gagal"], row["belum"], row["bukti"]) == (2, 1, 1, 0, 1)


def test_the_parameter_says_which_kinds_count() -> None:
    people = [person("A", "berhasil"), person("A", "belum", jenis_asn="PTT")]
    counted = campaign("A", counted_kinds=["PNS", "PPPK", "PTT"])
    assert rates.position(data(people, [counts("A", 2, 1)]), counted).loc[0, "jumlah_asn"] == 2


def test_a_newer_roster_gives_a_silent_office_its_headcount() -> None:
    sent = [counts("A", 50, tanggal_data="2020-02-15"), counts("A", 52, tanggal_data="2020-03-01")]
    row = rates.one(rates.position(data(rekap=sent), campaign("A")), "A")
    assert row["jumlah_asn"] == 52
    assert not row["lapor"]


def test_nothing_sent_leaves_everything_unknown() -> None:
    posisi = rates.position(data(), campaign("AB"))
    kota = rates.total(posisi, TARGET)
    assert posisi["jumlah_asn"].isna().all()
    assert kota[["jumlah_asn", "berhasil", "capaian", "target_orang", "kekurangan"]].isna().all()
    assert kota["unit_tanpa_jumlah"] == 2


def test_empty_tables_stay_empty() -> None:
    posisi = rates.position(data(), campaign("A")).iloc[:0]
    assert rates.with_rates(posisi, TARGET).empty
    assert rates.by(posisi, "jenis", TARGET).empty
    assert rates.total(posisi, TARGET)["unit"] == 0


def test_with_rates_leaves_its_input_as_it_was() -> None:
    posisi = rates.position(data(rekap=[counts("A", 10, 3)]), campaign("A"))
    before = posisi.copy()
    rates.with_rates(posisi, TARGET)
    pd.testing.assert_frame_equal(posisi, before)


def test_one_names_the_office_that_is_missing() -> None:
    posisi = rates.position(data(rekap=[counts("A", 10, 3)]), campaign("A"))
    with pytest.raises(KeyError, match="DINKES tidak ada"):
        rates.one(posisi, "DINKES")


@pytest.mark.parametrize(("berhasil", "reached"), [(7, 0), (8, 1), (10, 1)])
def test_an_office_counts_as_reached_from_its_target_on(berhasil: int, reached: int) -> None:
    kota = rates.total(rates.position(data(rekap=[counts("A", 10, berhasil)]), campaign("A")), TARGET)
    assert (kota["unit_tercapai"], kota["unit_kurang"]) == (reached, 1 - reached)


def test_an_office_without_people_has_not_reached_anything() -> None:
    # Its target is nobody and its capaian unknown: "1 OPD sudah mencapai target" would be untrue.
    people = [person("A", "berhasil", jenis_asn="PTT")]
    kota = rates.total(rates.position(data(people, [counts("A", 1, 1)]), campaign("A")), TARGET)
    assert kota["jumlah_asn"] == 0
    assert kota["unit_tercapai"] == 0


def test_a_silent_office_has_not_reached_anything() -> None:
    kota = rates.total(rates.position(data(rekap=[counts("A", 0), counts("B", 10, 8)]), campaign("AB")), TARGET)
    assert kota["unit_tercapai"] == 1


def test_proofs_that_a_nominatif_never_mentions_are_unknown_not_none() -> None:
    people = [person("A", "berhasil", tanggal_isi=DAY), person("A", "berhasil"), person("A", "belum")]
    row = rates.one(rates.position(data(people, [counts("A", 3, 2)]), campaign("A")), "A")
    assert pd.isna(row["bukti"])


def test_a_proof_of_someone_not_berhasil_is_not_counted() -> None:
    people = [person("A", "berhasil", bukti=True), person("A", "proses", bukti=True), person("A", "gagal", bukti=True)]
    assert rates.position(data(people, [counts("A", 3, 1)]), campaign("A")).loc[0, "bukti"] == 1
