"""An office's target by working day, in words: the page to be pinned up, and the last plan against what came in.

Kind in tone: where there is nothing to divide (target reached, no working day left) the page says so instead.
"""

from typing import Any

import pandas as pd

from helpers.report.blocks import Angka, Block, Butir, Judul, Paragraf, Rangkaian, Tabel, Temuan
from helpers.report.cells import Kolom, Tanda
from helpers.report.tables import right
from helpers.wording import (
    day,
    day_month,
    is_unknown,
    join,
    number,
    percent,
    required_pace,
    target_percent,
    weekday_month,
)

TO_WRITE = "." * 22
ROOMY = 14  # working days for which a page has room to write


def told(row: Any, rencana: pd.DataFrame, banding: pd.DataFrame, sisa: Any, kampanye: Any, rows: int) -> list[Block]:
    """The page from its head to the last plan. `row`: with rates, of an office that reported; `rencana`: daily_plan.plan;
    `banding`: its rows of daily_plan.against (one, or none without an earlier report); `sisa`: pace.days_left."""
    known = [_headline(row, rencana, sisa, kampanye), _numbers(row, rencana, kampanye)]
    parts = [*known, _table(row, rencana, kampanye, rows), _rest(row, rencana, sisa, kampanye)]
    return [block for block in [*parts, against(banding, kampanye)] if not isinstance(block, Rangkaian)]


def _headline(row: Any, rencana: pd.DataFrame, sisa: Any, kampanye: Any) -> Judul:
    mata = f"Rencana harian: {row['nama']}"
    if is_unknown(row["kekurangan"]) or not row["jumlah_asn"]:
        return Judul(f"Tidak ada {kampanye.orang} yang perlu dibagi menurut hari", mata)
    if row["kekurangan"] == 0:
        return Judul(f"Target {target_percent(kampanye.target)} sudah tercapai; terima kasih", mata)
    short = f"{number(row['kekurangan'])} {kampanye.orang}"
    if not sisa["hari"]:
        return Judul(f"Masa pengisian sudah berakhir; {short} belum tercapai dari target", mata)
    if rencana.empty:
        return Judul(f"Tidak ada lagi hari kerja sampai {day_month(kampanye.selesai)}; kurang {short}", mata)
    return Judul(
        f"{short} lagi sampai {day_month(kampanye.selesai)}, dibagi atas {number(len(rencana))} hari kerja", mata
    )


def _numbers(row: Any, rencana: pd.DataFrame, kampanye: Any) -> Angka | Rangkaian:
    if is_unknown(row["kekurangan"]) or not row["jumlah_asn"]:
        return Rangkaian([])
    done = Butir(
        percent(row["capaian"]), f"{number(row['berhasil'])} dari {number(row['jumlah_asn'])} {kampanye.orang} berhasil"
    )
    goal = Butir(number(row["target_orang"]), f"target {target_percent(kampanye.target)}", kampanye.orang)
    if rencana.empty:
        return Angka([done, goal])
    pace = required_pace(row["kekurangan"] / len(rencana))
    return Angka([done, goal, Butir(pace, "rata-rata yang diperlukan tiap hari kerja", kampanye.orang)])


def _table(row: Any, rencana: pd.DataFrame, kampanye: Any, rows: int) -> Tabel | Rangkaian:
    if rencana.empty:
        return Rangkaian([])
    shown, later = rencana.head(rows), rencana.iloc[rows:]
    lines: list[list[Any]] = [
        [weekday_month(r.tanggal), number(r.orang), number(r.kumulatif), TO_WRITE, Tanda("kotak", "tercapai")]
        for r in shown.itertuples()
    ]
    if len(later):
        when = f"{number(len(later))} hari kerja berikutnya"
        lines.append(
            [
                when,
                number(later["orang"].sum()),
                number(later["kumulatif"].iloc[-1]),
                TO_WRITE,
                Tanda("kotak", "tercapai"),
            ]
        )
    return Tabel(
        [
            Kolom("Hari kerja", lebar="1fr"),
            right("Target hari itu"),
            right("Jumlah berhasil"),
            right("Kenyataan"),
            Kolom("Tanda", lebar="34mm"),
        ],
        lines,
        f"Kekurangan {number(row['kekurangan'])} {kampanye.orang} dibagi rata atas hari kerja, dalam orang utuh; jumlah berhasil mulai dari "
        f"{number(row['berhasil'])} per {day(row['tanggal_data'])}. {_left_out(kampanye)}Sumber: {kampanye.sumber}.",
        padat=len(lines) > 20,
        longgar=len(lines) <= ROOMY,
    )


def _left_out(kampanye: Any) -> str:
    """Which days are no working days, by name where they are holidays."""
    ahead = [d for d in pd.date_range(kampanye.tanggal_data, kampanye.selesai, inclusive="right") if d.day_of_week < 5]
    off = [d.date() for d in ahead if d.date() in kampanye.days_off]
    holidays = f" dan hari libur ({join([day_month(d) for d in off])})" if off else ""
    return f"Akhir pekan{holidays} tidak dihitung. "


def _rest(row: Any, rencana: pd.DataFrame, sisa: Any, kampanye: Any) -> Paragraf | Rangkaian:
    """What can be done where there is no day to plan."""
    if len(rencana) or is_unknown(row["kekurangan"]) or not row["jumlah_asn"]:
        return Rangkaian([])
    rest = row["jumlah_asn"] - row["berhasil"]
    who = f"{number(rest)} {kampanye.orang} yang belum berhasil"
    if row["kekurangan"] == 0:
        if not rest:
            return Paragraf(
                [f"Semua {kampanye.orang} sudah berhasil. Tidak ada lagi yang perlu direncanakan menurut hari."]
            )
        more = f" sampai {day_month(kampanye.selesai)}" if sisa["hari"] else ""
        return Paragraf([f"Tidak ada lagi target menurut hari. Mari bantu {who}{more}, dan lengkapi buktinya."])
    if sisa["hari"]:
        return Paragraf(
            [f"Pengisian masih terbuka sampai {day_month(kampanye.selesai)}; mari ajak {who} mengisi dari rumah."]
        )
    further = f"Yang tersisa dilanjutkan pada {kampanye.lanjutan}. " if kampanye.lanjutan else ""
    return Paragraf([f"{further}Terima kasih atas upaya semua pihak; mohon bukti dan data dilengkapi."])


def against(banding: pd.DataFrame, kampanye: Any) -> Temuan | Rangkaian:
    """The last report's plan against what came in; `banding`: an office's rows of daily_plan.against. Nothing where there
    was no plan, or no report, then."""
    if banding.empty or is_unknown(banding["rencana"].iloc[0]):
        return Rangkaian([])
    asked, done, since = (banding[name].iloc[0] for name in ("rencana", "tercapai", "dari"))
    many = number(done) if done else "belum ada"
    head = f"Sejak laporan {day_month(since)}: {many} dari {number(asked)} {kampanye.orang} yang direncanakan"
    if done >= asked:
        more = f"{number(done - asked)} {kampanye.orang} melebihi rencana" if done > asked else "Tepat seperti rencana"
        return Temuan(head, [f"{more}; terima kasih."])
    return Temuan(head, [f"{number(asked - done)} {kampanye.orang} yang tertunda termasuk dalam kekurangan sekarang."])
