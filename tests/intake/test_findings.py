"""findings.py: every code can be reached by a small file, and says level, place, value and remedy."""

from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.findings import LEVELS, TEXTS, Finding, Findings, shorten
from helpers.intake.findings_log import LOG_TEXTS
from helpers.intake.findings_residents import RESIDENTS
from helpers.intake.receive import examine

TODAY = date(2020, 3, 17)
NIK = "5371012345678901"
TOLAK, PERINGATAN, CATATAN = LEVELS


class Kit:
    """What a case needs to write its file."""

    def __init__(self, tmp_path, orang, tulis_lembar, tulis_formulir):
        self.inbox = tmp_path / "masuk"
        self.outside = tmp_path / "luar"
        self.person, self.cells, self.form = orang, tulis_lembar, tulis_formulir

    def raw(self, content, name="DINKES_2020-03-17.xlsx"):
        self.inbox.mkdir(exist_ok=True)
        (self.inbox / name).write_bytes(content)
        return self.inbox / name

    def people(self, *changes, opd="DINKES", tanggal=TODAY, name="kiriman.xlsx"):
        """A nominatif with one person per given change; row 7 is the first."""
        rows = [self.person(n, **change) for n, change in enumerate(changes, start=1)]
        return self.form(self.inbox / name, {"Nominatif": rows}, opd, tanggal)

    def sheets(self, opd="DINKES", tanggal=TODAY, **sheets):
        return self.form(self.inbox / "kiriman.xlsx", sheets, opd, tanggal)

    def rekap(self, *rows, opd="DINKES", tanggal=TODAY):
        return self.sheets(opd, tanggal, Rekap=list(rows))

    def own(self, *titles, people=1, more=(), below=()):
        """A sheet of an office's own making: titles, then NIP, Nama, Status and perhaps one more column."""
        head = ["NIP", "Nama", "Status", *more[:1]]
        lines = [[self.person(n)["nip"], f"Nama {n}", "Belum", *more[n : n + 1]] for n in range(1, people + 1)]
        return self.cells(self.inbox / "a.xlsx", {"S": [*titles, head, *lines, *below]})

    def names_alone(self):
        lines = [["DINAS SOSIAL"], ["Keadaan 16 Maret 2020"], ["NIP", "Nama"], [self.person(1)["nip"], "A"]]
        return self.cells(self.inbox / "a.xlsx", {"S": lines})

    def two_states(self, other):
        return self.own(["DINAS SOSIAL"], ["Keadaan 16 Maret 2020"], more=("Status SP Online", other))

    def total_below(self, value):
        return self.own(["DINAS SOSIAL"], ["Keadaan 16 Maret 2020"], below=[["Jumlah", "", value]])

    def two_days(self):
        lines = [[self.person(n)["nip"], f"Nama {n}", "Belum", date(2020, 3, 14 + n)] for n in (1, 2)]
        return self.cells(
            self.inbox / "a.xlsx", {"S": [["DINAS SOSIAL"], ["NIP", "Nama", "Status", "Per Tanggal"], *lines]}
        )

    def unread_sheet(self):
        path = self.own(["DINAS SOSIAL"], ["Keadaan 16 Maret 2020"])
        book = openpyxl.load_workbook(path)
        for n in (5, 6, 7):
            book.create_sheet("Lain") if "Lain" not in book.sheetnames else None
            book["Lain"].append([self.person(n)["nip"], f"Nama {n}"])
        book.save(path)
        return path

    def marks(self, *marks):
        """People with columns of marks: one each for sudah and belum, or for sudah alone."""
        head = ["NIP", "Nama", "Sudah", "Belum"][: 2 + len(marks[0])]
        lines = [[self.person(n)["nip"], f"Nama {n}", *own] for n, own in enumerate(marks, start=1)]
        return self.cells(self.inbox / "DINSOS_2020-03-16.xlsx", {"S": [head, *lines]})

    def units(self, *lines):
        return self.cells(
            self.inbox / "2020-03-16.xlsx", {"R": [["DINAS SOSIAL"], ["Unit Kerja", "Jumlah ASN"], *lines]}
        )

    def hidden_rows(self):
        path = self.own(["DINAS SOSIAL"], ["Keadaan 16 Maret 2020"], people=5)
        book = openpyxl.load_workbook(path)
        for row in (5, 7):
            book["S"].row_dimensions[row].hidden = True
        book.save(path)
        return path

    def hidden_sheet(self):
        path = self.own(["DINAS SOSIAL"], ["Keadaan 16 Maret 2020"])
        book = openpyxl.load_workbook(path)
        book.copy_worksheet(book["S"]).title = "Lama"
        book["Lama"].sheet_state = "hidden"
        book.save(path)
        return path

    def link(self):
        self.outside.mkdir()
        self.inbox.mkdir()
        target = self.form(self.outside / "rahasia.xlsx", {"Nominatif": [self.person()]})
        (self.inbox / "DINKES.xlsx").symlink_to(target)
        return self.inbox / "DINKES.xlsx"


