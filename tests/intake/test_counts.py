"""counts.py: rows of a rekap, across or downwards, of one office, of its units or of many."""

from datetime import date

import pytest

from helpers.intake.counts import read_rekap

TODAY = date(2020, 3, 17)


def codes(reader):
    return [finding.kode for finding in reader.found.items]


COUNTS = ["Jumlah ASN", "Berhasil", "Gagal", "Belum", "Bukti"]


def test_rekap_row_with_date_and_office_of_the_file(pembaca):
    (row,) = read_rekap(pembaca(COUNTS, [412, "100", 12.0, "300", 90]))
    assert row == {
        "baris": 2,
        "opd": "DINKES",
        "tanggal_data": TODAY,
        "jumlah_asn": 412,
        "berhasil": 100,
        "gagal": 12,
        "belum": 300,
        "bukti": 90,
    }


def test_rekap_of_many_offices_and_days(pembaca):
    reader = pembaca(
        ["OPD", "Tanggal", "Jumlah Pegawai"],
        ["Dinas Kesehatan", "10/03/2020", 10],
        ["DISHUB", "10/03/2020", 20],
        ["dinkes", "17/03/2020", 11],
        opd="",
        as_of=None,
    )
    found = read_rekap(reader)
    assert [(r["opd"], r["tanggal_data"], r["jumlah_asn"]) for r in found] == [
        ("DINKES", date(2020, 3, 10), 10),
        ("DISHUB", date(2020, 3, 10), 20),
        ("DINKES", date(2020, 3, 17), 11),
    ]
    assert all(r["berhasil"] is None for r in found)  # headcounts only: unknown, not 0
    assert codes(reader) == []


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ([10, 3, 1, 6, 3], []),
        ([0, 0, 0, 0, 0], []),
        ([10, 3, "", "", ""], []),
        ([10, "", "", "", ""], []),
        ([10, 3, 1, 5, 0], ["tidak_cocok"]),
        ([10, 3, 1, 7, 0], ["tidak_cocok"]),
        ([10, 11, "", "", ""], ["melebihi"]),
        ([10, 3, 1, 6, 4], ["melebihi"]),
        ([10, "", "", "", 1], ["melebihi"]),
        (["", 3, 1, 6, 0], ["jumlah_kosong"]),
        (["x", 3, 1, 6, 0], ["angka_salah"]),
        ([10, "x", 1, 6, ""], ["angka_salah"]),
    ],
)
def test_sums_of_a_rekap(pembaca, counts, found):
    reader = pembaca(COUNTS, counts)
    read_rekap(reader)
    assert codes(reader) == found


@pytest.mark.parametrize(
    ("counts", "truth"),
    [([10, "", 12, "", ""], "Gagal 12"), ([10, "", "", 13, ""], "Belum 13")],
)
def test_the_message_names_the_count_that_is_too_large(pembaca, counts, truth):
    reader = pembaca(COUNTS, counts)
    read_rekap(reader)
    (finding,) = reader.found.items
    assert finding.pesan.startswith(f"{truth} melebihi Jumlah ASN 10")


@pytest.mark.parametrize("counts", [[10, 6, 6, "", ""], [10, "", 6, 5, ""], [10, 6, "", 5, ""]], ids=str)
def test_the_message_does_not_blame_a_count_that_fits(pembaca, counts):
    """Only the sum is too large here, so no single count "melebihi Jumlah ASN"."""
    reader = pembaca(COUNTS, counts)
    read_rekap(reader)
    (finding,) = reader.found.items
    assert finding.tingkat == "tolak"
    assert "melebihi Jumlah ASN" not in finding.pesan or str(sum(filter(None, counts[1:4]))) in finding.pesan


def test_two_rows_for_one_office_and_day(pembaca):
    reader = pembaca(["OPD", "Tanggal", "Jumlah ASN"], ["DINKES", TODAY, 10], ["DINKES", TODAY, 11])
    read_rekap(reader)
    (finding,) = reader.found.items
    assert finding.kode == "rekap_ganda"
    assert "DINKES" in finding.pesan and "17 Maret 2020" in finding.pesan


def test_rows_left_out_on_purpose_are_counted_and_explained(pembaca):
    reader = pembaca(
        ["Date", "Code", "Kind", "Headcount_Reconstructed"],
        ["10/03/2020", "DINKES", "online", 10],
        ["10/03/2020", "DINKES", "final_incl_paper", 12],
        ["10/03/2020", "TIDAKADA", "final_incl_paper", "x"],
    )
    assert [row["jumlah_asn"] for row in read_rekap(reader)] == [10]
    (finding,) = reader.found.items
    assert (finding.tingkat, finding.kode) == ("catatan", "dilewati")
    assert finding.pesan.startswith("2 baris") and "kertas" in finding.pesan
