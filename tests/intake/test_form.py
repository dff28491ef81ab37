"""form.py: the workbook that offices fill in, read back cell by cell and through intake."""

import os
import re
import shutil
import subprocess
import warnings
import zipfile
from datetime import date, datetime

import pandas as pd
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from helpers.campaign import CampaignError
from helpers.intake.form import HELP, SHEETS, STAMP, VERSION, write_csv, write_form, write_headcounts
from helpers.intake.receive import examine
from helpers.intake.tables import KINDS, fold
from helpers.intake.workbook import read_workbook
from helpers.schema import STATUSES

TODAY = date(2020, 3, 17)
NAMES = ["Petunjuk", "Nominatif", "Rekap", "Kendala", "Sosialisasi"]
RISKY = [
    '=HYPERLINK("http://jahat.example";"klik")',
    "=1+1",
    "+62812",
    "-5",
    "@SUM(A1)",
    "{=1}",
    "http://jahat.example",
    "mailto:a@b.id",
    "<b>tebal</b>",
    "#set page()",
    "$x^2$ **tebal** [a](b)",
    "&amp; \" ' <",
]


@pytest.fixture(scope="module")
def orang_orang():
    """Two people of a nominatif as the store names the columns; the second says nothing beyond what is required."""
    return pd.DataFrame(
        {
            "nip": ["198503172010011001", "199001012015012002"],
            "nama": ["Maria Bria", "Yohanes Tefa"],
            "unit": ["Sekretariat", None],
            "jenis_asn": ["PNS", None],
            "status": ["Berhasil", "Belum"],
            "tanggal_isi": [pd.Timestamp("2020-03-02"), pd.NaT],
            "bukti": ["Ada", None],
            "kode_kendala": [None, "K15"],
            "uraian": [None, "belum sempat"],
        }
    )


def grids(path):
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(path):
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml")}


def formulas(path):
    """Formulas of cells by sheet part."""
    return {name: re.findall(r"<f>(.*?)</f>", content) for name, content in parts(path).items() if "<f>" in content}


def xml(path, sheet):
    return parts(path)[f"xl/worksheets/sheet{NAMES.index(sheet) + 1}.xml"]


@pytest.fixture(scope="module")
def blank_form(kota, tmp_path_factory):
    path = tmp_path_factory.mktemp("formulir") / "a.xlsx"
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # XlsxWriter only warns when it leaves out a message that is too long
        write_form(path, kota, "DINKES", None, {})
    return path


def test_blank_form_has_five_sheets_with_office_and_date(kota, tmp_path):
    write_form(tmp_path / "dalam" / "a.xlsx", kota, "DINKES", TODAY, {})
    found = grids(tmp_path / "dalam" / "a.xlsx")
    assert list(found) == NAMES
    for name in NAMES[1:]:
        cells = found[name]
        assert "Dinas Kesehatan" in cells[0][0]
        assert (cells[2][0], cells[2][2]) == ("Kode OPD", "DINKES")
        assert (cells[3][0], cells[3][2]) == ("Tanggal Data", TODAY)
        assert cells[5] == list(SHEETS[name])
        assert len(cells) == 6


def test_headings_are_those_of_the_domain(kota, tmp_path, tulis_formulir):
    """conftest writes the headings out; form.py must write the same ones."""
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {})
    tulis_formulir(tmp_path / "b.xlsx", {name: [] for name in NAMES[1:]})
    own, written_out = grids(tmp_path / "a.xlsx"), grids(tmp_path / "b.xlsx")
    assert {name: own[name][5] for name in NAMES[1:]} == {name: written_out[name][5] for name in NAMES[1:]}


def test_instructions_list_every_code_and_forbid_nik(kota, tmp_path):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", None, {})
    text = [str(cell) for line in grids(tmp_path / "a.xlsx")["Petunjuk"] for cell in line]
    assert set(HELP) <= set(text)
    assert set(kota.obstacles["kode"]) <= set(text)
    assert any("Jangan menulis NIK" in line for line in text)


