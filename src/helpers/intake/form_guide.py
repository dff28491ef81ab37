"""The first sheet of the form, Petunjuk: what to fill in, the four statuses, the kendala codes, which form this is."""

from typing import Any

from helpers.campaign import Campaign
from helpers.intake.form_checks import STATUS_COLOURS

_MEANING = {
    "Berhasil": ("Sudah menekan Kirim, sendiri atau lewat keluarga", "Dihitung berhasil; isi Tanggal Isi"),
    "Gagal": ("Sudah mencoba, terhalang", "Dihitung gagal; isi Kode Kendala"),
    "Proses": ("Sudah masuk, belum menekan Kirim", "Dihitung belum"),
    "Belum": ("Belum mencoba", "Dihitung belum"),
}
_WIDTHS = (11, 50, 42)


def write_guide(
    sheet: Any, book: Any, style: dict[str, Any], kampanye: Campaign, opd: str, version: str, steps: list[str]
) -> str:
    """Fill the sheet from row 3 on, `steps` first; returns the cells that list the codes, for the drop-down lists.

    Names the cells with office code and version: `kode_opd`, `versi_formulir`.
    """
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    row = _section(sheet, style, 2, "Cara mengisi")
    for at, line in enumerate(steps, start=1):
        sheet.write_number(row, 0, at, style["point"])
        sheet.merge_range(row, 1, row, 2, "", style["wrap"])
        sheet.write_string(row, 1, line, style["wrap"])
        # Merged cells do not find their own height.
        sheet.set_row(row, 16 * -(-len(line) // 95))
        row += 1
    row = _section(sheet, style, row + 1, "Status")
    for word, (meaning, counted) in _MEANING.items():
        sheet.write_string(row, 0, word, book.add_format({**STATUS_COLOURS[word], "align": "center"}))
        sheet.write_string(row, 1, meaning, style["entry"])
        sheet.write_string(row, 2, counted, style["entry"])
        row += 1
    # Not "Kode" and "Kategori" side by side with a date: this list must not look like a Kendala table to intake.
    row = _section(sheet, style, row + 1, "Daftar kode kendala", "", "Siapa yang menolong")
    codes = kampanye.obstacles
    for at, entry in enumerate(codes.itertuples(), start=row):
        sheet.write_string(at, 0, entry.kode, style["point"])
        sheet.write_string(at, 1, entry.kategori, style["entry"])
        sheet.write_string(at, 2, entry.pic, style["entry"])
    end = row + len(codes)
    _identity(sheet, book, style, end + 1, opd, version)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return f"=Petunjuk!$A${row + 1}:$A${end}"


def _section(sheet: Any, style: dict[str, Any], row: int, *titles: str) -> int:
    """A heading over all columns; returns the row below."""
    for at, title in enumerate((*titles, "", "")[:3]):
        sheet.write_string(row, at, title, style["section"])
    sheet.set_row(row, 24)
    return row + 1


def _identity(sheet: Any, book: Any, style: dict[str, Any], row: int, opd: str, version: str) -> None:
    for at, (label, value, name) in enumerate(
        (("Kode OPD", opd, "kode_opd"), ("Versi formulir", version, "versi_formulir")), start=row
    ):
        sheet.write_string(at, 0, label, style["small"])
        sheet.write_string(at, 1, value, style["small_value"])
        book.define_name(name, f"=Petunjuk!$B${at + 1}")
