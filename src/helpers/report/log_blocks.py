"""Blocks of the problem log: the line of states on top, and a table cell with small print below what it says."""

from dataclasses import dataclass, field
from html import escape

from helpers.report.blocks import Block
from helpers.report.cells import Tanda


@dataclass(frozen=True)
class Hitungan:
    """A state with its sign, and how many are in it."""

    tanda: Tanda
    banyak: str


@dataclass(frozen=True)
class Status(Block):
    """States and how many are in each, in one line."""

    butir: list[Hitungan]

    def html(self) -> str:
        return "<p>" + " · ".join(f"{escape(b.tanda.kata)} <b>{escape(b.banyak)}</b>" for b in self.butir) + "</p>"

    def text(self) -> str:
        return " · ".join(f"{b.tanda.kata} {b.banyak}" for b in self.butir)


@dataclass(frozen=True)
class Rincian:
    """A cell: what it says, lines of small print below, and a warning after those ("" none)."""

    utama: str
    kecil: list[str] = field(default_factory=list)
    awas: str = ""
    tebal: bool = False

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.utama, *self.kecil, self.awas]))
