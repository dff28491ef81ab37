"""Values to sentences: every statement about the city is built here from measured values.

Formal Indonesian, positions instead of persons, the denominator beside every rate; what is unknown is said to be
unknown. No number is formatted anywhere but through wording.py. An office's own report is told in story_office.py,
the problem log in story_log.py, what is said about charts in captions.py.
"""

from typing import Any

import pandas as pd

from helpers.report.blocks import Angka, Butir, Dokumen, Judul, Paragraf, Temuan
from helpers.wording import (
    capitalize,
    count_word,
    day,
    day_month,
    decimal,
    is_unknown,
    moment,
    number,
    pace,
    percent,
    percent_prose,
    points,
    required_pace,
    target_percent,
    weekday,
)


def document(
    kampanye: Any,
    data: Any,
    posisi: pd.DataFrame,
    perihal: str,
    kepada: str = "",
    opd: str = "",
    lanskap: bool = False,
) -> Dokumen:
    """Header, footer and metadata of a report; the stamp follows the data."""
    reported, units = int(posisi["lapor"].sum()), len(posisi)
    recorded = moment(data.dicatat, kampanye.zona_waktu)
    return Dokumen(
        judul=f"{perihal}, {day(kampanye.tanggal_data)}",
        perihal=perihal,
        instansi=kampanye.instansi,
        kampanye=kampanye.kampanye,
        kepada=kepada,
        keadaan=f"Keadaan sampai akhir {weekday(kampanye.tanggal_data)}",
        kaki=(
            f"Data sampai {day(kampanye.tanggal_data)} · {number(reported)} dari {number(units)} {kampanye.unit} melapor · "
            f"versi data {number(data.versi)}, disusun dari data yang dicatat {recorded}"
        ),
        contoh=data.contoh,
        kunci=[
            f"opd:{opd}" if opd else "cakupan:seluruhnya",
            f"data:{kampanye.tanggal_data}",
            f"versi:{data.versi}",
        ],
        waktu=data.dicatat.isoformat(),
        lanskap=lanskap,
    )


def city_headline(kota: Any, kampanye: Any, sisa: Any) -> Judul:
    """The finding of page one."""
    share, goal = percent(kota["capaian"]), target_percent(kampanye.target)
    done = f"{share} {kampanye.orang} berhasil mengisi {kampanye.singkatan}"
    if kota["kekurangan"] == 0:
        text = f"Target {goal} tercapai: {done}"
    elif sisa["hari"] == 0:
        text = f"{done}; batas waktu {day_month(kampanye.selesai)} lewat dan target {goal} tidak tercapai"
    else:
        text = (
            f"Baru {done}; {number(kota['kekurangan'])} {kampanye.orang} lagi diperlukan untuk target {goal} "
            f"pada {day_month(kampanye.selesai)}"
        )
    return Judul(text, mata="Ringkasan eksekutif")


def _split(row: Any, kampanye: Any) -> str:
    """ "1.621 berhasil, 501 gagal, 3.044 belum" with what is unknown said to be unknown."""
    parts = [f"{number(row['berhasil'])} berhasil"]
    parts += [f"{number(row[name])} {name}" for name in ("gagal", "belum") if not is_unknown(row[name])]
    if not is_unknown(row["tidak_dirinci"]) and row["tidak_dirinci"]:
        parts.append(f"{number(row['tidak_dirinci'])} lainnya tidak dirinci (gagal atau belum tidak diketahui)")
    if row.get("asn_belum_lapor"):
        parts.append(f"{number(row['asn_belum_lapor'])} di {kampanye.unit} yang belum lapor")
    return ", ".join(parts)


def numbers(row: Any, laju: Any, lurus: float, kampanye: Any, sisa: Any, nama: str = "") -> Angka:
    """The four big numbers: capaian, people to go, pace now against pace needed, where the present pace ends.

    `row`: a row of rates; `laju`: laju and laju_kerja (NaN if unknown); `lurus`: share at constant pace.
    """
    goal = f"{number(row['target_orang'])} {kampanye.orang} ({target_percent(kampanye.target)})"
    blocks = [
        Butir(
            percent(row["capaian"]),
            f"capaian{' ' + nama if nama else ''} dari {number(row['jumlah_asn'])} {kampanye.orang}: {_split(row, kampanye)}",
        )
    ]
    if row["kekurangan"] == 0:
        blocks.append(Butir(number(row["surplus"], sign=True), f"di atas target {goal}", kampanye.orang))
        return Angka(blocks)
    blocks.append(
        Butir(number(row["kekurangan"]), f"lagi harus berhasil untuk target {goal}", kampanye.orang, awas=True)
    )
    if sisa["hari"] == 0:
        return Angka(blocks)
    need = required_pace(row["kekurangan"] / sisa["hari"])
    if sisa["hari_kerja"]:
        working = f"{pace(laju['laju_kerja'])} → {required_pace(row['kekurangan'] / sisa['hari_kerja'])} per hari kerja"
    else:
        working = "tidak ada lagi hari kerja"
    now = "laju sekarang dan" if not is_unknown(laju["laju"]) else "laju sekarang belum diketahui;"
    blocks.append(
        Butir(
            f"{pace(laju['laju'])} → {need}",
            f"{kampanye.orang} per hari kalender: {now} laju yang dibutuhkan ({working})",
            awas=True,
        )
    )
    if not is_unknown(lurus):
        end = day_month(kampanye.selesai)
        blocks.append(
            Butir(
                percent(lurus, 0),
                f"pada {end} bila laju per hari kerja tetap; hitungan lurus, bukan proyeksi",
            )
        )
    return Angka(blocks)


