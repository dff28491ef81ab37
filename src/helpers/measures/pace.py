"""How fast it goes and how fast it must go: cumulative counts by day, laju harian, laju dibutuhkan.

Days are calendar days unless named kerja (Monday to Friday without public holidays). What the pace leads to, with
its uncertainty, is left to projection.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

WINDOW = 7  # days that "laju sekarang" looks back
MAX_AGE = 14  # an older count is no start for it


def workdays(after: date, until: date, days_off: Collection[date]) -> int:
    """Working days in (after, until]: weekends and `days_off` left out. 0 where until <= after."""
    return int(_workdays(after, max(after, until), days_off))


def _workdays(after: Any, until: Any, days_off: Collection[date]) -> Any:
    # busday_count takes the first day and leaves out the last, so both move on by one.
    first, behind = (np.asarray(day, dtype="datetime64[D]") + 1 for day in (after, until))
    return np.busday_count(first, behind, holidays=sorted(days_off))


def days_left(as_of: date, end: date, days_off: Collection[date]) -> pd.Series:
    """Days after the data date up to the deadline: `hari` (calendar) and `hari_kerja`."""
    return pd.Series({"hari": max((end - as_of).days, 0), "hari_kerja": workdays(as_of, end, days_off)})


def required_pace(short: Any, days: int) -> Any:
    """People per day that close a gap: kekurangan / days left. 0 if there is no gap; NaN without a day left.

    `short`: people, or a Series of them (gives a Series).
    """
    if not isinstance(short, pd.Series):
        return required_pace(pd.Series([short], dtype="Float64"), days).iloc[0]
    people = short.to_numpy(float, na_value=np.nan)
    need = people / days if days > 0 else np.full_like(people, np.nan)
    return pd.Series(np.where(people == 0, 0.0, need), short.index)


def daily(data: Any, kampanye: Any) -> pd.DataFrame:
    """Cumulative people per office and day: opd, tanggal, jumlah_asn, berhasil, tanpa_tanggal.

    From the nominatif where there is one: every day from `mulai` to the submission's date, counted by tanggal_isi;
    berhasil without a date are added on the last day and named in `tanpa_tanggal` (0 on other days). Else the
    counts that the office sent, on the days it sent them: nothing is filled in between.
    """
    held = data.nominatif
    people = held.loc[held["jenis_asn"].isin(kampanye.counted_kinds), ["opd", "tanggal_data", "status", "tanggal_isi"]]
    counted = data.rekap[data.rekap["berhasil"].notna() & ~data.rekap["opd"].isin(held["opd"].unique())]
    sent = counted.rename(columns={"tanggal_data": "tanggal"})[["opd", "tanggal", "jumlah_asn", "berhasil"]]
    table = pd.concat([_from_people(people, kampanye.mulai), sent.assign(tanpa_tanggal=0)], ignore_index=True)
    types = {
        "tanggal": "datetime64[ns]",
        "jumlah_asn": "Int64",
        "berhasil": "Int64",
        "tanpa_tanggal": "Int64",
    }
    return table.astype(types).sort_values(["opd", "tanggal"]).reset_index(drop=True)


def with_silent(harian: pd.DataFrame, posisi: pd.DataFrame, kampanye: Any) -> pd.DataFrame:
    """`daily` and one row each, on the data date and without a count, for offices that never reported one, with their
    headcount (NA if unknown): what the projection starts from."""
    silent = posisi[~posisi["opd"].isin(harian["opd"].unique())]
    unseen = silent[["opd", "jumlah_asn"]].assign(tanggal=pd.Timestamp(kampanye.tanggal_data), berhasil=pd.NA)
    types = {"berhasil": "Int64", "tanggal": "datetime64[ns]"}
    return pd.concat([harian, unseen.astype(types)], ignore_index=True)


def _from_people(people: pd.DataFrame, start: date) -> pd.DataFrame:
    """The rows of `daily` for offices with a nominatif. Whoever was done before `start` counts from the first day."""
    grouped = people.groupby("opd")
    until = grouped["tanggal_data"].first().to_numpy("datetime64[D]")
    since = np.minimum(until, np.datetime64(start))
    # The days of all offices stand in one long row: office i takes `many[i]` cells from `at[i]` on.
    many = (until - since).astype(int) + 1
    at = many.cumsum() - many
    office: np.ndarray = np.repeat(np.arange(len(many)), many)
    day = np.arange(len(office)) - at[office]

    done = people["status"].eq("berhasil").to_numpy()
    whose: np.ndarray = grouped.ngroup().to_numpy()[done]
    filled = people["tanggal_isi"].to_numpy("datetime64[D]")[done]
    dated = filled <= until[whose]  # False where there is no date
    cell = at[whose] + np.maximum(filled - since[whose], np.timedelta64(0, "D")).astype(int)
    sums = np.bincount(cell[dated], minlength=len(office)).cumsum()
    before = np.concatenate([[0], sums])[at]  # the offices further left, who are not this one's people
    undated = np.bincount(whose[np.isnat(filled)], minlength=len(many))[office]
    undated = np.where(day == many[office] - 1, undated, 0)
    return pd.DataFrame(
        {
            "opd": grouped.size().index.repeat(many),
            "tanggal": since[office] + day,
            "jumlah_asn": grouped.size().to_numpy()[office],
            "berhasil": sums - before[office] + undated,
            "tanpa_tanggal": undated,
        }
    )


def is_daily(own: pd.DataFrame) -> bool:
    """Whether an office's rows of `daily` cover every day, so that their differences are people per day."""
    return len(own) > 2 and own["tanggal"].diff().dt.days.max() == 1


