"""mulai_di_sini.ipynb: ten minutes with invented data, from a workbook to a message.

Everything lies in data/tur and is thrown away at the next start; what offices have sent is never touched. A step that is run before
the one it needs says so in a sentence.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ipywidgets as widgets
from IPython.display import display

from helpers import sample, store
from helpers.campaign import Campaign, load, root
from helpers.intake.feedback import write_all
from helpers.intake.form import write_submission
from helpers.intake.receive import inbox_files, receive
from helpers.intake.submission import Submission
from helpers.lab import page
from helpers.lab.berkas import Unduh
from helpers.lab.capaian import Capaian
from helpers.lab.session import Session, report_folder
from helpers.report.blocks import STAMP
from helpers.sentence import Sentence
from helpers.wording import capitalize, number

HOME = "data/tur"
WRONG, OFFICE = "DINSOS_2020-03-17.xlsx", "DINKES"
MENDED = ("Status", "Entah", "Berhasil")  # column, what stands there wrongly, what is meant
DOCUMENTS = {"laporan_kota": "Laporan kota", f"opd/{OFFICE}": "Laporan Dinas Kesehatan"}
HANDED_OUT = {
    "laporan_kota.pdf": "Wakil Wali Kota",
    "ringkasan_wa.txt dan .png": "grup WhatsApp kota",
    f"opd/{OFFICE}/laporan.pdf": "Dinas Kesehatan",
    f"opd/{OFFICE}/rencana_harian.pdf": "Dinas Kesehatan, untuk ditempel",
    f"opd/{OFFICE}/daftar_tindak_lanjut.xlsx": "hanya pengelola di Dinas Kesehatan, karena memuat nama",
}

Made = list[widgets.Widget]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STOPPED = "Langkah ini dihentikan. Jalankan sel itu lagi; yang sudah selesai sebelumnya tetap ada."
UNEXPECTED = (
    "Langkah ini tidak selesai ({jenis}). Mungkin tur ini sedang dijalankan juga di jendela lain; jalankan lagi mulai dari langkah 1. "
    "Bila tetap begitu, beri tahu pengelola program."
)


class Stopped(Sentence):
    """Somebody pressed stop. An exception, so that the cells that wait stop too."""


def _step(make: Callable[[], Made]) -> Callable[[], widgets.Widget]:
    """A step gives what it shows; what goes wrong is a sentence. Stopped where somebody stopped it."""

    @wraps(make)
    def run() -> widgets.Widget:
        notice = page.Notice()
        shown: Made = []
        try:
            with page.sentences(notice, UNEXPECTED):
                shown = make()
        except KeyboardInterrupt:
            raise Stopped(STOPPED) from None
        return widgets.VBox([page.Page(), notice, *shown]).add_class("pantau-halaman")

    return run


def _campaign() -> Campaign:
    """The city's, on the day of the sample; whoever set another day or a version in kota.yaml meant the offices' data."""
    ours = {"simpan": f"{HOME}/simpan", "masuk": f"{HOME}/masuk", "versi_data": 0}
    return load(root() / "params" / "kota.yaml", tanggal_data=sample.DATA_DATE.isoformat(), **ours)


def _needs(path: Path, step: str) -> None:
    if not path.exists():
        raise page.Said(f"Langkah ini memerlukan hasil langkah {step}; jalankan sel itu dulu.")


@_step
def mulai() -> Made:
    """Step 1: the inbox with invented submissions, one of them wrong."""
    kampanye, home = _campaign(), root() / HOME
    if home.is_symlink():  # what it leads to is not ours to remove
        raise page.Said(f"Tidak dapat memakai {HOME}, karena itu tautan ke folder lain; hapus tautannya lebih dahulu.")
    files = sample.invent(kampanye)
    home.parent.mkdir(parents=True, exist_ok=True)
    # Made aside: whoever stops here still has the tour as it was, and step 2 never meets half an inbox.
    with TemporaryDirectory(prefix=".tur-", dir=home.parent, ignore_cleanup_errors=True) as aside:
        new = Path(aside) / "baru"
        for file in files:
            shown = _spoilt(file) if file.name == WRONG else file
            write_submission(new / "masuk" / file.name, kampanye, file.opd, file.as_of, shown.tables, sample=True)
        if home.exists():
            home.rename(Path(aside) / "lama")
        new.rename(home)
    return [
        _text(f"{number(len(files))} berkas kiriman rekaan ({STAMP}) ada di {HOME}/masuk, satu di antaranya keliru.")
    ]


def _spoilt(file: sample.SampleFile) -> sample.SampleFile:
    """The same with an answer that no form offers, in its first row."""
    _, wrong, right = MENDED
    rows = file.tables["Nominatif"].copy()
    rows.loc[rows.index[rows["status"].eq(right)][:1], "status"] = wrong
    return replace(file, tables=file.tables | {"Nominatif": rows})


@_step
def terima() -> Made:
    """Step 2: take the inbox in; see what is refused and why."""
    kampanye = _campaign()
    inbox = kampanye.path(kampanye.masuk)
    _needs(inbox, "1 (Menyiapkan kiriman)")
    done = receive(inbox_files([inbox]), kampanye, datetime.now(UTC), inbox)
    write_all(root() / HOME / "umpan_balik", done)
    refused = [(s.berkas, f"Unduh umpan balik {s.berkas}", False) for s in done if s.hasil == "ditolak"]
    return [_text(*_told(done)), *_buttons(_feedback, "Umpan balik", refused)]


def _told(done: list[Submission]) -> list[str]:
    taken = sum(s.hasil == "diterima" for s in done)
    refused = [s for s in done if s.hasil == "ditolak"]
    lines = [f"{number(taken)} kiriman diterima, {number(len(refused))} dikembalikan."]
    for submission in refused:
        first = next(iter(submission.temuan))
        lines += [f"{submission.berkas} dikembalikan. {capitalize(str(first))}"]
        lines += [f"Umpan baliknya, dengan sel yang ditandai: {HOME}/umpan_balik/{submission.berkas}.xlsx"]
    return lines


@_step
def perbaiki() -> Made:
    """Step 3: the office mends the cell and sends the file again."""
    kampanye = _campaign()
    path = kampanye.path(kampanye.masuk) / WRONG
    _needs(path, "1 (Menyiapkan kiriman)")
    _needs(root() / HOME / "umpan_balik" / f"{WRONG}.xlsx", "2 (Menerima)")  # else nobody sees it refused
    (right,) = (file for file in sample.invent(kampanye) if file.name == WRONG)
    write_submission(path, kampanye, right.opd, right.as_of, right.tables, sample=True)
    done = receive([path], kampanye, datetime.now(UTC), path.parent)
    write_all(root() / HOME / "umpan_balik", done)
    return [
        _text(*_told(done), f"Data di simpanan sekarang versi {number(store.version(kampanye.path(kampanye.simpan)))}.")
    ]


@_step
def lihat() -> Made:
    """Step 4: where the city stands, and the offices beside one another."""
    kampanye = _campaign()
    _needs(kampanye.path(kampanye.simpan), "2 (Menerima)")
    return [Capaian(Session(kampanye, ubah=False)).kotak]


@_step
def susun() -> Made:
    """Step 5: two reports, in a process of its own as on the page Jelajah."""
    kampanye = _campaign()
    _needs(kampanye.path(kampanye.simpan), "2 (Menerima)")
    versi = store.version(kampanye.path(kampanye.simpan))
    last = _rendered(kampanye, versi)
    if len(last.get("selesai", [])) < len(DOCUMENTS):
        raise page.Said(last.get("galat") or f"Laporan tidak selesai disusun: {last.get('gagal', 'dihentikan')}.")
    offered = [(code, f"Buka PDF: {title}", True) for code, title in DOCUMENTS.items()]
    said = _text(f"{number(len(DOCUMENTS))} laporan ada di {HOME}/laporan/{kampanye.tanggal_data}.")
    return [said, *_buttons(_report, "Laporan", offered)]


def _rendered(kampanye: Campaign, versi: int) -> dict[str, Any]:
    """Render DOCUMENTS under a bar; the last word of the process that does it."""
    bar, told = widgets.IntProgress(max=len(DOCUMENTS)), widgets.HTML()
    display(widgets.HBox([bar, told]))
    _at(bar, told, 0)
    asked = {
        "parameter": kampanye.parameters(),
        "versi": versi,
        "pekerjaan": list(DOCUMENTS),
        "keluar": f"{HOME}/laporan",
    }
    pipe = subprocess.PIPE
    last: dict[str, Any] = {}
    with subprocess.Popen(
        [sys.executable, "-m", "helpers.lab.susun"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin and process.stdout
        try:
            process.stdin.write(json.dumps(asked, default=str) + "\n")
            process.stdin.flush()  # it stays open: when it closes, because the kernel is stopped, the process ends too
            for line in process.stdout:
                last = json.loads(line)
                _at(bar, told, last.get("tuntas", bar.value))
        except KeyboardInterrupt:
            process.stdin.close()
            process.wait(30)  # whoever runs the step again at once must not find the folder still in use
            raise
        finally:
            bar.close()
            told.close()
    return last


def _at(bar: widgets.IntProgress, told: widgets.HTML, done: int) -> None:
    """The bar, and in words which of the reports is being made."""
    bar.value = done
    told.value = page.status(f"Menyusun laporan {number(min(done + 1, bar.max))} dari {number(bar.max)} ...")


def _buttons(
    fetch: Callable[[str], tuple[str, str, bytes]], about: str, offered: list[tuple[str, str, bool]]
) -> list[widgets.Widget]:
    notice = page.Notice()
    files = Unduh(fetch, lambda error: notice.warn(str(error)), petunjuk=about)
    files.offer(offered)
    return [notice, files] if offered else []


def _feedback(berkas: str) -> tuple[str, str, bytes]:
    path = root() / HOME / "umpan_balik" / f"{berkas}.xlsx"
    if not path.is_file():
        raise page.Said("Umpan balik sudah tidak ada; jalankan lagi langkah 1 dan 2.")
    return f"umpan_balik_{path.name}", SHEET, path.read_bytes()


def _report(code: str) -> tuple[str, str, bytes]:
    name = f"{code}.pdf" if "/" not in code else f"{code}/laporan.pdf"
    content = report_folder(_campaign(), f"{HOME}/laporan").read(name)
    if content is None:
        raise page.Said("Laporan sudah tidak ada; jalankan lagi langkah 5.")
    return Path(name).name, "application/pdf", content


@_step
def kirim() -> Made:
    """Step 6: what to send, and to whom; what must not be sent on."""
    folder = report_folder(_campaign(), f"{HOME}/laporan")
    text = folder.read("ringkasan_wa.txt")
    if text is None:
        raise page.Said("Langkah ini memerlukan hasil langkah 5 (Menyusun); jalankan sel itu dulu.")
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(to)}</td></tr>" for name, to in HANDED_OUT.items())
    table = f"<table><thead><tr><th scope='col'>Berkas</th><th scope='col'>Untuk</th></tr></thead><tbody>{rows}</tbody></table>"
    message = f"<pre class='pantau-pesan'>{escape(text.decode())}</pre>"
    return [
        _text("Teks ini tinggal disalin ke grup WhatsApp:"),
        widgets.HTML(message),
        widgets.HTML(f"<div class='pantau'>{table}</div>"),
    ]


def _text(*sentences: str) -> widgets.HTML:
    return widgets.HTML(page.paragraphs(*sentences))
