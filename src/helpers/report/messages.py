"""What goes into a WhatsApp group: a short text and a card as picture; no names, never more than the report says."""

from pathlib import Path
from typing import Any

import typst

from helpers.report.blocks import STAMP
from helpers.report.typst_export import typst_input
from helpers.wording import (
    capitalize,
    day,
    day_month,
    is_unknown,
    number,
    percent,
    percent_prose,
    required_pace,
    target_percent,
)

CARD = Path(__file__).with_name("kartu.typ")
LIMIT = 900  # characters that a group still reads


def whatsapp(row: Any, sisa: Any, kampanye: Any, contoh: bool) -> str:
    """Finding, what to do, until when; plain text under 900 characters."""
    lines = [f"{STAMP}\n"] if contoh else []
    lines.append(f"{kampanye.singkatan} · {row['nama']} · data {day(kampanye.tanggal_data)}\n")
    lines.append(_finding(row, kampanye))
    if row["lapor"] and row["jumlah_asn"] > 0:
        lines.append(_gap(row, sisa, kampanye))
    lines.append("\n" + "\n".join(_steps(row, kampanye)))
    text = "\n".join(lines).strip() + "\n"
    return text if len(text) < LIMIT else text[: LIMIT - 2] + "…\n"


def _finding(row: Any, kampanye: Any) -> str:
    if not row["lapor"]:
        return f"{capitalize(kampanye.unit)} belum melapor; capaian belum diketahui."
    if row["jumlah_asn"] == 0:
        return f"Tidak ada {kampanye.orang} yang dihitung."
    if row["berhasil"] == 0:
        return f"Belum ada yang berhasil mengisi dari {number(row['jumlah_asn'])} {kampanye.orang}."
    return (
        f"{number(row['berhasil'])} dari {number(row['jumlah_asn'])} {kampanye.orang} berhasil mengisi "
        f"({percent_prose(row['capaian'])})."
    )


def _gap(row: Any, sisa: Any, kampanye: Any) -> str:
    goal = f"target {target_percent(kampanye.target)}"
    if row["kekurangan"] == 0:
        return f"{capitalize(goal)} sudah tercapai."
    text = f"Masih kurang {number(row['kekurangan'])} {kampanye.orang} untuk {goal} pada {day_month(kampanye.selesai)}"
    if not sisa["hari_kerja"] or row["kekurangan"] < sisa["hari_kerja"]:
        return f"{text}."
    return f"{text}: {required_pace(row['kekurangan'] / sisa['hari_kerja'])} {kampanye.orang} per hari kerja."


def _steps(row: Any, kampanye: Any) -> list[str]:
    steps = [f"{at}. {capitalize(step.strip())}." for at, step in enumerate(kampanye.ajakan.split(";"), 1)]
    return steps if row["lapor"] else ["Mohon nominatif dikirim sesegera mungkin.", *steps]


def card(row: Any, sisa: Any, kampanye: Any, contoh: bool) -> bytes:
    """The same as a PNG of 1080 x 1350 pixels."""
    known = bool(row["lapor"])
    if not known:
        call = "Mohon nominatif segera dikirim"
    elif row["jumlah_asn"] == 0:
        call = f"Tidak ada {kampanye.orang} yang dihitung"
    elif row["kekurangan"] == 0:
        call = f"Target {target_percent(kampanye.target)} tercapai"
    else:
        call = f"{number(row['kekurangan'])} {kampanye.orang} lagi untuk target {target_percent(kampanye.target)}"
    content = {
        "contoh": contoh,
        "kampanye": kampanye.singkatan,
        "nama": row["nama"],
        "angka": percent(row["capaian"]) if known else "?",
        "arti": _finding(row, kampanye),
        "bagian": None if is_unknown(row["capaian"]) else float(row["capaian"]),
        "target": kampanye.target,
        "ajakan": call,
        "langkah": [step for step in _steps(row, kampanye) if step[0].isdigit()],
        "kaki": f"Batas waktu {day(kampanye.selesai)} · data sampai {day(kampanye.tanggal_data)}",
    }
    return bytes(typst.compile(**typst_input(CARD, content), format="png", ppi=72))
