"""Finished campaigns of others, committed in data/: what the projection is scored on. Reading only.

Tables come in the shape that measures.projection takes. What each file is, its source and its licence: data/README.md.
How the projection did on them is left to measures.scoring.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.campaign import CampaignError, root

NOMINAL = 1000  # people of a US tract: the file has rates in tenths of a percent, so a unit of rate is a person
CSPS_START, CSPS_END = date(2021, 9, 28), date(2021, 11, 3)
US_START, US_END = date(2020, 3, 12), date(2020, 4, 30)  # first letters; the last day of the tract file
FIRM, SOFT = "tegas", "lunak"  # as in measures.projection, which the store does not know
PLAN_KEYS = {"hari_asal", "tanggal_asal", "sampai", "benih"}


@dataclass(frozen=True)
class Campaign:
    """A finished campaign by office and day, and how it ended.

    harian: opd, tanggal, jumlah_asn, berhasil (people, cumulative), counted days only. akhir, by opd: jumlah_asn and
    berhasil on the last day, tingkat (share), nama, kelompok. days_off: what a weekend day counts for in the baselines
    (0: nobody works; 1: letters are answered on any day).
    """

    nama: str
    harian: pd.DataFrame
    akhir: pd.DataFrame
    mulai: date
    selesai: date
    tenggat: str
    days_off: float


@dataclass(frozen=True)
class Total:
    """A whole campaign by day: `tingkat`, the cumulative share by date, to its last day."""

    nama: str
    tingkat: pd.Series
    mulai: date
    selesai: date
    tenggat: str
    days_off: float


@dataclass(frozen=True)
class Plan:
    """What validasi_proyeksi.ipynb scores: days of the British window, an American date, the American end, the seed."""

    hari_asal: tuple[int, ...]
    tanggal_asal: date
    sampai: date
    benih: int

    def csps_origins(self) -> list[date]:
        """The days of the window as dates; day 1 is the first day."""
        return [CSPS_START + timedelta(days=day - 1) for day in self.hari_asal]


def plan_from_notebook(variables: Mapping[str, Any]) -> Plan:
    """Plan from a notebook's `globals()`: every scalar in it is taken for a parameter, as campaign.from_notebook does.

    CampaignError in one Indonesian sentence for an unknown, missing or impossible one.
    """
    kinds = (str, int, float, bool, date)
    hidden = {"In", "Out"}
    given = {n: v for n, v in variables.items() if not n.startswith("_") and n not in hidden and isinstance(v, kinds)}
    if different := sorted(set(given) ^ PLAN_KEYS):
        raise CampaignError(
            f"Parameter: kunci {different[0]} {'belum ada' if different[0] in PLAN_KEYS else 'tidak dikenal'}."
        )
    try:
        days = tuple(int(part) for part in str(given["hari_asal"]).split(","))
        origin, end = date.fromisoformat(str(given["tanggal_asal"])), date.fromisoformat(str(given["sampai"]))
        plan = Plan(days, origin, end, int(str(given["benih"])))
    except ValueError as error:
        raise CampaignError(f"Parameter: hari seperti 13, 17, 24 dan tanggal seperti 2020-04-13 ({error}).") from error
    if not all(8 <= day < (CSPS_END - CSPS_START).days + 1 for day in days):
        raise CampaignError(f"Parameter: hari_asal antara 8 dan 36, bukan {given['hari_asal']!r}.")
    if not date(2020, 3, 30) <= origin < end <= US_END:
        raise CampaignError(
            f"Parameter: tanggal_asal dari 2020-03-30, sebelum sampai, dan sampai paling lambat {US_END}."
        )
    return plan


def folder() -> Path:
    """data/ of the project."""
    return root() / "data"


def csps2021() -> Campaign:
    """UK Civil Service People Survey 2021: 51 organisations, 25 counted days of 37; the end is the last online count.

    People are reconstructed from published rates; headcounts were revised while it ran.
    """
    table = pd.read_csv(folder() / "csps2021_offices.csv")
    names = {
        "code": "opd",
        "date": "tanggal",
        "headcount_reconstructed": "jumlah_asn",
        "responses_reconstructed": "berhasil",
    }
    online = table[table["kind"].eq("online")].rename(columns=names)
    daily = online[list(names.values())].astype(
        {"tanggal": "datetime64[ns]", "jumlah_asn": "Int64", "berhasil": "Int64"}
    )
    end = online[online["tanggal"].eq(str(CSPS_END))].set_index("opd")
    final = end[["jumlah_asn", "berhasil"]].assign(
        tingkat=end["response_rate"], nama=end["organisation"], kelompok=end["department_group"]
    )
    return Campaign("CSPS 2021", daily.reset_index(drop=True), final.sort_index(), CSPS_START, CSPS_END, FIRM, 0.0)


def us2020(sampai: date = US_END) -> Campaign:
    """US 2020 Census, self-response of 2.513 tracts, on the dates of the file up to `sampai` (which must be one of them).

    Rates only, in tenths of a percent: each tract is given a nominal headcount of 1.000, so a tract weighs like any
    other and KOTA is their plain mean. Groups are states.
    """
    wide = pd.read_parquet(folder() / "acuan" / "us2020_tracts_to_apr30.parquet").set_index("geoid")
    wide.columns = pd.to_datetime(wide.columns)
    if pd.Timestamp(sampai) not in wide.columns:
        raise CampaignError(f"Data tract tidak memuat {sampai}; tanggal terakhirnya {US_END}.")
    wide = wide.loc[:, wide.columns <= pd.Timestamp(sampai)]
    long = wide.rename_axis(index="opd", columns="tanggal").stack().dropna().rename("berhasil").reset_index()
    daily = long.assign(jumlah_asn=NOMINAL).astype({"jumlah_asn": "Int64", "berhasil": "Int64"})
    end = wide[pd.Timestamp(sampai)].astype("Int64").rename_axis("opd")
    final = pd.DataFrame({"jumlah_asn": NOMINAL, "berhasil": end, "tingkat": end.astype(float) / NOMINAL})
    final = final.assign(nama="tract " + final.index, kelompok=final.index.str[:2])
    columns = ["opd", "tanggal", "jumlah_asn", "berhasil"]
    return Campaign("US 2020", daily[columns], final.sort_index(), US_START, sampai, SOFT, 1.0)


def totals() -> dict[str, Total]:
    """Whole campaigns by day: CSPS 2020 and 2021 (online), US national (published) to 30 April 2020."""
    both = pd.read_csv(folder() / "acuan" / "csps_total_daily.csv").query("kind == 'online'")
    nation = pd.read_csv(folder() / "acuan" / "us2020_national_daily.csv").query("d <= '2020-04-30'")
    early, late = both["rate_2020"].dropna(), both["rate_2021"]
    early = early.set_axis(pd.date_range("2020-10-01", periods=len(early)))
    late = late.set_axis(pd.date_range(CSPS_START, periods=len(late)))
    rates = nation.set_index(pd.to_datetime(nation["d"]))["CRRALL"].div(100)
    return {
        total.nama: total
        for total in (
            Total("CSPS 2020", early, date(2020, 10, 1), date(2020, 11, 3), FIRM, 0.05),
            Total("CSPS 2021", late, CSPS_START, CSPS_END, FIRM, 0.05),
            Total("US 2020", rates, US_START, US_END, SOFT, 1.0),
        )
    }


def half(acuan: Campaign, first: bool) -> Campaign:
    """Every other office, by code: the campaign as it would look with half of its offices."""
    kept = acuan.akhir.iloc[0 if first else 1 :: 2]
    return only(acuan, kept.index)


def only(acuan: Campaign, opd: Collection[str]) -> Campaign:
    """The campaign with these offices alone."""
    daily = acuan.harian[acuan.harian["opd"].isin(opd)]
    final = acuan.akhir[acuan.akhir.index.isin(opd)]
    return replace(acuan, harian=daily, akhir=final)


def until(acuan: Campaign, day: date) -> Campaign:
    """The campaign as it was known on a day, rows turned round: a forecast from it must be the same to the last digit."""
    return replace(acuan, harian=acuan.harian[acuan.harian["tanggal"].le(pd.Timestamp(day))].iloc[::-1])
