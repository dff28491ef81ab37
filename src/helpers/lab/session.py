"""What the parts of jelajah.ipynb share: the campaign, who sits there, what is measured, and news of changes.

A view is measured once for each data version, data date and choice of people, and kept. No part reads the store by
itself, so that all parts of the page speak of the same version.
"""

import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import store
from helpers.campaign import Campaign, build
from helpers.lab.page import Said
from helpers.measures import comparison, obstacles, pace, projection, rates, reconcile
from helpers.measures.draws import Simulation
from helpers.run.delivery import Folder, folder_at
from helpers.store import Data, StoreError

if TYPE_CHECKING:
    from helpers.lab.mask import Mask

LOOK_ONLY = (
    "Halaman ini hanya untuk melihat. Yang berwenang mengubah memakai JupyterLab atau tautan khusus dari pengelola."
)
EMPTY = "Belum ada data; terima dahulu kiriman di tab Kiriman."
REPORTS = "reports"
CHANGES = "PANTAU_UBAH"  # environment: "1" where a page on the web may save; `pantau papan` sets "0"
KEPT = 6  # views that are kept; one of 200.000 people takes some tens of MB


@dataclass(frozen=True)
class View:
    """The city and its offices on a day, as laporan_kota measures them. Names of columns as in measures."""

    kampanye: Campaign  # with the data date, version and people of this view
    data: Data
    posisi: pd.DataFrame  # rates.position
    kota: pd.Series  # rates.total
    sisa: pd.Series  # pace.days_left
    harian: pd.DataFrame  # pace.daily
    laju: pd.DataFrame  # pace.current
    laju_kota: pd.Series  # pace.city_current
    ukuran: pd.DataFrame  # rates and pace by office
    terhalang: pd.DataFrame  # obstacles.blocked

    @cached_property
    def proyeksi(self) -> Simulation:
        """projection.for_campaign, with its draws."""
        return projection.for_campaign(self.harian, self.posisi, self.kampanye)

    @cached_property
    def ramalan(self) -> pd.DataFrame:
        """projection.table of `proyeksi`."""
        return projection.table(self.proyeksi)

    @cached_property
    def corong(self) -> pd.DataFrame:
        """comparison.funnel of `ukuran`."""
        return comparison.funnel(self.ukuran)

    @cached_property
    def kendala(self) -> pd.DataFrame:
        """obstacles.by_code of the city; small cells are already taken care of."""
        jumlah = self.kota["jumlah_asn"]
        return obstacles.by_code(self.terhalang, self.kampanye.obstacles, jumlah, self.kampanye.sel_kecil)