def test_form_without_a_date_leaves_it_to_the_office(kota, tmp_path):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", None, {})
    assert grids(tmp_path / "a.xlsx")["Nominatif"][3] == ["Tanggal Data"] + [""] * 11


def test_blank_form_sent_back_is_refused_as_empty(kota, tmp_path):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {})
    assert [f.kode for f in examine(tmp_path / "a.xlsx", kota, TODAY).temuan] == ["tanpa_isi"]


def test_unknown_office_gets_no_form(kota, tmp_path):
    with pytest.raises(CampaignError, match="TIDAKADA"):
        write_form(tmp_path / "a.xlsx", kota, "TIDAKADA", TODAY, {})
    assert not (tmp_path / "a.xlsx").exists()


def test_prefilled_people_stand_under_their_headings(kota, tmp_path, orang_orang):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": orang_orang})
    cells = grids(tmp_path / "a.xlsx")["Nominatif"]
    assert cells[6] == [
        1,
        "198503172010011001",
        "Maria Bria",
        "Sekretariat",
        "PNS",
        "Berhasil",
        date(2020, 3, 2),
        "Ada",
        "",
        "",
        "",
        "",
    ]
    second = [2, "199001012015012002", "Yohanes Tefa", "", "", "Belum", "", "", "K15", "belum sempat", "", ""]
    assert cells[7] == second
    assert len(cells) == 8


def test_nip_column_is_text_and_choices_are_lists(kota, tmp_path):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {})
    files = parts(tmp_path / "a.xlsx")
    sheet = files["xl/worksheets/sheet2.xml"]
    style = int(re.search(r'<col min="2" max="2" [^>]*style="(\d+)"', sheet)[1])
    formats = re.findall(r'<xf numFmtId="(\d+)"', files["xl/styles.xml"].split("<cellXfs")[1])
    text = re.findall(r'numFmtId="(\d+)" formatCode="@"', files["xl/styles.xml"])
    assert formats[style] in {"49", *text}  # 49 is Excel's own text format
    for words in ("Berhasil,Gagal,Belum,Proses", "Ada,Belum", "PNS,PPPK,PTT"):
        assert f'<formula1>"{words}"</formula1>' in sheet
    assert "apel pagi,grup WhatsApp" in files["xl/worksheets/sheet5.xml"]
    counts = files["xl/worksheets/sheet3.xml"]
    assert 'type="list"' not in counts  # Bukti Terkumpul is a number
    assert re.search(r'<dataValidation type="whole"[^>]* sqref="F7:F306"><formula1>0</formula1>', counts)


def test_filled_form_goes_through_intake_without_a_finding(kota, tmp_path, orang_orang):
    tables = {
        "Nominatif": orang_orang,
        "Kendala": pd.DataFrame({"tanggal": [TODAY], "kode": ["K04"], "uraian": ["server"], "jumlah_asn": [3]}),
        "Sosialisasi": pd.DataFrame({"tanggal": [TODAY], "kanal": ["apel pagi"], "jumlah_peserta": [40]}),
    }
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, tables)
    taken = examine(tmp_path / "a.xlsx", kota, TODAY)
    assert list(taken.temuan) == []
    assert (taken.opd, taken.tanggal_data, taken.contoh) == (["DINKES"], TODAY, False)
    assert {name: len(rows) for name, rows in taken.tables.items()} == {
        "nominatif": 2,
        "rekap": 1,
        "kendala": 1,
        "sosialisasi": 1,
    }


@pytest.mark.parametrize("text", RISKY)
def test_text_is_never_a_formula_or_a_link(kota, tmp_path, orang_orang, blank_form, text):
    rows = orang_orang.assign(nama=text, uraian=text)
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": rows})
    cells = grids(tmp_path / "a.xlsx")["Nominatif"]
    assert cells[6][2] == cells[6][9] == text
    files = parts(tmp_path / "a.xlsx")
    assert not any("<f " in content or "<hyperlink" in content for content in files.values())
    # The only formulas are those of the live count, the same as in a form without a person.
    assert formulas(tmp_path / "a.xlsx") == formulas(blank_form)


