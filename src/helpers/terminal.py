"""What the command line says: tables, one sentence for every mistake with its exit code, wrong use included.

Which command does what is left to cli.py.
"""

import atexit
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.console import Console
from typer import rich_utils

if TYPE_CHECKING:
    import pandas as pd

    from helpers.campaign import Campaign
    from helpers.intake.proofs import Proofs
    from helpers.intake.submission import Submission
    from helpers.run.batch import Progress
    from helpers.run.delivery import Folder

UsageError: Any = typer.BadParameter.__base__  # Typer keeps its own copy of Click
WRONG_USE, FAILED, INTERRUPTED = 2, 1, 130
LISTED = 20  # lines of a kind on the screen
# A pipe has no width; tables must not be cut to 80 columns there.
out = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
err = Console(stderr=True, highlight=False)


@contextmanager
def sentences() -> Iterator[None]:
    """What went wrong as one sentence and an exit code instead of a traceback."""
    from helpers.campaign import CampaignError
    from helpers.run.delivery import BusyError, TargetError, refusal
    from helpers.store import StoreError

    try:
        yield
    except CampaignError as error:
        stop(str(error), WRONG_USE)
    except StoreError as error:
        stop(str(error), FAILED)
    except BusyError as error:
        stop(str(error), FAILED)
    except TargetError as error:
        stop(str(error), WRONG_USE)
    except OSError as error:
        stop(f"{refusal(error)} Periksa jalur, izin, dan ruang disk.", FAILED)


