"""The Delta tables of a store as they lie on disk: made, opened, read into frames.

What a submission is and which of them count is left to the package itself.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import DeltaTable

from helpers.schema import TABLES
from helpers.sentence import Sentence

TYPES = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
KIRIMAN, OPD = ds.field("kiriman"), ds.field("opd")


class StoreError(Sentence, RuntimeError):
    """The store is missing or does not hold what was asked; the message says what to do, in Indonesian."""


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """A damaged store is one sentence, whatever lies underneath."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        raise StoreError(
            f"Simpanan {folder} rusak atau tidak lengkap. Pulihkan dari cadangan, atau pindahkan folder itu lalu "
            "jalankan `pantau terima` dengan semua kiriman."
        ) from error


def create(folder: Path, name: str) -> DeltaTable:
    """A table of the store, made with its columns and rules where it is not there yet."""
    path = folder / name
    if not DeltaTable.is_deltatable(str(path)):
        # Made aside with its rules and renamed: no other writer ever sees a table without them.
        aside = folder / f".baru-{uuid.uuid4().hex}"
        aside.mkdir(parents=True)
        created = DeltaTable.create(aside, schema=TABLES[name].arrow)
        created.alter.add_constraint(TABLES[name].rules)
        try:
            aside.rename(path)
        except OSError:
            shutil.rmtree(aside)  # another intake was quicker
    return DeltaTable(path)


def dataset(folder: Path, name: str) -> ds.Dataset:
    """A table, not yet read."""
    return DeltaTable(folder / name).to_pyarrow_dataset()


def load(folder: Path, name: str, keep: ds.Expression | None = None) -> pd.DataFrame:
    """The rows of a table that meet a condition."""
    return frame(dataset(folder, name).to_table(filter=keep))


def frame(table: pa.Table) -> pd.DataFrame:
    """A frame with whole numbers and flags that may be unknown."""
    return table.to_pandas(date_as_object=False, types_mapper=TYPES.get)


def ordered(table: pa.Table) -> pd.DataFrame:
    """Rows by submission and line, each once: a submission written twice reads as one."""
    # Millions of rows are put in order by the rank of their submission's name, not by the name itself.
    names = table["kiriman"].dictionary_encode().combine_chunks()
    rank, baris = pc.rank(names.dictionary).take(names.indices).to_numpy(), table["baris"].to_numpy()
    _, first = np.unique(rank.astype("int64") * (1 + baris.max(initial=0)) + baris, return_index=True)
    return frame(table.take(first))


def among(column: ds.Expression, values: pd.Series) -> ds.Expression:
    """The condition that a column holds one of the values."""
    return column.isin(pa.array(values.tolist(), pa.string()))  # typed, so that no value at all is no error
