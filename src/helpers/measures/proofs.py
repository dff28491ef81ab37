"""Proofs (bukti pengisian): berhasil without one, by office, and fingerprints that several people share.

Counts only, never who. How complete the proofs are over all offices is in coverage.py.
"""

import pandas as pd

MANY = 3  # people on one proof; two are a married couple more often than not


def missing(posisi: pd.DataFrame, limit: int, shown: int = 10) -> pd.DataFrame:
    """Offices by berhasil without proof, most people first: opd, nama, berhasil, bukti, tanpa, unit (offices in the row).

    At most `shown` offices with at least `limit` such people; the others stand together in a last row (opd "", its
    people summed, offices without a missing proof not in it). Where the sum would tell of fewer than `limit` people
    the smallest office shown goes in with them. Offices where proofs are unknown are left out.
    """
    known = posisi[posisi["bukti"].notna() & posisi["berhasil"].notna()]
    table = known.assign(tanpa=known["berhasil"] - known["bukti"], unit=1)
    table = table[table["tanpa"].gt(0)].sort_values(["tanpa", "opd"], ascending=[False, True])
    named = min(int(table["tanpa"].ge(limit).sum()), shown)
    while named and 0 < table["tanpa"].iloc[named:].sum() < limit:
        named -= 1
    columns = ["opd", "nama", "berhasil", "bukti", "tanpa", "unit"]
    rest = table.iloc[named:]
    if rest.empty:
        return table[columns].reset_index(drop=True)
    others = {"opd": "", "nama": "", **rest[["berhasil", "bukti", "tanpa", "unit"]].sum()}
    return pd.concat([table.iloc[:named][columns], pd.DataFrame([others])], ignore_index=True).astype({"unit": "int64"})


def shared(nominatif: pd.DataFrame) -> pd.Series:
    """Proofs with a fingerprint, in proofs: `bersidik`, `berdua` (two people of one office: usual), `banyak` (MANY or
    more of one office), `lintas` (people of more than one office); the last two are to be checked (`periksa`)."""
    told = nominatif.loc[nominatif["bukti_sidik"].fillna("").ne(""), ["opd", "bukti_sidik"]]
    grouped = told.groupby("bukti_sidik")["opd"]
    people, offices = grouped.size(), grouped.nunique()
    across, many = offices.gt(1), people.ge(MANY) & offices.eq(1)
    return pd.Series(
        {
            "bersidik": len(people),
            "berdua": int((people.eq(2) & offices.eq(1)).sum()),
            "banyak": int(many.sum()),
            "lintas": int(across.sum()),
            "periksa": int((many | across).sum()),
        }
    )
