"""The store: append a submission, read as of a date, name the data version.

Delta Lake tables in one folder, one per entry of schema.TABLES. Nothing is updated in place. A submission counts
once its row in `kiriman` stands, and that row is written last: an append that dies halfway leaves no trace, and
the version of `kiriman` is the *versi data* of a report. Checking what is appended is left to intake.
"""

import hashlib
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import TableNotFoundError

from helpers.campaign import Campaign
from helpers.schema import TABLES

# What identifies a person never enters a notebook: read() leaves it out, read_people() is for one office.
PERSONAL = ["nip", "nama", "uraian", "tindak_lanjut", "usulan", "pic", "keterangan"]


class StoreError(RuntimeError):
    """The store is missing or does not hold what was asked; the message says what to do, in Indonesian."""


@dataclass(frozen=True)
class Data:
    """What is known of a campaign at the end of a day, from accepted submissions only.

    nominatif: people of each office's newest submission, without NIP, name and free text; `kelamin`
    ("Laki-laki", "Perempuan") and `tahun_lahir` come from the NIP. rekap: every count up to the day, newest
    submission per office and date, with `rinci` True where it was counted from nominatif. kendala: rows of each
    office's newest submission; sosialisasi: of its newest that had such a sheet. Unknown counts are NA (Int64).
    """

    nominatif: pd.DataFrame
    rekap: pd.DataFrame
    kendala: pd.DataFrame
    sosialisasi: pd.DataFrame
    lembar_sosialisasi: set[str]  # offices whose submissions had a sheet for activities, empty or not
    tindak_lanjut: pd.DataFrame
    kiriman: pd.DataFrame
    tanggal_data: date
    versi: int
    dicatat: datetime  # when the newest submission of this version was taken in, UTC
    contoh: bool  # at least one submission among these is marked as sample


