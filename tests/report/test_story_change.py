"""Sentences and tables of the change since the last report: right at the edges, and adding up as printed."""

import re
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import store
from helpers.measures import movement
from helpers.report import story_change, tables_change

D10, D17 = date(2020, 3, 10), date(2020, 3, 17)
FRAME = {"opd": "str", "tanggal_data": "datetime64[ms]", "kiriman": "str"} | dict.fromkeys(
    ["jumlah_asn", "berhasil", "gagal", "belum", "bukti"], "Int64"
)
PEOPLE = {"opd": "str", "status": "str", "jenis_asn": "str", "tanggal_isi": "datetime64[ms]", "bukti": "boolean"}
UNITS = pd.DataFrame({"kode": ["A", "B", "C"], "nama": ["Dinas A", "Dinas B", "Dinas C"], "jenis": "dinas"})
CAMPAIGN = SimpleNamespace(
    units=UNITS, counted_kinds=["PNS"], orang="ASN", unit="OPD", wilayah="Kota Kupang", singkatan="SP Online", sumber="kiriman OPD"
)  # fmt: skip


def state(counts=None, people=(), day=D17):
    """{office: (jumlah, berhasil)} and people (opd, orang, status, tanggal_isi)."""
    rows = [{"opd": o, "tanggal_data": day, "kiriman": "k", "jumlah_asn": n, "berhasil": b}
            for o, (n, b) in (counts or {}).items()]  # fmt: skip
    held = [{"opd": o, "orang": n, "status": s, "jenis_asn": "PNS", "tanggal_isi": d} for o, n, s, d in people]
    sent = {"opd": "", "tanggal_data": day, "kiriman": "k", "jumlah_asn": 0, "berhasil": 0}
    rows += [sent | {"opd": o} for o in dict.fromkeys(o for o, *_ in people)]
    return SimpleNamespace(
        rekap=pd.DataFrame(rows, columns=list(FRAME)).astype(FRAME),
        nominatif=pd.DataFrame(held, columns=[*PEOPLE, "orang"]).astype(PEOPLE | {"orang": "int64"}),
        tanggal_data=day,
    )


def told(lalu, kini, saat_itu=True):
    """movement.since, movement.total, comparison."""
    gerak = movement.since(lalu, kini, CAMPAIGN)
    return gerak, movement.total(gerak), SimpleNamespace(lalu=lalu, kini=kini, saat_itu=saat_itu)


def counted(before, now, **more):
    return told(state(before, day=D10), state(now), **more)


def headline(lalu, kini):
    _, kota, banding = counted(lalu, kini)
    return story_change.change(kota, banding, CAMPAIGN).judul


@pytest.mark.parametrize(
    ("lalu", "kini", "expected"),
    [
        (
            {"A": (100, 20), "B": (100, None)},
            {"A": (100, 30), "B": (100, 5)},
            "capaian naik 7,5 poin persentase: 5,0 dari penyelesaian baru dan 2,5 dari OPD yang baru melapor",
        ),
        ({"A": (100, 20)}, {"A": (100, 24)}, "capaian naik 4,0 poin persentase, seluruhnya dari penyelesaian baru"),
        ({"A": (100, 20)}, {"A": (100, 20)}, "capaian tidak berubah: 20,0% dari 100 ASN"),
        ({"A": (100, 20)}, {"A": (100, 17)}, "capaian turun 3,0 poin persentase, seluruhnya dari koreksi data"),
        (
            {"A": (100, 20), "B": (100, None)},
            {"A": (100, 20), "B": (100, 9)},
            "capaian naik 4,5 poin persentase, seluruhnya dari OPD yang baru melapor",
        ),
        (
            {"A": (100, 20), "B": (100, 20)},
            {"A": (100, 30), "B": (100, 10)},
            "capaian tidak berubah: +5,0 dari penyelesaian baru dan −5,0 dari koreksi data",
        ),
        (
            {"A": (100, 20), "B": (100, 20)},
            {"A": (100, 24), "B": (100, 10)},
            "capaian turun 3,0 poin persentase: +2,0 dari penyelesaian baru dan −5,0 dari koreksi data",
        ),
        ({"A": (9999, 3000)}, {"A": (9999, 3001)}, "capaian hampir tidak berubah"),
        ({"A": (100, 20)}, {"A": (125, 20)}, "capaian turun 4,0 poin persentase, seluruhnya dari koreksi data"),
    ],
)
def test_the_headline_says_direction_size_and_source(lalu, kini, expected):
    assert headline(lalu, kini) == f"Dibandingkan dengan laporan 10 Maret 2020, {expected}"


def test_without_an_earlier_report_it_says_so_and_shows_no_table():
    gerak, kota, banding = told(None, state({"A": (10, 3)}))
    found = story_change.change(kota, banding, CAMPAIGN)
    assert found.judul == "Belum ada laporan sebelumnya sebagai pembanding; perubahan capaian SP Online belum diketahui"
    assert found.isi == []
    assert story_change.summary(kota, banding, CAMPAIGN).text() == found.judul + "."
    assert tables_change.parts(kota, banding, CAMPAIGN).text() == ""
    assert tables_change.offices(gerak, banding, CAMPAIGN).text() == ""


def test_without_people_the_change_of_capaian_is_unknown():
    assert "tidak ada ASN dalam penyebut" in headline({"A": (0, 0)}, {"A": (0, 0)})


