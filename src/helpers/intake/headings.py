"""The names that the cells of one, two or three heading rows go by, and the columns of a table that they name.

Where a heading begins and what stands below it is left to tables.py.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from helpers.intake.values import fold
from helpers.intake.vocabulary import Vocabulary

NIP_LIKE = re.compile(r"\D*(?:\d[\s.'`’-]?){15,18}\D*|\d[.,]\d+[eE]\+?1\d")
_BARE = frozenset({"status", "tanggal", "tgl", "jumlah", "total"})


def heading_names(lines: list[list[Any]]) -> list[list[str]] | None:
    """For each column the names its heading may go by, best first; None where the lines can't be one heading."""
    width = max(map(len, lines))
    texts = [[fold(line[at]) if at < len(line) else "" for at in range(width)] for line in lines]
    if any(isinstance(cell, int | float) and not isinstance(cell, bool) for line in lines for cell in line):
        return None
    if len(lines) == 1:
        return [[text] if text else [] for text in texts[0]]
    if sum(map(bool, texts[0])) < 3:
        return None  # a title or a label, not the upper part of a heading
    if not any(texts[-1]) or any(NIP_LIKE.fullmatch(str(cell)) for cell in lines[-1]):
        return None
    for upper, lower in pairwise(texts):
        for at in range(width):
            spans = at + 1 < width and not upper[at + 1] and lower[at + 1]
            last = at + 1 == width and any(not text for text in upper)
            if upper[at] and lower[at] and not spans and not last:
                return None
    return [_joined(texts, at) for at in range(width)]


def _joined(texts: list[list[str]], at: int) -> list[str]:
    own = [line[at] for line in texts]
    parts = []
    for depth, text in enumerate(own):
        if not text and any(own[depth + 1 :]):
            # The heading above spans several columns: look left for it.
            text = next((texts[depth][left] for left in range(at - 1, -1, -1) if texts[depth][left]), "")
        if text and text not in parts:
            parts.append(text)
    return [" ".join(parts), " ".join(parts[-2:]), f"\t{parts[0]}\t{parts[-1]}"] if len(parts) > 1 else parts


def match_names(names: list[list[str]], kind: str, known: Vocabulary, typing_errors: bool) -> dict[str, int]:
    """The columns of one kind that the headings name: the first of each meaning, unless a later one is clearer."""
    columns: dict[str, int] = {}
    free = []
    for at, variants in enumerate(names):
        name = next((n for text in variants if (n := known.name_of(kind, text))), None)
        if name and (name not in columns or _is_clearer(variants, names[columns[name]])):
            columns[name] = at
        elif not name and variants and not is_ignored(variants, known):
            free.append((at, variants[0]))
    if typing_errors:
        match_roughly(free, columns, kind, known)
    return columns


def is_ignored(variants: list[str], known: Vocabulary) -> bool:
    """Whether a heading is one that is left out, alone or as the lower or upper part of a wider one."""
    parts = {part for text in variants for part in text.split("\t") if part != "capaian"}
    return bool(parts & known.ignored)


def _is_clearer(variants: list[str], taken: list[str]) -> bool:
    """Whether "Status SP Online" stands beside a bare "Status", which may be of anything."""
    return taken[0] in _BARE and taken[0] in variants[0].split()[:1] and variants[0] not in _BARE


@lru_cache(4096)
def _rough_name(text: str, headings: tuple[str, ...]) -> str | None:
    """The accepted heading that a text is a misspelling or a longer form of; None where two are as near."""
    if len(text) < 3:
        return None
    found = process.extractOne(text, headings, scorer=fuzz.ratio, score_cutoff=84 if len(text) > 4 else 99)
    if found and _differ_by_slips(text, str(found[0])):
        return str(found[0])
    longer = [h for h in headings if " " in h and f" {text} ".startswith(f" {h} ")]
    return max(longer, key=len) if longer else None


def _differ_by_slips(one: str, other: str) -> bool:
    """Whether no word is another word: "tanggal sk" is no "tanggal isi"."""
    pairs = list(zip(one.split(), other.split(), strict=False))
    same = len(one.split()) == len(other.split())
    return not same or all(OSA.distance(a, b) <= max(1, len(b) // 4) for a, b in pairs)


def match_roughly(free: list[tuple[int, str]], columns: dict[str, int], kind: str, known: Vocabulary) -> None:
    """Give headings that name nothing to the columns whose headings they are misspellings of."""
    for at, text in free:
        heading = _rough_name(text, known.headings[kind])
        name = known.name_of(kind, heading) if heading else None
        if name and name not in columns:
            columns[name] = at
