"""tables.py: which table a sheet holds, where its headings stand, and what is written above it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.form import write_form
from helpers.intake.tables import find_tables
from helpers.intake.titles import data_date, labelled_office
from helpers.intake.workbook import Sheet, read_workbook

FORM = {
    "nominatif": [
        "No",
        "NIP",
        "Nama",
        "Unit Kerja",
        "Jenis ASN",
        "Status",
        "Tanggal Isi",
        "Bukti (Ada/Belum)",
        "Kode Kendala",
        "Uraian Kendala",
        "Tindak Lanjut",
    ],
    "rekap": ["Tanggal Data", "Jumlah ASN", "Berhasil", "Gagal", "Belum", "Bukti Terkumpul"],
    "kendala": ["Tanggal", "Kode", "Uraian", "Jumlah ASN Terdampak", "Usulan", "PIC"],
    "sosialisasi": ["Tanggal", "Kanal", "Jumlah Peserta", "Keterangan"],
}
FORM_NAMES = {
    "nominatif": [
        "nomor",
        "nip",
        "nama",
        "unit",
        "jenis_asn",
        "status",
        "tanggal_isi",
        "bukti",
        "kode_kendala",
        "uraian",
        "tindak_lanjut",
    ],
    "rekap": ["tanggal_data", "jumlah_asn", "berhasil", "gagal", "belum", "bukti"],
    "kendala": ["tanggal", "kode", "uraian", "jumlah_asn", "usulan", "pic"],
    "sosialisasi": ["tanggal", "kanal", "jumlah_peserta", "keterangan"],
}


@pytest.fixture(scope="module")
def kata(kota):
    """params/kolom.yaml as intake reads it."""
    return kota.columns


def table(kata, *lines):
    found = find_tables(Sheet("S", [list(line) for line in lines]), kata)
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize("kind", FORM)
def test_headings_of_the_form_are_recognised(kata, kind):
    found = table(kata, FORM[kind])
    assert found.kind == kind
    assert found.columns == {name: at for at, name in enumerate(FORM_NAMES[kind])}
    assert [found.heading_of(name) for name in FORM_NAMES[kind]] == FORM[kind]


@pytest.mark.parametrize("kind", FORM)
def test_every_synonym_of_the_parameters_is_understood(kata, kind):
    for name, headings in kata[kind].items():
        for heading in headings:
            line = [h for h, own in zip(FORM[kind], FORM_NAMES[kind], strict=True) if own != name]
            found = table(kata, [*line, f" {heading.upper()}: "])
            assert found.kind == kind, heading
            assert found.columns[name] == len(line), heading


@pytest.mark.parametrize(
    "headings",
    [["nip", "NAMA", " status "], ["NIP Baru", "Nama\nPegawai", "Status  SP Online"], ["(NIP)", "-Nama-", "STATUS:"]],
)
def test_case_punctuation_and_spaces_do_not_matter(kata, headings):
    assert table(kata, headings).columns == {"nip": 0, "nama": 1, "status": 2}


@pytest.mark.parametrize(
    "headings",
    [
        ["NIP", "Nama"],
        ["Nama", "Status"],
        ["Berhasil", "Gagal", "Belum"],
        ["Tanggal", "Kode"],
        ["Kode Kendala", "Kategori"],
        ["", "", ""],
        [],
    ],
)
def test_a_sheet_without_the_required_columns_is_no_table(kata, headings):
    assert table(kata, headings) is None


def test_heading_may_stand_below_a_title_and_labels(kata, kota):
    found = table(
        kata,
        ["NOMINATIF ASN"],
        ["Kode OPD:", "", "DINKES"],
        ["Tanggal Data", "17 Maret 2020"],
        [],
        ["", "NIP", "Nama", "Status"],
        ["", "1", "A", "Belum"],
    )
    assert found.heading == 4
    assert found.columns == {"nip": 1, "nama": 2, "status": 3}
    assert labelled_office(found) == "DINKES"
    assert data_date(found, kota).hari == date(2020, 3, 17)


@pytest.mark.parametrize(
    ("label", "opd"),
    [
        (["Kode OPD", "DINKES"], "DINKES"),
        (["OPD", "", "", "Dinas Kesehatan"], "Dinas Kesehatan"),
        (["kode opd :", "", "DINKES"], "DINKES"),
        (["Nama", "x", "KODE OPD", "DISHUB"], "DISHUB"),
        (["Kode OPD", ""], ""),
        (["Kepala OPD", "Maria"], ""),
    ],
)
def test_office_label(kata, label, opd):
    assert labelled_office(table(kata, label, FORM["nominatif"])) == opd


def test_labels_below_the_heading_are_rows_and_not_labels(kata):
    found = table(kata, FORM["rekap"], ["Kode OPD", "DINKES"], ["17/03/2020", 5])
    assert labelled_office(found) == ""


@pytest.mark.parametrize("value", [date(2020, 3, 17), 43907.0, "17/03/2020"])
def test_label_date_in_any_notation(kata, kota, value):
    assert data_date(table(kata, ["Tanggal Data", "", value], FORM["nominatif"]), kota).hari == date(2020, 3, 17)


def test_label_date_is_unknown_where_it_is_missing(kata, kota):
    assert data_date(table(kata, FORM["nominatif"]), kota).hari is None


def test_the_row_with_most_known_columns_is_the_heading(kata):
    found = table(kata, ["Jumlah ASN", "12"], FORM["nominatif"], ["1", "x", "y"])
    assert (found.kind, found.heading) == ("nominatif", 1)


def test_a_list_of_kendala_is_not_taken_for_a_rekap(kata):
    assert table(kata, ["Tanggal", "Kode", "Uraian", "Jumlah ASN"]).kind == "kendala"


def test_rows_skip_empty_lines_and_bare_running_numbers(kata):
    found = table(
        kata,
        ["No", "NIP", "Nama", "Status", "Paraf"],
        [1, "a", "A", "Belum", ""],
        ["", "", "  ", "\u200b", ""],
        [2, "", "", "", ""],
        [3, "", "", "", "hanya catatan"],
        [4, "b"],
        [],
    )
    rows = list(found.rows())
    assert [(row.place, row.text("nip")) for row in rows] == [(1, "a"), (5, "b")]
    assert rows[1].text("status") == ""  # a short line
    assert rows[0].text("tidak_ada") == ""


def test_all_rows_hold_unknown_columns_too(kata):
    found = table(kata, ["NIP", "Nama", "Status", "Ket."], ["1", "A", "Belum", " x "])
    assert list(found.all_rows()) == [(1, {"nip": "1", "nama": "A", "status": "Belum", "ket": "x"})]


def test_heading_below_the_searched_rows_is_not_found(kata):
    assert table(kata, *([["surat"]] * 199), FORM["nominatif"]) is not None
    assert table(kata, *([["surat"]] * 200), FORM["nominatif"]) is None


def test_instructions_of_the_form_are_no_table(kata, kota, tmp_path):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", None, {})
    sheets = read_workbook(tmp_path / "a.xlsx")
    found = {sheet.name: next(iter(find_tables(sheet, kata)), None) for sheet in sheets}
    assert found.pop("Petunjuk") is None
    assert {name: t.kind for name, t in found.items()} == {name: name.lower() for name in found}


CELL = st.one_of(st.text(max_size=12), st.sampled_from([h for line in FORM.values() for h in line]), st.floats())


@given(st.lists(st.lists(CELL, max_size=6), max_size=8))
def test_any_grid_is_a_table_or_not_but_never_an_error(kata, grid):
    for found in find_tables(Sheet("S", grid), kata):
        status = any(name.startswith("tanda_") for name in found.columns)
        counts = {"berhasil", "gagal", "belum"} <= set(found.columns)
        needed = (
            set(kata["wajib"][found.kind]) - ({"status"} if status else set()) - ({"jumlah_asn"} if counts else set())
        )
        assert needed <= set(found.columns)
        assert all(row.place > found.heading for row in found.rows())


# Headings that other lists of people have: what must not be taken for status, name or day

HOSTILE = {
    "marriage, birth, children": (
        [["No", "Nama", "NIP", "Status Perkawinan", "Tanggal Lahir", "TMT", "Jumlah Anak", "Email", "Nama Jabatan", "Status"]],
        {"nomor": 0, "nama": 1, "nip": 2, "status": 9},
    ),
    "a bare Status beside a clearer one": (
        [["Nama", "NIP", "Status", "Status SP Online", "Tanggal", "Tanggal Isi"]],
        {"nama": 0, "nip": 1, "status": 3, "tanggal_isi": 5},
    ),
    "days that are not the day": (
        [["Nama", "NIP", "Tanggal TMT", "Tgl. Lahir", "Tanggal SK", "Tanggal Lahir (tgl/bln/thn)", "Status"]],
        {"nama": 0, "nip": 1, "status": 6},
    ),
    "Belum under Status Perkawinan": (
        [["Nama", "NIP", "Status Perkawinan", "", "SP Online", ""], ["", "", "Sudah", "Belum", "Sudah", "Belum"]],
        {"nama": 0, "nip": 1, "tanda_berhasil": 4, "tanda_belum": 5},
    ),
    "Lahir under Tanggal": (
        [["Nama", "NIP", "Tanggal", "", "Status"], ["", "", "Lahir", "TMT", ""]],
        {"nama": 0, "nip": 1, "status": 4},
    ),
    "Tanggal under Lahir": (
        [["Nama", "NIP", "Lahir", "", "Status"], ["", "", "Tempat", "Tanggal", ""]],
        {"nama": 0, "nip": 1, "status": 4},
    ),
    "three rows": (
        [["No", "Pegawai", "", "Status Pengisian", "", ""], ["", "Identitas", "", "Sudah", "Belum", "Gagal"], ["", "Nama", "NIP"]],
        {"nama": 1, "nip": 2, "tanda_berhasil": 3, "tanda_belum": 4, "tanda_gagal": 5},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_columns_that_are_something_else(kata, case):
    lines, columns = HOSTILE[case]
    found = dict(table(kata, *lines).columns)
    found.pop("status_lain", None)  # a second status is compared with the first, never taken
    assert found == columns


def test_tables_beside_each_other_are_two(kata):
    found = find_tables(Sheet("S", [["No", "NIP", "Nama", "Status", "", "No", "NIP", "Nama", "Status"]]), kata)
    assert [one.columns["nip"] for one in found] == [1, 6]


def test_of_two_columns_that_could_be_the_status_none_is_taken(kata):
    people = [["A", "198503172010011001", "Belum", "v"], ["B", "198503172010011002", "Sudah", "v"]]
    assert table(kata, ["Nama", "NIP", "Vaksin", "Isian"], *people) is None
    assert table(kata, ["Nama", "NIP", "Vaksin", "Isian"], *([*p[:3], ""] for p in people)).columns["status"] == 2


def test_a_sheet_of_nothing_but_headings_holds_no_tables(kata):
    """Twenty-five thousand of them took half a minute; a form has one."""
    assert find_tables(Sheet("S", [["NIP", "Nama", "Status"]] * 2000), kata) == []
