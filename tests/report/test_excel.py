"""Workbooks: cells, drop-downs, and text that is never a formula."""

import zipfile

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from helpers import store
from helpers.measures import carry_over, rates
from helpers.report import excel


def grid(path, sheet):
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


def test_follow_up_list_has_names_and_says_for_whom(ukur, tmp_path):
    people = store.read_people(ukur.kampanye, "DINKES")
    path = tmp_path / "daftar.xlsx"
    excel.write_follow_up(path, people, ukur.kampanye, ukur.kampanye.unit_of("DINKES"), ukur.data)
    rows = grid(path, "Tindak Lanjut")
    assert "Hanya untuk Dinas Kesehatan" in rows[2][0]
    assert {row[1] for row in rows[5:]} == set(people["nip"])


def test_candidates_for_the_next_stage_are_its_own_and_the_incurable_first(ukur, tmp_path):
    people = store.read_people(ukur.kampanye, "DINKES")
    tersisa = rates.one(carry_over.by_office(ukur.proyeksi, ukur.posisi), "DINKES")
    path, unit = tmp_path / "daftar.xlsx", ukur.kampanye.unit_of("DINKES")
    excel.write_follow_up(path, people, ukur.kampanye, unit, ukur.data, tersisa)
    rows = grid(path, "Calon SP Wawancara")
    assert (
        f"Diperkirakan {tersisa['orang']} dari {tersisa['jumlah_asn']} ASN" in rows[2][0] and "selang 80%" in rows[2][0]
    )
    left = people[people["status"].ne("berhasil")]
    assert {row[1] for row in rows[5:]} == set(left["nip"])
    order = ["gagal" if row[6] == "Ya" else "tetap" for row in rows[5:] if row[4] == "Gagal"]
    assert order == sorted(order, reverse=True) and order.count("tetap") == left["kode_kendala"].eq("K02").sum()
    assert [row[4] for row in rows[5:] if row[6] == "Ya"] == sorted(
        [row[4] for row in rows[5:] if row[6] == "Ya"], key=["Gagal", "Proses", "Belum"].index
    )


def test_no_candidates_without_a_next_stage_or_anybody_left(ukur, tmp_path):
    people = store.read_people(ukur.kampanye, "DINKES")
    for at, (who, lanjutan) in enumerate([(people, ""), (people[people["status"].eq("berhasil")], "SP Wawancara")]):
        kampanye = ukur.kampanye.model_copy(update={"lanjutan": lanjutan})
        excel.write_follow_up(tmp_path / f"{at}.xlsx", who, kampanye, kampanye.unit_of("DINKES"), ukur.data)
        assert openpyxl.load_workbook(tmp_path / f"{at}.xlsx").sheetnames == ["Tindak Lanjut"]
    assert excel.sheet_name("Calon [SP]/Tahap: dua? " + "x" * 40) == "Calon SPTahap dua xxxxxxxxxxxxx"


HOSTILE = [
    "=1+1", "+62", "-5", "@SUM(A1)", '=HYPERLINK("http://a.b","x")', "http://a.b", "=cmd|' /C calc'!A0", "|x",
    "\t=1+1", " =1+1", "=DDE(1)", "a\r=1+1", "\n=1+1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_an_office_is_never_a_formula_or_link(ukur, tmp_path, text):
    people = pd.DataFrame([{"nip": "1", "nama": text, "unit": text, "status": "gagal", "kode_kendala": None,
                            "uraian": text, "tindak_lanjut": text}])  # fmt: skip
    path = tmp_path / "daftar.xlsx"
    excel.write_follow_up(path, people, ukur.kampanye, ukur.kampanye.unit_of("DINKES"), ukur.data)
    cell = openpyxl.load_workbook(path)["Tindak Lanjut"]["C6"]
    assert cell.data_type == "s" and cell.value.replace("_x000D_", "\r") == text and cell.number_format == "@"
    # Edited and left as it was, it stays text in Excel too.
    assert cell.quotePrefix or text.strip()[0] not in "=+-@|"
    with zipfile.ZipFile(path) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml and "<hyperlink" not in xml


def test_sheets_are_frozen_filtered_wide_enough_and_set_up_for_a4(ukur, tmp_path):
    path = tmp_path / "daftar.xlsx"
    people = store.read_people(ukur.kampanye, "DINKES")
    excel.write_follow_up(path, people, ukur.kampanye, ukur.kampanye.unit_of("DINKES"), ukur.data)
    for sheet in openpyxl.load_workbook(path):
        assert sheet.freeze_panes == "B6" and sheet.auto_filter.ref.startswith("A5:")
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
        assert sheet.print_title_rows == "$5:$5" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P dari &N" in sheet.oddFooter.right.text + sheet.oddFooter.left.text
        assert "BUKAN DATA RESMI" in sheet.oddHeader.right.text
        for heading in sheet[5]:
            width = sheet.column_dimensions[heading.column_letter].width
            assert width >= max(map(len, heading.value.split())), heading.value


def test_a_name_in_the_footer_gives_no_command(ukur, tmp_path):
    path = tmp_path / "daftar.xlsx"
    unit = ukur.kampanye.unit_of("DINKES").model_copy(update={"nama": "Dinas P&K &A " + "panjang " * 60})
    excel.write_follow_up(path, store.read_people(ukur.kampanye, "DINKES"), ukur.kampanye, unit, ukur.data)
    with zipfile.ZipFile(path) as book:
        footer = book.read("xl/worksheets/sheet1.xml").decode().split("<oddFooter>")[1].split("</oddFooter>")[0]
    assert "P&amp;&amp;K &amp;&amp;A" in footer and "Halaman &amp;P" in footer and len(footer) < 300
