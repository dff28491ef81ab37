"""Sentences: right at the edges (0, 1, all, unknown, reached, past the deadline)."""

from types import SimpleNamespace

import pandas as pd
import pytest

from helpers import wording
from helpers.measures import coverage, rates
from helpers.report import story, story_detail, story_log, story_office

UNTIL_NOW = pd.DataFrame({"opd": []})
UNPROJECTED = pd.Series({"median": pd.NA, "peluang_target": pd.NA})


def office(jumlah=100, berhasil=30, gagal=10, belum=60, bukti=20, lapor=True, target=0.8):
    row = pd.DataFrame(
        {
            "opd": ["A"],
            "nama": ["Dinas A"],
            "jenis": ["dinas"],
            "jumlah_asn": [jumlah],
            "berhasil": [berhasil],
            "gagal": [gagal],
            "belum": [belum],
            "bukti": [bukti],
            "tidak_dirinci": [0 if gagal is not None and lapor else None],
            "lapor": [lapor],
            "tanggal_data": [pd.Timestamp("2020-03-17")],
        }
    ).astype(dict.fromkeys([*rates.COUNTS, "tidak_dirinci"], "Int64"))
    return row, rates.total(row, target)


def test_city_headline_states_the_finding(ukur):
    text = story.city_headline(ukur.kota, ukur.kampanye, ukur.sisa, ukur.ramalan_kota).teks
    ahead = wording.percent(ukur.ramalan_kota["median"], 0)
    assert text == (
        f"Baru 30,0% ASN berhasil mengisi SP Online; tanpa langkah tambahan sekitar {ahead} pada 31 Maret, target 80%"
    )
    without = story.city_headline(ukur.kota, ukur.kampanye, ukur.sisa, UNPROJECTED).teks
    assert without.endswith("; 2.701 ASN lagi diperlukan untuk target 80% pada 31 Maret")


@pytest.mark.parametrize(
    ("berhasil", "hari", "expected"),
    [
        (80, 14, "Target 80% tercapai: 80,0% ASN berhasil"),
        (100, 14, "Target 80% tercapai: 100,0% ASN berhasil"),
        (0, 14, "Belum ada ASN yang berhasil mengisi SP Online; 80 ASN lagi"),
        (79, 14, "1 ASN lagi diperlukan"),
        (30, 0, "batas waktu 31 Maret lewat dan target 80% tidak tercapai"),
    ],
)
def test_city_headline_at_the_edges(kampanye, berhasil, hari, expected):
    _, kota = office(berhasil=berhasil, gagal=0, belum=100 - berhasil, bukti=0)
    kota["data_terbaru"] = pd.Timestamp(kampanye.selesai)
    sisa = pd.Series({"hari": hari, "hari_kerja": hari})
    assert expected in story.city_headline(kota, kampanye, sisa, UNPROJECTED).teks


def test_numbers_say_people_pace_and_what_the_pace_is_counted_in(ukur):
    text = story.numbers(ukur.kota, ukur.laju_kota, ukur.ramalan_kota, ukur.kampanye, ukur.sisa).text()
    assert "30,0%" in text and "2.701" in text
    assert "66 → 301" in text and "per hari kalender 47 → 193" in text  # 300 would not reach it
    assert "proyeksi 31 Maret (selang 80%: " in text and "peluang mencapai 80% di bawah 1%" in text
    assert "236 di OPD yang belum lapor" in text


def test_unknown_split_is_said_never_zero(kampanye):
    row, kota = office(gagal=None, belum=None, bukti=None)
    row["tidak_dirinci"] = 70
    text = story.numbers(rates.total(row, 0.8), {"laju": float("nan"), "laju_kerja": float("nan")}, UNPROJECTED,
                         kampanye, pd.Series({"hari": 14, "hari_kerja": 9})).text()  # fmt: skip
    assert "gagal atau belum tidak diketahui" in text
    assert "0 gagal" not in text and "0 belum" not in text
    assert "laju sekarang belum diketahui" in text and "nan" not in text
    assert kota["gagal"] is pd.NA or pd.isna(kota["gagal"])


