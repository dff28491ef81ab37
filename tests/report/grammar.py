"""What holds for every text that a reader gets, whatever the campaign: numbers, punctuation, spelling."""

import re
from collections.abc import Iterator

from helpers.report.blocks import (
    Angka,
    Block,
    Dokumen,
    Gambar,
    HanyaLayar,
    Judul,
    Keputusan,
    Paragraf,
    Rangkaian,
    Tabel,
    Temuan,
)
from helpers.report.cells import Batang
from helpers.report.log_blocks import Rincian, Status

HEADING, SENTENCES, CAPTION, PHRASE = "judul", "kalimat", "keterangan", "frasa"
ENGLISH = (
    "January February March May June July August October December Monday Tuesday Wednesday Thursday Friday Saturday "
    "Sunday Mon Tue Wed Thu Fri Sat Sun Aug Oct Dec"
)
# pattern -> what is wrong with it; in texts of every kind
NEVER = {
    r"[-−+]0(,0+)?(?![\d.,]\d|\d)": "nol bertanda",
    r"\b(nan|NaN|None|NaT|inf)\b|<NA>|\[\]|\{|\}": "nilai Python",
    r"  |\n ": "spasi ganda",
    r"^\s|\s$": "spasi di tepi",
    r"(?<!\.)\.\.(?!\.)": "titik ganda",
    r" [,.;:)%]|\( |,,|;;|,\.|;\.|\.;|:\.|\.,": "tanda baca",
    r"(?<![\w–-])-\d": "tanda hubung sebagai minus",
    r"\d,\d{3}(?!\d)": "koma pemisah ribuan",
    r"\d\.\d{1,2}(?![\d])(?!\s*(WITA|WIB|WIT|UTC))": "titik desimal",
    r"(?<![\d.,/])(?!(19|20)\d\d\b)\d{4,}(?![\d])|\b\d{4} (ASN|pegawai|orang)": "ribuan tanpa titik",
    r"%\s*persen|persen\s*%|poin\s*%": "satuan ganda",
    r"– (persen|poin|ASN|pegawai|hari|OPD|organisasi)|dari –|–%": "tidak diketahui dalam kalimat",
    r"\bdari 0\b(?![,.]\d| menjadi)|\b[Bb]aru 0 ": "dari nol",
    r"\b(" + ENGLISH.replace(" ", "|") + r")\b": "nama Inggris",
    r"\b(dimana|merubah|antar (OPD|ASN)|diatas|dibawah|karna|tapi|resiko|prosentase|kwalitas|analisa)\b": "ejaan",
    r"(?<!,)(?<! –) (tetapi|melainkan|sedangkan) ": "koma sebelum tetapi",
    r", sehingga ": "koma sebelum sehingga",
    r"persentase poin|\bpersen poin": "poin persentase",
    r"(?i)\b([a-z]{2,}) \1\b": "kata berulang",
}
# A count of nothing is a word: "tidak ada", "belum ada", "tidak satu pun".
ZERO = r"(?<![\d.,–+−])(?<!menjadi )0 (?!persen|menjadi|berhasil|gagal|belum)(\w+)"


def texts(block: Block, where: str = "") -> Iterator[tuple[str, str]]:
    """(kind, text) of everything in a block that is read."""
    if isinstance(block, Rangkaian):
        for part in block.isi:
            yield from texts(part)
    elif isinstance(block, Judul):
        yield HEADING, block.teks
        if block.mata:
            yield HEADING, block.mata
    elif isinstance(block, Temuan):
        yield HEADING, block.judul
        yield from ((SENTENCES, line) for line in block.isi)
    elif isinstance(block, Paragraf):
        yield from ((SENTENCES, line) for line in block.isi)
    elif isinstance(block, Angka):
        for item in block.butir:
            yield PHRASE, item.ket
            yield PHRASE, f"{item.nilai} {item.satuan}".strip()
    elif isinstance(block, Tabel):
        yield CAPTION, block.keterangan
        cells = [value for row in block.baris for value in row]
        yield from ((PHRASE, value) for value in cells if isinstance(value, str) and set(value) - {"."})
        yield from ((CAPTION, value.alt) for value in cells if isinstance(value, Batang) and value.alt)
        yield from ((PHRASE, part) for value in cells if isinstance(value, Rincian) for part in _small(value))
        yield from ((HEADING, line) for line in getattr(block, "kelompok", {}).values())
    elif isinstance(block, Status):
        yield from ((PHRASE, f"{item.tanda.kata} {item.banyak}") for item in block.butir)
    elif isinstance(block, Keputusan):
        yield HEADING, block.judul
        for item in block.butir:
            yield SENTENCES, item.keputusan
            yield SENTENCES, item.hasil
            yield PHRASE, item.pic
            yield PHRASE, item.tenggat
    elif isinstance(block, Gambar):
        yield CAPTION, block.alt
        yield CAPTION, block.keterangan
    elif isinstance(block, HanyaLayar):
        yield SENTENCES, block.kalimat
    elif isinstance(block, Dokumen):
        yield from ((PHRASE, line) for line in (block.judul, block.keadaan, block.kaki))
    else:
        raise TypeError(f"grammar.texts does not know {type(block).__name__}")


def _small(cell: Rincian) -> list[str]:
    return [part for part in (cell.utama, *cell.kecil, cell.awas) if part]


def faults(kind: str, text: str) -> list[str]:
    """What is wrong with a text; [] where nothing is."""
    if not text:
        return []
    found = [f"{what}: {hit.group()!r}" for pattern, what in NEVER.items() if (hit := re.search(pattern, text))]
    if kind != PHRASE:
        if not (text[0].isupper() or text[0].isdigit() or text[0] in "+−"):
            found.append("huruf pertama")
        # Captions and alt texts give data: "gagal 0, belum 12".
        if kind != CAPTION and (hit := re.search(ZERO, text)):
            found.append(f"nol sebagai angka: {hit.group()!r}")
        found += [f"kalimat dengan huruf kecil: {hit!r}" for hit in re.findall(r"(?<!dkk)\. [a-z]\w+", text)]
    if kind in (SENTENCES, CAPTION) and text[-1] not in ".?!":
        found.append("tanpa titik di akhir")
    if kind == HEADING and text[-1] in ".,;:":
        found.append("judul dengan tanda baca di akhir")
    return [f"{what} dalam {text!r}" for what in found]


def check(block: Block) -> list[str]:
    """Faults of all texts of a block."""
    return [fault for kind, text in texts(block) for fault in faults(kind, text)]
