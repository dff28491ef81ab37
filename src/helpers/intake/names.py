"""Names of people in free text: those on a roster of the store, those with a title or a degree, and numbers that identify a person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from helpers.intake.history import History
from helpers.intake.identity import mask
from helpers.intake.values import fold

HIDDEN = "[nama]"
_WORD = re.compile(r"\w+(?:['’`]\w+)*")
_LONGEST = 8  # words of a name
# Whoever is on no roster is known by title or degree; words of offices and positions after a title are no names.
_OFFICE = (
    r"(?!(?:Kepala|Wakil|Wali|Walikota|Camat|Lurah|Sekretaris|Sekda|Asisten|Bupati|Gubernur|Ketua|Pimpinan|Kabid|Kabag|Kadis"
    r"|Kasi|Kasubag|Ka|Plt|Plh|Direktur|Inspektur|Bendahara|Koordinator|Dinas|Badan|Bagian"
    r"|Staf|Operator|Pengelola|OPD|BPS|ASN|Rumah|Kota|Dan|Yang)\b)"
)
_CALLED = r"[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’-]+){0,3}"
_TITLED = re.compile(
    rf"\b(?:Bapak|Bpk|Pak|Ibu|Bu|Sdr|Sdri|Saudara|Saudari|Drs|Dra|drg|dr(?=\.)|Ir|Prof|Dr|Hj)\b\.?\s+{_OFFICE}{_CALLED}"
)
_DEGREE = re.compile(rf"\b{_CALLED},\s*(?:S|M|A|Sp|Ph)\.\s?[A-Z]\w*(?:\.\w+)*(?:,\s*(?:S|M|A|Sp)\.\s?[A-Z]\w*)*")


@dataclass
class Masker:
    """Hides full names (two words or more: one word may be a place) and identity numbers; counts what it hid."""

    names: frozenset[tuple[str, ...]]
    nomor: int = 0
    nama: int = 0
    _lengths: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._lengths = tuple(sorted({len(name) for name in self.names}, reverse=True))

    @classmethod
    def of(cls, history: History) -> Self:
        """Of the newest roster of each office."""
        return cls.of_names(person.nama for roster in history.rosters.values() for person in roster)

    @classmethod
    def of_names(cls, names: Iterable[str]) -> Self:
        """Of names as rosters write them, titles behind a comma."""
        words = (tuple(fold(name.partition(",")[0]).split()) for name in names)
        return cls(frozenset(own for own in words if 2 <= len(own) <= _LONGEST))

    def hide(self, text: str) -> tuple[str, bool]:
        """The text without names and numbers, and whether there were any."""
        shown, numbers = mask(text)
        shown, names = self._without_names(shown)
        for known in (_TITLED, _DEGREE):
            shown, more = known.subn(HIDDEN, shown)
            names += more
        self.nomor += numbers
        self.nama += names
        return shown, bool(numbers or names)

    def _without_names(self, text: str) -> tuple[str, int]:
        words = list(_WORD.finditer(text))
        folded = [fold(word[0]).replace(" ", "") for word in words]
        parts: list[str] = []
        at = end = found = 0
        while at < len(words):
            length = next((n for n in self._lengths if tuple(folded[at : at + n]) in self.names), 0)
            if length:
                parts += [text[end : words[at].start()], HIDDEN]
                end = words[at + length - 1].end()
                found += 1
            at += length or 1
        return "".join([*parts, text[end:]]), found