@pytest.mark.parametrize(
    ("laju", "expected"),
    [
        (float("nan"), "Dibutuhkan 5 ASN per hari kerja; laju sekarang belum diketahui"),
        (0.0, "Tidak ada tambahan dalam sekitar tujuh hari terakhir; dibutuhkan 5 ASN per hari kerja"),
        (5.0, "Laju sekarang cukup bila dipertahankan"),
        (2.5, "Laju per hari kerja harus menjadi 2,0 kali laju sekarang (2,5 → 5,0 ASN)"),
    ],
)
def test_pace_finding_covers_unknown_zero_enough_and_more(kampanye, laju, expected):
    _, kota = office()  # 50 to go
    sisa = pd.Series({"hari": 14, "hari_kerja": 10})
    text = story.pace_finding(kota, {"laju": laju, "laju_kerja": laju}, sisa, kampanye, UNPROJECTED).judul
    assert text.replace("5,0 ASN per", "5 ASN per").startswith(expected)


@pytest.mark.parametrize(
    ("laju", "expected", "awas"),
    [
        (30.4, "Laju per hari kerja harus naik sedikit (30 → 31 ASN) agar target tercapai", True),  # 30,33 are needed
        (30.6, "Laju sekarang cukup bila dipertahankan sampai 31 Maret", False),
    ],
)
def test_a_pace_is_enough_where_the_printed_figures_say_so(kampanye, laju, expected, awas):
    _, kota = office(jumlah=1000, berhasil=527, gagal=0, belum=473)  # 273 to go in 9 days
    sisa, now = pd.Series({"hari": 14, "hari_kerja": 9}), {"laju": laju, "laju_kerja": laju}
    assert story.pace_finding(kota, now, sisa, kampanye, UNPROJECTED).judul == expected
    assert story.numbers(kota, now, UNPROJECTED, kampanye, sisa).butir[2].awas is awas


def test_after_the_deadline_no_pace_is_asked_for(kampanye):
    _, kota = office()
    sisa, now = pd.Series({"hari": 0, "hari_kerja": 0}), {"laju": 1.0, "laju_kerja": 1.4}
    assert story.pace_finding(kota, now, sisa, kampanye, UNPROJECTED).judul == "Batas waktu 31 Maret sudah lewat"
    weekend = pd.Series({"hari": 1, "hari_kerja": 0})
    said = story.pace_finding(kota, now, weekend, kampanye, UNPROJECTED).judul
    assert said == "Tidak ada lagi hari kerja sampai batas waktu"


def test_a_single_berhasil_is_told_in_people_where_its_share_prints_as_nothing(kampanye):
    _, kota = office(jumlah=5000, berhasil=1, gagal=0, belum=4999, bukti=0)
    said = story.city_headline(kota, kampanye, pd.Series({"hari": 14, "hari_kerja": 9}), UNPROJECTED).teks
    assert said.startswith("Baru 1 dari 5.000 ASN berhasil mengisi SP Online; ")


def test_less_than_a_person_a_day_is_said_in_people_and_days(kampanye):
    _, kota = office(jumlah=10, berhasil=2, gagal=1, belum=7, bukti=1)
    sisa = pd.Series({"hari": 14, "hari_kerja": 9})
    laju = {"laju": 0.2, "laju_kerja": 0.3}
    assert (
        "dibutuhkan 6 ASN lagi dalam 9 hari kerja" in story.pace_finding(kota, laju, sisa, kampanye, UNPROJECTED).judul
    )
    assert "dibutuhkan 6 dalam 9 hari kerja" in story.numbers(kota, laju, UNPROJECTED, kampanye, sisa).text()


def test_headline_and_pace_use_the_same_days(ukur):
    """What the finding multiplies, the big number prints: both per working day."""
    finding = story.pace_finding(ukur.kota, ukur.laju_kota, ukur.sisa, ukur.kampanye, UNPROJECTED).judul
    numbers = story.numbers(ukur.kota, ukur.laju_kota, UNPROJECTED, ukur.kampanye, ukur.sisa).text()
    assert "4,6 kali laju sekarang (66 → 301 ASN)" in finding and "66 → 301" in numbers


