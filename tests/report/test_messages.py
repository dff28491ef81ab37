"""WhatsApp text: short, whole sentences, no names, the stamp, the right address, nothing that WhatsApp takes for its own."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from helpers.measures import pace, rates
from helpers.report import messages
from helpers.report.messages import MessageError


def office(ukur, opd, contoh=True, **changes):
    return messages.for_office(rates.one(ukur.ukuran, opd), ukur.sisa, ukur.kampanye, contoh)


def city(ukur, contoh=True, **kota):
    return messages.for_city(
        pd.Series(ukur.kota.to_dict() | kota, dtype=object), ukur.sisa, ukur.ramalan_kota, ukur.kampanye, contoh
    )


@pytest.mark.parametrize("opd", ["DINKES", "PRKP", "BAPPEDA", "BAG-SDA"])
def test_text_is_short_stamped_and_says_where(ukur, opd):
    text = messages.whatsapp(office(ukur, opd))
    assert len(text) < 900
    assert text.startswith("*DATA CONTOH – BUKAN DATA RESMI*\n")
    assert "sensus.bps.go.id" in text and "31 Maret 2020" in text


@pytest.mark.parametrize("fixture", ["ukur", "inggris"])
def test_every_office_and_the_city_fit_in_whole_sentences(fixture, request):
    here = request.getfixturevalue(fixture)
    for pesan in [city(here, False), *(office(here, opd, False) for opd in here.ukuran["opd"])]:
        text = messages.whatsapp(pesan)
        assert len(text) < 900 and not re.search(r"\bnan\b|NA>|None|NaT|…", text)
        assert all(line.endswith((".", ":")) for line in text.splitlines()[2:] if line), text
        assert ("sensus.bps.go.id" in text) == (fixture == "ukur")
        assert "DATA CONTOH" not in text


def test_optional_sentences_go_first_and_the_rest_is_never_cut(ukur):
    long = [f"Kalimat pilihan nomor {at} yang cukup panjang untuk mengisi ruang." for at in range(20)]
    text = messages.whatsapp(replace(office(ukur, "DINKES"), pilihan=long))
    assert len(text) < 900 and long[0] in text and long[-1] not in text
    assert text.endswith("Batas waktu 31 Maret 2020.\n") and "3. Laporkan kepada pengelola di kantor." in text


def test_what_must_be_there_and_is_too_long_stops_the_report(ukur):
    with pytest.raises(MessageError, match="persingkat ajakan"):
        messages.whatsapp(replace(office(ukur, "DINKES"), langkah=["Isi. " * 200]))


def test_text_says_gap_and_pace_of_the_report(ukur):
    text = messages.whatsapp(office(ukur, "DINKES"))
    row = rates.one(ukur.ukuran, "DINKES")
    assert f"{row['berhasil']} dari {row['jumlah_asn']} ASN berhasil mengisi" in text
    assert f"*Kurang {row['kekurangan']} ASN lagi* untuk target 80% pada 31 Maret: 30 ASN per hari kerja." in text


def test_silent_office_is_asked_to_report(ukur):
    text = messages.whatsapp(office(ukur, "PRKP", contoh=False))
    assert "belum melapor" in text and "0 dari" not in text and "DATA CONTOH" not in text
    assert "1. Pengelola mengirim laporan sesegera mungkin." in text


def test_city_says_where_it_leads_and_how_many_reported_but_names_no_office(ukur):
    text = messages.whatsapp(city(ukur))
    assert "1.621 dari 5.402 ASN" in text and "*Kurang 2.701 ASN lagi*" in text
    assert "Tanpa langkah tambahan sekitar" in text and "selang 80%" in text
    assert "48 dari 52 OPD sudah melapor" in text
    assert not [name for name in ukur.ukuran["nama"] if name in text]


def test_city_without_a_report_or_mostly_silent_has_no_rate(ukur):
    none = messages.whatsapp(city(ukur, unit_lapor=0, berhasil=pd.NA, kekurangan=4322, capaian=pd.NA))
    assert "Belum ada OPD yang melapor" in none and "%" not in none
    few = messages.whatsapp(city(ukur, unit_lapor=3, asn_belum_lapor=5000))
    assert "Baru 3 dari 52 OPD melapor" in few and "persen" not in few.split("Langkah")[0]


def test_after_the_deadline_nobody_is_told_to_fill_in_as_if_it_were_open(ukur):
    kampanye = ukur.kampanye.model_copy(update={"tanggal_data": date(2020, 3, 31)})
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    row = pd.Series(rates.one(ukur.ukuran, "DINKES").to_dict() | {"tanggal_data": pd.Timestamp("2020-03-31")})
    text = messages.whatsapp(messages.for_office(row, sisa, kampanye, False))
    assert "sudah lewat" in text and "Bila masa pengisian diperpanjang:" in text and "per hari kerja" not in text
    assert "SP Wawancara" in text


def test_reached_and_stale_are_said(ukur):
    row = rates.one(ukur.ukuran, "DINKES").to_dict()
    reached = pd.Series(row | {"kekurangan": 0, "surplus": 3, "berhasil": 333, "capaian": 333 / 412}, dtype=object)
    assert "*Target 80% tercapai* dengan 3 ASN di atas target; 79 ASN belum berhasil." in messages.whatsapp(
        messages.for_office(reached, ukur.sisa, ukur.kampanye, False)
    )
    old = pd.Series(row | {"tanggal_data": pd.Timestamp("2020-03-10")}, dtype=object)
    text = messages.whatsapp(messages.for_office(old, ukur.sisa, ukur.kampanye, False))
    assert "Data 10 Maret 2020" in text and "belum diperbarui" in text


@pytest.mark.parametrize("mark", ["*", "_", "~", "`", "\n", "\u202e", "\x07"])
def test_marks_in_a_name_are_not_whatsapp_s(ukur, mark):
    row = pd.Series(
        rates.one(ukur.ukuran, "DINKES").to_dict() | {"nama": f"{mark}Dinas {mark}Aneh{mark}"}, dtype=object
    )
    text = messages.whatsapp(messages.for_office(row, ukur.sisa, ukur.kampanye, False))
    assert mark not in text.replace("*", "", 4 if mark == "*" else 0) or mark == "\n"
    assert text.count("*") == 4 and text.splitlines()[0].startswith("*SP Online · ")
    assert text.splitlines()[0].endswith("*")