def basis(kota: Any, laju: Any, sisa: Any, kampanye: Any) -> Paragraf:
    """What the page's figures rest on: denominator, silence, days counted, the comparison from elsewhere."""
    silent = kota["unit"] - kota["unit_lapor"]
    text = f"Penyebut: {number(kota['jumlah_asn'])} {kampanye.orang} di {number(kota['unit'] - kota['unit_tanpa_jumlah'])} {kampanye.unit}."
    if silent:
        text += f" {number(kota['unit_lapor'])} {kampanye.unit} melapor; {number(kota['asn_belum_lapor'])} {kampanye.orang} di {number(silent - kota['unit_tanpa_jumlah'])} {kampanye.unit} yang belum lapor ikut dalam penyebut dan dihitung belum berhasil."
    if kota["unit_tanpa_jumlah"]:
        text += f" {number(kota['unit_tanpa_jumlah'])} {kampanye.unit} belum lapor dan jumlah {kampanye.orang}-nya tidak diketahui, sehingga tidak masuk penyebut."
    sentences = [text]
    if kota["kekurangan"] and sisa["hari"]:
        sentences.append(
            f"Sisa waktu sesudah {day_month(kampanye.tanggal_data)}: {number(sisa['hari'])} hari kalender, "
            f"{number(sisa['hari_kerja'])} di antaranya hari kerja (tanpa Sabtu, Minggu, dan hari libur nasional). "
            + (
                f"Laju sekarang dihitung dari {number(laju['unit'])} {kampanye.unit} ({number(laju['asn'])} {kampanye.orang}) yang laju hariannya diketahui."
                if laju["unit"]
                else "Laju sekarang tidak diketahui: belum ada dua hitungan yang berjarak sedikitnya tujuh hari."
            )
        )
    if kampanye.pembanding and kota["kekurangan"]:
        sentences.append(kampanye.pembanding)
    return Paragraf(sentences)


def pace_finding(row: Any, laju: Any, sisa: Any, kampanye: Any) -> Temuan:
    """By how much the pace must change."""
    if row["kekurangan"] == 0:
        return Temuan("Target sudah tercapai; laju tidak perlu dinaikkan")
    if sisa["hari"] == 0:
        return Temuan("Batas waktu sudah lewat")
    need = row["kekurangan"] / sisa["hari"]
    if is_unknown(laju["laju"]):
        return Temuan(
            f"Dibutuhkan {required_pace(need)} {kampanye.orang} per hari kalender; laju sekarang belum diketahui"
        )
    if laju["laju"] <= 0:
        return Temuan(
            f"Tidak ada tambahan dalam sepekan terakhir; dibutuhkan {required_pace(need)} {kampanye.orang} per hari kalender"
        )
    times = need / laju["laju"]
    if times <= 1:
        return Temuan(f"Laju sekarang cukup bila dipertahankan sampai {day_month(kampanye.selesai)}")
    return Temuan(
        f"Laju harus naik {decimal(times)} kali lipat agar target tercapai pada {day_month(kampanye.selesai)}"
    )


def where_finding(ukuran: pd.DataFrame, kota: Any, kampanye: Any) -> Temuan:
    """Which offices hold the gap, by people."""
    top = ukuran[ukuran["kekurangan"].gt(0)].nlargest(5, "kekurangan")
    if top.empty:
        return Temuan(f"Semua {kampanye.unit} mencapai target")
    share = top["kekurangan"].sum() / kota["jumlah_kekurangan"]
    return Temuan(f"{capitalize(count_word(len(top)))} {kampanye.unit} menyumbang {percent(share, 0)} kekurangan")


def obstacle_finding(kendala: pd.DataFrame, kampanye: Any) -> Temuan:
    """Which kendala block most."""
    if kendala.empty:
        return Temuan("Kendala tidak diketahui: data berupa jumlah tanpa rincian")
    top = kendala.head(2)
    return Temuan(f"{capitalize(count_word(len(top)))} kendala menahan {number(top['orang'].sum())} {kampanye.orang}")


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
        text = f"{first['nama']} menahan {percent(first['andil'], 0)} kekurangan; {tail}"
    return Judul(text, mata=f"Posisi {number(kota['unit'])} {kampanye.unit}", halaman_baru=True)


