"""An office's next days: what is to be done by the end of the week, by whom, and how far the instructions are carried out.

Helpful in tone: every line is something that the office itself can do, with the number of people that it is for.
"""

from datetime import date
from typing import Any

import pandas as pd

from helpers.measures.decisions import due
from helpers.measures.obstacles import OTHERS
from helpers.report.blocks import Judul, Putusan, Rangkaian, Tabel, Temuan
from helpers.report.cells import Kolom, Tanda
from helpers.report.story_office import is_empty
from helpers.wording import capitalize, day, is_unknown, number, percent, required_pace, weekday_month

MOST = 5
FRESH = 7  # days; sosialisasi older than that is repeated
DONE, PARTLY, NOT_YET, UNKNOWN = (
    Tanda("penuh", "Terlaksana"),
    Tanda("separuh", "Sebagian"),
    Tanda("kosong", "Belum"),
    Tanda("tanya", "Tidak diketahui"),
)


def week(kampanye: Any) -> date | None:
    """The day by which an office's next steps are to be done; None where no working day is left."""
    return due(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)[1]


def headline(row: Any, jalur: pd.DataFrame, kampanye: Any) -> Judul | Temuan:
    """How many are to be done by the end of the week; on a page of its own where the office reported.

    `jalur`: skenario.required_path of the office (empty where nothing is missing or known).
    """
    until, mata = week(kampanye), "Yang dikerjakan sekarang"
    if not row["lapor"] or is_empty(row):
        first = due(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)[0]
        return Temuan(f"Yang dikerjakan sampai {weekday_month(until or first)}")
    if until is None:
        return Judul("Masa pengisian berakhir; yang tersisa adalah bukti dan data", mata, halaman_baru=True)
    if jalur.empty:
        return Judul(f"Sampai {weekday_month(until)}: bukti lengkap dan data mutakhir", mata, halaman_baru=True)
    then = jalur.loc[jalur["tanggal"].eq(pd.Timestamp(until)), "orang"].iloc[0]
    more = _until(row, jalur, until, kampanye)
    return Judul(
        f"Agar target tercapai, {number(then)} {kampanye.orang} harus sudah berhasil pada {weekday_month(until)}: {more} lagi",
        mata,
        halaman_baru=True,
    )


