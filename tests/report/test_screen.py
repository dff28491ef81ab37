"""Charts on a screen: words as wide as in the report's font, and what was drawn for the PDF."""

import re

import pytest

from helpers.report import figures_compare, figures_gap, screen
from helpers.report.blocks import Gambar

HELD = re.compile(r'textLength="([\d.]+)"[^>]*>([^<]+)<')


def words(told: str, how: str = "font-size: 10px; font-family: 'Source Sans Pro'") -> str:
    return f'<svg><text style="{how}" x="1" y="2">{told}</text></svg>'


def width(svg: str) -> float:
    return float(HELD.search(screen.fitted(svg))[1])


def test_words_are_held_to_the_width_of_the_report_font():
    assert width(words("0")) == pytest.approx(10 * 0.497, abs=0.01)  # a figure of Source Sans Pro is 497/1000 em wide
    assert width(words("00")) == pytest.approx(2 * width(words("0")), abs=0.02)
    assert width(words("A &amp; B")) < width(words("A xxxxx B"))


def test_bold_words_are_wider_and_larger_ones_too():
    bold = words("Target", "font-weight: 700; font-size: 10px; font-family: 'Source Sans Pro'")
    large = words("Target", "font-size: 20px; font-family: 'Source Sans Pro'")
    assert width(bold) > width(words("Target"))
    assert width(large) == pytest.approx(2 * width(words("Target")), abs=0.02)


def test_every_word_of_a_chart_is_held_and_the_pdf_gets_what_was_drawn(ukur):
    from helpers.measures import comparison

    for chart in (
        figures_compare.funnel(ukur.ukuran, comparison.funnel(ukur.ukuran), ukur.kampanye),
        figures_gap.waterfall(ukur.penguraian, ukur.kota, ukur.kampanye),
    ):
        assert isinstance(chart, Gambar)
        shown = screen.fitted(chart.svg)
        assert len(HELD.findall(shown)) == chart.svg.count("<text ") > 5
        assert screen.as_drawn(shown) == chart.svg


def test_an_office_s_text_is_left_alone():
    told = ' textLength="1" lengthAdjust="spacingAndGlyphs"'
    assert screen.as_drawn(screen.fitted(words(told))) == words(told)