@pytest.mark.parametrize("sample", [True, False])
def test_stamp_on_every_sheet_of_a_sample_and_on_none_else(kota, tmp_path, sample):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {}, sample=sample)
    stamped = [any(STAMP in line for line in cells) for cells in grids(tmp_path / "a.xlsx").values()]
    assert stamped == [sample] * 5


def test_another_data_date_in_the_parameters_changes_no_form(kota, tmp_path, orang_orang):
    """Else every form would be put aside each day as if somebody had filled it in."""
    for name, day in (("a.xlsx", TODAY), ("b.xlsx", date(2020, 3, 20))):
        later = kota.model_copy(update={"tanggal_data": day})
        write_form(tmp_path / name, later, "DINKES", None, {"Nominatif": orang_orang})
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_same_input_gives_the_same_bytes(kota, tmp_path, orang_orang):
    for name in ("a.xlsx", "b.xlsx"):
        write_form(tmp_path / name, kota, "DINKES", TODAY, {"Nominatif": orang_orang})
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert ">2020-03-17T00:00:00Z<" in parts(tmp_path / "a.xlsx")["docProps/core.xml"]  # not the clock


def test_long_lists_keep_their_choices_to_the_end(kota, tmp_path, orang_orang):
    many = pd.concat([orang_orang] * 200, ignore_index=True)
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": many})
    assert "F7:F456" in parts(tmp_path / "a.xlsx")["xl/worksheets/sheet2.xml"]


# CSV


def test_csv_has_labels_headings_and_rows(tmp_path, orang_orang):
    write_csv(tmp_path / "dalam" / "a.csv", "Nominatif", "DINKES", TODAY, orang_orang, sample=True)
    lines = (tmp_path / "dalam" / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[:5] == [
        STAMP,
        "Kode OPD;DINKES",
        "Tanggal Data;17 Maret 2020",
        "",
        "NIP;Nama;Unit Kerja;Jenis ASN;Status;Tanggal Isi;Bukti (Ada/Belum);Kode Kendala;Uraian Kendala",
    ]
    assert lines[5] == "198503172010011001;Maria Bria;Sekretariat;PNS;Berhasil;02/03/2020;Ada;;"
    assert lines[6] == "199001012015012002;Yohanes Tefa;;;Belum;;;K15;belum sempat"


def test_csv_goes_through_intake(kota, tmp_path, orang_orang):
    write_csv(tmp_path / "a.csv", "Nominatif", "DINKES", TODAY, orang_orang)
    taken = examine(tmp_path / "a.csv", kota, TODAY)
    assert list(taken.temuan) == []
    assert (taken.opd, taken.tanggal_data, len(taken.tables["nominatif"])) == (["DINKES"], TODAY, 2)


def test_csv_of_counts_goes_through_intake(kota, tmp_path):
    counts = pd.DataFrame(
        {"tanggal_data": [TODAY], "jumlah_asn": 10, "berhasil": 3, "gagal": 1, "belum": 6, "bukti": 2}
    )
    write_csv(tmp_path / "a.csv", "Rekap", "DINKES", TODAY, counts)
    taken = examine(tmp_path / "a.csv", kota, TODAY)
    assert list(taken.temuan) == []
    assert (
        taken.tables["rekap"][0] | {"baris": 0}
        == {"baris": 0, "opd": "DINKES", "lembar": ""} | counts.iloc[0].to_dict()
    )


@pytest.mark.parametrize("sample", [True, False])
def test_headcounts_go_through_intake_and_leave_the_rest_unknown(kota, tmp_path, sample):
    rows = pd.DataFrame({"opd": ["DINKES", "DISHUB"], "tanggal_data": kota.mulai, "jumlah_asn": [412, 142]})
    write_headcounts(tmp_path / "a.csv", rows, sample=sample)
    taken = examine(tmp_path / "a.csv", kota, TODAY)
    assert list(taken.temuan) == []
    assert taken.contoh is sample
    assert taken.opd == ["DINKES", "DISHUB"]
    assert (taken.jumlah, taken.total("berhasil")) == (554, None)


def test_dates_of_every_kind_are_written_as_days(kota, tmp_path, orang_orang):
    for at, value in enumerate((date(2020, 3, 2), datetime(2020, 3, 2, 9, 30), pd.Timestamp("2020-03-02 09:30"))):
        path = tmp_path / f"{at}.xlsx"
        rows = orang_orang.iloc[:1].assign(tanggal_isi=pd.Series([value], dtype=object))
        write_form(path, kota, "DINKES", TODAY, {"Nominatif": rows})
        assert grids(path)["Nominatif"][6][6] == date(2020, 3, 2)


def test_proof_flags_are_written_as_words(kota, tmp_path, orang_orang):
    rows = orang_orang.assign(bukti=pd.Series([True, False], dtype=object))
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": rows})
    assert [line[7] for line in grids(tmp_path / "a.xlsx")["Nominatif"][6:]] == ["Ada", "Belum"]
    write_csv(tmp_path / "a.csv", "Nominatif", "DINKES", TODAY, rows)
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[6] for line in lines[-2:]] == ["Ada", "Belum"]


