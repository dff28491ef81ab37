"""The projection: what it must never say, what must not move it, and which way each thing moves it."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import DAY, NYEPI, quick, thorough

from helpers.measures import draws, projection

pytestmark = pytest.mark.filterwarnings("error")
START, END = date(2020, 2, 15), date(2020, 3, 31)
LEVELS = (0.5, 0.8, 0.95)
BOUNDS = [f"{side}_{100 * level:g}" for level in LEVELS for side in ("bawah", "atas")]
TYPICAL = [
    *[("A", f"2020-03-{day:02}", 100, done) for day, done in ((3, 10), (10, 20), (17, 30))],
    *[("B", f"2020-03-{day:02}", 60, done) for day, done in ((3, 6), (10, 10), (17, 25))],
    ("C", "2020-03-17", 80, 20),
    ("D", "2020-03-17", 40, None),
]


def table(rows: Any = TYPICAL) -> pd.DataFrame:
    given = pd.DataFrame(rows, columns=["opd", "tanggal", "jumlah_asn", "berhasil"])
    kinds = {"tanggal": "datetime64[ns]", "jumlah_asn": "Int64", "berhasil": "Int64"}
    return given.astype(kinds)


def project(rows: Any = TYPICAL, as_of: Any = DAY, selesai: Any = END, mulai: Any = START, **more: Any) -> pd.DataFrame:
    held = rows if isinstance(rows, pd.DataFrame) else table(rows)
    return projection.project(held, mulai, selesai, as_of, **({"libur": [NYEPI]} | more))


def simulate(rows: Any = TYPICAL, as_of: Any = DAY, selesai: Any = END, **more: Any) -> draws.Simulation:
    return projection.simulate(table(rows), START, selesai, as_of, libur=[NYEPI], **more)


def of(result: pd.DataFrame, opd: str = "KOTA") -> pd.Series:
    return result[result["opd"].eq(opd)].iloc[-1]


def steady(opd: str, people: int, share: float, days: int = 32) -> list[tuple]:
    """Counts of each day up to the data date, at one hazard per working day."""
    dates = pd.date_range(pd.Timestamp(DAY) - pd.Timedelta(days=days - 1), DAY)
    working = np.is_busday(dates.to_numpy("datetime64[D]")).cumsum()
    done = np.rint(people * -np.expm1(np.log1p(-share) * working / working[-1])).astype(int)
    return [(opd, day, people, int(n)) for day, n in zip(dates, done, strict=True)]


def same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(left, right)


def holds(result: pd.DataFrame) -> None:
    """What is true of every result, whatever went in."""
    assert result["opd"].iloc[-1] == "KOTA"
    assert result["dasar"].isin(["harian", "potret tunggal", "kelompok", "tidak ada data"]).all()
    silent = result["dasar"].eq("tidak ada data")
    assert result.loc[silent, ["median", "peluang_target", *BOUNDS]].isna().all(axis=None)
    known = result[~silent]
    people, done = known["jumlah_asn"].to_numpy(float), known["berhasil"].fillna(0).to_numpy(float)
    assert not known[["jumlah_asn", "median", "mean", "peluang_target", *BOUNDS]].isna().any(axis=None)
    nested = known[["bawah_95", "bawah_80", "bawah_50", "median", "atas_50", "atas_80", "atas_95"]].to_numpy(float)
    assert (np.diff(nested, axis=1) >= -1e-12).all()
    assert (nested[:, 0] >= done / people - 1e-9).all()
    assert (nested[:, -1] <= 1 + 1e-12).all()
    assert known["mean"].le(1).all()
    assert (known["mean"].to_numpy(float) >= done / people - 1e-9).all()
    assert known["peluang_target"].between(0, 1).all()
    for name in ("median", "mean", *BOUNDS):
        assert (
            np.abs(known[name].to_numpy(float) * people - known[f"{name}_orang"].to_numpy(float)) <= 0.5 + 1e-6
        ).all()
    total = result["jumlah_asn"].iloc[:-1].sum()
    assert result["jumlah_asn"].fillna(0).iloc[-1] == total


# --- anything an office may send ---------------------------------------------------------------------------------

number = st.none() | st.integers(-3, 60) | st.integers(0, 5_000_000)
some_day = st.none() | st.dates(date(2020, 1, 20), date(2020, 4, 20))
some_row = st.fixed_dictionaries(
    {
        "opd": st.sampled_from(["A", "B", "C", "KOTA", "Dinas X", ""]),
        "tanggal": some_day,
        "jumlah_asn": st.none() | st.integers(-1, 60) | st.sampled_from([0, 1, 97_000, 5_000_000]),
        "berhasil": number,
        "tanpa_tanggal": st.none() | st.integers(-2, 80),
    }
)
some_rows = st.lists(some_row, max_size=14)


def frame(rows: list[dict], counts: str = "Int64", days: str = "datetime64[ns]") -> pd.DataFrame:
    held = pd.DataFrame(rows, columns=["opd", "tanggal", "jumlah_asn", "berhasil", "tanpa_tanggal"])
    kinds = {"jumlah_asn": "Int64", "berhasil": "Int64", "tanpa_tanggal": "Int64"}
    held = held.astype({"tanggal": "datetime64[ns]"} | kinds)
    held = held.astype(dict.fromkeys(kinds, counts))
    if days == "str":
        return held.assign(tanggal=held["tanggal"].dt.strftime("%Y-%m-%d"))
    if days == "date":
        return held.assign(tanggal=held["tanggal"].dt.date.astype(object))
    return held.assign(tanggal=held["tanggal"].dt.tz_localize("Asia/Makassar") if days == "zone" else held["tanggal"])


@thorough
@given(
    some_rows,
    st.sampled_from(["Int64", "Float64", "object"]),
    st.sampled_from(["datetime64[ns]", "str", "date", "zone"]),
    st.dates(START, date(2020, 4, 10)),
    st.sampled_from(["tegas", "lunak"]),
    st.sampled_from([0.01, 0.5, 0.8, 1.0]),
)
def test_bounds_hold_whatever_the_offices_send(
    rows: list[dict], counts: str, days: str, as_of: date, tenggat: str, target: float
) -> None:
    result = project(frame(rows, counts, days), as_of, tenggat=tenggat, target=target)
    holds(result)
    seen = {row["opd"] for row in rows if row["tanggal"] is None or row["tanggal"] <= as_of}
    assert result["opd"].tolist() == [*sorted(seen), "KOTA"]


@quick
@given(some_rows, st.randoms(use_true_random=False))
def test_order_and_index_of_the_rows_do_not_matter(rows: list[dict], chance: Any) -> None:
    mixed = chance.sample(rows, len(rows))
    other = frame(mixed).set_index(pd.Index([7] * len(mixed))).astype({"opd": "category"})
    same(project(frame(rows)), project(other))


@quick
@given(some_rows, some_rows, some_rows)
def test_nothing_after_the_data_date_is_looked_at(rows: list[dict], one: list[dict], other: list[dict]) -> None:
    def with_later(more: list[dict]) -> pd.DataFrame:
        later = [row | {"opd": row["opd"] + "?", "tanggal": DAY + timedelta(1 + i)} for i, row in enumerate(more)]
        return frame([*rows, *later, *({**row, "opd": row["opd"][:-1]} for row in later)])

    same(project(with_later(one)), project(with_later(other)))


@quick
@given(some_rows, st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_higher_target_is_never_likelier(rows: list[dict], one: float, other: float) -> None:
    low, high = (project(frame(rows), target=t)["peluang_target"].fillna(0) for t in sorted((one, other)))
    assert (high <= low).all()


@quick
@given(some_rows, st.integers(0, 20), st.integers(1, 20))
def test_more_time_never_lowers_the_median_materially(rows: list[dict], first: int, more: int) -> None:
    early, late = (project(frame(rows), selesai=DAY + timedelta(days)) for days in (first, first + more))
    noise = 0.03 + 1.5 / early["jumlah_asn"].fillna(1).to_numpy(float)
    assert (late["median"].fillna(0).to_numpy(float) >= early["median"].fillna(0).to_numpy(float) - noise).all()


# --- types and spellings of the parameters -----------------------------------------------------------------------

HOURS = table().assign(tanggal=table()["tanggal"] + pd.Timedelta(hours=23, minutes=30))


@pytest.mark.parametrize(
    "held",
    [
        table().assign(tanggal=table()["tanggal"].dt.strftime("%Y-%m-%d")),
        table().assign(tanggal=table()["tanggal"].dt.date),
        table().assign(tanggal=table()["tanggal"].astype(object)),
        table().astype({"tanggal": "datetime64[ms]"}),
        HOURS,
        HOURS.assign(tanggal=HOURS["tanggal"].dt.tz_localize("Asia/Makassar")),
        HOURS.assign(tanggal=HOURS["tanggal"].dt.strftime("%Y-%m-%d %H:%M")),
        table().astype({"jumlah_asn": "float64", "berhasil": "float64"}),
        table().astype({"jumlah_asn": object, "berhasil": object}),
        table().astype({"opd": "category"}),
        table().convert_dtypes(dtype_backend="pyarrow"),
        table().sample(frac=1, random_state=3).set_index("opd", drop=False),
        table().assign(tanpa_tanggal=pd.NA),
        table().assign(catatan="x"),
    ],
    ids=lambda held: "|".join(str(kind) for kind in held.dtypes),
)
def test_types_of_the_columns_do_not_matter(held: pd.DataFrame) -> None:
    same(project(held), project())


@pytest.mark.parametrize(
    "libur",
    [
        (NYEPI,),
        {NYEPI},
        {NYEPI: "Nyepi"},
        [pd.Timestamp(NYEPI)],
        pd.DatetimeIndex([NYEPI]),
        [NYEPI, NYEPI],
        ["2020-03-25"],
    ],
)
def test_days_off_in_any_collection(libur: Any) -> None:
    same(project(libur=libur), project())


@pytest.mark.parametrize("none", [None, (), [], set(), {}, pd.DatetimeIndex([])])
def test_no_days_off_no_events_no_groups(none: Any) -> None:
    same(project(libur=none, acara=none), project(libur=()))


def test_no_groups_in_any_way() -> None:
    for none in ({}, pd.Series(dtype=object), {"Z": "dinas"}, {"A": None, "B": np.nan}):
        same(project(kelompok=none), project())


def test_groups_as_dict_or_series_missing_ones_stand_at_the_city() -> None:
    groups = {"A": "dinas", "B": "badan", "C": None}
    as_series = pd.Series(groups)
    same(project(kelompok=groups), project(kelompok=as_series))
    same(project(kelompok=groups), project(kelompok=as_series.astype("category")))
    same(project(kelompok=groups), project(kelompok={"A": "dinas", "B": "badan"}))


def test_events_as_a_list_of_dates_or_an_index() -> None:
    days = [date(2020, 3, 18), date(2020, 3, 23)]
    same(project(acara=days), project(acara=pd.DatetimeIndex(days)))
    same(project(acara=days), project(acara=np.array(days, dtype="datetime64[D]")))


@pytest.mark.parametrize("kind", [pd.Timestamp, lambda day: datetime(day.year, day.month, day.day, 9, 30)])
def test_dates_of_the_campaign_may_be_timestamps(kind: Any) -> None:
    same(project(as_of=kind(DAY), selesai=kind(END), mulai=kind(START)), project())


def test_offices_with_numbers_for_codes() -> None:
    held = table().assign(opd=table()["opd"].map({"A": 10, "B": 9, "C": 1, "D": 2}))
    result = project(held, kelompok={10: "x", 9: "y", 1: "x"})
    assert result["opd"].tolist() == ["1", "10", "2", "9", "KOTA"]
    holds(result)


def test_an_office_named_kota_keeps_its_row_and_the_city_is_last() -> None:
    result = project(table().replace({"opd": {"A": "KOTA"}}))
    assert result["opd"].tolist() == ["B", "C", "D", "KOTA", "KOTA"]
    assert result["jumlah_asn"].tolist() == [60, 80, 40, 100, 280]


@pytest.mark.parametrize("nobody", [None, np.nan, pd.NA])
def test_rows_without_an_office_are_refused_not_dropped(nobody: Any) -> None:
    held = table().assign(opd=[nobody, *table()["opd"][1:]])
    with pytest.raises(ValueError, match="1 baris tanpa opd"):
        project(held)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"tenggat": "keras"}, "'keras' tidak dikenal; pakai tegas atau lunak"),
        ({"tenggat": None}, "tidak dikenal"),
        ({"target": 0}, "target 0 harus di atas 0"),
        ({"target": 80}, "target 80 harus"),
        ({"target": float("nan")}, "target nan harus"),
        ({"tingkat": (0.5, 1)}, "harus di antara 0 dan 1"),
        ({"tingkat": (80,)}, "harus di antara 0 dan 1"),
        ({"as_of": date(2020, 2, 14)}, "bukan mulai, tanggal data, dan tenggat"),
        ({"selesai": START}, "bukan mulai, tanggal data, dan tenggat"),
    ],
)
def test_parameters_that_make_no_sense_are_said(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        project(**wrong)


def test_missing_columns_are_named() -> None:
    with pytest.raises(ValueError, match="kolom opd, berhasil tidak ada"):
        project(table().drop(columns=["opd", "berhasil"]))


def test_dates_as_text_that_could_be_two_days_are_refused() -> None:
    with pytest.raises(ValueError, match="03/04/2020"):
        project(table().assign(tanggal="03/04/2020"))


def test_columns_and_levels() -> None:
    result = project(tingkat=(0.9, 0.995))
    measured = ["median", "mean", "bawah_90", "atas_90", "bawah_99.5", "atas_99.5"]
    people = [f"{name}_orang" for name in measured]
    columns = ["opd", "jumlah_asn", "berhasil", "tanggal", *measured, *people, "peluang_target", "dasar"]
    assert result.columns.tolist() == columns
    assert set(result[people].dtypes.astype(str)) == {"Int64"}
    assert set(result[[*measured, "peluang_target"]].dtypes.astype(str)) == {"Float64"}
    assert "bawah_50" not in project(tingkat=())


# --- edges, each with what it says ----------------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", [END, date(2020, 4, 5)])
def test_on_and_after_the_last_day_final_is_what_is_done(as_of: date) -> None:
    result = project([("A", as_of, 100, 30), ("B", END, 50, 40)], as_of)
    assert result["median_orang"].tolist() == result["bawah_95_orang"].tolist() == [30, 40, 70]
    assert result["atas_95_orang"].tolist() == [30, 40, 70]
    assert result["peluang_target"].tolist() == [0, 1, 0]


def test_after_the_last_day_an_office_with_an_older_count_may_have_moved() -> None:
    result = project([*steady("A", 100, 0.3), ("B", END, 50, 40)], date(2020, 4, 5))
    assert of(result, "A")["atas_95"] > of(result, "A")["median"] > 0.3
    assert of(result, "B")["atas_95_orang"] == 40


def test_all_done_stays_all_done() -> None:
    result = project([("A", "2020-03-10", 5, 5), ("A", DAY, 5, 5), ("B", DAY, 1, 1)])
    assert (result[["median", "mean", "bawah_95", "atas_95", "peluang_target"]] == 1).all(axis=None)


def test_nobody_done_is_a_known_zero() -> None:
    result = project([("A", "2020-03-10", 100, 0), ("A", DAY, 100, 0), ("B", DAY, 50, 0)])
    holds(result)
    assert of(result)["berhasil"] == 0
    assert of(result)["median"] < 0.1
    assert of(result)["peluang_target"] == 0


@pytest.mark.parametrize("rows", [[], [("A", DAY, 104, None), ("B", None, 50, None)], [("A", DAY, None, 3)]])
def test_without_any_count_there_is_no_figure_and_it_says_so(rows: list) -> None:
    result = project(rows)
    holds(result)
    assert result["dasar"].eq("tidak ada data").all()
    assert result["berhasil"].isna().all()
    assert result["jumlah_asn"].fillna(0).iloc[-1] == sum(row[2] or 0 for row in rows)


def test_one_office_with_one_snapshot() -> None:
    result = project([("A", DAY, 104, 31)])
    holds(result)
    assert result["dasar"].tolist() == ["potret tunggal", "potret tunggal"]
    assert result.loc[0, "median"] == result.loc[1, "median"] > 31 / 104


def test_one_snapshot_is_less_sure_than_a_pace() -> None:
    many = [(f"O{i}", DAY, 200, 60) for i in range(20)]
    seen = [row for i in range(20) for row in steady(f"O{i}", 200, 0.3)]
    wide, narrow = (of(project(rows)) for rows in (many, seen))
    assert wide["atas_80"] - wide["bawah_80"] > 1.2 * (narrow["atas_80"] - narrow["bawah_80"])
    assert (wide["dasar"], narrow["dasar"]) == ("potret tunggal", "harian")


def test_an_office_without_a_count_is_like_its_group_and_less_sure() -> None:
    seen = [row for i in range(8) for row in steady(f"O{i}", 200, 0.3)]
    result = project([*seen, ("X", DAY, 200, None)])
    silent, usual = of(result, "X"), of(result, "O1")
    assert silent["dasar"] == "kelompok"
    assert pd.isna(silent["berhasil"])
    assert pd.isna(silent["tanggal"])
    # The days up to now went at the pace they had elsewhere, not at that before a deadline.
    assert silent["median"] == pytest.approx(usual["median"], abs=0.04)
    assert silent["bawah_80"] < usual["bawah_80"]
    assert silent["atas_80"] > usual["atas_80"]


def test_an_office_without_data_changes_no_other() -> None:
    seen = [row for i in range(8) for row in steady(f"O{i}", 200, 0.3)]
    alone = project(seen).iloc[:8]
    for rows in ([("P", DAY, 90, None)], [("X", None, 900, None)], [("X", None, None, None)], [("X", DAY, 0, 0)]):
        other = project([*seen, *rows]).set_index("opd").loc[alone["opd"]]
        assert other["median"].to_numpy(float) == pytest.approx(alone["median"].to_numpy(float), abs=0.012)
        assert other["atas_95"].to_numpy(float) == pytest.approx(alone["atas_95"].to_numpy(float), abs=0.03)


def test_an_office_that_was_dissolved_has_nobody_to_project() -> None:
    result = project([*TYPICAL, ("Z", "2020-03-10", 50, 10), ("Z", DAY, 0, 0)])
    assert of(result, "Z")["dasar"] == "tidak ada data"
    assert of(result)["jumlah_asn"] == of(project())["jumlah_asn"]


def test_a_changed_headcount_is_the_newest_and_no_completion() -> None:
    result = project([("A", "2020-03-10", 100, 30), ("A", DAY, 50, 15)])
    assert of(result)["jumlah_asn"] == 50
    assert of(result)["median"] < 0.4  # the rate did not move, although the people fell


def test_a_fall_and_a_count_above_the_headcount() -> None:
    fell, above = project([("A", "2020-03-10", 104, 50), ("A", DAY, 104, 40)]), project([("A", DAY, 104, 140)])
    holds(fell)
    assert of(fell)["berhasil"] == 40
    assert of(above)["berhasil"] == of(above)["median_orang"] == 104


def test_two_counts_of_one_day_the_hour_tells_else_the_larger() -> None:
    first = [("A", "2020-03-17 08:00", 100, 40), ("A", "2020-03-17 16:00", 100, 38)]
    assert of(project(first))["berhasil"] == of(project(first[::-1]))["berhasil"] == 38
    equal = [("A", DAY, 100, 40), ("A", DAY, 100, 38)]
    assert of(project(equal))["berhasil"] == of(project(equal[::-1]))["berhasil"] == 40


def test_a_week_without_anybody_is_not_faster_than_one_with_one_person() -> None:
    still, one, some = (
        of(project([("A", "2020-03-10", 1000, 300), ("A", DAY, 1000, done)]))["median"] for done in (300, 301, 340)
    )
    assert still <= one + 0.005 < some


def test_a_still_week_of_a_handful_of_people_says_little() -> None:
    result = of(project([("A", "2020-03-03", 6, 1), ("A", "2020-03-10", 6, 1), ("A", DAY, 6, 1)]))
    assert result["atas_80_orang"] >= 2


def test_counts_before_the_start_are_done_and_show_no_pace() -> None:
    result = project([*steady("A", 500, 0.3), ("B", "2020-02-01", 200, 40)])
    assert of(result, "B")["dasar"] == "potret tunggal"
    assert of(result, "B")["berhasil"] == 40
    assert of(result, "B")["bawah_95"] < 0.5
    assert of(result, "B")["median"] < 0.75


def test_one_count_on_the_first_day_is_far_from_sure() -> None:
    result = of(project([("A", START, 100, 10)], START))
    assert result["dasar"] == "potret tunggal"
    assert result["atas_95"] - result["bawah_95"] > 0.5


def test_undated_people_are_done_but_no_pace() -> None:
    week = [("A", "2020-03-10", 100, 20), ("A", DAY, 100, 40)]
    dated, undated = (of(project(table(week).assign(tanpa_tanggal=[0, n]))) for n in (0, 20))
    assert dated["berhasil"] == undated["berhasil"] == 40
    assert undated["median"] < dated["median"]
    nobody_dated = of(project(table(week).assign(tanpa_tanggal=[0, 40])))
    assert nobody_dated["dasar"] == "potret tunggal"


@pytest.mark.parametrize("people", [1, 2, 6, 97_000, 5_000_000, 5_000_000_000])
def test_any_size_of_an_office(people: int) -> None:
    for share in (0, 0.3, 1):
        rows = [("A", "2020-03-10", people, int(people * share / 2)), ("A", DAY, people, int(people * share))]
        holds(project(rows))


# --- which way each thing moves it ------------------------------------------------------------------------------------

CITY = [row for i in range(12) for row in steady(f"O{i:02}", 150 + 20 * i, 0.2 + 0.02 * i)]


def median(rows: Any = CITY, **more: Any) -> float:
    return float(of(project(rows, **more))["median"])


def test_the_same_seed_gives_the_same_numbers_another_one_close_ones() -> None:
    one, again, other = (project(CITY, benih=seed) for seed in (0, 0, 1))
    same(one, again)
    assert not one["mean"].equals(other["mean"])
    for name, close in (("median", 0.02), ("bawah_80", 0.02), ("atas_80", 0.03)):
        assert other[name].to_numpy(float) == pytest.approx(one[name].to_numpy(float), abs=close)


def test_the_input_is_left_as_it_was() -> None:
    held = table()
    project(held)
    same(held, table())


def test_a_holiday_to_come_lowers_a_day_off_past_raises() -> None:
    ahead = [date(2020, 3, 26), date(2020, 3, 27)]
    assert median(libur=ahead) < median(libur=()) - 0.01
    assert median(libur=[date(2020, 3, 5), date(2020, 3, 6)]) > median(libur=())


def test_a_push_to_come_raises_a_push_past_lowers() -> None:
    assert median(acara=[date(2020, 3, 18)]) > median() + 0.003
    assert median(acara=[date(2020, 3, 10)]) < median() - 0.003
    assert median(acara=[date(2020, 4, 10)]) == median()
    assert median(acara=[date(2020, 3, 18)] * 2) == median(acara=[date(2020, 3, 18)])


def test_a_binding_deadline_ends_higher_than_a_date_without_consequence() -> None:
    assert median(tenggat="tegas") > median(tenggat="lunak") + 0.03


def test_weekends_count_for_what_they_showed() -> None:
    dates = pd.date_range("2020-02-17", DAY)
    busy = [("A", day, 2000, 20 * (i + 1)) for i, day in enumerate(dates)]
    working = np.is_busday(dates.to_numpy("datetime64[D]")).cumsum()
    idle = [("A", day, 2000, int(600 * n / working[-1])) for day, n in zip(dates, working, strict=True)]
    weekend, before = date(2020, 3, 22), date(2020, 3, 20)
    gains = [median(rows, selesai=weekend) - median(rows, selesai=before) for rows in (busy, idle)]
    assert gains[0] > gains[1] + 0.005


def test_a_group_draws_in_an_office_with_few_data() -> None:
    quick_ones = [row for i in range(5) for row in steady(f"Q{i}", 300, 0.6)]
    slow_ones = [row for i in range(5) for row in steady(f"S{i}", 300, 0.1)]
    rows = [*quick_ones, *slow_ones, ("X", None, 100, None), ("Y", DAY, 8, 2)]
    groups = {f"{kind}{i}": kind for kind in "QS" for i in range(5)}
    for opd in "XY":
        fast, slow = (of(project(rows, kelompok=groups | {opd: kind}), opd)["mean"] for kind in "QS")
        usual = of(project(rows, kelompok=groups), opd)["mean"]
        assert slow + 0.02 < usual < fast - 0.02
    # A big office with its own record hardly heeds it.
    big = [of(project(rows, kelompok=groups | {"Q0": kind}), "Q0")["mean"] for kind in "QS"]
    assert abs(big[0] - big[1]) < 0.02


def test_the_city_is_simulated_jointly() -> None:
    drawn = simulate(CITY)
    city = drawn.final.sum(axis=0)
    assert city.var() > 5 * drawn.final.var(axis=1).sum()
    assert of(projection.table(drawn))["mean_orang"] == round(float(city.mean()))
    # So the offices' bounds do not sum to the city's.
    offices = projection.table(drawn).iloc[:-1]
    assert offices["bawah_95_orang"].sum() < of(projection.table(drawn))["bawah_95_orang"]


def test_none_of_the_base_rate_thirty_percent_does_not_reach_eighty() -> None:
    rows = [row for i in range(52) for row in steady(f"O{i:02}", 20 + 9 * i, 0.3)]
    result = of(project(rows))
    assert result["peluang_target"] < 0.02
    assert 0.4 < result["median"] < 0.65


def test_a_path_of_counts_only_gives_the_same_as_itself_with_more_columns() -> None:
    split = table().assign(gagal=pd.NA, belum=5, kiriman="x")
    same(project(split), project())


# --- the fan --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("opd", [None, "A", "B", "C"])
@pytest.mark.parametrize("tenggat", ["tegas", "lunak"])
def test_the_fan_goes_from_today_to_the_table(opd: str | None, tenggat: str) -> None:
    drawn = simulate(tenggat=tenggat)
    fan = projection.fan(drawn, opd, LEVELS)
    row = of(projection.table(drawn, LEVELS), opd or "KOTA")
    names = ["median", *BOUNDS]
    assert fan["tanggal"].tolist() == list(pd.date_range(DAY, END))
    assert (fan[names].iloc[0] == row["berhasil"] / row["jumlah_asn"]).all()
    assert fan[names].iloc[-1].tolist() == pytest.approx(row[names].astype(float).tolist())
    assert (fan[names].diff().iloc[1:] >= -1e-12).all(axis=None)
    assert fan[names].le(1).all(axis=None)
    assert (fan["bawah_80"] <= fan["median"]).all()
    assert (fan["atas_80"] >= fan["median"]).all()


@quick
@given(some_rows)
def test_the_fan_of_anything_rises_within_its_bounds(rows: list[dict]) -> None:
    drawn = projection.simulate(frame(rows), START, END, DAY)
    for opd in (None, *drawn.state.opd):
        fan = projection.fan(drawn, opd)
        values = fan[["bawah_80", "bawah_50", "median", "atas_50", "atas_80"]].to_numpy(float)
        assert ((values >= 0) & (values <= 1)).all()
        assert (np.diff(values, axis=0) >= -1e-9).all()
        assert (np.diff(values, axis=1) >= -1e-12).all()


def test_the_fan_is_empty_without_a_day_left_or_data() -> None:
    for drawn, opd in ((simulate(as_of=END), None), (simulate([]), None), (simulate(), "tidak ada")):
        fan = projection.fan(drawn, opd)
        assert fan.empty
        assert fan.columns.tolist() == ["tanggal", "median", "bawah_50", "atas_50", "bawah_80", "atas_80"]
        assert str(fan["tanggal"].dtype).startswith("datetime64")


def test_paths_are_the_draws_behind_the_fan() -> None:
    drawn = simulate()
    days, done = projection.paths(drawn)
    assert done.shape == (len(days), drawn.final.shape[1])
    assert (done[0] == drawn.state.done.sum()).all()
    assert done[-1] == pytest.approx(drawn.final.sum(axis=0))


def test_people_done_again_gives_the_same_draws() -> None:
    drawn = simulate()
    assert (draws.people_done(drawn.state, drawn.scale, drawn.now, drawn.benih) == drawn.final).all()
    faster = draws.people_done(drawn.state, 2 * drawn.scale, drawn.now, drawn.benih)
    assert faster.mean() > drawn.final.mean()


# --- size ---------------------------------------------------------------------------------------------------------------


@pytest.mark.lambat
def test_thirty_five_thousand_offices() -> None:
    rng = np.random.default_rng(5)
    offices = 35_000
    people = rng.integers(1, 400, offices)
    days = pd.to_datetime(["2020-03-03", "2020-03-10", "2020-03-17"])
    done = np.minimum(people[:, None], rng.binomial(people[:, None], [[0.1, 0.1, 0.1]]).cumsum(axis=1))
    held = pd.DataFrame(
        {
            "opd": np.repeat([f"U{i:05}" for i in range(offices)], 3),
            "tanggal": np.tile(days, offices),
            "jumlah_asn": np.repeat(people, 3),
            "berhasil": done.ravel(),
        }
    )
    result = project(held)
    holds(result)
    assert len(result) == offices + 1
    assert of(result)["jumlah_asn"] == people.sum()


# Counts older than the data date, offices that never sent one

STALE = [row for name, share in (("A", 0.3), ("B", 0.35), ("C", 0.2)) for row in steady(name, 200, share)]


def test_an_old_count_s_days_go_at_today_s_pace_and_the_fan_begins_after_them() -> None:
    late = date(2020, 3, 30)
    drawn = simulate(STALE, as_of=late)
    told, ahead = of(projection.table(drawn)), projection.fan(drawn)
    assert ahead["tanggal"].iloc[0] == pd.Timestamp(late)
    done = told["berhasil"] / told["jumlah_asn"]
    assert ahead["median"].iloc[0] > done + 0.03  # nine working days without a count are not nothing
    assert ahead["median"].iloc[-1] == pytest.approx(told["median"])
    step = np.diff(ahead["median"].astype(float))
    assert (step < (ahead["median"].iloc[-1] - done) / 2).all()  # no leap into the one day left


def test_the_city_s_date_is_the_newest_count_s() -> None:
    assert of(project())["tanggal"] == pd.Timestamp(DAY)  # D never sent one
    assert of(project([("A", "2020-03-10", 9, 2), ("B", "2020-03-12", 9, 1), ("C", DAY, 9, None)]))[
        "tanggal"
    ] == pd.Timestamp("2020-03-12")


def test_a_city_that_has_hardly_reported_has_no_fan() -> None:
    rows = [("A", day, 100, done) for day, done in (("2020-03-10", 10), ("2020-03-17", 20))]
    assert len(projection.fan(simulate([*rows, ("B", DAY, 90, None)])))
    drawn = simulate([*rows, ("B", DAY, 101, None)])
    assert projection.fan(drawn).empty
    assert len(projection.fan(drawn, "A"))
    told = of(projection.table(drawn))
    assert pd.isna(told["median"]) and pd.isna(told["peluang_target"]) and told["dasar"] == "tidak ada data"
    assert of(projection.table(drawn), "A")["median"] > 0.2


def test_some_offices_alone_are_their_own_city() -> None:
    drawn = simulate()
    some = projection.among(drawn, ["A", "C"])
    told, whole = projection.table(some), projection.table(drawn)
    assert told["opd"].tolist() == ["A", "C", "KOTA"]
    pd.testing.assert_frame_equal(told.iloc[:2], whole[whole["opd"].isin(["A", "C"])].reset_index(drop=True))
    assert of(told)["jumlah_asn"] == whole.loc[whole["opd"].isin(["A", "C"]), "jumlah_asn"].sum()
    assert of(told)["median_orang"] == pytest.approx(np.median(some.final.sum(axis=0)), abs=1)
    assert projection.fan(some)["median"].iloc[-1] == pytest.approx(of(told)["median"])
    every = projection.table(projection.among(drawn, drawn.state.opd))
    pd.testing.assert_frame_equal(every, whole)


def test_few_offices_say_less_of_those_that_never_reported() -> None:
    silent = [(f"Z{n}", DAY, 100, None) for n in range(10)]
    many = [row for n in range(12) for row in steady(f"A{n:02}", 100, 0.2 + n / 50)]
    few = [row for row in many if row[0] < "A02"]
    spread = [float(np.log(simulate([*rows, *silent]).ramp).std()) for rows in (few, many)]
    assert spread[0] > spread[1] + 0.05


@pytest.mark.parametrize("seed", [-1, -7])
def test_a_negative_seed_is_refused_in_a_sentence(seed: int) -> None:
    with pytest.raises(ValueError, match="benih"):
        project(benih=seed)


def test_another_change_of_pace_replaces_the_shipped_one() -> None:
    state = simulate(STALE).state
    same_again = draws.draw(state, 0.8, END, DAY, "tegas", 0, draws.CHANGE["tegas"])
    slower = draws.draw(state, 0.8, END, DAY, "tegas", 0, (1.0, 1.0))
    assert (same_again.final == simulate(STALE).final).all()
    assert slower.final.sum() < same_again.final.sum()
    assert np.median(slower.now) == pytest.approx(np.median(same_again.now))  # what is behind does not change


def test_an_office_of_which_nothing_is_known_has_a_row_that_says_so() -> None:
    """Its own report asks for it; a KeyError there would cost the report."""
    rows = pd.DataFrame(
        [("A", DAY, 100, 20), ("C", DAY, None, None)], columns=["opd", "tanggal", "jumlah_asn", "berhasil"]
    )
    row = projection.row(project(rows), "C")
    assert pd.isna(row["median"]) and row["dasar"] == "tidak ada data"
    assert of(project(rows))["jumlah_asn"] == 100
