"""vocabulary.py: the words of params/kolom.yaml, their misspellings, and the headings they make."""

import pytest

from helpers.intake.vocabulary import match_word, word_key


@pytest.fixture(scope="module")
def kata(kota):
    """params/kolom.yaml as intake reads it."""
    return kota.columns


@pytest.mark.parametrize(
    ("words", "text", "known"),
    [
        ("status", "Berhasil", "berhasil"),
        ("status", "SUDAH", "berhasil"),
        ("status", " selesai. ", "berhasil"),
        ("status", "gagal", "gagal"),
        ("status", "Belum", "belum"),
        ("status", "Sedang  Mengisi", "proses"),
        ("status", "belum berhasil", None),
        ("status", "", None),
        ("bukti", "Ada", "ada"),
        ("bukti", "ya", "ada"),
        ("bukti", "Tidak ada", "belum"),
        ("bukti", "mungkin", None),
        ("jenis_asn", "pns", "PNS"),
        ("jenis_asn", "CPNS", "PNS"),
        ("jenis_asn", "P3K", "PPPK"),
        ("jenis_asn", "Honorer", "PTT"),
        ("jenis_asn", "TNI", None),
        ("kanal", "WA", "grup WhatsApp"),
        ("kanal", "Apel Pagi", "apel pagi"),
        ("kanal", "Spanduk / Poster", "spanduk/poster"),
        ("kanal", "merpati pos", None),
    ],
)
def test_words_in_cells(kata, words, text, known):
    assert match_word(text, kata[words]) == known


def test_each_word_means_one_thing_only(kata):
    for name in ("status", "bukti", "jenis_asn", "kanal"):
        accepted = [word_key(word) for key, words in kata[name].items() for word in {key.lower(), *words}]
        assert len(accepted) == len(set(accepted))
