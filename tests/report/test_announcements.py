"""Texts for apel pagi and social media: length, figures of the report, warmth, nothing that blames."""

import re
from dataclasses import replace

import pytest

from helpers.measures import rates
from helpers.report import announcements, messages
from helpers.report.messages import MessageError


def pesan(ukur, opd, contoh=True):
    return messages.for_office(rates.one(ukur.ukuran, opd), ukur.sisa, ukur.kampanye, contoh)


def test_every_office_is_read_in_60_to_90_seconds_and_posted_in_500_characters(ukur):
    for opd in ukur.ukuran["opd"]:
        said, post = announcements.assembly(pesan(ukur, opd)), announcements.post(pesan(ukur, opd))
        assert 130 <= len(said.split()) <= 215, opd  # 130 to 140 words a minute
        assert len(post) < 500 and "sensus.bps.go.id" in post and "31 Maret 2020" in post, opd
        for text in (said, post):
            assert text.startswith("DATA CONTOH") and not re.search(r"\bnan\b|None|<NA>|  |malu|terburuk|%", text), opd


def test_figures_are_those_of_the_message(ukur):
    row = rates.one(ukur.ukuran, "DINKES")
    done = f"{row['berhasil']} dari {row['jumlah_asn']} ASN berhasil mengisi"
    own = pesan(ukur, "DINKES")
    for text in (announcements.assembly(own), announcements.post(own), messages.whatsapp(own)):
        assert done in text
    assert "rapat daring" in announcements.assembly(own) and "Sudah Update" in announcements.assembly(own)


def test_a_silent_office_hears_no_zero(ukur):
    said, post = announcements.assembly(pesan(ukur, "PRKP")), announcements.post(pesan(ukur, "PRKP"))
    assert "Mohon pengelola segera mengirim laporannya." in said and "0" not in post.split("DATA")[1].split("31")[0]


def test_after_the_deadline_nobody_is_invited(ukur):
    late = messages.for_office(
        rates.one(ukur.ukuran, "DINKES"), {"hari": 0, "hari_kerja": 0}, ukur.kampanye, contoh=False
    )
    assert "Mari" not in announcements.post(late) and "diperpanjang" in announcements.assembly(late)


def test_other_campaigns_have_their_own_step(ukur):
    other = replace(pesan(ukur, "DINKES"), alamat="", langkah=["Isi survei sebelum batas waktu."])
    assert "Isi survei" in announcements.post(other) and "NIK" not in announcements.assembly(other)


def test_what_must_be_there_and_is_too_long_stops_the_report(ukur):
    with pytest.raises(MessageError, match="persingkat ajakan"):
        announcements.post(replace(pesan(ukur, "DINKES"), kampanye="Sensus " * 80))
