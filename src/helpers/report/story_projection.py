"""The projection in sentences: where it leads, with which chance, what it rests on, what would change it.

Never more digits than it carries: shares in whole percent, chances in steps of five percent and in words. The fan is
drawn by figures.progress.
"""

from typing import Any

import pandas as pd

from helpers.measures.hazard import DAILY, GROUP, NOTHING, SINGLE
from helpers.report.blocks import Butir, Paragraf, Rangkaian, Temuan
from helpers.wording import day_month, is_unknown, join, number, percent, percent_prose, target_percent

FEW = 50  # people; an office this small is told in people


def chance(share: Any) -> str:
    """A probability in words and a number: "sangat kecil (di bawah 1 persen)", "sekitar separuh (sekitar 55 persen)"."""
    if is_unknown(share):
        return "tidak diketahui"
    words = [(0.05, "sangat kecil"), (0.25, "kecil"), (0.45, "kurang dari separuh"), (0.55, "sekitar separuh")]
    words += [(0.75, "lebih dari separuh"), (0.95, "besar")]
    word = next((text for limit, text in words if share < limit), "sangat besar")
    return f"{word} ({chance_number(share)} persen)"


def chance_number(share: Any) -> str:
    """The number alone, without "persen": di bawah 1, di bawah 5, sekitar 35, di atas 95."""
    if is_unknown(share):
        return "–"
    for limit, text in ((0.01, "di bawah 1"), (0.05, "di bawah 5")):
        if share < limit:
            return text
        if share > 1 - limit:
            return text.replace("bawah", "atas").replace("1", "99").replace("5", "95")
    return f"sekitar {number(min(max(5 * round(20 * share), 5), 95))}"


def span(row: Any) -> str:
    """The 80% interval in whole percent: 41–54%."""
    low, high = percent(row["bawah_80"], 0), percent(row["atas_80"], 0)
    return high if low == high else f"{low.removesuffix('%')}–{high}"


def number_block(row: Any, kampanye: Any, sisa: Any) -> Butir | None:
    """The projection as one of the big numbers; None where there is none, or no day left. `row`: projection.row."""
    if is_unknown(row["median"]) or not sisa["hari"]:
        return None
    people = ""
    if row["jumlah_asn"] < FEW:
        people = f" = {number(row['median_orang'])} {kampanye.orang}"
    words = (
        f"proyeksi {day_month(kampanye.selesai)}{people} (selang 80%: {span(row)}); peluang mencapai "
        f"{target_percent(kampanye.target)} {chance_number(row['peluang_target'])}%"
    )
    return Butir(percent(row["median"], 0), words, awas=bool(row["peluang_target"] < 0.5))


def ending(row: Any, kampanye: Any, sisa: Any) -> str:
    """What follows in a headline: "tanpa langkah tambahan sekitar 46% pada 31 Maret"; "" where it can't be said."""
    if is_unknown(row["median"]) or not sisa["hari"]:
        return ""
    return f"tanpa langkah tambahan sekitar {percent(row['median'], 0)} pada {day_month(kampanye.selesai)}"


def chance_sentence(row: Any, kampanye: Any, sisa: Any) -> str:
    """With which chance the target is reached as things go; "" without a day left or a projection."""
    if is_unknown(row["median"]) or not sisa["hari"]:
        return ""
    goal = target_percent(kampanye.target).replace("%", " persen")
    return (
        f"Peluang mencapai {goal} pada {day_month(kampanye.selesai)} {chance(row['peluang_target'])} "
        "bila tidak ada langkah tambahan."
    )


def rests_on(ramalan: pd.DataFrame, lurus: float, kampanye: Any, sisa: Any) -> Paragraf | Rangkaian:
    """What the city's projection rests on, and the same without any change of pace (`lurus`, a share)."""
    city = ramalan.iloc[-1]
    if is_unknown(city["median"]) or not sisa["hari"]:
        return Rangkaian([])
    many = ramalan.iloc[:-1]["dasar"].value_counts()
    kinds = {
        DAILY: "memperlihatkan laju",
        SINGLE: "baru memberi satu hitungan",
        GROUP: f"belum lapor dan dianggap seperti {kampanye.unit} sejenis",
        NOTHING: "tidak ikut karena jumlahnya tidak diketahui",
    }
    listed = join([f"{number(many[kind])} {kampanye.unit} {text}" for kind, text in kinds.items() if many.get(kind)])
    sentences = [
        f"Proyeksi: {listed}. Selang 80% dimaksudkan memuat hasil akhir delapan dari sepuluh kali. Kenaikan laju "
        "menjelang batas waktu diambil dari survei pegawai negeri Inggris 2020 dan 2021, karena pengalaman setempat "
        "belum ada."
    ]
    if not is_unknown(lurus):
        sentences.append(
            f"Bila laju per hari kerja tetap, capaian {day_month(kampanye.selesai)} {percent_prose(lurus, 0)} "
            "(hitungan linear, tanpa kenaikan)."
        )
    return Paragraf(sentences)


def scenarios_finding(langkah: pd.DataFrame, kampanye: Any) -> Temuan | Rangkaian:
    """Whether any of the assumptions is enough by itself; `langkah`: skenario.for_campaign. Nothing without a projection
    or where the target is likely as things go."""
    now, others = langkah.iloc[0], langkah.iloc[1:]
    others = others[others["capaian"].notna()]
    if is_unknown(now["capaian"]) or others.empty or now["peluang_target"] >= 0.5:
        return Rangkaian([])
    goal = target_percent(kampanye.target)
    if others["peluang_target"].ge(0.5).any():
        return Temuan(f"Ada langkah yang membuat target {goal} lebih mungkin tercapai daripada tidak")
    gains = others.loc[others["skenario"].isin(LASTING), "tambahan_orang"].astype(float)
    if not gains.gt(0).any():
        return Temuan(f"Langkah di bawah ini tidak cukup untuk target {goal}")
    return Temuan(
        f"Langkah tunggal terbesar menambah sekitar {about(gains.max())} {kampanye.orang}; target {goal} menuntut lebih dari satu"
    )


LASTING = ("seperempat terbaik", "kendala diselesaikan")  # these add people by the deadline


def about(people: Any) -> str:
    """People of a projection: to ten from a hundred on, because more digits would pretend."""
    value = round(float(people))
    return number(10 * round(value / 10) if abs(value) >= 100 else value)