@pytest.fixture
def kit(tmp_path, orang, tulis_lembar, tulis_formulir):
    return Kit(tmp_path, orang, tulis_lembar, tulis_formulir)


def found_by(path, kota, kit, today=TODAY):
    return list(examine(path, kota, today, inbox=kit.inbox).temuan)


WHOLE = {"jumlah_asn": 10, "berhasil": 3, "gagal": 1, "belum": 6, "bukti": 2, "tanggal_data": TODAY}
KENDALA = {"tanggal": TODAY, "kode": "K01", "uraian": "server", "jumlah_asn": 1}
WA = {"tanggal": TODAY, "kanal": "WA"}

# code, level, sheet, cell ("" for the whole file or sheet), what the message must hold, how to make the file
CASES = [
    ("kosong", TOLAK, "", "", ["kosong", "Kirim ulang"], lambda k: k.raw(b"")),
    ("bukan_lembar", TOLAK, "", "", ["bukan Excel", ".xlsx atau .csv"], lambda k: k.raw(b"\x89PNG\r\n\x1a\n\0\0")),
    ("bukan_lembar", TOLAK, "", "", [".pdf", ".xlsx atau .csv"], lambda k: k.raw(b"%PDF-1.4", "DINKES.pdf")),
    ("di_luar_kotak", TOLAK, "", "", ["tautan", "Salin"], lambda k: k.link()),
    ("tanpa_tabel", TOLAK, "", "", ["NIP, Nama, Status", "Jumlah ASN"], lambda k: k.sheets(Kendala=[KENDALA])),
    ("tanpa_isi", TOLAK, "Nominatif", "", ["belum diisi", "kirim ulang"], lambda k: k.people()),
    ("tanpa_opd", TOLAK, "Nominatif", "", ["Kode OPD", "DINKES"], lambda k: k.people({}, opd="")),
    ("tanpa_opd", TOLAK, "Rekap", "", ["Kode OPD"], lambda k: k.rekap(WHOLE, opd=None)),
    ("opd_asing", TOLAK, None, None, ["'DINASX'", "params/opd.csv"], lambda k: k.people({}, opd="DINASX")),
    (
        "opd_asing",
        TOLAK,
        "R",
        "A3",
        ["'TERMINAL'", "params/opd.csv"],
        lambda k: k.cells(
            k.inbox / "a.xlsx",
            {"R": [["Kode OPD", "Tanggal", "Jumlah ASN"], ["DISHUB", TODAY, 5], ["TERMINAL", TODAY, 5]]},
        ),
    ),
    (
        "tidak_dihitung",
        CATATAN,
        "Nominatif",
        "",
        ["1 baris PTT", "PNS, PPPK"],
        lambda k: k.people({}, {"jenis_asn": "PTT"}),
    ),
    (
        "opd_campur",
        TOLAK,
        "N",
        "D5",
        ["'DISHUB'", "nominatif DINKES", "satu berkas untuk tiap OPD"],
        lambda k: k.cells(
            k.inbox / "a.xlsx",
            {
                "N": [
                    ["Kode OPD", "DINKES"],
                    ["Tanggal Data", TODAY],
                    ["NIP", "Nama", "Status", "OPD"],
                    [k.person(1)["nip"], "A", "Belum", "DINKES"],
                    [k.person(2)["nip"], "B", "Belum", "DISHUB"],
                ]
            },
        ),
    ),
    (
        "dua_bentuk",
        TOLAK,
        "Rekap",
        "",
        ["berhasil: nominatif 1, rekap 2", "Samakan"],
        lambda k: k.sheets(Nominatif=[k.person()], Rekap=[{"tanggal_data": TODAY, "jumlah_asn": 1, "berhasil": 2}]),
    ),
    ("tanpa_tanggal", TOLAK, "Nominatif", "", ["Tanggal Data", "17/03/2020"], lambda k: k.people({}, tanggal=None)),
    (
        "tanpa_tanggal",
        TOLAK,
        "Rekap",
        "A7",
        ["Tanggal Data"],
        lambda k: k.rekap(WHOLE | {"tanggal_data": None}, tanggal=None),
    ),
    (
        "tanpa_tanggal",
        TOLAK,
        "Sosialisasi",
        "A7",
        ["17/03/2020"],
        lambda k: k.sheets(Nominatif=[k.person()], Sosialisasi=[WA | {"tanggal": None}]),
    ),
    (
        "tanggal_salah",
        TOLAK,
        "Nominatif",
        "G7",
        ["'31/02/2020'", "17 Maret 2020"],
        lambda k: k.people({"tanggal_isi": "31/02/2020"}),
    ),
    ("tanggal_salah", TOLAK, "Rekap", "A7", ["'kemarin'"], lambda k: k.rekap(WHOLE | {"tanggal_data": "kemarin"})),
    ("tanggal_salah", TOLAK, "Nominatif", None, ["'31/02/2020'"], lambda k: k.people({}, tanggal="31/02/2020")),
    (
        "sebelum_mulai",
        TOLAK,
        "Nominatif",
        "G7",
        ["2020", "15 Februari 2020"],
        lambda k: k.people({"tanggal_isi": date(2020, 2, 14)}),
    ),
    (
        "sebelum_mulai",
        TOLAK,
        "Nominatif",
        "",
        ["1 Februari 2020", "15 Februari 2020"],
        lambda k: k.people({"tanggal_isi": None, "status": "Belum"}, tanggal=date(2020, 2, 1)),
    ),
    (
        "sebelum_mulai",
        TOLAK,
        "Rekap",
        None,
        ["15 Februari 2020"],
        lambda k: k.rekap(WHOLE | {"tanggal_data": None}, tanggal=date(2019, 3, 17)),
    ),
    (
        "masa_depan",
        TOLAK,
        "Nominatif",
        "G7",
        ["belum terjadi", "Periksa"],
        lambda k: k.people({"tanggal_isi": "18/03/2020"}),
    ),
    ("masa_depan", TOLAK, "Nominatif", "", ["18 Maret 2020"], lambda k: k.people({}, tanggal=date(2020, 3, 18))),
    ("masa_depan", TOLAK, "Rekap", "A7", ["18/03/2020"], lambda k: k.rekap(WHOLE | {"tanggal_data": "18/03/2020"})),
    (
        "masa_depan",
        TOLAK,
        "Rekap",
        None,
        ["belum terjadi"],
        lambda k: k.rekap(WHOLE | {"tanggal_data": None}, tanggal=date(2021, 3, 17)),
    ),
    (
        "sesudah_data",
        TOLAK,
        "Nominatif",
        "G7",
        ["12/03/2020", "10 Maret 2020"],
        lambda k: k.people({"tanggal_isi": "12/03/2020"}, tanggal=date(2020, 3, 10)),
    ),
    (
        "sesudah_data",
        TOLAK,
        "Sosialisasi",
        "A7",
        ["10 Maret 2020"],
        lambda k: k.sheets(tanggal=date(2020, 3, 10), Nominatif=[k.person()], Sosialisasi=[WA]),
    ),
    ("tanpa_nip", TOLAK, "Nominatif", "B7", ["18 angka"], lambda k: k.people({"nip": None})),
    ("tanpa_nama", TOLAK, "Nominatif", "C8", ["SK"], lambda k: k.people({}, {"nama": " "})),
    ("nip_rusak", TOLAK, "Nominatif", "B7", ["15 angka", "teks"], lambda k: k.people({"nip": 198503172010011001})),
    ("nip_rusak", TOLAK, "Nominatif", "B8", ["ketik ulang"], lambda k: k.people({}, {"nip": "1.98503E+17"})),
    ("nip_salah", TOLAK, "Nominatif", "B7", ["terbaca 17", "SK"], lambda k: k.people({"nip": "19850317201001100"})),
    ("nip_salah", TOLAK, "Nominatif", "B7", ["kelamin) 3"], lambda k: k.people({"nip": "198503172010013001"})),
    (
        "nip_ganda",
        TOLAK,
        "Nominatif",
        "B9",
        ["Sisakan satu"],
        lambda k: k.people({}, {}, {"nip": "198503172010011001"}),
    ),
    (
        "nip_janggal",
        PERINGATAN,
        "Nominatif",
        "B7",
        ["usia saat TMT 17", "Periksa"],
        lambda k: k.people({"nip": "199503172012041001"}),
    ),
    (
        "status_asing",
        TOLAK,
        "Nominatif",
        "F7",
        ["'Mungkin'", "Berhasil, Gagal, Belum, atau Proses"],
        lambda k: k.people({"status": "Mungkin"}),
    ),
    ("status_kosong", TOLAK, "Nominatif", "F7", ["Berhasil, Gagal"], lambda k: k.people({"status": None})),
    (
        "bukti_asing",
        TOLAK,
        "Nominatif",
        "H7",
        ["'Kira-kira'", "Ada atau Belum"],
        lambda k: k.people({"bukti": "Kira-kira"}),
    ),
    (
        "jenis_asing",
        TOLAK,
        "Nominatif",
        "E7",
        ["'TNI'", "PNS, PPPK, atau PTT"],
        lambda k: k.people({"jenis_asn": "TNI"}),
    ),
    ("kode_asing", TOLAK, "Nominatif", "I7", ["'K77'", "K01 sampai K16"], lambda k: k.people({"kode_kendala": "K77"})),
    (
        "kode_asing",
        TOLAK,
        "Kendala",
        "B7",
        ["'K77'", "K99"],
        lambda k: k.sheets(Nominatif=[k.person()], Kendala=[KENDALA | {"kode": "K77"}]),
    ),
    (
        "berhasil_tanpa_tanggal",
        PERINGATAN,
        "Nominatif",
        "G8",
        ["laju harian", "Isi tanggal"],
        lambda k: k.people({}, {"tanggal_isi": None}),
    ),
    (
        "gagal_tanpa_kendala",
        PERINGATAN,
        "Nominatif",
        "I8",
        ["menghalangi", "Kode Kendala"],
        lambda k: k.people({}, {"status": "Gagal", "tanggal_isi": None}),
    ),
    (
        "k13_gagal",
        PERINGATAN,
        "Nominatif",
        "I7",
        ["K13", "Periksa"],
        lambda k: k.people({"status": "Gagal", "kode_kendala": "K13", "tanggal_isi": None}),
    ),
    (
        "sidik_salah",
        PERINGATAN,
        "Nominatif",
        "L7",
        ["SHA-256", "Kosongkan"],
        lambda k: k.people({"bukti_sidik": "3f9"}),
    ),
    (
        "angka_salah",
        TOLAK,
        "Rekap",
        "C7",
        ["'tiga'", "bilangan bulat"],
        lambda k: k.rekap(WHOLE | {"berhasil": "tiga"}),
    ),
    ("angka_salah", TOLAK, "Rekap", "B7", ["'-5'"], lambda k: k.rekap(WHOLE | {"jumlah_asn": -5})),
    ("jumlah_kosong", TOLAK, "Rekap", "B7", ["seluruh ASN"], lambda k: k.rekap(WHOLE | {"jumlah_asn": None})),
    ("tidak_cocok", TOLAK, "Rekap", "B7", ["berjumlah 11", "10"], lambda k: k.rekap(WHOLE | {"belum": 7})),
    (
        "melebihi",
        TOLAK,
        "Rekap",
        "C7",
        ["Berhasil 12", "Jumlah ASN 10"],
        lambda k: k.rekap({"tanggal_data": TODAY, "jumlah_asn": 10, "berhasil": 12}),
    ),
    ("melebihi", TOLAK, "Rekap", "F7", ["Bukti 4", "Berhasil 3"], lambda k: k.rekap(WHOLE | {"bukti": 4})),
    (
        "rekap_ganda",
        TOLAK,
        "Rekap",
        "B8",
        ["DINKES", "17 Maret 2020", "Sisakan satu"],
        lambda k: k.rekap(WHOLE, WHOLE),
    ),
    (
        "kanal_asing",
        TOLAK,
        "Sosialisasi",
        "B7",
        ["'merpati pos'", "daftar pada formulir"],
        lambda k: k.sheets(Nominatif=[k.person()], Sosialisasi=[WA | {"kanal": "merpati pos"}]),
    ),
    (
        "opd_ragu",
        TOLAK,
        "S",
        "",
        ["Kecamatan Kota Raja", "Kecamatan Kota Lama", "Kode OPD"],
        lambda k: k.own(["KECAMATAN KOTA"], ["Keadaan 16 Maret 2020"]),
    ),
    (
        "opd_ragu",  # a code is never corrected, only recognised
        TOLAK,
        "R",
        "A3",
        ["'DISHUBX'", "Dinas Perhubungan"],
        lambda k: k.cells(
            k.inbox / "a.xlsx",
            {"R": [["Kode OPD", "Tanggal", "Jumlah ASN"], ["DISHUB", TODAY, 5], ["DISHUBX", TODAY, 5]]},
        ),
    ),
    (
        "opd_ragu",
        TOLAK,
        "R",
        "A2",
        ["Kecamatan Kota Raja"],
        lambda k: k.cells(k.inbox / "a.xlsx", {"R": [["OPD", "Jumlah ASN"], ["Kecamatan Kota", 5], ["DINKES", 5]]}),
    ),
    (
        "opd_induk",
        TOLAK,
        "R",
        "A3",
        ["tidak melapor sendiri", "bagian"],
        lambda k: k.cells(
            k.inbox / "2020-03-16.xlsx", {"R": [["OPD", "Jumlah ASN"], ["DINKES", 5], ["Sekretariat Daerah", 5]]}
        ),
    ),
    (
        "opd_nama_berkas",
        CATATAN,
        "",
        "",
        ["DISHUB", "DINKES"],
        lambda k: k.people({}, name="DISHUB_2020-03-17.xlsx"),
    ),
    (
        "tanggal_ragu",
        TOLAK,
        "S",
        "",
        ["15 Maret 2020 dan 16 Maret 2020", "Tulis Tanggal Data"],
        lambda k: k.own(["DINAS SOSIAL"], ["Keadaan 15 Maret 2020"], ["Keadaan 16 Maret 2020"]),
    ),
    (
        "tanggal_dua_arti",
        PERINGATAN,
        "Nominatif",
        "G7",
        ["'03/16/2020'", "16 Maret 2020"],
        lambda k: k.people({"tanggal_isi": "03/16/2020"}),
    ),
    (
        "kolom_rahasia",
        PERINGATAN,
        "S",
        "D3",
        ["Kolom NIK", "tidak disimpan"],
        lambda k: k.own(["DINAS SOSIAL"], ["Keadaan 16 Maret 2020"], more=("NIK", NIK)),
    ),
    (
        "ptt_tanpa_nip",
        CATATAN,
        "Nominatif",
        "",
        ["1 baris PTT tanpa NIP"],
        lambda k: k.people({}, {"jenis_asn": "PTT", "nip": None}),
    ),
    (
        "status_ganda",
        TOLAK,
        "S",
        "D2",
        ["Sudah, Belum", "Sisakan satu"],
        lambda k: k.marks(["v", "v"]),
    ),
    ("tanpa_status", TOLAK, "S", "A3", ["kolom Status"], lambda k: k.names_alone()),
    ("status_beda", TOLAK, "S", "C4", ["'Gagal' dan 'Belum'"], lambda k: k.two_states("Gagal")),
    ("jumlah_beda", PERINGATAN, "S", "C5", ["15", "1 orang"], lambda k: k.total_below(15)),
    ("tanggal_campur", TOLAK, "S", "", ["15 Maret 2020 dan 16 Maret 2020"], lambda k: k.two_days()),
    (
        "tanggal_bukan_berhasil",
        PERINGATAN,
        "Nominatif",
        "G7",
        ["status belum"],
        lambda k: k.people({"status": "Belum", "bukti": None}),
    ),
    ("lembar_tidak_dibaca", PERINGATAN, "Lain", "", ["3 NIP"], lambda k: k.unread_sheet()),
    (
        "berhasil_kosong",
        TOLAK,
        "Rekap",
        "C7",
        ["rumus", "Isi angkanya"],
        lambda k: k.rekap({"tanggal_data": TODAY, "jumlah_asn": 10, "gagal": 1}),
    ),
    (
        "dihitung_dari_lain",
        PERINGATAN,
        "Rekap",
        "C7",
        ["menjadi 3"],
        lambda k: k.rekap(WHOLE | {"berhasil": None, "bukti": None}),
    ),
    (
        "hanya_jumlah",
        TOLAK,
        "R",
        "B1",
        ["telah ikut sensus", "Pakai judul"],
        lambda k: k.cells(
            k.inbox / "DINKES_2020-03-16.xlsx", {"R": [["Jumlah ASN", "ASN telah ikut sensus"], [10, 4]]}
        ),
    ),
    ("tanda_kosong", PERINGATAN, "S", "C3", ["dibaca belum"], lambda k: k.marks(["v"], [""])),
    (
        "bukti_bukan_berhasil",
        PERINGATAN,
        "Nominatif",
        "H7",
        ["status belum", "Periksa"],
        lambda k: k.people({"status": "Belum", "tanggal_isi": None}),
    ),
    (
        "bukti_sama",
        CATATAN,
        "S",
        "baris 5",
        ["baris 6", "keluarga"],
        lambda k: k.own(
            ["DINAS SOSIAL"], ["Keadaan 16 Maret 2020"], people=3, more=("Sidik Bukti", "", "ab" * 32, "ab" * 32)
        ),
    ),
    (
        "bukan_orang",
        CATATAN,
        "S",
        "",
        ["1 baris", "baris 5"],
        lambda k: k.own(["DINAS SOSIAL"], ["Keadaan 16 Maret 2020"], below=[["", "", "lihat lampiran"]]),
    ),
    (
        "kode_dugaan",
        CATATAN,
        "Nominatif",
        "J7",
        ["K07 Kata sandi", "keyakinan"],
        lambda k: k.people({"status": "Gagal", "tanggal_isi": None, "bukti": None, "uraian": "lupa password"}),
    ),
    (
        "perlu_ditinjau",
        PERINGATAN,
        "Nominatif",
        "J7",
        ["K99", "perlu ditinjau"],
        lambda k: k.people({"status": "Gagal", "tanggal_isi": None, "bukti": None, "uraian": "menunggu kabar"}),
    ),
    (
        "jumlah_dijumlahkan",
        PERINGATAN,
        "R",
        "A2",
        ["berhasil + gagal + belum = 10"],
        lambda k: k.cells(k.inbox / "DINKES_2020-03-16.xlsx", {"R": [["Berhasil", "Gagal", "Belum"], [3, 1, 6]]}),
    ),
    (
        "total_beda",
        PERINGATAN,
        "R",
        "B4",
        ["31", "30"],
        lambda k: k.cells(
            k.inbox / "2020-03-16.xlsx",
            {"R": [["OPD", "Jumlah ASN"], ["DINKES", 10], ["DISHUB", 20], ["Jumlah", 31]]},
        ),
    ),
    (
        "rincian_beda",
        TOLAK,
        "R",
        "B5",
        ["31", "30", "Samakan"],
        lambda k: k.units(["Sekretariat", 10], ["Bidang Satu", 20], ["Jumlah", 31]),
    ),
    ("dijumlahkan", CATATAN, "R", "", ["2 baris"], lambda k: k.units(["Sekretariat", 10], ["Bidang Satu", 20])),
    (
        "tanpa_laporan",
        CATATAN,
        "R",
        "",
        ["1 OPD", "DISHUB"],
        lambda k: k.cells(k.inbox / "2020-03-16.xlsx", {"R": [["OPD", "Jumlah ASN"], ["DINKES", 10], ["DISHUB", ""]]}),
    ),
    (
        "kendala_tanpa_tanggal",
        PERINGATAN,
        "Kendala",
        "A7",
        ["17 Maret 2020"],
        lambda k: k.sheets(Nominatif=[k.person()], Kendala=[KENDALA | {"tanggal": None}]),
    ),
    (
        "kode_kosong",
        TOLAK,
        "Kendala",
        "C7",
        ["Isi salah satunya"],
        lambda k: k.sheets(Nominatif=[k.person()], Kendala=[KENDALA | {"kode": None, "uraian": None}]),
    ),
    ("baris_tersembunyi", CATATAN, "S", "", ["2 baris", "tetap dihitung"], lambda k: k.hidden_rows()),
    ("lembar_tersembunyi", CATATAN, "Lama", "", ["tersembunyi"], lambda k: k.hidden_sheet()),
    (
        "samar",
        CATATAN,
        "",
        "",
        ["2 nomor", "disamarkan"],
        lambda k: k.people({"uraian": f"NIK {NIK}"}, {"tindak_lanjut": "telepon 081234567890"}),
    ),
    (
        "dilewati",
        CATATAN,
        "R",
        "",
        ["1 baris", "final_incl_paper", "kertas"],
        lambda k: k.cells(
            k.inbox / "a.xlsx",
            {
                "R": [
                    ["Date", "Kind", "Code", "Headcount_Reconstructed"],
                    [TODAY, "online", "DINKES", 5],
                    [TODAY, "final_incl_paper", "DINKES", 6],
                ]
            },
        ),
    ),
]
# Reached with another day of receipt, because the deadline must have passed.
LATE = [
    ("Rekap", lambda k: k.rekap(WHOLE | {"tanggal_data": date(2020, 4, 2)})),
    ("Nominatif", lambda k: k.people({}, tanggal=date(2020, 4, 2))),
]
# Reached only after an earlier submission: tests/intake/test_receive.py.
WITH_A_PAST = {
    "digantikan",
    "nip_dipulihkan",
    "nip_pindah",
    "nip_di_tempat_lain",
    "lonjakan",
    "capaian_turun",
    "menggantikan",
    "lebih_lama",
}


