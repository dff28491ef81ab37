"""A report's key: changes when its notebook, parameters, slice of the data, code, templates or libraries do.

A report whose key is that of the last run need not be made again. What counts as its slice is said by store.slices.
"""

import ast
import hashlib
import json
import re
import sys
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import helpers

SOURCE = Path(helpers.__file__).parent
UNDERNEATH = ("ipython", "matplotlib", "numpy")  # not named by the project, but what they do is on the page


def key(notebook: Path, parameters: dict[str, Any], data: str, lists: list[Path], tools: list[str]) -> str:
    """SHA-256 over everything a report is made from.

    `parameters` without the data version, unless it was pinned; `data` the digest of its slice; `lists` the files
    that parameters point to (register, catalogue); `tools` the modules that work on it outside the notebook.
    """
    whole = hashlib.sha256()
    for part in (
        notebook.read_bytes(),
        json.dumps(parameters, sort_keys=True, ensure_ascii=False).encode(),
        data.encode(),
        *(path.read_bytes() for path in lists),
        _code(notebook, tuple(tools)).encode(),
        _libraries().encode(),
    ):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def modules_of(notebook: Path) -> set[Path]:
    """Files of `helpers` that a notebook imports, and what these import in turn."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    try:
        return _closure(_imports(code))
    except SyntaxError:  # magics and such: then it may use anything
        return set(SOURCE.rglob("*.py"))


@cache
def _code(notebook: Path, tools: tuple[str, ...]) -> str:
    modules = modules_of(notebook) | _closure({SOURCE.joinpath(*t.split(".")[1:]).with_suffix(".py") for t in tools})
    files = modules.union(*(_data_files(module) for module in modules))
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path.relative_to(SOURCE)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _closure(start: set[Path]) -> set[Path]:
    found: set[Path] = set()
    left = set(start)
    while left:
        path = left.pop()
        found.add(path)
        left |= _imported_by(path) - found
    return found


@cache
def _imported_by(path: Path) -> frozenset[Path]:
    return frozenset(_imports(path.read_text(encoding="utf-8")))


def _imports(code: str) -> set[Path]:
    """Files of `helpers` that code imports, at the top or inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    paths = [SOURCE.joinpath(*name.split(".")[1:]) for name in names if name.split(".")[0] == "helpers"]
    return {file for path in paths for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()}


def _data_files(module: Path) -> list[Path]:
    """Templates beside a module that it names: laporan.typ for typst_export.py."""
    text = module.read_text(encoding="utf-8")
    return [p for p in module.parent.iterdir() if p.is_file() and p.suffix not in (".py", ".pyc") and p.name in text]


@cache
def _libraries() -> str:
    """Releases of everything this project depends on directly; any of them can change what is on a page."""
    named = [re.split(r"[ <>=;\[]", line)[0] for line in requires(helpers.DISTRIBUTION) or () if "extra ==" not in line]
    return " ".join([f"python {sys.version_info[:2]}", *(f"{name} {version(name)}" for name in (*named, *UNDERNEATH))])