def test_people_headcount_and_basis_stand_below_the_finding():
    before = [("A", 1, "berhasil", "2020-03-05"), ("A", 2, "belum", None), ("A", 3, "berhasil", "2020-03-05"),
              ("A", 4, "belum", None), ("A", 5, "berhasil", "2020-03-05")]  # fmt: skip
    now = [("A", 1, "gagal", None), ("A", 2, "berhasil", None), ("A", 4, "berhasil", "2020-03-08"),
           ("A", 5, "berhasil", "2020-03-05"), ("A", 6, "berhasil", "2020-03-09"), ("A", 7, "belum", None),
           ("B", 8, "berhasil", "2020-03-12"), ("B", 9, "berhasil", "2020-03-01")]  # fmt: skip
    _, kota, banding = told(state(people=before, day=D10), state(people=now))
    people, headcount, basis, *_ = story_change.change(kota, banding, CAMPAIGN).isi
    assert people == (
        "Yang berhasil berubah dari 3 menjadi 6 ASN (+3): +1 penyelesaian baru (1 di antaranya tanpa tanggal isi), "
        "+1 yang mengisi sampai 10 Maret 2020 dan baru dicatat sesudahnya, −1 tidak lagi berstatus berhasil, "
        "+1 berhasil dan baru masuk daftar, −1 berhasil dan keluar dari daftar, dan +2 di 1 OPD yang baru melapor "
        "(1 di antaranya mengisi sesudah 10 Maret 2020 menurut tanggal isi)."
    )
    assert headcount.startswith(
        "Penyebut dari 5 menjadi 8 ASN (+3): +2 masuk daftar, −1 keluar dari daftar, dan +2 di OPD"
    )
    assert basis == "Pembanding: keadaan 10 Maret 2020 seperti yang diketahui laporan waktu itu."


def test_a_comparison_with_what_is_known_only_now_says_so():
    _, kota, banding = counted({"A": (10, 3)}, {"A": (10, 4)}, saat_itu=False)
    text = story_change.change(kota, banding, CAMPAIGN).text()
    assert "menurut data yang diketahui sekarang" in text
    assert "menurut jumlah (1): penyelesaian baru adalah selisih bersih" in text


OFFICE = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda pair: (max(pair), min(pair)))
CITY = st.fixed_dictionaries({"A": OFFICE, "B": OFFICE, "C": OFFICE | OFFICE.map(lambda pair: (pair[0], None))})


@settings(max_examples=60)
@given(CITY, CITY)
def test_points_as_printed_add_up_or_the_rounding_is_said(lalu, kini):
    _, kota, banding = counted(lalu, kini)
    text = story_change.summary(kota, banding, CAMPAIGN).text()
    assert "nan" not in text and "NA" not in text
    change = re.search(r"(naik|turun) ([\d,]+) poin persentase: (.*)\.", text)
    if change:
        value = {"naik": 1, "turun": -1}[change[1]] * tenths(change[2])
        parts = [tenths(part) for part in re.findall(r"([+−]?[\d]+,\d) dari", change[3])]
        assert parts
        assert (sum(parts) == value) != (story_change.ROUNDED in text)
    table = tables_change.parts(kota, banding, CAMPAIGN)
    if pd.notna(kota["perubahan"]):
        people = [int(row[1].replace("−", "-").replace(".", "")) for row in table.baris if row[1]]
        assert sum(people[:-1]) == people[-1]
        points = [tenths(row[2]) for row in table.baris if row[2] != "–"]
        assert not points or (sum(points[:-1]) == points[-1]) != ("dibulatkan" in table.keterangan)


def tenths(text):
    return int(text.replace("−", "-").replace("+", "").replace(".", "").replace(",", ""))


def test_the_table_of_offices_shows_the_largest_change_and_the_whole_city():
    gerak, _, banding = counted(
        {"A": (50, 20), "B": (40, 9), "C": (10, None)}, {"A": (50, 22), "B": (40, 5), "C": (10, 3)}
    )
    table = tables_change.offices(gerak, banding, CAMPAIGN, banyak=2)
    assert table.baris == [
        ["Dinas B", "0", "0", "−4", "0", "0", "−4", "0"],
        ["Dinas C", "0", "+3", "0", "0", "0", "+3", "0"],
        ["Kota Kupang", "+2", "+3", "−4", "0", "0", "+1", "0"],
    ]
    assert "Ditampilkan 2 dari 3 OPD yang berubah" in table.keterangan


def test_a_change_of_headcount_alone_is_shown_too():
    gerak, kota, banding = counted({"A": (50, 20), "B": (40, 8)}, {"A": (50, 20), "B": (44, 8)})
    assert [row[0] for row in tables_change.offices(gerak, banding, CAMPAIGN).baris] == ["Dinas B", "Kota Kupang"]
    rows = tables_change.parts(kota, banding, CAMPAIGN).baris
    assert rows == [["Koreksi: jumlah ASN (+4)", "", "−1,3"], ["Perubahan", "0", "−1,3"]]


def test_the_sample_s_change_is_told_and_shown(ukur):
    banding = store.compare(ukur.kampanye)
    gerak = movement.since(banding.lalu, banding.kini, ukur.kampanye)
    kota = movement.total(gerak)
    assert kota["capaian"] == pytest.approx(ukur.kota["capaian"])
    assert story_change.summary(kota, banding, ukur.kampanye).text() == (
        "Dibandingkan dengan laporan 10 Maret 2020, capaian naik 26,1 poin persentase: 0,7 dari penyelesaian baru dan 25,4 dari OPD "
        "yang baru melapor."
    )
    assert tables_change.parts(kota, banding, ukur.kampanye).baris[-1] == ["Perubahan", "+1.408", "+26,1"]
    assert len(tables_change.offices(gerak, banding, ukur.kampanye).baris) == 11
