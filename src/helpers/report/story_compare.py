"""Fair comparison in sentences: who differs by more than usual, one office beside its like, who holds the gap.

No ranking and no blame: an office inside the limits is not named, one below them is offered help. What the numbers
mean is left to measures.comparison, the chart to figures_compare.
"""

from statistics import NormalDist
from typing import Any

import pandas as pd

from helpers.measures import comparison
from helpers.report.blocks import Paragraf, Rangkaian, Temuan
from helpers.wording import (
    capitalize,
    count_word,
    is_unknown,
    join,
    number,
    opening_count,
    percent,
    percent_prose,
    points,
)

HALF = 0.5


def funnel_finding(ukuran: pd.DataFrame, corong: pd.DataFrame, kampanye: Any) -> Temuan | Paragraf:
    """Which offices differ by more than offices usually do; who could not be judged.

    `ukuran`: opd, nama; `corong`: comparison.funnel of it.
    """
    unit = kampanye.unit
    reported = corong["capaian"].notna()
    if not reported.any():
        return Paragraf([f"Perbandingan antar-{unit} belum dapat dibuat: belum ada {unit} yang melapor."])
    if corong["tau"].isna().all():
        return Paragraf([f"Perbandingan antar-{unit} belum dapat dibuat: {_too_few(corong, kampanye)}."])
    named = corong.merge(ukuran[["opd", "nama"]], on="opd")
    named = named.sort_values(["jumlah_asn", "opd"], ascending=[False, True], kind="stable")
    above, below = (named[named["posisi"].eq(place)] for place in (comparison.ABOVE, comparison.BELOW))
    sentences = [_usual(corong, kampanye)]
    if len(above):
        sentences.append(f"Di atas batas: {_listed(above, kampanye)}. Cara kerja di sana layak dibagikan.")
    if len(below):
        sentences.append(f"Di bawah batas: {_listed(below, kampanye)}. Pendampingan layak didahulukan di sana.")
    small = int((corong["posisi"].eq(comparison.UNJUDGED) & reported).sum())
    least = f"kurang dari {number(corong['minimum'].iloc[0])} {kampanye.orang}"
    if small:
        sentences.append(f"{opening_count(small)} {unit} dengan {least} tidak dinilai.")
    return Temuan(_verdict(len(above), len(below), kampanye), sentences)


def _verdict(above: int, below: int, kampanye: Any) -> str:
    unit, limit = kampanye.unit, f"batas wajar {percent(comparison.LEVEL)} terhadap semua {kampanye.unit}"
    if not above and not below:
        return f"Tidak ada {unit} di luar {limit}"
    parts = [f"{count_word(many)} {unit} di {where}" for many, where in ((above, "atas"), (below, "bawah")) if many]
    return capitalize(f"{join(parts)} {limit}")


def _too_few(corong: pd.DataFrame, kampanye: Any) -> str:
    line = float(corong["garis"].iloc[0])
    if line in (0, 1):
        return f"capaian semua {kampanye.unit} yang melapor {percent_prose(line, 0)}"
    return (
        f"perlu sedikitnya {number(comparison.SPREAD_FROM)} {kampanye.unit} yang melapor dan masing-masing memiliki "
        f"{number(corong['minimum'].iloc[0])} {kampanye.orang} atau lebih"
    )


def _usual(corong: pd.DataFrame, kampanye: Any) -> str:
    """How many would stand outside if only chance were allowed for: why the limits are wider than that."""
    judged = corong[corong["posisi"].ne(comparison.UNJUDGED)]
    bound = NormalDist().inv_cdf((1 + comparison.LEVEL) / 2)
    out = int(judged["skor"].abs().gt(bound).sum())
    many = number(out) if out else "tidak satu pun"
    start = f"Dari {number(len(judged))} {kampanye.unit} yang dinilai, {many} berada di luar batas kebetulan {percent_prose(comparison.LEVEL)}"
    if float(judged["tau"].iloc[0]) == 0:
        return f"{start}; perbedaan antar-{kampanye.unit} tidak lebih besar daripada kebetulan."
    return f"{start}; batas wajar juga memperhitungkan perbedaan yang biasa antar-{kampanye.unit}."


def _listed(offices: pd.DataFrame, kampanye: Any) -> str:
    shown = offices.head(5)
    texts = [
        f"{r.nama} ({percent(r.capaian)} dari {number(r.jumlah_asn)} {kampanye.orang})" for r in shown.itertuples()
    ]
    more = len(offices) - len(shown)
    return join([*texts, f"{number(more)} {kampanye.unit} lain"] if more else texts)


