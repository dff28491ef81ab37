"""The page's charts: coordinates follow the data, one scale for all, nothing drawn from what is unknown."""

import dataclasses
import re
from itertools import pairwise
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers import store
from helpers.report import site_charts
from helpers.run import summary


@pytest.fixture(scope="module")
def ukuran(contoh_store):
    return summary.measure(store.read(contoh_store), contoh_store)


def points(path):
    return [tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", path)]


def daily(*rows):
    table = pd.DataFrame(rows, columns=["opd", "tanggal", "jumlah_asn", "berhasil"])
    return table.astype({"tanggal": "datetime64[ns]", "jumlah_asn": "Int64", "berhasil": "Int64"})


@pytest.mark.parametrize("width", [720, 360])
def test_curve_rises_to_where_the_city_stands(ukuran, kota, width):
    drawn = site_charts.curve(ukuran, kota, width, 300)
    line = points(drawn.garis)
    assert len(line) == len(ukuran.kurva) and line == sorted(line)
    bottom, goal = drawn.dasar, drawn.sasaran
    assert (bottom - line[-1][1]) / (bottom - goal) == pytest.approx(ukuran.kota["capaian"] / 0.8, abs=0.01)
    assert drawn.ujung == line[-1] and line[0][0] == drawn.kiri
    assert points(drawn.jalur)[-1] == pytest.approx((drawn.kanan, goal), abs=0.2)
    assert "30,0%" in drawn.alt and "17 Maret 2020" in drawn.alt
    said = " ".join(text for _, _, _, text in drawn.label)
    assert "Target 80% = 4.322 ASN" in said and "Perlu 301 ASN per hari kerja" in said and "selang 80%" in said


@pytest.mark.parametrize("width", [720, 360])
def test_labels_keep_apart_and_inside(ukuran, kota, width):
    drawn = site_charts.curve(ukuran, kota, width, 300)
    heights = sorted(y for _, x, y, _ in drawn.label if x == drawn.label[-1][1])
    assert all(b - a >= 14 for a, b in pairwise(heights))
    assert all(0 < y < drawn.dasar for _, _, y, _ in drawn.label)
    dates = [x for x, *_ in drawn.tanggal]
    assert len(dates) == len(set(dates)) >= 3 and all(abs(a - b) > 55 for a in dates for b in dates if a != b)
    assert sum(now for *_, now in drawn.tanggal) == 1


def test_no_curve_without_a_count_and_no_path_where_the_target_is_reached(ukuran, kota):
    unknown = ukuran.kota.copy()
    unknown["capaian"] = pd.NA
    assert site_charts.curve(dataclasses.replace(ukuran, kota=unknown), kota, 720, 300) is None
    assert site_charts.curve(dataclasses.replace(ukuran, kurva=ukuran.kurva.head(0)), kota, 720, 300) is None
    reached = dataclasses.replace(ukuran, jalur=ukuran.jalur.head(0), kipas=ukuran.kipas.head(0))
    drawn = site_charts.curve(reached, kota, 360, 300)
    assert drawn.jalur == drawn.tengah == "" and drawn.pita == [] and len(drawn.label) == 1


def test_few_counts_are_marked(ukuran, kota):
    few = dataclasses.replace(ukuran, kurva=ukuran.kurva.tail(2))
    assert len(site_charts.curve(few, kota, 720, 300).titik) == 2


def test_lines_have_one_scale_and_keep_only_days_that_change(kota):
    rows = [("A", f"2020-03-{n:02d}", 10, 5 if n < 10 else 10) for n in range(1, 18)]
    found = site_charts.lines(daily(*rows, ("B", "2020-03-17", 10, 5)), kota)
    path, x, y = found["A"]
    assert len(points(path)) == 4  # first, last before the step, the step, last
    assert (x, y) == (site_charts.LINE[0] - 4, 2)
    assert found["B"] == ("", x, points(path)[0][1])  # a single count is a dot, at the height of the same share


def test_lines_leave_out_what_is_unknown(kota):
    table = daily(("A", "2020-03-01", 10, pd.NA), ("B", "2020-03-01", 0, 0), ("C", "2020-03-20", 10, 5))
    assert site_charts.lines(table, kota) == {}


def test_bar_and_its_words():
    campaign = SimpleNamespace(orang="ASN")
    row = SimpleNamespace(berhasil=1, gagal=1, jumlah_asn=8)
    assert site_charts.bar(row) == {"berhasil": "12.5", "gagal": "12.5"}
    assert site_charts.bar_alt(row, campaign) == "1 berhasil, 1 gagal, 6 belum, dari 8 ASN"
    row.gagal = pd.NA
    assert site_charts.bar(row)["gagal"] == ""
    assert site_charts.bar_alt(row, campaign) == "1 berhasil, 7 gagal atau belum (tidak dirinci), dari 8 ASN"
    assert site_charts.bar(SimpleNamespace(berhasil=pd.NA, gagal=pd.NA, jumlah_asn=8)) is None
    assert site_charts.bar(SimpleNamespace(berhasil=0, gagal=0, jumlah_asn=0)) is None
