"""Where each office and the city will stand at the deadline, with intervals and the chance to reach the target.

A discrete-time hazard on the working-day calendar (hazard.py), one shared random change of pace, offices that differ,
beta-binomial noise; the city is simulated jointly. docs/projection.md has the formulas and how it was scored.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from helpers.measures.draws import CHANGE, FIRM, SOFT, Simulation, behind, draw
from helpers.measures.hazard import DAILY, GROUP, NOTHING, SINGLE, State, estimate
from helpers.measures.pace import with_silent
from helpers.measures.rates import required_people

CITY = "KOTA"


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
    if benih < 0:
        raise ValueError(f"proyeksi: benih {benih} tidak boleh negatif")
    if not mulai < selesai or as_of < mulai:
        raise ValueError(f"proyeksi: {mulai}, {as_of}, {selesai} bukan mulai, tanggal data, dan tenggat")
    state = estimate(daily, mulai, selesai, as_of, libur, kelompok, acara)
    return draw(state, target, selesai, as_of, tenggat, benih)


def for_campaign(harian: pd.DataFrame, posisi: pd.DataFrame, kampanye: Any, tenggat: str = FIRM) -> Simulation:
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
        tenggat=tenggat,
    )


def among(simulation: Simulation, opd: Collection[str]) -> Simulation:
    """The same draws of some offices alone: the row KOTA of `table` and the fan are then theirs."""
    state = simulation.state
    own = np.isin(state.opd, list(opd))
    arrays = {name: getattr(state, name)[own] for name in ("opd", "people", "done", "basis", "last", "rate", "ahead")}
    return replace(simulation, state=replace(state, **arrays), final=simulation.final[own])


def row(ramalan: pd.DataFrame, opd: str = CITY) -> pd.Series:
    """The row of an office, or of the city, of `project`. KeyError if it is not in the table."""
    found = ramalan[ramalan["opd"].eq(opd)]
    if found.empty:
        raise KeyError(f"{opd} tidak ada dalam proyeksi")
    return pd.Series({name: found[name].iloc[-1] for name in found}, dtype=object)


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
    # Of a city of which most people's offices never reported nothing is said, as in `fan`.
    silent = state.people[state.basis == GROUP].sum()
    counted: np.ndarray = np.append(known, known.any() and 2 * silent <= state.people[known].sum())
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
                "tanggal": pd.to_datetime(np.append(state.last, pd.Series(state.last).max())),
            }
        )
        .join(numbers.mask(pd.Series(~counted), axis=0))
        .assign(dasar=[*state.basis, _basis(state) if counted[-1] else NOTHING])
    )


def fan(simulation: Simulation, opd: str | None = None, tingkat: tuple[float, ...] = (0.5, 0.8)) -> pd.DataFrame:
    """Day by day from the data date to the deadline: tanggal, median, bawah_L, atas_L (shares of the headcount).

    The city, or one office. Each draw goes from where we stand to its own end; the pace changes evenly from that of the
    last week, so that it is on average the draw's. Where counts are older than the data date it begins at what has been
    done since, as far as can be told; offices that never reported come in over the days left. Empty without data or a day
    left, and for a city of which most people's offices never reported.
    """
    days, done = paths(simulation, opd)
    people = int(simulation.state.people[picked(simulation, opd)].sum())
    wanted = [0.5, *(p for level in tingkat for p in (0.5 - level / 2, 0.5 + level / 2))]
    at = _quantiles(done, wanted) / max(people, 1)
    names = ["tanggal", "median", *(f"{side}_{100 * level:g}" for level in tingkat for side in ("bawah", "atas"))]
    return pd.DataFrame(dict(zip(names, [days, *at], strict=True)))


def paths(simulation: Simulation, opd: str | None = None) -> tuple[pd.DatetimeIndex, np.ndarray]:
    """Days from the data date to the deadline and people done on them (days x draws); no day as for `fan`."""
    state, pick = simulation.state, picked(simulation, opd)
    people, start = int(state.people[pick].sum()), int(state.done[pick].sum())
    weight = state.calendar[pd.Timestamp(simulation.as_of) : pd.Timestamp(simulation.selesai)]
    silent = state.people[pick & (state.basis == GROUP)].sum()
    if not people or len(weight) < 2 or 2 * silent > people:
        return pd.DatetimeIndex([]), np.empty((0, len(simulation.scale)))
    passed = weight.to_numpy().cumsum() - weight.iloc[0]
    passed = (passed / max(passed[-1], 1e-9))[:, None]
    since = _since_counted(simulation, pick)
    gain = simulation.final[pick].sum(axis=0, dtype=np.int64) - start - since
    left = np.maximum(people - start - since, 1)
    hazard = -np.log1p(-np.minimum(gain, left - 0.5) / left)
    # From 1 to 2 x ramp - 1, and never below 0: the share of the hazard that has come by each day.
    slope = np.maximum(2 * simulation.ramp - 2, -1)
    share = (passed + slope * passed**2 / 2) / (1 + slope / 2)
    come = np.divide(-np.expm1(-hazard * share), -np.expm1(-hazard), out=np.zeros_like(share), where=hazard > 0)
    return pd.DatetimeIndex(weight.index), start + since + gain * come


def _since_counted(simulation: Simulation, pick: np.ndarray) -> np.ndarray:
    """People per draw that offices with an old count have gained by the data date, of those gained by the deadline."""
    state = simulation.state
    old = np.flatnonzero(pick & (state.basis != GROUP) & (state.ahead > state.left))
    before = behind(state, simulation.now, old)
    both = before + (state.rate * np.minimum(state.ahead, state.left))[old, None] * simulation.scale
    share = np.divide(-np.expm1(-before), -np.expm1(-both), out=np.zeros_like(both), where=both > 0)
    gained: np.ndarray = ((simulation.final[old] - state.done[old, None]) * share).sum(axis=0)
    return gained


def picked(simulation: Simulation, opd: str | None) -> np.ndarray:
    """Which offices (a mask): one, or all that anything is known of."""
    known: np.ndarray = simulation.state.basis != NOTHING
    return known & (simulation.state.opd == opd) if opd else known


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
