"""People blocked by kendala: nobody twice, nobody lost."""

import pandas as pd
from hypothesis import given
from toy import CATALOGUE, KINDS, campaign, campaigns, counts, data, person, quick

from helpers.measures import obstacles, rates


def blocked(people: list = (), rekap: list = (), kendala: list = (), units: str = "A") -> tuple:
    """People blocked, and the position they come from."""
    read, kampanye = data(people, rekap, kendala), campaign(units)
    posisi = rates.position(read, kampanye)
    return obstacles.blocked(read, posisi, CATALOGUE, KINDS), posisi


def as_dict(table: pd.DataFrame) -> dict[tuple[str, str], int]:
    return {(row.status, row.kode): row.orang for row in table.itertuples()}


@quick
@given(campaigns())
def test_everyone_not_berhasil_stands_once_in_the_decomposition(case: tuple) -> None:
    posisi = rates.position(*case)
    table = obstacles.blocked(case[0], posisi, CATALOGUE, KINDS)
    parts = obstacles.decomposition(table, posisi, CATALOGUE)
    assert parts["orang"].sum() == posisi["jumlah_asn"].sum() - posisi["berhasil"].sum()
    assert parts["orang"].gt(0).all()
    assert not parts.duplicated(["kelompok", "kode"]).any()


@quick
@given(campaigns())
def test_blocked_people_of_an_office_are_its_gagal_and_its_belum(case: tuple) -> None:
    posisi = rates.position(*case)
    table = obstacles.blocked(case[0], posisi, CATALOGUE, KINDS)
    for row in posisi.itertuples():
        for status in ("gagal", "belum"):
            here = table.loc[table["opd"].eq(row.opd) & table["status"].eq(status), "orang"].sum()
            known = getattr(row, status)
            assert here == (0 if pd.isna(known) else known)


@quick
@given(campaigns())
def test_points_of_all_kendala_never_exceed_the_way_to_everyone(case: tuple) -> None:
    posisi = rates.position(*case)
    size = int(posisi["jumlah_asn"].sum())
    table = obstacles.by_code(obstacles.blocked(case[0], posisi, CATALOGUE, KINDS), CATALOGUE, size)
    assert (table["orang"] == table["gagal"] + table["belum"]).all()
    assert table["orang"].is_monotonic_decreasing
    if size and len(table):
        assert table["poin"].sum() <= 1 - posisi["berhasil"].sum() / size + 1e-9


def test_codes_that_count_as_berhasil_block_nobody() -> None:
    people = [person("A", "gagal", kode_kendala="K13"), person("A", "berhasil", kode_kendala="K11")]
    table, _ = blocked(people, [counts("A", 2, 1)])
    assert as_dict(table) == {("gagal", obstacles.UNRECORDED): 1}


def test_a_person_keeps_the_own_status_whatever_the_code_says() -> None:
    people = [person("A", "gagal", kode_kendala="K14"), person("A", "proses", kode_kendala="K01")]
    table, _ = blocked(people, [counts("A", 2, 0)])
    assert as_dict(table) == {("gagal", "K14"): 1, ("belum", "K01"): 1}


def test_a_kendala_sheet_beside_a_nominatif_counts_nobody_again() -> None:
    people = [person("A", "gagal", kode_kendala="K01"), person("A", "belum")]
    table, _ = blocked(people, [counts("A", 2, 0)], [{"opd": "A", "kode": "K04", "jumlah_asn": 1}])
    assert as_dict(table) == {("gagal", "K01"): 1, ("belum", obstacles.UNRECORDED): 1}


def test_who_does_not_count_is_not_blocked() -> None:
    people = [person("A", "gagal", kode_kendala="K01", jenis_asn="PTT"), person("A", "gagal", kode_kendala="K04")]
    table, _ = blocked(people, [counts("A", 2, 0)])
    assert as_dict(table) == {("gagal", "K04"): 1}


