"""Sentences and tables of validasi_proyeksi.ipynb: how wrong the projection was on campaigns that are over.

Every figure is measured; only the reasons in CASES were looked up in the data by hand, and stand only beside the office
that they are about. The charts are in figures_projection.py.
"""

from datetime import date
from typing import Any

import pandas as pd

from helpers.report.blocks import Dokumen, Paragraf, Rangkaian, Tabel, Temuan
from helpers.report.cells import Kolom
from helpers.wording import count_word, day, decimal, join, number, percent, points_number, short_day

OURS, OFFICES, CITY = "proyeksi", "kantor", "KOTA"
SCORED = {"CSPS 2021": "Civil Service People Survey 2021", "US 2020": "Sensus Amerika Serikat 2020"}
# What happened there, read from the daily counts.
CASES = {
    "OFWAT": "hanya naik tujuh poin dalam sepuluh hari, lalu hampir sepuluh poin dalam satu hari kerja (hari 27 ke 28) dan 17 poin pada tiga hari kerja terakhir: kantor kecil bergerak oleh satu dorongan, yang tidak terlihat sebelumnya",
    "DIT": "laju hariannya menjadi tiga kali lipat pada tiga hari kerja terakhir, dan daftar pegawainya menyusut 8 persen selama survei: penyebut mengecil, tingkat naik",
    "BEIS": "mulai terlambat (0,2 persen pada hari ke-3) sehingga rata-ratanya sejak awal terlalu rendah, lalu naik 19 poin pada tiga hari kerja terakhir",
    "WPEA": "76 pegawai: satu orang adalah 1,3 poin, dan 17 orang mengisi pada tiga hari kerja terakhir",
    "SPS": "petugas penjara dengan giliran jaga: lonjakan menjelang tenggat, yang ada di semua kantor lain, tidak terjadi",
}


def document(rencana: Any) -> Dokumen:
    """Header and footer of the exported notebook."""
    title = "Validasi proyeksi capaian"
    return Dokumen(
        judul=title,
        perihal=title,
        instansi="",
        kampanye="Pantau SP Online",
        kepada="Statistisi BPS",
        keadaan=f"Hari asal {', '.join(map(str, rencana.hari_asal))} (CSPS 2021) dan {day(rencana.tanggal_asal)} (sensus AS)",
        kaki="Data nyata kampanye lain, bukan data Kota Kupang. Sumber dan lisensi: data/README.md.",
        contoh=False,
    )


def data(inggris: Any, amerika: Any) -> Temuan:
    """Which finished campaigns, how many offices and days."""
    return Temuan(
        "Dua kampanye yang sudah selesai",
        [
            _campaign(inggris, "pegawai, direkonstruksi dari tingkat yang dipublikasikan") + " Tenggatnya tegas.",
            _campaign(amerika, "orang nominal: hanya tingkat yang dipublikasikan, jadi tiap tract dihitung 1.000 orang")
            + " Tenggatnya lunak, dan surat dikirim bergelombang: bentuk yang sengaja berbeda.",
        ],
    )


def _campaign(acuan: Any, people: str) -> str:
    days = acuan.harian["tanggal"].nunique()
    return (
        f"{SCORED[acuan.nama]}: {number(len(acuan.akhir))} satuan, {number(days)} hari tercacah dari {day(acuan.mulai)} sampai "
        f"{day(acuan.selesai)}, {number(acuan.akhir['jumlah_asn'].sum())} {people}."
    )


