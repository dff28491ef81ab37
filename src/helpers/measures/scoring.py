"""How well forecasts of finished campaigns were: MAE, CRPS, weighted interval score, coverage, calibration.

Forecasts are made as if on the day (`rolling`), never from what came later; what the constants of projection.py rest on
is worked out again here (`change`). The campaigns come from store.reference, sentences and charts from report.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from helpers.measures import baselines
from helpers.measures.draws import Simulation, draw
from helpers.measures.hazard import estimate
from helpers.measures.projection import CITY, table

LEVELS = (0.5, 0.8, 0.95)
DAYS_LEFT = range(7, 25)  # origins that the constants are means over
OURS = "proyeksi"
OFFICES = "kantor"


def score(predicted: pd.DataFrame, observed: pd.Series, draws: np.ndarray | None = None) -> pd.DataFrame:
    """Each forecast beside what came: `predicted` with akhir, galat, crps, wis, pit and dalam_L per level L in percent.

    `predicted`: opd, median, and bawah_L and atas_L for LEVELS (shares). `observed`: final share by opd; forecasts
    without one are left out. `draws` (rows of `predicted` x draws, shares): the CRPS is that of their empirical
    distribution, else of the median as a point, where CRPS and WIS are both the absolute error; there pit and dalam_L
    are NaN. pit: share of draws below what came, half of those equal to it. Errors are shares; positive galat: too high.
    Sources: Gneiting and Raftery 2007 (CRPS, interval score), Bracher et al. 2021 (WIS: weights alpha / 2, median 1/2).
    """
    import scoringrules

    known = predicted["opd"].map(observed).notna().to_numpy()
    rows = predicted[known].reset_index(drop=True)
    truth = rows["opd"].map(observed).to_numpy(float)
    median = rows["median"].to_numpy(float)
    scored = rows.assign(akhir=truth, galat=median - truth)
    if draws is None:
        point = np.abs(median - truth)
        return scored.assign(crps=point, wis=point, pit=np.nan, **{_inside(level): np.nan for level in LEVELS})
    sample = np.asarray(draws, dtype=float)[known]
    low, high = (rows[[f"{side}_{100 * level:g}" for level in LEVELS]].to_numpy(float) for side in ("bawah", "atas"))
    alpha = 1 - np.array(LEVELS)
    # Not scoringrules.weighted_interval_score: that of 0.10 adds the median itself where its distance to the truth belongs.
    parts = scoringrules.interval_score(truth, low, high, alpha) @ (alpha / 2)
    wis = (np.abs(median - truth) / 2 + parts) / (len(LEVELS) + 0.5)
    pit = (sample < truth[:, None]).mean(axis=1) + (sample == truth[:, None]).mean(axis=1) / 2
    inside = {_inside(level): (low[:, i] <= truth) & (truth <= high[:, i]) for i, level in enumerate(LEVELS)}
    return scored.assign(crps=scoringrules.crps_ensemble(truth, sample), wis=wis, pit=pit, **inside)


def scores(rows: pd.DataFrame, by: Sequence[str] = ("metode", "asal")) -> pd.DataFrame:
    """Means over rows of `score`, offices (`tingkat_baris` kantor) and KOTA apart, in the order they come.

    n; mae, bias, crps, wis and lebar_L (width of the interval) in percentage points; cakupan_L as shares. Every office
    counts alike, whatever its size. NaN where a method has no interval.
    """
    wide = {f"lebar_{100 * level:g}": _width(rows, level) for level in LEVELS}
    inside = {f"cakupan_{100 * level:g}": rows[_inside(level)].astype(float) for level in LEVELS}
    points = {"mae": rows["galat"].abs(), "bias": rows["galat"], "crps": rows["crps"], "wis": rows["wis"]}
    whose = np.where(rows["opd"].eq(CITY), CITY, OFFICES)
    columns = {name: 100 * column for name, column in (points | wide).items()} | inside
    frame = rows[list(by)].assign(tingkat_baris=whose, n=1, **columns)
    grouped = frame.groupby([*by, "tingkat_baris"], sort=False)
    return grouped[list(columns)].mean().assign(n=grouped["n"].sum()).reset_index()


def rolling(
    acuan: Any,
    asal: Iterable[date],
    perubahan: tuple[float, float] | None = None,
    sebelumnya: Any = None,
    pembanding: bool = True,
    benih: int = 0,
) -> pd.DataFrame:
    """Rows of `score` for a finished campaign, forecast anew on each date of `asal` from the counts up to then.

    Columns before those of `score`: acuan, asal, metode. `acuan`: a store.reference.Campaign. `perubahan`: change of pace
    (beside the last week, beside the average) in place of draws.CHANGE. `sebelumnya`: a finished campaign for the
    methods that need one. `pembanding` False: the projection alone. Observed is the final rate as published; the city's
    is the sum of people over the sum of headcounts on the last day, of the offices that were forecast.
    """
    found = []
    for day in asal:
        held = acuan.harian[acuan.harian["tanggal"].le(pd.Timestamp(day))]
        held = held[held["opd"].isin(acuan.akhir.index)]
        made = simulate(acuan, held, day, perubahan, benih)
        forecast = table(made, LEVELS)
        observed = final(acuan, forecast["opd"])
        draws = np.vstack([made.final, made.final.sum(axis=0, dtype=np.int64)[None]])
        shares = draws / forecast["jumlah_asn"].to_numpy(float)[:, None]
        kini = (forecast["berhasil"] / forecast["jumlah_asn"]).astype(float)
        kept = ["opd", "jumlah_asn", "kini", "median", *(c for level in LEVELS for c in _bounds(level))]
        forecast = forecast.assign(kini=kini)[kept]
        found.append(score(forecast, observed, shares).assign(acuan=acuan.nama, asal=day, metode=OURS))
        if pembanding:
            found += _compared(acuan, held, day, forecast, observed, sebelumnya)
    rows = pd.concat(found, ignore_index=True)
    return rows[["acuan", "asal", "metode", *(c for c in rows if c not in ("acuan", "asal", "metode"))]]


def simulate(
    acuan: Any, held: pd.DataFrame, day: date, perubahan: tuple[float, float] | None = None, benih: int = 0
) -> Simulation:
    """projection.simulate on a finished campaign, with another change of pace if one is given."""
    state = estimate(held, acuan.mulai, acuan.selesai, day)
    return draw(state, 0.8, acuan.selesai, day, acuan.tenggat, benih, perubahan)


def final(acuan: Any, opd: pd.Series) -> pd.Series:
    """Final share by opd, and of KOTA over these offices."""
    own = acuan.akhir.loc[acuan.akhir.index.isin(opd)]
    city = float(own["berhasil"].sum()) / float(own["jumlah_asn"].sum())
    return pd.concat([own["tingkat"].astype(float), pd.Series({CITY: city})])


def _compared(
    acuan: Any, held: pd.DataFrame, day: date, forecast: pd.DataFrame, observed: pd.Series, sebelumnya: Any
) -> list[pd.DataFrame]:
    """Rows of each baseline, KOTA as the sum of its offices."""
    points = baselines.predict(held, acuan.mulai, acuan.selesai, day, acuan.days_off, sebelumnya)
    people = forecast.set_index("opd")["jumlah_asn"].astype(float).reindex(points.index)
    points.loc[CITY] = points.mul(people, axis=0).sum() / people.sum()
    bounds = [c for level in LEVELS for c in _bounds(level)]
    found = []
    for name in points:
        own = forecast.assign(median=forecast["opd"].map(points[name]), **dict.fromkeys(bounds, np.nan))
        found.append(score(own[own["median"].notna()], observed).assign(acuan=acuan.nama, asal=day, metode=name))
    return found


def change(total: Any, days_left: Iterable[int] = DAYS_LEFT) -> pd.DataFrame:
    """Future hazard of a whole campaign beside that of the last week and beside its average since the start, by origin.

    `total`: a store.reference.Total. Columns: hari_tersisa, asal, pekan, rata_rata (ratios, per weighted day; a weekend
    day weighs `days_off`). What was counted on the very first day is no pace, as in hazard.estimate.
    """
    passed = baselines.weighted_days(total.mulai, total.selesai, total.days_off)
    hazard = -np.log1p(-total.tingkat)
    first = pd.Timestamp(total.mulai)
    before, begun = (hazard[first], passed[first]) if first in hazard.index else (0.0, 0.0)
    found = []
    for left in days_left:
        day = pd.Timestamp(total.selesai) - pd.Timedelta(days=left)
        week = day - pd.Timedelta(days=7)
        ahead = (hazard.iloc[-1] - hazard[day]) / (passed.iloc[-1] - passed[day])
        recent = (hazard[day] - hazard[week]) / (passed[day] - passed[week])
        found.append((left, day.date(), ahead / recent, ahead / ((hazard[day] - before) / (passed[day] - begun))))
    return pd.DataFrame(found, columns=["hari_tersisa", "asal", "pekan", "rata_rata"])


def mean_change(total: Any, days_left: Iterable[int] = DAYS_LEFT) -> tuple[float, float]:
    """Geometric means of `change`: beside the last week, beside the average."""
    ratios = np.exp(np.log(change(total, days_left)[["pekan", "rata_rata"]]).mean())
    return float(ratios["pekan"]), float(ratios["rata_rata"])


def typical_change(acuan: Any, days_off: float = 0.05, days_left: Iterable[int] = DAYS_LEFT) -> tuple[float, float]:
    """What `mean_change` gives, for the median office instead of the total: origins with counts on that day and a week
    or more before it. A total is that of its largest offices."""
    harian = acuan.harian.assign(hazard=-np.log1p(-acuan.harian["berhasil"] / acuan.harian["jumlah_asn"]).astype(float))
    hazard = harian.pivot_table(index="opd", columns="tanggal", values="hazard", aggfunc="last")
    passed = baselines.weighted_days(acuan.mulai, acuan.selesai, days_off)
    end = -np.log1p(-acuan.akhir["tingkat"].reindex(hazard.index).astype(float))
    found = []
    for left in days_left:
        day = pd.Timestamp(acuan.selesai) - pd.Timedelta(days=left)
        before = hazard.columns[hazard.columns <= day - pd.Timedelta(days=7)]
        if day not in hazard or not len(before):
            continue
        ahead = (end - hazard[day]) / (passed.iloc[-1] - passed[day])
        week = (hazard[day] - hazard[before[-1]]) / (passed[day] - passed[before[-1]])
        found.append(((ahead / week).median(), (ahead / (hazard[day] / passed[day])).median()))
    pekan, rata_rata = np.exp(np.log(found).mean(axis=0))
    return float(pekan), float(rata_rata)


def mean_changes(totals: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """`mean_change` of each whole campaign, by its name."""
    return {name: mean_change(total) for name, total in totals.items()}


def pit(rows: pd.DataFrame) -> pd.Series:
    """Where each office's outcome fell in its forecast, 0 to 1 (KOTA and points left out); even if calibrated."""
    return rows.loc[rows["opd"].ne(CITY), "pit"].dropna()


