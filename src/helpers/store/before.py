"""What the last report is, and people of two states numbered so that they can be matched without their NIP.

Pure rules; reading is left to the package itself. docs/decisions/014 says why they are as they are.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

WEEK = 7  # days from one coordination meeting to the next


def previous_date(rekap: pd.DataFrame, day: date) -> date | None:
    """The data date of the last report: a week before `day`; where no results are dated that early, the first day with
    results before `day`; None where there is none. `rekap`: Data.rekap as of `day`."""
    days = rekap.loc[rekap["berhasil"].notna(), "tanggal_data"]
    if days.empty or days.min().date() >= day:
        return None
    return max(day - timedelta(days=WEEK), days.min().date())


def report_time(day: date, days_off: Collection[date], zone: str) -> datetime:
    """Until when a submission could still be in the report on `day`: the end of the next working day, local time."""
    made: date = np.busday_offset(day, 1, roll="backward", holidays=sorted(days_off)).astype(date)
    return datetime.combine(made + timedelta(days=1), time(), ZoneInfo(zone)) - timedelta(microseconds=1)


def numbered(lalu: pd.DataFrame, kini: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two nominatif with `orang` in place of `nip`: a number that the same person has in both, and that means nothing
    anywhere else (it counts first appearances)."""
    codes, _ = pd.factorize(pd.concat([lalu["nip"], kini["nip"]], ignore_index=True))
    cut = len(lalu)
    return (
        lalu.drop(columns="nip").assign(orang=codes[:cut]),
        kini.drop(columns="nip").assign(orang=codes[cut:]),
    )
