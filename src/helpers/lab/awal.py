"""What stands above the tabs while the store holds nothing: how to begin, with invented data or with what lies in the inbox."""

from datetime import UTC, datetime
from typing import Any

import ipywidgets as widgets

from helpers import sample
from helpers.campaign import Campaign
from helpers.intake import form_residents
from helpers.intake.feedback import write_all
from helpers.intake.form import write_submission
from helpers.intake.receive import inbox_files, receive
from helpers.lab import page
from helpers.lab.session import LOOK_ONLY, Session
from helpers.sample import residents
from helpers.wording import number

EMPTY = "Belum ada kiriman yang diterima, jadi belum ada yang dapat ditampilkan."


class Awal:
    """`kotak` is its widget; nothing once there are data."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.kabar = page.Notice()
        self.mulai = widgets.Button(button_style="primary")
        self.kotak = widgets.VBox()
        page.on_click(self.mulai, page.guarded(self.kabar)(self._begin))
        session.on_change(self._changed)
        session.on_ask(lambda _: self._changed())
        self._show()

    def _changed(self) -> None:
        self.kabar.clear()
        self._show()

    def _waiting(self) -> list[Any]:
        inbox = self.session.kampanye.path(self.session.kampanye.masuk)
        return inbox_files([inbox]) if inbox.is_dir() else []

    def _show(self) -> None:
        if self.session.versi:
            self.kotak.children = [self.kabar]
            return
        if not self.session.ubah:
            self.kotak.children = [widgets.HTML(page.paragraphs(EMPTY, LOOK_ONLY))]
            return
        waiting = len(self._waiting())
        begin = "Seret kiriman OPD yang pertama ke tab Kiriman"
        if waiting:
            self.mulai.description = f"Terima {number(waiting)} berkas di kotak masuk"
            how = f"{begin}, atau terima yang sudah ada di {self.session.kampanye.masuk}."
        else:
            self.mulai.description = "Muat data contoh"
            how = f"{begin}, atau muat data contoh (rekaan) untuk mencoba; perlu beberapa detik."
        self.kotak.children = [widgets.HTML(page.paragraphs(EMPTY, how)), self.mulai, self.kabar]

    def _begin(self, _: Any) -> None:
        self.session.may_change()
        kampanye = self.session.kampanye
        inbox = kampanye.path(kampanye.masuk)
        self.mulai.disabled = True
        self.kabar.note("Menyiapkan data; perlu beberapa detik.")
        try:
            if not self._waiting():
                _write_sample(kampanye)
            done = receive(inbox_files([inbox]), kampanye, datetime.now(UTC), inbox)
            write_all(inbox.parent / "umpan_balik", done)
        finally:
            self.mulai.disabled = False
        taken = sum(one.hasil == "diterima" for one in done)
        back = len(done) - taken
        self.session.refresh()
        self._show()
        told = f"{number(taken)} kiriman diterima, {number(back)} dikembalikan."
        if back:
            self.kabar.warn(f"{told} Umpan baliknya ada di folder umpan_balik di sebelah kotak masuk.")
        else:
            self.kabar.say(told)


def _write_sample(kampanye: Campaign) -> None:
    """What `pantau contoh` writes."""
    inbox = kampanye.path(kampanye.masuk)
    for file in sample.invent(kampanye):
        write_submission(inbox / file.name, kampanye, file.opd, file.as_of, file.tables, sample=True)
    if not kampanye.villages.empty:
        counts = residents.invent(kampanye)
        form_residents.write(inbox / residents.NAME, kampanye, counts, sample.DATA_DATE, sample=True)
