"""Tab Capaian: the city or one office, on a day, with or without PTT: where it stands, beside whom, in which units."""

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from helpers.campaign import Campaign
from helpers.lab import page
from helpers.lab.chart import Chart
from helpers.lab.session import Session, View
from helpers.measures import comparison, groups, pace, projection, rates, skenario
from helpers.report import figures, figures_compare, story, story_compare, story_office, tables
from helpers.report.blocks import Paragraf, Rangkaian
from helpers.wording import capitalize, day, number, percent_prose

CITY, EVERY = "", ""
ADDING_UP = (
    "Jumlah kekurangan per {unit} lebih besar daripada kekurangan keseluruhan: kelebihan satu {unit} tidak menutup kekurangan "
    "{unit} lain, dan target tiap {unit} dibulatkan ke atas."
)


class Capaian:
    """The tab; `kotak` is its widget. Choosing an office in the funnel is choosing it in the list."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.kabar = page.Notice()
        kampanye = session.kampanye
        self.jenis = widgets.Dropdown()
        self.opd = widgets.Dropdown()
        self.tanggal = widgets.Dropdown()
        self.ptt = widgets.Checkbox(indent=False)
        self.kepala, self.bawah = widgets.HTML(), widgets.HTML()
        self.kurva, self.corong = Chart(), Chart(petunjuk=f"Pilih {kampanye.unit} di grafik corong")
        self.keterangan = widgets.HTML()
        self._fill()
        controls = widgets.HBox(
            [
                page.labelled(self.jenis, "Kelompok"),
                page.labelled(self.opd, kampanye.unit),
                page.labelled(self.tanggal, "Data sampai"),
                page.labelled(self.ptt, "Hitung juga PTT"),
            ]
        ).add_class("pantau-kendali")
        self.kotak = widgets.VBox(
            [
                controls,
                self.kabar,
                self.kepala,
                self.kurva,
                self.bawah,
                page.heading(f"Dibandingkan dengan semua {kampanye.unit}"),
                self.keterangan,
                self.corong,
            ]
        )
        self.draw = page.guarded(self.kabar)(self._draw)
        self._quiet = False
        self.jenis.observe(page.guarded(self.kabar)(lambda _: None if self._quiet else self._choose_kind()), "value")
        for control in (self.opd, self.tanggal, self.ptt):
            control.observe(lambda _: None if self._quiet else self.draw(), "value")
        self.corong.observe(page.guarded(self.kabar)(self._picked), "pilihan")
        session.on_change(self._renew)
        self.draw()

    @property
    def view(self) -> View:
        """What is shown: the chosen day and people."""
        plain = self.session.view(self.tanggal.value)
        if not self.ptt.value or not plain.data.nominatif["jenis_asn"].eq("PTT").any():
            return plain
        return self.session.view(self.tanggal.value, ", ".join(sorted({*self.session.kampanye.counted_kinds, "PTT"})))

    def _fill(self) -> None:
        """Lists of days and kinds of the newest version; what was chosen stays where it still is."""
        view = self.session.view()
        known = view.data.rekap.loc[view.data.rekap["berhasil"].notna(), "tanggal_data"]
        days = sorted(
            {d.date() if hasattr(d, "date") else d for d in known} | {view.kampanye.tanggal_data}, reverse=True
        )
        page.renew(self.tanggal, [(day(one), one) for one in days])
        kinds = sorted(view.posisi["jenis"].dropna().unique(), key=str.casefold)
        page.renew(self.jenis, [("Semua jenis", EVERY), *((capitalize(kind), kind) for kind in kinds)])
        self._list_offices()

    def _list_offices(self) -> None:
        units = self.session.kampanye.units
        own = units if self.jenis.value == EVERY else units[units["jenis"].eq(self.jenis.value)]
        every = [(f"Seluruh {self.session.kampanye.unit}", CITY), *zip(own["nama"], own["kode"], strict=True)]
        page.renew(self.opd, every)

    def _choose_kind(self) -> None:
        self._quietly(self._list_offices)
        self._draw()

    def _every_kind(self) -> None:
        self.jenis.value = EVERY
        self._list_offices()

    def _renew(self) -> None:
        with page.sentences(self.kabar):
            self._quietly(self._fill)
        self.draw()

    def _quietly(self, change: Callable[[], None]) -> None:
        """Change several controls and draw nothing meanwhile."""
        self._quiet = True
        try:
            change()
        finally:
            self._quiet = False

    def _picked(self, change: Any) -> None:
        if change["new"] and change["new"] != self.opd.value:
            if change["new"] not in {code for _, code in self.opd.options}:
                self._quietly(self._every_kind)
            self.opd.value = change["new"]

    def _draw(self) -> None:
        view = self.view
        if self.opd.value:
            self._office(view, self.opd.value)
        else:
            self._city(view)
        self._funnel(view)
        if self.ptt.value and not view.data.nominatif["jenis_asn"].eq("PTT").any():
            self.kabar.note("Tidak ada PTT dalam nominatif sampai tanggal ini; angka tidak berubah.")

    def _kind(self, view: View) -> set[str]:
        """Offices of the chosen kind; all where none is chosen."""
        every = view.posisi if self.jenis.value == EVERY else view.posisi[view.posisi["jenis"].eq(self.jenis.value)]
        return set(every["opd"])

    def _city(self, view: View) -> None:
        """All offices, or those of one kind in the same way: their own sums, pace, projection."""
        kampanye, sisa, own = view.kampanye, view.sisa, self._kind(view)
        posisi, harian, laju = (f[f["opd"].isin(own)] for f in (view.posisi, view.harian, view.laju))
        whole = len(own) == len(view.posisi)
        kota = view.kota if whole else rates.total(posisi, kampanye.target)
        proyeksi = view.proyeksi if whole else projection.among(view.proyeksi, own)
        ahead = projection.row(view.ramalan if whole else projection.table(proyeksi))
        name = kampanye.wilayah if whole else f"{capitalize(self.jenis.value)}: {number(len(own))} {kampanye.unit}"
        self.kepala.value = _whose(name, kampanye) + page.shown(
            story.city_headline(kota, kampanye, sisa, ahead),
            story.numbers(kota, pace.city_current(laju, posisi), ahead, kampanye, sisa),
        )
        path = skenario.required_path(kota, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
        curve, fan = pace.curve(harian, posisi), projection.fan(proyeksi)
        beside = None if whole else pace.curve(view.harian, view.posisi)
        self.kurva.show(figures.progress(curve, kota, kampanye, sisa, beside, kipas=fan, jalur=path))
        ukuran = view.ukuran if whole else rates.with_rates(posisi, kampanye.target)  # shares of their own gap
        note = Paragraf([ADDING_UP.format(unit=kampanye.unit)])
        largest = Rangkaian([tables.top_offices(ukuran, kota, kampanye, 10), note])
        most = f"Kekurangan terbesar menurut {kampanye.unit}", largest
        kinds = "Menurut jenis", tables.kinds(rates.by(view.posisi, "jenis", kampanye.target), kampanye)
        self.bawah.value = page.beside(most, kinds)

    def _office(self, view: View, code: str) -> None:
        kampanye, kota, sisa, ukuran = view.kampanye, view.kota, view.sisa, view.ukuran
        own, ahead = rates.one(ukuran, code), projection.row(view.ramalan, code)
        self.kepala.value = _whose(own["nama"], kampanye) + page.shown(
            story_office.headline(own, kota, kampanye, sisa),
            story_office.numbers(own, ahead, kampanye, sisa),
            story_office.basis(own, kota, sisa, kampanye),
        )
        curve = pace.curve(view.harian[view.harian["opd"].eq(code)], view.posisi[view.posisi["opd"].eq(code)])
        path = skenario.required_path(own, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
        city, fan = pace.curve(view.harian, view.posisi), projection.fan(view.proyeksi, code)
        self.kurva.show(figures.progress(curve, own, kampanye, sisa, city, own["nama"], kipas=fan, jalur=path))
        people = groups.counted(view.data.nominatif, kampanye)
        people = people[people["opd"].eq(code)]
        parts = ["berhasil", "belum_berhasil"]
        units = groups.by_group(people, "unit", kampanye.sel_kecil, merge_below=10, parts=parts)
        like = story_compare.like_finding(comparison.like(ukuran, code), ukuran, kampanye)
        self.bawah.value = page.shown(
            Rangkaian([story_office.units_finding(units, own, kampanye), tables.groups(units, "Unit kerja", kampanye)]),
            like,
            figures.place_among(ukuran, code, kota, kampanye),
        )

    def _funnel(self, view: View) -> None:
        kampanye, code = view.kampanye, self.opd.value
        block = figures_compare.funnel(view.ukuran, view.corong, kampanye, code)
        at = figures_compare.places(view.ukuran, view.corong, kampanye).merge(view.corong, on="opd")
        at = at.merge(view.ukuran[["opd", "nama"]], on="opd")
        own = self._kind(view)
        marks = [
            {
                "kode": row.opd,
                "sejenis": self.jenis.value != EVERY and row.opd in own,
                "x": round(float(row.x), 4),
                "y": round(float(row.y), 4),
                "nama": f"{row.nama}: {percent_prose(row.capaian)} dari {number(row.jumlah_asn)} {kampanye.orang}, {row.posisi}",
            }
            for row in at.itertuples()
        ]
        self.corong.show(block, marks, code)
        self.keterangan.value = page.shown(story_compare.funnel_finding(view.ukuran, view.corong, kampanye))


def _whose(name: str, kampanye: Campaign) -> str:
    return f"<h2 class='pantau-mata'>{escape(name)}, keadaan {day(kampanye.tanggal_data)}</h2>"
