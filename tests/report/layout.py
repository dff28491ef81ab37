"""What is wrong with a chart as it is laid out: words upon words, off the canvas, on a line or a mark, too small.

Boxes are those of matplotlib's own renderer in the report's own font, in millimetres of the finished chart.
"""

import itertools
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from helpers.report.canvas import FONT

TOUCH = 0.3  # mm that the boxes of two words may share: a box is as high as its line, the letters are not
SMALLEST = 8  # points
THIN = 0.95  # points; thinner lines (leaders, the grid) may pass under a word
DPI = 254  # 10 pixels a millimetre


def words(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Every visible text of the chart with its box, in millimetres from the lower left corner."""
    figure.set_dpi(DPI)
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)  # ticks get their places
    found = list(figure.texts)
    for axes in figure.axes:
        found += [*axes.texts, axes.title, axes._left_title, axes._right_title]
        for axis in (axes.xaxis, axes.yaxis):
            found += [axis.label, axis.offsetText, *axis.get_ticklabels()]
    shown = [text for text in found if text.get_visible() and text.get_text().strip()]
    return [(text, _mm(text.get_window_extent(renderer))) for text in shown]


def faults(figure: Figure) -> list[str]:
    """One sentence a fault; none for a chart as it should be."""
    shown = words(figure)
    width, height = (inch * 25.4 for inch in figure.get_size_inches())
    wrong = []
    for text, box in shown:
        name = repr(text.get_text())
        if box.x0 < -0.05 or box.y0 < -0.05 or box.x1 > width + 0.05 or box.y1 > height + 0.05:
            wrong.append(f"{name} leaves the canvas")
        if text.get_fontsize() < SMALLEST:
            wrong.append(f"{name} is set in {text.get_fontsize()} pt")
        if text.get_fontname() != FONT:
            wrong.append(f"{name} is set in {text.get_fontname()}")
    for (text, box), (other, beside) in itertools.combinations(shown, 2):
        across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
        up = min(box.y1, beside.y1) - max(box.y0, beside.y0)
        if across > TOUCH and up > TOUCH:
            wrong.append(f"{text.get_text()!r} lies upon {other.get_text()!r}")
    for axes in figure.axes:
        own = [(text, box) for text, box in shown if text in axes.texts and not _on_white(text)]
        for what, strokes in _strokes(axes):
            for text, box in own:
                if _crosses(strokes, _letters(text, box)):
                    wrong.append(f"{text.get_text()!r} is crossed by {what}")
        if axes.get_legend():
            wrong.append("a legend")
    return wrong + ["a legend"] * len(figure.legends)


def _on_white(text: Text) -> bool:
    """Whether a ground of its own keeps what lies below from the words."""
    ground = text.get_bbox_patch()
    return ground is not None and ground.get_facecolor()[3] == 1


def _mm(box: Any) -> Bbox:
    return Bbox(np.asarray(box.get_points()) * 25.4 / DPI)


def _letters(text: Text, box: Bbox) -> Bbox:
    """The part of a box where ink is: a line of 8.5 pt is 3.5 mm high, its letters stand in the middle 2.4 mm."""
    spare = 0.16 * text.get_fontsize() * 25.4 / 72
    return Bbox.from_extents(box.x0 + 0.1, box.y0 + spare, box.x1 - 0.1, box.y1 - spare)


def _strokes(axes: Axes) -> list[tuple[str, np.ndarray]]:
    """What a word must keep off, as points so close to each other that no letter fits between."""
    inside = _mm(axes.bbox)
    found = []
    for line in axes.lines:
        at = line.get_transform().transform(np.asarray(line.get_xydata(), dtype=float)) * 25.4 / DPI
        at = at[np.isfinite(at).all(axis=1)]
        drawn = line.get_linestyle() not in ("None", "", " ") and line.get_linewidth() >= THIN
        if drawn and len(at) > 1:
            way = np.concatenate(
                [np.linspace(a, b, 2 + int(np.hypot(*(b - a)) / 0.2)) for a, b in itertools.pairwise(at)]
            )
            found.append((f"a line ({line.get_color()})", _clipped(way, line, inside)))
        if line.get_marker() not in ("None", "", None) and len(at):
            reach = line.get_markersize() / 2 * 25.4 / 72 * 0.7
            around = [(across, up) for across in (-reach, 0, reach) for up in (-reach, 0, reach)]
            marks = np.concatenate([at + offset for offset in around])
            found.append((f"a mark ({line.get_color()})", _clipped(marks, line, inside)))
    for patch in axes.patches:
        if isinstance(patch, Rectangle):
            box = _mm(patch.get_window_extent())
            if box.width > 0.2 and box.height > 0.2:
                grid = np.meshgrid(np.arange(box.x0, box.x1, 0.4), np.arange(box.y0, box.y1, 0.4))
                found.append(("a bar", np.column_stack([side.ravel() for side in grid])))
    return found


def _clipped(points: np.ndarray, line: Any, inside: Bbox) -> np.ndarray:
    if not line.get_clip_on():
        return points
    x, y = points.T
    return points[(x >= inside.x0) & (x <= inside.x1) & (y >= inside.y0) & (y <= inside.y1)]


def _crosses(points: np.ndarray, box: Bbox) -> bool:
    x, y = points.T
    return bool(((x > box.x0) & (x < box.x1) & (y > box.y0) & (y < box.y1)).any())
