"""people.py and marks.py: which lines are people, and what each says."""

from datetime import date

from helpers.intake import people

TODAY = date(2020, 3, 17)
NIP = "198503172010011001"


def codes(reader):
    return [finding.kode for finding in reader.found.items]


def test_nominatif_row(pembaca):
    reader = pembaca(
        [
            "NIP",
            "Nama",
            "Unit Kerja",
            "Jenis",
            "Status",
            "Tgl Isi",
            "Bukti",
            "Kode",
            "Uraian",
            "Tindak Lanjut",
            "Sidik Bukti",
        ],
        [
            NIP,
            " Nama  A ",
            "Seksi 1",
            "CPNS",
            "Sudah",
            "2 Maret 2020",
            "Ya",
            "k11",
            "bukti hilang",
            "unduh lagi",
            "0" * 63 + "A",
        ],
    )
    (row,) = people.read_nominatif(reader)
    assert row == {
        "baris": 2,
        "opd": "DINKES",
        "tanggal_data": TODAY,
        "nip": NIP,
        "nama": "Nama A",
        "unit": "Seksi 1",
        "jenis_asn": "PNS",
        "status": "berhasil",
        "tanggal_isi": date(2020, 3, 2),
        "bukti": True,
        "bukti_sidik": "0" * 63 + "a",
        "kode_kendala": "K11",
        "uraian": "bukti hilang",
        "tindak_lanjut": "unduh lagi",
        "keyakinan": None,
    }
    assert codes(reader) == []


def test_what_is_not_said_is_unknown(pembaca):
    (row,) = people.read_nominatif(pembaca(["NIP", "Nama", "Status"], [NIP, "A", "Belum"]))
    assert {name: row[name] for name in ("unit", "tanggal_isi", "bukti", "kode_kendala", "uraian")} == dict.fromkeys(
        ("unit", "tanggal_isi", "bukti", "kode_kendala", "uraian")
    )
    assert row["jenis_asn"] == "PNS"


def test_a_date_counts_only_for_who_succeeded(pembaca):
    reader = pembaca(["NIP", "Nama", "Status", "Tanggal Isi"], [NIP, "A", "Proses", date(2020, 3, 2)])
    assert people.read_nominatif(reader)[0]["tanggal_isi"] is None


def test_every_wrong_cell_of_a_row_is_found_at_once(pembaca):
    reader = pembaca(
        ["NIP", "Nama", "Status", "Bukti", "Jenis ASN", "Kode Kendala", "Tanggal Isi"],
        ["123", "", "entah", "kira-kira", "TNI", "K77", "besok"],
    )
    people.read_nominatif(reader)
    assert sorted(codes(reader)) == sorted(
        ["nip_salah", "tanpa_nama", "status_asing", "bukti_asing", "jenis_asing", "kode_asing", "tanggal_salah"]
    )


def test_same_nip_written_differently_is_a_duplicate(pembaca):
    reader = pembaca(
        ["NIP", "Nama", "Status"], [NIP, "A", "Belum"], ["19850317 201001 1 001", "B", "Belum"], [NIP, "C", "Belum"]
    )
    people.read_nominatif(reader)
    assert codes(reader) == ["nip_ganda", "nip_ganda"]
    assert [f.sel for f in reader.found.items] == ["A3", "A4"]


def test_empty_nips_are_missing_and_not_duplicates(pembaca):
    reader = pembaca(["NIP", "Nama", "Status"], ["", "A", "Belum"], ["", "B", "Belum"])
    people.read_nominatif(reader)
    assert codes(reader) == ["tanpa_nip", "tanpa_nip"]


def test_no_identity_number_is_kept_in_the_name(pembaca):
    (row,) = people.read_nominatif(
        pembaca(["NIP", "Nama", "Status"], [NIP, "Maria Bria NIK 5371012345678901", "Belum"])
    )
    assert "5371012345678901" not in row["nama"]
    assert row["nama"].startswith("Maria Bria")


def test_warnings_name_each_cell(pembaca):
    reader = pembaca(
        ["NIP", "Nama", "Status", "Kode Kendala"],
        [NIP[:-1] + "1", "A", "Berhasil", ""],
        [NIP[:-1] + "2", "B", "Berhasil", ""],
        [NIP[:-1] + "3", "C", "Gagal", ""],
        [NIP[:-1] + "4", "D", "Gagal", "K13"],
        [NIP[:-1] + "5", "E", "Belum", "K13"],
    )
    people.read_nominatif(reader)
    said = [(f.kode, f.sel) for f in reader.found.items]
    assert said == [
        ("berhasil_tanpa_tanggal", "C2"),
        ("berhasil_tanpa_tanggal", "C3"),
        ("gagal_tanpa_kendala", "D4"),
        ("k13_gagal", "D5"),
    ]
    assert not reader.found.refuses
