"""rows.py: what reading any table has in common, and the side tables. Files are tested in test_receive.py."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.intake import people, rows
from helpers.intake.counts import read_rekap
from helpers.intake.identity import SAMPLE_SERIALS
from helpers.intake.tables import Row

TODAY = date(2020, 3, 17)
NIP = "198503172010011001"


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
COUNTS = ["Jumlah ASN", "Berhasil", "Gagal", "Belum", "Bukti"]
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
