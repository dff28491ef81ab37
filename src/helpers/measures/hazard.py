"""What the daily counts say about the pace of each office and of the city: hazards on a weighted working-day calendar.

The hazard is the chance, per working day, that somebody who is not done yet gets done. Offices differ by a factor that
lasts (their share of the common curve), so what an office has reached since the start tells more about its future than
its last week does. What follows from it is left to projection.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

WINDOW = 7  # days of "the last week"
MIN_SPAN = 5  # days between two counts that show a pace
OFF_PRIOR, OFF_DAYS = 0.1, 2.0  # what a day off counts for beside a working day, and what that is worth in days seen
PULSE_DAYS, PULSE = 3, 1.2  # working days after an event (acara) that go faster, and by how much: a judgement
RECENT_SHAPE = 4.0  # people in the last week that weigh as much as the office's past does
RECENT_POWER = 0.3  # how far an office's own last week counts beside its whole campaign
GROUP_OFFICES = 3.0  # offices of a group that weigh as much as the city does
DAILY, SINGLE, GROUP, NOTHING = "harian", "potret tunggal", "kelompok", "tidak ada data"

Floats = np.ndarray


@dataclass(frozen=True)
class State:
    """Where each office stands (arrays of n, offices sorted) and how fast the city goes."""

    opd: np.ndarray
    people: np.ndarray  # headcount; 0 where unknown
    done: np.ndarray  # people done; 0 where unknown
    basis: np.ndarray  # DAILY, SINGLE, GROUP or NOTHING
    last: np.ndarray  # date of the newest count; NaT
    rate: Floats  # hazard per weighted day that its past suggests, before any change of pace
    ahead: Floats  # weighted days from its newest count (from the start, if none) to the deadline
    left: float  # weighted days from the data date to the deadline
    spread: float  # sd of log hazard between offices
    city: float  # cumulative hazard of the city's counted people
    average: float  # the city's hazard per weighted day since the start
    recent: float  # and over the last week; NaN if no office shows a pace
    gained: float  # people that the last week's pace rests on
    calendar: pd.Series  # weight of every day from mulai to the deadline, by date
    off: float  # what a day off counts for


def estimate(
    daily: pd.DataFrame,
    mulai: date,
    selesai: date,
    as_of: date,
    libur: Collection[date] | None = None,
    kelompok: Mapping[str, Any] | pd.Series | None = None,
    acara: Collection[date] | None = None,
) -> State:
    """The state on `as_of`, from counts up to then. Rows as projection.project takes them.

    Of an office only days with a count are used; between two counts the hazard is taken as constant per weighted day.
    Rates are those of their day, so a changed headcount is no completion. A fall counts as no progress. `tanpa_tanggal`
    (if given): people among `berhasil` whose day is unknown; they count as done, not as pace. An office whose newest
    count is of nobody (headcount 0) has none. ValueError for rows without an office.
    """
    mulai, selesai, as_of = (pd.Timestamp(day).date() for day in (mulai, selesai, as_of))
    rows = _rows(daily, as_of)
    names, day, people, done, undated = _clean(rows, mulai)
    offices = np.unique(rows["opd"].to_numpy(str)).astype(object)
    row: np.ndarray = np.asarray(np.searchsorted(offices, names))
    first, end = np.datetime64(mulai, "D"), np.datetime64(max(selesai, as_of), "D")
    span = int((end - first).astype(int)) + 1
    now = int((np.datetime64(as_of, "D") - first).astype(int))

    level = np.full((len(offices), max(now, 0) + 1), np.nan)  # cumulative hazard without the undated
    level[row, day] = cumulative(np.maximum(done - undated, 0), people)
    seen = ~np.isnan(level)
    known = seen.any(axis=1)
    at = np.where(known, level.shape[1] - 1 - seen[:, ::-1].argmax(axis=1), 0)
    newest: np.ndarray = np.full(len(offices), -1)
    newest[row] = np.arange(row.size)  # rows are sorted by day
    headcount, reached, loose = (np.where(known, v[newest], 0) if v.size else 0 * at for v in (people, done, undated))
    headcount = _headcounts(rows, offices, headcount)

    days: np.ndarray = np.arange(first, first + span)
    working: np.ndarray = np.is_busday(days, holidays=_dates(libur))
    off = _weight_of_off_days(level, headcount, working)
    weight = np.where(working, 1.0, off) * _pulses(days, working, _dates(acara))
    elapsed = weight.cumsum()
    start, moved, lasted = _last_week(level, seen, at, elapsed, known)

    here = np.where(known, elapsed[np.minimum(at, span - 1)], 0.0)
    total = cumulative(reached, headcount)
    # Who is counted in the first days was perhaps done before them, and one count of the first day alone shows nothing
    # that the other offices do not show better.
    took = np.where(known & (at < MIN_SPAN), np.maximum(here, MIN_SPAN), here)
    shown = known & (headcount > 0)
    shown = shown & (at > 0) if (shown & (at > 0)).any() else shown
    spread, own = _frailty(offices, kelompok, shown, reached, total, took, headcount)
    pace = known & ~np.isnan(start) & ((reached - loose > 0) | (reached == 0))
    recent, gained, own = _recent(own, pace, headcount, reached, total, moved, lasted)
    usable = known & (headcount > 0)
    city = float(cumulative(reached[usable].sum(), headcount[usable].sum())) if usable.any() else 0.0
    passed = float(np.average(took[usable], weights=headcount[usable])) if usable.any() else float(elapsed[max(now, 0)])
    # Whoever was done on the first day was perhaps done before it, so they are no pace once there is something else.
    at_first = np.where(usable, np.nan_to_num(level[:, 0]), 0)
    before = float(cumulative((headcount * -np.expm1(-at_first)).sum(), headcount[usable].sum()))
    first_day = elapsed[0] * float(headcount[usable & seen[:, 0]].sum() / max(headcount[usable].sum(), 1))
    begun = (before, first_day) if passed > MIN_SPAN else (0.0, 0.0)
    basis = np.where(pace, DAILY, np.where(known, SINGLE, np.where(usable.any(), GROUP, NOTHING)))
    return State(
        opd=offices,
        people=headcount.astype(int),
        done=reached.astype(int),
        basis=np.where(headcount > 0, basis, NOTHING),
        last=np.where(known, first + at, np.datetime64("NaT")),
        rate=own,
        ahead=np.maximum(_until(elapsed, first, selesai) - here, 0),
        left=max(_until(elapsed, first, selesai) - float(elapsed[max(now, 0)]), 0.0),
        spread=spread,
        city=city,
        average=max(city - begun[0], 0.5 / max(headcount.sum(), 1)) / max(passed - begun[1], 0.5),
        recent=recent,
        gained=gained,
        calendar=pd.Series(weight, pd.DatetimeIndex(days)),
        off=off,
    )


def cumulative(done: Any, people: Any) -> Any:
    """Cumulative hazard -log(1 - share), held below that of half a person missing; 0 where nobody is counted."""
    people = np.maximum(people, 1)
    return -np.log1p(-np.minimum(done, people - 0.5) / people)


def _rows(daily: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Rows up to `as_of`, and undated ones (a headcount alone), typed, in an order that the given one does not change."""
    if daily["opd"].isna().any():
        raise ValueError(f"proyeksi: {int(daily['opd'].isna().sum())} baris tanpa opd; isi kode OPD-nya")
    # Dates as text are ISO: whether 03/04 is in March or in April is not for us to guess.
    day = pd.to_datetime(daily["tanggal"], format="ISO8601")
    day = (day if day.dt.tz is None else day.dt.tz_localize(None)).rename("tanggal")
    until = (day.dt.normalize().le(pd.Timestamp(as_of)) | day.isna()).to_numpy()
    names = [name for name in ("jumlah_asn", "berhasil", "tanpa_tanggal") if name in daily]
    counts = {name: pd.to_numeric(daily.loc[until, name]).astype("Float64").array for name in names}
    table = pd.DataFrame({"tanpa_tanggal": 0.0} | counts, index=range(until.sum()))
    table = table.assign(opd=daily["opd"].to_numpy()[until].astype(str), tanggal=day.to_numpy()[until])
    # Of two counts of one day the larger one is the later, unless the hour tells.
    return table.sort_values(["opd", "tanggal", "berhasil", "jumlah_asn", "tanpa_tanggal"], na_position="first")


