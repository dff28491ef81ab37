"""The problem log in sentences: what blocks most, how everyone not berhasil is accounted for, what is to be decided."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Judul, Paragraf, Rangkaian
from helpers.report.story import has_people, no_obstacles
from helpers.wording import number, opening_count


def headline(kendala: pd.DataFrame, kota: Any, kampanye: Any) -> Judul:
    """The finding of the problem log."""
    mata = "Daftar inventarisasi permasalahan dan matriks tindak lanjut"
    if kendala.empty:
        return Judul(no_obstacles(kota, kampanye), mata)
    top = kendala.iloc[0]
    text = f"{opening_count(len(kendala))} jenis kendala menahan {number(kendala['orang'].sum())} {kampanye.orang}"
    largest = f"; terbesar {top['kategori']} ({number(top['orang'])})" if len(kendala) > 1 else f": {top['kategori']}"
    return Judul(text + largest, mata)


def reconciliation(penguraian: pd.DataFrame, kota: Any, kampanye: Any) -> Paragraf:
    """Everyone not berhasil, counted once: recorded, not recorded, unsplit, silent."""
    known = f"{number(kota['jumlah_asn'])} {kampanye.orang}"
    if not kota["unit_lapor"]:
        state = f"; keadaan {known} belum diketahui" if has_people(kota) else ""
        return Paragraf([f"Rekonsiliasi: belum ada {kampanye.unit} yang melapor{state}."])
    rest = kota["jumlah_asn"] - kota["berhasil"]
    if not rest:
        done = (
            f"semua {kampanye.orang} sudah berhasil ({number(kota['berhasil'])})"
            if kota["berhasil"]
            else f"tidak ada {kampanye.orang} yang dihitung"
        )
        return Paragraf([f"Rekonsiliasi: {done}."])
    parts = []
    for label, mask in (
        ("dengan kendala tercatat", penguraian["kode"].str.fullmatch(r"K\d\d|lain")),
        (
            "gagal tanpa kendala tercatat",
            penguraian["kode"].eq("belum dicatat") & penguraian["kelompok"].eq("gagal"),
        ),
        (
            "belum tanpa alasan tercatat",
            penguraian["kode"].eq("belum dicatat") & penguraian["kelompok"].eq("belum"),
        ),
        ("tidak dirinci", penguraian["kelompok"].eq("tidak dirinci")),
        (f"di {kampanye.unit} yang belum lapor", penguraian["kelompok"].eq("belum lapor")),
    ):
        people = penguraian.loc[mask, "orang"].sum()
        if people:
            parts.append(f"{number(people)} {label}")
    return Paragraf([f"Rekonsiliasi: {number(rest)} {kampanye.orang} belum berhasil = {' + '.join(parts)}."])


def follow_up_headline(kendala: pd.DataFrame, kampanye: Any) -> Judul | Rangkaian:
    """Finding above the matrix; nothing where there is nothing to follow up."""
    if kendala.empty:
        return Rangkaian([])
    text = f"{opening_count(len(kendala))} tindak lanjut menunggu batas waktu dan keputusan rapat"
    return Judul(text, "Matriks tindak lanjut", halaman_baru=True)
