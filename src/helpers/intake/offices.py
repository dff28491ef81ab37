"""Which office is meant: a code, a name or an alias of the register, in a cell, a title or a file name.

A name with a typing error is taken where one office alone is near; otherwise the candidates are named and nobody
guesses. Codes are never corrected: DISHUBX is not DISHUB.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from helpers.intake.values import fold

_NEAR = 72  # of 100: worth naming as a candidate
_OTHER_GOVERNMENTS = re.compile(r"\b(kabupaten|kab|provinsi|prov|propinsi|ntt|johannes)\b")
_CITY = (" kota kupang", " pemerintah kota kupang", " pemkot kupang")
# "Dinas Perikanan dan Pertanian", "Dinas Koperasi, Perindustrian dan Perdagangan": more than the office that was found.
_GOES_ON = re.compile(
    r"\| (?:dan (?!jajaran|staf|bawahan|seluruh|para|unit)\w|(?!kota|kupang|\|)\w+ dan (?!jajaran|staf)\w)"
)
# A line that may name an office begins its name with one of these.
_KINDS = (
    "dinas",
    "badan",
    "bagian",
    "bag",
    "kecamatan",
    "kec",
    "sekretariat",
    "inspektorat",
    "satuan",
    "kantor",
    "rsud",
)


@dataclass(frozen=True)
class Match:
    """The office found, or "" and the names of those it may be."""

    kode: str = ""
    calon: tuple[str, ...] = ()
    teks: str = ""  # the title in doubt


@dataclass(frozen=True)
class _Names:
    """Folded codes, names and aliases -> code; names only (for typing errors); what stands twice is left out."""

    exact: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    longest_first: list[str] = field(default_factory=list)  # of `exact`, for titles


# Registers whose names were made ready: the register itself is kept, so that its id stays its own.
_HELD: dict[int, tuple[pd.DataFrame, _Names]] = {}


def match_office(text: str, units: pd.DataFrame) -> Match:
    """The office that a cell names, as a whole."""
    return _match(_fold(text), _names(units))


def find_office(text: str, units: pd.DataFrame) -> str | None:
    """Register code for a code, name or alias as written by an office; None where none is meant for sure."""
    return match_office(text, units).kode or None


def office_in_text(text: str, units: pd.DataFrame) -> Match:
    """The one office that a title or file name mentions: the longest name wins, two offices are a doubt."""
    known = _names(units)
    line = f" {re.sub(r'sub (?=bagian|bag)', 'sub', fold(text))} "  # a Subbagian Umum is not the Bagian Umum
    found: dict[str, None] = {}
    for name in known.longest_first:
        if f" {name} " in line:
            found[known.exact[name]] = None
            line = line.replace(f" {name} ", " | ")
    if found and (_OTHER_GOVERNMENTS.search(line) or _GOES_ON.search(line)):
        return Match("", tuple(known.shown[code] for code in found))
    if len(found) == 1:
        return Match(next(iter(found)))
    if found:
        return Match("", tuple(known.shown[code] for code in found))
    words = line.split()
    start = next((at for at, word in enumerate(words) if word in _KINDS), None)
    return Match() if start is None or len(words) - start < 2 else _match(_fold(" ".join(words[start:])), known)


def office_in_name(path: Path, units: pd.DataFrame) -> str | None:
    """Code of the one office that a file name mentions: DINKES_2020-03-17.csv, Bagian Hukum.xlsx."""
    return office_in_text(path.stem, units).kode or None


def _match(wanted: str, known: _Names) -> Match:
    if not wanted:
        return Match()
    if wanted in known.exact:
        return Match(known.exact[wanted])
    if wanted.replace(" ", "") in known.exact:
        return Match(known.exact[wanted.replace(" ", "")])
    near = _near(wanted, tuple(known.names))
    by_code: dict[str, float] = {}
    for name, score in near:
        by_code[known.names[name]] = max(score, by_code.get(known.names[name], 0))
    ranked = sorted(by_code.items(), key=lambda pair: -pair[1])
    sure = {known.names[name] for name, _ in near if _is_slip(wanted, name)}
    if len(sure) == 1:
        return Match(sure.pop())
    return Match("", tuple(known.shown[code] for code, _ in ranked[:3]))


def _is_slip(wanted: str, name: str) -> bool:
    """Whether two names differ by slips of the finger alone: word by word at most one, two in all. (Pertanahan is not
    a misspelt Pertanian.) One word is a code or too little to go by: it is never corrected."""
    one, other = ([word for word in text.split() if word != "dan"] for text in (wanted, name))
    if len(one) != len(other) or len(one) < 2:
        return False
    slips = [OSA.distance(a, b) for a, b in zip(one, other, strict=True)]
    short = any(slip and len(word) < 5 for slip, word in zip(slips, one, strict=True))
    return max(slips) <= 1 and sum(slips) <= 2 and not short


@lru_cache(2048)
def _near(wanted: str, names: tuple[str, ...]) -> list[tuple[str, float]]:
    if len(wanted) < 5:
        return []
    found = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=8)
    return [(name, score) for name, score, _ in found]


def _names(units: pd.DataFrame) -> _Names:
    held = _HELD.get(id(units))
    if held is not None and held[0] is units:
        return held[1]
    known = _Names()
    twice: set[str] = set()
    for unit in units.itertuples():
        alias = getattr(unit, "alias", "") or ""
        for text in (unit.kode, unit.nama, *alias.split(";")):
            name = _fold(text)
            if name and known.exact.setdefault(name, unit.kode) != unit.kode:
                twice.add(name)
        known.shown[unit.kode] = unit.nama
        for text in (unit.kode, unit.nama, *alias.split(";")):
            if len(_fold(text)) >= 5:
                known.names[_fold(text)] = unit.kode
    for name in twice:
        del known.exact[name]
        known.names.pop(name, None)
    known.longest_first.extend(sorted((n for n in known.exact if len(n) >= 3), key=len, reverse=True))
    if len(_HELD) > 8:
        _HELD.clear()
    _HELD[id(units)] = (units, known)
    return known


def _fold(text: str) -> str:
    folded = f" {fold(text)}"
    for ending in _CITY:
        folded = folded.removesuffix(ending)
    return folded.strip()
