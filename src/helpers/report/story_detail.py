"""The pages behind page one in sentences: all offices, diagnosis, instructions, groups, data quality, method."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Judul, Rangkaian, Temuan
from helpers.wording import (
    capitalize,
    count_word,
    is_unknown,
    join,
    number,
    percent,
    percent_prose,
    points,
    target_percent,
)


def offices_headline(ukuran: pd.DataFrame, kota: Any, kampanye: Any) -> Judul:
    """Finding of the page with all offices."""
    first = ukuran.nlargest(1, "kekurangan").iloc[0]
    reached = int(kota["unit_tercapai"])
    tail = (
        f"{count_word(reached)} {kampanye.unit} mencapai target"
        if reached
        else f"belum ada {kampanye.unit} yang mencapai target"
    )
    if first["kekurangan"] == 0:
        text = f"Semua {kampanye.unit} mencapai target {target_percent(kampanye.target)}"
    else:
        text = f"{percent(first['andil'], 0)} kekurangan ada di {first['nama']}; {tail}"
    return Judul(text, mata=f"Posisi {number(kota['unit'])} {kampanye.unit}", halaman_baru=True)


def diagnosis_headline(penguraian: pd.DataFrame, kota: Any, kampanye: Any) -> Judul:
    """Finding of the diagnosis page: how much solving every failure would bring."""
    failed = kota["gagal"]
    if not kota["unit_lapor"]:
        text = f"Keadaan {number(kota['jumlah_asn'])} {kampanye.orang} belum diketahui: belum ada {kampanye.unit} yang melapor"
    elif is_unknown(failed):
        text = f"Mengapa {number(kota['jumlah_asn'] - kota['berhasil'])} {kampanye.orang} belum berhasil tidak diketahui: gagal dan belum tidak dirinci"
    elif kota["kekurangan"] == 0:
        text = f"Masih {number(kota['jumlah_asn'] - kota['berhasil'])} {kampanye.orang} belum berhasil, {number(failed)} di antaranya gagal"
    else:
        gain = points(failed / kota["jumlah_asn"], sign=False)
        rest = f"{number(kota['belum'])} {kampanye.orang} belum mengisi"
        if kota["asn_belum_lapor"]:
            rest += f" dan {number(kota['asn_belum_lapor'])} ada di {kampanye.unit} yang belum lapor"
        text = f"Bila semua yang gagal berhasil, capaian naik {gain}; {rest}"
    return Judul(text, mata="Di mana kekurangannya", halaman_baru=True)


def instructions(pelaporan: Any, bukti: Any, penerangan: pd.DataFrame, kampanye: Any) -> Temuan | Rangkaian:
    """How far the three instructions are carried out; nothing in a campaign without them."""
    if not kampanye.instruksi:
        return Rangkaian([])
    known = penerangan["kegiatan"].dropna()
    if known.empty:
        told = "Sosialisasi: tidak diketahui; tidak ada catatan kegiatan dalam data."
    else:
        told = (
            f"Sosialisasi: {number(known.sum())} kegiatan dilaporkan {number(int((known > 0).sum()))} {kampanye.unit}; "
            f"{number(int((known == 0).sum()))} {kampanye.unit} tidak mencatat satu pun"
        )
        unknown = len(penerangan) - len(known)
        told += (
            f", dan pada {number(unknown)} {kampanye.unit} tidak diketahui (kiriman tanpa lembar Sosialisasi)."
            if unknown
            else "."
        )
    if is_unknown(bukti["kelengkapan"]):
        kept = "Bukti: tidak diketahui; data tidak memuat bukti pengisian."
    else:
        kept = (
            f"Bukti: {number(bukti['bukti'])} dari {number(bukti['berhasil'])} {kampanye.orang} yang berhasil sudah menyimpan "
            f"bukti ({percent_prose(bukti['kelengkapan'])}), menurut {number(bukti['unit'])} {kampanye.unit}."
        )
    watched = (
        f"Monitoring: {number(pelaporan['unit_lapor'])} dari {number(pelaporan['unit'])} {kampanye.unit} melapor "
        f"({percent_prose(pelaporan['tingkat'])}), meliputi {percent_prose(pelaporan['tingkat_asn'])} {kampanye.orang} yang diketahui."
    )
    return Temuan(f"Pelaksanaan tiga instruksi {kampanye.penerima}", [told, kept, watched])


def groups_finding(people: pd.DataFrame, kota: Any, kampanye: Any) -> Temuan:
    """Whom the tables by sex and age cover."""
    if people.empty:
        return Temuan("Rincian menurut jenis kelamin dan umur tidak diketahui: tidak ada nominatif")
    return Temuan(
        "Capaian menurut jenis kelamin dan kelompok umur",
        [
            f"Dihitung dari NIP {number(len(people))} {kampanye.orang} di {number(people['opd'].nunique())} {kampanye.unit} "
            f"yang mengirim nominatif, dari {number(kota['jumlah_asn'])} {kampanye.orang} seluruhnya."
        ],
    )


def quality_finding(pelaporan: Any, perubahan: pd.DataFrame, bukti: Any, kampanye: Any) -> Temuan:
    """Who has not reported, how many headcounts changed, and whether proofs are known at all."""
    silent, changed = len(pelaporan["belum_lapor"]), len(perubahan)
    parts = [f"{count_word(silent)} {kampanye.unit} belum lapor" if silent else f"semua {kampanye.unit} sudah melapor"]
    if changed:
        parts.append(f"jumlah {kampanye.orang} berubah di {count_word(changed)} {kampanye.unit}")
    unknown = ["Bukti pengisian tidak diketahui: data tidak memuatnya."] if is_unknown(bukti["kelengkapan"]) else []
    return Temuan(f"Mutu data: {join(parts)}", unknown)


def kinds_finding(kelompok: pd.DataFrame, kampanye: Any) -> Temuan:
    """Which kind of office has most people to the target; single offices are not ranked by percentage."""
    first = kelompok[kelompok["kekurangan"].notna()].nlargest(1, "kekurangan")
    if len(kelompok) < 2 or first.empty or first["kekurangan"].iloc[0] == 0:
        return Temuan(f"Capaian menurut jenis {kampanye.unit}")
    row = first.iloc[0]
    return Temuan(
        f"Menurut jenis {kampanye.unit}, kekurangan terbesar ada pada {row['jenis']}: {number(row['kekurangan'])} {kampanye.orang}"
    )


def method(kampanye: Any) -> Temuan:
    """How the figures are counted and where they come from."""
    lines = [
        f"Capaian adalah jumlah {kampanye.orang} berhasil dibagi jumlah {kampanye.orang}; angka keseluruhan dihitung dari jumlah "
        "orang, bukan dari rata-rata persentase.",
        f"Berhasil: {kampanye.arti_berhasil}. Gagal: sudah mencoba tetapi terhalang. Belum: termasuk yang masih dalam proses.",
        "Selisih dinyatakan dalam orang (target dibulatkan ke atas) dan poin persentase. Laju dibutuhkan adalah kekurangan "
        "dibagi hari tersisa sesudah tanggal data, dibulatkan ke atas.",
        f"{capitalize(kampanye.unit)} yang belum lapor bukan nol persen: capaiannya tidak diketahui, dan {kampanye.orang} di sana "
        "dihitung belum berhasil hanya dalam capaian keseluruhan.",
        f"Yang dihitung: {kampanye.jenis_asn}. " if kampanye.instruksi else "",
        f"Laporan ini tidak memuat nama dan NIP. Kendala dan rincian orang di bawah {number(kampanye.sel_kecil)} orang digabung "
        f"atau disamarkan; jumlah tiap {kampanye.unit} tidak.",
    ]
    return Temuan("Metode dan sumber data", [line for line in lines if line])
