"""Where words stand inside a chart: at the nearest free place around what they name.

Words are measured in the report's own font on the figure itself, so a chart is laid out before its labels are placed.
Labels in a column beside the axes are canvas.write_beside.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

# A place for a label: point in data, offset in points, horizontal and vertical alignment.
Place = tuple[tuple[float, float], tuple[float, float], str, str]


def around(point: Any, reach: float) -> Bbox:
    """A square about a point, in pixels."""
    return Bbox.from_extents(point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach)


def along(axes: Axes, x: Sequence[Any], y: Sequence[Any], reach: float = 3) -> list[Bbox]:
    """A line in data as squares so close to each other that no word fits between, in pixels."""
    corners = axes.transData.transform(np.column_stack([np.asarray(x, float), np.asarray(y, float)]))
    squares = [around(corners[-1], reach)]
    for one, two in pairwise(corners):
        steps = 1 + int(np.hypot(*(two - one)) / (2 * reach))
        squares += [around(point, reach) for point in np.linspace(one, two, steps, endpoint=False)]
    return squares


def note(axes: Axes, text: str, **look: Any) -> Annotation:
    """Words that settle() moves to their place."""
    return axes.annotate(text, (0, 0), (0, 0), textcoords="offset points", linespacing=1.0, **look)


def measured(texts: Iterable[Text]) -> list[Bbox]:
    """The boxes of words that stand, in pixels."""
    return [text.get_window_extent(_renderer(text)) for text in texts]


def ring(point: tuple[float, float], reaches: Sequence[float]) -> list[Place]:
    """Places about a point, nearest first: right, left, above and below, at distances in points."""
    sides = [(1, 0), (-1, 0), (1, 0.5), (-1, 0.5), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1.4), (0, -1.4)]
    align = {1: "left", -1: "right", 0: "center"}
    return [
        (point, (reach * across, reach * up), align[across], "center")
        for reach, (across, up) in product(reaches, sides)
    ]


def settle(text: Annotation, places: Sequence[Place], avoided: Sequence[Sequence[Bbox]], room: Bbox) -> bool:
    """Move an annotation to the first place that is free of the first list of boxes, else of the next.

    False if there is none; it then stands where it runs into least of the last list.
    """
    renderer = _renderer(text)
    least: tuple[float, Place] | None = None
    for taken in avoided:
        corners = np.array([box.extents for box in taken]).reshape(-1, 4)
        for place in places:
            _move(text, place)
            box = text.get_window_extent(renderer).padded(1)
            x0, y0, x1, y1 = corners.T
            hits = float(((x0 < box.x1) & (box.x0 < x1) & (y0 < box.y1) & (box.y0 < y1)).sum())
            out = not (room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1)
            if not hits and not out:
                return True
            if taken is avoided[-1] and (least is None or hits + 1000 * out < least[0]):
                least = (hits + 1000 * out, place)
    if least:
        _move(text, least[1])
    return False


def upright(axes: Axes, levels: list[tuple[float, str, str, Any]]) -> None:
    """Two upright lines with their words at the top. Where these would meet, one stands a row lower and its line ends
    there, so that the other's words have room above it."""
    low, high = axes.get_ylim()
    row = 4 / 25.4 * axes.figure.dpi / axes.bbox.height * (high - low)  # 4 mm
    words = [note(axes, text, color=colour, fontweight=600) for _, text, colour, _ in levels]
    room = Bbox([axes.figure.bbox.min, axes.figure.bbox.max])
    for tops in ((high, high), (high, high - row), (high - row, high)):
        lines = [along(axes, [value] * 2, [low, top], 1) for (value, *_), top in zip(levels, tops, strict=True)]
        free = True
        for at, text in enumerate(words):
            sides: list[Place] = [
                ((levels[at][0], tops[at]), (3 * side, -1), across, "top")
                for side, across in ((-1, "right"), (1, "left"))
            ]
            free &= settle(text, sides, [[*lines[1 - at], *(measured(words[:1]) if at else [])]], room)
        if free:
            break
    for (value, _, colour, dash), top in zip(levels, tops, strict=True):
        axes.plot([value, value], [low, top], color=colour, lw=1, ls=dash)


def _move(text: Annotation, place: Place) -> None:
    point, offset, across, up = place
    text.xy = point
    text.set_position(offset)
    text.set(ha=across, va=up)


def _renderer(text: Text) -> Any:
    figure = text.get_figure(root=True)
    return FigureCanvasAgg(figure).get_renderer()