def constants(perubahan: dict[str, tuple[float, float]], dipakai: dict[str, tuple[float, float]]) -> Rangkaian:
    """The changes of pace of whole campaigns, as measured and as used. Keys: campaign, and tegas or lunak."""
    rows = [[name, decimal(week, 2), decimal(mean, 2)] for name, (week, mean) in perubahan.items()]
    rows += [[f"dipakai, tenggat {name}", decimal(a, 1), decimal(b, 1)] for name, (a, b) in dipakai.items()]
    columns = [
        Kolom("Kampanye seluruhnya", lebar="1fr"),
        Kolom("Terhadap laju sepekan", "kanan"),
        Kolom("Terhadap rata-rata sejak awal", "kanan"),
    ]
    note = "Hazard sisa waktu dibagi hazard yang sudah terlihat, rata-rata geometris atas asal 7 sampai 24 hari sebelum akhir. Tenggat tegas: rata-rata ketiga baris survei Inggris, dibulatkan ke bawah."
    text = "Tetapan ini memuat kampanye yang sedang dinilai; nilai tanpa kampanye itu ada di bawah."
    return Rangkaian(
        [
            Temuan("Dari mana perubahan laju berasal", [text]),
            Tabel(columns, rows, note, tebal=[*range(len(perubahan), len(rows))]),
        ]
    )


def errors(skor: pd.DataFrame, luar: pd.DataFrame, amerika: pd.DataFrame) -> Temuan:
    """The mean errors of the projection as a finding: in and out of campaign, and the soft deadline."""
    own, out, us = (_ours(table)["mae"] for table in (skor, luar, amerika))
    bias = _ours(skor)["bias"]
    return Temuan(
        f"Rata-rata meleset {_range(own)} poin persentase per kantor",
        [
            f"Dengan tetapan dari CSPS 2020 saja, tanpa melihat kampanye yang dinilai, {_range(out)} poin; inilah ukuran yang adil.",
            f"Biasnya {_range(bias)} poin: proyeksi lebih sering terlalu rendah daripada terlalu tinggi.",
            f"Pada sensus Amerika {_range(us)} poin; di sana tetapan tenggat lunak berasal dari kampanye yang sama karena hanya itu yang ada.",
        ],
    )


def coverage(skor: pd.DataFrame, amerika: pd.DataFrame) -> Temuan:
    """How often the intervals held what came."""
    uk, us = (_ours(table)["cakupan_80"] for table in (skor, amerika))
    low, high = float(min(uk.min(), us.min())), float(max(uk.max(), us.max()))
    inside = _ours(skor, CITY)["cakupan_80"]
    return Temuan(
        f"Selang 80% memuat {percent(low, 0)} sampai {percent(high, 0)} hasil kantor",
        [
            f"Jumlah seluruh kantor berada di dalam selang 80% pada {count_word(int(inside.sum()))} dari {count_word(len(inside))} hari asal; dengan satu kampanye, itu bukan bukti.",
            "Galat sebagian besar bersama: bila satu kantor terlalu rendah, yang lain juga. Cakupan dari satu hari asal karena itu jauh lebih tidak pasti daripada banyaknya kantor.",
        ],
    )


def cases(terburuk: pd.DataFrame, acuan: Any) -> Rangkaian:
    """The offices that were most wrong, and why where the data show it."""
    names = acuan.akhir["nama"]
    rows = [
        [
            names[r.opd],
            number(r.jumlah_asn),
            percent(r.kini),
            percent(r.median),
            percent(r.akhir),
            points_number(r.galat, sign=True),
        ]
        for r in terburuk.itertuples()
    ]
    columns = [
        Kolom("Kantor", lebar="1fr"),
        *(Kolom(t, "kanan") for t in ("Pegawai", "Saat itu", "Proyeksi", "Hasil", "Galat, poin")),
    ]
    why = [f"{names[code]}: {CASES[code]}." for code in terburuk["opd"] if code in CASES]
    heading = f"{count_word(len(rows)).capitalize()} kantor yang paling meleset"
    return Rangkaian([Temuan(heading, why), Tabel(columns, rows, "Rata-rata atas semua hari asal.")])


def sizes(ukuran: pd.DataFrame) -> Tabel:
    """Errors by headcount."""
    rows = [
        [_class(r.dari, r.sampai), number(r.n), decimal(r.mae), decimal(r.bias, sign=True), percent(r.cakupan_80, 0)]
        for r in ukuran.itertuples()
    ]
    columns = [
        Kolom("Pegawai", lebar="1fr"),
        *(Kolom(t, "kanan") for t in ("Prakiraan", "MAE, poin", "Bias, poin", "Dalam selang 80%")),
    ]
    return Tabel(columns, rows, "Prakiraan menurut besar kantor, semua hari asal.")


