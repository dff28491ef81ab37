"""How the form looks: formats of cells by name, and which one a column has. Colours are those of the reports."""

from typing import Any

HIDDEN = {"bukti_sidik"}
# Look of a column's cells; `tanggal...` is a date, the rest is open.
_LOOKS = {
    "text": {"nip", "bukti_sidik"},
    "narrow": {"nomor", "jenis_asn", "status", "bukti", "kode_kendala", "kode"}
    | {"jumlah_asn", "berhasil", "gagal", "belum", "jumlah_peserta"},
    "long": {"uraian", "tindak_lanjut", "usulan", "pic", "keterangan"},
}
_INK, _GREY, _ACCENT, _ALERT, _TINT = "#1F2328", "#5B626B", "#0B3C6F", "#C44E00", "#DBE4EE"
_OPEN: dict[str, Any] = {"locked": False, "valign": "top"}
_COUNT: dict[str, Any] = {"bold": True, "font_size": 12, "valign": "vcenter", "align": "left", "indent": 1}
_COUNT |= {"bg_color": "#F1F4F8"}
_HEAD: dict[str, Any] = {"bold": True, "font_color": _ACCENT, "bg_color": _TINT, "text_wrap": True}
_HEAD |= {"bottom": 2, "bottom_color": _ACCENT, "valign": "vcenter"}
STYLES: dict[str, dict[str, Any]] = {
    "locked": {},
    "title": {"bold": True, "font_size": 15, "font_color": _ACCENT, "valign": "vcenter"},
    "label": {"font_color": _GREY},
    "value": {"bold": True, "font_color": _INK},
    "stamp": {"bold": True, "font_color": _ALERT},
    "head": _HEAD,
    "head_narrow": _HEAD | {"align": "center"},
    "open": _OPEN,
    "narrow": _OPEN | {"align": "center"},
    "long": _OPEN | {"text_wrap": True},
    "text": _OPEN | {"num_format": "@"},
    "date": _OPEN | {"num_format": "dd/mm/yyyy", "align": "center"},
    "input": {
        "num_format": "dd/mm/yyyy",
        "align": "left",
        "locked": False,
        "bold": True,
        "bg_color": "#FFF9E5",
        "border": 1,
        "border_color": "#B4C6DA",
    },
    "hitung_semua": _COUNT | {"font_color": _INK},
    "hitung_berhasil": _COUNT | {"font_color": _ACCENT},
    "hitung_gagal": _COUNT | {"font_color": "#8A3600"},
    "hitung_belum": _COUNT | {"font_color": _INK},
    "hitung_catatan": _COUNT | {"font_color": _GREY, "font_size": 11, "bold": False},
    "section": {
        "bold": True,
        "font_size": 12,
        "font_color": _ACCENT,
        "bottom": 1,
        "bottom_color": _ACCENT,
        "valign": "bottom",
    },
    "point": {"align": "center", "valign": "top", "font_color": _GREY},
    "wrap": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "entry": {"valign": "top", "align": "left", "indent": 1},
    "small": {"font_size": 9, "font_color": _GREY},
    "small_value": {"font_size": 9, "font_color": _GREY, "num_format": "@", "align": "left", "indent": 1},
}


def look_of(name: str) -> str:
    """Name of the format for a column of the store."""
    return next((look for look, names in _LOOKS.items() if name in names), "date" if "tanggal" in name else "open")
