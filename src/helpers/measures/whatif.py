"""Several assumptions at once: another deadline, kendala solved, so many people more on each working day.

The result is a Simulation like the projection's own, from the same draws, so that tables and fans are read off it in the
same way. Without an assumption it is the projection itself. An assumption is not an effect that anybody measured.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from heapq import heapify, heapreplace
from typing import Any

import numpy as np
import pandas as pd

from helpers.measures.draws import FIRM, SOFT, Simulation
from helpers.measures.hazard import NOTHING
from helpers.measures.pace import with_silent, workdays
from helpers.measures.projection import picked, simulate


@dataclass(frozen=True)
class Assumptions:
    """What is assumed beside things going on as they do.

    tambahan: people more per working day from the day after the data date to the deadline; kendala: codes that are
    solved this week; selesai: the last day, None for the campaign's; target: share, None for the campaign's.
    """

    tambahan: int = 0
    kendala: tuple[str, ...] = ()
    selesai: date | None = None
    target: float | None = None


def moved(harian: pd.DataFrame, posisi: pd.DataFrame, kampanye: Any, selesai: date) -> Simulation:
    """The campaign's projection to another deadline. Half of the draws take the new day as binding, half do not: a date
    that moved once may bind less. ValueError for a day that is not after the data date."""
    if selesai <= kampanye.tanggal_data:
        raise ValueError(f"pengandaian: batas waktu {selesai} harus sesudah tanggal data {kampanye.tanggal_data}")
    every = with_silent(harian, posisi, kampanye)
    kinds = posisi.set_index("opd")["jenis"]
    firm, soft = (
        simulate(
            every,
            kampanye.mulai,
            selesai,
            kampanye.tanggal_data,
            kampanye.target,
            kampanye.days_off,
            kinds,
            tenggat=how,
        )
        for how in (FIRM, SOFT)
    )
    half = {
        name: np.concatenate([getattr(firm, name)[..., 0::2], getattr(soft, name)[..., 1::2]], axis=-1)
        for name in ("final", "scale", "now", "ramp")
    }
    return replace(firm, **half)


def assuming(
    proyeksi: Simulation, asumsi: Assumptions, terhalang: pd.DataFrame, libur: Collection[date], opd: str | None = None
) -> Simulation:
    """The draws under all assumptions together; `proyeksi` already goes to the assumed deadline (`moved`).

    `terhalang`: opd, kode, orang (obstacles.blocked). With `opd` only that office solves its kendala and gets the people
    more, without it every office does, and people are shared out by those who are left in it. Never less than without
    the assumption, never more than the headcount; offices of which nothing is known gain nothing.
    """
    target = proyeksi.target if asumsi.target is None else asumsi.target
    given = replace(proyeksi, target=target)
    pick = picked(given, opd) & (given.state.basis != NOTHING)
    if asumsi.kendala:
        blocked = terhalang[terhalang["kode"].isin(asumsi.kendala)].groupby("opd")["orang"].sum()
        freed = np.where(pick, blocked.reindex(given.state.opd).fillna(0).to_numpy(int), 0)
        given = replace(given, final=_solved(given, freed))
    days = workdays(given.as_of, given.selesai, libur)
    if asumsi.tambahan > 0 and days:
        left = np.where(pick, given.state.people - given.state.done, 0)
        more = shared_out(asumsi.tambahan * days, left)
        final = np.minimum(given.final + more[:, None], np.maximum(given.state.people, given.state.done)[:, None])
        given = replace(given, final=np.maximum(final, given.final))
    return given


def _solved(given: Simulation, freed: np.ndarray) -> np.ndarray:
    """Whoever is freed is done; of the others as many as before come in by themselves. No new draws, so that one kendala
    more never gives less (skenario.obstacles_solved draws anew; the two differ by chance alone)."""
    state = given.state
    left = np.maximum(state.people - state.done, 0)[:, None]
    coming = given.final - state.done[:, None]
    stay = 1 - np.divide(coming, left, out=np.ones_like(coming, dtype=float), where=left > 0)
    return np.asarray(given.final + np.rint(np.minimum(freed[:, None], left) * np.clip(stay, 0, 1)).astype(np.int64))


def shared_out(people: int, left: np.ndarray) -> np.ndarray:
    """So many people by offices in proportion to those left there, none beyond them.

    By Sainte-Laguë's divisors: a larger number never gives any office fewer (a rounding of shares could).
    """
    left = np.asarray(left, dtype=np.int64)
    people = min(int(people), int(left.sum()))
    if people <= 0:
        return np.zeros(len(left), dtype=np.int64)
    low, high = 0.0, 1.5
    for _ in range(60):  # the largest factor whose rounded parts do not exceed the number
        middle = (low + high) / 2
        low, high = (middle, high) if _parts(left, middle).sum() <= people else (low, middle)
    parts = _parts(left, low)
    open_ = [(((parts[i] + 0.5) / left[i]), int(i)) for i in np.flatnonzero(parts < left)]
    heapify(open_)
    for _ in range(people - int(parts.sum())):
        _, i = open_[0]
        parts[i] += 1
        heapreplace(open_, ((parts[i] + 0.5) / left[i] if parts[i] < left[i] else np.inf, i))
    return parts


def _parts(left: np.ndarray, factor: float) -> np.ndarray:
    return np.minimum(np.floor(left * factor + 0.5), left).astype(np.int64)