@pytest.mark.parametrize(
    ("code", "level", "sheet", "cell", "words", "write"),
    CASES,
    ids=[f"{n:02d}-{case[0]}-{case[2]}" for n, case in enumerate(CASES)],
)
def test_each_code_says_level_place_value_and_remedy(kota, kit, code, level, sheet, cell, words, write):
    found = [f for f in found_by(write(kit), kota, kit) if f.kode == code]
    assert len(found) == (2 if code == "bukti_sama" else 1)
    assert found[0].tingkat == level
    if sheet is not None:
        assert found[0].lembar == sheet
    if cell is not None:
        assert found[0].sel == cell
    for word in words:
        assert word in found[0].pesan
    if found[0].lembar:
        assert f"lembar {found[0].lembar}" in str(found[0])
    if found[0].sel:
        told = found[0].sel if found[0].sel.startswith("baris ") else f"sel {found[0].sel}"  # a whole row is no cell
        assert f"{told}:" in str(found[0])


@pytest.mark.parametrize(("sheet", "write"), LATE, ids=["rekap", "nominatif"])
def test_a_file_of_a_day_after_the_campaign_waits_for_an_extension(kota, kit, sheet, write):
    found = found_by(write(kit), kota, kit, today=date(2020, 4, 5))
    assert [(f.tingkat, f.kode, f.lembar) for f in found] == [(TOLAK, "lewat_masa", sheet)]
    assert "2 April 2020" in found[0].pesan and "31 Maret 2020" in found[0].pesan


