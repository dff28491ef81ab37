"""What the projection is compared with, against figures that can be worked out by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from helpers.measures import baselines
from helpers.store import reference

START, NOW, END = date(2021, 3, 1), date(2021, 3, 15), date(2021, 3, 26)  # a Monday, a Monday, a Friday
DAYS = pd.date_range(START, NOW)


def counts(**shares):
    """An office of 1000 people a keyword: its share on every day."""
    parts = [
        pd.DataFrame({"opd": name, "tanggal": DAYS, "jumlah_asn": 1000, "berhasil": np.rint(1000 * np.asarray(share))})
        for name, share in shares.items()
    ]
    return pd.concat(parts, ignore_index=True).astype({"jumlah_asn": "Int64", "berhasil": "Int64"})


def test_last_value_and_pace_in_working_days():
    """A gains 1 point each working day: 11 by 15 March, 9 working days left. B stands still, C is nearly done."""
    working = (DAYS.day_of_week < 5).cumsum()
    found = baselines.predict(counts(A=working / 100, B=[0.2] * 15, C=np.minimum(working / 11, 1)), START, END, NOW)
    assert found[baselines.LAST].tolist() == [0.11, 0.2, 1.0]
    assert found[baselines.PACE].tolist() == pytest.approx([0.20, 0.2, 1.0])
    every_day = baselines.predict(counts(A=working / 100), START, END, NOW, days_off=1.0)
    assert every_day[baselines.PACE].iloc[0] == pytest.approx(0.11 + 0.05 / 7 * 11)


@pytest.mark.parametrize("name", [baselines.LOGISTIC, baselines.GOMPERTZ, baselines.EXPONENTIAL])
def test_a_curve_finds_itself(name):
    t = np.arange(1, 16)
    curve = {
        baselines.LOGISTIC: lambda t: 0.6 / (1 + np.exp(-(t - 9) / 2.2)),
        baselines.GOMPERTZ: lambda t: 0.6 * np.exp(-np.exp(-(t - 7) / 4)),
        baselines.EXPONENTIAL: lambda t: 0.6 * (1 - np.exp(-t / 8)),
    }[name]
    found = baselines.predict(counts(A=curve(t)), START, END, NOW)
    assert found[name].iloc[0] == pytest.approx(curve(26), abs=0.015)


def test_curves_never_fall_nor_pass_everyone():
    found = baselines.predict(counts(A=np.linspace(0.1, 0.9, 15), B=np.linspace(0.3, 0.2, 15)), START, END, NOW)
    assert (found.to_numpy() <= 1).all()
    assert (found.loc["A"] >= 0.9).all() and (found.loc["B"] >= 0.2).all()


def test_constant_hazard_of_a_constant_hazard():
    working = (DAYS.day_of_week < 5).cumsum()
    share = 1 - np.exp(-0.04 * working)
    found = baselines.predict(counts(A=share, B=share), START, END, NOW)
    assert found[baselines.CONSTANT].tolist() == pytest.approx([1 - np.exp(-0.04 * 20)] * 2, abs=0.003)


def test_shift_of_the_log_odds():
    """The campaign before went from 40% (eleven days left) to 60%: odds x 2.25, so 1/2 becomes 9/13."""
    days = pd.date_range("2020-03-01", "2020-03-31")
    curve = pd.Series(np.where(days < "2020-03-25", 0.4, 0.6), days)
    before = reference.Total("x", curve, days[0].date(), days[-1].date(), "tegas", 0.0)
    assert baselines.shift(0.5, before, 11) == pytest.approx(9 / 13)
    found = baselines.predict(counts(A=[0.5] * 15), START, END, NOW, sebelumnya=before)
    assert found[baselines.PREVIOUS].iloc[0] == pytest.approx(9 / 13)
    assert found[baselines.MEAN].iloc[0] == pytest.approx((0.5 + 9 / 13) / 2)
    assert 0 < baselines.shift(0.0, before, 11) < 0.01 and baselines.shift(1.0, before, 11) < 1


def test_later_counts_and_missing_ones_are_not_looked_at():
    table = counts(A=np.linspace(0.1, 0.4, 15), B=np.linspace(0.1, 0.4, 15))
    late = table[table["opd"].eq("B")].assign(opd="C", tanggal=pd.Timestamp("2021-03-20"))
    gone = table["tanggal"].eq(pd.Timestamp("2021-03-05")) & table["opd"].eq("B")
    found = baselines.predict(pd.concat([table[~gone], late]), START, END, NOW)
    assert found.index.tolist() == ["A", "B"]
    assert found.notna().all().all()


def test_the_table_of_the_handed_project_for_those_that_need_no_other_campaign():
    """Within a point and a half of the published errors on all 101 offices (last value, week's pace, logistic)."""
    uk = reference.csps2021()
    days = [date(2021, 10, 10), date(2021, 10, 14), date(2021, 10, 21)]
    wanted = {
        baselines.LAST: (41.9, 34.1, 24.3),
        baselines.PACE: (11.1, 10.4, 8.5),
        baselines.LOGISTIC: (34.2, 20.8, 15.0),
    }
    for i, day in enumerate(days):
        made = baselines.predict(uk.harian, uk.mulai, uk.selesai, day)
        for name, figures in wanted.items():
            mae = 100 * (made[name] - uk.akhir["tingkat"]).abs().mean()
            assert mae == pytest.approx(figures[i], abs=1.5), (name, day)
