"""The store: append a submission, read as of a date, name the data version.

Delta Lake tables in one folder, one per entry of schema.TABLES. Nothing is updated in place. A submission counts
once its row in `kiriman` stands, and that row is written last: an append that dies halfway leaves no trace, and
the version of `kiriman` is the *versi data* of a report. Checking what is appended is left to intake.
"""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import TableNotFoundError

from helpers.campaign import Campaign
from helpers.schema import TABLES
from helpers.store import activities, corrected, follow_ups
from helpers.store.before import numbered, previous_date, report_time
from helpers.store.data import Comparison, Data
from helpers.store.delta import KIRIMAN, OPD, StoreError, among, create, dataset, frame, load, ordered, readable
from helpers.store.moved import less, moved_away, without
from helpers.store.residents import newest_residents

# What identifies a person never enters a notebook: read() leaves it out, read_people() is for one office.
PERSONAL = ["nip", "nama", "uraian", "tindak_lanjut", "usulan", "pic", "keterangan"]

_NIP = ds.field("nip")
_DIGIT = pc.utf8_slice_codeunits(_NIP, 14, 15)
# Sex (digit 15) and birth year (digits 1-4) are taken from the NIP while it is read; the NIP goes no further.
_SEX_AND_YEAR = {
    "tahun_lahir": pc.utf8_slice_codeunits(_NIP, 0, 4).cast(pa.int64()),
    "kelamin": pc.if_else(
        _DIGIT == "1", "Laki-laki", pc.if_else(_DIGIT == "2", "Perempuan", pa.scalar(None, pa.string()))
    ),
}


def append(folder: Path, tables: dict[str, pd.DataFrame]) -> int:
    """Append rows of whole submissions, table by table, `kiriman` last. Returns the new data version.

    Types and rules of schema.py are enforced by Delta: a row that breaks one stops the append before `kiriman`
    is written, so none of it counts.
    """
    for name, table in TABLES.items():
        target = create(folder, name)
        rows = tables.get(name)
        if rows is not None and not rows.empty:
            names = table.arrow.names
            whole = rows.assign(**{name: None for name in names if name not in rows})[names]
            arrow = pa.Table.from_pandas(whole, schema=table.arrow, preserve_index=False)
            # A store of an earlier version lacks the columns that came later: they are added, empty.
            write_deltalake(target, arrow, mode="append", schema_mode="merge")
    return DeltaTable(folder / "kiriman").version()


def known(folder: Path) -> pd.DataFrame:
    """All submissions ever recorded, accepted and refused, oldest first; empty if there is no store yet.

    StoreError if the store is damaged or lacks a table.
    """
    with readable(folder):
        return _known(folder)


def _known(folder: Path) -> pd.DataFrame:
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(folder)
    if not DeltaTable.is_deltatable(str(folder / "kiriman")):
        return TABLES["kiriman"].arrow.empty_table().to_pandas()
    for name in TABLES:
        if name not in ("pindah", "warga", "klasifikasi"):  # not in stores of an earlier version
            DeltaTable(folder / name)  # a table that is gone must not pass for "nothing new"
    return load(folder, "kiriman").sort_values("diterima", kind="stable").reset_index(drop=True)


def version(folder: Path) -> int:
    """The data version now. StoreError if nothing was taken in yet."""
    with readable(folder):
        return _submissions(folder, 0)[1]


def read(kampanye: Campaign) -> Data:
    """Everything a report may use, as of `kampanye.tanggal_data` and `kampanye.versi_data` (0: newest)."""
    with readable(kampanye.path(kampanye.simpan)):
        return _read(kampanye)


def compare(kampanye: Campaign, tanggal: date | None = None, versi: int = 0) -> Comparison:
    """The last report's state beside the present one, for measures.movement.

    `tanggal`: data date of the last report; None: by rule (before.previous_date). `versi`: the data version that it
    printed; 0: what was received by the end of the working day after `tanggal` (before.report_time), or, where
    nothing was, what is known now about `tanggal`. StoreError as for `read`, and for a `tanggal` not before the data
    date.
    """
    if tanggal and tanggal >= kampanye.tanggal_data:
        raise StoreError(f"Tanggal pembanding {tanggal} harus sebelum tanggal data {kampanye.tanggal_data}.")
    with readable(kampanye.path(kampanye.simpan)):
        kini = _read(kampanye, named=True)
        day, saat_itu = tanggal or previous_date(kini.rekap, kampanye.tanggal_data), True
        lalu = None
        if day:
            then = kampanye.model_copy(update={"tanggal_data": day, "versi_data": versi or kampanye.versi_data})
            lalu = _read(then, None if versi else report_time(day, kampanye.days_off, kampanye.zona_waktu), named=True)
            if not versi and not lalu.rekap["berhasil"].notna().any():
                lalu, saat_itu = _read(then, named=True), False
        if lalu is None or not lalu.rekap["berhasil"].notna().any():
            _, people = numbered(kini.nominatif.iloc[:0], kini.nominatif)
            return Comparison(None, replace(kini, nominatif=people), False)
        before, people = numbered(lalu.nominatif, kini.nominatif)
        return Comparison(replace(lalu, nominatif=before), replace(kini, nominatif=people), saat_itu)


