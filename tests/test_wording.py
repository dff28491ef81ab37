"""wording.py: what a reader sees of a number, a date and a list."""

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import wording

UNKNOWNS = [None, float("nan"), np.nan, pd.NA, pd.NaT]


def parse(text: str) -> Decimal:
    """What an Indonesian reader takes a printed number for."""
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-").replace("+", ""))


@pytest.mark.parametrize("value", UNKNOWNS, ids=["None", "nan", "np.nan", "NA", "NaT"])
@pytest.mark.parametrize(
    "say",
    [
        wording.number,
        wording.decimal,
        wording.percent,
        wording.percent_prose,
        wording.points,
        wording.pace,
        wording.required_pace,
        wording.day,
        wording.weekday,
        wording.short_day,
        wording.medium_day,
        wording.day_month,
    ],
)
def test_unknown_reads_as_a_dash_and_never_as_zero(say, value):
    assert wording.is_unknown(value)
    assert say(value) == "–"


@pytest.mark.parametrize("value", [0, 0.0, "", "x", False, date(2020, 3, 17)])
def test_zero_and_empty_text_are_known(value):
    assert not wording.is_unknown(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (5402, "5.402"),
        (999, "999"),
        (1000, "1.000"),
        (1234567, "1.234.567"),
        (np.int64(2701), "2.701"),
        (pd.Series([4322], dtype="Int64")[0], "4.322"),
        (0.5, "1"),
        (1.5, "2"),
        (2.5, "3"),
        (-0.4, "0"),
        (-193, "−193"),
        (-2701.0, "−2.701"),
    ],
)
def test_number(value, text):
    assert wording.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(12, "+12"), (0, "0"), (-12, "−12"), (0.3, "0"), (-0.3, "0"), (1621, "+1.621")]
)
def test_number_with_sign(value, text):
    assert wording.number(value, sign=True) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (3.25, 1, "3,3"),
        (3.24, 1, "3,2"),
        (2.675, 2, "2,68"),
        (1.005, 2, "1,01"),
        (-0.04, 1, "0,0"),
        (-0.05, 1, "−0,1"),
        (1234.5, 1, "1.234,5"),
        (7, 1, "7,0"),
        (0.5, 0, "1"),
        (np.float64(0.15), 1, "0,2"),
    ],
)
def test_decimal_half_up_and_without_minus_zero(value, digits, text):
    assert wording.decimal(value, digits) == text


def test_decimal_with_sign_has_no_plus_zero():
    assert wording.decimal(0.04, sign=True) == "0,0"
    assert wording.decimal(0.05, sign=True) == "+0,1"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.305, "30,5"),
        (0.3001, "30,0"),
        (1621 / 5402, "30,0"),
        (1083 / 5398, "20,1"),
        (286 / 1697, "16,9"),
        (0.3045, "30,5"),
        (0.30449, "30,4"),
        (0, "0,0"),
        (1, "100,0"),
        (-0.0004, "0,0"),
        (-0.05, "−5,0"),
        (1.25, "125,0"),
    ],
)
def test_percent_in_table_and_prose(share, text):
    assert wording.percent(share) == text + "%"
    assert wording.percent_prose(share) == text + " persen"


def test_percent_takes_digits():
    assert wording.percent(1083 / 5398, 2) == "20,06%"
    assert wording.percent_prose(0.305, 0) == "31 persen"


@pytest.mark.parametrize(
    ("share", "text"), [(0.8, "80%"), (0.29, "29%"), (0.57, "57%"), (0.725, "72,5%"), (1, "100%"), (0.07, "7%")]
)
def test_target_percent_drops_a_useless_decimal(share, text):
    assert wording.target_percent(share) == text


@pytest.mark.parametrize(
    ("difference", "text"), [(-0.5, "−50,0"), (0.036, "+3,6"), (0, "0,0"), (-0.0001, "0,0"), (0.0004, "0,0")]
)
def test_points(difference, text):
    assert wording.points(difference) == text + " poin persentase"


def test_points_without_sign():
    assert wording.points(0.036, sign=False) == "3,6 poin persentase"
    assert wording.points(-0.036, sign=False) == "−3,6 poin persentase"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0,0"), (4.44, "4,4"), (9.94, "9,9"), (9.95, "10"), (9.99, "10"), (10, "10"), (193.4, "193"), (2701, "2.701")],
)
def test_pace_has_a_decimal_below_ten(value, text):
    assert wording.pace(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (300.1, "301"),
        (2701 / 9, "301"),
        (2701 / 14, "193"),
        (300.0, "300"),
        (300.00000001, "300"),
        (4.44, "4,5"),
        (4.4, "4,4"),
        (0.1 + 0.2, "0,3"),
        (0.01, "0,1"),
        (9.9, "9,9"),
        (9.91, "10"),
        (10.0, "10"),
        (10.2, "11"),
        (0, "0,0"),
        (1234.5, "1.235"),
    ],
)
def test_required_pace_rounds_up(value, text):
    assert wording.required_pace(value) == text


