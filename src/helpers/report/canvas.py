"""What all charts share: colours, the report's own font, axes in millimetres, labels in the margin, SVG with alt text.

No chart is drawn here; those are in figures.py and its siblings.
"""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.report.blocks import Gambar
from helpers.wording import number, percent

INK, GREY, PALE, LINE = "#1F2328", "#5B626B", "#D3D7DC", "#E6E9EC"
ACCENT, SOFT, ALERT = "#0B3C6F", "#B4C6DA", "#C44E00"
FONT = "Source Sans Pro"
BOLD: dict[str, Any] = {"fontweight": 600}
DASHED: Any = (0, (4, 1.8))
MM = 1 / 25.4


@cache
def style() -> dict[str, Any]:
    """Font and theme, found once; given to every chart as a context, so that no global setting is left behind."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    for weight in ("Regular", "Semibold", "Bold"):
        font_manager.fontManager.addfont(folder / f"SourceSansPro-{weight}.otf")
    theme = sns.axes_style("white") | sns.plotting_context("paper")
    return theme | {
        "font.family": [FONT],
        "font.size": 8.5,
        "axes.labelsize": 8.5,
        "xtick.labelsize": 8.5,
        "ytick.labelsize": 8.5,
        "text.color": INK,
        "axes.labelcolor": GREY,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "axes.edgecolor": GREY,
        "axes.linewidth": 0.6,
        "grid.color": LINE,
        "grid.linewidth": 0.6,
        "svg.fonttype": "none",
        "svg.hashsalt": "pantau",
    }


def canvas(width: float, height: float, left: float, right: float, top: float, bottom: float) -> tuple[Figure, Axes]:
    """Axes with margins in millimetres, only a bottom spine."""
    figure = Figure(figsize=(width * MM, height * MM))
    box = (left / width, bottom / height, 1 - (left + right) / width, 1 - (top + bottom) / height)
    axes = figure.add_axes(box)
    sns.despine(ax=axes, left=True)
    axes.tick_params(length=0)
    return figure, axes


def finish(figure: Figure, alt: str, caption: str) -> Gambar:
    """The chart as SVG, with nothing in it that changes from run to run."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return Gambar(buffer.getvalue(), alt, caption)


def shares(axes: Axes, top: float) -> None:
    """Ticks and grid of an axis of shares up to `top`."""
    ticks = [t / 100 for t in range(0, 101, 20) if t / 100 <= top]
    axes.set_yticks(ticks, [number(t * 100) for t in ticks[:-1]] + [percent(ticks[-1], 0)])
    axes.grid(axis="y")
    axes.set_axisbelow(True)


@dataclass(frozen=True)
class Label:
    """Words at the right margin, wanted at a height of the axes."""

    at: float
    text: str
    how: dict[str, Any]


def write_beside(axes: Axes, labels: list[Label], x: float, height: float) -> None:
    """Labels in the right margin, near where they belong and never one upon the other. `height`: of the axes, mm."""
    low, high = axes.get_ylim()
    line = (high - low) * 3.7 / height
    floor = low - line / 2
    for label in sorted(labels, key=lambda label: label.at):
        size = line * (1 + label.text.count("\n"))
        middle = max(label.at, floor + size / 2)
        axes.text(x, middle, label.text, va="center", linespacing=1.1, **label.how)
        floor = middle + size / 2
