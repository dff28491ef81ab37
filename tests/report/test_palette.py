"""Colours: three statuses that stay apart in grey and for colour-blind eyes, words that can be read, one palette."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from helpers.report import canvas, figures_gap

TEMPLATE = (Path(canvas.__file__).with_name("laporan.typ")).read_text()
BERHASIL, GAGAL, BELUM = canvas.ACCENT, canvas.ALERT, canvas.PALE
# How a colour (linear RGB) is seen without one kind of cones; Viénot, Brettel and Mollon (1999).
BLIND = {
    "protan": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "deutan": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(light: np.ndarray) -> float:
    return float(light @ [0.2126, 0.7152, 0.0722])


def lightness(light: np.ndarray) -> float:
    """L* of CIELAB: what is left in a grey print, 0 black to 100 white."""
    y = luminance(np.clip(light, 0, 1))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def contrast(colour: str, ground: str = "#FFFFFF") -> float:
    """Ratio of WCAG 2."""
    low, high = sorted(luminance(linear(c)) for c in (colour, ground))
    return (high + 0.05) / (low + 0.05)


def test_the_measures_are_those_of_the_standards():
    assert contrast("#000000") == pytest.approx(21) and contrast("#767676") == pytest.approx(4.54, abs=0.01)
    assert lightness(linear("#777777")) == pytest.approx(50, abs=0.1)


def test_in_grey_berhasil_is_darker_than_gagal_and_gagal_than_belum():
    shades = [lightness(linear(colour)) for colour in (BERHASIL, GAGAL, BELUM)]
    assert all(after - before >= 20 for before, after in itertools.pairwise(shades)), shades


@pytest.mark.parametrize("eyes", BLIND)
def test_without_red_or_green_the_order_stays(eyes):
    shades = [lightness(np.array(BLIND[eyes]) @ linear(colour)) for colour in (BERHASIL, GAGAL, BELUM)]
    assert all(after - before >= 10 for before, after in itertools.pairwise(shades)), shades


def test_words_can_be_read_on_white_and_on_the_stamp():
    for colour in (canvas.INK, canvas.GREY, canvas.ACCENT, canvas.ALERT):
        assert contrast(colour) >= 4.5, colour
        assert contrast(colour, "#F3F4F6") >= 4.2, colour  # the letters of the stamp below a word
    assert contrast(canvas.ACCENT, "#DBE4EE") >= 4.5  # a group's row


def test_the_bands_of_a_projection_are_told_apart_in_grey():
    white, wide, narrow = (lightness(linear(c)) for c in ("#FFFFFF", "#DCE5EF", canvas.SOFT))
    assert white - wide >= 8 and wide - narrow >= 8


def test_charts_and_template_share_one_palette():
    named = dict(re.findall(r'#let (\S+) = rgb\("(#\w{6})"\)', TEMPLATE))
    same = {
        "tinta": canvas.INK,
        "kelabu": canvas.GREY,
        "muda": canvas.PALE,
        "aksen": canvas.ACCENT,
        "awas": canvas.ALERT,
    }
    assert {name: named[name] for name in same} == same
    assert figures_gap.ALERT == canvas.ALERT
