"""Where we are: people per status, capaian, and the gap to the target, per office, group of offices and city.

Counts are people (Int64, NA = unknown, never 0); shares are 0-1 (Float64). How fast it goes is left to pace.py.
"""

from typing import Any

import numpy as np
import pandas as pd

COUNTS = ["jumlah_asn", "berhasil", "gagal", "belum", "bukti"]


def position(data: Any, kampanye: Any) -> pd.DataFrame:
    """One row per unit of the register: people per status in its newest submission up to the data date.

    `data` is a store.Data, `kampanye` a Campaign. Offices with a nominatif are counted again for the kinds of ASN
    that count (`jenis_asn`); the others keep the counts they sent. `lapor` False: no submission with results, all
    counts but a known headcount are NA. `tidak_dirinci`: people not berhasil whom the office did not split into
    gagal and belum (NA where not reported).
    """
    rekap = data.rekap.sort_values(["opd", "tanggal_data"])
    reported = rekap[rekap["berhasil"].notna()].drop_duplicates("opd", keep="last").set_index("opd")
    headcount = rekap.drop_duplicates("opd", keep="last").set_index("opd")["jumlah_asn"]
    people = data.nominatif.loc[data.nominatif["jenis_asn"].isin(kampanye.counted_kinds), ["opd", "status", "bukti"]]
    detailed = data.nominatif["opd"].unique()
    # An office all of whose people are of kinds that do not count has 0 of each.
    counted = count_statuses(people).reindex(detailed, fill_value=0)
    counts = pd.concat([counted, reported[COUNTS].drop(detailed, errors="ignore")])
    table = kampanye.units.rename(columns={"kode": "opd"}).set_index("opd")
    table = table.join(reported[["tanggal_data", "kiriman"]]).join(counts)
    table["lapor"] = reported["berhasil"].reindex(table.index).notna()
    table["jumlah_asn"] = table["jumlah_asn"].fillna(headcount)
    split = table["berhasil"].fillna(0) + table["gagal"].fillna(0) + table["belum"].fillna(0)
    table["tidak_dirinci"] = (table["jumlah_asn"] - split).where(table["lapor"])
    return table.reset_index()


def count_statuses(people: pd.DataFrame, by: str = "opd") -> pd.DataFrame:
    """People per status in each group of a nominatif; proses counts as belum; bukti among the
    berhasil only, NA where the column is empty for all of them."""
    status, done = people["status"], people["status"].eq("berhasil")
    flags = {
        "jumlah_asn": True,
        "berhasil": done,
        "gagal": status.eq("gagal"),
        "belum": status.isin(["belum", "proses"]),
        "bukti": done & people["bukti"].fillna(False).astype(bool),
        "tercatat": done & people["bukti"].notna(),
    }
    table = pd.DataFrame(flags, index=people.index).groupby(people[by]).sum().astype("Int64")
    # A proof column that is empty for everyone berhasil says nothing: unknown, not 0.
    silent = table["berhasil"].gt(0) & table["tercatat"].eq(0)
    return table.assign(bukti=table["bukti"].mask(silent)).drop(columns="tercatat")


def required_people(jumlah: Any, target: float) -> Any:
    """People that the target asks for: target x headcount, rounded up (0.8 x 5402 -> 4322). NA stays NA.

    `jumlah`: a headcount, or a Series of them (gives a Series of Int64).
    """
    if not isinstance(jumlah, pd.Series):
        return required_people(pd.Series([jumlah], dtype="Int64"), target).iloc[0]
    # The tenth decimal is float noise: 0.07 x 100 is 7.000000000000001 and must be 7, not 8.
    return np.ceil((target * jumlah.astype("Float64")).round(9)).astype("Int64")


def with_rates(table: pd.DataFrame, target: float) -> pd.DataFrame:
    """Add capaian, gap and share of the gap to a table with COUNTS (people).

    capaian = berhasil / jumlah_asn; capaian_terbukti = bukti / jumlah_asn; capaian_target = berhasil / target_orang;
    selisih_poin = capaian - target (share); kekurangan = people to the target, at least 0, everyone it asks for
    where the office did not report; surplus = people above it; andil = kekurangan / sum of kekurangan.
    NA where the headcount (or for the rates the count) is unknown, or the headcount is 0.
    """
    people = table["jumlah_asn"].astype("Float64").replace(0, pd.NA)
    done = table["berhasil"].astype("Float64")
    asked = required_people(table["jumlah_asn"], target)
    gap = asked - table["berhasil"].fillna(0)
    short = gap.clip(lower=0)
    return table.assign(
        capaian=done / people,
        capaian_terbukti=table["bukti"].astype("Float64") / people,
        target_orang=asked,
        capaian_target=done / asked.astype("Float64").replace(0, pd.NA),
        selisih_poin=done / people - target,
        kekurangan=short,
        surplus=(-gap).clip(lower=0),
        andil=short.astype("Float64") / (float(short.sum()) or pd.NA),
    )


def total(posisi: pd.DataFrame, target: float) -> pd.Series:
    """The city: sums over offices, never a mean of rates.

    berhasil / sum of all known headcounts, so people of offices that did not report count as belum
    (`asn_belum_lapor`). gagal, belum, bukti: sums of what is known, NA if no office knows;
    `tidak_dirinci` holds the people whose status is not known beside "not berhasil". Always
    jumlah_asn = berhasil + gagal + belum + tidak_dirinci + asn_belum_lapor.
    """
    silent = posisi[~posisi["lapor"]]
    sums = posisi[[*COUNTS, "tidak_dirinci"]].sum(min_count=1).astype("Int64")
    short = (required_people(posisi["jumlah_asn"], target) - posisi["berhasil"].fillna(0)).clip(lower=0)
    row = with_rates(sums.to_frame().T.astype("Int64"), target).drop(columns="andil")
    return pd.Series(
        {name: row[name].iloc[0] for name in row}
        | {
            "unit": len(posisi),
            "unit_lapor": int(posisi["lapor"].sum()),
            "data_terbaru": posisi["tanggal_data"].max(),
            "asn_belum_lapor": int(silent["jumlah_asn"].fillna(0).sum()),
            "unit_tanpa_jumlah": int(posisi["jumlah_asn"].isna().sum()),
            # Each office rounds up for itself, so these sum to more than the city's own kekurangan.
            "jumlah_kekurangan": int(short.sum()),
            "unit_kurang": int(short.gt(0).sum()),
            "unit_tercapai": int((short.eq(0) & posisi["lapor"] & posisi["jumlah_asn"].gt(0)).sum()),
        },
        dtype=object,
    )


def by(posisi: pd.DataFrame, column: str, target: float) -> pd.DataFrame:
    """The same measures for groups of offices (jenis, induk): sums over the group's offices, then the rates.

    Columns as in with_rates, plus `unit` and `unit_lapor`; largest kekurangan first.
    """
    grouped = posisi.groupby(column, sort=True)
    sums = grouped[[*COUNTS, "tidak_dirinci"]].sum(min_count=1).astype("Int64")
    table = with_rates(sums, target)
    table["unit"] = grouped.size()
    table["unit_lapor"] = grouped["lapor"].sum()
    return table.sort_values(["kekurangan"], ascending=False, kind="stable").reset_index()


def one(ukuran: pd.DataFrame, opd: str) -> pd.Series:
    """The row of one office as a Series of its values. KeyError if it is not in the table."""
    found = ukuran[ukuran["opd"].eq(opd)]
    if found.empty:
        raise KeyError(f"{opd} tidak ada dalam tabel")
    return pd.Series({name: found[name].iloc[0] for name in found}, dtype=object)
