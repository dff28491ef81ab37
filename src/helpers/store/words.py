"""What people told of their kendala, for the page where analysts set codes. Names stand in such words: mask them first.

Reports never see this: they know codes, and what told.py lets through.
"""

from typing import Any

import pandas as pd
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import DeltaTable

from helpers.campaign import Campaign
from helpers.store.corrected import fingerprint
from helpers.store.delta import KIRIMAN, among, dataset, frame, readable

COLUMNS = ["kode", "kode_asal", "sidik_frasa", "uraian", "opd", "orang", "dugaan"]


def told(kampanye: Campaign, data: Any) -> pd.DataFrame:
    """Per code, words and office: kode (in force), kode_asal (as sent or guessed), sidik_frasa, uraian (as one of them wrote
    it, not masked), opd, orang (people), dugaan (True where intake guessed the code and nobody has set it).

    `data`: what store.read gave for the same campaign. Of the newest submissions; whoever is berhasil or not counted is
    left out, and so is who told nothing. An office's count without people has orang NA.
    """
    folder = kampanye.path(kampanye.simpan)
    people = data.nominatif
    people = people[people["status"].ne("berhasil") & people["jenis_asn"].isin(kampanye.counted_kinds)]
    people = people.assign(orang=1).rename(columns={"kode_kendala": "kode"})
    rows = data.kendala.rename(columns={"jumlah_asn": "orang"})
    columns = ["kiriman", "baris", "opd", "kode", "orang", "keyakinan"]
    with readable(folder):
        parts = [
            own[columns].merge(_texts(folder, name, column, own["kiriman"]), on=["kiriman", "baris"])
            for own, name, column in ((people, "nominatif", "kode_kendala"), (rows, "kendala", "kode"))
        ]
    table = pd.concat([part.astype({"orang": "Int64", "keyakinan": "Float64"}) for part in parts], ignore_index=True)
    table = table[table["kode"].notna() & table["kode_asal"].notna()]
    known = {text: fingerprint(text) for text in table["uraian"].unique()}
    table = table.assign(sidik_frasa=table["uraian"].map(known), dugaan=table["keyakinan"].notna())
    groups = table.groupby(["kode", "kode_asal", "sidik_frasa", "opd"], sort=False)
    told = groups.agg(uraian=("uraian", "first"), dugaan=("dugaan", "any")).join(groups["orang"].sum(min_count=1))
    return told.reset_index()[COLUMNS]


def names(kampanye: Campaign) -> list[str]:
    """Everybody who stands on any list of the store, to be masked in what `told` gives."""
    folder = kampanye.path(kampanye.simpan)
    with readable(folder):
        held = dataset(folder, "nominatif").to_table(["nama"])
    return [name for name in pc.unique(held["nama"]).to_pylist() if name]


def lists(kampanye: Campaign) -> int:
    """A number that changes when lists of people are added, and only then: `names` need not be read again before."""
    folder = kampanye.path(kampanye.simpan)
    with readable(folder):
        return DeltaTable(folder / "nominatif").version()


def _texts(folder: Any, name: str, column: str, kiriman: pd.Series) -> pd.DataFrame:
    keep = among(KIRIMAN, kiriman.drop_duplicates()) & ~ds.field("uraian").is_null()
    columns = {one: ds.field(one) for one in ("kiriman", "baris", "uraian")} | {"kode_asal": ds.field(column)}
    return frame(dataset(folder, name).to_table(columns, filter=keep)).drop_duplicates(["kiriman", "baris"])