def stop(sentence: str, code: int) -> NoReturn:
    """Say what is wrong and end with an exit code."""
    err.print(sentence, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


def count(value: int | None) -> str:
    """A number as a person writes it."""
    from helpers.wording import number

    return number(value)


def tell_as_json(submission: "Submission") -> None:
    """One JSON object for each office and day of a file."""
    from helpers.intake.outcome import as_json, outcomes

    for outcome in outcomes(submission):
        print(as_json(outcome))


def receive_showing(
    kampanye: "Campaign",
    paths: list[Path],
    inbox: Path | None,
    now: datetime,
    keep: bool = True,
    show: "Callable[[Submission], None] | None" = None,
) -> "list[Submission]":
    """Take files in, with a progress bar on a terminal; `show` is told of each as it is done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from helpers.intake.receive import inbox_files, receive

    files = inbox_files(paths)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("Memeriksa kiriman", total=len(files))

        def step(submission: "Submission") -> None:
            progress.update(task, advance=1, description=f"Memeriksa {submission.berkas[:30]:<30}")
            if show:
                show(submission)

        return receive(files, kampanye, now, inbox, step, keep)


def tell_received(submissions: "list[Submission]", written: list[Path], trial: bool = False) -> None:
    """A table of what was taken in or refused, and the findings; `written`: the feedback of each submission."""
    from rich.markup import escape
    from rich.table import Table

    from helpers.wording import medium_day

    table = Table(title="Kiriman", title_justify="left")
    for heading in ("Berkas", "Hasil", "OPD", "Tanggal data"):
        table.add_column(heading)
    for heading in ("Jumlah", "Berhasil", "Peringatan"):
        table.add_column(heading, justify="right")
    for s in submissions:
        result = "sudah ada" if s.lama else s.hasil
        offices = s.opd[0] if len(s.opd) == 1 else f"{len(s.opd)} OPD" if s.opd else "–"
        style = "red" if s.hasil == "ditolak" else ""
        row = [s.berkas, result, offices, medium_day(s.tanggal_data), count(s.jumlah), count(s.total("berhasil"))]
        if s.ringkas:
            row[2:] = ["log kendala", row[3], "–", "–"]
        elif not s.opd and any(s.wilayah):  # families, of no office
            row[2:] = [s.of_places(), row[3], "–", "–"]
        table.add_row(*map(escape, row), count(s.temuan.count("peringatan")), style=style)
    out.print(table)
    for at, s in enumerate(submissions):
        if s.ringkas and s.hasil == "diterima":
            out.print(f"{s.ringkas}.", markup=False, soft_wrap=True)
        found = [f for f in s.temuan if f.tingkat == "tolak"] or [f for f in s.temuan if f.tingkat == "peringatan"]
        for finding in found[:5]:
            style = "red" if finding.tingkat == "tolak" else "yellow"
            out.print(f"{s.berkas}: {finding}", style=style, markup=False, soft_wrap=True)
        if len(found) > 5:
            where = f" di {written[at]}" if written else ""
            out.print(f"{s.berkas}: dan {count(len(found) - 5)} temuan lagi{where}.", markup=False, soft_wrap=True)
    new = sum(s.hasil == "diterima" and not s.lama for s in submissions)
    old = sum(s.lama for s in submissions)
    refused = sum(s.hasil == "ditolak" for s in submissions)
    out.print(f"Diterima {count(new)}, sudah ada {count(old)}, ditolak {count(refused)}.")
    if trial:
        out.print("Hanya diperiksa; tidak ada yang disimpan.")
    if written:
        shown = str(written[0].parent).removeprefix(f"{Path.cwd()}/")
        out.print(f"Umpan balik tiap berkas: {shown}", markup=False, soft_wrap=True)


def tell_aside(paths: list[Path]) -> None:
    """Which forms were put aside because somebody may have filled them in."""
    for path in paths[:LISTED]:
        out.print(f"Formulir yang sudah ada disimpan sebagai {path.name}.", markup=False, soft_wrap=True)
    if len(paths) > LISTED:
        out.print(f"Dan {count(len(paths) - LISTED)} formulir lain disimpan dengan akhiran _lama.")


def tell_proofs(kampanye: "Campaign", opd: str, people: "pd.DataFrame", proofs: "Proofs") -> None:
    """What a folder of proofs holds, for the office itself: found, without, unclear, unreadable, shared."""
    from helpers.wording import join

    by_nip = people.drop_duplicates("nip").set_index("nip")
    name = by_nip["nama"].to_dict()
    done = by_nip["status"].eq("Berhasil")
    without = done & done.index.isin(proofs.tanpa)
    out.print(
        f"{opd}: bukti ditemukan untuk {count(len(proofs.ada))} dari {count(len(by_nip))} {kampanye.orang}; "
        f"{count(int(without.sum()))} berstatus Berhasil tanpa berkas bukti di folder ini.",
        soft_wrap=True,
    )
    early = [name[nip] for nip in proofs.ada if not done[nip]]
    _list("Ada bukti, status bukan Berhasil (status tidak diubah)", early)
    _list("Dicocokkan lewat nama; periksa", [f"{file} → {name[nip]}" for file, nip in proofs.lewat_nama.items()])
    _list(
        "Bukti yang sama; wajar bila satu keluarga",
        [join(name[nip] for nip in nips) for nips in proofs.bersama.values()],
    )
    _list("Bukti kedua dan seterusnya, tidak dipakai", [f"{file} ({name[n]})" for file, n in proofs.cadangan.items()])
    maybe = [f"{f.berkas}: {f.alasan}{f'; mungkin {join(f.calon)}' if f.calon else ''}" for f in proofs.asing]
    _list("Belum tercocokkan", maybe)
    _list("Bukan bukti yang dapat dibaca", [f"{file}: {why}" for file, why in proofs.rusak.items()])


def _list(title: str, lines: list[str]) -> None:
    if not lines:
        return
    out.print(f"{title} ({count(len(lines))}):", markup=False, soft_wrap=True)
    for line in lines[:LISTED]:
        out.print(f"  {line}", markup=False, soft_wrap=True)
    if len(lines) > LISTED:
        out.print(f"  dan {count(len(lines) - LISTED)} lagi.")


@contextmanager
def showing_progress() -> "Iterator[Callable[[Progress], None]]":
    """A display that follows a batch: bars on a terminal, plain lines elsewhere; failures as they come."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    from helpers.wording import duration

    columns = (
        TextColumn("Menyusun"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[ket]}"),
    )
    with Bars(*columns, console=err, disable=not err.is_terminal) as bars:
        task = bars.add_task("", total=None, ket="")
        told = [0, 0]  # reports that ended, failures, as last said

        def show(progress: "Progress") -> None:
            left = f"sisa {duration(progress.sisa_detik)}" if progress.tuntas < progress.jumlah else ""
            running = ", ".join(code.removeprefix("opd/") for code in progress.berjalan)
            failed = f"{count(len(progress.gagal))} gagal" if progress.gagal else ""
            note = " · ".join(part for part in (left, failed, running) if part)
            bars.update(task, total=progress.jumlah, completed=progress.tuntas, ket=note)
            for job, why in progress.gagal[told[1] :]:
                err.print(f"{job.kode} gagal: {why}", style="red", markup=False, soft_wrap=True)
            due = progress.tuntas // 10 > told[0] // 10 or progress.tuntas == progress.jumlah > told[0]
            if not err.is_terminal and due:
                rest = f", {left}" if left else ""
                err.print(f"{count(progress.tuntas)} dari {count(progress.jumlah)} laporan{rest}", soft_wrap=True)
            told[:] = progress.tuntas, len(progress.gagal)

        yield show


def tell_rendered(progress: "Progress", seconds: float) -> None:
    """What a batch did, in a line or two."""
    kept = f"; {count(progress.tetap)} tetap karena tidak berubah" if progress.tetap else ""
    out.print(
        f"{count(len(progress.selesai))} dari {count(progress.jumlah)} laporan terbit dalam {seconds:.0f} detik{kept}."
    )
    for name in progress.disimpan:
        out.print(f"Berkas yang sudah disunting disimpan sebagai {name}.", markup=False, soft_wrap=True)


def tell_page(folder: "Folder", page: str) -> None:
    """Which page to open first."""
    shown = f"{folder}/{page}".removeprefix(f"{Path.cwd()}/")
    out.print(f"Buka dulu: {shown}", markup=False, soft_wrap=True)


def run(app: typer.Typer) -> NoReturn:
    """Run the commands; wrong use is one Indonesian sentence as well."""
    for name, title in {"COMMANDS": "Perintah", "OPTIONS": "Pilihan", "ARGUMENTS": "Argumen"}.items():
        setattr(rich_utils, f"{name}_PANEL_TITLE", title)
    try:
        code = app(standalone_mode=False)
    except UsageError as error:
        what = {"NoSuchOption": "Pilihan", "BadParameter": "Nilai pilihan", "MissingParameter": "Argumen"}
        given = getattr(error, "option_name", "") or getattr(getattr(error, "param", None), "name", "") or ""
        subject = what.get(type(error).__name__, "Perintah")
        err.print(f"{subject} {given} tidak dikenal atau salah; lihat `pantau --help`.".replace("  ", " "), style="red")
        code = WRONG_USE
    except typer.Abort:
        code = FAILED
    if code == INTERRUPTED:
        err.print(
            "Dihentikan. Yang sudah selesai tetap ada; jalankan perintah yang sama untuk sisanya.", soft_wrap=True
        )
    if code:
        # After an error Arrow's threads may still be reading; ending the interpreter under them aborts the process.
        sys.stdout.flush()
        sys.stderr.flush()
        atexit._run_exitfuncs()
        os._exit(code)
    sys.exit(0)