# What the form checks while it is typed


@pytest.mark.parametrize(
    ("sheet", "cells", "kind", "rule"),
    [
        ("Nominatif", "B7:B306", "custom", "AND(ISTEXT(B7),LEN(SUBSTITUTE(SUBSTITUTE(B7,&quot; &quot;"),
        ("Nominatif", "E7:E306", "list", '"PNS,PPPK,PTT"'),
        ("Nominatif", "F7:F306", "list", '"Berhasil,Gagal,Belum,Proses"'),
        ("Nominatif", "G7:G306", "date", "43876</formula1><formula2>43921"),  # 15 February to 31 March 2020
        ("Nominatif", "H7:H306", "list", '"Ada,Belum"'),
        ("Nominatif", "I7:I306", "list", "Petunjuk!$A$"),
        ("Nominatif", "C4", "date", "43876</formula1><formula2>43921"),
        ("Rekap", "A7:A306", "date", "43876"),
        ("Rekap", "B7:B306", "whole", "0"),
        ("Kendala", "A7:A306", "date", "43876"),
        ("Kendala", "B7:B306", "list", "Petunjuk!$A$"),
        ("Kendala", "D7:D306", "whole", "0"),
        ("Sosialisasi", "B7:B306", "list", '"apel pagi,grup WhatsApp,media sosial,spanduk/poster,rapat,lainnya"'),
        ("Sosialisasi", "C7:C306", "whole", "0"),
    ],
)
def test_columns_are_checked_with_a_message(blank_form, sheet, cells, kind, rule):
    found = re.search(
        rf'<dataValidation type="{kind}"([^>]*) sqref="{cells}">(.*?)</dataValidation>', xml(blank_form, sheet)
    )
    assert rule.replace("&quot;", '"') in found[2].replace("&quot;", '"')
    message = re.search(r' error="([^"]+)"', found[1])[1]
    assert message.endswith(".") and "showErrorMessage" in found[1]
    # A date beyond the window only warns: a deadline may move after the form went out.
    assert ('errorStyle="warning"' in found[1]) is (kind == "date")


def test_codes_of_the_list_are_all_codes(kota, blank_form):
    first, last = map(int, re.search(r"Petunjuk!\$A\$(\d+):\$A\$(\d+)", xml(blank_form, "Kendala")).groups())
    cells = grids(blank_form)["Petunjuk"]
    assert [line[0] for line in cells[first - 1 : last]] == kota.obstacles["kode"].tolist()


