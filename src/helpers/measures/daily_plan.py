"""Target by day: how many people on each working day to the deadline, and the last plan against what came in.

The even path itself is skenario.required_path; what came in since is measures/movement.py.
"""

from typing import Any

import pandas as pd

from helpers.measures import rates
from helpers.measures.skenario import required_path


def plan(jalur: pd.DataFrame) -> pd.DataFrame:
    """One row per working day left: tanggal, orang (people that day), kumulatif (people berhasil by then), sisa.

    Whole people, spread as evenly as they go, the larger days first; they sum exactly to the shortfall. `jalur`:
    skenario.required_path. Empty where it is, and where no working day is left.
    """
    worked = jalur[jalur["hari_kerja"].astype(bool)]
    start = jalur["orang"].iloc[:1].sum()
    that_day = worked["orang"] - worked["orang"].shift(fill_value=start)
    table = worked.assign(orang=that_day.astype("Int64"), kumulatif=worked["orang"])
    table["sisa"] = table["orang"].sum() - table["orang"].cumsum()
    return table[["tanggal", "orang", "kumulatif", "sisa"]].reset_index(drop=True)


def against(lalu: Any, gerak: pd.DataFrame, kampanye: Any) -> pd.DataFrame:
    """What the last report's plan asked for up to now, beside what was completed since, per office of `gerak`.

    opd, dari (day of that report), rencana, tercapai (people), selisih = tercapai − rencana. `lalu`: Comparison.lalu;
    `gerak`: movement.since. rencana: from the shortfall known then, over the working days then left, those up to the data
    date; tercapai: penyelesaian_baru. NA where the office did not report both times or had no plan then (target reached,
    no working day between). Empty without an earlier report.
    """
    columns = ["opd", "dari", "rencana", "tercapai", "selisih"]
    if lalu is None:
        return pd.DataFrame(columns=columns)
    then = rates.with_rates(rates.position(lalu, kampanye), kampanye.target).set_index("opd")
    asked = {}
    for opd, row in then.iterrows():
        days = plan(required_path(row, lalu.tanggal_data, kampanye.selesai, kampanye.days_off))
        passed = days[days["tanggal"].le(pd.Timestamp(kampanye.tanggal_data))]
        asked[opd] = int(passed["orang"].sum()) if len(passed) and row["lapor"] else pd.NA
    table = gerak[["opd"]].assign(dari=pd.Timestamp(lalu.tanggal_data))
    wanted = table["opd"].map(asked).astype("Int64")
    both = gerak["lapor"] & gerak["lapor_lalu"] & wanted.notna()
    table["rencana"] = wanted.where(both)
    table["tercapai"] = gerak["penyelesaian_baru"].astype("Int64").where(both)
    table["selisih"] = table["tercapai"] - table["rencana"]
    return table[columns]
