"""Follow-ups that meetings decided: the history as of a day, and all that intake must know to take a log back.

A row per follow-up and returned log; nothing is updated. The newest meeting has the last word on a number, then the
newest receipt. The largest number ever used is the largest of the table: deleted rows are stored as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable

from helpers.campaign import Campaign
from helpers.schema import TABLES
from helpers.store.delta import KIRIMAN, among, dataset, frame, readable

LOG = "tindak_lanjut"  # the sheet of a submission that is a returned log


@dataclass(frozen=True)
class Told:
    """For intake alone: every follow-up taken in so far, oldest word first, with `log` (data date of the returned log);
    the data version now (-1: no store yet), and the newest day with counts."""

    rows: pd.DataFrame
    versi: int
    terbaru: date | None


def as_of(folder: Path, ours: ds.Expression, receipts: Iterable[str], day: date) -> pd.DataFrame:
    """Follow-ups of accepted submissions up to a day, by meeting, receipt and number; columns as in schema.py.

    `receipts`: the accepted submissions in the order in which they were received.
    """
    held = dataset(folder, LOG)
    table = held.to_table(filter=ours & (ds.field("tanggal") <= day))
    for field in TABLES[LOG].arrow:
        if field.name not in table.column_names:  # a store of an earlier version
            table = table.append_column(field, pa.nulls(table.num_rows, field.type))
    rows = frame(table.select(TABLES[LOG].arrow.names)).drop_duplicates(["kiriman", "baris"])
    place = {kiriman: at for at, kiriman in enumerate(receipts)}
    rows = rows.assign(urutan=rows["kiriman"].map(place)).sort_values(["tanggal", "urutan", "nomor", "baris"])
    return rows.drop(columns="urutan").reset_index(drop=True)


def written(folder: Path, ours: ds.Expression) -> pd.DataFrame:
    """nomor and kode of the follow-ups of some submissions, each pair once; of a store of an earlier version without kode none."""
    held = dataset(folder, LOG)
    if "kode" not in held.schema.names:
        return pd.DataFrame({"nomor": [], "kode": []})
    return frame(held.to_table(["nomor", "kode"], filter=ours)).drop_duplicates().reset_index(drop=True)


def told(kampanye: Campaign, known: pd.DataFrame) -> Told:
    """What the store knows of earlier logs. `known`: store.known of the same campaign. StoreError if it is damaged."""
    folder = kampanye.path(kampanye.simpan)
    nothing = TABLES[LOG].arrow.empty_table().to_pandas().assign(log=[])
    if not DeltaTable.is_deltatable(str(folder / "kiriman")):
        return Told(nothing, -1, None)
    taken = known[known["hasil"].eq("diterima")].drop_duplicates("kiriman")
    with readable(folder):
        versi = DeltaTable(folder / "kiriman").version()
        if taken.empty:
            return Told(nothing, versi, None)
        ours = among(KIRIMAN, taken["kiriman"])
        rows = as_of(folder, ours, taken["kiriman"], date.max)
        days = dataset(folder, "rekap").to_table(["tanggal_data"], filter=ours)["tanggal_data"]
        newest = max((day for day in days.to_pylist() if day), default=None)
    of_log = taken.set_index("kiriman")["tanggal_data"]
    return Told(rows.assign(log=rows["kiriman"].map(of_log)), versi, newest)
