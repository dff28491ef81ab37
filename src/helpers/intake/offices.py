"""Which office is meant: a code or a name of the register, from a column, a title or a file name."""

import re
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.intake.workbook import parse_date


def find_office(text: str, units: pd.DataFrame) -> str | None:
    """Register code for a code or name as written by an office; None where neither fits exactly."""
    wanted = _fold(text)
    if not wanted:
        return None
    for column in ("kode", "nama"):
        hits = units.loc[units[column].map(_fold).eq(wanted), "kode"]
        if len(hits) == 1:
            return str(hits.iloc[0])
    return None


def office_in_name(path: Path, units: pd.DataFrame) -> str | None:
    """Code of the one office that a file name mentions between underscores or spaces: DINKES_2020-03-17.csv."""
    words = re.split(r"[_ .]+", path.stem.upper())
    hits = [code for code in units["kode"] if code in words]
    return hits[0] if len(hits) == 1 else None


def date_in_name(path: Path) -> date | None:
    """The date that a file name holds as 2020-03-17; None if there is none or several."""
    found = {parse_date(text) for text in re.findall(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)", path.stem)}
    return found.pop() if len(found) == 1 else None


def _fold(text: str) -> str:
    folded = re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
    return folded.removesuffix(" kota kupang")
