"""Removes a killed run's private folder; started by a worker that is about to end, as `python -m helpers.run.sweep FOLDER`.

A process of its own, because a worker can't stop its main thread from making files while it clears them away.
"""

import shutil
import sys
import time
from pathlib import Path

ATTEMPTS = 50  # kernels that are being killed may still write into a folder while it is emptied


def remove(folder: Path, pause: float = 0.1) -> bool:
    """Remove `folder` with all that is in it, trying again while others still write there. Whether it is gone."""
    for _ in range(ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return True
        time.sleep(pause)
    return False


if __name__ == "__main__":
    sys.stdin.read()  # ends with whoever started us
    remove(Path(sys.argv[1]))
