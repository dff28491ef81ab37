"""The notebooks as they are stored: what git has, so that a copy or a run of somebody's own in JupyterLab breaks no contract."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def notebooks(root: Path = ROOT) -> list[Path]:
    """Those in git's index; all that lie there where this is no checkout of git."""
    listed = _git(root, "ls-files", "-z", "notebooks/*.ipynb")
    here = [root / name for name in listed.split("\0") if name] if listed else (root / "notebooks").glob("*.ipynb")
    return sorted(path for path in here if path.is_file())


def content(path: Path, root: Path = ROOT) -> dict:
    """A notebook as git's index has it, else as it lies there."""
    return json.loads(_git(root, "show", f":./{path.relative_to(root)}") or path.read_text(encoding="utf-8"))


def _git(root: Path, *words: str) -> str:
    """What git answers; "" where there is none, or no checkout."""
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
