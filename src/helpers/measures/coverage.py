"""How far the figures can be trusted: who reported and when, proofs kept, headcounts that changed."""

from datetime import date

import pandas as pd


def reporting(posisi: pd.DataFrame) -> pd.Series:
    """Tingkat pelaporan: offices that reported / registered offices, and the same in people (NA headcounts left
    out); `belum_lapor` lists the codes that did not."""
    silent = posisi.loc[~posisi["lapor"]]
    people = posisi["jumlah_asn"].sum()
    return pd.Series(
        {
            "unit": len(posisi),
            "unit_lapor": int(posisi["lapor"].sum()),
            "tingkat": float(posisi["lapor"].mean()) if len(posisi) else float("nan"),
            "tingkat_asn": float(posisi.loc[posisi["lapor"], "jumlah_asn"].sum() / people) if people else float("nan"),
            "belum_lapor": silent["opd"].tolist(),
        }
    )


def stale(posisi: pd.DataFrame, as_of: date, days: int = 1) -> pd.DataFrame:
    """Offices whose newest count is more than `days` days older than the data date: opd, nama, tanggal_data, umur."""
    age = (pd.Timestamp(as_of) - posisi["tanggal_data"]).dt.days
    return posisi.assign(umur=age).loc[age.gt(days), ["opd", "nama", "tanggal_data", "umur"]].reset_index(drop=True)


def proofs(posisi: pd.DataFrame) -> pd.Series:
    """Kelengkapan bukti: proofs kept / berhasil, over offices that say both; `unit` of them. NaN if none does."""
    known = posisi[posisi["bukti"].notna() & posisi["berhasil"].notna()]
    done = int(known["berhasil"].sum())
    kept = int(known["bukti"].sum())
    return pd.Series(
        {
            "bukti": kept if len(known) else pd.NA,
            "berhasil": done if len(known) else pd.NA,
            "kelengkapan": kept / done if done else float("nan"),
            "unit": len(known),
        }
    )


def headcount_changes(rekap: pd.DataFrame) -> pd.DataFrame:
    """Offices whose headcount changed between submissions: opd, awal, akhir, perubahan (people), sorted by size.

    From the first to the newest known headcount up to the data date; corrections in between are not shown.
    """
    ordered = rekap.sort_values(["opd", "tanggal_data"]).groupby("opd")["jumlah_asn"]
    table = pd.DataFrame({"awal": ordered.first(), "akhir": ordered.last()})
    table["perubahan"] = table["akhir"] - table["awal"]
    changed = table[table["perubahan"].ne(0)]
    return changed.reindex(changed["perubahan"].abs().sort_values(ascending=False).index).reset_index()


def intake(kiriman: pd.DataFrame, ditolak: pd.DataFrame) -> pd.Series:
    """What intake found: submissions (files) the report rests on (`diterima`), of them with warnings (`berperingatan`)
    and how many findings those and the notes are (`peringatan`, `catatan`); files refused and sent back (`ditolak`).

    A submission that a newer one has replaced and that no count rests on any more is in none of them.
    """
    return pd.Series(
        {
            "diterima": len(kiriman),
            "berperingatan": int(kiriman["peringatan"].gt(0).sum()),
            "peringatan": int(kiriman["peringatan"].sum()),
            "catatan": int(kiriman["catatan"].sum()),
            "ditolak": len(ditolak),
        }
    )
