"""Parts of an official letter: its head, numbered points, and the signature; what is not known is a labelled blank.

No number, address, sender or signature is ever made up: a blank says what belongs there and stays empty.
"""

from dataclasses import dataclass
from html import escape

from helpers.report.blocks import Block


@dataclass(frozen=True)
class Isian:
    """A line of a form: its label and what stands there, or (`isi` "") a dotted line that says what is to be written."""

    label: str
    isi: str = ""
    petunjuk: str = ""  # "diisi: nomor surat"

    @property
    def tertulis(self) -> str:
        """For the screen and for searching."""
        return self.isi or f"..... ({self.petunjuk})"


@dataclass(frozen=True)
class Surat(Block):
    """Head of a letter: what kind it is (heading level 1), then to whom, from whom, number, subject."""

    judul: str
    baris: list[Isian]

    def html(self) -> str:
        rows = "".join(f"<tr><td>{escape(b.label)}</td><td>: {escape(b.tertulis)}</td></tr>" for b in self.baris)
        return f"<h1>{escape(self.judul)}</h1><table>{rows}</table>"

    def text(self) -> str:
        return "\n".join([self.judul, *(f"{b.label}: {b.tertulis}" for b in self.baris)])


@dataclass(frozen=True)
class Pokok(Block):
    """Numbered points under a sentence that introduces them."""

    pengantar: str
    isi: list[str]

    def html(self) -> str:
        return f"<p>{escape(self.pengantar)}</p><ol>{''.join(f'<li>{escape(t)}</li>' for t in self.isi)}</ol>"

    def text(self) -> str:
        return "\n".join([self.pengantar, *(f"{at}. {t}" for at, t in enumerate(self.isi, 1))])


@dataclass(frozen=True)
class Penutup(Block):
    """The end of a letter: a closing sentence and the block to be signed, all of it blank."""

    kalimat: str
    baris: list[Isian]

    def html(self) -> str:
        lines = "<br>".join(f"{escape(b.label)} {escape(b.tertulis)}" for b in self.baris)
        return f"<p>{escape(self.kalimat)}</p><p>{lines}</p>"

    def text(self) -> str:
        return "\n".join([self.kalimat, *(f"{b.label} {b.tertulis}".strip() for b in self.baris)])
