"""counts.py: rows of a rekap, across or downwards, of one office, of its units or of many."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


# Whole sheets

HEAD = ["No", "OPD", "Jumlah ASN", "Berhasil", "Gagal", "Belum"]
CITY = [["REKAP KOTA KUPANG"], ["Keadaan 16 Maret 2020"]]
OFFICE = [["DINAS KESEHATAN"], ["Keadaan 16 Maret 2020"]]
KES, HUB = [1, "Dinas Kesehatan", 10, 3, 1, 6], [2, "Dinas Perhubungan", 5, 5, 0, 0]
ONE = ("DINKES", 10, 3, 1, 6)
BOTH = [ONE, ("DISHUB", 5, 5, 0, 0)]
UNITS = ["No", "Unit Kerja", "Jumlah ASN", "Berhasil", "Gagal", "Belum"]


def said(submission, level="tolak"):
    return [f.kode for f in submission.temuan if f.tingkat == level]


def read_rows(submission):
    return [
        tuple(r[n] for n in ("opd", "jumlah_asn", "berhasil", "gagal", "belum")) for r in submission.tables["rekap"]
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([*CITY, HEAD, KES, HUB, ["", "JUMLAH", 15, 8, 1, 6]], BOTH),
        ([*CITY, HEAD, ["Total", "", 15, 8, 1, 6], KES, HUB], BOTH),
        ([*CITY, HEAD, [1, 2, 3, 4, 5, 6], KES], [ONE]),
        ([*CITY, HEAD, ["a", "b", "c", "d", "e", "f"], KES], [ONE]),
        ([*CITY, HEAD, ["(1)", "(2)", "(3)=4+5+6", "(4)", "(5)", "(6)"], KES], [ONE]),
        ([*CITY, HEAD, ["A", "SEKRETARIAT DAERAH"], KES, ["B", "DINAS"], HUB], BOTH),
        ([*CITY, HEAD, KES, [], ["", "", "", "Kupang, 16 Maret 2020"], ["", "", "", "NIP. 198503172010011099"]], [ONE]),
        ([*CITY, HEAD, KES, ["", "Keterangan: 5 orang cuti"]], [ONE]),
        ([*CITY, ["No", "OPD", "Jumlah ASN", "Berhasil", "%", "Gagal", "%", "Belum", "%"],
          [1, "Dinkes", 10, 3, 0.3, 1, 0.1, 6, 0.6]], [ONE]),
        ([*CITY, ["No", "OPD", "Jumlah ASN", "Berhasil", "", "Gagal", "", "Belum", ""],
          ["", "", "", "Jml", "%", "Jml", "%", "Jml", "%"], [1, "Dinkes", 10, 3, 0.3, 1, 0.1, 6, 0.6]], [ONE]),
        ([*CITY, ["OPD", "Jumlah PTT", "PNS", "Jumlah ASN", "Target", "Berhasil", "Gagal", "Belum"],
          ["Dinkes", 7, 8, 10, 8, 3, 1, 6]], [ONE]),
        ([*CITY, ["Dinas", "Jumlah ASN", "Berhasil", "Gagal", "Belum", "Proses"], ["Dinkes", 10, 3, 1, 4, 2]], [ONE]),
        ([*CITY, ["OPD", "Sudah", "Gagal", "Belum"], ["Dinkes", 3, 1, "6 orang"]], [ONE]),
        ([*OFFICE, ["Jumlah ASN", ":", 10], ["Berhasil", ":", 3], ["Gagal", ":", 1], ["Belum", ":", 6]], [ONE]),
        ([*OFFICE, ["1. Jumlah ASN : 10"], ["Jumlah ASN : 10"], ["Sudah: 3"], ["Gagal: 1"], ["Belum: 6"]], [ONE]),
        ([*OFFICE, ["Uraian", "Jumlah"], ["Jumlah ASN", 10], ["Berhasil", 3]], [("DINKES", 10, 3, None, None)]),
        ([*OFFICE, ["No", "Uraian", "Jumlah"], [1, "Jumlah ASN", 10], [2, "Berhasil", 3], [3, "Gagal", 1], [4, "Belum", 6]], [ONE]),
        ([*OFFICE, ["Status", "Jumlah"], ["Berhasil", 3], ["Gagal", 1], ["Belum", 6], ["Jumlah", 10]], [ONE]),
        ([*OFFICE, UNITS, [1, "Sekretariat", 6, 2, 1, 3], [2, "Sub Bagian Umum", 4, 1, 0, 3], ["", "Jumlah", 10, 3, 1, 6]], [ONE]),
    ],
)  # fmt: skip
def test_sheets_of_counts(baca, lines, expected):
    taken = baca(lines)
    assert (said(taken), read_rows(taken)) == ([], expected)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([*CITY, HEAD, [1, "SEKRETARIAT DAERAH", 20, 6, 2, 12]], "opd_induk"),
        ([*CITY, HEAD, [1, "Dinas Pertanahan", 20, 6, 2, 12]], "opd_ragu"),
        ([*CITY, HEAD, [1, "PT Semen Kupang", 20, 6, 2, 12]], "opd_asing"),
        ([*CITY, HEAD, KES, KES], "rekap_ganda"),
        ([*CITY, ["OPD", "Jumlah ASN", "Sudah", "Belum"], ["Dinkes", 10, 4, 7]], "tidak_cocok"),
        ([*OFFICE, UNITS, [1, "Sekretariat", 6, 2, 1, 3], [2, "Bidang", 4, 1, 0, 3], ["", "Jumlah", 11, 3, 1, 6]], "rincian_beda"),
    ],
)  # fmt: skip
def test_sheets_of_counts_that_are_sent_back(baca, lines, code):
    assert code in said(baca(lines))


def test_what_is_said_about_an_accepted_rekap(baca):
    assert said(baca([*CITY, HEAD, KES, HUB, ["", "Total", 16, 8, 1, 6]]), "peringatan") == ["total_beda"]
    taken = baca([*CITY, HEAD, KES, [2, "Dinas Sosial", "", "", ""], [3, "Dinas Perhubungan", "-", "-", "-"]])
    assert (said(taken, "catatan"), taken.opd) == (["tanpa_laporan"], ["DINKES"])


def test_days_of_rows_and_merged_offices(baca):
    head = ["OPD", "Tanggal", "Jumlah ASN", "Berhasil"]
    lines = [["Dinkes", "10/03/2020", 10, 1], ["", "16 Maret 2020", 10, 2], ["Dinsos", date(2020, 3, 10), 5, 0]]
    found = [(r["opd"], r["tanggal_data"].day, r["berhasil"]) for r in baca([head, *lines]).tables["rekap"]]
    assert found == [("DINKES", 10, 1), ("DINKES", 16, 2), ("DINSOS", 10, 0)]


NUMBER = st.one_of(st.integers(0, 12), st.sampled_from(["", "-", "3", "1.000", 0.3, -1, "x"]))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(NUMBER, min_size=5, max_size=5), order=st.permutations(range(5)))
def test_sums_of_an_accepted_rekap_are_consistent(baca, cells, order):
    head = ["Jumlah ASN", "Berhasil", "Gagal", "Belum", "Proses"]
    taken = baca([*CITY, ["OPD", *(head[at] for at in order)], ["Dinkes", *(cells[at] for at in order)]])
    for row in taken.tables.get("rekap", []) if taken.hasil == "diterima" else []:
        assert sum(row[name] or 0 for name in ("berhasil", "gagal", "belum")) <= row["jumlah_asn"]


@pytest.mark.parametrize(
    ("headings", "refused"),
    [
        (["ASN telah ikut sensus"], True),
        (["Capaian (%)"], True),
        (["Berhasil 9 Maret", "Berhasil 16 Maret"], True),
        (["PNS", "PPPK"], False),
        (["Laki-laki", "Perempuan"], False),
        (["L", "P"], False),
        (["Jumlah KK"], False),
    ],
    ids=str,
)
def test_headcounts_with_more_numbers_are_refused_only_where_those_tell_how_far_it_is(baca, headings, refused):
    lines = [["Keadaan 16 Maret 2020"], ["OPD", "Jumlah ASN", *headings], ["DINKES", 10, *range(3, 3 + len(headings))]]
    taken = baca(lines)
    assert ("hanya_jumlah" in [f.kode for f in taken.temuan]) is refused
    assert taken.hasil == ("ditolak" if refused else "diterima")
