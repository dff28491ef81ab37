"""Tab Kiriman: drop a workbook, see what was found, accept it as `pantau terima` would, or take its feedback along."""

import tempfile
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from helpers import store
from helpers.intake.feedback import verdict, write_all, write_feedback
from helpers.intake.reader import MAX_BYTES
from helpers.intake.receive import receive
from helpers.intake.submission import Submission
from helpers.lab import page
from helpers.lab.berkas import Unduh, Unggah
from helpers.lab.session import LOOK_ONLY, Session
from helpers.store import entries
from helpers.wording import day, medium_day, moment, number

SHOWN = 100  # findings on the page; the feedback has all
NEWEST = 10  # submissions that are listed
LEVELS = {"tolak": "Perbaiki", "peringatan": "Periksa", "catatan": "Catatan"}
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT = "di berkas asal"  # the page has no copy of the sheet
COLUMNS = ("Tindakan", "Lembar", "Sel", "Kolom", "Isi sekarang", "Penjelasan")


class Kiriman:
    """The tab; `kotak` is its widget. A file that is dropped is checked and not kept until it is accepted."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.kabar = page.Notice()
        guarded = page.guarded(self.kabar)
        self.unggah = Unggah(
            guarded(self._check),
            self._refused,
            petunjuk="Seret berkas OPD (.xlsx atau .csv) ke sini, atau: ",
            terbesar=MAX_BYTES,
        )
        self.hasil, self.daftar = widgets.HTML(), widgets.HTML()
        self.terima = widgets.Button(
            description="Terima ke simpanan", icon="check", button_style="primary", disabled=True
        )
        self.unduh = Unduh(self._feedback, self._wrong, petunjuk="Umpan balik")
        self.kirim: Submission | None = None
        self.nama, self.isi = "", b""
        parts = [self.unggah, self.kabar, self.hasil, widgets.HBox([self.terima, self.unduh]).add_class("pantau-deret")]
        looking: list[widgets.Widget] = [widgets.HTML(page.paragraphs(LOOK_ONLY))]
        self.kotak = widgets.VBox(
            [*(parts if session.ubah else looking), page.heading("Kiriman terakhir"), self.daftar]
        )
        page.on_click(self.terima, guarded(self._accept))
        session.on_change(self._list)
        self._list()

    def _wrong(self, error: Exception) -> None:
        with page.sentences(self.kabar):
            raise error

    def _refused(self, sentence: str) -> None:
        """A file that was not even taken; nothing of the last one is left beside it."""
        self._forget()
        self.kabar.warn(sentence)

    def _forget(self) -> None:
        self.kirim, self.terima.disabled, self.hasil.value = None, True, ""
        self.unduh.offer([])

    def _check(self, nama: str, isi: bytes) -> None:
        self.session.may_change()
        self._forget()
        self.nama, self.isi = nama, isi
        with tempfile.TemporaryDirectory(prefix="pantau-") as folder:
            path = Path(folder, nama)
            path.write_bytes(isi)
            (self.kirim,) = receive([path], self.session.kampanye, datetime.now(UTC), keep=False)
        self._show()

    def _show(self) -> None:
        assert self.kirim is not None
        taken = self.kirim.hasil == "diterima"
        self.terima.disabled = not taken or self.kirim.lama
        said = verdict(self.kirim, AT)
        if taken and not self.kirim.lama:
            said = said.replace("DITERIMA", "DAPAT DITERIMA", 1)
        found = list(self.kirim.temuan)
        more = f"{number(len(found) - SHOWN)} temuan lagi ada pada umpan balik." if len(found) > SHOWN else ""
        self.hasil.value = page.paragraphs(f"{self.nama}: {said}", *([more] if more else [])) + _table(found[:SHOWN])
        self.unduh.offer([("umpan_balik", "Unduh umpan balik (.xlsx)", False)])
        if not taken:
            self.kabar.warn(
                f"{self.nama} belum dapat diterima; yang perlu diperbaiki ada di bawah dan pada umpan balik."
            )

    def _feedback(self, _: str) -> tuple[str, str, bytes]:
        assert self.kirim is not None
        with tempfile.TemporaryDirectory(prefix="pantau-") as folder:
            written = write_feedback(Path(folder), self.kirim)
            return f"umpan_balik_{written.name}", SHEET, written.read_bytes()

    def _accept(self, _: Any) -> None:
        self.session.may_change()
        kampanye = self.session.kampanye
        inbox = kampanye.path(kampanye.masuk)
        if inbox.is_file():
            raise page.Said(f"Kampanye ini memakai data {kampanye.masuk}; kiriman tidak diterima di sini.")
        if self.kirim is None:
            raise page.Said("Belum ada berkas yang diperiksa; seret atau pilih dulu.")
        path = _placed(inbox, self.nama, self.isi)
        done = receive([path], kampanye, datetime.now(UTC), inbox)
        write_all(inbox.parent / "umpan_balik", done)
        (self.kirim,) = done
        self._show()
        self.terima.disabled = True
        if self.kirim.hasil == "diterima":
            self.hasil.value = page.paragraphs(f"{self.nama}: {verdict(self.kirim, AT)}") + _table(
                list(self.kirim.temuan)[:SHOWN]
            )
            self.session.refresh()
            versi = number(self.session.versi)
            self.kabar.say(
                f"{self.nama} diterima; data sekarang versi {versi}. Berkasnya disalin ke kotak masuk.{self._later()}"
            )

    def _later(self) -> str:
        """What is dated after the day of this page is not on it."""
        sent, today = self.kirim and self.kirim.tanggal_data, self.session.kampanye.tanggal_data
        if not sent or sent <= today:
            return ""
        return f" Datanya dari {day(sent)}, sesudah hari halaman ini ({day(today)}); tampak bila tanggal_data diganti."

    def _list(self) -> None:
        with page.sentences(self.kabar):
            kampanye = self.session.kampanye
            known = store.known(kampanye.path(kampanye.simpan))
            known = known[~known["berkas"].isin(entries.PAGE)].tail(NEWEST)[::-1]
            names = dict(zip(kampanye.units["kode"], kampanye.units["nama"], strict=True))
            headings = ("Diterima", "Berkas", "Hasil", kampanye.unit, "Tanggal data")
            rows = [
                [
                    moment(row.diterima.to_pydatetime(), kampanye.zona_waktu),
                    row.berkas,
                    row.hasil,
                    names.get(row.opd, "–"),
                    medium_day(row.tanggal_data),
                ]
                for row in known.itertuples()
            ]
            # A sender may have named the file after a person: not for everybody's eyes.
            shown = [at for at, name in enumerate(headings) if self.session.ubah or name != "Berkas"]
            table = _rows(tuple(headings[at] for at in shown), [[row[at] for at in shown] for row in rows])
            self.daftar.value = table if rows else page.paragraphs("Belum ada.")


def _placed(inbox: Path, nama: str, isi: bytes) -> Path:
    """A copy in the inbox, whole or not at all, and never in the place of another file."""
    inbox.mkdir(parents=True, exist_ok=True)
    path = Path(nama)
    for at in range(1, 1000):
        target = inbox / (nama if at == 1 else f"{path.stem}-{at}{path.suffix}")
        if target.is_file() and target.read_bytes() == isi:
            return target
        if not target.exists():
            aside = target.with_name(f".{target.name}.sementara")
            aside.write_bytes(isi)
            try:
                target.hardlink_to(aside)  # unlike a rename it never replaces
            finally:
                aside.unlink()
            return target
    raise page.Said(f"Kotak masuk sudah memuat terlalu banyak berkas bernama {nama}; ganti namanya.")


def _table(found: list[Any]) -> str:
    if not found:
        return page.paragraphs("Tidak ada yang perlu diperbaiki.")
    rows = [[LEVELS[f.tingkat], f.lembar, f.sel, f.kolom, f.nilai, f.pesan] for f in found]
    return _rows(COLUMNS, rows)


def _rows(headings: tuple[str, ...], rows: list[list[str]]) -> str:
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<div class='pantau pantau-gulir' tabindex='0'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
