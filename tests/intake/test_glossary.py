"""glossary.py: the table in PANDUAN.md is what params/kolom.yaml says."""

from pathlib import Path

import pytest

from helpers.intake.glossary import END, START, markdown, write_into

ROOT = Path(__file__).resolve().parents[2]


def test_the_guide_is_in_step_with_the_parameters(kota):
    text = (ROOT / "PANDUAN.md").read_text(encoding="utf-8")
    between = text.partition(START)[2].partition(END)[0].strip()
    assert between == markdown(kota.columns), "jalankan `pantau kamus --tulis`"


def test_every_heading_and_word_stands_in_it(kota):
    text = markdown(kota.columns)
    for kind in ("nominatif", "rekap", "kendala", "sosialisasi"):
        assert all(heading in text for headings in kota.columns[kind].values() for heading in headings)
    for name in ("status", "bukti", "jenis_asn", "kanal"):
        assert all(word in text for words in kota.columns[name].values() for word in words)


def test_writing_touches_only_what_is_between_the_marks(kota, tmp_path):
    guide = tmp_path / "p.md"
    guide.write_text(f"atas\n{START}\nlama\n{END}\nbawah\n", encoding="utf-8")
    assert write_into(guide, kota.columns)
    assert not write_into(guide, kota.columns)
    text = guide.read_text(encoding="utf-8")
    assert text.startswith("atas\n") and text.endswith(f"{END}\nbawah\n") and "lama\n" not in text


def test_a_guide_without_marks_is_left_alone(kota, tmp_path):
    (tmp_path / "p.md").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="tidak memuat tanda"):
        write_into(tmp_path / "p.md", kota.columns)
