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

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import TableNotFoundError

from helpers.campaign import Campaign
from helpers.schema import TABLES

# What identifies a person never enters a notebook: read() leaves it out, read_people() is for one office.
PERSONAL = ["nip", "nama", "uraian", "tindak_lanjut", "usulan", "pic", "keterangan"]

_TYPES = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
_KIRIMAN, _OPD, _NIP = ds.field("kiriman"), ds.field("opd"), ds.field("nip")
_DIGIT = pc.utf8_slice_codeunits(_NIP, 14, 15)
# Sex (digit 15) and birth year (digits 1-4) are taken from the NIP while it is read; the NIP goes no further.
_SEX_AND_YEAR = {
    "tahun_lahir": pc.utf8_slice_codeunits(_NIP, 0, 4).cast(pa.int64()),
    "kelamin": pc.if_else(
        _DIGIT == "1", "Laki-laki", pc.if_else(_DIGIT == "2", "Perempuan", pa.scalar(None, pa.string()))
    ),
}


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
            # A store of an earlier version lacks the columns that came later: they are added, empty.
            write_deltalake(target, arrow, mode="append", schema_mode="merge")
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
        if name != "pindah":  # not in stores of an earlier version
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
    ours = _among(_KIRIMAN, accepted["kiriman"])
    known = ours & _among(_OPD, kampanye.units["kode"]) & (ds.field("tanggal_data") <= day)
    # The newest word on an office's day: later receipt wins, whatever the order of arrival of the days.
    receipts = accepted.reset_index(names="urutan").set_index("kiriman")[["urutan", "lembar"]]
    rekap = _ordered(_dataset(folder, "rekap").to_table(filter=known)).join(receipts, on="kiriman")
    rekap = rekap.sort_values(["opd", "tanggal_data", "urutan"])
    rekap = rekap.drop_duplicates(["opd", "tanggal_data"], keep="last").reset_index(drop=True)
    newest = rekap[rekap["berhasil"].notna()].drop_duplicates("opd", keep="last")
    telling = rekap[rekap["lembar"].str.contains(r"\bsosialisasi\b", na=False)].drop_duplicates("opd", keep="last")
    used = accepted[accepted.index.isin(rekap["urutan"])]
    people, in_newest = _dataset(folder, "nominatif"), _sent_by(newest)
    obstacles, activities = _dataset(folder, "kendala"), _dataset(folder, "sosialisasi")
    left = _moved_away(folder, ours, day)
    present = _ordered(people.to_table(_impersonal("nominatif", people) | _SEX_AND_YEAR, in_newest))
    return Data(
        nominatif=_without(present, left),
        rekap=_less(rekap.drop(columns=["urutan", "lembar"]).assign(rinci=_counted_from(people, rekap)), people, left, kampanye),
        kendala=_ordered(obstacles.to_table(_impersonal("kendala", obstacles), in_newest)),
        sosialisasi=_ordered(activities.to_table(_impersonal("sosialisasi", activities), _sent_by(telling))),
        lembar_sosialisasi=set(telling["opd"]),
        tindak_lanjut=_follow_ups(folder, ours, day),
        kiriman=used.reset_index(drop=True),
        tanggal_data=day,
        versi=versi,
        dicatat=recorded,
        contoh=bool(used["contoh"].any()),
    )


def read_people(kampanye: Campaign, opd: str, data: Data | None = None) -> pd.DataFrame:
    """Names, NIP and status of one office's newest nominatif, for that office's own follow-up list only.

    Empty if the office sent counts, or nothing. `data`: what `read` gave for the same campaign, if at hand.
    """
    folder = kampanye.path(kampanye.simpan)
    newest = (data or read(kampanye)).rekap
    newest = newest[newest["opd"].eq(opd) & newest["berhasil"].notna()].tail(1)
    kiriman, _ = _submissions(folder, kampanye.versi_data)
    ours = _among(_KIRIMAN, kiriman.loc[kiriman["hasil"].eq("diterima"), "kiriman"])
    people = _load(folder, "nominatif", _sent_by(newest)).drop_duplicates(["kiriman", "baris"])
    return _without(people, _moved_away(folder, ours, kampanye.tanggal_data))


def earlier(kampanye: Campaign) -> tuple[pd.DataFrame, pd.DataFrame]:
    """For intake alone: the people of each office's newest nominatif (with NIP and name; whoever moved away too), and
    every accepted count by office and day, newest word on each day. Both empty if there is no store yet."""
    folder = kampanye.path(kampanye.simpan)
    past = known(folder)
    taken = past[past["hasil"].eq("diterima")].drop_duplicates("kiriman")
    if taken.empty:
        return tuple(TABLES[name].arrow.empty_table().to_pandas() for name in ("nominatif", "rekap"))  # type: ignore[return-value]
    with _readable(folder):
        order = taken.reset_index(names="urutan").set_index("kiriman")["urutan"]
        ours = _among(_KIRIMAN, taken["kiriman"])
        counts = _load(folder, "rekap", ours).join(order, on="kiriman").sort_values(["opd", "tanggal_data", "urutan"])
        counts = counts.drop_duplicates(["opd", "tanggal_data"], keep="last")
        columns = ["kiriman", "baris", "opd", "tanggal_data", "nip", "nama", "jenis_asn"]
        people = _dataset(folder, "nominatif").to_table(columns, filter=ours).to_pandas(date_as_object=False)
        people = people.drop_duplicates(["kiriman", "baris"]).join(order, on="kiriman")
        newest = people.sort_values(["tanggal_data", "urutan"]).drop_duplicates("opd", keep="last")[["opd", "kiriman"]]
        return people.merge(newest, on=["opd", "kiriman"]), counts


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
    ours = _among(_KIRIMAN, accepted["kiriman"])
    left = _moved_away(folder, ours, kampanye.tanggal_data) if len(accepted) else None
    lines: dict[str, list[str]] = {"": what.tolist(), **{code: [] for code in kampanye.units["kode"]}}
    for submission, line in zip(accepted["kiriman"], what, strict=True):
        for code in of_office.get(submission, []):
            lines.setdefault(code, []).append(line)
    for row in left.itertuples() if left is not None else ():
        # Whoever moved away changes the office's counts without a submission of its own.
        lines.setdefault(row.opd, []).append(f"pindah {row.kiriman_lama} {row.baris_lama}")
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


