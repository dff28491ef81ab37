"""What the form itself checks while an office types: drop-down lists, dates, NIP, colours, locked headings.

Nothing here decides what is accepted: intake reads every value again, and says so in words.
"""

from datetime import datetime, time
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from helpers.campaign import Campaign
from helpers.schema import CHANNELS, KINDS, STATUSES
from helpers.wording import day

# Blue and orange are told apart by every kind of colour vision; the word stands in the cell all the same.
STATUS_COLOURS = {
    "Berhasil": {"bg_color": "#0B3C6F", "font_color": "#FFFFFF"},
    "Gagal": {"bg_color": "#F8D9C4", "font_color": "#8A3600"},
    "Proses": {"bg_color": "#B4C6DA", "font_color": "#1F2328"},
    "Belum": {"bg_color": "#E9ECEF", "font_color": "#1F2328"},
}
MISSING = {"bg_color": "#FDF1E7", "bottom": 1, "bottom_color": "#C44E00"}
# Headings, labels and the count stay; all the rest is the office's: filling, sorting, adding and dropping rows.
ALLOWED = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_COUNTS = {"jumlah_asn", "berhasil", "gagal", "belum", "bukti", "jumlah_peserta"}


def check_date(kampanye: Campaign, label: str) -> dict[str, Any]:
    """A day of the campaign. A warning, not a wall: the deadline may be extended after the form went out."""
    first, last = day(kampanye.mulai), day(kampanye.selesai)
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": datetime.combine(kampanye.mulai, time()),
        "maximum": datetime.combine(kampanye.selesai, time()),
        "error_type": "warning",
        "error_title": label,
        "error_message": f"Tulis tanggal antara {first} dan {last}, misalnya {kampanye.mulai:%d/%m/%Y}. Tanggal di luar itu ditolak atau tidak dihitung.",
    }


def add_checks(sheet: Any, kampanye: Campaign, columns: list[str], first: int, last: int, codes: str) -> None:
    """Validation of every column that has a rule, rows `first` to `last`; `codes`: cells that list kendala codes."""
    is_people = "nip" in columns
    lists: dict[str, tuple[Any, str]] = {
        "status": ([s.capitalize() for s in STATUSES], "Pilih Berhasil, Gagal, Belum, atau Proses."),
        "jenis_asn": (list(KINDS), "Pilih PNS, PPPK, atau PTT."),
        "kanal": (list(CHANNELS), "Pilih kanal dari daftar; selain itu: lainnya."),
        "kode_kendala": (codes, "Pilih kode kendala dari daftar pada lembar Petunjuk, misalnya K04."),
        "kode": (codes, "Pilih kode kendala dari daftar pada lembar Petunjuk, misalnya K04."),
    }
    if is_people:
        lists["bukti"] = (["Ada", "Belum"], "Pilih Ada bila bukti pengisian tersimpan; bila tidak, Belum.")
    for at, name in enumerate(columns):
        rule: dict[str, Any] | None = None
        if name in lists:
            source, message = lists[name]
            rule = {"validate": "list", "source": source, "error_title": "Pilih dari daftar", "error_message": message}
        elif name.startswith("tanggal"):
            rule = check_date(kampanye, "Tanggal")
        elif name == "nip":
            rule = _check_nip(f"{xl_col_to_name(at)}{first + 1}")
        elif name in _COUNTS:
            rule = {
                "validate": "integer",
                "criteria": ">=",
                "value": 0,
                "error_title": "Jumlah orang",
                "error_message": "Isi bilangan bulat mulai dari 0, tanpa titik atau koma.",
            }
        if rule:
            sheet.data_validation(first, at, last, at, rule)


def _check_nip(cell: str) -> dict[str, Any]:
    bare = f'SUBSTITUTE(SUBSTITUTE({cell}," ",""),".","")'
    return {
        "validate": "custom",
        "value": f"=AND(ISTEXT({cell}),LEN({bare})=18)",
        "error_title": "NIP",
        "error_message": "NIP terdiri atas 18 angka dan ditulis sebagai teks. Kolom ini sudah berformat teks; ketik ulang 18 angkanya. Jangan menulis NIK.",
    }


def add_colours(sheet: Any, book: Any, columns: list[str], first: int, last: int) -> None:
    """Colours that follow what is typed: statuses, gaps that intake would ask about, sums that do not agree."""
    cell = {name: f"${xl_col_to_name(at)}{first + 1}" for at, name in enumerate(columns)}
    missing = book.add_format(MISSING)

    def mark(name: str, formula: str) -> None:
        at = columns.index(name)
        sheet.conditional_format(first, at, last, at, {"type": "formula", "criteria": formula, "format": missing})

    if "status" in columns:
        at = columns.index("status")
        for word, colours in STATUS_COLOURS.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.add_format(colours)}
            sheet.conditional_format(first, at, last, at, rule)
        mark("status", f'=AND({cell["nip"]}&{cell["nama"]}<>"",{cell["status"]}="")')
        mark("tanggal_isi", f'=AND({cell["status"]}="Berhasil",{cell["tanggal_isi"]}="")')
        mark("kode_kendala", f'=AND({cell["status"]}="Gagal",{cell["kode_kendala"]}="")')
    elif "berhasil" in columns:
        parts = f"{cell['berhasil']}:{cell['belum']}"
        mark("jumlah_asn", f"=AND(COUNT({parts})=3,SUM({parts})<>{cell['jumlah_asn']})")
        mark("bukti", f"={cell['bukti']}>{cell['berhasil']}")
    # A hairline under every row that holds something: gridlines are not printed.
    rows = f"=COUNTA({cell[columns[0]]}:${xl_col_to_name(len(columns) - 1)}{first + 1})>0"
    line = book.add_format({"bottom": 1, "bottom_color": "#DDE1E5"})
    sheet.conditional_format(first, 0, last, len(columns) - 1, {"type": "formula", "criteria": rows, "format": line})
