"""A message of messages.py as a picture of 1080 x 1350 pixels; the text beside it is its accessible alternative."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from helpers.report.blocks import STAMP
from helpers.report.messages import MessageError, Pesan
from helpers.report.typst_export import font_folder
from helpers.wording import target_percent

CARD = Path(__file__).with_name("kartu.typ")


def png(pesan: Pesan) -> bytes:
    """The card. MessageError where its content does not fit on one picture."""
    words = {"isi": json.dumps(content(pesan), ensure_ascii=False)}
    try:
        made: Any = _compiler(CARD.stat().st_mtime_ns).compile(sys_inputs=words, format="png", ppi=72)
    except typst.TypstError as error:
        raise MessageError(f"Kartu {pesan.nama[:40]} tidak dapat disusun: {error.message}") from error
    if not isinstance(made, bytes):
        raise MessageError(f"Kartu {pesan.nama[:40]} tidak muat pada satu gambar; persingkat ajakan.")
    return made


@lru_cache(maxsize=1)
def _compiler(changed: int) -> typst.Compiler:
    """Kept, because looking at the fonts takes longer than setting a card. `changed`: the template's time."""
    return typst.Compiler(str(CARD), root=str(CARD.parent), font_paths=[font_folder()], ignore_system_fonts=True)


def content(pesan: Pesan) -> dict[str, Any]:
    """What kartu.typ sets."""
    return {
        "judul": f"{pesan.kampanye} · {pesan.nama}",
        "contoh": pesan.contoh,
        "cap": STAMP,
        "kampanye": pesan.kampanye,
        "tanggal": pesan.tanggal,
        "nama": pesan.nama,
        "angka": pesan.angka,
        "awas": not pesan.angka.endswith("%"),
        "rapat": len(pesan.angka) > 6,  # words and long numbers take the whole width
        "arti": pesan.arti,
        "bagian": pesan.bagian,
        "target": pesan.target,
        "tanda": f"target {target_percent(pesan.target)}" if pesan.berbatang else "",
        "ajakan": pesan.ajakan,
        "tercapai": pesan.tercapai,
        "sampai": pesan.sampai,
        "catatan": pesan.catatan,
        "kepala-langkah": pesan.kepala,
        "langkah": pesan.langkah,
        "alamat": pesan.alamat,
        "kaki": pesan.batas,
    }
