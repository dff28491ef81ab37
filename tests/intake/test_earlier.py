"""earlier.py, history.py and the store together: repaired NIPs, people on two lists, jumps and falls, late arrivals."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from deltalake import write_deltalake

from helpers import campaign, store
from helpers.intake.feedback import write_all
from helpers.intake.history import same_name
from helpers.intake.receive import receive

NOW = datetime(2020, 3, 17, 12, tzinfo=UTC)
D10, D16, D17 = date(2020, 3, 10), date(2020, 3, 16), date(2020, 3, 17)


@pytest.fixture
def kirim(kampanye, tmp_path, tulis_nominatif):
    """Takes a nominatif in and returns its submission; every call is a minute later."""
    made = []

    def send(rows, opd="DINKES", tanggal=D17, name=None):
        made.append(1)
        path = tulis_nominatif(tmp_path / "kiriman" / (name or f"{len(made)}.xlsx"), rows, opd, tanggal)
        (taken,) = receive([path], kampanye, NOW + timedelta(minutes=len(made)))
        return taken

    return send


def at(kampanye, day):
    return store.read(campaign.build(kampanye.parameters() | {"tanggal_data": day.isoformat()}))


def counts(kampanye, day=D17):
    newest = at(kampanye, day).rekap.drop_duplicates("opd", keep="last").set_index("opd")
    return {opd: tuple(map(int, row)) for opd, row in newest[["jumlah_asn", "berhasil", "belum"]].iterrows()}


def kinds(submission):
    return [finding.kode for finding in submission.temuan]


# Damaged NIPs


@pytest.mark.parametrize("serial", [1, 7, 499, 833])
def test_a_damaged_nip_is_repaired_from_an_earlier_roster(kampanye, kirim, orang, serial):
    nip = f"198503172010011{serial:03d}"
    kirim([orang(1, nip=nip, nama="Maria Bria, S.E.")], tanggal=D10)
    taken = kirim([orang(1, nip=float(int(nip) // 1000 * 1000), nama="MARIA BRIA")])
    (finding,) = taken.temuan
    assert (taken.hasil, finding.tingkat, finding.kode, finding.sel) == (
        "diterima",
        "peringatan",
        "nip_dipulihkan",
        "B7",
    )
    assert nip in finding.pesan and "DINKES" in finding.pesan and "10 Maret 2020" in finding.pesan
    assert taken.tables["nominatif"][0]["nip"] == nip


@pytest.mark.parametrize(
    "changes",
    [
        {"nama": "Yohanes Lay"},  # another name
        {"nip": 198503172010012000.0},  # another person's first digits
        {"nip": "1.98503E+17"},  # too few digits left
    ],
    ids=str,
)
def test_without_agreement_nothing_is_repaired(kirim, orang, changes):
    kirim([orang(1, nama="Maria Bria")], tanggal=D10)
    taken = kirim([orang(1, nip=198503172010011000.0, nama="Maria Bria") | changes])
    assert (taken.hasil, kinds(taken)) == ("ditolak", ["nip_rusak"])


def test_two_people_of_one_name_and_beginning_are_not_told_apart(kirim, orang):
    kirim([orang(1, nama="Maria Bria"), orang(2, nama="Maria Bria")], tanggal=D10)
    taken = kirim([orang(1, nip=198503172010011000.0, nama="Maria Bria")])
    assert kinds(taken)[0] == "nip_rusak"


def test_a_column_of_zeros_is_excels_work_and_one_zero_is_a_serial(kirim, orang):
    one = orang(1, nip="198503172010011000")
    assert kinds(kirim([one, orang(2), orang(3)], opd="DINSOS")) == ["nip_janggal"]
    column = [orang(n, nip=f"19860{n}172010011000") for n in range(1, 5)]
    assert set(kinds(kirim(column, opd="DISHUB"))) == {"nip_rusak"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Maria Bria", "MARIA BRIA, S.Pd., M.Pd.", True),
        ("Bria Maria", "Maria Bria", True),
        ("Yohanes Lay", "Johanes Lay", True),
        ("Maria Bria", "Maria Lay", False),
        ("", "", False),
        ("A", "B", False),
    ],
)
def test_same_name(one, other, same):
    assert same_name(one, other) is same


# People on two lists


def test_a_transfer_counts_once_on_the_newer_list_and_both_are_told(kampanye, kirim, orang, tmp_path):
    kirim([orang(1), orang(2), orang(3, status="Belum", tanggal_isi=None, bukti=None)], "DINKES", D10)
    taken = kirim([orang(2), orang(4)], "DISHUB", D17)
    (finding,) = taken.temuan
    assert (finding.kode, finding.tingkat, finding.sel) == ("nip_pindah", "peringatan", "B7")
    assert "DINKES" in finding.pesan and "10 Maret 2020" in finding.pesan
    assert counts(kampanye) == {"DINKES": (2, 1, 1), "DISHUB": (2, 2, 0)}
    assert counts(kampanye, D16) == {"DINKES": (3, 2, 1)}  # the day before it was still true
    assert at(kampanye, D17).nominatif.groupby("opd").size().to_dict() == {"DINKES": 2, "DISHUB": 2}
    assert "Nama 2" not in store.read_people(kampanye, "DINKES")["nama"].tolist()
    write_all(tmp_path / "umpan_balik", [taken])
    notice = openpyxl.load_workbook(tmp_path / "umpan_balik" / "pemberitahuan_DINKES.xlsx").worksheets[0]
    assert [cell.value for cell in notice[5]] == [
        "198503172010011002",
        "Nama 2",
        "10 Maret 2020",
        "DISHUB",
        "17 Maret 2020",
        "DISHUB",
    ]


def test_the_newer_list_wins_whatever_the_order_of_arrival(kampanye, kirim, orang):
    kirim([orang(2), orang(4)], "DISHUB", D17)
    late = kirim([orang(1), orang(2)], "DINKES", D10)
    assert kinds(late) == ["nip_di_tempat_lain"]
    assert counts(kampanye) == {"DINKES": (1, 1, 0), "DISHUB": (2, 2, 0)}
    assert counts(kampanye, D10) == {"DINKES": (2, 2, 0)}


def test_who_is_listed_again_later_has_come_back(kampanye, kirim, orang):
    kirim([orang(1), orang(2)], "DINKES", D10)
    kirim([orang(2), orang(4)], "DISHUB", D16)
    kirim([orang(1), orang(2)], "DINKES", D17)
    assert counts(kampanye) == {"DINKES": (2, 2, 0), "DISHUB": (1, 1, 0)}


def test_a_transfer_within_one_batch_counts_once(kampanye, tmp_path, tulis_nominatif, orang):
    paths = [
        tulis_nominatif(tmp_path / "a.xlsx", [orang(1), orang(2)], "DINKES", D17),
        tulis_nominatif(tmp_path / "b.xlsx", [orang(2), orang(3)], "DISHUB", D17),
    ]
    receive(paths, kampanye, NOW)
    assert counts(kampanye) == {"DINKES": (1, 1, 0), "DISHUB": (2, 2, 0)}


def test_a_transfer_makes_the_other_offices_report_due(kampanye, kirim, orang):
    kirim([orang(1), orang(2)], "DINKES", D10)
    kirim([orang(3)], "DISPORA", D10)
    before = store.slices(kampanye)
    kirim([orang(2)], "DISHUB", D17)
    after = store.slices(kampanye)
    assert {code for code in before if before[code] != after[code]} == {"", "DINKES", "DISHUB"}


def test_a_refused_list_moves_nobody(kampanye, kirim, orang):
    kirim([orang(1), orang(2)], "DINKES", D10)
    assert kirim([orang(2), orang(4, status="Entah")], "DISHUB", D17).hasil == "ditolak"
    assert counts(kampanye) == {"DINKES": (2, 2, 0)}


# What changed since the last report


def test_a_headcount_that_jumps_is_said(kirim, orang):
    kirim([orang(n) for n in range(1, 21)], tanggal=D10)
    assert kinds(kirim([orang(n) for n in range(1, 23)], tanggal=D16)) == []  # a tenth is no jump
    (finding,) = kirim([orang(n) for n in range(1, 26)]).temuan
    assert (finding.kode, finding.tingkat) == ("lonjakan", "peringatan")
    assert "25" in finding.pesan and "22 (16 Maret 2020)" in finding.pesan and "13,6%" in finding.pesan


def test_a_rate_that_fell_is_said(kirim, orang):
    waiting = {"status": "Belum", "tanggal_isi": None, "bukti": None}
    kirim([orang(n) for n in range(1, 11)], tanggal=D10)
    (finding,) = kirim([orang(1, **waiting), *(orang(n) for n in range(2, 11))]).temuan
    assert (finding.kode, finding.tingkat) == ("capaian_turun", "peringatan")
    assert "9 dari 10 (90,0%)" in finding.pesan and "10 dari 10 (100,0%)" in finding.pesan


def test_an_older_file_that_comes_late_has_not_fallen(kampanye, kirim, orang):
    waiting = {"status": "Belum", "tanggal_isi": None, "bukti": None}
    kirim([orang(n) for n in range(1, 11)])
    late = kirim([orang(1, **waiting), *(orang(n) for n in range(2, 11))], tanggal=D10)
    assert kinds(late) == ["lebih_lama"]
    assert counts(kampanye)["DINKES"] == (10, 10, 0)  # the newer day stands


def test_days_of_one_file_are_compared_with_each_other(kampanye, tmp_path, tulis_lembar):
    lines = [["OPD", "Tanggal", "Jumlah ASN", "Berhasil"], ["DINKES", D10, 100, 50], ["DINKES", D17, 150, 40]]
    (taken,) = receive([tulis_lembar(tmp_path / "a.xlsx", {"R": lines})], kampanye, NOW)
    assert sorted(kinds(taken)) == ["capaian_turun", "lonjakan"]
    assert {finding.sel for finding in taken.temuan} == {"baris 3"}


def test_a_second_list_of_one_day_with_other_people_is_said(kampanye, kirim, orang):
    """Two Puskesmas of one office: the second replaces the first, and nobody must learn that from the city's total."""
    kirim([orang(n) for n in range(1, 11)])
    (finding,) = kirim([orang(n) for n in range(11, 21)]).temuan
    assert (finding.kode, finding.tingkat) == ("menggantikan", "peringatan")
    assert "10 orang, sekarang 10, 0 orang sama" in finding.pesan and "gabungkan" in finding.pesan
    assert kinds(kirim([*(orang(n) for n in range(11, 20)), orang(20, nama="Nama Lain")])) == []  # a correction
    assert kinds(kirim([orang(n) for n in range(11, 14)])) == ["menggantikan"]


