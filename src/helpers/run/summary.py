"""index.html of a run, from the store and the ledger."""

from pathlib import Path

from helpers import store
from helpers.campaign import Campaign
from helpers.measures import rates
from helpers.report import site, story
from helpers.run.delivery import write_atomically
from helpers.run.ledger import Ledger


def write_index(kampanye: Campaign, folder: Path, versi: int) -> Path:
    """Write the run's page and return its path."""
    pinned = kampanye.model_copy(update={"versi_data": versi})
    data = store.read(pinned)
    posisi = rates.position(data, pinned)
    kota = rates.total(posisi, pinned.target)
    names = pinned.units.set_index("kode")["nama"]
    failed = [
        (names.get(entry.opd, code), entry.galat)
        for code, entry in Ledger(folder).last().items()
        if entry.status == "gagal"
    ]
    footer = story.provenance(pinned, data, posisi)
    page = site.index(folder, rates.with_rates(posisi, pinned.target), kota, pinned, data, failed, footer)
    target = folder / "index.html"
    write_atomically(target, page.encode())
    return target
