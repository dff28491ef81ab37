"""Tables of the projection: what other assumptions would bring."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Rangkaian, Tabel
from helpers.report.cells import Kolom
from helpers.report.story_projection import about, chance_number, interim, span, told
from helpers.wording import capitalize, day_month, percent, target_percent


def scenarios(langkah: pd.DataFrame, kampanye: Any) -> Rangkaian:
    """One row an assumption: capaian with its interval, people more, chance; the earlier target below it, because its day
    is another. `langkah`: skenario.for_campaign; nothing where story_projection.told has nothing."""
    known = told(langkah, kampanye)
    if known.empty:
        return Rangkaian([])
    names = {
        "seperti sekarang": "Berjalan seperti sekarang",
        "seperempat terbaik": f"Semua {kampanye.unit} secepat seperempat {kampanye.unit} sejenis yang tercepat",
        "kendala diselesaikan": "Kendala yang menjadi urusan BPS selesai minggu ini",
    }
    rows = [
        [
            names[row["skenario"]],
            percent(row["capaian"], 0),
            span(row),
            f"+{about(row['tambahan_orang'])}" if at else "",
            f"{chance_number(row['peluang_target'])}%",
        ]
        for at, row in enumerate(known.to_dict("records"))
    ]
    table = Tabel(
        [
            Kolom("Bila ...", lebar="1fr"),
            Kolom(f"Capaian {day_month(kampanye.selesai)}", "kanan"),
            Kolom("Selang 80%", "kanan"),
            Kolom(f"{capitalize(kampanye.orang)} tambahan", "kanan"),
            Kolom(f"Peluang {target_percent(kampanye.target)}", "kanan"),
        ],
        rows,
        f"Persen dari semua {kampanye.orang}. Hitungan bila anggapan itu terjadi sepenuhnya, bukan akibat yang terukur; tambahan tidak untuk dijumlahkan. "
        f"Bila {kampanye.unit} sejenis kurang dari empat, acuannya semua {kampanye.unit}. Sumber: {kampanye.sumber}.",
        tebal=[0],
    )
    return Rangkaian([table, interim(langkah, kampanye)])
