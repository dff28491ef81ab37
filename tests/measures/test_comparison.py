"""Fair comparison: limits, who is named, like groups, best quarter, contribution; and what real offices show."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import quick

from helpers.measures import comparison, rates

REAL = pd.read_csv(Path(__file__).parents[2] / "data" / "csps2021_offices.csv")
CURVES = ["batas_bawah", "batas_atas", "sesuaian_bawah", "sesuaian_atas"]


def table(rows) -> pd.DataFrame:
    """Offices from (jumlah_asn, berhasil) or (jenis, jumlah_asn, berhasil), as rates.with_rates gives them."""
    full = [row if len(row) == 3 else ("dinas", *row) for row in rows]
    held = pd.DataFrame(full, columns=["jenis", "jumlah_asn", "berhasil"])
    held.insert(0, "opd", [f"O{at:03}" for at in range(len(held))])
    held = held.assign(bukti=None).astype(dict.fromkeys(["jumlah_asn", "berhasil", "bukti"], "Int64"))
    return rates.with_rates(held, 0.8)


@st.composite
def offices(draw: st.DrawFn) -> pd.DataFrame:
    rows = []
    for _ in range(draw(st.integers(1, 30))):
        size = draw(st.none() | st.integers(0, 3000))
        done = None if size is None else draw(st.none() | st.integers(0, size) | st.sampled_from([0, size]))
        rows.append((draw(st.sampled_from(["dinas", "badan", ""])), size, done))
    return table(rows)


@quick
@given(offices())
def test_scores_are_known_where_the_share_is_and_only_judged_offices_are_named(ukuran):
    corong = comparison.funnel(ukuran)
    assert corong["opd"].tolist() == ukuran["opd"].tolist()
    assert corong["capaian"].isna().equals(ukuran["capaian"].isna())
    assert corong["skor"].isna().equals(ukuran["capaian"].isna())
    # Allowing for the usual differences never makes an office look more unusual.
    both = corong.dropna(subset=["skor", "skor_sesuaian"])
    assert (both["skor_sesuaian"].abs() <= both["skor"].abs() + 1e-9).all()
    few = corong["jumlah_asn"].lt(corong["minimum"]) | corong["capaian"].isna() | corong["tau"].isna()
    assert corong["posisi"].eq("tidak dinilai").equals(few.fillna(True).astype(bool))


@quick
@given(offices())
def test_limits_lie_within_0_and_1_narrow_with_headcount_and_nest(ukuran):
    corong = comparison.funnel(ukuran)
    curves = comparison.limits(corong)
    for _, own in curves.groupby("tingkat"):
        for name in CURVES:
            known = own[name].dropna().to_numpy(float)
            assert ((known >= 0) & (known <= 1)).all()
            steps = np.diff(known)
            assert (steps >= -1e-12).all() if name.endswith("bawah") else (steps <= 1e-12).all()
        known = own.dropna()
        assert (known["sesuaian_bawah"] <= known["batas_bawah"] + 1e-12).all()
        assert (known["sesuaian_atas"] >= known["batas_atas"] - 1e-12).all()
    narrow, wide = (curves[curves["tingkat"].eq(level)].reset_index() for level in (0.95, 0.998))
    assert (wide["batas_atas"] >= narrow["batas_atas"]).all()


@quick
@given(offices(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(ukuran, random):
    order = list(range(len(ukuran)))
    random.shuffle(order)
    mixed = ukuran.iloc[order].reset_index(drop=True)
    for measure in (comparison.funnel, comparison.like_groups, comparison.best_quarter, comparison.contribution):
        # Sums in another order differ in the last bit.
        one, other = (measure(t).sort_values("opd").reset_index(drop=True) for t in (ukuran, mixed))
        pd.testing.assert_frame_equal(one, other, rtol=1e-9, atol=1e-12)


@quick
@given(offices())
def test_an_office_is_outside_exactly_where_its_share_is_beyond_its_own_limits(ukuran):
    corong = comparison.funnel(ukuran)
    judged = corong[corong["posisi"].ne("tidak dinilai")]
    curves = comparison.limits(corong, [0.998], judged["jumlah_asn"].tolist()).reset_index(drop=True)
    for row, limit in zip(judged.itertuples(), curves.itertuples(), strict=True):
        if row.posisi == "di atas":
            assert row.capaian >= limit.sesuaian_atas - 1e-9
        elif row.posisi == "di bawah":
            assert row.capaian <= limit.sesuaian_bawah + 1e-9
        else:
            assert limit.sesuaian_bawah - 1e-9 <= row.capaian <= limit.sesuaian_atas + 1e-9


@pytest.mark.parametrize("share", [0, 1])
def test_nobody_is_judged_where_nobody_or_everybody_is_berhasil(share):
    corong = comparison.funnel(table([(100, 100 * share)] * 12))
    assert corong["posisi"].eq("tidak dinilai").all()
    assert corong["tau"].isna().all() and corong["minimum"].isna().all()
    assert corong["garis"].eq(share).all() and corong["skor"].eq(0).all()


def test_equal_offices_have_no_spread_and_all_stand_inside():
    corong = comparison.funnel(table([(100 + 10 * at, 40 + 4 * at) for at in range(12)]))
    assert corong["tau"].eq(0).all() and corong["posisi"].eq("dalam batas").all()
    curves = comparison.limits(corong)
    assert (curves["batas_atas"] == curves["sesuaian_atas"]).all()


def test_one_office_alone_is_compared_with_nobody():
    alone = table([(50, 20)])
    assert comparison.funnel(alone)["posisi"].tolist() == ["tidak dinilai"]
    assert comparison.like(alone, "O000")["keadaan"] == "tidak ada kelompok"
    assert comparison.best_quarter(alone)["capaian_terbaik"].isna().all()


def test_nothing_reported_is_unknown_and_an_empty_table_stays_empty():
    silent = table([(50, None), (None, None)])
    corong = comparison.funnel(silent)
    assert corong[["capaian", "skor", "garis", "tau", "minimum"]].isna().all(axis=None)
    assert comparison.limits(corong).empty
    assert comparison.like(silent, "O000")["keadaan"] == "belum lapor"
    empty = silent.iloc[:0]
    for measure in (comparison.funnel, comparison.like_groups, comparison.best_quarter, comparison.contribution):
        assert measure(empty).empty
    assert comparison.limits(comparison.funnel(empty)).empty


def test_a_tiny_office_at_100_percent_is_never_named():
    corong = comparison.funnel(table([*[(200, 60)] * 12, (5, 5)]))
    assert corong.iloc[-1][["posisi", "minimum"]].tolist() == ["tidak dinilai", 23]
    assert corong.iloc[-1]["skor"] > 3.09


def test_an_office_far_from_the_others_is_named_and_does_not_hide_itself():
    # Winsorised: one office at 95% among offices between 35% and 45% does not widen the limits to itself.
    rows = [(300, 105 + 5 * (at % 7)) for at in range(20)]
    corong = comparison.funnel(table([*rows, (300, 285)]))
    assert corong.iloc[-1]["posisi"] == "di atas"
    assert corong["posisi"].eq("dalam batas").sum() == 20


@quick
@given(offices())
def test_like_groups_hold_five_or_more_of_the_size_they_name(ukuran):
    groups = comparison.like_groups(ukuran)
    assert groups["kelompok"].isna().equals(groups["dasar"].eq("tidak ada"))
    for row, office in zip(groups.itertuples(), ukuran.itertuples(), strict=True):
        if row.dasar == "tidak ada":
            continue
        assert row.dari <= office.jumlah_asn <= row.sampai
        same = ukuran["jumlah_asn"].between(row.dari, row.sampai)
        if row.dasar == "jenis dan ukuran":
            same &= ukuran["jenis"].eq(office.jenis)
        assert same.sum() >= comparison.LIKE_FROM


def test_like_groups_do_not_depend_on_results():
    rows = [("dinas", 40 + at, 10) for at in range(6)] + [("badan", 500, 100)]
    other = [(kind, size, None) for kind, size, _ in rows]
    pd.testing.assert_frame_equal(comparison.like_groups(table(rows)), comparison.like_groups(table(other)))


@quick
@given(offices(), st.data())
def test_an_office_is_compared_with_others_of_its_group_only(ukuran, data):
    opd = data.draw(st.sampled_from(ukuran["opd"].tolist()))
    beside = comparison.like(ukuran, opd)
    assert opd not in beside["anggota"]
    if beside["keadaan"] != "ada":
        assert pd.isna(beside["selisih"]) and pd.isna(beside["wajar_bawah"])
        return
    others = ukuran[ukuran["opd"].isin(beside["anggota"])]
    assert beside["capaian_kelompok"] == pytest.approx(others["berhasil"].sum() / others["jumlah_asn"].sum())
    assert beside["selisih"] == pytest.approx(beside["capaian"] - beside["capaian_kelompok"])
    if pd.notna(beside["wajar_bawah"]):
        assert 0 <= beside["wajar_bawah"] <= beside["capaian_kelompok"] + 1e-9
        assert beside["capaian_kelompok"] - 1e-9 <= beside["wajar_atas"] <= 1
        assert beside["selisih_bawah"] - 1e-9 <= beside["selisih"] <= beside["selisih_atas"] + 1e-9
    assert pd.isna(beside["tengah"]) == (beside["unit"] < comparison.QUARTERS_FROM)


def test_like_names_the_office_that_is_missing():
    with pytest.raises(KeyError, match="DINKES tidak ada"):
        comparison.like(table([(10, 3)]), "DINKES")


@quick
@given(offices())
def test_the_best_quarter_is_a_quarter_and_pools_its_people(ukuran):
    best = comparison.best_quarter(ukuran)
    for row in best.itertuples():
        if pd.isna(row.unit):
            assert row.anggota == () and pd.isna(row.capaian_terbaik)
            continue
        members = ukuran[ukuran["opd"].isin(row.anggota)]
        assert len(members) == row.unit == len(row.anggota) >= 2
        assert row.capaian_terbaik == pytest.approx(members["berhasil"].sum() / members["jumlah_asn"].sum())


@quick
@given(offices())
def test_contributions_are_sorted_and_add_up(ukuran):
    andil = comparison.contribution(ukuran)
    assert andil["kekurangan"].is_monotonic_decreasing and andil["kekurangan"].gt(0).all()
    assert andil["kekurangan"].sum() == ukuran["kekurangan"].sum()
    if len(andil):
        assert andil["andil_kumulatif"].iloc[-1] == pytest.approx(1)
        assert andil["peringkat"].iloc[0] == 1


def real(day: str, kind: str) -> pd.DataFrame:
    own = REAL[REAL["date"].eq(day) & REAL["kind"].eq(kind)]
    return own.rename(
        columns={"code": "opd", "headcount_reconstructed": "jumlah_asn", "responses_reconstructed": "berhasil"}
    ).astype({"jumlah_asn": "Int64", "berhasil": "Int64"})


def test_real_offices_differ_by_more_than_chance_and_the_adjusted_limits_allow_for_it():
    """The figures in the docstring of `funnel` and in docs/indicators.md, on all 26 dates of the UK survey."""
    plain, adjusted, weighted = [], [], []
    for day, kind in REAL[["date", "kind"]].drop_duplicates().itertuples(index=False):
        corong = comparison.funnel(real(day, kind))
        judged = corong[corong["posisi"].ne("tidak dinilai")].astype({"skor": float, "jumlah_asn": float})
        plain.append(judged["skor"].abs().gt(3.0902).mean())
        adjusted.append(judged["posisi"].ne("dalam batas").sum())
        # Spiegelhalter's own tau: DerSimonian and Laird's weights, z-scores winsorised.
        weight, z = 4 * judged["jumlah_asn"], judged["skor"].clip(*judged["skor"].quantile([0.1, 0.9]))
        tau2 = ((z**2).sum() - len(z) + 1) / (weight.sum() - (weight**2).sum() / weight.sum())
        weighted.append((judged["skor"].abs() / np.sqrt(1 + weight * max(tau2, 0)) > 3.0902).mean())
    assert len(plain) == 26
    assert [round(100 * share) for share in (min(plain), max(plain))] == [65, 84]
    assert [round(100 * share) for share in (min(weighted), max(weighted))] == [8, 24]
    assert sorted(adjusted) == [0] * 25 + [1]


@pytest.mark.parametrize(("tau", "low", "high"), [(0.0, 0.0, 0.02), (0.05, 0.035, 0.06), (0.15, 0.135, 0.165)])
def test_the_spread_is_found_again_and_few_are_named_by_mistake(tau, low, high):
    random = np.random.default_rng(20200317)
    found, named = [], []
    people = np.round(np.exp(random.normal(4.2, 0.9, 52))).clip(30).astype(int)
    for _ in range(150):
        share = np.sin(np.clip(np.arcsin(np.sqrt(0.4)) + random.normal(0, tau, 52), 0, np.pi / 2)) ** 2
        corong = comparison.funnel(table(list(zip(people, random.binomial(people, share), strict=True))))
        found.append(float(corong["tau"].iloc[0]))
        named.append(corong["posisi"].isin(["di atas", "di bawah"]).mean())
    assert low <= np.mean(found) <= high
    assert np.mean(named) < 0.01  # 0.2% is meant; five times that would be a wrong method


def test_35000_offices_take_no_loop_over_offices():
    random = np.random.default_rng(1)
    people = random.integers(10, 3000, 35_000)
    ukuran = table(list(zip(people, random.binomial(people, 0.3), strict=True)))
    assert len(comparison.funnel(ukuran)) == len(comparison.best_quarter(ukuran)) == 35_000