def test_a_roster_of_long_ago_still_repairs(kirim, orang):
    kirim([orang(1, nama="Maria Bria"), orang(2)], tanggal=D10)
    kirim([orang(2)], tanggal=D16)
    taken = kirim([orang(1, nip=198503172010011000.0, nama="Maria Bria"), orang(2)])
    assert "nip_dipulihkan" in kinds(taken) and taken.hasil == "diterima"


def test_one_nip_of_zeros_is_repaired_where_the_roster_knows_better(kirim, orang):
    kirim([orang(7, nama="Maria Bria"), orang(2), orang(3)], tanggal=D10)
    taken = kirim([orang(7, nip="198503172010011000", nama="Maria Bria"), orang(2), orang(3)])
    assert kinds(taken) == ["nip_dipulihkan"]
    assert taken.tables["nominatif"][0]["nip"] == "198503172010011007"


# A store of an earlier version


def test_a_store_without_the_newer_columns_and_table_still_reads_and_grows(kampanye, kirim, orang):
    kirim([orang(1), orang(2)], tanggal=D10)
    folder = Path(kampanye.simpan)
    for name in ("nominatif", "kendala"):
        old = store.delta.load(folder, name).drop(columns="keyakinan")
        write_deltalake(folder / name, old, mode="overwrite", schema_mode="overwrite")
    shutil.rmtree(folder / "pindah")
    assert counts(kampanye) == {"DINKES": (2, 2, 0)}
    kirim([orang(2), orang(3)], "DISHUB", D17)
    assert counts(kampanye) == {"DINKES": (1, 1, 0), "DISHUB": (2, 2, 0)}
    assert pd.isna(store.delta.load(folder, "nominatif")["keyakinan"]).all()
