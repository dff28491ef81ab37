"""Processes that render: on this machine, with one template for all kernels. A cluster's stand in cluster.py.

Both are executors, so the batch has one code path. A report whose worker or kernel dies is tried again alone, so that
whoever kills a process takes no other report along.
"""

import atexit
import gc
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import forkserver, get_context, parent_process
from pathlib import Path
from types import ModuleType

from helpers.run import kernels
from helpers.run.jobs import Job
from helpers.run.render import Result, cause, render

DEAD = "Proses perender mati (memori habis atau dihentikan)."


@dataclass(frozen=True)
class Pool:
    """An executor, how many jobs it should hold at once, and what it is to do with each."""

    executor: Executor
    size: int
    task: Callable[[Job, float], Result] = render


Opener = Callable[[int], AbstractContextManager[Pool]]


@contextmanager
def local(workers: int | None, warm: bool = True) -> Iterator[Opener]:
    """Opens pools on this machine; the template of their kernels lives as long as this context."""
    # Half-made files hold names: gone with the run. Made only once there is a template that would sweep it up.
    base = str(Path(tempfile.gettempdir()) / f"pantau-{secrets.token_hex(4)}")
    context = get_context("forkserver")
    # papermill, nbconvert and Typst are imported once; workers are forked from there.
    context.set_forkserver_preload(["helpers.run.preload"])
    with _no_main():
        forkserver.ensure_running()
    template = _template(base) if warm else None
    try:
        Path(base).mkdir(mode=0o700)

        @contextmanager
        def opened(size: int) -> Iterator[Pool]:
            nonlocal template
            if template and not template.fits():  # killed, or the code was edited meanwhile
                template.stop()
                template = _template(base)
            # Twice the cores: for nearly half a second of each report its client only waits, mostly for a fixed time.
            size = min(workers or 2 * (os.cpu_count() or 1), size)
            told = (base, template.path if template else kernels.COLD)
            with ProcessPoolExecutor(size, mp_context=context, initializer=prepare, initargs=told) as executor:
                yield Pool(executor, size)

        yield opened
    finally:
        if template:
            template.stop(sweep=True)  # by the template, which goes on with it if we are killed meanwhile
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def _no_main() -> Iterator[None]:
    """Workers need nothing of the program that runs the batch. multiprocessing would import it again in each of them:
    time lost, and a script that has no guard for it would run from the start."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _template(base: str) -> kernels.Template | None:
    try:
        return kernels.Template(base)
    except (kernels.NoTemplateError, OSError) as error:
        print(f"Kernel biasa dipakai, bukan kernel hangat: {error}.", file=sys.stderr)
        return None


def prepare(base: str, socket: str) -> None:
    """In a worker: its half-made files lie in the run's private folder, and it ends when the batch is gone."""
    os.environ[kernels.SOCKET] = socket
    tempfile.tempdir = base
    gc.freeze()  # what was imported before the fork is looked through no more
    threading.Thread(target=_end_with_batch, args=(base,), daemon=True).start()
    atexit.register(kernels.kill_all)
    # Kernels inherit stderr and chat there; what matters comes back as a Result.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _end_with_batch(base: str) -> None:
    """A worker whose batch was killed ends too, with its kernel, and leaves no half-made file behind."""
    batch = parent_process()
    if batch is not None:
        batch.join()  # our parent process is the fork server; this is whoever asked it for us
        # The main thread still makes files, and may end at any moment. A process that waits for our end finds them all.
        sweeper = [sys.executable, "-m", "helpers.run.sweep", base]
        subprocess.Popen(sweeper, stdin=subprocess.PIPE, start_new_session=True)
        kernels.no_more()
        os._exit(1)


def results(
    jobs: list[Job], open_pool: Opener, seconds: float, on_start: Callable[[Job], None] = lambda job: None
) -> Iterator[Result]:
    """Results in order of completion. One with `ulangi` set is not the last word: that job is tried again at the end."""
    waiting, suspects = deque(jobs), list[Job]()
    while waiting:
        for result in _round(waiting, open_pool, seconds, on_start):
            yield result
            if result.ulangi:
                suspects.append(result.job)
    for job in suspects:
        for result in _round(deque([job]), open_pool, seconds, on_start):
            yield replace(result, ulangi=False)


def _round(waiting: deque[Job], open_pool: Opener, seconds: float, on_start: Callable[[Job], None]) -> Iterator[Result]:
    """Render until nothing waits or a process dies. Only as many jobs are handed over as can run: few suspects then."""
    running: dict[Future[Result], Job] = {}
    whole = True
    with open_pool(len(waiting)) as pool:
        while running or (waiting and whole):
            while whole and waiting and len(running) < pool.size:
                try:
                    with _no_main():
                        future = pool.executor.submit(pool.task, waiting[0], seconds)
                except BrokenExecutor:
                    whole = False
                    break
                running[future] = waiting.popleft()
                on_start(running[future])
            for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
                job = running.pop(future)
                try:
                    yield future.result()
                except BrokenExecutor:
                    whole = False
                    yield _failed(job, DEAD, again=True)
                except CancelledError:
                    yield _failed(job, "Gugus Dask terputus sebelum laporan ini selesai; ulangi bila sudah pulih.")
                except Exception as error:
                    yield _failed(job, cause(error))


def _failed(job: Job, why: str, again: bool = False) -> Result:
    now = datetime.now(UTC)
    return Result(job, now, now, galat=why, ulangi=again)
