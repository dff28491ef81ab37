"""Tables: formatted last, unknown as a dash, totals at the foot, captions with denominator and source."""

import pandas as pd

from helpers.measures import coverage, groups, rates
from helpers.report import story_rtl, tables, tables_instructions, tables_log
from helpers.report.blocks import Tabel
from helpers.report.cells import Batang


def test_offices_are_sorted_by_people_missing_and_end_with_the_city(ukur):
    table = tables.offices(ukur.ukuran, ukur.kota, ukur.laju_kota, ukur.sisa, ukur.kampanye)
    assert len(table.baris) == 53 and table.kaki
    assert table.baris[0][1] == "Dinas Pendidikan dan Kebudayaan"
    assert table.baris[-1][1:3] == ["Kota Kupang", "5.402"] and table.baris[-1][4] == "30,0%"
    assert all(len(row) == len(table.kolom) for row in table.baris)
    assert "Sumber: kiriman OPD" in table.keterangan


def test_silent_office_has_an_empty_outline_and_dashes(ukur):
    table = tables.offices(ukur.ukuran, ukur.kota, ukur.laju_kota, ukur.sisa, ukur.kampanye)
    row = next(r for r in table.baris if r[1] == "Kecamatan Kota Lama")
    assert isinstance(row[3], Batang) and row[3].tanpa == "belum lapor"
    assert row[4] == row[5] == row[7] == "–" and row[9] == "belum"


def test_bars_hold_the_whole_headcount_and_say_so(ukur):
    table = tables.offices(ukur.ukuran, ukur.kota, ukur.laju_kota, ukur.sisa, ukur.kampanye)
    for row, office in zip(table.baris[:-1], [r[2] for r in table.baris[:-1]], strict=True):
        if not row[3].tanpa:
            assert row[3].berhasil + row[3].gagal + row[3].sisa == int(office.replace(".", ""))
            assert row[3].alt.startswith("Berhasil")


def test_suppressed_cells_show_marks_not_numbers(ukur):
    people = groups.counted(ukur.data.nominatif, ukur.kampanye)
    own = people[people["opd"].eq("DINKES")]
    measured = groups.by_group(own, "unit", 5, merge_below=10)
    table = tables.groups(measured, "Unit kerja", ukur.kampanye)
    shown = [cell for row in table.baris for cell in row[2:5]]
    assert "•" in shown and "Tanda •" in table.keterangan
    assert all(not cell.isdigit() or int(cell) >= 5 for cell in shown)
    assert f"{len(measured) - len(table.baris)} kelompok lain tidak ditampilkan" in table.keterangan or len(
        measured
    ) == len(table.baris)


def test_nothing_is_said_of_marks_where_none_stands(ukur):
    people = groups.counted(ukur.data.nominatif, ukur.kampanye)
    table = tables.groups(groups.by_group(people, "kelamin", 5), "Jenis kelamin", ukur.kampanye)
    assert "•" not in table.keterangan and len(table.baris) == 2


def test_nothing_to_show_is_no_empty_table(ukur):
    assert not isinstance(tables.groups(pd.DataFrame(), "Unit", ukur.kampanye), Tabel)
    assert not isinstance(tables_instructions.channels(pd.DataFrame(), ukur.kampanye), Tabel)
    assert not isinstance(tables_log.inventory(pd.DataFrame(), ukur.kota, ukur.kampanye), Tabel)


def test_inventory_groups_sum_to_its_total(ukur, masalah):
    table = tables_log.inventory(masalah.log, masalah.kota, ukur.kampanye)
    heads = [int(text.split("permasalahan, ")[1].split(" ")[0].replace(".", "")) for text in table.kelompok.values()]
    people = [int(row[4].replace(".", "")) for row in table.baris]
    assert sum(heads) == sum(people[:-1]) == people[-1] == ukur.kota["gagal"] + ukur.kota["belum"]
    assert [text.split(" · ")[0] for text in table.kelompok.values()] == [
        "OPD",
        "BPS",
        "ASN",
        "Diskominfo",
        "Disdukcapil",
    ]


def test_matrix_leaves_the_decision_to_the_meeting_and_shares_the_numbers(ukur, masalah):
    rtl = story_rtl.lines(masalah, ukur.kampanye)
    table = tables_log.matrix(rtl, ukur.kampanye)
    assert {row[4].strip(".") for row in table.baris} == {""}
    assert {str(row[8]) for row in table.baris} == {"Perlu keputusan"}
    inventory = tables_log.inventory(masalah.log, masalah.kota, ukur.kampanye).baris[:-1]
    assert [row[0:2] for row in table.baris][: len(inventory)] == [row[0:2] for row in inventory]
    assert {row[1] for row in table.baris} >= {"CATAT", "DAMPINGI", "LAPOR", "LANJUTAN"}


def test_quality_lists_silent_offices_and_changed_headcounts(ukur):
    changes = pd.DataFrame({"opd": ["DINKES"], "awal": [415], "akhir": [412], "perubahan": [-3]})
    table = tables.quality(ukur.posisi, changes, ukur.kampanye)
    assert len(table.baris) == 5
    assert table.baris[-1] == ["Jumlah ASN berubah", "Dinas Kesehatan", "415 menjadi 412 (−3)"]
    assert coverage.headcount_changes(ukur.data.rekap).empty


def test_top_offices_name_their_denominator(ukur):
    table = tables.top_offices(ukur.ukuran, ukur.kota, ukur.kampanye)
    people = rates.with_rates(ukur.posisi, 0.8)["kekurangan"].sum()
    assert f"{people:,}".replace(",", ".") in table.keterangan
