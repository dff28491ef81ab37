"""The table of families by kecamatan: each rate beside its own denominator."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Rangkaian, Tabel
from helpers.report.cells import Kolom
from helpers.report.story_residents import source
from helpers.report.tables import right
from helpers.wording import UNKNOWN, number, percent


def districts(kecamatan: pd.DataFrame, penduduk: Any, kampanye: Any) -> Tabel | Rangkaian:
    """A row a kecamatan and the city; columns that nobody knows are left out, and all of it where nothing was sent."""
    if not penduduk["lapor"]:
        return Rangkaian([])
    columns = {
        "merespons": "merespons",
        "jumlah_kk": "jumlah KK",
        "merespons_dari_kk": "% dari jumlah KK",
        "clean": "clean",
        "clean_dari_merespons": "% dari merespons",
        "target_kk": "target KK",
        "clean_dari_target": "clean, % dari target",
    }
    shown = {name: heading for name, heading in columns.items() if kecamatan[name].notna().any()}
    rows = [
        [row["kecamatan"], f"{number(row['lapor'])} dari {number(row['kelurahan'])}", *_cells(row, shown)]
        for row in kecamatan.to_dict("records")
    ]
    all_of = f"{number(penduduk['lapor'])} dari {number(penduduk['kelurahan'])}"
    rows.append([kampanye.wilayah, all_of, *_cells(penduduk, shown)])
    partial = ""
    if any(row["lapor"] > 0 and _differs(row) for row in [*kecamatan.to_dict("records"), penduduk]):
        partial = "Persen dihitung hanya dari tempat yang pembilang dan penyebutnya diketahui. "
    return Tabel(
        [Kolom("Kecamatan", lebar="1fr"), right("kelurahan berdata"), *map(right, shown.values())],
        rows,
        f"Jumlah dalam KK, dari {all_of} kelurahan. {partial}{source(penduduk, kampanye)}",
        kaki=True,
    )


def _cells(row: Any, shown: dict[str, str]) -> list[str]:
    if not row["lapor"]:
        return [UNKNOWN] * len(shown)
    return [percent(row[name]) if "_dari_" in name else number(row[name]) for name in shown]


def _differs(row: Any) -> bool:
    """Whether a printed rate is not that of the printed sums."""
    pairs = (("merespons_dari_kk", "merespons", "jumlah_kk"), ("clean_dari_merespons", "clean", "merespons"))
    for rate, part, whole in (*pairs, ("clean_dari_target", "clean", "target_kk")):
        if not pd.isna(row[rate]) and (row[f"{rate}_pembilang"], row[f"{rate}_penyebut"]) != (row[part], row[whole]):
            return True
    return False
