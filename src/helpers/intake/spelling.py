"""The words of an uraian as the lists spell them: abbreviations written out, slips mended, affixes taken off.

Which words mean which obstacle is left to classify.py. Stems are those of snowballstemmer (Indonesian).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

TYPO_CUTOFF = 0.82  # one slip in six letters; in five letters only one too few, so that malam is not malas

_MASKED = re.compile(r"\[[^\[\]]* disamarkan\]")
_TOKEN = re.compile(r"[a-z0-9]+|[,.;:!?()/\n]")
ENTRY = re.compile(r'[a-z0-9|]+|"')
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_NASALS = [("meny", "s"), ("peny", "s"), ("ny", "s"), ("meng", "k"), ("peng", "k"), ("ng", "k")]
_NASALS += [("mem", "p"), ("pem", "p"), ("men", "t"), ("pen", "t"), ("ng", ""), ("n", "t"), ("m", "p")]
_LOAN = re.compile(r"(?:di|ter|ke|nge|ng|meng|men|mem|me|ber|se|peng)?(\w{3,}?)(?:nya|kan|in|an|i)?")


class Speller:
    """Knows the words of the lists (`entries`), of the grammar, and the abbreviations ("kata sandi": "sandi")."""

    def __init__(self, entries: Iterable[str], grammar: Iterable[str], abbreviations: Mapping[str, str]) -> None:
        self._stem_word = lru_cache(maxsize=None)(snowballstemmer.stemmer("indonesian").stemWord)
        self._expansions = {tuple(split(key)): split(value) for key, value in abbreviations.items()}
        self._longest = max(map(len, self._expansions), default=1)
        words = {word for entry in entries for word in split(entry)} | set(grammar)
        words |= {word for key, value in self._expansions.items() for word in (*key, *value)}
        self._lexicon = words
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            if len(word) >= 5:
                self._by_initial[word[0]].append(word)
        self._stems = {self._stem_word(word) for word in words}
        self.correct = lru_cache(maxsize=65536)(self._correct)

    def stem(self, word: str) -> str:
        """The stem, preferring one that the lists know: the library leaves mengirim at irim."""
        stem = self._stem_word(word)
        if stem in self._stems:
            return stem
        return next((other for other in self._restored(word) if other in self._stems), stem)

    def _restored(self, word: str) -> Iterator[str]:
        for prefix, initial in _NASALS:
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                yield self._stem_word(initial + word[len(prefix) :])
        if loan := _LOAN.fullmatch(word):
            yield loan[1]

    def _correct(self, word: str) -> str:
        """A word as the lists spell it, a slip of the keyboard mended; unknown ones as they are."""
        if word in self._lexicon or not word.isalpha():
            return word
        if word.endswith("nya") and word[:-3] in self._lexicon:
            return word[:-3]
        if (loan := _LOAN.fullmatch(word)) and (loan[1],) in self._expansions:
            return loan[1]  # didownload: affixes on a listed loan
        if self.stem(word) in self._stems or len(word) < 5:
            return word
        near = process.extractOne(
            word, self._by_initial[word[0]], scorer=OSA.normalized_similarity, score_cutoff=TYPO_CUTOFF
        )
        return near[0] if near else word

    def expand(self, words: list[str]) -> Iterator[str]:
        at = 0
        while at < len(words):
            for length in range(self._longest, 0, -1):
                if (key := tuple(words[at : at + length])) in self._expansions and len(key) == length:
                    yield from self._expansions[key]
                    break
            else:
                length = 1
                yield words[at]
            at += length


def split(text: str, token: re.Pattern[str] = _TOKEN) -> list[str]:
    """Lower-case words and punctuation marks; what intake masked, apostrophes and stretched letters dropped."""
    plain = _MASKED.sub(" ", text.lower()).replace("'", "").replace("’", "")
    plain = _STRETCHED.sub(r"\1", plain)
    # hilang2 is hilang-hilang
    return [
        word[:-1] if len(word) > 3 and word[-1] == "2" and word[:-1].isalpha() else word
        for word in token.findall(plain)
    ]