def diagnosis_headline(penguraian: pd.DataFrame, kota: Any, kampanye: Any) -> Judul:
    """Finding of the diagnosis page: how much solving every failure would bring."""
    failed = kota["gagal"]
    if is_unknown(failed):
        text = f"Mengapa {number(kota['jumlah_asn'] - kota['berhasil'])} {kampanye.orang} belum berhasil tidak diketahui: gagal dan belum tidak dirinci"
    elif kota["kekurangan"] == 0:
        text = f"Masih {number(kota['jumlah_asn'] - kota['berhasil'])} {kampanye.orang} belum berhasil, {number(failed)} di antaranya gagal"
    else:
        gain = points(failed / kota["jumlah_asn"], sign=False)
        text = f"Menyelesaikan semua kegagalan menambah {gain}; selebihnya ada pada {kampanye.orang} yang belum mengisi"
    return Judul(text, mata="Di mana kekurangannya", halaman_baru=True)


def instructions(pelaporan: Any, bukti: Any, saluran: pd.DataFrame, penerangan: pd.DataFrame, kampanye: Any) -> Temuan:
    """How far the three instructions are carried out, in the city."""
    silent = int(penerangan["kegiatan"].eq(0).sum())
    told = int(saluran["kegiatan"].sum())
    lines = []
    if told:
        lines.append(
            f"Sosialisasi: {number(told)} kegiatan dilaporkan; {number(silent)} dari {number(len(penerangan))} {kampanye.unit} "
            "yang melapor tidak mencatat satu pun."
        )
    else:
        lines.append("Sosialisasi: tidak diketahui; tidak ada catatan kegiatan dalam data.")
    if is_unknown(bukti["kelengkapan"]):
        lines.append("Bukti: tidak diketahui; data tidak memuat bukti pengisian.")
    else:
        lines.append(
            f"Bukti: {number(bukti['bukti'])} dari {number(bukti['berhasil'])} {kampanye.orang} berhasil sudah menyimpan bukti "
            f"({percent_prose(bukti['kelengkapan'])}), menurut {number(bukti['unit'])} {kampanye.unit}."
        )
    lines.append(
        f"Monitoring: {number(pelaporan['unit_lapor'])} dari {number(pelaporan['unit'])} {kampanye.unit} melapor "
        f"({percent_prose(pelaporan['tingkat'])}), meliputi {percent_prose(pelaporan['tingkat_asn'])} {kampanye.orang} yang diketahui."
    )
    return Temuan("Pelaksanaan sosialisasi, bukti, dan monitoring", lines)


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


def quality_finding(pelaporan: Any, kampanye: Any) -> Temuan:
    """Who has not reported."""
    silent = len(pelaporan["belum_lapor"])
    if not silent:
        return Temuan(f"Semua {kampanye.unit} sudah melapor")
    return Temuan(f"{capitalize(count_word(silent))} {kampanye.unit} belum lapor")


def kinds_finding(kelompok: pd.DataFrame, kampanye: Any) -> Temuan:
    """Which kind of office stands lowest, among kinds with results."""
    known = kelompok[kelompok["capaian"].notna()]
    if len(known) < 2:
        return Temuan(f"Capaian menurut jenis {kampanye.unit}")
    low, high = known.loc[known["capaian"].idxmin()], known.loc[known["capaian"].idxmax()]
    return Temuan(
        f"Capaian menurut jenis {kampanye.unit}: {percent(low['capaian'])} ({low['jenis']}) sampai "
        f"{percent(high['capaian'])} ({high['jenis']})"
    )


def method(kampanye: Any) -> Temuan:
    """How the figures are counted and where they come from."""
    lines = [
        f"Capaian adalah jumlah {kampanye.orang} berhasil dibagi jumlah {kampanye.orang}; angka keseluruhan dihitung dari jumlah "
        "orang, bukan dari rata-rata persentase.",
        f"Berhasil: {kampanye.arti_berhasil}. Gagal: sudah mencoba tetapi terhalang. Belum: termasuk yang masih dalam proses.",
        "Selisih dinyatakan dalam orang (target dibulatkan ke atas) dan poin persentase. Laju dibutuhkan adalah kekurangan "
        "dibagi hari tersisa sesudah tanggal data, dibulatkan ke atas.",
        f"{capitalize(kampanye.unit)} yang belum lapor bukan nol persen: capaiannya tidak diketahui, dan {kampanye.orang}-nya "
        "dihitung belum berhasil hanya dalam capaian keseluruhan.",
        f"Laporan ini tidak memuat nama dan NIP; rincian di bawah {number(kampanye.sel_kecil)} orang disamarkan.",
    ]
    if kampanye.atribusi:
        lines.append(f"Sumber: {kampanye.atribusi}")
    return Temuan("Metode dan sumber data", lines)
