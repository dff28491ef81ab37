"""sample.py: the invented submissions, their sums, their marks, and that a seed gives the same bytes."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from helpers import sample, store
from helpers.intake.identity import SAMPLE_SERIALS, read_nip
from helpers.sample import residents

STAMP = "DATA CONTOH - BUKAN DATA RESMI"
SILENT = {"KEC-KOTALAMA", "PRKP", "DISPERINDAG", "BAG-HUKUM"}


@pytest.fixture(scope="module")
def berkas(kota):
    """All invented submissions of the default seed."""
    return sample.invent(kota)


@pytest.fixture(scope="module")
def masuk(contoh_store):
    """The written files of the sample store's inbox."""
    return sorted(Path(contoh_store.masuk).iterdir())


def equal(one, other):
    if [(f.name, f.opd, f.as_of, list(f.tables)) for f in one] != [
        (f.name, f.opd, f.as_of, list(f.tables)) for f in other
    ]:
        return False
    return all(a.tables[name].equals(b.tables[name]) for a, b in zip(one, other, strict=True) for name in a.tables)


def last_counts(kampanye):
    rekap = store.read(kampanye).rekap
    return rekap[rekap["berhasil"].notna()].drop_duplicates("opd", keep="last")


def test_same_seed_same_tables(kota, berkas):
    assert equal(berkas, sample.invent(kota, seed=2020))


def test_another_seed_gives_other_people(kota, berkas):
    other = sample.invent(kota, seed=7)
    assert not equal(berkas, other)
    assert len(other) == len(berkas)


def test_headcounts_are_5402_people_in_52_units(berkas, kota):
    (listed,) = [f for f in berkas if f.opd == ""]
    counts = listed.tables["Rekap"]
    assert counts["jumlah_asn"].sum() == 5402
    assert set(counts["opd"]) == set(kota.units["kode"])
    assert len(counts) == 52
    assert counts["jumlah_asn"].min() >= 15


def test_store_holds_what_the_assignment_says(contoh_store):
    data = store.read(contoh_store)
    newest = last_counts(contoh_store)
    assert data.tanggal_data == date(2020, 3, 17)
    assert newest["tanggal_data"].eq(pd.Timestamp("2020-03-17")).all()
    assert newest["berhasil"].sum() == 1621
    assert round(1621 / 5402, 2) == 0.30
    assert data.rekap.drop_duplicates("opd", keep="last")["jumlah_asn"].sum() == 5402
    assert data.rekap["opd"].nunique() == 52
    assert newest[["berhasil", "gagal", "belum"]].sum(axis=1).eq(newest["jumlah_asn"]).all()
    assert newest["bukti"].le(newest["berhasil"]).all()


def test_four_offices_are_silent(contoh_store):
    units = set(contoh_store.units["kode"])
    reported = set(last_counts(contoh_store)["opd"])
    assert units - reported == SILENT == set(sample.SILENT)
    assert last_counts(contoh_store)["jumlah_asn"].sum() < 5402


def test_gagal_is_between_8_and_10_percent(contoh_store):
    newest = last_counts(contoh_store)
    assert 0.08 <= newest["gagal"].sum() / 5402 <= 0.10
    assert 0.08 <= newest["gagal"].sum() / newest["jumlah_asn"].sum() <= 0.10


def test_offices_differ_widely(contoh_store):
    newest = last_counts(contoh_store)
    rate = newest["berhasil"] / newest["jumlah_asn"]
    assert rate.min() < 0.15
    assert rate.max() > 0.8


def test_sample_store_is_marked(contoh_store):
    data = store.read(contoh_store)
    assert data.contoh is True
    assert data.kiriman["contoh"].all()


def test_earlier_days_are_there_and_never_fall(contoh_store):
    rekap = store.read(contoh_store).rekap.dropna(subset=["berhasil"])
    assert set(rekap["tanggal_data"].dt.date) == {date(2020, 3, 3), date(2020, 3, 10), date(2020, 3, 17)}
    for _, office in rekap.groupby("opd"):
        assert office["berhasil"].is_monotonic_increasing
        assert office["jumlah_asn"].nunique() == 1


def test_every_nip_is_valid_invented_and_single(berkas):
    newest = [f.tables["Nominatif"] for f in berkas if "Nominatif" in f.tables and f.as_of == sample.DATA_DATE]
    people = pd.concat(newest)
    assert people["nip"].is_unique
    assert len(people) > 4000
    for nip, jenis in zip(people["nip"], people["jenis_asn"], strict=True):
        read = read_nip(nip, jenis, sample.DATA_DATE)
        assert (read.salah, read.rusak, read.digits) == ("", False, nip)
        assert int(nip[-3:]) in SAMPLE_SERIALS
    assert (SAMPLE_SERIALS.start, SAMPLE_SERIALS.stop) == (900, 1000)


def test_a_person_keeps_name_and_nip_between_days(berkas):
    first, last = (
        next(f.tables["Nominatif"] for f in berkas if f.opd == "DINKES" and f.as_of == day)
        for day in (date(2020, 3, 10), sample.DATA_DATE)
    )
    assert first[["nip", "nama"]].equals(last[["nip", "nama"]])
    assert set(first.index[first["status"].eq("Berhasil")]) <= set(last.index[last["status"].eq("Berhasil")])


def test_nothing_happens_outside_the_window(berkas, kota):
    for file in berkas:
        for table in file.tables.values():
            for name in [c for c in table if c.startswith("tanggal")]:
                days = pd.to_datetime(table[name]).dropna()
                assert days.between(pd.Timestamp(kota.mulai), pd.Timestamp(file.as_of)).all()


def test_codes_are_in_the_catalogue_and_fit_the_status(berkas, kota):
    counted = kota.obstacles.set_index("kode")["dihitung"]
    people = pd.concat(f.tables["Nominatif"] for f in berkas if "Nominatif" in f.tables)
    coded = people.dropna(subset=["kode_kendala"])
    assert set(coded["kode_kendala"]) <= set(counted.index)
    rolled = coded["status"].str.lower().replace({"proses": "belum"})
    assert rolled.eq(coded["kode_kendala"].map(counted)).all()
    assert people.loc[people["status"].eq("Gagal"), "kode_kendala"].notna().all()


def test_every_sheet_and_csv_carries_the_stamp(masuk):
    assert {path.suffix for path in masuk} == {".xlsx", ".csv"}
    for path in masuk:
        if path.suffix == ".csv":
            assert path.read_text(encoding="utf-8-sig").splitlines()[0] == STAMP
            continue
        book = CalamineWorkbook.from_path(path)
        assert len(book.sheet_names) == (5 if path.name != residents.NAME else 1)
        for name in book.sheet_names:
            top = book.get_sheet_by_name(name).to_python()[:4]
            assert any(cell == STAMP for line in top for cell in line), f"{path.name} {name}"


@pytest.mark.lambat
def test_written_twice_gives_the_same_bytes(tulis_contoh, masuk, kota, tmp_path):
    again = tulis_contoh(tmp_path / "lagi", kota)
    assert [p.name for p in again] == [p.name for p in masuk]
    assert [p.name for p, q in zip(again, masuk, strict=True) if p.read_bytes() != q.read_bytes()] == []
