"""An office's own report in sentences: helpful in tone, silence is not 0%, unknown is said to be unknown."""

from typing import Any

import pandas as pd

from helpers.measures.pace import is_daily
from helpers.report import story
from helpers.report.blocks import Angka, Butir, Judul, Paragraf, Rangkaian, Temuan
from helpers.report.story_instructions import activities_of
from helpers.report.story_projection import about, chance_number, told
from helpers.wording import (
    count_word,
    day,
    day_month,
    days_left,
    is_unknown,
    number,
    opening_count,
    percent,
    percent_prose,
    points,
    required_pace,
    short_day,
    target_percent,
)


def numbers(row: Any, ramalan: Any, kampanye: Any, sisa: Any) -> Angka:
    """The big numbers; an office that did not report has its headcount and nothing else."""
    if not row["lapor"] and not is_unknown(row["jumlah_asn"]):
        return Angka(
            [
                Butir(
                    number(row["jumlah_asn"]),
                    "menurut daftar; berapa yang berhasil, gagal, dan belum tidak diketahui",
                    kampanye.orang,
                    awas=True,
                )
            ]
        )
    return story.numbers(row, row, ramalan, kampanye, sisa)


def pace_finding(row: Any, sisa: Any, kampanye: Any, ramalan: Any) -> Temuan | Rangkaian:
    """By how much the pace must change, and the chance; nothing for an office that did not report."""
    if not row["lapor"] or is_empty(row):
        return Rangkaian([])
    return story.pace_finding(row, row, sisa, kampanye, ramalan)


def steps(langkah: pd.DataFrame, row: Any, kampanye: Any) -> Paragraf | Rangkaian:
    """What the office would reach under the assumptions that concern it; `langkah`: skenario.for_campaign of it. Nothing
    for an office that did not report or where story_projection.told has nothing."""
    if not row["lapor"] or is_empty(row):
        return Rangkaian([])
    words = {
        "seperempat terbaik": f"bila mulai besok secepat seperempat {kampanye.unit} tercepat",
        "kendala diselesaikan": "bila kendala yang menjadi urusan BPS selesai minggu ini",
    }
    said = [
        f"sekitar {percent_prose(step['capaian'], 0)} (+{about(step['tambahan_orang'])} {kampanye.orang}, "
        f"peluang target {chance_number(step['peluang_target'])} persen) {words[step['skenario']]}"
        for step in told(langkah, kampanye).iloc[1:].to_dict("records")
    ]
    if not said:
        return Rangkaian([])
    fastest = ""
    if any(words["seperempat terbaik"] in text for text in said):
        fastest = (
            f" Tercepat menurut laju, di antara {kampanye.unit} sejenis (semua {kampanye.unit} bila yang sejenis kurang "
            "dari empat)."
        )
    return Paragraf(
        [
            f"Capaian {day_month(kampanye.selesai)} {' atau '.join(said)}; hitungan bila anggapan itu terjadi sepenuhnya.{fastest}"
        ]
    )


def is_empty(row: Any) -> bool:
    """Whether an office reported but has nobody of the kinds that count."""
    return bool(row["lapor"]) and row["jumlah_asn"] == 0


def headline(row: Any, kota: Any, kampanye: Any, sisa: Any) -> Judul:
    """The finding of an office's report, helpful in tone; silence is not 0%, and no city rate stands beside it while
    most of the city is silent."""
    mata = f"Laporan {kampanye.unit}: {row['nama']}"
    if not row["lapor"]:
        people = (
            f"; keadaan {number(row['jumlah_asn'])} {kampanye.orang} belum diketahui" if story.has_people(row) else ""
        )
        return Judul(f"{row['nama']} belum melapor{people}", mata)
    if is_empty(row):
        return Judul(f"{row['nama']} tidak memiliki {kampanye.orang} yang dihitung", mata)
    share = percent(row["capaian"])
    if row["kekurangan"] == 0:
        return Judul(f"Target tercapai: {share} {kampanye.orang} berhasil mengisi {kampanye.singkatan}", mata)
    difference = row["capaian"] - kota["capaian"]
    if story.mostly_silent(kota):
        beside = ""
    elif percent(row["capaian"]) == percent(kota["capaian"]):
        beside = f" sama dengan capaian {kampanye.wilayah}"
    else:
        beside = f" di {'atas' if difference > 0 else 'bawah'} capaian {kampanye.wilayah} ({percent(kota['capaian'])})"
    until = f"sampai {day_month(kampanye.selesai)}" if sisa["hari"] else "dan batas waktu sudah lewat"
    return Judul(
        f"Capaian {share}{beside}; {number(row['kekurangan'])} {kampanye.orang} lagi harus berhasil {until}",
        mata,
    )


