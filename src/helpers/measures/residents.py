"""Families (KK) of residents by kecamatan and for the city: answered, clean, target, each rate with its own denominator.

Families are never added to civil servants. Percentages that somebody sent are not used; a rate is a sum over a sum of the
places that know both.
"""

import pandas as pd

COUNTS = ["merespons", "clean", "jumlah_kk", "target_kk"]
# rate: (what is counted, of what)
RATES = {
    "merespons_dari_kk": ("merespons", "jumlah_kk"),
    "clean_dari_merespons": ("clean", "merespons"),
    "clean_dari_target": ("clean", "target_kk"),
}


def by_village(warga: pd.DataFrame, daftar: pd.DataFrame) -> pd.DataFrame:
    """A row per kelurahan of the register (`daftar`: campaign.villages): its names and codes, `tanggal_data`, the counts,
    `lapor`, the rates, and `clean_dari_kk` for a bar that is part of another. Unknown is NA.

    A kelurahan whose kecamatan has a newer word of its own is not told (lapor False): that one is in force.
    """
    table = daftar.merge(warga[["kode", "tanggal_data", *COUNTS]], left_on="kode_kel", right_on="kode", how="left")
    district = warga.set_index("kode")["tanggal_data"].reindex(table["kode_kec"]).set_axis(table.index)
    newest = table.groupby("kode_kec")["tanggal_data"].transform("max")
    outdated = district.notna() & (newest.isna() | district.gt(newest))
    table.loc[outdated, COUNTS] = pd.NA
    table["lapor"] = table[["merespons", "clean"]].notna().any(axis=1)
    for rate, (part, whole) in (RATES | {"clean_dari_kk": ("clean", "jumlah_kk")}).items():
        table[rate] = _share(table[part], table[whole])
    return table.drop(columns="kode")


def by_district(warga: pd.DataFrame, daftar: pd.DataFrame) -> pd.DataFrame:
    """A row per kecamatan of the register: `kelurahan` registered, `lapor` (how many of them have data; all where the
    kecamatan speaks for itself), `rinci` (told by kelurahan), first and last `tanggal`, sums of what is known and rates.

    Where the kecamatan and its kelurahan are of the same day, the kelurahan count.
    """
    villages = by_village(warga, daftar)
    own = daftar.drop_duplicates("kode_kec")[["kode_kec", "kecamatan"]].reset_index(drop=True)
    rows = []
    for place in own.to_dict("records"):
        inside = villages[villages["kode_kec"].eq(place["kode_kec"])]
        told = inside[inside["lapor"]]
        whole = warga[warga["kode"].eq(place["kode_kec"])]
        used = told if len(told) else whole
        lapor = len(told) if len(told) else len(inside) if len(whole) else 0
        rows.append(place | {"kelurahan": len(inside), "lapor": lapor, "rinci": bool(len(told))} | _sums(used))
    return _with_rates(pd.DataFrame(rows, columns=None if rows else [*own, "kelurahan", "lapor", "rinci", *_NAMES]))


def total(kecamatan: pd.DataFrame) -> pd.Series:
    """The city, from by_district: the same columns, and `kecamatan_lapor`; all NA where nothing was sent."""
    sums = {name: kecamatan[name].sum(min_count=1) for name in (*COUNTS, *_PAIRS)}
    known = {
        "kelurahan": int(kecamatan["kelurahan"].sum()),
        "lapor": int(kecamatan["lapor"].sum()),
        "kecamatan_lapor": int(kecamatan["lapor"].gt(0).sum()),
        "tanggal_awal": kecamatan["tanggal_awal"].min(),
        "tanggal_akhir": kecamatan["tanggal_akhir"].max(),
    }
    return _with_rates(pd.DataFrame([known | sums])).iloc[0]


# Sums over the places that know both sides of a rate; the sums of all that is known may be of more places.
_PAIRS = [f"{rate}_{side}" for rate in RATES for side in ("pembilang", "penyebut")]
_NAMES = ["tanggal_awal", "tanggal_akhir", *COUNTS, *_PAIRS]


def _sums(used: pd.DataFrame) -> dict[str, object]:
    sums: dict[str, object] = {"tanggal_awal": used["tanggal_data"].min(), "tanggal_akhir": used["tanggal_data"].max()}
    sums |= {name: used[name].sum(min_count=1) for name in COUNTS}
    for rate, (part, whole) in RATES.items():
        both = used[used[part].notna() & used[whole].notna()]
        sums[f"{rate}_pembilang"] = both[part].sum(min_count=1)
        sums[f"{rate}_penyebut"] = both[whole].sum(min_count=1)
    return sums


def _with_rates(table: pd.DataFrame) -> pd.DataFrame:
    typed = table.astype(dict.fromkeys([*COUNTS, *_PAIRS], "Int64"))
    for rate in RATES:
        typed[rate] = _share(typed[f"{rate}_pembilang"], typed[f"{rate}_penyebut"])
    return typed


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Part of a whole; NA where either is unknown and where the whole is 0."""
    return part.astype("Float64") / whole.astype("Float64").where(whole.gt(0))
