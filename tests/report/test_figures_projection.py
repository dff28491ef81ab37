"""Charts and sentences of the validation: drawn from what was measured, id-ID numbers, no English decimal."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.measures import scoring
from helpers.report import figures_projection, story_validation
from helpers.store import reference


@pytest.fixture(scope="module")
def uk():
    return reference.csps2021()


@pytest.fixture(scope="module")
def rows(uk):
    return scoring.rolling(uk, [scoring.day_of(uk, day) for day in (13, 24)])


@pytest.fixture(scope="module")
def own(rows):
    return rows[rows["metode"].eq(scoring.OURS)]


def words(svg: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", svg)


def test_calibration_names_both_campaigns(own):
    half = own[own["asal"].eq(own["asal"].iloc[0])]
    kalibrasi = {"CSPS 2021": scoring.calibration(own), "US 2020": scoring.calibration(half)}
    chart = figures_projection.calibration(kalibrasi, {"CSPS 2021": scoring.pit(own), "US 2020": scoring.pit(half)})
    assert {"CSPS 2021", "US 2020", "CSPS 2021, n = 102", "US 2020, n = 51", "tepat"} <= set(words(chart.svg))
    assert "selang 80% mencakup 82%" in chart.alt


def test_outcomes_label_the_furthest_and_mark_who_is_outside(own):
    chart = figures_projection.against_outcome(own)
    assert {"OFWAT", "DIT", "Dari 10 Okt", "Dari 21 Okt"} <= set(words(chart.svg))
    inside = own.loc[own["opd"].ne("KOTA"), "dalam_80"].mean()
    assert f"{100 * inside:.0f}% di dalam selang 80%" in chart.alt


def test_errors_by_size_carry_bias_and_mae(own):
    chart = figures_projection.errors_by_size(own, scoring.by_size(own))
    assert sum(text.startswith("bias −") for text in words(chart.svg)) == 3
    assert {"1.000", "10.000", "OFWAT"} <= set(words(chart.svg))


def test_sentences_say_what_was_measured(uk, own, rows):
    skor = scoring.scores(rows)
    finding = story_validation.errors(skor, skor, skor)
    assert finding.judul == "Rata-rata meleset 6,2 sampai 6,7 poin persentase per kantor"
    assert "−4,9 sampai −2,5 poin" in finding.isi[1]
    table = story_validation.scores(skor)
    assert table.baris[0][:4] == ["proyeksi", "10 Okt", "6,7", "−2,5"]
    assert {row[0] for row in table.baris} == {"proyeksi"}
    others = story_validation.beside(skor)
    assert others.baris[0] == ["proyeksi", "6,7", "6,2"] and others.tebal == [0]
    assert others.baris[-1][0] == "nilai terakhir" and len(others.baris) == len(set(rows["metode"]))
    assert "tiga hari kerja" in story_validation.cases(scoring.worst(own), uk).text()
    assert "51 satuan, 25 hari" in story_validation.data(uk, uk).isi[0]
    texts = "".join(block.text() for block in (finding, table, story_validation.coverage(skor, skor)))
    assert not re.search(r"\d\.\d\D", texts)


def test_reasons_are_of_offices_there_are(uk):
    assert set(story_validation.CASES) <= set(uk.akhir.index)


def test_header_without_a_campaign():
    plan = SimpleNamespace(hari_asal=(13,), tanggal_asal=pd.Timestamp("2020-04-13").date())
    assert "13 April 2020" in story_validation.document(plan).keadaan
