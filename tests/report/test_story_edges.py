"""Every sentence of every report at the edges: nobody, one, all, unknown, exactly, too late; and at random."""

from datetime import date
from typing import Any

import grammar
import pytest
import telling
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from toy import NYEPI, counts, follow_up, person

from helpers.measures import comparison, obstacles, pace
from helpers.report import figures, figures_compare, figures_gap
from helpers.report.blocks import Rangkaian

EVE, DEADLINE = date(2020, 3, 30), date(2020, 3, 31)
SATURDAY = date(2020, 3, 28)


def sent(*offices: Any, day: date = telling.DAY) -> list[dict[str, Any]]:
    """Rows of rekap for offices A, B, ... from (jumlah, berhasil, gagal, belum, bukti); None: silent or unknown."""
    rows = []
    for code, values in zip(telling.CODES, offices, strict=False):
        if values is not None:
            names = ["jumlah_asn", "berhasil", "gagal", "belum", "bukti"]
            rows.append(counts(code) | dict(zip(names, values, strict=False)) | {"tanggal_data": day})
    return rows


def listed(
    opd: str, done: int = 0, failed: int = 0, rest: int = 0, code: Any = None, since: Any = None
) -> list[dict[str, Any]]:
    """People of a nominatif."""
    many = {"berhasil": done, "gagal": failed, "belum": rest}
    return [
        person(
            opd,
            status,
            unit=f"Bidang {at % 3}",
            kode_kendala=None if status == "berhasil" else code,
            tanggal_isi=since if status == "berhasil" else None,
            bukti=status == "berhasil" and at % 2 == 0,
            kelamin=["Laki-laki", "Perempuan"][at % 2],
            tahun_lahir=1960 + at % 40,
        )
        for status, size in many.items()
        for at in range(size)
    ]