def _dataset(folder: Path, name: str) -> ds.Dataset:
    return DeltaTable(folder / name).to_pyarrow_dataset()


def _load(folder: Path, name: str, keep: ds.Expression | None = None) -> pd.DataFrame:
    return _frame(_dataset(folder, name).to_table(filter=keep))


def _frame(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas(date_as_object=False, types_mapper=_TYPES.get)


def _ordered(table: pa.Table) -> pd.DataFrame:
    """Rows by submission and line, each once: a submission written twice reads as one."""
    # Millions of rows are put in order by the rank of their submission's name, not by the name itself.
    names = table["kiriman"].dictionary_encode().combine_chunks()
    rank, baris = pc.rank(names.dictionary).take(names.indices).to_numpy(), table["baris"].to_numpy()
    _, first = np.unique(rank.astype("int64") * (1 + baris.max(initial=0)) + baris, return_index=True)
    return _frame(table.take(first))


def _among(column: ds.Expression, values: pd.Series) -> ds.Expression:
    return column.isin(pa.array(values.tolist(), pa.string()))  # typed, so that no value at all is no error


def _sent_by(rows: pd.DataFrame) -> ds.Expression:
    """Rows of these submissions and of their offices: one file may hold many offices and not be the newest of all."""
    return _among(pc.binary_join_element_wise(_KIRIMAN, _OPD, "/"), rows["kiriman"] + "/" + rows["opd"])


def _counted_from(people: ds.Dataset, rekap: pd.DataFrame) -> pd.Series:
    """True for the counts whose office sent its people in the same submission, for the same date."""
    keys = ["kiriman", "opd", "tanggal_data"]
    found = _frame(people.to_table(keys).group_by(keys).aggregate([]))
    return rekap[keys].merge(found.assign(rinci=True), on=keys, how="left")["rinci"].notna()


def _moved_away(folder: Path, ours: ds.Expression, day: date) -> pd.DataFrame:
    """Rows of people that another office's newer list holds by that day: kiriman_lama, baris_lama."""
    if not DeltaTable.is_deltatable(str(folder / "pindah")):
        return TABLES["pindah"].arrow.empty_table().to_pandas()
    return _load(folder, "pindah", ours & (ds.field("tanggal_data") <= day))


def _without(people: pd.DataFrame, left: pd.DataFrame) -> pd.DataFrame:
    if left.empty:
        return people
    gone = pd.MultiIndex.from_frame(left[["kiriman_lama", "baris_lama"]])
    return people[~pd.MultiIndex.from_frame(people[["kiriman", "baris"]]).isin(gone)].reset_index(drop=True)


def _less(rekap: pd.DataFrame, people: ds.Dataset, left: pd.DataFrame, kampanye: Campaign) -> pd.DataFrame:
    """Counts without the people that another office counts: nobody is counted twice in the city's sum."""
    if left.empty:
        return rekap
    columns = ["kiriman", "baris", "opd", "jenis_asn", "status", "bukti"]
    rows = _frame(people.to_table(columns, filter=_among(_KIRIMAN, left["kiriman_lama"].drop_duplicates())))
    gone = pd.MultiIndex.from_frame(left[["kiriman_lama", "baris_lama"]])
    rows = rows[pd.MultiIndex.from_frame(rows[["kiriman", "baris"]]).isin(gone)].drop_duplicates(["kiriman", "baris"])
    rows = rows[rows["jenis_asn"].isin(kampanye.counted_kinds)]
    done = rows["status"].eq("berhasil")
    minus = rows.assign(
        jumlah_asn=1,
        berhasil=done.astype(int),
        gagal=rows["status"].eq("gagal").astype(int),
        belum=rows["status"].isin(["belum", "proses"]).astype(int),
        bukti=(done & rows["bukti"].fillna(False)).astype(int),
    ).groupby(["kiriman", "opd"])[["jumlah_asn", "berhasil", "gagal", "belum", "bukti"]].sum()
    found = rekap[["kiriman", "opd"]].join(minus, on=["kiriman", "opd"])
    known = rekap["rinci"].astype(bool)
    changed = {
        name: (rekap[name] - found[name].fillna(0).where(known, 0).astype("Int64")).astype("Int64") for name in minus
    }
    return rekap.assign(**changed)


def _follow_ups(folder: Path, ours: ds.Expression, day: date) -> pd.DataFrame:
    """Follow-ups of accepted submissions up to the data date."""
    frame = _load(folder, "tindak_lanjut", ours & (ds.field("tanggal") <= day)).drop_duplicates(["kiriman", "baris"])
    return frame.sort_values(["tanggal", "nomor"]).reset_index(drop=True)


def _impersonal(name: str, held: ds.Dataset) -> dict[str, ds.Expression]:
    """Columns without identity and without what somebody wrote freely: names stand in free text too. A column that a
    store of an earlier version lacks is left out."""
    columns = [column for column in TABLES[name].arrow.names if column in held.schema.names]
    return {column: ds.field(column) for column in columns if column not in PERSONAL}