@pytest.mark.parametrize("day", [date(2020, 3, 17), datetime(2020, 3, 17, 16, 30), pd.Timestamp("2020-03-17")])
def test_days(day):
    assert wording.day(day) == "17 Maret 2020"
    assert wording.weekday(day) == "Selasa, 17 Maret 2020"
    assert wording.weekday_month(day) == "Selasa, 17 Maret"
    assert wording.short_day(day) == "17 Mar"
    assert wording.medium_day(day) == "17 Mar 2020"
    assert wording.day_month(day) == "17 Maret"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2020, 2, 15), "Sabtu, 15 Februari 2020"),
        (date(2020, 3, 25), "Rabu, 25 Maret 2020"),
        (date(2020, 3, 31), "Selasa, 31 Maret 2020"),
        (date(2020, 5, 1), "Jumat, 1 Mei 2020"),
        (date(2020, 8, 17), "Senin, 17 Agustus 2020"),
    ],
)
def test_weekday_names(day, text):
    assert wording.weekday(day) == text


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Makassar", "17 Maret 2020 pukul 16.30 WITA"),
        ("Asia/Jakarta", "17 Maret 2020 pukul 15.30 WIB"),
        ("Asia/Jayapura", "17 Maret 2020 pukul 17.30 WIT"),
    ],
)
def test_moment_where_the_reader_lives(zone, text):
    assert wording.moment(datetime(2020, 3, 17, 8, 30, tzinfo=UTC), zone) == text


def test_moment_names_a_zone_without_an_indonesian_name_by_its_offset():
    london = [wording.moment(datetime(2021, month, 3, 17, tzinfo=UTC), "Europe/London") for month in (7, 11)]
    assert london == ["3 Juli 2021 pukul 18.00 UTC+0100", "3 November 2021 pukul 17.00 UTC"]


def test_moment_crosses_midnight_with_the_zone():
    late = datetime(2020, 3, 17, 23, 5, tzinfo=UTC)
    assert wording.moment(late, "Asia/Makassar") == "18 Maret 2020 pukul 07.05 WITA"


def test_moment_refuses_a_time_without_zone():
    with pytest.raises(ValueError, match="zona waktu"):
        wording.moment(datetime(2020, 3, 17, 8, 30), "Asia/Makassar")


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a dan b"),
        (["a", "b", "c"], "a, b, dan c"),
        (iter(["a", "b", "c", "d"]), "a, b, c, dan d"),
    ],
)
def test_join(items, text):
    assert wording.join(items) == text


@pytest.mark.parametrize(
    ("text", "expected"), [("", ""), ("dinas", "Dinas"), ("satu ASN", "Satu ASN"), ("éa", "Éa"), ("5 OPD", "5 OPD")]
)
def test_capitalize_touches_the_first_letter_only(text, expected):
    assert wording.capitalize(text) == expected


@pytest.mark.parametrize(
    ("value", "text"), [(0, "nol"), (1, "satu"), (5, "lima"), (10, "sepuluh"), (11, "11"), (5402, "5.402")]
)
def test_count_word(value, text):
    assert wording.count_word(value) == text


@given(st.integers(-(10**12), 10**12))
def test_number_parses_back(value):
    assert parse(wording.number(value)) == value
    assert parse(wording.number(value, sign=True)) == value


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_decimal_is_within_half_a_unit_and_has_no_minus_zero(value, digits):
    text = wording.decimal(value, digits)
    assert abs(parse(text) - Decimal(repr(value))) <= Decimal("0.5").scaleb(-digits)
    assert "-" not in text
    assert not (text.startswith("−") and parse(text) == 0)


@given(st.floats(0, 1e9))
def test_required_pace_suffices_and_is_not_a_person_too_many(value):
    needed = parse(wording.required_pace(value))
    assert needed >= Decimal(repr(value)) - Decimal("1e-7")
    assert needed - Decimal(repr(value)) < (1 if needed >= 10 else Decimal("0.1"))


@given(st.integers(1, 10_000), st.integers(1, 60))
def test_required_pace_reaches_the_gap_in_the_days_left(gap, days):
    assert parse(wording.required_pace(gap / days)) * days >= gap - Decimal("1e-5")


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_day_says_day_and_year(value):
    text = wording.weekday(value)
    assert text.endswith(wording.day(value))
    assert wording.day(value).split()[0] == str(value.day)
    assert wording.day(value).split()[-1] == str(value.year)


@pytest.mark.parametrize(
    ("parts", "whole", "agrees"),
    [
        ([0.032, 0.005, 0.004], 0.041, True),
        ([0.0104, 0.0104, 0.0104], 0.0312, False),  # 1,0 + 1,0 + 1,0 beside 3,1
        ([0.0104, 0.0104, 0.0105], 0.0313, True),  # 1,0 + 1,0 + 1,1 beside 3,1
        ([0.00045, 0.00045], 0.0009, False),  # 0,0 + 0,0 beside 0,1
        ([0.05, -0.05], 0.0, True),
        ([], 0.0, True),
    ],
)
def test_whether_points_add_up_as_printed(parts, whole, agrees):
    assert wording.adds_up(parts, whole) is agrees


@pytest.mark.parametrize(
    ("days", "working", "expected"),
    [
        (14, 9, "14 hari kalender, 9 di antaranya hari kerja"),
        (2, 1, "2 hari kalender, 1 di antaranya hari kerja"),
        (1, 1, "1 hari kalender, yaitu hari kerja"),
        (3, 3, "3 hari kalender, semuanya hari kerja"),
        (2, 0, "2 hari kalender, tanpa hari kerja"),
    ],
)
def test_days_left_read_well(days, working, expected):
    assert wording.days_left(days, working) == expected
