"""The pages behind page one in sentences: all offices, diagnosis, instructions, groups, data quality, method."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Judul, Rangkaian, Temuan
from helpers.report.story import has_people, none_short
from helpers.wording import (
    capitalize,
    count_word,
    is_unknown,
    join,
    number,
    percent,
    percent_prose,
    points,
)


def offices_headline(ukuran: pd.DataFrame, kota: Any, kampanye: Any) -> Judul:
    """Finding of the page with all offices."""
    short = ukuran[ukuran["kekurangan"].gt(0)].nlargest(1, "kekurangan")
    reached = int(kota["unit_tercapai"])
    tail = (
        f"{count_word(reached)} {kampanye.unit} mencapai target"
        if reached
        else f"belum ada {kampanye.unit} yang mencapai target"
    )
    if short.empty:
        text = none_short(kota, kampanye)
    else:
        first = short.iloc[0]
        share = "Seluruh" if kota["unit_kurang"] == 1 else percent(first["andil"])
        text = f"{share} kekurangan ada di {first['nama']}; {tail}"
    return Judul(text, mata=f"Posisi {number(kota['unit'])} {kampanye.unit}", halaman_baru=True)


def diagnosis_headline(penguraian: pd.DataFrame, kota: Any, kampanye: Any) -> Judul:
    """Finding of the diagnosis page: how much solving every failure would bring."""
    failed, rest = kota["gagal"], kota["jumlah_asn"] - kota["berhasil"]
    if not kota["unit_lapor"]:
        people = f"{number(kota['jumlah_asn'])} " if has_people(kota) else ""
        text = f"Keadaan {people}{kampanye.orang} belum diketahui: belum ada {kampanye.unit} yang melapor"
    elif rest == 0:
        text = (
            f"Semua {kampanye.orang} sudah berhasil"
            if kota["berhasil"]
            else f"Tidak ada {kampanye.orang} yang dihitung"
        )
    elif is_unknown(failed):
        unsplit = "gagal dan belum tidak dirinci" if is_unknown(kota["belum"]) else "yang gagal tidak dirinci"
        text = f"Mengapa {number(rest)} {kampanye.orang} belum berhasil tidak diketahui: {unsplit}"
    elif kota["kekurangan"] == 0:
        which = f"{number(failed)} di antaranya gagal" if failed else "tidak ada yang dilaporkan gagal"
        text = f"Masih {number(rest)} {kampanye.orang} belum berhasil, {which}"
    else:
        more = points(failed / kota["jumlah_asn"], sign=False)
        rise = f"naik {more}" if more != points(0) else "hampir tidak berubah"
        gain = f"Bila semua yang gagal berhasil, capaian {rise}"
        text = "; ".join(filter(None, [gain if failed else "Tidak ada yang dilaporkan gagal", _others(kota, kampanye)]))
    return Judul(text, mata="Di mana kekurangannya", halaman_baru=True)


def _others(kota: Any, kampanye: Any) -> str:
    """Who is neither berhasil nor gagal: "3.044 ASN belum mengisi dan 236 ada di OPD yang belum lapor"."""
    words = {
        "belum": "belum mengisi",
        "tidak_dirinci": "tidak dirinci",
        "asn_belum_lapor": f"ada di {kampanye.unit} yang belum lapor",
    }
    parts = [(kota[name], text) for name, text in words.items() if not is_unknown(kota[name]) and kota[name]]
    return join([f"{number(n)} {text if at else f'{kampanye.orang} {text}'}" for at, (n, text) in enumerate(parts)])


def instructions(pelaporan: Any, bukti: Any, penerangan: pd.DataFrame, kampanye: Any) -> Temuan | Rangkaian:
    """How far the three instructions are carried out; nothing in a campaign without them."""
    if not kampanye.instruksi:
        return Rangkaian([])
    known = penerangan["kegiatan"].dropna()
    if known.empty:
        told = "Sosialisasi: tidak diketahui; tidak ada catatan kegiatan dalam data."
    else:
        told = (
            f"Sosialisasi: {number(known.sum())} kegiatan dilaporkan {number(int((known > 0).sum()))} {kampanye.unit}"
            if known.sum()
            else "Sosialisasi: belum ada kegiatan yang dilaporkan"
        )
        if empty := int((known == 0).sum()):
            told += f"; {number(empty)} {kampanye.unit} tidak mencatat satu pun"
        unknown = len(penerangan) - len(known)
        told += (
            f", dan pada {number(unknown)} {kampanye.unit} tidak diketahui (kiriman tanpa lembar Sosialisasi)."
            if unknown
            else "."
        )
    if is_unknown(bukti["bukti"]):
        kept = "Bukti: tidak diketahui; data tidak memuat bukti pengisian."
    elif not bukti["bukti"]:
        who = f"{kampanye.orang} yang berhasil"
        none = f"belum satu pun dari {number(bukti['berhasil'])} {who} menyimpan bukti" if bukti["berhasil"] else ""
        kept = f"Bukti: {none or f'belum ada {who}'}."
    else:
        kept = (
            f"Bukti: {number(bukti['bukti'])} dari {number(bukti['berhasil'])} {kampanye.orang} yang berhasil sudah menyimpan "
            f"bukti ({percent_prose(bukti['kelengkapan'])}), menurut {number(bukti['unit'])} {kampanye.unit}."
        )
    covered = ""
    if not is_unknown(pelaporan["tingkat_asn"]):
        covered = f", meliputi {percent_prose(pelaporan['tingkat_asn'])} {kampanye.orang} yang diketahui"
    watched = (
        f"Monitoring: {number(pelaporan['unit_lapor'])} dari {number(pelaporan['unit'])} {kampanye.unit} melapor "
        f"({percent_prose(pelaporan['tingkat'])}){covered}."
        if pelaporan["unit_lapor"]
        else f"Monitoring: belum ada {kampanye.unit} yang melapor."
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
    unknown = ["Bukti pengisian tidak diketahui: data tidak memuatnya."] if is_unknown(bukti["bukti"]) else []
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
        f"Berhasil: {kampanye.arti_berhasil}. Gagal: sudah mencoba, tetapi terhalang. Belum: termasuk yang masih dalam proses.",
        "Selisih dinyatakan dalam orang (target dibulatkan ke atas) dan poin persentase. Laju dibutuhkan adalah kekurangan "
        "dibagi hari tersisa sesudah tanggal data, dibulatkan ke atas.",
        f"{capitalize(kampanye.unit)} yang belum lapor bukan nol persen: capaiannya tidak diketahui, dan {kampanye.orang} di sana "
        "dihitung belum berhasil hanya dalam capaian keseluruhan.",
        f"Yang dihitung: {kampanye.jenis_asn}." if kampanye.instruksi else "",
        f"Laporan ini tidak memuat nama dan NIP. Kendala dan rincian orang di bawah {number(kampanye.sel_kecil)} orang digabung "
        f"atau disamarkan; jumlah tiap {kampanye.unit} tidak.",
    ]
    return Temuan("Metode dan sumber data", [line for line in lines if line])
