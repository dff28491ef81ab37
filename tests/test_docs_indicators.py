"""docs/indicators.md, the functions of helpers.measures and tests/cases name the same things."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

from helpers import measures, wording

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
PAGE = (ROOT / "docs" / "indicators.md").read_text(encoding="utf-8")
# Plumbing: they pick rows or people, or ask about a table's shape, and compute no indicator.
PLUMBING = {
    "rates.one",
    "groups.counted",
    "pace.is_daily",
    "pace.with_silent",
    "projection.row",
    "projection.picked",
    "reconcile.together",
    "problem_log.assemble",
    "follow_up.reopened",
    "follow_up.undecided",
    "follow_up.with_decided",
}
# How good the projection is, not an indicator of any report: docs/projection.md has the formulas and the figures.
PLUMBING |= {
    f"scoring.{name}"
    for name in [
        "by_size",
        "calibration",
        "change",
        "day_of",
        "final",
        "mean_change",
        "mean_changes",
        "pit",
        "rolling",
        "score",
        "scores",
        "simulate",
        "typical_change",
        "worst",
    ]
}
# Forecasts that the projection is compared with, and the proof of its validation.
PLUMBING |= {"baselines.predict", "baselines.shift", "baselines.weighted_days", "reconcile.prove_forecasts"}
# Sections by their Indonesian name; other headings (rules, glossary) are of a higher level.
SECTIONS = dict(re.findall(r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))


def functions() -> dict[str, object]:
    """Public functions that the modules of helpers.measures define themselves, as module.function."""
    found = {}
    for info in pkgutil.iter_modules(measures.__path__):
        module = importlib.import_module(f"helpers.measures.{info.name}")
        for name, member in inspect.getmembers(module, inspect.isfunction):
            if member.__module__ == module.__name__ and not name.startswith("_"):
                found[f"{info.name}.{name}"] = member
    return found


def codes(section: str) -> list[str]:
    line = section.splitlines()[0] if section else ""
    return re.findall(r"`([^`]+)`", line) if line.startswith("Kode: ") else []


def cases(section: str) -> list[str]:
    lines = [line for line in section.splitlines() if line.startswith("Kasus: ")]
    return [path for line in lines for path in line.removeprefix("Kasus: ").split(", ")]


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_names_its_code_its_cases_and_its_rules(name: str) -> None:
    section = SECTIONS[name]
    assert codes(section), "Kode: `module.function` right below the heading"
    assert cases(section), "Kasus: tests/cases/NN_name"
    for part in ("**Formula:**", "**Unit:**", "**Unknown:**", "**Example:**"):
        assert part in section, part


@pytest.mark.parametrize("name", SECTIONS)
def test_every_code_is_a_function(name: str) -> None:
    unknown = [code for code in codes(SECTIONS[name]) if code not in functions()]
    assert not unknown


@pytest.mark.parametrize("code", sorted(set(functions()) - PLUMBING))
def test_every_indicator_is_documented(code: str) -> None:
    assert f"`{code}`" in PAGE


def test_plumbing_is_neither_gone_nor_an_indicator() -> None:
    assert set(functions()) >= PLUMBING
    assert not PLUMBING & {code for section in SECTIONS.values() for code in codes(section)}


def test_every_case_named_has_both_files_and_every_file_is_named() -> None:
    named = [path for section in SECTIONS.values() for path in cases(section)]
    assert len(named) == len(set(named)), "a case belongs to one indicator"
    wanted = {f"{path}_{part}.csv" for path in named for part in ("input", "expected")}
    held = {str(path.relative_to(ROOT)) for path in CASES.glob("*.csv")}
    assert wanted == held
    assert {path.name for path in CASES.iterdir() if path.suffix != ".csv"} == {"README.md"}


def test_columns_of_the_cases_are_documented() -> None:
    readme = (CASES / "README.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", readme))
    for path in sorted(CASES.glob("*_input.csv")):
        heading = path.read_text(encoding="utf-8").splitlines()[0]
        assert set(heading.split(",")) <= words, path.name


def test_the_glossary_explains_each_word_once() -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", PAGE.split("## Glossary")[1], re.MULTILINE)
    words = [word for row in rows for word in re.sub(r" \(.*?\)", "", row).split(", ")]
    assert len(words) == len(set(words)) > 30


def test_the_divisions_of_the_examples_are_right() -> None:
    examples = re.findall(r"([\d.]+) / ([\d.]+)\s=\s([\d,]+)%", PAGE)
    assert len(examples) > 10
    for above, below, share in examples:
        value = int(above.replace(".", "")) / int(below.replace(".", ""))
        assert wording.percent(value) == f"{share}%", f"{above} / {below}"
