"""vocabulary.py: the words of params/kolom.yaml, their misspellings, and the headings they make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.vocabulary import match_word, vocabulary, word_key


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


@pytest.mark.parametrize(
    ("text", "known"),
    [("berhsil", "berhasil"), ("selesaii", "berhasil"), ("belum berhsil", None), ("tidak selesai", None), ("gaga", None), ("✓", "berhasil"), ("√", "berhasil")],
)  # fmt: skip
def test_a_typing_error_never_turns_the_meaning(kata, text, known):
    assert match_word(text, kata["status"]) == known


@pytest.mark.parametrize(
    ("kind", "heading", "name"),
    [
        ("nominatif", "\tbukti\tbelum", None), ("nominatif", "\tstatus\tbelum", "tanda_belum"),
        ("nominatif", "\tstatus perkawinan\tbelum", None), ("nominatif", "\tlahir\ttanggal", None),
        ("nominatif", "\tsp online\tbelum", "tanda_belum"), ("rekap", "\tjumlah asn\tbelum", "belum"),
        ("rekap", "\tpersentase\tberhasil", None), ("rekap", "\tcapaian\tberhasil", "berhasil"), ("rekap", "\tbukti\tbelum", None),
    ],
)  # fmt: skip
def test_a_lower_heading_under_a_wider_one(kata, kind, heading, name):
    assert vocabulary(kata).name_of(kind, heading) == name


@given(st.text(max_size=40))
def test_any_word_and_heading_has_one_meaning_or_none(kata, text):
    assert match_word(text, kata["status"]) in {None, *kata["status"]}
    for kind in ("nominatif", "rekap", "kendala", "sosialisasi"):
        assert vocabulary(kata).name_of(kind, word_key(text)) in {None, *kata[kind]}
