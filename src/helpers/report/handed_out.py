"""What a problem log was handed out with, kept in the properties of its workbook, and read back from them.

Cells can be changed by hand; properties can not, short of another program that drops them. A property holds 255
characters, so what is longer is cut into numbered pieces: `baris_01` names the rows as nomor:kode:orang, `isi_01` holds
their texts (JSON, packed).
"""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

KIND = "log_kendala"
_PIECE = 250
_MOST = 2_000_000  # characters of all texts, unpacked
_TEXTS = ("temuan", "rekomendasi", "indikator", "tindak_lanjut", "pic", "tenggat", "status", "keterangan", "asal")


@dataclass(frozen=True)
class Handed:
    """A row of the matrix as it was handed out; `pic` and `tenggat` as pre-filled (proposed, or decided before)."""

    nomor: int
    kode: str
    orang: int | None
    temuan: str = ""
    rekomendasi: str = ""
    indikator: str = ""
    tindak_lanjut: str = ""
    pic: str = ""
    tenggat: date | None = None
    status: str = "Belum"
    keterangan: str = ""
    asal: date | None = None


@dataclass(frozen=True)
class Run:
    """Which run a log is of. `baris`: None where the workbook no longer tells."""

    kampanye: str
    tanggal_data: date | None
    versi_data: int | None
    baris: tuple[Handed, ...] | None


def name_of(kampanye: Any) -> str:
    """A campaign as a property can name it."""
    return f"{kampanye.kampanye} · {kampanye.wilayah}"[:_PIECE]


def properties(rows: Iterable[Handed], kampanye: Any, versi: int) -> dict[str, str]:
    """The custom properties of a log, in order."""
    held = list(rows)
    named = ";".join(f"{row.nomor}:{row.kode}:{'' if row.orang is None else row.orang}" for row in held)
    texts = [[_plain(asdict(row)[name]) for name in _TEXTS] for row in held]
    packed = base64.b64encode(zlib.compress(json.dumps(texts, ensure_ascii=False).encode(), 9)).decode()
    return {
        "jenis_berkas": KIND,
        "kampanye": name_of(kampanye),
        "tanggal_data": kampanye.tanggal_data.isoformat(),
        "versi_data": str(versi),
        **_pieces("baris", named),
        **_pieces("isi", packed if held else ""),
    }


def read(found: Mapping[str, str]) -> Run | None:
    """What the properties of a workbook tell; None where it is no log of ours. Never raises."""
    if found.get("jenis_berkas") != KIND:
        return None
    versi = found.get("versi_data", "")
    return Run(
        found.get("kampanye", ""),
        _day(found.get("tanggal_data")),
        int(versi) if re.fullmatch(r"[0-9]{1,9}", versi) else None,
        _rows(found),
    )


def _rows(found: Mapping[str, str]) -> tuple[Handed, ...] | None:
    named = [part.split(":") for part in _joined("baris", found).split(";") if part]
    if any(len(part) != 3 or not re.fullmatch(r"[0-9]{1,9}", part[0]) for part in named):
        return None
    if not named and "baris_01" not in found:
        return None
    texts = _unpacked(_joined("isi", found))
    if len(texts) != len(named):
        return None
    rows = []
    for (nomor, kode, orang), own in zip(named, texts, strict=True):
        told: dict[str, Any] = dict(zip(_TEXTS, own, strict=True))
        told |= {"tenggat": _day(told["tenggat"]), "asal": _day(told["asal"])}
        rows.append(Handed(int(nomor), kode, int(orang) if orang.isdecimal() else None, **told))
    return tuple(rows)


def _unpacked(text: str) -> list[list[str]]:
    try:
        raw = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), _MOST) if text else b"[]"
        rows = json.loads(raw)
    except (ValueError, zlib.error, binascii.Error, RecursionError):
        return []
    whole = isinstance(rows, list) and all(isinstance(row, list) and len(row) == len(_TEXTS) for row in rows)
    return rows if whole and all(isinstance(cell, str) for row in rows for cell in row) else []


def _pieces(name: str, text: str) -> dict[str, str]:
    parts = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)] or ["-"]
    return {f"{name}_{at:02}": part for at, part in enumerate(parts, 1)}


def _joined(name: str, found: Mapping[str, str]) -> str:
    own = sorted(
        (int(key.rpartition("_")[2]), text) for key, text in found.items() if re.fullmatch(f"{name}_\\d+", key)
    )
    text = "".join(text for _, text in own)
    return "" if text == "-" else text


def _plain(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
