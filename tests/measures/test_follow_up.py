"""Follow-ups keep their numbers and their history, and are late only after their day."""

from datetime import date

import pandas as pd
from toy import DAY, TINDAK_LANJUT, follow_up, frame

from helpers.measures import follow_up as states

MEETINGS = [date(2020, 3, 3), date(2020, 3, 10), date(2020, 3, 16)]


def told(*rows, kini=None):
    return states.states(frame(TINDAK_LANJUT, rows), kini or {}, DAY)


def test_the_newest_row_is_the_state_whatever_order_they_came_in():
    rows = [follow_up(1, tanggal=day, status=status) for day, status in zip(MEETINGS, ["Belum", "Proses", "Selesai"], strict=True)]  # fmt: skip
    for order in (rows, rows[::-1]):
        row = told(*order).iloc[0]
        assert (row["status"], row["kali"], bool(row["terbuka"])) == ("Selesai", 3, False)


def test_late_is_after_the_day_and_never_what_is_done():
    due = [date(2020, 3, 16), DAY, None]
    rows = [follow_up(at, tenggat=day, status="Proses") for at, day in enumerate(due, 1)]
    assert told(*rows)["terlambat"].tolist() == [True, False, False]
    assert not told(follow_up(1, tenggat=due[0], status="Selesai"))["terlambat"].any()


def test_people_are_compared_with_the_first_hand_out():
    rows = [follow_up(1, tanggal=MEETINGS[0], orang=90), follow_up(1, tanggal=MEETINGS[1], orang=70)]
    row = told(*rows, kini={"K01": 60}).iloc[0]
    assert (row["orang"], row["orang_kini"], row["selisih"]) == (90, 60, -30)
    assert told(*rows)["selisih"].isna().all()


def test_numbers_are_kept_while_open_and_never_used_twice():
    held = told(follow_up(2, "K01"), follow_up(9, "K14", status="Selesai"), follow_up(4, "K01"), follow_up(5, None))
    assert states.numbers(["K04", "K01", "K14"], held) == [10, 2, 11]
    assert states.numbers(["K04", "K01"], told()) == [1, 2]
    assert (states.reopened("K14", held), states.reopened("K01", held), states.reopened("K04", held)) == (9, None, None)


def test_what_was_written_on_this_log_keeps_its_number_though_the_order_changes():
    written = pd.DataFrame({"nomor": [1, 7, 3], "kode": ["K14", "K05", None]})
    assert states.numbers(["K15", "K14", "K01"], told(), written) == [2, 1, 3]
    assert states.numbers(["K05", "K15"], told(), written) == [7, 2]
    held = told(follow_up(4, "K14"), follow_up(7, "K02"))
    assert states.numbers(["K14", "K05", "K02"], held, written) == [4, 8, 7]  # 7 was another's before


def test_left_as_handed_out_is_undecided():
    rows = [
        follow_up(1),
        follow_up(2, tindak_lanjut="Meja bantu"),
        follow_up(3, tenggat=DAY),
        follow_up(4, status="Proses"),
    ]
    assert states.undecided(told(*rows)).tolist() == [True, False, False, False]


def test_no_meeting_yet_is_an_empty_table():
    assert told().empty and states.summary(told()).eq(0).all()
    assert isinstance(states.undecided(told()), pd.Series)
