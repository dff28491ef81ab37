"""The form for counts of residents: a row for every kelurahan of the register, for BPS to fill in.

The sample (sample/residents.py) is written on the same form. What comes back is read in residents.py.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from helpers.campaign import Campaign
from helpers.intake.form_style import STYLES
from helpers.intake.workbook import SAMPLE_MARK

SHEET, NAME = "Penduduk", "warga_formulir.xlsx"
COLUMNS = {
    "kode": ("Kode", 16), "kecamatan": ("Kecamatan", 18), "kelurahan": ("Kelurahan", 24), "jumlah_kk": ("Jumlah KK", 13),
    "target_kk": ("Target KK", 13), "merespons": ("KK Merespons", 15), "clean": ("KK Clean", 13),
}  # fmt: skip
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_HELP = (
    "Satu baris tiap kelurahan, dalam jumlah KK, bukan persen. Yang belum ada datanya dikosongkan, tidak diisi 0.",
    "Jumlah KK: seluruh KK di kelurahan itu. Target KK: yang ditargetkan mengisi daring. KK Merespons: sudah masuk dan "
    "mengisi. KK Clean: isiannya lengkap dan lolos pemeriksaan.",
    "Kode Kemendagri, berbeda dari kode BPS. Jangan menulis NIK, Nomor KK, atau nama.",
)
_FIRST_COUNT = 3  # column of the first count
_HEADING = 6  # row of the headings, from 0


def write(
    path: Path, kampanye: Campaign, counts: pd.DataFrame | None = None, as_of: date | None = None, sample: bool = False
) -> Path:
    """Write the form to `path`. `counts`: kode_kel and the columns of counts, filled in; `as_of`: its data date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = kampanye.villages.rename(columns={"kode_kel": "kode"})
    if counts is not None:
        rows = rows.merge(counts.rename(columns={"kode_kel": "kode"}), on="kode", how="left")
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        # Fixed, so that the same content is the same file.
        book.set_properties({"title": f"Rekap penduduk {kampanye.singkatan}", "created": datetime(2020, 1, 1)})
        sheet = book.add_worksheet(SHEET)
        looks = {name: book.add_format(look) for name, look in STYLES.items()}
        _head(sheet, looks, kampanye, as_of, sample)
        for at, (name, (heading, width)) in enumerate(COLUMNS.items()):
            sheet.set_column(at, at, width)
            sheet.write_string(_HEADING, at, heading, looks["head"])
            for line, row in enumerate(rows.to_dict("records"), start=_HEADING + 1):
                _write(sheet, line, at, row.get(name), looks["open" if name in ("kecamatan", "kelurahan") else "text"])
        sheet.freeze_panes(_HEADING + 1, 3)
        sheet.repeat_rows(_HEADING)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        last = _HEADING + max(len(rows), 1)
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_title": "Jumlah KK"}
        rule["error_message"] = "Isi bilangan bulat mulai dari 0, bukan persen."
        sheet.data_validation(_HEADING + 1, _FIRST_COUNT, last, len(COLUMNS) - 1, rule)
    return path


def _head(sheet: Any, looks: dict[str, Any], kampanye: Campaign, as_of: date | None, sample: bool) -> None:
    sheet.hide_gridlines(2)
    sheet.set_row(0, 26)
    sheet.write_string(
        0, 0, f"Rekap penduduk {kampanye.singkatan} menurut kelurahan: {kampanye.wilayah}", looks["title"]
    )
    if sample:
        sheet.write_string(1, 0, f"{SAMPLE_MARK} - BUKAN DATA RESMI", looks["stamp"])
    sheet.write_string(2, 0, "Tanggal Data", looks["label"])
    if as_of:
        sheet.write_datetime(2, 1, datetime(as_of.year, as_of.month, as_of.day), looks["input"])
    else:
        sheet.write_blank(2, 1, None, looks["input"])
    for at, text in enumerate(_HELP, start=3):
        sheet.write_string(at, 0, text, looks["small"])


def _write(sheet: Any, line: int, at: int, value: Any, look: Any) -> None:
    if value is None or pd.isna(value):
        sheet.write_blank(line, at, None, look)
    elif isinstance(value, str):
        sheet.write_string(line, at, value, look)
    else:
        sheet.write_number(line, at, int(value), look)
