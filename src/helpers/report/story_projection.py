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
    if share < 0.05 or share > 0.95:
        word = "sangat kecil" if share < 0.05 else "sangat besar"
        return f"{word} ({chance_number(share)} persen)"
    words = [(20, "kecil"), (40, "kurang dari separuh"), (55, "sekitar separuh"), (70, "lebih dari separuh")]
    # From the number as printed, so that the same number never has two words.
    word = next((text for last, text in words if _in_fives(share) <= last), "besar")
    return f"{word} ({chance_number(share)} persen)"


def chance_number(share: Any) -> str:
    """The number alone, without "persen": di bawah 1, di bawah 5, sekitar 35, di atas 95.

    Never 0 or 100: it is a share of draws, and no draw makes anything certain. Of a target that is reached already nobody
    asks for the chance; callers say that it is reached.
    """
    if is_unknown(share):
        return "–"
    for limit, text in ((0.01, "di bawah 1"), (0.05, "di bawah 5")):
        if share < limit:
            return text
        if share > 1 - limit:
            return text.replace("bawah", "atas").replace("1", "99").replace("5", "95")
    return f"sekitar {number(_in_fives(share))}"


def _in_fives(share: float) -> int:
    return 5 * min(max(round(20 * float(share)), 1), 19)


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
    share = percent(row["median"], 0)
    return f"tanpa langkah tambahan {'kurang dari 1%' if share == percent(0, 0) else f'sekitar {share}'} pada {day_month(kampanye.selesai)}"


def chance_sentence(row: Any, kampanye: Any, sisa: Any) -> str:
    """With which chance the target is reached as things go; "" without a day left or a projection."""
    if is_unknown(row["median"]) or not sisa["hari"]:
        return ""
    goal = target_percent(kampanye.target).replace("%", " persen")
    said = (
        f"Peluang mencapai {goal} pada {day_month(kampanye.selesai)} {chance(row['peluang_target'])} "
        "bila tidak ada langkah tambahan."
    )
    if row["dasar"] == SINGLE:
        said += " Laju tidak terlihat dari data; proyeksi bersandar pada rata-rata sejak awal."
    return said


def rests_on(ramalan: pd.DataFrame, lurus: float, kampanye: Any, sisa: Any) -> Paragraf | Rangkaian:
    """What the city's projection rests on, and the same without any change of pace (`lurus`, a share)."""
    city = ramalan.iloc[-1]
    if is_unknown(city["median"]) or not sisa["hari"]:
        return Rangkaian([])
    many = ramalan.iloc[:-1]["dasar"].value_counts()
    kinds = {
        DAILY: "memperlihatkan laju",
        SINGLE: "tidak memperlihatkan laju (satu hitungan atau tanpa tanggal)",
        GROUP: f"belum lapor sehingga dianggap seperti {kampanye.unit} sejenis",
        NOTHING: "tidak ikut karena jumlahnya tidak diketahui",
    }
    listed = join([f"{number(many[kind])} {kampanye.unit} {text}" for kind, text in kinds.items() if many.get(kind)])
    sentences = [
        f"Proyeksi: {listed}. Selang 80% dimaksudkan memuat hasil akhir delapan dari sepuluh kali. Kenaikan laju "
        "menjelang batas waktu diambil dari dua survei pegawai negeri Inggris, 2020 dan 2021; pada kampanye lain dapat "
        "berbeda."
    ]
    if not is_unknown(lurus):
        sentences.append(
            f"Bila laju per hari kerja tetap, capaian pada {day_month(kampanye.selesai)} menjadi {percent_prose(lurus, 0)} "
            "(hitungan linear, tanpa kenaikan)."
        )
    return Paragraf(sentences)


def scenarios_finding(langkah: pd.DataFrame, kampanye: Any) -> Temuan | Rangkaian:
    """How far the largest of the assumptions leads; `langkah`: skenario.for_campaign. Nothing where `told` has nothing."""
    known = told(langkah, kampanye)
    if known.empty:
        return Rangkaian([])
    now, others = known.iloc[0], known.iloc[1:]
    goal = target_percent(kampanye.target)
    # From the numbers as printed, in the words of `chance`: 45 to 55 is "sekitar separuh".
    chances = _in_fives(now["peluang_target"]), _in_fives(others["peluang_target"].max())
    if chances[0] <= 50 and chances[1] >= 60:
        return Temuan(f"Ada langkah yang membuat target {goal} lebih mungkin tercapai daripada tidak")
    if chances[0] < 45 <= chances[1]:
        before = chance_number(now["peluang_target"])
        return Temuan(f"Ada langkah yang menaikkan peluang target {goal} dari {before}% menjadi sekitar separuh")
    best = others.loc[others["tambahan_orang"].astype(float).idxmax()]
    before, after = chance_number(now["peluang_target"]), chance_number(best["peluang_target"])
    change = f"tetap {before}%" if before == after else f"dari {before}% menjadi {after}%"
    return Temuan(
        f"Langkah tunggal terbesar menambah sekitar {about(best['tambahan_orang'])} {kampanye.orang}; "
        f"peluang target {goal} {change}"
    )


LASTING = ("seperempat terbaik", "kendala diselesaikan")  # these add people by the deadline


def told(langkah: pd.DataFrame, kampanye: Any) -> pd.DataFrame:
    """The rows worth telling: as things go, and the assumptions that add people by the deadline.

    None without one of those, after the deadline, or where the target is all but reached. Whoever is freed of a kendala
    is told from `sel_kecil` people on: fewer would be singled out, and an unknown kendala is no gain of 0.
    """
    now = langkah.iloc[0]
    if kampanye.tanggal_data >= kampanye.selesai or is_unknown(now["capaian"]) or now["peluang_target"] > 0.95:
        return langkah.head(0)
    least = langkah["skenario"].map({LASTING[0]: 1, LASTING[1]: max(kampanye.sel_kecil, 1)})
    gains = langkah["tambahan_orang"].astype("Float64").ge(least.astype("Float64")).fillna(False).astype(bool)
    keep = gains | langkah.index.isin(langkah.index[:1])
    return langkah[keep] if gains.any() else langkah.head(0)


def interim(langkah: pd.DataFrame, kampanye: Any) -> Paragraf | Rangkaian:
    """What an earlier, non-binding target would move, in a sentence of its own: it brings forward and adds nobody."""
    found = langkah[langkah["skenario"].eq("target antara") & langkah["capaian"].notna()]
    if found.empty or kampanye.tanggal_data >= kampanye.selesai:
        return Rangkaian([])
    row = found.iloc[0]
    when = day_month(row["tanggal"])
    if row["tambahan_orang"] < 1:
        return Rangkaian([])
    return Paragraf(
        [
            f"Target antara {when}, bila diumumkan sebagai ajakan tanpa sanksi: pada hari itu sekitar {percent_prose(row['capaian'], 0)}, "
            f"{about(row['tambahan_orang'])} {kampanye.orang} lebih banyak daripada tanpa target antara (pengalaman: 4–5 poin "
            f"sebelum puncak, Dirkmaat dkk. 2023). Pengisian dimajukan; hasil {day_month(kampanye.selesai)} dianggap tetap."
        ]
    )


def about(people: Any) -> str:
    """People of a projection: two digits from a hundred on, because more would pretend."""
    value = round(float(people))
    return number(round(value, 2 - len(str(abs(value)))) if abs(value) >= 100 else value)
