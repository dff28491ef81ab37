"""outcome.py: one JSON object for each office and day; unknown is null; a refused file counts nothing."""

import json
from datetime import date

from helpers.intake.outcome import as_json, outcomes
from helpers.intake.receive import examine

TODAY = date(2020, 3, 17)
KEYS = ["berkas", "hasil", "opd", "tanggal_data", "jumlah_asn", "berhasil", "gagal", "belum", "bukti", "temuan"]


def told(path, kota):
    return [json.loads(as_json(outcome)) for outcome in outcomes(examine(path, kota, TODAY))]


def test_a_nominatif_is_one_object(kota, tmp_path, orang, tulis_nominatif):
    rows = [orang(1), orang(2, status="Proses", tanggal_isi=None, bukti=None), orang(3, tanggal_isi=None)]
    (only,) = told(tulis_nominatif(tmp_path / "a.xlsx", rows), kota)
    assert list(only) == KEYS
    assert [only[key] for key in KEYS[:-1]] == ["a.xlsx", "diterima", "DINKES", "2020-03-17", 3, 2, 0, 1, 2]
    (finding,) = only["temuan"]
    assert list(finding) == ["tingkat", "lembar", "sel", "kolom", "nilai", "pesan"]
    assert (finding["tingkat"], finding["lembar"], finding["sel"]) == ("peringatan", "Nominatif", "G9")


def test_a_rekap_of_many_offices_and_days_is_an_object_each(kota, tmp_path, tulis_lembar):
    lines = [
        ["OPD", "Tanggal", "Jumlah ASN", "Berhasil", "Gagal", "Belum"],
        ["DINKES", "10/03/2020", 10, 1, 0, 9],
        ["DISHUB", "16/03/2020", 20, 2, 0, 18],
        ["DINKES", "16/03/2020", 20, 3, 0, 17],
    ]
    found = told(tulis_lembar(tmp_path / "a.xlsx", {"R": lines}), kota)
    assert [(o["opd"], o["tanggal_data"], o["berhasil"], o["bukti"]) for o in found] == [
        ("DINKES", "2020-03-10", 1, None),
        ("DISHUB", "2020-03-16", 2, None),
        ("DINKES", "2020-03-16", 3, None),
    ]
    # The jump of the headcount belongs to the third line alone.
    assert [[f["sel"] for f in o["temuan"]] for o in found] == [[], [], ["baris 4"]]


def test_a_refused_file_counts_nothing(kota, tmp_path, orang, tulis_nominatif):
    (only,) = told(tulis_nominatif(tmp_path / "a.xlsx", [orang(1, status="Entah")]), kota)
    assert (only["hasil"], only["opd"], only["tanggal_data"]) == ("ditolak", "DINKES", "2020-03-17")
    assert [only[key] for key in KEYS[4:9]] == [None] * 5


def test_an_object_is_one_line_of_ascii(kota, tmp_path):
    path = tmp_path / "a\u202e\nb.xlsx"
    path.write_bytes(b"x")
    (outcome,) = outcomes(examine(path, kota, TODAY))
    line = as_json(outcome)
    assert line.isascii() and "\n" not in line
