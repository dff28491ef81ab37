"""Where each office and the city will stand at the deadline, with intervals and the chance to reach the target.

A discrete-time hazard on the working-day calendar (hazard.py), one shared random change of pace, offices that differ,
beta-binomial noise; the city is simulated jointly. docs/projection.md has the formulas and how it was scored.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from helpers.measures.hazard import DAILY, GROUP, NOTHING, SINGLE, State, estimate
from helpers.measures.pace import with_silent
from helpers.measures.rates import required_people

CITY = "KOTA"
FIRM, SOFT = "tegas", "lunak"
# Future hazard beside that of the last week, and beside the average since the start: means over origins 7 to 24 days
# before the end. Firm: between the totals of the Civil Service People Surveys 2020 (1.36, 1.32) and 2021 (1.56, 1.52)
# and the typical office of 2021 (2.12, 1.85), whose total is mostly four departments; rounded down, because 2021 counts
# twice. Soft: US national curve to 30 April 2020. `make score` works them out; docs/projection.md: what was scored on what.
CHANGE = {FIRM: (1.6, 1.5), SOFT: (0.8, 0.4)}
TRUST_RECENT = {FIRM: 0.75, SOFT: 0.30}  # how far the last week counts for the city's pace beside the whole campaign
SHARED_SD = {FIRM: 0.35, SOFT: 0.35}  # of the log of that change: a judgement from three campaigns
FEW_DAYS_SD = 0.4  # more of it, over the root of the days left: a mean over few days varies more
NO_PACE_SD = 0.35  # more, where only a snapshot is known
RISE_DAYS = 15  # working days before a binding end over which the change was measured
OFFICE_SD = 0.25  # of log hazard, each office's own change of pace
CONCENTRATION = 80.0  # of the beta-binomial: people of an office do not decide one by one
DRAWS, CELLS = 2000, 12_000_000  # draws, fewer where that would be more cells than this
FEWEST = 500
GRID = np.exp(np.linspace(-6, 5, 89))


@dataclass(frozen=True)
class Simulation:
    """Draws of the people done at the deadline, all offices at once."""

    state: State
    target: float
    final: np.ndarray  # offices x draws, people done at the deadline
    selesai: date
    as_of: date
    scale: np.ndarray  # per draw, factor on State.rate
    ramp: np.ndarray  # per draw, the city's pace to come beside that of its last week
    benih: int


def project(
    daily: pd.DataFrame,
    mulai: date,
    selesai: date,
    as_of: date,
    target: float = 0.8,
    libur: Collection[date] | None = None,
    tingkat: tuple[float, ...] = (0.5, 0.8, 0.95),
    kelompok: Mapping[str, Any] | pd.Series | None = None,
    acara: Collection[date] | None = None,
    tenggat: str = FIRM,
    benih: int = 0,
) -> pd.DataFrame:
    """Position at the deadline: one row an office (sorted by opd) and a last row KOTA.

    `daily`: opd, tanggal, jumlah_asn, berhasil (people, cumulative); days may be missing, headcounts may change, an
    unknown berhasil is NA; rows after `as_of` are not looked at. `libur`: days off beside weekends. `tingkat`: levels
    of the intervals. `kelompok`: opd -> group of like offices that an office is shrunk to. `acara`: days of a push
    (meeting, letter); the three working days after one, past or to come, are taken as a fifth faster. `tenggat`: tegas
    (binding) or lunak (a date without consequence). Same input and `benih`: same numbers, in whatever order rows come.

    Columns: opd, jumlah_asn, berhasil (newest count), tanggal (its date), median, mean, bawah_L and atas_L per level L
    in percent (shares 0-1), the same with _orang (people), peluang_target (share of draws with at least
    rates.required_people), dasar: harian, potret tunggal (no pace seen), kelompok (no count at all: like its group),
    tidak ada data (figures NA). Never below what is done, never above the headcount. At or past the deadline only
    offices whose newest count is older still move. ValueError for parameters that make no sense.
    """
    return table(simulate(daily, mulai, selesai, as_of, target, libur, kelompok, acara, tenggat, benih), tingkat)


def simulate(
    daily: pd.DataFrame,
    mulai: date,
    selesai: date,
    as_of: date,
    target: float = 0.8,
    libur: Collection[date] | None = None,
    kelompok: Mapping[str, Any] | pd.Series | None = None,
    acara: Collection[date] | None = None,
    tenggat: str = FIRM,
    benih: int = 0,
) -> Simulation:
    """The draws behind `project`, for what else is asked of them (table, fan, skenario). Parameters as there."""
    if missing := [name for name in ("opd", "tanggal", "jumlah_asn", "berhasil") if name not in daily]:
        raise ValueError(f"proyeksi: kolom {', '.join(missing)} tidak ada")
    if not 0 < target <= 1:
        raise ValueError(f"proyeksi: target {target} harus di atas 0 dan paling besar 1")
    if tenggat not in CHANGE:
        raise ValueError(f"proyeksi: tenggat {tenggat!r} tidak dikenal; pakai {FIRM} atau {SOFT}")
    mulai, selesai, as_of = (pd.Timestamp(day).date() for day in (mulai, selesai, as_of))
    if not mulai < selesai or as_of < mulai:
        raise ValueError(f"proyeksi: {mulai}, {as_of}, {selesai} bukan mulai, tanggal data, dan tenggat")
    state = estimate(daily, mulai, selesai, as_of, libur, kelompok, acara)
    return draw(state, target, selesai, as_of, tenggat, benih)


def for_campaign(harian: pd.DataFrame, posisi: pd.DataFrame, kampanye: Any) -> Simulation:
    """The draws that reports rest on: offices shrunk to their kind (`jenis`), those that never reported like their kind.

    `harian`: pace.daily; `posisi`: rates.position. An office without a known headcount is in neither sum.
    """
    return simulate(
        with_silent(harian, posisi, kampanye),
        kampanye.mulai,
        kampanye.selesai,
        kampanye.tanggal_data,
        kampanye.target,
        kampanye.days_off,
        posisi.set_index("opd")["jenis"],
    )


def row(ramalan: pd.DataFrame, opd: str = CITY) -> pd.Series:
    """The row of an office, or of the city, of `project`. KeyError if it is not in the table."""
    found = ramalan[ramalan["opd"].eq(opd)]
    if found.empty:
        raise KeyError(f"{opd} tidak ada dalam proyeksi")
    return pd.Series({name: found[name].iloc[-1] for name in found}, dtype=object)


def draw(state: State, target: float, selesai: date, as_of: date, tenggat: str, benih: int) -> Simulation:
    """Draws from a state: the city's pace to come, each office's part in it, people."""
    pace = not np.isnan(state.recent)
    alone, whole = CHANGE[tenggat]
    trust = TRUST_RECENT[tenggat] if pace else 0.0
    # A last week without anybody is no pace of 0 for ever: it stands at a twentieth of the average or more, and where few
    # are left, at what half a person in five days would be.
    left = max(int((state.people - state.done).sum()), 1)
    slowest = max(state.average / 20, min(state.average, 0.5 / (5 * left)))
    recent = max(state.recent, slowest) if pace else state.average
    change = alone**trust * whole ** (1 - trust)
    if tenggat == FIRM:  # the rise before a deadline was measured over its last weeks; earlier days go on as they do
        change = 1 + (change - 1) * min(RISE_DAYS / max(state.left, 1), 1)
    level = recent**trust * state.average ** (1 - trust) * change
    sd = np.hypot(SHARED_SD[tenggat], FEW_DAYS_SD / np.sqrt(max(state.left, 1)))
    sd = np.hypot(sd, 0 if pace else NO_PACE_SD)
    sd = np.hypot(sd, 1 / np.sqrt(2 + (state.gained if pace else state.done.sum())))

    count = int(np.clip(CELLS // max(len(state.opd), 1), FEWEST, DRAWS))
    shared = np.exp(sd * _normal(np.random.default_rng(benih), count))
    scale = _scale(state, level, shared)
    ramp: np.ndarray = np.append(level / recent if pace else 1.0, shared)
    return Simulation(state, target, people_done(state, scale, benih), selesai, as_of, scale, ramp[0] * ramp[1:], benih)


def people_done(state: State, scale: np.ndarray, benih: int) -> np.ndarray:
    """People done at the deadline (offices x draws) when the rates of a state go `scale` times as fast, per draw."""
    chance = np.random.default_rng([benih, 1])
    final: np.ndarray = np.empty((len(state.opd), len(scale)), dtype=np.int64)
    unseen = state.basis == GROUP
    # Days up to now of an office without a count went at the pace of its group, not at the one to come.
    ahead = np.where(unseen, np.minimum(state.ahead, state.left), state.ahead)
    behind = state.rate * (state.ahead - ahead)
    for i in range(0, len(state.opd), 2000):  # in parts: 35,000 offices at once would need gigabytes
        some = slice(i, i + 2000)
        own = OFFICE_SD * chance.standard_normal(final[some].shape, dtype=np.float32)
        if unseen[some].any():
            own[unseen[some]] *= np.hypot(OFFICE_SD, state.spread) / OFFICE_SD
        hazard = behind[some, None] + (state.rate * ahead)[some, None] * scale
        hazard *= np.exp(own - OFFICE_SD**2 / 2)
        share = np.clip(-np.expm1(-hazard), 1e-9, 1 - 1e-9)
        share = chance.beta(CONCENTRATION * share, CONCENTRATION * (1 - share))
        left = np.where(state.basis == NOTHING, 0, state.people - state.done)[some]
        share = np.where((state.ahead[some] > 0)[:, None], share, 0)
        final[some] = state.done[some, None] + chance.binomial(left[:, None], share)
    return final


def table(simulation: Simulation, tingkat: tuple[float, ...] = (0.5, 0.8, 0.95)) -> pd.DataFrame:
    """The rows of `project` from draws."""
    if not all(0 < level < 1 for level in tingkat):
        raise ValueError(f"proyeksi: tingkat {tingkat} harus di antara 0 dan 1")
    state = simulation.state
    known = state.basis != NOTHING
    people: np.ndarray = np.append(state.people, state.people.sum())
    done: np.ndarray = np.append(state.done, state.done[known].sum())
    city = simulation.final[known].sum(axis=0, dtype=np.int64)
    wanted = [0.5, *(p for level in tingkat for p in (0.5 - level / 2, 0.5 + level / 2))]
    at = np.vstack([_quantiles(simulation.final, wanted).T, _quantiles(city[None], wanted).T])
    asked = required_people(pd.Series(people, dtype="Int64"), simulation.target).to_numpy(float)
    mean: np.ndarray = np.append(simulation.final.mean(axis=1), city.mean())
    reach: np.ndarray = np.append((simulation.final >= asked[:-1, None]).mean(axis=1), (city >= asked[-1]).mean())
    columns = {"median": at[:, 0], "mean": mean}
    for i, level in enumerate(tingkat):
        name = f"{100 * level:g}"
        columns |= {f"bawah_{name}": at[:, 1 + 2 * i], f"atas_{name}": at[:, 2 + 2 * i]}
    counted: np.ndarray = np.append(known, known.any())
    shares = {name: pd.Series(v / np.maximum(people, 1), dtype="Float64") for name, v in columns.items()}
    amounts = {f"{name}_orang": pd.Series(np.rint(v), dtype="Float64").astype("Int64") for name, v in columns.items()}
    numbers = pd.DataFrame(shares | amounts | {"peluang_target": pd.Series(reach, dtype="Float64")})
    has_count = np.isin(state.basis, (DAILY, SINGLE))
    unseen: np.ndarray = np.append(~has_count, not has_count.any())
    return (
        pd.DataFrame(
            {
                "opd": [*state.opd, CITY],
                "jumlah_asn": pd.Series(people, dtype="Int64").where(people > 0),
                "berhasil": pd.Series(done, dtype="Int64").where(~unseen),
                "tanggal": pd.to_datetime(
                    np.append(state.last, state.last.max() if len(state.last) else np.datetime64("NaT"))
                ),
            }
        )
        .join(numbers.mask(pd.Series(~counted), axis=0))
        .assign(dasar=[*state.basis, _basis(state)])
    )


def fan(simulation: Simulation, opd: str | None = None, tingkat: tuple[float, ...] = (0.5, 0.8)) -> pd.DataFrame:
    """Day by day from the data date to the deadline: tanggal, median, bawah_L, atas_L (shares of the headcount).

    The city, or one office. Each draw goes from where we stand to its own end; the pace changes evenly from that of the
    last week, so that it is on average the draw's. Empty without data or a day left.
    """
    days, done = paths(simulation, opd)
    people = int(simulation.state.people[_picked(simulation, opd)].sum())
    wanted = [0.5, *(p for level in tingkat for p in (0.5 - level / 2, 0.5 + level / 2))]
    at = _quantiles(done, wanted) / max(people, 1)
    names = ["tanggal", "median", *(f"{side}_{100 * level:g}" for level in tingkat for side in ("bawah", "atas"))]
    return pd.DataFrame(dict(zip(names, [days, *at], strict=True)))


def paths(simulation: Simulation, opd: str | None = None) -> tuple[pd.DatetimeIndex, np.ndarray]:
    """Days from the data date to the deadline and people done on them (days x draws); no day as for `fan`."""
    state, pick = simulation.state, _picked(simulation, opd)
    people, start = int(state.people[pick].sum()), int(state.done[pick].sum())
    weight = state.calendar[pd.Timestamp(simulation.as_of) : pd.Timestamp(simulation.selesai)]
    if not people or len(weight) < 2:
        return pd.DatetimeIndex([]), np.empty((0, len(simulation.scale)))
    passed = weight.to_numpy().cumsum() - weight.iloc[0]
    passed = (passed / max(passed[-1], 1e-9))[:, None]
    gain = simulation.final[pick].sum(axis=0, dtype=np.int64) - start
    left = max(people - start, 1)
    hazard = -np.log1p(-np.minimum(gain, left - 0.5) / left)
    # From 1 to 2 x ramp - 1, and never below 0: the share of the hazard that has come by each day.
    slope = np.maximum(2 * simulation.ramp - 2, -1)
    share = (passed + slope * passed**2 / 2) / (1 + slope / 2)
    come = np.divide(-np.expm1(-hazard * share), -np.expm1(-hazard), out=np.zeros_like(share), where=hazard > 0)
    return pd.DatetimeIndex(weight.index), start + gain * come


def _picked(simulation: Simulation, opd: str | None) -> np.ndarray:
    """Which offices: one, or all that anything is known of."""
    known: np.ndarray = simulation.state.basis != NOTHING
    return known & (simulation.state.opd == opd) if opd else known


def _scale(state: State, level: float, change: np.ndarray) -> np.ndarray:
    """Factor on every office's rate per draw such that the city's hazard is `level` x change a weighted day.

    A city of unlike offices slows down as the quick ones finish; a change of pace that was measured on totals has to be
    applied to a total.
    """
    counted = (state.basis != NOTHING) & (state.basis != GROUP) & (state.people > 0)
    if not counted.any() or not (state.ahead[counted] > 0).any():
        return level * change / max(state.average, 1e-12)
    people, done = state.people[counted], state.done[counted]
    hazard = state.rate[counted] * state.ahead[counted]
    days = np.average(state.ahead[counted], weights=people)
    left = (people - done) / people.sum()
    if not left.sum() > 0:
        return change
    # Hazard of the city for each factor of the grid, over `days`; the inverse is what is looked for.
    # What stays of offices whose hazard varies by OFFICE_SD around it: the Laplace transform of a gamma of mean 1.
    varied = OFFICE_SD**2
    remaining = np.array([(left * (1 + varied * hazard * factor) ** (-1 / varied)).sum() for factor in GRID])
    reached = np.log(left.sum()) - np.log(np.maximum(remaining, 1e-300))
    return np.exp(np.interp(np.log(level * days * change), np.log(np.maximum(reached, 1e-300)), np.log(GRID)))


def _normal(chance: np.random.Generator, count: int) -> np.ndarray:
    """Standard normal draws, evenly spread: the half with turned signs, so that the middle is the middle."""
    half = chance.standard_normal((count + 1) // 2)
    return np.concatenate([half, -half])[:count]


def _quantiles(draws: np.ndarray, wanted: list[float]) -> np.ndarray:
    """Quantiles along the last axis, in parts that stay in memory."""
    parts = [np.quantile(draws[i : i + 2000], wanted, axis=-1) for i in range(0, len(draws), 2000)]
    return np.concatenate(parts, axis=1) if parts else np.empty((len(wanted), 0))


def _basis(state: State) -> str:
    """What the city's row rests on: a pace, if offices with most of its people show one."""
    if not state.people.sum():
        return NOTHING
    if 2 * state.people[state.basis == DAILY].sum() >= state.people.sum():
        return DAILY
    return next((kind for kind in (SINGLE, DAILY, GROUP) if (state.basis == kind).any()), NOTHING)