class Session:
    """One page that somebody has open. Not for several threads at once.

    `ubah`: whether this page may save, accept and render; where it is False every part refuses, not only hides.
    """

    def __init__(self, kampanye: Campaign, ubah: bool | None = None) -> None:
        self.kampanye = kampanye
        self.ubah = _may_change() if ubah is None else ubah
        self.versi = _newest(kampanye)  # 0: nothing was taken in yet
        self._views: OrderedDict[tuple[Any, ...], View] = OrderedDict()
        self._listeners: list[Callable[[], None]] = []
        self._askers: list[Callable[[bool], None]] = []
        self._masks: dict[int, Mask] = {}

    def view(self, tanggal: date | None = None, jenis_asn: str | None = None) -> View:
        """The state at the end of `tanggal` (none: the campaign's data date) counting `jenis_asn` ("PNS, PPPK, PTT").

        CampaignError, StoreError as for store.read; reconcile's error where sums do not agree: such a view is not shown.
        """
        if not self.versi:
            raise Said(EMPTY)
        key = (self.versi, tanggal or self.kampanye.tanggal_data, jenis_asn or self.kampanye.jenis_asn)
        if key not in self._views:
            self._views[key] = _measured(self.kampanye, *key)
        self._views.move_to_end(key)
        while len(self._views) > KEPT:
            self._views.popitem(last=False)
        return self._views[key]

    @property
    def pinned(self) -> Campaign:
        """The campaign on this page's data version, with the lists that were read already."""
        return self.kampanye.model_copy(update={"versi_data": self.versi})

    def mask(self) -> "Mask":
        """What hides names on this page. StoreError as for `view`."""
        from helpers.lab.mask import Mask
        from helpers.store import words

        lists = words.lists(self.kampanye)
        if lists not in self._masks:
            self._masks = {lists: Mask(self.kampanye)}
        return self._masks[lists]

    def may_change(self) -> None:
        """Said where this page may only look."""
        if not self.ubah:
            raise Said(LOOK_ONLY)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have `listener` called whenever the data version of this page is a new one."""
        self._listeners.append(listener)

    def on_ask(self, listener: Callable[[bool], None]) -> None:
        """Have `listener` called when somebody asks for what is new, with whether the data are: reports may be new without."""
        self._askers.append(listener)

    @contextmanager
    def gathered(self) -> Iterator[list[Callable[[], None]]]:
        """The listeners of a part of the page, in a list of its own, while it is made: whoever holds the list tells them."""
        outer, self._listeners = self._listeners, []
        try:
            yield self._listeners
        finally:
            self._listeners = outer

    def refresh(self, asked: bool = False) -> bool:
        """Look for a newer data version, of this page's making or another's. True, after all parts were told, if there
        is one. A campaign that names its version stays with it. `asked`: by somebody, not by an entry of this page."""
        newest = _newest(self.kampanye)
        for asker in self._askers if asked else ():
            asker(newest != self.versi)
        if newest == self.versi:
            return False
        self.versi = newest
        for listener in self._listeners:
            listener()
        return True


def report_folder(kampanye: Campaign, below: str = REPORTS) -> Folder:
    """Where the reports of a campaign's data date lie, as `pantau laporan` puts them."""
    return folder_at(kampanye.path(below), kampanye.tanggal_data.isoformat())


def _newest(kampanye: Campaign) -> int:
    folder = kampanye.path(kampanye.simpan)
    try:
        return kampanye.versi_data or store.version(folder)
    except StoreError:
        if store.known(folder)["hasil"].eq("diterima").any():
            raise
        return 0  # no store, or one that only refused so far


def _may_change() -> bool:
    """In JupyterLab whoever has the page has the store's files too. A page on the web may only look unless it was started
    to change: Voilà by hand must not be an open door."""
    on_the_web = os.environ.get("SERVER_SOFTWARE", "").startswith("voila")
    return not on_the_web or os.environ.get(CHANGES) == "1"


def _measured(kampanye: Campaign, versi: int, tanggal: date, jenis_asn: str) -> View:
    changes = {"versi_data": versi, "tanggal_data": tanggal.isoformat(), "jenis_asn": jenis_asn}
    kampanye = build(kampanye.parameters() | changes)
    data = store.read(kampanye)
    posisi = rates.position(data, kampanye)
    kota = rates.total(posisi, kampanye.target)
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    harian = pace.daily(data, kampanye)
    laju = pace.current(harian, kampanye.tanggal_data, kampanye.days_off)
    terhalang = obstacles.blocked(data, posisi, kampanye.obstacles, kampanye.counted_kinds)
    parts = obstacles.decomposition(terhalang, posisi, kampanye.obstacles, kampanye.sel_kecil)
    reconcile.prove(posisi, kota, parts, pace.curve(harian, posisi))
    return View(
        kampanye=kampanye,
        data=data,
        posisi=posisi,
        kota=kota,
        sisa=sisa,
        harian=harian,
        laju=laju,
        laju_kota=pace.city_current(laju, posisi),
        ukuran=pace.with_pace(rates.with_rates(posisi, kampanye.target), laju, sisa),
        terhalang=terhalang,
    )
