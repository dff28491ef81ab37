"""The progress chart with fan and path: what is drawn is what was given, and nothing lies upon anything."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from helpers.measures import draws, pace, projection, rates, skenario
from helpers.report import figures
from helpers.report.blocks import Rangkaian
from helpers.report.canvas import ACCENT, ALERT, PALE


def chart(ukur: Any, proyeksi: draws.Simulation, opd: str | None = None, **more: Any) -> Any:
    """The chart of a report, of the city or an office."""
    kampanye = ukur.kampanye
    row = rates.one(ukur.ukuran, opd) if opd else ukur.kota
    own = ukur.harian[ukur.harian["opd"].eq(opd)] if opd else ukur.harian
    kurva = pace.curve(own, ukur.posisi[ukur.posisi["opd"].eq(opd)] if opd else ukur.posisi)
    jalur = skenario.required_path(row, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    parts = {"kipas": projection.fan(proyeksi, opd), "jalur": jalur} | more
    name = row["nama"] if opd else ""
    return figures.progress(kurva, row, kampanye, ukur.sisa, ukur.kurva if opd else None, name, **parts)


def simulate(ukur: Any) -> draws.Simulation:
    return projection.for_campaign(ukur.harian, ukur.posisi, ukur.kampanye)


def boxes(figure: Figure) -> list[tuple[str, Any]]:
    """Labels right of the axes with the room they take, in pixels."""
    figure.draw_without_rendering()
    axes = figure.axes[0]
    right = axes.get_window_extent().x1
    extents = [(text.get_text(), text.get_window_extent()) for text in axes.texts]
    return [(text, box) for text, box in extents if box.x0 >= right]


def assert_readable(figure: Figure, name: str) -> None:
    labels = boxes(figure)
    width, height = figure.get_size_inches() * figure.dpi
    for at, (text, box) in enumerate(labels):
        assert box.x0 >= 0 and box.x1 <= width, f"{name}: {text} leaves the canvas sideways"
        assert box.y0 >= 0 and box.y1 <= height, f"{name}: {text} leaves the canvas"
        for other, beside in labels[at + 1 :]:
            # A hair of a pixel is where lines touch.
            assert box.y0 >= beside.y1 - 0.5 or beside.y0 >= box.y1 - 0.5, f"{name}: {text} lies upon {other}"


def test_no_label_lies_upon_another_in_the_sample(ukur, drawn):
    proyeksi = simulate(ukur)
    for opd in [None, *ukur.ukuran.loc[ukur.ukuran["lapor"], "opd"]]:
        chart(ukur, proyeksi, opd)
        assert_readable(drawn[-1], opd or "kota")
    assert len(drawn) == 49


def test_no_label_lies_upon_another_in_the_real_data(inggris, drawn):
    proyeksi = simulate(inggris)
    for opd in [None, *inggris.ukuran["opd"]]:
        chart(inggris, proyeksi, opd)
        assert_readable(drawn[-1], opd or "kota")
    assert len(drawn) == 52


@pytest.mark.parametrize("opd", [None, "DINKES", "KORPRI"])
def test_fan_and_path_are_drawn_as_given(ukur, drawn, opd):
    proyeksi = simulate(ukur)
    fan = projection.fan(proyeksi, opd)
    chart(ukur, proyeksi, opd)
    axes = drawn[-1].axes[0]
    start = pd.Timestamp(ukur.kampanye.mulai)
    days = [(day - start).days for day in fan["tanggal"]]
    for band, level in zip(axes.collections, (80, 50), strict=True):
        (area,) = band.get_paths()
        by_day = {}
        for x, y in area.vertices:
            by_day.setdefault(round(x), set()).add(round(float(y), 12))
        assert sorted(by_day) == days
        for day, low, high in zip(days, fan[f"bawah_{level}"], fan[f"atas_{level}"], strict=True):
            assert by_day[day] == {round(float(low), 12), round(float(high), 12)}
    lines = {(line.get_color(), line.get_linewidth()): line for line in axes.lines}
    assert lines[(ACCENT, 1.4)].get_xdata().tolist() == days
    assert lines[(ACCENT, 1.4)].get_ydata().tolist() == pytest.approx(fan["median"].tolist())
    row = rates.one(ukur.ukuran, opd) if opd else ukur.kota
    path = skenario.required_path(row, ukur.kampanye.tanggal_data, ukur.kampanye.selesai, ukur.kampanye.days_off)
    assert lines[(ALERT, 1.8)].get_ydata().tolist() == pytest.approx(path["capaian"].astype(float).tolist())
    assert lines[(ALERT, 1.8)].get_xdata().tolist() == days


def test_label_alt_and_table_say_the_same_end(ukur):
    proyeksi = simulate(ukur)
    city = projection.row(projection.table(proyeksi))
    end = projection.fan(proyeksi).iloc[-1]
    assert (end["median"], end["bawah_80"], end["atas_80"]) == pytest.approx(
        (city["median"], city["bawah_80"], city["atas_80"]), abs=1e-9
    )
    shown = chart(ukur, proyeksi)
    assert (
        "selang 80 persen" in shown.alt
        and "Garis putus-putus" in shown.keterangan
        and "Pita: selang proyeksi" in shown.keterangan
    )


def test_the_city_beside_an_office_is_told_as_it_stands_now(ukur, drawn):
    chart(ukur, simulate(ukur), "DINKES")
    assert "Kota Kupang 30,0% kini" in [text for text, _ in boxes(drawn[-1])]
    (leader,) = (line for line in drawn[-1].axes[0].lines if line.get_color() == PALE)
    assert leader.get_ydata() == pytest.approx([ukur.kota["capaian"]] * 2) and leader.get_linewidth() <= 0.5


def test_without_fan_and_path_the_chart_says_neither(ukur, drawn):
    shown = chart(ukur, simulate(ukur), kipas=None, jalur=None)
    assert not drawn[-1].axes[0].collections
    assert boxes(drawn[-1]) == []
    assert "Proyeksi" not in shown.alt and "Pita: selang proyeksi" not in shown.keterangan


def test_an_office_at_the_target_has_a_fan_and_no_path(ukur, drawn):
    shown = chart(ukur, simulate(ukur), "DISKOMINFO")
    assert [text.split()[0] for text, _ in boxes(drawn[-1])] == ["Kota", "Proyeksi"]
    assert "Garis putus-putus" not in shown.keterangan


def test_on_the_last_day_there_is_neither_fan_nor_path(ukur, drawn):
    kampanye = ukur.kampanye.model_copy(update={"selesai": ukur.kampanye.tanggal_data})
    last = SimpleNamespace(**vars(ukur) | {"kampanye": kampanye, "sisa": pd.Series({"hari": 0, "hari_kerja": 0})})
    shown = chart(last, projection.for_campaign(ukur.harian, ukur.posisi, kampanye))
    assert not drawn[-1].axes[0].collections
    assert "Proyeksi" not in shown.alt and "Garis putus" not in shown.keterangan


def test_a_silent_office_has_no_chart_even_with_a_fan(ukur):
    assert chart(ukur, simulate(ukur), "PRKP") == Rangkaian([])


def test_labels_at_the_very_top_stay_on_the_canvas(ukur, drawn):
    # Everything at once at the upper edge: fan, path and the city's line.
    days = pd.date_range("2020-03-17", "2020-03-31")
    fan = pd.DataFrame(
        {"tanggal": days, "median": 0.99, "bawah_50": 0.98, "atas_50": 1.0, "bawah_80": 0.97, "atas_80": 1.0}
    )
    kampanye = ukur.kampanye.model_copy(update={"target": 1.0})
    high = pd.DataFrame({"tanggal": [pd.Timestamp("2020-03-17")], "capaian": [0.985]})
    row = rates.one(ukur.ukuran, "DISKOMINFO").copy()
    row["kekurangan"] = 5
    path = pd.DataFrame({"tanggal": days, "capaian": 0.99})
    figures.progress(high, row, kampanye, ukur.sisa, high, "Dinas", kipas=fan, jalur=path)
    assert len(boxes(drawn[-1])) == 3
    assert_readable(drawn[-1], "atas")


def test_less_than_a_person_a_day_is_told_in_people(ukur, drawn):
    # KORPRI lacks 6 people in 9 working days: 0,7 a day says little, and the sentence beside the chart says 6 in 9.
    chart(ukur, simulate(ukur), "KORPRI")
    assert "Perlu 6 ASN\ndalam 9 hari kerja" in [text for text, _ in boxes(drawn[-1])]
    chart(ukur, simulate(ukur), "DINKES")
    assert "Perlu 30 ASN\nper hari kerja" in [text for text, _ in boxes(drawn[-1])]
