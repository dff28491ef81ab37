"""receive.py: files into a real store: all or nothing, the same twice changes nothing, one bad file stops no other."""

import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from deltalake import DeltaTable
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import campaign, store
from helpers.intake.receive import examine, inbox_files, receive

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2020, 3, 17, 12, tzinfo=UTC)
TODAY = date(2020, 3, 17)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
NIK, PHONE, MAIL = "5371012345678901", "0812-3456-7890", "maria.bria@gmail.com"
COUNTS = {"tanggal_data": TODAY, "jumlah_asn": 10, "berhasil": 3, "gagal": 1, "belum": 6, "bukti": 2}


def take(kampanye, *paths, now=NOW, inbox=None):
    return receive(list(paths), kampanye, now, inbox)


def stored(kampanye, name):
    """All rows of a table of the store as dicts, whatever submission they belong to."""
    return DeltaTable(Path(kampanye.simpan) / name).to_pyarrow_table().to_pylist()


def version(kampanye):
    return store.version(kampanye.path(kampanye.simpan))


def codes(submission):
    return [finding.kode for finding in submission.temuan]


# What is accepted


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_nominatif(kampanye, tmp_path, orang, tulis_nominatif, ending):
    rows = [
        orang(1),
        orang(2, status="Gagal", kode_kendala="k01", uraian="NIK ditolak", bukti="Belum", tanggal_isi=None),
        orang(3, status="Proses", bukti=None, tanggal_isi=None),
        orang(4, status="Belum", jenis_asn="PPPK", nip="199003172019211004", bukti=None, tanggal_isi=None),
        orang(5, bukti="Belum"),
    ]
    path = tulis_nominatif(tmp_path / f"kiriman.{ending}", rows)
    (taken,) = take(kampanye, path)
    assert codes(taken) == []
    assert (taken.hasil, taken.opd, taken.tanggal_data, taken.jumlah) == ("diterima", ["DINKES"], TODAY, 5)
    people = stored(kampanye, "nominatif")
    assert [p["nip"] for p in people] == [row["nip"] for row in rows]
    assert [p["status"] for p in people] == ["berhasil", "gagal", "proses", "belum", "berhasil"]
    assert [p["bukti"] for p in people] == [True, False, None, None, False]
    assert [p["tanggal_isi"] for p in people] == [date(2020, 3, 2), None, None, None, date(2020, 3, 2)]
    assert people[1]["kode_kendala"] == "K01"
    assert [p["baris"] for p in people] == [7, 8, 9, 10, 11]
    (counted,) = stored(kampanye, "rekap")
    assert {n: counted[n] for n in ("jumlah_asn", "berhasil", "gagal", "belum", "bukti")} == {
        "jumlah_asn": 5,
        "berhasil": 2,
        "gagal": 1,
        "belum": 2,  # proses rolls up to belum
        "bukti": 1,
    }
    (receipt,) = stored(kampanye, "kiriman")
    assert (receipt["berkas"], receipt["hasil"], receipt["opd"], receipt["diterima"]) == (
        path.name,
        "diterima",
        "DINKES",
        NOW,
    )
    assert receipt["kiriman"] == people[0]["kiriman"] == counted["kiriman"] == taken.sidik
    assert store.read(kampanye).rekap["berhasil"].tolist() == [2]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_rekap(kampanye, tmp_path, tulis_formulir, ending):
    earlier = COUNTS | {"tanggal_data": date(2020, 3, 10), "berhasil": 1, "belum": 8, "bukti": None}
    path = tulis_formulir(tmp_path / f"a.{ending}", {"Rekap": [earlier, COUNTS]})
    (taken,) = take(kampanye, path)
    assert codes(taken) == []
    assert (taken.jumlah, taken.total("berhasil"), taken.total("gagal")) == (10, 3, 1)
    names = ("tanggal_data", "berhasil", "bukti")
    assert [tuple(row[n] for n in names) for row in stored(kampanye, "rekap")] == [
        (date(2020, 3, 10), 1, None),
        (TODAY, 3, 2),
    ]
    assert stored(kampanye, "nominatif") == []


