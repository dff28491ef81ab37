"""Render jobs: papermill runs the notebook in a folder of its own, the exporter makes the PDF, checks deliver it.

Several processes, one report at a time in each. A report that fails leaves the others alone. The ledger is written
by the parent alone, after the PDF stands at its place and names the office that was asked for.
"""

import atexit
import hashlib
import os
import shutil
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import uuid4

from helpers.campaign import build, root
from helpers.run.delivery import alone, write_atomically
from helpers.run.jobs import Job
from helpers.run.ledger import Entry, Ledger

CELL_SECONDS = 120
OFFICE_FILES = ("ringkasan_wa.txt", "ringkasan_wa.png", "daftar_tindak_lanjut.xlsx")
ATTACHMENTS = (*OFFICE_FILES, "log_kendala.xlsx")
MAX_ATTEMPTS = 2  # of a job whose worker process died under it; a report that raises is not tried again


class RenderError(RuntimeError):
    """A report that must not be delivered; the message names cell and cause in Indonesian."""


@dataclass(frozen=True)
class Result:
    """What a worker hands back: the PDF's hash, or why there is none."""

    job: Job
    started: datetime
    ended: datetime
    sidik: str = ""
    galat: str = ""

    @property
    def ok(self) -> bool:
        """Whether the PDF was delivered."""
        return not self.galat


