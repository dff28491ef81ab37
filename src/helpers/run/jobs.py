"""What to render: one job per document of a run, with its notebook, its parameters, its key and where its files go."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers import store
from helpers.campaign import Campaign, CampaignError, build, root
from helpers.run.keys import key

EXPORTER = "helpers.report.typst_export"
ATTACHMENTS = "helpers.run.attachments"


@dataclass(frozen=True)
class Job:
    """A document to make. `kode` names it in the ledger; paths are relative to the run's folder."""

    kode: str  # laporan_kota, log_kendala, opd/DINKES
    notebook: Path  # relative to the project
    parameters: dict[str, Any]
    pdf: str
    salinan: str  # the executed notebook
    opd: str = ""
    kunci: str = ""
    pasak: int = 0  # the data version that was asked for; 0: the newest, whichever that is

    @property
    def mark(self) -> str:
        """The keyword that the PDF must carry to be this job's."""
        return f"opd:{self.opd}" if self.opd else "cakupan:seluruhnya"


def plan(kampanye: Campaign, versi: int, opd: list[str] | None = None) -> list[Job]:
    """Jobs of a run on one data version: city and log first, then every unit of the register by name of code.

    With `opd` only these offices. CampaignError for an unknown code or a missing notebook, StoreError as for read.
    """
    wanted = list(dict.fromkeys(opd or kampanye.units["kode"]))
    for code in wanted:
        kampanye.unit_of(code)
    city = [] if opd else [("laporan_kota", ""), ("log_kendala", "")]
    data = store.slices(kampanye.model_copy(update={"versi_data": versi}))
    return [
        Job(
            kode=f"opd/{code}" if code else name,
            notebook=Path("notebooks") / f"{name}.ipynb",
            parameters=({"opd": code} if code else {}) | kampanye.parameters() | {"versi_data": versi},
            pdf=f"opd/{code}/laporan.pdf" if code else f"{name}.pdf",
            salinan=copy_of(name, code),
            opd=code,
            kunci=_key(kampanye, name, code, data[code]),
            pasak=kampanye.versi_data,
        )
        for name, code in [*city, *(("laporan_opd", code) for code in wanted)]
    ]


def copy_of(name: str, opd: str) -> str:
    """Where the executed notebook of a document lies; `name` is that of the notebook or, for the city, of the job."""
    return f"notebook/laporan_opd_{opd}.ipynb" if opd else f"notebook/{name}.ipynb"


def key_here(job: Job) -> str:
    """A job's key as this machine would give it: another one means other code, other parameters or other data."""
    kampanye = build({name: value for name, value in job.parameters.items() if name != "opd"})
    data = store.slices(kampanye)
    return _key(kampanye.model_copy(update={"versi_data": job.pasak}), job.notebook.stem, job.opd, data[job.opd])


def _key(kampanye: Campaign, name: str, opd: str, data: str) -> str:
    notebook = root() / "notebooks" / f"{name}.ipynb"
    if not notebook.is_file():
        raise CampaignError(f"Notebook {notebook} tidak ditemukan; jalankan dari folder proyek.")
    lists = [kampanye.path(kampanye.register_), kampanye.path(kampanye.daftar_kendala)]
    # An unpinned report says which version it was made from, but is as good as new while its slice is the same.
    return key(notebook, {"opd": opd} | kampanye.parameters(), data, lists, [EXPORTER, ATTACHMENTS])