def todo(
    row: Any, jalur: pd.DataFrame, kendala: pd.DataFrame, penerangan: pd.DataFrame, sisa: Any, kampanye: Any
) -> list[Putusan]:
    """Steps until the end of the week, the one for most people first: what, for whom, who, until when; at most five.

    `jalur`: skenario.required_path, `kendala`: obstacles.by_code of the office.
    """
    first, until = due(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    head = f"Pimpinan {kampanye.unit}"
    soon, last = weekday_month(first), weekday_month(until or first)
    if not row["lapor"]:
        many = "" if is_unknown(row["jumlah_asn"]) else f"{number(row['jumlah_asn'])} {kampanye.orang}"
        steps = [Putusan("Kirim nominatif dengan formulir yang tersedia.", many, head, soon)]
        return [*steps, *_spread(row, penerangan, kampanye, head, soon)]
    steps = []
    if until and not jalur.empty and not is_empty(row):
        need = row["kekurangan"] / sisa["hari_kerja"]
        pace = f"{required_pace(need)} {kampanye.orang} per hari kerja"
        if need < 1:
            pace = f"{number(row['kekurangan'])} {kampanye.orang} dalam {number(sisa['hari_kerja'])} hari kerja"
        steps.append(
            Putusan(
                f"Sediakan waktu dan pendamping pengisian: {pace}.", _until(row, jalur, until, kampanye), head, last
            )
        )
        named = kendala[kendala["kode"].ne(OTHERS["kode"])]
        steps += [
            Putusan(r.usulan, f"{number(r.orang)} {kampanye.orang}, {r.kategori}", r.pic, last)
            for r in named.head(2).itertuples()
        ]
    missing = 0 if is_unknown(row["bukti"]) or is_unknown(row["berhasil"]) else row["berhasil"] - row["bukti"]
    if missing:
        steps.append(
            Putusan("Unduh dan simpan bukti yang belum ada.", f"{number(missing)} {kampanye.orang}", head, last)
        )
    steps += _spread(row, penerangan, kampanye, head, soon)
    steps.append(Putusan("Perbarui nominatif dan kirim setiap hari kerja.", "", head, f"mulai {soon}"))
    return steps[:MOST]


def _until(row: Any, jalur: pd.DataFrame, until: date, kampanye: Any) -> str:
    then = jalur.loc[jalur["tanggal"].eq(pd.Timestamp(until)), "orang"].iloc[0]
    return f"{number(then - row['berhasil'])} {kampanye.orang}"


def _spread(row: Any, penerangan: pd.DataFrame, kampanye: Any, head: str, when: str) -> list[Putusan]:
    if not kampanye.instruksi or _told(row, penerangan, kampanye) == DONE:
        return []
    many = "" if is_unknown(row["jumlah_asn"]) else f"{number(row['jumlah_asn'])} {kampanye.orang}"
    return [
        Putusan(
            "Sampaikan cara mengisi pada apel atau rapat daring dan di grup WhatsApp, lalu catat kegiatannya.",
            many,
            head,
            when,
        )
    ]


def states(row: Any, penerangan: pd.DataFrame, kampanye: Any) -> list[Tanda]:
    """How far each of the three instructions is carried out: shape and word, never colour alone."""
    if is_unknown(row["bukti"]):
        kept = UNKNOWN if row["lapor"] else NOT_YET
    elif not row["bukti"]:
        kept = NOT_YET
    else:
        kept = DONE if row["bukti"] == row["jumlah_asn"] else PARTLY
    watched = NOT_YET
    if row["lapor"]:
        # Data of the last working day are as fresh as they can be.
        since = due(row["tanggal_data"].date(), date.max, kampanye.days_off)[0]
        watched = (
            DONE if since > kampanye.tanggal_data or row["tanggal_data"].date() == kampanye.tanggal_data else PARTLY
        )
    return [_told(row, penerangan, kampanye), kept, watched]


def _told(row: Any, penerangan: pd.DataFrame, kampanye: Any) -> Tanda:
    own = penerangan[penerangan["opd"].eq(row["opd"])]
    activities = own["kegiatan"].iloc[0] if len(own) else None
    if not row["lapor"]:
        return NOT_YET
    if is_unknown(activities):
        return UNKNOWN
    if not activities:
        return NOT_YET
    age = (pd.Timestamp(kampanye.tanggal_data) - own["terakhir"].iloc[0]).days
    return DONE if age <= FRESH else PARTLY


def steps_table(langkah: list[Putusan], kampanye: Any) -> Tabel | Rangkaian:
    """The steps as a table; nothing where there is none."""
    if not langkah:
        return Rangkaian([])
    return Tabel(
        [
            Kolom("No", "kanan"),
            Kolom("Yang dikerjakan", lebar="1.5fr"),
            Kolom("Untuk", lebar=".8fr"),
            Kolom("PIC", lebar="38mm"),
            Kolom("Tenggat", lebar="27mm"),
        ],
        [[str(at), s.keputusan, capitalize(s.hasil) or "–", s.pic, s.tenggat] for at, s in enumerate(langkah, 1)],
        f"Usulan menurut data sampai {day(kampanye.tanggal_data)}; disesuaikan oleh pimpinan. Sumber: {kampanye.sumber}.",
    )


def milestones(tonggak: pd.DataFrame, row: Any, kampanye: Any) -> Tabel | Rangkaian:
    """Where the office should stand at the end of each week; `tonggak`: skenario.milestones. Nothing without a path."""
    if tonggak.empty:
        return Rangkaian([])
    return Tabel(
        [Kolom("Tonggak", lebar="1fr"), *(Kolom(weekday_month(d), "kanan") for d in tonggak["tanggal"])],
        [
            ["Harus sudah berhasil", *(f"{number(n)} {kampanye.orang}" for n in tonggak["orang"])],
            ["Capaian", *(percent(share) for share in tonggak["capaian"])],
        ],
        f"Jumlah kumulatif bila kekurangan dibagi rata atas hari kerja, dari {number(row['jumlah_asn'])} {kampanye.orang}; "
        f"kini {number(row['berhasil'])}. Sumber: {kampanye.sumber}.",
    )
