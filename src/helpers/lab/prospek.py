"""Tab Proyeksi dan skenario: what if; the fan and the sentence follow the sliders."""

from datetime import date, timedelta
from typing import Any

import ipywidgets as widgets

from helpers.campaign import build
from helpers.lab import page
from helpers.lab.chart import Chart
from helpers.lab.session import Session
from helpers.measures import pace, projection, rates, skenario, whatif
from helpers.measures.draws import Simulation
from helpers.report import figures, story_whatif
from helpers.wording import number, weekday_month

LATER = 30  # days that the deadline can be moved
CITY = ""


class Prospek:
    """The tab; `kotak` is its widget. Sliders speak when they are let go or moved by key: nothing queues up."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.kabar = page.Notice()
        kampanye = session.kampanye
        units = kampanye.units
        every = [(f"Seluruh {kampanye.unit}", CITY), *zip(units["nama"], units["kode"], strict=True)]
        self.opd = widgets.Dropdown(options=every)
        self.target = widgets.IntSlider(round(100 * kampanye.target), 5, 100, 1, continuous_update=False)
        self.selesai = widgets.SelectionSlider(
            options=self._days(), value=kampanye.selesai, continuous_update=False, readout=False
        )
        self.hari = widgets.HTML()  # a slider's own readout is too narrow for a day
        self.tambahan = widgets.IntSlider(0, 0, 400, 5, continuous_update=False)
        self.kendala = widgets.SelectMultiple(rows=9)
        self.kembali = widgets.Button(description="Kembali ke keadaan sekarang", icon="undo")
        self.temuan, self.kalimat, self.kipas = widgets.HTML(), widgets.HTML(), Chart()
        self.kalimat.add_class("pantau-kalimat")
        self._moved: dict[tuple[int, date], Simulation] = {}
        self._quiet = False
        self._fill()
        controls = widgets.VBox(
            [
                page.labelled(self.opd, kampanye.unit),
                page.labelled(self.target, "Target (persen)"),
                page.labelled(self.selesai, "Batas waktu"),
                self.hari,
                page.labelled(self.tambahan, f"Tambahan {kampanye.orang} per hari kerja"),
                page.labelled(
                    self.kendala, "Kendala yang diselesaikan", "Pilih beberapa: Ctrl+klik, atau Shift+panah."
                ),
                self.kembali,
            ]
        )
        result = widgets.VBox([self.temuan, self.kalimat, self.kipas])
        self.kotak = widgets.VBox([self.kabar, widgets.HBox([controls, result]).add_class("pantau-dua")])
        self.draw = page.guarded(self.kabar)(self._draw)
        for control in (self.target, self.selesai, self.tambahan, self.kendala):
            control.observe(lambda _: None if self._quiet else self.draw(), "value")
        self.opd.observe(page.guarded(self.kabar)(lambda _: self._choose()), "value")
        page.on_click(self.kembali, page.guarded(self.kabar)(lambda _: self._reset()))
        session.on_change(self._choose)
        self.draw()

    def _days(self) -> list[tuple[str, date]]:
        kampanye = self.session.kampanye
        first = kampanye.tanggal_data + timedelta(days=1)
        last = max(kampanye.selesai, first) + timedelta(days=LATER)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        days = days if kampanye.selesai in days else [kampanye.selesai, *days]
        return [(weekday_month(one), one) for one in days]

    def _fill(self) -> None:
        """Kendala with the people that each blocks, most first: of the city, or of the office alone."""
        view = self.session.view()
        blocked = view.terhalang
        own = blocked[blocked["opd"].eq(self.opd.value)] if self.opd.value else blocked
        counted = own.groupby("kode")["orang"].sum()
        limit = view.kampanye.sel_kecil if self.opd.value else 1
        known = view.kampanye.obstacles[view.kampanye.obstacles["kode"].isin(counted[counted.ge(limit)].index)]
        rows = sorted(zip(known["kode"], known["kategori"], strict=True), key=lambda row: -counted[row[0]])
        orang = view.kampanye.orang
        page.renew(self.kendala, [(f"{code} {name} ({number(counted[code])} {orang})", code) for code, name in rows])
        people = rates.one(view.ukuran, self.opd.value)["jumlah_asn"] if self.opd.value else view.kota["jumlah_asn"]
        self.tambahan.step = 5 if people > 500 else 1
        self.tambahan.max = max(10, int(-(-people // 10 // 5) * 5)) if people == people else 10

    def _choose(self) -> None:
        self._quiet = True
        try:
            self._fill()
        finally:
            self._quiet = False
        self.draw()

    def _reset(self) -> None:
        kampanye = self.session.kampanye
        self._quiet = True
        try:
            self.target.value, self.selesai.value = round(100 * kampanye.target), kampanye.selesai
            self.tambahan.value, self.kendala.value = 0, ()
        finally:
            self._quiet = False
        self._draw()

    def assumptions(self) -> whatif.Assumptions:
        """What the controls say."""
        return whatif.Assumptions(
            self.tambahan.value, tuple(self.kendala.value), self.selesai.value, self.target.value / 100
        )

    def _simulation(self, last: date) -> Simulation:
        """The projection to a deadline; kept, so that the other sliders need no new draws."""
        view = self.session.view()
        if last == view.kampanye.selesai:
            return view.proyeksi
        key = (self.session.versi, last)
        if key not in self._moved:
            self._moved = {key: whatif.moved(view.harian, view.posisi, view.kampanye, last)}
        return self._moved[key]

    def _draw(self) -> None:
        view, given, code = self.session.view(), self.assumptions(), self.opd.value or None
        self.hari.value = weekday_month(self.selesai.value)
        asked = {"target": given.target, "selesai": str(given.selesai)}
        kampanye = build(view.kampanye.parameters() | asked)
        plain = whatif.assuming(view.proyeksi, whatif.Assumptions(target=given.target), view.terhalang, (), code)
        then = whatif.assuming(self._simulation(kampanye.selesai), given, view.terhalang, kampanye.days_off, code)
        row, beside = (_row(one, code) for one in (then, plain))
        listed = view.kampanye.obstacles
        names = listed.loc[listed["kode"].isin(given.kendala), "kategori"].tolist()
        whose = view.kampanye.unit_of(code).nama if code else view.kampanye.wilayah
        self.temuan.value = page.shown(story_whatif.heading(row, given, view.kampanye, whose))
        self.kalimat.value = page.shown(story_whatif.sentences(row, beside, given, view.kampanye, names))
        self._show_fan(then, kampanye, code)

    def _show_fan(self, then: Simulation, kampanye: Any, code: str | None) -> None:
        view = self.session.view()
        own = view.posisi[view.posisi["opd"].eq(code)] if code else view.posisi
        daily = view.harian[view.harian["opd"].eq(code)] if code else view.harian
        measured = rates.with_rates(view.posisi, kampanye.target)
        row = rates.one(measured, code) if code else rates.total(view.posisi, kampanye.target)
        left = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
        path = skenario.required_path(row, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
        fan = projection.fan(then, code)
        self.kipas.show(figures.progress(pace.curve(daily, own), row, kampanye, left, kipas=fan, jalur=path))


def _row(simulation: Simulation, code: str | None) -> Any:
    return projection.row(projection.table(simulation), code or projection.CITY)