def test_all_sheets_of_a_workbook(kampanye, tmp_path, orang, tulis_formulir):
    path = tulis_formulir(
        tmp_path / "a.xlsx",
        {
            "Nominatif": [orang(1)],
            "Rekap": [{"tanggal_data": TODAY, "jumlah_asn": 1, "berhasil": 1}],
            "Kendala": [{"tanggal": TODAY, "kode": "K04", "uraian": "server down", "jumlah_asn": 7, "pic": "BPS"}],
            "Sosialisasi": [{"tanggal": date(2020, 3, 16), "kanal": "Apel", "jumlah_peserta": 55}],
        },
    )
    (taken,) = take(kampanye, path)
    assert codes(taken) == []
    assert [r["jumlah_asn"] for r in stored(kampanye, "rekap")] == [1]  # once, from the nominatif
    (obstacle,) = stored(kampanye, "kendala")
    assert (obstacle["kode"], obstacle["jumlah_asn"], obstacle["pic"], obstacle["opd"]) == ("K04", 7, "BPS", "DINKES")
    (activity,) = stored(kampanye, "sosialisasi")
    assert (activity["kanal"], activity["jumlah_peserta"], activity["tanggal"]) == (
        "apel pagi",
        55,
        date(2020, 3, 16),
    )


@pytest.mark.parametrize(("kinds", "counted"), [("PNS, PPPK", (2, 1)), ("PNS", (1, 1)), ("pns,pppk,ptt", (3, 2))])
def test_only_the_kinds_that_count_are_in_the_rekap(kampanye, tmp_path, orang, tulis_nominatif, kinds, counted):
    rows = [
        orang(1),
        orang(2, jenis_asn="P3K", status="Belum", tanggal_isi=None, bukti=None),
        orang(3, jenis_asn="Honorer"),
    ]
    chosen = campaign.build(kampanye.parameters() | {"jenis_asn": kinds})
    (taken,) = take(chosen, tulis_nominatif(tmp_path / "a.xlsx", rows))
    assert taken.hasil == "diterima"
    (row,) = stored(chosen, "rekap")
    assert (row["jumlah_asn"], row["berhasil"]) == counted
    assert len(stored(chosen, "nominatif")) == 3  # all are kept, whoever counts


@pytest.mark.parametrize(
    ("proofs", "known"), [([None, None], None), ([None, "Ada"], 1), (["Belum", None], 0), (["Ada", "Ada"], 2)]
)
def test_proofs_are_unknown_where_no_one_said(kampanye, tmp_path, orang, tulis_nominatif, proofs, known):
    rows = [orang(n, bukti=proof) for n, proof in enumerate(proofs, start=1)]
    take(kampanye, tulis_nominatif(tmp_path / "a.xlsx", rows))
    assert stored(kampanye, "rekap")[0]["bukti"] == known


@pytest.mark.parametrize("opd", ["DINKES", "dinkes", "Dinas Kesehatan", "DINAS KESEHATAN KOTA KUPANG"])
def test_office_by_code_or_name(kampanye, tmp_path, orang, tulis_nominatif, opd):
    (taken,) = take(kampanye, tulis_nominatif(tmp_path / "a.xlsx", [orang()], opd=opd))
    assert taken.opd == ["DINKES"]


def test_office_and_date_from_the_file_name(kampanye, tmp_path, orang, tulis_nominatif):
    path = tulis_nominatif(tmp_path / "DINKES_2020-03-16.xlsx", [orang()], opd=None, tanggal=None)
    (taken,) = take(kampanye, path)
    assert (taken.hasil, taken.opd, taken.tanggal_data) == ("diterima", ["DINKES"], date(2020, 3, 16))


def test_what_is_written_in_the_file_beats_its_name(kampanye, tmp_path, orang, tulis_nominatif):
    (taken,) = take(kampanye, tulis_nominatif(tmp_path / "DISHUB_2020-03-10.xlsx", [orang()]))
    assert (taken.opd, taken.tanggal_data) == (["DINKES"], TODAY)


def test_unreadable_date_is_not_replaced_by_the_file_name_in_silence(kampanye, tmp_path, orang, tulis_nominatif):
    path = tulis_nominatif(tmp_path / "DINKES_2020-03-10.xlsx", [orang()], tanggal="31/02/2020")
    (taken,) = take(kampanye, path)
    assert taken.hasil == "ditolak"
    assert "31/02/2020" in " ".join(map(str, taken.temuan))


def test_columns_in_another_order_with_synonyms(kampanye, tmp_path, tulis_lembar):
    path = tulis_lembar(
        tmp_path / "DINKES_2020-03-17.xlsx",
        {
            "Data": [
                ["Status SP Online", "Nama Pegawai", "Keterangan lain", "NIP Baru"],
                ["Sudah", "A", "x", "198503172010011001"],
            ]
        },
    )
    (taken,) = take(kampanye, path)
    assert taken.hasil == "diterima"
    assert stored(kampanye, "nominatif")[0]["nip"] == "198503172010011001"


@pytest.mark.parametrize(
    "nip", ["19850317 201001 1 001", "'198503172010011001", "1985.0317.2010.0110.01", "198503172010011001\u00a0"]
)
def test_nip_is_stored_as_18_digits(kampanye, tmp_path, orang, tulis_nominatif, nip):
    (taken,) = take(kampanye, tulis_nominatif(tmp_path / "a.xlsx", [orang(nip=nip)]))
    assert codes(taken) == []
    assert stored(kampanye, "nominatif")[0]["nip"] == "198503172010011001"


