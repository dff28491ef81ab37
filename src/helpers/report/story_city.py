"""Page heads of the city's report and its last sections: will it be enough, what intake found, which law."""

from typing import Any

import pandas as pd

from helpers.report import story_log
from helpers.report.blocks import Judul, Paragraf, Rangkaian, Temuan
from helpers.report.story_projection import scenarios_finding
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
    elif not is_unknown(kota["kekurangan"]) and kota["kekurangan"] == 0:
        text = f"Target {goal} tercapai; yang tersisa dapat dilayani satu per satu"
    elif kampanye.tanggal_data >= kampanye.selesai:
        text = f"Masa pengisian berakhir {day_month(kampanye.selesai)}"
    else:
        text = f"Apa yang dibutuhkan untuk target {goal}"
    return Judul(text, "Prospek", halaman_baru=True)


def follow_ups(keadaan: pd.DataFrame, kampanye: Any) -> Temuan | Rangkaian:
    """What became of the last meeting's follow-ups (`keadaan`: follow_up.states), in one line; nothing before the first
    meeting. Whether the kendala shrank is told in the log."""
    found = story_log.done_finding(keadaan, kampanye)
    if not isinstance(found, Temuan):
        return found
    return Temuan(found.judul, ["Rinciannya, dan apakah kendalanya menyusut: log kendala."])


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
