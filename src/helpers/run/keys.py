"""A report's key: changes when its notebook, parameters, slice of the data, code, templates or libraries do.

A report whose key is that of the last run need not be made again. What counts as its slice is said by store.slices.
"""

import ast
import hashlib
import json
import re
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import helpers

SOURCE = Path(helpers.__file__).parent
BROKEN = (ValueError, KeyError, TypeError, AttributeError)  # what reading a file that is no notebook ends in
_IMPORT = re.compile(
    r"^[ \t]*(from[ \t]+helpers\S*[ \t]+import[ \t]+(?:\([^)]*\)|[^\n(]+)|import[ \t]+helpers[^\n]*)", re.MULTILINE
)
UNDERNEATH = ("ipython", "matplotlib", "numpy")  # not named by the project, but what they do is on the page


def key(notebook: Path, parameters: dict[str, Any], data: str, lists: list[Path], tools: list[str]) -> str:
    """SHA-256 over everything a report is made from.

    `parameters` without the data version, unless it was pinned; `data` the digest of its slice; `lists` the files
    that parameters point to (register, catalogue); `tools` the modules that work on it outside the notebook.
    """
    whole = hashlib.sha256()
    for part in (
        _told(notebook).encode(),
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
    try:
        code = "\n".join(source for kind, source, _ in _cells(notebook) if kind == "code")
        ast.parse(code)
        return _closure(_imports(code))
    except (SyntaxError, *BROKEN):  # magics and such: then it may use anything
        return set(SOURCE.rglob("*.py"))


def _told(notebook: Path) -> str:
    """What of a notebook can change its report. Outputs, execution counts and the values of its parameters cell can't (a run
    gives each of them), so somebody who works in it by hand leaves the reports valid."""
    try:
        cells = _cells(notebook)
    except BROKEN:  # its report fails when it is run, and says so; until then any change counts
        return notebook.read_bytes().hex()
    said = [(kind, _names(source) if "parameters" in tags else source, tags) for kind, source, tags in cells]
    return json.dumps(said, ensure_ascii=False)


def _cells(notebook: Path) -> list[tuple[str, str, list[str]]]:
    """Kind, source and tags of every cell."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [(c["cell_type"], "".join(c["source"]), sorted(c.get("metadata", {}).get("tags", []))) for c in cells]


def _names(code: str) -> str:
    """Names that a cell of parameters gives values to; all of it where it holds anything else."""
    try:
        lines = ast.parse(code).body
    except SyntaxError:
        return code
    if not all(isinstance(line, ast.Assign) for line in lines):
        return code
    return " ".join(sorted(ast.unparse(name) for line in lines for name in line.targets))  # type: ignore[attr-defined]


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
    """Files of `helpers` that code imports, at the top or inside functions. Found by their lines: to walk the syntax trees of
    all modules would take half a second."""
    names: set[str] = set()
    for found in _IMPORT.finditer(code):
        with suppress(SyntaxError):  # a line of a docstring
            for node in ast.parse(found[1]).body:
                if isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    paths = [SOURCE.joinpath(*name.split(".")[1:]) for name in names if name.split(".")[0] == "helpers"]
    return {file for path in paths for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()}


def _data_files(module: Path) -> list[Path]:
    """Templates beside a module that it names: laporan.typ for typst_export.py."""
    text = module.read_text(encoding="utf-8")
    return [path for path in _templates(module.parent) if path.name in text]


@cache
def _templates(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file() and path.suffix not in (".py", ".pyc")]


@cache
def _libraries() -> str:
    """Releases of everything this project depends on directly; any of them can change what is on a page."""
    named = [re.split(r"[ <>=;\[]", line)[0] for line in requires(helpers.DISTRIBUTION) or () if "extra ==" not in line]
    return " ".join([f"python {sys.version_info[:2]}", *(f"{name} {version(name)}" for name in (*named, *UNDERNEATH))])
