"""markup.py: tables of HTML pages and of Excel's XML under the name .xls, and nothing that raises."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake import markup
from helpers.intake.markup import read_markup

WORKBOOKS = Path(__file__).resolve().parents[1] / "workbooks"
XML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<DocumentProperties><Title>Judul</Title></DocumentProperties><Styles><Style ss:ID="a"><Font/></Style></Styles>%s</Workbook>'
)


def cells(text):
    """Cells of the only table."""
    (sheet,) = read_markup(text)
    return sheet["cells"]


# HTML


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<table><tr><td>NIP</td><td>Nama</td></tr><tr><td>1</td><td>A</td></tr></table>",
            [["NIP", "Nama"], ["1", "A"]],
        ),
        ("<TABLE><TR><TD>a<TD>b<TR><TD>c", [["a", "b"], ["c"]]),  # nothing closed
        ("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>", [["a"], ["b"]]),
        ("<table><td>tanpa baris</table>", [["tanpa baris"]]),
        ("<table><tr><td> a \n</td></tr></table>", [["a"]]),
        ("<table><tr><td>a<br>b</td><td>c<p>d</td></tr></table>", [["a b", "c d"]]),
        ("<table><tr><td/><td>b</td></tr></table>", [["", "b"]]),
        ("<table><tr><td>&lt;b&gt; &amp; &eacute;&#8203;</td></tr></table>", [["<b> & é\u200b"]]),
        ("<table><tr><td><b>te</b><i>bal</i></td></tr></table>", [["tebal"]]),
        ("<table><tr><td><!-- x -->a</td></tr></table>", [["a"]]),
        ("<table><tr><td>a<script>alert('<td>x')</script></td></tr></table>", [["a"]]),
        ("<table><tr><td>a<style>td{}</style></td></tr></table>", [["a"]]),
        ("<title>Judul</title><table><tr><td>a</td></tr></table>", [["a"]]),
        ("<table><tr><td>a<comment>catatan</comment></td></tr></table>", [["a"]]),
        ("<table><tr><td>&xxe;</td></tr></table>", [["&xxe;"]]),
        ("<table><tr><td>1</td></tr><tr></tr><tr><td>2</td></tr></table>", [["1"], [], ["2"]]),
    ],
)
def test_cells_of_a_page(text, expected):
    assert cells(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "merged"),
    [
        ("<tr><td colspan=3>a</td><td>b</td></tr>", [["a", "", "", "b"]], [((0, 0), (0, 2))]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d", [["a", "b"], ["", "c"], ["d"]], [((0, 0), (1, 0))]),
        (
            "<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d",
            [["a", "", "b"], ["", "", "c"], ["d"]],
            [((0, 0), (1, 1))],
        ),
        (
            "<tr><td>a<td rowspan=3>b<td>c<tr><td>d<td>e<tr><td>f<td>g",
            [["a", "b", "c"], ["d", "", "e"], ["f", "", "g"]],
            [((0, 1), (2, 1))],
        ),
        ("<tr><td colspan='dua'>a</td><td rowspan='-1'>b", [["a", "b"]], []),
        ("<tr><td colspan=0>a</td><td rowspan=0>b", [["a", "b"]], []),
        ("<tr><td colspan=''>a</td><td colspan>b", [["a", "b"]], []),
        ("<tr><td colspan=99999999999>a</td><td>b", [["a", "b"]], []),
    ],
)
def test_spans_leave_empty_cells(text, expected, merged):
    (sheet,) = read_markup(f"<table>{text}")
    assert sheet["cells"] == expected
    assert sheet["merged"] == merged


def test_spans_are_limited():
    assert len(cells("<table><tr>" + "<td colspan=99999>a" * 20)[0]) <= 350
    assert len(cells("<table><tr>" + "<td>a" * 1000)[0]) == 300
    assert len(cells('<Worksheet ss:Name="a"><Row>' + '<Cell ss:Index="999"><Data>a</Data></Cell>' * 20)[0]) <= 350


def test_rows_are_limited(monkeypatch):
    monkeypatch.setattr(markup, "_MAX_ROWS", 10)
    assert len(cells("<table>" + "<tr><td>a" * 50)) == 10


def test_each_table_is_a_sheet():
    first, second = read_markup("<table><tr><td>a</table><p>x</p><table><tr><td>b</table><table></table>")
    assert (first["cells"], second["cells"]) == ([["a"]], [["x"], ["b"]])


def test_text_before_a_table_is_its_title():
    """Office and day often stand above the table; only the nearest lines are kept."""
    text = "".join(f"<p>baris {n}</p>" for n in range(9)) + "<table><tr><td>NIP</table>"
    assert cells(text) == [*([f"baris {n}"] for n in range(4, 9)), ["NIP"]]


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td>luar<table><tr><td>NIP<td>Nama<tr><td>1<td>A</table></td></tr></table>",
        "<table><tr><td><table><tr><td>NIP</td><td>Nama</td></tr><tr><td>1</td><td>A</td></tr></table></td></tr></table>",
        "<table><tr><td>a<table></td><tr><td>NIP<td>Nama<tr><td>1<td>A",
    ],
)
def test_a_table_inside_a_cell_is_a_table_of_its_own(text):
    assert read_markup(text)[-1]["cells"][-2:] == [["NIP", "Nama"], ["1", "A"]]


@pytest.mark.parametrize(
    "text", ["", "halo", "<p>halo</p>", "<table>", "<table></table>", "<td>a</td>", "</table></td></tr>"]
)
def test_a_page_without_cells_has_no_sheet(text):
    assert read_markup(text) == []


@pytest.mark.parametrize(
    "start",
    ["<![", "<![x", "<![foo[", "<![if !mso]>", "<![endif]>", "<![CDATA[x]]>", "<!DOCTYPE [<!ELEMENT", "<!x [<", "<?", "<!-- x",
     "<!--[if gte mso 9]><xml></xml><![endif]-->", "<" * 50, "&#99999999999;", "&#xD800;", "\0", "</", "<a b='", "<p\0q>"],
)  # fmt: skip
def test_odd_declarations_raise_nothing(start):
    """Excel writes some of them itself; what stands behind an unclosed one may be lost, not the reader."""
    for text in (start, f"{start}<table><tr><td>1", f"<table><tr><td>{start}>1</table>"):
        assert isinstance(read_markup(text), list)
    if start.endswith(">"):
        assert read_markup(f"{start}<table><tr><td>1")[-1]["cells"][-1] == ["1"]


@pytest.mark.parametrize(
    ("row", "hidden"),
    [("<tr style='display:none'>", 1), ("<tr height=0 style='mso-height-source:userset; DISPLAY: none'>", 1), ("<tr>", 0), ("<tr style='height:15pt'>", 0),
     ("<Row ss:Hidden='1'>", 1), ("<Row ss:Hidden='0'>", 0)],
)  # fmt: skip
def test_hidden_rows_count_and_are_said(row, hidden):
    (sheet,) = read_markup(f"<table><tr><td>a</td></tr>{row}<td>b</td></tr></table>")
    assert (sheet["cells"], sheet["hidden_rows"]) == ([["a"], ["b"]], hidden)


def test_the_page_that_libreoffice_writes():
    sheet = read_markup((WORKBOOKS / "html_bernama.xls").read_text())[-1]
    assert sheet["cells"][2][2] == "DISPORA"
    assert sheet["cells"][6][:3] == ["1", "198503172010011001", "Nama 1"]
    assert len(sheet["cells"]) == 16


# Excel's XML


@pytest.mark.parametrize("prefix", ["", "ss:"])
def test_excel_xml(prefix):
    rows = "<P:Row><P:Cell><P:Data ss:Type='String'>NIP</P:Data></P:Cell><P:Cell ss:Index='3'><P:Data>Status</P:Data></P:Cell></P:Row>"
    rows += "<P:Row><P:Cell><P:Data ss:Type='Number'>12</P:Data></P:Cell><P:Cell/><P:Cell><P:Data>Belum</P:Data></P:Cell></P:Row>"
    book = f"<P:Worksheet ss:Name='Satu'><Table>{rows}</Table></P:Worksheet><P:Worksheet ss:Name='Dua'><Table><P:Row><P:Cell><P:Data>x</P:Data></P:Cell></P:Row></Table></P:Worksheet>"
    first, second = read_markup(XML % book.replace("P:", prefix))
    assert (first["name"], second["name"]) == ("Satu", "Dua")
    assert first["cells"] == [["NIP", "", "Status"], ["12", "", "Belum"]]
    assert second["cells"] == [["x"]]


def test_excel_xml_merges_and_comments():
    book = """<Worksheet ss:Name="S"><Table><Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data>a</Data></Cell>
    <Cell><Data>b</Data><Comment ss:Author="x"><ss:Data>catatan</ss:Data></Comment></Cell></Row><Row><Cell><Data>c</Data></Cell></Row>"""
    (sheet,) = read_markup(XML % book)
    assert sheet["cells"] == [["a", "", "b"], ["", "", "c"]]
    assert sheet["merged"] == [((0, 0), (1, 1))]


@pytest.mark.parametrize("entity", ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY x "aaaaaaaaaa">'])
def test_entities_are_not_expanded(entity):
    text = (
        f"<?xml version='1.0'?><!DOCTYPE a [{entity}]><Worksheet ss:Name='S'><Row><Cell><Data>&x;</Data></Cell></Row>"
    )
    assert "root:" not in str(read_markup(text)) and "aaaaaaaaaa" not in str(
        [s["cells"] for s in read_markup(text)][-1][-1]
    )


# Anything

PIECES = st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td colspan=2 rowspan=3>", "<th rowspan=2>", "<table><tr><td>", "<Worksheet ss:Name='a'>",
     "<Row ss:Index='3'>", "<Cell ss:Index='4' ss:MergeDown='2'>", "<Cell/>", "<script>", "</script>", "<style>", "<title>", "<br/>", "<![", "<![if", "]>", "<!--",
     "-->", "<!", "<?", "<", ">", "&", "&#0;", "&lt", "'", '"', "=", "\0", "\u202e", "teks", " "]
)  # fmt: skip


def plausible(sheets):
    for sheet in sheets:
        assert sheet.keys() == {"name", "cells", "hidden", "hidden_rows", "merged"}
        assert sheet["cells"]
        assert all(isinstance(cell, str) for line in sheet["cells"] for cell in line)
        assert all(len(line) <= 350 for line in sheet["cells"])
        assert all(0 <= top <= bottom and 0 <= left <= right for (top, left), (bottom, right) in sheet["merged"])


@given(st.lists(st.one_of(PIECES, st.text(max_size=5))).map("".join))
def test_any_markup_gives_sheets(text):
    plausible(read_markup(text))


@given(st.text())
def test_any_text_gives_sheets(text):
    plausible(read_markup(text))
    plausible(read_markup(f"<table><tr><td>{text}"))
