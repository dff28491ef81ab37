"""WhatsApp text and card: short, no names, the stamp, the right address."""

import re
import struct

import pytest

from helpers.measures import rates
from helpers.report import messages


@pytest.mark.parametrize("opd", ["DINKES", "PRKP", "BAPPEDA", "BAG-SDA"])
def test_text_is_short_stamped_and_says_where(ukur, opd):
    text = messages.whatsapp(rates.one(ukur.ukuran, opd), ukur.sisa, ukur.kampanye, contoh=True)
    assert len(text) < 900
    assert text.startswith("DATA CONTOH – BUKAN DATA RESMI")
    assert "sensus.bps.go.id" in text


def test_every_office_fits(ukur):
    for row in (rates.one(ukur.ukuran, opd) for opd in ukur.ukuran["opd"]):
        text = messages.whatsapp(row, ukur.sisa, ukur.kampanye, contoh=False)
        assert len(text) < 900 and not re.search(r"\bnan\b|NA>|None", text)


def test_silent_office_is_asked_to_report(ukur):
    text = messages.whatsapp(rates.one(ukur.ukuran, "PRKP"), ukur.sisa, ukur.kampanye, contoh=False)
    assert "belum melapor" in text and "0 dari" not in text and "DATA CONTOH" not in text


@pytest.mark.parametrize("opd", ["DINKES", "PRKP"])
def test_card_has_the_size_of_a_phone_picture(ukur, opd):
    picture = messages.card(rates.one(ukur.ukuran, opd), ukur.sisa, ukur.kampanye, contoh=True)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1080, 1350)
