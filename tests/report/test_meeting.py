"""The meeting pack: a page per part, the report's figures, blanks instead of inventions, nobody's text as markup."""

import dataclasses
import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from helpers.measures import decisions
from helpers.report import meeting, meeting_facts, story_decisions
from helpers.report.blocks import Putusan
from helpers.report.rtl import Rtl

EARLIER = Rtl(1, "K15", "Belum sempat", 9, "Waktu pengisian", "", None, "Didampingi", "Kepala OPD", date(2020, 3, 16),
              "Proses", "", date(2020, 3, 10), True)  # fmt: skip
DONE = dataclasses.replace(EARLIER, nomor=2, tindak_lanjut="Dikirim", status="Selesai", terlambat=False)


def bahan(ukur, rtl=(), putusan=None, **kampanye):
    known = (ukur.laju_kota, ukur.ramalan_kota, ukur.sisa)
    if putusan is None:
        asked = decisions.asked(
            ukur.ukuran, ukur.kendala, ukur.kota, *known, ukur.penerangan, ukur.bukti, ukur.kampanye
        )
        putusan = story_decisions.texts(asked, ukur.kendala, *known, ukur.kampanye)
    return meeting_facts.Bahan(
        ukur.kampanye.model_copy(update=kampanye), ukur.data, ukur.posisi, ukur.ukuran, ukur.kota, ukur.sisa,
        ukur.laju_kota, ukur.ramalan_kota, ukur.kendala, ukur.pelaporan, ukur.bukti, ukur.penerangan, putusan, rtl, [line for line in rtl if line.asal],
    )  # fmt: skip


def pages(*known, **more):
    reader = PdfReader(io.BytesIO(meeting.pdf(bahan(*known, **more))))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_each_part_begins_its_page(ukur):
    found = pages(ukur)
    starts = ["Rapat koordinasi SP Online Kota Kupang", "Baru 30,0% ASN", "kendala menahan", "48 dari 52 OPD melapor",
              "Lima keputusan dimohon", "Notulen rapat"]  # fmt: skip
    assert len(found) == len(starts)
    for page, start in zip(found, starts, strict=True):
        assert start in page[:400], start
        assert "DATA CONTOH – BUKAN DATA RESMI" in page
    assert not re.search(r"\b(nan|None|NaT)\b|<NA>", " ".join(found))


def test_every_office_stands_with_its_reporting_state(ukur):
    page = pages(ukur)[3]
    assert [name for name in ukur.kampanye.units["nama"] if name not in page] == []
    # Four offices and the caption.
    assert page.count("belum lapor") == 4 + 1 and "Kejaksaan Negeri" in page and "55 kepala OPD dan badan" in page


def test_what_is_not_known_is_a_blank(ukur):
    first = pages(ukur)[0]
    assert "Selasa, 17 Maret 2020" in first and "diisi: tempat rapat" in first and "diisi: jabatan pimpinan" in first
    later = bahan(ukur, rapat="2020-03-10", rapat_waktu="09.00", rapat_tempat="Aula")
    said = [line.isi for line in meeting_facts.fields(later.kampanye)]
    assert said[:3] == ["", "", ""], "a meeting that is over says nothing of the next one"
    known = meeting_facts.fields(bahan(ukur, rapat="", rapat_tempat="Aula").kampanye)
    assert known[0].isi == "" and known[2].isi == "Aula"


def test_the_last_meeting_s_follow_ups_are_told_done_ones_first(ukur):
    without, found = pages(ukur), pages(ukur, [DONE, EARLIER])
    assert "Tindak lanjut rapat lalu" in found[0] and "Tindak lanjut rapat lalu" not in without[0]
    assert "Satu dari dua tindak lanjut rapat lalu selesai, satu lewat tenggat" in found[2]
    assert found[2].index("Dikirim") < found[2].index("Didampingi")
    assert "Satu tindak lanjut perlu ditetapkan" in found[5]


def test_nobody_s_text_is_markup(ukur):
    hostile = "#pagebreak() *tebal* <label> $x$ @ref"
    found = " ".join(
        pages(ukur, [dataclasses.replace(EARLIER, tindak_lanjut=hostile)], [Putusan(hostile, "", "_BPS_", "x")])
    )
    assert found.count("#pagebreak() *tebal* <label>") >= 2


@pytest.mark.parametrize("rows", [0, 40])
def test_pack_stays_short(ukur, rows):
    lines = [dataclasses.replace(EARLIER, nomor=at) for at in range(1, rows + 1)]
    assert 5 <= len(pages(ukur, lines)) <= 8


def test_same_data_same_bytes(ukur):
    assert meeting.pdf(bahan(ukur)) == meeting.pdf(bahan(ukur))


def test_only_a_campaign_with_a_meeting_has_a_pack(ukur, inggris):
    assert meeting_facts.wanted(ukur.kampanye) and not meeting_facts.wanted(inggris.kampanye)
    # Given a day all the same, it reads well without kendala and instructions.
    found = pages(inggris, rapat="2021-10-25")
    assert "Senin, 25 Oktober 2021" in found[0] and "data contoh" not in found[0].lower()