FULL = (100, 30, 10, 60, 20)
DONE = {"rekap": sent((100, 100, 0, 0, 100), (40, 40, 0, 0, 40), (20, 20, 0, 0, 20))}
# name: (store now, campaign, store of the report before)
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any] | None]] = {
    "nobody reported": ({"rekap": sent((100,), (40,), (20,))}, {}, None),
    "nothing is known": ({}, {}, None),
    "a silent office without people": ({"rekap": sent((0,))}, {"units": 1}, None),
    "nobody reported, no day left": ({"rekap": sent((100,), (40,))}, {"day": DEADLINE}, None),
    "one office": ({"rekap": sent(FULL)}, {"units": 1}, None),
    "one silent office": ({"rekap": sent((1,))}, {"units": 1}, None),
    "one person, not yet": ({"rekap": sent((1, 0, 0, 1, 0))}, {"units": 1}, None),
    "one person, done": ({"rekap": sent((1, 1, 0, 0, 1))}, {"units": 1}, None),
    "nobody berhasil": ({"rekap": sent((100, 0, 0, 100, 0), (40, 0, 5, 35, 0), (20, 0, 20, 0, 0))}, {}, None),
    "one berhasil of many": ({"rekap": sent((5000, 1, 1, 4998, 0), (40, 0, 0, 40, 0))}, {"units": 2}, None),
    "one gagal": ({"rekap": sent((10, 5, 1, 4, 5), (10, 5, 0, 5, 5))}, {"units": 2}, None),
    "one belum": ({"rekap": sent((10, 9, 0, 1, 9), (10, 9, 0, 1, 0))}, {"units": 2}, None),
    "one short": ({"rekap": sent((100, 79, 0, 21, 79))}, {"units": 1}, None),
    "one short, last day": ({"rekap": sent((100, 79, 0, 21, 79), day=EVE), "day": EVE}, {"units": 1, "day": EVE}, None),
    "all berhasil": (DONE, {}, None),
    "all berhasil, from a list": ({"people": listed("A", 30, since=telling.LAST)}, {"units": 1}, None),
    "exactly on target": ({"rekap": sent((100, 80, 5, 15, 80))}, {"units": 1}, None),
    "one above target": ({"rekap": sent((100, 81, 5, 14, 80))}, {"units": 1}, None),
    "far above target": ({"rekap": sent((100, 99, 0, 1, 80), (40, 30, 0, 10, 9))}, {"units": 2, "target": 0.25}, None),
    "target of everybody": ({"rekap": sent((100, 100, 0, 0, 1), (40, 39, 1, 0, 9))}, {"units": 2, "target": 1.0}, None),
    "counts only": ({"rekap": sent((100, 30), (40, 20), (20, 5))}, {}, None),
    "gagal known, belum not": ({"rekap": sent((100, 30, 10), (40, 20, 5))}, {"units": 2}, None),
    "belum known, gagal not": ({"rekap": sent((100, 30, None, 10), (40, 20, None, 5))}, {"units": 2}, None),
    "headcount unknown": ({"rekap": sent(FULL, None, (20, 16, 0, 4, 0))}, {}, None),
    "headcount unknown, the others reached": ({"rekap": sent((100, 90, 0, 10, 90), None)}, {"units": 2}, None),
    "headcount 0": ({"rekap": sent((0, 0, 0, 0, 0))}, {"units": 1}, None),
    "headcount 0 beside another": ({"rekap": sent((0, 0, 0, 0, 0), FULL)}, {"units": 2}, None),
    "all of kinds that do not count": ({"people": [p | {"jenis_asn": "PTT"} for p in listed("A", 4, 3, 2)]}, {"units": 1}, None),
    "equal offices": ({"rekap": sent(*[FULL] * 5)}, {"units": 5}, None),
    "one office holds all": ({"rekap": sent(FULL, (40, 40, 0, 0, 40))}, {"units": 2}, None),
    "mostly silent": ({"rekap": sent((10, 5, 1, 4, 5), (400,), (300,))}, {}, None),
    "one day left": ({"rekap": sent(FULL, (40, 20), day=EVE), "day": EVE}, {"units": 2, "day": EVE}, None),
    "no day left": ({"rekap": sent(FULL, (40, 20), day=DEADLINE), "day": DEADLINE}, {"units": 2, "day": DEADLINE}, None),
    "no day left, old counts": ({"rekap": sent(FULL, (40, 20)), "day": DEADLINE}, {"units": 2, "day": DEADLINE}, None),
    "no day left, reached": ({**DONE, "day": DEADLINE}, {"day": DEADLINE}, None),
    "no working day left": (
        {"rekap": sent(FULL, (40, 20), day=SATURDAY), "day": SATURDAY},
        {"units": 2, "day": SATURDAY, "selesai": date(2020, 3, 29)},
        None,
    ),
    "a holiday left": (
        {"rekap": sent(FULL, day=date(2020, 3, 24)), "day": date(2020, 3, 24)},
        {"units": 1, "day": date(2020, 3, 24), "selesai": NYEPI},
        None,
    ),
    "first day": ({"rekap": sent(FULL, day=date(2020, 2, 15)), "day": date(2020, 2, 15)}, {"units": 1, "day": date(2020, 2, 15)}, None),
    "a list by day": ({"people": listed("A", 40, 5, 60, "K14", date(2020, 3, 16)) + listed("B", 3, 1, 8, "K01", date(2020, 3, 2))}, {"units": 2}, None),
    "a list of a few": ({"people": listed("A", 1, 1, 1, "K01", date(2020, 3, 16))}, {"units": 1}, None),
    "kendala of counts": (
        {"rekap": sent((100, 30, 30, 40, 20)), "kendala": [{"opd": "A", "kode": "K01", "jumlah_asn": 29}]},
        {"units": 1},
        None,
    ),
    "eleven kendala": (
        {
            "rekap": sent((900, 30, 400, 470, 20)),
            "kendala": [{"opd": "A", "kode": f"K{n:02d}", "jumlah_asn": 20 + n} for n in range(1, 17)],
        },
        {"units": 1},
        None,
    ),
    "no activity": ({"rekap": sent(FULL, (40, 20)), "sheets": "AB"}, {"units": 2}, None),
    "one activity": (
        {
            "rekap": sent(FULL, (40, 20)),
            "sheets": "A",
            "sosialisasi": [{"opd": "A", "tanggal": telling.LAST, "kanal": "rapat", "jumlah_peserta": 1}],
        },
        {"units": 2},
        None,
    ),
    "no change": ({"rekap": sent(FULL)}, {"units": 1}, {"rekap": sent(FULL, day=telling.LAST)}),
    "one more": ({"rekap": sent((100, 31, 9, 60))}, {"units": 1}, {"rekap": sent(FULL, day=telling.LAST)}),
    "fewer": ({"rekap": sent((100, 20, 20, 60))}, {"units": 1}, {"rekap": sent(FULL, day=telling.LAST)}),
    "a change that prints as 0,0": (
        {"rekap": sent((5000, 301), (5000, 300))}, {"units": 2}, {"rekap": sent((5000, 300), (5000, 300), day=telling.LAST)}
    ),
    "one more and one less": (
        {"rekap": sent((100, 31), (100, 29))}, {"units": 2}, {"rekap": sent((100, 30), (100, 30), day=telling.LAST)}
    ),
    "headcount fell": ({"rekap": sent((90, 30))}, {"units": 1}, {"rekap": sent((100, 30), day=telling.LAST)}),
    "an office reported only now": ({"rekap": sent(FULL, (40, 1))}, {"units": 2}, {"rekap": sent(FULL, (40,), day=telling.LAST)}),
    "the headcount was unknown": ({"rekap": sent(FULL, (40,))}, {"units": 2}, {"rekap": sent(FULL, day=telling.LAST)}),
    "an office's results are void": ({"rekap": sent(FULL, (40,))}, {"units": 2}, {"rekap": sent(FULL, (40, 1), day=telling.LAST)}),
    "nobody counted then or now": ({"rekap": sent((0, 0))}, {"units": 1}, {"rekap": sent((0, 0), day=telling.LAST)}),
    "follow-ups of a meeting": (
        {"rekap": sent((100, 30, 30, 40, 20)), "kendala": [{"opd": "A", "kode": "K01", "jumlah_asn": 29}],
         "tindak": [follow_up(1, "K01", orang=31, status="Proses", tindak_lanjut="Meja bantu dibuka", tenggat=telling.LAST),
                    follow_up(2, "CATAT", orang=9, status="Selesai"), follow_up(3, "K07", orang=6, pic="ASN"),
                    follow_up(4, None, status="Belum"), follow_up(5, "LAPOR", orang=0, status="Selesai", tenggat=telling.DAY)]},
        {"units": 1}, {"rekap": sent(FULL, day=telling.LAST)},
    ),
    "a single follow-up, done": (
        {**DONE, "tindak": [follow_up(1, "K01", orang=5, status="Selesai")]}, {}, None
    ),
    "a follow-up of no kendala, late": (
        {"rekap": sent((100, 30)), "tindak": [follow_up(1, None, status="Belum", tenggat=telling.LAST)]}, {"units": 1}, None
    ),
    "no further stage": (
        {"rekap": sent((100, 30, 50, 20, 20)), "kendala": [{"opd": "A", "kode": "K02", "jumlah_asn": 29}]},
        {"units": 1, "lanjutan": ""}, None,
    ),
    "the pace needed is the pace there is": (
        {"rekap": [*sent((100, 36), day=telling.LAST), *sent((100, 56))]}, {"units": 1}, {"rekap": sent((100, 36), day=telling.LAST)}
    ),
}  # fmt: skip
WORDS = [{}, {"orang": "pegawai", "unit": "organisasi"}]


