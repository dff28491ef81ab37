"""reader.py: what kind of file the bytes are, cells as stored, hidden rows, limits; refusals in a few words."""

import io
import os
import pickle
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake import reader
from helpers.intake.reader import RefusedError, read

WORKBOOKS = Path(__file__).resolve().parents[1] / "workbooks"
LINES = [
    ["NIP", "Nama", "Status"],
    ["198503172010011001", "José, S.E.", "Belum"],
    ["198503172010011002", "Ana", "Belum"],
]
FIRST = "198503172010011001"
SHEET = "xl/worksheets/sheet1.xml"


def cells(path):
    """Cells of the only sheet."""
    (sheet,) = read(path)["sheets"]
    return sheet["cells"]


def refusal(path):
    with pytest.raises(RefusedError) as caught:
        read(path)
    return str(caught.value)


def written(path, content):
    path.write_bytes(content)
    return path


def changed(path, changes, target=None):
    """A workbook with some parts replaced: bytes, or a function of the part's bytes."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts.get(name, b"")) if callable(change) else change
    with zipfile.ZipFile(target or path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return target or path


# Real files


@pytest.mark.parametrize(
    ("name", "people", "hidden"),
    [("sembunyi.xls", 10, 3), ("saring.ods", 10, 7), ("makro.xlsm", 10, 0), ("xls_bernama.xlsx", 10, 0)],
)
def test_real_files_keep_hidden_and_filtered_rows(name, people, hidden):
    (sheet,) = read(WORKBOOKS / name)["sheets"]
    assert sheet["name"] == "Nominatif"
    assert (len(sheet["cells"]) - 6, sheet["hidden_rows"]) == (people, hidden)
    assert sheet["cells"][3][2] == date(2020, 3, 17)
    assert [line[1] for line in sheet["cells"][6:]] == [f"1985031720100110{n:02d}" for n in range(1, 11)]


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".csv", ".txt", ".XLSX", ".doc", ""])
@pytest.mark.parametrize("name", ["sembunyi.xls", "saring.ods", "makro.xlsm", "csv_bernama.xlsx", "html_bernama.xls"])
def test_the_bytes_say_what_a_file_is_not_its_name(tmp_path, name, ending):
    path = Path(shutil.copy(WORKBOOKS / name, tmp_path / f"a{ending}"))
    assert read(path)["sheets"] == read(WORKBOOKS / name)["sheets"]


def test_a_csv_under_the_name_of_a_workbook():
    lines = cells(WORKBOOKS / "csv_bernama.xlsx")
    assert lines[4][2] == "Nama 1, S.E., M.Si." and lines[5][2] == "José"


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".csv", ""])
def test_a_password_is_named(tmp_path, ending):
    path = shutil.copy(WORKBOOKS / "sandi.xlsx", tmp_path / f"a{ending}")
    assert "terkunci kata sandi" in refusal(path)


def test_a_password_of_libreoffice_is_named(tmp_path):
    secret = (
        b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        b'<manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>'
    )
    parts = {"META-INF/manifest.xml": lambda part: part.replace(b"</manifest:manifest>", secret)}
    path = changed(WORKBOOKS / "saring.ods", parts | {"content.xml": os.urandom(500)}, tmp_path / "a.ods")
    assert "sandi" in refusal(path)


# Text files


@pytest.mark.parametrize("ending", [".csv", ".txt", ".xls", ".xlsx"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_csv_in_every_encoding(tmp_path, encoding, delimiter, newline, ending):
    lines = [[f'"{cell}"' if "," in cell else cell for cell in line] for line in LINES]
    text = newline.join(delimiter.join(line) for line in lines) + newline
    path = written(tmp_path / f"a{ending}", text.encode(encoding))
    assert cells(path) == LINES


def test_csv_with_the_marks_of_big_endian_utf_16(tmp_path):
    text = "\ufeff" + "\n".join(";".join(line) for line in LINES)
    assert cells(written(tmp_path / "a.csv", text.encode("utf-16-be"))) == LINES


@pytest.mark.parametrize("start", ["sep=;\n", "sep=;\r\n", "SEP=;\n", "\ufeffsep=;\r\n"])
def test_the_line_that_excel_writes_for_its_delimiter_is_no_row(tmp_path, start):
    path = tmp_path / "a.csv"
    path.write_text(start + "\n".join(";".join(line) for line in LINES), encoding="utf-8", newline="")
    assert cells(path) == LINES


@pytest.mark.parametrize("bad", [b"\x00", b"a;b\x00c\n", b"\x00\x00\x00\x00", b"\xff\xfe\x00\x00", b"\x81\x8d\x9d;\n"])
def test_nul_and_undefined_bytes_are_refused_or_text(tmp_path, bad):
    answer = reader._answer(str(written(tmp_path / "a.csv", bad)))
    assert answer.keys() in ({"refused"}, {"sheets", "properties"})


def test_nul_deep_in_a_csv_stays_a_character(tmp_path):
    content = b"NIP;Nama\n" * 1000 + b"1;A\x00B\n"
    assert cells(written(tmp_path / "a.csv", content))[-1] == ["1", "A\x00B"]


@pytest.mark.parametrize(("rows", "taken"), [(reader.MAX_ROWS, True), (reader.MAX_ROWS + 1, False)])
def test_rows_are_limited(tmp_path, rows, taken):
    path = written(tmp_path / "a.csv", b"a;b\n" * rows + b";\n" * 500)
    if taken:
        assert len(cells(path)) == rows + 500
    else:
        assert f"{rows} baris terisi" in refusal(path)


def test_columns_are_limited(tmp_path, tulis_lembar):
    assert len(cells(written(tmp_path / "a.csv", b"a;" * 1000))[0]) == reader.MAX_COLUMNS
    assert len(cells(tulis_lembar(tmp_path / "a.xlsx", {"S": [["a"] * 1000]}))[0]) == reader.MAX_COLUMNS


# What is no workbook


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".xls", ".ods", ".pdf", ""])
@pytest.mark.parametrize(
    ("start", "word"),
    [
        (b"%PDF-1.4", ".pdf"),
        (b"\x89PNG\r\n\x1a\n", "gambar"),
        (b"\xff\xd8\xff\xe0", "gambar"),
        (b"GIF89a", "gambar"),
        (b"{\\rtf1", "dokumen teks"),
        (b"Rar!\x1a\x07", "arsip"),
        (b"7z\xbc\xaf\x27\x1c", "arsip"),
        (b"\x7fELF\x02\x01\x01\x00", "bukan teks"),
        (b"SQLite format 3\x00", "bukan teks"),
    ],
)
def test_other_kinds_of_file_are_named(tmp_path, ending, start, word):
    assert word in refusal(written(tmp_path / f"a{ending}", start + b"\0" * 50))


def test_a_letter_of_word_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as file:
        file.writestr("word/document.xml", "<w/>")
    assert "dokumen teks" in refusal(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a.docx", ".docx"),
        (b"a", "tanpa akhiran"),
        (b"a.\xff", "aneh"),
        (b"a.\xe2\x80\xaexslx", "aneh"),
        (b"a.x\x1b[31m", "aneh"),
        (b"a.[red]", "aneh"),
        (b"a.#set page()", "aneh"),
        (b"a." + b"x" * 200, "aneh"),
        (b"a.x\ry", "aneh"),
    ],
)
def test_a_strange_ending_is_not_repeated(tmp_path, name, shown):
    reason = refusal(written(tmp_path / os.fsdecode(name), b"isi"))
    assert shown in reason
    assert reason.isascii() and reason.isprintable() and len(reason) < 80


@pytest.mark.parametrize("place", ["tidak_ada.xlsx", ".", "a\0b.xlsx", "x" * 300])
def test_what_cannot_be_opened_is_said(tmp_path, place):
    assert reader._answer(str(tmp_path / place))["refused"]


def test_a_large_file_is_not_opened(tmp_path):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(reader.MAX_BYTES + 1)
    assert "lebih besar" in refusal(tmp_path / "a.csv")


@pytest.mark.parametrize("error", [MemoryError, RecursionError, IndexError, AssertionError, ValueError, OSError])
def test_no_error_of_a_library_leaves_the_reader(monkeypatch, error):
    def fail(path):
        raise error

    monkeypatch.setattr(reader, "read", fail)
    assert reader._answer("a.xlsx").keys() == {"refused"}


def test_a_lack_of_memory_is_called_large(monkeypatch, tulis_lembar, tmp_path):
    def fail(*args):
        raise MemoryError

    path = tulis_lembar(tmp_path / "a.xlsx", {"S": LINES})
    monkeypatch.setattr(reader, "_refuse_far_cells", fail)
    assert "lebih besar" in reader._answer(str(path))["refused"]


# Inside a workbook


@pytest.fixture
def buku(tulis_lembar, tmp_path):
    """A workbook of two people."""
    return tulis_lembar(tmp_path / "a.xlsx", {"S": LINES})


def hide(path, **sheets):
    """Writes sheets of three lines, of which the given ones are hidden; a tab without lines is a chart."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            if rows is None:
                chart = book.add_chart({"type": "bar"})
                chart.add_series({"values": f"={next(iter(sheets))}!$A$1:$A$3"})
                book.add_chartsheet(name).set_chart(chart)
                continue
            sheet = book.add_worksheet(name)
            for row, line in enumerate(LINES):
                sheet.write_row(row, 0, line)
            for row in rows:
                sheet.set_row(row, None, None, {"hidden": True})
    return path


