"""How fast it goes and how fast it must go: cumulative counts by day, laju harian, laju dibutuhkan.

Days are calendar days unless named kerja (Monday to Friday without public holidays). What the pace leads to, with
its uncertainty, is left to projection.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

WINDOW = 7  # days that "laju sekarang" looks back
MAX_AGE = 14  # an older count is no start for it


def workdays(after: date, until: date, days_off: Collection[date]) -> int:
    """Working days in (after, until]: weekends and `days_off` left out. 0 where until <= after."""
    if until <= after:
        return 0
    return int(np.busday_count(after + timedelta(days=1), until + timedelta(days=1), holidays=sorted(days_off)))


def days_left(as_of: date, end: date, days_off: Collection[date]) -> pd.Series:
    """Days after the data date up to the deadline: `hari` (calendar) and `hari_kerja`."""
    return pd.Series({"hari": max((end - as_of).days, 0), "hari_kerja": workdays(as_of, end, days_off)})


def required_pace(short: Any, days: int) -> float:
    """People per day that close a gap: kekurangan / days left. 0 if there is no gap; NaN without a day left."""
    if pd.isna(short):
        return float("nan")
    if short == 0:
        return 0.0
    return float(short) / days if days > 0 else float("nan")


def daily(data: Any, kampanye: Any) -> pd.DataFrame:
    """Cumulative people per office and day: opd, tanggal, jumlah_asn, berhasil, tanpa_tanggal.

    From the nominatif where there is one: every day from `mulai` to the submission's date, counted by tanggal_isi;
    berhasil without a date are added on the last day and named in `tanpa_tanggal` (0 on other days). Else the
    counts that the office sent, on the days it sent them: nothing is filled in between.
    """
    people = data.nominatif[data.nominatif["jenis_asn"].isin(kampanye.counted_kinds)]
    parts = [_from_people(own, opd, kampanye.mulai) for opd, own in people.groupby("opd")]
    counted = data.rekap[data.rekap["berhasil"].notna() & ~data.rekap["opd"].isin(data.nominatif["opd"].unique())]
    sent = counted.rename(columns={"tanggal_data": "tanggal"})[["opd", "tanggal", "jumlah_asn", "berhasil"]]
    parts.append(sent.assign(tanpa_tanggal=0))
    table = pd.concat(parts, ignore_index=True)
    types = {
        "tanggal": "datetime64[ns]",
        "jumlah_asn": "Int64",
        "berhasil": "Int64",
        "tanpa_tanggal": "Int64",
    }
    return table.astype(types).sort_values(["opd", "tanggal"]).reset_index(drop=True)


def _from_people(own: pd.DataFrame, opd: str, start: date) -> pd.DataFrame:
    days = pd.date_range(min(pd.Timestamp(start), own["tanggal_data"].iloc[0]), own["tanggal_data"].iloc[0])
    done = own[own["status"].eq("berhasil")]
    dated = done["tanggal_isi"].dropna().clip(lower=days[0]).value_counts().reindex(days, fill_value=0).cumsum()
    undated = int(done["tanggal_isi"].isna().sum())
    last = days == days[-1]
    return pd.DataFrame(
        {
            "opd": opd,
            "tanggal": days,
            "jumlah_asn": len(own),
            "berhasil": dated.to_numpy() + np.where(last, undated, 0),
            "tanpa_tanggal": np.where(last, undated, 0),
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
    rows = []
    day = pd.Timestamp(as_of)
    for opd, own in harian[harian["tanggal"].le(day)].groupby("opd"):
        end = own.iloc[-1]
        age = (end["tanggal"] - own["tanggal"]).dt.days
        start = own[age.between(WINDOW, MAX_AGE)].tail(1)
        if start.empty or (day - end["tanggal"]).days > WINDOW:
            continue
        if end["tanpa_tanggal"] == end["berhasil"] > 0:
            continue  # a nominatif that dates nobody shows no pace
        first = start.iloc[0]
        added = int(end["berhasil"] - end["tanpa_tanggal"] - first["berhasil"])
        span = (end["tanggal"] - first["tanggal"]).days
        working = workdays(first["tanggal"].date(), end["tanggal"].date(), days_off)
        rows.append(
            (
                opd,
                first["tanggal"],
                end["tanggal"],
                added,
                added / span,
                added / working if working else np.nan,
            )
        )
    return pd.DataFrame(rows, columns=["opd", "dari", "sampai", "tambahan", "laju", "laju_kerja"])


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
        laju_butuh=ukuran["kekurangan"].map(lambda n: required_pace(n, sisa["hari"])).to_numpy(),
        laju_butuh_kerja=ukuran["kekurangan"].map(lambda n: required_pace(n, sisa["hari_kerja"])).to_numpy(),
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
    done = harian.pivot(index="tanggal", columns="opd", values="berhasil").astype("Float64").ffill()
    people = harian.pivot(index="tanggal", columns="opd", values="jumlah_asn").astype("Float64").ffill().bfill()
    silent = posisi.loc[~posisi["lapor"], "jumlah_asn"].sum()
    table = pd.DataFrame({"berhasil": done.sum(axis=1), "jumlah_asn": people.sum(axis=1) + int(silent)})
    table["capaian"] = table["berhasil"] / table["jumlah_asn"]
    return table.assign(unit=done.notna().sum(axis=1)).reset_index()
