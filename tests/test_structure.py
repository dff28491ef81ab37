"""The contract of the code base: imports, notebooks, packages, module sizes."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from stored import content, notebooks

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = notebooks()
# To work in, not to make a report from: their parts are in helpers.lab, and its sessions prove what they show.
INTERACTIVE = {"jelajah", "mulai_di_sini"}
MODULES = sorted((ROOT / "src" / "helpers").rglob("*.py"))


def code_cells(path: Path) -> list[dict]:
    return [cell for cell in content(path)["cells"] if cell["cell_type"] == "code"]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def test_import_contract_holds():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_there_are_three_report_notebooks():
    assert {"laporan_kota", "laporan_opd", "log_kendala"} <= {path.stem for path in NOTEBOOKS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
class TestThinNotebook:
    def test_stored_without_outputs(self, path):
        for cell in code_cells(path):
            assert not cell["outputs"] and cell["execution_count"] is None

    def test_starts_with_title_and_question(self, path):
        first = content(path)["cells"][0]
        assert first["cell_type"] == "markdown" and source(first).startswith("# ") and "Untuk" in source(first)

    def test_one_parameters_cell_of_scalars(self, path):
        tagged = [c for c in code_cells(path) if "parameters" in c["metadata"].get("tags", [])]
        assert len(tagged) == (path.stem != "mulai_di_sini")  # the tour has data of its own
        for node in (node for cell in tagged for node in ast.parse(source(cell)).body):
            assert isinstance(node, ast.Assign)
            assert isinstance(ast.literal_eval(node.value), str | int | float | bool)

    def test_cells_are_short_and_hold_no_logic(self, path):
        forbidden = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Lambda, ast.ListComp, ast.DictComp)
        for cell in code_cells(path):
            if "parameters" in cell["metadata"].get("tags", []):
                continue
            text = source(cell)
            assert len(text.splitlines()) <= 10, text
            assert not re.search(r"import \*|Path\(|open\(|:,|:\.\d|/", text), text
            assert not any(isinstance(node, forbidden) for node in ast.walk(ast.parse(text))), text

    def test_keeps_no_scalar_outside_the_parameters(self, path):
        # campaign.from_notebook takes every scalar for a parameter (docs/decisions/004).
        for cell in code_cells(path):
            if "parameters" in cell["metadata"].get("tags", []):
                continue
            for node in ast.walk(ast.parse(source(cell))):
                if isinstance(node, ast.Assign):
                    assert not isinstance(node.value, ast.Constant | ast.JoinedStr), source(cell)

    def test_imports_only_what_a_notebook_may(self, path):
        text = "\n".join(source(c) for c in code_cells(path))
        imported = {n.module for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)}
        if path.stem in INTERACTIVE:
            assert imported <= {"helpers", "helpers.lab"} and "reconcile.prove" not in text
            return
        assert imported <= {"helpers", "helpers.measures", "helpers.report", "helpers.store"}
        assert not re.search(r"\b(intake|run|sample|cli|lab)\b", " ".join(re.findall(r"import (.*)", text)))

    def test_ends_with_the_proof(self, path):
        if path.stem not in INTERACTIVE:
            assert re.search(r"reconcile\.prove(_forecasts)?\(", source(code_cells(path)[-1]))


def test_notebook_parameters_are_the_keys_of_the_params_files():
    wanted = yaml.safe_load((ROOT / "params" / "kota.yaml").read_text())
    for path in NOTEBOOKS:
        if path.stem in {
            "validasi_proyeksi",
            "mulai_di_sini",
        }:  # of campaigns that are over; store.reference checks its parameters
            continue
        cell = next(c for c in code_cells(path) if "parameters" in c["metadata"].get("tags", []))
        given = {n.targets[0].id: ast.literal_eval(n.value) for n in ast.parse(source(cell)).body}
        first = ["opd", "tanggal_data", "target"] if path.stem == "laporan_opd" else ["tanggal_data", "target"]
        assert (
            list(given)[: len(first)] == first
        )  # what people change, before the line that says the rest is rarely changed
        assert source(cell).splitlines()[len(first) + 1] == "# Selebihnya jarang diubah."
        if path.stem == "laporan_opd":
            assert given.pop("opd") == "DINKES"
        assert given == wanted, path.stem


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT / "src" / "helpers")))
def test_module_is_of_a_size_to_read_and_says_what_it_is(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 320, "split by concept"
    assert ast.get_docstring(ast.parse(text)), "module docstring"
    assert path.stem not in {"utils", "common", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT / "src" / "helpers")))
def test_public_functions_have_docstrings(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_only_wording_formats_numbers_and_dates():
    for path in MODULES:
        if path.stem not in {"wording", "values"}:  # values reads month names
            assert "babel" not in path.read_text().lower().replace("babel only", ""), path


def test_environment_yml_is_in_step_with_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())
    pip = next(entry["pip"] for entry in conda["dependencies"] if isinstance(entry, dict))
    assert sorted(pip) == sorted([*project["dependencies"], "-e ."])
    assert f"python {project['requires-python']}" in conda["dependencies"]


def test_lock_is_hashed_names_no_registry_and_covers_pyproject():
    lock = (ROOT / "requirements.lock").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = set(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==", lock, re.MULTILINE))
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[>=<\[ ]", spec)[0].lower().replace("_", "-") for spec in wanted}
    assert names <= pinned
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock and "index-url" not in lock
