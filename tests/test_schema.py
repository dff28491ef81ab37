"""schema.py: what Delta Lake itself accepts and refuses, with rows appended through store.append."""

from datetime import UTC, date, datetime

import pandas as pd
import pyarrow as pa
import pytest
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from helpers import schema, store

DAY = date(2020, 3, 17)
# A row of each table that meets every rule, with each column filled.
GOOD = {
    "klasifikasi": {
        "kiriman": "s",
        "baris": 0,
        "kode_asal": "K99",
        "sidik_frasa": "f",
        "kode": "K05",
        "oleh": "Analis BPS",
        "frasa": "sinyal hilang",
    },
    "nominatif": {
        "kiriman": "s",
        "baris": 7,
        "opd": "DINKES",
        "tanggal_data": DAY,
        "nip": "198503172010011001",
        "nama": "Nama",
        "status": "berhasil",
        "unit": "Sekretariat",
        "jenis_asn": "PNS",
        "tanggal_isi": DAY,
        "bukti": True,
        "bukti_sidik": "ab",
        "kode_kendala": "K11",
        "uraian": "teks",
        "tindak_lanjut": "teks",
        "keyakinan": 0.5,
    },
    "rekap": {
        "kiriman": "s",
        "baris": 0,
        "opd": "DINKES",
        "tanggal_data": DAY,
        "jumlah_asn": 10,
        "berhasil": 3,
        "gagal": 1,
        "belum": 6,
        "bukti": 2,
    },
    "kendala": {
        "kiriman": "s",
        "baris": 7,
        "opd": "DINKES",
        "tanggal": DAY,
        "kode": "K01",
        "uraian": "teks",
        "jumlah_asn": 3,
        "usulan": "teks",
        "pic": "BPS",
        "keyakinan": None,
    },
    "sosialisasi": {
        "kiriman": "s",
        "baris": 7,
        "opd": "DINKES",
        "tanggal": DAY,
        "kanal": "apel pagi",
        "jumlah_peserta": 40,
        "keterangan": "teks",
    },
    "tindak_lanjut": {
        "kiriman": "s",
        "baris": 7,
        "nomor": 1,
        "tanggal": DAY,
        "temuan": "teks",
        "tindak_lanjut": "teks",
        "pic": "BPS",
        "tenggat": DAY,
        "status": "Belum",
        "kode": "K01",
        "asal": DAY,
        "orang": 12,
        "rekomendasi": "teks",
        "indikator": "teks",
        "keterangan": "teks",
        "oleh": "Sekretaris Daerah",
    },
    "warga": {
        "kiriman": "s",
        "baris": 7,
        "kode": "53.71.01.1001",
        "tanggal_data": DAY,
        "jumlah_kk": 900,
        "target_kk": 250,
        "merespons": 60,
        "clean": 40,
    },
    "pindah": {
        "kiriman": "s",
        "baris": 7,
        "opd": "DINKES",
        "tanggal_data": DAY,
        "kiriman_lama": "r",
        "baris_lama": 9,
        "ke": "DISHUB",
    },
    "kiriman": {
        "kiriman": "s",
        "diterima": datetime(2020, 3, 17, 12, tzinfo=UTC),
        "berkas": "a.xlsx",
        "hasil": "diterima",
        "contoh": False,
        "opd": "DINKES",
        "tanggal_data": DAY,
        "lembar": "nominatif,sosialisasi",
        "tolak": 0,
        "peringatan": 0,
        "catatan": 0,
    },
}


@pytest.fixture(scope="module")
def simpanan(tmp_path_factory):
    """A store with one good row in each table."""
    folder = tmp_path_factory.mktemp("aturan") / "simpan"
    store.append(folder, {name: pd.DataFrame([row]) for name, row in GOOD.items()})
    return folder


def versions(folder):
    return {name: DeltaTable(folder / name).version() for name in schema.TABLES}


def test_kiriman_is_written_last():
    assert list(schema.TABLES)[-1] == "kiriman"
    assert set(schema.TABLES) == set(GOOD)


@pytest.mark.parametrize("name", GOOD)
def test_columns_are_those_of_the_good_row_and_required_ones_are_not_null(name):
    table = schema.TABLES[name]
    assert set(table.arrow.names) == set(GOOD[name])
    assert {f.name for f in table.arrow if not f.nullable} == set(table.required)
    assert not set(table.required) & set(table.optional)


def test_people_are_counted_in_whole_numbers_and_days_are_days():
    for table in schema.TABLES.values():
        for field in table.arrow:
            if field.name.startswith("tanggal") or field.name == "tenggat":
                assert field.type == pa.date32()
            if field.name in {"jumlah_asn", "berhasil", "gagal", "belum", "jumlah_peserta", "baris"}:
                assert field.type == pa.int64()


