"""form.py: the workbook that offices fill in, read back cell by cell and through intake."""

import re
import zipfile
from datetime import date, datetime

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from helpers.campaign import CampaignError
from helpers.intake.form import HELP, SHEETS, STAMP, write_csv, write_form, write_headcounts
from helpers.intake.receive import examine

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
def test_text_is_never_a_formula_or_a_link(kota, tmp_path, orang_orang, text):
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
    assert taken.tables["rekap"][0] | {"baris": 0} == {"baris": 0, "opd": "DINKES"} | counts.iloc[0].to_dict()


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
