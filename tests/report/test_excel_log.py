"""excel_log.py: the inventory with its total, the matrix to fill in, the history, and what the properties keep."""

import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest
import small_log
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from helpers import schema
from helpers.report import excel_log, handed_out
from helpers.report.handed_out import Handed

PAST = pd.DataFrame(
    [
        {"kiriman": "a", "baris": 9, "nomor": n, "tanggal": pd.Timestamp(2020, 3, 10), "temuan": f"Temuan {n}",
         "status": state, "kode": kode, "oleh": "Sekda", "tenggat": pd.NaT}
        for n, state, kode in ((1, "Proses", "K02"), (2, "Selesai", None))
    ],
    columns=schema.TABLES["tindak_lanjut"].arrow.names,
)  # fmt: skip
NOTHING = PAST.head(0)


def write(ukur, path, log=None, rtl=None, riwayat=NOTHING, kampanye=None):
    log = small_log.inventory() if log is None else log
    rtl = small_log.matrix() if rtl is None else rtl
    excel_log.write_log(path, log, rtl, riwayat, ukur.kota, kampanye or ukur.kampanye, ukur.data)
    return path


def grid(path, sheet):
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


@pytest.fixture
def log(ukur, tmp_path):
    return write(ukur, tmp_path / "log_kendala.xlsx", riwayat=PAST)


def test_the_inventory_holds_every_problem_and_a_total_without_formula(log):
    lines = grid(log, "Inventarisasi")
    assert lines[1][0] == "DATA CONTOH – BUKAN DATA RESMI"
    assert [line[1] for line in lines[5:]] == ["K02", "K05", "K15", "CATAT", ""]
    total = lines[-1]
    assert total[2] == "Jumlah" and total[7:10] == [160, 340, 500] and total[10] == pytest.approx(9.3)
    assert [line[14] for line in lines[5:9]] == ["Tidak, lanjut ke SP Wawancara", "Ya", "Ya", ""]
    assert lines[5][6] == "DINKES dan PRKP" and "kk baru blm terdaftar" in lines[5][15]
    with zipfile.ZipFile(log) as book:
        assert all(b"<f>" not in book.read(name) for name in book.namelist() if "worksheets/sheet" in name)
    sheet = openpyxl.load_workbook(log)["Inventarisasi"]
    assert sheet.auto_filter.ref == "A5:T9"  # sorting leaves the total alone
    assert sheet["H10"].font.bold


def test_the_matrix_has_its_columns_and_proposals_in_yellow(log):
    lines = grid(log, "Tindak Lanjut")
    assert lines[7][:11] == [
        "No", "Kode", "Temuan", "ASN", "Rekomendasi", "Tindak Lanjut", "Penanggung Jawab (PIC)", "Batas Waktu",
        "Indikator/Output", "Status", "Keterangan",
    ]  # fmt: skip
    assert [lines[at][2] for at in (3, 4, 5)] == list(excel_log.FIELDS)
    assert "Data sampai 17 Maret 2020 · versi data" in lines[2][0]
    first, reported = lines[8], lines[11]
    assert (first[6], first[7], first[9]) == ("Kepala BPS", date(2020, 3, 20), "Belum")
    assert reported[6] == "Sekda" and reported[3] == ""
    sheet = openpyxl.load_workbook(log)["Tindak Lanjut"]
    yellow = {cell.column_letter for cell in sheet[9] if cell.fill.fgColor.rgb.endswith("FFF4D1")}
    assert yellow == set("FGHJK")
    assert {cell.column_letter for cell in sheet[14] if cell.fill.fgColor.rgb.endswith("FFF4D1")} == yellow  # to add to


def test_drop_downs_dates_and_colours_with_words(log):
    sheet = openpyxl.load_workbook(log)["Tindak Lanjut"]
    rules = sheet.data_validations.dataValidation
    lists = {str(rule.sqref).split(":")[0]: rule for rule in rules if rule.type == "list"}
    assert lists["J9"].formula1 == '"Belum,Proses,Selesai"' and lists["J9"].showErrorMessage
    assert (
        lists["G9"].formula1 == "Daftar!$A$1:$A$7" and not lists["G9"].showErrorMessage
    )  # any position may be written
    dates = [rule for rule in rules if rule.type == "date"]
    assert {str(rule.sqref).split(":")[0] for rule in dates} == {"D4", "H9"}
    assert all("paling awal 17 Maret 2020" in rule.error for rule in dates)
    assert int(str(lists["J9"].sqref).rpartition("J")[2]) >= 9 + 5 + 15
    looks = [rule for found in sheet.conditional_formatting for rule in found.rules]
    assert {rule.formula[0] for rule in looks} == {'"Belum"', '"Proses"', '"Selesai"'}
    assert len({rule.dxf.fill.bgColor.rgb for rule in looks}) == 3


