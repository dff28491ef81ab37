"""The proof at the end of a report: true figures pass, each kind of wrong one stops it."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from toy import CATALOGUE, KINDS, NYEPI, campaign, campaigns, counts, data, person, quick

from helpers.measures import obstacles, pace, projection, rates, reconcile


def figures(read: Any, kampanye: Any) -> dict[str, Any]:
    """What a city report proves."""
    posisi = rates.position(read, kampanye)
    terhalang = obstacles.blocked(read, posisi, CATALOGUE, KINDS)
    return {
        "posisi": posisi,
        "kota": rates.total(posisi, 0.8),
        "penguraian": obstacles.decomposition(terhalang, posisi, CATALOGUE),
        "kurva": pace.curve(pace.daily(read, kampanye), posisi),
    }


def example() -> dict[str, Any]:
    sent = [counts("A", 10, 3, gagal=2, belum=5, bukti=2), counts("B", 20, 8), counts("C", 5)]
    return figures(data(rekap=sent), campaign("ABC"))


@quick
@given(campaigns())
def test_measured_figures_always_agree(case: tuple) -> None:
    proved = figures(*case)
    assume(proved["posisi"]["lapor"].any())
    table = reconcile.prove(**proved)
    assert (table["kiri"] == table["kanan"]).all()


def test_the_proof_shows_both_sides_of_every_check() -> None:
    table = reconcile.prove(**example())
    assert list(table) == ["pemeriksaan", "kiri", "kanan"]
    assert len(table) == 7
    assert len(reconcile.prove(example()["posisi"], example()["kota"])) == 5


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("jumlah_asn", "Jumlah seluruh unit"),
        ("berhasil", "Berhasil seluruh unit"),
        ("gagal", r"Berhasil \+ gagal"),
        ("tidak_dirinci", r"Berhasil \+ gagal"),
        ("asn_belum_lapor", r"Berhasil \+ gagal"),
    ],
)
def test_a_city_figure_off_by_one_stops_the_report(name: str, said: str) -> None:
    wrong = example()
    wrong["kota"] = wrong["kota"].copy()
    wrong["kota"][name] += 1
    with pytest.raises(reconcile.MismatchError, match=said):
        reconcile.prove(**wrong)


@pytest.mark.parametrize(
    ("column", "said"), [("berhasil", "tidak melebihi jumlah"), ("bukti", "tidak melebihi berhasil")]
)
def test_an_office_with_more_than_it_can_have_stops_the_report(column: str, said: str) -> None:
    wrong = example()
    wrong["posisi"].loc[0, column] += 8
    wrong["posisi"].loc[1, column] -= 8  # so that the city's sum stays right
    with pytest.raises(reconcile.MismatchError, match=said):
        reconcile.prove(**wrong)


def test_someone_lost_from_the_decomposition_stops_the_report() -> None:
    wrong = example()
    wrong["penguraian"].loc[0, "orang"] -= 1
    with pytest.raises(reconcile.MismatchError, match="Penguraian"):
        reconcile.prove(**wrong)


def test_a_curve_that_ends_elsewhere_stops_the_report() -> None:
    wrong = example()
    wrong["kurva"].loc[wrong["kurva"].index[-1], "berhasil"] += 1
    with pytest.raises(reconcile.MismatchError, match="Akhir kurva"):
        reconcile.prove(**wrong)


def test_a_campaign_of_which_nobody_reported_yet_can_still_be_reported() -> None:
    proved = figures(data(rekap=[counts("A", 10), counts("B", 20)]), campaign("AB"))
    table = reconcile.prove(**proved)
    assert (table["kiri"] == table["kanan"]).all()


def office(people: list, sent: list) -> tuple[pd.Series, pd.DataFrame, pd.DataFrame]:
    read, kampanye = data(people, sent), campaign("A")
    posisi = rates.position(read, kampanye)
    return rates.one(posisi, "A"), read.nominatif, obstacles.blocked(read, posisi, CATALOGUE, KINDS)


def test_an_office_whose_people_agree_is_proved() -> None:
    people = [person("A", "berhasil"), person("A", "gagal", kode_kendala="K01"), person("A", "proses")]
    row, listed, blocked = office(people, [counts("A", 3, 1)])
    reconcile.prove_office(row, listed, blocked)
    with pytest.raises(reconcile.MismatchError, match="Nominatif 2 orang, rekap 3"):
        reconcile.prove_office(row, listed.iloc[1:], blocked)
    with pytest.raises(reconcile.MismatchError, match="Kendala 1 orang, gagal dan belum 2"):
        reconcile.prove_office(row, listed, blocked.iloc[1:])


@pytest.mark.parametrize("sent", [[], [counts("A", 9)], [counts("A", 9, 4)], [counts("A", 9, 4, gagal=2)]])
def test_an_office_without_nominatif_or_split_has_nothing_to_disagree(sent: list) -> None:
    reconcile.prove_office(*office([], sent))


def projected(sent: list | None = None, units: str = "ABC") -> tuple[pd.DataFrame, pd.DataFrame]:
    """A projection of the example and the position that it starts from."""
    sent = sent or [counts("A", 100, 30, gagal=2, belum=68), counts("B", 20, 8), counts("C", 5)]
    kampanye = campaign(units, selesai=date(2020, 3, 31), target=0.8, days_off={NYEPI})
    read = data(rekap=sent)
    posisi = rates.position(read, kampanye)
    simulation = projection.for_campaign(pace.daily(read, kampanye), posisi, kampanye)
    return projection.table(simulation), posisi


def test_a_projection_starts_where_the_report_stands() -> None:
    table = reconcile.prove_projection(*projected())
    assert list(table) == ["pemeriksaan", "kiri", "kanan"]
    assert table[["kiri", "kanan"]].to_numpy().tolist() == [[38, 38], [125, 125], [0, 0]]


def test_a_projection_of_nobody_has_nothing_to_prove() -> None:
    ramalan, posisi = projected([counts("A", 10), counts("B", 20)], "AB")
    table = reconcile.prove_projection(ramalan, posisi)
    assert table.empty and list(table) == ["pemeriksaan", "kiri", "kanan"]


def test_an_office_without_a_headcount_is_in_neither_sum() -> None:
    assert len(reconcile.prove_projection(*projected(units="ABCD"))) == 3


@quick
@given(campaigns())
def test_projections_of_measured_figures_are_always_possible(case: tuple) -> None:
    read, kampanye = case
    kampanye = campaign(kampanye.units, selesai=date(2020, 3, 31), target=0.8, days_off={NYEPI})
    posisi = rates.position(read, kampanye)
    ramalan = projection.table(projection.for_campaign(pace.daily(read, kampanye), posisi, kampanye))
    checks = reconcile.prove_projection(ramalan, posisi)
    assert (checks["kiri"] == checks["kanan"]).all()


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        (0, "berhasil", 31, "Berhasil pada awal proyeksi"),
        (-1, "jumlah_asn", 126, "Jumlah dalam proyeksi"),
        (0, "bawah_95_orang", 29, "luar batas mungkin"),
        (0, "atas_95_orang", 101, "luar batas mungkin"),
        (1, "median_orang", 21, "luar batas mungkin"),
        (2, "bawah_50_orang", -1, "luar batas mungkin"),  # silent: never below 0
    ],
)
def test_a_projection_that_cannot_be_stops_the_report(row: int, column: str, value: int, said: str) -> None:
    ramalan, posisi = projected()
    ramalan.loc[ramalan.index[row], column] = value
    with pytest.raises(reconcile.MismatchError, match=said):
        reconcile.prove_projection(ramalan, posisi)


def test_checks_stand_together_in_order() -> None:
    first, none = reconcile.prove(**example()), reconcile.prove_projection(*projected([counts("A", 10)], "A"))
    last = reconcile.prove_projection(*projected())
    table = reconcile.together(first, none, last)
    assert table["pemeriksaan"].tolist() == [*first["pemeriksaan"], *last["pemeriksaan"]]
    assert table.index.tolist() == list(range(10))
    pd.testing.assert_frame_equal(reconcile.together(first), first)


def test_nothing_to_check_is_an_empty_table() -> None:
    none = reconcile.prove_projection(*projected([counts("A", 10)], "A"))
    table = reconcile.together(none, none)
    assert table.empty and list(table) == ["pemeriksaan", "kiri", "kanan"]
