"""Rekap of residents: which place a row means, what is refused, what is only said; a file that is of no office."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake import form_residents
from helpers.intake.findings_residents import RESIDENTS
from helpers.intake.outcome import outcomes
from helpers.intake.receive import receive
from helpers.intake.workbook import Sheet
from helpers.store import delta

HEAD = ["Kode", "Kecamatan", "Kelurahan", "Jumlah KK", "Target KK", "KK Merespons", "KK Clean", "Tanggal Data"]
DAY = "17/03/2020"
NOW = datetime(2020, 3, 17, 12, tzinfo=UTC)


def line(kecamatan="", kelurahan="", jumlah=100, target=27, merespons=20, clean=10, kode="", tanggal=DAY):
    return [kode, kecamatan, kelurahan, jumlah, target, merespons, clean, tanggal]


def found(submission):
    return {finding.kode for finding in submission.temuan}


def codes(submission):
    return [row["kode"] for row in submission.tables.get("warga", [])]


@pytest.mark.parametrize(
    ("kecamatan", "kelurahan", "kode"),
    [
        ("Oebobo", "Oebobo", "53.71.04.1001"),
        ("Oebobo", "", "53.71.04"),
        ("", "OEBOBO", "53.71.04.1001"),
        ("", "Kel. Oebobo", "53.71.04.1001"),
        ("", "Kec. Oebobo", "53.71.04"),
        ("Kec. Alak", "kelurahan  alak", "53.71.01.1008"),
        ("", "Kota Raja", "53.71.05"),  # no kelurahan of that name
        ("", "Naikoten II", "53.71.05.1005"),
        ("", "Manulai 2", "53.71.01.1010"),
        ("", "TDM", "53.71.04.1014"),
        ("", "LLBK", "53.71.06.1002"),
        ("", "Nun Baun Sabu", "53.71.01.1002"),
        ("Alak", "Jumlah", "53.71.01"),
        ("", "Jumlah Kec. Maulafa", "53.71.02"),
    ],
)
def test_a_place_in_many_spellings(baca, kecamatan, kelurahan, kode):
    submission = baca([HEAD, line(kecamatan, kelurahan)])
    assert codes(submission) == [kode]
    assert submission.hasil == "diterima"


@pytest.mark.parametrize("kode", ["53.71.04.1001", "5371041001", 5371041001, 5371041001.0])
def test_a_code_is_enough(baca, kode):
    assert codes(baca([HEAD, line(kode=kode)])) == ["53.71.04.1001"]


def test_every_name_that_two_levels_share_is_in_doubt_where_the_column_does_not_say(baca):
    head = ["Kecamatan/Kelurahan", "Jumlah KK", "KK Merespons", "Tanggal Data"]
    for name in ("Alak", "Maulafa", "Kelapa Lima", "Oebobo"):
        submission = baca([head, [name, 100, 20, DAY]])
        assert found(submission) == {"wilayah_ragu"}
        assert f"Kec. {name} atau Kel. {name}" in next(iter(submission.temuan)).pesan
        assert baca([head, [f"Kel. {name}", 100, 20, DAY], [f"Kec. {name}", 100, 20, DAY]]).hasil == "diterima"
    assert codes(baca([head, ["Liliba", 100, 20, DAY]])) == ["53.71.04.1010"]


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (line("Alak", "Penfuii"), "wilayah_asing"),
        (line("Alak", "Penfui"), "kecamatan_beda"),  # is in Maulafa
        (line("Alaq", "Namosain"), "wilayah_asing"),
        (line("Alak", "Namosain", merespons=20, clean=21), "melebihi"),
        (line("Alak", "Namosain", jumlah=100, merespons=101), "melebihi"),
        (line("Alak", "Namosain", merespons="22,5%"), "persen_kk"),
        (line("Alak", "Namosain", merespons=0.225), "persen_kk"),
        (line("Alak", "Namosain", clean="13,95"), "persen_kk"),
        (line("Alak", "Namosain", clean="banyak"), "angka_kk"),
        (line("Alak", "Namosain", merespons=-3), "angka_kk"),
        (line("Alak", "Namosain", tanggal="18/03/2020"), "masa_depan"),
        (line("Alak", "Namosain", tanggal="01/02/2020"), "sebelum_mulai"),
        (line("Alak", "Namosain", tanggal=""), "tanpa_tanggal"),
        (line("Alak", "Namosain", kode="53.71.01.1002"), "kode_wilayah_beda"),
        (line(kode="5371010001"), "kode_wilayah_asing"),
        (line(), "wilayah_kosong"),
    ],
)
def test_what_is_refused_names_sheet_cell_and_remedy(baca, row, finding):
    submission = baca([HEAD, row])
    assert submission.hasil == "ditolak"
    hit = next(f for f in submission.temuan if f.kode == finding)
    assert (hit.lembar, hit.sel[-1]) == ("S1", "2")
    assert hit.tingkat == "tolak"


def test_near_names_are_offered_never_taken(baca):
    (only,) = baca([HEAD, line("", "Penfuii")]).temuan
    assert "Penfui" in only.pesan.removeprefix("'Penfuii'")


def test_a_code_of_bps_beside_a_name_is_a_warning(baca):
    submission = baca([HEAD, line("Alak", "Namosain", kode="5371010001")])
    assert (submission.hasil, found(submission)) == ("diterima", {"kode_wilayah_lain"})
    assert codes(submission) == ["53.71.01.1001"]


def test_twice_is_refused_however_it_is_spelt(baca):
    submission = baca([HEAD, line("Alak", "Alak"), line("", "Kel. ALAK")])
    assert found(submission) == {"wilayah_ganda"}
    earlier = baca([HEAD, line("Alak", "Alak"), line("Alak", "Alak", tanggal="10/03/2020")])
    assert earlier.hasil == "diterima"


def test_a_kecamatan_that_is_not_its_kelurahan_is_a_warning(baca):
    rows = [line("Alak", "Alak", merespons=30), line("Alak", "Naioni"), line("Alak", "", 200, 54, 51, 20)]
    submission = baca([HEAD, *rows])
    (only,) = submission.temuan
    assert (only.kode, only.tingkat, only.sel) == ("jumlah_kecamatan_beda", "peringatan", "F4")
    assert "50" in only.pesan
    assert submission.families("merespons") == 50
    rows[2][5] = 50
    assert not baca([HEAD, *rows]).temuan.items


def test_a_total_is_no_place_and_is_checked(baca):
    rows = [line("Alak", "Alak"), line("Maulafa", "Bello")]
    assert codes(baca([HEAD, *rows, line("Jumlah", "", 200, 54, 40, 20)])) == ["53.71.01.1008", "53.71.02.1005"]
    assert not baca([HEAD, *rows, line("Jumlah", "", 200, 54, 40, 20)]).temuan.items
    assert found(baca([HEAD, *rows, line("Jumlah", "", 200, 54, 41, 20)])) == {"total_kk_beda"}


def test_what_is_unknown_stays_unknown(baca):
    submission = baca([HEAD, line("Alak", "Alak", "", "", 20, ""), line("Alak", "Naioni", 90, 20, "", "")])
    assert submission.hasil == "diterima"
    (row,) = submission.tables["warga"]
    assert (row["jumlah_kk"], row["target_kk"], row["merespons"], row["clean"]) == (None, None, 20, None)
    assert found(submission) == {"penyebut_kosong", "tanpa_angka_kk"}


def test_columns_of_numbers_of_persons_are_never_stored(baca):
    head = [*HEAD, "NIK", "No KK"]
    submission = baca([head, [*line("Alak", "Alak"), "5371041234567890", "5371049876543210"]])
    assert "kolom_rahasia" in found(submission)
    assert not any("53710" in str(value) for row in submission.tables["warga"] for value in row.values())


def test_the_day_may_stand_above_or_in_the_name(baca):
    head, row = HEAD[:-1], line("Alak", "Alak")[:-1]
    assert baca([["Tanggal Data", "10/03/2020"], [], head, row]).tanggal_data == date(2020, 3, 10)
    assert baca([head, row], name="warga_2020-03-11.xlsx").tanggal_data == date(2020, 3, 11)
    assert found(baca([head, row])) == {"tanpa_tanggal"}
    sent = baca([head, row, ["Alak", "Penkase Oeleta", *row[2:]]])
    undated = [str(f) for f in sent.temuan if f.kode == "tanpa_tanggal"]
    assert len(undated) == 1 and undated[0].startswith("lembar S1 baris 2: ")  # one date is missing, not two


def test_an_office_may_send_families_beside_its_people(baca):
    counts = [["Kode OPD", "KEC-ALAK"], ["Tanggal Data", "17/03/2020"], ["Jumlah ASN", "Berhasil"], [100, 30]]
    submission = baca(counts, [HEAD, line("Alak", "Alak")])
    assert (submission.hasil, submission.opd, submission.jumlah) == ("diterima", ["KEC-ALAK"], 100)
    assert submission.wilayah == (1, 1)


def test_a_campaign_without_a_register_says_so(baca, kota, monkeypatch):
    monkeypatch.setattr("helpers.intake.residents.places", lambda villages: pytest.fail("no register"))
    monkeypatch.setitem(kota.__dict__, "villages", kota.villages.iloc[:0])
    assert found(baca([HEAD, line("Alak", "Alak")])) == {"warga_tanpa_daftar"}


def test_the_form_comes_back_as_it_was_filled(kampanye, tmp_path):
    counts = kampanye.villages[["kode_kel"]].assign(jumlah_kk=100, target_kk=27, merespons=range(51), clean=0)
    path = form_residents.write(tmp_path / "warga.xlsx", kampanye, counts, date(2020, 3, 17))
    (submission,) = receive([path], kampanye, NOW)
    assert (submission.hasil, submission.wilayah, submission.opd) == ("diterima", (51, 6), [])
    (told,) = outcomes(submission)
    assert (told["opd"], told["kelurahan"], told["kecamatan"], told["merespons"]) == (None, 51, 6, sum(range(51)))
    (again,) = receive([path], kampanye, NOW)
    assert again.lama
    assert len(delta.load(kampanye.path(kampanye.simpan), "warga")) == 51


def test_a_blank_form_is_no_data(kampanye, tmp_path):
    (submission,) = receive([form_residents.write(tmp_path / "f.xlsx", kampanye)], kampanye, NOW)
    assert submission.hasil == "ditolak"


cells = st.one_of(st.text(max_size=12), st.integers(-5, 10**12), st.floats(allow_nan=False), st.dates(), st.none())
names = st.sampled_from(["Alak", "Kel. Alak", "Kec. Oebobo", "Jumlah", "Oepura", "-", "", "Kota Kupang", "x" * 40])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(names, names, cells, cells, cells, cells), max_size=6))
def test_whatever_is_sent_accepted_rows_meet_the_rules(baca, rows):
    """Any cells: no crash; what is accepted has known places, each once a day, and counts within each other."""
    lines = [["" if c is None else c for c in ("", kec, kel, a, b, c, d, DAY)] for kec, kel, a, b, c, d in rows]
    submission = baca([HEAD, *lines])
    if submission.hasil == "ditolak":
        return
    kept = submission.tables["warga"]
    assert len({(row["kode"], row["tanggal_data"]) for row in kept}) == len(kept)
    for row in kept:
        assert row["merespons"] is not None or row["clean"] is not None
        known = [row[name] for name in ("clean", "merespons", "jumlah_kk") if row[name] is not None]
        assert known == sorted(known)
        assert all(value >= 0 for value in known)


def test_a_hidden_sheet_of_families_is_read_where_nothing_else_is(baca):
    hidden = replace(Sheet("S", [HEAD, line("Alak", "Alak")]), hidden=True)
    assert codes(baca(hidden)) == ["53.71.01.1008"]


def test_every_code_has_a_case():
    told = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in RESIDENTS if f'"{code}"' not in told] == []
