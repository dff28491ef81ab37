"""One report, from its notebook to finished files, in a worker process of this machine or of a cluster.

papermill runs the notebook in a folder of its own, the exporter makes the PDF, checks say whether it may be delivered.
Nothing is written where reports are delivered: files go back as bytes. Every failure comes back with its cause.
"""

import atexit
import io
import os
import re
import shutil
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from helpers.campaign import root
from helpers.run import kernels
from helpers.run.delivery import refusal
from helpers.run.jobs import Job

SECONDS = 120.0  # for a whole notebook, unless told otherwise
GRACE_SECONDS = 30.0  # for conversion; after that the worker process itself is taken to hang
_one_at_a_time = threading.Lock()  # papermill changes the folder of the whole process


class RenderError(RuntimeError):
    """A report that must not be delivered; the message names cell and cause in Indonesian."""


class KernelDiedError(RenderError):
    """The kernel was killed, by the report itself or by somebody else: worth another try."""


@dataclass(frozen=True)
class Result:
    """What a worker hands back: the PDF and the files beside it, or why there is none and how far it got."""

    job: Job
    started: datetime
    ended: datetime
    pdf: bytes = b""
    lampiran: dict[str, bytes] = field(default_factory=dict)
    salinan: bytes = b""  # the executed notebook; after a failure, for a look at the cell
    galat: str = ""
    ulangi: bool = False  # the report may be innocent of its failure

    @property
    def ok(self) -> bool:
        """Whether there is a report to deliver."""
        return not self.galat


def render(job: Job, seconds: float = SECONDS) -> Result:
    """Run one job. Never raises: what goes wrong is in `galat`."""
    started = datetime.now(UTC)
    with _one_at_a_time:
        made: dict[str, Any] = {}
        try:
            with tempfile.TemporaryDirectory(prefix="pantau-laporan-", dir=runtime()) as private:
                _make(job, Path(private), seconds, made)
        except Exception as error:
            died = isinstance(error, KernelDiedError)
            made = {"salinan": made.get("salinan", b""), "galat": cause(error), "ulangi": died}
    return Result(job, started, datetime.now(UTC), **made)


def _make(job: Job, private: Path, seconds: float, made: dict[str, Any]) -> None:
    from helpers.run import attachments  # and with it nbconvert and Typst, which the batch's own process does not need

    watched = Watched()
    with _deadline(seconds) as late:
        try:
            notebook = _execute(job, seconds, watched)
        except Exception as error:
            made["salinan"] = _without_machine(watched.notebook) if watched.notebook else b""
            if late.is_set():
                raise RenderError(f"Sel {watched.cell}: melewati batas {seconds:.0f} detik, dihentikan.") from error
            raise
        made["pdf"] = _export(notebook, job)
        made["lampiran"] = attachments.for_job(job.kode, job.parameters, private)
        made["salinan"] = _without_machine(notebook)


@dataclass
class Watched:
    """A notebook while it runs, and the code cell it is at, counted as papermill does in its own messages."""

    notebook: Any = None
    cell: int = 0

    def starts(self, notebook: Any) -> None:
        """Hook of nbclient."""
        self.notebook = notebook

    def runs(self, cell: Any, cell_index: int) -> None:
        """Hook of nbclient."""
        self.cell += cell.cell_type == "code"


@cache
def runtime() -> str:
    """A private folder of this process: kernels' sockets (a path has 107 bytes) and half-made files."""
    folder = tempfile.mkdtemp(prefix="pantau-")
    os.environ["JUPYTER_RUNTIME_DIR"] = folder
    os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = kernels.NAME
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def _deadline(seconds: float) -> Iterator[threading.Event]:
    """Kill the kernel after `seconds`, and this process if even that does not end the report."""
    late = threading.Event()

    def end_kernel() -> None:
        late.set()
        kernels.kill_all()

    timers = [threading.Timer(seconds, end_kernel), threading.Timer(seconds + GRACE_SECONDS, os._exit, (1,))]
    for timer in timers:
        timer.daemon = True
        timer.start()
    try:
        yield late
    finally:
        for timer in timers:
            timer.cancel()


def _execute(job: Job, seconds: float, watched: Watched) -> Any:
    """The executed notebook. RenderError if a cell failed or never ran, whatever papermill's metadata says."""
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    # Without a path of its own every kernel would listen at the same "kernel-ipc" in the working folder.
    sockets = Path(runtime()) / uuid4().hex[:8]
    source = root() / job.notebook
    known = _parameters_of(str(source), source.stat().st_mtime_ns)
    if unknown := sorted(set(job.parameters) - known):
        raise RenderError(f"Notebook {job.notebook.name} tidak mengenal parameter {', '.join(unknown)}.")
    try:
        notebook = papermill.execute_notebook(
            str(source),
            None,  # written by the batch, once the report stands
            job.parameters,
            progress_bar=False,
            cwd=str(root()),
            kernel_name="python3",
            execution_timeout=int(seconds) or 1,
            request_save_on_cell_execute=False,
            shutdown_kernel="immediate",  # its outputs are all here; a graceful end costs half a second
            on_notebook_start=watched.starts,
            on_cell_execute=watched.runs,
            config=Config({"KernelManager": {"transport": "ipc", "ip": str(sockets)}}),
        )
    except PapermillExecutionError as error:
        raise RenderError(f"Sel {error.exec_count}: {error.ename}: {error.evalue}") from error
    except RuntimeError as error:
        if "died" in str(error):
            raise KernelDiedError(
                f"Sel {watched.cell}: kernel mati (memori habis, dihentikan, atau mengakhiri dirinya)."
            ) from error
        raise
    if any(cell.cell_type == "code" and cell.execution_count is None for cell in notebook.cells):
        raise KernelDiedError(f"Sel {watched.cell}: kernel mati (memori habis, dihentikan, atau mengakhiri dirinya).")
    return notebook


@cache
def _parameters_of(path: str, changed: int) -> frozenset[str]:
    """Names that a notebook takes. `changed`: the file's time, so that an edited notebook is looked at again."""
    import papermill

    return frozenset(papermill.inspect_notebook(path))


@cache
def _exporter() -> Any:
    """Looked up once: nbconvert goes through every installed package for it. Its preprocessors are all off anyway."""
    from nbconvert.exporters import get_exporter

    return get_exporter("laporan")(default_preprocessors=[])


def _export(notebook: Any, job: Job) -> bytes:
    """The PDF, after checking that it names the office that was asked for."""
    from pypdf import PdfReader

    pdf, _ = _exporter().from_notebook_node(notebook)
    info = PdfReader(io.BytesIO(pdf)).metadata
    keywords = str(info.get("/Keywords", "")) if info else ""
    if job.mark not in [word.strip() for word in keywords.split(",")]:
        raise RenderError(f"PDF menyebut {keywords!r}, bukan {job.mark}; tidak dikirim.")
    return bytes(pdf)


def _without_machine(notebook: Any) -> bytes:
    """The executed notebook as JSON, without the paths of the machine that ran it."""
    import nbformat

    for key in ("input_path", "output_path"):
        notebook.metadata.get("papermill", {}).pop(key, None)
    return nbformat.writes(notebook).encode()


def cause(error: BaseException) -> str:
    """One line that says what went wrong, numbers of persons masked; for what nobody foresaw, with the place in the code."""
    return re.sub(r"\d{12,}", "…", _cause(error))


def _cause(error: BaseException) -> str:
    if isinstance(error, OSError):
        return refusal(error)
    if type(error).__module__.startswith("helpers."):
        return " ".join(str(error).split())
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({Path(place[0].filename).name}:{place[0].lineno})" if place else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())}{where}"
