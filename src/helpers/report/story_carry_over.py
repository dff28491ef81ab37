"""Who goes on to the next stage, told and listed: expected people by office and by reason, with intervals, without names.

Measured in measures.carry_over. Nothing where a campaign has no next stage.
"""

from typing import Any

import pandas as pd

from helpers.measures.projection import CITY
from helpers.report.blocks import Rangkaian, Tabel, Temuan
from helpers.report.cells import Kolom
from helpers.report.story_projection import about
from helpers.report.tables import right
from helpers.wording import UNKNOWN, capitalize, day_month, is_unknown, join, number

LISTED = 10  # offices by name; the others stand in one row


def finding(tersisa: pd.DataFrame, alasan: pd.DataFrame, kampanye: Any) -> Temuan | Rangkaian:
    """How many are expected to remain, out of whom, and on which assumption the reasons rest.

    `tersisa`: carry_over.by_office; `alasan`: carry_over.by_reason.
    """
    if not kampanye.lanjutan:
        return Rangkaian([])
    city = tersisa[tersisa["opd"].eq(CITY)].iloc[0]
    until = day_month(kampanye.selesai)
    head = f"Yang diteruskan ke {kampanye.lanjutan}"
    if is_unknown(city["orang"]):
        return Temuan(head, [f"Berapa {kampanye.orang} yang tersisa pada {until} belum dapat diperkirakan."])
    if is_unknown(city["atas_80"]):
        if not city["orang"]:
            return Temuan(f"Tidak ada yang diteruskan ke {kampanye.lanjutan}: semua {kampanye.orang} berhasil")
        head += f": {number(city['orang'])} {kampanye.orang}"
        first = (
            f"{number(city['orang'])} dari {number(city['jumlah_asn'])} {kampanye.orang} tidak tercatat berhasil sampai "
            f"{day_month(kampanye.tanggal_data)}; ini hitungan, bukan perkiraan."
        )
    elif not city["atas_80"]:
        return Temuan(f"Menurut proyeksi tidak ada yang diteruskan ke {kampanye.lanjutan}")
    else:
        head += f": diperkirakan {about(city['orang'])} {kampanye.orang}" if city["orang"] else ""
        span = (
            f"{about(city['bawah_80'])} sampai {about(city['atas_80'])}"
            if city["bawah_80"]
            else f"paling banyak {about(city['atas_80'])}"
        )
        first = (
            f"Tanpa langkah tambahan, {span} dari {number(city['jumlah_asn'])} {kampanye.orang} (selang 80%) belum "
            f"berhasil pada {until}."
        )
    unknown = int(tersisa["orang"].isna().sum())
    left_out = f"{number(unknown)} {kampanye.unit} tidak ikut karena jumlah {kampanye.orang}-nya tidak diketahui."
    own = f"Tiap {kampanye.unit} menyiapkan daftar orangnya sendiri; daftar itu tidak dimuat di sini."
    lines = [first, *([left_out] if unknown else []), *_assumption(alasan, city, kampanye), own]
    return Temuan(head, lines)


def _assumption(alasan: pd.DataFrame, city: Any, kampanye: Any) -> list[str]:
    fixed = alasan[alasan["tetap"].fillna(False)]
    stay = [f"{number(r.sekarang)} karena {r.kategori} ({r.kode})" for r in fixed.itertuples()]
    if is_unknown(city["atas_80"]):
        return [f"Di antaranya {join(stay)}, yang tidak dapat diselesaikan sebelum batas waktu."] if stay else []
    told = (
        "Anggapan menurut alasan: yang tersisa terbagi seperti alasan yang tercatat sekarang di tiap " + kampanye.unit
    )
    if stay:
        told += f", kecuali yang tidak dapat diselesaikan sebelum batas waktu dan tetap utuh: {join(stay)}"
    return [told + "."]


def tables(tersisa: pd.DataFrame, alasan: pd.DataFrame, kampanye: Any) -> Rangkaian:
    """By office (largest first, the rest in one row) and by reason, side by side."""
    city = tersisa[tersisa["opd"].eq(CITY)].iloc[0]
    if not kampanye.lanjutan or is_unknown(city["orang"]) or not (city["orang"] or city["sekarang"]):
        return Rangkaian([])
    return Rangkaian([_offices(tersisa, city, kampanye), _reasons(alasan, city, kampanye)], sejajar=True)