def _read(kampanye: Campaign, until: datetime | None = None, named: bool = False) -> Data:
    """`until`: only what was received by then. `named`: people with their NIP, which must go before it is handed out."""
    folder, day = kampanye.path(kampanye.simpan), kampanye.tanggal_data
    kiriman, versi = _submissions(folder, kampanye.versi_data)
    kiriman = kiriman[kiriman["diterima"].le(until)] if until else kiriman
    recorded = kiriman["diterima"].max()
    accepted = kiriman[kiriman["hasil"].eq("diterima")].drop_duplicates("kiriman")
    ours = among(KIRIMAN, accepted["kiriman"])
    known = ours & among(OPD, kampanye.units["kode"]) & (ds.field("tanggal_data") <= day)
    # The newest word on an office's day: later receipt wins, whatever the order of arrival of the days.
    receipts = accepted.reset_index(names="urutan").set_index("kiriman")[["urutan", "lembar"]]
    rekap = ordered(dataset(folder, "rekap").to_table(filter=known)).join(receipts, on="kiriman")
    rekap = rekap.sort_values(["opd", "tanggal_data", "urutan"])
    telling = rekap[rekap["lembar"].str.contains(r"\bsosialisasi\b", na=False)]
    rekap = rekap.drop_duplicates(["opd", "tanggal_data"], keep="last").reset_index(drop=True)
    newest = rekap[rekap["berhasil"].notna()].drop_duplicates("opd", keep="last")
    used = accepted[accepted.index.isin(rekap["urutan"])]
    people, in_newest = dataset(folder, "nominatif"), _sent_by(newest)
    obstacles, spread = dataset(folder, "kendala"), dataset(folder, "sosialisasi")
    happened = _sent_by(telling) & (ds.field("tanggal") <= day)
    left = moved_away(folder, ours, day)
    warga = newest_residents(folder, ours, day, receipts["urutan"])
    given = corrected.in_force(folder, accepted["kiriman"])
    sent_with = accepted[accepted["kiriman"].isin(warga["kiriman"])]
    # What a meeting decides on a day's log is told by the next day's report: the log itself stays as it was handed out.
    of_log = pd.to_datetime(accepted["tanggal_data"])
    logs, same = (
        accepted.loc[which, "kiriman"] for which in (of_log.lt(pd.Timestamp(day)), of_log.eq(pd.Timestamp(day)))
    )
    columns = _impersonal("nominatif", people) | _SEX_AND_YEAR | ({"nip": _NIP} if named else {})
    present = ordered(people.to_table(columns, in_newest))
    return Data(
        nominatif=without(corrected.with_codes(present, given, people, in_newest, "kode_kendala"), left),
        rekap=less(
            rekap.drop(columns=["urutan", "lembar"]).assign(rinci=_counted_from(people, rekap)), people, left, kampanye
        ),
        kendala=corrected.with_codes(
            ordered(obstacles.to_table(_impersonal("kendala", obstacles), in_newest)),
            given,
            obstacles,
            in_newest,
            "kode",
        ),
        sosialisasi=activities.union(
            ordered(spread.to_table(_impersonal("sosialisasi", spread), happened)), telling[["kiriman", "opd"]]
        ),
        lembar_sosialisasi=set(telling["opd"]),
        tindak_lanjut=follow_ups.as_of(folder, among(KIRIMAN, logs), accepted["kiriman"], day),
        tertulis=follow_ups.written(folder, among(KIRIMAN, same)),
        warga=warga,
        kiriman=used.reset_index(drop=True),
        ditolak=_refused(kiriman),
        tanggal_data=day,
        versi=versi,
        dicatat=recorded if pd.isna(recorded) else recorded.to_pydatetime(),
        contoh=bool(used["contoh"].any() or sent_with["contoh"].any()),
    )


def read_people(kampanye: Campaign, opd: str, data: Data | None = None) -> pd.DataFrame:
    """Names, NIP and status of one office's newest nominatif, for that office's own follow-up list only.

    Empty if the office sent counts, or nothing. `data`: what `read` gave for the same campaign, if at hand.
    """
    folder = kampanye.path(kampanye.simpan)
    newest = (data or read(kampanye)).rekap
    newest = newest[newest["opd"].eq(opd) & newest["berhasil"].notna()].tail(1)
    kiriman, _ = _submissions(folder, kampanye.versi_data)
    accepted = kiriman.loc[kiriman["hasil"].eq("diterima"), "kiriman"].drop_duplicates()
    people = load(folder, "nominatif", _sent_by(newest)).drop_duplicates(["kiriman", "baris"])
    given, held = corrected.in_force(folder, accepted), dataset(folder, "nominatif")
    people = corrected.with_codes(people, given, held, _sent_by(newest), "kode_kendala")
    return without(people, moved_away(folder, among(KIRIMAN, accepted), kampanye.tanggal_data))


