"""Tab Kendala, follow-ups: what each is about, who acts until when, where it stands; written down as a new entry.

The numbers are those of the log that is handed out with the same data. What is decided on a day's log is told by the
reports of the days after it, as with a log that comes back as a workbook (decision 017).
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import ipywidgets as widgets
import pandas as pd

from helpers.intake.values import parse_date
from helpers.lab import page
from helpers.lab.session import Session
from helpers.measures import problem_log
from helpers.report import story_rtl
from helpers.report.rtl import Rtl
from helpers.schema import STATES
from helpers.store import entries
from helpers.wording import day, is_unknown, medium_day, moment

TEXTS = {"tindak_lanjut": "Tindak lanjut yang diputuskan", "pic": "PIC (jabatan)", "keterangan": "Keterangan"}
TOLD = ["kode", "sejak", "ungkapan"]  # columns of store.told.kendala
DUE, DECIDED = "Tenggat", "Tanggal keputusan"
SAYS = (*TEXTS, "status", "tenggat")  # what a word on a follow-up can change
HANDED_OUT = (None, None, None, "Belum", None)
FIXED = ("temuan", "rekomendasi", "indikator")


class Putusan:
    """The follow-ups; `kotak` is their widget."""

    def __init__(self, session: Session, oleh: widgets.Text) -> None:
        self.session, self.oleh = session, oleh
        self.kabar = page.Notice()
        self.daftar = widgets.Select(rows=10)
        self.isi = widgets.HTML()
        self.teks = {name: widgets.Text(continuous_update=False) for name in TEXTS}
        # Texts: a browser's own field for days may put the month first. What is typed is sent when the field is left.
        self.tenggat, self.rapat = (widgets.Text(continuous_update=False) for _ in range(2))
        self.keadaan = widgets.Dropdown(options=STATES)
        self.simpan = widgets.Button(description="Simpan tindak lanjut", icon="save", button_style="primary")
        self.batal = widgets.Button(description="Batalkan catatan terakhir", icon="undo")
        self.riwayat = widgets.HTML()
        self.kotak = widgets.VBox(
            [
                self.kabar,
                page.labelled(self.daftar, "Nomor, kode, dan keadaannya").add_class("pantau-lebar"),
                self.isi,
                *(self._changing() if session.ubah else []),
                self.riwayat,
            ]
        )
        self._shown: int | None = None  # whose values stand in the fields
        self._known = ""  # the newest word on it then
        self._filled: dict[str, Any] = {}  # as they stood there before anybody typed
        self._drafts: dict[int, tuple[str, dict[str, Any]]] = {}  # with the newest word that they knew
        self._quiet = False
        self._read, self._wrote = -1, -1  # data versions: of the lines that are shown, of this page's newest entry
        guarded = page.guarded(self.kabar)
        self.daftar.observe(page.spoken(self.kabar)(self._choose), "value")
        page.on_click(self.simpan, guarded(self._save))
        page.on_click(self.batal, guarded(self._undo))
        session.on_change(self.renew)
        session.on_ask(lambda _: self.kabar.clear())
        self.renew()

    def _changing(self) -> list[widgets.Widget]:
        fields = [page.labelled(self.teks[name], label) for name, label in TEXTS.items()]
        fields += [
            page.labelled(self.tenggat, DUE),
            page.labelled(self.keadaan, "Keadaan"),
            page.labelled(self.rapat, DECIDED),
        ]
        return [
            widgets.HBox(fields).add_class("pantau-kendali"),
            widgets.HBox([self.simpan, self.batal]).add_class("pantau-deret"),
        ]

    def renew(self) -> None:
        """The follow-ups as the log of this data hands them out, with every word said since."""
        self.kabar.settle()
        with page.sentences(self.kabar):
            versi = self.session.versi
            if not versi == self._wrote == self._read + 1:  # an entry of this page alone changes no line of the log
                view = self.session.view()
                kampanye, data = self.session.pinned, view.data
                # Since when and in which words is not shown here, nor what has moved: neither changes a number or its order.
                masalah = problem_log.assemble(kampanye, data, view.posisi, pd.DataFrame(columns=TOLD))
                self.baris = {line.nomor: line for line in story_rtl.lines(masalah, kampanye)}
            self._read = versi
            self.kata = entries.decisions(self.session.kampanye)
            self._keep()
            self._quiet = True
            try:
                page.renew(self.daftar, [(self._line(line), number) for number, line in sorted(self.baris.items())])
            finally:
                self._quiet = False
            if self.daftar.value is not None:
                self._show()

    def _words(self, number: int) -> pd.DataFrame:
        """Every word on a number, oldest first."""
        return self.kata[self.kata["nomor"].eq(number)]

    def _now(self, line: Rtl) -> Rtl:
        """A line with the newest word on it; of a word that the log of this data knows already nothing changes."""
        own = self._words(line.nomor)
        if own.empty:
            return line
        last = {name: None if is_unknown(value) else value for name, value in own.iloc[-1].items()}
        due = None if last["tenggat"] is None else pd.Timestamp(last["tenggat"]).date()
        return replace(
            line,
            tindak_lanjut=last["tindak_lanjut"] or "",
            keterangan=last["keterangan"] or "",
            pic=last["pic"] or line.pic,
            tenggat=due,
            status=last["status"] or line.status,
        )

    def _line(self, line: Rtl) -> str:
        now = self._now(line)
        due = now.tenggat or now.usul_tenggat
        until = f", tenggat {medium_day(due)}{'' if now.tenggat else ' (usulan)'}" if due else ""
        return f"{now.nomor} · {now.kode or 'rapat'} · {now.status}{until} · {now.pic or 'tanpa PIC'} · {now.temuan}"

    def _chosen(self) -> Rtl:
        if self.daftar.value is None:
            raise page.Said("Belum ada tindak lanjut yang dipilih; pilih dulu pada daftar.")
        return self.baris[self.daftar.value]

    def _choose(self, change: Any) -> None:
        """Another number; what was typed for the last one and not saved waits there."""
        if self._quiet:
            return
        self._keep()
        if change["new"] is not None:
            self._show()

    def _keep(self) -> None:
        """What is typed and not saved waits for its number; what is as it was there is nothing to keep of."""
        if self._shown is None:
            return
        typed = self._typed()
        if typed == self._filled:
            self._drafts.pop(self._shown, None)
        else:
            self._drafts[self._shown] = (self._known, typed)

    def _newest(self, number: int) -> str:
        own = self._words(number)
        return own["kiriman"].iloc[-1] if len(own) else ""

    def _fields(self) -> dict[str, Any]:
        return {**self.teks, "tenggat": self.tenggat, "keadaan": self.keadaan, "rapat": self.rapat}

    def _typed(self) -> dict[str, Any]:
        return {name: control.value for name, control in self._fields().items()}

    def _show(self) -> None:
        now = self._now(self._chosen())
        self.isi.value = page.paragraphs(now.temuan + ".", f"Usulan: {now.rekomendasi}", f"Indikator: {now.indikator}.")
        for name, control in self.teks.items():
            control.value = getattr(now, name)
        due = now.tenggat or now.usul_tenggat
        self.tenggat.value, self.keadaan.value = day(due) if due else "", now.status
        kampanye = self.session.kampanye
        own = self._words(now.nomor)
        latest = pd.Timestamp(own["tanggal"].iloc[-1]).date() if len(own) else kampanye.tanggal_data
        meeting = date.fromisoformat(kampanye.rapat) if kampanye.rapat else latest
        self.rapat.value = day(max(kampanye.tanggal_data, meeting, latest))
        self._shown, self._filled, self._known = now.nomor, self._typed(), self._newest(now.nomor)
        known, typed = self._drafts.pop(now.nomor, (self._known, {}))
        if known != self._known:  # written over what somebody else decided since, it would undo that in silence
            self.kabar.note(
                f"Nomor {now.nomor} punya catatan yang lebih baru; yang Anda ketik sebelumnya tidak dipakai."
            )
            return
        for name, value in typed.items():
            self._fields()[name].value = value
        self.riwayat.value = page.paragraphs(*(self._said(row) for row in own[::-1].to_dict("records")))

    def _said(self, row: dict[Any, Any]) -> str:
        when = moment(row["diterima"].to_pydatetime(), self.session.kampanye.zona_waktu)
        who = row["oleh"] if not is_unknown(row["oleh"]) else "rapat"
        due = "tanpa tenggat" if is_unknown(row["tenggat"]) else f"tenggat {medium_day(row['tenggat'])}"
        pic = "tanpa PIC" if is_unknown(row["pic"]) else row["pic"]
        told = "" if is_unknown(row["tindak_lanjut"]) else f" {row['tindak_lanjut']}"
        state = row["status"] if not is_unknown(row["status"]) else "Belum"
        more = "" if is_unknown(row["keterangan"]) else f" Keterangan: {row['keterangan']}"
        what = (
            "Pembatalan; berlaku lagi" if row["berkas"] == entries.UNDONE else f"Keputusan {medium_day(row['tanggal'])}"
        )
        return f"{what}, {who}: {state}, {due}, {pic}.{told}{more} (Dicatat {when}.)"

    def _save(self, _: Any) -> None:
        oleh = self._who()
        line, mask = self._chosen(), self.session.mask()
        row: dict[str, Any] = {
            n: mask.typed(self.teks[n].value, label, needed=n == "pic") or None for n, label in TEXTS.items()
        }
        row |= {
            "status": self.keadaan.value,
            "tenggat": _date(self.tenggat, DUE),
            "tanggal": _date(self.rapat, DECIDED),
        }
        self._check(row, line)
        self._write(line, row | {"oleh": oleh})
        self._filled = self._typed()  # saved: nothing of it is a draft
        following = day(self.session.kampanye.tanggal_data + timedelta(days=1))
        self.kabar.say(
            f"Tindak lanjut nomor {line.nomor} disimpan, dicatat oleh {oleh}. Masuk laporan dengan tanggal data mulai {following}."
        )
        self.session.refresh()

    def _check(self, row: dict[str, Any], line: Rtl) -> None:
        kampanye, own = self.session.kampanye, self._words(line.nomor)
        first, today = kampanye.tanggal_data, datetime.now(ZoneInfo(kampanye.zona_waktu)).date()
        latest: date = pd.Timestamp(own["tanggal"].iloc[-1]).date() if len(own) else first
        decided = row["tanggal"]
        if decided is None or not max(first, latest) <= decided <= today:
            raise page.Said(f"Isi tanggal keputusan antara {day(max(first, latest))} dan hari ini, {day(today)}.")
        if row["tenggat"] is not None and row["tenggat"] < decided and row["status"] != "Selesai":
            raise page.Said(
                f"Tenggat {day(row['tenggat'])} sebelum tanggal keputusan {day(decided)}; perbaiki salah satunya."
            )

    def _undo(self, _: Any) -> None:
        """The word before the last one that still stands is written down again; before the first it was as handed out."""
        oleh = self._who()
        line = self._chosen()
        standing = _standing(self._words(line.nomor))
        if standing[-1][0] == "":
            raise page.Said(
                f"Tidak ada catatan nomor {line.nomor} yang dapat dibatalkan; yang tampak adalah usulan log."
            )
        if standing[-1][0] != entries.FROM:
            raise page.Said(
                "Catatan terakhir nomor ini bukan dari halaman ini; ubah isiannya dan simpan sebagai catatan baru."
            )
        before = dict(zip(SAYS, standing[-2][1], strict=True))
        decided = self._words(line.nomor)["tanggal"].iloc[-1]
        self._write(line, before | {"tanggal": decided, "oleh": oleh}, entries.UNDONE)
        self._filled = self._typed()
        due = f"tenggat {day(before['tenggat'])}" if before["tenggat"] is not None else "tanpa tenggat yang diputuskan"
        who = before["pic"] or line.pic or "tanpa PIC"
        self.kabar.say(
            f"Catatan terakhir nomor {line.nomor} dibatalkan; sekarang {before['status'] or 'Belum'}, {due}, {who}. "
            "Catatan lama tetap tersimpan dalam riwayat."
        )
        self.session.refresh()

    def _who(self) -> str:
        self.session.may_change()
        return self.session.mask().typed(self.oleh.value, "Dicatat oleh", needed=True)

    def _write(self, line: Rtl, decided: dict[str, Any], dari: str = entries.FROM) -> None:
        kampanye, own = self.session.kampanye, self._words(line.nomor)
        mask = self.session.mask()
        fixed = {name: mask.masker.hide(getattr(line, name))[0] or None for name in FIXED}
        row = {"nomor": line.nomor, "kode": line.kode or None, "orang": line.orang, **fixed, **decided}
        row["asal"] = line.asal or kampanye.tanggal_data
        seen = own["kiriman"].iloc[-1] if len(own) else ""
        contoh = self.session.view().data.contoh
        try:
            self._wrote = entries.decide(kampanye, row, seen, kampanye.tanggal_data, contoh, datetime.now(UTC), dari)
        except entries.ChangedError as error:
            raise page.Said(
                f"Belum disimpan: sudah ada catatan lain tentang nomor {line.nomor}. {self._said(error.rows.iloc[-1].to_dict())} "
                "Tekan Muat ulang, lalu putuskan lagi."
            ) from None


def _standing(words: pd.DataFrame) -> list[tuple[str, tuple[Any, ...]]]:
    """Words that still stand, oldest first, each with where it came from ("" for the log as it was handed out): one that takes
    the last one back is none itself."""
    stack: list[tuple[str, tuple[Any, ...]]] = [("", HANDED_OUT)]
    for source, *said in words[["berkas", *SAYS]].itertuples(index=False):
        if source != entries.UNDONE:
            stack.append((source, tuple(None if is_unknown(value) else value for value in said)))
        elif len(stack) > 1:
            stack.pop()
    return stack


def _date(control: widgets.Text, label: str) -> date | None:
    """The day that somebody typed, day before month; None where nothing is typed."""
    text = control.value.strip()
    value = parse_date(text) if text else None
    if text and value is None:
        raise page.Said(f'Isian "{label}" tidak terbaca sebagai tanggal: {text}. Tulis misalnya 20 Maret 2020.')
    return value
