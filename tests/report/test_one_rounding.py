"""The same value never stands in a report rounded in two ways: every number that the notebooks print is recorded.

Whole percent are for the projection ("never more digits than it carries") and for levels (target, selang 80%, axes),
which are other values even where they look alike; everything else has one decimal (docs/indicators.md).
"""

import ast
import json
import sys
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from helpers import wording
from helpers.measures import comparison
from helpers.report.blocks import Block

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
OFFICES = ["DINKES", "BAG-SDA", "PRKP", "BPBD", "DISKOMINFO"]  # large, tiny, silent, counts only, target reached
# Who prints shares that are no measured ones, by the function that asks for the text.
PROJECTED = {"_fan", "progress_alt", "span", "number_block", "ending", "rests_on", "steps", "scenarios", "interim"}
LEVELS = {"target_percent", "shares"}


class Share(Decimal):
    """A percentage on its way to a text."""


class Rounded(Decimal):
    """A rounded number that knows what it was."""

    origin: tuple[str, float, int]


class Printed(list[tuple[str, float, str]]):
    """(kind, value, text without its sign) of every number that was printed."""

    def twice(self) -> list[str]:
        """Values of one kind that were printed as different texts."""
        texts: dict[tuple[str, float], set[str]] = {}
        for kind, value, text in self:
            if kind != "angka" or not value.is_integer():
                texts.setdefault((kind, round(value, 9)), set()).add(text)
        return [f"{kind} {value}: {sorted(found)}" for (kind, value), found in texts.items() if len(found) > 1]

    def paces_below(self) -> list[str]:
        """Paces that are needed and stand elsewhere rounded down: 300 beside 301. Small ones agree by chance."""
        need = {round(value, 5): text for kind, value, text in self if kind == "laju perlu" and value >= 10}
        return [text for kind, value, text in self if kind == "angka" and need.get(round(value, 5), text) != text]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Printed:
    found = Printed()
    percentage, exact, format_ = wording._percentage, wording._exact, wording._format

    def rounded(value: Any, digits: int, rounding: str = ROUND_HALF_UP) -> Rounded:
        result = Rounded(exact(value, digits, rounding))
        kind = "bagian" if isinstance(value, Share) else "laju perlu" if rounding == ROUND_CEILING else "angka"
        result.origin = (kind, abs(float(value)), digits)
        return result

    def written(value: Any, digits: int, sign: bool = False) -> str:
        text = format_(value, digits, sign)
        if isinstance(value, Rounded):
            kind, raw, wanted = value.origin
            callers = _callers()
            levels = {100 * comparison.LEVEL, 100 * comparison.LIKE_LEVEL}
            if kind == "bagian" and (callers & LEVELS or raw in levels):
                kind = "tingkat " + str(sorted(callers & LEVELS))
            elif kind == "bagian" and not wanted and callers & PROJECTED:
                kind = "proyeksi"
            found.append((kind, raw, text.lstrip("+−")))
        return text

    monkeypatch.setattr(wording, "_percentage", lambda share: Share(percentage(share)))
    monkeypatch.setattr(wording, "_exact", rounded)
    monkeypatch.setattr(wording, "_format", written)
    return found


def _callers() -> set[str]:
    """Names of the functions that wanted the text, up to the notebook's cell."""
    frame, names = sys._getframe(2), set()
    while frame is not None and frame.f_code.co_name != "<module>":
        names.add(frame.f_code.co_name)
        frame = frame.f_back
    return names


def show(name: str, kampanye: Any, **parameters: Any) -> list[Block]:
    """Run a notebook's cells here, one after the other; the block that each one shows."""
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    scope: dict[str, Any] = {"__name__": "__main__"}
    shown = []
    for cell in (c for c in cells if c["cell_type"] == "code"):
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), name, "exec"), scope)
        if "parameters" in cell["metadata"].get("tags", []):
            scope |= kampanye.parameters() | parameters
        if last is not None:
            shown.append(eval(compile(ast.Expression(last.value), name, "eval"), scope))
    return shown


@pytest.mark.lambat
def test_no_value_is_rounded_in_two_ways(contoh_store: Any, printed: Printed) -> None:
    for name, parameters in [
        ("laporan_kota", {}),
        ("log_kendala", {}),
        *(("laporan_opd", {"opd": opd}) for opd in OFFICES),
    ]:
        before = len(printed)
        shown = show(name, contoh_store, **parameters)
        assert len(shown) > 3 and all(isinstance(block, Block) for block in shown)
        assert len(printed) > before
        assert printed.twice() == [], f"{name} {parameters}"  # nor in an office's report otherwise than in the city's
        assert printed.paces_below() == []
    assert len(printed) > 500
    assert {"bagian", "angka", "laju perlu", "proyeksi"} <= {kind for kind, *_ in printed}


def test_two_roundings_are_found(printed: Printed) -> None:
    third = 1 / 3
    assert (wording.percent(third), wording.percent_prose(third)) == ("33,3%", "33,3 persen")
    assert printed.twice() == []
    wording.percent(third, 0)
    assert printed.twice() == ["bagian 33.333333333: ['33', '33,3']"]
    assert (wording.required_pace(300.1), wording.pace(300.1)) == ("301", "300")
    assert printed.paces_below() == ["300"]


def test_a_change_of_sign_or_unit_is_the_same_text(printed: Printed) -> None:
    wording.points(-0.0933)
    wording.percent(0.0933)
    wording.points_number(0.0933, sign=True)
    assert printed.twice() == [] and len(printed) == 3


def test_the_target_and_the_axis_are_no_measured_shares(printed: Printed) -> None:
    wording.target_percent(0.8)
    wording.percent(0.8)
    assert printed.twice() == []
    assert {kind for kind, *_ in printed} == {"bagian", "tingkat ['target_percent']"}
