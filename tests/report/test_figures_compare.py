"""The funnel: who is drawn and named, labels that touch nothing, words for screen readers."""

import re
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers import campaign
from helpers.measures import comparison, rates
from helpers.report import canvas, figures_compare
from helpers.report.blocks import Gambar, Rangkaian

ROOT = Path(__file__).resolve().parents[2]
COUNTS = dict.fromkeys(["jumlah_asn", "berhasil", "bukti"], "Int64")


def texts(figure: Gambar) -> str:
    return " ".join(re.findall(r"<text[^>]*>([^<]+)</text>", figure.svg))


def real(day: str):
    """The UK offices on a day, and their campaign."""
    held = pd.read_csv(ROOT / "data" / "csps2021_offices.csv")
    held = held[held["date"].eq(day) & held["kind"].eq("online")].set_index("code")
    units = pd.read_csv(ROOT / "params" / "csps2021_unit.csv").rename(columns={"kode": "opd"}).set_index("opd")
    counts = held[["headcount_reconstructed", "responses_reconstructed"]].set_axis(["jumlah_asn", "berhasil"], axis=1)
    table = units[["nama", "jenis"]].join(counts).assign(bukti=None).reset_index().astype(COUNTS)
    return rates.with_rates(table, 0.7), campaign.load(ROOT / "params" / "csps2021.yaml")


def many(outside: int = 24):
    """274 offices, 24 of them far from the others and close together, to crowd the chart."""
    rows = [(f"O{at}", f"Dinas Pekerjaan Nomor {at}", "dinas", 120 + at, 40) for at in range(250)]
    rows += [(f"X{at}", f"Badan Urusan Nomor {at}", "badan", 110 + at % 9, 104 + at % 7) for at in range(outside)]
    table = pd.DataFrame(rows, columns=["opd", "nama", "jenis", "jumlah_asn", "berhasil"]).assign(bukti=None)
    return rates.with_rates(table.astype(COUNTS), 0.8), campaign.load(ROOT / "params" / "kota.yaml")


def labels(ukuran, kampanye, opd=""):
    """Boxes of all words of the chart but the axes' own, and of the points, in pixels."""
    with mpl.rc_context(canvas.style()):
        figure = figures_compare._draw(ukuran, comparison.funnel(ukuran), kampanye, opd, 92)
        renderer = FigureCanvasAgg(figure).get_renderer()
        axes = figure.axes[0]
        ticks = [label.get_window_extent(renderer) for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]]
        boxes = {text.get_text(): text.get_window_extent(renderer) for text in axes.texts}
        held = ukuran[ukuran["capaian"].notna()][["jumlah_asn", "capaian"]].astype(float)
        return boxes, ticks, axes.transData.transform(held.to_numpy()), figure.bbox


@pytest.mark.parametrize(
    "case", ["kota", "kota DINKES", "2021-09-30", "2021-10-11", "2021-10-21", "2021-11-03", "ramai"]
)
def test_labels_touch_neither_each_other_nor_a_point_nor_the_edge(ukur, case):
    opd = case.removeprefix("kota").strip() if case.startswith("kota") else ""
    if case.startswith("kota"):
        ukuran, kampanye = ukur.ukuran, ukur.kampanye
    else:
        ukuran, kampanye = many() if case == "ramai" else real(case)
    boxes, ticks, points, page = labels(ukuran, kampanye, opd)
    words = list(boxes.values())
    assert len(words) >= 4
    for at, box in enumerate(words):
        assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1
        assert not any(box.overlaps(other) for other in [*words[at + 1 :], *ticks])
        assert not any(box.contains(*point) for point in points)


def test_names_are_those_of_offices_outside_the_adjusted_limits_only(ukur):
    corong = comparison.funnel(ukur.ukuran)
    chart = figures_compare.funnel(ukur.ukuran, corong, ukur.kampanye)
    outside = corong["posisi"].isin(["di atas", "di bawah"])
    assert 0 < outside.sum() < 10
    for nama, out in zip(ukur.ukuran["nama"], outside, strict=True):
        assert (nama in texts(chart)) == bool(out), nama
        assert (nama in chart.alt) == bool(out), nama
    assert "OPD melapor 31,4%" in texts(chart) and "Target 80%" in texts(chart)
    assert "Batas wajar 99,8%" in texts(chart) and "Batas 99,8% bila hanya kebetulan" in texts(chart)


def test_the_marked_office_is_named_wherever_it_stands(ukur):
    corong = comparison.funnel(ukur.ukuran)
    chart = figures_compare.funnel(ukur.ukuran, corong, ukur.kampanye, "DINKES")
    assert "Dinas Kesehatan" in texts(chart)
    assert "Dinas Kesehatan 14,8% dari 412 ASN, dalam batas" in chart.alt
    silent = figures_compare.funnel(ukur.ukuran, corong, ukur.kampanye, "PRKP")
    assert "Perumahan" not in texts(silent) + silent.alt


def test_caption_names_denominator_silence_and_who_is_not_judged(ukur):
    chart = figures_compare.funnel(ukur.ukuran, comparison.funnel(ukur.ukuran), ukur.kampanye)
    assert "48 OPD yang melapor (5.166 ASN); 4 OPD lain belum lapor" in chart.keterangan
    assert "kurang dari 21 ASN, tidak dinilai" in chart.keterangan and "Sumber:" in chart.keterangan
    assert "keseluruhan 31,4%" in chart.alt


def test_real_offices_are_all_inside_and_so_nobody_is_named():
    ukuran, kampanye = real("2021-10-21")
    chart = figures_compare.funnel(ukuran, comparison.funnel(ukuran), kampanye)
    assert "tidak ada organisasi di luar batas wajar" in chart.alt
    assert not any(nama in texts(chart) for nama in ukuran["nama"])


def test_a_crowd_of_names_is_cut_short():
    ukuran, kampanye = many()
    chart = figures_compare.funnel(ukuran, comparison.funnel(ukuran), kampanye)
    assert 0 < texts(chart).count("Badan Urusan") <= figures_compare.NAMES


@pytest.mark.parametrize("berhasil", [0, 50, 100])
def test_too_few_offices_are_drawn_with_plain_limits_only(ukur, berhasil):
    few = ukur.ukuran.head(3).assign(jumlah_asn=100, berhasil=berhasil, lapor=True)
    few = rates.with_rates(few.astype(COUNTS), 0.8)
    chart = figures_compare.funnel(few, comparison.funnel(few), ukur.kampanye)
    assert "Batas wajar" not in texts(chart)
    assert "terlalu sedikit OPD" in chart.alt and "Terlalu sedikit OPD" in chart.keterangan


def test_nobody_reported_leaves_the_chart_out(ukur):
    silent = ukur.ukuran.assign(berhasil=pd.array([pd.NA] * len(ukur.ukuran), dtype="Int64"))
    assert figures_compare.funnel(silent, comparison.funnel(silent), ukur.kampanye) == Rangkaian([])


def test_same_data_same_bytes(ukur):
    corong = comparison.funnel(ukur.ukuran)
    draw = lambda: figures_compare.funnel(ukur.ukuran, corong, ukur.kampanye).svg  # noqa: E731
    assert draw() == draw()