def test_nip_and_proof_are_text_and_the_fingerprint_is_hidden(kota, tmp_path, orang_orang):
    digest = "0" * 63 + "1"  # a number to a careless program
    write_form(
        tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": orang_orang.assign(bukti_sidik=[digest, None])}
    )
    assert re.search(r'<col min="12" max="12" [^>]*hidden="1"', xml(tmp_path / "a.xlsx", "Nominatif"))
    assert [line[11] for line in grids(tmp_path / "a.xlsx")["Nominatif"][6:]] == [digest, ""]
    taken = examine(tmp_path / "a.xlsx", kota, TODAY)
    assert [row["bukti_sidik"] for row in taken.tables["nominatif"]] == [digest, None]


@pytest.mark.parametrize("status", [s.capitalize() for s in STATUSES])
def test_every_status_has_a_colour_that_can_be_read(blank_form, status):
    sheet, styles = xml(blank_form, "Nominatif"), parts(blank_form)["xl/styles.xml"]
    at = int(re.search(rf'dxfId="(\d+)" priority="\d+" operator="equal"><formula>"{status}"', sheet)[1])
    look = re.findall(r"<dxf>.*?</dxf>", styles)[at]
    ink = re.search(r'<font><color rgb="FF(\w+)"', look)[1]
    paper = re.search(r'<bgColor rgb="FF(\w+)"', look)[1]
    assert contrast(ink, paper) >= 4.5


def contrast(one, other):
    """Contrast of two colours as WCAG 2 counts it."""

    def light(colour):
        parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    return max(light(one), light(other)) / min(light(one), light(other))


@pytest.mark.parametrize(
    ("cells", "formula"),
    [
        ("G7:G306", 'AND($F7="Berhasil",$G7="")'),
        ("I7:I306", 'AND($F7="Gagal",$I7="")'),
        ("F7:F306", 'AND($B7&amp;$C7&lt;&gt;"",$F7="")'),
    ],
)
def test_what_is_missing_is_marked(blank_form, cells, formula):
    found = dict(
        re.findall(
            r'<conditionalFormatting sqref="([^"]+)">(.*?)</conditionalFormatting>', xml(blank_form, "Nominatif")
        )
    )
    assert f"<formula>{formula}</formula>" in found[cells]


# Protection


@pytest.mark.parametrize("sheet", NAMES)
def test_sheets_are_locked_without_a_password_and_rows_stay_free(blank_form, sheet):
    (flags,) = re.findall("<sheetProtection ([^>]*)/>", xml(blank_form, sheet))
    assert 'sheet="1"' in flags and "password" not in flags and "hash" not in flags.lower()
    for freedom in ("sort", "autoFilter", "insertRows", "deleteRows", "formatColumns", "formatRows"):
        assert f'{freedom}="0"' in flags
    assert "insertColumns" not in flags and "deleteColumns" not in flags