def test_old_data_are_not_sold_as_today_s(kampanye):
    row, kota = office()
    after = kampanye.model_copy(update={"tanggal_data": kampanye.selesai})
    sisa = pd.Series({"hari": 0, "hari_kerja": 0})
    headline = story.city_headline(kota, after, sisa, UNPROJECTED).teks
    assert "menurut kiriman terbaru, 17 Maret; keadaan 31 Maret belum dilaporkan" in headline
    assert "tidak tercapai" not in headline
    laju = pd.Series({"unit": 0, "asn": 0})
    text = story.basis(kota, laju, sisa, after, coverage.stale(row, after.tanggal_data)).text()
    assert (
        "Satu dari satu OPD yang melapor belum memperbarui data sampai 31 Maret; kiriman terbaru bertanggal 17 Maret"
        in text
    )


def silent(kota, **more):
    """The same city with 5.000 of 5.402 people in 49 offices that did not report."""
    kota = kota.copy()
    kota["unit_lapor"], kota["asn_belum_lapor"], kota["berhasil"], kota["capaian"] = 3, 5000, 44, 44 / 5402
    return pd.Series(dict(kota) | more, dtype=object)


def test_a_city_that_is_mostly_silent_has_no_rate_in_its_headline(ukur):
    said = story.city_headline(silent(ukur.kota), ukur.kampanye, ukur.sisa, ukur.ramalan_kota).teks
    assert said == "Baru 3 dari 52 OPD melapor; 44 ASN diketahui berhasil mengisi SP Online"
    old = silent(ukur.kota, data_terbaru=pd.Timestamp("2020-03-10"))
    late = story.city_headline(old, ukur.kampanye, ukur.sisa, ukur.ramalan_kota).teks
    assert late == f"{said} menurut kiriman terbaru, 10 Maret"
    half = silent(ukur.kota, asn_belum_lapor=2701)
    assert "%" in story.city_headline(half, ukur.kampanye, ukur.sisa, ukur.ramalan_kota).teks
    passed = pd.Series({"hari": 0, "hari_kerja": 0})
    assert "tidak tercapai" not in story.city_headline(silent(ukur.kota), ukur.kampanye, passed, UNPROJECTED).teks


def test_no_office_stands_beside_a_city_that_is_mostly_silent(ukur):
    row = rates.one(ukur.ukuran, "DINKES")
    said = story_office.headline(row, silent(ukur.kota), ukur.kampanye, ukur.sisa).teks
    assert "Kota Kupang" not in said and said.startswith(f"Capaian {wording.percent(row['capaian'])}; ")
    basis = story_office.basis(row, silent(ukur.kota), ukur.sisa, ukur.kampanye).text()
    assert "5.000 di antaranya di OPD yang belum lapor sehingga keadaannya belum diketahui." in basis


@pytest.mark.parametrize(("newest", "named"), [("2020-03-14", False), ("2020-03-13", True), ("2020-03-01", True)])
def test_a_headline_names_the_day_of_old_counts(ukur, newest, named):
    kota = pd.Series(dict(ukur.kota) | {"data_terbaru": pd.Timestamp(newest)}, dtype=object)
    for ramalan in (ukur.ramalan_kota, UNPROJECTED):
        text = story.city_headline(kota, ukur.kampanye, ukur.sisa, ramalan).teks
        assert (
            f"mengisi SP Online menurut kiriman terbaru, {wording.day_month(pd.Timestamp(newest))}; " in text
        ) is named
    reached = pd.Series(dict(kota) | {"kekurangan": 0}, dtype=object)
    assert ("menurut kiriman" in story.city_headline(reached, ukur.kampanye, ukur.sisa, UNPROJECTED).teks) is named


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ("2020-03-09", "hitungan terbaru, 9 Maret, sudah lebih dari tujuh hari sebelum 17 Maret."),
        (
            "2020-03-10",
            "belum ada OPD dengan dua hitungan bertanggal yang berjarak 7 sampai 14 hari, yang terbaru paling lama tujuh hari "
            "sebelum 17 Maret.",
        ),
    ],
)
def test_an_unknown_pace_has_its_reason(ukur, newest, expected):
    kota = pd.Series(dict(ukur.kota) | {"data_terbaru": pd.Timestamp(newest)}, dtype=object)
    text = story.basis(kota, pd.Series({"unit": 0, "asn": 0}), ukur.sisa, ukur.kampanye, UNTIL_NOW).text()
    assert f"Laju sekarang tidak diketahui: {expected}" in text


