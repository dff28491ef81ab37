"""A problem log as measures.problem_log and story_rtl make it, small and invented: for the workbook and its way back."""

from datetime import date

import pandas as pd

from helpers.report.rtl import Rtl


def inventory(**changes):
    """Three problems and the row of people without a recorded reason."""
    rows = [
        (1, "K02", "KK baru belum ada pada data sensus", "KK baru", "BPS", 20, ["DINKES", "PRKP"], 90, 0, False),
        (2, "K05", "Jaringan internet lambat atau putus", "Jaringan", "OPD", 31, ["DINKES"], 60, 0, True),
        (3, "K15", "Belum sempat mengisi", "Belum sempat", "ASN", 44, [], 0, 300, True),
        (4, "CATAT", "Tanpa alasan yang dicatat", "Tanpa alasan", "OPD", 12, [], 10, 40, True),
    ]
    return pd.DataFrame(
        [
            {
                "nomor": nomor, "kode": kode, "permasalahan": text, "kategori": kind, "kelompok": group, "unit": unit,
                "terbanyak": most, "gagal": gagal, "belum": belum, "orang": gagal + belum, "poin": (gagal + belum) / 5402,
                "sejak": pd.Timestamp(2020, 2, 20), "perubahan": -5, "unit_banding": 40, "sebelum_batas": before,
                "ungkapan": ["kk baru blm terdaftar", "NIK [nomor disamarkan]"], "usulan": f"Tangani {kind}",
                "pic": f"Kepala {group}", "tenggat": date(2020, 3, 20), "status": "Belum",
            }
            for nomor, kode, text, kind, group, unit, most, gagal, belum, before in rows
        ]
    ).astype({"orang": "Int64", "perubahan": "Int64", "unit_banding": "Int64"}).assign(**changes)  # fmt: skip


def matrix():
    """Five follow-ups: one a problem, one decided before, one without people."""
    return [
        Rtl(1, "K02", "90 ASN dengan KK baru", 90, "Ajukan ke BPS", "90 ASN selesai ditangani", date(2020, 3, 20)),
        Rtl(
            2, "K05", "60 ASN terhalang jaringan", 60, "Pinjamkan jaringan kantor", "60 ASN selesai", date(2020, 3, 20)
        ),
        Rtl(3, "K15", "300 ASN belum sempat", 300, "Sediakan waktu di kantor", "300 ASN mengisi", date(2020, 3, 24)),
        Rtl(4, "LAPOR", "4 OPD belum melapor", None, "Minta laporan", "52 OPD melapor", date(2020, 3, 19), pic="Sekda"),
        Rtl(5, "BUKTI", "400 ASN tanpa bukti", 400, "Kumpulkan bukti", "Bukti lengkap", None),
    ]