def earlier(kampanye: Campaign) -> tuple[pd.DataFrame, pd.DataFrame]:
    """For intake alone: the people of every accepted nominatif (with NIP and name; whoever moved away too), oldest list
    first, and every accepted count by office and day, newest word on each day. Both empty if there is no store yet."""
    folder = kampanye.path(kampanye.simpan)
    past = known(folder)
    taken = past[past["hasil"].eq("diterima")].drop_duplicates("kiriman")
    if taken.empty:
        return TABLES["nominatif"].arrow.empty_table().to_pandas(), TABLES["rekap"].arrow.empty_table().to_pandas()
    with readable(folder):
        order = taken.reset_index(names="urutan").set_index("kiriman")["urutan"]
        ours = among(KIRIMAN, taken["kiriman"])
        counts = load(folder, "rekap", ours).join(order, on="kiriman").sort_values(["opd", "tanggal_data", "urutan"])
        counts = counts.drop_duplicates(["opd", "tanggal_data"], keep="last")
        columns = ["kiriman", "baris", "opd", "tanggal_data", "nip", "nama", "jenis_asn"]
        people = dataset(folder, "nominatif").to_table(columns, filter=ours).to_pandas(date_as_object=False)
        people = people.drop_duplicates(["kiriman", "baris"]).join(order, on="kiriman")
        return people.sort_values(["tanggal_data", "urutan"], kind="stable"), counts


def slices(kampanye: Campaign) -> dict[str, str]:
    """What each office's report is made from, as a digest per office code; "" is for reports on all of them.

    A submission is named by the hash of its file and nothing is updated in place, so the list of an office's
    accepted submissions, in order, says it all; the city's report also counts the refused ones. Later days count too: a
    report may be redone once too often, never once too seldom. StoreError as for `read`.
    """
    folder = kampanye.path(kampanye.simpan)
    with readable(folder):
        kiriman, _ = _submissions(folder, kampanye.versi_data)
        accepted = kiriman[kiriman["hasil"].eq("diterima")].drop_duplicates("kiriman")
        refused = kiriman.loc[kiriman["hasil"].eq("ditolak"), "kiriman"].drop_duplicates()
        what = accepted["kiriman"] + " " + accepted["diterima"].astype("str") + " " + accepted["lembar"].fillna("")
        pairs = DeltaTable(folder / "rekap").to_pyarrow_dataset().to_table(columns=["kiriman", "opd"]).to_pandas()
    of_office = pairs.drop_duplicates().groupby("kiriman")["opd"].apply(list).to_dict()
    ours = among(KIRIMAN, accepted["kiriman"])
    left = moved_away(folder, ours, kampanye.tanggal_data) if len(accepted) else None
    lines: dict[str, list[str]] = {
        "": [*what, *("ditolak " + refused)],
        **{code: [] for code in kampanye.units["kode"]},
    }
    for code, entry in corrected.offices(folder, accepted["kiriman"]):
        lines.setdefault(code, []).append(f"klasifikasi {entry}")
    for submission, line in zip(accepted["kiriman"], what, strict=True):
        for code in of_office.get(submission, []):
            lines.setdefault(code, []).append(line)
    for row in left.itertuples() if left is not None else ():
        # Whoever moved away changes the office's counts without a submission of its own.
        lines.setdefault(row.opd, []).append(f"pindah {row.kiriman_lama} {row.baris_lama}")
    return {code: hashlib.sha256("\n".join(own).encode()).hexdigest() for code, own in lines.items()}


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


def _sent_by(rows: pd.DataFrame) -> ds.Expression:
    """Rows of these submissions and of their offices: one file may hold many offices and not be the newest of all."""
    return among(pc.binary_join_element_wise(KIRIMAN, OPD, "/"), rows["kiriman"] + "/" + rows["opd"])


def _counted_from(people: ds.Dataset, rekap: pd.DataFrame) -> pd.Series:
    """True for the counts whose office sent its people in the same submission, for the same date."""
    keys = ["kiriman", "opd", "tanggal_data"]
    found = frame(people.to_table(keys).group_by(keys).aggregate([]))
    return rekap[keys].merge(found.assign(rinci=True), on=keys, how="left")["rinci"].notna()


def _refused(kiriman: pd.DataFrame) -> pd.DataFrame:
    """Submissions of offices that were sent back; a rekap of residents and a returned log are of no office."""
    of_none = kiriman["lembar"].fillna("").isin(["warga", "tindak_lanjut"])
    return kiriman[kiriman["hasil"].eq("ditolak") & ~of_none].drop_duplicates("kiriman").reset_index(drop=True)


def _impersonal(name: str, held: ds.Dataset) -> dict[str, ds.Expression]:
    """Columns without identity and without what somebody wrote freely: names stand in free text too. A column that a
    store of an earlier version lacks is left out."""
    columns = [column for column in TABLES[name].arrow.names if column in held.schema.names]
    return {column: ds.field(column) for column in columns if column not in PERSONAL}
