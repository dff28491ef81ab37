"""Parts of a meeting's papers: a form with lines to write on, decisions with room beside them, empty lines to the page's end.

As in a letter, nothing is made up: what is not known is a labelled blank (letter_blocks.Isian).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from helpers.report.blocks import Block, Putusan
from helpers.report.letter_blocks import Isian


@dataclass(frozen=True)
class Formulir(Block):
    """Lines of a form: label, and what is known or dotted lines. `garis`: how many, by label; one where not named."""

    baris: list[Isian]
    garis: dict[str, int] = field(default_factory=dict)

    def html(self) -> str:
        rows = "".join(f"<tr><td>{escape(b.label)}</td><td>: {escape(b.tertulis)}</td></tr>" for b in self.baris)
        return f"<table>{rows}</table>"

    def text(self) -> str:
        return "\n".join(f"{b.label}: {b.tertulis}" for b in self.baris)


@dataclass(frozen=True)
class LembarPutusan(Block):
    """Decisions asked for, each with boxes to tick and lines for what the meeting decides, by whom and until when."""

    butir: Sequence[Putusan]

    def html(self) -> str:
        items = "".join(
            f"<li><b>{escape(b.keputusan)}</b> {escape(b.hasil)}<br>{escape(b.pic)}; {escape(b.tenggat)}</li>"
            for b in self.butir
        )
        return f"<ol>{items}</ol>"

    def text(self) -> str:
        return "\n".join(
            f"{at}. {b.keputusan} {b.hasil} Usul PIC: {b.pic}. Usul tenggat: {b.tenggat}. Putusan rapat: ....."
            for at, b in enumerate(self.butir, 1)
        )


@dataclass(frozen=True)
class RuangCatatan(Block):
    """A heading (level 2) and dotted lines down to the end of the page."""

    judul: str

    def html(self) -> str:
        return f"<h3>{escape(self.judul)}</h3><p>.....</p>"

    def text(self) -> str:
        return f"{self.judul}: ....."
