"""Days, paces and the curve: edges and properties."""

import math
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import holidays
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import DAY, NYEPI, campaign, campaigns, counts, data, frame, person, quick, thorough

from helpers import wording
from helpers.measures import pace, rates

END = date(2020, 3, 31)
DAILY = {"opd": "str", "tanggal": "datetime64[ns]"} | dict.fromkeys(
    ["jumlah_asn", "berhasil", "tanpa_tanggal"], "Int64"
)
some_day = st.dates(date(2019, 12, 1), date(2020, 12, 31))


def daily(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Cumulative counts (office, date, berhasil) of offices of 40 people."""
    given = [{"opd": o, "tanggal": d, "berhasil": n, "jumlah_asn": 40, "tanpa_tanggal": 0} for o, d, n in rows]
    return frame(DAILY, given)


def counted_one_by_one(after: date, until: date, days_off: set[date]) -> int:
    days = [after + timedelta(days=n) for n in range(1, (until - after).days + 1)]
    return sum(day.weekday() < 5 and day not in days_off for day in days)


@thorough
@given(some_day, some_day, st.sets(some_day, max_size=20))
def test_workdays_agree_with_counting_one_by_one(after: date, until: date, days_off: set[date]) -> None:
    assert pace.workdays(after, until, days_off) == counted_one_by_one(after, until, days_off)


@thorough
@given(some_day, st.integers(0, 60), st.integers(0, 60), st.sets(some_day, max_size=20))
def test_workdays_of_two_spans_add_up(start: date, first: int, second: int, days_off: set[date]) -> None:
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    parts = pace.workdays(start, middle, days_off) + pace.workdays(middle, end, days_off)
    assert pace.workdays(start, end, days_off) == parts


@thorough
@given(some_day, some_day, st.sets(some_day, max_size=20))
def test_working_days_left_never_exceed_calendar_days(as_of: date, end: date, days_off: set[date]) -> None:
    left = pace.days_left(as_of, end, days_off)
    assert 0 <= left["hari_kerja"] <= left["hari"]


def test_the_national_calendar_gives_nine_working_days_after_the_meeting() -> None:
    left = pace.days_left(DAY, END, set(holidays.country_holidays("ID", years=2020)))
    assert dict(left) == {"hari": 14, "hari_kerja": 9}


def test_a_later_deadline_just_works() -> None:
    days_off = set(holidays.country_holidays("ID", years=2020))
    left = pace.days_left(DAY, date(2020, 5, 29), days_off)
    assert left["hari"] == 73
    assert left["hari_kerja"] == counted_one_by_one(DAY, date(2020, 5, 29), days_off)


@thorough
@given(st.integers(0, 10_000), st.integers(1, 90))
def test_the_pace_as_printed_closes_the_gap(short: int, days: int) -> None:
    printed = wording.required_pace(pace.required_pace(short, days))
    assert float(printed.replace(".", "").replace(",", ".")) * days >= short - 1e-6


def test_three_hundred_a_working_day_would_not_reach_it() -> None:
    need = pace.required_pace(2701, 9)
    assert wording.required_pace(need) == "301"
    assert 300 * 9 < 2701 <= math.ceil(need) * 9


@pytest.mark.parametrize("days", [0, -3])
def test_no_day_left_has_no_pace_but_a_reached_target_needs_none(days: int) -> None:
    assert math.isnan(pace.required_pace(5, days))
    assert pace.required_pace(0, days) == 0
    assert math.isnan(pace.required_pace(pd.NA, days))


def test_daily_counts_people_by_the_day_they_filled_it_in() -> None:
    people = [person("A", "berhasil", tanggal_isi="2020-03-16"), person("A", "berhasil"), person("A", "gagal")]
    table = pace.daily(data(people, [counts("A", 3, 2)]), campaign("A", mulai=date(2020, 3, 15)))
    assert table["berhasil"].tolist() == [0, 1, 2]
    assert table["tanpa_tanggal"].tolist() == [0, 0, 1]
    assert table["jumlah_asn"].tolist() == [3, 3, 3]


def test_daily_leaves_out_who_does_not_count() -> None:
    people = [person("A", "berhasil", tanggal_isi=DAY), person("A", "berhasil", tanggal_isi=DAY, jenis_asn="PTT")]
    assert pace.daily(data(people, [counts("A", 2, 2)]), campaign("A"))["berhasil"].max() == 1


def test_daily_fills_nothing_in_between_counts() -> None:
    sent = [counts("A", 10, 2, tanggal_data="2020-03-03"), counts("A", 10, 5), counts("B", 9)]
    table = pace.daily(data(rekap=sent), campaign("AB"))
    assert table["tanggal"].dt.strftime("%m-%d").tolist() == ["03-03", "03-17"]
    assert table["berhasil"].tolist() == [2, 5]


def test_daily_keeps_those_who_were_done_before_the_first_day() -> None:
    # `mulai` is a parameter: moved forward, nobody may vanish from the curve (reconcile would stop the report).
    people = [person("A", "berhasil", tanggal_isi="2020-03-01"), person("A", "berhasil", tanggal_isi="2020-03-16")]
    table = pace.daily(data(people, [counts("A", 2, 2)]), campaign("A", mulai=date(2020, 3, 15)))
    assert table["berhasil"].tolist() == [1, 2, 2]


def test_daily_of_nothing_is_empty() -> None:
    assert pace.daily(data(), campaign("A")).empty


@quick
@given(campaigns())
def test_daily_never_falls_within_a_nominatif_and_ends_at_its_count(case: tuple) -> None:
    table, posisi = pace.daily(*case), rates.position(*case).set_index("opd")
    for opd, own in table.groupby("opd"):
        assert own["berhasil"].is_monotonic_increasing
        assert own["berhasil"].iloc[-1] == posisi.loc[opd, "berhasil"]


SENT = {"A": DAY, "B": DAY - timedelta(3), "C": date(2020, 2, 20)}


@st.composite
def someone(draw: st.DrawFn) -> dict[str, Any]:
    """A row of nominatif of office A, B or C, dated up to the day on which its office sent it, or not at all."""
    opd, status = draw(st.sampled_from("ABC")), draw(st.sampled_from(["berhasil", "berhasil", "belum"]))
    ago = draw(st.none() | st.integers(0, 40)) if status == "berhasil" else None
    filled = None if ago is None else SENT[opd] - timedelta(ago)
    kind = draw(st.sampled_from(["PNS", "PNS", "PTT"]))
    return person(opd, status, tanggal_data=SENT[opd], tanggal_isi=filled, jenis_asn=kind)


def daily_one_by_one(people: list[dict[str, Any]], start: date) -> list[tuple]:
    """`daily` of a nominatif by going through offices, days and people one at a time."""
    rows = []
    for opd, sent in SENT.items():
        own = [row for row in people if row["opd"] == opd and row["jenis_asn"] != "PTT"]
        filled = [row["tanggal_isi"] for row in own if row["status"] == "berhasil"]
        for day in pd.date_range(min(start, sent), sent) if own else []:
            undated = filled.count(None) if day.date() == sent else 0
            dated = sum(when is not None and when <= day.date() for when in filled)
            rows.append((opd, day, len(own), dated + undated, undated))
    return rows


@thorough
@given(st.lists(someone(), max_size=25), st.dates(date(2020, 2, 10), DAY))
def test_daily_agrees_with_counting_one_by_one(people: list[dict[str, Any]], start: date) -> None:
    sent = [counts("D", 9, 4, tanggal_data="2020-03-03"), counts("D", 9, 5)]
    table = pace.daily(data(people, sent), campaign("ABCD", mulai=start))
    given = [("D", pd.Timestamp("2020-03-03"), 9, 4, 0), ("D", pd.Timestamp(DAY), 9, 5, 0)]
    assert list(table.itertuples(index=False, name=None)) == daily_one_by_one(people, start) + given


def current_one_by_one(harian: pd.DataFrame, as_of: date, days_off: set[date]) -> list[tuple]:
    """`current` by looking at each office's counts from the newest to the oldest."""
    rows = []
    for opd, own in harian[harian["tanggal"].le(pd.Timestamp(as_of))].groupby("opd"):
        newest, *older = [row for _, row in own[::-1].iterrows()]
        until = newest["tanggal"].date()
        starts = [row for row in older if timedelta(7) <= until - row["tanggal"].date() <= timedelta(14)]
        undated = newest["tanpa_tanggal"] == newest["berhasil"] > 0
        if starts and not undated and as_of - until <= timedelta(7):
            since, added = starts[0]["tanggal"].date(), newest["berhasil"] - newest["tanpa_tanggal"]
            added -= starts[0]["berhasil"]
            working = counted_one_by_one(since, until, days_off)
            by_working_day = added / working if working else math.nan
            rows.append((opd, since, until, added, added / (until - since).days, by_working_day))
    return rows


@st.composite
def counted_days(draw: st.DrawFn) -> pd.DataFrame:
    """A table like that of `daily` for up to four offices: gaps between the days, falling counts, people undated."""
    rows = []
    for opd in "ABCD"[: draw(st.integers(0, 4))]:
        for ago in sorted(draw(st.sets(st.integers(-2, 24), min_size=1, max_size=9)), reverse=True):
            done = draw(st.integers(0, 40))
            undated = draw(st.just(0) | st.integers(0, done))
            row = {"opd": opd, "tanggal": DAY - timedelta(ago), "jumlah_asn": draw(st.integers(40, 42))}
            rows.append(row | {"berhasil": done, "tanpa_tanggal": undated})
    return frame(DAILY, rows)


@thorough
@given(counted_days(), st.sets(st.dates(DAY - timedelta(30), DAY), max_size=25))
def test_current_agrees_with_looking_at_one_office_after_the_other(harian: pd.DataFrame, days_off: set[date]) -> None:
    found = pace.current(harian, DAY, days_off)
    dates = found.assign(dari=found["dari"].map(pd.Timestamp.date), sampai=found["sampai"].map(pd.Timestamp.date))
    expected = pd.DataFrame(current_one_by_one(harian, DAY, days_off), columns=list(found))
    pd.testing.assert_frame_equal(dates, expected, check_dtype=False)


@pytest.mark.parametrize(
    ("first", "known"), [("2020-03-02", 0), ("2020-03-03", 1), ("2020-03-10", 1), ("2020-03-11", 0)]
)
def test_the_start_lies_seven_to_fourteen_days_back(first: str, known: int) -> None:
    assert len(pace.current(daily(("A", first, 5), ("A", "2020-03-17", 12)), DAY, {NYEPI})) == known


@pytest.mark.parametrize(("as_of", "known"), [(DAY, 1), (DAY + timedelta(days=7), 1), (DAY + timedelta(days=8), 0)])
def test_a_newest_count_older_than_a_week_shows_no_pace(as_of: date, known: int) -> None:
    assert len(pace.current(daily(("A", "2020-03-10", 5), ("A", "2020-03-17", 12)), as_of, {NYEPI})) == known


def test_of_several_starts_the_latest_counts() -> None:
    table = daily(("A", "2020-03-03", 0), ("A", "2020-03-10", 5), ("A", "2020-03-17", 12))
    assert pace.current(table, DAY, {NYEPI})["tambahan"].tolist() == [7]


def test_counts_after_the_data_date_are_not_seen() -> None:
    table = daily(("A", "2020-03-10", 5), ("A", "2020-03-17", 12), ("A", "2020-03-18", 40))
    assert pace.current(table, DAY, {NYEPI})["tambahan"].tolist() == [7]


def test_nyepi_is_no_working_day_of_the_pace() -> None:
    laju = pace.current(daily(("A", "2020-03-24", 0), ("A", "2020-03-31", 12)), END, {NYEPI}).iloc[0]
    assert laju["laju_kerja"] == pytest.approx(12 / 4)
    assert laju["laju"] == pytest.approx(12 / 7)


def test_the_pace_of_an_office_whose_people_have_no_date_is_unknown_not_zero() -> None:
    people = [person("A", "berhasil") for _ in range(30)]
    harian = pace.daily(data(people, [counts("A", 30, 30)]), campaign("A"))
    assert pace.current(harian, DAY, {NYEPI})["laju"].dropna().empty


def test_city_working_pace_is_unknown_where_no_office_knows_it() -> None:
    # A week of holidays: a pace by calendar day is known, one by working day is not.
    week = {date(2020, 3, 11) + timedelta(days=n) for n in range(7)}
    laju = pace.current(daily(("A", "2020-03-10", 5), ("A", "2020-03-17", 12)), DAY, week)
    posisi = rates.position(data(rekap=[counts("A", 40, 12)]), campaign("A"))
    kota = pace.city_current(laju, posisi)
    assert kota["laju"] == pytest.approx(1)
    assert pd.isna(kota["laju_kerja"])


def test_city_pace_says_whom_it_covers() -> None:
    laju = pace.current(daily(("A", "2020-03-10", 5), ("A", "2020-03-17", 12), ("B", "2020-03-17", 9)), DAY, {NYEPI})
    posisi = rates.position(data(rekap=[counts("A", 40, 12), counts("B", 60, 9), counts("C", 7)]), campaign("ABC"))
    kota = pace.city_current(laju, posisi)
    assert (kota["unit"], kota["asn"], kota["mundur"]) == (1, 40, 0)


def test_with_pace_keeps_the_order_and_leaves_unknown_paces_unknown() -> None:
    sent = [counts("A", 10, 1), counts("B", 10, 8), counts("C", 20)]
    ukuran = rates.with_rates(rates.position(data(rekap=sent), campaign("ABCD")), 0.8).sort_values(
        "opd", ascending=False
    )
    laju = pace.current(daily(("A", "2020-03-10", 0), ("A", "2020-03-17", 7)), DAY, {NYEPI})
    table = pace.with_pace(ukuran, laju, pace.days_left(DAY, END, {NYEPI})).set_index("opd")
    assert table.index.tolist() == ["D", "C", "B", "A"]
    assert table["laju"].dropna().to_dict() == {"A": 1.0}
    assert table["laju_butuh_kerja"].dropna().to_dict() == pytest.approx({"C": 16 / 9, "B": 0.0, "A": 7 / 9})


@thorough
@given(st.integers(1, 6000), st.floats(0, 1), st.floats(0, 500), st.integers(0, 60))
def test_constant_pace_lies_between_today_and_everyone(size: int, share: float, speed: float, days: int) -> None:
    row = pd.Series({"berhasil": int(share * size), "jumlah_asn": size})
    reached = pace.at_constant_pace(row, speed, pd.Series({"hari_kerja": days}))
    assert row["berhasil"] / size <= reached <= 1


def test_a_falling_count_never_leads_below_nobody() -> None:
    row = pd.Series({"berhasil": 3, "jumlah_asn": 10})
    assert pace.at_constant_pace(row, -2.0, pd.Series({"hari_kerja": 9})) == 0


def test_the_curve_starts_low_and_ends_at_the_position() -> None:
    sent = [counts("A", 10, 2, tanggal_data="2020-03-03"), counts("A", 12, 5), counts("B", 20, 4), counts("C", 8)]
    read, kampanye = data(rekap=sent), campaign("ABC")
    posisi = rates.position(read, kampanye)
    kurva = pace.curve(pace.daily(read, kampanye), posisi)
    assert kurva["berhasil"].tolist() == [2, 9]
    assert kurva["jumlah_asn"].tolist() == [38, 40]
    assert kurva["unit"].tolist() == [1, 2]


@quick
@given(campaigns())
def test_the_curve_ends_at_the_city(case: tuple) -> None:
    posisi = rates.position(*case)
    kurva, kota = pace.curve(pace.daily(*case), posisi), rates.total(posisi, 0.8)
    if not kurva.empty:
        last = kurva.iloc[-1]
        assert (last["berhasil"], last["jumlah_asn"]) == (kota["berhasil"], kota["jumlah_asn"])
        assert kurva["tanggal"].is_monotonic_increasing
        assert kurva["capaian"].dropna().between(0, 1).all()


@thorough
@given(counted_days())
def test_the_curve_agrees_with_the_last_count_of_each_office(harian: pd.DataFrame) -> None:
    silent = pd.DataFrame({"opd": ["Z"], "jumlah_asn": [7], "lapor": [False]})
    for row in pace.curve(harian, silent).itertuples():
        last = harian[harian["tanggal"].le(row.tanggal)].groupby("opd").last()
        first = harian.groupby("opd").first().drop(last.index)  # offices that are yet to be heard of
        assert (row.unit, row.berhasil) == (len(last), last["berhasil"].sum())
        assert row.jumlah_asn == last["jumlah_asn"].sum() + first["jumlah_asn"].sum() + 7


def test_the_curve_of_a_silent_office_is_empty() -> None:
    read, kampanye = data(rekap=[counts("A", 10)]), campaign("A")
    assert pace.curve(pace.daily(read, kampanye), rates.position(read, kampanye)).empty


def test_is_daily_tells_a_nominatif_from_weekly_counts() -> None:
    assert pace.is_daily(daily(("A", "2020-03-15", 1), ("A", "2020-03-16", 2), ("A", "2020-03-17", 2)))
    assert not pace.is_daily(daily(("A", "2020-03-03", 1), ("A", "2020-03-10", 2), ("A", "2020-03-17", 2)))
    assert not pace.is_daily(daily(("A", "2020-03-16", 1), ("A", "2020-03-17", 2)))


def test_silent_offices_join_the_daily_table_with_their_headcount_alone() -> None:
    posisi = rates.position(data(rekap=[counts("A", 10, 4)]), campaign(["A", "B", "C"])).assign(
        jumlah_asn=[10, 7, pd.NA]
    )
    harian = pace.daily(data(rekap=[counts("A", 10, 4)]), campaign(["A", "B", "C"]))
    table = pace.with_silent(harian, posisi, SimpleNamespace(tanggal_data=DAY)).set_index("opd")
    assert table.index.tolist() == ["A", "B", "C"] and pd.isna(table.loc["C", "jumlah_asn"])
    assert table.loc["B", "jumlah_asn"] == 7 and pd.isna(table.loc["B", "berhasil"])
    assert table.loc["A", "berhasil"] == 4
