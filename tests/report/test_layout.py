"""No word of any chart lies upon another, on a line or a mark, or off the canvas: every office, and the extremes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from layout import faults
from matplotlib.figure import Figure

from helpers import campaign
from helpers.measures import comparison, pace, projection, rates, scoring, skenario
from helpers.report import figures, figures_compare, figures_gap, figures_projection
from helpers.report.blocks import Rangkaian
from helpers.report.canvas import canvas
from helpers.store import reference

KAMPANYE = campaign.load(Path(__file__).parents[2] / "params" / "kota.yaml")
WITHOUT_SHRINKING = (
    Phase.explicit,
    Phase.generate,
)  # an example as found tells enough, and each costs a tenth of a second
LONG = "Badan Pengelolaan Pendapatan, Keuangan, Aset Daerah dan Hubungan Antarlembaga"


def progress(ukur: Any, opd: str | None) -> Any:
    kampanye = ukur.kampanye
    row = rates.one(ukur.ukuran, opd) if opd else ukur.kota
    own = ukur.harian[ukur.harian["opd"].eq(opd)] if opd else ukur.harian
    kurva = pace.curve(own, ukur.posisi[ukur.posisi["opd"].eq(opd)] if opd else ukur.posisi)
    return figures.progress(
        kurva,
        row,
        kampanye,
        ukur.sisa,
        ukur.kurva if opd else None,
        row["nama"] if opd else "",
        56 if opd else 54,  # as high as in the notebooks
        kipas=projection.fan(ukur.proyeksi, opd),
        jalur=skenario.required_path(row, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off),
    )


def bars(ukur: Any, opd: str | None) -> Any:
    return figures.pace_bars(ukur.harian, rates.one(ukur.ukuran, opd), ukur.kampanye) if opd else None


def place(ukur: Any, opd: str | None) -> Any:
    return figures.place_among(ukur.ukuran, opd, ukur.kota, ukur.kampanye) if opd else None


def funnel(ukur: Any, opd: str | None) -> Any:
    return figures_compare.funnel(ukur.ukuran, comparison.funnel(ukur.ukuran), ukur.kampanye, opd or "")


def parts(ukur: Any, opd: str | None) -> Any:
    return None if opd else figures_gap.waterfall(ukur.penguraian, ukur.kota, ukur.kampanye)


CHARTS = [progress, bars, place, parts, funnel]


def assert_clear(drawn: list[Figure], chart: Any, ukur: Any, offices: list[str | None]) -> None:
    wrong = {}
    for opd in offices:
        drawn.clear()
        chart(ukur, opd)
        for figure in drawn:
            wrong |= {f"{opd or 'kota'}: {fault}": None for fault in faults(figure)}
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
class TestEveryOffice:
    def test_of_the_sample(self, ukur, drawn, chart):
        assert_clear(drawn, chart, ukur, [None, *ukur.ukuran["opd"]])

    def test_of_the_real_data(self, inggris, drawn, chart):
        assert_clear(drawn, chart, inggris, [None, *inggris.ukuran["opd"]])


@contextmanager
def collected() -> Iterator[list[Figure]]:
    """The figures made inside; as the fixture `drawn`, for tests of many examples."""
    kept: list[Figure] = []
    save = Figure.savefig

    def keep(figure: Figure, *args: Any, **more: Any) -> None:
        kept.append(figure)
        save(figure, *args, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", keep)
        yield kept


def by_hand(share: float, target: float, day: int, city: float | None, people: int, bend: float, rise: float) -> Any:
    """A progress chart of numbers of our own: `bend` how late the curve rises, `rise` how far the projection goes."""
    start, end = KAMPANYE.mulai, KAMPANYE.selesai
    as_of = start + timedelta(days=day)
    kampanye = KAMPANYE.model_copy(update={"target": target, "tanggal_data": as_of})
    past, ahead = pd.date_range(start, as_of), pd.date_range(as_of, end)

    def curve(last: float) -> pd.DataFrame:
        way = [((i + 1) / len(past)) ** bend for i in range(len(past))]
        return pd.DataFrame({"tanggal": past, "capaian": [last * part for part in way]})

    asked = int(rates.required_people(pd.Series([people], dtype="Int64"), target).iloc[0])
    short = max(asked - round(share * people), 0)
    row = pd.Series({"capaian": share, "jumlah_asn": people, "target_orang": asked, "kekurangan": short})
    row["berhasil"] = round(share * people)
    way = np.linspace(0, 1, len(ahead))
    middle = share + (1 - share) * rise * way
    fan = pd.DataFrame({"tanggal": ahead, "median": middle})
    for level, wide in ((50, 0.04), (80, 0.09)):
        fan[f"bawah_{level}"] = np.maximum(middle - wide * way, share)
        fan[f"atas_{level}"] = np.minimum(middle + wide * way, 1)
    return figures.progress(
        curve(share),
        row,
        kampanye,
        pace.days_left(as_of, end, kampanye.days_off),
        None if city is None else curve(city),
        LONG,
        54,
        kipas=fan if len(ahead) > 1 else fan.head(0),
        jalur=skenario.required_path(row, as_of, end, kampanye.days_off),
    )


SHARES = st.one_of(st.sampled_from([0.0, 0.01, 0.03, 0.97, 1.0]), st.floats(0, 1))
TARGETS = st.sampled_from([0.05, 0.3, 0.5, 0.7, 0.8, 0.95, 1.0])


@settings(max_examples=120, phases=WITHOUT_SHRINKING)
@given(
    share=SHARES,
    beside_target=st.sampled_from([None, None, -0.06, -0.01, 0.0, 0.01, 0.06]),
    target=TARGETS,
    day=st.one_of(st.sampled_from([0, 1, 44, 45]), st.integers(0, 45)),  # one day of data; the last day
    city=st.one_of(st.none(), SHARES),
    people=st.sampled_from([5, 412, 97_000]),
    bend=st.sampled_from([0.2, 1.0, 3.0]),
    rise=st.floats(0, 1),
)
def test_progress_is_clear_whatever_the_numbers(share, beside_target, target, day, city, people, bend, rise):
    if beside_target is not None:
        share = min(max(target + beside_target, 0), 1)
    with collected() as made:
        by_hand(share, target, day, city, people, bend, rise)
    assert [faults(figure) for figure in made] == [[]]


def offices(shares: list[float], people: int) -> pd.DataFrame:
    """Rates of offices with these shares of `people` each, long names."""
    rows = [(f"O{at}", f"{LONG} {at}", "dinas", people, round(share * people)) for at, share in enumerate(shares)]
    table = pd.DataFrame(rows, columns=["opd", "nama", "jenis", "jumlah_asn", "berhasil"])
    table = table.astype({"jumlah_asn": "Int64", "berhasil": "Int64"}).assign(lapor=True)
    for name in ("gagal", "belum", "bukti"):
        table[name] = pd.array([pd.NA] * len(table), dtype="Int64")
    return table


@settings(max_examples=60, phases=WITHOUT_SHRINKING)
@given(
    shares=st.one_of(st.lists(SHARES, min_size=1, max_size=8), SHARES.map(lambda share: [share] * 51)),
    target=TARGETS,
    people=st.sampled_from([5, 412, 97_000]),
    wilayah=st.sampled_from(["Kota Kupang", "Civil Service People Survey 2021"]),
)
def test_dots_are_clear_wherever_average_and_target_stand(shares, target, people, wilayah):
    table = rates.with_rates(offices(shares, people), target)
    kampanye = KAMPANYE.model_copy(update={"target": target, "wilayah": wilayah})
    city = {"capaian": float(table["berhasil"].sum()) / float(table["jumlah_asn"].sum())}
    with collected() as made:
        figures.place_among(table, "O0", city, kampanye)
    assert [faults(figure) for figure in made] == [[]]


@settings(max_examples=60, phases=WITHOUT_SHRINKING)
@given(
    added=st.lists(st.sampled_from([0, 0, 1, 3, 7, 40, 9_700]), min_size=2, max_size=14),
    needed=st.sampled_from([1.0, 1.4, 7.0, 7.5, 40.0, 2_000.0, 19_400.0]),
)
def test_bars_by_day_are_clear_whatever_was_added(added, needed):
    days = pd.date_range("2020-03-01", periods=len(added) + 1)
    table = pd.DataFrame({"opd": "O0", "tanggal": days, "berhasil": np.cumsum([0, *added]), "jumlah_asn": 97_000})
    table = table.assign(tanpa_tanggal=0, kelanjutan=True).astype({"berhasil": "Int64", "jumlah_asn": "Int64"})
    with collected() as made:
        shown = figures.pace_bars(table, pd.Series({"opd": "O0", "laju_butuh": needed}), KAMPANYE)
    assert shown != Rangkaian([]) and [faults(figure) for figure in made] == [[]]


@settings(max_examples=60, phases=WITHOUT_SHRINKING)
@given(
    steps=st.lists(st.sampled_from([1, 3, 20, 300]), min_size=1, max_size=18),
    done=st.sampled_from([None, 0, 1, 40, 600, 5_000]),
    target=TARGETS,
)
def test_the_steps_of_the_gap_are_clear_whatever_they_are(steps, done, target):
    kinds = [("gagal", "NIK/KK tidak sesuai"), ("belum", "Belum sempat / enggan"), ("belum lapor", "belum lapor")]
    rows = sorted((kinds[at % 3][0], f"{kinds[at % 3][1]} {at}", many) for at, many in enumerate(steps))
    table = pd.DataFrame(rows, columns=["kelompok", "kategori", "orang"]).assign(kode="K01")
    whole = sum(steps) + (done or 0)
    share = None if done is None else done / whole
    city = {"jumlah_asn": whole, "berhasil": done, "capaian": share, "target_orang": round(target * whole)}
    with collected() as made:
        figures_gap.waterfall(table, city, KAMPANYE.model_copy(update={"target": target}))
    assert [faults(figure) for figure in made] == [[]]


@pytest.mark.parametrize("people", [5, 412, 97_000])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("many", [1, 3, 51])
def test_the_funnel_is_clear_for_few_and_many_of_any_size(drawn, people, share, many):
    table = rates.with_rates(offices([share] * (many - 1) + [1 - share], people), 0.8)
    figures_compare.funnel(table, comparison.funnel(table), KAMPANYE, "O0")
    assert [faults(figure) for figure in drawn] == [[]]


@pytest.fixture(scope="module")
def scored() -> pd.DataFrame:
    held = reference.csps2021()
    rows = scoring.rolling(held, [scoring.day_of(held, day) for day in (13, 17, 24)])
    return rows[rows["metode"].eq(scoring.OURS)]


def test_charts_of_the_validation_are_clear(scored, drawn):
    half = scored[scored["asal"].eq(scored["asal"].iloc[0])]
    names = {"CSPS 2021": scored, "Sensus AS 2020": half}
    figures_projection.calibration(
        {name: scoring.calibration(rows) for name, rows in names.items()},
        {name: scoring.pit(rows) for name, rows in names.items()},
    )
    figures_projection.against_outcome(scored)
    figures_projection.errors_by_size(scored, scoring.by_size(scored))
    assert [faults(figure) for figure in drawn] == [[], [], []]


class TestTheCheckItself:
    """It finds what it is there to find."""

    def figure(self) -> Any:
        made, axes = canvas(100, 40, 10, 10, 4, 8)
        axes.set(xlim=(0, 1), ylim=(0, 1))
        return SimpleNamespace(made=made, axes=axes)

    def test_words_upon_words(self):
        it = self.figure()
        it.axes.text(0.5, 0.5, "satu dua")
        it.axes.text(0.52, 0.5, "tiga empat")
        assert any("lies upon" in fault for fault in faults(it.made))

    def test_words_off_the_canvas(self):
        it = self.figure()
        it.axes.text(1.05, 0.5, "terlalu jauh ke kanan")
        assert any("leaves the canvas" in fault for fault in faults(it.made))

    def test_words_on_a_line_and_on_a_mark(self):
        it = self.figure()
        it.axes.axhline(0.5, lw=1.2)
        it.axes.plot([0.2], [0.9], "o", ms=5)
        it.axes.text(0.5, 0.5, "di garis", va="center")
        it.axes.text(0.2, 0.9, "di titik", va="center", ha="center")
        assert {fault.split(" is ")[0] for fault in faults(it.made) if "crossed" in fault} == {
            "'di garis'",
            "'di titik'",
        }

    def test_small_words_and_other_fonts_and_legends(self):
        it = self.figure()
        it.axes.text(0.2, 0.5, "kecil", fontsize=7)
        it.axes.text(0.7, 0.5, "lain", fontfamily="DejaVu Sans")
        it.axes.plot([0, 1], [0.9, 0.9], label="garis")
        it.axes.legend()
        found = " ".join(faults(it.made))
        assert "7.0 pt" in found and "'lain' is set in DejaVu Sans" in found and "a legend" in found
