"""Blocks: data for the exporter, escaped HTML for the screen."""

import json

import pytest

from helpers.report.blocks import MIME, Angka, Batang, Butir, Gambar, Judul, Kolom, Paragraf, Rangkaian, Tabel, Temuan

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
