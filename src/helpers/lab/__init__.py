"""jelajah.ipynb: look, and ask what if. Parts are ipywidgets; the notebook only calls `jelajah`."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from helpers.campaign import Campaign
from helpers.lab import page, tabs
from helpers.lab.session import Session
from helpers.wording import capitalize, day, number

PARTS = {
    "Capaian": "capaian",
    "Proyeksi dan skenario": "prospek",
    "Kendala": "kendala",
    "Kiriman": "kiriman",
    "Laporan": "laporan",
}


def jelajah(kampanye: Campaign, ubah: bool | None = None) -> widgets.Widget:
    """The whole page. `ubah`: whether it may save; None: as the server was started. What can't be shown (no store yet,
    sums that do not agree) is a sentence in its place."""
    notice = page.Notice()
    parts: list[widgets.Widget] = [page.Page(), notice]
    with page.sentences(notice):
        session = Session(kampanye, ubah)
        parts[1:1] = [_head(session, notice)]
        if not session.versi:
            from helpers.lab.awal import Awal

            parts.append(Awal(session).kotak)
        first = 0 if session.versi else list(PARTS).index("Kiriman")
        made = tabs.lazy(session, {title: tabs.part(session, name) for title, name in PARTS.items()}, first)
        parts.append(made)
        if first:
            session.on_change(_once(lambda: setattr(made, "selected_index", 0)))
    return widgets.VBox(parts).add_class("pantau-halaman")


def _once(act: Callable[[], None]) -> Callable[[], None]:
    """Does it the first time that it is called."""
    left = [act]

    def do() -> None:
        if left:
            left.pop()()

    return do


def _head(session: Session, notice: page.Notice) -> widgets.Widget:
    line = widgets.HTML()
    again = widgets.Button(description="Muat ulang", tooltip="Mencari data yang lebih baru")

    def tell() -> None:
        kampanye = session.kampanye
        if not session.versi:
            line.value = f"<div class='pantau-kop'>{capitalize(kampanye.singkatan)}, belum ada data.</div>"
            return
        data = session.view().data
        sample = " <span class='pantau-contoh'>DATA CONTOH – BUKAN DATA RESMI.</span>" if data.contoh else ""
        line.value = (
            f"<div class='pantau-kop'>{capitalize(kampanye.singkatan)}, data sampai {day(kampanye.tanggal_data)}, "
            f"versi data {number(session.versi)}.{sample}</div>"
        )

    @page.guarded(notice)
    def look(_: Any) -> None:
        newer = session.refresh(asked=True)
        notice.say("Data terbaru dimuat." if newer else "Data sudah yang terbaru; daftar laporan diperiksa lagi.")

    again.on_click(look)
    session.on_change(tell)
    tell()
    return widgets.HBox([line, again]).add_class("pantau-kepala")
