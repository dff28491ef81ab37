"""WhatsApp card: one picture of 1080 x 1350, nothing cut, nothing over the edge or over something else."""

import json
import re
import struct
import subprocess
from dataclasses import replace
from html import unescape

import pandas as pd
import pytest
import typst

from helpers.measures import rates
from helpers.report import cards, messages
from helpers.report.messages import MessageError
from helpers.report.typst_export import typst_input


def office(ukur, opd, contoh=True, **changes):
    row = pd.Series(rates.one(ukur.ukuran, opd).to_dict() | changes, dtype=object)
    return messages.for_office(row, ukur.sisa, ukur.kampanye, contoh)


def longest(ukur):
    return ukur.ukuran.loc[ukur.ukuran["nama"].str.len().idxmax(), "opd"]


def kinds(ukur):
    """An office in every state that a card may have to show."""
    full = {"jumlah_asn": 412, "berhasil": 412, "kekurangan": 0, "surplus": 82, "capaian": 1.0}
    nobody = {"jumlah_asn": 0, "berhasil": 0, "kekurangan": 0, "surplus": 0, "capaian": pd.NA}
    unknown = {"jumlah_asn": pd.NA, "berhasil": pd.NA, "kekurangan": pd.NA, "capaian": pd.NA, "lapor": False}
    return [
        messages.for_city(ukur.kota, ukur.sisa, ukur.ramalan_kota, ukur.kampanye, True),
        *(office(ukur, longest(ukur), **state) for state in (full, nobody, unknown, {"capaian": 0.0, "berhasil": 0})),
        office(ukur, longest(ukur), nama="Nama " * 30),
    ]


def boxes(pesan, folder):
    """Words of the card with their places, in points (a point is a pixel)."""
    path = folder / "kartu.pdf"
    path.write_bytes(typst.compile(**typst_input(cards.CARD, cards.content(pesan)), format="pdf"))
    told = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    found = re.findall(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', told)
    return [(*map(float, place), unescape(word)) for *place, word in found]


@pytest.mark.parametrize("fixture", ["ukur", "inggris"])
def test_every_office_has_one_picture_of_the_right_size(fixture, request):
    here = request.getfixturevalue(fixture)
    for pesan in (office(here, opd) for opd in here.ukuran["opd"]):
        picture = cards.png(pesan)
        assert picture[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", picture[16:24]) == (1080, 1350), pesan.nama


def test_in_every_state_all_words_stand_on_the_card_and_none_on_another(ukur, inggris, tmp_path):
    for pesan in [*kinds(ukur), *kinds(inggris)]:
        found = boxes(pesan, tmp_path)
        words = {word for *_, word in found}
        content = cards.content(pesan)
        texts = [content[name] for name in ("nama", "angka", "arti", "ajakan", "sampai", "alamat", "kaki", "cap")]
        assert set(" ".join([*texts, *pesan.langkah, *pesan.catatan]).split()) <= words, pesan.nama
        assert all(left >= 0 and right <= 1080 and top >= 0 and bottom <= 1350 for left, top, right, bottom, _ in found)
        # Boxes take in the room for accents; the letters themselves are in the middle of them.
        core = [(x, y + 0.3 * (b - y), r, b - 0.3 * (b - y), word) for x, y, r, b, word in found]
        for at, one in enumerate(core):
            for other in core[at + 1 :]:
                apart = one[2] <= other[0] + 1 or other[2] <= one[0] + 1 or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (pesan.nama, one, other)


def test_card_and_text_say_the_same(ukur):
    for pesan in kinds(ukur):
        content, text = cards.content(pesan), messages.whatsapp(pesan)
        for name in ("ajakan", "sampai", "kaki", "alamat"):
            assert content[name] in text
        assert all(step in text for step in content["langkah"])


def test_bar_is_empty_where_nothing_is_known_and_full_at_most(ukur):
    full, nobody, unknown, none = map(cards.content, kinds(ukur)[1:5])
    assert (full["bagian"], none["bagian"], unknown["bagian"]) == (1.0, 0.0, None)
    assert nobody["tanda"] == "" and unknown["angka"] == "Belum lapor"
    assert json.dumps(unknown)


def test_a_card_that_can_not_hold_its_text_is_refused(ukur):
    with pytest.raises(MessageError, match="terlalu panjang"):
        cards.png(replace(office(ukur, "DINKES"), langkah=["Isi. " * 60] * 30))
