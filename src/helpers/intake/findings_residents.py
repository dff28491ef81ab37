"""What a sender reads of a rekap of residents: level and message by code, as in findings.TEXTS."""

RESIDENTS: dict[str, tuple[str, str]] = {
    "warga_tanpa_daftar": (
        "tolak",
        "Kampanye ini tidak memakai rekap penduduk. Isi parameter `kelurahan` bila rekap ini diperlukan.",
    ),
    "wilayah_kosong": ("tolak", "Kelurahan atau kecamatan kosong. Isi namanya atau kodenya."),
    "wilayah_asing": ("tolak", "{nilai!r} bukan kelurahan atau kecamatan di {wilayah}{calon}. Tulis nama resminya."),
    "wilayah_ragu": (
        "tolak",
        "{nilai!r} adalah nama kecamatan dan nama kelurahan. Tulis Kec. {nilai} atau Kel. {nilai}, atau isi kodenya.",
    ),
    "kode_wilayah_asing": (
        "tolak",
        "Kode {nilai!r} tidak ada di daftar. Pakai kode Kemendagri seperti 53.71.01.1001 (kode BPS berbeda), atau namanya.",
    ),
    "kode_wilayah_lain": (
        "peringatan",
        "Kode {nilai!r} tidak ada di daftar (mungkin kode BPS); dipakai namanya. Tulis kode Kemendagri, atau kosongkan.",
    ),
    "kode_wilayah_beda": ("tolak", "Kode {nilai!r} milik {lain}, sedangkan baris ini menyebut {nama}. Samakan."),
    "kecamatan_beda": ("tolak", "Kelurahan {nama} termasuk Kecamatan {lain}, bukan {nilai}. Perbaiki salah satunya."),
    "wilayah_ganda": (
        "tolak",
        "{nama} tanggal {tanggal} tercantum dua kali. Sisakan satu baris; baris kecamatan ditulis dengan Kec. di depannya.",
    ),
    "angka_kk": ("tolak", "{nilai!r} bukan jumlah KK. Isi bilangan bulat mulai dari 0."),
    "persen_kk": ("tolak", "{nilai!r} adalah persentase, bukan jumlah KK. Isi jumlahnya; persentase dihitung ulang."),
    "penyebut_kosong": (
        "catatan",
        "{nama} kosong pada {banyak} baris; bagian terhadap {nama} di sana tidak diketahui, bukan nol.",
    ),
    "tanpa_angka_kk": ("catatan", "{banyak} baris tanpa angka respons ({nilai}); dianggap belum ada data."),
    "jumlah_kecamatan_beda": (
        "peringatan",
        "Baris Kecamatan {nama} menulis {kolom_lain} {nilai}, {banyak} kelurahannya berjumlah {jumlah}. "
        "Yang dipakai baris kelurahan.",
    ),
    "total_kk_beda": (
        "peringatan",
        "Baris jumlah menulis {nilai}, jumlah barisnya {jumlah}. Yang dipakai barisnya.",
    ),
}
