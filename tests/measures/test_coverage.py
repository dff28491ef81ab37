"""Reporting, stale counts, proofs, headcount changes."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from toy import DAY, REKAP, campaign, campaigns, counts, data, frame, quick

from helpers.measures import coverage, rates


def position(rekap: list, units: str) -> pd.DataFrame:
    return rates.position(data(rekap=rekap), campaign(units))


@quick
@given(campaigns())
def test_reporting_counts_every_office_once(case: tuple) -> None:
    posisi = rates.position(*case)
    known = coverage.reporting(posisi)
    assert known["unit_lapor"] + len(known["belum_lapor"]) == known["unit"] == len(posisi)
    assert known["tingkat"] == pytest.approx(known["unit_lapor"] / known["unit"])
    assert pd.isna(known["tingkat_asn"]) or 0 <= known["tingkat_asn"] <= 1


def test_a_report_of_nobody_done_is_a_report() -> None:
    known = coverage.reporting(position([counts("A", 10, 0), counts("B", 30)], "AB"))
    assert known["belum_lapor"] == ["B"]
    assert known["tingkat_asn"] == pytest.approx(0.25)


def test_reporting_without_offices_or_headcounts_is_unknown() -> None:
    posisi = position([], "A")
    assert coverage.reporting(posisi)["tingkat"] == 0
    assert pd.isna(coverage.reporting(posisi)["tingkat_asn"])
    assert pd.isna(coverage.reporting(posisi.iloc[:0])["tingkat"])


@pytest.mark.parametrize(("days", "old"), [(0, ["B", "C"]), (1, ["C"]), (7, [])])
def test_stale_counts_from_the_data_date(days: int, old: list[str]) -> None:
    sent = [
        counts("A", 9, 1),
        counts("B", 9, 1, tanggal_data="2020-03-16"),
        counts("C", 9, 1, tanggal_data="2020-03-10"),
    ]
    posisi = position(sent, "ABCD").assign(nama="")
    assert coverage.stale(posisi, DAY, days)["opd"].tolist() == old


def test_an_office_that_never_reported_is_not_stale() -> None:
    assert coverage.stale(position([counts("A", 9)], "A").assign(nama=""), date(2020, 12, 31)).empty


def test_proofs_leave_out_offices_that_do_not_say() -> None:
    known = coverage.proofs(position([counts("A", 20, 10, bukti=5), counts("B", 99, 90)], "AB"))
    assert (known["bukti"], known["berhasil"], known["unit"]) == (5, 10, 1)
    assert known["kelengkapan"] == pytest.approx(0.5)


def test_proofs_of_nobody_are_unknown_not_zero() -> None:
    none_done = coverage.proofs(position([counts("A", 20, 0, bukti=0)], "A"))
    assert (none_done["bukti"], none_done["unit"]) == (0, 1)
    assert pd.isna(none_done["kelengkapan"])
    assert pd.isna(coverage.proofs(position([counts("A", 20)], "A"))["bukti"])


def test_proofs_never_exceed_all_of_berhasil() -> None:
    known = coverage.proofs(position([counts("A", 20, 10, bukti=10), counts("B", 20, 10, bukti=0)], "AB"))
    assert known["kelengkapan"] == pytest.approx(0.5)


def test_headcounts_that_went_up_and_down_again_are_no_change() -> None:
    days = ["2020-02-15", "2020-03-10", "2020-03-17"]
    sent = [counts("A", n, tanggal_data=day) for day, n in zip(days, [40, 45, 40], strict=True)]
    assert coverage.headcount_changes(frame(REKAP, sent)).empty


def test_headcount_changes_do_not_depend_on_the_order_of_rows() -> None:
    sent = [
        counts("A", 43),
        counts("B", 47),
        counts("A", 40, tanggal_data="2020-02-15"),
        counts("B", 52, tanggal_data="2020-02-15"),
    ]
    table = coverage.headcount_changes(frame(REKAP, sent))
    assert table[["opd", "perubahan"]].to_numpy().tolist() == [["B", -5], ["A", 3]]


def test_one_headcount_or_none_is_no_change() -> None:
    assert coverage.headcount_changes(frame(REKAP, [counts("A", 40)])).empty
    assert coverage.headcount_changes(frame(REKAP, [counts("A", None)])).empty
    assert coverage.headcount_changes(frame(REKAP)).empty
