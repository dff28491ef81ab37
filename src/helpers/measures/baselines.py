"""What the projection is compared with: simple forecasts of each office's rate at the deadline, points without intervals.

None of them may use more than the projection does, but for `kurva sebelumnya`, which is given the curve of the
campaign before. How well they do is left to scoring.py.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from helpers.measures.hazard import cumulative

WINDOW = 7
PRIOR = 10.0  # people's worth of the city's hazard that the shrunken constant hazard adds
LAST, PACE, CONSTANT = "nilai terakhir", "laju 7 hari", "hazard tetap"
PREVIOUS, MEAN = "kurva sebelumnya", "rata-rata laju dan kurva"
LOGISTIC, GOMPERTZ, EXPONENTIAL = "logistik", "Gompertz", "eksponensial termodifikasi"

Floats = np.ndarray


def predict(
    daily: pd.DataFrame, mulai: date, selesai: date, as_of: date, days_off: float = 0.0, sebelumnya: Any = None
) -> pd.DataFrame:
    """Final share of each office (index opd, sorted) by each method (columns), from counts up to `as_of`.

    `daily`: opd, tanggal, jumlah_asn, berhasil (people, cumulative), rows without a count left out. `days_off`: what a
    weekend day counts for beside another day. `sebelumnya`: a finished campaign (tingkat by date, selesai), for the two
    methods that need one. Offices without a count up to `as_of` are not in the result.
    """
    share, days, people = _matrix(daily, as_of)
    weight = weighted_days(mulai, selesai, days_off)
    last = np.array([row[~np.isnan(row)][-1] for row in share])
    result = pd.DataFrame({LAST: last, PACE: _pace(share, days, last, weight)}, index=people.index)
    elapsed = (days.to_numpy("datetime64[D]") - np.datetime64(mulai)).astype(int) + 1.0
    horizon = (selesai - mulai).days + 1.0
    for name in (LOGISTIC, GOMPERTZ, EXPONENTIAL):
        result[name] = _curve(name, share, elapsed, horizon, last)
    result[CONSTANT] = _constant(last, people.to_numpy(float), weight, as_of)
    if sebelumnya is not None:
        result[PREVIOUS] = shift(last, sebelumnya, (selesai - as_of).days)
        result[MEAN] = (result[PACE] + result[PREVIOUS]) / 2
    return result


def shift(share: Any, sebelumnya: Any, days_left: int) -> Any:
    """Final shares if each office's log odds rise as those of the previous campaign did from as many days before its end.

    An office without anybody done, or with everybody, is taken half a permille from there.
    """
    curve = sebelumnya.tingkat
    then = curve.asof(pd.Timestamp(sebelumnya.selesai) - pd.Timedelta(days=days_left))
    return _expit(_logit(share) + _logit(float(curve.iloc[-1])) - _logit(float(then)))


def _matrix(daily: pd.DataFrame, as_of: date) -> tuple[Floats, pd.DatetimeIndex, pd.Series]:
    """Shares by office and counted day (NaN: no count), those days, the newest headcounts."""
    seen = daily[pd.to_datetime(daily["tanggal"]).le(pd.Timestamp(as_of))].dropna(subset=["berhasil", "jumlah_asn"])
    seen = seen.assign(share=seen["berhasil"].astype(float) / seen["jumlah_asn"].astype(float))
    wide = seen.pivot(index="opd", columns="tanggal", values="share").sort_index()
    newest = seen.sort_values("tanggal").drop_duplicates("opd", keep="last").set_index("opd")["jumlah_asn"]
    return wide.to_numpy(), pd.DatetimeIndex(wide.columns), newest.reindex(wide.index)


def weighted_days(mulai: date, selesai: date, days_off: float) -> pd.Series:
    """Weighted days from the start to the end of each day; a weekend day counts `days_off`."""
    days = pd.date_range(mulai, selesai)
    return pd.Series(np.where(days.day_of_week < 5, 1.0, days_off).cumsum(), days)


def _pace(share: Floats, days: pd.DatetimeIndex, last: Floats, weight: pd.Series) -> Floats:
    """On as in the last seven days, in a straight line; never above everyone, never down."""
    at = np.array([np.flatnonzero(~np.isnan(row))[-1] for row in share])
    passed = weight.reindex(days).to_numpy()
    start = np.empty_like(at)
    for i, (row, end) in enumerate(zip(share, at, strict=True)):
        old = ~np.isnan(row) & (days <= days[end] - pd.Timedelta(days=WINDOW))
        start[i] = np.flatnonzero(old)[-1] if old.any() else np.flatnonzero(~np.isnan(row))[0]
    span = np.maximum(passed[at] - passed[start], 0.5)
    pace = np.maximum(last - share[np.arange(len(at)), start], 0) / span
    return np.minimum(last + pace * (weight.iloc[-1] - passed[at]), 1)


def _curve(name: str, share: Floats, elapsed: Floats, horizon: float, last: Floats) -> Floats:
    """Least squares of K g(t) to each office's shares, read off at the deadline.

    The best K of each shape follows in closed form and is held between where the office stands and everyone; the shape
    is searched on a grid, so that every office of thousands gets an answer and always the same one.
    """
    spread = np.geomspace(1.5, 90, 45)
    middle: np.ndarray = np.array([0.0]) if name == EXPONENTIAL else np.linspace(-25, 75, 51)
    s = np.tile(spread, len(middle))
    c: np.ndarray = np.repeat(middle, len(spread))
    at: np.ndarray = np.append(elapsed, horizon)[:, None]
    with np.errstate(over="ignore"):
        if name == LOGISTIC:
            shape = 1 / (1 + np.exp(-(at - c) / s))
        elif name == GOMPERTZ:
            shape = np.exp(-np.exp(-(at - c) / s))
        else:
            shape = -np.expm1(-at / s)
    seen = ~np.isnan(share)
    value = np.where(seen, share, 0)
    cross, square = value @ shape[:-1], seen @ shape[:-1] ** 2
    level = np.clip(cross / np.maximum(square, 1e-12), last[:, None], 1)
    best = (level**2 * square - 2 * level * cross).argmin(axis=1)
    office: np.ndarray = np.arange(len(share))
    return np.maximum(level[office, best] * shape[-1, best], last)


def _constant(last: Floats, people: Floats, weight: pd.Series, as_of: date) -> Floats:
    """The hazard since the start goes on: each office's own, with PRIOR people's worth of the city's added."""
    passed = float(weight[pd.Timestamp(as_of)])
    done = last * people
    total = cumulative(done, people)
    city = float(cumulative(done.sum(), people.sum())) / passed
    at_risk = np.where(done > 0, done / np.maximum(total, 1e-9), people) * passed
    hazard = (done + PRIOR) / (at_risk + PRIOR / max(city, 1e-9))
    return 1 - (1 - last) * np.exp(-hazard * (float(weight.iloc[-1]) - passed))


def _logit(share: Any) -> Any:
    share = np.clip(share, 0.0005, 0.9995)
    return np.log(share / (1 - share))


def _expit(value: Any) -> Any:
    return 1 / (1 + np.exp(-value))
