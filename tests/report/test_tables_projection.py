"""The table of assumptions: rows that say something, signs that are right, the earlier target below it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from helpers.measures import projection, skenario
from helpers.report import tables_projection
from helpers.report.blocks import Rangkaian, Tabel

KAMPANYE = SimpleNamespace(
    orang="ASN",
    unit="OPD",
    target=0.8,
    tanggal_data=date(2020, 3, 17),
    selesai=date(2020, 3, 31),
    sel_kecil=5,
    sumber="kiriman OPD",
)
NOW = ("seperti sekarang", 0.456, 0.41, 0.53, 0, 0.002)
BEST = ("seperempat terbaik", 0.54, 0.47, 0.64, 437, 0.03)
FREED = ("kendala diselesaikan", 0.51, 0.46, 0.58, 283, 0.004)
EARLY = ("target antara", 0.455, 0.40, 0.50, 231, 0.0)


def steps(*rows: tuple) -> pd.DataFrame:
    names = ["skenario", "capaian", "bawah_80", "atas_80", "tambahan_orang", "peluang_target"]
    return pd.DataFrame(rows, columns=names, dtype=object).assign(tanggal=pd.Timestamp("2020-03-27"))


def shown(langkah: pd.DataFrame, kampanye: Any = KAMPANYE) -> Tabel:
    found = tables_projection.scenarios(langkah, kampanye).isi[0]
    assert isinstance(found, Tabel)
    return found


def test_a_row_an_assumption_and_the_earlier_target_in_words_below():
    block = tables_projection.scenarios(steps(NOW, BEST, FREED, EARLY), KAMPANYE)
    table = shown(steps(NOW, BEST, FREED, EARLY))
    assert [column.judul for column in table.kolom] == [
        "Bila ...",
        "Capaian 31 Maret",
        "Selang 80%",
        "ASN tambahan",
        "Peluang 80%",
    ]
    assert table.baris == [
        ["Berjalan seperti sekarang", "46%", "41–53%", "", "di bawah 1%"],
        ["Semua OPD secepat seperempat OPD sejenis yang tercepat", "54%", "47–64%", "+440", "di bawah 5%"],
        ["Kendala yang menjadi urusan BPS selesai minggu ini", "51%", "46–58%", "+280", "di bawah 1%"],
    ]
    # Its day is another: in a column "Capaian 31 Maret" it would contradict the row above it.
    assert "Target antara 27 Maret" in block.text() and "Target antara" not in table.text()
    assert "Dirkmaat" in block.text()


def test_the_note_says_what_the_figures_are_not():
    note = shown(steps(NOW, BEST)).keterangan
    assert "bukan akibat yang terukur" in note and "tidak untuk dijumlahkan" in note
    assert note.endswith("Sumber: kiriman OPD.")


@pytest.mark.parametrize(
    "freed",
    [
        ("kendala diselesaikan", 0.456, 0.41, 0.53, 0, 0.002),  # unknown or none: not "+0"
        ("kendala diselesaikan", 0.457, 0.41, 0.53, 4, 0.002),  # under sel_kecil
        ("kendala diselesaikan", pd.NA, pd.NA, pd.NA, pd.NA, pd.NA),
    ],
)
def test_a_kendala_that_frees_nobody_worth_telling_has_no_row(freed: tuple) -> None:
    table = shown(steps(NOW, BEST, freed))
    assert [row[0].split()[0] for row in table.baris] == ["Berjalan", "Semua"]
    assert "+0" not in table.text()


def test_from_sel_kecil_on_a_kendala_is_told():
    table = shown(steps(NOW, ("kendala diselesaikan", 0.46, 0.41, 0.53, 5, 0.002)))
    assert table.baris[1][3] == "+5"


def test_a_gain_of_one_person_is_told_of_the_best_quarter():
    assert shown(steps(NOW, ("seperempat terbaik", 0.46, 0.41, 0.53, 1, 0.002))).baris[1][3] == "+1"


@pytest.mark.parametrize(
    "langkah",
    [
        steps(NOW),
        steps(NOW, EARLY),
        steps((*NOW[:5], 0.99), BEST),
        steps(("seperti sekarang", pd.NA, pd.NA, pd.NA, pd.NA, pd.NA), BEST),
    ],
)
def test_nothing_to_compare_is_no_table(langkah: pd.DataFrame) -> None:
    assert tables_projection.scenarios(langkah, KAMPANYE) == Rangkaian([])


def test_after_the_deadline_there_is_no_table():
    late = SimpleNamespace(**vars(KAMPANYE) | {"tanggal_data": date(2020, 3, 31)})
    assert tables_projection.scenarios(steps(NOW, BEST, FREED, EARLY), late) == Rangkaian([])


def test_certain_draws_are_not_told_as_certain():
    table = shown(steps((*NOW[:5], 0.0), ("seperempat terbaik", 1.0, 1.0, 1.0, 90, 1.0)))
    assert [row[4] for row in table.baris] == ["di bawah 1%", "di atas 99%"]
    assert table.baris[1][2] == "100%"


def test_the_real_data_have_no_row_for_kendala_that_nobody_knows(inggris):
    kampanye = inggris.kampanye
    proyeksi = projection.for_campaign(inggris.harian, inggris.posisi, kampanye)
    block = tables_projection.scenarios(
        skenario.for_campaign(proyeksi, inggris.posisi, inggris.terhalang, kampanye), kampanye
    )
    said = block.text()
    assert "Pegawai tambahan" in said and "organisasi sejenis" in said
    assert "BPS" not in said and "OPD" not in said and "ASN" not in said


def test_the_sample_agrees_with_its_projection(ukur):
    proyeksi = projection.for_campaign(ukur.harian, ukur.posisi, ukur.kampanye)
    langkah = skenario.for_campaign(proyeksi, ukur.posisi, ukur.terhalang, ukur.kampanye)
    city = projection.row(projection.table(proyeksi))
    assert shown(langkah, ukur.kampanye).baris[0][1] == f"{100 * city['median']:.0f}%"
    assert len(shown(langkah, ukur.kampanye).baris) == 3
