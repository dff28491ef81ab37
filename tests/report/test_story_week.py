"""What an office does until the end of the week: by rule, kind in tone, right at the edges."""

import re

import pandas as pd
import pytest

from helpers.measures import obstacles, rates, skenario
from helpers.report import story_week
from helpers.report.blocks import Judul, Rangkaian, Temuan


def path(ukur, row, **changes):
    kampanye = ukur.kampanye.model_copy(update=changes)
    return skenario.required_path(row, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)


def steps(ukur, opd):
    row = rates.one(ukur.ukuran, opd)
    own = ukur.terhalang[ukur.terhalang["opd"].eq(opd)]
    kendala = obstacles.by_code(own, ukur.kampanye.obstacles, row["jumlah_asn"], ukur.kampanye.sel_kecil)
    return row, story_week.todo(row, path(ukur, row), kendala, ukur.penerangan, ukur.sisa, ukur.kampanye)


def test_the_week_of_an_office_that_is_short(ukur):
    row, todo = steps(ukur, "DINKES")
    head = story_week.headline(row, path(ukur, row), ukur.kampanye)
    assert isinstance(head, Judul)
    assert head.teks == "Agar target tercapai, 151 ASN harus sudah berhasil pada Jumat, 20 Maret: 90 ASN lagi"
    assert "30 ASN per hari kerja" in todo[0].keputusan and todo[0].hasil == "90 ASN"
    assert todo[1].hasil == "112 ASN, Belum sempat / enggan"
    assert [step.hasil for step in todo if "bukti" in step.keputusan] == ["8 ASN"]


def test_every_office_has_steps_and_never_more_than_five(ukur):
    for opd in ukur.ukuran["opd"]:
        row, todo = steps(ukur, opd)
        assert 1 <= len(todo) <= story_week.MOST, opd
        text = " ".join(s.keputusan + s.hasil + s.pic + s.tenggat for s in todo)
        assert not re.search(r"\bnan\b|<NA>|None", text), opd
        assert story_week.headline(row, path(ukur, row), ukur.kampanye).text()


def test_a_silent_office_is_asked_to_report_first(ukur):
    row, todo = steps(ukur, "PRKP")
    assert isinstance(story_week.headline(row, path(ukur, row), ukur.kampanye), Temuan)
    assert todo[0].keputusan.startswith("Kirim nominatif") and todo[0].tenggat == "Rabu, 18 Maret"


def test_after_the_deadline_nobody_is_sent_to_fill_in(ukur):
    row = rates.one(ukur.ukuran, "DINKES")
    late = ukur.kampanye.model_copy(update={"tanggal_data": ukur.kampanye.selesai})
    todo = story_week.todo(
        row,
        path(ukur, row, tanggal_data=late.selesai),
        ukur.kendala,
        ukur.penerangan,
        {"hari": 0, "hari_kerja": 0},
        late,
    )
    assert not any("pengisian" in step.keputusan for step in todo)
    assert "berakhir" in story_week.headline(row, path(ukur, row, tanggal_data=late.selesai), late).teks


def test_states_by_shape_and_word(ukur):
    assert [s.kata for s in story_week.states(rates.one(ukur.ukuran, "DINKES"), ukur.penerangan, ukur.kampanye)] == [
        "Terlaksana",
        "Sebagian",
        "Terlaksana",
    ]
    assert [s.kata for s in story_week.states(rates.one(ukur.ukuran, "PRKP"), ukur.penerangan, ukur.kampanye)] == [
        "Belum"
    ] * 3


@pytest.mark.parametrize(
    ("kegiatan", "terakhir", "kata"),
    [
        (2, "2020-03-10", "Terlaksana"),
        (2, "2020-03-09", "Sebagian"),
        (0, None, "Belum"),
        (None, None, "Tidak diketahui"),
    ],
)
def test_sosialisasi_grows_old(ukur, kegiatan, terakhir, kata):
    own = pd.DataFrame(
        {"opd": ["DINKES"], "kegiatan": pd.array([kegiatan], dtype="Int64"), "terakhir": pd.to_datetime([terakhir])}
    )
    assert story_week.states(rates.one(ukur.ukuran, "DINKES"), own, ukur.kampanye)[0].kata == kata


def test_friday_s_count_is_as_fresh_as_can_be_on_sunday(ukur):
    row = rates.one(ukur.ukuran, "DINKES")
    row["tanggal_data"] = pd.Timestamp("2020-03-13")
    for day, kata in (("2020-03-15", "Terlaksana"), ("2020-03-16", "Sebagian")):
        kampanye = ukur.kampanye.model_copy(update={"tanggal_data": pd.Timestamp(day).date()})
        assert story_week.states(row, ukur.penerangan, kampanye)[2].kata == kata


def test_milestones_stand_at_the_end_of_each_week(ukur):
    row = rates.one(ukur.ukuran, "DINKES")
    table = story_week.milestones(skenario.milestones(path(ukur, row)), row, ukur.kampanye)
    assert [k.judul for k in table.kolom[1:]] == ["Jumat, 20 Maret", "Jumat, 27 Maret", "Selasa, 31 Maret"]
    assert table.baris[0][1:] == ["151 ASN", "271 ASN", "330 ASN"] and "412 ASN" in table.keterangan
    assert story_week.milestones(skenario.milestones(path(ukur, row).head(0)), row, ukur.kampanye) == Rangkaian([])