def append(folder: Path, tables: dict[str, pd.DataFrame]) -> int:
    """Append rows of whole submissions, table by table, `kiriman` last. Returns the new data version.

    Types and rules of schema.py are enforced by Delta: a row that breaks one stops the append before `kiriman`
    is written, so none of it counts.
    """
    for name, table in TABLES.items():
        target = _create(folder, name)
        rows = tables.get(name)
        if rows is not None and not rows.empty:
            names = table.arrow.names
            whole = rows.assign(**{name: None for name in names if name not in rows})[names]
            arrow = pa.Table.from_pandas(whole, schema=table.arrow, preserve_index=False)
            write_deltalake(target, arrow, mode="append")
    return DeltaTable(folder / "kiriman").version()


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """A damaged store is one sentence, whatever lies underneath."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        raise StoreError(
            f"Simpanan {folder} rusak atau tidak lengkap. Pulihkan dari cadangan, atau pindahkan folder itu lalu "
            "jalankan `pantau terima` dengan semua kiriman."
        ) from error


def known(folder: Path) -> pd.DataFrame:
    """All submissions ever recorded, accepted and refused, oldest first; empty if there is no store yet.

    StoreError if the store is damaged or lacks a table.
    """
    with _readable(folder):
        return _known(folder)


def _known(folder: Path) -> pd.DataFrame:
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(folder)
    if not DeltaTable.is_deltatable(str(folder / "kiriman")):
        return TABLES["kiriman"].arrow.empty_table().to_pandas()
    for name in TABLES:
        DeltaTable(folder / name)  # a table that is gone must not pass for "nothing new"
    return _load(folder, "kiriman").sort_values("diterima", kind="stable").reset_index(drop=True)


def version(folder: Path) -> int:
    """The data version now. StoreError if nothing was taken in yet."""
    with _readable(folder):
        return _submissions(folder, 0)[1]


def read(kampanye: Campaign) -> Data:
    """Everything a report may use, as of `kampanye.tanggal_data` and `kampanye.versi_data` (0: newest)."""
    with _readable(kampanye.path(kampanye.simpan)):
        return _read(kampanye)


def _read(kampanye: Campaign) -> Data:
    folder, day = kampanye.path(kampanye.simpan), kampanye.tanggal_data
    kiriman, versi = _submissions(folder, kampanye.versi_data)
    recorded = kiriman["diterima"].max().to_pydatetime()
    accepted = kiriman[kiriman["hasil"].eq("diterima")].drop_duplicates("kiriman")
    rekap = _rows(folder, "rekap", accepted, kampanye)
    rekap = rekap[rekap["tanggal_data"].le(pd.Timestamp(day))]
    # The newest word on an office's day: later receipt wins, whatever the order of arrival of the days.
    order = accepted.reset_index().set_index("kiriman")["index"]
    rekap = rekap.assign(urutan=rekap["kiriman"].map(order)).sort_values(["opd", "tanggal_data", "urutan"])
    rekap = rekap.drop_duplicates(["opd", "tanggal_data"], keep="last")
    newest = rekap[rekap["berhasil"].notna()].drop_duplicates("opd", keep="last")[["kiriman", "opd"]]

    sheets = rekap["kiriman"].map(accepted.set_index("kiriman")["lembar"]).fillna("").str.split(",")
    telling = rekap[sheets.map(lambda names: "sosialisasi" in names)].drop_duplicates("opd", keep="last")[
        ["kiriman", "opd"]
    ]

    people = _rows(folder, "nominatif", accepted, kampanye)
    of_people = people.drop_duplicates(["kiriman", "opd", "tanggal_data"])[["kiriman", "opd", "tanggal_data"]]
    rekap = rekap.merge(of_people.assign(rinci=True), on=["kiriman", "opd", "tanggal_data"], how="left")
    rekap = rekap.assign(rinci=rekap["rinci"].notna())
    used = set(rekap["kiriman"])
    return Data(
        nominatif=_impersonal(_with_sex_and_year(people.merge(newest, on=["kiriman", "opd"]))),
        rekap=rekap.drop(columns="urutan").reset_index(drop=True),
        kendala=_impersonal(_rows(folder, "kendala", accepted, kampanye).merge(newest, on=["kiriman", "opd"])),
        sosialisasi=_impersonal(_rows(folder, "sosialisasi", accepted, kampanye).merge(telling, on=["kiriman", "opd"])),
        lembar_sosialisasi=set(telling["opd"]),
        tindak_lanjut=_follow_ups(folder, accepted, day),
        kiriman=accepted[accepted["kiriman"].isin(used)].reset_index(drop=True),
        tanggal_data=day,
        versi=versi,
        dicatat=recorded,
        contoh=bool(accepted.loc[accepted["kiriman"].isin(used), "contoh"].any()),
    )


def read_people(kampanye: Campaign, opd: str, data: Data | None = None) -> pd.DataFrame:
    """Names, NIP and status of one office's newest nominatif, for that office's own follow-up list only.

    Empty if the office sent counts, or nothing. `data`: what `read` gave for the same campaign, if at hand.
    """
    folder = kampanye.path(kampanye.simpan)
    newest = (data or read(kampanye)).rekap
    newest = newest[newest["opd"].eq(opd) & newest["berhasil"].notna()].tail(1)[["kiriman", "opd"]]
    return _load(folder, "nominatif").merge(newest, on=["kiriman", "opd"]).drop_duplicates(["kiriman", "baris"])


def slices(kampanye: Campaign) -> dict[str, str]:
    """What each office's report is made from, as a digest per office code; "" is for reports on all of them.

    A submission is named by the hash of its file and nothing is updated in place, so the list of an office's
    accepted submissions, in order, says it all. Later days count too: a report may be redone once too often, never
    once too seldom. StoreError as for `read`.
    """
    folder = kampanye.path(kampanye.simpan)
    with _readable(folder):
        kiriman, _ = _submissions(folder, kampanye.versi_data)
        accepted = kiriman[kiriman["hasil"].eq("diterima")].drop_duplicates("kiriman")
        what = accepted["kiriman"] + " " + accepted["diterima"].astype("str") + " " + accepted["lembar"].fillna("")
        pairs = DeltaTable(folder / "rekap").to_pyarrow_dataset().to_table(columns=["kiriman", "opd"]).to_pandas()
    of_office = pairs.drop_duplicates().groupby("kiriman")["opd"].apply(list).to_dict()
    lines: dict[str, list[str]] = {"": what.tolist(), **{code: [] for code in kampanye.units["kode"]}}
    for submission, line in zip(accepted["kiriman"], what, strict=True):
        for code in of_office.get(submission, []):
            lines.setdefault(code, []).append(line)
    return {code: hashlib.sha256("\n".join(own).encode()).hexdigest() for code, own in lines.items()}


def _create(folder: Path, name: str) -> DeltaTable:
    path = folder / name
    if not DeltaTable.is_deltatable(str(path)):
        # Made aside with its rules and renamed: no other writer ever sees a table without them.
        aside = folder / f".baru-{uuid.uuid4().hex}"
        aside.mkdir(parents=True)
        created = DeltaTable.create(aside, schema=TABLES[name].arrow)
        created.alter.add_constraint(TABLES[name].rules)
        try:
            aside.rename(path)
        except OSError:
            shutil.rmtree(aside)  # another intake was quicker
    return DeltaTable(path)


def _submissions(folder: Path, versi: int) -> tuple[pd.DataFrame, int]:
    try:
        table = DeltaTable(folder / "kiriman", version=versi or None)
    except TableNotFoundError:
        raise StoreError(
            f"Simpanan {folder} belum ada; jalankan `pantau terima` dulu supaya kiriman masuk ke sana."
        ) from None
    except Exception as error:
        if versi:
            raise StoreError(f"Versi data {versi} tidak ada di {folder}; pakai 0 untuk yang terbaru.") from error
        raise
    kiriman = table.to_pyarrow_table().to_pandas().sort_values("diterima", kind="stable").reset_index(drop=True)
    if not kiriman["hasil"].eq("diterima").any():
        raise StoreError(f"Simpanan {folder} belum memuat kiriman yang diterima; jalankan `pantau terima`.")
    return kiriman, table.version()


def _load(folder: Path, name: str, keep: Any = None) -> pd.DataFrame:
    table = DeltaTable(folder / name).to_pyarrow_dataset().to_table(filter=keep)
    frame = table.to_pandas(date_as_object=False)
    counts = [f.name for f in TABLES[name].arrow if pa.types.is_integer(f.type)]
    flags = [f.name for f in TABLES[name].arrow if pa.types.is_boolean(f.type)]
    return frame.astype(dict.fromkeys(counts, "Int64") | dict.fromkeys(flags, "boolean"))


def _rows(folder: Path, name: str, accepted: pd.DataFrame, kampanye: Campaign) -> pd.DataFrame:
    frame = _load(folder, name, ds.field("kiriman").isin(accepted["kiriman"].tolist()))
    frame = frame[frame["opd"].isin(kampanye.units["kode"])]
    return frame.drop_duplicates(["kiriman", "baris"]).sort_values(["kiriman", "baris"]).reset_index(drop=True)


def _follow_ups(folder: Path, accepted: pd.DataFrame, day: date) -> pd.DataFrame:
    """Follow-ups of accepted submissions up to the data date."""
    frame = _load(folder, "tindak_lanjut", ds.field("kiriman").isin(accepted["kiriman"].tolist()))
    frame = frame[frame["tanggal"].le(pd.Timestamp(day))].drop_duplicates(["kiriman", "baris"])
    return frame.sort_values(["tanggal", "nomor"]).reset_index(drop=True)


def _with_sex_and_year(people: pd.DataFrame) -> pd.DataFrame:
    """Sex (digit 15) and birth year (digits 1-4) are kept from the NIP, the NIP itself is not."""
    nip = people["nip"].astype("str")
    return people.assign(
        tahun_lahir=pd.to_numeric(nip.str[:4]).astype("Int64"),
        kelamin=nip.str[14].map({"1": "Laki-laki", "2": "Perempuan"}),
    )


def _impersonal(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without identity and without what somebody wrote freely: names stand in free text too."""
    return frame.drop(columns=[name for name in PERSONAL if name in frame])
