"""Whose proof is which file: names of files to NIP, a SHA-256 of each, the same proof of several people.

Nothing of a file is kept but its SHA-256; file names are compared, never interpreted. What to do with the result is
left to the command line.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from rapidfuzz import fuzz, process

from helpers.intake.proof_files import LIMIT, BadProofError, check_content
from helpers.intake.values import clean_text

# Eighteen digits, each with up to two separators before the next: 19850317 201001 1 001
_NIP = re.compile(r"(?<!\d)(?=(\d(?:[ ._-]{0,2}\d){17})(?!\d))")
_LIKE_NIP = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])(19|20)\d{4}[12]\d{3}")
_DEGREES = re.compile(r"(?:\s+[A-Z]{1,2}[a-z]{0,2}\.[A-Z][A-Za-z.]{0,6})+$")
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}
# Words of file names and titles before a name; they say nothing about whose file it is.
_SAID = """bukti isi pengisian sp sponline online sensus penduduk bps kk keluarga scan foto image img whatsapp wa at am pm
pdf jpg jpeg png dokumen document doc screenshot copy salinan file dan an nip dr drs dra drg ir prof h hj"""
_NOISE = frozenset(_SAID.split())
CLEAR = 88  # likeness of each word of a name, 0-100: one slip in a long word, none in a short one
AHEAD = 5  # how far the winner must be ahead of the next


@dataclass(frozen=True)
class Unmatched:
    """A file that nobody clearly owns: path in the folder, why, names it may belong to."""

    berkas: str
    alasan: str
    calon: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proofs:
    """What a folder of proofs says about a roster; files by their path in the folder, made safe to show."""

    ada: dict[str, str] = field(default_factory=dict)  # nip -> SHA-256 of the proof
    lewat_nama: dict[str, str] = field(default_factory=dict)  # file -> nip, where the name alone decided
    tanpa: list[str] = field(default_factory=list)  # nip without a proof in the folder
    bersama: dict[str, list[str]] = field(default_factory=dict)  # SHA-256 -> nips, two or more
    cadangan: dict[str, str] = field(default_factory=dict)  # file -> nip that has another proof already
    asing: list[Unmatched] = field(default_factory=list)
    rusak: dict[str, str] = field(default_factory=dict)  # file -> why it is no proof


def find_proofs(folder: Path, roster: pd.DataFrame) -> Proofs:
    """Match the files under a folder with people (columns nip, nama). Links are not followed, no file is changed.

    Of several good files of a person the first in order of name counts. Names with NIP come before names alone.
    """
    names = dict(zip(roster["nip"].astype(str), roster["nama"].map(clean_text), strict=True))
    # Words of every name once: this is compared with every file.
    wanted = {nip: " ".join(_words(_DEGREES.sub("", name.split(",")[0]))) for nip, name in names.items()}
    found = Proofs()
    taken: list[tuple[bool, str, list[str], str]] = []
    for path in _files(folder, found.rusak):
        place = path.relative_to(folder)
        shown = show(place)
        try:
            digest = _digest(path)
        except BadProofError as error:
            found.rusak[shown] = str(error)
            continue
        owners, why, candidates = _owners(place, wanted)
        if owners:
            taken.append((why == "nama", shown, owners, digest))
        else:
            found.asing.append(Unmatched(shown, why, tuple(names[nip] for nip in candidates)))
    for by_name, shown, owners, digest in sorted(taken, key=lambda file: file[0]):
        for nip in owners:
            if nip in found.ada:
                found.cadangan[shown] = nip
            else:
                found.ada[nip] = digest
                if by_name:
                    found.lewat_nama[shown] = nip
    by_digest: dict[str, list[str]] = {}
    for nip in names:
        if nip in found.ada:
            by_digest.setdefault(found.ada[nip], []).append(nip)
        else:
            found.tanpa.append(nip)
    found.bersama.update({digest: nips for digest, nips in by_digest.items() if len(nips) > 1})
    return found


def show(place: Path) -> str:
    """A path as it may be printed: one line, no control characters, at most 80 characters."""
    text = clean_text(os.fsencode(place).decode("utf-8", "replace"))
    return text if len(text) <= 80 else f"{text[:39]}…{text[-40:]}"


def _files(folder: Path, closed: dict[str, str]) -> Iterator[Path]:
    """Everything in the folder that is not a folder, in order of name; links to folders too, unfollowed. Folders that
    do not open go to `closed`."""

    def note(error: OSError) -> None:
        closed[show(Path(error.filename).relative_to(folder))] = "folder tidak dapat dibuka"

    for at, folders, files in os.walk(folder, onerror=note):
        links = [name for name in folders if Path(at, name).is_symlink()]
        folders[:] = sorted(set(folders) - set(links) - {name for name in folders if name.startswith(".")})
        for name in sorted(files + links):
            if not name.startswith((".", "~$")) and name.lower() not in _SYSTEM_FILES:
                yield Path(at, name)


def _digest(path: Path) -> str:
    """SHA-256 of a good proof; BadProofError says why a file is none."""
    try:
        kind = path.lstat()
        if stat.S_ISLNK(kind.st_mode):
            raise BadProofError("tautan, tidak dibuka; salin berkasnya ke folder ini")
        if not stat.S_ISREG(kind.st_mode):
            raise BadProofError("bukan berkas biasa")
        if kind.st_size > LIMIT:
            raise BadProofError(f"lebih besar dari {LIMIT // 1_000_000} MB")
        content = path.read_bytes()
    except OSError:
        raise BadProofError("tidak dapat dibuka") from None
    check_content(content)
    return hashlib.sha256(content).hexdigest()


def _owners(place: Path, wanted: dict[str, str]) -> tuple[list[str], str, tuple[str, ...]]:
    """NIP of whoever a file belongs to, by its own name, else by the nearest folder's; else why not, and candidates."""
    parts = [re.sub(r"\.[A-Za-z]\w{0,4}$", "", place.name), *reversed(place.parts[:-1])]
    for part in parts:
        digits = {re.sub(r"\D", "", hit) for hit in _NIP.findall(part)}
        if known := sorted(digits & wanted.keys()):
            return known, "nip", ()
        if any(_LIKE_NIP.fullmatch(text) for text in digits):  # not a moment such as 20200317_0912345678
            return [], "NIP pada nama berkas tidak ada dalam nominatif", ()
    doubtful: tuple[str, ...] = ()
    for part in parts:
        owner, candidates = _by_name(part, wanted)
        if owner:
            return [owner], "nama", ()
        doubtful = doubtful or candidates
    if doubtful:
        return [], "pemiliknya belum pasti", doubtful
    return [], "tanpa NIP dan nama yang dikenal", ()


