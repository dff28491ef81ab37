"""Files that arrive in the inbox, in batches, each once it is whole.

What is done with them is left to the caller. A file that is still being copied is waited for: it counts when its size
and time have stood still for a moment.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from helpers.intake.receive import inbox_files

QUIET = 0.6  # seconds without a change before a file counts as whole
_LONGEST = 60.0


def arrivals(inbox: Path, stop: Event | None = None) -> Iterator[list[Path]]:
    """New and changed files of the inbox, oldest first; ends when `stop` is set or the watcher is interrupted."""
    try:
        yield from _batches(inbox, stop)
    except KeyboardInterrupt:  # Ctrl+C ends the watch, not with a traceback
        return


def _batches(inbox: Path, stop: Event | None) -> Iterator[list[Path]]:
    for changes in watch(inbox, stop_event=stop, debounce=1000, step=100, raise_interrupt=True):
        paths = {Path(path) for change, path in changes if change is not Change.deleted}
        whole = _settled({path for path in paths if path.is_file() or path.is_symlink()})
        files = [path for path in inbox_files([inbox]) if path in whole]
        if files:
            yield files


def _settled(paths: set[Path]) -> set[Path]:
    """Those of the files that are still there once none of them changes any more."""
    until = time.monotonic() + _LONGEST
    seen = _states(paths)
    while time.monotonic() < until:
        time.sleep(QUIET)
        now = _states(paths)
        if now == seen:
            break
        seen = now
    return set(seen)


def _states(paths: set[Path]) -> dict[Path, tuple[int, int]]:
    states = {}
    for path in paths:
        try:
            state = path.lstat()
        except OSError:  # gone again
            continue
        states[path] = (state.st_size, state.st_mtime_ns)
    return states
