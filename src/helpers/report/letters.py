"""The nota dinas as a PDF of exactly one page, from the facts and decisions that the city's report rests on."""

import io
from collections.abc import Callable, Sequence

from pypdf import PdfReader

from helpers.report.blocks import Block, Dokumen
from helpers.report.exportable import ExportError
from helpers.report.story_letter import BREVITY
from helpers.report.typst_export import of_blocks


def one_page(document: Dokumen, told: Callable[[int], Sequence[Block]]) -> bytes:
    """The letter at the first brevity at which it fits on one page. ExportError if it never does; it is never cut.

    `told`: the letter's blocks at a brevity of story_letter.BREVITY.
    """
    for singkat in BREVITY:
        pdf = of_blocks(document, told(singkat))
        if len(PdfReader(io.BytesIO(pdf)).pages) == 1:
            return pdf
    raise ExportError(
        "Nota dinas tidak muat pada satu halaman; persingkat nama kampanye, penerima, atau usulan kendala."
    )
