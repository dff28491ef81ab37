"""Commands about reports: rendering what changed, the state of things."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from helpers.cli.app import PARAMS, Params, app, load
from helpers.cli.rendering import pool, render, report_folder
from helpers.terminal import (
    FAILED,
    count,
    out,
    receive_showing,
    sentences,
    tell_received,
)


@app.command()
def laporan(
    params: Params = PARAMS,
    tanggal: Annotated[str | None, typer.Option(help="Tanggal data, misalnya 2020-03-17.")] = None,
    opd: Annotated[
        list[str] | None, typer.Option(help="Kode OPD; boleh diulang. Tanpa ini: kota, log, semua OPD.")
    ] = None,
    hanya_gagal: Annotated[bool, typer.Option("--hanya-gagal", help="Hanya yang gagal atau belum terbit.")] = False,
    paksa: Annotated[bool, typer.Option("--paksa", help="Semua, juga yang tidak berubah.")] = False,
    pekerja: Annotated[int | None, typer.Option(min=1, help="Jumlah proses; tanpa ini: dua kali jumlah inti.")] = None,
    dask: Annotated[str | None, typer.Option(help="Alamat penjadwal Dask, misalnya tcp://10.0.0.5:8786.")] = None,
    batas: Annotated[float, typer.Option(min=1, help="Batas waktu satu notebook, detik.")] = 120,
    kernel_biasa: Annotated[bool, typer.Option("--kernel-biasa", help="Tanpa kernel hangat.")] = False,
    keluar: Annotated[str, typer.Option(help="Folder laporan, atau alamat seperti s3://wadah/laporan.")] = "reports",
) -> None:
    """Menyusun laporan yang berubah: PDF kota, log kendala, tiap OPD, dan halaman index.html."""
    with sentences():
        from helpers import store
        from helpers.run import batch, jobs

        kampanye = load(params, **({"tanggal_data": tanggal} if tanggal else {}))
        inbox = kampanye.path(kampanye.masuk)
        if inbox.is_file():
            tell_received(receive_showing(kampanye, [inbox], None, datetime.now(UTC)), [])
        versi = kampanye.versi_data or store.version(kampanye.path(kampanye.simpan))
        folder = report_folder(kampanye, keluar)
        planned = jobs.plan(kampanye, versi, opd)
        with folder.alone():
            if hanya_gagal:
                due = batch.failed_last(planned, folder)
            else:
                due = planned if paksa else batch.outdated(planned, folder)
            waiting = len(batch.outdated(planned, folder)) - len(due) if hanya_gagal else 0
            if waiting > 0:
                out.print(f"{count(waiting)} laporan lain juga perlu disusun; jalankan `pantau laporan`.")
            with_pool = pool(dask, pekerja, kernel_biasa)
            failed = render(kampanye, due, len(planned) - len(due), folder, versi, with_pool, batas)
    if failed:
        raise typer.Exit(FAILED)


@app.command()
def status(
    params: Params = PARAMS,
    tanggal: Annotated[str | None, typer.Option(help="Tanggal data, misalnya 2020-03-17.")] = None,
    keluar: Annotated[str, typer.Option(help="Folder laporan.")] = "reports",
) -> None:
    """Siapa yang sudah melapor dan laporan mana yang sudah terbit."""
    with sentences():
        from helpers import store
        from helpers.measures import coverage, rates
        from helpers.run import batch, jobs
        from helpers.run.ledger import Ledger
        from helpers.wording import day, join, percent

        kampanye = load(params, **({"tanggal_data": tanggal} if tanggal else {}))
        data = store.read(kampanye)
        posisi = rates.position(data, kampanye)
        reported = coverage.reporting(posisi)
        out.print(f"Data sampai {day(kampanye.tanggal_data)}, versi data {count(data.versi)}.")
        silent = f" Belum: {join(reported['belum_lapor'])}." if reported["belum_lapor"] else ""
        out.print(
            f"Melapor: {count(reported['unit_lapor'])} dari {count(reported['unit'])} {kampanye.unit} "
            f"({percent(reported['tingkat'])}).{silent}",
            soft_wrap=True,
        )
        folder = report_folder(kampanye, keluar)
        planned = jobs.plan(kampanye, data.versi)
        last = Ledger(folder).last()
        failed = sorted(job.kode for job in planned if job.kode in last and last[job.kode].status == "gagal")
        due = [job for job in batch.outdated(planned, folder) if job.kode not in failed]
        standing = len(planned) - len(due) - len(failed)
        out.print(
            f"Laporan terbit dan mutakhir: {count(standing)} dari {count(len(planned))}; "
            f"gagal: {join(failed) or 'tidak ada'}."
        )
        if due or failed:
            out.print(f"{count(len(due) + len(failed))} laporan perlu disusun; jalankan `pantau laporan`.")
