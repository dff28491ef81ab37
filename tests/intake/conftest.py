"""Fixtures of intake's tests: a Reader over lines of cells, and whole books read without a file."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from helpers.intake import rows
from helpers.intake.classify import Classifier
from helpers.intake.examine import read_submission
from helpers.intake.findings import Findings
from helpers.intake.history import History
from helpers.intake.submission import Submission
from helpers.intake.tables import find_tables
from helpers.intake.workbook import Book, Sheet

TODAY = date(2020, 3, 17)
# Lets these tests import report/small_log.py under every import mode of pytest.
sys.path[:0] = [str(Path(__file__).parents[1] / "report")]


@pytest.fixture
def pembaca(kota):
    """Builds a Reader over lines of cells, the first of which is the heading."""

    def build(*lines, opd="DINKES", as_of=TODAY, today=TODAY):
        sheet = Sheet("S", [list(line) for line in lines])
        (table,) = find_tables(sheet, kota.columns) or [_first_row_is_heading(sheet, kota)]
        classifier = Classifier(kota.obstacles, kota.columns.get("singkatan", {}))
        return rows.Reader(kota, table, Findings(), today, opd, as_of, bool(opd), classifier)

    return build


def _first_row_is_heading(sheet, kota):
    """A table whose cells are too odd for intake to see a table in them: readers must stand them all the same."""
    (empty,) = find_tables(Sheet("S", sheet.cells[:1]), kota.columns)
    return replace(empty, sheet=sheet, end=len(sheet.cells))


@pytest.fixture(scope="session")
def baca(kota):
    """Reads sheets given as lines of cells (or as Sheet) as one file of that name; returns the Submission."""
    classifier = Classifier(kota.obstacles, kota.columns.get("singkatan", {}))

    def read(*sheets, name="kiriman.xlsx", past=None, properties=None, today=TODAY):
        made = [
            one if isinstance(one, Sheet) else Sheet(f"S{at}", [list(line) for line in one])
            for at, one in enumerate(sheets, start=1)
        ]
        submission = Submission(name)
        book = Book(made, properties or {})
        read_submission(submission, book, Path(name), kota, today, past or History(), classifier)
        return submission

    return read
