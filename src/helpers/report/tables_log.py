"""Tables of the problem log: inventory of problems grouped by PIC, and the follow-up matrix (RTL)."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Kolom, Rangkaian, Tabel
from helpers.wording import capitalize, number, points_number


def numbered(kendala: pd.DataFrame) -> pd.DataFrame:
    """Kendala in the order of the log, with `nomor`: by who acts first (most people first), then by people. The
    inventory, the matrix and the workbook share these numbers."""
    weight = kendala.groupby("kelompok")["orang"].transform("sum")
    ordered = kendala.assign(berat=weight).sort_values(["berat", "kelompok", "orang"], ascending=[False, True, False])
    return ordered.drop(columns="berat").reset_index(drop=True).assign(nomor=range(1, len(kendala) + 1))


def inventory(kendala: pd.DataFrame, kota: Any, kampanye: Any) -> Tabel | Rangkaian:
    """Daftar inventarisasi permasalahan, grouped by who acts first; inside a group most people first."""
    if kendala.empty:
        return Rangkaian([])
    ordered = numbered(kendala)
    heads: dict[int, str] = {}
    for group, part in ordered.groupby("kelompok", sort=False):
        people = int(part["orang"].sum())
        heads[int(part.index[0])] = (
            f"{group} · {number(len(part))} kendala, {number(people)} {kampanye.orang}, "
            f"{points_number(people / kota['jumlah_asn'])} poin"
        )
    return Tabel(
        [
            Kolom("No", "kanan"),
            Kolom("Kode"),
            Kolom("Permasalahan", lebar="1fr"),
            Kolom(capitalize(kampanye.unit), "kanan"),
            Kolom("Gagal", "kanan"),
            Kolom("Belum", "kanan"),
            Kolom(capitalize(kampanye.orang), "kanan"),
            Kolom("Dampak (poin)", "kanan"),
            Kolom("Usulan tindak lanjut", lebar="2.2fr"),
            Kolom("PIC", lebar="42mm"),
        ],
        [
            [
                str(r.nomor),
                r.kode,
                r.kategori,
                number(r.unit),
                number(r.gagal),
                number(r.belum),
                number(r.orang),
                points_number(r.poin),
                r.usulan,
                r.pic,
            ]
            for r in ordered.itertuples()
        ],
        f"Dampak: poin persentase capaian yang diperoleh bila semua {kampanye.orang} yang terhalang berhasil, dari "
        f"{number(kota['jumlah_asn'])} {kampanye.orang}. Satu kendala utama per {kampanye.orang}; kendala di bawah {kampanye.sel_kecil} orang digabung. Sumber: {kampanye.sumber}.",
        kelompok=heads,
    )


def brief(kendala: pd.DataFrame, kota: Any, kampanye: Any) -> Tabel | Rangkaian:
    """All kendala with what solving them would bring, most people first; nothing where none is recorded. The log itself,
    with proposals and follow-up, is a document of its own."""
    if kendala.empty:
        return Rangkaian([])
    return Tabel(
        [
            Kolom("Kode"),
            Kolom("Kendala", lebar="1fr"),
            Kolom(capitalize(kampanye.unit), "kanan"),
            Kolom("Gagal", "kanan"),
            Kolom("Belum", "kanan"),
            Kolom(capitalize(kampanye.orang), "kanan"),
            Kolom("Dampak (poin)", "kanan"),
            Kolom("PIC", lebar="50mm"),
        ],
        [
            [
                r.kode,
                r.kategori,
                number(r.unit),
                number(r.gagal),
                number(r.belum),
                number(r.orang),
                points_number(r.poin),
                r.pic,
            ]
            for r in kendala.itertuples()
        ],
        f"Dampak: poin persentase capaian bila semua yang terhalang berhasil, dari {number(kota['jumlah_asn'])} {kampanye.orang}. "
        f"Usulan dan tindak lanjut: log kendala. Kendala di bawah {number(kampanye.sel_kecil)} orang digabung. Sumber: {kampanye.sumber}.",
        padat=True,
    )


def follow_up(kendala: pd.DataFrame, kampanye: Any) -> Tabel | Rangkaian:
    """Matriks tindak lanjut (RTL): what the meeting fills in; what is not decided stays blank."""
    if kendala.empty:
        return Rangkaian([])
    return Tabel(
        [
            Kolom("No", "kanan"),
            Kolom("Kode"),
            Kolom("Temuan", lebar="1fr"),
            Kolom("Rekomendasi", lebar="1.6fr"),
            Kolom("PIC", lebar="34mm"),
            Kolom("Batas waktu", lebar="22mm"),
            Kolom("Indikator", lebar="1fr"),
            Kolom("Status", lebar="14mm"),
            Kolom("Keterangan", lebar="24mm"),
        ],
        [
            [
                str(r.nomor),
                r.kode,
                f"{r.kategori} menahan {number(r.orang)} {kampanye.orang}",
                r.usulan,
                r.pic,
                "................",
                f"{number(r.orang)} {kampanye.orang} selesai ditangani",
                "Belum",
                "",
            ]
            for r in numbered(kendala).itertuples()
        ],
        "Usulan untuk dibahas; batas waktu ditetapkan rapat. Status: Belum, Proses, atau Selesai. "
        f"Sumber: {kampanye.sumber}.",
    )
