"""The matrix: every kendala and decision, with its number, a goal that can be measured, and what the meeting wrote."""

from datetime import date

import pytest
import telling
from toy import counts, follow_up

from helpers.measures import problem_log, rates
from helpers.report import story_log, story_rtl, tables_log
from helpers.report.blocks import Rangkaian


def masalah_of(*tindak, kendala=(("K01", 29), ("K02", 20)), banding=None, **where):
    kampanye = telling.place(**{"units": 2} | where)
    rows = [counts("A", 100, 30, gagal=50, belum=20, bukti=20)]
    known = telling.store(rows, (), [{"opd": "A", "kode": k, "jumlah_asn": n} for k, n in kendala], tindak=tindak)
    posisi = rates.position(known, kampanye)
    masalah = problem_log.assemble(kampanye, known, posisi, telling.SAID, banding)
    return kampanye, masalah, story_rtl.lines(masalah, kampanye)


def test_every_kendala_and_decision_has_a_number_a_goal_and_a_day():
    kampanye, _, rtl = masalah_of()
    assert [line.nomor for line in rtl] == [*range(1, len(rtl) + 1)]
    by_code = {line.kode: line for line in rtl}
    assert {"K01", "K02", "CATAT", "LAPOR"} <= set(by_code)
    assert by_code["K01"].indikator == "K01: ASN terhalang turun dari 29 menjadi 0 pada laporan berikutnya"
    assert by_code["K02"].indikator == "K02: daftar 20 ASN tersusun untuk SP Wawancara"
    assert by_code["K02"].usul_tenggat == kampanye.selesai
    assert by_code["LAPOR"].indikator == "Satu OPD melapor"
    assert all(line.indikator and line.temuan and line.rekomendasi and line.usul_tenggat for line in rtl)
    assert {story_rtl.state(line) for line in rtl} == {"Perlu keputusan"}


def test_what_the_meeting_wrote_stays_as_written():
    wrote = {"tindak_lanjut": "Meja <b>bantu</b> #1", "pic": "Camat", "keterangan": "*", "tenggat": date(2020, 3, 25)}
    _, _, rtl = masalah_of(follow_up(7, "K01", status="Proses", orang=31, **wrote))
    line = next(line for line in rtl if line.kode == "K01")
    assert (line.nomor, line.tindak_lanjut, line.pic, line.keterangan) == (7, "Meja <b>bantu</b> #1", "Camat", "*")
    assert (line.tenggat, line.asal, story_rtl.state(line)) == (date(2020, 3, 25), telling.LAST, "Proses")
    assert min(other.nomor for other in rtl if other is not line) == 8


def test_done_but_persisting_comes_back_with_a_new_number_that_says_so():
    _, masalah, rtl = masalah_of(follow_up(3, "K01", status="Selesai", orang=40))
    line = next(line for line in rtl if line.kode == "K01")
    assert line.nomor == 4
    assert line.temuan == "NIK/KK tidak sesuai: 29 ASN masih tertahan sesudah tindak lanjut nomor 3 dinyatakan selesai"
    assert story_rtl.tally(rtl, masalah.keadaan)["Selesai"] == 1 and 3 not in {line.nomor for line in rtl}


def test_open_ones_without_their_kendala_stay_and_done_ones_go():
    _, _, rtl = masalah_of(follow_up(1, "K07"), follow_up(2, None), follow_up(3, "K09", status="Selesai"))
    assert [line.nomor for line in rtl][-2:] == [1, 2]
    assert rtl[-2].orang == 0 and rtl[-1].orang is None and rtl[-1].kode == ""


def test_the_headline_says_what_is_to_be_decided():
    late = follow_up(1, "K02", status="Belum", tindak_lanjut="Daftar", tenggat=telling.LAST)
    kampanye, masalah, rtl = masalah_of(late)
    said = story_log.headline(masalah, rtl, kampanye).teks
    assert said.startswith("Rapat perlu memutuskan") and "menagih satu yang lewat tenggat" in said
    assert "NIK/KK tidak sesuai (K01) menahan 29 ASN" in said and "KK baru" not in said
    assert story_log.status(masalah, rtl).text().startswith(f"Perlu keputusan {len(rtl) - 1} · Lewat tenggat 1 · ")


@pytest.mark.parametrize(
    ("lanjutan", "expected"), [("SP Wawancara", "; diteruskan ke SP Wawancara"), ("", " sebelum batas waktu")]
)
def test_what_cannot_be_solved_in_time_is_marked(lanjutan, expected):
    kampanye, masalah, _ = masalah_of(lanjutan=lanjutan)
    row = next(row for row in tables_log.inventory(masalah.log, masalah.kota, kampanye).baris if row[1] == "K02")
    assert row[2].awas.endswith(expected)


def test_what_was_done_is_told_late_first_and_only_after_a_meeting():
    sent = [
        follow_up(1, "K01", status="Selesai", orang=40),
        follow_up(2, "K02", status="Proses", orang=20, tindak_lanjut="Daftar disusun", tenggat=telling.LAST),
        follow_up(3, None, status="Proses", tindak_lanjut="Bus"),
    ]
    kampanye, masalah, _ = masalah_of(*sent)
    finding = story_log.done_finding(masalah.keadaan, kampanye)
    assert (
        finding.judul
        == "Sejak rapat lalu, dari tiga tindak lanjut: satu selesai, satu berjalan, dan satu lewat tenggat"
    )
    assert (
        "Dari dua yang dapat dibandingkan" in finding.isi[0]
        and "menyusut pada satu dan tetap pada satu" in finding.isi[0]
    )
    rows = tables_log.done(masalah.keadaan, kampanye).baris
    assert [row[0] for row in rows] == ["2", "3", "1"]
    assert [str(row[8]) for row in rows] == ["tetap", "–", "menyusut 11"]
    assert story_log.done_finding(masalah.keadaan.head(0), kampanye) == Rangkaian([])
    assert "Belum ada keputusan rapat" in tables_log.done(masalah.keadaan.head(0), kampanye).html()