def _by_name(part: str, wanted: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """The one person whose whole name stands in a text, or "" and who else it may be."""
    words = _words(part)
    if not words:
        return "", ()
    near = process.extract(" ".join(words), wanted, scorer=fuzz.token_set_ratio, score_cutoff=75, limit=20)
    scores = [(_likeness(name.split(), words), len(name), nip) for name, _, nip in near if name]
    clear = sorted((entry for entry in scores if entry[0] >= CLEAR), reverse=True)
    if clear:
        best, _, owner = clear[0]
        own = set(wanted[owner].split())
        margin = AHEAD if best < 100 else 1e-9  # a name that stands there letter by letter has no rival in a like one
        rivals = [
            nip
            for score, _, nip in clear[1:]
            # Whoever is Maria Bria Tefa is not Maria Bria, who is found in the same words.
            if (best - score < margin and not set(wanted[nip].split()) < own) or own < set(wanted[nip].split())
        ]
        if not rivals:
            return owner, ()
        near_by = [owner, *rivals]
    else:
        near_by = [nip for _, _, nip in near]
    return "", tuple(near_by[:3])


def _likeness(name: list[str], words: list[str]) -> float:
    """How surely a whole name stands among words, 0-100; 0 where one of its words does not.

    A name of one word must stand alone: "Yohanes" is not found in "Yohanes Tefa".
    """
    if len(name) == 1 and len(words) > 1:
        return 0
    best = [max(fuzz.ratio(own, word) for word in words) for own in name]
    return sum(best) / len(best) if min(best) >= CLEAR else 0


def _words(text: str) -> list[str]:
    """Lower-case words of letters without noise; MariaBria is two."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", clean_text(text))
    return [word for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", split.lower()) if word not in _NOISE]