def _dates(days: Collection[date] | None) -> np.ndarray:
    return np.array(sorted({pd.Timestamp(day).date() for day in (() if days is None else days)}), dtype="datetime64[D]")


def _clean(rows: pd.DataFrame, mulai: date) -> tuple[np.ndarray, ...]:
    """opd, day (0 = mulai, also for counts before it), jumlah_asn, berhasil, tanpa_tanggal; one row an office and day."""
    table = rows[rows["tanggal"].notna() & rows["berhasil"].notna() & rows["jumlah_asn"].ge(0).fillna(False)]
    dissolved = table.groupby("opd")["jumlah_asn"].transform("last").eq(0)
    table = table[table["jumlah_asn"].gt(0) & ~dissolved]
    day = (table["tanggal"].dt.normalize() - pd.Timestamp(mulai)).dt.days.clip(lower=0)
    table = table.assign(day=day).drop_duplicates(["opd", "day"], keep="last")
    people = table["jumlah_asn"].to_numpy(float)
    done = table["berhasil"].to_numpy(float).clip(0, people)
    undated = table["tanpa_tanggal"].fillna(0).to_numpy(float).clip(0, done)
    return table["opd"].to_numpy(), table["day"].to_numpy(int), people, done, undated


def _headcounts(rows: pd.DataFrame, offices: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Headcount of the newest count; of offices without one their newest known headcount, else 0."""
    known = rows.dropna(subset=["jumlah_asn"]).sort_values(["tanggal", "jumlah_asn"])
    newest = known.drop_duplicates("opd", keep="last").set_index("opd")["jumlah_asn"].reindex(offices)
    return np.where(counted > 0, counted, np.maximum(newest.to_numpy(float, na_value=0.0), 0))


def _weight_of_off_days(level: np.ndarray, people: np.ndarray, working: np.ndarray) -> float:
    """Hazard of a day off beside that of a working day, over the last four weeks of the city; near the prior where
    counts skip weekends."""
    steps = np.diff(level, axis=1)[:, -28:]
    both = ~np.isnan(steps)
    covered = (both * people[:, None]).sum(axis=0)
    mean = np.where(both, steps, 0).T @ people / np.where(covered > 0, covered, np.nan)
    on = working[1 : level.shape[1]][-28:]
    usual = np.nanmean(mean[on]) if (on & (covered > 0)).any() else 0.0
    days_off = mean[~on & (covered > 0)]
    if not usual > 0:
        return OFF_PRIOR
    return float(np.clip((days_off.sum() / usual + OFF_DAYS * OFF_PRIOR) / (len(days_off) + OFF_DAYS), 0.01, 1.5))


def _pulses(days: np.ndarray, working: np.ndarray, acara: np.ndarray) -> np.ndarray:
    """Factor of each day: PULSE on the working days that follow an event."""
    factor = np.ones(len(days))
    for event in acara:
        after = np.flatnonzero(working & (days > event))[:PULSE_DAYS]
        factor[after] = PULSE
    return factor


def _last_week(
    level: np.ndarray, seen: np.ndarray, at: np.ndarray, elapsed: np.ndarray, known: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Level a week before the newest count (NaN: no pace), hazard since then, weighted days since then.

    Where that day has no count the level lies between its neighbours, in proportion to weighted days.
    """
    every = np.arange(len(level))
    column: np.ndarray = np.arange(level.shape[1])
    before = np.maximum.accumulate(np.where(seen, column, -1), axis=1)
    after = np.minimum.accumulate(np.where(seen, column, level.shape[1])[:, ::-1], axis=1)[:, ::-1]
    wanted = np.maximum(at - WINDOW, 0)
    low, high = before[every, wanted], after[every, wanted]
    oldest = np.where(known, seen.argmax(axis=1), 0)
    low = np.where(low < 0, oldest, low)
    wanted = np.maximum(wanted, low)  # a shorter week, for an office that began to report within it
    high = np.clip(high, low, at)
    gap = elapsed[high] - elapsed[low]
    share = np.divide(elapsed[wanted] - elapsed[low], gap, out=np.zeros(len(at)), where=gap > 0)
    start = level[every, low] + share * (level[every, high] - level[every, low])
    start = np.where(known & (at - oldest >= MIN_SPAN), start, np.nan)
    moved = np.maximum(np.nan_to_num(level[every, at] - start), 0)
    return start, moved, np.maximum(elapsed[at] - elapsed[wanted], 0.05)


def _frailty(
    offices: np.ndarray,
    kelompok: Mapping[str, Any] | pd.Series | None,
    usable: np.ndarray,
    done: np.ndarray,
    total: np.ndarray,
    here: np.ndarray,
    people: np.ndarray,
) -> tuple[float, np.ndarray]:
    """Hazard per weighted day since the start of each office, shrunk to its group and that to the city.

    Gamma-Poisson: k people's worth of the group's hazard are added to what the office shows; k = 1 / variance between
    offices of log hazard, by moments. Offices without a count stand at their group.
    """
    here = np.maximum(here, 0.5)
    log = np.log(np.maximum(total, 0.5 / np.maximum(people, 1)) / here)
    enough = usable & (done >= 5)
    # A city of few offices says little about how offices differ; it is taken to be like those seen elsewhere.
    variance = 0.14
    if enough.sum() >= 5:
        variance = float(np.clip(log[enough].var(ddof=1) - (1 / done[enough]).mean(), 0.02, 0.5))
    shape = 1 / variance
    trust = usable * np.maximum(done, 0.5) / (np.maximum(done, 0.5) + shape)
    middle = float((trust * log).sum() / trust.sum()) if trust.sum() > 0 else float(np.log(1e-4))
    centre = np.full(len(offices), middle)
    if kelompok is not None:
        given = {str(opd): str(name) for opd, name in dict(kelompok).items() if not pd.isna(name)}
        label = pd.Series(given, dtype=object).reindex(offices).fillna("")
        sums = pd.DataFrame({"w": trust, "wl": trust * log}).groupby(label.to_numpy()).transform("sum")
        shrunk = (sums["wl"] + GROUP_OFFICES * middle) / (sums["w"] + GROUP_OFFICES)
        centre = np.where(label.eq(""), middle, shrunk)
    at_risk = np.where(done > 0, done / np.maximum(total, 1e-9), people)
    own = (done + shape) / (at_risk * here + shape / np.exp(centre))
    return float(np.sqrt(variance)), np.where(usable, own, np.exp(centre))


def _recent(
    own: np.ndarray,
    pace: np.ndarray,
    people: np.ndarray,
    done: np.ndarray,
    total: np.ndarray,
    moved: np.ndarray,
    lasted: np.ndarray,
) -> tuple[float, float, np.ndarray]:
    """The city's hazard over the last week, the people it rests on, and `own` moved a little to each own last week."""
    weight = np.where(pace, people, 0.0)
    if not weight.sum() > 0:
        return float("nan"), 0.0, own
    at_risk = np.where(done > 0, done / np.maximum(total, 1e-9), people)
    now = (weight * -np.expm1(-total)).sum() / weight.sum()
    before = (weight * -np.expm1(-(total - moved))).sum() / weight.sum()
    recent = float(np.log1p(-before) - np.log1p(-now)) / float(np.average(lasted, weights=weight))
    common = (weight * moved).sum() / (weight * own * lasted).sum()
    expected = at_risk * own * lasted * common
    ratio = (at_risk * moved + RECENT_SHAPE) / (expected + RECENT_SHAPE)
    return recent, float((weight * (now - before)).sum()), np.where(pace, own * ratio**RECENT_POWER, own)


def _until(elapsed: np.ndarray, first: np.datetime64, selesai: date) -> float:
    """Weighted days from the start to the end of the deadline day."""
    at = int((np.datetime64(selesai, "D") - first).astype(int))
    return float(elapsed[at]) if at >= 0 else 0.0
