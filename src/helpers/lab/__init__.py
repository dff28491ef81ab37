"""jelajah.ipynb: look, and ask what if. Parts are ipywidgets; the notebook only calls `jelajah`."""

from typing import Any

import ipywidgets as widgets

from helpers.campaign import Campaign
from helpers.lab import page
from helpers.lab.session import Session
from helpers.wording import capitalize, day, number

PARTS = {
    "Capaian": "capaian",
    "Proyeksi dan skenario": "prospek",
}


def jelajah(kampanye: Campaign, ubah: bool | None = None) -> widgets.Widget:
    """The whole page. `ubah`: whether it may save; None: as the server was started. What can't be shown (no store yet,
    sums that do not agree) is a sentence in its place."""
    notice = page.Notice()
    parts: list[widgets.Widget] = [page.style(), notice]
    with page.sentences(notice):
        session = Session(kampanye, ubah)
        parts[1:1] = [_head(session, notice)]
        parts.append(_tabs(session))
    return widgets.VBox(parts).add_class("pantau-halaman")


def _tabs(session: Session) -> widgets.Tab:
    """Each part is made when its tab is first opened: the first view must not wait for all."""
    boxes = [widgets.VBox() for _ in PARTS]
    tabs = widgets.Tab(boxes, titles=list(PARTS))

    def open_(at: int | None) -> None:
        if at is not None and not boxes[at].children:
            boxes[at].children = [_part(list(PARTS.values())[at], session)]

    tabs.observe(lambda change: open_(change["new"]), "selected_index")
    tabs.selected_index = 0
    open_(0)
    return tabs


def _part(name: str, session: Session) -> widgets.Widget:
    from importlib import import_module

    notice = page.Notice()
    with page.sentences(notice):
        made: Any = getattr(import_module(f"helpers.lab.{name}"), name.capitalize())(session)
        return made.kotak
    return notice


def _head(session: Session, notice: page.Notice) -> widgets.Widget:
    line = widgets.HTML()
    again = widgets.Button(description="Muat ulang", tooltip="Mencari data yang lebih baru")

    def tell() -> None:
        kampanye, data = session.kampanye, session.view().data
        sample = " <b>DATA CONTOH.</b>" if data.contoh else ""
        line.value = (
            f"<div class='pantau-kop'>{capitalize(kampanye.singkatan)}, data sampai {day(kampanye.tanggal_data)}, "
            f"versi data {number(session.versi)}.{sample}</div>"
        )

    @page.guarded(notice)
    def look(_: Any) -> None:
        newer = session.refresh()
        notice.say("Data terbaru dimuat." if newer else "Data sudah yang terbaru.")

    again.on_click(look)
    session.on_change(tell)
    tell()
    return widgets.HBox([line, again]).add_class("pantau-kepala")
