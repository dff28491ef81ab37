"""The sentences of findings about a returned problem log; part of findings.TEXTS."""

# code -> (level, message), as in findings.py.
LOG_TEXTS: dict[str, tuple[str, str]] = {
    # the file
    "log_asing": ("tolak", "Log ini dari kampanye lain ({nilai}). Kirim log yang dibuat untuk {kampanye}."),
    "log_tanpa_asal": (
        "tolak",
        "Tidak diketahui log ini dari data tanggal berapa. Tulis lagi {contoh!r} di atas tabel Tindak Lanjut.",
    ),
    "log_belum_dikenal": (
        "tolak",
        "Log ini dari data {nilai}, lebih baru daripada yang ada ({ada}). Kirim dulu data OPD sampai tanggal itu.",
    ),
    "log_versi_asing": (
        "tolak",
        "Log ini dari versi data {nilai}; simpanan ini baru sampai versi {ada}. Pakai log dari simpanan ini.",
    ),
    "log_lama": (
        "peringatan",
        "Log ini dari data {nilai}; sudah ada data sampai {ada}. Tetap diterima; lanjutkan pada log terbaru.",
    ),
    "log_didahului": (
        "tolak",
        "Log ini dari data {nilai}, sedangkan log dari data {ada} sudah diterima. Salin isinya ke log itu.",
    ),
    "keputusan_tetap": (
        "catatan",
        "Sel ini masih seperti saat log dibagikan; yang berlaku keputusan rapat {rapat}: {nilai}. Bila hendak diubah, pakai "
        "log terbaru.",
    ),
    "log_utuh": (
        "peringatan",
        "Log ini belum diisi; tidak ada yang dicatat. Isi Tanggal rapat dan sel kuning, lalu kirim lagi.",
    ),
    "log_tanpa_ciri": (
        "peringatan",
        "Ciri log hilang karena disimpan dengan program lain: baris yang terhapus dan angka yang diubah tidak dapat dikenali. "
        "Bandingkan nomor dan ASN dengan log yang dibagikan, atau isi ulang pada berkas aslinya.",
    ),
    "log_tanpa_tabel": ("tolak", "Lembar Tindak Lanjut tidak ditemukan. Pakai lembar dari log yang dibagikan."),
    "log_kolom_wajib": (
        "tolak",
        "Kolom {nilai} tidak ada. Tulis lagi judulnya pada lembar Tindak Lanjut.",
    ),
    "log_kolom_hilang": ("peringatan", "Kolom {nilai} tidak ada; isinya dianggap tidak berubah."),
    # the meeting
    "rapat_kosong": (
        "tolak",
        "Tanggal rapat kosong. Isi di atas tabel, misalnya {contoh}, supaya tercatat kapan diputuskan.",
    ),
    "rapat_salah": ("tolak", "Tanggal rapat {nilai!r} bukan tanggal. Tulis seperti {contoh}."),
    "rapat_dini": ("tolak", "Tanggal rapat {nilai} sebelum tanggal data log ({ada}). Perbaiki."),
    "rapat_depan": ("tolak", "Tanggal rapat {nilai} belum terjadi. Perbaiki."),
    "rapat_tanpa_pemutus": (
        "peringatan",
        "Diputuskan oleh kosong. Tulis jabatan yang memutuskan, misalnya Wakil Wali Kota.",
    ),
    "bukan_jabatan": (
        "peringatan",
        "Sel ini memuat nama atau nomor orang; disamarkan sebelum disimpan. Tulis jabatannya.",
    ),
    "nama_samar": ("catatan", "{banyak} nama orang dalam uraian disamarkan sebelum disimpan."),
    # the rows
    "keadaan_asing": ("tolak", "Status {nilai!r} tidak dikenal. Pilih Belum, Proses, atau Selesai."),
    "keadaan_kosong": ("peringatan", "Status kosong; dipakai {dipakai} seperti sebelumnya."),
    "tenggat_salah": ("tolak", "Batas waktu {nilai!r} bukan tanggal. Tulis seperti {contoh}."),
    "tenggat_lewat": ("tolak", "Batas waktu {nilai} sebelum rapat ({rapat}). Tulis tanggal sesudah rapat."),
    "tenggat_usul_lewat": (
        "peringatan",
        "Batas waktu {nilai} sudah lewat pada hari rapat ({rapat}). Tetapkan yang baru.",
    ),
    "nomor_ganda": (
        "tolak",
        "No {nilai} tercantum dua kali (juga pada {lain}). Sisakan satu baris, atau kosongkan No baris tambahan.",
    ),
    "nomor_dipulihkan": ("peringatan", "No {nilai} diubah; dikembalikan ke {nomor} menurut Kode {kode_}."),
    "nomor_bentrok": (
        "peringatan",
        "No {nilai} sudah dipakai tindak lanjut lain yang masuk lebih dulu; dicatat sebagai No {nomor}.",
    ),
    "nomor_asing": (
        "tolak",
        "Baris No {nilai} tidak ada pada log yang dibagikan dan tidak berisi. Isi Temuan atau Tindak Lanjut, atau hapus barisnya.",
    ),
    "kode_rancu": (
        "tolak",
        "Baris ini tidak dapat dipastikan: No {nilai} bukan milik Kode {kode_}, dan kode itu ada pada beberapa baris. Tulis No semula.",
    ),
    "kode_diubah": ("peringatan", "Kode diubah menjadi {nilai!r}; dipakai {kode_} seperti yang dibagikan."),
    "baris_baru": ("peringatan", "Baris tambahan dicatat sebagai No {nomor}."),
    "baris_dihapus": ("peringatan", "No {nomor} ({kode_}) dihapus dari log; tetap disimpan dengan status {status}."),
    "nomor_tidak_ada": (
        "peringatan",
        "No {nomor} tidak ada pada log ini dan belum pernah dikembalikan. Bila dihapus: kembalikan juga log yang utuh.",
    ),
    "baris_lepas": (
        "peringatan",
        "Baris ini tidak diambil: tanpa No, dan hanya satu sel atau tanpa Temuan dan Tindak Lanjut.",
    ),
    "isi_bagian_tetap": ("peringatan", "{kolom_} diubah; dipakai yang dibagikan: {semula}."),
}
