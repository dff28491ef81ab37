"""A chart of the report on the page; its marks, if it has any, can be chosen by mouse or keyboard."""

from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from helpers.report.blocks import Block, Gambar


class Chart(anywidget.AnyWidget):
    """A chart as SVG with alt text. `titik`: marks as {kode, nama, x, y}, x and y as shares of width and height from the
    upper left corner; `pilihan`: kode of the mark that was chosen last, "" for none."""

    _esm = files("helpers.lab").joinpath("chart.js").read_text(encoding="utf-8")
    svg = traitlets.Unicode().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    petunjuk = traitlets.Unicode().tag(sync=True)
    titik: Any = traitlets.List().tag(sync=True)
    pilihan = traitlets.Unicode().tag(sync=True)

    def show(self, block: Block, titik: list[dict[str, Any]] | None = None, pilihan: str = "") -> None:
        """Show a chart of report.figures, or nothing where it was left out. One message to the browser."""
        with self.hold_sync():
            if isinstance(block, Gambar):
                self.svg, self.alt = block.svg[block.svg.find("<svg") :], block.alt
            else:
                self.svg = self.alt = ""
            self.titik, self.pilihan = titik or [], pilihan