@pytest.mark.parametrize(
    "day", [date(2020, 3, 2), "2020-03-02", "02/03/2020", "2-3-20", "2 Maret 2020", "Senin, 2 Maret 2020", 43892]
)
def test_dates_in_every_notation(kampanye, tmp_path, orang, tulis_nominatif, day):
    (taken,) = take(kampanye, tulis_nominatif(tmp_path / "a.xlsx", [orang(tanggal_isi=day)]))
    assert codes(taken) == []
    assert stored(kampanye, "nominatif")[0]["tanggal_isi"] == date(2020, 3, 2)


def test_warnings_do_not_keep_a_file_out(kampanye, tmp_path, orang, tulis_nominatif):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang(1, tanggal_isi=None), orang(2, nip="199503172012041001")])
    (taken,) = take(kampanye, path)
    assert sorted(codes(taken)) == ["berhasil_tanpa_tanggal", "nip_janggal"]
    (receipt,) = stored(kampanye, "kiriman")
    assert (receipt["hasil"], receipt["tolak"], receipt["peringatan"]) == ("diterima", 0, 2)


def test_three_sheets_of_people_lose_nobody(kampanye, tmp_path, orang, tulis_lembar):
    """Schools of DISDIKBUD send a sheet each: all count, whatever the number of sheets."""
    head = ["NIP", "Nama", "Status"]
    sheets = {
        f"SD {n}": [head, *([orang(10 * n + m)["nip"], f"Nama {n}{m}", "Belum"] for m in range(3))] for n in range(1, 5)
    }
    (taken,) = take(kampanye, tulis_lembar(tmp_path / "DISDIKBUD_2020-03-17.xlsx", sheets))
    assert codes(taken) == []
    assert taken.jumlah == 12
    data = store.read(kampanye)
    assert len(data.nominatif) == 12 == data.rekap["jumlah_asn"].sum()


def test_a_person_on_two_sheets_is_a_duplicate(kampanye, tmp_path, orang, tulis_lembar):
    line = [["NIP", "Nama", "Status"], [orang()["nip"], "A", "Belum"]]
    (taken,) = take(kampanye, tulis_lembar(tmp_path / "DISDIKBUD_2020-03-17.xlsx", {"SD 1": line, "SD 2": line}))
    assert "nip_ganda" in codes(taken)


def test_one_office_and_day_on_two_rekap_sheets_is_a_duplicate(kampanye, tmp_path, tulis_lembar):
    sheets = {
        name: [["OPD", "Tanggal", "Jumlah ASN", "Berhasil"], ["DINKES", TODAY, 10, done]]
        for name, done in (("Versi 1", 3), ("Versi 2", 9))
    }
    (taken,) = take(kampanye, tulis_lembar(tmp_path / "a.xlsx", sheets))
    assert "rekap_ganda" in codes(taken)


def test_earlier_days_beside_a_nominatif_are_kept_or_said(kampanye, tmp_path, orang, tulis_formulir):
    earlier = {"tanggal_data": date(2020, 3, 10), "jumlah_asn": 1, "berhasil": 0, "gagal": 0, "belum": 1}
    (taken,) = take(kampanye, tulis_formulir(tmp_path / "a.xlsx", {"Nominatif": [orang()], "Rekap": [earlier]}))
    days = {row["tanggal_data"] for row in stored(kampanye, "rekap")}
    assert date(2020, 3, 10) in days or codes(taken) != []


def test_an_office_column_of_a_nominatif_is_not_ignored(kampanye, tmp_path, tulis_lembar, orang):
    """A person of another office must not be counted for the office of the file without a word."""
    lines = [["OPD", "NIP", "Nama", "Status"], ["DINKES", orang(1)["nip"], "A", "Belum"]]
    lines += [["DISHUB", orang(2)["nip"], "B", "Belum"]]
    (taken,) = take(kampanye, tulis_lembar(tmp_path / "DINKES_2020-03-17.xlsx", {"S": lines}))
    offices = [row["opd"] for row in taken.tables.get("nominatif", [])]
    assert taken.hasil == "ditolak" or offices == ["DINKES", "DISHUB"]