@pytest.mark.parametrize("sheet", NAMES[1:])
def test_head_is_locked_and_the_rest_is_open(blank_form, sheet):
    content, styles = xml(blank_form, sheet), parts(blank_form)["xl/styles.xml"]
    looks = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.split("<cellXfs")[1].split("</cellXfs>")[0])
    is_open = ['<protection locked="0"/>' in look for look in looks]
    assert is_open[0]  # cells beyond the table: Excel drops no row that holds a locked cell
    assert all(is_open[int(style)] for style in re.findall(r'<col [^>]*style="(\d+)"', content))
    cells = {place: is_open[int(style)] for place, style in re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', content)}
    rows = re.findall(r'<row r="(\d+)" spans="[^"]*" s="(\d+)" customFormat="1"', content)
    assert [row for row, _ in rows] == ["1", "2", "3", "4", "5", "6"]
    assert not any(is_open[int(style)] for _, style in rows)
    assert [place for place, free in cells.items() if free] == ["C4"]  # Tanggal Data
    assert {"A1", "A3", "C3", "A4", "A6"} <= set(cells)


# Live count


def mixed(many):
    """Six people, one of each kind that the count tells apart, `many` times."""
    rows = pd.DataFrame(
        {
            "nip": [f"19850317201001{at:04d}" for at in range(1001, 1007)],
            "nama": ["A", "B", "C", "D", "E", "F"],
            "jenis_asn": ["PNS", "PNS", None, "PPPK", "PNS", "PTT"],
            "status": ["Berhasil", "Berhasil", "Gagal", "Proses", None, "Berhasil"],
            "tanggal_isi": [pd.Timestamp(TODAY), pd.NaT, pd.NaT, pd.NaT, pd.NaT, pd.Timestamp(TODAY)],
        }
    )
    return pd.concat([rows] * many, ignore_index=True)


def figures(path):
    return [cell for cell in grids(path)["Nominatif"][4] if cell]


@pytest.mark.parametrize(
    ("many", "shown"),
    [
        (
            1,
            [
                "5 ASN",
                "2 berhasil · 40,0%",
                "1 gagal",
                "1 belum (1 proses)",
                "1 tanpa Status yang sah · 1 Berhasil tanpa Tanggal Isi · 1 Gagal tanpa Kode Kendala · 1 PTT tidak dihitung",
            ],
        ),
        (
            700,
            [
                "3.500 ASN",
                "1.400 berhasil · 40,0%",
                "700 gagal",
                "700 belum (700 proses)",
                "700 tanpa Status yang sah · 700 Berhasil tanpa Tanggal Isi · 700 Gagal tanpa Kode Kendala · "
                "700 PTT tidak dihitung",
            ],
        ),
    ],
)
def test_count_is_there_without_calculating(kota, tmp_path, many, shown):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": mixed(many)})
    assert figures(tmp_path / "a.xlsx") == shown


def test_count_of_nobody_and_of_a_complete_list(kota, tmp_path, orang_orang, blank_form):
    assert figures(blank_form) == ["0 ASN", "0 berhasil · –", "0 gagal", "0 belum", "Daftar masih kosong"]
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": orang_orang})
    assert figures(tmp_path / "a.xlsx") == ["2 ASN", "1 berhasil · 50,0%", "0 gagal", "1 belum", "Setiap baris lengkap"]


def test_count_agrees_with_intake(kota, tmp_path, orang):
    rows = pd.DataFrame([orang(1), orang(2, status="Proses"), orang(3, status="Gagal"), orang(4, jenis_asn="PTT")])
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": rows})
    (counted,) = examine(tmp_path / "a.xlsx", kota, TODAY).tables["rekap"]
    shown = [int(text.split()[0]) for text in figures(tmp_path / "a.xlsx")[:4]]
    assert shown == [counted[name] for name in ("jumlah_asn", "berhasil", "gagal", "belum")] == [3, 1, 1, 1]


def test_count_reaches_from_the_heading_far_below_the_list(blank_form):
    """A row that is added right below the heading, or after the last one, is inside."""
    (written,) = formulas(blank_form).values()
    assert len(written) == 5 and all(len(formula) < 8192 for formula in written)  # Excel's limit
    ranges = {text for formula in written for text in re.findall(r"\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", formula)}
    assert ranges == {f"${column}$6:${column}$5000" for column in "BCEFGI"}


def test_no_cell_above_the_table_reads_like_a_heading(kota, tmp_path, orang_orang):
    """A program that looks for headings row by row must not stop at the count."""
    write_form(tmp_path / "a.xlsx", kota, "DINKES", None, {"Nominatif": orang_orang})
    words = {fold(heading) for kind in KINDS for synonyms in kota.columns[kind].values() for heading in synonyms}
    sheet = next(sheet for sheet in read_workbook(tmp_path / "a.xlsx") if sheet.name == "Nominatif")
    above = {fold(cell) for line in sheet.cells[:5] for cell in line if cell != ""}
    assert above & words == {"kode opd", "tanggal data"}  # the two labels
    assert all(sheet.cells[3][at] == "" for at in range(2, 12))  # nothing that could pass for the missing date


# Which form it is, and how it prints


def test_code_and_version_stand_in_two_places(blank_form):
    assert identity(blank_form) == {"kode_opd": ["DINKES"] * 2, "versi_formulir": [VERSION] * 2}


def identity(path):
    """Values of the two names: as a property of the document, and as the cell that bears the name."""
    files, cells = parts(path), grids(path)["Petunjuk"]
    found = {}
    for name in ("kode_opd", "versi_formulir"):
        stated = re.search(rf'name="{name}"[^>]*><vt:lpwstr>(.*?)</vt:lpwstr>', files["docProps/custom.xml"])
        named = re.search(rf'name="{name}"[^>]*>\$?Petunjuk\.?!\$([A-Z])\$(\d+)<', files["xl/workbook.xml"])
        found[name] = [stated[1], cells[int(named[2]) - 1][ord(named[1]) - ord("A")]]
    return found


@pytest.mark.parametrize("sheet", NAMES)
def test_sheets_print_on_a4_one_page_wide(blank_form, sheet):
    content = xml(blank_form, sheet)
    (page,) = re.findall("<pageSetup ([^>]*)/>", content)
    assert 'paperSize="9"' in page and 'fitToHeight="0"' in page and "<pageSetUpPr fitToPage" in content
    assert f'orientation="{"portrait" if sheet == "Petunjuk" else "landscape"}"' in page
    if sheet != "Petunjuk":
        assert "<autoFilter" in content and 'state="frozen"' in content and 'ySplit="6"' in content
        assert f"{sheet}!$6:$6<" in parts(blank_form)["xl/workbook.xml"]  # headings on every page


# LibreOffice

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason="LibreOffice is not installed"
)


