"""What stands in a table: columns, bars, signs, and how a cell looks on the screen."""

from dataclasses import dataclass
from html import escape
from typing import Any

BAR = 120  # pixels of a bar
SHORT = 15  # signs that are kept on their line: "20 Mar · usulan"
TEXT = 12  # ems of a column that is one part ("1fr") of what is left


@dataclass(frozen=True)
class Kolom:
    """A column: heading, side ("kiri" or "kanan"), width ("auto", "1fr", "12mm")."""

    judul: str
    rata: str = "kiri"
    lebar: str = "auto"


@dataclass(frozen=True)
class Batang:
    """A cell drawn as a bar over the whole headcount: berhasil, gagal, rest (people), with the target's tick.

    `tanpa`: no data, an empty outline with this word.
    """

    berhasil: int = 0
    gagal: int = 0
    sisa: int = 0
    target: float = 0.8
    alt: str = ""
    tanpa: str = ""


@dataclass(frozen=True)
class Tanda:
    """A cell that tells a state by shape and word: `bentuk` is penuh, separuh, kosong or tanya; kotak: a box to tick."""

    bentuk: str
    kata: str

    def __str__(self) -> str:
        return self.kata


def kept(column: Kolom, value: Any) -> str:
    """Style that keeps a date or a short count on its line, as on paper, where such columns are as wide as they need."""
    return ";white-space:nowrap" if column.lebar == "auto" and " " in str(value) and len(str(value)) <= SHORT else ""


def room(column: Kolom) -> str:
    """Style that tells layar.css how wide a column of text must be to be read; a wider table is scrolled sideways."""
    if column.lebar.endswith("fr"):
        return f";--lebar:{TEXT * float(column.lebar.removesuffix('fr')):g}em"
    return "" if column.lebar == "auto" else f";--lebar:{column.lebar}"


def cell_html(value: Any) -> str:
    """A cell's content, escaped; a bar is drawn."""
    if not isinstance(value, Batang):
        return escape(str(value))
    if value.tanpa:
        return f"<i>{escape(value.tanpa)}</i>"
    whole = (value.berhasil + value.gagal + value.sisa) or 1
    parts = [(value.berhasil, "#0B3C6F"), (value.gagal, "#C44E00"), (value.sisa, "#D3D7DC")]
    bars = "".join(
        f"<span style='display:inline-block;height:.7em;width:{BAR * n / whole:.0f}px;background:{colour}'></span>"
        for n, colour in parts
    )
    at = BAR * value.target  # a line beyond the bar, as on paper
    tick = f"<span style='position:absolute;left:{at:.0f}px;top:0;bottom:0;border-left:1.5px solid #1F2328'></span>"
    look = "position:relative;display:inline-block;white-space:nowrap"
    return f"<span role='img' aria-label='{escape(value.alt, quote=True)}' style='{look}'>{bars}{tick}</span>"
