"""The waterfall: a step for every part, from berhasil to everyone, the target across."""

import re

import pandas as pd

from helpers import wording
from helpers.report import figures_gap


def texts(figure):
    return re.findall(r"<text[^>]*>([^<]+)</text>", figure.svg)


def test_a_step_for_every_part_up_to_everyone(ukur):
    chart = figures_gap.waterfall(ukur.penguraian, ukur.kota, ukur.kampanye)
    for people in ukur.penguraian["orang"]:
        share = wording.points_number(people / ukur.kota["jumlah_asn"])
        assert f"+{share} poin · {wording.number(people)} ASN" in texts(chart)
    assert "30,0% · 1.621 ASN" in texts(chart) and "Target 80% = 4.322 ASN" in texts(chart)
    assert "Gagal kirim" in texts(chart) and "Gagal: gagal kirim" not in texts(chart)
    assert int(ukur.penguraian["orang"].sum()) == ukur.kota["jumlah_asn"] - ukur.kota["berhasil"]


def test_alt_and_caption_tell_the_finding_and_the_denominator(ukur):
    chart = figures_gap.waterfall(ukur.penguraian, ukur.kota, ukur.kampanye)
    assert "1.621 dari 5.402 ASN berhasil (30,0%)" in chart.alt and "NIK/KK tidak sesuai 152" in chart.alt
    assert "3.781 dari 5.402 ASN" in chart.keterangan and "Sumber:" in chart.keterangan


def test_before_any_report_the_start_is_unknown_and_not_nothing(ukur):
    kota = ukur.kota.copy()
    kota[["berhasil", "capaian"]] = pd.NA
    parts = pd.DataFrame([{"kelompok": "belum lapor", "kode": "", "kategori": "belum lapor", "orang": 5402}])
    chart = figures_gap.waterfall(parts, kota, ukur.kampanye)
    assert "belum diketahui" in texts(chart) and "Belum diketahui berapa yang berhasil" in chart.alt


def test_counts_without_reasons_are_one_step(inggris):
    chart = figures_gap.waterfall(inggris.penguraian, inggris.kota, inggris.kampanye)
    assert "Gagal atau belum, tidak dirinci" in texts(chart)


def test_same_data_same_bytes(ukur):
    draw = lambda: figures_gap.waterfall(ukur.penguraian, ukur.kota, ukur.kampanye).svg  # noqa: E731
    assert draw() == draw()