def basis(row: Any, kota: Any, sisa: Any, kampanye: Any) -> Paragraf:
    """What an office's figures rest on."""
    if not row["lapor"]:
        ask = f"Mohon nominatif dikirim dengan formulir yang tersedia; berapa {kampanye.orang} yang sudah berhasil, gagal, dan belum baru dapat dihitung sesudah itu."
        known = (
            f"Jumlah {kampanye.orang} menurut daftar: {number(row['jumlah_asn'])}. Selama belum ada laporan, semuanya dihitung belum berhasil dalam capaian {kampanye.wilayah}."
            if not is_unknown(row["jumlah_asn"])
            else f"Jumlah {kampanye.orang} juga belum diketahui sehingga tidak masuk penyebut."
        )
        return Paragraf([known, ask])
    old = row["tanggal_data"].date() < kampanye.tanggal_data
    text = f"Data {row['nama']} per {day(row['tanggal_data'])}{' dan belum diperbarui sesudah itu' if old else ''}"
    if not is_unknown(kota["capaian"]):
        text += f"; capaian {kampanye.wilayah} {percent_prose(kota['capaian'])} dari {number(kota['jumlah_asn'])} {kampanye.orang}"
    if story.mostly_silent(kota):
        text += f", {number(kota['asn_belum_lapor'])} di antaranya di {kampanye.unit} yang belum lapor sehingga keadaannya belum diketahui"
    text += "."
    if row["kekurangan"] and sisa["hari"]:
        part = percent_prose(row["andil"]) if row["andil"] >= 0.001 else "kurang dari 0,1 persen"
        share = f"{part} dari jumlah kekurangan semua {kampanye.unit}"
        gap = (
            f"Kekurangan ini {share}"
            if row["andil"] < 1
            else f"Seluruh kekurangan yang diketahui ada di {kampanye.unit} ini"
        )
        text += f" {gap}. Tersisa {days_left(sisa['hari'], sisa['hari_kerja'])}."
    return Paragraf([text])


def days_finding(harian: pd.DataFrame, row: Any, kampanye: Any, hari: int = 10) -> Temuan | Rangkaian:
    """On how many of the last days the needed pace was met; nothing where the days are not known or less than one
    person a day is needed."""
    own = harian[harian["opd"].eq(row["opd"])].tail(hari + 1)
    if not is_daily(own) or is_unknown(row["laju_butuh"]) or row["laju_butuh"] < 1:
        return Rangkaian([])
    added = (own["berhasil"] - own["tanpa_tanggal"]).diff().dropna()
    met = int((added >= row["laju_butuh"]).sum())
    need = required_pace(row["laju_butuh"])
    if met == 0:
        return Temuan(
            f"Dalam {number(len(added))} hari terakhir belum ada hari dengan {need} {kampanye.orang} atau lebih"
        )
    return Temuan(
        f"{opening_count(met)} dari {count_word(len(added))} hari terakhir mencapai {need} {kampanye.orang} per hari"
    )


def place_finding(row: Any, kota: Any, kampanye: Any) -> Temuan | Rangkaian:
    """Where an office stands between the others and the target."""
    if is_unknown(row["selisih_poin"]):
        return Rangkaian([])
    gap = points(abs(row["selisih_poin"]), sign=False)
    where = "di atas" if row["selisih_poin"] >= 0 else "di bawah"
    return Temuan(f"Capaian {gap} {where} target {target_percent(kampanye.target)}")


