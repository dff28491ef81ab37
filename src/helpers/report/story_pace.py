"""The pace in sentences: what it is, what it must be, and whether that is enough, from the figures as printed."""

from typing import Any

from helpers.report.blocks import Butir, Rangkaian, Temuan
from helpers.wording import (
    day_month,
    decimal,
    is_unknown,
    number,
    pace,
    pace_ratio,
    pace_suffices,
    required_pace,
)


def big_number(row: Any, laju: Any, kampanye: Any, sisa: Any) -> Butir:
    """The pace as one of the big numbers; `sisa` has a working day."""
    need = row["kekurangan"] / sisa["hari_kerja"]
    now = laju["laju_kerja"]
    calendar = required_pace(row["kekurangan"] / sisa["hari"])
    if need < 1:
        wanted = f"dibutuhkan {number(row['kekurangan'])} dalam {number(sisa['hari_kerja'])} hari kerja"
        words = f"{kampanye.orang} per hari kerja sekarang; {wanted}"
        if is_unknown(now):
            words = f"laju sekarang belum diketahui; {wanted}"
        return Butir(pace(now), words, awas=is_unknown(now) or bool(now < need))
    if is_unknown(now):
        words = (
            f"{kampanye.orang} per hari kerja dibutuhkan ({calendar} per hari kalender); laju sekarang belum diketahui"
        )
        return Butir(required_pace(need), words, awas=True)
    words = f"{kampanye.orang} per hari kerja: laju kini → laju yang dibutuhkan (per hari kalender {pace(laju['laju'])} → {calendar})"
    return Butir(f"{pace(now)} → {required_pace(need)}", words, awas=not pace_suffices(now, need))


def finding(row: Any, laju: Any, sisa: Any, kampanye: Any) -> Temuan | Rangkaian:
    """By how much the pace must change, per working day; nothing before any report."""
    if is_unknown(row["berhasil"]):
        return Rangkaian([])
    if row["kekurangan"] == 0:
        return Temuan("Target sudah tercapai; laju tidak perlu dinaikkan")
    if not sisa["hari"]:
        return Temuan(f"Batas waktu {day_month(kampanye.selesai)} sudah lewat")
    if not sisa["hari_kerja"]:
        return Temuan("Tidak ada lagi hari kerja sampai batas waktu")
    need, now = row["kekurangan"] / sisa["hari_kerja"], laju["laju_kerja"]
    wanted = f"{required_pace(need)} {kampanye.orang} per hari kerja"
    if need < 1:
        wanted = f"{number(row['kekurangan'])} {kampanye.orang} lagi dalam {number(sisa['hari_kerja'])} hari kerja"
    if is_unknown(now):
        return Temuan(f"Dibutuhkan {wanted}; laju sekarang belum diketahui")
    if now <= 0:
        return Temuan(f"Tidak ada tambahan dalam sekitar tujuh hari terakhir; dibutuhkan {wanted}")
    if now >= need if need < 1 else pace_suffices(now, need):
        return Temuan(f"Laju sekarang cukup bila dipertahankan sampai {day_month(kampanye.selesai)}")
    if need < 1:
        return Temuan(f"Laju harus naik: dibutuhkan {wanted}")
    # Printed side by side, 300 → 301 is a little more and not "1,0 kali".
    times = pace_ratio(need, now)
    rise = "naik sedikit" if times == decimal(1) else f"menjadi {times} kali laju sekarang"
    return Temuan(
        f"Laju per hari kerja harus {rise} ({pace(now)} → {required_pace(need)} {kampanye.orang}) agar target tercapai"
    )
