"""The words of params/kolom.yaml made ready for look-up: headings of each kind, words in cells, typing errors.

Which words there are is decided in params/kolom.yaml alone.
"""

from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from helpers.intake.values import clean_text, fold

_TABLES = ("nominatif", "rekap", "kendala", "sosialisasi", "warga")
_LOG = "tindak_lanjut"  # of a returned problem log: looked for in no other file
# A typing error must not turn "belum berhasil" into "berhasil".
_TURNING = frozenset({"belum", "blm", "tidak", "tdk", "gagal", "tapi", "tetapi", "bukan", "kurang", "hampir"})


@dataclass(frozen=True)
class Vocabulary:
    """Headings by kind ({folded heading: column}), and the lists around them, folded."""

    names: dict[str, dict[str, str]]
    headings: dict[str, tuple[str, ...]]
    required: dict[str, list[str]]
    every: frozenset[str]
    ignored: frozenset[str]
    secret: frozenset[str]
    status: dict[str, list[str]]
    totals: frozenset[str]
    closing: frozenset[str]
    groups: frozenset[str]

    def name_of(self, kind: str, text: str) -> str | None:
        """Column that a folded heading names. A lower heading under a wider one ("\\tbukti\\tbelum") counts alone only
        where the wider one names no column of its own: the "Belum" under "Bukti" is no status."""
        if not text.startswith("\t"):
            return self.names[kind].get(text)
        _, above, below = text.split("\t")
        if above in self.ignored and above != "capaian":
            return None  # the "Belum" under "Status Perkawinan", the "Tanggal" under "Lahir"
        over = self.names[kind].get(above)
        name = self.names[kind].get(below)
        if over and over != "status" and name and (kind == "rekap" or name.startswith("tanda_")):
            return name if over in ("jumlah_asn", "status", "tanggal_isi", "keterangan") else None
        return name


_BUILT: dict[int, tuple[dict[str, Any], Vocabulary]] = {}


def vocabulary(words: dict[str, Any]) -> Vocabulary:
    """The vocabulary of a parameter file, built once."""
    held = _BUILT.get(id(words))
    if held is None or held[0] is not words:
        held = _BUILT[id(words)] = (words, _build(words))
    return held[1]


def _build(words: dict[str, Any]) -> Vocabulary:
    names = {
        kind: {fold(heading): name for name, headings in words[kind].items() for heading in headings}
        for kind in (*_TABLES, _LOG)
    }
    secret = frozenset(fold(word) for word in words.get("rahasia", []))
    ignored = frozenset(fold(word) for word in words.get("abaikan", [])) | secret
    return Vocabulary(
        names=names,
        headings={kind: tuple(sorted(own)) for kind, own in names.items()},
        required=words["wajib"],
        every=frozenset().union(*(names[kind] for kind in _TABLES)),
        ignored=ignored,
        secret=secret,
        status=words["status"],
        totals=frozenset(fold(word) for word in words.get("jumlah", [])),
        closing=frozenset(fold(word) for word in words.get("penutup", [])),
        groups=frozenset(fold(word) for word in words.get("subjudul", [])),
    )


def word_key(text: str) -> str:
    """What two spellings of a word share; a mark such as ✓ stands for itself."""
    return fold(text) or clean_text(text).lower()


def match_word(text: str, words: dict[str, list[str]]) -> str | None:
    """Canonical word for a cell: "Sudah" -> "berhasil", "berhsil" too; None where it is not understood or could be two."""
    if not text:
        return None
    held = _WORDS.get(id(words))
    if held is None or held[0] is not words:
        table = {word_key(word): key for key, accepted in words.items() for word in (key, *accepted)}
        held = _WORDS[id(words)] = (words, table, {})
    _, table, answers = held
    if text not in answers:
        if len(answers) > 20_000:
            answers.clear()
        answers[text] = _meaning(word_key(text), table)
    return answers[text]


# Words of a parameter file -> (the words, their look-up, answers given before): most cells repeat.
_WORDS: dict[int, tuple[dict[str, list[str]], dict[str, str], dict[str, str | None]]] = {}


def _meaning(wanted: str, table: dict[str, str]) -> str | None:
    if wanted in table:
        return table[wanted]
    if len(wanted) < 5 or _TURNING & set(wanted.split()):
        return None
    near = process.extract(wanted, list(table), scorer=fuzz.ratio, score_cutoff=86, limit=3)
    meanings = {table[word] for word, _, _ in near}
    return meanings.pop() if len(meanings) == 1 else None
