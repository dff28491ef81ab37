"""The log holds everybody once, in an order that a meeting can work through."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from toy import (
    CATALOGUE,
    DAY,
    KINDS,
    NYEPI,
    TINDAK_LANJUT,
    campaign,
    campaigns,
    counted_from,
    data,
    follow_up,
    frame,
    person,
    thorough,
)

from helpers.measures import follow_up as states
from helpers.measures import obstacles, problem_log, rates, reconcile

TOLD = pd.DataFrame({"kode": ["K01", "K04"], "sejak": pd.to_datetime(["2020-03-03", "2020-03-10"])}).assign(
    ungkapan=[["nik ditolak"], []]
)


def place(units="A", **more):
    known = {"selesai": date(2020, 3, 31), "days_off": [NYEPI], "obstacles": CATALOGUE, "sel_kecil": 5}
    return campaign(units, **known | {"unit": "OPD", "orang": "ASN"} | more)


def inventory(known, kampanye, banding=None):
    posisi = rates.position(known, kampanye)
    kota = rates.total(posisi, 0.8)
    terhalang = obstacles.blocked(known, posisi, CATALOGUE, KINDS)
    kendala = obstacles.by_code(terhalang, CATALOGUE, kota["jumlah_asn"], kampanye.sel_kecil)
    moved = problem_log.changes(banding, terhalang, posisi, kampanye)
    return problem_log.inventory(kendala, terhalang, TOLD, moved, kota, kampanye), posisi


def crowd(code, many, opd="A", status="gagal"):
    return [person(opd, status, kode_kendala=code) for _ in range(many)]


def listed(*crowds):
    people = [row for rows in crowds for row in rows]
    return data(people, counted_from(people))


@thorough
@given(campaigns())
def test_the_log_holds_everybody_gagal_or_belum_once(case):
    log, posisi = inventory(case[0], place(list(case[1].units["kode"])))
    numbered = log.assign(nomor=range(1, len(log) + 1))
    assert reconcile.prove_log(numbered, posisi)["kiri"].tolist()[2] == log["orang"].sum()
    assert log["kode"].is_unique and (log["gagal"] + log["belum"]).eq(log["orang"]).all()


def test_what_cannot_be_solved_in_time_is_last_and_gets_the_last_day():
    people = [crowd("K04", 90), crowd("K01", 20), crowd("K14", 8, status="belum"), crowd(None, 30, status="belum")]
    log, _ = inventory(listed(*people), place())
    assert log["kode"].tolist() == ["K01", "K14", "CATAT", "K04"]
    assert log["tenggat"].tolist() == [date(2020, 3, 20)] * 3 + [date(2020, 3, 31)]
    assert log["sebelum_batas"].tolist() == [True, True, True, False]


def test_no_deadline_is_proposed_where_no_working_day_is_left():
    log, _ = inventory(listed(crowd("K01", 9), crowd("K04", 9)), place(selesai=DAY))
    assert log["tenggat"].tolist() == [None, None]


def test_small_kendala_stand_together_and_tell_no_phrases():
    log, _ = inventory(listed(crowd("K01", 3), crowd("K04", 2), crowd("K14", 40, status="belum")), place())
    small = log.set_index("kode").loc["lain"]
    assert small["orang"] == 5 and small["ungkapan"] == [] and bool(small["sebelum_batas"])
    assert str(small["sejak"].date()) == "2020-03-03"


def test_offices_of_few_people_are_not_named():
    people = [crowd("K01", size, opd) for opd, size in zip("ABCDE", (4, 6, 9, 5, 7), strict=True)]
    log, _ = inventory(listed(*people), place("ABCDE"))
    assert log["terbanyak"].tolist() == [["C", "E", "B"]] and log["unit"].tolist() == [5]


def test_an_office_that_sent_counts_before_and_people_now_is_no_change():
    kampanye, kini = place(), listed(crowd("K01", 30))
    lalu = data((), [{"kiriman": "k", "opd": "A", "tanggal_data": DAY, "jumlah_asn": 30, "berhasil": 9, "gagal": 21, "belum": 0}])  # fmt: skip
    for before, unknown in ((lalu, True), (listed(crowd("K01", 36)), False)):
        log, _ = inventory(kini, kampanye, SimpleNamespace(lalu=before, kini=kini))
        assert log["perubahan"].isna().all() == unknown
    assert log["perubahan"].tolist() == [-6] and log["unit_banding"].tolist() == [1]


@pytest.mark.parametrize("known", [data(), listed(crowd(None, 3, status="berhasil"))])
def test_nobody_blocked_is_an_empty_log(known):
    log, _ = inventory(known, place())
    assert log.empty and set(problem_log.COLUMNS) - {"nomor", "status"} == set(log)


def test_states_of_the_log_are_those_of_the_meeting():
    log, _ = inventory(listed(crowd("K01", 20), crowd("K14", 8, status="belum"), crowd("K99", 7)), place())
    sent = [
        follow_up(1, "K01", status="Proses", tenggat=date(2020, 3, 16), pic="BPS"),
        follow_up(2, "K14", status="Selesai", tenggat=date(2020, 3, 16)),
        follow_up(3, "K99"),
    ]
    keadaan = states.states(frame(TINDAK_LANJUT, sent), {}, DAY)
    log = log.assign(nomor=states.numbers(log["kode"].tolist(), keadaan))
    shown = problem_log.with_states(log, keadaan).set_index("kode")
    assert shown["nomor"].to_dict() == {"K01": 1, "K14": 4, "K99": 3}
    assert shown["status"].to_dict() == {"K01": "Lewat tenggat", "K14": "Perlu keputusan", "K99": "Perlu keputusan"}
    assert shown.loc["K01", ["tenggat", "pic"]].tolist() == [date(2020, 3, 16), "BPS"]