def told(now: dict[str, Any], where: dict[str, Any], before: dict[str, Any] | None = None) -> list[Any]:
    """All blocks of the city's and of every office's report."""
    kampanye = telling.place(**where)
    data = telling.store(**now)
    lalu = None if before is None else telling.store(**before, day=telling.LAST)
    known = telling.measured(data, kampanye)
    blocks = list(telling.city(known, lalu))
    for opd in kampanye.units["kode"]:
        blocks += telling.office(known, opd)
    return blocks


@pytest.mark.parametrize("words", WORDS, ids=["ASN", "pegawai"])
@pytest.mark.parametrize("case", CASES)
def test_every_sentence_at_the_edges(case: str, words: dict[str, str]) -> None:
    now, where, before = CASES[case]
    wrong = [fault for block in told(now, where | words, before) for fault in grammar.check(block)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("case", ["all berhasil", "headcount 0", "nothing is known", "nobody reported"])
def test_charts_of_nothing_are_left_out(case: str) -> None:
    now, where, _ = CASES[case]
    known = telling.measured(telling.store(**now), telling.place(**where))
    parts = obstacles.decomposition(known.terhalang, known.posisi, known.kampanye.obstacles, 5)
    kurva = pace.curve(known.harian, known.posisi)
    shown = [
        figures_gap.waterfall(parts, known.kota, known.kampanye),
        figures.progress(kurva, known.kota, known.kampanye, known.sisa),
        figures.place_among(known.ukuran, "A", known.kota, known.kampanye),
        figures.pace_bars(known.harian, known.ukuran.iloc[0], known.kampanye),
        figures_compare.funnel(known.ukuran, comparison.funnel(known.ukuran), known.kampanye),
    ]
    assert not [fault for block in shown for fault in grammar.check(block)]
    assert (shown[0] == Rangkaian([])) is (case != "nobody reported")


@st.composite
def positions(draw: st.DrawFn) -> tuple[Any, ...] | None:
    """An office's counts as intake accepts them: the parts never exceed the headcount; or nothing, or a headcount."""
    kind = draw(st.sampled_from(["silent", "headcount", "counts", "gagal only", "split"]))
    if kind == "silent":
        return None
    people = draw(st.sampled_from([0, 1, 2, 9, 100, 5402]) | st.integers(0, 3000))
    if kind == "headcount":
        return (people,)
    done = draw(st.integers(0, people) | st.sampled_from([0, people]))
    failed = draw(st.integers(0, people - done)) if kind != "counts" else None
    rest = draw(st.integers(0, people - done - failed)) if kind == "split" and failed is not None else None
    return people, done, failed, rest, draw(st.none() | st.integers(0, done))


@settings(max_examples=30, phases=[Phase.explicit, Phase.generate])  # an example costs a projection
@given(
    st.lists(positions(), min_size=1, max_size=3),
    st.none() | st.lists(positions(), min_size=1, max_size=3),
    st.sampled_from([telling.DAY, SATURDAY, EVE, DEADLINE]),
    st.sampled_from([0.8, 0.725, 0.01, 1.0]),
    st.sampled_from(WORDS),
)
def test_every_sentence_of_any_campaign(now: Any, before: Any, day: date, target: float, words: dict[str, str]) -> None:
    rekap = sent(*now, day=day)
    lalu = None
    if before is not None:
        lalu = {"rekap": sent(*before[: len(now)], day=telling.LAST)}
        rekap += lalu["rekap"]
    where = {"units": len(now), "day": day, "target": target} | words
    wrong = [fault for block in told({"rekap": rekap, "day": day}, where, lalu) for fault in grammar.check(block)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))
