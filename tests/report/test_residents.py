"""The page of residents: words, table and chart of the same figures; nothing where nothing was sent."""

import re
from types import SimpleNamespace

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers import campaign
from helpers.measures import residents
from helpers.report import figures_residents, story_residents, tables_residents
from helpers.report.blocks import Gambar, Rangkaian, Tabel
from helpers.sample import residents as sample_residents

DAY = pd.Timestamp("2020-03-17")
EMPTY = {"kode": "str", "tanggal_data": "datetime64[ms]"} | dict.fromkeys(residents.COUNTS, "Int64")


def told(kota, warga=None, **changes):
    """What the notebook makes of these rows (default: the sample), and its three blocks."""
    if warga is None:
        warga = sample_residents.invent(kota).rename(columns={"kode_kel": "kode"}).assign(tanggal_data=DAY)
    warga = warga.astype({name: kind for name, kind in EMPTY.items() if name in warga})
    villages = residents.by_village(warga, kota.villages)
    districts = residents.by_district(warga, kota.villages)
    city = residents.total(districts)
    kampanye = campaign.build(kota.parameters() | changes)
    return SimpleNamespace(
        page=story_residents.page(city, districts, kampanye),
        chart=figures_residents.districts(villages, districts, city, kampanye),
        table=tables_residents.districts(districts, city, kampanye),
    )


def test_every_rate_names_its_denominator(kota):
    text = told(kota).page.text()
    assert text.startswith("10.640 dari 79.200 KK penduduk sudah merespons (13,4%)")
    assert (
        "7.330 KK: 68,9 persen dari 10.640 KK yang merespons dan 33,7 persen dari 21.780 KK yang ditargetkan." in text
    )
    assert "bukan ASN" in text and len(re.findall(r"\bASN\b", text)) == 1
    assert "menurut Wakil Wali Kota Kupang, 90 persen penduduk memiliki telepon" in text
    assert "mencakup" not in text


def test_absent_data_leave_nothing(kota):
    nothing = pd.DataFrame(columns=list(EMPTY)).astype(EMPTY)
    for block in vars(told(kota, nothing)).values():
        assert isinstance(block, Rangkaian) and not block.isi
    assert "telepon" not in told(kota, punya_telepon=0.0).page.text()


def test_part_of_the_city_is_said_to_be_a_part(kota):
    warga = sample_residents.invent(kota).rename(columns={"kode_kel": "kode"}).assign(tanggal_data=DAY).head(40)
    made = told(kota, warga)
    assert "Data mencakup 40 dari 51 kelurahan" in made.page.text()
    whole = f"{int(warga['jumlah_kk'].sum()):,}".replace(",", ".")
    assert f"dari {whole} KK penduduk" in made.page.text()
    assert made.table.baris[-1][1] == "40 dari 51" and made.table.baris[-1][3] == whole
    assert "belum ada" in made.chart.svg


def test_without_denominators_there_is_no_share(kota):
    warga = pd.DataFrame({"kode": ["53.71.01.1008"], "tanggal_data": [DAY], "merespons": [20], "clean": [10]})
    made = told(kota, warga.assign(jumlah_kk=pd.NA, target_kk=pd.NA))
    assert made.page.text().startswith("20 KK penduduk sudah merespons; dari berapa KK belum diketahui")
    assert isinstance(made.chart, Rangkaian) and isinstance(made.table, Tabel)
    assert "jumlah KK" not in [column.judul for column in made.table.kolom]
    assert not re.search(r"\b0,0%|\| 0 \|", made.page.text() + made.table.text())


def test_a_denominator_that_is_partly_known_is_said_so(kota):
    warga = sample_residents.invent(kota).rename(columns={"kode_kel": "kode"}).assign(tanggal_data=DAY)
    warga["jumlah_kk"] = warga["jumlah_kk"].astype("Int64").where(warga["kode"].ne("53.71.01.1008"))
    made = told(kota, warga)
    assert "Seluruhnya 10.640 KK merespons" in made.page.text()
    assert "Persen dihitung hanya dari tempat" in made.table.keterangan


def test_a_kecamatan_that_speaks_for_itself_is_one_bar(kota):
    warga = pd.DataFrame({"kode": ["53.71.01", "53.71.02"], "tanggal_data": [DAY] * 2, "merespons": [20, 30]})
    made = told(kota, warga.assign(clean=[10, 12], jumlah_kk=100, target_kk=27))
    assert isinstance(made.chart, Gambar)
    assert made.chart.svg.count(">Seluruhnya<") == 2 and made.table.baris[0][1] == "12 dari 12"


@pytest.mark.parametrize("few", [51, 40, 3])
def test_words_of_the_chart_touch_nothing(kota, drawn, few):
    warga = sample_residents.invent(kota).rename(columns={"kode_kel": "kode"}).assign(tanggal_data=DAY).head(few)
    chart = told(kota, warga).chart
    assert isinstance(chart, Gambar) and "DATA" not in chart.svg
    (figure,) = drawn
    with mpl.rc_context({}):
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [text.get_window_extent(renderer) for axes in figure.axes for text in axes.texts]
        ticks = [label.get_window_extent(renderer) for axes in figure.axes for label in axes.get_xticklabels()]
        bars = [bar.get_window_extent(renderer) for axes in figure.axes for bar in axes.patches]
    words = [*boxes, *ticks]
    assert not [(a, b) for at, a in enumerate(words) for b in words[at + 1 :] if a.overlaps(b)]
    assert not [(a, b) for a in boxes for b in bars if b.width and a.overlaps(b)]
    assert all(box.x0 >= figure.bbox.x0 - 0.5 and box.x1 <= figure.bbox.x1 + 0.5 for box in words)
    assert {tuple(axes.get_xlim()) for axes in figure.axes} == {tuple(figure.axes[0].get_xlim())}
    assert len(figure.axes) == 6
