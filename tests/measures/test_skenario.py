"""What it takes: a better assumption is never worse, a path ends at its target, what is missing stays missing."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from toy import CATALOGUE, DAY, NYEPI, quick, thorough

from helpers.measures import draws, pace, projection, rates, skenario
from helpers.measures.rates import required_people

START, END = date(2020, 2, 15), date(2020, 3, 31)
FRIDAY = date(2020, 3, 27)
FIGURES = ["capaian", "bawah_80", "atas_80", "orang", "tambahan_orang", "peluang_target"]
# opd, headcount, hazard a day: a quick office, slow ones, and one that is done.
OFFICES = [("A", 200, 0.02), ("B", 100, 0.035), ("C", 60, 0.012), ("D", 300, 0.008), ("E", 80, 0.018), ("F", 40, 9)]
NOBODY = pd.DataFrame({"opd": [], "kode": [], "orang": []})


def daily(offices: Any = OFFICES, silent: str = "", days: int = 32) -> pd.DataFrame:
    """Counts of each day up to the data date; a silent office has a headcount and no count."""
    rows = [
        (opd, DAY - timedelta(days=k), people, int(people * -np.expm1(-rate * (days - 1 - k))))
        for opd, people, rate in offices
        for k in range(days - 1, -1, -1)
    ]
    rows += [(opd, DAY, 50, None) for opd in silent]
    table = pd.DataFrame(rows, columns=["opd", "tanggal", "jumlah_asn", "berhasil"])
    return table.astype({"tanggal": "datetime64[ns]", "jumlah_asn": "Int64", "berhasil": "Int64"})


def simulate(harian: pd.DataFrame | None = None, as_of: date = DAY, selesai: date = END) -> draws.Simulation:
    return projection.simulate(daily() if harian is None else harian, START, selesai, as_of, libur=[NYEPI])


def held(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["opd", "kode", "orang"])


def unknown(row: pd.Series) -> bool:
    return bool(row[FIGURES].isna().all())


@st.composite
def cities(draw: st.DrawFn) -> draws.Simulation:
    """One to five offices, any pace, perhaps a silent one."""
    size = draw(st.integers(1, 5))
    offices = [
        (name, draw(st.integers(1, 400)), draw(st.sampled_from([0, 0.001, 0.01, 0.03, 9]))) for name in "ABCDE"[:size]
    ]
    return simulate(daily(offices, draw(st.sampled_from(["", "Z"])), draw(st.sampled_from([1, 8, 32]))))


def assert_possible(row: pd.Series, people: int) -> None:
    assert 0 <= row["bawah_80"] <= row["capaian"] <= row["atas_80"] <= 1
    assert 0 <= row["orang"] <= people
    assert 0 <= row["peluang_target"] <= 1


# As things go


@pytest.mark.parametrize("opd", [None, "A", "D", "F"])
def test_as_things_go_is_the_projection_itself(opd: str | None) -> None:
    simulation = simulate()
    row, told = skenario.as_things_go(simulation, opd), projection.row(projection.table(simulation), opd or "KOTA")
    assert row["capaian"] == pytest.approx(told["median"])
    assert (row["bawah_80"], row["atas_80"]) == pytest.approx((told["bawah_80"], told["atas_80"]))
    assert (row["orang"], row["tambahan_orang"]) == (told["median_orang"], 0)
    assert row["peluang_target"] == pytest.approx(told["peluang_target"])


def test_an_office_nobody_knows_has_no_scenario() -> None:
    simulation = simulate()
    assert unknown(skenario.as_things_go(simulation, "Z"))
    assert unknown(skenario.best_quarter(simulation, {}, "Z"))
    assert unknown(skenario.obstacles_solved(simulation, NOBODY, ["K04"], "Z"))
    assert unknown(skenario.earlier_target(simulation, FRIDAY, "Z"))
    assert unknown(skenario.deadline_moved(simulation, daily(), START, END, [NYEPI], None, "Z"))


def test_without_any_count_nothing_is_said() -> None:
    nobody = daily([], "YZ")
    simulation = simulate(nobody)
    rows = [
        skenario.as_things_go(simulation),
        skenario.best_quarter(simulation, {}),
        skenario.obstacles_solved(simulation, held(("Y", "K04", 9)), ["K04"]),
        skenario.earlier_target(simulation, FRIDAY),
        skenario.deadline_moved(simulation, nobody, START, date(2020, 5, 29), [NYEPI]),
    ]
    assert [row["skenario"] for row in rows] == [
        "seperti sekarang",
        "seperempat terbaik",
        "kendala diselesaikan",
        "target antara",
        "batas waktu digeser",
    ]
    assert all(unknown(row) for row in rows)


def test_the_same_again_gives_the_same_numbers() -> None:
    def rows() -> list[pd.Series]:
        simulation = simulate()
        return [
            skenario.best_quarter(simulation, {"A": "x", "B": "x"}),
            skenario.obstacles_solved(simulation, held(("A", "K04", 9)), ["K04"]),
            skenario.earlier_target(simulation, FRIDAY),
            skenario.deadline_moved(simulation, daily(), START, date(2020, 5, 29), [NYEPI]),
        ]

    pd.testing.assert_frame_equal(pd.DataFrame(rows()), pd.DataFrame(rows()))


@pytest.mark.parametrize("days", [1, 8, 32])
def test_one_office_is_its_city(days: int) -> None:
    simulation = simulate(daily([("A", 120, 0.02)], days=days))
    for city, office in [
        (skenario.as_things_go(simulation), skenario.as_things_go(simulation, "A")),
        (skenario.best_quarter(simulation, {}), skenario.best_quarter(simulation, {}, "A")),
        (skenario.earlier_target(simulation, FRIDAY), skenario.earlier_target(simulation, FRIDAY, "A")),
    ]:
        pd.testing.assert_series_equal(city, office)
    # One office is the best quarter of itself.
    assert skenario.best_quarter(simulation, {}, "A")["tambahan_orang"] == 0


# Best quarter and obstacles: never worse


@quick
@given(cities())
def test_a_better_pace_or_a_freed_person_is_nowhere_less(simulation: draws.Simulation) -> None:
    blocked = held(("A", "K04", 3), ("A", "K01", 500), ("E", "K04", 10**6))
    for opd in (None, *simulation.state.opd):
        now = skenario.as_things_go(simulation, opd)
        if unknown(now):
            continue
        people = int(simulation.state.people[(simulation.state.opd == opd) if opd else slice(None)].sum())
        assert_possible(now, people)
        for better in (
            skenario.best_quarter(simulation, {"A": "x", "B": "x"}, opd),
            skenario.obstacles_solved(simulation, blocked, ["K04"], opd),
        ):
            assert_possible(better, people)
            assert better["tambahan_orang"] == better["orang"] - now["orang"] >= 0
            for name in ("capaian", "bawah_80", "atas_80", "peluang_target"):
                assert better[name] >= now[name]


def test_offices_that_gain_nothing_keep_their_draws() -> None:
    # Draws anew would give an untouched office a person more or less by chance.
    simulation = simulate()
    for opd in "BCDEF":
        row = skenario.obstacles_solved(simulation, held(("A", "K04", 30)), ["K04"], opd)
        assert row["tambahan_orang"] == 0
        assert row["peluang_target"] == skenario.as_things_go(simulation, opd)["peluang_target"]
    assert skenario.best_quarter(simulation, {}, "F")["tambahan_orang"] == 0


def test_the_best_quarter_lifts_the_slow_and_spares_the_quick() -> None:
    simulation = simulate(
        daily([(f"S{at}", 200, 0.005) for at in range(6)] + [(f"Q{at}", 200, 0.03) for at in range(2)])
    )
    assert skenario.best_quarter(simulation, {}, "S0")["tambahan_orang"] > 10
    assert skenario.best_quarter(simulation, {}, "Q0")["tambahan_orang"] <= 2


def test_like_offices_are_the_yardstick_from_four_on() -> None:
    slow = [(f"S{at}", 200, 0.004 + 0.0005 * at) for at in range(4)]
    quick_ones = [(f"Q{at}", 200, 0.03) for at in range(5)]
    simulation = simulate(daily(slow + quick_ones))
    kind = {opd: opd[0] for opd, _, _ in slow + quick_ones}
    among_all = skenario.best_quarter(simulation, {}, "S0")["tambahan_orang"]
    alike = skenario.best_quarter(simulation, kind, "S0")["tambahan_orang"]
    assert 0 < alike < among_all
    few = {opd: "S" if opd in ("S0", "S1", "S2") else "Q" for opd in kind}  # three alike: all offices instead
    assert skenario.best_quarter(simulation, few, "S0")["tambahan_orang"] == among_all
    as_series = skenario.best_quarter(simulation, pd.Series(kind), "S0")["tambahan_orang"]
    assert as_series == alike


def test_a_silent_office_takes_part_in_the_best_quarter_but_sets_none() -> None:
    simulation = simulate(daily(silent="YZ"))
    assert skenario.best_quarter(simulation, {}, "Z")["tambahan_orang"] > 0
    without = skenario.best_quarter(simulate(), {}, "A")["tambahan_orang"]
    assert abs(skenario.best_quarter(simulation, {}, "A")["tambahan_orang"] - without) <= 2


def test_only_the_kendala_asked_for_are_solved() -> None:
    simulation = simulate()
    blocked = held(("A", "K04", 20), ("A", "K01", 60), ("C", "K04", 5), ("nobody", "K04", 999))
    gain = {
        tuple(kode): skenario.obstacles_solved(simulation, blocked, kode)["tambahan_orang"]
        for kode in ([], ["K04"], ["K01"], ["K04", "K01"])
    }
    assert gain[()] == 0
    # Some of the blocked would have been done anyway, so the gain is less than the blocked.
    one, other, both = gain[("K04",)], gain[("K01",)], gain[("K04", "K01")]
    assert 0 < one < 25 and one < other < 60 and other < both < 85


def test_nobody_above_the_headcount_however_many_are_said_to_be_blocked() -> None:
    row = skenario.obstacles_solved(simulate(), held(("C", "K04", 10**6)), ["K04"], "C")
    assert (row["orang"], row["capaian"], row["peluang_target"]) == (60, 1, 1)


def test_solved_on_the_last_day_is_done_plus_blocked() -> None:
    simulation = simulate(as_of=DAY, selesai=DAY)
    done = simulation.state.done.sum()
    row = skenario.obstacles_solved(simulation, held(("A", "K04", 7), ("D", "K04", 4)), ["K04"])
    assert (row["orang"], row["tambahan_orang"]) == (done + 11, 11)


# Deadline moved


def test_a_deadline_moved_to_its_own_day_stays_within_binding_and_soft() -> None:
    simulation, harian = simulate(), daily()
    soft = projection.simulate(harian, START, END, DAY, libur=[NYEPI], tenggat=draws.SOFT)
    row = skenario.deadline_moved(simulation, harian, START, END, [NYEPI])
    low, high = (skenario.as_things_go(part)["orang"] for part in (soft, simulation))
    assert low < row["orang"] < high
    assert row["orang"] == pytest.approx(high, rel=0.15)


def test_more_days_bring_more_people_and_a_wider_interval() -> None:
    simulation, harian = simulate(), daily()
    rows = [
        skenario.deadline_moved(simulation, harian, START, day, [NYEPI])
        for day in (date(2020, 4, 15), date(2020, 4, 30), date(2020, 5, 29))
    ]
    assert rows[0]["orang"] < rows[1]["orang"] < rows[2]["orang"]
    assert rows[2]["tambahan_orang"] > 0
    now = skenario.as_things_go(simulation)
    assert rows[2]["atas_80"] - rows[2]["bawah_80"] > now["atas_80"] - now["bawah_80"]


def test_other_offices_than_the_projection_had_stop_a_moved_deadline() -> None:
    # Without the silent offices the draws would hold fewer people than the headcount they are divided by.
    simulation = simulate(daily(silent="Z"))
    with pytest.raises(ValueError, match="juga yang belum lapor"):
        skenario.deadline_moved(simulation, daily(), START, date(2020, 5, 29))
    assert not unknown(skenario.deadline_moved(simulation, daily(silent="Z"), START, date(2020, 5, 29)))


# An earlier target


@quick
@given(cities(), st.integers(1, 14))
def test_an_earlier_target_brings_forward_and_adds_nobody(simulation: draws.Simulation, ahead: int) -> None:
    row = skenario.earlier_target(simulation, DAY + timedelta(days=ahead))
    now = skenario.as_things_go(simulation)
    if unknown(now):
        assert unknown(row)
        return
    assert_possible(row, int(simulation.state.people.sum()))
    for name in ("capaian", "bawah_80", "atas_80", "orang", "peluang_target"):
        assert row[name] <= now[name]
    assert 0 <= row["tambahan_orang"] <= round(0.05 * simulation.state.people.sum()) + 1


@pytest.mark.parametrize(
    "day", [DAY - timedelta(days=1), DAY, END + timedelta(days=1), START, date(2021, 1, 1)], ids=str
)
def test_a_day_outside_is_no_earlier_target(day: date) -> None:
    assert unknown(skenario.earlier_target(simulate(), day))


def test_an_earlier_target_on_the_deadline_itself_is_the_projection() -> None:
    simulation = simulate()
    row, now = skenario.earlier_target(simulation, END), skenario.as_things_go(simulation)
    assert (row["orang"], row["tambahan_orang"]) == (now["orang"], 0)


# The rows of a report


def for_campaign(simulation: draws.Simulation, terhalang: pd.DataFrame = NOBODY, **more: Any) -> pd.DataFrame:
    kampanye = SimpleNamespace(obstacles=CATALOGUE, days_off={NYEPI})
    posisi = pd.DataFrame({"opd": simulation.state.opd, "jenis": "dinas"})
    return skenario.for_campaign(simulation, posisi, terhalang, kampanye, **more)


def test_a_report_shows_four_rows_and_only_the_kendala_of_bps() -> None:
    rows = for_campaign(simulate(), held(("A", "K04", 20), ("A", "K01", 60)))
    assert rows["skenario"].tolist() == [
        "seperti sekarang",
        "seperempat terbaik",
        "kendala diselesaikan",
        "target antara",
    ]
    assert rows["tanggal"].tolist() == [pd.Timestamp(END)] * 3 + [pd.Timestamp(FRIDAY)]
    assert 0 < rows["tambahan_orang"].iloc[2] <= 20
    office = for_campaign(simulate(), held(("A", "K04", 20)), opd="B")
    assert office["tambahan_orang"].iloc[2] == 0


def test_an_earlier_target_needs_a_friday_with_days_before_it() -> None:
    # 25 March is off: from Monday the 23rd only Tuesday, Thursday and Friday are left; from Tuesday two.
    for day, rows in ((date(2020, 3, 23), 4), (date(2020, 3, 24), 3), (END, 3)):
        simulation = projection.simulate(daily(), START, END, day, libur=[NYEPI])
        assert len(for_campaign(simulation)) == rows, day


def test_with_one_snapshot_and_unknown_kendala_the_rows_still_stand() -> None:
    rows = for_campaign(simulate(daily(days=1)))
    assert rows["capaian"].notna().all()
    assert rows["tambahan_orang"].iloc[2] == 0


def test_without_data_the_rows_are_there_and_unknown() -> None:
    assert for_campaign(simulate(daily([], "Z")))[FIGURES].isna().all(axis=None)


# Required path


def measured(people: int, done: int | None, target: float = 0.8) -> pd.Series:
    table = pd.DataFrame({"opd": ["A"], "jumlah_asn": [people], "berhasil": [done], "bukti": [None]})
    table = table.astype(dict.fromkeys(["jumlah_asn", "berhasil", "bukti"], "Int64"))
    return rates.with_rates(table, target).iloc[0]


@thorough
@given(
    st.integers(1, 6000),
    st.floats(0, 1),
    st.sampled_from([0.5, 0.7, 0.8, 1.0]),
    st.integers(1, 45),
    st.sets(st.integers(0, 45), max_size=20),
)
def test_a_path_rises_on_working_days_only_and_ends_at_the_target(
    people: int, share: float, target: float, days: int, off: set[int]
) -> None:
    row = measured(people, int(share * people), target)
    end, libur = DAY + timedelta(days=days), [DAY + timedelta(days=k) for k in off]
    path = skenario.required_path(row, DAY, end, libur)
    assume(row["kekurangan"])
    assert path["tanggal"].tolist() == list(pd.date_range(DAY, end))
    orang = path["orang"].tolist()
    assert orang[0] == row["berhasil"]
    assert orang[-1] == row["target_orang"] == required_people(people, target)
    assert orang == sorted(orang)
    assert path["capaian"].tolist() == pytest.approx([n / people for n in orang])
    working = pace.workdays(DAY, end, libur)
    assert path["hari_kerja"].sum() == working
    assert not path["hari_kerja"].iloc[0]
    if working:
        resting = ~path["hari_kerja"].to_numpy(bool)
        assert (np.diff(orang, prepend=orang[0])[resting] == 0).all()
    steps = np.diff(orang)
    need = row["kekurangan"] / (working or days)
    assert steps.max() <= np.ceil(need) + 1e-9


def test_a_path_without_working_days_goes_on_calendar_days() -> None:
    path = skenario.required_path(measured(10, 4), date(2020, 3, 27), date(2020, 3, 29), [])
    assert path["orang"].tolist() == [4, 6, 8]
    assert not path["hari_kerja"].any()


@pytest.mark.parametrize(
    ("row", "as_of"),
    [
        (measured(100, 80), DAY),  # reached
        (measured(100, None), DAY),  # not reported
        (measured(0, 0), DAY),  # nobody counted
        (measured(100, 10), END),  # no day left
        (measured(100, 10), END + timedelta(days=3)),
    ],
)
def test_no_path_without_gap_count_or_day(row: pd.Series, as_of: date) -> None:
    path = skenario.required_path(row, as_of, END, [NYEPI])
    assert path.empty
    assert list(path) == ["tanggal", "hari_kerja", "orang", "capaian"]


def test_the_path_of_the_city_needs_no_split_of_gagal() -> None:
    kota = pd.Series({"jumlah_asn": 5402, "berhasil": 1621, "gagal": pd.NA, "kekurangan": 2701})
    path = skenario.required_path(kota, DAY, END, [NYEPI])
    assert path["orang"].iloc[[0, 1, -1]].tolist() == [1621, 1922, 4322]  # 300,1 a working day, rounded up


def test_a_step_taken_today_changes_no_day_that_has_passed() -> None:
    """Old counts and offices that never reported: what a better pace adds shrinks with the days left, to nothing."""
    offices = [("A", 300, 0.02), ("B", 200, 0.004), ("C", 250, 0.003), ("D", 150, 0.002), ("E", 100, 0.001)]
    harian = daily(offices, "Z")
    group = dict.fromkeys("ABCDEZ", "dinas")
    gains = [
        skenario.best_quarter(simulate(harian, as_of=day), group)["tambahan_orang"]
        for day in (date(2020, 3, 17), date(2020, 3, 26), date(2020, 3, 31))
    ]
    assert gains[0] > gains[1] > gains[2] == 0


def test_a_deadline_moved_into_the_past_is_refused() -> None:
    with pytest.raises(ValueError, match="sesudah tanggal data"):
        skenario.deadline_moved(simulate(), daily(), START, date(2020, 3, 10))
