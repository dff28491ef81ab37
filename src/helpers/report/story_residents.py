"""Residents in words: how many families (KK) have answered, of how many, and what is not known. Never beside civil servants.

Every rate names its own denominator in the same sentence.
"""

from typing import Any

import pandas as pd

from helpers.report.blocks import Judul, Paragraf, Rangkaian
from helpers.wording import day, is_unknown, number, percent, percent_prose


def page(penduduk: Any, kecamatan: pd.DataFrame, kampanye: Any) -> Rangkaian:
    """The page's finding and its sentences; nothing where no rekap of residents was taken in.

    `penduduk`: residents.total; `kecamatan`: residents.by_district.
    """
    if not penduduk["lapor"]:
        return Rangkaian([])
    lines = [_as_of(penduduk, kampanye), _clean(penduduk), _extremes(kecamatan), *_gaps(penduduk), _phones(kampanye)]
    return Rangkaian(
        [Judul(_finding(penduduk), "Penduduk: KK yang merespons", True), Paragraf([x for x in lines if x])]
    )


def source(penduduk: Any, kampanye: Any) -> str:
    """Where the figures are from, for captions."""
    return f"Sumber: rekap penduduk {kampanye.wilayah}, keadaan {dates(penduduk)}."


def dates(penduduk: Any) -> str:
    """The day of the data, or first and last where places differ."""
    first, last = penduduk["tanggal_awal"], penduduk["tanggal_akhir"]
    return day(last) if first == last else f"{day(first)} sampai {day(last)}"


def _finding(penduduk: Any) -> str:
    part, whole = penduduk["merespons_dari_kk_pembilang"], penduduk["merespons_dari_kk_penyebut"]
    if not is_unknown(penduduk["merespons_dari_kk"]):
        return f"{number(part)} dari {number(whole)} KK penduduk sudah merespons ({percent(part / whole)})"
    if not is_unknown(penduduk["merespons"]):
        return f"{number(penduduk['merespons'])} KK penduduk sudah merespons; dari berapa KK belum diketahui"
    return f"{number(penduduk['clean'])} KK penduduk sudah clean; yang merespons belum diketahui"


def _as_of(penduduk: Any, kampanye: Any) -> str:
    return (
        f"Keadaan {dates(penduduk)}. Yang dihitung di halaman ini keluarga (KK) penduduk {kampanye.wilayah}, bukan "
        f"{kampanye.orang}; kedua angka tidak dijumlahkan dan tidak dibandingkan."
    )


def _clean(penduduk: Any) -> str:
    """Clean of those that answered, and of the target: two rates that newspapers mix up."""
    parts = []
    for rate, of in (("clean_dari_merespons", "KK yang merespons"), ("clean_dari_target", "KK yang ditargetkan")):
        if not is_unknown(penduduk[rate]):
            part, whole = penduduk[f"{rate}_pembilang"], penduduk[f"{rate}_penyebut"]
            parts.append((part, f"{percent_prose(part / whole)} dari {number(whole)} {of}"))
    if not parts:
        return ""
    if len({int(part) for part, _ in parts}) == 1:
        return f"Yang clean {number(parts[0][0])} KK: {' dan '.join(text for _, text in parts)}."
    return "Yang clean: " + "; ".join(f"{number(part)} KK, {text}" for part, text in parts) + "."


def _extremes(kecamatan: pd.DataFrame) -> str:
    known = kecamatan[kecamatan["merespons_dari_kk"].notna()].sort_values("merespons_dari_kk", kind="stable")
    if len(known) < 2:
        return ""
    low, high = known.iloc[0], known.iloc[-1]
    if percent(low["merespons_dari_kk"]) == percent(high["merespons_dari_kk"]):
        return ""
    told = [
        f"{row['kecamatan']} ({percent(row['merespons_dari_kk'])} dari {number(row['merespons_dari_kk_penyebut'])} KK)"
        for row in (high, low)
    ]
    return f"Bagian yang merespons paling tinggi di Kecamatan {told[0]}, paling rendah di Kecamatan {told[1]}."


def _gaps(penduduk: Any) -> list[str]:
    lines = []
    if penduduk["lapor"] < penduduk["kelurahan"]:
        lines.append(
            f"Data mencakup {number(penduduk['lapor'])} dari {number(penduduk['kelurahan'])} kelurahan; jumlah dan "
            "penyebutnya hanya dari sana, dan yang lain belum diketahui, bukan nol."
        )
    part = penduduk["merespons_dari_kk_pembilang"]
    if not is_unknown(part) and part < penduduk["merespons"]:
        lines.append(
            f"Seluruhnya {number(penduduk['merespons'])} KK merespons; {number(penduduk['merespons'] - part)} di antaranya "
            "di tempat yang jumlah KK-nya belum diketahui."
        )
    return lines


def _phones(kampanye: Any) -> str:
    if not kampanye.punya_telepon:
        return ""
    share = percent_prose(kampanye.punya_telepon, 0)
    return f"Sebagai konteks: menurut {kampanye.penerima}, {share} penduduk memiliki telepon."
