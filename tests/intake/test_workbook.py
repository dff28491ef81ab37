"""workbook.py: any file to cells, and nothing that raises anything but UnreadableError."""

import subprocess
import sys
import zipfile
from datetime import date

import pytest

from helpers.intake.values import parse_date
from helpers.intake.workbook import UnreadableError, read_workbook

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
MARCH = date(2020, 3, 17)


def unreadable(path):
    with pytest.raises(UnreadableError) as caught:
        read_workbook(path)
    return str(caught.value)


# Files


def test_xlsx_cells_keep_their_type_and_place(tulis_lembar, tmp_path):
    path = tulis_lembar(tmp_path / "a.xlsx", {"Satu": [[], [None, "x", 5, 0.5, True, MARCH]], "Dua": [["y"]]})
    first, second = read_workbook(path)
    assert (first.name, second.name) == ("Satu", "Dua")
    assert first.cells[0] == [""] * 6
    assert first.cells[1] == ["", "x", 5, 0.5, True, MARCH]
    assert second.cells == [["y"]]


def test_a_table_in_the_middle_keeps_its_addresses(tulis_lembar, tmp_path):
    path = tulis_lembar(tmp_path / "a.xlsx", {"S": [[], [], [], [None, None, "D4"]]})
    assert read_workbook(path)[0].cells[3][2] == "D4"


def test_nip_typed_as_a_number_arrives_as_a_float(tulis_lembar, tmp_path):
    path = tulis_lembar(tmp_path / "a.xlsx", {"S": [[198503172010011001]]})
    value = read_workbook(path)[0].cells[0][0]
    assert isinstance(value, float) and value >= 1e15


def test_empty_sheet_has_no_cells(tulis_lembar, tmp_path):
    assert read_workbook(tulis_lembar(tmp_path / "a.xlsx", {"S": []}))[0].cells == []


@pytest.mark.parametrize("ending", [".xlsx", ".XLSX", ".xlsm"])
def test_endings_of_excel(tulis_lembar, tmp_path, ending):
    path = tulis_lembar(tmp_path / "a.xlsx", {"S": [["x"]]})
    assert read_workbook(path.rename(tmp_path / f"b{ending}"))[0].cells == [["x"]]


def test_ods(tmp_path):
    path = tmp_path / "a.ods"
    content = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="Rekap">
<table:table-row><table:table-cell office:value-type="string"><text:p>Jumlah ASN</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Tanggal</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="412"><text:p>412</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2020-03-17"><text:p>17/03/2020</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
    manifest = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content.replace("\n", ""))
        book.writestr("META-INF/manifest.xml", manifest)
    (sheet,) = read_workbook(path)
    assert sheet.name == "Rekap"
    assert sheet.cells[0] == ["Jumlah ASN", "Tanggal"]
    assert sheet.cells[1][0] == 412
    assert parse_date(sheet.cells[1][1]) == MARCH


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_of_other_programs(tmp_path, delimiter, encoding):
    path = tmp_path / "a.csv"
    lines = [["NIP", "Nama", "Status"], ["198503172010011001", "José", "Gagal"]]
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    (sheet,) = read_workbook(path)
    assert sheet.name == ""
    assert sheet.cells == lines


def test_csv_keeps_quoted_delimiters_and_line_breaks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('NIP;Nama;Uraian\n1;"Nama, S.E.; M.Si.";"dua\nbaris"\n', encoding="utf-8")
    assert read_workbook(path)[0].cells[1] == ["1", "Nama, S.E.; M.Si.", "dua\nbaris"]


def test_academic_titles_do_not_make_commas_the_delimiter(tmp_path):
    path = tmp_path / "a.csv"
    names = ["Dr. Maria, S.E., M.Si., Ak.", "Ir. Yohanes, S.T., M.T., Ph.D.", "Anna, S.Pd., M.Pd., Gr."]
    lines = [["NIP", "Nama", "Status"], *([f"19850317201001100{n}", name, "Belum"] for n, name in enumerate(names))]
    path.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    assert read_workbook(path)[0].cells == lines


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b""),
        ("a.xlsx", b"bukan buku kerja"),
        ("a.xlsx", PNG),
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 100),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("a.ods", b"PK"),
    ],
)
def test_non_workbook_bytes_are_refused_in_words(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert "bukan Excel" in unreadable(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_truncated_workbook_is_refused_in_words(tulis_lembar, tmp_path, share):
    path = tulis_lembar(tmp_path / "a.xlsx", {"S": [["NIP", "Nama"]] * 50})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert "rusak" in unreadable(path)


def test_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as file:
        file.writestr("surat.txt", "halo")
    assert "bukan Excel" in unreadable(tmp_path / "a.xlsx")


@pytest.mark.parametrize(("name", "word"), [("a.pdf", ".pdf"), ("a.docx", ".docx"), ("a", "tanpa akhiran")])
def test_other_endings_are_named(tmp_path, name, word):
    (tmp_path / name).write_bytes(b"isi")
    assert word in unreadable(tmp_path / name)


def test_binary_content_in_csv_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(PNG)
    assert "bukan teks" in unreadable(tmp_path / "a.csv")


def test_csv_with_an_endless_field_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text('NIP;Nama\n1;"' + "x" * 200_000, encoding="utf-8")
    assert "CSV" in unreadable(tmp_path / "a.csv")


@pytest.mark.lambat
def test_a_stray_cell_in_the_last_corner_does_not_end_the_process(tulis_lembar, tmp_path):
    # Measured apart: a grid of 16.384 x 1.048.576 cells asks for 550 GB and aborts, so no `except` is reached.
    path = tulis_lembar(tmp_path / "a.xlsx", {"S": [["NIP", "Nama", "Status"]]})
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    stray = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", stray).encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))\n"
        "from pathlib import Path\n"
        "from helpers.intake.workbook import UnreadableError, read_workbook\n"
        "try:\n    print(read_workbook(Path(sys.argv[1]))[0].cells[0][:3])\n"
        "except UnreadableError as error:\n    print('ditolak:', error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:300]
    assert "NIP" in done.stdout or "ditolak:" in done.stdout