def test_history_is_read_only_and_only_where_there_is_one(ukur, log, tmp_path):
    book = openpyxl.load_workbook(log)
    assert book["Riwayat"].protection.sheet and not book["Tindak Lanjut"].protection.sheet
    assert [line[1] for line in grid(log, "Riwayat")[5:]] == [1, 2]
    assert "Riwayat" not in openpyxl.load_workbook(write(ukur, tmp_path / "b.xlsx")).sheetnames
    assert book["Daftar"].sheet_state == "hidden"


def test_same_data_same_bytes(ukur, tmp_path):
    one, other = (write(ukur, tmp_path / name, riwayat=PAST).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert one == other


def test_properties_name_every_row_and_fit(ukur, log):
    known = {p.name: p.value for p in openpyxl.load_workbook(log).custom_doc_props.props}
    assert max(map(len, known.values())) <= 255
    assert (known["jenis_berkas"], known["tanggal_data"], known["versi_data"]) == (
        "log_kendala", "2020-03-17", str(ukur.data.versi),
    )  # fmt: skip
    assert known["baris_01"] == "1:K02:90;2:K05:60;3:K15:300;4:LAPOR:;5:BUKTI:400"
    run = handed_out.read(known)
    assert list(run.baris) == excel_log.handed(small_log.inventory(), small_log.matrix(), ukur.kampanye)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=400)


@given(rows=st.lists(st.builds(Handed, st.integers(1, 999), st.sampled_from(["K01", "", "CATAT"]),
                               st.none() | st.integers(0, 9999), TEXT, TEXT, TEXT, TEXT, TEXT,
                               st.none() | st.dates()), max_size=30))  # fmt: skip
def test_what_was_handed_out_is_read_back(kota, rows):
    told = handed_out.properties(rows, kota, 7)
    assert all(len(text) <= 255 for text in told.values())
    assert handed_out.read(told).baris == tuple(rows)


@given(found=st.dictionaries(st.sampled_from(["baris_01", "isi_01", "isi_02", "tanggal_data", "versi_data"]),
                             st.text(max_size=60)))  # fmt: skip
def test_damaged_properties_tell_nothing_and_break_nothing(found):
    run = handed_out.read(found | {"jenis_berkas": "log_kendala"})
    assert run.baris is None or run.baris == () or run.baris[0].nomor >= 0
    assert handed_out.read(found) is None


def test_packed_texts_beyond_all_measure_are_left(kota):
    import base64
    import zlib

    bomb = base64.b64encode(zlib.compress(b'["' + b"a" * 9_000_000 + b'"]')).decode()
    assert handed_out.read({"jenis_berkas": "log_kendala", "baris_01": "1:K01:1", "isi_01": bomb}).baris is None


@pytest.mark.parametrize("text", ["=1+1", "+62", "@SUM(A1)", '=HYPERLINK("http://a.b","x")', "http://a.b", "-5"])
def test_text_is_never_a_formula_or_link(ukur, tmp_path, text):
    log = small_log.inventory(usulan=text, pic=text, ungkapan=[[text]] * 4)
    rtl = [replace(small_log.matrix()[0], temuan=text, pic=text, tindak_lanjut=text, keterangan=text)]
    path = write(ukur, tmp_path / "x.xlsx", log, rtl, PAST.assign(temuan=text, oleh=text))
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if "worksheets/sheet" in name:
                assert b"<f>" not in book.read(name) and b"<hyperlink" not in book.read(name)
    assert openpyxl.load_workbook(path)["Tindak Lanjut"]["F9"].value == text


def test_a_log_without_kendala_still_takes_follow_ups(ukur, tmp_path):
    path = write(ukur, tmp_path / "x.xlsx", small_log.inventory().head(0), [])
    assert "data tidak memuat kendala" in grid(path, "Inventarisasi")[2][0]
    assert grid(path, "Tindak Lanjut")[7][0] == "No"


def test_sheets_are_wide_enough_and_set_up_for_a4(log):
    book = openpyxl.load_workbook(log)
    for name, head, frozen in (("Inventarisasi", 5, "C6"), ("Tindak Lanjut", 8, "C9"), ("Riwayat", 5, "B6")):
        sheet = book[name]
        assert sheet.freeze_panes == frozen and sheet.print_title_rows == f"${head}:${head}"
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
        assert "BUKAN DATA RESMI" in sheet.oddHeader.right.text
        for heading in sheet[head]:
            width = sheet.column_dimensions[heading.column_letter].width
            assert width >= max(map(len, heading.value.split())) + 1, heading.value
        for line in sheet.iter_rows(min_row=head + 1, max_row=head + 3):
            for cell in line:
                width = sheet.column_dimensions[cell.column_letter].width
                lines = -(-len(str(cell.value or "")) // width)
                assert (sheet.row_dimensions[cell.row].height or 15) >= 13 * min(lines, 20) or cell.is_date
    assert book.properties.title == "Log kendala SP Online (DATA CONTOH – BUKAN DATA RESMI)"
    assert book.properties.creator == "Pemerintah Kota Kupang"
