"""Values to sentences: every statement about the city is built here from measured values.

Formal Indonesian, positions instead of persons, the denominator beside every rate; what is unknown is said to be
unknown. No number is formatted anywhere but through wording.py. An office's own report is told in story_office.py,
the pace in story_pace.py, the pages behind page one in story_detail.py, the problem log in story_log.py, charts in captions.py.
"""

from typing import Any

import pandas as pd

from helpers.measures.pace import MAX_AGE, WINDOW
from helpers.report import story_pace
from helpers.report.blocks import Angka, Butir, Dokumen, Judul, Paragraf, Rangkaian, Temuan
from helpers.report.story_projection import chance_sentence, ending, number_block
from helpers.wording import (
    UNKNOWN,
    capitalize,
    count_word,
    day,
    day_month,
    days_left,
    is_unknown,
    moment,
    number,
    opening_count,
    percent,
    target_percent,
    weekday,
)

OLD = 3  # days; counts older than that are not sold as today's


def mostly_silent(kota: Any) -> bool:
    """Whether offices that hold more than half of the known people have not reported: then the city's rate says who
    reported, not how far the city is."""
    return bool(kota["asn_belum_lapor"] > kota["jumlah_asn"] / 2)


def has_people(row: Any) -> bool:
    """Whether a city or an office is known to have anybody who counts."""
    return not is_unknown(row["jumlah_asn"]) and bool(row["jumlah_asn"])


