"""offices.py: which office is meant, by code, by name, or by the name of the file."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.offices import find_office, office_in_name
from helpers.intake.titles import date_in_name

UNITS = pd.DataFrame(
    {
        "kode": ["DINKES", "KEC-ALAK", "BAG-PBJ", "DIN", "A-1", "A-2"],
        "nama": [
            "Dinas Kesehatan",
            "Kecamatan Alak",
            "Bagian Pengadaan Barang/Jasa",
            "Dinas Induk",
            "Nama Kembar",
            "Nama Kembar",
        ],
    }
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DINKES", "DINKES"),
        ("dinkes", "DINKES"),
        (" DinKes ", "DINKES"),
        ("Dinas Kesehatan", "DINKES"),
        ("DINAS KESEHATAN", "DINKES"),
        ("Dinas  Kesehatan Kota Kupang", "DINKES"),
        ("Dinas Kesehatan, Kota Kupang.", "DINKES"),
        ("KEC-ALAK", "KEC-ALAK"),
        ("kec alak", "KEC-ALAK"),
        ("Kecamatan Alak", "KEC-ALAK"),
        ("Bagian Pengadaan Barang / Jasa", "BAG-PBJ"),
        ("DIN", "DIN"),
    ],
)
def test_office_by_code_or_name(text, code):
    assert find_office(text, UNITS) == code


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "DINKESS", "Dinas", "Kesehatan", "Kota Kupang", "DINKES DIN", "5371", "Nama Kembar"]
)
def test_no_guess_where_nothing_fits_exactly(text):
    assert find_office(text, UNITS) is None


def test_every_office_of_the_register_is_found_by_code_and_name(kampanye):
    for unit in kampanye.units.itertuples():
        assert find_office(unit.kode, kampanye.units) == unit.kode
        assert find_office(unit.nama, kampanye.units) == unit.kode
        assert find_office(f"{unit.nama.upper()} KOTA KUPANG", kampanye.units) == unit.kode


@given(st.text())
def test_find_office_never_raises(text):
    assert find_office(text, UNITS) in {None, *UNITS["kode"]}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DINKES_2020-03-17.xlsx", "DINKES"),
        ("dinkes 2020-03-17 (1).xlsx", "DINKES"),
        ("laporan_KEC-ALAK_final.csv", "KEC-ALAK"),
        ("DINKES.xlsx", "DINKES"),
        ("DIN.xlsx", "DIN"),
    ],
)
def test_office_in_a_file_name(name, code):
    assert office_in_name(Path("/masuk") / name, UNITS) == code


@pytest.mark.parametrize("name", ["laporan.xlsx", "DINKESS.xlsx", "DINKES_KEC-ALAK.xlsx", "XDINKES_1.csv", ".xlsx"])
def test_no_office_in_a_file_name(name):
    assert office_in_name(Path(name), UNITS) is None


def test_folder_names_do_not_count():
    assert office_in_name(Path("/masuk/DINKES/laporan.xlsx"), UNITS) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("DINKES_2020-03-17.xlsx", date(2020, 3, 17)),
        ("2020-03-17 DINKES 2020-03-17.xlsx", date(2020, 3, 17)),
        ("DINKES_2020-03-17(1).csv", date(2020, 3, 17)),
        ("DINKES.xlsx", None),
        ("DINKES_17-03-2020.xlsx", date(2020, 3, 17)),
        ("DINKES_2020-02-31.xlsx", None),
        ("DINKES_2020-03-10_2020-03-17.xlsx", None),
        ("DINKES_12020-03-171.xlsx", None),
    ],
)
def test_date_in_a_file_name(name, day):
    assert date_in_name(Path(name)) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Disdikbud", "DISDIKBUD"), ("Dinas P dan K", "DISDIKBUD"), ("Satpol PP", "SATPOLPP"), ("Kantor Camat Alak", "KEC-ALAK"),
        ("Bag. Kerjasama", "BAG-KERJASAMA"), ("BKD", "BKPPD"), ("Dinas Pertaniann", "DISTAN"), ("Dinas Kesehtan", "DINKES"),
        ("Dinas Pertanahan", None), ("Kecamatan Kota", None), ("Sekretariat Daerah", None),
    ],
)  # fmt: skip
def test_aliases_and_slips_but_no_other_names(kota, text, code):
    assert find_office(text, kota.units) == code
