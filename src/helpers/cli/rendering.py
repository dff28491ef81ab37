"""Rendering from the command line: where to, with which workers, and what is said about it."""

from typing import TYPE_CHECKING

from helpers.terminal import WRONG_USE, count, out, showing_progress, stop, tell_page, tell_rendered

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from helpers.campaign import Campaign
    from helpers.run.delivery import Folder
    from helpers.run.jobs import Job
    from helpers.run.pool import Opener


def render_changed(kampanye: "Campaign", keluar: str, seconds: float = 120) -> int:
    """Render what the data changed, as `pantau laporan` does without options. Returns how many reports failed."""
    from helpers import store
    from helpers.run import batch, jobs

    versi = store.version(kampanye.path(kampanye.simpan))
    folder = report_folder(kampanye, keluar)
    planned = jobs.plan(kampanye, versi, None)
    with folder.alone():
        due = batch.outdated(planned, folder)
        with_pool = pool(None, None, False)
        return render(kampanye, due, len(planned) - len(due), folder, versi, with_pool, seconds)


def report_folder(kampanye: "Campaign", keluar: str) -> "Folder":
    """Where the documents of the campaign's data date lie."""
    from helpers.run.delivery import folder_at

    if keluar.startswith("memory:"):
        stop(f"Tujuan {keluar} hilang bersama perintah ini; pakai folder atau alamat seperti s3://wadah.", WRONG_USE)
    return folder_at(keluar if "://" in keluar else kampanye.path(keluar), kampanye.tanggal_data.isoformat())


def pool(dask: str | None, workers: int | None, cold: bool) -> "AbstractContextManager[Opener]":
    """Where reports are rendered: a Dask cluster, else processes of this machine."""
    if dask:
        from helpers.run import cluster

        return cluster.dask(dask)
    from helpers.run import pool as own

    return own.local(workers, warm=not cold)


def render(
    kampanye: "Campaign",
    due: "list[Job]",
    kept: int,
    folder: "Folder",
    versi: int,
    with_pool: "AbstractContextManager[Opener]",
    seconds: float,
) -> int:
    """Render with a progress display, write index.html, say what to open. Returns how many reports failed."""
    from time import perf_counter

    from helpers.run import batch, summary

    started = perf_counter()
    if not due:
        # The page all the same: a batch that was killed may have left an older one.
        page = summary.write_index(kampanye, folder, versi)
        out.print(f"{count(kept)} laporan tetap seperti adanya; tidak ada yang disusun (versi data {count(versi)}).")
        tell_page(folder, page)
        return 0
    with showing_progress() as show, with_pool as opener:
        done = batch.run(due, folder, opener, seconds, kept, show)
    page = summary.write_index(kampanye, folder, versi)
    tell_rendered(done, perf_counter() - started)
    tell_page(folder, page)
    return len(done.gagal)
