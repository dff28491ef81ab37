"""Charts: plotted data, alt text, font; nothing left behind in matplotlib's global settings."""

import re

import matplotlib as mpl
import pytest

from helpers import wording
from helpers.measures import projection, rates, skenario
from helpers.report import figures
from helpers.report.blocks import Gambar, Rangkaian


def texts(figure: Gambar) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", figure.svg)


def test_progress_shows_share_target_and_needed_pace(ukur):
    kampanye = ukur.kampanye
    path = skenario.required_path(ukur.kota, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    fan = projection.fan(ukur.proyeksi)
    chart = figures.progress(ukur.kurva, ukur.kota, kampanye, ukur.sisa, kipas=fan, jalur=path)
    assert "30,0% per 17 Mar" in texts(chart)
    assert "Target 80% = 4.322 ASN" in texts(chart)
    assert any("Perlu 301 ASN" in text for text in texts(chart))  # per working day, as the path and the big number
    assert any(f"Proyeksi {wording.percent(ukur.ramalan_kota['median'], 0)}" in text for text in texts(chart))
    assert "30,0% pada 17 Maret 2020" in chart.alt and "2.701 ASN" in chart.alt
    assert "Sumber:" in chart.keterangan and "5.402" in chart.keterangan


def test_text_stays_text_in_the_report_font(ukur):
    chart = figures.progress(ukur.kurva, ukur.kota, ukur.kampanye, ukur.sisa)
    assert "Source Sans Pro" in chart.svg and "<text" in chart.svg


def test_same_data_same_bytes(ukur):
    draw = lambda: figures.progress(ukur.kurva, ukur.kota, ukur.kampanye, ukur.sisa).svg  # noqa: E731
    assert draw() == draw()


def test_place_among_has_a_dot_for_every_reporting_office(ukur):
    chart = figures.place_among(ukur.ukuran, "DINKES", ukur.kota, ukur.kampanye)
    assert chart.svg.count("<use") >= 48
    assert "Dinas Kesehatan 14,8%" in chart.alt


@pytest.mark.parametrize("opd", ["PRKP", "KEC-KOTALAMA"])
def test_silent_office_has_no_chart(ukur, opd):
    row = rates.one(ukur.ukuran, opd)
    empty = ukur.harian[ukur.harian["opd"].eq(opd)]
    assert figures.progress(empty, row, ukur.kampanye, ukur.sisa) == Rangkaian([])
    assert figures.place_among(ukur.ukuran, opd, ukur.kota, ukur.kampanye) == Rangkaian([])
    assert figures.pace_bars(ukur.harian, row, ukur.kampanye) == Rangkaian([])


def test_office_with_counts_only_has_no_bars_by_day(ukur):
    row = rates.one(ukur.ukuran, "BPBD")
    assert figures.pace_bars(ukur.harian, row, ukur.kampanye) == Rangkaian([])


def test_settings_of_the_session_are_untouched(ukur):
    before = dict(mpl.rcParams)
    figures.progress(ukur.kurva, ukur.kota, ukur.kampanye, ukur.sisa)
    assert dict(mpl.rcParams) == before
