"""What somebody wrote, as it may stand on the screen of an analyst: without names and identity numbers."""

import re

from helpers.campaign import Campaign
from helpers.intake.names import HIDDEN, Masker
from helpers.lab.page import Said
from helpers.store import words
from helpers.store.phrase import fold
from helpers.store.told import harmless, vocabulary

_WORD = re.compile(r"[^\W\d_]{4,}")  # shorter parts of names are words of other phrases too
_PART = re.compile(r"[^\W\d_]{3,}")
LONGEST = 300  # letters of what an analyst types


class Mask:
    """Of everybody on any list of the store. Made anew for each data version: new lists bring new names."""

    def __init__(self, kampanye: Campaign) -> None:
        self.names = words.names(kampanye)
        self.words = vocabulary(kampanye)
        self.masker = Masker.of_names(self.names)
        # Few words make up very many names: each is folded once.
        folded = {
            part for word in {word for name in self.names for word in name.split()} for part in fold(word).split()
        }
        own = {part for word in folded for part in _PART.findall(word)} - self.words
        self.parts, self.short = {part for part in own if len(part) > 3}, {part for part in own if len(part) == 3}

    def shown(self, text: str) -> str:
        """Whole names, and single words that are part of a name and no word of the campaign, are hidden."""
        hidden, _ = self.masker.hide(text)
        return _WORD.sub(lambda word: HIDDEN if fold(word[0]) in self.parts else word[0], hidden)

    def public(self, texts: list[str]) -> list[bool]:
        """Which texts anybody may read: told.harmless."""
        return harmless([fold(text) for text in texts], self.names, self.words)

    def typed(self, text: str, what: str, needed: bool = False) -> str:
        """What an analyst typed. Said if it names a person, is too long, or is empty where it is `needed`. Three letters are a
        name where nothing else is said ("Ade"), elsewhere they may be any word."""
        plain = " ".join(text.split())
        if needed and not plain:
            raise Said(f'Isian "{what}" masih kosong; isi dulu, lalu simpan.')
        if len(plain) > LONGEST:
            raise Said(f'Isian "{what}" terlalu panjang; tulis paling banyak {LONGEST} huruf.')
        if self.masker.hide(plain)[1] or fold(plain) in self.short:
            raise Said(f'Isian "{what}" memuat nama atau nomor identitas; tulis jabatan atau uraian tanpa nama.')
        if found := next((word for word in _WORD.findall(plain) if fold(word) in self.parts), None):
            raise Said(
                f'Isian "{what}" memuat "{found}", yang juga nama orang dalam daftar; tulis jabatan atau uraian lain.'
            )
        return plain