@pytest.mark.parametrize(
    ("sheets", "hidden"),
    [
        ({"A": [], "B": [1]}, [0, 1]),
        ({"A": [1, 2], "B": [], "C": [0]}, [2, 0, 1]),
        ({"A": [1], "Grafik": None, "B": [1, 2]}, [1, 0, 2]),
        ({"A": [], "Grafik": None, "Lagi": None, "B": [2]}, [0, 0, 0, 1]),
    ],
)
def test_hidden_rows_belong_to_their_sheet(tmp_path, sheets, hidden):
    found = read(hide(tmp_path / "a.xlsx", **sheets))["sheets"]
    assert [sheet["hidden_rows"] for sheet in found] == hidden
    assert [len(sheet["cells"]) for sheet in found] == [3 if sheets[s["name"]] is not None else 0 for s in found]


def test_hidden_rows_follow_tabs_that_were_moved(tmp_path):
    """The order of the tabs is that of workbook.xml, not that of the parts."""
    path = hide(tmp_path / "a.xlsx", A=[1], B=[])

    def swap(part):
        first, second = re.findall(rb"<sheet [^>]+/>", part)
        return part.replace(first + second, second + first)

    found = read(changed(path, {"xl/workbook.xml": swap}))["sheets"]
    assert [(s["name"], s["hidden_rows"]) for s in found] == [("B", 0), ("A", 1)]


