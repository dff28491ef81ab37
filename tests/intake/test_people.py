"""people.py and marks.py: which lines are people, and what each says."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.intake import people
from helpers.intake.history import History, Person

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


# Whole sheets: which lines are people. Each case is a sheet under a title, the people as (name, unit, status).

HEAD = ["No", "NIP", "Nama", "Status"]
TOP = [["DINAS KESEHATAN KOTA KUPANG"], ["Keadaan s/d 16 Maret 2020"]]


def nip(number):
    return f"198503172010011{number:03d}"


def one(number, name="Maria Bria", status="Belum"):
    return [number, nip(number), name, status]


def said(submission, levels=("tolak",)):
    return [f.kode for f in submission.temuan if f.tingkat in levels]


SHEETS = {
    "names that read like totals and offices": (
        [HEAD, one(1, "Jumlah Bria"), one(2, "Total"), one(3, "Kepala"), one(4, "Camat Ndun"), ["", "", "Jumlah", 4]],
        [("Jumlah Bria", None), ("Total", None), ("Kepala", None), ("Camat Ndun", None)],
    ),
    "academic titles": ([HEAD, one(1, "Yohanes Tukan, S.H., M.H.")], [("Yohanes Tukan, S.H., M.H.", None)]),
    "totals in any column": (
        [HEAD, one(1), ["Jumlah", "", "", 1], ["", "TOTAL", "", 1], ["", "", "Sub Total : 1", ""], one(2)],
        [("Maria Bria", None)] * 2,
    ),
    "column numbers": ([HEAD, [1, 2, 3, 4], one(1)], [("Maria Bria", None)]),
    "column numbers in brackets": ([HEAD, ["(1)", "(2)", "(3)", "(4)"], one(1)], [("Maria Bria", None)]),
    "signature with a NIP under the names": (
        [HEAD, one(1), [], ["", "", "", "Kupang, 16 Maret 2020"], ["", "", "Kepala Dinas"], ["", "", "drg. Ina"],
         ["", "", f"NIP. {nip(99)}"]],
        [("Maria Bria", None)],
    ),
    "signature under the column of NIPs": (
        [HEAD, one(1), ["", "Mengetahui"], ["", "drg. Ina, M.Kes"], ["", f"NIP. {nip(99)}"]],
        [("Maria Bria", None)],
    ),
    "two signatures beside each other": (
        [HEAD, one(1), ["", "Mengetahui", "", "Kupang, 16 Maret 2020"], ["", "Kepala Dinas", "", "Operator"],
         ["", "drg. Ina", "", "Yohanes"], ["", f"NIP. {nip(99)}", "", f"NIP. {nip(98)}"]],
        [("Maria Bria", None)],
    ),
    "people after a signature are people": (
        [HEAD, one(1), ["", "", "Mengetahui"], [], one(2, "Petrus Ndun")],
        [("Maria Bria", None), ("Petrus Ndun", None)],
    ),
    "titles of units in the first column": (
        [HEAD, ["Sekretariat"], one(1), ["UPTD Puskesmas Oepoi"], one(2), ["II. Puskesmas Sikumana"], one(3)],
        [("Maria Bria", u) for u in ("Sekretariat", "UPTD Puskesmas Oepoi", "II. Puskesmas Sikumana")],
    ),
    "titles of units after a letter": (
        [HEAD, ["A.", "BIDANG P2P"], one(1), ["II", "", "Seksi Imunisasi"], one(2)],
        [("Maria Bria", "BIDANG P2P"), ("Maria Bria", "Seksi Imunisasi")],
    ),
    "titles of units in the column of names": (
        [HEAD, ["", "", "Puskesmas Alak"], one(1)],
        [("Maria Bria", "Puskesmas Alak")],
    ),
    "two tables beside each other": (
        [[*HEAD, "", *HEAD], [*one(1, "A"), "", *one(2, "B")], [*one(3, "C"), "", *one(4, "D")], one(5, "E")],
        [("A", None), ("C", None), ("E", None), ("B", None), ("D", None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SHEETS)
def test_lines_that_are_people(baca, case):
    lines, expected = SHEETS[case]
    taken = baca([*TOP, *lines])
    assert said(taken) == []
    assert [(row["nama"], row["unit"]) for row in taken.tables["nominatif"]] == expected
    assert taken.jumlah == len(expected)


@pytest.mark.parametrize(
    "line", [["", "", "Yohanes", ""], [2, "", "Yohanes", ""], [2, "", "Yohanes", "sudah"]], ids=str
)
def test_a_name_without_a_nip_is_not_dropped(baca, line):
    assert "tanpa_nip" in said(baca([*TOP, HEAD, one(1), line, one(3)]))


def test_a_lone_name_in_the_last_row_is_told(baca):
    assert "bukan_orang" in said(baca([*TOP, HEAD, one(1), ["", "", "Yohanes", ""]]), ("catatan",))


# Status, from words and from columns of marks


@pytest.mark.parametrize(
    ("text", "status"),
    [
        *[(text, "berhasil") for text in ("sudah", "Sdh", "SELESAI", "v", "V", "✓", "√", "ya", "sudah (2 Maret)", "su isi")],
        *[(text, "gagal") for text in ("gagal", "tdk bisa", "gagal, server down", "Gagal (captcha)", "gagal: NIK")],
        *[(text, "belum") for text in ("belum", "blm", "balom", "Belum (sakit)", "belum - cuti", "tidak")],
        *[(text, "proses") for text in ("proses", "proses, belum kirim", "belum selesai", "sedang mengisi")],
        ("gagal, tidak berhasil kirim", "gagal"),
    ],
)  # fmt: skip
def test_words_of_a_status(baca, text, status):
    taken = baca([*TOP, HEAD, one(1, status=text)])
    assert said(taken) == []
    assert taken.tables["nominatif"][0]["status"] == status


@pytest.mark.parametrize(
    "text",
    ["sudah tapi gagal", "sudah, tapi gagal kirim", "sudah - belum terkirim", "sudah (error)", "sudah, hampir selesai",
     "sudah, baru sebagian", "sudah: masih proses", "Sudah/Belum", "Berhasil/Gagal", "berhasil, 1 anak belum",
     "sudah, kecuali anak", "sudah dicoba", "belum berhasil?", "gagal, lalu berhasil", "belum, akhirnya berhasil",
     "TRUE", "1", "0", "x", "?", "sdh blm", "PNS", "Belum Kawin"],
)  # fmt: skip
def test_a_status_that_says_two_things_or_none_is_asked_for(baca, text):
    taken = baca([*TOP, HEAD, one(1, status=text)])
    assert said(taken) == ["status_asing"]
    assert taken.total("berhasil") == 0


@pytest.mark.parametrize(
    ("marks", "status"),
    [
        (["v", ""], "berhasil"), (["✓", "-"], "berhasil"), (["Sudah", ""], "berhasil"), ([1, 0], "berhasil"),
        ([True, False], "berhasil"), (["TRUE", "FALSE"], "berhasil"), (["x", ""], "berhasil"), (["2/3", ""], "berhasil"),
        (["", "v"], "belum"), ([False, True], "belum"), ([0, 1], "belum"), (["", "Belum"], "belum"), (["-", "x"], "belum"),
        (["v", "v"], None), (["", ""], None), (["-", "-"], None), (["gagal", ""], None), (["tidak bisa", ""], None),
        (["belum, sakit", ""], None), (["tidak ada", ""], None), (["proses", ""], None), (["☐", ""], None),
    ],
    ids=str,
)  # fmt: skip
def test_two_columns_of_marks(baca, marks, status):
    taken = baca([*TOP, ["No", "NIP", "Nama", "Sudah", "Belum"], [1, nip(1), "A", *marks]])
    assert [row["status"] for row in taken.tables["nominatif"]] == [status]
    assert bool(said(taken)) == (status is None)


@pytest.mark.parametrize(
    ("mark", "status"),
    [("v", "berhasil"), (True, "berhasil"), (1, "berhasil"), (False, "belum"), ("FALSE", "belum"), (0, "belum"),
     ("tidak", "belum"), ("-", "belum"), ("", "belum"), ("gagal", "gagal"), ("tidak bisa", "gagal"), ("blm, sakit", "belum")],
)  # fmt: skip
def test_one_column_of_marks(baca, mark, status):
    taken = baca([*TOP, ["No", "NIP", "Nama", "Sudah"], [1, nip(1), "A", mark]])
    assert (said(taken), taken.tables["nominatif"][0]["status"]) == ([], status)
    assert ("tanda_kosong" in said(taken, ("peringatan",))) == (mark == "")


@pytest.mark.parametrize(
    ("marks", "proof"),
    [(["v", ""], True), ([True, False], True), (["", "v"], False), ([False, True], False), (["-", ""], False),
     (["tidak", ""], False), (["", ""], None)],
    ids=str,
)  # fmt: skip
def test_columns_of_proofs(baca, marks, proof):
    head = [["No", "NIP", "Nama", "Status", "Bukti", ""], ["", "", "", "", "Ada", "Belum"]]
    assert baca([*TOP, *head, [*one(1, status="sudah"), *marks]]).tables["nominatif"][0]["bukti"] is proof


# NIPs, kinds of ASN, offices


def test_ptt_without_a_nip_are_counted_out_and_said(baca):
    head = ["No", "NIP", "Nama", "Jenis ASN", "Status"]
    taken = baca(
        [*TOP, head, [1, nip(1), "A", "PNS", "belum"], [2, "", "B", "PTT", "sudah"], [3, "", "C", "Honorer", "-"]]
    )
    assert (said(taken), taken.jumlah) == ([], 1)
    assert [f.pesan[:7] for f in taken.temuan if f.kode == "ptt_tanpa_nip"] == ["2 baris"]


def test_pppk_is_told_by_the_number_and_contradicts_the_column(baca):
    pppk = "198503172019211001"
    taken = baca([*TOP, HEAD, [1, pppk, "A", "belum"]])
    assert taken.tables["nominatif"][0]["jenis_asn"] == "PPPK"
    head = ["No", "NIP", "Nama", "Jenis ASN", "Status"]
    assert said(baca([*TOP, head, [1, pppk, "A", "PNS", "belum"]])) == ["nip_salah"]


@pytest.mark.parametrize(
    ("serials", "levels"),
    [([0, 1, 2, 3, 4, 5], ["peringatan"]), ([0, 0, 1], ["tolak"] * 2), ([0, 0, 0, 0], ["tolak"] * 4)],
)
def test_one_serial_000_may_be_real_but_a_column_of_them_is_damage(baca, serials, levels):
    born = [f"19850317{2005 + at}011{serial:03d}" for at, serial in enumerate(serials)]
    taken = baca([*TOP, HEAD, *([at, value, f"N {at}", "belum"] for at, value in enumerate(born, start=1))])
    assert [f.tingkat for f in taken.temuan if f.kode.startswith("nip_")] == levels


@pytest.mark.parametrize(
    "value", [float(nip(7)), 198503172010011000, "198503172010011000", "1.98503172010011E+17"], ids=repr
)
def test_a_damaged_nip_is_mended_by_name_and_first_digits_only(baca, value):
    def read(name, *past):
        history = History()
        history.add_roster("DINKES", [Person(nip(n), who, "DINKES", date(2020, 3, 9), "k", 1) for n, who in past])
        return baca([*TOP, HEAD, [1, value, name, "belum"], [2, nip(0), "Lain Orang", "belum"]][:4], past=history)

    taken = read("Maria Bria, S.Kep", (7, "MARIA BRIA"), (8, "Petrus Ndun"))
    assert [row["nip"] for row in taken.tables["nominatif"]] == [nip(7)] or isinstance(value, str)
    if not isinstance(value, str) or "E" in value:
        assert said(taken) == [] and "nip_dipulihkan" in said(taken, ("peringatan",))
        assert said(read("Yosef Lado", (7, "MARIA BRIA"))) == ["nip_rusak"]
        assert said(read("Maria Bria", (7, "MARIA BRIA"), (8, "Maria Bria"))) == ["nip_rusak"]
        assert said(read("Maria Bria")) == ["nip_rusak"]


def test_merged_office_cells_belong_to_the_rows_below(baca):
    head = ["OPD", "NIP", "Nama", "Status"]
    taken = baca(
        [
            ["Keadaan 16 Maret 2020"],
            head,
            ["Dinas Kesehatan", *one(1)[1:]],
            ["", *one(2)[1:]],
            ["Dinas Sosial", *one(3)[1:]],
        ]
    )
    assert [row["opd"] for row in taken.tables["nominatif"]] == ["DINKES", "DINKES", "DINSOS"]
    assert [(row["opd"], row["jumlah_asn"]) for row in taken.tables["rekap"]] == [("DINKES", 2), ("DINSOS", 1)]


# A roster written in any order with any accepted heading reads back the same people


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_order_and_synonym_reads_back_the_same_people(kota, baca, data):
    names = ["nomor", "nip", "nama", "unit", "jenis_asn", "status", "tanggal_isi", "bukti"]
    headings = {name: data.draw(st.sampled_from(kota.columns["nominatif"][name]), label=name) for name in names}
    order = data.draw(st.permutations(names))
    words = kota.columns["status"]
    lines, expected = [], []
    for number in range(1, data.draw(st.integers(1, 5)) + 1):
        meaning = data.draw(st.sampled_from(sorted(words)))
        cells = {
            "nomor": number,
            "nip": nip(number),
            "nama": data.draw(st.sampled_from(["Maria Bria", "Yohanes Tukan, S.H.", "Total Ndun", "Kepala Lado"])),
            "unit": data.draw(st.sampled_from(["Sekretariat", "Bidang P2P", ""])),
            "jenis_asn": data.draw(st.sampled_from(["PNS", "CPNS", ""])),
            "status": data.draw(st.sampled_from(words[meaning])),
            "tanggal_isi": date(2020, 3, 2) if meaning == "berhasil" else "",
            "bukti": "",
        }
        lines.append([cells[name] for name in order])
        expected.append((nip(number), cells["nama"], meaning, cells["unit"] or None))
    taken = baca([*TOP, [headings[name] for name in order], *lines])
    assert said(taken) == []
    assert [(r["nip"], r["nama"], r["status"], r["unit"]) for r in taken.tables["nominatif"]] == expected


def test_a_name_and_a_nip_in_one_column_are_told_apart(baca):
    lines = [
        ["DINAS SOSIAL"],
        ["Keadaan 16 Maret 2020"],
        ["No", "Nama / NIP", "Status"],
        [1, "Maria Bria, S.Pd. / 19850317 201001 2 001", "belum"],
        [2, "Yohanes Lay\nNIP. 198503172010011002", "belum"],
    ]
    taken = baca(lines)
    assert [f.kode for f in taken.temuan] == []
    assert [(row["nama"], row["nip"]) for row in taken.tables["nominatif"]] == [
        ("Maria Bria, S.Pd", "198503172010012001"),
        ("Yohanes Lay", "198503172010011002"),
    ]


def test_a_bare_signature_below_the_list_asks_for_no_nip(baca):
    lines = [
        ["DINAS SOSIAL"],
        ["Keadaan 16 Maret 2020"],
        ["No", "NIP", "Nama", "Status"],
        [1, "198503172010011001", "A", "belum"],
        [],
        ["", "", "Drs. Yohanes Lay", ""],
        ["", "196503121990031005", "", ""],
    ]
    taken = baca(lines)
    assert (taken.hasil, taken.jumlah, [f.kode for f in taken.temuan]) == ("diterima", 1, ["bukan_orang"])


def test_a_note_in_the_list_hides_nobody(baca):
    """What looked like the end of the list was not: a line without NIP behind it is said, people go on counting."""
    lines = [
        ["DINAS SOSIAL"],
        ["Keadaan 16 Maret 2020"],
        ["No", "NIP", "Nama", "Status"],
        [1, "198503172010011001", "A", "belum"],
        ["Catatan: cuti", "", "", ""],
        ["", "", "Tanpa Nomor", ""],
        [2, "198503172010011002", "B", "belum"],
    ]
    taken = baca(lines)
    assert taken.jumlah == 2
    (finding,) = taken.temuan
    assert finding.kode == "bukan_orang" and "baris 6" in finding.pesan
