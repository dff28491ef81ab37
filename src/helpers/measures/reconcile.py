"""The proof at the end of every report: sums agree, nobody is counted twice, rates have their numerators.

Raises instead of returning False, so that papermill stops and no PDF is made.
"""

from typing import Any

import pandas as pd

from helpers.measures.movement import HEADCOUNT, PARTS
from helpers.sentence import Sentence


class MismatchError(Sentence, AssertionError):
    """Figures that must agree do not; the report must not be delivered."""


def prove(
    posisi: pd.DataFrame,
    kota: pd.Series,
    penguraian: pd.DataFrame | None = None,
    kurva: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Check a report's figures and return them as a table: pemeriksaan, kiri, kanan (both sides, people).

    Offices sum to the city; statuses sum to the headcount; the decomposition sums to everyone not berhasil; the
    curve ends where the city stands. MismatchError names the first check that fails.
    """
    known = posisi["jumlah_asn"].sum()
    done = kota["berhasil"] if posisi["lapor"].any() else 0
    checks = [
        ("Jumlah seluruh unit = kota", known, kota["jumlah_asn"]),
        ("Berhasil seluruh unit = kota", posisi["berhasil"].sum(), done),
        (
            "Berhasil + gagal + belum + tidak dirinci + belum lapor = jumlah",
            sum(0 if pd.isna(kota[n]) else int(kota[n]) for n in _PARTS),
            kota["jumlah_asn"],
        ),
        (
            "Berhasil tidak melebihi jumlah di setiap unit",
            int((posisi["berhasil"] > posisi["jumlah_asn"]).sum()),
            0,
        ),
    ]
    if pd.notna(kota["bukti"]):
        checks.append(("Bukti tidak melebihi berhasil", int(posisi["bukti"].gt(posisi["berhasil"]).sum()), 0))
    if penguraian is not None:
        checks.append(
            (
                "Penguraian = jumlah − berhasil",
                penguraian["orang"].sum(),
                kota["jumlah_asn"] - done,
            )
        )
    if kurva is not None and not kurva.empty:
        checks.append(("Akhir kurva = berhasil", int(kurva["berhasil"].iloc[-1]), kota["berhasil"]))
    return _agreed(checks)


def prove_log(log: pd.DataFrame, posisi: pd.DataFrame) -> pd.DataFrame:
    """Check that the problem log holds everybody whom an office calls gagal or belum, once: columns as of `prove`, to
    stand below it. MismatchError as there."""
    return _agreed(
        [
            ("Gagal pada log = gagal seluruh unit", log["gagal"].sum(), posisi["gagal"].sum()),
            ("Belum pada log = belum seluruh unit", log["belum"].sum(), posisi["belum"].sum()),
            ("Jumlah pada log = gagal + belum", log["orang"].sum(), posisi[["gagal", "belum"]].sum().sum()),
            ("Nomor yang dipakai dua kali", int(log["nomor"].duplicated().sum()), 0),
        ]
    )


def prove_movement(gerak: pd.DataFrame, kota: pd.Series) -> pd.DataFrame:
    """Check the change since the last report (movement.since) against itself and the city: columns as of `prove`, to
    stand below it; no row without an earlier report. MismatchError as there.

    Parts of every office sum to its change; the state then plus the parts is the city's berhasil; moves within the city
    cancel out; the headcount then plus its parts is the city's.
    """
    if gerak["perubahan"].isna().all():
        return pd.DataFrame(columns=["pemeriksaan", "kiri", "kanan"])
    wrong = gerak[PARTS].sum(axis=1).ne(gerak["perubahan"].fillna(0))
    checks = [
        ("Unit yang bagian perubahannya tidak cocok", int(wrong.sum()), 0),
        (
            "Berhasil lalu + bagian perubahan = berhasil kini",
            gerak["berhasil_lalu"].sum() + gerak[PARTS].sum().sum(),
            kota["berhasil"],
        ),
        ("Perpindahan antarunit saling menutup", gerak["pindah"].sum(), 0),
        (
            "Jumlah lalu + perubahan jumlah = jumlah kini",
            gerak["jumlah_lalu"].sum() + gerak[HEADCOUNT].sum().sum(),
            kota["jumlah_asn"],
        ),
    ]
    return _agreed(checks)


def prove_projection(ramalan: pd.DataFrame, posisi: pd.DataFrame) -> pd.DataFrame:
    """Check that a projection (projection.table) starts where the report stands and stays possible: columns as of
    `prove`; no row where nothing could be projected. MismatchError as there."""
    city, offices = ramalan.iloc[-1], ramalan.iloc[:-1]
    if pd.isna(city["median"]):
        return pd.DataFrame(columns=["pemeriksaan", "kiri", "kanan"])
    bounds = [name for name in ramalan if name.startswith(("bawah_", "atas_", "median")) and name.endswith("_orang")]
    known = offices[offices["median"].notna()]
    below = known[bounds].lt(known["berhasil"].fillna(0), axis=0).any(axis=1)
    above = known[bounds].gt(known["jumlah_asn"], axis=0).any(axis=1)
    return _agreed(
        [
            ("Berhasil pada awal proyeksi = kota", offices["berhasil"].sum(), posisi["berhasil"].sum()),
            ("Jumlah dalam proyeksi = kota", city["jumlah_asn"], posisi["jumlah_asn"].sum()),
            ("Unit yang proyeksinya di luar batas mungkin", int((below | above).sum()), 0),
        ]
    )


def together(*checks: pd.DataFrame) -> pd.DataFrame:
    """Several tables of checks as one, in order; empty where all are."""
    return pd.concat([table for table in checks if len(table)] or checks[:1], ignore_index=True)


def _agreed(checks: list[tuple[str, Any, Any]]) -> pd.DataFrame:
    for name, left, right in checks:
        if pd.isna(left) or pd.isna(right) or int(left) != int(right):
            raise MismatchError(f"{name}: {left} tidak sama dengan {right}; laporan dihentikan.")
    return pd.DataFrame(checks, columns=["pemeriksaan", "kiri", "kanan"])


def prove_forecasts(rows: pd.DataFrame, ulang: pd.DataFrame, skor: pd.DataFrame, akhir: pd.DataFrame) -> pd.DataFrame:
    """Check the forecasts of a finished campaign: pemeriksaan, kiri, kanan, as `prove` returns them.

    `rows`: of scoring.rolling; `ulang`: the last origin forecast anew from what was known then, rows turned round;
    `skor`: of scoring.scores; `akhir`: by opd how it ended. The mean errors are added up again from the published finals,
    in thousandths of a percentage point. MismatchError names the first check that fails.
    """
    ours = rows[rows["metode"].eq("proyeksi")]
    offices = ours[ours["opd"].isin(akhir.index)]
    missed = (offices["median"] - offices["opd"].map(akhir["tingkat"]).astype(float)).abs()
    printed = skor[skor["metode"].eq("proyeksi") & skor["tingkat_baris"].eq("kantor")]
    last = ours[ours["asal"].eq(ulang["asal"].iloc[0])].set_index("opd")
    moved = last["median"].ne(ulang.set_index("opd")["median"].reindex(last.index))
    nested = (
        ours["bawah_95"].le(ours["bawah_80"])
        & ours["bawah_80"].le(ours["median"])
        & ours["atas_80"].le(ours["atas_95"])
    )
    possible = ours["median"].between(ours["kini"] - 1e-9, 1)
    sums = (round(1e5 * missed.groupby(offices["asal"]).mean().sum()), round(1e3 * printed["mae"].sum()))
    checks = [
        ("Prakiraan = kantor × hari asal", len(offices), len(akhir) * ours["asal"].nunique()),
        ("Galat dihitung ulang dari angka akhir (seperseribu poin)", *sums),
        ("Prakiraan berubah bila data sesudah hari asal dibuang", int(moved.sum()), 0),
        ("Prakiraan di bawah posisi atau di atas seluruh pegawai", int((~possible).sum()), 0),
        ("Selang yang tidak bersarang", int((~nested).sum()), 0),
    ]
    for name, left, right in checks:
        if int(left) != int(right):
            raise MismatchError(f"{name}: {left} tidak sama dengan {right}; laporan dihentikan.")
    return pd.DataFrame(checks, columns=["pemeriksaan", "kiri", "kanan"])


_PARTS = ["berhasil", "gagal", "belum", "tidak_dirinci", "asn_belum_lapor"]


def prove_office(row: pd.Series, people: pd.DataFrame, terhalang: pd.DataFrame) -> None:
    """Check an office's own figures: people listed = its headcount, blocked people = its gagal + belum.

    An office without a nominatif, or one that does not split gagal and belum, has nothing to compare.
    """
    if len(people) and len(people) != row["jumlah_asn"]:
        raise MismatchError(f"Nominatif {len(people)} orang, rekap {row['jumlah_asn']}; laporan dihentikan.")
    if pd.notna(row["gagal"]) and pd.notna(row["belum"]):
        blocked, rest = int(terhalang["orang"].sum()), int(row["gagal"] + row["belum"])
        if blocked != rest:
            raise MismatchError(f"Kendala {blocked} orang, gagal dan belum {rest}; laporan dihentikan.")
