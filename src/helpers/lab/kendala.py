"""Tab Kendala: what people told and which code it has, to be set right; then the follow-ups (putusan.py).

Whatever is saved is a new entry with who and when; nothing is changed in place, and undoing is an entry too.
"""

from datetime import UTC, datetime
from typing import Any

import ipywidgets as widgets
import pandas as pd

from helpers.lab import page, tabs
from helpers.lab.mask import Mask
from helpers.lab.putusan import Putusan
from helpers.lab.session import LOOK_ONLY, Session
from helpers.store import entries, words
from helpers.wording import moment, number

EVERY = ""
KEPT = 30  # entries that can be undone here
MARK = "•"  # decision 007
PUBLIC = f"{LOOK_ONLY} Yang tampil hanya ungkapan yang dipakai banyak orang dan tidak memuat nama."


class Kendala:
    """The tab; `kotak` is its widget."""

    def __init__(self, session: Session) -> None:
        self.oleh = widgets.Text(placeholder="Analis BPS Kota Kupang", continuous_update=False)
        who = page.labelled(self.oleh, "Dicatat oleh (jabatan, bukan nama)")
        inner = {
            "Ungkapan dan kodenya": lambda: Ungkapan(session, self.oleh).kotak,
            "Tindak lanjut": lambda: Putusan(session, self.oleh).kotak,
        }
        self.kotak = widgets.VBox(
            [who if session.ubah else widgets.HTML(page.paragraphs(PUBLIC)), tabs.lazy(session, inner)]
        )


