"""origins.py: whose a table is and of which day: form code, label, column, title, other tables, cover, file name."""

from datetime import date

import pytest

HEAD = ["NIP", "Nama", "Status"]
DAY = ["Keadaan 16 Maret 2020"]


def line(number):
    return [f"198503172010011{number:03d}", f"Nama {number}", "Belum"]


def refused(submission):
    return [f.kode for f in submission.temuan if f.tingkat == "tolak"]


@pytest.mark.parametrize(
    ("sheets", "options", "opd"),
    [
        ([[DAY, HEAD, line(1)]], {"properties": {"kode_opd": "DINKES"}, "name": "dinsos.xlsx"}, "DINKES"),
        ([[["OPD", ":", "Dinas Sosial"], ["DINAS KESEHATAN"], DAY, HEAD, line(1)]], {}, "DINSOS"),
        ([[["DINAS KESEHATAN"], DAY, HEAD, line(1)]], {"name": "dinsos.xlsx"}, "DINKES"),
        ([[["DINAS KESEHATAN"], ["OPD", "NIP", "Nama", "Status"], ["Dinas Sosial", *line(1)]]],
         {"name": "16-3-2020.xlsx"}, "DINSOS"),
        ([[["DINAS KESEHATAN"], DAY], [HEAD, line(1)]], {"name": "16-3-2020.xlsx"}, "DINKES"),  # a cover
        ([[DAY, HEAD, line(1)]], {"name": "Dinas Sosial.xlsx"}, "DINSOS"),
        ([[["DINAS SOSIAL"], DAY, HEAD, line(1)], [HEAD, line(2)]], {}, "DINSOS"),  # the other sheet's
    ],
)  # fmt: skip
def test_the_office_in_order_of_its_sources(baca, sheets, options, opd):
    taken = baca(*sheets, **options)
    assert (refused(taken), taken.opd, taken.tanggal_data) == ([], [opd], date(2020, 3, 16))


@pytest.mark.parametrize(
    ("titles", "options", "code"),
    [
        ([["OPD", "Dinas Sosial"]], {"properties": {"kode_opd": "DINKES"}}, "opd_ragu"),
        ([["OPD", "Dinas Pertanahan"]], {}, "opd_ragu"),
        ([["OPD", "PT Semen Kupang"]], {}, "opd_asing"),
        ([["DINAS KESEHATAN KABUPATEN KUPANG"]], {"name": "dinkes.xlsx"}, "opd_ragu"),
        ([["DINAS KESEHATAN DAN DINAS SOSIAL"]], {}, "opd_ragu"),
        ([], {}, "tanpa_opd"),
    ],
)
def test_a_doubtful_office_asks_instead_of_guessing(baca, titles, options, code):
    assert refused(baca([*titles, DAY, HEAD, line(1)], **options)) == [code]


def test_two_offices_in_one_file(baca):
    taken = baca([["DINAS KESEHATAN"], DAY, HEAD, line(1)], [["DINAS SOSIAL"], DAY, HEAD, line(2), line(3)])
    assert [(r["opd"], r["jumlah_asn"]) for r in taken.tables["rekap"]] == [("DINKES", 1), ("DINSOS", 2)]


def test_a_file_name_that_says_otherwise_is_noted(baca):
    taken = baca([["DINAS KESEHATAN"], DAY, HEAD, line(1)], name="dinsos.xlsx")
    assert [f.kode for f in taken.temuan] == ["opd_nama_berkas"]


@pytest.mark.parametrize(
    ("titles", "name", "day"),
    [
        ([DAY], "dinkes 2020-03-10.xlsx", date(2020, 3, 16)),
        ([], "dinkes 2020-03-10.xlsx", date(2020, 3, 10)),
        ([["10 Maret 2020"], ["16 Maret 2020"]], "dinkes 2020-03-10.xlsx", date(2020, 3, 10)),
    ],
)
def test_the_day_in_order_of_its_sources(baca, titles, name, day):
    assert baca([["DINAS KESEHATAN"], *titles, HEAD, line(1)], name=name).tanggal_data == day


def test_days_that_contradict_are_asked_for(baca):
    assert "tanggal_ragu" in refused(baca([["DINKES"], ["10 Maret 2020"], ["16 Maret 2020"], HEAD, line(1)]))
    assert refused(baca([["DINKES"], HEAD, line(1)])) == ["tanpa_tanggal"]


def test_units_that_are_offices_make_a_consolidated_list(baca):
    head = ["NIP", "Nama", "Unit Kerja", "Status"]
    people = [[*line(n)[:2], unit, "Belum"] for n, unit in enumerate(["Dinas Kesehatan", "Bagian Hukum"], start=1)]
    assert baca([DAY, head, *people]).opd == ["BAG-HUKUM", "DINKES"]
