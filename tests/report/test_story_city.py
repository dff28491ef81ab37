"""Page heads and last sections of the city's report, at their edges."""

import pandas as pd

from helpers.measures import coverage, skenario
from helpers.report import story_city
from helpers.report.blocks import Judul, Paragraf, Rangkaian, Temuan


def test_a_finding_becomes_the_head_of_its_page():
    page = story_city.page(Temuan("Dua OPD", ["Satu.", "Dua."]), "Mata", "Lain")
    assert page.isi == [Judul("Dua OPD", "Mata", halaman_baru=True), Paragraf(["Satu.", "Dua."])]
    assert story_city.page(Paragraf(["Belum."]), "Mata", "Lain").isi[0] == Judul("Lain", "Mata", halaman_baru=True)


def test_prospect_has_a_head_whatever_the_scenarios_say(ukur):
    langkah = skenario.for_campaign(ukur.proyeksi, ukur.posisi, ukur.terhalang, ukur.kampanye)
    assert "450 ASN" in story_city.prospect(langkah, ukur.kota, ukur.kampanye).teks
    late = ukur.kampanye.model_copy(update={"tanggal_data": ukur.kampanye.selesai})
    assert story_city.prospect(langkah, ukur.kota, late).teks == "Masa pengisian berakhir 31 Maret"
    reached = ukur.kota.copy()
    reached["kekurangan"] = 0
    assert "tercapai" in story_city.prospect(langkah.head(1), reached, late).teks


def test_quality_says_what_intake_found(ukur):
    mutu = Temuan("Mutu data: semua OPD sudah melapor")
    clean = story_city.quality(mutu, coverage.intake(ukur.data.kiriman, ukur.data.ditolak), ukur.kampanye).text()
    assert "58 kiriman, semuanya diterima tanpa peringatan. Tidak ada kiriman yang dikembalikan." in clean
    found = pd.Series({"diterima": 9, "berperingatan": 2, "peringatan": 5, "catatan": 0, "ditolak": 3})
    said = story_city.quality(mutu, found, ukur.kampanye).text()
    assert "2 di antaranya diterima dengan 5 peringatan" in said and "Tiga kiriman dikembalikan" in said


def test_legal_basis_is_printed_where_there_is_one(ukur, inggris):
    assert "UU Nomor 16 Tahun 1997" in story_city.legal_basis(ukur.kampanye).text()
    assert story_city.legal_basis(inggris.kampanye) == Rangkaian([])
