"""Which kelurahan or kecamatan a row means: its code, its names, in whatever spelling leaves no doubt.

Two levels share names (Alak, Maulafa, Kelapa Lima, Oebobo): the column that a name stands in or a "Kel." or "Kec." before
it decides, never a guess. Codes are those of Kemendagri; BPS numbers the same places otherwise.
"""

import re
from dataclasses import dataclass, field

import pandas as pd
from rapidfuzz import fuzz, process

from helpers.intake.values import fold

_NEAR = 65  # of 100: worth naming as a candidate
_LEVELS = {
    "kelurahan": "kelurahan",
    "kel": "kelurahan",
    "desa": "kelurahan",
    "kecamatan": "kecamatan",
    "kec": "kecamatan",
}
_NUMERALS = {"i": "satu", "1": "satu", "ii": "dua", "2": "dua"}  # Naikoten I, Manulai 2


@dataclass(frozen=True)
class Places:
    """The register ready for look-up: names as written by anybody -> codes, by level, and what each code is called."""

    codes: dict[str, dict[str, str]] = field(default_factory=lambda: {"kelurahan": {}, "kecamatan": {}})
    names: dict[str, str] = field(default_factory=dict)

    def find(self, text: str, level: str = "") -> str:
        """The code that a name means at a level ("": at the one level that knows it; "?" if both do); "" if none."""
        said, name = split_level(text)
        if level := said or level:
            return self.codes[level].get(name, "")
        found = {code for own in self.codes.values() if (code := own.get(name))}
        return "?" if len(found) > 1 else next(iter(found), "")

    def of_code(self, text: str) -> str:
        """The register's code for one as typed: with or without points, as a number."""
        digits = re.sub(r"\D", "", text)
        return next((code for code in self.names if code.replace(".", "") == digits), "")

    def near(self, text: str) -> list[str]:
        """Names of the register that a text may be meant for, best first, at most three."""
        shown = {fold(name): name for name in self.names.values()}
        wanted = _folded(text)[1]
        found = process.extract(wanted, list(shown), scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=3) if wanted else []
        return [shown[name] for name, _, _ in found]


def places(villages: pd.DataFrame) -> Places:
    """The look-up of a campaign's register (campaign.villages)."""
    known = Places()
    for level, code, name in (("kecamatan", "kode_kec", "kecamatan"), ("kelurahan", "kode_kel", "kelurahan")):
        for row in villages.drop_duplicates(code).to_dict("records"):
            known.names[row[code]] = row[name]
            known.codes[level][split_level(row[name])[1]] = row[code]
            words = row[name].split()
            if len(words) > 2:  # LLBK, TDM: as everybody in the city writes them
                known.codes[level].setdefault("".join(word[0] for word in words).lower(), row[code])
    return known


def split_level(text: str) -> tuple[str, str]:
    """The level that a text names itself ("Kel. Oebobo") or "", and the name without it, its spaces and its numerals."""
    level, name = _folded(text)
    return level, "".join(_NUMERALS.get(word, word) for word in name.split())


def _folded(text: str) -> tuple[str, str]:
    first, _, rest = fold(text).partition(" ")
    return (_LEVELS[first], rest) if first in _LEVELS and rest else ("", fold(text))