def scores(skor: pd.DataFrame, baris: str = OFFICES, keterangan: str = "") -> Tabel:
    """The projection by origin: MAE, bias, CRPS, WIS, coverage, width. What it is compared with stands in `beside`."""
    shown = skor[skor["tingkat_baris"].eq(baris) & skor["metode"].eq(OURS)]
    heads = ("Asal", "MAE", "Bias", "CRPS", "WIS", "50%", "80%", "95%", "Lebar 80%")
    rows = [
        [
            r.metode,
            short_day(r.asal),
            *(decimal(v, 1, sign=s) for v, s in ((r.mae, False), (r.bias, True), (r.crps, False), (r.wis, False))),
            *(percent(v, 0) for v in (r.cakupan_50, r.cakupan_80, r.cakupan_95)),
            decimal(r.lebar_80),
        ]
        for r in shown.itertuples()
    ]
    note = "MAE, bias, CRPS, WIS, dan lebar selang dalam poin persentase; 50%, 80%, 95%: bagian hasil di dalam selang."
    columns = [Kolom("Metode", lebar="1fr"), *(Kolom(h, "kanan") for h in heads)]
    return Tabel(columns, rows, f"{keterangan} {note}".strip())


def beside(skor: pd.DataFrame, baris: str = OFFICES, keterangan: str = "") -> Tabel:
    """MAE of every method by origin, smallest first by their mean; they have no intervals, so it is their CRPS too."""
    shown = skor[skor["tingkat_baris"].eq(baris)]
    wide = shown.pivot(index="metode", columns="asal", values="mae")
    wide = wide.loc[wide.mean(axis=1).sort_values(kind="stable").index]
    rows = [
        [name, *(decimal(value) for value in values)] for name, values in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    note = "Rata-rata galat mutlak, poin persentase. Pembanding tidak memberi selang sehingga CRPS-nya sama dengan angka ini."
    return Tabel(
        [Kolom("Metode", lebar="1fr"), *(Kolom(f"Dari {short_day(day)}", "kanan") for day in wide)],
        rows,
        f"{keterangan} {note}".strip(),
        tebal=[i for i, name in enumerate(wide.index) if name == OURS],
    )


def proof(pemeriksaan: pd.DataFrame) -> Rangkaian:
    """The notebook's own checks, both sides printed."""
    columns = [Kolom("Pemeriksaan", lebar="1fr"), Kolom("Kiri", "kanan"), Kolom("Kanan", "kanan"), Kolom("Hasil")]
    rows = [[r.pemeriksaan, number(r.kiri), number(r.kanan), "cocok"] for r in pemeriksaan.itertuples()]
    return Rangkaian(
        [Temuan("Pemeriksaan angka"), Tabel(columns, rows, "Validasi hanya terbit bila semua pemeriksaan cocok.")]
    )


def attribution() -> Paragraf:
    """Sources and licences, as they ask to be named."""
    return Paragraf(
        [
            "CSPS: github.com/co-analysis/csps2021-response-rate-tracker pada 728d1df. Contains public sector information licensed under the Open Government Licence v3.0.",
            "Sensus AS: github.com/stuartlynn/census_2020_response_rates pada 8bb6c55 (Apache-2.0) dan github.com/natalieoshea/nyccensus pada a1d2043 (MIT); datanya milik umum.",
        ]
    )


def _ours(skor: pd.DataFrame, whose: str = OFFICES) -> pd.DataFrame:
    return skor[skor["metode"].eq(OURS) & skor["tingkat_baris"].eq(whose)]


def _range(values: pd.Series) -> str:
    low, high = decimal(values.min(), 1), decimal(values.max(), 1)
    return low if low == high else f"{low} sampai {high}"


def _class(low: float, high: float) -> str:
    if not low:
        return f"di bawah {number(high)}"
    return f"{number(low)} atau lebih" if high == float("inf") else f"{number(low)} sampai di bawah {number(high)}"


def origins(days: list[date]) -> str:
    """Dates in a row: "10 Okt, 14 Okt, dan 21 Okt"."""
    return join(short_day(one) for one in days)
