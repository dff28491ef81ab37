"""Tab Laporan: choose reports, render them with a bar that moves, stop, open a PDF, take everything along as a zip."""

import asyncio
import io
import json
import sys
import zipfile
from pathlib import PurePosixPath
from typing import Any

import ipywidgets as widgets

from helpers.lab import page
from helpers.lab.berkas import Unduh
from helpers.lab.session import LOOK_ONLY, Session, report_folder
from helpers.run import jobs
from helpers.run.jobs import Job
from helpers.run.ledger import Entry, Ledger
from helpers.wording import day, duration, join, number

NAMES = "daftar_tindak_lanjut.xlsx"  # the one file with names: for its office, never for a page that anybody may open
TITLES = {"laporan_kota": "Laporan kota", "log_kendala": "Log kendala"}
BUTTONS = 12  # reports that get a button of their own; the zip has all that are chosen
PDF, ZIP = "application/pdf", "application/zip"
ALL, CHOSEN = "zip:semua", "zip:dipilih"


class Laporan:
    """The tab; `kotak` is its widget. Rendering runs in a process of its own (susun.py)."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.kabar = page.Notice()
        self.daftar = widgets.SelectMultiple(rows=14)
        self.semua = widgets.Button(description="Susun yang berubah", icon="refresh", button_style="primary")
        self.pilih = widgets.Button(description="Susun yang dipilih", icon="play")
        self.henti = widgets.Button(description="Berhenti", icon="stop", disabled=True)
        self.bilah = widgets.IntProgress(layout=widgets.Layout(visibility="hidden", width="100%"))
        self.maju = widgets.HTML()
        self.unduh = Unduh(self._file, self._wrong, petunjuk="Berkas laporan")
        self.proses: asyncio.subprocess.Process | None = None
        self.tugas: asyncio.Task[None] | None = None
        self.dihentikan = False
        what = "Pilih satu atau beberapa: Ctrl+klik, atau Shift+panah. Yang terbit dapat dibuka dengan tombol di bawah."
        rendering = [
            widgets.HBox([self.semua, self.pilih, self.henti]).add_class("pantau-deret"),
            self.bilah,
            self.maju,
        ]
        self.kotak = widgets.VBox(
            [
                *([] if session.ubah else [widgets.HTML(page.paragraphs(LOOK_ONLY))]),
                self.kabar,
                page.labelled(
                    self.daftar, f"Laporan, data sampai {day(session.kampanye.tanggal_data)}", what
                ).add_class("pantau-lebar"),
                *(rendering if session.ubah else []),
                self.unduh,
            ]
        )
        guarded = page.guarded(self.kabar)
        self.daftar.observe(page.spoken(self.kabar)(lambda _: self._offer()), "value")
        page.on_click(
            self.semua, guarded(lambda _: self._start([job.kode for job in self.jobs if not self._stands(job)]))
        )
        page.on_click(self.pilih, guarded(lambda _: self._start(list(self.daftar.value))))
        self.henti.on_click(guarded(lambda _: self._stop()))
        session.on_change(self.renew)
        session.on_ask(self._asked)
        self.renew()

    def _asked(self, newer: bool) -> None:
        self.kabar.clear()
        if not newer:  # else renew is called for that
            self.renew()

    def renew(self) -> None:
        """Which reports there are to be, and which of them stand."""
        self.kabar.settle()
        with page.sentences(self.kabar):
            self.session.view()  # Said while there are no data
            kampanye = self.session.kampanye
            self.jobs = jobs.plan(kampanye, self.session.versi)
            self.folder = report_folder(kampanye)
            self.catatan = Ledger(self.folder).last()
            page.renew(self.daftar, [(self._line(job), job.kode) for job in self.jobs])
            self._offer()

    def _wrong(self, error: Exception) -> None:
        with page.sentences(self.kabar):
            raise error

    def _entry(self, job: Job) -> Entry | None:
        """The ledger's last word on a report whose PDF is there."""
        entry = self.catatan.get(job.kode)
        return entry if entry and entry.status == "selesai" and self.folder.has(job.pdf) else None

    def _stands(self, job: Job) -> bool:
        entry = self.catatan.get(job.kode)
        return bool(entry and entry.stands(self.folder, job.kunci))

    def _title(self, job: Job) -> str:
        return TITLES.get(job.kode) or self.session.kampanye.unit_of(job.opd).nama

    def _line(self, job: Job) -> str:
        entry = self.catatan.get(job.kode)
        if self._stands(job):
            state = "terbit, mutakhir"
        elif entry and entry.status == "gagal":
            state = f"gagal: {entry.galat}"
        elif self._entry(job):
            state = "terbit, datanya sudah berubah"
        else:
            state = "belum disusun"
        return f"{self._title(job)} · {state}"

    def _offer(self) -> None:
        """Buttons for what stands of the chosen reports."""
        chosen = [job for job in self.jobs if job.kode in self.daftar.value and self._entry(job)]
        buttons = [(job.kode, f"Buka PDF: {self._title(job)}", True) for job in chosen[:BUTTONS]]
        if chosen:
            buttons.append((CHOSEN, f"Unduh {number(len(chosen))} yang dipilih (zip)", False))
        standing = sum(self._entry(job) is not None for job in self.jobs)
        if standing:
            buttons.append((ALL, f"Unduh semua yang terbit, {number(standing)} laporan (zip)", False))
        self.unduh.offer(buttons)

    def _file(self, kunci: str) -> tuple[str, str, bytes]:
        if kunci in (ALL, CHOSEN):
            wanted = [job for job in self.jobs if kunci == ALL or job.kode in self.daftar.value]
            name = f"laporan_{self.session.kampanye.tanggal_data.isoformat()}.zip"
            return name, ZIP, self._zipped([entry for job in wanted if (entry := self._entry(job))])
        job = next(job for job in self.jobs if job.kode == kunci)
        content = self.folder.read(job.pdf)
        if content is None:
            raise page.Said(f"{self._title(job)} sudah tidak ada di folder laporan; susun lagi.")
        return PurePosixPath(job.pdf).name, PDF, content

    def _zipped(self, entries: list[Entry]) -> bytes:
        """PDFs and what lies beside them, without lists of names where anybody may have the page."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in (name for entry in entries for name in (entry.berkas, *sorted(entry.lampiran))):
                content = self.folder.read(name)
                if content is not None and (self.session.ubah or not name.endswith(NAMES)):
                    archive.writestr(name, content)
        return packed.getvalue()

    def _start(self, codes: list[str]) -> None:
        self.session.may_change()
        if self.tugas and not self.tugas.done():
            raise page.Said("Laporan sedang disusun; tunggu sampai selesai, atau tekan Berhenti.")
        if not codes:
            raise page.Said("Tidak ada yang perlu disusun: pilih laporan pada daftar, atau semuanya sudah mutakhir.")
        self.tugas = asyncio.get_running_loop().create_task(self._run(codes))

    def _stop(self) -> None:
        self.dihentikan = self.henti.disabled = True
        self.maju.value = page.status("Menghentikan penyusunan …")
        if self.proses and self.proses.stdin:
            self.proses.stdin.close()

    async def _run(self, codes: list[str]) -> None:
        """Follow the process until it ends. What it says is shown as it says it."""
        self.dihentikan = False
        self._running(True, len(codes))
        last: dict[str, Any] = {}
        with page.sentences(self.kabar):
            pipe = asyncio.subprocess.PIPE
            self.proses = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "helpers.lab.susun", stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
            )
            assert self.proses.stdin and self.proses.stdout
            asked = {"parameter": self.session.kampanye.parameters(), "versi": self.session.versi, "pekerjaan": codes}
            if self.dihentikan:  # before it was there
                self.proses.stdin.close()
            else:
                self.proses.stdin.write(json.dumps(asked, default=str).encode() + b"\n")
            async for line in self.proses.stdout:
                last = json.loads(line)
                if "jumlah" in last:
                    self._progress(last)
            await self.proses.wait()
        self.proses = None
        self._running(False)
        self.renew()
        self._finish(last)

    def _running(self, now: bool, count: int = 0) -> None:
        self.semua.disabled = self.pilih.disabled = now
        self.henti.disabled = not now
        self.bilah.layout.visibility = "visible" if now else "hidden"
        self.bilah.max, self.bilah.value = max(count, 1), 0
        self.maju.value = page.status("Menyiapkan penyusunan …" if now else "")

    def _progress(self, told: dict[str, Any]) -> None:
        self.bilah.max, self.bilah.value = told["jumlah"], told["tuntas"]
        left = f"; sisa kira-kira {duration(told['sisa'])}" if told["sisa"] else ""
        titles = {job.kode: self._title(job) for job in self.jobs}
        now = f"; sedang: {join([titles.get(kode, kode) for kode in told['berjalan'][:4]])}" if told["berjalan"] else ""
        self.maju.value = page.status(
            f"{number(told['tuntas'])} dari {number(told['jumlah'])} laporan selesai{now}{left}."
        )

    def _finish(self, last: dict[str, Any]) -> None:
        kept = f" Berkas yang pernah diisi disimpan sebagai {join(last['disimpan'])}." if last.get("disimpan") else ""
        if last.get("gagal"):
            titles = {job.kode: self._title(job) for job in self.jobs}
            told = "; ".join(f"{titles.get(kode, kode)}: {why}" for kode, why in last["gagal"][:3])
            self.kabar.warn(f"{number(len(last['gagal']))} laporan gagal disusun. {told}{kept}")
        elif last.get("selesai"):
            self.kabar.say(f"{number(len(last['selesai']))} laporan disusun; buka dengan tombol di bawah.{kept}")
        elif self.dihentikan:
            self.kabar.warn("Penyusunan dihentikan; yang sudah selesai tetap terbit, sisanya tetap seperti semula.")
        elif "jumlah" in last or not last:
            self.kabar.warn("Penyusunan berakhir sebelum selesai; yang sudah selesai tetap terbit. Ulangi sisanya.")
        else:
            self.kabar.warn(last.get("galat", "Penyusunan tidak dapat dimulai."))
