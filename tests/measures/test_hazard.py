"""What daily counts say about the pace: cumulative hazard, weight of days, shrinkage, and the state they lead to."""

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import DAY, NYEPI, thorough

from helpers.measures import hazard

pytestmark = pytest.mark.filterwarnings("error")
START, END = date(2020, 2, 17), date(2020, 3, 31)


def estimate(rows: list[tuple], as_of: date = DAY, selesai: date = END, **more: Any) -> hazard.State:
    held = pd.DataFrame(rows, columns=["opd", "tanggal", "jumlah_asn", "berhasil"])
    held = held.assign(tanggal=pd.to_datetime(held["tanggal"]))
    return hazard.estimate(held, START, selesai, as_of, **({"libur": [NYEPI]} | more))


def constant(opd: str, people: int, daily: float, weekend: float = 0.0) -> list[tuple]:
    """Counts of each day at a hazard per working day and per weekend day."""
    days = pd.date_range(START, DAY)
    hazards = np.where(days.day_of_week < 5, daily, weekend).cumsum()
    return [(opd, day, people, people * -math.expm1(-h)) for day, h in zip(days, hazards, strict=True)]


@thorough
@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 10_000))
def test_cumulative_hazard_rises_with_who_is_done_and_is_finite(one: int, other: int, people: int) -> None:
    low, high = (hazard.cumulative(done, people) for done in sorted((one, other)))
    assert 0 <= low <= high <= math.log(2 * people) + 1e-9
    if max(one, other) < people:
        assert -math.expm1(-high) == pytest.approx(max(one, other) / people)


def test_cumulative_of_nobody_is_zero() -> None:
    assert hazard.cumulative(np.array([0, 5]), np.array([0, 0])).tolist() == [0, pytest.approx(math.log(2))]


def test_a_constant_hazard_is_found() -> None:
    state = estimate([row for i in range(6) for row in constant(f"O{i}", 5000, 0.02)])
    assert state.recent == pytest.approx(0.02, rel=0.02)
    assert state.average == pytest.approx(0.02, rel=0.06)
    assert state.rate == pytest.approx(0.02, rel=0.1)
    assert set(state.basis) == {"harian"}


def test_days_left_are_working_days_and_what_weekends_are_worth() -> None:
    state = estimate([row for i in range(6) for row in constant(f"O{i}", 5000, 0.02)])
    assert state.off == pytest.approx(0.02, abs=0.02)
    assert state.left == pytest.approx(9 + 5 * state.off)  # four days of weekends and Nyepi
    assert state.ahead == pytest.approx(state.left)


def test_weekends_as_busy_as_other_days_weigh_nearly_as_much() -> None:
    busy = estimate(constant("A", 50_000, 0.02, weekend=0.02))
    assert 0.7 < busy.off <= 1.05
    assert estimate([("A", "2020-03-03", 100, 10), ("A", DAY, 100, 30)]).off == hazard.OFF_PRIOR


def test_the_calendar_has_every_day_from_start_to_end() -> None:
    state = estimate(constant("A", 500, 0.02), acara=[date(2020, 3, 19)])
    assert state.calendar.index.tolist() == list(pd.date_range(START, END))
    faster = state.calendar[state.calendar > 1]
    assert [day.day for day in faster.index] == [20, 23, 24]  # working days after it
    assert set(faster) == {hazard.PULSE}
    assert state.calendar[pd.Timestamp(NYEPI)] == state.off


def test_a_push_past_lowers_the_pace_without_one() -> None:
    rows = constant("A", 5000, 0.02)
    assert estimate(rows, acara=[date(2020, 3, 10)]).recent < estimate(rows).recent


def test_little_data_is_drawn_to_the_city_much_is_not() -> None:
    usual = [row for i in range(8) for row in constant(f"O{i}", 2000, 0.02)]
    rates = {}
    for people in (10, 10_000):
        state = estimate([*usual, *constant("X", people, 0.06)])
        rates[people] = dict(zip(state.opd, state.rate, strict=True))["X"]
    assert 0.02 < rates[10] < 0.045 < rates[10_000] < 0.07


def test_spread_of_the_offices_is_measured_or_taken_from_elsewhere() -> None:
    alike = [row for i in range(8) for row in constant(f"O{i}", 2000, 0.02)]
    unlike = [row for i in range(8) for row in constant(f"O{i}", 2000, 0.01 * 1.5**i)]
    few = alike[: 2 * len(alike) // 8]
    assert estimate(alike).spread == pytest.approx(math.sqrt(0.02))
    assert estimate(unlike).spread > 0.6
    assert estimate(few).spread == pytest.approx(math.sqrt(0.14))


def test_what_each_office_rests_on() -> None:
    rows = [
        *constant("A", 100, 0.02),
        ("B", DAY, 50, 10),
        ("C", None, 40, None),
        ("D", DAY, None, None),
        ("E", "2020-03-15", 50, 5),
        ("E", DAY, 50, 9),  # two days apart: no pace
    ]
    state = estimate(rows)
    assert dict(zip(state.opd, state.basis, strict=True)) == {
        "A": "harian",
        "B": "potret tunggal",
        "C": "kelompok",
        "D": "tidak ada data",
        "E": "potret tunggal",
    }
    assert state.people.tolist() == [100, 50, 40, 0, 50]
    assert state.done.tolist()[1:] == [10, 0, 0, 9]
    assert pd.isna(state.last).tolist() == [False, False, True, True, False]


def test_where_days_between_counts_are_missing_the_hazard_is_constant() -> None:
    # 10 and 20 of 100 over ten working days; the last week (five of them) carries half of the hazard.
    state = estimate([("A", "2020-03-03", 100, 10), ("A", DAY, 100, 20)])
    share = (math.log(0.9) - math.log(0.8)) / (10 + 4 * state.off)
    assert state.recent == pytest.approx(share)


def test_a_fall_is_no_progress_and_no_negative_pace() -> None:
    state = estimate([("A", "2020-03-03", 100, 30), ("A", "2020-03-10", 100, 40), ("A", DAY, 100, 35)])
    assert state.recent == 0
    assert state.gained == 0
    assert (state.rate > 0).all()


def test_people_who_were_done_on_the_first_day_are_no_pace() -> None:
    rows = constant("A", 10_000, 0.01)
    early = [(opd, day, people, 3000 + 0.7 * done) for opd, day, people, done in rows]
    assert estimate(early).average == pytest.approx(0.01, rel=0.1)


def test_a_state_without_rows() -> None:
    state = estimate([])
    assert state.opd.size == state.rate.size == state.people.size == 0
    assert math.isnan(state.recent)
    assert state.city == 0


def test_only_the_newest_headcount_counts() -> None:
    state = estimate(
        [("A", "2020-03-03", 100, 30), ("A", DAY, 80, 24), ("B", "2020-03-03", 50, None), ("B", DAY, 60, None)]
    )
    assert state.people.tolist() == [80, 60]
    assert state.recent == pytest.approx(0)
