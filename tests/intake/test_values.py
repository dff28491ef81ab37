"""values.py: single cells to text, dates and numbers of people."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.values import clean_text, fold, month_first, parse_count, parse_date, unquoted

MARCH = date(2020, 3, 17)
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
SHORT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]

# Text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", ""),
        ("  Dinas   Kesehatan\n", "Dinas Kesehatan"),
        ("baris\r\nbaru\ttab", "baris baru tab"),
        ("a\u00a0b", "a b"),
        ("\ufeffNIP", "NIP"),
        ("di\u00adnas", "dinas"),
        ("nol\u200blebar", "nollebar"),
        ("kiri\u202ekanan", "kirikanan"),
        ("NIP", "NIP"),
        ("１２３", "123"),
        ("ﬁle", "file"),
        ("a\x00b", "ab"),
        (412.0, "412"),
        (0.5, "0.5"),
        (7, "7"),
        (1.98503172010011e17, "198503172010011008"),
        (True, "True"),
        (MARCH, "2020-03-17"),
        ("=1+1", "=1+1"),
        ("<b>x</b>", "<b>x</b>"),
    ],
)
def test_clean_text(value, text):
    assert clean_text(value) == text


@given(st.text())
def test_clean_text_is_one_line_and_stays_clean(value):
    text = clean_text(value)
    assert text == clean_text(text)
    assert text == text.strip()
    assert not any(c in text for c in "\n\r\t\x00\u200b\ufeff")


# Dates


@pytest.mark.parametrize(
    "value",
    [
        MARCH,
        datetime(2020, 3, 17, 23, 59),
        43907,
        43907.0,
        43907.75,
        "2020-03-17",
        "2020/03/17",
        "2020.03.17",
        "17/03/2020",
        "17-03-2020",
        "17.03.2020",
        "17/3/2020",
        "17-3-20",
        "17/03/20",
        "17 Maret 2020",
        "17 maret 2020",
        "17 MARET 2020",
        "17 Mar 2020",
        "17-Mar-20",
        "17-Mar-2020",
        "17 March 2020",
        "43907",
        "17/03/2020 08.30",
        "2020-03-17 00:00:00",
        "17 Maret 2020 pukul 08.30 WITA",
        "Selasa, 17 Maret 2020",
        "Selasa 17 Maret 2020",
        "  17   Maret\n2020 ",
        "17\u00a0Maret\u00a02020",
    ],
    ids=repr,
)
def test_accepted_notations(value):
    assert parse_date(value) == MARCH


@pytest.mark.parametrize(
    "value",
    [
        "",
        "-",
        "besok",
        "17",
        "17 Maret",
        "Maret 2020",
        "03/17/2020",  # month first is not guessed
        "31/02/2020",
        "29/02/2019",
        "00/03/2020",
        "17/13/2020",
        "17/00/2020",
        "17/03/020",
        "17/03/1899",
        "17/03/2101",
        "17 Marzo 2020",
        "17/03/2020/1",
        "20200317",
        "1.5/3/2020",
        0,
        17,
        20200317,
        198503172010011001,
        -43907,
        True,
        False,
        None,
        float("nan"),
        float("inf"),
        time(8, 30),
        timedelta(days=43907),
        [],
    ],
    ids=repr,
)
def test_refused_notations(value):
    assert parse_date(value) is None


@pytest.mark.parametrize(
    "value",
    ["99999999999/3/2020", "17/99999999999/2020", "17/3/99999999999", "1/1/" + "1" * 5000, "9" * 5000 + "/1/2020"],
    ids=lambda value: value[:24],
)
def test_endless_numbers_are_no_date_and_no_error(value):
    assert parse_date(value) is None


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_parse_date_reads_every_notation_back(day):
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    for text in (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day} {month.upper()} {day.year}",
        f"{day.day}-{SHORT[day.month - 1]}-{day.year}",
        f"{weekday}, {day.day} {month} {day.year}",
    ):
        assert parse_date(text) == day, text
    assert parse_date(day) == parse_date(datetime.combine(day, time(23, 59))) == day
    assert parse_date((day - date(1899, 12, 30)).days) == day
    if 2000 <= day.year <= 2099:
        assert parse_date(f"{day:%d/%m/%y}") == day


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.binary(),
    st.from_regex(r"\d{1,25}[/ .-]\d{1,25}[/ .-]\d{1,25}", fullmatch=True),
    st.from_regex(r"[A-Za-z]{0,6},? ?\d{1,3} (Maret|Mei|Des) \d{1,6}", fullmatch=True),
)


@given(CELLS)
def test_any_cell_parses_without_an_error(value):
    assert clean_text(value) is not None
    found = parse_date(value)
    assert found is None or type(found) is date
    if found and isinstance(value, str | int | float):
        assert 1990 <= found.year <= 2100


@pytest.mark.parametrize(
    ("heading", "folded"),
    [("No.", "no"), ("Bukti (Ada/Belum)", "bukti ada belum"), ("  NIP\n ", "nip"), ("—", ""), ("", ""), (5.0, "5")],
)
def test_fold(heading, folded):
    assert fold(heading) == folded


@pytest.mark.parametrize(
    ("value", "other"),
    [("3/16/2020", date(2020, 3, 16)), ("03/05/2020", date(2020, 3, 5)), ("16/3/2020", None), ("2020-03-05", None),
     ("5 Maret 2020", None), (43907, None), ("", None)],
    ids=repr,
)  # fmt: skip
def test_month_first(value, other):
    assert month_first(value) == other


@given(CELLS)
def test_no_cell_is_less_than_nobody(value):
    number = parse_count(value)
    assert number is None or 0 <= number <= 999_999_999
    assert unquoted('="007"') == "007"