def test_a_target_reached_exactly_is_no_surplus_of_nobody(kampanye):
    _, kota = office(berhasil=80, gagal=5, belum=15)
    sisa = pd.Series({"hari": 14, "hari_kerja": 9})
    laju = {"laju": 1.0, "laju_kerja": 1.4}
    text = story.numbers(kota, laju, UNPROJECTED, kampanye, sisa).text()
    assert "ASN berhasil: tepat pada target 80%" in text and "di atas target" not in text
    _, more = office(berhasil=81, gagal=5, belum=14)
    assert "ASN di atas target" in story.numbers(more, laju, UNPROJECTED, kampanye, sisa).text()


@pytest.mark.parametrize(("share", "shown"), [(0.3, True), (0.19, False), (0.65, False)])
def test_comparison_is_printed_only_where_it_speaks_of_the_case(ukur, share, shown):
    kota = ukur.kota.copy()
    kota["capaian"] = share
    text = story.basis(kota, ukur.laju_kota, ukur.sisa, ukur.kampanye, UNTIL_NOW).text()
    assert ("19 kantor" in text) is shown


@pytest.mark.parametrize(
    ("target", "short", "shown"),
    [(0.8, 9, True), (0.75, 9, True), (0.85, 9, True), (0.7, 9, False), (0.9, 9, False), (0.8, 0, False)],
)
def test_the_comparison_speaks_of_80_percent_only(ukur, target, short, shown):
    kampanye = ukur.kampanye.model_copy(update={"target": target})
    kota = pd.Series(dict(ukur.kota) | {"kekurangan": short}, dtype=object)
    assert ("19 kantor" in story.basis(kota, ukur.laju_kota, ukur.sisa, kampanye, UNTIL_NOW).text()) is shown


def test_before_anybody_reported_nothing_is_said_of_results(kampanye):
    _, kota = office(berhasil=None, gagal=None, belum=None, bukti=None, lapor=False)
    sisa = pd.Series({"hari": 14, "hari_kerja": 9})
    laju = {"laju": float("nan"), "laju_kerja": float("nan"), "unit": 0, "asn": 0}
    said = [
        story.city_headline(kota, kampanye, sisa, UNPROJECTED),
        story.numbers(kota, laju, UNPROJECTED, kampanye, sisa),
        story.pace_finding(kota, laju, sisa, kampanye, UNPROJECTED),
        story.basis(kota, laju, sisa, kampanye, UNTIL_NOW),
        story_detail.diagnosis_headline(None, kota, kampanye),
    ]
    text = " ".join(block.text() for block in said)
    assert "Belum ada OPD yang melapor" in text and "–" not in text and "0,0%" not in text


def test_a_city_of_few_known_offices_says_so(kampanye):
    row, _ = office()
    kota = rates.total(pd.concat([row, row.assign(opd="B", jumlah_asn=pd.NA, berhasil=pd.NA, lapor=False)]), 0.8)
    text = story.city_headline(kota, kampanye, pd.Series({"hari": 14, "hari_kerja": 9}), UNPROJECTED).teks
    assert "di 1 dari 2 OPD yang jumlahnya diketahui" in text


def test_diagnosis_names_who_is_left(ukur):
    text = story_detail.diagnosis_headline(ukur.penguraian, ukur.kota, ukur.kampanye).teks
    assert text == (
        "Bila semua yang gagal berhasil, capaian naik 9,3 poin persentase; 3.044 ASN belum mengisi dan 236 ada di OPD "
        "yang belum lapor"
    )


def test_unknown_outreach_is_not_none(ukur):
    text = story_detail.instructions(ukur.pelaporan, ukur.bukti, ukur.penerangan, ukur.kampanye).text()
    assert "pada 6 OPD tidak diketahui (kiriman tanpa lembar Sosialisasi)" in text
    own = story_office.checklist(rates.one(ukur.ukuran, "DISKOMINFO"), ukur.penerangan, ukur.kampanye)
    assert own[0][2] == "Tidak diketahui: kiriman tanpa lembar Sosialisasi"


