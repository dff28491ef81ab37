"""`pantau`: the command line, thin. Reads the clock once, hands over, turns errors into one Indonesian sentence.

Heavy imports stand inside the commands, so that `pantau --help` answers at once.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.terminal import (
    FAILED,
    WRONG_USE,
    count,
    out,
    receive_showing,
    run,
    sentences,
    showing_progress,
    stop,
    tell_aside,
    tell_page,
    tell_proofs,
    tell_received,
    tell_rendered,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from helpers.campaign import Campaign
    from helpers.run.delivery import Folder
    from helpers.run.jobs import Job
    from helpers.run.pool import Opener

app = typer.Typer(
    help="Pantau SP Online: dari kiriman OPD sampai laporan evaluasi.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


Params = Annotated[Path, typer.Option(help="Berkas parameter kampanye.")]
PARAMS = Path("params/kota.yaml")
FormFolder = Annotated[Path, typer.Option(help="Folder formulir.")]
FORMS = Path("data/formulir")


def _campaign(params: Path, **changes: Any) -> "Campaign":
    from helpers import campaign

    path = params if params.is_absolute() or params.is_file() else campaign.root() / params
    return campaign.load(path, **changes)


@app.command()
def contoh(
    params: Params = PARAMS,
    benih: Annotated[int, typer.Option(help="Benih acak; benih sama, berkas sama.")] = 2020,
    bila_kosong: Annotated[bool, typer.Option("--bila-kosong", help="Hanya bila kotak masuk kosong.")] = False,
) -> None:
    """Membuat kiriman contoh (rekaan, bertanda DATA CONTOH) di kotak masuk."""
    with sentences():
        kampanye = _campaign(params)
        inbox = kampanye.path(kampanye.masuk)
        if inbox.is_file():
            out.print(f"Kampanye ini memakai data {kampanye.masuk}; contoh tidak diperlukan.")
            return
        from helpers import sample
        from helpers.intake.form import write_submission
        from helpers.intake.receive import inbox_files

        held = {path.name for path in inbox_files([inbox])} if inbox.is_dir() else set()
        if held and bila_kosong:
            out.print(f"{kampanye.masuk} sudah berisi {count(len(held))} berkas; contoh tidak dibuat.")
            return
        files = sample.invent(kampanye, benih)
        if foreign := held - {file.name for file in files}:
            name = sorted(foreign)[0]
            stop(f"{kampanye.masuk} memuat berkas lain ({name}); contoh tidak dicampur dengan kiriman OPD.", FAILED)
        for file in files:
            write_submission(inbox / file.name, kampanye, file.opd, file.as_of, file.tables, sample=True)
        out.print(f"{count(len(files))} kiriman contoh di {kampanye.masuk} (DATA CONTOH - BUKAN DATA RESMI).")


@app.command()
def formulir(
    params: Params = PARAMS,
    opd: Annotated[list[str] | None, typer.Option(help="Kode OPD; boleh diulang. Tanpa ini: semua.")] = None,
    keluar: FormFolder = FORMS,
    kosong: Annotated[bool, typer.Option("--kosong", help="Tanpa daftar nama dari kiriman terakhir.")] = False,
) -> None:
    """Membuat formulir tiap OPD, berisi daftar nama dari kiriman terakhirnya."""
    with sentences():
        from helpers.intake import roster

        kampanye = _campaign(params)
        codes = opd or kampanye.units["kode"].tolist()
        starts = {code: roster.Start() for code in codes} if kosong else roster.newest(kampanye, codes)
        folder = kampanye.path(str(keluar))
        aside = [roster.put_form(folder / f"{code}_formulir.xlsx", kampanye, code, starts[code]) for code in codes]
        filled = sum(not start.people.empty for start in starts.values())
        note = f"; {count(filled)} berisi daftar nama dari kiriman terakhir" if filled else ""
        out.print(f"{count(len(codes))} formulir di {keluar}{note}.")
        tell_aside([path for path in aside if path])


@app.command()
def bukti(
    folder: Annotated[Path, typer.Argument(help="Folder berkas bukti satu OPD.")],
    params: Params = PARAMS,
    opd: Annotated[str | None, typer.Option(help="Kode OPD; tanpa ini: dari nama folder.")] = None,
    formulir: Annotated[Path | None, typer.Option(help="Formulir berisi nominatif; tanpa ini: simpanan.")] = None,
    keluar: FormFolder = FORMS,
) -> None:
    """Mencocokkan berkas bukti dengan NIP dan mencatatnya pada formulir OPD; berkasnya tidak disalin."""
    with sentences():
        from helpers.intake import roster
        from helpers.intake.proofs import find_proofs

        kampanye = _campaign(params)
        if not folder.is_dir():
            stop(f"Folder {folder} tidak ada; periksa jalurnya.", WRONG_USE)
        code, start = roster.for_proofs(kampanye, folder, opd, formulir, datetime.now(UTC))
        proofs = find_proofs(folder, start.people)
        target = kampanye.path(str(keluar)) / f"{code}_formulir.xlsx"
        aside = roster.put_form(target, kampanye, code, roster.with_proofs(start, proofs))
        tell_proofs(kampanye, code, start.people, proofs)
        out.print(f"Dicatat pada {keluar / target.name}.", markup=False, soft_wrap=True)
        tell_aside([aside] if aside else [])


@app.command()
def terima(
    berkas: Annotated[list[Path] | None, typer.Argument(help="Berkas atau folder; tanpa ini: kotak masuk.")] = None,
    params: Params = PARAMS,
) -> None:
    """Memeriksa kiriman, menerima atau menolaknya, dan menyimpan yang diterima."""
    with sentences():
        kampanye = _campaign(params)
        inbox = kampanye.path(kampanye.masuk)
        paths = [Path(p) for p in berkas] if berkas else [inbox]
        if missing := [p for p in paths if not p.exists()]:
            hint = (
                "jalankan `pantau contoh` atau salin kiriman OPD ke sana" if missing == [inbox] else "periksa jalurnya"
            )
            stop(f"{missing[0]} tidak ada; {hint}.", FAILED)
        submissions = receive_showing(kampanye, paths, None if berkas else inbox, datetime.now(UTC))
        if not submissions:
            stop(f"{paths[0]} kosong; salin kiriman OPD (.xlsx atau .csv) ke sana.", FAILED)
        tell_received(kampanye, submissions)
        if all(s.hasil == "ditolak" for s in submissions):
            raise typer.Exit(FAILED)


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

        kampanye = _campaign(params, **({"tanggal_data": tanggal} if tanggal else {}))
        inbox = kampanye.path(kampanye.masuk)
        if inbox.is_file():
            tell_received(kampanye, receive_showing(kampanye, [inbox], None, datetime.now(UTC)))
        versi = kampanye.versi_data or store.version(kampanye.path(kampanye.simpan))
        folder = _folder(kampanye, keluar)
        planned = jobs.plan(kampanye, versi, opd)
        with folder.alone():
            if hanya_gagal:
                due = batch.failed_last(planned, folder)
            else:
                due = planned if paksa else batch.outdated(planned, folder)
            waiting = len(batch.outdated(planned, folder)) - len(due) if hanya_gagal else 0
            if waiting > 0:
                out.print(f"{count(waiting)} laporan lain juga perlu disusun; jalankan `pantau laporan`.")
            with_pool = _pool(dask, pekerja, kernel_biasa)
            failed = _render(kampanye, due, len(planned) - len(due), folder, versi, with_pool, batas)
    if failed:
        raise typer.Exit(FAILED)


def _folder(kampanye: "Campaign", keluar: str) -> "Folder":
    """Where the documents of the campaign's data date lie."""
    from helpers.run.delivery import folder_at

    if keluar.startswith("memory:"):
        stop(f"Tujuan {keluar} hilang bersama perintah ini; pakai folder atau alamat seperti s3://wadah.", WRONG_USE)
    return folder_at(keluar if "://" in keluar else kampanye.path(keluar), kampanye.tanggal_data.isoformat())


def _pool(dask: str | None, workers: int | None, cold: bool) -> "AbstractContextManager[Opener]":
    if dask:
        from helpers.run import cluster

        return cluster.dask(dask)
    from helpers.run import pool

    return pool.local(workers, warm=not cold)


def _render(
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

        kampanye = _campaign(params, **({"tanggal_data": tanggal} if tanggal else {}))
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
        folder = _folder(kampanye, keluar)
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


@app.command()
def lab() -> None:
    """Membuka JupyterLab berbahasa Indonesia pada folder notebooks (hanya dari komputer ini)."""
    import json

    from helpers.campaign import root

    settings = Path(sys.prefix) / "share/jupyter/lab/settings"
    settings.mkdir(parents=True, exist_ok=True)
    language = {
        "@jupyterlab/translation-extension:plugin": {"locale": "id_ID"},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    (settings / "overrides.json").write_text(json.dumps(language), encoding="utf-8")
    folder = str(root() / "notebooks")
    os.execv(
        sys.executable,
        [sys.executable, "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={folder}"],
    )


def main() -> None:
    """Entry point of `pantau`."""
    run(app)


if __name__ == "__main__":
    main()
