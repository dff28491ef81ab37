"""Typical phrases and first days: what many wrote comes out, what could name anybody does not."""

import pandas as pd
import pytest

from helpers import campaign, store
from helpers.store import told

WORDS = frozenset(
    [
        "nik",
        "tidak",
        "terdaftar",
        "server",
        "down",
        "hubungi",
        "pak",
        "sari",
        "lupa",
        "data",
        "bocor",
        "di",
        "rumah",
        "adik",
        "ipar",
        "kode",
    ]
)
NAMES = ["Siti Aminah", "Sari", "Yo Li", "Di Nik", "Drs. Ipar Benu, M.Si."]


def said(text, people=5, offices=1, kode="K01"):
    """The same text of `people` people, in so many offices."""
    rows = [{"kode": kode, "opd": f"O{at % offices}", "orang": at, "uraian": text} for at in range(people)]
    return pd.DataFrame(rows).astype({"orang": "Int64"})


def phrases(*frames, limit=5):
    known = pd.concat(frames, ignore_index=True)
    known["orang"] = pd.Series(range(len(known)), dtype="Int64").where(known["orang"].notna())
    return told.typical(known, NAMES, WORDS, limit).to_dict()


def test_a_phrase_takes_five_people_or_three_offices():
    assert phrases(said("nik tidak terdaftar", 5)) == {"K01": ["nik tidak terdaftar"]}
    assert phrases(said("nik tidak terdaftar", 4)) == {}
    assert phrases(said("nik tidak terdaftar", 3, offices=3)) == {"K01": ["nik tidak terdaftar"]}
    assert phrases(said("nik tidak terdaftar", 2, offices=2)) == {}


def test_an_office_that_writes_for_many_is_one_office():
    office = said("server down", 5).assign(orang=pd.array([pd.NA] * 5, "Int64"))
    assert phrases(office) == {}
    assert phrases(pd.concat([office.assign(opd=f"O{at}") for at in range(3)])) == {"K01": ["server down"]}


def test_spelling_case_and_spaces_are_one_phrase_and_two_a_kendala_are_enough():
    mixed = [said(text, 2) for text in ("NIK  tidak terdaftar", " nik tidak\tterdaftar. ", "Nik tidak terdaftar!")]
    assert phrases(*mixed) == {"K01": ["nik tidak terdaftar"]}
    many = [said("lupa", 9), said("server down", 3), said("nik", 8), said("data bocor", 7)]
    assert phrases(*many) == {"K01": ["lupa", "nik"]}


@pytest.mark.parametrize(
    "text",
    [
        "Siti Aminah nik tidak terdaftar",  # a name of the rosters
        "hubungi pak Markus",  # a name of nobody on the rosters
        "sari lupa",  # a name that is an ordinary word as well
        "hubungi yo li",  # a whole name of short parts
        "lupa di nik",  # a whole name of short, ordinary words
        "adik ipar lupa",  # a part of a name with titles
        "S\u200biti lupa",
        "Ｓｉｔｉ lupa",
        "s i t i lupa",
        "hubungi siti@kupang.go.id",
        "#let x = read(nik)",
        "<script>alert(1)</script> server down",
        "=HYPERLINK(server down)",
        "nik " * 40,
        "…",
        "12",
    ],
)
def test_what_could_name_somebody_or_is_no_phrase_is_left_out(text):
    assert phrases(said(text, 50, offices=10)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "nik {} tidak terdaftar",
        "nik tidak terdaftar: {}",
        "{} nik tidak terdaftar",
    ],
)
def test_numbers_of_persons_are_masked_before_phrases_are_counted(text):
    numbers = ["5371012345678901", "5371 0123 4567 8902", "5371-0123-4567-8903", "0812 3456 7890", "(0380) 833-123"]
    found = phrases(*[said(text.format(number), 1) for number in numbers])
    assert [*found] == ["K01"] and "…" in found["K01"][0]
    assert not any(sign.isdigit() for sign in found["K01"][0])


def test_markup_is_gone_and_short_codes_stay():
    assert phrases(said("*server* _down_ `kode` $104$ <di> #data", 5)) == {"K01": ["server down kode 104 di data"]}
    assert phrases(said("@server [down]", 5)) == {"K01": ["server down"]}


@pytest.fixture(scope="module")
def sample(contoh_store):
    data = store.read(contoh_store)
    return contoh_store, data, told.kendala(contoh_store, data).set_index("kode")


def test_sample_tells_since_when_and_in_which_words(sample):
    kampanye, data, table = sample
    assert str(table.loc["K14", "sejak"].date()) == "2020-03-03"
    assert table["sejak"].le(pd.Timestamp(data.tanggal_data)).all()
    assert table.loc["K15", "ungkapan"] == ["belum sempat sibuk kerja", "lupa"]
    assert table["ungkapan"].map(len).le(2).all() and "K13" not in table.index
    assert set(told.vocabulary(kampanye)) >= {"sinyal", "dukcapil", "sdh"}


def test_phrases_of_the_sample_hold_no_name_of_anybody(sample):
    kampanye, data, table = sample
    people = pd.concat([store.read_people(kampanye, opd, data) for opd in kampanye.units["kode"]])
    parts = {part.casefold() for name in people["nama"] for part in name.split() if len(part) >= 4}
    words = {word for texts in table["ungkapan"] for text in texts for word in text.split()}
    assert len(parts) > 500 and not words & parts


def test_history_ends_with_the_data_date(contoh_store):
    early = contoh_store.model_copy(update={"tanggal_data": pd.Timestamp("2020-03-03").date()})
    table = told.kendala(early, store.read(early)).set_index("kode")
    assert table["sejak"].dt.date.eq(early.tanggal_data).all() and "K07" not in table.index


def test_nothing_told_is_an_empty_table(tmp_path):
    from datetime import UTC, datetime
    from pathlib import Path

    from helpers.intake.receive import receive

    root = Path(__file__).parents[2]
    kampanye = campaign.load(root / "params" / "csps2021.yaml", simpan=str(tmp_path / "simpan"))
    receive([root / kampanye.masuk], kampanye, datetime(2021, 11, 20, tzinfo=UTC))
    table = told.kendala(kampanye, store.read(kampanye))
    assert table.empty and [*table] == ["kode", "sejak", "ungkapan"]
