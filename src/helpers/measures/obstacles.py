"""What blocks: people not yet berhasil by kendala, and the gap taken apart without counting anyone twice.

Counts are people. Who solves a kendala and what it is called comes from the catalogue (params/kendala.yaml).
"""

from typing import Any

import pandas as pd

UNRECORDED = "belum dicatat"


def blocked(data: Any, posisi: pd.DataFrame, catalogue: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """People blocked per office, status and kendala: opd, status (gagal|belum), kode, orang.

    Offices with a nominatif: each person once, under the own kode_kendala (proses counts as belum). Offices with
    counts only: their kendala sheet, each kode under the status that the catalogue gives it, cut to what the
    office's own gagal or belum leaves (largest first). People without a kode stand under "belum dicatat". Codes
    that count as berhasil (K11, K13) block nobody. Offices that do not split gagal and belum are left out.
    """
    people = data.nominatif[["opd", "jenis_asn", "status", "kode_kendala"]]
    open_ = people[people["jenis_asn"].isin(kinds) & people["status"].ne("berhasil")]
    solved = catalogue.loc[catalogue["dihitung"].eq("berhasil"), "kode"]
    own = open_.assign(
        status=open_["status"].replace("proses", "belum"),
        kode=open_["kode_kendala"].where(~open_["kode_kendala"].isin(solved)),
    )
    coded = own.groupby(["opd", "status", "kode"]).size().rename("orang").reset_index()
    counted = posisi.loc[posisi["lapor"] & ~posisi["opd"].isin(people["opd"].unique()), "opd"]
    sent = _as_sent(data.kendala[data.kendala["opd"].isin(counted)], catalogue, posisi)
    table = pd.concat([coded, sent], ignore_index=True).astype({"orang": "Int64"})
    return _with_unrecorded(table, posisi)


def _as_sent(kendala: pd.DataFrame, catalogue: pd.DataFrame, posisi: pd.DataFrame) -> pd.DataFrame:
    """Office-level counts under the status of their code, never more than the office has in that status."""
    status = catalogue.set_index("kode")["dihitung"]
    table = kendala.dropna(subset=["jumlah_asn"]).assign(status=lambda t: t["kode"].map(status))
    table = table[table["status"].isin(["gagal", "belum"])]
    table = table.groupby(["opd", "status", "kode"])["jumlah_asn"].sum().rename("orang").reset_index()
    table = table.sort_values(["opd", "status", "orang"], ascending=[True, True, False])
    room = posisi.set_index("opd")[["gagal", "belum"]].astype("Int64").reindex(table["opd"]).set_index(table.index)
    limit = room["gagal"].where(table["status"].eq("gagal"), room["belum"]).fillna(0)
    before = table.groupby(["opd", "status"])["orang"].cumsum() - table["orang"]
    table["orang"] = table["orang"].clip(upper=(limit - before).clip(lower=0))
    return table[table["orang"].gt(0)]


def _with_unrecorded(table: pd.DataFrame, posisi: pd.DataFrame) -> pd.DataFrame:
    parts = [table]
    for status in ("gagal", "belum"):
        coded = table[table["status"].eq(status)].groupby("opd")["orang"].sum()
        rest = posisi.set_index("opd")[status].dropna().sub(coded, fill_value=0)
        rest = rest[rest.gt(0)].rename("orang").reset_index()
        parts.append(rest.assign(status=status, kode=UNRECORDED))
    return pd.concat(parts, ignore_index=True).astype({"orang": "Int64"})[["opd", "status", "kode", "orang"]]


OTHERS = {
    "kode": "lain",
    "kategori": "Kendala lain",
    "kelompok": "OPD",
    "pic": "OPD",
    "usulan": "OPD menindaklanjuti menurut daftar tindak lanjutnya.",
}


def by_code(terhalang: pd.DataFrame, catalogue: pd.DataFrame, jumlah: int, limit: int = 0) -> pd.DataFrame:
    """Kendala by people blocked: kode, kategori, kelompok, pic, usulan, orang, gagal, belum, unit, poin; largest first.

    poin = people / headcount (share): what capaian would gain if all of them were solved. Without "belum dicatat".
    Kendala of fewer than `limit` people stand together as "Kendala lain", with the next larger one where they are
    fewer than `limit` even so.
    """
    known = terhalang[terhalang["kode"].ne(UNRECORDED)]
    known = known.assign(
        kode=_merge_small(known.groupby("kode")["orang"].sum(), limit).reindex(known["kode"]).to_numpy()
    )
    catalogue = pd.concat([catalogue, pd.DataFrame([OTHERS])], ignore_index=True)
    wide = known.groupby(["kode", "status"])["orang"].sum().unstack(fill_value=0)
    wide = wide.reindex(columns=["gagal", "belum"], fill_value=0).astype("Int64")
    wide["orang"] = wide.sum(axis=1)
    wide["unit"] = known.groupby("kode")["opd"].nunique()
    wide["poin"] = wide["orang"].astype("Float64") / (jumlah if pd.notna(jumlah) and jumlah else pd.NA)
    named = wide.reset_index().merge(
        catalogue[["kode", "kategori", "kelompok", "pic", "usulan"]], on="kode", how="left"
    )
    named = named.assign(terakhir=named["kode"].eq(OTHERS["kode"]))
    named = named.sort_values(["terakhir", "orang", "kode"], ascending=[True, False, True])
    return named.drop(columns="terakhir").reset_index(drop=True)


def _merge_small(people: pd.Series, limit: int) -> pd.Series:
    """New kode for each kode: small ones become "lain"."""
    ordered = people.sort_values(kind="stable")
    small = ordered < limit
    if small.any():
        # Together still under the limit: the next one joins, so that subtraction from a total does not show them.
        small |= ordered.cumsum().shift(fill_value=0) < limit
    return pd.Series(ordered.index.where(~small, OTHERS["kode"]), index=ordered.index)


def decomposition(
    terhalang: pd.DataFrame, posisi: pd.DataFrame, catalogue: pd.DataFrame, limit: int = 0
) -> pd.DataFrame:
    """Everyone not berhasil, once: kelompok (gagal|belum|tidak dirinci|belum lapor), kode, kategori, orang.

    The rows sum to headcount - berhasil (checked in the reports). Order: gagal by size, belum by size, rest. Kendala
    of fewer than `limit` people stand together as "Kendala lain" of their status.
    """
    names = catalogue.set_index("kode")["kategori"]
    parts = terhalang.groupby(["status", "kode"])["orang"].sum().reset_index().rename(columns={"status": "kelompok"})
    for status in ("gagal", "belum"):
        own = parts["kelompok"].eq(status) & parts["kode"].ne(UNRECORDED)
        renamed = _merge_small(parts.loc[own].set_index("kode")["orang"], limit)
        parts.loc[own, "kode"] = renamed.reindex(parts.loc[own, "kode"]).to_numpy()
    parts = parts.groupby(["kelompok", "kode"])["orang"].sum().reset_index()
    names = pd.concat([names, pd.Series({OTHERS["kode"]: OTHERS["kategori"]})])
    parts["kategori"] = parts["kode"].map(names).fillna("kendala belum dicatat")
    silent = int(posisi.loc[~posisi["lapor"], "jumlah_asn"].fillna(0).sum())
    unsplit = int(posisi["tidak_dirinci"].fillna(0).sum())
    rest = pd.DataFrame(
        [
            ("tidak dirinci", "", "gagal atau belum, tidak dirinci", unsplit),
            ("belum lapor", "", "belum lapor", silent),
        ],
        columns=["kelompok", "kode", "kategori", "orang"],
    )
    table = pd.concat([parts, rest[rest["orang"].gt(0)]], ignore_index=True).astype({"orang": "Int64"})
    order = {"gagal": 0, "belum": 1, "tidak dirinci": 2, "belum lapor": 3}
    table = table.assign(urutan=table["kelompok"].map(order)).sort_values(
        ["urutan", "orang"], ascending=[True, False], kind="stable"
    )
    return table.drop(columns="urutan").reset_index(drop=True)