def test_campaign_without_instructions_says_nothing_of_them(ukur):
    other = ukur.kampanye.model_copy(update={"instruksi": False})
    assert story_detail.instructions(ukur.pelaporan, ukur.bukti, ukur.penerangan, other).text() == ""
    assert story_office.instructions_heading(other).text() == ""


def test_basis_names_denominator_silence_and_days(ukur):
    text = story.basis(ukur.kota, ukur.laju_kota, ukur.sisa, ukur.kampanye, UNTIL_NOW).text()
    assert "5.402 ASN di 52 OPD" in text
    assert "236 ASN di 4 OPD yang belum lapor" in text
    assert "14 hari kalender, 9 di antaranya hari kerja" in text
    assert "tidak satu pun dari 19 kantor" in text
    assert "dari 5.402 ASN di 48 OPD" not in text


def test_silent_office_is_not_zero_percent(ukur):
    row = rates.one(ukur.ukuran, "PRKP")
    headline = story_office.headline(row, ukur.kota, ukur.kampanye, ukur.sisa).teks
    assert headline == "Dinas Perumahan Rakyat dan Kawasan Permukiman belum melapor; keadaan 52 ASN belum diketahui"
    numbers = story_office.numbers(row, UNPROJECTED, ukur.kampanye, ukur.sisa).text()
    assert "0%" not in numbers and "0,0" not in numbers
    assert story_office.pace_finding(row, ukur.sisa, ukur.kampanye, UNPROJECTED).text() == ""


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.5, "di atas capaian Kota Kupang"),
        (0.1, "di bawah capaian Kota Kupang"),
        (0.30007, "sama dengan capaian Kota Kupang"),
    ],
)
def test_office_headline_compares_as_printed(ukur, share, expected):
    row = rates.one(ukur.ukuran, "DINKES").copy()
    row["capaian"] = share
    assert expected in story_office.headline(row, ukur.kota, ukur.kampanye, ukur.sisa).teks


def test_checklist_says_what_is_not_known(ukur):
    silent = story_office.checklist(rates.one(ukur.ukuran, "PRKP"), ukur.penerangan, ukur.kampanye)
    assert [row[2] for row in silent] == ["Belum dilaporkan", "Tidak diketahui", "Belum melapor"]
    assert len(story_office.checklist(rates.one(ukur.ukuran, "DINKES"), ukur.penerangan, ukur.kampanye)) == 3


def test_log_reconciles_everyone_not_berhasil(ukur):
    text = story_log.reconciliation(ukur.penguraian, ukur.kota, ukur.kampanye).text()
    numbers = [int(word.replace(".", "")) for word in text.replace("=", " ").split() if word.replace(".", "").isdigit()]
    assert numbers[0] == 5402 - 1621 == sum(numbers[1:])


def test_no_obstacles_is_said(kampanye, ukur):
    none = SimpleNamespace(log=ukur.kendala.head(0), keadaan=pd.DataFrame({"terbuka": pd.Series(dtype=bool)}))
    _, none.kota = office()
    said = story_log.headline(none, [], kampanye).teks
    assert said == "Kendala tidak diketahui: data tidak memuat kendala"
    assert story.obstacle_finding(ukur.kendala.head(0), none.kota, kampanye).judul == said
    assert story_log.follow_up_headline([], none).text() == ""
    _, none.kota = office(berhasil=100, gagal=0, belum=0)
    said = story_log.headline(none, [], kampanye).teks
    assert said == "Tidak ada kendala tersisa: semua ASN sudah berhasil"
    assert story.obstacle_finding(ukur.kendala.head(0), none.kota, kampanye).judul == said


def test_footer_names_date_version_reporting_and_moment(ukur):
    document = story.document(ukur.kampanye, ukur.data, ukur.posisi, "Laporan", opd="DINKES")
    assert document.kaki.startswith("Data sampai 17 Maret 2020 · 48 dari 52 OPD melapor · versi data 2")
    assert document.kaki.endswith("17 Maret 2020 pukul 20.00 WITA")
    assert document.contoh is True and "opd:DINKES" in document.kunci


def test_stamp_follows_the_data(ukur):
    real = SimpleNamespace(**{**vars(ukur.data), "contoh": False})
    assert story.document(ukur.kampanye, real, ukur.posisi, "Laporan").contoh is False