def calibration(rows: pd.DataFrame, levels: Iterable[float] | None = None) -> pd.DataFrame:
    """Share of offices inside the central interval of each nominal level: tingkat, cakupan, n (from pit; KOTA left out)."""
    away = (pit(rows) - 0.5).abs().to_numpy()
    nominal = [level / 20 for level in range(1, 20)] if levels is None else list(levels)
    covered = [float((away <= level / 2 + 1e-12).mean()) for level in nominal]
    return pd.DataFrame({"tingkat": nominal, "cakupan": covered, "n": len(away)})


def by_size(rows: pd.DataFrame, edges: Sequence[float] = (0, 400, 2000, np.inf)) -> pd.DataFrame:
    """Errors by headcount: dari, sampai (people, from <= n < to), n, mae, bias (points), cakupan_80. Empty classes left out."""
    own = rows[rows["opd"].ne(CITY)]
    size = pd.cut(own["jumlah_asn"].astype(float), list(edges), right=False, labels=False)
    found = own.assign(mae=100 * own["galat"].abs(), bias=100 * own["galat"], cakupan_80=own["dalam_80"].astype(float))
    table = found.groupby(size)[["mae", "bias", "cakupan_80"]].mean().assign(n=size.value_counts())
    at = table.index.astype(int)
    return table.assign(dari=[edges[i] for i in at], sampai=[edges[i + 1] for i in at]).reset_index(drop=True)


def worst(rows: pd.DataFrame, banyak: int = 3) -> pd.DataFrame:
    """The offices that were most wrong on average over the origins: opd, galat, kini, median, akhir (means, shares), jumlah_asn."""
    own = rows[rows["opd"].ne(CITY)].assign(
        besar=lambda t: t["galat"].abs(), jumlah_asn=lambda t: t["jumlah_asn"].astype(float)
    )
    means = own.groupby("opd")[["besar", "galat", "kini", "median", "akhir", "jumlah_asn"]].mean()
    return means.sort_values("besar", ascending=False, kind="stable").head(banyak).drop(columns="besar").reset_index()


def day_of(acuan: Any, day: int) -> date:
    """The date of a day of the campaign; day 1 is the first."""
    return acuan.mulai + timedelta(days=day - 1)


def _bounds(level: float) -> tuple[str, str]:
    return f"bawah_{100 * level:g}", f"atas_{100 * level:g}"


def _inside(level: float) -> str:
    return f"dalam_{100 * level:g}"


def _width(rows: pd.DataFrame, level: float) -> pd.Series:
    low, high = _bounds(level)
    return (rows[high] - rows[low]).astype(float)
