"""Labels in the margin: near where they belong, never one upon the other, never out at the top."""

import itertools

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.report.canvas import Label, canvas, style, write_beside

HEIGHT = 57.0  # of the axes, mm: 66 less margins of 3 and 6


def places(labels: list[Label], low: float = 0, high: float = 1) -> list[tuple[str, float, float]]:
    """Text with its lower and upper end, in millimetres above the bottom of the axes, from the bottom up."""
    _figure, axes = canvas(178, 66, 9, 36, 3, 6)
    axes.set(ylim=(low, high), xlim=(0, 10))
    write_beside(axes, labels, 10.2, HEIGHT)
    ends = []
    for text in axes.texts:
        middle = (text.get_position()[1] - low) / (high - low) * HEIGHT
        half = 3.7 * (1 + text.get_text().count("\n")) / 2
        ends.append((text.get_text(), middle - half, middle + half))
    assert [text.get_va() for text in axes.texts] == ["center"] * len(labels)
    return sorted(ends, key=lambda end: end[1])


def label(at: float, text: str = "satu") -> Label:
    return Label(at, text, {})


def test_a_label_alone_stands_where_it_belongs() -> None:
    ((_, low, high),) = places([label(0.5)])
    assert (low + high) / 2 == pytest.approx(HEIGHT / 2)


def test_labels_far_apart_do_not_move_each_other() -> None:
    middles = [(low + high) / 2 for _, low, high in places([label(0.2), label(0.8)])]
    assert middles == pytest.approx([0.2 * HEIGHT, 0.8 * HEIGHT])


def test_equal_heights_keep_their_order_and_touch() -> None:
    first, second = places([label(0.5, "a"), label(0.5, "b\nb")])
    assert (first[0], second[0]) == ("a", "b\nb")
    assert first[2] == pytest.approx(second[1])


@pytest.mark.parametrize("at", [0.97, 1.0, 1.3])
def test_at_the_top_labels_are_pushed_down(at: float) -> None:
    ends = places([label(at, "atas\ndua baris"), label(0.96), label(0.95)])
    assert [text for text, _, _ in ends][-1] == "atas\ndua baris"
    assert ends[-1][2] <= HEIGHT + 1e-9
    for (_, _, below), (_, above, _) in itertools.pairwise(ends):
        assert below <= above + 1e-9


def test_many_labels_fill_the_margin_from_the_top() -> None:
    ends = places([label(0.9, f"{at}") for at in range(12)])
    assert ends[-1][2] == pytest.approx(HEIGHT)
    assert ends[0][1] == pytest.approx(HEIGHT - 12 * 3.7)


def test_more_labels_than_room_go_out_at_the_bottom_only() -> None:
    ends = places([label(0.5, f"{at}") for at in range(20)])
    assert ends[-1][2] <= HEIGHT + 1e-9
    assert ends[0][1] < 0


def test_no_label_is_no_text() -> None:
    assert places([]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-0.2, 1.4), st.integers(0, 1)), max_size=6), st.sampled_from([1.0, 0.35, 0.92]))
def test_labels_never_overlap_nor_leave_the_axes_at_the_top(wanted: list, high: float) -> None:
    ends = places([label(at * high, "a\nb" if two else "a") for at, two in wanted], 0, high)
    assert len(ends) == len(wanted)
    for (_, _, below), (_, above, _) in itertools.pairwise(ends):
        assert below <= above + 1e-6
    assert all(end <= HEIGHT + 1e-6 for _, _, end in ends)
    assert all(start >= -1.85 - 1e-6 for _, start, _ in ends)  # six double lines have room


def test_a_line_of_the_report_font_is_no_higher_than_reckoned() -> None:
    # 3.7 mm a line is what the room is reckoned with; the drawn text must not be higher.
    with mpl.rc_context(style()):
        figure, axes = canvas(178, 66, 9, 36, 3, 6)
        axes.set(ylim=(0, 1), xlim=(0, 1))
        write_beside(axes, [label(0.5, "Perlu 1,7 ÅSN\nper hari kerja")], 1.02, HEIGHT)
        figure.draw_without_rendering()
        drawn = axes.texts[0].get_window_extent().height / figure.dpi * 25.4
    assert np.round(drawn, 2) <= 2 * 3.7
