"""Files reach their final path whole or not at all, and from one batch at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class BusyError(RuntimeError):
    """Another batch is writing into the same folder."""


def write_atomically(path: Path, content: bytes) -> None:
    """Write a whole file or none: beside its place first, then renamed over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one batch at a time writes into a run's folder. BusyError if another one does."""
    with folder.with_name(f".{folder.name}.kunci").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"Laporan lain sedang disusun di {folder}; tunggu sampai selesai, lalu ulangi.") from None
        yield
