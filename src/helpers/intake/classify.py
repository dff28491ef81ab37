"""The code of an obstacle that an office described in words alone, with a confidence: a rule that an analyst can follow.

The words are the campaign's (params/kendala.yaml, params/kolom.yaml); here stands only Indonesian grammar:
negation, conjunctions. Spelling and stems are left to spelling.py. Whether a guess is stored, shown or asked about is left to the caller.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from helpers.campaign import CampaignError
from helpers.intake.spelling import ENTRY, Speller, split


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


UNKNOWN = "K99"
LONGEST = 2000  # letters; who writes more has said it by then
THRESHOLD = 0.42  # two codes with about the same evidence stay below; chosen on 125 phrases outside the lists

_NEGATORS = _listed("tidak belum bukan")
_LACKS = _listed("tanpa kurang gagal sulit jangan")  # "sulit sinyal" is still about sinyal; "tidak lupa" not about lupa
# The negation goes on to the word behind these; alone they say nothing about an obstacle.
_HOLLOW = _listed("bisa dapat ada punya pernah mampu bisanya adanya")
_CARRIERS = _listed("mau sempat")  # "tidak sempat simpan" denies both
_ASIDES = _listed("sudah masih tetap selalu sering")  # "kirim tetap tidak bisa": passed over on the way back
_PLACES = _listed("di ke dari pada dalam")
_FILLERS = _PLACES | _listed(
    "yang saya kami kita mereka dia anda untuk sangat sekali terlalu terus lagi juga saja ini itu tersebut dengan akan "
    "agar supaya sih kok ya nya pun para serta maupun atau maka kepada masing mohon sampai begitu sama"
)
# The obstacle stands behind "karena" and "tapi"; what is before them, or behind "padahal" and "sehingga", counts half.
_TURNS = _listed("karena sebab tapi")
_CAUSE = _listed("karena sebab akibat terkendala kendala tapi ternyata")
_ASIDE = _listed("padahal walau walaupun meski meskipun biarpun sehingga")
_BREAKS = _CAUSE | _ASIDE | _listed("dan lalu kemudian jadi kalau jika saat ketika sedangkan")
_GRAMMAR = _NEGATORS | _LACKS | _HOLLOW | _FILLERS | _BREAKS
_SILENT = _HOLLOW | _FILLERS | _BREAKS


@dataclass(frozen=True)
class Guess:
    """A code of the catalogue and how sure it is, 0-1. Unsure: K99 with the confidence of the best code."""

    kode: str
    keyakinan: float


@dataclass(frozen=True)
class _Unit:
    """A word of a text: its stem; with "-" before it where it is negated; how much it counts for its place."""

    forms: tuple[str, ...]
    factor: float = 1.0


@dataclass(frozen=True)
class _Expression:
    """An entry of the lists: places with the stems that may stand there ("-" before negated ones), words, sequence."""

    kode: str
    places: tuple[tuple[str, ...], ...]
    length: int
    ordered: int  # so many first places must follow one another: those in quotes

    def find(self, units: list[_Unit], factors: Mapping[str, float]) -> float:
        """How much it counts in a text: the mean factor of its words; 0 where it does not occur."""
        found = [next((factors[stem] for stem in place if stem in factors), 0.0) for place in self.places]
        if not all(found):
            return 0.0
        row = self.places[: self.ordered]
        if row and not any(
            all(set(place) & set(unit.forms) for place, unit in zip(row, units[at:], strict=False))
            for at in range(len(units) - len(row) + 1)
        ):
            return 0.0
        return sum(found) / len(found)


class Classifier:
    """Guesses codes from the lists `kata` and `frasa` of a catalogue of kendala and a list of abbreviations."""

    def __init__(self, obstacles: pd.DataFrame, abbreviations: Mapping[str, str]) -> None:
        entries = [
            (str(row.kode), str(entry)) for row in obstacles.itertuples() for entry in [*_of(row.kata), *_of(row.frasa)]
        ]
        self._speller = Speller((entry.replace("|", " ") for _, entry in entries), _GRAMMAR, abbreviations)
        self._choice = lru_cache(maxsize=None)(self._alternatives)
        expressions = [self._read(kode, entry) for kode, entry in entries]
        self._codes: dict[str, set[str]] = defaultdict(set)  # codes whose lists hold a stem
        often: Counter[str] = Counter()
        for expression in expressions:
            for stem in (stem for place in expression.places for stem in place):
                self._codes[stem].add(expression.kode)
                often[stem] += 1
        # Looked for only where its rarest place is filled: most texts then meet a few dozen expressions of 1,500.
        self._by_stem: dict[str, list[_Expression]] = defaultdict(list)
        for expression in expressions:
            for stem in min(expression.places, key=lambda place: sum(often[stem] for stem in place)):
                self._by_stem[stem].append(expression)
        bare: dict[str, set[str]] = defaultdict(set)
        for stem, found in self._codes.items():
            bare[stem.lstrip("-")] |= found
        self._rarity = {stem: 1 / len(found) for stem, found in bare.items()}
        self._cached = lru_cache(maxsize=65536)(self._guess)

    def classify(self, text: str) -> Guess:
        """Code of an uraian; K99 with confidence 0 where no listed word occurs in its first two thousand letters."""
        return self._cached(text[:LONGEST])

    def _guess(self, text: str) -> Guess:
        scores = sorted(((value, kode) for kode, value in self.scores(text).items()), key=lambda s: (-s[0], s[1]))
        if not scores:
            return Guess(UNKNOWN, 0.0)
        best, kode = scores[0]
        second = scores[1][0] if len(scores) > 1 else 0.0
        sure = round(best / (best + 1) * best / (best + second), 2)
        return Guess(kode if sure >= THRESHOLD else UNKNOWN, sure)

    def scores(self, text: str) -> dict[str, float]:
        """Points of each code of which an expression occurs: the square of the words of the longest one, and for each
        word of the text that its lists hold, one divided by the number of codes that hold it."""
        units = self._units(text)
        factors: dict[str, float] = {}
        for unit in units:
            factors |= {form: max(unit.factor, factors.get(form, 0.0)) for form in unit.forms}
        points: dict[str, float] = defaultdict(float)
        for expression in (e for form in factors for e in self._by_stem.get(form, ())):
            if factor := expression.find(units, factors):
                points[expression.kode] = max(points[expression.kode], expression.length**2 * factor)
        for form, factor in factors.items():
            for kode in self._codes.get(form, ()):
                if kode in points:
                    points[kode] += factor * self._rarity[form.lstrip("-")]
        return points

    def _read(self, kode: str, entry: str) -> _Expression:
        """An entry of the lists; "|" parts the words that may stand at one place."""
        places: list[tuple[str, ...]] = []
        negators = ordered = 0
        waiting = False
        for word in self._speller.expand(split(entry, ENTRY)):
            if word == '"':
                ordered = len(places)
            elif word in _NEGATORS or word in _LACKS:
                negators, waiting = negators + 1, True
            elif choice := self._choice(word):
                places.append(tuple(f"-{stem}" for stem in choice) if waiting else choice)
                waiting = waiting and word in _CARRIERS
        if not places:
            raise CampaignError(f"Daftar kendala: {kode} memuat {entry!r}, yang tidak berisi kata; hapus atau ganti.")
        if waiting and not places[-1][0].startswith("-"):
            places[-1] = tuple("-" + stem for stem in places[-1])
        return _Expression(kode, tuple(places), len(places) + negators, ordered)

    def _alternatives(self, word: str) -> tuple[str, ...]:
        words = (other for part in word.split("|") for other in self._speller.expand([part]))
        return tuple(dict.fromkeys(self._speller.stem(other) for other in words if other not in _SILENT))

    def _units(self, text: str) -> list[_Unit]:
        """Stems of a text in order, negations and places in the sentence worked in."""
        units: list[_Unit] = []
        factor = 1.0
        negation = ""  # the negator that waits for its word
        owned = False  # "tidak ada ...": also about the thing itself
        for word in [*self._speller.expand([self._speller.correct(word) for word in split(text)]), "."]:
            boundary = not word.isalnum() or word in _BREAKS
            if negation and (boundary or (owned and word in _PLACES) or word in _NEGATORS | _LACKS):
                # "sinyal tidak ada": what is negated stands before.
                for at in range(len(units) - 1, -1, -1):
                    if units[at].forms[-1] not in _ASIDES:
                        stem = units[at].forms[-1].lstrip("-")
                        units[at] = _Unit((f"-{stem}", stem), units[at].factor)
                        break
                negation, owned = "", False
            if boundary:
                if word in _CAUSE:
                    if word in _TURNS:
                        units = [_Unit(unit.forms, unit.factor / 2) for unit in units]
                    factor = 1.0
                elif word in _ASIDE:
                    factor = 0.5
                elif not word.isalnum():
                    factor = 1.0
            elif word in _NEGATORS or word in _LACKS:
                negation = word
                owned = word in _LACKS
            elif word in _HOLLOW:
                owned = owned or word in {"ada", "punya"}
            elif word not in _FILLERS:
                stem = self._speller.stem(word)
                forms = (stem,) if not negation else (f"-{stem}", stem) if owned else (f"-{stem}",)
                units.append(_Unit(forms, factor))
                if word not in _CARRIERS:
                    negation, owned = "", False
        return units


def _of(entries: Any) -> Iterable[Any]:
    if not isinstance(entries, list | tuple):
        raise CampaignError(f"Daftar kendala: kata dan frasa harus berupa daftar, bukan {entries!r}.")
    return entries
