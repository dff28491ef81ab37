"""Blocks: data for the exporter, escaped HTML for the screen."""

import json
import re

import pytest

from helpers.report.blocks import (
    MIME,
    ONLY_SCREEN,
    WIDE,
    Angka,
    Butir,
    Gambar,
    HanyaLayar,
    Judul,
    Paragraf,
    Rangkaian,
    Tabel,
    Temuan,
)
from helpers.report.cells import Batang, Kolom

HOSTILE = "<script>alert(1)</script> #panic() *tebal* $x$ =1+1 {{7*7}}"


@pytest.mark.parametrize(
    "block",
    [
        Judul(HOSTILE),
        Temuan(HOSTILE, [HOSTILE]),
        Paragraf([HOSTILE]),
        Angka([Butir(HOSTILE, HOSTILE, HOSTILE)]),
        Tabel([Kolom(HOSTILE)], [[HOSTILE]], HOSTILE, kelompok={0: HOSTILE}),
        Tabel([Kolom("a")], [[Batang(1, 1, 1, alt=HOSTILE)]], ""),
        Rangkaian([Judul(HOSTILE)]),
    ],
    ids=lambda b: type(b).__name__,
)
def test_text_of_an_office_is_never_html(block):
    assert "<script" not in block.html()
    assert "&lt;script" in block.html()
    assert HOSTILE in json.dumps(block.data(), ensure_ascii=False)


def test_bundle_is_json_with_plain_text_and_html():
    bundle = Tabel([Kolom("a"), Kolom("b", "kanan")], [["x", Batang(tanpa="belum lapor")]], "k")._repr_mimebundle_()
    assert json.loads(json.dumps(bundle[MIME]))["jenis"] == "tabel"
    assert "belum lapor" in bundle["text/plain"] and "<caption>k</caption>" in bundle["text/html"]


def test_figure_travels_once_as_svg_with_its_alt_text():
    bundle, meta = Gambar("<svg></svg>", "naik", "ket")._repr_mimebundle_()
    assert bundle["image/svg+xml"] == "<svg></svg>"
    assert "svg" not in bundle[MIME]
    assert meta["image/svg+xml"]["alt"] == "naik"


def test_figure_is_shown_with_its_caption_below(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **how: shown.append(data))
    Gambar("<svg></svg>", f"naik {HOSTILE}", f"Penyebut 5 ASN {HOSTILE}")._ipython_display_()
    chart, caption = shown
    assert chart["image/svg+xml"] == "<svg></svg>" and caption[MIME] == {"jenis": ONLY_SCREEN}
    assert "Grafik: naik" in caption["text/html"] and "Penyebut 5 ASN" in caption["text/html"]
    assert "<script" not in caption["text/html"]


def test_on_the_screen_totals_are_bold_dates_are_kept_whole_and_wide_tables_are_small():
    table = Tabel([Kolom("a"), Kolom("b", lebar="1fr")], [["17 Mar", "17 Mar"], ["x", "y"]], "k", kaki=True)
    rows = table.html().split("<tr")
    assert "font-weight" not in rows[2] and "font-weight:700" in rows[3]
    assert rows[2].count("nowrap") == 1
    assert "class=padat" not in table.html()
    assert "class=padat" in Tabel([Kolom("a")] * WIDE, [["x"] * WIDE], "k").html()


def test_a_bar_shows_the_target_and_says_it_to_those_who_cannot_see_it():
    bar = Batang(30, 10, 60, target=0.8, alt="30 dari 100, garis: 80%")
    html = Tabel([Kolom("a")], [[bar]], "").html()
    widths = [int(px) for px in re.findall(r"width:(\d+)px", html)]
    (tick,) = re.findall(r"position:absolute;left:(\d+)px[^']*solid #1F2328", html)
    assert sum(widths) == 120 and int(tick) == 96
    assert "role='img' aria-label='30 dari 100, garis: 80%' style='position:relative;" in html
    assert "absolute" not in Tabel([Kolom("a")], [[Batang(tanpa="belum lapor")]], "").html()


def test_columns_of_text_keep_room_on_the_screen_and_short_words_their_line():
    columns = [Kolom("a"), Kolom("b", lebar="1.5fr"), Kolom("c", "kanan", "22mm")]
    heads = Tabel(columns, [["20 Mar · usulan", "x", "y"]], "k").html()
    assert re.findall(r"--lebar:([^']+)'", heads) == ["18em", "22mm"]
    assert "white-space:nowrap'>20 Mar · usulan" in heads


def test_a_sentence_for_the_screen_alone_is_no_part_of_what_is_printed():
    only = HanyaLayar(HOSTILE)
    assert only.data() == {"jenis": ONLY_SCREEN} and "<script" not in only.html() and only.text() == HOSTILE
    both = Rangkaian([only, Paragraf(["isi"])])
    assert [part["jenis"] for part in both.data()["isi"]] == ["paragraf"] and "&lt;script" in both.html()


def test_blocks_side_by_side_are_two_columns_on_the_screen():
    both = [Paragraf(["kiri"]), Paragraf(["kanan"])]
    assert Rangkaian(both, sejajar=True).html().count("<div>") == 2 and "<div" not in Rangkaian(both).html()
