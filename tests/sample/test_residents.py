"""The invented families: sums as set, every kelurahan, within each other, the same for the same seed."""

from helpers.sample import residents as sample_residents


def test_sums_and_bounds(kota):
    counts = sample_residents.invent(kota)
    assert counts["kode_kel"].tolist() == kota.villages["kode_kel"].tolist()
    assert counts["jumlah_kk"].sum() == sample_residents.FAMILIES
    assert counts["merespons"].sum() == sample_residents.ANSWERED and counts["clean"].sum() == sample_residents.CLEAN
    assert (counts["clean"] <= counts["merespons"]).all() and (counts["merespons"] <= counts["jumlah_kk"]).all()
    # More than the 4.800 and 3.040 that were published for 2 March.
    assert sample_residents.ANSWERED > 4800 and sample_residents.CLEAN > 3040


def test_seeds(kota):
    assert sample_residents.invent(kota).equals(sample_residents.invent(kota, 2020))
    assert not sample_residents.invent(kota).equals(sample_residents.invent(kota, 7))
