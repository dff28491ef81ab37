"""Target by day: whole people that sum to the shortfall, and the last plan against what came in."""

from datetime import date

import toy
from hypothesis import given
from hypothesis import strategies as st

from helpers.measures import daily_plan, movement, skenario

END = date(2020, 3, 31)


@toy.quick
@given(st.integers(0, 400), st.integers(0, 60))
def test_days_sum_exactly_and_differ_by_one_at_most(short: int, done: int) -> None:
    row = {"berhasil": done, "kekurangan": short, "jumlah_asn": 500}
    days = daily_plan.plan(skenario.required_path(row, toy.DAY, END, {toy.NYEPI}))
    assert days["orang"].sum() == short and len(days) == (9 if short else 0)
    if short:
        assert days["orang"].max() - days["orang"].min() <= 1
        assert days["kumulatif"].iloc[-1] == done + short and days["sisa"].iloc[-1] == 0


def test_no_working_day_left_is_no_plan() -> None:
    row = {"berhasil": 1, "kekurangan": 4, "jumlah_asn": 10}
    assert daily_plan.plan(skenario.required_path(row, date(2020, 3, 27), date(2020, 3, 29), set())).empty


def test_last_plan_against_new_completions() -> None:
    kampanye = toy.campaign("ABC", selesai=END, days_off={toy.NYEPI}, target=0.8)
    then = [toy.counts("A", 100, 52, tanggal_data=str(toy.LAST)), toy.counts("B", 10, 9, tanggal_data=str(toy.LAST))]
    before = toy.data((), then, (), toy.LAST)
    now = toy.data((), [toy.counts("A", 100, 60), toy.counts("B", 10, 9), toy.counts("C", 10, 1)])
    gerak = movement.since(before, now, kampanye)
    table = daily_plan.against(before, gerak, kampanye).set_index("opd")
    # 28 short over the 14 working days from 11 March: two a day, five of them up to 17 March.
    assert table.loc["A", ["rencana", "tercapai", "selisih"]].tolist() == [10, 8, -2]
    assert table.loc[["B", "C"], "rencana"].isna().all()  # target reached, not reported then
    assert daily_plan.against(None, gerak, kampanye).empty
