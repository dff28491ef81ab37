"""What to render: one job per document of a run, with its notebook, its parameters and where its files go."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.campaign import Campaign, CampaignError, root


@dataclass(frozen=True)
class Job:
    """A document to make. `kode` names it in the ledger; paths are relative to the run's folder."""

    kode: str  # laporan_kota, log_kendala, opd/DINKES
    notebook: Path
    parameters: dict[str, Any]
    pdf: str
    salinan: str  # the executed notebook
    opd: str = ""

    @property
    def mark(self) -> str:
        """The keyword that the PDF must carry to be this job's."""
        return f"opd:{self.opd}" if self.opd else "cakupan:seluruhnya"


def plan(kampanye: Campaign, versi: int, opd: list[str] | None = None) -> list[Job]:
    """Jobs of a run on one data version: city and log first, then every unit of the register by name of code.

    With `opd` only these offices. CampaignError for an unknown code or a missing notebook.
    """
    shared = kampanye.parameters() | {"versi_data": versi}
    folder = root() / "notebooks"
    wanted = list(dict.fromkeys(opd or kampanye.units["kode"]))
    jobs = [] if opd else [_city("laporan_kota", folder, shared), _city("log_kendala", folder, shared)]
    for code in wanted:
        kampanye.unit_of(code)
        jobs.append(
            Job(
                f"opd/{code}",
                folder / "laporan_opd.ipynb",
                {"opd": code} | shared,
                f"opd/{code}/laporan.pdf",
                f"notebook/laporan_opd_{code}.ipynb",
                code,
            )
        )
    for job in jobs:
        if not job.notebook.is_file():
            raise CampaignError(f"Notebook {job.notebook} tidak ditemukan; jalankan dari folder proyek.")
    return jobs


def _city(name: str, folder: Path, parameters: dict[str, Any]) -> Job:
    return Job(name, folder / f"{name}.ipynb", parameters, f"{name}.pdf", f"notebook/{name}.ipynb")
