"""Tables of the projection: what other assumptions would bring."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Kolom, Rangkaian, Tabel
from helpers.report.story_projection import about, chance_number, span
from helpers.wording import day_month, is_unknown, percent, target_percent


def scenarios(langkah: pd.DataFrame, kampanye: Any) -> Tabel | Rangkaian:
    """One row an assumption: capaian with its interval, people more, chance. `langkah`: skenario.for_campaign; nothing
    without a projection."""
    known = langkah[langkah["capaian"].notna()]
    if len(known) < 2:
        return Rangkaian([])
    names = {
        "seperti sekarang": "Berjalan seperti sekarang",
        "seperempat terbaik": f"Semua {kampanye.unit} secepat seperempat terbaik {kampanye.unit} sejenis",
        "kendala diselesaikan": "Kendala yang menjadi urusan BPS selesai minggu ini",
        "target antara": "Target antara {hari} diumumkan; keadaan pada hari itu",
    }
    rows = []
    for row in known.to_dict("records"):
        early = row["skenario"] == "target antara"
        more = "" if row["skenario"] == "seperti sekarang" else f"+{about(row['tambahan_orang'])}"
        rows.append(
            [
                names[row["skenario"]].format(hari=day_month(row["tanggal"])),
                percent(row["capaian"], 0),
                span(row),
                "+0" if more == "+-0" else more,
                "–" if early or is_unknown(row["peluang_target"]) else f"{chance_number(row['peluang_target'])}%",
            ]
        )
    return Tabel(
        [
            Kolom("Bila ...", lebar="1fr"),
            Kolom(f"Capaian {day_month(kampanye.selesai)}", "kanan"),
            Kolom("Selang 80%", "kanan"),
            Kolom(f"{kampanye.orang} tambahan", "kanan"),
            Kolom(f"Peluang {target_percent(kampanye.target)}", "kanan"),
        ],
        rows,
        "Hitungan bila anggapan itu terjadi sepenuhnya, bukan akibat yang terukur; hanya target antara bersandar pada "
        "pengalaman (kenaikan 4–5 poin sebelum puncak, Dirkmaat dkk. 2023) dan memajukan pengisian, tidak menambahnya. "
        f"Sumber: {kampanye.sumber}.",
        tebal=[0],
    )
