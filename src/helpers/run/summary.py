"""index.html of a run, from the store and the ledger."""

from helpers import store
from helpers.campaign import Campaign
from helpers.measures import rates
from helpers.report import site, story
from helpers.run.delivery import Folder
from helpers.run.jobs import copy_of
from helpers.run.ledger import Ledger

PAGE = "index.html"


def write_index(kampanye: Campaign, folder: Folder, versi: int) -> str:
    """Write the run's page and return its name. StoreError as for read, OSError if the disk refuses."""
    pinned = kampanye.model_copy(update={"versi_data": versi})
    data = store.read(pinned)
    posisi = rates.position(data, pinned)
    kota = rates.total(posisi, pinned.target)
    names = pinned.units.set_index("kode")["nama"]
    last = Ledger(folder).last()
    failed = [
        site.Failure(
            names.get(entry.opd, code),
            entry.galat,
            copy if folder.has(copy := copy_of(entry.pekerjaan, entry.opd)) else "",
        )
        for code, entry in last.items()
        if entry.status == "gagal"
    ]
    older = {entry.opd: entry.versi_data for entry in last.values() if entry.opd and entry.versi_data < versi}
    footer = story.provenance(pinned, data, posisi)
    ukuran = rates.with_rates(posisi, pinned.target)
    page = site.index(folder.has, ukuran, kota, pinned, data, failed, older, footer)
    folder.write(PAGE, page.encode())
    return PAGE
