"""Sosialisasi by channel and by office."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import DAY, SOSIALISASI, campaign, data, frame, person, quick

from helpers.measures import outreach

CHANNELS = ["apel pagi", "grup WhatsApp", "rapat"]
activities = st.lists(
    st.builds(
        lambda opd, kanal, peserta, day: {"opd": opd, "kanal": kanal, "jumlah_peserta": peserta, "tanggal": day},
        st.sampled_from("ABC"),
        st.sampled_from(CHANNELS),
        st.none() | st.integers(0, 200),
        st.dates(date(2020, 2, 15), DAY),
    ),
    max_size=12,
)


def offices(**reported: bool) -> pd.DataFrame:
    return pd.DataFrame({"opd": list(reported), "lapor": list(reported.values())})


SIZES = pd.DataFrame({"opd": list("ABC"), "jumlah_asn": pd.array([50, 100, 300], "Int64")})


@quick
@given(activities)
def test_channels_hold_every_activity_once_and_reach_is_a_share(rows: list) -> None:
    table = outreach.by_channel(frame(SOSIALISASI, rows), SIZES).set_index("kanal")
    assert table["kegiatan"].sum() == len(rows)
    assert table["kegiatan"].is_monotonic_decreasing
    for kanal, row in table.iterrows():
        own = [r for r in rows if r["kanal"] == kanal]
        assert row["unit"] == len({r["opd"] for r in own})
        heard = {r["opd"] for r in own if r["jumlah_peserta"] is not None}
        most = [max(r["jumlah_peserta"] or 0 for r in own if r["opd"] == opd) for opd in sorted(heard)]
        sizes = SIZES.set_index("opd")["jumlah_asn"][sorted(heard)].tolist()
        capped = sum(min(one, size) for one, size in zip(most, sizes, strict=True))
        assert row["terjangkau"] == capped if heard else pd.isna(row["terjangkau"])
        assert pd.isna(row["jangkauan"]) or row["jangkauan"] == pytest.approx(capped / sum(sizes))


def test_more_listeners_than_people_are_cut_and_flagged() -> None:
    rows = [{"opd": "A", "kanal": "rapat", "tanggal": DAY, "jumlah_peserta": n} for n in (60, 20)]
    own = outreach.largest(frame(SOSIALISASI, rows), SIZES, ["opd"]).iloc[0]
    assert (own["jangkauan"], own["melebihi"], own["terjangkau"]) == (1, True, 50)


def campaign_of(rise: int, offices: int = 8) -> tuple[Any, Any]:
    """Half of the offices have an activity on 3 March; each has 2 done on 2 March and 2 + rise (others 2) on 4 March."""
    people, held = [], []
    for at in range(offices):
        opd, busy = "ABCDEFGH"[at], at % 2 == 0
        held += [{"opd": opd, "kanal": "rapat", "tanggal": "2020-03-03"}] if busy else []
        for day, many in (("2020-03-02", 2), ("2020-03-04", 2 + rise * busy)):
            people += [person(opd, "berhasil", tanggal_isi=day, tanggal_data=str(DAY))] * many
        people += [person(opd, tanggal_data=str(DAY))] * (40 - 4 - rise * busy)
    known = data(people)
    known.sosialisasi, known.lembar_sosialisasi = frame(SOSIALISASI, held), set("ABCDEFGH"[:offices])
    return known, campaign("ABCDEFGH"[:offices], days_off=[])


def test_around_finds_a_planted_rise_and_none_where_there_is_none() -> None:
    found, none = outreach.around(*campaign_of(8)), outreach.around(*campaign_of(0))
    assert found["beda"] == pytest.approx(8 / 40) and found["bawah"] > 0
    assert none["beda"] == 0 and none["bawah"] <= 0 <= none["atas"]
    assert not found["cukup"]  # four activities: too few to be told
    assert outreach.around(*campaign_of(8)).equals(found)  # a fixed seed


def test_counts_only_and_windows_beyond_the_data_are_left_out() -> None:
    known, kampanye = campaign_of(1)
    late = [{"opd": "B", "kanal": "rapat", "tanggal": "2020-03-16"}, {"opd": "Z", "kanal": "rapat", "tanggal": DAY}]
    known.sosialisasi = frame(SOSIALISASI, late)
    said = outreach.around(known, kampanye)
    assert (said["kegiatan"], said["unit_jumlah"], said["cukup"]) == (0, 1, False) and pd.isna(said["beda"])


@quick
@given(activities)
def test_offices_hold_every_activity_once(rows: list) -> None:
    table = outreach.by_office(frame(SOSIALISASI, rows), offices(A=True, B=True, C=True), {"A", "B", "C"})
    assert table["opd"].tolist() == ["A", "B", "C"]
    assert table["kegiatan"].sum() == len(rows)
    assert (table["terakhir"].isna() == table["kegiatan"].eq(0)).all()


def test_listeners_nobody_counted_are_unknown_not_zero() -> None:
    rows = [{"opd": "A", "kanal": "grup WhatsApp", "tanggal": DAY}]
    assert outreach.by_channel(frame(SOSIALISASI, rows), SIZES)["jangkauan"].isna().all()
    rows = [{"opd": "A", "kanal": "rapat", "tanggal": DAY, "jumlah_peserta": 0}]
    assert outreach.by_channel(frame(SOSIALISASI, rows), SIZES)["terjangkau"].tolist() == [0]


def test_an_office_that_did_not_report_is_not_said_to_do_nothing() -> None:
    table = outreach.by_office(frame(SOSIALISASI), offices(A=True, B=False), {"A", "B"})
    assert table["opd"].tolist() == ["A"]
    assert table["kegiatan"].tolist() == [0]


def test_last_day_is_that_of_the_newest_activity() -> None:
    rows = [{"opd": "A", "kanal": "rapat", "tanggal": day} for day in ("2020-03-15", "2020-02-20")]
    assert outreach.by_office(frame(SOSIALISASI, rows), offices(A=True), {"A"})["terakhir"].tolist() == [
        pd.Timestamp("2020-03-15")
    ]


def test_a_submission_without_the_sheet_says_nothing_of_activities() -> None:
    table = outreach.by_office(frame(SOSIALISASI), offices(A=True, B=True), {"A"}).set_index("opd")
    assert table.loc["A", "kegiatan"] == 0
    assert pd.isna(table.loc["B", "kegiatan"])
