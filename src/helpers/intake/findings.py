"""What intake found wrong or worth knowing, as data; every text that a sender reads stands in TEXTS.

A finding names file, sheet, cell, value and remedy. It decides nothing: receive.py refuses a file with any `tolak`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from helpers.intake.findings_log import LOG_TEXTS
from helpers.intake.findings_residents import RESIDENTS
from helpers.intake.identity import mask

ENOUGH = 500  # errors of one file; the office begins with these
LEVELS = ("tolak", "peringatan", "catatan")

# code -> (level, message). {nilai} is the value found; other fields come from the caller.
TEXTS: dict[str, tuple[str, str]] = {
    # the file
    "kosong": ("tolak", "Berkas kosong. Kirim ulang formulir yang terisi."),
    "bukan_lembar": (
        "tolak",
        "Berkas bukan lembar kerja yang dapat dibaca ({alasan}). Simpan sebagai .xlsx atau .csv.",
    ),
    "kesalahan_program": (
        "tolak",
        "Berkas ini tidak dapat diperiksa karena kesalahan program ({nilai}). Simpan berkasnya dan kirim kepada pengelola.",
    ),
    "di_luar_kotak": ("tolak", "Berkas adalah tautan ke luar kotak masuk. Salin berkasnya ke kotak masuk."),
    "tanpa_tabel": (
        "tolak",
        "Tidak ada tabel yang dikenali. Nominatif perlu kolom NIP, Nama, Status; rekap perlu kolom Jumlah ASN.",
    ),
    "tanpa_status": (
        "tolak",
        "Ada daftar NIP dan Nama, tetapi tidak ada kolom Status. Tulis kolom Status: Berhasil, Gagal, Belum, atau Proses.",
    ),
    "tanpa_isi": ("tolak", "Tabel nominatif atau rekap ada tetapi belum diisi. Isi lalu kirim ulang."),
    "tanpa_opd": (
        "tolak",
        "OPD tidak diketahui. Isi Kode OPD di atas tabel, misalnya DINKES, sesuai register.",
    ),
    "opd_asing": ("tolak", "OPD {nilai!r} tidak ada di register. Pakai kode atau nama di params/opd.csv."),
    "opd_ragu": (
        "tolak",
        "OPD {nilai!r} belum pasti: mungkin {calon}. Tulis Kode OPD-nya di atas tabel, lalu kirim ulang.",
    ),
    "opd_induk": (
        "tolak",
        "{nilai} tidak melapor sendiri; laporannya jumlah dari bagian-bagiannya. Kirim satu baris untuk tiap bagian.",
    ),
    "opd_nama_berkas": ("catatan", "Nama berkas menyebut {lain}, isinya {opd}; yang dipakai isinya."),
    "opd_campur": (
        "tolak",
        "Baris ini menyebut OPD {nilai!r} di dalam nominatif {opd}. Kirim satu berkas untuk tiap OPD.",
    ),
    "dua_bentuk": (
        "tolak",
        "Satu OPD mengirim nominatif dan rekap dengan angka berbeda ({alasan}). Samakan, lalu kirim ulang.",
    ),
    # dates
    "tanpa_tanggal": (
        "tolak",
        "Tanggal data tidak diketahui. Isi Tanggal Data di atas tabel, misalnya 17/03/2020.",
    ),
    "tanggal_ragu": (
        "tolak",
        "Ada beberapa tanggal di atas tabel ({calon}). Tulis Tanggal Data yang dimaksud, misalnya 17/03/2020.",
    ),
    "tanggal_dua_arti": (
        "peringatan",
        "{nilai!r} dapat berarti dua tanggal; dibaca {dibaca}. Tulis hari lebih dulu, misalnya 17/03/2020.",
    ),
    "tanggal_salah": ("tolak", "{nilai!r} bukan tanggal. Tulis seperti 17/03/2020 atau 17 Maret 2020."),
    "sebelum_mulai": (
        "tolak",
        "Tanggal {nilai} sebelum masa pengisian dimulai ({mulai}). Periksa tanggalnya.",
    ),
    "masa_depan": ("tolak", "Tanggal {nilai} belum terjadi. Periksa tanggalnya."),
    "sesudah_data": (
        "tolak",
        "Tanggal {nilai} sesudah tanggal data ({tanggal_data}). Periksa salah satunya.",
    ),
    "lewat_masa": (
        "tolak",
        "Tanggal data {nilai} sesudah masa pengisian berakhir ({selesai}). Periksa tanggalnya; bila masa diperpanjang, "
        "pengelola mengubah `selesai` pada parameter lalu menerima berkas ini lagi.",
    ),
    "sesudah_selesai": (
        "peringatan",
        "{banyak} baris bertanggal sesudah akhir masa ({selesai}); disimpan, tidak dihitung selama masa tidak diperpanjang.",
    ),
    # people
    "tanpa_nip": ("tolak", "NIP kosong. Isi 18 angka NIP."),
    "tanpa_nama": ("tolak", "Nama kosong. Isi nama sesuai SK."),
    "nip_rusak": (
        "tolak",
        "NIP rusak karena Excel hanya menyimpan 15 angka. Jadikan kolom NIP sebagai teks, ketik ulang 18 angkanya; "
        "atau pakai formulir yang sudah berisi NIP.",
    ),
    "nip_salah": ("tolak", "NIP tidak sah: {alasan}. Cocokkan dengan SK."),
    "nip_ganda": ("tolak", "NIP ganda: sama dengan sel {lain}. Sisakan satu baris untuk tiap orang."),
    "nip_janggal": ("peringatan", "NIP sah tetapi janggal: {alasan}. Periksa sekali lagi."),
    "nip_dipulihkan": (
        "peringatan",
        "NIP rusak, dipulihkan menjadi {pulih}: nama dan angka depannya sama dengan daftar OPD {opd} tanggal {tanggal}. "
        "Cocokkan dengan SK.",
    ),
    "nip_pindah": (
        "peringatan",
        "NIP ini juga ada pada daftar OPD {lain} tanggal {tanggal}. Yang dihitung daftar terbaru, yaitu daftar ini; "
        "OPD {lain} diberi tahu. Bila bukan pindah tugas, cocokkan dengan SK.",
    ),
    "nip_di_tempat_lain": (
        "peringatan",
        "NIP ini ada pada daftar OPD {lain} yang lebih baru ({tanggal}), sehingga orang ini dihitung di sana. "
        "Bila masih bertugas di sini, kirim daftar yang lebih baru.",
    ),
    "kolom_rahasia": (
        "peringatan",
        "Kolom {nilai} tidak diperlukan dan tidak disimpan. Hapus kolom itu sebelum mengirim lagi.",
    ),
    "ptt_tanpa_nip": ("catatan", "{banyak} baris {nilai} tanpa NIP tidak dihitung dan tidak disimpan."),
    "status_ganda": ("tolak", "Lebih dari satu kolom status bertanda ({nilai}). Sisakan satu tanda."),
    "jumlah_beda": ("peringatan", "Baris jumlah menulis {nilai}, pada daftar ada {jumlah} orang. Periksa daftarnya."),
    "tanggal_campur": (
        "tolak",
        "Satu daftar memuat beberapa tanggal data ({nilai}) dengan orang yang berlainan. Samakan tanggalnya.",
    ),
    "tanggal_bukan_berhasil": ("peringatan", "Tanggal Isi terisi tetapi status {status}. Periksa statusnya."),
    "lembar_tidak_dibaca": (
        "peringatan",
        "Lembar ini memuat {banyak} NIP yang tidak ada pada daftar, tetapi kolomnya tidak lengkap sehingga tidak dibaca. "
        "Tambahkan judul NIP, Nama, dan Status bila orangnya harus dihitung.",
    ),
    "tanda_kosong": (
        "peringatan",
        "{banyak} baris tanpa tanda dibaca {dibaca}, karena hanya ada kolom {nilai}. Pakai kolom Status supaya jelas.",
    ),
    "bukti_bukan_berhasil": (
        "peringatan",
        "Bukti ada tetapi status {status}. Periksa statusnya; bukti dihitung hanya untuk yang berhasil.",
    ),
    "bukti_sama": ("catatan", "Bukti yang sama dipakai juga di {lain}; wajar bila satu keluarga."),
    "bukan_orang": ("catatan", "{banyak} baris bukan data ASN dilewati: {nilai}."),
    "status_beda": ("tolak", "Dua kolom status berlainan: {lain!r} dan {nilai!r}. Sisakan satu kolom status."),
    "status_asing": ("tolak", "Status {nilai!r} tidak dikenal. Pilih Berhasil, Gagal, Belum, atau Proses."),
    "status_kosong": ("tolak", "Status kosong. Pilih Berhasil, Gagal, Belum, atau Proses."),
    "bukti_asing": ("tolak", "Bukti {nilai!r} tidak dikenal. Pilih Ada atau Belum."),
    "jenis_asing": ("tolak", "Jenis ASN {nilai!r} tidak dikenal. Pilih PNS, PPPK, atau PTT."),
    "kode_asing": ("tolak", "Kode kendala {nilai!r} tidak dikenal. Pakai K01 sampai K16 atau K99."),
    "berhasil_tanpa_tanggal": (
        "peringatan",
        "Berhasil tanpa Tanggal Isi; tidak masuk hitungan laju harian. Isi tanggal pengisiannya.",
    ),
    "gagal_tanpa_kendala": (
        "peringatan",
        "Gagal tanpa kendala; yang menghalangi belum tercatat. Isi Kode Kendala atau uraiannya.",
    ),
    "k13_gagal": (
        "peringatan",
        "Gagal dengan K13 (tercatat lewat KK lain), padahal itu berarti sudah terdata. Periksa; mungkin Berhasil.",
    ),
    "kode_dugaan": ("catatan", "Uraian ini dicatat sebagai {kode} {kategori} (keyakinan {yakin}). Ubah bila keliru."),
    "perlu_ditinjau": (
        "peringatan",
        "Kendala belum dapat digolongkan dari uraiannya; dicatat K99, perlu ditinjau. Pilih Kode Kendala.",
    ),
    "sidik_salah": (
        "peringatan",
        "Sidik Bukti bukan sidik SHA-256 dan tidak disimpan. Kosongkan sel ini; `pantau bukti` yang mengisinya.",
    ),
    # counts
    "berhasil_kosong": (
        "tolak",
        "Berhasil kosong, padahal angka lain terisi. Isi angkanya; bila berupa rumus, buka dan simpan dulu di Excel.",
    ),
    "dihitung_dari_lain": ("peringatan", "Sel {nama} kosong; dihitung dari angka lain menjadi {jumlah}. Isi selnya."),
    "hanya_jumlah": (
        "tolak",
        "Hanya Jumlah ASN yang dikenali; judul {nilai} tidak dipahami. Pakai judul Berhasil, Gagal, Belum.",
    ),
    "jumlah_dijumlahkan": (
        "peringatan",
        "Jumlah ASN tidak ditulis; dipakai berhasil + gagal + belum = {jumlah}. Tulis jumlah seluruh ASN.",
    ),
    "rincian_beda": ("tolak", "Baris jumlah menulis {nilai}, tetapi unit kerjanya berjumlah {jumlah}. Samakan."),
    "dijumlahkan": ("catatan", "{banyak} baris unit kerja dijumlahkan menjadi angka OPD."),
    "total_beda": (
        "peringatan",
        "Baris jumlah menulis {nilai}, jumlah barisnya {jumlah}. Yang dipakai baris tiap OPD.",
    ),
    "tanpa_laporan": ("catatan", "{banyak} OPD tercantum tanpa angka ({nilai}); dianggap belum melapor."),
    "lonjakan": (
        "peringatan",
        "Jumlah ASN {jumlah}, sebelumnya {lalu} ({tanggal}): berubah {persen}. Periksa daftar, atau jelaskan mutasinya.",
    ),
    "menggantikan": (
        "peringatan",
        "Kiriman ini menggantikan kiriman {opd} lain untuk tanggal {tanggal} ({lalu} orang, sekarang {jumlah}, {sama} orang "
        "sama). Bila keduanya bagian dari satu OPD, gabungkan dalam satu berkas.",
    ),
    "lebih_lama": ("catatan", "Sudah ada kiriman {opd} yang lebih baru ({tanggal}); yang berlaku kiriman itu."),
    "capaian_turun": (
        "peringatan",
        "Berhasil {berhasil} dari {jumlah} ({kini}), sebelumnya {lalu} ({tanggal}). Capaian tidak wajar turun; periksa.",
    ),
    "angka_salah": ("tolak", "{nilai!r} bukan jumlah orang. Isi bilangan bulat mulai dari 0."),
    "jumlah_kosong": ("tolak", "Jumlah ASN kosong. Isi jumlah seluruh ASN, termasuk yang belum mengisi."),
    "tidak_cocok": (
        "tolak",
        "Berhasil, gagal, dan belum berjumlah {jumlah}, tidak sama dengan Jumlah ASN {nilai}. Perbaiki.",
    ),
    "melebihi": ("tolak", "{kolom_lain} {nilai} melebihi {batas_nama} {batas}. Perbaiki salah satunya."),
    "rekap_ganda": ("tolak", "OPD {opd} tanggal {tanggal} tercantum dua kali. Sisakan satu baris."),
    # side sheets
    "kendala_tanpa_tanggal": ("peringatan", "Tanggal kendala kosong; dipakai tanggal data {tanggal}."),
    "kode_kosong": ("tolak", "Kode dan uraian kendala kosong. Isi salah satunya."),
    "baris_tersembunyi": ("catatan", "{banyak} baris tersembunyi atau tersaring pada lembar ini; tetap dihitung."),
    "lembar_tersembunyi": ("catatan", "Lembar tersembunyi ini tidak dibaca, karena ada lembar lain yang terlihat."),
    "kanal_asing": ("tolak", "Kanal {nilai!r} tidak dikenal. Pilih dari daftar pada formulir."),
    "samar": (
        "catatan",
        "{banyak} nomor pribadi dalam uraian (NIK, No. KK, NIP, telepon, surel) disamarkan sebelum disimpan.",
    ),
    "tidak_dihitung": ("catatan", "{banyak} baris {nilai} disimpan tetapi tidak dihitung; yang dihitung: {dihitung}."),
    "digantikan": (
        "catatan",
        "Berkas ini sudah diterima dan sudah digantikan kiriman {nilai}. Untuk memberlakukannya lagi, ubah dan simpan ulang.",
    ),
    "dilewati": ("catatan", "{banyak} baris {nilai} tidak diambil: {alasan}."),
    # a returned problem log
    **LOG_TEXTS,
}
# Of counts of families.
TEXTS |= RESIDENTS


@dataclass(frozen=True)
class Finding:
    """One thing found: level, where (sheet and cell may be empty for the whole file), value, message."""

    tingkat: str
    kode: str
    pesan: str
    lembar: str = ""
    sel: str = ""
    kolom: str = ""
    nilai: str = ""

    def __str__(self) -> str:
        cell = self.sel if self.sel.startswith("baris ") or not self.sel else f"sel {self.sel}"
        where = " ".join(filter(None, [f"lembar {self.lembar}" if self.lembar else "", cell]))
        return f"{where}: {self.pesan}" if where else self.pesan


@dataclass
class Findings:
    """Collects the findings of one file."""

    items: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        sheet: str = "",
        row: int | None = None,
        column: int | None = None,
        heading: str = "",
        value: Any = "",
        is_nip: bool = False,
        **more: Any,
    ) -> None:
        """Record a finding; `row` and `column` count from 0, as read. Numbers of persons in the value are masked, but
        for a NIP that its own column holds."""
        level, template = TEXTS[code]
        text = shorten(value if is_nip else mask(str(value))[0])
        cell = ""
        if row is not None:
            cell = xl_rowcol_to_cell(row, column) if column is not None else f"baris {row + 1}"
        elif column is not None:
            cell = f"kolom {xl_col_to_name(column)}"
        self.items.append(Finding(level, code, template.format(nilai=text, **more), sheet, cell, heading, text))

    @property
    def full(self) -> bool:
        """Whether a file has so many errors that reading on tells nobody anything new."""
        return len(self.items) >= ENOUGH and self.count("tolak") >= ENOUGH

    def soften(self) -> None:
        """Nothing found now refuses a file that was accepted before: such findings become warnings."""
        self.items = [replace(f, tingkat="peringatan") if f.tingkat == "tolak" else f for f in self.items]

    def count(self, level: str) -> int:
        """How many findings of a level."""
        return sum(f.tingkat == level for f in self.items)

    @property
    def refuses(self) -> bool:
        """Whether the file must be sent back."""
        return self.count("tolak") > 0

    def __iter__(self) -> Iterator[Finding]:
        return iter(sorted(self.items, key=lambda f: LEVELS.index(f.tingkat)))


def shorten(value: Any, limit: int = 40) -> str:
    """A value as it may be shown in a message: one line, at most `limit` characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