def test_days_after_the_campaign_among_others_are_a_warning(kota, kit):
    path = kit.rekap(WHOLE, WHOLE | {"tanggal_data": date(2020, 4, 2)})
    found = found_by(path, kota, kit, today=date(2020, 4, 5))
    assert [(f.tingkat, f.kode, f.lembar) for f in found] == [(PERINGATAN, "sesudah_selesai", "Rekap")]
    assert "1 baris" in found[0].pesan and "31 Maret 2020" in found[0].pesan


def test_every_code_has_a_case():
    alone = {"sesudah_selesai", "lewat_masa", "kesalahan_program"}
    # Those of a returned log have their cases in test_follow_ups.py, those of families in test_residents.py.
    assert {case[0] for case in CASES} | alone | WITH_A_PAST == set(TEXTS) - set(LOG_TEXTS) - set(RESIDENTS)


def test_a_case_breaks_only_what_it_says(kota, kit):
    """The base that the cases start from has no finding at all."""
    path = kit.sheets(
        Nominatif=[kit.person(), kit.person(2, status="Belum", tanggal_isi=None, bukti="Belum")],
        Rekap=[{"tanggal_data": TODAY, "jumlah_asn": 2, "berhasil": 1, "gagal": 0, "belum": 1, "bukti": 1}],
        Kendala=[KENDALA],
        Sosialisasi=[WA],
    )
    assert found_by(path, kota, kit) == []
    assert found_by(kit.rekap(WHOLE), kota, kit) == []


