"""What was told of each kendala: since when, and in which words most often.

The only place where free text leaves the store for a report (see PERSONAL). It is safe because nothing is printed that
one person wrote: a phrase counts only where at least `sel_kecil` people or three offices wrote the very same; only where
every word of it stands in the campaign's own word lists, so that a name, an address or a joke stops it; and
never where it holds a name of the rosters. Runs of six or more digits are masked before anything is compared. What is
in doubt is left out: a typical phrase fewer costs the meeting nothing.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import DeltaTable

from helpers.campaign import Campaign
from helpers.store import corrected
from helpers.store.delta import KIRIMAN, OPD, among, dataset, frame, readable
from helpers.store.phrase import fold

OFFICES, MOST, LONGEST = 3, 2, 90  # offices that make a phrase typical; phrases a kendala; letters of a phrase
_NAME_LETTERS = (
    4  # shorter parts of names ("Sri", "Ina") are words of other phrases too; whole names are looked for as well
)
_WORD = re.compile(r"[^\W\d_]+")


def kendala(kampanye: Campaign, data: Any) -> pd.DataFrame:
    """Per kode: kode, sejak (first day that an accepted submission tells of it), ungkapan (list of at most two phrases).

    `data`: what `store.read` gave for the same campaign; its version and its day hold here too. People who are berhasil
    do not count, nor what is dated after the data date. Rows by kode; a kendala that was never told has none.
    """
    folder = kampanye.path(kampanye.simpan)
    with readable(folder):
        sent = _sent(folder, data.versi, kampanye.units["kode"], data.tanggal_data)
        given = corrected.in_force(folder, _accepted(folder, data.versi))
        since = _since(folder, sent, data.tanggal_data, given)
        said = _said(folder, data, kampanye.counted_kinds)
        names = _names(folder, sent)
    phrases = typical(said, names, vocabulary(kampanye), kampanye.sel_kecil)
    table = since.to_frame().join(phrases)
    table["ungkapan"] = [held if isinstance(held, list) else [] for held in table["ungkapan"]]
    return table.rename_axis("kode").sort_index().reset_index()


def typical(said: pd.DataFrame, names: Iterable[str], words: frozenset[str], limit: int) -> pd.Series:
    """Phrases by kode, most people first. `said`: kode, opd, orang (a number per person; NA: the office wrote it), uraian;
    `names`: full names that must not show; `words`: the words that may; `limit`: people who make a phrase typical."""
    table = said.assign(ungkapan=said["uraian"].map(fold))
    groups = table[table["ungkapan"].ne("")].groupby(["kode", "ungkapan"])
    counted = pd.DataFrame({"orang": groups["orang"].nunique(), "opd": groups["opd"].nunique()}).reset_index()
    often = counted[counted["orang"].ge(limit) | counted["opd"].ge(OFFICES)]
    whole, parts = _known_as(names)
    shown = pd.Series([_harmless(text, whole, parts, words) for text in often["ungkapan"]], often.index, dtype=bool)
    kept = often[shown]
    kept = kept.sort_values(["orang", "opd", "ungkapan"], ascending=[False, False, True])
    return kept.groupby("kode")["ungkapan"].agg(lambda texts: texts.head(MOST).tolist()).rename("ungkapan")


def vocabulary(kampanye: Campaign) -> frozenset[str]:
    """The words that the campaign itself writes about kendala and knows the spellings of."""
    listed = kampanye.obstacles[["kategori", "permasalahan", "usulan", "frasa", "kata"]].to_numpy().tolist()
    return frozenset(_words([*listed, kampanye.columns.get("singkatan", {})]))


def harmless(texts: Iterable[str], names: Iterable[str], words: frozenset[str]) -> list[bool]:
    """For each text (folded) whether it may be shown to anybody: no name, and every word of it in `words`."""
    whole, parts = _known_as(names)
    return [_harmless(text, whole, parts, words) for text in texts]


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _WORD.findall(value.casefold())
    elif isinstance(value, dict):
        yield from _words([*value, *value.values()])
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


def _known_as(names: Iterable[str]) -> tuple[set[tuple[str, ...]], set[str]]:
    """Whole names as words in a row, and their parts that are long enough to be a name by themselves."""
    whole = {tuple(_WORD.findall(fold(name))) for name in names} - {()}
    return whole, {part for name in whole for part in name if len(part) >= _NAME_LETTERS}


def _harmless(text: str, whole: set[tuple[str, ...]], parts: set[str], words: frozenset[str]) -> bool:
    row = _WORD.findall(text)
    if not row or len(text) > LONGEST or not set(row) <= words or set(row) & parts:
        return False
    return not any(
        tuple(row[at : at + length]) in whole
        for length in range(1, len(row) + 1)
        for at in range(len(row) - length + 1)
    )


def _sent(folder: Path, versi: int, units: pd.Series, day: date) -> pd.Series:
    """Accepted submissions with counts up to the day, of that data version."""
    mask = among(KIRIMAN, _accepted(folder, versi)) & among(OPD, units) & (ds.field("tanggal_data") <= day)
    return frame(dataset(folder, "rekap").to_table(["kiriman"], filter=mask))["kiriman"].drop_duplicates()


def _accepted(folder: Path, versi: int) -> pd.Series:
    """Accepted submissions of that data version, in the order of their receipt."""
    log = DeltaTable(folder / "kiriman", version=versi).to_pyarrow_dataset()
    taken = frame(log.to_table(["kiriman", "diterima"], filter=ds.field("hasil") == "diterima"))
    return taken.sort_values("diterima", kind="stable")["kiriman"].drop_duplicates()


def _since(folder: Path, sent: pd.Series, day: date, given: pd.DataFrame) -> pd.Series:
    """First day by kode, of people who were not berhasil and of what offices wrote themselves. `given`: corrected.in_force."""
    ours = among(KIRIMAN, sent)
    open_ = ours & ~ds.field("kode_kendala").is_null() & (ds.field("status") != "berhasil")
    parts = [
        _first(folder, "nominatif", "kode_kendala", "tanggal_data", open_ & _until("tanggal_data", day), given),
        _first(folder, "kendala", "kode", "tanggal", ours & _until("tanggal", day), given),
    ]
    return pd.concat(parts).groupby("kode")["sejak"].min()


def _first(folder: Path, name: str, kode: str, when: str, keep: ds.Expression, given: pd.DataFrame) -> pd.DataFrame:
    """kode, sejak of a table. Millions of rows are counted where they lie; only words whose code was set are read."""
    columns = {"kode": ds.field(kode), "sejak": ds.field(when)}
    set_ = (
        ds.field(kode).isin(pa.array(given["kode_asal"].unique().tolist(), pa.string())) & ~ds.field("uraian").is_null()
    )
    rest = dataset(folder, name).to_table(columns, filter=keep & ~set_ if len(given) else keep)
    first = frame(rest.group_by("kode").aggregate([("sejak", "min")])).rename(columns={"sejak_min": "sejak"})
    if given.empty:
        return first
    said = frame(dataset(folder, name).to_table(columns | {"uraian": ds.field("uraian")}, filter=keep & set_))
    said["kode"] = corrected.renamed(said, given, "kode")
    return pd.concat([first, said[["kode", "sejak"]]], ignore_index=True)


def _until(column: str, day: date) -> ds.Expression:
    return ds.field(column) <= day


def _said(folder: Path, data: Any, kinds: list[str]) -> pd.DataFrame:
    """Free text by kode in the newest submissions: kode, opd, orang, uraian."""
    keys = ["kiriman", "baris"]
    people = data.nominatif
    people = people[people["status"].ne("berhasil") & people["jenis_asn"].isin(kinds) & people["kode_kendala"].notna()]
    people = people.reset_index(drop=True).rename_axis("orang").reset_index()
    own = people[["orang", "opd", "kode_kendala", *keys]].rename(columns={"kode_kendala": "kode"})
    parts = [own.merge(_texts(folder, "nominatif", own["kiriman"]), on=keys)]
    rows = data.kendala[["opd", "kode", *keys]].assign(orang=pd.NA)
    parts.append(rows.merge(_texts(folder, "kendala", rows["kiriman"]), on=keys))
    table = pd.concat([part.astype({"orang": "Int64"}) for part in parts], ignore_index=True)
    return table[["kode", "opd", "orang", "uraian"]]


def _texts(folder: Path, name: str, kiriman: pd.Series) -> pd.DataFrame:
    keep = among(KIRIMAN, kiriman.drop_duplicates()) & ~ds.field("uraian").is_null()
    return frame(dataset(folder, name).to_table(["kiriman", "baris", "uraian"], filter=keep)).drop_duplicates(
        ["kiriman", "baris"]
    )


def _names(folder: Path, sent: pd.Series) -> list[str]:
    held = dataset(folder, "nominatif").to_table(["nama"], filter=among(KIRIMAN, sent))
    return [name for name in pc.unique(held["nama"]).to_pylist() if name]
