"""A file as sheets of cells, read in a process of its own (sandbox.py).

Finding tables in a grid is left to tables.py.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.intake import sandbox

SAMPLE_MARK = "DATA CONTOH"


class UnreadableError(ValueError):
    """The file is not a workbook; the message is the reason in a few Indonesian words."""


@dataclass(frozen=True)
class Sheet:
    """Cells of a sheet from A1: rows of str, float, int, bool, date or datetime; "" where empty.

    `merged`: ranges as ((row, column), (row, column)) from 0, where the format tells.
    """

    name: str
    cells: list[list[Any]]
    hidden: bool = False
    hidden_rows: int = 0
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in order, and what the form wrote into its properties (kode_opd, versi_formulir)."""

    sheets: list[Sheet]
    properties: dict[str, str] = field(default_factory=dict)


def read_workbook(path: Path) -> list[Sheet]:
    """All sheets of a file, hidden ones too. Raises UnreadableError."""
    ((_, book),) = read_books([path])
    if isinstance(book, UnreadableError):
        raise book
    return book.sheets


def read_books(paths: Iterable[Path]) -> Iterator[tuple[Path, Book | UnreadableError]]:
    """Each file as a Book, or why it is none, in order; two at a time."""
    for path, answer in sandbox.read_all(paths):
        if "refused" in answer:
            yield path, UnreadableError(answer["refused"])
        else:
            yield path, Book([Sheet(**sheet) for sheet in answer["sheets"]], answer["properties"])