# What is refused


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "Mungkin"},
        {"nip": 198503172010011002},
        {"nip": "1.98503E+17"},
        {"nip": "198503172010011001"},
        {"nama": None},
        {"tanggal_isi": "31/02/2020"},
        {"kode_kendala": "K77"},
        {"bukti": "Kira-kira"},
        {"jenis_asn": "TNI"},
    ],
    ids=lambda value: ",".join(map(str, value.items())),
)
def test_one_wrong_cell_keeps_the_whole_file_out(kampanye, tmp_path, orang, tulis_formulir, broken):
    path = tulis_formulir(
        tmp_path / "a.xlsx",
        {
            "Nominatif": [orang(1), orang(2) | broken, orang(3)],
            "Kendala": [{"tanggal": TODAY, "kode": "K04", "uraian": "server"}],
            "Sosialisasi": [{"tanggal": TODAY, "kanal": "rapat"}],
        },
    )
    (taken,) = take(kampanye, path)
    assert taken.hasil == "ditolak"
    for name in ("nominatif", "rekap", "kendala", "sosialisasi", "tindak_lanjut"):
        assert stored(kampanye, name) == []
    (receipt,) = stored(kampanye, "kiriman")
    assert (receipt["hasil"], receipt["berkas"], receipt["tolak"]) == ("ditolak", "a.xlsx", 1)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"", "kosong"),
        ("a.csv", b"", "kosong"),
        ("a.xlsx", PNG, "bukan_lembar"),
        ("a.csv", PNG, "bukan_lembar"),
        ("a.png", PNG, "bukan_lembar"),
        ("a.xlsx", b"halo", "bukan_lembar"),
        ("a.docx", b"PK\x03\x04", "bukan_lembar"),
        ("a.csv", b"halo\n", "tanpa_tabel"),
        ("a.csv", b"\xef\xbb\xbf", "tanpa_tabel"),
        ("a.csv", b"NIP;Nama;Status\n", "tanpa_isi"),
    ],
)
def test_a_file_that_is_no_submission_is_refused_in_a_sentence(kampanye, tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    (taken,) = take(kampanye, tmp_path / name)
    (finding,) = taken.temuan
    assert (taken.hasil, finding.tingkat, finding.kode) == ("ditolak", "tolak", code)
    assert str(finding).endswith(".")
    assert len(stored(kampanye, "kiriman")) == 1
    assert stored(kampanye, "rekap") == []


@pytest.mark.parametrize("share", [0.05, 0.5, 0.99])
def test_truncated_workbook(kampanye, tmp_path, orang, tulis_nominatif, share):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang(n) for n in range(1, 60)])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert codes(take(kampanye, path)[0]) == ["bukan_lembar"]


def test_missing_file_is_a_finding(kampanye, tmp_path):
    assert codes(take(kampanye, tmp_path / "tidak_ada.xlsx")[0]) == ["bukan_lembar"]


def test_symlink_out_of_the_inbox_is_refused_unread(kampanye, tmp_path, orang, tulis_nominatif):
    inbox = Path(kampanye.masuk)
    inbox.mkdir()
    target = tulis_nominatif(tmp_path / "luar" / "DINKES.xlsx", [orang()])
    (inbox / "DINKES.xlsx").symlink_to(target)
    inside = tulis_nominatif(inbox / "DISHUB_2020-03-17.xlsx", [orang(2)], opd="DISHUB")
    (inbox / "tautan.xlsx").symlink_to(inside)
    taken = {s.berkas: s for s in receive(inbox_files([inbox]), kampanye, NOW, inbox)}
    assert codes(taken["DINKES.xlsx"]) == ["di_luar_kotak"]
    assert taken["DINKES.xlsx"].sidik == ""
    assert taken["DISHUB_2020-03-17.xlsx"].hasil == "diterima"
    assert taken["tautan.xlsx"].lama  # the same bytes inside the inbox
    assert {p["opd"] for p in stored(kampanye, "nominatif")} == {"DISHUB"}


def test_a_link_to_itself_is_refused_and_stops_no_other(kampanye, orang, tulis_nominatif):
    inbox = Path(kampanye.masuk)
    tulis_nominatif(inbox / "DINKES.xlsx", [orang()])
    (inbox / "A.xlsx").symlink_to(inbox / "A.xlsx")
    taken = {s.berkas: s.hasil for s in receive(inbox_files([inbox]), kampanye, NOW, inbox)}
    assert taken == {"A.xlsx": "ditolak", "DINKES.xlsx": "diterima"}


def test_link_to_nothing_is_refused(kampanye):
    inbox = Path(kampanye.masuk)
    inbox.mkdir()
    (inbox / "a.xlsx").symlink_to(inbox / "tidak_ada.xlsx")
    assert [codes(s) for s in receive(inbox_files([inbox]), kampanye, NOW, inbox)] == [["bukan_lembar"]]


