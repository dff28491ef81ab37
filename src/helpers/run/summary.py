"""index.html of a run, from the store and the ledger."""

from typing import Any

from helpers import store
from helpers.campaign import Campaign
from helpers.measures import pace, projection, rates, skenario
from helpers.report import site
from helpers.run.delivery import Folder
from helpers.run.jobs import copy_of
from helpers.run.ledger import Ledger

PAGE = "index.html"


def write_index(kampanye: Campaign, folder: Folder, versi: int) -> str:
    """Write the run's page and return its name. StoreError as for read, OSError if the disk refuses."""
    pinned = kampanye.model_copy(update={"versi_data": versi})
    data = store.read(pinned)
    names = pinned.units.set_index("kode")["nama"]
    last = Ledger(folder).last()
    failed = [
        site.Failure(
            names.get(entry.opd, code),
            entry.galat,
            copy if folder.has(copy := copy_of(entry.pekerjaan, entry.opd)) else "",
            entry.opd,
        )
        for code, entry in last.items()
        if entry.status == "gagal"
    ]
    older = {entry.opd: entry.versi_data for entry in last.values() if entry.opd and entry.versi_data < versi}
    page = site.index(folder.has, measure(data, pinned), pinned, data, failed, older)
    folder.write(PAGE, page.encode())
    return PAGE


def measure(data: Any, kampanye: Campaign) -> site.Ukuran:
    """What the page shows, measured as the city's report measures it."""
    posisi = rates.position(data, kampanye)
    kota = rates.total(posisi, kampanye.target)
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    harian = pace.daily(data, kampanye)
    laju = pace.current(harian, kampanye.tanggal_data, kampanye.days_off)
    proyeksi = projection.for_campaign(harian, posisi, kampanye)
    return site.Ukuran(
        posisi=posisi,
        kota=kota,
        sisa=sisa,
        harian=harian,
        ukuran=pace.with_pace(rates.with_rates(posisi, kampanye.target), laju, sisa),
        laju_kota=pace.city_current(laju, posisi),
        kurva=pace.curve(harian, posisi),
        ramalan=projection.table(proyeksi),
        kipas=projection.fan(proyeksi),
        jalur=skenario.required_path(kota, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off),
    )
