"""Rates inside an office or the city: by sex, age group and work unit, with small cells suppressed.

Only people of offices that sent a nominatif can be grouped; how many that covers is said beside every table.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from helpers.measures.rates import count_statuses

AGES = [(0, 29, "di bawah 30"), (30, 39, "30–39"), (40, 49, "40–49"), (50, 200, "50 ke atas")]
PARTS = ["berhasil", "gagal", "belum"]
SMALL, COMPLEMENT = "<", "•"


def counted(people: pd.DataFrame, kampanye: Any) -> pd.DataFrame:
    """The people that count (jenis_asn), with their age group."""
    return with_age_group(people[people["jenis_asn"].isin(kampanye.counted_kinds)], kampanye.tanggal_data)


def with_age_group(people: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Add kelompok_umur from the birth year in the NIP (age reached in the year of the data date)."""
    age = as_of.year - people["tahun_lahir"]
    named = pd.Series("tidak diketahui", index=people.index)
    for low, high, name in AGES:
        named = named.mask(age.between(low, high).fillna(False), name)
    order = [name for _, _, name in AGES]
    return people.assign(kelompok_umur=pd.Categorical(named, [*order, "tidak diketahui"], ordered=True))


def by_group(people: pd.DataFrame, column: str, limit: int, merge_below: int = 0) -> pd.DataFrame:
    """People per status in each group, small cells suppressed: kelompok, jumlah_asn, berhasil, gagal, belum, capaian,
    and `berhasil_samar`, ... ("<": under `limit`; "•": hidden so that the first can't be recomputed; "": shown).

    Groups of fewer than `merge_below` people are counted together as "Unit kecil digabung". Suppressed counts are
    NA, and so is capaian where berhasil is. A missing group is "tidak diketahui".
    """
    order = people[column].cat.categories if isinstance(people[column].dtype, pd.CategoricalDtype) else None
    texts = people[column].astype("object").fillna("tidak diketahui").replace("", "tidak diketahui")
    named = people.assign(kelompok=texts)
    sizes = named["kelompok"].map(named["kelompok"].value_counts())
    small = sizes < merge_below
    if small.any() and named.loc[small, "kelompok"].nunique() > 1:
        named["kelompok"] = named["kelompok"].mask(small, "Unit kecil digabung")
    table = count_statuses(named, "kelompok").drop(columns="bukti")
    if order is not None:
        table = table.reindex([name for name in order if name in table.index])
    hidden = suppress(table[PARTS], limit)
    for name in PARTS:
        table[f"{name}_samar"] = hidden[name]
        table[name] = table[name].mask(hidden[name].ne(""))
    table["capaian"] = table["berhasil"].astype("Float64") / table["jumlah_asn"].astype("Float64")
    return table.reset_index(names="kelompok")


def suppress(counts: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Marks of the cells to hide in a table whose row and column totals are published: "<", "•" or "".

    Primary: cells under `limit`, 0 included. Then, as long as a row or column hides exactly one cell, its smallest
    shown cell is hidden too, so that subtraction from a total finds none (complementary suppression).
    """
    small = counts.astype("Float64").fillna(0).lt(limit).to_numpy(dtype=bool)
    values = counts.astype("Float64").fillna(0).to_numpy(dtype=float)
    marks = np.where(small, SMALL, "").astype(object)
    while (cell := _exposed(marks, values)) is not None:
        marks[cell] = COMPLEMENT
    return pd.DataFrame(marks, index=counts.index, columns=counts.columns)


def _exposed(marks: np.ndarray, values: np.ndarray) -> tuple[int, int] | None:
    """The cell to hide next: the smallest shown one in a row or column that hides just one; None when safe."""
    for axis in (0, 1):
        hidden = marks != ""
        for line in range(marks.shape[axis]):
            inside = hidden.take(line, axis)
            if inside.sum() == 1 and not inside.all():
                place = int(np.where(inside, np.inf, values.take(line, axis)).argmin())
                return (line, place) if axis == 0 else (place, line)
    return None