def provenance(kampanye: Any, data: Any, posisi: pd.DataFrame) -> str:
    """What a report rests on, for its footer: data date, who reported, data version and when that was recorded."""
    reported, units = number(posisi["lapor"].sum()), number(len(posisi))
    return (
        f"Data sampai {day(kampanye.tanggal_data)} · {reported} dari {units} {kampanye.unit} melapor · "
        f"versi data {number(data.versi)}, disusun dari data yang dicatat {moment(data.dicatat, kampanye.zona_waktu)}"
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
    return Dokumen(
        judul=f"{perihal}, {day(kampanye.tanggal_data)}",
        perihal=perihal,
        instansi=kampanye.instansi,
        kampanye=kampanye.kampanye,
        kepada=kepada,
        keadaan=f"Keadaan sampai akhir {weekday(kampanye.tanggal_data)}",
        kaki=provenance(kampanye, data, posisi),
        contoh=data.contoh,
        kunci=[
            f"opd:{opd}" if opd else "cakupan:seluruhnya",
            f"data:{kampanye.tanggal_data}",
            f"versi:{data.versi}",
        ],
        waktu=data.dicatat.isoformat(),
        lanskap=lanskap,
        parameter=({"opd": opd} if opd else {}) | kampanye.parameters(),
    )


def city_headline(kota: Any, kampanye: Any, sisa: Any, ramalan: Any) -> Judul:
    """The finding of page one. No verdict on the deadline while its day has not been reported, no rate while most people
    are in offices that have not. `ramalan`: the city's row of the projection."""
    goal = target_percent(kampanye.target)
    if not kota["unit_lapor"]:
        return Judul(f"Belum ada {kampanye.unit} yang melapor; capaian belum diketahui", mata="Ringkasan eksekutif")
    if not kota["jumlah_asn"]:
        return Judul(f"Tidak ada {kampanye.orang} yang dihitung", mata="Ringkasan eksekutif")
    baru, done = _done(kota, kampanye)
    if kota["unit_tanpa_jumlah"]:
        done += f" di {number(kota['unit'] - kota['unit_tanpa_jumlah'])} dari {number(kota['unit'])} {kampanye.unit} yang jumlahnya diketahui"
    last = kota["data_terbaru"]
    newest = f" menurut kiriman terbaru, {day_month(last)}"
    old = newest if (min(kampanye.tanggal_data, kampanye.selesai) - last.date()).days > OLD else ""
    if kota["kekurangan"] == 0:
        text = f"Target {goal} tercapai: {done}{old}"
    elif mostly_silent(kota):
        people = (
            f"{number(kota['berhasil'])} {kampanye.orang}" if kota["berhasil"] else f"belum ada {kampanye.orang} yang"
        )
        text = (
            f"Baru {number(kota['unit_lapor'])} dari {number(kota['unit'])} {kampanye.unit} melapor; "
            f"{people} diketahui berhasil mengisi {kampanye.singkatan}{old}"
        )
    elif sisa["hari"] > 0:
        ahead = ending(ramalan, kampanye, sisa)
        wanted = f"{number(kota['kekurangan'])} {kampanye.orang} lagi diperlukan"
        text = (
            f"{baru}{done}{old}; {ahead}, target {goal}"
            if ahead
            else f"{baru}{done}{old}; {wanted} untuk target {goal} pada {day_month(kampanye.selesai)}"
        )
    elif last.date() < kampanye.selesai:
        text = f"{done}{newest}; keadaan {day_month(kampanye.selesai)} belum dilaporkan"
    else:
        text = f"{done}; batas waktu {day_month(kampanye.selesai)} lewat dan target {goal} tidak tercapai"
    return Judul(capitalize(text), mata="Ringkasan eksekutif")


def _done(kota: Any, kampanye: Any) -> tuple[str, str]:
    """ "Baru ", "30,0% ASN berhasil mengisi SP Online"; nobody and so few that they print as 0,0% are told in people."""
    did = f"berhasil mengisi {kampanye.singkatan}"
    if not kota["berhasil"]:
        return "", f"belum ada {kampanye.orang} yang {did}"
    share = percent(kota["capaian"])
    if share == percent(0):
        return "Baru ", f"{number(kota['berhasil'])} dari {number(kota['jumlah_asn'])} {kampanye.orang} {did}"
    return "Baru ", f"{share} {kampanye.orang} {did}"


def _split(row: Any, kampanye: Any) -> str:
    """Parts of the headcount in words ("1.621 berhasil, 501 gagal, 3.044 belum"); unknown is said to be unknown."""
    parts = [f"{number(row['berhasil'])} berhasil"]
    parts += [f"{number(row[name])} {name}" for name in ("gagal", "belum") if not is_unknown(row[name])]
    if not is_unknown(row["tidak_dirinci"]) and row["tidak_dirinci"]:
        parts.append(f"{number(row['tidak_dirinci'])} lainnya tidak dirinci (gagal atau belum tidak diketahui)")
    if row.get("asn_belum_lapor"):
        parts.append(f"{number(row['asn_belum_lapor'])} di {kampanye.unit} yang belum lapor")
    return ", ".join(parts)


def numbers(row: Any, laju: Any, ramalan: Any, kampanye: Any, sisa: Any) -> Angka:
    """The four big numbers: capaian, people to go, pace now against pace needed, the projection.

    `row`: a row of rates; `laju`: laju and laju_kerja (NaN if unknown), of working days; `ramalan`: projection.row.
    """
    if is_unknown(row["jumlah_asn"]):
        return Angka([Butir(UNKNOWN, f"jumlah {kampanye.orang} dan keadaannya belum diketahui", awas=True)])
    if not row["jumlah_asn"]:
        return Angka([Butir("0", f"{kampanye.orang} yang dihitung ({kampanye.jenis_asn})")])
    if is_unknown(row["berhasil"]):
        unreported = f"{kampanye.orang} menurut daftar; keadaannya belum dilaporkan"
        return Angka([Butir(number(row["jumlah_asn"]), unreported, awas=True)])
    goal = f"{number(row['target_orang'])} {kampanye.orang} ({target_percent(kampanye.target)})"
    people = f"capaian dari {number(row['jumlah_asn'])} {kampanye.orang}: {_split(row, kampanye)}"
    blocks = [Butir(percent(row["capaian"]), people)]
    if row["kekurangan"] == 0 and not row["surplus"]:
        exact = f"{kampanye.orang} berhasil: tepat pada target {target_percent(kampanye.target)}"
        return Angka([*blocks, Butir(number(row["berhasil"]), exact)])
    if row["kekurangan"] == 0:
        return Angka([*blocks, Butir(number(row["surplus"], sign=True), f"{kampanye.orang} di atas target {goal}")])
    short = f"{kampanye.orang} lagi harus berhasil untuk target {goal}"
    blocks.append(Butir(number(row["kekurangan"]), short, awas=True))
    if sisa["hari_kerja"]:
        blocks.append(story_pace.big_number(row, laju, kampanye, sisa))
    if ahead := number_block(ramalan, kampanye, sisa):
        blocks.append(ahead)
    return Angka(blocks)


def pace_finding(row: Any, laju: Any, sisa: Any, kampanye: Any, ramalan: Any) -> Temuan | Rangkaian:
    """By how much the pace must change, per working day, from the figures as printed, and with which chance the target
    is reached as things go; nothing before any report."""
    found = story_pace.finding(row, laju, sisa, kampanye)
    said = chance_sentence(ramalan, kampanye, sisa)
    return Temuan(found.judul, [said]) if isinstance(found, Temuan) and row["kekurangan"] and said else found


def basis(kota: Any, laju: Any, sisa: Any, kampanye: Any, lama: pd.DataFrame) -> Paragraf:
    """What the page's figures rest on: denominator, silence, age of the data, days counted, the comparison.

    `lama`: offices whose newest data are older than the data date (coverage.stale).
    """
    silent = kota["unit"] - kota["unit_lapor"] - kota["unit_tanpa_jumlah"]
    text = _denominator(kota, kampanye)
    if not kota["unit_lapor"]:
        text += f" Belum ada {kampanye.unit} yang melapor sehingga capaian belum diketahui."
    elif kota["asn_belum_lapor"]:
        text += (
            f" {opening_count(kota['unit_lapor'])} {kampanye.unit} melapor; {number(kota['asn_belum_lapor'])} {kampanye.orang} di "
            f"{number(silent)} {kampanye.unit} yang belum lapor ikut dalam penyebut dan dihitung belum berhasil."
        )
    if kota["unit_tanpa_jumlah"] and not is_unknown(kota["jumlah_asn"]):
        text += (
            f" {opening_count(kota['unit_tanpa_jumlah'])} {kampanye.unit} belum lapor dan jumlah {kampanye.orang} di sana "
            "tidak diketahui sehingga tidak masuk penyebut."
        )
    if len(lama):
        text += (
            f" {opening_count(len(lama))} dari {count_word(kota['unit_lapor'])} {kampanye.unit} yang melapor belum memperbarui data "
            f"sampai {day_month(kampanye.tanggal_data)}; kiriman terbaru bertanggal {day(kota['data_terbaru'])}."
        )
    sentences = [text]
    if not is_unknown(kota["kekurangan"]) and kota["kekurangan"] and sisa["hari"]:
        known = (
            f"Laju sekarang dihitung dari {number(laju['unit'])} {kampanye.unit} ({number(laju['asn'])} {kampanye.orang}) "
            f"yang laju hariannya diketahui; laju yang dibutuhkan mencakup semua {kampanye.unit}."
            if laju["unit"]
            else _no_pace(kota, kampanye)
        )
        which = " (tanpa Sabtu, Minggu, dan hari libur nasional)" if 0 < sisa["hari_kerja"] < sisa["hari"] else ""
        sentences.append(
            f"Sisa waktu sesudah {day_month(kampanye.tanggal_data)}: "
            f"{days_left(sisa['hari'], sisa['hari_kerja'])}{which}. {known}"
        )
    if kampanye.pembanding and _comparable(kota, sisa, kampanye):
        sentences.append(kampanye.pembanding)
    return Paragraf(sentences)


def _denominator(kota: Any, kampanye: Any) -> str:
    if is_unknown(kota["jumlah_asn"]):
        return f"Penyebut belum diketahui: jumlah {kampanye.orang} tidak diketahui di semua {kampanye.unit}."
    people = f"{number(kota['jumlah_asn'])} {kampanye.orang}"
    if not kota["jumlah_asn"]:
        people = f"tidak ada {kampanye.orang} yang dihitung"
    return f"Penyebut: {people} di {number(kota['unit'] - kota['unit_tanpa_jumlah'])} {kampanye.unit}."


def _no_pace(kota: Any, kampanye: Any) -> str:
    """Why pace.current knows no office's pace: all counts are old, or no office has two that lie right."""
    newest, within = kota["data_terbaru"], f"{count_word(WINDOW)} hari"
    if not is_unknown(newest) and (kampanye.tanggal_data - newest.date()).days > WINDOW:
        why = f"hitungan terbaru, {day_month(newest)}, sudah lebih dari {within} sebelum {day_month(kampanye.tanggal_data)}"
    else:
        why = (
            f"belum ada {kampanye.unit} dengan dua hitungan bertanggal yang berjarak {number(WINDOW)} sampai "
            f"{number(MAX_AGE)} hari, yang terbaru paling lama {within} sebelum {day_month(kampanye.tanggal_data)}"
        )
    return f"Laju sekarang tidak diketahui: {why}."


def _comparable(kota: Any, sisa: Any, kampanye: Any) -> bool:
    """The comparison speaks of offices at 20-40% about two thirds through that had 80% to reach; elsewhere it says
    nothing."""
    if is_unknown(kota["capaian"]) or not kota["kekurangan"] or not 0.75 <= kampanye.target <= 0.85:
        return False
    passed = 1 - sisa["hari"] / ((kampanye.selesai - kampanye.mulai).days + 1)
    return 0.2 <= kota["capaian"] <= 0.4 and 0.55 <= passed <= 0.8


def where_finding(ukuran: pd.DataFrame, kota: Any, kampanye: Any) -> Temuan:
    """Which offices hold the gap, by people."""
    top = ukuran[ukuran["kekurangan"].gt(0)].nlargest(5, "kekurangan")
    if top.empty:
        return Temuan(none_short(kota, kampanye))
    held = top["kekurangan"].sum()
    share = "Seluruh" if held == kota["jumlah_kekurangan"] else percent(held / kota["jumlah_kekurangan"])
    return Temuan(f"{share} kekurangan ada di {count_word(len(top))} {kampanye.unit}")


def none_short(kota: Any, kampanye: Any) -> str:
    """What is said where no office is known to be short: all reached the target, or nobody knows."""
    if not kota["unit_tercapai"]:
        return f"Tidak ada {kampanye.unit} dengan kekurangan yang diketahui"
    known = " yang jumlahnya diketahui" if kota["unit_tanpa_jumlah"] else ""
    return f"Semua {kampanye.unit}{known} mencapai target {target_percent(kampanye.target)}"


def obstacle_finding(kendala: pd.DataFrame, kota: Any, kampanye: Any) -> Temuan:
    """Which kendala block most, or why there is none to tell."""
    if kendala.empty:
        return Temuan(no_obstacles(kota, kampanye))
    top = kendala.head(2)
    return Temuan(f"{opening_count(len(top))} kendala menahan {number(top['orang'].sum())} {kampanye.orang}")


def no_obstacles(kota: Any, kampanye: Any) -> str:
    """Why no kendala is told: nobody is left whom one could block, or the data hold none."""
    if kota["unit_lapor"] and kota["jumlah_asn"] == kota["berhasil"]:
        done = (
            f"semua {kampanye.orang} sudah berhasil"
            if kota["berhasil"]
            else f"tidak ada {kampanye.orang} yang dihitung"
        )
        return f"Tidak ada kendala tersisa: {done}"
    return "Kendala tidak diketahui: data tidak memuat kendala"


def attribution(kampanye: Any) -> Paragraf | Rangkaian:
    """Where the data come from, in the words that their licence asks for; nothing where none are asked."""
    return Paragraf([f"Sumber data: {kampanye.atribusi}"]) if kampanye.atribusi else Rangkaian([])
