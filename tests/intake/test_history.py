"""history.py: rosters and counts of before, and what they may mend."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake import history
from helpers.intake.history import History, Person, same_name

EARLY, LATE = date(2020, 3, 9), date(2020, 3, 16)
START = "198503172010011"


def person(serial=1, name="Maria Bria", opd="DINKES", day=EARLY):
    return Person(f"{START}{serial:03d}", name, opd, day, "k", serial)


def past(*people):
    told = History()
    for one in people:
        told.add_roster(one.opd, [*told.rosters.get(one.opd, []), one])
    return told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Maria Bria", "MARIA BRIA, S.H., M.H.", True), ("Maria Bria", "Bria Maria", True), ("Maria Bria", "Maria Briaa", True),
        ("Maria Bria", "Yosef Lado", False), ("Maria Bria", "", False), ("", "", False), ("Maria Bria", "Marthen Bire", False),
    ],
)  # fmt: skip
def test_same_name(one, other, same):
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("people", "starts", "name", "serial"),
    [
        ([person(7)], (START,), "Maria Bria, S.Kep", "007"),
        ([person(7)], ("1" * 15, START), "maria bria", "007"),  # cut or rounded: one of the two agrees
        ([person(7)], (START,), "Yosef Lado", None),
        ([person(7)], (START[:6],), "Maria Bria", None),  # 1.98503E+17 says too little
        ([person(7)], ("9" * 15,), "Maria Bria", None),
        ([person(7), person(8)], (START,), "Maria Bria", None),
        ([person(7), person(8, "Yosef Lado")], (START,), "Yosef Lado", "008"),
        ([], (START,), "Maria Bria", None),
    ],
)
def test_repair_needs_name_and_15_digits(people, starts, name, serial):
    found = past(*people).repair(starts, name)
    assert (found.nip[-3:] if found else None) == serial


def test_only_the_newest_roster_of_an_office_counts():
    told = past(person(1), person(2, opd="DINSOS"))
    told.add_roster("DINKES", [person(3, day=LATE)])
    assert not told.knows(person(1).nip) or not told.elsewhere(person(1).nip, "X")
    assert [p.opd for p in told.elsewhere(person(2).nip, "DINKES")] == ["DINSOS"]
    told.add_roster("DINKES", [person(4, day=EARLY)])  # older: not taken
    told.add_roster("DINKES", [])
    assert [p.nip for p in told.rosters["DINKES"]] == [person(3).nip]


def test_who_left_a_roster_is_not_known_any_more():
    told = past(person(1))
    told.add_roster("DINKES", [person(3, day=LATE)])
    assert not told.knows(person(1).nip)
    assert told.knows(person(3).nip)


def test_counts_before_a_day():
    told = History()
    rows = [
        {"opd": "DINKES", "tanggal_data": d, "jumlah_asn": n, "berhasil": 1}
        for d, n in ((EARLY, 5), (LATE, 9), (LATE, 8))
    ]
    told.add_counts(rows)
    assert told.before("DINKES", EARLY) is None
    assert told.before("DINKES", LATE).jumlah == 5
    assert told.before("DINKES", date(2020, 3, 17)).jumlah == 8  # the later word
    assert told.before("DINSOS", LATE) is None


def test_no_store_no_history(kampanye):
    told = history.load(kampanye)
    assert (told.rosters, dict(told.counts)) == ({}, {})


def test_the_store_is_the_history(contoh_store):
    told = history.load(contoh_store)
    opd, roster = next(iter(told.rosters.items()))
    assert told.knows(roster[0].nip) and told.elsewhere(roster[0].nip, opd) == []
    assert told.repair((roster[0].nip[:15],), roster[0].nama) is not None


@given(st.lists(st.text(max_size=20), max_size=3), st.text(max_size=20))
def test_repair_never_raises_and_never_invents(starts, name):
    found = past(person(1), person(2, "Yosef Lado")).repair(tuple(starts), name)
    assert found is None or (found.nip[:15] in starts and same_name(found.nama, name))
