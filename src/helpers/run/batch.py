"""A batch: renders what has changed, delivers it, keeps the ledger, tells how far it is.

This process alone writes, and a report's ledger line comes last: whenever a batch is killed, what stands is whole
and the next one does the rest. A report that fails leaves the others alone.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter

from helpers.run.delivery import Folder
from helpers.run.jobs import Job
from helpers.run.ledger import Entry, Ledger
from helpers.run.pool import Opener, results
from helpers.run.render import SECONDS, Result, cause

OFFICE_FILES = (
    "ringkasan_wa.txt",
    "ringkasan_wa.png",
    "teks_apel.txt",
    "teks_media_sosial.txt",
    "rencana_harian.pdf",
    "daftar_tindak_lanjut.xlsx",
)
CITY_FILES = {
    "laporan_kota": ("nota_dinas.pdf", "rapat.pdf", "notulen.docx", "ringkasan_wa.txt", "ringkasan_wa.png"),
    "log_kendala": ("log_kendala.xlsx",),
}


@dataclass
class Progress:
    """How far a batch is; handed to `on_progress` whenever a report starts or ends."""

    jumlah: int  # reports to render
    tetap: int  # reports that stand as they are
    berjalan: list[str] = field(default_factory=list)
    selesai: list[Job] = field(default_factory=list)
    gagal: list[tuple[Job, str]] = field(default_factory=list)
    disimpan: list[str] = field(default_factory=list)  # files that somebody had edited, under their new names
    mulai: float = field(default_factory=perf_counter)

    @property
    def tuntas(self) -> int:
        """Reports that ended, well or not."""
        return len(self.selesai) + len(self.gagal)

    @property
    def sisa_detik(self) -> float | None:
        """Seconds left at the pace so far; None before the first report has ended."""
        left = self.jumlah - self.tuntas
        return (perf_counter() - self.mulai) / self.tuntas * left if self.tuntas else None


def outdated(jobs: list[Job], folder: Folder) -> list[Job]:
    """Jobs whose report is missing, failed, changed by hand, or made from something else than it would be now."""
    last = Ledger(folder).last()
    return [job for job in jobs if not (job.kode in last and last[job.kode].stands(folder, job.kunci))]


def failed_last(jobs: list[Job], folder: Folder) -> list[Job]:
    """Jobs that failed or never ended the last time, or whose files have vanished since; old ones are left alone."""
    last = Ledger(folder).last()
    return [job for job in jobs if not ((done := last.get(job.kode)) and done.stands(folder, done.kunci))]


def run(
    jobs: list[Job],
    folder: Folder,
    pool: Opener,
    seconds: float = SECONDS,
    kept: int = 0,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Progress:
    """Render all `jobs` into `folder`, which the caller holds alone. Never raises for one report.

    `on_progress` is called in this process whenever a report starts or ends.
    """
    ledger = Ledger(folder)
    progress = Progress(len(jobs), kept)

    def started(job: Job) -> None:
        progress.berjalan.append(job.kode)
        on_progress(progress)

    on_progress(progress)
    for result in results(jobs, pool, seconds, started) if jobs else ():
        job = result.job
        progress.berjalan.remove(job.kode)
        if result.ulangi:
            continue
        why = result.galat or _deliver(result, folder, ledger, progress)
        if why:
            _withdraw(result, folder, ledger, progress)
            progress.gagal.append((job, why))
        else:
            progress.selesai.append(job)
        _record(result, why, ledger)
        on_progress(progress)
    return progress


def _deliver(result: Result, folder: Folder, ledger: Ledger, progress: Progress) -> str:
    """Write the files, the PDF last. Returns why that failed, "" if it did not."""
    job = result.job
    try:
        for name in _names(job):
            content = result.lampiran.get(name.rsplit("/", 1)[-1])
            _put_aside(name, content, folder, ledger, progress)
            if content is None:
                folder.remove(name)  # a list of names must not outlive the nominatif that it came from
            else:
                folder.write(name, content)
        folder.write(job.salinan, result.salinan)
        folder.write(job.pdf, result.pdf)
    except OSError as error:
        return cause(error)
    return ""


def _put_aside(name: str, content: bytes | None, folder: Folder, ledger: Ledger, progress: Progress) -> None:
    """What the meeting has filled in, or anybody has edited, is kept under another name."""
    stem, dot, kind = name.rpartition(".")
    now = folder.read(name) if kind in ("xlsx", "docx") else None
    ours = ledger.made(name)
    if now is None or now == content or hashlib.sha256(now).hexdigest() in ours:
        return
    aside = next(
        f"{stem}.suntingan-{n}{dot}{kind}" for n in range(1, 1000) if not folder.has(f"{stem}.suntingan-{n}{dot}{kind}")
    )
    folder.write(aside, now)
    progress.disimpan.append(aside)


def _withdraw(result: Result, folder: Folder, ledger: Ledger, progress: Progress) -> None:
    """Older files must not pass for this run's, unless they were made from the very same. The notebook stays for a look."""
    job = result.job
    if any(entry.stands(folder, job.kunci) for entry in ledger.entries if entry.pekerjaan == job.kode):
        return
    with suppress(OSError):  # the disk that refused the report may refuse this too
        for name in _names(job):
            _put_aside(name, None, folder, ledger, progress)
            folder.remove(name)
        folder.remove(job.pdf)
        if result.salinan:
            folder.write(job.salinan, result.salinan)


def _names(job: Job) -> list[str]:
    """Files beside a job's PDF."""
    own = OFFICE_FILES if job.opd else CITY_FILES.get(job.kode, ())
    return [f"opd/{job.opd}/{name}" if job.opd else name for name in own]


def _record(result: Result, why: str, ledger: Ledger) -> None:
    job = result.job
    entry = Entry(
        pekerjaan=job.kode,
        opd=job.opd,
        status="gagal" if why else "selesai",
        mulai=result.started.isoformat(timespec="milliseconds"),
        selesai=result.ended.isoformat(timespec="milliseconds"),
        detik=round((result.ended - result.started).total_seconds(), 3),
        percobaan=ledger.attempts(job.kode) + 1,
        tanggal_data=job.parameters["tanggal_data"],
        versi_data=job.parameters["versi_data"],
        kunci=job.kunci,
        berkas="" if why else job.pdf,
        sidik="" if why else hashlib.sha256(result.pdf).hexdigest(),
        lampiran={}
        if why
        else {
            name: hashlib.sha256(result.lampiran[short]).hexdigest()
            for name in _names(job)
            if (short := name.rsplit("/", 1)[-1]) in result.lampiran
        },
        galat=why,
    )
    with suppress(OSError):  # without its line the report counts as not made; the next batch makes it again
        ledger.add(entry)