class Ungkapan:
    """What was told, filtered, and its code set."""

    def __init__(self, session: Session, oleh: widgets.Text) -> None:
        self.session, self.oleh = session, oleh
        self.kabar = page.Notice()
        kampanye = session.kampanye
        self.kode, self.opd = widgets.Dropdown(), widgets.Dropdown()
        self.cari = widgets.Text(placeholder="sinyal")
        self.daftar = widgets.SelectMultiple(rows=12)
        self.jumlah = widgets.HTML()
        listed = kampanye.obstacles[kampanye.obstacles["dihitung"].ne("berhasil")]  # those block nobody
        self.nama = dict(zip(listed["kode"], listed["kategori"], strict=True))
        codes = [("Pilih kode", EVERY), *((f"{code} {name}", code) for code, name in self.nama.items())]
        self.baru = widgets.Dropdown(options=codes)
        self.simpan = widgets.Button(description="Simpan kode", icon="save", button_style="primary")
        self.riwayat = widgets.Select(rows=4)
        self.batal = widgets.Button(description="Batalkan yang dipilih", icon="undo")
        self._quiet = False
        self.kotak = widgets.VBox(
            [
                widgets.HBox(
                    [
                        page.labelled(self.kode, "Kendala"),
                        *(
                            [page.labelled(self.opd, kampanye.unit)] if session.ubah else []
                        ),  # else one office tells of few
                        page.labelled(self.cari, "Memuat kata"),
                    ]
                ).add_class("pantau-kendali"),
                self.kabar,
                page.labelled(self.daftar, "Ungkapan", "Pilih beberapa: Ctrl+klik, atau Shift+panah.").add_class(
                    "pantau-lebar"
                ),
                self.jumlah,
                *(self._changing() if session.ubah else []),
            ]
        )
        guarded = page.guarded(self.kabar)
        for control in (self.kode, self.opd, self.cari):
            control.observe(page.spoken(self.kabar)(lambda _: None if self._quiet else self._list()), "value")
        page.on_click(self.simpan, guarded(self._save))
        page.on_click(self.batal, guarded(self._undo))
        session.on_change(self.renew)
        session.on_ask(lambda _: self.kabar.clear())
        self.renew()

    def _changing(self) -> list[widgets.Widget]:
        return [
            widgets.HBox([page.labelled(self.baru, "Kode yang benar"), self.simpan]).add_class("pantau-kendali"),
            page.labelled(self.riwayat, "Kode yang pernah diubah").add_class("pantau-lebar"),
            self.batal,
        ]

    def renew(self) -> None:
        """Read the words and the entries of the newest data version."""
        self.kabar.settle()
        with page.sentences(self.kabar):
            view, kampanye = self.session.view(), self.session.kampanye
            mask = self.session.mask()
            told = words.told(kampanye, view.data)
            shown = {text: mask.shown(text) for text in told["uraian"].unique()}
            self.told = told.assign(frasa=told["uraian"].map(shown))
            if not self.session.ubah:
                self.told = _public(self.told, mask, kampanye.sel_kecil)
            self.entries = entries.classifications(kampanye)
            self._fill()

    def _fill(self) -> None:
        self._quiet = True
        try:
            people = self.told.groupby("kode")["orang"].sum().sort_values(ascending=False)
            orang = self.session.kampanye.orang
            options = [(f"{c} {self.nama.get(c, '')} ({number(n)} {orang})", c) for c, n in people.items()]
            page.renew(self.kode, [("Semua kendala", EVERY), *options])
            units = self.session.kampanye.units
            own = units[units["kode"].isin(self.told["opd"])] if self.session.ubah else units.iloc[:0]
            every = f"Seluruh {self.session.kampanye.unit}"
            page.renew(self.opd, [(every, EVERY), *zip(own["nama"], own["kode"], strict=True)])
            undoable = list(self.entries.tail(KEPT)[::-1].itertuples()) if self.session.ubah else []
            page.renew(self.riwayat, [(self._told(row), (row.kiriman, row.baris)) for row in undoable])
        finally:
            self._quiet = False
        self._list()

    def _told(self, row: Any) -> str:
        when = moment(row.diterima.to_pydatetime(), self.session.kampanye.zona_waktu)
        back = " (kembali ke kode asal)" if row.kode == row.kode_asal else ""
        return f'{when}, {row.oleh}: "{row.frasa}" {row.kode_asal} → {row.kode}{back}'

    def _list(self) -> None:
        rows = self.told
        rows = rows[rows["kode"].eq(self.kode.value)] if self.kode.value else rows
        rows = rows[rows["opd"].eq(self.opd.value)] if self.opd.value else rows
        asked = self.cari.value.strip().casefold()
        rows = rows[rows["frasa"].str.casefold().str.contains(asked, regex=False)] if asked else rows
        groups = rows.groupby(["kode", "kode_asal", "sidik_frasa"], sort=False)
        table = groups.agg(
            frasa=("frasa", "first"), unit=("opd", "nunique"), orang=("orang", "sum"), dugaan=("dugaan", "any")
        ).reset_index()
        table = table.sort_values(["orang", "frasa"], ascending=[False, True])
        page.renew(self.daftar, [(self._line(row), (row.kode_asal, row.sidik_frasa)) for row in table.itertuples()])
        few = (
            f" {MARK} berarti kurang dari {number(self.session.kampanye.sel_kecil)} orang." if self._few(table) else ""
        )
        every = number(self.told["sidik_frasa"].nunique())
        self.jumlah.value = f"<small>{number(len(table))} dari {every} ungkapan tampil.{few}</small>"

    def _few(self, table: pd.DataFrame) -> bool:
        return bool(table["orang"].lt(self.session.kampanye.sel_kecil).any())

    def _line(self, row: Any) -> str:
        kampanye = self.session.kampanye
        few = row.orang < kampanye.sel_kecil
        told = f"{row.kode} · {row.frasa} · {MARK if few else number(row.orang)} {kampanye.orang}"
        where = "" if self.opd.value else f" di {number(row.unit)} {kampanye.unit}"
        set_ = f" · semula {row.kode_asal}" if row.kode != row.kode_asal else " · kode dugaan" if row.dugaan else ""
        return told + where + set_

    def _save(self, _: Any) -> None:
        oleh = self._who()
        chosen, code = self.daftar.value, self.baru.value
        if not chosen:
            raise page.Said("Belum ada ungkapan yang dipilih; pilih dulu pada daftar.")
        if not code:
            raise page.Said("Kode yang benar belum dipilih; pilih dulu, lalu simpan.")
        held = self.told.drop_duplicates(["kode_asal", "sidik_frasa"]).set_index(["kode_asal", "sidik_frasa"])
        due = [key for key in chosen if held.loc[key, "kode"] != code]
        if not due:
            raise page.Said(f"Ungkapan yang dipilih sudah berkode {code}; pilih kode lain.")
        self._write(
            [{"kode_asal": a, "sidik_frasa": s, "frasa": held.loc[(a, s), "frasa"], "kode": code} for a, s in due], oleh
        )
        self.kabar.say(
            f"{number(len(due))} ungkapan sekarang berkode {code}, dicatat oleh {oleh}. Laporan berikutnya memakainya; "
            "untuk membatalkan, pilih catatannya di bawah."
        )
        self.session.refresh()

    def _undo(self, _: Any) -> None:
        oleh = self._who()
        if not self.riwayat.value:
            raise page.Said("Belum ada catatan yang dipilih; pilih dulu pada daftar kode yang pernah diubah.")
        kiriman, baris = self.riwayat.value
        log = self.entries
        row = log[log["kiriman"].eq(kiriman) & log["baris"].eq(baris)].iloc[0]
        own = log[log["kode_asal"].eq(row["kode_asal"]) & log["sidik_frasa"].eq(row["sidik_frasa"])]
        if own["kiriman"].iloc[-1] != kiriman:
            raise page.Said("Catatan itu sudah diganti catatan yang lebih baru; pilih yang terbaru untuk ungkapan itu.")
        before = own["kode"].iloc[-2] if len(own) > 1 else row["kode_asal"]
        self._write([{name: row[name] for name in ("kode_asal", "sidik_frasa", "frasa")} | {"kode": before}], oleh)
        self.kabar.say(f'Dibatalkan: "{row["frasa"]}" kembali berkode {before}. Catatan lama tetap tersimpan.')
        self.session.refresh()

    def _who(self) -> str:
        self.session.may_change()
        return self.session.mask().typed(self.oleh.value, "Dicatat oleh", needed=True)

    def _write(self, marks: list[dict[str, str]], oleh: str) -> None:
        newest = self.entries.drop_duplicates(["kode_asal", "sidik_frasa"], keep="last")
        seen = {(row.kode_asal, row.sidik_frasa): row.kiriman for row in newest.itertuples()}
        contoh = self.session.view().data.contoh
        try:
            entries.classify(self.session.kampanye, marks, oleh, seen, contoh, datetime.now(UTC))
        except entries.ChangedError as error:
            other = error.rows.iloc[-1]
            when = moment(other["diterima"].to_pydatetime(), self.session.kampanye.zona_waktu)
            raise page.Said(
                f"Belum disimpan: {other['oleh']} sudah memberi ungkapan itu kode {other['kode']} pada {when}. "
                "Tekan Muat ulang, lalu putuskan lagi."
            ) from None


def _public(told: pd.DataFrame, mask: Mask, limit: int) -> pd.DataFrame:
    """What anybody may read: said by many, and without a word that is not the campaign's."""
    often = told.groupby("sidik_frasa")["orang"].transform("sum").ge(limit).fillna(False)
    kept = told[often]
    texts = kept["uraian"].unique().tolist()
    fine = dict(zip(texts, mask.public(texts), strict=True))
    return kept[kept["uraian"].map(fine).astype(bool)]