def _columns(heading: str, known: bool) -> list[Kolom]:
    if known:
        return [Kolom(heading, lebar="1fr"), right("Tersisa")]
    return [Kolom(heading, lebar="1fr"), right("Kini"), right("Diperkirakan"), right("Selang 80%")]


def _cells(row: Any, known: bool, limit: int) -> list[str]:
    """Numbers of a row; fewer than `limit` people are not told apart."""
    if is_unknown(row["orang"]):
        return [UNKNOWN] * (1 if known else 3)
    if known:
        return [few(row["orang"], limit)]
    low, high = few(row["bawah_80"], limit, about), few(row["atas_80"], limit, about)
    return [few(row["sekarang"], limit), few(row["orang"], limit, about), low if low == high else f"{low}–{high}"]


def few(people: Any, limit: int, tell: Any = number) -> str:
    """A count, or that it is under the limit: "<5"; 0 is told."""
    return f"<{number(limit)}" if 0 < people < limit else str(tell(people))


def _offices(tersisa: pd.DataFrame, city: Any, kampanye: Any) -> Tabel:
    known, limit = is_unknown(city["atas_80"]), kampanye.sel_kecil
    offices = tersisa[tersisa["opd"].ne(CITY)]
    ordered = offices.sort_values(["orang", "sekarang", "opd"], ascending=[False, False, True], na_position="last")
    top = ordered[ordered["orang"].gt(0).fillna(False)].head(LISTED)
    names = kampanye.units.set_index("kode")["nama"]
    rows = [[names[r["opd"]], *_cells(r, known, limit)] for r in top.to_dict("records")]
    rest = ordered[~ordered["opd"].isin(top["opd"])]
    projected, unknown = rest[rest["orang"].notna()], rest[rest["orang"].isna()]
    if len(projected):
        # What the named ones leave of the city's median: an interval of this row alone nobody has asked for.
        left = max(int(city["orang"] - top["orang"].sum()), 0)
        now = int(projected["sekarang"].sum())
        cells = [few(left, limit)] if known else [few(now, limit), few(left, limit, about), ""]
        rows.append([f"{number(len(projected))} {kampanye.unit} lain", *cells])
    if len(unknown):
        rows.append(
            [
                f"{number(len(unknown))} {kampanye.unit} tanpa jumlah {kampanye.orang}",
                *_cells({"orang": None}, known, limit),
            ]
        )
    rows.append([kampanye.wilayah, *_cells(city, known, 0)])
    what = (
        f"{capitalize(kampanye.orang)} yang tidak tercatat berhasil"
        if known
        else f"{capitalize(kampanye.orang)} yang belum berhasil kini dan yang diperkirakan belum berhasil pada {day_month(kampanye.selesai)}"
    )
    note = "" if known else f" Nilai tengah dihitung sendiri-sendiri; baris {kampanye.unit} lain ialah selisihnya."
    silent = (
        f" {capitalize(kampanye.unit)} yang belum lapor ikut, seperti {kampanye.unit} sejenis." if not known else ""
    )
    caption = f"{what}, dari {number(city['jumlah_asn'])} {kampanye.orang}.{note}{silent} Sumber: {kampanye.sumber}."
    return Tabel(_columns(capitalize(kampanye.unit), known), rows, caption, kaki=True, padat=True)


def _reasons(alasan: pd.DataFrame, city: Any, kampanye: Any) -> Tabel:
    known, limit = is_unknown(city["atas_80"]), kampanye.sel_kecil
    rows = []
    for row in alasan.to_dict("records"):
        code = f" ({row['kode']})" if row["kode"] in set(kampanye.obstacles["kode"]) else ""
        rows.append([f"{row['kategori']}{code}", *_cells(row, known, limit)])
    rows.append([kampanye.wilayah, *_cells(city, known, 0)])
    fixed = [at for at, stays in enumerate(alasan["tetap"].fillna(False)) if stays]
    note = " Tebal: tidak dapat diselesaikan sebelum batas waktu." if fixed else ""
    note += "" if known else " Alasan dianggap terbagi seperti sekarang; nilai tengah tidak untuk dijumlahkan."
    caption = f"Orang yang sama menurut alasan yang tercatat, satu alasan utama per {kampanye.orang}, dari {number(city['jumlah_asn'])} {kampanye.orang}.{note} Sumber: {kampanye.sumber}."
    return Tabel(_columns("Alasan", known), rows, caption, kaki=True, padat=True, tebal=fixed)
