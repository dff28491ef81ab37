"""Families by kelurahan: the newest word on each place up to the data date; no office's report hangs on them."""

import shutil
from datetime import UTC, date, datetime

import pandas as pd

from helpers import campaign, store
from helpers.intake import form_residents
from helpers.intake.receive import receive
from helpers.sample import residents as sample_residents


def sent(kampanye, folder, name, when, more=0, minute=0, keep=None, sample=False):
    """A rekap of the sample's families, `more` added to each answer; `keep`: so many kelurahan only."""
    counts = sample_residents.invent(kampanye).head(keep)
    counts["merespons"] += more
    path = form_residents.write(folder / f"{name}.xlsx", kampanye, counts, when, sample)
    (submission,) = receive([path], kampanye, datetime(2020, 3, 18, 12, minute, tzinfo=UTC))
    assert submission.hasil == "diterima"


def own(contoh_store, tmp_path):
    """A copy of the sample's store as an earlier version left it: offices alone, without a table of families."""
    shutil.copytree(contoh_store.path(contoh_store.simpan), tmp_path / "simpan")
    shutil.rmtree(tmp_path / "simpan" / "warga")
    return campaign.build(contoh_store.parameters() | {"simpan": str(tmp_path / "simpan")})


def test_the_sample_has_every_kelurahan(contoh_store):
    assert store.read(contoh_store).warga["kode"].nunique() == len(contoh_store.villages) == 51


def test_a_store_of_an_earlier_version_lacks_the_table(contoh_store, tmp_path):
    kampanye = own(contoh_store, tmp_path)
    warga = store.read(kampanye).warga
    assert warga.empty and {"kode", "merespons"} <= set(warga)


def test_newest_day_then_newest_receipt(contoh_store, tmp_path):
    kampanye = own(contoh_store, tmp_path)
    first = sample_residents.invent(kampanye)["merespons"].sum()
    sent(kampanye, tmp_path, "a", date(2020, 3, 16))
    sent(kampanye, tmp_path, "b", date(2020, 3, 16), more=1, minute=1)
    sent(kampanye, tmp_path, "c", date(2020, 3, 10), more=2, minute=2)  # of an earlier day, come late
    assert store.read(kampanye).warga["merespons"].sum() == first + 51
    sent(kampanye, tmp_path, "d", date(2020, 3, 17), more=3, minute=3, keep=10)
    now = store.read(kampanye)
    assert now.warga["merespons"].sum() == first + 3 * 10 + 41
    sent(kampanye, tmp_path, "e", date(2020, 3, 18), more=4, minute=4)  # after the data date
    pd.testing.assert_frame_equal(store.read(kampanye).warga, now.warga)


def test_it_is_no_office_and_only_the_city_hangs_on_it(contoh_store, tmp_path):
    kampanye = own(contoh_store, tmp_path)
    before, told = store.slices(kampanye), store.read(kampanye)
    sent(kampanye, tmp_path, "a", date(2020, 3, 17))
    after, now = store.slices(kampanye), store.read(kampanye)
    assert [code for code in before if before[code] != after[code]] == [""]
    assert len(now.kiriman) == len(told.kiriman) and len(now.ditolak) == len(told.ditolak)
    pd.testing.assert_frame_equal(now.rekap, told.rekap)


def test_a_refused_rekap_is_not_among_those_of_offices(contoh_store, tmp_path):
    kampanye = own(contoh_store, tmp_path)
    path = tmp_path / "warga.csv"
    path.write_text("Kelurahan,Jumlah KK,KK Merespons,Tanggal Data\nAntah,10,20,17/03/2020\n")
    (submission,) = receive([path], kampanye, datetime(2020, 3, 18, tzinfo=UTC))
    assert submission.hasil == "ditolak"
    assert store.read(kampanye).ditolak.empty


def test_invented_families_stamp_the_report(kampanye, tmp_path):
    office = tmp_path / "DINKES_2020-03-17.csv"
    office.write_text("Kode OPD,Tanggal Data,Jumlah ASN,Berhasil\nDINKES,17/03/2020,100,30\n")
    receive([office], kampanye, datetime(2020, 3, 18, tzinfo=UTC))
    assert not store.read(kampanye).contoh
    sent(kampanye, tmp_path, "a", date(2020, 3, 17), sample=True)
    assert store.read(kampanye).contoh
