"""Sosialisasi by channel and by office."""

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from toy import DAY, SOSIALISASI, frame, quick

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


@quick
@given(activities)
def test_channels_hold_every_activity_once(rows: list) -> None:
    table = outreach.by_channel(frame(SOSIALISASI, rows)).set_index("kanal")
    assert table["kegiatan"].sum() == len(rows)
    assert table["kegiatan"].is_monotonic_decreasing
    for kanal, row in table.iterrows():
        heard = [r["jumlah_peserta"] for r in rows if r["kanal"] == kanal and r["jumlah_peserta"] is not None]
        assert row["unit"] == len({r["opd"] for r in rows if r["kanal"] == kanal})
        assert row["peserta"] == sum(heard) if heard else pd.isna(row["peserta"])


@quick
@given(activities)
def test_offices_hold_every_activity_once(rows: list) -> None:
    table = outreach.by_office(frame(SOSIALISASI, rows), offices(A=True, B=True, C=True), {"A", "B", "C"})
    assert table["opd"].tolist() == ["A", "B", "C"]
    assert table["kegiatan"].sum() == len(rows)
    assert (table["terakhir"].isna() == table["kegiatan"].eq(0)).all()


def test_listeners_nobody_counted_are_unknown_not_zero() -> None:
    rows = [{"opd": "A", "kanal": "grup WhatsApp", "tanggal": DAY}]
    assert outreach.by_channel(frame(SOSIALISASI, rows))["peserta"].isna().all()
    rows = [{"opd": "A", "kanal": "rapat", "tanggal": DAY, "jumlah_peserta": 0}]
    assert outreach.by_channel(frame(SOSIALISASI, rows))["peserta"].tolist() == [0]


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
