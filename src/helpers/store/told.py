"""What was told of each kendala: since when, and in which words most often.

The only place where free text leaves the store for a report (see PERSONAL). It is safe because nothing is printed that
one person wrote: a phrase counts only where at least `sel_kecil` people or three offices wrote the very same; only where
every word of it stands in the campaign's own word lists, so that a name, an address or a joke stops it; and
never where it holds a name of the rosters. Runs of six or more digits are masked before anything is compared. What is
in doubt is left out: a typical phrase fewer costs the meeting nothing.
"""

import re
import unicodedata
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
from helpers.store.delta import KIRIMAN, OPD, among, dataset, frame, readable

OFFICES, MOST, LONGEST = 3, 2, 90  # offices that make a phrase typical; phrases a kendala; letters of a phrase
HIDDEN = "…"
_NAME_LETTERS = (
    4  # shorter parts of names ("Sri", "Ina") are words of other phrases too; whole names are looked for as well
)
_DIGITS = re.compile(r"\d(?:[\s.,/()-]*\d){5,}")
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile(r"[^\w\s.,/'…-]|_")


def kendala(kampanye: Campaign, data: Any) -> pd.DataFrame:
    """Per kode: kode, sejak (first day that an accepted submission tells of it), ungkapan (list of at most two phrases).

    `data`: what `store.read` gave for the same campaign; its version and its day hold here too. People who are berhasil
    do not count, nor what is dated after the data date. Rows by kode; a kendala that was never told has none.
    """
    folder = kampanye.path(kampanye.simpan)
    with readable(folder):
        sent = _sent(folder, data.versi, kampanye.units["kode"], data.tanggal_data)
        since = _since(folder, sent, data.tanggal_data)
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


def fold(text: str) -> str:
    """One spelling for what reads the same: without case, odd spaces, marks, invisible letters; numbers masked."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    # Invisible letters and marks on letters ("Ｓｉｔｉ", "S\u200biti") would hide a name from the lists.
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc", "Mn") or sign.isspace())
    plain = re.sub(r"\[\w+ disamarkan\]", HIDDEN, plain)  # what intake masked already
    return " ".join(_MARKS.sub(" ", _DIGITS.sub(HIDDEN, plain)).split()).strip(" .,/'-")


def vocabulary(kampanye: Campaign) -> frozenset[str]:
    """The words that the campaign itself writes about kendala and knows the spellings of."""
    listed = kampanye.obstacles[["kategori", "permasalahan", "usulan", "frasa", "kata"]].to_numpy().tolist()
    return frozenset(_words([*listed, kampanye.columns.get("singkatan", {})]))


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
    log = DeltaTable(folder / "kiriman", version=versi).to_pyarrow_dataset()
    accepted = frame(log.to_table(["kiriman"], filter=ds.field("hasil") == "diterima"))["kiriman"]
    mask = among(KIRIMAN, accepted) & among(OPD, units) & (ds.field("tanggal_data") <= day)
    return frame(dataset(folder, "rekap").to_table(["kiriman"], filter=mask))["kiriman"].drop_duplicates()


def _since(folder: Path, sent: pd.Series, day: date) -> pd.Series:
    """First day by kode, of people who were not berhasil and of what offices wrote themselves."""
    open_ = among(KIRIMAN, sent) & ~ds.field("kode_kendala").is_null() & (ds.field("status") != "berhasil")
    people = dataset(folder, "nominatif").to_table(
        {"kode": ds.field("kode_kendala"), "sejak": ds.field("tanggal_data")},
        filter=open_ & _until("tanggal_data", day),
    )
    rows = dataset(folder, "kendala").to_table(
        {"kode": ds.field("kode"), "sejak": ds.field("tanggal")}, filter=among(KIRIMAN, sent) & _until("tanggal", day)
    )
    # Millions of rows are counted where they lie; only one a kode comes out.
    first = pa.concat_tables([people, rows], promote_options="default").group_by("kode").aggregate([("sejak", "min")])
    return frame(first).set_index("kode")["sejak_min"].rename("sejak")


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
