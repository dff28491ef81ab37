"""rows.py: rows of a sheet to rows of the store. Small grids, read directly; files are tested in test_receive.py."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.intake import people, rows
from helpers.intake.classify import Classifier
from helpers.intake.counts import read_rekap
from helpers.intake.findings import Findings
from helpers.intake.identity import SAMPLE_SERIALS
from helpers.intake.tables import Row, find_tables
from helpers.intake.workbook import Sheet

TODAY = date(2020, 3, 17)
NIP = "198503172010011001"


@pytest.fixture
def pembaca(kota):
    """Builds a Reader over lines of cells, the first of which is the heading."""

    def build(*lines, opd="DINKES", as_of=TODAY, today=TODAY):
        sheet = Sheet("S", [list(line) for line in lines])
        (table,) = find_tables(sheet, kota.columns) or [_first_row_is_heading(sheet, kota)]
        classifier = Classifier(kota.obstacles, kota.columns.get("singkatan", {}))
        return rows.Reader(kota, table, Findings(), today, opd, as_of, bool(opd), classifier)

    return build


def _first_row_is_heading(sheet, kota):
    """A table whose cells are too odd for intake to see a table in them: readers must stand them all the same."""
    (empty,) = find_tables(Sheet("S", sheet.cells[:1]), kota.columns)
    return replace(empty, sheet=sheet, end=len(sheet.cells))


@pytest.fixture
def rekap(pembaca):
    """A Reader of a rekap, for single cells."""
    return pembaca(["Jumlah ASN"])


def codes(reader):
    return [finding.kode for finding in reader.found.items]


def cell(value):
    return Row(6, {"jumlah_asn": value, "uraian": value, "tanggal_data": value, "status": value})


# Numbers of people


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("", None),
        ("  ", None),
        (0, 0),
        (0.0, 0),
        (412, 412),
        (412.0, 412),
        ("412", 412),
        ("1.946", 1946),
        ("1 946", 1946),
        ("1.234.567", 1234567),
        ("０１２", 12),
        ("007", 7),
        ("12 orang", 12),
        (999999999, 999999999),
    ],
    ids=repr,
)
def test_count(rekap, value, number):
    assert rekap.count(cell(value), "jumlah_asn") == number
    assert codes(rekap) == []


@pytest.mark.parametrize(
    "value",
    [
        "-3",
        -3,
        "dua",
        "12,5",
        12.5,
        "1,946",
        "1.94",
        "12.",
        "~12",
        "=1+1",
        True,
        float("nan"),
        float("inf"),
        10**9,
        "9" * 30,
        date(2020, 3, 17),
        "30%",
    ],
    ids=repr,
)
def test_what_is_no_number_of_people_is_refused(rekap, value):
    assert rekap.count(cell(value), "jumlah_asn") is None
    assert codes(rekap) == ["angka_salah"]


@pytest.mark.parametrize("value", [0.305, 0.125, 12.625, "0.305", ".305", "0.125"], ids=repr)
def test_a_share_is_not_read_as_hundreds_of_people(rekap, value):
    assert rekap.count(cell(value), "jumlah_asn") is None
    assert codes(rekap) == ["angka_salah"]


# Dates of the campaign


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", []),
        (date(2020, 2, 15), []),
        ("17/03/2020", []),
        (43907.0, []),
        ("31/02/2020", ["tanggal_salah"]),
        ("kemarin", ["tanggal_salah"]),
        (date(2020, 2, 14), ["sebelum_mulai"]),
        ("17/03/2002", ["sebelum_mulai"]),
        (date(2020, 3, 18), ["masa_depan"]),
        ("17/03/2021", ["masa_depan"]),
        (date(2020, 3, 11), ["sesudah_data"]),
    ],
    ids=repr,
)
def test_date(rekap, value, found):
    latest = date(2020, 3, 10) if found == ["sesudah_data"] else None
    taken = rekap.date(cell(value), "tanggal_data", latest)
    assert codes(rekap) == found
    assert (taken is None) == (bool(found) or value == "")


def test_words_and_text(pembaca):
    reader = pembaca(["NIP", "Nama", "Status"])
    assert reader.word(cell("Sudah"), "status", "status", "status_asing") == "berhasil"
    assert reader.word(cell(""), "status", "status", "status_asing") is None
    assert codes(reader) == []
    assert reader.word(cell("entah"), "status", "status", "status_asing") is None
    assert codes(reader) == ["status_asing"]
    assert reader.free_text(cell(""), "uraian") is None
    assert reader.free_text(cell("NIK 5371012345678901 dan 081234567890"), "uraian").count("disamarkan") == 2
    assert reader.masked == 2


# Nominatif


def test_nominatif_row(pembaca):
    reader = pembaca(
        [
            "NIP",
            "Nama",
            "Unit Kerja",
            "Jenis",
            "Status",
            "Tgl Isi",
            "Bukti",
            "Kode",
            "Uraian",
            "Tindak Lanjut",
            "Sidik Bukti",
        ],
        [
            NIP,
            " Nama  A ",
            "Seksi 1",
            "CPNS",
            "Sudah",
            "2 Maret 2020",
            "Ya",
            "k11",
            "bukti hilang",
            "unduh lagi",
            "0" * 63 + "A",
        ],
    )
    (row,) = people.read_nominatif(reader)
    assert row == {
        "baris": 2,
        "opd": "DINKES",
        "tanggal_data": TODAY,
        "nip": NIP,
        "nama": "Nama A",
        "unit": "Seksi 1",
        "jenis_asn": "PNS",
        "status": "berhasil",
        "tanggal_isi": date(2020, 3, 2),
        "bukti": True,
        "bukti_sidik": "0" * 63 + "a",
        "kode_kendala": "K11",
        "uraian": "bukti hilang",
        "tindak_lanjut": "unduh lagi",
        "keyakinan": None,
    }
    assert codes(reader) == []


def test_what_is_not_said_is_unknown(pembaca):
    (row,) = people.read_nominatif(pembaca(["NIP", "Nama", "Status"], [NIP, "A", "Belum"]))
    assert {name: row[name] for name in ("unit", "tanggal_isi", "bukti", "kode_kendala", "uraian")} == dict.fromkeys(
        ("unit", "tanggal_isi", "bukti", "kode_kendala", "uraian")
    )
    assert row["jenis_asn"] == "PNS"


def test_a_date_counts_only_for_who_succeeded(pembaca):
    reader = pembaca(["NIP", "Nama", "Status", "Tanggal Isi"], [NIP, "A", "Proses", date(2020, 3, 2)])
    assert people.read_nominatif(reader)[0]["tanggal_isi"] is None


def test_every_wrong_cell_of_a_row_is_found_at_once(pembaca):
    reader = pembaca(
        ["NIP", "Nama", "Status", "Bukti", "Jenis ASN", "Kode Kendala", "Tanggal Isi"],
        ["123", "", "entah", "kira-kira", "TNI", "K77", "besok"],
    )
    people.read_nominatif(reader)
    assert sorted(codes(reader)) == sorted(
        ["nip_salah", "tanpa_nama", "status_asing", "bukti_asing", "jenis_asing", "kode_asing", "tanggal_salah"]
    )


def test_same_nip_written_differently_is_a_duplicate(pembaca):
    reader = pembaca(
        ["NIP", "Nama", "Status"], [NIP, "A", "Belum"], ["19850317 201001 1 001", "B", "Belum"], [NIP, "C", "Belum"]
    )
    people.read_nominatif(reader)
    assert codes(reader) == ["nip_ganda", "nip_ganda"]
    assert [f.sel for f in reader.found.items] == ["A3", "A4"]


def test_empty_nips_are_missing_and_not_duplicates(pembaca):
    reader = pembaca(["NIP", "Nama", "Status"], ["", "A", "Belum"], ["", "B", "Belum"])
    people.read_nominatif(reader)
    assert codes(reader) == ["tanpa_nip", "tanpa_nip"]


def test_no_identity_number_is_kept_in_the_name(pembaca):
    (row,) = people.read_nominatif(
        pembaca(["NIP", "Nama", "Status"], [NIP, "Maria Bria NIK 5371012345678901", "Belum"])
    )
    assert "5371012345678901" not in row["nama"]
    assert row["nama"].startswith("Maria Bria")


def test_warnings_name_each_cell(pembaca):
    reader = pembaca(
        ["NIP", "Nama", "Status", "Kode Kendala"],
        [NIP[:-1] + "1", "A", "Berhasil", ""],
        [NIP[:-1] + "2", "B", "Berhasil", ""],
        [NIP[:-1] + "3", "C", "Gagal", ""],
        [NIP[:-1] + "4", "D", "Gagal", "K13"],
        [NIP[:-1] + "5", "E", "Belum", "K13"],
    )
    people.read_nominatif(reader)
    said = [(f.kode, f.sel) for f in reader.found.items]
    assert said == [
        ("berhasil_tanpa_tanggal", "C2"),
        ("berhasil_tanpa_tanggal", "C3"),
        ("gagal_tanpa_kendala", "D4"),
        ("k13_gagal", "D5"),
    ]
    assert not reader.found.refuses


# Rekap

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


# Side sheets


def test_kendala_row(pembaca):
    reader = pembaca(
        ["Tanggal", "Kode", "Uraian", "Jumlah ASN Terdampak", "Usulan", "PIC"],
        ["10/03/2020", "k01", "NIK 5371012345678901 ditolak", 4, "", "BPS"],
    )
    (row,) = rows.read_kendala(reader)
    assert (row["kode"], row["tanggal"], row["jumlah_asn"], row["usulan"]) == ("K01", date(2020, 3, 10), 4, None)
    assert row["uraian"] == "NIK [nomor disamarkan] ditolak"
    assert reader.masked == 1
    assert codes(reader) == []


def test_kendala_without_date_or_code(pembaca):
    reader = pembaca(["Tanggal", "Kode", "Uraian"], ["", "", "server down"])
    rows.read_kendala(reader)
    assert sorted(codes(reader)) == ["kendala_tanpa_tanggal", "kode_dugaan"]


def test_sosialisasi_row(pembaca):
    reader = pembaca(["Tanggal", "Media", "Peserta", "Keterangan"], ["10/03/2020", "WA", "", "kirim ke 081234567890"])
    (row,) = rows.read_sosialisasi(reader)
    assert (row["kanal"], row["jumlah_peserta"]) == ("grup WhatsApp", None)
    assert row["keterangan"] == "kirim ke [telepon disamarkan]"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (["", "WA"], ["tanpa_tanggal"]),
        (["10/03/2020", "", 5], ["kanal_asing"]),
        (["10/03/2020", "merpati pos"], ["kanal_asing"]),
        (["18/03/2020", "WA"], ["masa_depan"]),
        (["14/02/2020", "WA"], ["sebelum_mulai"]),
    ],
)
def test_sosialisasi_findings(pembaca, line, found):
    reader = pembaca(["Tanggal", "Kanal", "Jumlah Peserta"], line)
    rows.read_sosialisasi(reader)
    assert codes(reader) == found


def test_side_sheets_may_not_be_dated_after_the_data(pembaca):
    reader = pembaca(["Tanggal", "Kanal"], ["12/03/2020", "WA"], as_of=date(2020, 3, 10))
    rows.read_sosialisasi(reader)
    assert codes(reader) == ["sesudah_data"]


@pytest.mark.parametrize(
    ("serials", "invented"),
    [
        (["900", "920", "940", "960", "999"], True),
        (["900", "999"], False),
        (["900", "899"], False),
        (["001"], False),
        ([], False),
        (["9x0"], False),
    ],
)
def test_looks_invented(serials, invented):
    assert rows.looks_invented([{"nip": NIP[:15] + serial} for serial in serials], SAMPLE_SERIALS) is invented


CELL = st.one_of(
    st.text(max_size=12),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.from_regex(r"\d{1,12}[/.-]\d{1,12}[/.-]\d{1,12}", fullmatch=True),
    st.sampled_from([NIP, "Berhasil", "Gagal", "K01", "DINKES", "17/03/2020", "WA"]),
)
READ = {
    "nominatif": people.read_nominatif,
    "rekap": read_rekap,
    "kendala": rows.read_kendala,
    "sosialisasi": rows.read_sosialisasi,
}
HEADINGS = {
    "nominatif": ["NIP", "Nama", "Status", "Jenis ASN", "Tanggal Isi", "Bukti", "Kode Kendala", "Uraian"],
    "rekap": ["OPD", "Tanggal Data", *COUNTS],
    "kendala": ["Tanggal", "Kode", "Uraian", "Jumlah ASN Terdampak"],
    "sosialisasi": ["Tanggal", "Kanal", "Jumlah Peserta"],
}


@pytest.mark.parametrize("kind", HEADINGS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_cells_become_rows_or_findings_but_never_an_error(pembaca, kind, data):
    width = len(HEADINGS[kind])
    lines = data.draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=4))
    reader = pembaca(HEADINGS[kind], *lines)
    read = READ[kind](reader)
    assert len(read) <= len(lines)
    assert all(row["baris"] > 1 for row in read)