@pytest.mark.parametrize("name", GOOD)
def test_the_good_row_reads_back(simpanan, name):
    stored = DeltaTable(simpanan / name).to_pyarrow_table().to_pylist()
    assert GOOD[name] in stored


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("nominatif", {"status": "proses", "tanggal_isi": None}),
        ("nominatif", {"status": "gagal"}),
        ("nominatif", {"status": "belum"}),
        ("nominatif", {"jenis_asn": "PTT"}),
        ("nominatif", {"unit": None, "jenis_asn": None, "tanggal_isi": None, "bukti": None, "kode_kendala": None}),
        ("nominatif", {"tanggal_isi": date(2020, 2, 15)}),
        ("rekap", {"berhasil": None, "gagal": None, "belum": None, "bukti": None}),
        ("rekap", {"jumlah_asn": 0, "berhasil": 0, "gagal": 0, "belum": 0, "bukti": 0}),
        ("rekap", {"berhasil": 10, "gagal": 0, "belum": 0, "bukti": 10}),
        ("rekap", {"gagal": None, "belum": None}),
        ("kendala", {"jumlah_asn": None, "uraian": None}),
        ("kendala", {"jumlah_asn": 0}),
        *(("sosialisasi", {"kanal": channel}) for channel in schema.CHANNELS),
        ("sosialisasi", {"jumlah_peserta": None}),
        *(("tindak_lanjut", {"status": state}) for state in (*schema.STATES, None)),
        ("kiriman", {"hasil": "ditolak", "opd": None, "tanggal_data": None, "tolak": 3}),
    ],
)
def test_a_good_row_is_accepted(tmp_path, name, changes):
    row = GOOD[name] | changes
    store.append(tmp_path / "simpan", {name: pd.DataFrame([row])})
    assert DeltaTable(tmp_path / "simpan" / name).to_pyarrow_table().to_pylist() == [row]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("nominatif", {"status": "sudah"}),
        ("nominatif", {"status": "Berhasil"}),
        ("nominatif", {"jenis_asn": "HONORER"}),
        ("nominatif", {"nip": "19850317201001100"}),
        ("nominatif", {"nip": "1985031720100110011"}),
        ("nominatif", {"nip": ""}),
        ("nominatif", {"tanggal_isi": date(2020, 3, 18)}),
        ("rekap", {"jumlah_asn": -1, "berhasil": None, "gagal": None, "belum": None, "bukti": None}),
        ("rekap", {"berhasil": 11, "gagal": None, "belum": None}),
        ("rekap", {"berhasil": -1, "bukti": None}),
        ("rekap", {"gagal": 2}),
        ("rekap", {"gagal": -1}),
        ("rekap", {"belum": -1}),
        ("rekap", {"bukti": 4}),
        ("rekap", {"bukti": -1}),
        ("rekap", {"berhasil": None, "bukti": 1}),
        ("kendala", {"jumlah_asn": -1}),
        ("sosialisasi", {"kanal": "radio"}),
        ("sosialisasi", {"jumlah_peserta": -5}),
        ("tindak_lanjut", {"status": "belum"}),
        ("kiriman", {"hasil": "ragu"}),
    ],
    ids=lambda value: ",".join(f"{k}={v}" for k, v in value.items())[:60] if isinstance(value, dict) else value,
)
def test_a_row_that_breaks_a_rule_is_refused_and_nothing_counts(simpanan, name, changes):
    before = versions(simpanan)
    rows = {name: pd.DataFrame([GOOD[name] | changes]), "kiriman": pd.DataFrame([GOOD["kiriman"] | {"kiriman": "t"}])}
    if name == "kiriman":
        rows = {name: pd.DataFrame([GOOD[name] | changes])}
    with pytest.raises(DeltaError, match="validation check"):
        store.append(simpanan, rows)
    assert versions(simpanan) == before


@pytest.mark.parametrize("name,column", [(name, column) for name in GOOD for column in schema.TABLES[name].required])
def test_a_required_column_is_never_empty(simpanan, name, column):
    before = versions(simpanan)
    with pytest.raises(ValueError, match=column):
        store.append(simpanan, {name: pd.DataFrame([GOOD[name] | {column: None}])})
    assert versions(simpanan) == before


@pytest.mark.parametrize(
    ("name", "changes"),
    [("rekap", {"jumlah_asn": "sepuluh"}), ("rekap", {"jumlah_asn": 1.5}), ("nominatif", {"tanggal_data": "kemarin"})],
)
def test_a_value_of_another_type_is_refused(simpanan, name, changes):
    before = versions(simpanan)
    with pytest.raises(ValueError, match=next(iter(changes))):
        store.append(simpanan, {name: pd.DataFrame([GOOD[name] | changes])})
    assert versions(simpanan) == before
