"""What a report needs on the screen of JupyterLab and not on paper: a style sheet, and room in charts for a wider font."""

import re
from html import escape
from importlib.resources import files

ROOM = 1.06  # of a chart's width, on the screen
_SIZE = re.compile(
    r"(?P<before><svg\b[^>]*?\bwidth=\")(?P<wide>[\d.]+)(?P<between>pt\" height=\"[\d.]+pt\" viewBox=\"0 0 )[\d.]+"
    r"(?P<after> [\d.]+\"[^>]*>)"
)


def style() -> str:
    """How a report reads in JupyterLab: once in a notebook, and only for notebooks that hold a report."""
    return files("helpers.report").joinpath("layar.css").read_text(encoding="utf-8").strip()


def caption(alt: str, text: str) -> str:
    """What stands below a chart, escaped; before it, for screen readers alone, what the chart shows."""
    return f"<p class='pantau-keterangan'><span>Grafik: {escape(alt)}</span> {escape(text)}</p>"


def roomier(svg: str) -> tuple[str, str]:
    """A chart with room on its right, and its own first tag. A browser without the report's font takes a wider one, and the
    labels in the margin would be cut."""
    found = _SIZE.search(svg)
    if not found:
        return svg, ""
    width = float(found["wide"]) * ROOM
    told = f"{found['before']}{width:.6f}{found['between']}{width:.6f}{found['after']}"
    return svg[: found.start()] + told + svg[found.end() :], found[0]


def exported(svg: str, head: str) -> str:
    """The chart as it was drawn: what `Gambar` shows on the screen without its room. `head`: what `roomier` gave."""
    return _SIZE.sub(lambda _: head, svg, count=1) if head else svg