def test_a_wrong_date_ends_with_a_sentence_and_stops_no_other(kampanye, tmp_path, orang, tulis_nominatif):
    broken = tulis_nominatif(tmp_path / "a.xlsx", [orang(tanggal_isi="99999999999/3/2020")])
    good = tulis_nominatif(tmp_path / "b.xlsx", [orang()], opd="DISHUB")
    first, second = take(kampanye, broken, good)
    assert "tanggal_salah" in codes(first)
    assert (first.hasil, second.hasil) == ("ditolak", "diterima")


def test_one_bad_file_among_many_stops_no_other(kampanye, tmp_path, orang, tulis_nominatif):
    inbox = Path(kampanye.masuk)
    offices = ["DINKES", "DISHUB", "BPBD", "DISPORA"]
    for n, opd in enumerate(offices, start=1):
        tulis_nominatif(inbox / f"{opd}.xlsx", [orang(n)], opd=opd)
    (inbox / "CATATAN.xlsx").write_bytes(PNG)
    (inbox / "KOSONG.csv").touch()
    tulis_nominatif(inbox / "E.xlsx", [orang(9, status="Mungkin")], opd="DINSOS")
    seen = []
    taken = receive(inbox_files([inbox]), kampanye, NOW, inbox, on_file=seen.append)
    assert {s.berkas: s.hasil for s in taken} == dict.fromkeys(["CATATAN.xlsx", "E.xlsx", "KOSONG.csv"], "ditolak") | {
        f"{opd}.xlsx": "diterima" for opd in offices
    }
    assert seen == taken
    assert set(store.read(kampanye).rekap["opd"]) == set(offices)
    assert sorted(r["hasil"] for r in stored(kampanye, "kiriman")) == ["diterima"] * 4 + ["ditolak"] * 3


# Twice, and corrected


def test_the_same_file_twice_changes_nothing(kampanye, tmp_path, orang, tulis_nominatif):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang()])
    take(kampanye, path)
    before = version(kampanye), store.read(kampanye)
    copy = Path(shutil.copy(path, tmp_path / "nama lain.xlsx"))
    again = take(kampanye, path, copy, now=NOW + timedelta(hours=1))
    assert [s.lama for s in again] == [True, True]
    assert version(kampanye) == before[0]
    after = store.read(kampanye)
    pd.testing.assert_frame_equal(after.nominatif, before[1].nominatif)
    assert after.dicatat == before[1].dicatat
    assert len(stored(kampanye, "nominatif")) == len(stored(kampanye, "kiriman")) == 1


def test_two_copies_in_one_go_count_once(kampanye, tmp_path, orang, tulis_nominatif):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang()])
    copy = Path(shutil.copy(path, tmp_path / "b.xlsx"))
    assert [s.lama for s in take(kampanye, path, copy)] == [False, True]
    assert len(stored(kampanye, "kiriman")) == 1


def test_the_same_refused_file_twice_changes_nothing(kampanye, tmp_path, orang, tulis_nominatif):
    good = tulis_nominatif(tmp_path / "baik.xlsx", [orang()])
    bad = tulis_nominatif(tmp_path / "a.xlsx", [orang(status="Mungkin")])
    take(kampanye, good, bad)
    before = version(kampanye)
    assert take(kampanye, good, bad)[1].hasil == "ditolak"
    assert version(kampanye) == before


def test_a_correction_for_the_same_day_wins(kampanye, tmp_path, orang, tulis_nominatif):
    take(kampanye, tulis_nominatif(tmp_path / "a.xlsx", [orang(status="Belum", tanggal_isi=None)]))
    first = version(kampanye)
    take(kampanye, tulis_nominatif(tmp_path / "b.xlsx", [orang(), orang(2)]), now=NOW + timedelta(hours=1))
    assert store.read(kampanye).rekap["berhasil"].tolist() == [2]
    earlier = store.read(campaign.build(kampanye.parameters() | {"versi_data": first}))
    assert earlier.rekap["berhasil"].tolist() == [0]


def test_a_refused_correction_leaves_the_earlier_word(kampanye, tmp_path, orang, tulis_nominatif):
    take(kampanye, tulis_nominatif(tmp_path / "a.xlsx", [orang()]))
    take(kampanye, tulis_nominatif(tmp_path / "b.xlsx", [orang(), orang(2, nip="1")]), now=NOW + timedelta(hours=1))
    assert store.read(kampanye).rekap["jumlah_asn"].tolist() == [1]


def test_a_file_that_was_too_early_is_accepted_when_its_day_has_come(kampanye, tmp_path, orang, tulis_nominatif):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang()], tanggal=date(2020, 3, 18))
    assert codes(take(kampanye, path)[0]) == ["masa_depan"]
    assert take(kampanye, path, now=NOW + timedelta(days=1))[0].hasil == "diterima"