def current(harian: pd.DataFrame, as_of: date, days_off: Collection[date]) -> pd.DataFrame:
    """Pace of each office over about the last week: opd, dari, sampai, tambahan, laju, laju_kerja.

    Between its newest count and the latest one at least 7 and at most 14 days older; people per calendar and per
    working day. Only offices whose newest count is at most 7 days old and that have such a start: one snapshot
    shows no pace, so the office is absent from the result.
    """
    day = pd.Timestamp(as_of)
    seen = harian[harian["tanggal"].le(day)]
    newest = seen.drop_duplicates("opd", keep="last").set_index("opd")
    age = (seen.groupby("opd")["tanggal"].transform("last") - seen["tanggal"]).dt.days
    start = seen[age.between(WINDOW, MAX_AGE)].drop_duplicates("opd", keep="last").set_index("opd").sort_index()
    end = newest.loc[start.index]
    # A nominatif that dates nobody shows no pace.
    silent = end["tanpa_tanggal"].eq(end["berhasil"]) & end["berhasil"].gt(0)
    known = (day - end["tanggal"]).dt.days.le(WINDOW) & ~silent
    start, end = start[known], end[known]
    if start.empty:
        return pd.DataFrame(columns=["opd", "dari", "sampai", "tambahan", "laju", "laju_kerja"])
    added = (end["berhasil"] - end["tanpa_tanggal"] - start["berhasil"]).astype("int64")
    working = _workdays(start["tanggal"], end["tanggal"], days_off)
    return pd.DataFrame(
        {
            "dari": start["tanggal"],
            "sampai": end["tanggal"],
            "tambahan": added,
            "laju": added / (end["tanggal"] - start["tanggal"]).dt.days,
            "laju_kerja": added / np.where(working, working, np.nan),
        }
    ).reset_index()


def city_current(laju: pd.DataFrame, posisi: pd.DataFrame) -> pd.Series:
    """The city's pace: sums over offices whose pace is known, and how many offices and people that covers."""
    covered = posisi["opd"].isin(laju["opd"])
    known = not laju.empty
    return pd.Series(
        {
            "laju": laju["laju"].sum() if known else np.nan,
            "laju_kerja": laju["laju_kerja"].sum(min_count=1) if known else np.nan,
            "unit": int(covered.sum()),
            "asn": int(posisi.loc[covered, "jumlah_asn"].sum()),
            "mundur": int((laju["tambahan"] < 0).sum()),
        }
    )


def with_pace(ukuran: pd.DataFrame, laju: pd.DataFrame, sisa: pd.Series) -> pd.DataFrame:
    """Add laju and laju_kerja (NA if unknown), laju_butuh and laju_butuh_kerja to a table of rates.with_rates."""
    return ukuran.merge(laju[["opd", "laju", "laju_kerja"]], on="opd", how="left").assign(
        laju_butuh=required_pace(ukuran["kekurangan"], sisa["hari"]).to_numpy(),
        laju_butuh_kerja=required_pace(ukuran["kekurangan"], sisa["hari_kerja"]).to_numpy(),
    )


def at_constant_pace(kota: pd.Series, laju_kerja: float, sisa: pd.Series) -> float:
    """Share reached at the deadline if the working-day pace stays as it is; NaN if the pace is unknown.

    Arithmetic, not a projection: no interval, and deadlines usually speed people up.
    """
    if pd.isna(laju_kerja) or pd.isna(kota["berhasil"]) or not kota["jumlah_asn"]:
        return float("nan")
    people = kota["berhasil"] + laju_kerja * sisa["hari_kerja"]
    return float(min(max(people, 0), kota["jumlah_asn"]) / kota["jumlah_asn"])


def curve(harian: pd.DataFrame, posisi: pd.DataFrame) -> pd.DataFrame:
    """The city by day: tanggal, berhasil, jumlah_asn, capaian, unit (offices whose count is known by then).

    Each office stands at its last known count; before its first count it adds no berhasil but its first known
    headcount, so the curve starts low rather than high. Offices that never reported count with their headcount.
    """
    if harian.empty:
        return pd.DataFrame({"tanggal": [], "berhasil": [], "jumlah_asn": [], "capaian": [], "unit": []})
    ordered = harian.sort_values("tanggal", kind="stable")
    offices = ordered.groupby("opd")
    first = ordered["opd"].duplicated().eq(False)
    # What each count adds to the last one of its office; a headcount before the first count is that of the first.
    steps = pd.DataFrame(
        {
            "berhasil": offices["berhasil"].diff().fillna(ordered["berhasil"]),
            "jumlah_asn": offices["jumlah_asn"].diff().fillna(0),
            "unit": first.astype("int64"),
        }
    )
    table = steps.groupby(ordered["tanggal"]).sum().cumsum()
    known = ordered.loc[first, "jumlah_asn"].sum() + posisi.loc[~posisi["lapor"], "jumlah_asn"].sum()
    table["jumlah_asn"] += int(known)
    table = table.astype({"berhasil": "Float64", "jumlah_asn": "Float64"})
    table.insert(2, "capaian", table["berhasil"] / table["jumlah_asn"])
    return table.reset_index()
