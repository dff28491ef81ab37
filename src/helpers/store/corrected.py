"""Kendala whose code an analyst set: which words have which code now, put in place of the code that was sent.

What was sent stays as it was. An entry speaks of all who told the same words (as phrase.fold reads them) under the same code,
in every submission, later ones too: who says it again tomorrow is counted right tomorrow. docs/decisions/020.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable

from helpers.schema import TABLES
from helpers.store.delta import KIRIMAN, among, dataset, frame, load
from helpers.store.phrase import fold

TABLE = "klasifikasi"  # also the sheet of a submission that is such an entry
KEY = ["kode_asal", "sidik_frasa"]


def fingerprint(uraian: str) -> str:
    """What two texts that read the same have in common, and that tells neither."""
    return hashlib.sha256(fold(uraian).encode()).hexdigest()


def history(folder: Path, accepted: pd.Series) -> pd.DataFrame:
    """Every entry of these submissions (in the order of their receipt), oldest first; empty where the store has none."""
    if not DeltaTable.is_deltatable(str(folder / TABLE)):
        return frame(TABLES[TABLE].arrow.empty_table())
    place = {kiriman: at for at, kiriman in enumerate(accepted)}
    rows = load(folder, TABLE, among(KIRIMAN, accepted)).drop_duplicates(["kiriman", "baris"])
    rows = rows.assign(urutan=rows["kiriman"].map(place)).sort_values(["urutan", "baris"])
    return rows.drop(columns="urutan").reset_index(drop=True)


def in_force(folder: Path, accepted: pd.Series) -> pd.DataFrame:
    """The newest entry on each words and code; those that give back the code that was sent are left out."""
    newest = history(folder, accepted).drop_duplicates(KEY, keep="last")
    return newest[newest["kode"].ne(newest["kode_asal"])].reset_index(drop=True)


def with_codes(
    rows: pd.DataFrame, given: pd.DataFrame, held: ds.Dataset, keep: ds.Expression, column: str
) -> pd.DataFrame:
    """Rows (kiriman, baris, `column`, keyakinan) with the codes that `given` (in_force) sets; those are no guess any more.

    `held`, `keep`: where the words of these rows lie. The words are read for the codes in question alone, and are not kept.
    """
    if given.empty or rows.empty:
        return rows
    at = ["kiriman", "baris"]
    among_codes = ds.field(column).isin(pa.array(given["kode_asal"].unique().tolist(), pa.string()))
    said = frame(held.to_table([*at, column, "uraian"], filter=keep & among_codes & ~ds.field("uraian").is_null()))
    new = renamed(said, given, column)
    changed = said.assign(baru=new)[new.ne(said[column])].drop_duplicates(at).set_index(at)["baru"]
    found = rows[at].join(changed, on=at)["baru"]
    sure = {"keyakinan": rows["keyakinan"].where(found.isna())} if "keyakinan" in rows else {}
    return rows.assign(**{column: found.where(found.notna(), rows[column])}, **sure)


def renamed(said: pd.DataFrame, given: pd.DataFrame, column: str) -> pd.Series:
    """The codes of `said` (`column`, uraian) as `given` sets them."""
    codes = given.set_index(KEY)["kode"].to_dict()
    texts = {text: fingerprint(text) for text in said["uraian"].unique()}
    pairs = zip(said[column], said["uraian"], strict=True)
    return pd.Series([codes.get((code, texts[text]), code) for code, text in pairs], said.index, dtype=object)


def offices(folder: Path, accepted: pd.Series) -> Iterator[tuple[str, str]]:
    """Whose reports an entry may change: each office that ever told the code that it speaks of, with the submission that is
    the entry."""
    entries = history(folder, accepted)
    if entries.empty:
        return
    codes = pa.array(entries["kode_asal"].unique().tolist(), pa.string())
    told: dict[str, set[str]] = {}
    for name, column in (("nominatif", "kode_kendala"), ("kendala", "kode")):
        rows = dataset(folder, name).to_table(
            {"opd": ds.field("opd"), "kode": ds.field(column)}, ds.field(column).isin(codes)
        )
        for row in rows.group_by(["opd", "kode"]).aggregate([]).to_pylist():
            told.setdefault(row["kode"], set()).add(row["opd"])
    for entry in entries.itertuples():
        for code in sorted(told.get(entry.kode_asal, ())):
            yield code, entry.kiriman
