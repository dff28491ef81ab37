"""What it takes: the same draws under another assumption, each as people and the chance to reach the target.

Every function gives one row: skenario, capaian (median), bawah_80, atas_80 (shares), orang (people done, median),
tambahan_orang (people more than as things go), peluang_target. `opd` picks an office, else the city. An assumption is
not an effect that anybody measured, but for `earlier_target`; the reports say so.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from helpers.measures.draws import FIRM, SOFT, Simulation, people_done
from helpers.measures.hazard import GROUP, NOTHING, State
from helpers.measures.pace import workdays
from helpers.measures.projection import paths, picked, simulate
from helpers.measures.rates import required_people

BEST = 0.75  # quantile of pace within a group: its best quarter does at least that
FEWEST_DAYS = 3  # working days that an earlier target leaves to act on it
FEWEST_ALIKE = 4  # offices of a group, else the quantile is that of all offices
# Points that an earlier, non-binding date moved before the peak: Dirkmaat et al. 2023, J. Public Economics 219.
EARLIER_POINTS = (0.04, 0.05)


def as_things_go(proyeksi: Simulation, opd: str | None = None) -> pd.Series:
    """The projection itself, to stand beside the others."""
    return _row("seperti sekarang", proyeksi, _done(proyeksi, opd), opd, proyeksi)


def best_quarter(proyeksi: Simulation, kelompok: Mapping[str, Any] | pd.Series, opd: str | None = None) -> pd.Series:
    """If from the data date on every office went at least at the pace of the best quarter of its group (opd -> group of
    like offices)."""
    state = proyeksi.state
    counted = ~np.isin(state.basis, (GROUP, NOTHING)) & (state.people > 0)
    rate = pd.Series(np.where(counted, state.rate, np.nan))
    label = pd.Series(state.opd).map(dict(kelompok)).astype(object).fillna("")
    alike = rate.groupby(label).transform("count")
    asked = (
        rate.groupby(label).transform(lambda own: own.quantile(BEST)).where(alike.ge(FEWEST_ALIKE), rate.quantile(BEST))
    )
    faster = np.fmax(state.rate, asked.to_numpy())
    return _row("seperempat terbaik", proyeksi, _done(_under(proyeksi, state, faster), opd), opd, proyeksi)


def obstacles_solved(
    proyeksi: Simulation, terhalang: pd.DataFrame, kode: Collection[str], opd: str | None = None
) -> pd.Series:
    """If the kendala in `kode` were solved this week: whoever they block is done, the others go on.

    `terhalang`: opd, kode, orang (obstacles.blocked). Nobody is counted twice; offices that do not say what blocks
    their people gain nothing.
    """
    state = proyeksi.state
    blocked = terhalang[terhalang["kode"].isin(list(kode))].groupby("opd")["orang"].sum()
    freed = blocked.reindex(state.opd).fillna(0).to_numpy(int)
    start = np.minimum(state.done + np.where(state.basis == NOTHING, 0, freed), state.people)
    return _row(
        "kendala diselesaikan",
        proyeksi,
        _done(_under(proyeksi, replace(state, done=start), state.rate), opd),
        opd,
        proyeksi,
    )


def deadline_moved(
    proyeksi: Simulation,
    harian: pd.DataFrame,
    mulai: date,
    selesai: date,
    libur: Collection[date] = (),
    kelompok: Mapping[str, Any] | pd.Series | None = None,
    opd: str | None = None,
) -> pd.Series:
    """If the last day were `selesai`. A date that moved once may bind less: half of the draws take it as tegas, half as
    lunak, so the interval is wide. `harian`, `mulai`, `libur`, `kelompok` as projection.project took them: ValueError
    where the offices are others (pace.with_silent adds those without a report)."""
    parts = [
        simulate(harian, mulai, selesai, proyeksi.as_of, proyeksi.target, libur, kelompok, None, how, proyeksi.benih)
        for how in (FIRM, SOFT)
    ]
    if selesai <= proyeksi.as_of:
        raise ValueError(f"skenario: batas waktu baru {selesai} harus sesudah tanggal data {proyeksi.as_of}")
    if any(not np.array_equal(part.state.opd, proyeksi.state.opd) for part in parts):
        raise ValueError("skenario: harian harus memuat OPD yang sama dengan proyeksi, juga yang belum lapor")
    done = np.concatenate([_done(part, opd)[i::2] for i, part in enumerate(parts)])
    return _row("batas waktu digeser", proyeksi, done, opd, proyeksi)


def earlier_target(proyeksi: Simulation, tanggal: date, opd: str | None = None) -> pd.Series:
    """Where we stand on `tanggal`, if that were announced as an earlier target without consequence.

    People come forward, they do not become more: 4 to 5 points more on that day than without, never more than the
    same draw has at the deadline. NA where the day is not between the data date and the deadline.
    """
    days, done = paths(proyeksi, opd)
    if pd.Timestamp(tanggal) not in days[1:]:
        return _row("target antara", proyeksi, np.array([]), opd, proyeksi)
    usual = done[days.get_loc(pd.Timestamp(tanggal))]
    points = np.random.default_rng([proyeksi.benih, 2]).uniform(*EARLIER_POINTS, size=len(usual))
    then = np.minimum(usual + points * _people(proyeksi, opd), done[-1])
    row = _row("target antara", proyeksi, then, opd, proyeksi)
    row["tambahan_orang"] = int(np.rint(np.median(then) - np.median(usual)))
    return row


def for_campaign(
    proyeksi: Simulation, posisi: pd.DataFrame, terhalang: pd.DataFrame, kampanye: Any, opd: str | None = None
) -> pd.DataFrame:
    """The rows that reports show: as things go, best quarter of the kind, kendala that fall to BPS, an earlier target on
    the last Friday that is at least three working days away (left out where there is none; its column `tanggal`)."""
    bps = kampanye.obstacles.loc[kampanye.obstacles["kelompok"].eq("BPS"), "kode"]
    rows = [
        as_things_go(proyeksi, opd),
        best_quarter(proyeksi, posisi.set_index("opd")["jenis"], opd),
        obstacles_solved(proyeksi, terhalang, bps, opd),
    ]
    fridays = pd.date_range(proyeksi.as_of, proyeksi.selesai, freq="W-FRI", inclusive="left")
    enough = [day for day in fridays if workdays(proyeksi.as_of, day.date(), kampanye.days_off) >= FEWEST_DAYS]
    table = pd.DataFrame(rows).assign(tanggal=pd.Timestamp(proyeksi.selesai))
    if not enough:
        return table
    early = earlier_target(proyeksi, enough[-1].date(), opd).to_frame().T.assign(tanggal=enough[-1])
    return pd.concat([table, early], ignore_index=True)


def required_path(row: Any, as_of: date, selesai: date, libur: Collection[date]) -> pd.DataFrame:
    """Jalur yang dibutuhkan: tanggal, hari_kerja (is it one), orang (people done by then, rounded up), capaian.

    From where a row of rates stands to its target on the deadline, the same number each working day; on calendar days
    where no working day is left. Empty without a gap, a known count or a day left.
    """
    days = pd.date_range(pd.Timestamp(as_of), pd.Timestamp(selesai), name="tanggal")
    if pd.isna(row["berhasil"]) or pd.isna(row["kekurangan"]) or not row["kekurangan"] or len(days) < 2:
        return pd.DataFrame({"tanggal": pd.to_datetime([]), "hari_kerja": [], "orang": [], "capaian": []})
    passed = np.array([workdays(as_of, day.date(), libur) for day in days])
    share = passed / passed[-1] if passed[-1] else np.arange(len(days)) / (len(days) - 1)
    people = np.ceil(np.round(float(row["berhasil"]) + share * float(row["kekurangan"]), 9))
    return pd.DataFrame(
        {
            "tanggal": days,
            "hari_kerja": np.diff(passed, prepend=passed[0]) > 0,
            "orang": pd.array(people, dtype="Float64").astype("Int64"),
            "capaian": pd.array(people / float(row["jumlah_asn"]), dtype="Float64"),
        }
    )


def milestones(jalur: pd.DataFrame) -> pd.DataFrame:
    """The rows of a required_path at the last working day of each week and at its end: tanggal, orang, capaian. Empty for
    an empty path."""
    if jalur.empty:
        return jalur[["tanggal", "orang", "capaian"]]
    ahead = jalur.iloc[1:]
    worked = ahead[ahead["hari_kerja"]]
    weeks = worked.groupby(worked["tanggal"].dt.to_period("W")).tail(1)
    return (
        pd.concat([weeks, ahead.tail(1)])
        .drop_duplicates("tanggal")[["tanggal", "orang", "capaian"]]
        .reset_index(drop=True)
    )


def _under(proyeksi: Simulation, state: State, rate: np.ndarray) -> Simulation:
    """The draws from a better state, or at better rates from now on, each beside the same draw as things go.

    New draws are noise anew: an office that gains nothing would win or lose a person by chance. So each office keeps the
    order of its draws, and what is better in every rate and count is nowhere less.
    """
    again: np.ndarray = np.sort(people_done(state, proyeksi.scale, proyeksi.now, proyeksi.benih, rate), axis=1)
    order = proyeksi.final.argsort(axis=1, kind="stable")
    again = np.maximum(again, np.take_along_axis(proyeksi.final, order, axis=1))
    same = (rate == proyeksi.state.rate) & (state.done == proyeksi.state.done)
    final = proyeksi.final.copy()
    np.put_along_axis(final, order, again, axis=1)
    final[same] = proyeksi.final[same]
    return replace(proyeksi, final=final)


def _people(proyeksi: Simulation, opd: str | None) -> int:
    return int(proyeksi.state.people[picked(proyeksi, opd)].sum())


def _done(proyeksi: Simulation, opd: str | None) -> np.ndarray:
    """People done at the deadline per draw, of an office or the city."""
    total: np.ndarray = proyeksi.final[picked(proyeksi, opd)].sum(axis=0, dtype=np.int64)
    return total


def _row(name: str, proyeksi: Simulation, done: np.ndarray, opd: str | None, base: Simulation) -> pd.Series:
    people = _people(proyeksi, opd)
    if not people or not done.size:
        empty = ["capaian", "bawah_80", "atas_80", "orang", "tambahan_orang", "peluang_target"]
        return pd.Series({"skenario": name} | dict.fromkeys(empty, pd.NA), dtype=object)
    low, middle, high = np.quantile(done, [0.1, 0.5, 0.9])
    asked = required_people(people, proyeksi.target)
    return pd.Series(
        {
            "skenario": name,
            "capaian": middle / people,
            "bawah_80": low / people,
            "atas_80": high / people,
            "orang": int(np.rint(middle)),
            "tambahan_orang": int(np.rint(middle) - np.rint(np.median(_done(base, opd)))),
            "peluang_target": float((done >= asked).mean()),
        },
        dtype=object,
    )
