"""Rates inside an office or the city: by sex, age group and work unit, with small cells suppressed.

Only people of offices that sent a nominatif can be grouped; how many that covers is said beside every table.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from helpers.measures.rates import count_statuses

AGES = [(0, 29, "di bawah 30"), (30, 39, "30–39"), (40, 49, "40–49"), (50, 200, "50 ke atas")]
PARTS = ["berhasil", "gagal", "belum"]
UNKNOWN = "tidak diketahui"
MERGED = "Unit kecil digabung"


def counted(people: pd.DataFrame, kampanye: Any) -> pd.DataFrame:
    """The people that count (jenis_asn), with their age group."""
    return with_age_group(people[people["jenis_asn"].isin(kampanye.counted_kinds)], kampanye.tanggal_data)


def with_age_group(people: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Add kelompok_umur from the birth year in the NIP (age reached in the year of the data date)."""
    age = as_of.year - people["tahun_lahir"]
    edges = [AGES[0][0] - 1, *(high for _, high, _ in AGES)]
    named = pd.cut(age, edges, labels=[name for _, _, name in AGES])
    return people.assign(kelompok_umur=named.cat.add_categories(UNKNOWN).fillna(UNKNOWN))


def by_group(
    people: pd.DataFrame, column: str, limit: int, merge_below: int = 0, parts: Sequence[str] = PARTS
) -> pd.DataFrame:
    """People per status in each group, small cells suppressed: kelompok, jumlah_asn, one column per part, capaian;
    in the order of a categorical column, else by name.

    A suppressed count is NA, and so is capaian where berhasil is. Groups of fewer than `merge_below` people are counted
    together as "Unit kecil digabung". A missing group is "tidak diketahui". `parts`: berhasil, gagal, belum, or
    berhasil, belum_berhasil (gagal and belum in one, which hides less).
    """
    order = people[column].cat.categories if isinstance(people[column].dtype, pd.CategoricalDtype) else None
    if people[column].hasnans:
        people = people.assign(**{column: people[column].astype("str").fillna(UNKNOWN)})
    # Groups are named and merged once they are counted: there are few of them, and many people.
    table = count_statuses(people, column).drop(columns="bukti")
    table = table.groupby(table.index.astype("object").where(table.index != "", UNKNOWN)).sum()
    small = table["jumlah_asn"] < merge_below
    if small.sum() > 1:
        table = table.groupby(table.index.where(~small, MERGED)).sum()
    if order is not None:
        table = table.reindex([name for name in [*order, MERGED] if name in table.index])
    table["belum_berhasil"] = table["gagal"] + table["belum"]
    table = table[["jumlah_asn", *parts]]
    shown = ~suppress(table[list(parts)], limit)
    table[list(parts)] = table[list(parts)].where(shown)
    table["capaian"] = table["berhasil"].astype("Float64") / table["jumlah_asn"].astype("Float64")
    return table.reset_index(names="kelompok")


def suppress(counts: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Which cells to hide (True) in a table whose row and column totals are published.

    Primary: cells under `limit`, 0 included. Then, as long as a row or column hides exactly one cell, or only cells
    whose sum is 0, its smallest shown cell is hidden too, so that subtraction from a total finds none (complementary
    suppression). Both kinds look alike: to tell them apart would give some away (three cells "under 5" of 12 are 4).
    """
    values = counts.astype("Float64").fillna(0).to_numpy(dtype=float)
    hidden = values < limit
    while (cell := _exposed(hidden, values)) is not None:
        hidden[cell] = True
    return pd.DataFrame(hidden, index=counts.index, columns=counts.columns)


def _exposed(hidden: np.ndarray, values: np.ndarray) -> tuple[int, int] | None:
    """The cell to hide next, the smallest shown one of a line that gives its hidden ones away; None when safe."""
    for axis in (0, 1):
        for line in range(hidden.shape[axis]):
            inside: np.ndarray = hidden.take(line, axis)
            counts: np.ndarray = values.take(line, axis)
            if inside.any() and not inside.all() and (inside.sum() == 1 or counts[inside].sum() == 0):
                place = int(np.where(inside, np.inf, counts).argmin())
                return (line, place) if axis == 0 else (place, line)
    return None
