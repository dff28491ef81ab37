"""Workbooks: cells, drop-downs, and text that is never a formula."""

import zipfile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from helpers import store
from helpers.report import excel, tables_log


def grid(path, sheet):
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


@pytest.fixture
def log(ukur, tmp_path):
    path = tmp_path / "log_kendala.xlsx"
    excel.write_log(path, ukur.kendala, ukur.kota, ukur.kampanye, ukur.data)
    return path


def test_log_holds_every_problem_and_the_matrix(ukur, log):
    inventory, matrix = grid(log, "Inventarisasi"), grid(log, "Tindak Lanjut")
    assert inventory[1][0] == "DATA CONTOH – BUKAN DATA RESMI"
    numbered = tables_log.numbered(ukur.kendala)
    assert [row[1] for row in inventory[5:]] == numbered["kode"].tolist()
    assert [int(row[7]) for row in inventory[5:]] == numbered["orang"].tolist()
    assert [int(row[0]) for row in matrix[5:]] == numbered["nomor"].tolist()
    assert [row[1].split()[0] for row in matrix[5:]] == numbered["kode"].tolist()
    assert matrix[4][3:6] == ["Tindak Lanjut", "Penanggung Jawab (PIC)", "Batas Waktu"]
    assert {row[7] for row in matrix[5:]} == {"Belum"} and {row[5] for row in matrix[5:]} == {""}


def test_status_is_a_drop_down(log):
    with zipfile.ZipFile(log) as book:
        assert "Belum,Proses,Selesai" in book.read("xl/worksheets/sheet2.xml").decode()


def test_same_data_same_bytes(ukur, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        excel.write_log(tmp_path / name, ukur.kendala, ukur.kota, ukur.kampanye, ukur.data)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_follow_up_list_has_names_and_says_for_whom(ukur, tmp_path):
    people = store.read_people(ukur.kampanye, "DINKES")
    path = tmp_path / "daftar.xlsx"
    excel.write_follow_up(path, people, ukur.kampanye, ukur.kampanye.unit_of("DINKES"), ukur.data)
    rows = grid(path, "Tindak Lanjut")
    assert "Hanya untuk Dinas Kesehatan" in rows[2][0]
    assert {row[1] for row in rows[5:]} == set(people["nip"])


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@SUM(A1)", '=HYPERLINK("x")', "http://a.b"])
def test_text_of_an_office_is_never_a_formula_or_link(ukur, tmp_path, text):
    people = pd.DataFrame([{"nip": "1", "nama": text, "unit": text, "status": "gagal", "kode_kendala": None,
                            "uraian": text, "tindak_lanjut": text}])  # fmt: skip
    path = tmp_path / "daftar.xlsx"
    excel.write_follow_up(path, people, ukur.kampanye, ukur.kampanye.unit_of("DINKES"), ukur.data)
    assert grid(path, "Tindak Lanjut")[5][2] == text
    with zipfile.ZipFile(path) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml and "<hyperlink" not in xml