def obstacles(kendala: pd.DataFrame, row: Any, kampanye: Any) -> Temuan | Paragraf:
    """An office's kendala, or why they are not known."""
    if not row["lapor"]:
        return Paragraf(["Kendala belum diketahui."])
    rest = row["jumlah_asn"] - row["berhasil"]
    if is_empty(row):
        return Paragraf([f"Tidak ada {kampanye.orang} yang dihitung; tidak ada kendala untuk dilaporkan."])
    if rest == 0:
        return Paragraf([f"Semua {kampanye.orang} sudah berhasil; tidak ada kendala tersisa."])
    if kendala.empty:
        return Paragraf([f"Kendala {number(rest)} {kampanye.orang} yang belum berhasil tidak diketahui."])
    if kendala["orang"].sum() < kampanye.sel_kecil:
        few = f"kurang dari {count_word(kampanye.sel_kecil)} {kampanye.orang}"
        return Paragraf([f"Kendala tercatat untuk {few} sehingga tidak dirinci."])
    return Temuan(
        f"Kendala tercatat untuk {number(kendala['orang'].sum())} dari {number(rest)} {kampanye.orang} yang belum berhasil"
    )


def instructions_heading(kampanye: Any) -> Temuan | Rangkaian:
    """Heading above the checklist; nothing in a campaign without instructions."""
    return Temuan(f"Tiga instruksi {kampanye.penerima}") if kampanye.instruksi else Rangkaian([])


def checklist(row: Any, penerangan: pd.DataFrame, kampanye: Any) -> list[list[str]]:
    """The three instructions for one office: number, instruction, evidence, next step."""
    own = penerangan[penerangan["opd"].eq(row["opd"])]
    activities = own["kegiatan"].iloc[0] if len(own) else None
    if not row["lapor"]:
        told, telling = "Belum dilaporkan", "Catat kegiatan pada lembar Sosialisasi"
    elif is_unknown(activities):
        told, telling = "Tidak diketahui: kiriman tanpa lembar Sosialisasi", "Catat kegiatan pada lembar Sosialisasi"
    elif activities:
        told = activities_of(own.iloc[0], kampanye)
        telling = "Ulangi pada apel atau rapat daring dan di grup WhatsApp"
    else:
        told, telling = (
            "Tidak ada kegiatan yang dicatat",
            "Sampaikan pada apel atau rapat daring dan di grup WhatsApp, lalu catat",
        )
    if is_unknown(row["bukti"]):
        proof, proving = "Tidak diketahui", "Catat bukti pada kolom Bukti"
    elif row["berhasil"] == 0:
        proof, proving = (
            f"Belum ada {kampanye.orang} berhasil",
            f"Simpan bukti begitu ada {kampanye.orang} yang berhasil",
        )
    else:
        missing = row["berhasil"] - row["bukti"]
        who = f"dari {number(row['berhasil'])} {kampanye.orang} yang berhasil"
        proof = (
            f"{number(row['bukti'])} {who} sudah menyimpan bukti"
            if row["bukti"]
            else f"Belum satu pun {who} menyimpan bukti"
        )
        proving = f"Lengkapi bukti {number(missing)} {kampanye.orang}" if missing else "Pertahankan"
    kept = f"Laporan terakhir per {short_day(row['tanggal_data'])}" if row["lapor"] else "Belum melapor"
    keeping = "Perbarui setiap hari kerja" if row["lapor"] else "Kirim nominatif hari ini"
    return [
        ["1", "Menyebarluaskan cara mengisi (sosialisasi)", told, telling],
        ["2", f"Memastikan setiap {kampanye.orang} mengisi dan menyimpan bukti", proof, proving],
        ["3", "Memantau berhasil, gagal, dan belum", kept, keeping],
    ]


def units_finding(unit_kerja: pd.DataFrame, row: Any, kampanye: Any) -> Temuan | Paragraf:
    """How many work units can be shown without telling of single people, or why none can."""
    if unit_kerja.empty:
        why = "belum lapor" if not row["lapor"] else "kiriman berupa jumlah, tanpa nominatif"
        return Paragraf([f"Rincian unit kerja tidak tersedia: {why}."])
    shown = int(unit_kerja["capaian"].notna().sum())
    if len(unit_kerja) < 2 or not shown:
        return Paragraf(
            [
                f"Capaian {number(len(unit_kerja))} unit kerja tidak ditampilkan karena memuat sel di bawah {number(kampanye.sel_kecil)} orang."
            ]
        )
    return Temuan(f"Capaian {number(shown)} dari {number(len(unit_kerja))} unit kerja dapat ditampilkan")
