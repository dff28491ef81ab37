"""rencana_harian.pdf: an office's target by working day on one page, to be pinned up and ticked off."""

import io
from typing import Any

import pandas as pd
from pypdf import PdfReader

from helpers.report.blocks import Dokumen
from helpers.report.exportable import ExportError
from helpers.report.story_plan import told
from helpers.report.typst_export import of_blocks

ROWS = (30, 24, 16)  # working days listed, at most; fewer where a page is too short for them


def page(document: Dokumen, row: Any, rencana: pd.DataFrame, banding: pd.DataFrame, sisa: Any, kampanye: Any) -> bytes:
    """The page as PDF; the rest as story_plan.told. ExportError if it does not fit on one page."""
    for rows in ROWS:
        pdf = of_blocks(document, told(row, rencana, banding, sisa, kampanye, rows))
        if len(PdfReader(io.BytesIO(pdf)).pages) == 1:
            return pdf
    raise ExportError(f"Rencana harian {row['nama']} tidak muat pada satu halaman; persingkat nama {kampanye.unit}.")
