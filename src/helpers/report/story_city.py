"""Page heads of the city's report and its last sections: will it be enough, who goes on, what intake found, which law."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Judul, Paragraf, Rangkaian, Temuan
from helpers.report.story_projection import about, scenarios_finding
from helpers.wording import capitalize, count_word, day_month, is_unknown, number, target_percent


def page(temuan: Temuan | Paragraf | Rangkaian, mata: str, lain: str) -> Rangkaian:
    """A finding as the head of a new page; `lain` where there is no finding to be told."""
    if isinstance(temuan, Temuan):
        return Rangkaian([Judul(temuan.judul, mata, halaman_baru=True), Paragraf(temuan.isi)])
    return Rangkaian([Judul(lain, mata, halaman_baru=True), temuan])


def prospect(langkah: pd.DataFrame, kota: Any, kampanye: Any) -> Judul:
    """Head of the page on what can still be reached; `langkah`: skenario.for_campaign."""
    found = scenarios_finding(langkah, kampanye)
    goal = target_percent(kampanye.target)
    if isinstance(found, Temuan):
        text = found.judul
    elif kota["kekurangan"] == 0:
        text = f"Target {goal} tercapai; yang tersisa dapat dilayani satu per satu"
    elif kampanye.tanggal_data >= kampanye.selesai:
        text = f"Masa pengisian berakhir {day_month(kampanye.selesai)}"
    else:
        text = f"Apa yang dibutuhkan untuk target {goal}"
    return Judul(text, "Prospek", halaman_baru=True)


def carry_over(ramalan: Any, kota: Any, kendala: pd.DataFrame, sisa: Any, kampanye: Any) -> Temuan | Rangkaian:
    """Who is expected to remain at the deadline and goes on to the next stage, with interval; nothing where a campaign has
    no next stage. `ramalan`: the city's projection; `kendala`: obstacles.by_code.

    A kendala whose PIC names the next stage is said to be one that may not be solved before the deadline.
    """
    if not kampanye.lanjutan:
        return Rangkaian([])
    head = f"Yang diteruskan ke {kampanye.lanjutan}"
    if not sisa["hari"] and not is_unknown(kota["berhasil"]):
        rest = kota["jumlah_asn"] - kota["berhasil"]
        lines = [f"{number(rest)} {kampanye.orang} tidak tercatat berhasil sampai {day_month(kampanye.tanggal_data)}."]
    elif is_unknown(ramalan["median"]):
        lines = [f"Berapa {kampanye.orang} yang tersisa pada {day_month(kampanye.selesai)} belum dapat diperkirakan."]
    else:
        low, middle, high = (
            about(ramalan["jumlah_asn"] - ramalan[name]) for name in ("atas_80_orang", "median_orang", "bawah_80_orang")
        )
        head += f": diperkirakan {middle} {kampanye.orang}"
        lines = [
            f"Tanpa langkah tambahan, {low} sampai {high} dari {number(ramalan['jumlah_asn'])} {kampanye.orang} (selang 80%) "
            f"belum berhasil pada {day_month(kampanye.selesai)}."
        ]
    known = kampanye.obstacles[kampanye.obstacles["pic"].str.contains(kampanye.lanjutan, regex=False)]
    for row in kendala[kendala["kode"].isin(known["kode"])].itertuples():
        lines.append(
            f"{number(row.orang)} di antaranya terhalang {row.kategori} ({row.kode}), yang mungkin tidak selesai sebelum batas waktu."
        )
    lines.append(f"Tiap {kampanye.unit} menyiapkan daftar orangnya sendiri; daftar itu tidak dimuat di sini.")
    return Temuan(head, lines)


def quality(mutu: Temuan, masuk: Any, kampanye: Any) -> Temuan:
    """What the data lack (`mutu`: story_detail.quality_finding), and on how many submissions the report rests, what was
    found in them, how many were sent back; `masuk`: coverage.intake."""
    text = f"Laporan ini bertumpu pada {number(masuk['diterima'])} kiriman"
    if masuk["peringatan"]:
        text += (
            f"; {number(masuk['berperingatan'])} di antaranya diterima dengan {number(masuk['peringatan'])} peringatan yang "
            f"sudah disampaikan kepada {kampanye.unit} pengirimnya."
        )
    else:
        text += ", semuanya diterima tanpa peringatan."
    back = (
        f" {capitalize(count_word(masuk['ditolak']))} kiriman dikembalikan untuk diperbaiki dan tidak dihitung."
        if masuk["ditolak"]
        else " Tidak ada kiriman yang dikembalikan."
    )
    return Temuan(mutu.judul, [*mutu.isi, text + back])


def legal_basis(kampanye: Any) -> Temuan | Rangkaian:
    """What the campaign rests on in law; nothing where none is given."""
    entries = [entry.strip() for entry in kampanye.dasar_hukum.split(";") if entry.strip()]
    return Temuan("Dasar hukum", ["; ".join(entries) + "."]) if entries else Rangkaian([])