def test_reported_kendala_are_cut_to_the_people_there_are_largest_first() -> None:
    sent = [{"opd": "A", "kode": "K04", "jumlah_asn": 3}, {"opd": "A", "kode": "K01", "jumlah_asn": 8}]
    table, _ = blocked(rekap=[counts("A", 20, 5, gagal=10, belum=5)], kendala=sent)
    assert as_dict(table) == {("gagal", "K01"): 8, ("gagal", "K04"): 2, ("belum", obstacles.UNRECORDED): 5}


def test_a_code_reported_twice_is_added_up() -> None:
    sent = [{"opd": "A", "kode": "K01", "jumlah_asn": 2}, {"opd": "A", "kode": "K01", "jumlah_asn": 3}]
    table, _ = blocked(rekap=[counts("A", 20, 5, gagal=10, belum=5)], kendala=sent)
    assert as_dict(table)["gagal", "K01"] == 5


def test_a_kendala_without_people_is_not_a_number() -> None:
    sent = [{"opd": "A", "kode": "K01", "jumlah_asn": None}]
    table, _ = blocked(rekap=[counts("A", 20, 5, gagal=10, belum=5)], kendala=sent)
    assert ("gagal", "K01") not in as_dict(table)


def test_an_unsplit_office_is_left_out_of_kendala_but_not_of_the_decomposition() -> None:
    sent = [{"opd": "A", "kode": "K01", "jumlah_asn": 4}]
    table, posisi = blocked(rekap=[counts("A", 20, 5)], kendala=sent)
    assert table.empty
    parts = obstacles.decomposition(table, posisi, CATALOGUE)
    assert parts[["kelompok", "orang"]].to_numpy().tolist() == [["tidak dirinci", 15]]


def test_silent_offices_stand_last_with_their_headcount() -> None:
    sent = [counts("A", 10, 2, gagal=1, belum=7), counts("B", 30), counts("C", 9, 3)]
    parts = obstacles.decomposition(*blocked(rekap=sent, units="ABCD"), CATALOGUE)
    assert parts["kelompok"].tolist() == ["gagal", "belum", "tidak dirinci", "belum lapor"]
    assert parts["orang"].tolist() == [1, 7, 6, 30]


def test_nobody_blocked_gives_empty_tables() -> None:
    table, posisi = blocked(rekap=[counts("A", 5, 5, gagal=0, belum=0)])
    assert table.empty
    assert obstacles.by_code(table, CATALOGUE, 5).empty
    assert obstacles.decomposition(table, posisi, CATALOGUE).empty


def test_points_of_an_unknown_or_empty_headcount_are_unknown() -> None:
    # laporan_opd asks for an office that never reported and stands in no list of headcounts: jumlah_asn is NA.
    table, _ = blocked([person("A", "gagal", kode_kendala="K01")], [counts("A", 1, 0)])
    assert obstacles.by_code(table, CATALOGUE, 0)["poin"].isna().all()
    assert obstacles.by_code(table, CATALOGUE, pd.NA)["poin"].isna().all()


def test_small_kendala_stand_together_and_lose_nobody() -> None:
    rows = [("A", "gagal", "K01", 9), ("A", "gagal", "K04", 6), ("A", "gagal", "K02", 2), ("A", "belum", "K14", 3)]
    blocked = pd.DataFrame(rows, columns=["opd", "status", "kode", "orang"]).astype({"orang": "Int64"})
    table = obstacles.by_code(blocked, CATALOGUE, 100, limit=5)
    assert list(zip(table["kode"], table["orang"], strict=True)) == [("K01", 9), ("K04", 6), ("lain", 5)]


def test_a_single_small_kendala_takes_the_next_one_along() -> None:
    rows = [("A", "gagal", "K01", 9), ("A", "gagal", "K04", 6), ("A", "gagal", "K02", 2)]
    blocked = pd.DataFrame(rows, columns=["opd", "status", "kode", "orang"]).astype({"orang": "Int64"})
    table = obstacles.by_code(blocked, CATALOGUE, 100, limit=5)
    assert list(zip(table["kode"], table["orang"], strict=True)) == [("K01", 9), ("lain", 8)]
