"""How wrong the projection is on finished campaigns: `make score`, docs/projection.md explains the columns.

    python benchmarks/score.py [--json FILE]

Prints where the constants come from, the scores of the projection and of what it is compared with, other origins, halves
of the offices, groups, the offices most wrong, and run times. The same data give the same figures, but for the times.
"""

import argparse
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from helpers.measures import draws, projection, scoring
from helpers.store import reference

DAYS = (13, 17, 24)
MORE_DAYS = (10, 13, 17, 20, 24, 27, 30, 34)
APRIL = date(2020, 4, 13)
MORE_DATES = (date(2020, 3, 30), date(2020, 4, 6), date(2020, 4, 9), APRIL, date(2020, 4, 20))
COLUMNS = ["mae", "bias", "crps", "wis", "cakupan_50", "cakupan_80", "cakupan_95", "lebar_80"]
HEADS = ["MAE", "bias", "CRPS", "WIS", "50%", "80%", "95%", "width 80%"]


def main() -> None:
    """Score everything, print it, write it as JSON if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    begun = perf_counter()
    uk, us, totals = reference.csps2021(), reference.us2020(), reference.totals()
    origins = [scoring.day_of(uk, day) for day in DAYS]
    alone = scoring.mean_change(totals["CSPS 2020"])
    kept: dict[str, Any] = {}

    print_constants(totals)
    ours = scoring.rolling(uk, origins, sebelumnya=totals["CSPS 2020"])
    kept["csps"] = show("CSPS 2021, shipped constants (they include this campaign)", uk, ours)
    blind = scoring.rolling(uk, origins, alone, pembanding=False)
    title = f"CSPS 2021, constants of CSPS 2020 alone ({alone[0]:.2f}, {alone[1]:.2f}): out of campaign"
    kept["csps_luar"] = show(title, uk, blind)
    april = scoring.rolling(us, [APRIL])
    kept["us"] = show(
        "US tracts to 30 April, shipped constants (they come from the nation's curve to that day)", us, april
    )
    firm = scoring.rolling(replace(us, tenggat=draws.FIRM), [APRIL], pembanding=False)
    kept["us_tegas"] = show("US tracts, wrongly taken for a firm deadline: out of campaign, the other kind", us, firm)
    measured = scoring.rolling(us, [APRIL], scoring.mean_change(totals["US 2020"]), pembanding=False)
    kept["us_terukur"] = show("US tracts, change as measured below instead of .8 / .4", us, measured)

    every = scoring.rolling(uk, [scoring.day_of(uk, day) for day in MORE_DAYS], pembanding=False)
    kept["csps_asal"] = show("CSPS 2021, other origins", uk, every)
    kept["us_asal"] = show(
        "US tracts to 30 April, other origins", us, scoring.rolling(us, MORE_DATES, pembanding=False)
    )
    nearer = reference.us2020(date(2020, 4, 20))
    rows = scoring.rolling(nearer, MORE_DATES[:-1], pembanding=False)
    kept["us_20_april"] = show("US tracts to 20 April", nearer, rows)
    for first, name in ((True, "first"), (False, "second")):
        rows = scoring.rolling(reference.half(uk, first), origins, pembanding=False)
        kept[f"csps_{name}"] = show(f"CSPS 2021, {name} half of the offices (every other code)", uk, rows)
        rows = scoring.rolling(reference.half(us, first), [APRIL], pembanding=False)
        kept[f"us_{name}"] = show(f"US tracts, {name} half", us, rows)

    own = ours[ours["metode"].eq(scoring.OURS)]
    print("\nCSPS 2021 by headcount, the three origins\n" + scoring.by_size(own).round(2).to_string(index=False))
    print("\nMost wrong, mean of the three origins\n" + scoring.worst(own, 6).round(3).to_string(index=False))
    kept["detik"] = {offices: seconds(uk, offices) for offices in (101, 35_000)}
    for offices, took in kept["detik"].items():
        print(f"\n{offices:,} offices: {took:.2f} s", end="")
    print(f"\nall of this: {perf_counter() - begun:.0f} s")
    if asked.json:
        asked.json.write_text(json.dumps(kept, indent=1, default=str))


def print_constants(totals: dict[str, Any]) -> None:
    """Future hazard beside that of the last week and beside the average, each whole campaign; what is shipped."""
    print("Future hazard of a whole campaign beside its last week / beside its average since the start")
    found = scoring.mean_changes(totals)
    for name, (week, mean) in found.items():
        spread = np.log(scoring.change(totals[name])[["pekan", "rata_rata"]]).std()
        print(
            f"  {name}  {week:.2f} / {mean:.2f}   sd of log between origins {spread.iloc[0]:.2f} / {spread.iloc[1]:.2f}"
        )
    typical = scoring.typical_change(reference.csps2021())
    print(f"  CSPS 2021, typical office  {typical[0]:.2f} / {typical[1]:.2f}")
    firm = np.exp(np.log([found["CSPS 2020"], found["CSPS 2021"], typical]).mean(axis=0))
    print(f"  firm, mean of these three  {firm[0]:.2f} / {firm[1]:.2f}; shipped: {draws.CHANGE}")
    for name, total in totals.items():
        near = scoring.change(total, (3, 5, 7, 10, 14, 21)).round(2)
        pairs = zip(near["hari_tersisa"], near["pekan"], near["rata_rata"], strict=True)
        print(f"  {name} by days left: " + ", ".join(f"{left}: {week}/{mean}" for left, week, mean in pairs))


def show(title: str, acuan: Any, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Print a table of scores, offices first, then the total; return it."""
    skor = scoring.scores(rows)
    day = [(one - acuan.mulai).days + 1 for one in skor["asal"]]
    table = skor.assign(day=day)[["tingkat_baris", "asal", "day", "metode", "n", *COLUMNS]].round(2)
    table = table.sort_values("tingkat_baris", ascending=False, kind="stable")
    names = {"tingkat_baris": "", "asal": "origin", "metode": "method"} | dict(zip(COLUMNS, HEADS, strict=True))
    print(f"\n{title}\n" + table.rename(columns=names).to_string(index=False, na_rep="-"))
    return skor.to_dict("records")


def seconds(acuan: Any, offices: int) -> float:
    """Time of one projection on day 17 of a city made of copies of the offices there are."""
    day = scoring.day_of(acuan, 17)
    held = acuan.harian[acuan.harian["tanggal"].le(pd.Timestamp(day))]
    copies = [held.assign(opd=held["opd"] + f"-{i}") for i in range(-(-offices // held["opd"].nunique()))]
    table = pd.concat(copies, ignore_index=True)
    table = table[table["opd"].isin(table["opd"].unique()[:offices])]
    begun = perf_counter()
    projection.project(table, acuan.mulai, acuan.selesai, day)
    return perf_counter() - begun


if __name__ == "__main__":
    main()