@pytest.mark.parametrize("hour", [0, 7])
def test_a_morning_in_kupang_is_not_yesterday(kampanye, tmp_path, orang, tulis_nominatif, hour):
    """At 07.00 WITA on 17 March it is still 16 March in UTC; the office's date has come."""
    received = datetime(2020, 3, 17, hour, 30, tzinfo=UTC) - timedelta(hours=8)
    (taken,) = take(kampanye, tulis_nominatif(tmp_path / "a.xlsx", [orang()]), now=received)
    assert codes(taken) == []


def test_an_evening_in_kupang_is_not_tomorrow(kampanye, tmp_path, orang, tulis_nominatif):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang()], tanggal=date(2020, 3, 18))
    received = datetime(2020, 3, 17, 15, 30, tzinfo=UTC)  # 23.30 WITA
    assert codes(take(kampanye, path, now=received)[0]) == ["masa_depan"]


# Text stays text, personal numbers go


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://jahat.example";"klik")',
        "=1+1",
        "+SUM(A1)",
        "-2+3",
        "@SUM(A1)",
        "<script>alert(1)</script>",
        "#set page(fill: red) $x$ *tebal*",
        "**tebal** [a](http://b) `kode`",
        "{{ jinja }} {% x %} {nilai}",
        "kutip \" ' ; dan &amp;",
    ],
)
def test_formula_and_markup_stay_plain_text(kampanye, tmp_path, orang, tulis_nominatif, ending, text):
    path = tulis_nominatif(tmp_path / f"a.{ending}", [orang(uraian=text, nama=text, unit=text)])
    (taken,) = take(kampanye, path)
    assert codes(taken) == []
    (person,) = stored(kampanye, "nominatif")
    assert person["uraian"] == person["nama"] == person["unit"] == text


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_no_identity_number_phone_or_mail_is_stored(kampanye, tmp_path, orang, tulis_nominatif, ending):
    secret = f"NIK {NIK} dan KK 5371-0198-7654-3210, hp {PHONE}, surel {MAIL}"
    path = tulis_nominatif(tmp_path / f"a.{ending}", [orang(uraian=secret, unit=secret, tindak_lanjut=secret)])
    (taken,) = take(kampanye, path)
    (finding,) = taken.temuan
    assert (finding.tingkat, finding.kode) == ("catatan", "samar")
    assert finding.pesan.startswith("12 nomor")
    assert NIK not in str(finding) + finding.nilai
    kept = str(stored(kampanye, "nominatif"))
    for part in (NIK, "7654", "3456", "maria.bria"):
        assert part not in kept
    assert kept.count("disamarkan]") == 12


def test_side_sheets_are_masked_too(kampanye, tmp_path, orang, tulis_formulir):
    secret = f"NIK {NIK}, hp {PHONE}, surel {MAIL}"
    path = tulis_formulir(
        tmp_path / "a.xlsx",
        {
            "Nominatif": [orang()],
            "Kendala": [{"tanggal": TODAY, "kode": "K01", "uraian": secret, "usulan": secret, "pic": secret}],
            "Sosialisasi": [{"tanggal": TODAY, "kanal": "rapat", "keterangan": secret}],
        },
    )
    (taken,) = take(kampanye, path)
    assert [f.pesan[:8] for f in taken.temuan] == ["12 nomor"]
    kept = str(stored(kampanye, "kendala")) + str(stored(kampanye, "sosialisasi"))
    for part in (NIK, "3456", "maria.bria"):
        assert part not in kept


def test_a_fault_of_ours_in_one_file_refuses_that_file_alone(kampanye, tmp_path, orang, tulis_nominatif, monkeypatch):
    from helpers.intake import receive as module

    whole = module.read_submission

    def faulty(submission, *rest):
        whole(submission, *rest)
        if submission.berkas == "a.xlsx":
            raise IndexError("x")

    monkeypatch.setattr(module, "read_submission", faulty)
    paths = [tulis_nominatif(tmp_path / f"{name}.xlsx", [orang(n)]) for n, name in enumerate("ab", start=1)]
    first, second = take(kampanye, *paths)
    assert (first.hasil, codes(first), second.hasil) == ("ditolak", ["kesalahan_program"], "diterima")
    assert {row["kiriman"] for row in stored(kampanye, "rekap")} == {second.sidik}


# Many at once

