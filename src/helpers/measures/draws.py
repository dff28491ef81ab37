"""Draws of what is to come: the change of pace that all offices share, what each office adds to it, people.

Where an office stands and how fast it goes is hazard.py's; what is read off the draws, projection.py's.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from helpers.measures.hazard import DAILY, GROUP, NOTHING, SINGLE, State

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
    scale: np.ndarray  # per draw, factor on State.rate from the data date on
    now: np.ndarray  # per draw, the same for the days up to it that an office's newest count leaves out
    ramp: np.ndarray  # per draw, the city's pace to come beside that of its last week
    benih: int


def draw(
    state: State,
    target: float,
    selesai: date,
    as_of: date,
    tenggat: str,
    benih: int,
    perubahan: tuple[float, float] | None = None,
) -> Simulation:
    """Draws from a state: the city's pace to come, each office's part in it, people. `perubahan`: in place of CHANGE."""
    pace = not np.isnan(state.recent)
    alone, whole = perubahan or CHANGE[tenggat]
    trust = TRUST_RECENT[tenggat] if pace else 0.0
    # A last week without anybody is no pace of 0 for ever: it stands at a twentieth of the average or more, and where few
    # are left, at what half a person in five days would be.
    left = max(int((state.people - state.done).sum()), 1)
    slowest = max(state.average / 20, min(state.average, 0.5 / (5 * left)))
    recent = max(state.recent, slowest) if pace else state.average
    change = alone**trust * whole ** (1 - trust)
    if tenggat == FIRM:  # the rise before a deadline was measured over its last weeks; earlier days go on as they do
        change = 1 + (change - 1) * min(RISE_DAYS / max(state.left, 1), 1)
    today = recent**trust * state.average ** (1 - trust)
    sd = np.hypot(SHARED_SD[tenggat], FEW_DAYS_SD / np.sqrt(max(state.left, 1)))
    sd = np.hypot(sd, 0 if pace else NO_PACE_SD)
    sd = np.hypot(sd, 1 / np.sqrt(2 + (state.gained if pace else state.done.sum())))
    # What few offices show of those that never reported is wrong for all of these at once.
    known = int(np.isin(state.basis, (DAILY, SINGLE)).sum())
    unseen = state.people[state.basis == GROUP].sum() / max(state.people.sum(), 1)
    sd = np.hypot(sd, unseen * state.spread / np.sqrt(max(known, 1)))

    count = int(np.clip(CELLS // max(len(state.opd), 1), FEWEST, DRAWS))
    shared = np.exp(sd * _normal(np.random.default_rng(benih), count))
    scale = _scale(state, today, change * shared)
    now = _scale(state, today, shared)  # nobody saw that pace either
    ramp = today * change / recent * shared if pace else shared
    final = people_done(state, scale, now, benih)
    return Simulation(state, target, final, selesai, as_of, scale, now, ramp, benih)


def behind(state: State, now: np.ndarray, some: slice | np.ndarray) -> np.ndarray:
    """Hazard of offices (`some` of them, x draws) between their newest count and the data date: at the pace of today, or,
    without any count, at that of their group since the start."""
    silent = state.rate * (state.ahead - np.minimum(state.ahead, state.left))
    factor = np.where((state.basis == GROUP)[some, None], 1.0, now)
    return np.asarray(silent[some, None] * factor)


def people_done(
    state: State, scale: np.ndarray, now: np.ndarray, benih: int, rate: np.ndarray | None = None
) -> np.ndarray:
    """People done at the deadline (offices x draws) when the rates of a state go `scale` times as fast from the data date
    on, per draw. `rate`: other rates for those days; what was before them stays."""
    chance = np.random.default_rng([benih, 1])
    final: np.ndarray = np.empty((len(state.opd), len(scale)), dtype=np.int64)
    unseen = state.basis == GROUP
    coming = (state.rate if rate is None else rate) * np.minimum(state.ahead, state.left)
    for i in range(0, len(state.opd), 2000):  # in parts: 35,000 offices at once would need gigabytes
        some = slice(i, i + 2000)
        own = OFFICE_SD * chance.standard_normal(final[some].shape, dtype=np.float32)
        if unseen[some].any():
            own[unseen[some]] *= np.hypot(OFFICE_SD, state.spread) / OFFICE_SD
        hazard = behind(state, now, some) + coming[some, None] * scale
        hazard *= np.exp(own - OFFICE_SD**2 / 2)
        share = np.clip(-np.expm1(-hazard), 1e-9, 1 - 1e-9)
        share = chance.beta(CONCENTRATION * share, CONCENTRATION * (1 - share))
        left = np.where(state.basis == NOTHING, 0, state.people - state.done)[some]
        share = np.where((state.ahead[some] > 0)[:, None], share, 0)
        final[some] = state.done[some, None] + chance.binomial(left[:, None], share)
    return final


def _scale(state: State, level: float, change: np.ndarray) -> np.ndarray:
    """Factor on every office's rate per draw such that the city's hazard is `level` x change a weighted day.

    A city of unlike offices slows down as the quick ones finish; a change of pace that was measured on totals has to be
    applied to a total.
    """
    counted = (state.basis != NOTHING) & (state.basis != GROUP) & (state.people > 0)
    people, done = state.people[counted], state.done[counted]
    if not (people - done).sum() > 0 or not state.left > 0:
        return level * change / max(state.average, 1e-12)
    hazard = state.rate[counted] * state.left
    left = (people - done) / people.sum()
    # Hazard of the city for each factor of the grid over the days left; the inverse is what is looked for.
    # What stays of offices whose hazard varies by OFFICE_SD around it: the Laplace transform of a gamma of mean 1.
    varied = OFFICE_SD**2
    remaining = np.array([(left * (1 + varied * hazard * factor) ** (-1 / varied)).sum() for factor in GRID])
    reached = np.log(left.sum()) - np.log(np.maximum(remaining, 1e-300))
    return np.exp(np.interp(np.log(level * state.left * change), np.log(np.maximum(reached, 1e-300)), np.log(GRID)))


def _normal(chance: np.random.Generator, count: int) -> np.ndarray:
    """Standard normal draws, evenly spread: the half with turned signs, so that the middle is the middle."""
    half = chance.standard_normal((count + 1) // 2)
    return np.concatenate([half, -half])[:count]