def run(
    jobs: list[Job],
    folder: Path,
    workers: int | None = None,
    on_done: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """Render all jobs into `folder`; `on_done` is called in this process as each ends. Never raises for one report."""
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        return _run(jobs, folder, workers, on_done)


def _run(jobs: list[Job], folder: Path, workers: int | None, on_done: Callable[[Result], None]) -> list[Result]:
    ledger = Ledger(folder)
    results: list[Result] = []
    left = {job.kode: job for job in jobs}
    for attempt in range(1, MAX_ATTEMPTS + 1):
        # A second round renders one at a time, so that whoever kills its worker takes no other report along.
        # One more worker than cores: a report waits for its kernel about a fifth of the time.
        size = min(workers or (os.cpu_count() or 1) + 1, len(left)) if attempt == 1 else 1
        for result in _round(list(left.values()), folder, size, attempt == MAX_ATTEMPTS):
            left.pop(result.job.kode)
            ledger.add(_entry(result, ledger))
            results.append(result)
            on_done(result)
        if not left:
            break
    return results


def _round(jobs: list[Job], folder: Path, size: int, final: bool) -> Iterable[Result]:
    """Results of one pass; a job whose process died yields nothing unless this pass is final."""
    groups = [[job] for job in jobs] if final and size == 1 else [jobs]
    for group in groups:
        with ProcessPoolExecutor(max(size, 1), mp_context=get_context("spawn"), initializer=_prepare_worker) as pool:
            waiting: dict[Future[Result], Job] = {pool.submit(render, job, folder): job for job in group}
            for future in as_completed(waiting):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    if final:
                        now = datetime.now(UTC)
                        yield Result(
                            waiting[future], now, now, galat="Proses perender mati (memori habis atau dihentikan)."
                        )


def _entry(result: Result, ledger: Ledger) -> Entry:
    job = result.job
    return Entry(
        pekerjaan=job.kode,
        opd=job.opd,
        status="selesai" if result.ok else "gagal",
        mulai=result.started.isoformat(timespec="milliseconds"),
        selesai=result.ended.isoformat(timespec="milliseconds"),
        detik=round((result.ended - result.started).total_seconds(), 3),
        percobaan=ledger.attempts(job.kode) + 1,
        tanggal_data=job.parameters["tanggal_data"],
        versi_data=job.parameters["versi_data"],
        berkas=job.pdf if result.ok else "",
        sidik=result.sidik,
        galat=result.galat,
    )


def _prepare_worker() -> None:
    """Sockets of this worker's kernels lie in a private folder with a short path (a socket's limit is 107 bytes)."""
    runtime = tempfile.mkdtemp(prefix="pantau-")
    os.environ["JUPYTER_RUNTIME_DIR"] = runtime
    tempfile.tempdir = runtime  # private folders of reports too: gone with the worker
    threading.Thread(target=_end_with, args=(os.getppid(), runtime), daemon=True).start()
    atexit.register(shutil.rmtree, runtime, ignore_errors=True)
    # Kernels inherit stderr and chat there; what matters comes back as a Result.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    # Imported once per worker, not once per report.
    import nbconvert.exporters  # noqa: F401
    import papermill  # noqa: F401


def _end_with(parent: int, runtime: str) -> None:
    """A worker whose batch was killed ends too, and leaves no half-made file with names behind."""
    while os.getppid() == parent:
        time.sleep(1)
    shutil.rmtree(runtime, ignore_errors=True)
    os._exit(1)


def render(job: Job, folder: Path) -> Result:
    """Run one job from notebook to delivered files. Every failure comes back as a Result with its cause."""
    started = datetime.now(UTC)
    try:
        with tempfile.TemporaryDirectory(prefix="pantau-laporan-") as private:
            copy = Path(private) / "laporan.ipynb"
            try:
                notebook = _execute(job, copy)
            except RenderError:
                if copy.is_file():  # for a look at the cell that failed
                    write_atomically(folder / job.salinan, copy.read_bytes())
                raise
            pdf = _export(notebook, job)
            extras = _attachments(job, Path(private))
            write_atomically(folder / job.salinan, _without_machine(notebook))
            _drop(job, folder, set(ATTACHMENTS) - set(extras))
            for name, content in extras.items():
                write_atomically(folder / Path(job.pdf).parent / name, content)
            write_atomically(folder / job.pdf, pdf)  # last: a PDF in place means the whole report is
        return Result(job, started, datetime.now(UTC), sidik=hashlib.sha256(pdf).hexdigest())
    except Exception as error:
        # Older files must not pass for this run's.
        _drop(job, folder, {Path(job.pdf).name, *ATTACHMENTS})
        return Result(job, started, datetime.now(UTC), galat=_cause(error))


def _drop(job: Job, folder: Path, names: set[str]) -> None:
    """Remove files of this job that are no longer true: a list of names outlives the nominatif that it came from."""
    own = ("log_kendala.xlsx",) if job.kode == "log_kendala" else OFFICE_FILES if job.opd else ()
    with suppress(OSError):
        for name in names & {*own, Path(job.pdf).name}:
            (folder / Path(job.pdf).parent / name).unlink(missing_ok=True)


def _execute(job: Job, copy: Path) -> Any:
    """The executed notebook. RenderError if a cell failed or never ran, whatever papermill's metadata says."""
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    # Without a path of its own every kernel would listen at the same "kernel-ipc" in the working folder.
    sockets = Path(os.environ["JUPYTER_RUNTIME_DIR"]) / uuid4().hex[:8]
    known = papermill.inspect_notebook(str(job.notebook))
    if unknown := sorted(set(job.parameters) - set(known)):
        raise RenderError(f"Notebook {job.notebook.name} tidak mengenal parameter {', '.join(unknown)}.")
    try:
        papermill.execute_notebook(
            str(job.notebook),
            str(copy),
            job.parameters,
            progress_bar=False,
            cwd=str(root()),
            kernel_name="python3",
            execution_timeout=CELL_SECONDS,
            request_save_on_cell_execute=False,
            config=Config({"KernelManager": {"transport": "ipc", "ip": str(sockets)}}),
        )
    except PapermillExecutionError as error:
        raise RenderError(f"Sel {error.exec_count}: {error.ename}: {error.evalue}") from error
    notebook = nbformat.read(copy, as_version=4)
    for at, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and cell.execution_count is None:
            raise RenderError(f"Sel {at + 1} tidak dijalankan: kernel mati (memori habis atau dihentikan).")
    return notebook


def _export(notebook: Any, job: Job) -> bytes:
    """The PDF, after checking that it names the office that was asked for."""
    import io

    from nbconvert.exporters import get_exporter
    from pypdf import PdfReader

    pdf, _ = get_exporter("laporan")().from_notebook_node(notebook)
    info = PdfReader(io.BytesIO(pdf)).metadata
    keywords = str(info.get("/Keywords", "")) if info else ""
    if job.mark not in [word.strip() for word in keywords.split(",")]:
        raise RenderError(f"PDF menyebut {keywords!r}, bukan {job.mark}; tidak dikirim.")
    return pdf


def _attachments(job: Job, private: Path) -> dict[str, bytes]:
    """The files beside the PDF: the log's workbook, an office's message, card and follow-up list."""
    from helpers.run import attachments

    kampanye = build({key: value for key, value in job.parameters.items() if key != "opd"})
    if job.kode == "log_kendala":
        return attachments.for_log(kampanye, private)
    return attachments.for_office(kampanye, job.opd, private) if job.opd else {}


def _without_machine(notebook: Any) -> bytes:
    """The executed notebook as JSON, without the paths of the machine that ran it."""
    import nbformat

    for key in ("input_path", "output_path"):
        notebook.metadata.get("papermill", {}).pop(key, None)
    return nbformat.writes(notebook).encode()


def _cause(error: Exception) -> str:
    """One line that says what went wrong; for what nobody foresaw, with the place in the code."""
    if isinstance(error, RenderError) or type(error).__module__.startswith("helpers."):
        return " ".join(str(error).split())
    if isinstance(error, OSError):
        what = "izin ditolak" if isinstance(error, PermissionError) else f"sistem berkas menolak ({error.errno})"
        return f"Tidak dapat menulis {error.filename or 'berkas laporan'}: {what}."
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {' '.join(str(error).split())} ({Path(place.filename).name}:{place.lineno})"
