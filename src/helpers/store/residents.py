"""Families by kelurahan and kecamatan as of a day: of each place the newest word, whoever sent it.

What the counts mean together is left to measures.residents.
"""

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds
from deltalake import DeltaTable

from helpers.schema import TABLES
from helpers.store.delta import frame, load


def newest_residents(folder: Path, ours: ds.Expression, day: date, order: pd.Series) -> pd.DataFrame:
    """Of each kode the row of the newest data date up to `day`; of two for one date the one received last. Empty where a
    store of an earlier version lacks the table.

    `ours`: the accepted submissions; `order`: when they came, by submission.
    """
    if not DeltaTable.is_deltatable(str(folder / "warga")):
        return frame(TABLES["warga"].arrow.empty_table())
    rows = load(folder, "warga", ours & (ds.field("tanggal_data") <= day)).join(order, on="kiriman")
    rows = rows.sort_values(["kode", "tanggal_data", order.name, "baris"], kind="stable")
    return rows.drop_duplicates("kode", keep="last").drop(columns=order.name).reset_index(drop=True)
