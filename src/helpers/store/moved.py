"""People on two offices' lists: counted once, on the newer list.

Intake notes for each the row that no longer counts (table `pindah`); rows stay where they are.
"""

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds
from deltalake import DeltaTable

from helpers.campaign import Campaign
from helpers.schema import TABLES
from helpers.store.delta import KIRIMAN, among, frame, load


def moved_away(folder: Path, ours: ds.Expression, day: date) -> pd.DataFrame:
    """Rows of people that another office's newer list holds by that day: kiriman_lama, baris_lama."""
    if not DeltaTable.is_deltatable(str(folder / "pindah")):
        return TABLES["pindah"].arrow.empty_table().to_pandas()
    return load(folder, "pindah", ours & (ds.field("tanggal_data") <= day))


def without(people: pd.DataFrame, left: pd.DataFrame) -> pd.DataFrame:
    """Rows of people but those that moved away."""
    if left.empty:
        return people
    gone = pd.MultiIndex.from_frame(left[["kiriman_lama", "baris_lama"]])
    return people[~pd.MultiIndex.from_frame(people[["kiriman", "baris"]]).isin(gone)].reset_index(drop=True)


def less(rekap: pd.DataFrame, people: ds.Dataset, left: pd.DataFrame, kampanye: Campaign) -> pd.DataFrame:
    """Counts without the people that another office counts: nobody is counted twice in the city's sum."""
    if left.empty:
        return rekap
    columns = ["kiriman", "baris", "opd", "jenis_asn", "status", "bukti"]
    rows = frame(people.to_table(columns, filter=among(KIRIMAN, left["kiriman_lama"].drop_duplicates())))
    gone = pd.MultiIndex.from_frame(left[["kiriman_lama", "baris_lama"]])
    rows = rows[pd.MultiIndex.from_frame(rows[["kiriman", "baris"]]).isin(gone)].drop_duplicates(["kiriman", "baris"])
    rows = rows[rows["jenis_asn"].isin(kampanye.counted_kinds)]
    done = rows["status"].eq("berhasil")
    minus = (
        rows.assign(
            jumlah_asn=1,
            berhasil=done.astype(int),
            gagal=rows["status"].eq("gagal").astype(int),
            belum=rows["status"].isin(["belum", "proses"]).astype(int),
            bukti=(done & rows["bukti"].fillna(False)).astype(int),
        )
        .groupby(["kiriman", "opd"])[["jumlah_asn", "berhasil", "gagal", "belum", "bukti"]]
        .sum()
    )
    found = rekap[["kiriman", "opd"]].join(minus, on=["kiriman", "opd"])
    known = rekap["rinci"].astype(bool)
    changed = {
        name: (rekap[name] - found[name].fillna(0).where(known, 0).astype("Int64")).astype("Int64") for name in minus
    }
    return rekap.assign(**changed)
