"""Change since the last report: the parts sum exactly, whatever two states are compared."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import DAY, LAST, NOMINATIF, campaign, counted_from, counts, data, frame, person, quick

from helpers.measures import movement, rates, reconcile

TARGET = 0.8
OFFICES = "ABCD"


@st.composite
def states(draw: st.DrawFn, day: Any, strict: bool = False) -> SimpleNamespace:
    """Four offices, each silent, with a headcount alone, with counts, or with a list of some of twelve people, who are
    on any list, on several, or twice on one."""
    people, rekap = [], []
    for opd in OFFICES:
        kind = draw(st.sampled_from(["list", "list", "counts"] + ([] if strict else ["silent", "roster"])))
        if kind == "list":
            own = draw(st.lists(_people(opd), min_size=1, max_size=6))
            people += own
            rekap += counted_from(own)
        elif kind != "silent":
            size = draw(st.integers(0, 30))
            done = draw(st.integers(0, size)) if kind == "counts" else None
            rekap.append(counts(opd, size, done))
    known = data(people, rekap, (), day)
    return known if people else SimpleNamespace(**vars(known) | {"nominatif": frame(NOMINATIF | {"orang": "int64"})})


def _people(opd: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda orang, status, filled, kind: person(
            opd, status, orang=orang, jenis_asn=kind, tanggal_isi=filled if status == "berhasil" else None
        ),
        st.integers(0, 11),
        st.sampled_from(["berhasil", "gagal", "belum", "proses"]),
        st.none() | st.sampled_from(["2020-03-02", "2020-03-10", "2020-03-11", "2020-03-17"]),
        st.sampled_from(["PNS", "PNS", "PPPK", "PTT"]),
    )


def both(before: Any, now: Any) -> tuple[pd.DataFrame, pd.Series]:
    gerak = movement.since(before, now, campaign(OFFICES))
    return gerak, movement.total(gerak)


def listed(*rows: dict[str, Any], day: Any = DAY) -> SimpleNamespace:
    people = [{"tanggal_isi": None, "orang": at} | row for at, row in enumerate(rows)]
    return data(people, counted_from(people), (), day)


# Properties


@quick
@given(states(LAST), states(DAY))
def test_the_parts_sum_to_the_change_of_every_office_and_of_the_city(before: Any, now: Any) -> None:
    gerak, kota = both(before, now)
    told = gerak[gerak["perubahan"].notna()]
    assert (told[movement.PARTS].sum(axis=1) == told["perubahan"]).all()
    assert (told["berhasil"].fillna(0) - told["berhasil_lalu"].fillna(0) == told["perubahan"]).all()
    if gerak["lapor_lalu"].any():
        assert (gerak[movement.HEADCOUNT].sum(axis=1) == gerak["perubahan_jumlah"]).all()
        change = gerak["jumlah_asn"].fillna(0) - gerak["jumlah_lalu"].fillna(0)
        assert (change == gerak["perubahan_jumlah"]).all()
    then, there = (rates.total(rates.position(one, campaign(OFFICES)), TARGET) for one in (before, now))
    if pd.notna(kota["perubahan"]):
        assert kota["perubahan"] == there["berhasil"] - then["berhasil"] == sum(kota[name] for name in movement.PARTS)
        assert kota["pindah"] == 0 == kota["asn_pindah"]
    assert pd.isna(kota["perubahan"]) == (pd.isna(then["berhasil"]) or pd.isna(there["berhasil"]))


@quick
@given(states(LAST), states(DAY))
def test_the_points_sum_to_the_change_of_capaian(before: Any, now: Any) -> None:
    gerak, kota = both(before, now)
    points = movement.in_points(gerak)
    known = points[points["perubahan_poin"].notna()]
    for row in known.to_dict("records"):
        assert sum(row[name] for name in [*movement.PARTS, "penyebut"]) == pytest.approx(row["perubahan_poin"])
    unknown = points[points["perubahan_poin"].isna()]
    assert unknown[[*movement.PARTS, "penyebut"]].isna().all(axis=None)
    if pd.notna(kota["perubahan_poin"]):
        parts = [kota[f"{name}_poin"] for name in [*movement.PARTS, "penyebut"]]
        then, there = (rates.total(rates.position(one, campaign(OFFICES)), TARGET) for one in (before, now))
        assert sum(parts) == pytest.approx(there["capaian"] - then["capaian"])
        assert kota["perubahan_poin"] == pytest.approx(there["capaian"] - then["capaian"])


@quick
@given(states(LAST), states(DAY), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(before: Any, now: Any, random: Any) -> None:
    def shuffled(one: Any) -> SimpleNamespace:
        rows = list(range(len(one.nominatif)))
        random.shuffle(rows)
        mixed = {"nominatif": one.nominatif.iloc[rows].reset_index(drop=True), "rekap": one.rekap[::-1]}
        return SimpleNamespace(**vars(one) | mixed)

    pd.testing.assert_frame_equal(both(before, now)[0], both(shuffled(before), shuffled(now))[0])


@quick
@given(states(DAY))
def test_a_state_beside_itself_has_not_moved(now: Any) -> None:
    gerak, kota = both(now, now)
    numbers = [*movement.PARTS, *movement.HEADCOUNT, "perubahan", "perubahan_jumlah"]
    assert gerak[numbers].fillna(0).eq(0).all(axis=None)
    assert pd.isna(kota["perubahan"]) or kota[numbers].eq(0).all()


@quick
@given(states(LAST), states(DAY))
def test_parts_have_the_sign_of_their_meaning(before: Any, now: Any) -> None:
    gerak = both(before, now)[0].fillna(0)
    for name in ("penyelesaian_baru", "terlambat_dicatat", "daftar_masuk", "unit_baru", "asn_masuk"):
        assert gerak[name].ge(0).all(), name
    for name in ("berhasil_dicabut", "daftar_keluar", "unit_hilang", "asn_keluar"):
        assert gerak[name].le(0).all(), name
    assert gerak["tanpa_tanggal"].le(gerak["penyelesaian_baru"]).all()
    assert gerak["unit_baru_sesudah"].le(gerak["unit_baru"]).all()


@quick
@given(states(LAST, strict=True), states(DAY, strict=True))
def test_without_numbers_for_people_only_counts_are_compared(before: Any, now: Any) -> None:
    gerak = movement.since(before, SimpleNamespace(**vars(now) | {"nominatif": now.nominatif.drop(columns="orang")}),
                           campaign(OFFICES))  # fmt: skip
    assert not gerak["per_orang"].any()
    assert gerak[["pindah", "terlambat_dicatat", "daftar_masuk", "daftar_keluar"]].eq(0).all(axis=None)
    assert (gerak[movement.PARTS].sum(axis=1) == gerak["perubahan"]).all()


# Edges


def test_without_an_earlier_report_every_part_is_unknown() -> None:
    gerak = movement.since(None, data(rekap=[counts("A", 10, 3)]), campaign("AB"))
    kota = movement.total(gerak)
    assert gerak[["perubahan", *movement.PARTS, *movement.HEADCOUNT]].isna().all(axis=None)
    assert kota[["perubahan", "perubahan_poin", "koreksi", "koreksi_poin", "capaian_lalu"]].isna().all()
    assert (kota["berhasil"], kota["jumlah_asn"]) == (3, 10)


def test_a_state_in_which_nobody_reported_is_no_report() -> None:
    kota = movement.total(
        movement.since(data(rekap=[counts("A", 10)]), data(rekap=[counts("A", 10, 3)]), campaign("A"))
    )
    assert kota[["perubahan", "unit_baru", "perubahan_poin"]].isna().all()


def test_someone_who_moves_and_completes_is_a_completion_of_the_new_office() -> None:
    gerak = movement.since(listed(person("A"), person("B"), person("A"), day=LAST),
                           listed(person("B", "berhasil", tanggal_isi=DAY), person("B"), person("A")), campaign("AB"))  # fmt: skip
    assert gerak["penyelesaian_baru"].tolist() == [0, 1]
    assert gerak["pindah"].tolist() == [0, 0]
    assert gerak["asn_pindah"].tolist() == [-1, 1]


def test_someone_who_moves_to_an_office_of_counts_is_in_nobody_s_parts_twice() -> None:
    before = data(
        [person("A", "berhasil", orang=1), person("A", orang=2)], [counts("A", 2, 1), counts("B", 5, 2)], (), LAST
    )
    now = data([person("A", orang=2)], [counts("A", 1, 0), counts("B", 6, 3)])
    gerak = movement.since(before, now, campaign("AB"))
    assert gerak["daftar_keluar"].tolist() == [-1, 0]
    assert gerak["tidak_terpilah"].tolist() == [0, 1]
    assert movement.total(gerak)["perubahan"] == 0


def test_an_office_that_changes_from_counts_to_a_list_is_compared_by_counts() -> None:
    before = data(rekap=[counts("A", 2, 1)], tanggal_data=LAST)
    gerak = movement.since(
        before, listed(person("A", "berhasil", tanggal_isi=DAY), person("A", "berhasil")), campaign("A")
    )
    assert gerak.loc[0, ["per_orang", "penyelesaian_baru", "daftar_masuk"]].tolist() == [False, 1, 0]


def test_a_corrected_headcount_alone_lowers_capaian() -> None:
    kota = movement.total(
        movement.since(data(rekap=[counts("A", 40, 20)]), data(rekap=[counts("A", 50, 20)]), campaign("A"))
    )
    assert (kota["perubahan"], kota["perubahan_jumlah"]) == (0, 10)
    assert kota["penyebut_poin"] == pytest.approx(-0.1) == kota["perubahan_poin"] == kota["koreksi_poin"]


def test_its_input_stays_as_it_was() -> None:
    before, now = listed(person("A"), day=LAST), listed(person("A", "berhasil"))
    copies = before.nominatif.copy(), now.nominatif.copy()
    movement.in_points(movement.since(before, now, campaign("A")))
    pd.testing.assert_frame_equal(before.nominatif, copies[0])
    pd.testing.assert_frame_equal(now.nominatif, copies[1])


# The proof


@quick
@given(states(LAST), states(DAY))
def test_the_proof_agrees_with_every_pair_of_states(before: Any, now: Any) -> None:
    gerak, _ = both(before, now)
    kota = rates.total(rates.position(now, campaign(OFFICES)), TARGET)
    if now.rekap["berhasil"].notna().any():
        assert len(reconcile.prove_movement(gerak, kota)) == (4 if gerak["lapor_lalu"].any() else 0)


@pytest.mark.parametrize("column", ["penyelesaian_baru", "pindah", "berhasil_lalu", "asn_masuk", "jumlah_lalu"])
def test_the_proof_finds_one_person_too_many(column: str) -> None:
    now = listed(person("A", "berhasil", tanggal_isi=DAY), person("B"))
    gerak, _ = both(listed(person("A"), person("B"), day=LAST), now)
    kota = rates.total(rates.position(now, campaign(OFFICES)), TARGET)
    assert len(reconcile.prove_movement(gerak, kota)) == 4
    gerak.loc[0, column] += 1
    with pytest.raises(reconcile.MismatchError, match="laporan dihentikan"):
        reconcile.prove_movement(gerak, kota)