INTAKE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from helpers import campaign
from helpers.intake.receive import receive
kampanye = campaign.load(Path(sys.argv[1]), simpan=sys.argv[2])
(taken,) = receive([Path(sys.argv[3])], kampanye, datetime(2020, 3, 17, 12, tzinfo=UTC))
sys.exit(taken.hasil != "diterima")
"""


@pytest.mark.lambat
def test_twenty_intakes_at_once_lose_nothing(kampanye, tmp_path, orang, tulis_nominatif):
    """Twenty processes, each with an office of its own, all beginning with no store."""
    offices = kampanye.units["kode"].tolist()[:20]
    paths = [
        tulis_nominatif(tmp_path / f"{opd}.xlsx", [orang(40 * at + n) for n in range(1, 31)], opd=opd)
        for at, opd in enumerate(offices)
    ]
    params = ROOT / "params" / "kota.yaml"
    running = [
        subprocess.Popen([sys.executable, "-c", INTAKE, params, kampanye.simpan, path], stderr=subprocess.PIPE)
        for path in paths
    ]
    ended = [(process.wait(300), process.stderr.read().decode()) for process in running]
    assert [code for code, _ in ended] == [0] * 20, next(error for code, error in ended if code)
    data = store.read(kampanye)
    assert sorted(data.rekap["opd"]) == sorted(offices)
    assert len(data.nominatif) == data.rekap["jumlah_asn"].sum() == 600
    assert len(stored(kampanye, "kiriman")) == 20


# Sample and reality


def test_a_stamped_file_is_sample(kampanye, tmp_path, orang, tulis_lembar):
    lines = [["DATA CONTOH - BUKAN DATA RESMI"], ["NIP", "Nama", "Status"], [orang()["nip"], "A", "Belum"]]
    (taken,) = take(kampanye, tulis_lembar(tmp_path / "DINKES_2020-03-17.xlsx", {"S": lines}))
    assert taken.contoh
    assert store.read(kampanye).contoh is True


def test_invented_serials_are_sample_without_a_stamp(kampanye, tmp_path, orang, tulis_nominatif):
    rows = [orang(n, nip=f"198503172010011{n}") for n in (900, 920, 940, 960, 999)]
    assert take(kampanye, tulis_nominatif(tmp_path / "a.xlsx", rows))[0].contoh


def test_real_people_are_not_sample(kampanye, tmp_path, orang, tulis_nominatif):
    rows = [orang(1), orang(2, nip="198503172010011900")]
    take(kampanye, tulis_nominatif(tmp_path / "a.xlsx", rows))
    assert store.read(kampanye).contoh is False


# The inbox


def test_inbox_files_are_sorted_and_leave_out_what_is_no_submission(tmp_path):
    inbox = tmp_path / "masuk"
    (inbox / "dalam").mkdir(parents=True)
    for name in ("b.xlsx", "a.csv", ".DS_Store", "~$b.xlsx", "README.md", "dalam/c.ods"):
        (inbox / name).touch()
    single = tmp_path / "z.xlsx"
    assert [p.name for p in inbox_files([single, inbox])] == ["z.xlsx", "a.csv", "b.xlsx", "c.ods"]
    assert inbox_files([]) == []


def test_receive_nothing_makes_no_store(kampanye):
    assert receive([], kampanye, NOW) == []
    assert not Path(kampanye.simpan).exists()


# Real data: the response rates of the Civil Service People Survey 2021


@pytest.fixture(scope="module")
def csps(tmp_path_factory):
    """The campaign of csps2021.yaml with its file taken in, and the submission."""
    folder = tmp_path_factory.mktemp("csps")
    kampanye = campaign.load(ROOT / "params" / "csps2021.yaml", simpan=str(folder / "simpan"))
    (taken,) = receive([ROOT / "data" / "csps2021_offices.csv"], kampanye, datetime(2021, 11, 20, tzinfo=UTC))
    return kampanye, taken


def test_csps_is_accepted_with_the_paper_counts_left_out(csps):
    kampanye, taken = csps
    assert taken.hasil == "diterima"
    assert len(taken.opd) == 51
    table = pd.read_csv(ROOT / "data" / "csps2021_offices.csv")
    paper = table["kind"].eq("final_incl_paper")
    (note,) = [f for f in taken.temuan if f.kode == "dilewati"]
    assert note.tingkat == "catatan"
    assert note.pesan.startswith(f"{paper.sum()} baris") and "kertas" in note.pesan
    assert {f.kode for f in taken.temuan} <= {"dilewati", "sesudah_selesai", "lonjakan", "capaian_turun"}
    assert len(stored(kampanye, "rekap")) == (~paper).sum() > 1000


def test_csps_totals_on_the_data_date(csps):
    kampanye, _ = csps
    data = store.read(kampanye)
    newest = data.rekap.drop_duplicates("opd", keep="last")
    assert data.tanggal_data == date(2021, 10, 21)
    assert data.rekap["tanggal_data"].max() <= pd.Timestamp("2021-10-21")
    assert (newest["opd"].nunique(), newest["berhasil"].sum(), newest["jumlah_asn"].sum()) == (51, 133417, 306897)
    assert data.rekap[["gagal", "belum", "bukti"]].isna().all(axis=None)  # unknown, never 0
    assert data.nominatif.empty and data.kendala.empty
    assert data.contoh is False
    assert not data.rekap["rinci"].any()


def test_csps_twice_changes_nothing(csps):
    kampanye, _ = csps
    before = version(kampanye)
    (again,) = receive([ROOT / "data" / "csps2021_offices.csv"], kampanye, datetime(2021, 11, 21, tzinfo=UTC))
    assert again.lama
    assert version(kampanye) == before


# Whatever the bytes are


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".xls", ".ods"])
@settings(max_examples=50)
@given(content=st.binary(max_size=400))
def test_random_bytes_end_in_a_sentence(kota, ending, content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"DINKES_2020-03-17{ending}"
        path.write_bytes(content)
        taken = examine(path, kota, TODAY)
        assert taken.hasil == "ditolak"
        assert all(str(finding).endswith(".") for finding in taken.temuan)


LINES = st.lists(
    st.lists(
        st.one_of(
            st.text(max_size=10),
            st.sampled_from(["NIP", "Nama", "Status", "Jumlah ASN", "Berhasil", "Tanggal", "Kode", "Uraian", "Kanal"]),
            st.sampled_from(["198503172010011001", "Belum", "17/03/2020", "K01", "5", "", "DINKES"]),
        ),
        max_size=5,
    ),
    max_size=6,
)


@settings(max_examples=50)
@given(lines=LINES, delimiter=st.sampled_from(";,\t"))
def test_random_text_tables_are_accepted_or_end_in_a_sentence(kota, lines, delimiter):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "DINKES_2020-03-17.csv"
        text = "\n".join(delimiter.join(line) for line in [["NIP", "Nama", "Status"], *lines])
        path.write_bytes(text.encode("utf-8", errors="replace"))
        taken = examine(path, kota, TODAY)
        assert (taken.hasil == "ditolak") == any(f.tingkat == "tolak" for f in taken.temuan)


@settings(max_examples=50)
@given(data=st.data())
def test_a_workbook_with_a_flipped_byte_never_raises(kota, contoh_bytes, data):
    at = data.draw(st.integers(0, len(contoh_bytes) - 1))
    damaged = bytearray(contoh_bytes)
    damaged[at] ^= data.draw(st.integers(1, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(damaged)
        assert examine(path, kota, TODAY).hasil in {"diterima", "ditolak"}


@pytest.fixture(scope="module")
def contoh_bytes(tmp_path_factory, orang, tulis_nominatif):
    """A small good workbook as bytes."""
    return tulis_nominatif(tmp_path_factory.mktemp("buku") / "a.xlsx", [orang(n) for n in range(1, 4)]).read_bytes()


def test_nothing_is_written_beside_the_store(kampanye, tmp_path, orang, tulis_nominatif):
    path = tulis_nominatif(Path(kampanye.masuk) / "a.xlsx", [orang()])
    content = path.read_bytes()
    take(kampanye, path, inbox=Path(kampanye.masuk))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["masuk", "simpan"]
    assert [p.name for p in Path(kampanye.masuk).iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == content


def test_an_older_file_again_says_that_a_newer_one_is_in_force(kampanye, tulis_nominatif, orang, tmp_path):
    first = tulis_nominatif(tmp_path / "a.xlsx", [orang(1), orang(2)])
    second = tulis_nominatif(tmp_path / "b.xlsx", [orang(1), orang(2, status="Belum", tanggal_isi=None, bukti=None)])
    for later, path in enumerate((first, second)):
        receive([path], kampanye, NOW + timedelta(minutes=later))
    (again,) = receive([first], kampanye, NOW)
    assert again.lama
    assert [f.kode for f in again.temuan] == ["digantikan"] and "b.xlsx" in str(next(iter(again.temuan)))
    (newest,) = receive([second], kampanye, NOW)
    assert newest.lama and list(newest.temuan) == []


def test_one_real_person_with_a_high_serial_is_no_sample(kampanye, tulis_nominatif, orang, tmp_path):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang(1, nip="198503172010011955")])
    (taken,) = receive([path], kampanye, NOW)
    assert taken.hasil == "diterima" and not taken.contoh


def test_a_csv_of_a_million_rows_is_refused_at_once(kampanye, tmp_path):
    path = tmp_path / "besar.csv"
    path.write_text("NIP;Nama;Status\n" + "198503172010011001;A;Belum\n" * 800_000)
    (taken,) = receive([path], kampanye, NOW)
    assert [f.kode for f in taken.temuan] == ["bukan_lembar"] and "lebih besar" in str(next(iter(taken.temuan)))
