"""roster.py: what a form starts from, and that no filled form is lost."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from helpers.campaign import CampaignError
from helpers.intake import roster
from helpers.intake.form import STAMP
from helpers.intake.proofs import Proofs
from helpers.intake.receive import examine, receive

TODAY = date(2020, 3, 17)
NOW = datetime(2020, 3, 17, 12, tzinfo=UTC)


def nominatif(path):
    return CalamineWorkbook.from_path(path).get_sheet_by_name("Nominatif").to_python(skip_empty_area=False)


@pytest.fixture
def stored(kampanye, tulis_nominatif, orang, tmp_path):
    """A store with two submissions of DINKES (the older one came last) and one of DISHUB."""
    people = [
        orang(1, tindak_lanjut="didampingi", bukti_sidik="a" * 64),
        orang(2, status="Gagal", tanggal_isi=None, bukti="Belum", kode_kendala="K04", uraian="server down"),
        orang(3, status="Belum", tanggal_isi=None, bukti=None, unit=None),
    ]
    files = [
        tulis_nominatif(tmp_path / "DINKES_2.xlsx", people),
        tulis_nominatif(tmp_path / "DINKES_1.xlsx", [orang(1)], tanggal=date(2020, 3, 3)),
        tulis_nominatif(tmp_path / "DISHUB.xlsx", [orang(9)], opd="DISHUB"),
    ]
    assert all(s.hasil == "diterima" for s in receive(files, kampanye, NOW))
    return kampanye


def test_without_a_store_every_form_starts_empty(kampanye):
    assert roster.newest(kampanye, ["DINKES", "DISHUB"]) == {"DINKES": roster.Start(), "DISHUB": roster.Start()}


def test_form_holds_what_the_newest_submission_said_and_nobody_else(stored, tmp_path):
    start = roster.newest(stored, ["DINKES"])["DINKES"]
    roster.put_form(tmp_path / "a.xlsx", stored, "DINKES", start)
    cells = nominatif(tmp_path / "a.xlsx")
    assert cells[3][2] == ""  # the office states the date anew
    assert [line[1:3] for line in cells[6:]] == [[f"19850317201001100{at}", f"Nama {at}"] for at in (1, 2, 3)]
    assert cells[6][3:] == ["Sekretariat", "PNS", "Berhasil", date(2020, 3, 2), "Ada", "", "", "didampingi", "a" * 64]
    assert cells[7][3:] == ["Sekretariat", "PNS", "Gagal", "", "Belum", "K04", "server down", "", ""]
    assert cells[8][3:] == ["", "PNS", "Belum", "", "", "", "", "", ""]
    assert len(cells) == 9


def test_a_later_submission_than_the_data_date_is_newer_still(stored, tulis_nominatif, orang, tmp_path):
    later = tulis_nominatif(tmp_path / "DINKES_3.xlsx", [orang(7)], tanggal=date(2020, 3, 20))
    receive([later], stored, datetime(2020, 3, 20, 12, tzinfo=UTC))
    assert roster.newest(stored, ["DINKES"])["DINKES"].people["nama"].tolist() == ["Nama 7"]


def test_prefilled_form_comes_back_through_intake_as_it_was(stored, tmp_path):
    start = roster.newest(stored, ["DINKES"])["DINKES"]
    dated = roster.Start(start.tables, TODAY)
    roster.put_form(tmp_path / "a.xlsx", stored, "DINKES", dated)
    again = roster.of_form(examine(tmp_path / "a.xlsx", stored, TODAY))
    pd.testing.assert_frame_equal(again.people, start.people, check_dtype=False)
    assert again.as_of == TODAY


def test_sample_people_are_stamped_others_and_blank_forms_are_not(contoh_store, stored, tmp_path):
    starts = roster.newest(contoh_store, ["DINKES", "BPBD", "PRKP"])
    assert [starts[opd].contoh for opd in starts] == [True, False, False]
    assert [starts[opd].people.empty for opd in starts] == [False, True, True]  # counts only; silent
    assert not roster.newest(stored, ["DINKES"])["DINKES"].contoh
    roster.put_form(tmp_path / "a.xlsx", contoh_store, "DINKES", starts["DINKES"])
    assert nominatif(tmp_path / "a.xlsx")[1][0] == STAMP


def test_a_filled_form_is_put_aside_an_untouched_one_is_not(kampanye, tmp_path):
    path = tmp_path / "f" / "DINKES_formulir.xlsx"
    assert roster.put_form(path, kampanye, "DINKES", roster.Start()) is None
    first = path.read_bytes()
    assert roster.put_form(path, kampanye, "DINKES", roster.Start()) is None
    for at in (1, 2):
        path.write_bytes(b"terisi %d" % at)
        aside = roster.put_form(path, kampanye, "DINKES", roster.Start())
        assert aside.name == f"DINKES_formulir_lama-{at}.xlsx" and aside.read_bytes() == b"terisi %d" % at
        assert path.read_bytes() == first
    assert len(list(path.parent.iterdir())) == 3  # nothing half-made is left


def test_unknown_office_leaves_nothing_behind(kampanye, tmp_path):
    with pytest.raises(CampaignError, match="TIDAKADA"):
        roster.put_form(tmp_path / "a.xlsx", kampanye, "TIDAKADA", roster.Start())
    assert list(tmp_path.iterdir()) == []


# Proofs


def test_proofs_mark_those_found_and_nobody_else(stored, tmp_path):
    start = roster.newest(stored, ["DINKES"])["DINKES"]
    marked = roster.with_proofs(start, Proofs(ada={"198503172010011003": "b" * 64}))
    assert marked.people["bukti"].tolist() == [True, False, True]
    assert marked.people["bukti_sidik"].fillna("").tolist() == ["a" * 64, "", "b" * 64]
    assert marked.people["status"].tolist() == ["Berhasil", "Gagal", "Belum"]  # never changed
    pd.testing.assert_frame_equal(marked.people[["nip", "nama"]], start.people[["nip", "nama"]])


def test_a_given_form_keeps_all_its_sheets(kota, tulis_formulir, orang, tmp_path):
    sheets = {
        "Nominatif": [orang(1), orang(2)],
        "Rekap": [
            {"tanggal_data": date(2020, 3, 3), "jumlah_asn": 2, "berhasil": 1, "gagal": 0, "belum": 1},
            {"tanggal_data": TODAY, "jumlah_asn": 2, "berhasil": 2, "gagal": 0, "belum": 0},
        ],
        "Kendala": [{"tanggal": TODAY, "kode": "K04", "uraian": "server", "jumlah_asn": 3, "pic": "BPS"}],
        "Sosialisasi": [{"tanggal": TODAY, "kanal": "apel pagi", "jumlah_peserta": 40, "keterangan": "ajakan"}],
    }
    given = examine(tulis_formulir(tmp_path / "a.xlsx", sheets), kota, TODAY)
    roster.put_form(tmp_path / "b.xlsx", kota, "DINKES", roster.of_form(given))
    again = examine(tmp_path / "b.xlsx", kota, TODAY)
    assert list(again.temuan) == list(given.temuan) == []

    def kept(submission):
        return {
            name: [row | {"baris": 0} for row in rows if row.get("tanggal_data") != TODAY or name != "rekap"]
            for name, rows in submission.tables.items()
        }

    assert kept(again) == kept(given)


def for_proofs(kampanye, folder, opd=None, form=None):
    return roster.for_proofs(kampanye, folder, opd, form, NOW)


def test_office_comes_from_the_option_or_the_name_of_the_folder(stored, tmp_path):
    for name in ("DINKES", "Bukti DINKES 17 Maret", "dinkes", "Dinas Kesehatan"):
        (tmp_path / name).mkdir(exist_ok=True)
        assert for_proofs(stored, tmp_path / name)[0] == "DINKES", name
    assert for_proofs(stored, tmp_path, "DISHUB")[0] == "DISHUB"


def test_what_is_not_known_is_one_sentence(stored, tulis_nominatif, tulis_formulir, orang, tmp_path):
    dishub = tulis_nominatif(tmp_path / "DISHUB_a.xlsx", [orang(9)], opd="DISHUB")
    broken = tulis_nominatif(tmp_path / "rusak.xlsx", [orang(1, nip="12")])
    counts = tulis_formulir(tmp_path / "rekap.xlsx", {"Rekap": [{"tanggal_data": TODAY, "jumlah_asn": 2}]})
    for name in ("DINKES", "lain", "BPBD"):
        (tmp_path / name).mkdir()
    for folder, opd, form, sentence in (
        ("lain", None, None, "tambahkan --opd"),
        ("lain", "XYZ", None, "tidak ada di register"),
        ("BPBD", None, None, "belum ada di simpanan"),
        ("DINKES", None, dishub, "milik DISHUB, bukan DINKES"),
        ("lain", None, broken, "sel B7: NIP tidak sah"),
        ("lain", None, counts, "tidak memuat daftar nama"),
        ("lain", None, tmp_path / "tiada.xlsx", "tidak dapat dibuka"),
    ):
        with pytest.raises(CampaignError, match=sentence):
            for_proofs(stored, tmp_path / folder, opd, form)
    assert for_proofs(stored, tmp_path / "lain", None, dishub)[0] == "DISHUB"
