"""What a report needs on a screen and not on paper: a style sheet, captions below charts, charts that any font fits into."""

import re
from functools import cache
from html import escape, unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

WEIGHTS = {"600": "Semibold", "700": "Bold"}
_WORDS = re.compile(r'<text style="(?P<style>[^"]*)"(?P<place>[^>]*)>(?P<told>[^<]+)</text>')
_HELD = re.compile(r'(<text\b[^>]*?) textLength="[\d.]+" lengthAdjust="spacingAndGlyphs"')


def style() -> str:
    """How a report reads in JupyterLab: once in a notebook, and only for notebooks that hold a report."""
    return files("helpers.report").joinpath("layar.css").read_text(encoding="utf-8").strip()


def caption(alt: str, text: str) -> str:
    """What stands below a chart, escaped; before it, for screen readers alone, what the chart shows."""
    return f"<p class='pantau-keterangan'><span>Grafik: {escape(alt)}</span> {escape(text)}</p>"


def fitted(svg: str) -> str:
    """A chart whose words are as wide as in the report's font. A computer without that font takes a wider one, and words
    would run into each other or be cut at the edge; embedded in each chart, the font would be most of the notebook."""
    return _WORDS.sub(_held, svg)


def as_drawn(svg: str) -> str:
    """The chart before `fitted`, byte for byte: what goes into the PDF."""
    return _HELD.sub(r"\1", svg)


def _held(found: re.Match[str]) -> str:
    how = dict(part.split(": ", 1) for part in found["style"].split("; "))
    font = _font(WEIGHTS.get(how.get("font-weight", ""), "Regular"))
    advance = sum(_advance(font, sign) for sign in unescape(found["told"]))
    width = f"{advance * float(how['font-size'].removesuffix('px')):.2f}"
    held = f' textLength="{width}" lengthAdjust="spacingAndGlyphs"'
    return f'<text style="{found["style"]}"{held}{found["place"]}>{found["told"]}</text>'


@cache
def _font(weight: str) -> Any:
    import font_source_sans_pro
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(Path(font_source_sans_pro.__file__).parent / "files" / f"SourceSansPro-{weight}.otf"))
    font.set_size(1000, 72)
    return font


@cache
def _advance(font: Any, sign: str) -> float:
    """Width of a sign, in ems."""
    return float(font.load_char(ord(sign)).linearHoriAdvance) / 65536 / 1000
