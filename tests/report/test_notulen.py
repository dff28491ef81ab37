"""notulen.docx: real headings, blanks to type into, text that stays text, the same bytes again."""

import dataclasses
import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from test_meeting import EARLIER, bahan

from helpers.report import notulen


def opened(*known, **more):
    raw = notulen.docx(bahan(*known, **more))
    return Document(io.BytesIO(raw)), raw


def content(document):
    return "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_headings_fields_and_blanks(ukur):
    document, _ = opened(ukur)
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == ["Pembahasan", "Keputusan", "Tindak lanjut", "Penutup"]
    text = content(document)
    for words in (
        "Hari/tanggalSelasa, 17 Maret 2020",
        "[diisi: tempat rapat]",
        "55 kepala OPD dan badan",
        "[ketik putusan rapat]",
    ):
        assert words in text, words
    assert len(list(document.element.body.iter(qn("w:dropDownList")))) == 3
    ids = [node.get(qn("w:val")) for node in document.element.body.iter(qn("w:id"))]
    assert len(ids) == len(set(ids)) > 10


def test_follow_ups_stand_with_their_numbers_and_done_ones_do_not(ukur):
    done = dataclasses.replace(EARLIER, nomor=8, temuan="Sudah beres", status="Selesai")
    table = opened(ukur, [EARLIER, done])[0].tables[1]
    assert [cell.text for cell in table.rows[1].cells] == [
        "1",
        "Belum sempat",
        "Didampingi",
        "Kepala OPD",
        "16 Maret 2020",
        "Proses",
    ]
    assert len(table.rows) == 5 and "Sudah beres" not in "".join(c.text for r in table.rows for c in r.cells)
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_properties_language_and_stamp(ukur):
    document, raw = opened(ukur)
    known = document.core_properties
    assert known.title == "Notulen rapat SP Online Kota Kupang (DATA CONTOH – BUKAN DATA RESMI)"
    assert known.author == "Pemerintah Kota Kupang" and known.language == "id-ID"
    assert known.created == known.modified and known.created.year == 2020
    assert document.sections[0].header.paragraphs[0].text == "DATA CONTOH – BUKAN DATA RESMI"
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "id-ID"
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml" and "docProps/thumbnail.jpeg" not in archive.namelist()
        assert b'w:altName w:val="Calibri"' in archive.read("word/fontTable.xml")
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2020, 3, 17)}


def test_same_data_same_bytes(ukur):
    assert opened(ukur, [EARLIER])[1] == opened(ukur, [EARLIER])[1]


@pytest.mark.parametrize(
    "text",
    ["<w:p/>&amp; ]]>", "a\x00b\x0bc\ud800", "=HYPERLINK(1)", "kiri\u202ekanan", "\ufffe tanda", "{MERGEFIELD x}"],
)
def test_hostile_text_stays_text(ukur, text):
    line = dataclasses.replace(EARLIER, temuan=text, tindak_lanjut=text, pic=text)
    cells = opened(ukur, [line])[0].tables[1].rows[1].cells
    assert [cell.text for cell in cells[1:4]] == [notulen.clean(text)] * 3
    assert not any(sign in notulen.clean(text) for sign in "\x00\x0b\ud800\u202e\ufffe")


def test_uk_campaign_has_no_stamp(inggris):
    document, _ = opened(inggris, rapat="2021-10-25")
    assert document.sections[0].header.paragraphs[0].text == "" and "None" not in content(document)
