"""Rates by sex, age and unit: nobody lost, and no hidden cell that subtraction gives back."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from toy import DAY, NOMINATIF, frame, person, quick, thorough

from helpers.measures import groups

LIMIT = 5
PARTS = groups.PARTS
# Many small numbers and zeros: those are the cells that are hidden.
cell = st.integers(0, 12) | st.integers(0, 60)
tables = st.lists(st.tuples(cell, cell, cell), min_size=2, max_size=7)


def suppressed(rows: list) -> tuple[np.ndarray, np.ndarray]:
    """Counts, and which of them are hidden."""
    counts = pd.DataFrame(rows, columns=PARTS).astype("Int64")
    return counts.to_numpy(dtype=int), groups.suppress(counts, LIMIT).to_numpy(dtype=bool)


def lines(counts: np.ndarray, marks: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    return [*zip(counts, marks, strict=True), *zip(counts.T, marks.T, strict=True)]


@thorough
@given(tables)
def test_all_small_cells_are_hidden(rows: list) -> None:
    counts, marks = suppressed(rows)
    assert marks[counts < LIMIT].all()


@thorough
@given(tables)
def test_no_line_hides_exactly_one_cell(rows: list) -> None:
    for _, line in lines(*suppressed(rows)):
        assert line.sum() != 1


@thorough
@given(tables)
def test_no_combination_of_totals_gives_a_hidden_cell(rows: list) -> None:
    _, marks = suppressed(rows)
    places = list(zip(*np.nonzero(marks), strict=True))
    known = [[at[0] == row for at in places] for row in range(marks.shape[0])]
    known += [[at[1] == column for at in places] for column in range(marks.shape[1])]
    margins = np.array(known, dtype=float)
    rank = np.linalg.matrix_rank(margins) if places else 0
    for at in range(len(places)):
        alone = np.eye(len(places))[at]
        assert np.linalg.matrix_rank(np.vstack([margins, alone])) > rank


@thorough
@given(tables)
def test_nothing_is_hidden_without_a_small_cell(rows: list) -> None:
    _, marks = suppressed([tuple(count + LIMIT for count in row) for row in rows])
    assert not marks.any()


@thorough
@example([(20, 0, 0), (10, 12, 11), (30, 13, 14)])  # 20 of 20 berhasil: the two hidden cells can only be 0
@example([(15, 0, 5), (15, 15, 9), (30, 20, 20)])
@example([(4, 4, 4), (10, 12, 11), (30, 13, 14)])  # a mark of their own for cells under 5 would tell: three of 12 are 4
@given(tables)
def test_totals_never_pin_a_hidden_count(rows: list) -> None:
    """Row and column totals are published, and counts are never negative."""
    counts, marks = suppressed(rows)
    for values, line in lines(counts, marks):
        hidden = [(0, np.inf)] * int(line.sum())
        total = values[line].sum()
        if not hidden or values.sum() == 0:  # a total of 0 tells all by itself
            continue
        for at, (low, high) in enumerate(hidden):
            others = hidden[:at] + hidden[at + 1 :]
            least = max(low, total - sum(top for _, top in others))
            most = min(high, total - sum(bottom for bottom, _ in others))
            assert least < most, f"{values} as {line}: a hidden count can only be {most}"


def people_of(rows: list, column: str = "unit") -> pd.DataFrame:
    """People with the statuses counted in (name, berhasil, gagal, belum)."""
    made = []
    for name, *numbers in rows:
        for status, many in zip(PARTS, numbers, strict=True):
            made += [person("A", status, **{column: name})] * many
    return frame(NOMINATIF, made)


@quick
@given(tables, st.sampled_from([0, 10, 30]))
def test_groups_hold_everyone_once(rows: list, merge_below: int) -> None:
    named = [(f"Bidang {at}", *row) for at, row in enumerate(rows)]
    table = groups.by_group(people_of(named), "unit", LIMIT, merge_below)
    assert table["jumlah_asn"].sum() == np.sum(rows)
    assert not table["kelompok"].duplicated().any()
    for part in PARTS:
        assert table[part].dropna().ge(LIMIT).all()
    assert (table["capaian"].isna() == table["berhasil"].isna()).all()


def test_what_is_hidden_is_not_in_the_table_at_all() -> None:
    # The executed notebook's JSON holds the frame: a true value under a mark would be no suppression.
    table = groups.by_group(people_of([("A", 20, 2, 8), ("B", 15, 6, 9)]), "unit", LIMIT)
    row = table.set_index("kelompok").loc["A"]
    assert row[["gagal", "belum"]].isna().all()
    assert row["jumlah_asn"] == 30


def test_only_units_below_the_limit_are_merged() -> None:
    rows = [("A", 10, 0, 0), ("B", 9, 0, 0), ("C", 8, 0, 0)]
    table = groups.by_group(people_of(rows), "unit", LIMIT, merge_below=10)
    assert table.set_index("kelompok")["jumlah_asn"].to_dict() == {"A": 10, "Unit kecil digabung": 17}


def test_a_single_small_unit_keeps_its_name() -> None:
    table = groups.by_group(people_of([("A", 20, 6, 8), ("B", 5, 1, 1)]), "unit", LIMIT, merge_below=10)
    assert table["kelompok"].tolist() == ["A", "B"]


@pytest.mark.parametrize("nothing", [None, ""])
def test_people_without_a_unit_are_their_own_group(nothing: object) -> None:
    table = groups.by_group(people_of([("A", 20, 6, 8), (nothing, 7, 6, 5)]), "unit", LIMIT)
    assert table.set_index("kelompok")["jumlah_asn"].to_dict() == {"A": 34, "tidak diketahui": 18}


def test_age_groups_stand_in_their_order_and_hold_everyone() -> None:
    born = [1960, 1995, 1985, 1975, None]
    people = frame(NOMINATIF, [person("A", "berhasil", tahun_lahir=year) for year in born for _ in range(6)])
    table = groups.by_group(groups.with_age_group(people, DAY), "kelompok_umur", LIMIT)
    assert table["kelompok"].tolist() == ["di bawah 30", "30–39", "40–49", "50 ke atas", "tidak diketahui"]
    assert table["jumlah_asn"].tolist() == [6, 6, 6, 6, 6]


def test_merged_age_groups_do_not_vanish() -> None:
    born = [1995] * 20 + [1985] * 3 + [1975] * 4
    people = frame(NOMINATIF, [person("A", "berhasil", tahun_lahir=year) for year in born])
    table = groups.by_group(groups.with_age_group(people, DAY), "kelompok_umur", LIMIT, merge_below=10)
    assert table["jumlah_asn"].sum() == 27


def test_counted_leaves_out_who_does_not_count() -> None:
    people = frame(NOMINATIF, [person(jenis_asn=kind, tahun_lahir=1980) for kind in ("PNS", "PPPK", "PTT")])
    kampanye = SimpleNamespace(counted_kinds=["PNS", "PPPK"], tanggal_data=DAY)
    assert groups.counted(people, kampanye)["jenis_asn"].tolist() == ["PNS", "PPPK"]


@pytest.mark.parametrize("column", ["kelamin", "unit", "kelompok_umur"])
def test_nobody_gives_an_empty_table(column: str) -> None:
    assert groups.by_group(groups.with_age_group(frame(NOMINATIF), DAY), column, LIMIT, merge_below=10).empty
