"""Readers in processes of their own: a file that hangs, explodes or crashes its reader costs that reader only.

A reader answers within SECONDS or is ended and replaced. Limits of memory are set in reader.py. What the cells mean
is left to others.
"""

import atexit
import contextlib
import datetime
import io
import os
import pickle
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

SECONDS = 5.0
READERS = 2
LONGEST = 1_000_000_000  # bytes of an answer, more than a reader can hold
_SLOW = "terlalu lama dibuka atau isinya lebih besar daripada yang wajar"
_ALLOWED = {("datetime", name) for name in ("date", "datetime", "time", "timedelta")}


class _Plain(pickle.Unpickler):
    """Takes plain values and dates; anything else from a reader is an error."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return getattr(datetime, name)


class Reader:
    """One child process, started when first needed and again after it was ended. One caller at a time."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the child without waiting for it."""
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "helpers.intake.reader"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )

    def read(self, path: Path) -> dict[str, Any]:
        """What reader.read gives, or {"refused": reason}."""
        place = os.fsencode(path.absolute())
        if b"\n" in place:
            return {"refused": "nama berkas memuat ganti baris; ganti namanya"}
        with self._lock:
            try:
                self.start()
                assert self._child and self._child.stdin
                self._child.stdin.write(place + b"\n")
                self._child.stdin.flush()
                return self._answer(time.monotonic() + SECONDS)
            except (OSError, EOFError, TimeoutError, pickle.UnpicklingError):
                self.stop()
                return {"refused": _SLOW}
            except BaseException:  # half an answer must not be taken for the next file's
                self.stop()
                raise

    def _answer(self, deadline: float) -> dict[str, Any]:
        length = int.from_bytes(self._take(8, deadline), "big")
        if length > LONGEST:
            raise EOFError
        content = self._take(length, deadline)
        try:
            answer = _Plain(io.BytesIO(content)).load()
        except Exception as error:  # damaged pickles raise whatever they like
            raise pickle.UnpicklingError from error
        if not isinstance(answer, dict) or not ("refused" in answer or {"sheets", "properties"} <= answer.keys()):
            raise pickle.UnpicklingError("not an answer")
        return answer

    def _take(self, size: int, deadline: float) -> bytes:
        assert self._child and self._child.stdout
        pipe, taken = self._child.stdout.fileno(), bytearray()
        while len(taken) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise TimeoutError
            part = os.read(pipe, min(size - len(taken), 1 << 20))
            if not part:
                raise EOFError
            taken += part
        return bytes(taken)

    def stop(self) -> None:
        """End the child at once."""
        child, self._child = self._child, None
        if child:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    with contextlib.suppress(OSError):  # what was not yet written to a child that is gone
                        pipe.close()


@cache
def standing() -> list[Reader]:
    """The readers of this process: started once, because a start costs more than a file."""
    readers = [Reader() for _ in range(READERS)]
    for reader in readers:
        atexit.register(reader.stop)
    return readers


def read_all(paths: Iterable[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each path and what was read, in order; readers work ahead of the caller, by a few files only."""
    readers = standing()
    free: list[Reader] = list(readers)

    def read_one(path: Path) -> dict[str, Any]:
        reader = free.pop()
        try:
            return reader.read(path)
        finally:
            free.append(reader)

    waiting: list[tuple[Path, Future[dict[str, Any]]]] = []
    with ThreadPoolExecutor(len(readers)) as threads:
        for path in paths:
            waiting.append((path, threads.submit(read_one, path)))
            if len(waiting) > 4 * len(readers):
                first, answer = waiting.pop(0)
                yield first, answer.result()
        for first, answer in waiting:
            yield first, answer.result()
