"""What an office's form starts from: its newest submission, or a form that it filled in; and writing it without loss.

Names and NIP go only into that office's own form.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from helpers import store
from helpers.campaign import Campaign, CampaignError
from helpers.intake.form import SHEETS, write_form
from helpers.intake.offices import find_office, office_in_name
from helpers.intake.proofs import Proofs
from helpers.intake.receive import examine
from helpers.intake.submission import Submission

PEOPLE = [name for name, _ in SHEETS["Nominatif"].values() if name != "nomor"]


@dataclass(frozen=True)
class Start:
    """Tables by sheet as write_form takes them, the data date if the office has written one, whether it is sample."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    as_of: date | None = None
    contoh: bool = False

    @property
    def people(self) -> pd.DataFrame:
        """The rows of Nominatif; columns of the store, none if there is no list of names."""
        return self.tables.get("Nominatif", pd.DataFrame(columns=PEOPLE))


def newest(kampanye: Campaign, opds: list[str]) -> dict[str, Start]:
    """The newest list of names of each office, whatever the data date of the parameters; empty where there is none.

    The data date stays open: the office states it anew. No store at all: every start is empty. StoreError if the
    store is damaged.
    """
    if store.known(kampanye.path(kampanye.simpan))["hasil"].ne("diterima").all():
        return {opd: Start() for opd in opds}
    whole = kampanye.model_copy(update={"tanggal_data": date.max, "versi_data": 0})
    data = store.read(whole)
    invented = set(data.kiriman.loc[data.kiriman["contoh"].astype(bool), "kiriman"])
    found = {}
    for opd in opds:
        rows = store.read_people(whole, opd, data).sort_values("baris")
        tables = {"Nominatif": _as_on_form(rows)} if len(rows) else {}
        found[opd] = Start(tables, contoh=bool(rows["kiriman"].isin(invented).any()))
    return found


def of_form(submission: Submission) -> Start:
    """What a filled form says, all its sheets, so that nothing is lost when it is written again."""
    tables = {}
    for name, columns in SHEETS.items():
        rows = pd.DataFrame(submission.tables.get(name.lower(), []))
        if name == "Rekap" and len(rows):
            rows = rows[rows["baris"].ne(0)]  # 0: counted from the nominatif, not written by the office
        if len(rows):
            tables[name] = rows.reindex(columns=[column for column, _ in columns.values() if column != "nomor"])
    if "Nominatif" in tables:
        tables["Nominatif"] = _as_on_form(tables["Nominatif"])
    return Start(tables, submission.tanggal_data, submission.contoh)


def _as_on_form(rows: pd.DataFrame) -> pd.DataFrame:
    people = rows.reindex(columns=PEOPLE).reset_index(drop=True)
    return people.assign(
        status=people["status"].str.capitalize(),
        bukti=people["bukti"].astype("boolean"),
        tanggal_isi=pd.to_datetime(people["tanggal_isi"]).dt.as_unit("ms"),
    )


def for_proofs(
    kampanye: Campaign, folder: Path, opd: str | None, form: Path | None, now: datetime
) -> tuple[str, Start]:
    """Whose proofs a folder holds, and that office's people: of a form if one is given, else of the store.

    CampaignError where the office or its list of names is not known, or where they contradict each other.
    """
    code = opd or find_office(folder.resolve().name, kampanye.units) or office_in_name(folder.resolve(), kampanye.units)
    if opd:
        kampanye.unit_of(opd)
    if form is None:
        if code is None:
            raise CampaignError(f"{kampanye.unit} tidak diketahui dari nama folder {folder}; tambahkan --opd KODE.")
        start = newest(kampanye, [code])[code]
        if start.people.empty:
            raise CampaignError(f"Daftar nama {code} belum ada di simpanan; tambahkan --formulir BERKAS yang terisi.")
        return code, start
    submission = examine(form, kampanye, now.astimezone(ZoneInfo(kampanye.zona_waktu)).date())
    if submission.temuan.refuses:
        raise CampaignError(f"Formulir {form.name} belum dapat dibaca: {next(iter(submission.temuan))}")
    start = of_form(submission)
    if start.people.empty:
        raise CampaignError(f"Formulir {form.name} tidak memuat daftar nama; isi lembar Nominatif.")
    if code and code != submission.opd[0]:
        raise CampaignError(f"Formulir {form.name} milik {submission.opd[0]}, bukan {code}; periksa salah satunya.")
    return submission.opd[0], start


def with_proofs(start: Start, proofs: Proofs) -> Start:
    """The form with Bukti Ada and the fingerprint of everyone whose proof was found; all the rest as it was."""
    people = start.people
    digest = people["nip"].map(proofs.ada)
    marked = people.assign(
        bukti=people["bukti"].mask(digest.notna(), True),
        bukti_sidik=digest.where(digest.notna(), people["bukti_sidik"]),
    )
    return replace(start, tables={**start.tables, "Nominatif": marked})


def put_form(path: Path, kampanye: Campaign, opd: str, start: Start) -> Path | None:
    """Write an office's form, as replace_form does."""
    return replace_form(
        path, lambda fresh: write_form(fresh, kampanye, opd, start.as_of, start.tables, sample=start.contoh)
    )


def replace_form(path: Path, write: Callable[[Path], object]) -> Path | None:
    """Write a form; one of other content that lies there is put aside as ..._lama-1.xlsx and returned.

    Nobody can tell by its bytes who made the other one: it may be filled in, so it is never overwritten.
    """
    fresh = path.with_name(f".{path.stem}-baru.xlsx")
    try:
        write(fresh)
        aside = None
        if path.exists() and path.read_bytes() != fresh.read_bytes():
            aside = _free_name(path)
            path.rename(aside)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return aside


def _free_name(path: Path) -> Path:
    at = 1
    while (aside := path.with_name(f"{path.stem}_lama-{at}{path.suffix}")).exists():
        at += 1
    return aside
