"""The projection in sentences: words that follow the number, no certainty, nothing said that nobody knows."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.measures import draws, pace, projection, skenario
from helpers.report import story, story_office, story_projection
from helpers.report.blocks import Rangkaian

SP = SimpleNamespace(
    orang="ASN",
    unit="OPD",
    target=0.8,
    singkatan="SP Online",
    tanggal_data=date(2020, 3, 17),
    selesai=date(2020, 3, 31),
    sel_kecil=5,
    sumber="kiriman OPD",
    wilayah="Kota Kupang",
)
CSPS = SimpleNamespace(
    **vars(SP)
    | {"orang": "pegawai", "unit": "organisasi", "target": 0.725, "singkatan": "CSPS 2021", "wilayah": "Inggris Raya"}
)
SISA = pd.Series({"hari": 14, "hari_kerja": 9})
PASSED = pd.Series({"hari": 0, "hari_kerja": 0})
WORDS = [
    "sangat kecil",
    "kecil",
    "kurang dari separuh",
    "sekitar separuh",
    "lebih dari separuh",
    "besar",
    "sangat besar",
]
NUMBERS = ["di bawah 1", "di bawah 5", *(f"sekitar {n}" for n in range(5, 100, 5)), "di atas 95", "di atas 99"]
GRID = [at / 1000 for at in range(1001)]


def row(median: Any = 0.46, people: int = 5402, peluang: Any = 0.002, dasar: str = "harian", **more: Any) -> pd.Series:
    """A row of projection.table; a single number unless bounds are given."""
    known = {"opd": "A", "jumlah_asn": people, "median": median, "peluang_target": peluang, "dasar": dasar}
    known |= {"bawah_80": median, "atas_80": median}
    known["median_orang"] = pd.NA if pd.isna(median) else round(median * people)
    return pd.Series(known | more, dtype=object)


UNKNOWN = row(pd.NA, peluang=pd.NA, dasar="tidak ada data")


def steps(*rows: tuple, now: float = 0.002) -> pd.DataFrame:
    """Rows of skenario.for_campaign: (skenario, capaian, tambahan, peluang)."""
    listed = [("seperti sekarang", 0.46, 0, now), *rows]
    table = pd.DataFrame(listed, columns=["skenario", "capaian", "tambahan_orang", "peluang_target"], dtype=object)
    table["bawah_80"] = table["atas_80"] = table["capaian"]
    return table.assign(tanggal=pd.Timestamp("2020-03-27"))


BEST = ("seperempat terbaik", 0.54, 437, 0.01)
FREED = ("kendala diselesaikan", 0.51, 283, 0.004)
EARLY = ("target antara", 0.455, 231, 0.0)


# Chance


def test_chance_climbs_through_all_words_and_numbers_in_order():
    said = [story_projection.chance(share) for share in GRID]
    words = list(dict.fromkeys(text.split(" (")[0] for text in said))
    numbers = list(dict.fromkeys(story_projection.chance_number(share) for share in GRID))
    assert words == WORDS
    assert numbers == NUMBERS


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_chance_is_never_told_as_smaller(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert NUMBERS.index(story_projection.chance_number(low)) <= NUMBERS.index(story_projection.chance_number(high))
    word = [WORDS.index(story_projection.chance(share).split(" (")[0]) for share in (low, high)]
    assert word[0] <= word[1]


def test_the_same_number_never_has_two_words():
    said = {}
    for share in GRID:
        word, value = story_projection.chance(share).removesuffix(" persen)").split(" (")
        assert said.setdefault(value, word) == word


@given(st.floats(0, 1))
def test_no_chance_is_certain(share: float) -> None:
    text = story_projection.chance(share)
    assert re.search(r"\((di bawah|di atas|sekitar) \d+ persen\)$", text)
    assert " 0 persen" not in text and "100" not in text


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0, "sangat kecil (di bawah 1 persen)"),  # a share of draws: none reached it, which is not "never"
        (0.0099, "sangat kecil (di bawah 1 persen)"),
        (0.01, "sangat kecil (di bawah 5 persen)"),
        (0.05, "kecil (sekitar 5 persen)"),
        (0.35, "kurang dari separuh (sekitar 35 persen)"),
        (0.5, "sekitar separuh (sekitar 50 persen)"),
        (0.65, "lebih dari separuh (sekitar 65 persen)"),
        (0.95, "besar (sekitar 95 persen)"),
        (0.96, "sangat besar (di atas 95 persen)"),
        (1, "sangat besar (di atas 99 persen)"),
        (None, "tidak diketahui"),
        (pd.NA, "tidak diketahui"),
    ],
)
def test_chance_at_its_edges(share: Any, expected: str) -> None:
    assert story_projection.chance(share) == expected


def test_an_unknown_chance_has_no_number():
    assert story_projection.chance_number(pd.NA) == "–"


# Interval and people


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.39, 0.51, "39–51%"), (0.301, 0.304, "30%"), (0, 1, "0–100%"), (1, 1, "100%"), (0, 0, "0%"), (0.995, 1, "100%")],
)
def test_span(low: float, high: float, expected: str) -> None:
    assert story_projection.span(row(bawah_80=low, atas_80=high)) == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (0, "0"),
        (-0.2, "0"),
        (1, "1"),
        (99, "99"),
        (104, "100"),
        (437, "440"),
        (995, "1.000"),
        (1234, "1.200"),
        (21720, "22.000"),
    ],
)
def test_people_of_a_projection_have_two_digits(people: float, expected: str) -> None:
    assert story_projection.about(people) == expected


# Big number, headline, chance sentence


def test_the_big_number_of_a_city():
    block = story_projection.number_block(row(bawah_80=0.41, atas_80=0.53), SP, SISA)
    assert (block.nilai, block.awas) == ("46%", True)
    assert block.ket == "proyeksi 31 Maret (selang 80%: 41–53%); peluang mencapai 80% di bawah 1%"


def test_the_big_number_of_a_few_names_people():
    block = story_projection.number_block(row(8 / 15, 15, 0.6, bawah_80=0.4, atas_80=0.8), CSPS, SISA)
    assert (block.nilai, block.awas) == ("53%", False)
    assert block.ket.startswith("proyeksi 31 Maret = 8 pegawai (selang 80%: 40–80%)")
    assert block.ket.endswith("peluang mencapai 72,5% sekitar 60%")


def test_one_person_is_told_without_a_plural():
    assert "= 1 ASN (selang 80%: 100%)" in story_projection.number_block(row(1.0, 1, 1.0), SP, SISA).ket


@pytest.mark.parametrize(("ramalan", "sisa"), [(UNKNOWN, SISA), (row(), PASSED), (UNKNOWN, PASSED)])
def test_without_a_projection_or_a_day_nothing_is_said(ramalan: pd.Series, sisa: pd.Series) -> None:
    assert story_projection.number_block(ramalan, SP, sisa) is None
    assert story_projection.ending(ramalan, SP, sisa) == ""
    assert story_projection.chance_sentence(ramalan, SP, sisa) == ""


def test_the_chance_sentence():
    assert story_projection.chance_sentence(row(), SP, SISA) == (
        "Peluang mencapai 80 persen pada 31 Maret sangat kecil (di bawah 1 persen) bila tidak ada langkah tambahan."
    )
    single = story_projection.chance_sentence(row(dasar="potret tunggal", peluang=0.35), CSPS, SISA)
    assert single == (
        "Peluang mencapai 72,5 persen pada 31 Maret kurang dari separuh (sekitar 35 persen) bila tidak ada langkah tambahan. "
        "Laju tidak terlihat dari data; proyeksi bersandar pada rata-rata sejak awal."
    )


def test_whoever_reached_the_target_is_not_told_a_chance():
    reached = pd.Series({"jumlah_asn": 100, "berhasil": 85, "kekurangan": 0, "surplus": 5, "capaian": 0.85} | LEFT)
    pace_row = pd.Series({"laju": 1.0, "laju_kerja": 1.4})
    for sisa in (SISA, PASSED):
        said = story.numbers(reached, pace_row, row(0.9, 100, 1.0), SP, sisa).text()
        said += story.pace_finding(reached, pace_row, sisa, SP, row(0.9, 100, 1.0)).text()
        assert "eluang" not in said and "royeksi" not in said


LEFT = {"gagal": 5, "belum": 10, "tidak_dirinci": 0, "target_orang": 80}


# What it rests on


def table(*kinds: str, city: Any = 0.46) -> pd.DataFrame:
    rows = [{"opd": str(at), "median": 0.5, "dasar": kind} for at, kind in enumerate(kinds)]
    return pd.DataFrame([*rows, {"opd": "KOTA", "median": city, "dasar": "harian"}])


def test_every_kind_is_named_with_its_number():
    kinds = ["harian"] * 46 + ["potret tunggal"] * 2 + ["kelompok"] * 3 + ["tidak ada data"]
    said = story_projection.rests_on(table(*kinds), 0.41, SP, SISA).text()
    assert said.startswith(
        "Proyeksi: 46 OPD memperlihatkan laju, 2 OPD tidak memperlihatkan laju (satu hitungan atau tanpa tanggal), 3 OPD belum "
        "lapor sehingga dianggap seperti OPD sejenis, dan 1 OPD tidak ikut karena jumlahnya tidak diketahui."
    )
    assert said.endswith("capaian pada 31 Maret menjadi 41 persen (hitungan linear, tanpa kenaikan).")


@pytest.mark.parametrize("kampanye", [SP, CSPS])
def test_where_the_rise_comes_from_is_true_of_any_campaign(kampanye: Any) -> None:
    # The British survey is one of the two that it was measured on: no word of local experience.
    said = story_projection.rests_on(table("harian"), 0.41, kampanye, SISA).text()
    assert f"Proyeksi: 1 {kampanye.unit} memperlihatkan laju." in said
    assert "dua survei pegawai negeri Inggris, 2020 dan 2021; pada kampanye lain dapat berbeda" in said
    assert "setempat" not in said


def test_an_unknown_pace_leaves_its_sentence_out():
    assert "linear" not in story_projection.rests_on(table("potret tunggal"), float("nan"), SP, SISA).text()


@pytest.mark.parametrize(("city", "sisa"), [(pd.NA, SISA), (0.46, PASSED)])
def test_without_a_projection_it_rests_on_nothing(city: Any, sisa: pd.Series) -> None:
    assert story_projection.rests_on(table("harian", city=city), 0.41, SP, sisa) == Rangkaian([])


# Scenarios


def finding(langkah: pd.DataFrame, kampanye: Any = SP) -> str:
    return story_projection.scenarios_finding(langkah, kampanye).text()


def test_a_step_that_is_not_enough_is_told_with_its_chance():
    assert finding(steps(BEST, FREED)) == (
        "Langkah tunggal terbesar menambah sekitar 440 ASN; peluang target 80% dari di bawah 1% menjadi di bawah 5%"
    )
    assert finding(steps(FREED)).endswith("menambah sekitar 280 ASN; peluang target 80% tetap di bawah 1%")


def test_a_step_that_is_enough_is_told():
    said = finding(steps(("seperempat terbaik", 0.82, 1900, 0.6)))
    assert said == "Ada langkah yang membuat target 80% lebih mungkin tercapai daripada tidak"
    likely = finding(steps(("seperempat terbaik", 0.82, 300, 0.85), now=0.6))
    assert likely.endswith("peluang target 80% dari sekitar 60% menjadi sekitar 85%")


@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (0.3, 0.503, "dari sekitar 30% menjadi sekitar separuh"),  # flips with the seed around one half
        (0.3, 0.497, "dari sekitar 30% menjadi sekitar separuh"),
        (0.002, 0.45, "dari di bawah 1% menjadi sekitar separuh"),
        (0.3, 0.57, "dari sekitar 30% menjadi sekitar separuh"),
        (0.3, 0.58, "lebih mungkin tercapai daripada tidak"),
        (0.5, 0.6, "lebih mungkin tercapai daripada tidak"),
        (0.45, 0.52, "dari sekitar 45% menjadi sekitar 50%"),
        (0.3, 0.4, "dari sekitar 30% menjadi sekitar 40%"),
    ],
)
def test_a_heading_claims_what_the_printed_chance_carries(now: float, then: float, expected: str) -> None:
    assert finding(steps(("seperempat terbaik", 0.8, 300, then), now=now)).endswith(expected)


@pytest.mark.parametrize(
    "langkah",
    [
        steps(),
        steps(EARLY),
        steps(("seperempat terbaik", 0.46, 0, 0.0)),
        steps(("kendala diselesaikan", 0.461, 4, 0.0)),  # four people could be singled out
        steps(("kendala diselesaikan", pd.NA, pd.NA, pd.NA)),
        steps(BEST, now=0.97),
        steps(BEST, FREED).assign(capaian=pd.NA),
    ],
)
def test_nothing_worth_telling_is_not_told(langkah: pd.DataFrame) -> None:
    assert story_projection.scenarios_finding(langkah, SP) == Rangkaian([])
    assert story_projection.told(langkah, SP).empty


@pytest.mark.parametrize("day", [date(2020, 3, 31), date(2020, 4, 20)])
def test_after_the_deadline_nothing_could_be_done_any_more(day: date) -> None:
    late = SimpleNamespace(**vars(SP) | {"tanggal_data": day})
    assert story_projection.told(steps(BEST, FREED, EARLY), late).empty
    assert story_projection.interim(steps(EARLY), late) == Rangkaian([])
    assert story_office.steps(steps(BEST), pd.Series({"lapor": True, "jumlah_asn": 9}), late) == Rangkaian([])


def test_an_earlier_target_is_a_sentence_of_its_own():
    said = story_projection.interim(steps(EARLY), CSPS).text()
    assert said.startswith(
        "Target antara 27 Maret, bila diumumkan sebagai ajakan tanpa sanksi: pada hari itu sekitar 46 persen"
    )
    assert "230 pegawai lebih banyak daripada tanpa target antara" in said
    assert said.endswith("Pengisian dimajukan; hasil 31 Maret dianggap tetap.")
    for nothing in (steps(BEST), steps(("target antara", 0.46, 0, 0)), steps(("target antara", pd.NA, pd.NA, pd.NA))):
        assert story_projection.interim(nothing, SP) == Rangkaian([])


# An office's own steps

REPORTED = pd.Series({"lapor": True, "jumlah_asn": 412})


def test_an_office_is_told_share_people_and_chance():
    said = story_office.steps(steps(BEST, FREED), REPORTED, SP).text()
    assert said == (
        "Capaian 31 Maret sekitar 54 persen (+440 ASN, peluang target di bawah 5 persen) bila mulai besok secepat seperempat "
        "OPD tercepat atau sekitar 51 persen (+280 ASN, peluang target di bawah 1 persen) bila kendala yang menjadi urusan BPS selesai "
        "minggu ini; hitungan bila anggapan itu terjadi sepenuhnya. Tercepat menurut laju, di antara OPD sejenis (semua OPD bila "
        "yang sejenis kurang dari empat)."
    )


def test_who_is_quickest_is_explained_only_where_it_is_said():
    assert "ercepat" not in story_office.steps(steps(FREED), REPORTED, SP).text()


@pytest.mark.parametrize(
    ("langkah", "office"),
    [
        (steps(), REPORTED),
        (steps(("kendala diselesaikan", 0.6, 2, 0.1)), REPORTED),
        (steps(BEST), pd.Series({"lapor": False, "jumlah_asn": 50})),
        (steps(BEST), pd.Series({"lapor": True, "jumlah_asn": 0})),
        (steps(BEST, now=0.99), REPORTED),
    ],
)
def test_an_office_without_a_step_is_told_none(langkah: pd.DataFrame, office: pd.Series) -> None:
    assert story_office.steps(langkah, office, SP) == Rangkaian([])


# Everything at once, of the sample and of the real data


def sentences(ukur: Any, opd: str | None, proyeksi: draws.Simulation) -> str:
    """All that a report says of its projection."""
    kampanye, row = ukur.kampanye, ukur.kota
    ramalan = projection.table(proyeksi)
    own = projection.row(ramalan, opd or "KOTA")
    langkah = skenario.for_campaign(proyeksi, ukur.posisi, ukur.terhalang, kampanye, opd)
    if opd:
        row = ukur.ukuran[ukur.ukuran["opd"].eq(opd)].iloc[0]
        said = [
            story_office.numbers(row, own, kampanye, ukur.sisa),
            story_office.pace_finding(row, ukur.sisa, kampanye, own),
            story_office.steps(langkah, row, kampanye),
        ]
    else:
        lurus = pace.at_constant_pace(row, ukur.laju_kota["laju_kerja"], ukur.sisa)
        said = [
            story.city_headline(row, kampanye, ukur.sisa, own),
            story.numbers(row, ukur.laju_kota, own, kampanye, ukur.sisa),
            story.pace_finding(row, ukur.laju_kota, ukur.sisa, kampanye, own),
            story_projection.rests_on(ramalan, lurus, kampanye, ukur.sisa),
            story_projection.scenarios_finding(langkah, kampanye),
            story_projection.interim(langkah, kampanye),
        ]
    return "\n".join(block.text() for block in said)


@pytest.mark.parametrize("source", ["ukur", "inggris"])
def test_every_sentence_about_every_office_is_well_formed(source: str, request: pytest.FixtureRequest) -> None:
    ukur = request.getfixturevalue(source)
    proyeksi = projection.for_campaign(ukur.harian, ukur.posisi, ukur.kampanye)
    for opd in [None, *ukur.posisi["opd"]]:
        said = sentences(ukur, opd, proyeksi)
        assert not re.search(r"nan|NA>|None|-0|−0(?!,)|\+-|\+0 |  | ,|\.\.|\d\.\d{1,2}(?!\d)", said), (opd, said)
        assert not re.search(r"\b(0|100) persen\)|peluang\D+\b(0|100)%", said), (opd, said)
        if ukur.kampanye.unit == "organisasi":
            assert "ASN" not in said and "OPD" not in said, (opd, said)
        for line in filter(None, said.splitlines()):
            assert line[0].isupper() or line[0].isdigit() or line[0] in "+–", (opd, line)


def test_headline_number_chart_and_table_say_the_same_percent(ukur):
    proyeksi = projection.for_campaign(ukur.harian, ukur.posisi, ukur.kampanye)
    said = sentences(ukur, None, proyeksi)
    share = re.search(r"tanpa langkah tambahan sekitar (\d+)%", said).group(1)
    assert f"\n{share}%: proyeksi 31 Maret" in said
    langkah = skenario.for_campaign(proyeksi, ukur.posisi, ukur.terhalang, ukur.kampanye)
    assert f"{100 * langkah['capaian'].iloc[0]:.0f}" == share


def test_a_campaign_of_one_office_can_be_told(ukur):
    one = SimpleNamespace(**vars(ukur))
    one.posisi = ukur.posisi[ukur.posisi["opd"].eq("DINKES")].reset_index(drop=True)
    harian = ukur.harian[ukur.harian["opd"].eq("DINKES")]
    proyeksi = projection.for_campaign(harian, one.posisi, ukur.kampanye)
    said = sentences(one, "DINKES", proyeksi)
    assert "Peluang mencapai 80 persen pada 31 Maret sangat kecil" in said
    assert "seperempat" not in said  # it is its own best quarter


def test_when_nobody_reported_nothing_is_projected(ukur):
    posisi = ukur.posisi.assign(lapor=False)
    proyeksi = projection.for_campaign(ukur.harian.head(0), posisi, ukur.kampanye)
    city = projection.row(projection.table(proyeksi))
    assert story_projection.number_block(city, ukur.kampanye, ukur.sisa) is None
    langkah = skenario.for_campaign(proyeksi, posisi, ukur.terhalang, ukur.kampanye)
    assert story_projection.scenarios_finding(langkah, ukur.kampanye) == Rangkaian([])
