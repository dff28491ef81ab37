"""The tables of the store: columns, types, units, what may be missing, and the rules that a row must meet.

Arrow schemas give the types, Delta Lake enforces the rules at every write. Reading and meaning are left to
store.py; what a person sees of a broken rule is said by intake long before.
"""

from dataclasses import dataclass

import pyarrow as pa

STATUSES = ("berhasil", "gagal", "belum", "proses")
KINDS = ("PNS", "PPPK", "PTT")
CHANNELS = ("apel pagi", "grup WhatsApp", "media sosial", "spanduk/poster", "rapat", "lainnya")
STATES = ("Belum", "Proses", "Selesai")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    # A CHECK that yields NULL fails in Delta, so a missing value is allowed by name.
    return f"{column} IS NULL OR {column} IN ({', '.join(repr(v) for v in values)})"


@dataclass(frozen=True)
class Table:
    """A table: `required` columns are never null; the others are null where unknown (never 0)."""

    name: str
    meaning: str
    required: dict[str, pa.DataType]
    optional: dict[str, pa.DataType]
    rules: dict[str, str]

    @property
    def arrow(self) -> pa.Schema:
        """Arrow schema, required columns first."""
        return pa.schema(
            [pa.field(n, t, nullable=False) for n, t in self.required.items()]
            + [pa.field(n, t) for n, t in self.optional.items()]
        )


_TEXT, _COUNT, _DAY, _FLAG, _SHARE = pa.string(), pa.int64(), pa.date32(), pa.bool_(), pa.float64()
# (kiriman, baris) identifies a row: the same submission written twice reads as one.
_ROW = {"kiriman": _TEXT, "baris": _COUNT, "opd": _TEXT}

