"""The nota dinas in sentences: four to six facts, the decisions asked for, blanks for whatever the sender has to write.

One page, whatever the data: where room is short, fewer offices are named and fewer decisions listed (`singkat`).
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.report.blocks import Block, Paragraf, Putusan
from helpers.report.letter_blocks import Isian, Penutup, Pokok, Surat
from helpers.report.story import mostly_silent
from helpers.report.story_projection import chance, span
from helpers.wording import (
    count_word,
    day_month,
    is_unknown,
    join,
    number,
    pace,
    percent_prose,
    required_pace,
    target_percent,
    weekday,
)

BREVITY = range(3)  # how short it may be told; 0: everything
NAMED = (5, 3, 0)  # offices named per list
ASKED = (5, 5, 3)  # decisions listed


def letter(fakta: list[str], keputusan: Sequence[Putusan], kampanye: Any, singkat: int = 0) -> list[Block]:
    """The letter from its head to the signature."""
    asked = [f"{p.keputusan.rstrip('.')} (PIC: {p.pic}; tenggat: {p.tenggat})." for p in keputusan[: ASKED[singkat]]]
    ask = (
        Pokok("Sehubungan dengan itu, mohon arahan atas:", asked)
        if asked
        else Paragraf(["Tidak ada keputusan yang mendesak; mohon arahan bila ada langkah lain yang diperlukan."])
    )
    opening = (
        f"Dengan hormat, bersama ini disampaikan keadaan pengisian {kampanye.singkatan} di {kampanye.wilayah} sampai akhir "
        f"{weekday(kampanye.tanggal_data)}:"
    )
    return [_head(kampanye), Pokok(opening, fakta), ask, _end()]


def _head(kampanye: Any) -> Surat:
    return Surat(
        "NOTA DINAS",
        [
            Isian("Kepada", f"Yth. {kampanye.penerima}"),
            Isian("Melalui", petunjuk="diisi: jabatan yang dilalui"),
            Isian("Dari", petunjuk="diisi: jabatan pengirim"),
            Isian("Tanggal", petunjuk="diisi: tanggal nota dinas"),
            Isian("Nomor", petunjuk="diisi: nomor surat"),
            Isian("Sifat", petunjuk="diisi: sifat surat"),
            Isian("Lampiran", f"Laporan monitoring dan evaluasi {kampanye.singkatan}; log kendala"),
            Isian(
                "Hal",
                f"Keadaan pengisian {kampanye.singkatan} sampai {weekday(kampanye.tanggal_data)}, dan permohonan arahan",
            ),
        ],
    )


def _end() -> Penutup:
    return Penutup(
        "Demikian disampaikan. Atas perhatian dan arahannya diucapkan terima kasih.",
        [
            Isian("", petunjuk="diisi: jabatan"),
            Isian("", petunjuk="diisi: tanda tangan"),
            Isian("", petunjuk="diisi: nama"),
            Isian("NIP", petunjuk="diisi: NIP"),
        ],
    )


def facts(
    ukuran: pd.DataFrame,
    kendala: pd.DataFrame,
    kota: Any,
    laju: Any,
    ramalan: Any,
    sisa: Any,
    kampanye: Any,
    singkat: int = 0,
) -> list[str]:
    """The facts, each with its denominator: how far, how many are missing, where it leads, where, by what, who is silent.

    `ukuran`: rates.with_rates; `kendala`: obstacles.by_code; `kota`, `laju`: rates.total, pace.city_current; `ramalan`:
    the city's row of projection.table; `sisa`: pace.days_left. What is unknown is said to be; what does not apply is left out.
    """
    named = NAMED[singkat]
    told = [_position(kota, kampanye), _silent(ukuran, kota, kampanye, named)]
    if kota["unit_lapor"]:
        told[1:1] = [
            _gap(kota, laju, sisa, kampanye),
            _ahead(kota, ramalan, sisa, kampanye),
            "" if mostly_silent(kota) else _where(ukuran, kota, kampanye, named),
            _blocked(kendala, kampanye),
        ]
    return [text for text in told if text]


def _position(kota: Any, kampanye: Any) -> str:
    if not kota["unit_lapor"]:
        people = (
            ""
            if is_unknown(kota["jumlah_asn"])
            else f" Menurut daftar ada {number(kota['jumlah_asn'])} {kampanye.orang}."
        )
        return f"Belum ada {kampanye.unit} yang melapor; capaian belum diketahui.{people}"
    done = f"{number(kota['berhasil'])} dari {number(kota['jumlah_asn'])} {kampanye.orang}"
    if mostly_silent(kota) and kota["kekurangan"]:
        return (
            f"Baru {number(kota['unit_lapor'])} dari {number(kota['unit'])} {kampanye.unit} melapor: {done} diketahui berhasil; "
            "capaian keseluruhan belum dapat disimpulkan."
        )
    text = f"Capaian {percent_prose(kota['capaian'])}: {done} berhasil"
    if kota["unit_tanpa_jumlah"]:
        known = number(kota["unit"] - kota["unit_tanpa_jumlah"])
        text += f" di {known} dari {number(kota['unit'])} {kampanye.unit} yang jumlahnya diketahui"
    goal = target_percent(kampanye.target).replace("%", " persen")
    return f"{text}; target {goal}, yaitu {number(kota['target_orang'])} {kampanye.orang}."


def _gap(kota: Any, laju: Any, sisa: Any, kampanye: Any) -> str:
    short, until = kota["kekurangan"], day_month(kampanye.selesai)
    if short == 0:
        rest = kota["jumlah_asn"] - kota["berhasil"]
        return (
            f"Target tercapai; {number(rest)} {kampanye.orang} lainnya belum tercatat berhasil."
            if rest
            else "Target tercapai; semua sudah berhasil."
        )
    text = f"Kekurangan {number(short)} {kampanye.orang}"
    if not sisa["hari"]:
        return f"{text} dari target saat batas waktu {until}."
    if not sisa["hari_kerja"]:
        return f"{text} sampai {until}; tidak ada lagi hari kerja sampai saat itu."
    need = short / sisa["hari_kerja"]
    days = f"{number(sisa['hari_kerja'])} hari kerja sampai {until}"
    if need < 1:
        return f"{text} dalam {days}."
    now = laju["laju_kerja"]
    known = "laju sekarang belum diketahui" if is_unknown(now) else f"laju sekarang {pace(now)}"
    return f"{text} dalam {days}: dibutuhkan {required_pace(need)} {kampanye.orang} per hari kerja; {known}."


def _ahead(kota: Any, row: Any, sisa: Any, kampanye: Any) -> str:
    if is_unknown(row["median"]) or not sisa["hari"] or not kota["kekurangan"]:
        return ""
    return (
        f"Tanpa langkah tambahan, capaian {day_month(kampanye.selesai)} diproyeksikan sekitar {percent_prose(row['median'], 0)} "
        f"(selang 80%: {span(row)}); peluang mencapai target {chance(row['peluang_target'])}."
    )


def _where(ukuran: pd.DataFrame, kota: Any, kampanye: Any, named: int) -> str:
    top = ukuran[ukuran["kekurangan"].gt(0)].nlargest(5, "kekurangan")
    if top.empty:
        return ""
    share = percent_prose(top["kekurangan"].sum() / kota["jumlah_kekurangan"])
    text = f"Dari kekurangan semua {kampanye.unit}, {share} ada di {count_word(len(top))} {kampanye.unit}"
    names = [f"{row.nama} ({number(row.kekurangan)} {kampanye.orang})" for row in top.head(named).itertuples()]
    listed = join(names) if len(top) <= named else "terutama " + join(names)
    return f"{text}: {listed}." if names else f"{text}."


def _blocked(kendala: pd.DataFrame, kampanye: Any) -> str:
    if kendala.empty:
        return "Kendala tidak diketahui: data tidak memuat kendala."
    top = [f"{r.kategori} ({number(r.orang)} {kampanye.orang}, PIC {r.pic})" for r in kendala.head(2).itertuples()]
    return f"Kendala terbesar: {join(top)}."


def _silent(ukuran: pd.DataFrame, kota: Any, kampanye: Any, named: int) -> str:
    silent = ukuran[~ukuran["lapor"]].sort_values("jumlah_asn", ascending=False, na_position="last")
    if silent.empty:
        return f"Semua {number(kota['unit'])} {kampanye.unit} sudah melapor."
    if not kota["unit_lapor"]:
        return ""
    text = f"Sebanyak {number(len(silent))} dari {number(kota['unit'])} {kampanye.unit} belum lapor"
    if kota["asn_belum_lapor"]:
        text += f" ({number(kota['asn_belum_lapor'])} {kampanye.orang}, dihitung belum berhasil)"
    names = silent["nama"].head(named).tolist()
    listed = f": {'' if len(silent) <= named else 'antara lain '}{join(names)}" if names else ""
    return f"{text}{listed}."
