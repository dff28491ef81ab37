"""titles.py: the day and the office that stand around a table."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.tables import find_tables
from helpers.intake.titles import data_date, date_in_name, named_office, titled_office
from helpers.intake.workbook import Sheet

DAY = date(2020, 3, 16)
LIST = [["NIP", "Nama", "Status"], ["198503172010011001", "Maria Bria", "belum"]]


@pytest.fixture
def dibaca(kota):
    """The table under lines of titles."""

    def read(*titles, sheet="S"):
        lines = [list(line) if isinstance(line, list) else [line] for line in titles]
        return find_tables(Sheet(sheet, [*lines, *LIST]), kota.columns)[0]

    return read


@pytest.mark.parametrize(
    "titles",
    [
        ["Keadaan s/d 16 Maret 2020"], ["KEADAAN : 16 MARET 2020"], ["Keadaan 16 Maret"], ["Data per 16/3/2020 pukul 10.00"],
        ["Posisi 16-3-20"], ["Per 16-Mar-20"], ["Hari/Tanggal: Senin, 16 Maret 2020"], [["Tanggal Data", "", DAY]],
        [["Tanggal", ":", "16/03/2020"]], [["Per Tanggal", 43906]], ["16 Maret 2020"],
        # ranges: their end, unless they are the campaign
        ["Periode 15 Februari s/d 16 Maret 2020"], ["15 Februari - 16 Maret 2020"], ["tanggal 1 s.d 16 Maret 2020"],
        ["Rekap mingguan tgl 10-16 Maret 2020"], ["Minggu ke-3 (9 - 16 Maret 2020)"],
        ["Sensus Penduduk Online 15 Februari - 31 Maret 2020", "Keadaan 16 Maret 2020"],
        ["Sensus Penduduk Online (15 Februari s/d 31 Maret 2020)", "16 Maret 2020"],
        # references, deadlines, letterheads
        ["Surat Edaran Nomor 49 Tahun 2020 tanggal 28 Februari 2020", "Keadaan 16 Maret 2020"],
        ["Lampiran Surat Nomor 470/12/III/2020 tanggal 10 Maret 2020", "16 Maret 2020"],
        ["Batas akhir 31 Maret 2020", "Per 16 Maret 2020"], ["Kupang, 17 Maret 2020", "Keadaan 16 Maret 2020"],
        ["UU 16/1997 dan PP 51/1999", "Data 16 Maret 2020"],
        # a day that is called the data's wins over one that only stands there
        ["Rapat 10 Maret 2020", "Keadaan sampai dengan 16 Maret 2020"],
    ],
    ids=str,
)  # fmt: skip
def test_data_date(dibaca, kota, titles):
    assert data_date(dibaca(*titles), kota).hari == DAY


@pytest.mark.parametrize(
    "titles",
    [
        [], ["Maret 2020"], ["15 Februari - 31 Maret 2020"], ["Periode 15 Februari s/d 31 Maret 2020"], ["Kupang, 16 Maret 2020"],
        ["Nomor: 470/12/III/2020 tanggal 10 Maret 2020"], ["Tenggat 31 Maret 2020"], ["UU 16/1997, Perpres 39/2019"],
    ],
    ids=str,
)  # fmt: skip
def test_no_data_date(dibaca, kota, titles):
    found = data_date(dibaca(*titles), kota)
    assert (found.hari, found.teks, found.calon) == (None, "", ())


def test_two_days_are_a_doubt_and_a_wrong_one_is_told(dibaca, kota):
    assert data_date(dibaca("10 Maret 2020", "16 Maret 2020"), kota).calon == (date(2020, 3, 10), DAY)
    assert data_date(dibaca(["Tanggal Data", "besok"]), kota).teks == "besok"


def test_the_name_of_the_sheet_may_tell_day_and_office(dibaca, kota):
    found = dibaca(sheet="Dinas Sosial 16-3-2020")
    assert data_date(found, kota).hari == DAY
    assert titled_office(found, kota).kode == "DINSOS"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("DINAS KESEHATAN KOTA KUPANG", "DINKES"), ("PEMERINTAH KOTA KUPANG DINAS KESEHATAN", "DINKES"),
        ("SUBBAGIAN UMUM DINAS KESEHATAN", "DINKES"), ("Sub Bag. Umum Dinas Kesehatan", "DINKES"),
        ("Bagian Kepegawaian Dinas Kesehatan", "DINKES"), ("Dinas Kesehtan", "DINKES"), ("Dinas Pertaniann", "DISTAN"),
        ("Dinas Pertanahan", ""), ("Kelurahan Alak Kecamatan Alak", "KEC-ALAK"), ("KECAMATAN KOTA RAJA", "KEC-KOTARAJA"),
        ("Bagian Umum Sekretariat Daerah", "BAG-UMUM"), ("BAGIAN UMUM DINAS KESEHATAN", ""), ("Sekretariat Daerah", ""),
        ("DINAS KESEHATAN KABUPATEN KUPANG", ""), ("Dinas Kesehatan Provinsi NTT", ""), ("Inspektorat Provinsi NTT", ""),
        ("RSUD S.K. Lerik", "RSUDSKL"), ("RSUD Prof. W. Z. Johannes", ""), ("Badan Pusat Statistik Kota Kupang", ""),
        ("Dinas Kesehatan dan Dinas Sosial", ""), ("Surat Dinas Sosial nomor 5", "DINSOS"), ("Puskesmas Oepoi Dinkes", "DINKES"),
    ],
)  # fmt: skip
def test_office_in_a_title(dibaca, kota, title, code):
    if title.startswith("Surat"):
        code = ""  # a letter's sender is not whose list it is
    assert titled_office(dibaca(title), kota).kode == code


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("DINKES_16 Maret 2020", DAY), ("Dinkes 16032020", DAY), ("Laporan 16-3-20", DAY), ("20200316_dinkes", DAY),
        ("dinkes 16 maret", DAY), ("dinkes_16.03.2020", DAY), ("dinkes s.d 16 Maret 2020", DAY), ("SP2020 dinkes 16 Mar 2020", DAY),
        ("dinkes 15 feb - 31 maret 2020", None), ("2020-03", None), ("Lap 1 (2)", None), ("10-3-2020 16-3-2020", None),
    ],
)  # fmt: skip
def test_day_in_a_file_name(kota, name, day):
    assert date_in_name(Path(f"{name}.xlsx"), kota) == day


@given(st.text(max_size=80))
def test_titles_never_raise(kota, text):
    (table,) = find_tables(Sheet(text[:30], [[text], ["Keadaan " + text], *LIST]), kota.columns)[:1]
    assert data_date(table, kota) is not None
    assert titled_office(table, kota).kode in {"", *kota.units["kode"]}
    assert named_office(Path("x"), kota).kode == ""


@pytest.mark.parametrize(
    ("written", "day", "doubted"),
    [
        ("03/10/2020", date(2020, 3, 10), "03/10/2020"),  # 3 October is long past the campaign; 10 March is not
        ("3/16/2020", date(2020, 3, 16), "3/16/2020"),
        ("10/03/2020", date(2020, 3, 10), ""),
        ("03/04/2021", date(2021, 4, 3), ""),  # neither reading is a day of the campaign
    ],
)
def test_a_label_with_the_month_first(dibaca, kota, written, day, doubted):
    found = data_date(dibaca(f"Tanggal Data: {written}"), kota)
    assert (found.hari, found.dua_arti) == (day, doubted)


@pytest.mark.parametrize("line", ["Telp. (0380) 12-03-20", "Jalan S.K. Lerik 10-3-2020", "Fax 16.03.2020"])
def test_a_number_in_the_letterhead_is_no_date(dibaca, kota, line):
    assert data_date(dibaca(line), kota).hari is None