def test_a_duplicate_names_the_cell_of_the_first(kota, kit):
    (finding,) = found_by(kit.people({}, {}, {"nip": "198503172010011001"}), kota, kit)
    assert "sel B7." in finding.pesan


@pytest.mark.parametrize("code", TEXTS)
def test_texts_are_indonesian_sentences_with_a_level(code):
    level, text = TEXTS[code]
    assert level in LEVELS
    assert text.endswith(".")
    if level == TOLAK:  # says what to do
        verbs = "Kirim Simpan Salin perlu Isi Pakai Samakan Tulis Periksa Jadikan Cocokkan Sisakan Pilih Perbaiki"
        assert any(verb in text for verb in verbs.split())


def test_findings_sort_by_level_and_count():
    found = Findings()
    found.add("samar", banyak=1)
    found.add("nip_janggal", "S", 6, 1, "NIP", "1", alasan="usia")
    found.add("tanpa_nip", "S", 7, 1, "NIP")
    assert [f.tingkat for f in found] == [TOLAK, PERINGATAN, CATATAN]
    assert [found.count(level) for level in LEVELS] == [1, 1, 1]
    assert found.refuses


def test_warnings_alone_do_not_refuse():
    found = Findings()
    found.add("samar", banyak=1)
    found.add("nip_janggal", alasan="usia")
    assert not found.refuses
    assert not Findings().refuses