KIRIMAN = Table(
    "kiriman",
    "a submission, accepted or not; written last, so that what is not listed here does not count",
    {
        "kiriman": _TEXT,
        "diterima": pa.timestamp("us", tz="UTC"),
        "berkas": _TEXT,
        "hasil": _TEXT,
        "contoh": _FLAG,
    },
    {"opd": _TEXT, "tanggal_data": _DAY, "lembar": _TEXT, "tolak": _COUNT, "peringatan": _COUNT, "catatan": _COUNT},
    {"hasil_sah": "hasil IN ('diterima', 'ditolak')"},
)
NOMINATIF = Table(
    "nominatif",
    "a person in a submission",
    {**_ROW, "tanggal_data": _DAY, "nip": _TEXT, "nama": _TEXT, "status": _TEXT},
    {
        "unit": _TEXT,
        "jenis_asn": _TEXT,
        "tanggal_isi": _DAY,
        "bukti": _FLAG,
        "bukti_sidik": _TEXT,
        "kode_kendala": _TEXT,
        "uraian": _TEXT,
        "tindak_lanjut": _TEXT,
        "keyakinan": _SHARE,  # of a kode_kendala guessed from the uraian; null where the office gave the code
    },
    {
        "status_sah": _one_of("status", STATUSES),
        "jenis_sah": _one_of("jenis_asn", KINDS),
        "nip_sah": f"nip LIKE '{'_' * 18}'",
        "tanggal_isi_sah": "tanggal_isi IS NULL OR tanggal_isi <= tanggal_data",
    },
)
REKAP = Table(
    "rekap",
    "an office on a date, in people: given, or counted from nominatif (berhasil null: headcount only)",
    {**_ROW, "tanggal_data": _DAY, "jumlah_asn": _COUNT},
    {"berhasil": _COUNT, "gagal": _COUNT, "belum": _COUNT, "bukti": _COUNT},
    {
        "jumlah_sah": "jumlah_asn >= 0",
        "berhasil_sah": "berhasil IS NULL OR (berhasil >= 0 AND berhasil <= jumlah_asn)",
        "gagal_sah": "gagal IS NULL OR gagal >= 0",
        "belum_sah": "belum IS NULL OR belum >= 0",
        "rincian_sah": "COALESCE(berhasil, 0) + COALESCE(gagal, 0) + COALESCE(belum, 0) <= jumlah_asn",
        "bukti_sah": "bukti IS NULL OR (bukti >= 0 AND bukti <= COALESCE(berhasil, 0))",
    },
)
KENDALA = Table(
    "kendala",
    "an obstacle that an office reports, in people",
    {**_ROW, "tanggal": _DAY, "kode": _TEXT},
    {"uraian": _TEXT, "jumlah_asn": _COUNT, "usulan": _TEXT, "pic": _TEXT, "keyakinan": _SHARE},
    {"jumlah_sah": "jumlah_asn IS NULL OR jumlah_asn >= 0"},
)
SOSIALISASI = Table(
    "sosialisasi",
    "an activity to spread the word",
    {**_ROW, "tanggal": _DAY, "kanal": _TEXT},
    {"jumlah_peserta": _COUNT, "keterangan": _TEXT},
    {"kanal_sah": _one_of("kanal", CHANNELS), "peserta_sah": "jumlah_peserta IS NULL OR jumlah_peserta >= 0"},
)
TINDAK_LANJUT = Table(
    "tindak_lanjut",
    "a follow-up and its state on a date, as a meeting or its PIC wrote it down; never changed, a newer row adds to it",
    {"kiriman": _TEXT, "baris": _COUNT, "nomor": _COUNT, "tanggal": _DAY, "temuan": _TEXT},
    {
        "tindak_lanjut": _TEXT,
        "pic": _TEXT,
        "tenggat": _DAY,
        "status": _TEXT,
        "kode": _TEXT,  # of the kendala or of the decision; null where the meeting added the row
        "asal": _DAY,  # data date of the log that the row was handed out with
        "orang": _COUNT,  # people blocked when it was handed out
        "rekomendasi": _TEXT,
        "indikator": _TEXT,
        "keterangan": _TEXT,
        "oleh": _TEXT,  # who decided: a position, never a person
    },
    {"status_sah": _one_of("status", STATES)},
)
PINDAH = Table(
    "pindah",
    "a person on two offices' lists: the row that no longer counts, since the day of the newer list",
    {
        "kiriman": _TEXT,
        "baris": _COUNT,
        "opd": _TEXT,
        "tanggal_data": _DAY,
        "kiriman_lama": _TEXT,
        "baris_lama": _COUNT,
    },
    {"ke": _TEXT},
    {"baris_sah": "baris >= 0"},
)
WARGA = Table(
    "warga",
    "a kelurahan or kecamatan on a date, in families (KK): asked for, answered, answered without faults",
    {"kiriman": _TEXT, "baris": _COUNT, "kode": _TEXT, "tanggal_data": _DAY},
    {"jumlah_kk": _COUNT, "target_kk": _COUNT, "merespons": _COUNT, "clean": _COUNT},
    {
        "merespons_sah": "merespons IS NULL OR merespons >= 0",
        "clean_sah": "clean IS NULL OR (clean >= 0 AND clean <= COALESCE(merespons, clean))",
    },
)
KLASIFIKASI = Table(
    "klasifikasi",
    "the kode that an analyst gave to a kendala told in words; never changed, a newer row on the same words has the last word",
    {
        "kiriman": _TEXT,
        "baris": _COUNT,
        "kode_asal": _TEXT,  # as the office sent it or intake guessed it
        "sidik_frasa": _TEXT,  # of the words as store.phrase folds them: the words themselves may hold a name
        "kode": _TEXT,
        "oleh": _TEXT,  # a position, never a person
    },
    {"frasa": _TEXT},  # the words with names and numbers masked, to be read
    {"kode_sah": "kode <> '' AND kode_asal <> ''", "oleh_sah": "oleh <> ''"},
)
# kiriman is last on purpose: it is written when all the rest stands.
TABLES = {
    t.name: t for t in (NOMINATIF, REKAP, KENDALA, SOSIALISASI, TINDAK_LANJUT, WARGA, PINDAH, KLASIFIKASI, KIRIMAN)
}