def like_finding(banding: Any, ukuran: pd.DataFrame, kampanye: Any) -> Temuan | Paragraf:
    """One office beside its like; `banding`: comparison.like. Says why where no comparison is possible."""
    unit = kampanye.unit
    row = ukuran[ukuran["opd"].eq(banding["opd"])].iloc[0]
    name = row["nama"]
    if banding["keadaan"] == "belum lapor":
        return Paragraf([f"Perbandingan dengan {unit} serupa belum dapat dibuat: capaian {name} belum diketahui."])
    if banding["keadaan"] == "tidak ada kelompok":
        return Paragraf(
            [
                f"{capitalize(unit)} yang serupa dengan {name} dalam jenis dan ukuran tidak cukup banyak untuk dibandingkan."
            ]
        )
    like = f"{unit} lain yang melapor{_like(banding, row, kampanye)}"
    if banding["keadaan"] == "kelompok kecil":
        many = f"baru {number(banding['unit'])}" if banding["unit"] else "belum ada"
        return Paragraf([f"Perbandingan {name} belum dapat dibuat: {many} {like}."])
    basis = (
        f"Pembanding: {number(banding['unit'])} {like}; capaian gabungannya "
        f"{percent_prose(banding['capaian_kelompok'])} dari {number(banding['jumlah_asn'])} {kampanye.orang}, {name} "
        f"{percent_prose(banding['capaian'])} dari {number(row['jumlah_asn'])} {kampanye.orang}."
    )
    return Temuan(_difference(banding, unit), [" ".join([basis, *_range(banding, unit)])])


def _like(banding: Any, row: Any, kampanye: Any) -> str:
    """ " dari jenis dinas, berukuran 32–99 ASN"."""
    kind = f" dari jenis {row['jenis']}," if banding["dasar"] == "jenis dan ukuran" else ""
    return f"{kind} berukuran {number(banding['dari'])}–{number(banding['sampai'])} {kampanye.orang}"


def _difference(banding: Any, unit: str) -> str:
    difference = banding["selisih"]
    if percent(banding["capaian"]) == percent(banding["capaian_kelompok"]):
        return f"Capaian sama dengan {unit} serupa"
    text = f"Capaian {points(abs(difference), sign=False)} di {'atas' if difference > 0 else 'bawah'} {unit} serupa"
    if is_unknown(banding["wajar_bawah"]):
        return text
    usual = banding["selisih_bawah"] <= 0 <= banding["selisih_atas"]
    return (
        f"{text}, {'masih dalam' if usual else 'di luar'} rentang {percent(comparison.LIKE_LEVEL, 0)} bagi yang serupa"
    )


def _range(banding: Any, unit: str) -> list[str]:
    sentences = []
    if is_unknown(banding["wajar_bawah"]):
        sentences.append(f"Seberapa besar {unit} biasa berbeda belum diketahui sehingga selisih ini tidak dinilai.")
    else:
        low, high = percent(banding["wajar_bawah"]), percent_prose(banding["wajar_atas"])
        level, wide = percent_prose(comparison.LIKE_LEVEL, 0), percent_prose(comparison.LEVEL)
        sentences.append(
            f"Rentang {level} bagi {unit} serupa: {low.removesuffix('%')} sampai {high}; batas wajar {wide} terhadap semua "
            f"{unit} adalah ukuran lain."
        )
    if not is_unknown(banding["tengah"]):
        low, high = percent(banding["kuartil_bawah"]), percent_prose(banding["kuartil_atas"])
        sentences.append(f"Separuh pembanding berada antara {low.removesuffix('%')} dan {high}.")
    return sentences


def best_finding(terbaik: pd.DataFrame, opd: str, kampanye: Any) -> Paragraf | Rangkaian:
    """What the best quarter of an office's like reach, as a mark; nothing where it is not known."""
    row = terbaik[terbaik["opd"].eq(opd)].iloc[0]
    if is_unknown(row["capaian_terbaik"]):
        return Rangkaian([])
    many = f"{count_word(row['unit'])} {kampanye.unit}"
    if opd in row["anggota"]:
        many += f", termasuk {kampanye.unit} ini"
    text = (
        f"Capaian hari ini seperempat terbaik di antara {kampanye.unit} serupa ({many}): "
        f"{percent_prose(row['capaian_terbaik'])}."
    )
    return Paragraf([text])


def contribution_finding(andil: pd.DataFrame, ukuran: pd.DataFrame, kampanye: Any) -> Temuan:
    """In how many offices half of what is missing stands, and which; `andil`: comparison.contribution of `ukuran`."""
    if andil.empty:
        return Temuan(f"Tidak ada {kampanye.unit} dengan kekurangan yang diketahui")
    # The cumulated share of the last office that is needed may be a hair under a half.
    many = int((andil["andil_kumulatif"] < HALF - 1e-9).sum()) + 1
    share = percent(andil["andil_kumulatif"].iloc[many - 1])
    total = f"{number(andil['kekurangan'].sum())} {kampanye.orang}"
    names = ukuran.set_index("opd")["nama"]
    listed = [f"{names[row.opd]} ({number(row.kekurangan)} {kampanye.orang})" for row in andil.head(many).itertuples()]
    rest = [f"{count_word(many - 5)} {kampanye.unit} lain"] if many > 5 else []
    which = [f"Di sana: {join([*listed[:5], *rest])}."]
    if len(andil) == 1:
        return Temuan(f"Seluruh kekurangan, {total}, ada di satu {kampanye.unit}", which)
    where = f"{count_word(many)} dari {count_word(len(andil))} {kampanye.unit} yang belum mencapai target"
    return Temuan(f"{share} kekurangan ({total} bila dijumlahkan per {kampanye.unit}) ada di {where}", which)
