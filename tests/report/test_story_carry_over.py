"""Who goes on to the next stage: told with interval and assumption, listed without small cells, never invented."""

import dataclasses

import pandas as pd
import pytest

from helpers.measures import carry_over
from helpers.report import story_carry_over
from helpers.report.blocks import Rangkaian


def measured(ukur, kampanye=None, **posisi):
    kampanye = kampanye or ukur.kampanye
    table = ukur.posisi.assign(**posisi)
    proyeksi = dataclasses.replace(ukur.proyeksi, as_of=kampanye.tanggal_data)
    return (
        carry_over.by_office(proyeksi, table),
        carry_over.by_reason(proyeksi, table, ukur.terhalang, kampanye.obstacles, kampanye.sel_kecil),
        kampanye,
    )


def test_told_with_interval_and_what_can_not_be_solved(ukur):
    told = measured(ukur)
    said = story_carry_over.finding(*told)
    assert "2.900 ASN" in said.judul and "2.400 sampai 3.200 dari 5.402 ASN (selang 80%)" in said.text()
    assert "tetap utuh: 50 karena KK baru (K02)." in said.text()


def test_ten_offices_the_rest_and_the_city(ukur):
    kiri, kanan = story_carry_over.tables(*measured(ukur)).isi
    assert len(kiri.baris) == story_carry_over.LISTED + 2 and kiri.baris[-2][0] == "42 OPD lain"
    assert kiri.baris[0][0] == "Dinas Pendidikan dan Kebudayaan"
    assert kiri.baris[-1] == kanan.baris[-1] and kiri.baris[-1][1:] == ["3.781", "2.900", "2.400–3.200"]
    assert kanan.baris[0] == ["KK baru (K02)", "50", "50", "50"] and kanan.tebal == [0]
    assert ["Belum lapor", "236"] in [row[:2] for row in kanan.baris]


def test_after_the_deadline_they_are_counted_not_estimated(ukur):
    late = ukur.kampanye.model_copy(update={"tanggal_data": ukur.kampanye.selesai})
    told = measured(ukur, late)
    said = story_carry_over.finding(*told)
    assert "3.781 ASN" in said.judul and "bukan perkiraan" in said.text() and "selang" not in said.text()
    kiri, kanan = story_carry_over.tables(*told).isi
    assert [k.judul for k in kiri.kolom] == ["OPD", "Tersisa"] and kiri.baris[-1][1] == "3.781"
    shown = [int(row[1].replace(".", "")) for row in kanan.baris]
    assert sum(shown[:-1]) == shown[-1] == 3781
    listed = [int(row[1].replace(".", "")) for row in kiri.baris]
    assert sum(listed[:-1]) == listed[-1]


def test_nothing_where_there_is_no_next_stage_and_nothing_invented(ukur, inggris):
    told = measured(inggris)
    assert story_carry_over.finding(*told) == story_carry_over.tables(*told) == Rangkaian([])
    tersisa, alasan, kampanye = measured(ukur)
    unknown = tersisa.assign(orang=pd.array([pd.NA] * len(tersisa), dtype="Int64"))
    assert "belum dapat diperkirakan" in story_carry_over.finding(unknown, alasan, kampanye).text()
    assert story_carry_over.tables(unknown, alasan, kampanye) == Rangkaian([])


@pytest.mark.parametrize(("people", "says"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5")])
def test_fewer_than_five_are_not_told_apart(people, says):
    assert story_carry_over.few(people, 5) == says