@pytest.mark.parametrize(
    ("row", "column", "cell"), [(0, 0, "A1"), (6, 1, "B7"), (6, 27, "AB7"), (6, None, "baris 7"), (None, 2, "kolom C")]
)
def test_addresses_are_those_of_excel(row, column, cell):
    found = Findings()
    found.add("tanpa_nip", "Nominatif", row, column)
    assert found.items[0].sel == cell


def test_a_finding_reads_as_place_and_message():
    assert str(Finding(TOLAK, "x", "Pesan.", "Rekap", "B7")) == "lembar Rekap sel B7: Pesan."
    assert str(Finding(TOLAK, "x", "Pesan.", "", "B7")) == "sel B7: Pesan."
    assert str(Finding(TOLAK, "x", "Pesan.")) == "Pesan."


def test_braces_in_a_value_stay_text():
    found = Findings()
    found.add("status_asing", value="{nilai} {0} {alasan}")
    assert "{nilai} {0} {alasan}" in found.items[0].pesan


@pytest.mark.parametrize(
    ("value", "text"),
    [("  a \n b ", "a b"), ("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…"), (5, "5"), (None, "None")],
)
def test_shorten(value, text):
    assert shorten(value) == text


@given(st.text(), st.integers(1, 60))
def test_shortened_text_is_one_line_of_at_most_the_limit(value, limit):
    text = shorten(value, limit)
    assert len(text) <= limit
    assert "\n" not in text