def convert(path, kind, folder):
    """A workbook through LibreOffice, with a profile of its own; returns the new file."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    made = folder / f"{path.stem}.{kind.split(':')[0]}"
    assert done.returncode == 0 and made.is_file(), done.stderr
    return made


def without_values(path, target):
    """The same workbook as a program leaves it that calculates nothing."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = re.sub(rb' t="str"><f>(.*?)</f><v>.*?</v>', rb"><f>\1</f>", old.read(name))
            new.writestr(name, content)
    return target


@pytest.mark.lambat
@needs_libreoffice
@pytest.mark.parametrize("many", [0, 1, 700])
def test_libreoffice_calculates_what_is_written(kota, tmp_path, many):
    tables = {"Nominatif": mixed(many)} if many else {}
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, tables)
    bare = without_values(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert figures(bare) == []
    assert figures(convert(bare, "xlsx", tmp_path / "lo")) == figures(tmp_path / "a.xlsx")


@pytest.mark.lambat
@needs_libreoffice
def test_libreoffice_and_back_keeps_code_version_checks_and_people(kota, tmp_path, orang_orang):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": orang_orang})
    back = convert(convert(tmp_path / "a.xlsx", "ods", tmp_path / "ods"), "xlsx", tmp_path / "xlsx")
    assert identity(back) == {"kode_opd": ["DINKES"] * 2, "versi_formulir": [VERSION] * 2}
    assert list(grids(back)) == NAMES
    taken, first = examine(back, kota, TODAY), examine(tmp_path / "a.xlsx", kota, TODAY)
    assert list(taken.temuan) == [] and taken.tables == first.tables
    content = xml(back, "Nominatif")
    assert "sheetProtection" in content and content.count("<dataValidation ") == 7
    assert figures(back) == figures(tmp_path / "a.xlsx")


@pytest.mark.lambat
@needs_libreoffice
def test_libreoffice_prints_it(kota, tmp_path, orang_orang):
    write_form(tmp_path / "a.xlsx", kota, "DINKES", TODAY, {"Nominatif": orang_orang}, sample=True)
    pages = PdfReader(convert(tmp_path / "a.xlsx", "pdf", tmp_path / "pdf")).pages
    assert len(pages) == 5
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True, True, True, True]
    text = pages[1].extract_text()
    assert "Maria Bria" in text and "50,0%" in text and STAMP in text