def test_a_hidden_sheet_is_marked(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("A").write(0, 0, "a")
        for name, method in (("B", "hide"), ("C", "very_hidden")):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "b")
            getattr(sheet, method)()
    assert [s["hidden"] for s in read(tmp_path / "a.xlsx")["sheets"]] == [False, True, True]


def test_properties_of_the_form(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("A").write(0, 0, "a")
        for name, value in (("kode_opd", "DINKES"), ("versi_formulir", "2"), ("lain", "x")):
            book.set_custom_property(name, value)
    assert read(tmp_path / "a.xlsx")["properties"] == {"kode_opd": "DINKES", "versi_formulir": "2"}


def test_properties_of_the_form_saved_as_ods(tmp_path):
    own = b'<meta:user-defined meta:name="kode_opd">DISHUB</meta:user-defined></office:meta>'
    parts = {"meta.xml": lambda part: part.replace(b"</office:meta>", own)}
    assert read(changed(WORKBOOKS / "saring.ods", parts, tmp_path / "a.ods"))["properties"] == {"kode_opd": "DISHUB"}


def test_merged_cells_are_told(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("A").merge_range(0, 0, 1, 2, "a")
    assert read(tmp_path / "a.xlsx")["sheets"][0]["merged"] == [((0, 0), (1, 2))]


@pytest.mark.parametrize(
    ("cell", "value"),
    [('=WEBSERVICE("http://x")', "A"), ("=1+1", "A"), ("=cmd|' /C calc'!A0", "A"), ("='[luar.xlsx]S'!A1", "A")],
)
def test_of_a_formula_only_the_stored_value_is_read(tmp_path, cell, value):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("A").write_formula(0, 0, cell, None, value)
    assert cells(tmp_path / "a.xlsx") == [[value]]


@pytest.mark.parametrize("ref", ["A1:XFD1048576", "A1:A1", "Z9:A1", "", "A1:ZZZZZ99999999"])
def test_a_false_dimension_changes_nothing(buku, ref):
    part = {SHEET: lambda part: re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{ref}"'.encode(), part)}
    answer = reader._answer(str(changed(buku, part)))
    assert "refused" in answer or answer["sheets"][0]["cells"] == LINES


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "C1048576", "ZZ200000"])
def test_stray_cells_are_named(buku, place):
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    stray = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
    path = changed(buku, {SHEET: lambda part: part.replace(b"</sheetData>", stray)})
    answer = reader._answer(str(path))
    if place in {"A1048576"}:
        assert "refused" in answer or answer["sheets"][0]["cells"][:3] == LINES
    else:
        assert f"sampai baris {row}" in answer["refused"]


def test_too_many_parts_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as file:
        for n in range(5001):
            file.writestr(str(n), b"")
    assert "lebih besar" in refusal(tmp_path / "a.xlsx")


def test_an_encrypted_part_is_refused(buku):
    content = bytearray(buku.read_bytes())
    for at in [m.start() for m in re.finditer(rb"PK\x03\x04", content)]:
        content[at + 6] |= 1
    for at in [m.start() for m in re.finditer(rb"PK\x01\x02", content)]:
        content[at + 8] |= 1
    assert "rusak" in refusal(written(buku, bytes(content)))


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]
)
@pytest.mark.parametrize("content", [b"", b"<", b"\xff\xfe", b"<a>" * 5000, "<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16")])  # fmt: skip
def test_a_broken_part_is_refused_or_does_not_matter(buku, part, content):
    answer = reader._answer(str(changed(buku, {part: content})))
    assert answer.keys() in ({"refused"}, {"sheets", "properties"})


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
def test_a_missing_part_is_refused_or_does_not_matter(buku, part):
    with zipfile.ZipFile(buku) as book:
        parts = {name: book.read(name) for name in book.namelist() if name != part}
    with zipfile.ZipFile(buku, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert reader._answer(str(buku)).keys() in ({"refused"}, {"sheets", "properties"})


# Answers


def test_serve_answers_each_line(tmp_path, buku):
    odd = written(tmp_path / os.fsdecode(b"a \xff;'\r\t.csv"), b"a;b\n1;2\n")
    requests = b"\n".join(map(os.fsencode, [buku, odd, tmp_path / "tidak_ada"])) + b"\n"
    answers = io.BytesIO()
    reader.serve(io.BytesIO(requests), answers)
    answers.seek(0)
    found = []
    while head := answers.read(8):
        found.append(pickle.loads(answers.read(int.from_bytes(head, "big"))))
    assert [answer.get("refused") for answer in found] == [None, None, "tidak dapat dibuka"]
    assert found[1]["sheets"][0]["cells"] == [["a", "b"], ["1", "2"]]


# Anything


@pytest.fixture(scope="module")
def tempat(tmp_path_factory):
    return tmp_path_factory.mktemp("acak")


SOURCES = {path.name: path.read_bytes() for path in sorted(WORKBOOKS.iterdir()) if path.suffix != ".md"}
STARTS = [
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<table>",
    b"<?xml",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"sep=",
]


def fits(answer):
    if answer.keys() == {"refused"}:
        assert isinstance(answer["refused"], str) and 5 < len(answer["refused"]) < 120
        return
    assert answer.keys() == {"sheets", "properties"}
    for sheet in answer["sheets"]:
        assert sheet.keys() == {"name", "cells", "hidden", "hidden_rows", "merged"}
        assert all(len(line) <= reader.MAX_COLUMNS + 50 for line in sheet["cells"])


@given(st.sampled_from(STARTS), st.binary(max_size=400), st.sampled_from([".xlsx", ".csv", ".xls", ".ods", ".x", ""]))
def test_any_bytes_give_sheets_or_a_refusal(tempat, start, content, ending):
    path = written(tempat / f"a{ending}", start + content)
    fits(reader._answer(str(path)))


@settings(max_examples=150)
@given(st.sampled_from(sorted(SOURCES)), st.data())
def test_mutated_files_give_sheets_or_a_refusal(tempat, name, data):
    content = bytearray(SOURCES[name])
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    content = content[: data.draw(st.integers(1, len(content)))] if data.draw(st.booleans()) else content
    fits(reader._answer(str(written(tempat / "m.xlsx", bytes(content)))))


@settings(max_examples=60)
@given(st.sampled_from([SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]), st.data())
def test_mutated_parts_give_sheets_or_a_refusal(tempat, part, data):
    """Inside the archive, where its check sums do not catch it."""

    def mutate(content):
        content = bytearray(content)
        for _ in range(data.draw(st.integers(1, 6))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
        return bytes(content)

    source = written(tempat / "q.xlsm", SOURCES["makro.xlsm"])
    fits(reader._answer(str(changed(source, {part: mutate}, tempat / "p.xlsx"))))
