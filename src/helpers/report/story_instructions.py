"""The instructions followed up as data, in sentences: completions around an activity, proofs missing or shared.

Completions around an activity are told as an association; no sentence here claims an effect.
"""

from typing import Any

import pandas as pd

from helpers.measures.outreach import FEWEST, SIDE
from helpers.report.blocks import Rangkaian, Temuan
from helpers.wording import capitalize, count_word, decimal, is_unknown, number


def movement(sekitar: Any, kampanye: Any) -> Temuan | Rangkaian:
    """Completions after activities against before, and against other offices; `sekitar`: outreach.around. Nothing in a
    campaign without instructions, or where no activity is known."""
    if not kampanye.instruksi or not (sekitar["kegiatan"] or sekitar["unit_jumlah"]):
        return Rangkaian([])
    side = count_word(SIDE)
    left_out = (
        f" {capitalize(count_word(sekitar['unit_jumlah']))} {kampanye.unit} yang mengirim jumlah tanpa nama tidak ikut dibandingkan."
        if sekitar["unit_jumlah"]
        else ""
    )
    if not sekitar["cukup"]:
        many = (
            f"baru {number(sekitar['kegiatan'])} hari kegiatan di {number(sekitar['unit'])} {kampanye.unit} yang"
            if sekitar["kegiatan"]
            else "belum ada kegiatan yang"
        )
        why = (
            f"Untuk membandingkannya, {many} memiliki {side} hari kerja sebelum dan sesudahnya di dalam data; "
            f"diperlukan sedikitnya {count_word(FEWEST)}, di lebih dari satu {kampanye.unit}."
        )
        return Temuan("Penyelesaian di sekitar kegiatan sosialisasi belum dapat dibandingkan", [why + left_out])
    per = f"per 100 {kampanye.orang}"
    told = (
        f"Sesudah {number(sekitar['kegiatan'])} hari kegiatan di {number(sekitar['unit'])} {kampanye.unit} tercatat "
        f"{number(sekitar['sesudah'])} penyelesaian dalam {side} hari kerja; {side} hari kerja sebelumnya "
        f"{number(sekitar['sebelum'])} ({_hundred(sekitar['sendiri'])} {per}). Pada hari yang sama di {kampanye.unit} yang tidak "
        f"mengadakan kegiatan perubahannya {_hundred(sekitar['pembanding'])}; bedanya {_hundred(sekitar['beda'])} "
        f"(selang 95%: {_hundred(sekitar['bawah'])} sampai {_hundred(sekitar['atas'])})."
    )
    caution = (
        "Ini hubungan, bukan sebab: waktu kegiatan dipilih sendiri, dan satu penyelesaian dapat berada di sekitar dua "
        f"kegiatan. Hari kegiatan itu sendiri tidak dihitung.{left_out}"
    )
    return Temuan(_verdict(sekitar, kampanye), [told, caution])


def _verdict(sekitar: Any, kampanye: Any) -> str:
    low, high = sekitar["bawah"], sekitar["atas"]
    if low > 0:
        return f"Sesudah kegiatan sosialisasi penyelesaian naik lebih banyak daripada di {kampanye.unit} lain"
    if high < 0:
        return f"Sesudah kegiatan sosialisasi penyelesaian naik lebih sedikit daripada di {kampanye.unit} lain"
    return f"Di sekitar kegiatan sosialisasi tidak terlihat perubahan yang berbeda dari {kampanye.unit} lain"


def _hundred(share: Any) -> str:
    return decimal(100 * share, 1, sign=True)


def proofs(kurang: pd.DataFrame, sama: Any, kampanye: Any) -> Temuan | Rangkaian:
    """How many berhasil have no proof, and proofs that several people share; `kurang`: proofs.missing, `sama`:
    proofs.shared. Nothing without instructions, or where there is nothing to follow up."""
    if not kampanye.instruksi or (kurang.empty and not sama["periksa"]):
        return Rangkaian([])
    lines = []
    head = "Beberapa bukti pengisian perlu diperiksa"
    if not kurang.empty:
        people, units = kurang["tanpa"].sum(), kurang["unit"].sum()
        head = (
            f"Bukti {number(people)} {kampanye.orang} yang berhasil belum tersimpan, di {number(units)} {kampanye.unit}"
        )
        lines = [
            f"Bukti dapat diunduh lagi dengan masuk kembali; {kampanye.unit} yang mengirim nominatif menemukan namanya dalam daftar tindak lanjutnya."
        ]
    if sama["bersidik"]:
        lines.append(_shared(sama, kampanye))
    return Temuan(head, lines)


def _shared(sama: Any, kampanye: Any) -> str:
    text = f"Dari {number(sama['bersidik'])} bukti yang bersidik"
    pairs = (
        f"{number(sama['berdua'])} dipakai dua orang pada {kampanye.unit} yang sama, wajar bagi satu keluarga"
        if sama["berdua"]
        else ""
    )
    parts = [
        f"{number(sama['banyak'])} dipakai tiga orang atau lebih" if sama["banyak"] else "",
        f"{number(sama['lintas'])} dipakai orang dari beberapa {kampanye.unit}" if sama["lintas"] else "",
    ]
    check = " dan ".join(filter(None, parts))
    if check:
        check = f"perlu diperiksa: {check}"
    return f"{text}, {'; '.join(filter(None, [pairs, check])) or 'tidak ada yang dipakai bersama'}."


def activities_of(own: Any, kampanye: Any) -> str:
    """An office's activities in a line: how many, when last, how far; `own`: its row of outreach.by_office."""
    days = (pd.Timestamp(kampanye.tanggal_data) - own["terakhir"]).days
    since = {0: "pada hari data ini", 1: "sehari sebelum hari data"}.get(days, f"{number(days)} hari sebelum hari data")
    text = f"{number(own['kegiatan'])} kegiatan, terakhir {since}"
    if is_unknown(own.get("jangkauan")):
        return f"{text}; jangkauan tidak diketahui"
    return f"{text}; jangkauan {decimal(100 * own['jangkauan'], 0)} persen {kampanye.orang}"
