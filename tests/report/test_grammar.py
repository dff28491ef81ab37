"""The rules of grammar.py find what they are for, and leave good sentences alone."""

import grammar
import pytest


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("kalimat", "Capaian berubah −0,0 poin persentase."),
        ("kalimat", "Laju -0 ASN per hari."),
        ("kalimat", "Capaian 0,0% dari 0 ASN."),
        ("kalimat", "Capaian nan persen."),
        ("kalimat", "Kurang <NA> ASN."),
        ("kalimat", "Dua  spasi."),
        ("kalimat", "Dua titik.."),
        ("kalimat", "Spasi , koma."),
        ("kalimat", "Capaian 30 % saja."),
        ("kalimat", "huruf kecil di depan."),
        ("kalimat", "Tanpa titik"),
        ("judul", "Dengan titik."),
        ("kalimat", "Selisih -5 ASN."),
        ("kalimat", "Ada 1,234 ASN."),
        ("kalimat", "Ada 5402 ASN."),
        ("kalimat", "Ada 2020 ASN."),
        ("kalimat", "Capaian 12.5%."),
        ("kalimat", "Sampai 17 March 2020."),
        ("kalimat", "Sampai Monday."),
        ("kalimat", "Capaian 30,0% persen."),
        ("kalimat", "Naik 3,0 persentase poin."),
        ("kalimat", "Capaian – persen."),
        ("judul", "Baru 0 OPD melapor"),
        ("kalimat", "Ada 0 OPD lain."),
        ("kalimat", "Sudah mencoba tetapi terhalang."),
        ("kalimat", "Tidak ada data, sehingga tidak dinilai."),
        ("kalimat", "Perbedaan antar OPD dimana saja."),
        ("kalimat", "Selesai. belum tentu."),
        ("kalimat", "Yang yang ganda."),
        ("frasa", "Berlaku -0,0"),
    ],
)
def test_a_fault_is_found(kind: str, text: str) -> None:
    assert grammar.faults(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("kalimat", "Capaian 30,0 persen dari 5.402 ASN; selang 80%: 41–55%."),
        ("kalimat", "Naik 0,5 poin persentase, dari 0 menjadi 27 ASN (+27)."),
        ("kalimat", "Kekurangan ini kurang dari 0,1 persen dari jumlah kekurangan semua OPD."),
        ("kalimat", "Pengalaman 2020 dan 2021 (Dirkmaat dkk. 2023) menurut UU 16/1997."),
        ("kalimat", "Dicatat 17 Maret 2020 pukul 20.00 WITA."),
        ("kalimat", "Turun −0,1 poin persentase antar-OPD."),
        ("judul", "57,1% kekurangan ada di empat OPD"),
        ("keterangan", "Berhasil 12, gagal 0, belum 0 dari 12 ASN."),
        ("frasa", "capaian dari 100 ASN: 0 berhasil, 0 gagal, 100 belum"),
    ],
)
def test_a_good_text_passes(kind: str, text: str) -> None:
    assert grammar.faults(kind, text) == []
