"""rencana_harian.pdf: one page, whole people, kind where there is nothing to divide."""

import io
from dataclasses import replace

import grammar
import pandas as pd
import pytest
from pypdf import PdfReader

from helpers.measures import daily_plan, rates, skenario
from helpers.report import daily_plan as pages
from helpers.report import story, story_plan
from helpers.report.blocks import Rangkaian

NONE = pd.DataFrame(columns=["opd", "dari", "rencana", "tercapai", "selisih"])
BEHIND = pd.DataFrame([{"opd": "DINKES", "dari": pd.Timestamp("2020-03-10"), "rencana": 10, "tercapai": 0}])


def told(here, opd, banding=NONE, sisa=None, **changes):
    kampanye = here.kampanye.model_copy(update=changes)
    row = rates.one(here.ukuran, opd)
    jalur = skenario.required_path(row, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    return row, story_plan.told(row, daily_plan.plan(jalur), banding, sisa or here.sisa, kampanye, 30)


@pytest.mark.parametrize("fixture", ["ukur", "inggris"])
def test_every_office_reads_well(fixture, request):
    here = request.getfixturevalue(fixture)
    for opd in here.ukuran.loc[here.ukuran["lapor"], "opd"]:
        _, blocks = told(here, opd, BEHIND)
        faults = [fault for block in blocks for fault in grammar.check(block)]
        assert not [fault for fault in faults if "'3.0'" not in fault], opd  # OGL v3.0 is a licence's name


def test_days_and_last_plan_are_listed(ukur):
    row, blocks = told(ukur, "DINKES", BEHIND)
    table = next(b for b in blocks if hasattr(b, "baris"))
    assert len(table.baris) == 9 and sum(int(line[1]) for line in table.baris) == row["kekurangan"]
    assert "Rabu, 25 Maret" not in table.text() and "25 Maret" in table.keterangan
    assert "belum ada dari 10 ASN yang direncanakan" in blocks[-1].text()


def test_target_reached_and_no_day_left_are_told_kindly(ukur):
    assert "sudah tercapai; terima kasih" in told(ukur, "DISKOMINFO")[1][0].teks
    ended = {"hari": 0, "hari_kerja": 0}
    blocks = told(ukur, "DINKES", sisa=ended, tanggal_data=ukur.kampanye.selesai)[1]
    assert "sudah berakhir" in blocks[0].teks and "SP Wawancara" in blocks[-1].text()


def test_plan_met_is_thanked_for_and_none_is_not_told(ukur):
    met = BEHIND.assign(tercapai=12)
    assert "2 ASN melebihi rencana; terima kasih" in story_plan.against(met, ukur.kampanye).text()
    assert isinstance(story_plan.against(NONE, ukur.kampanye), Rangkaian)
    assert isinstance(story_plan.against(BEHIND.assign(rencana=pd.NA), ukur.kampanye), Rangkaian)


def test_the_page_is_one_page_however_long_the_campaign(ukur):
    kampanye = ukur.kampanye.model_copy(update={"selesai": ukur.kampanye.selesai.replace(month=7)})
    row = rates.one(ukur.ukuran, "DISDIKBUD")
    jalur = skenario.required_path(row, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    document = story.document(kampanye, ukur.data, ukur.posisi, "Rencana harian", "", "DISDIKBUD")
    pdf = pages.page(replace(document, contoh=True), row, daily_plan.plan(jalur), BEHIND, ukur.sisa, kampanye)
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1 and "hari kerja berikutnya" in " ".join(reader.pages[0].extract_text().split())
