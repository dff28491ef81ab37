"""Tab Kendala: masked words, codes set and undone, follow-ups written down; who only looks sees and changes less."""

import re
from datetime import UTC, date, datetime, timedelta

import ipywidgets as widgets
import pytest

from helpers import store
from helpers.intake.receive import receive
from helpers.lab.kendala import Ungkapan
from helpers.lab.mask import Mask
from helpers.lab.page import Said
from helpers.lab.putusan import Putusan
from helpers.lab.session import Session
from helpers.measures import problem_log, rates
from helpers.report import story_rtl
from helpers.store import corrected, entries, told

SEKARANG = datetime(2020, 3, 18, 1, tzinfo=UTC)
KATA = "loading lama sekali"
KEY = ("K04", corrected.fingerprint(KATA))


def text(notice):
    return re.sub(r"<[^>]+>", "", notice.value)


@pytest.fixture
def oleh():
    return widgets.Text("Analis BPS")


@pytest.fixture
def tab(salinan, oleh):
    return Ungkapan(Session(salinan, ubah=True), oleh)


def choose(tab, code, keys=(KEY,)):
    tab.daftar.value, tab.baru.value = list(keys), code
    tab.simpan.click()


class TestCodes:
    def test_is_saved_with_who_and_when_and_shown(self, tab, salinan):
        choose(tab, "K05")
        assert "1 ungkapan sekarang berkode K05, dicatat oleh Analis BPS" in text(tab.kabar)
        (row,) = entries.classifications(salinan).itertuples()
        assert (row.kode_asal, row.kode, row.oleh, row.frasa) == ("K04", "K05", "Analis BPS", KATA)
        assert (datetime.now(UTC) - row.diterima).total_seconds() < 60
        assert any(f"K05 · {KATA}" in line and "semula K04" in line for line, _ in tab.daftar.options)
        assert "K04 → K05" in tab.riwayat.options[0][0] and "Analis BPS" in tab.riwayat.options[0][0]

    def test_undo_gives_the_code_before_back(self, tab, salinan):
        choose(tab, "K05")
        choose(tab, "K07")
        tab.riwayat.value = tab.riwayat.options[0][1]
        tab.batal.click()
        assert "kembali berkode K05" in text(tab.kabar)
        assert entries.classifications(salinan)["kode"].tolist() == ["K05", "K07", "K05"]

    def test_an_entry_that_a_newer_one_replaced_can_not_be_undone(self, tab):
        choose(tab, "K05")
        choose(tab, "K07")
        tab.riwayat.value = tab.riwayat.options[1][1]
        tab.batal.click()
        assert "sudah diganti" in text(tab.kabar)

    @pytest.mark.parametrize(
        ("who", "keys", "code", "said"),
        [
            ("", (KEY,), "K05", "masih kosong"),
            ("   ", (KEY,), "K05", "masih kosong"),
            ("Bapak Yohanes Tallo", (KEY,), "K05", "tulis jabatan"),
            ("5371012345678901", (KEY,), "K05", "tulis jabatan"),
            ("Analis", (), "K05", "Belum ada ungkapan yang dipilih"),
            ("Analis", (KEY,), "K04", "sudah berkode K04"),
            ("Analis", (KEY,), "", "belum dipilih"),
            ("A" * 301, (KEY,), "K05", "terlalu panjang"),
        ],
    )
    def test_wrong_use_is_a_sentence_and_saves_nothing(self, tab, oleh, salinan, who, keys, code, said):
        oleh.value = who
        choose(tab, code, keys)
        assert said in text(tab.kabar) and entries.classifications(salinan).empty

    def test_somebody_else_was_quicker(self, tab, salinan):
        other = Ungkapan(Session(salinan, ubah=True), widgets.Text("Analis kota"))
        choose(other, "K07")
        choose(tab, "K05")
        assert "Belum disimpan: Analis kota sudah memberi ungkapan itu kode K07" in text(tab.kabar)
        assert entries.classifications(salinan)["kode"].tolist() == ["K07"]
        tab.session.refresh()
        assert any("K07" in line and KATA in line for line, _ in tab.daftar.options)
        choose(tab, "K05")
        assert entries.classifications(salinan)["kode"].tolist() == ["K07", "K05"]

    def test_filters(self, tab):
        tab.kode.value = "K04"
        assert {line[:3] for line, _ in tab.daftar.options} == {"K04"}
        tab.cari.value = "LOADING"
        assert [key for _, key in tab.daftar.options] == [KEY]
        tab.cari.value = "tidak ada di mana pun ["
        assert tab.daftar.options == ()


class TestNames:
    @pytest.fixture
    def bernama(self, salinan, tulis_nominatif, orang, tmp_path):
        said = ["Fransiskus tidak bisa buka", "suami dari Maria Goreti Lado", "sinyal hilang kata Ibu Theresia Bria"]
        rows = [orang(n, nama="Fransiskus Xaverius Kune", status="Gagal", uraian=one) for n, one in enumerate(said, 1)]
        rows.append(orang(9, nama="Maria Goreti Lado"))
        (sent,) = receive([tulis_nominatif(tmp_path / "bpbd.xlsx", rows, opd="BPBD")], salinan, SEKARANG)
        assert sent.hasil == "diterima", list(sent.temuan)
        return salinan

    @pytest.mark.parametrize("ubah", [True, False])
    def test_no_name_is_on_the_screen(self, bernama, oleh, ubah):
        tab = Ungkapan(Session(bernama, ubah=ubah), oleh)
        lines = " ".join(line for line, _ in tab.daftar.options)
        for name in ("Fransiskus", "Maria", "Goreti", "Lado", "Theresia"):
            assert name not in lines
        assert ("[nama]" in lines) is ubah

    def test_a_page_that_only_looks_shows_what_many_said(self, bernama, oleh):
        tab = Ungkapan(Session(bernama, ubah=False), oleh)
        assert tab.daftar.options and all("•" not in line for line, _ in tab.daftar.options)
        choose(tab, "K05", [tab.daftar.options[0][1]])
        assert "hanya untuk melihat" in text(tab.kabar) and entries.classifications(bernama).empty

    @pytest.mark.parametrize("who", ["Fransiskus", "KUNE", "Kune, Fransiskus", "Analis Goreti"])
    def test_part_of_a_name_is_no_position(self, bernama, oleh, who):
        tab = Ungkapan(Session(bernama, ubah=True), oleh)
        oleh.value = who
        choose(tab, "K05")
        assert "juga nama orang dalam daftar" in text(tab.kabar) and entries.classifications(bernama).empty

    @pytest.mark.parametrize(
        "who", ["Analis BPS", "Sekretaris Daerah", "Kepala Dinas Kesehatan", "Operator OPD", "Kabag Umum"]
    )
    def test_positions_are_no_names(self, bernama, who):
        assert Mask(bernama).typed(who, "Dicatat oleh") == who

    def test_words_of_the_campaign_are_no_names(self, contoh_store):
        mask = Mask(contoh_store)
        assert mask.shown("sinyal hilang di kantor lurah") == "sinyal hilang di kantor lurah"
        with pytest.raises(Said, match="PIC"):
            mask.typed("Ibu Maria Goreti", "PIC")


class TestFollowUps:
    @pytest.fixture
    def lanjut(self, salinan, oleh):
        tab = Putusan(Session(salinan, ubah=True), oleh)
        tab.daftar.value = 1
        return tab

    def test_is_saved_and_shown_and_told_tomorrow(self, lanjut, salinan):
        lanjut.teks["pic"].value, lanjut.keadaan.value = "Kepala Dinas Kominfo", "Proses"
        lanjut.tenggat.value = "24/3/2020"
        lanjut.simpan.click()
        assert "nomor 1 disimpan, dicatat oleh Analis BPS" in text(lanjut.kabar)
        assert "Proses, tenggat 24 Mar 2020" in lanjut.daftar.options[0][0] and "Kominfo" in lanjut.riwayat.value
        tomorrow = salinan.model_copy(update={"tanggal_data": date(2020, 3, 18)})
        (row,) = store.read(tomorrow).tindak_lanjut.itertuples()
        assert (row.nomor, row.pic, row.status) == (1, "Kepala Dinas Kominfo", "Proses")
        assert row.tenggat.date() == date(2020, 3, 24) and row.temuan

    def test_lines_are_those_of_the_log(self, lanjut, salinan):
        data = store.read(salinan)
        posisi = rates.position(data, salinan)
        given = told.kendala(salinan, data), store.compare(salinan)
        whole = story_rtl.lines(problem_log.assemble(salinan, data, posisi, *given), salinan)
        assert list(lanjut.baris.values()) == whole

    def test_undo_is_a_new_entry(self, lanjut, salinan):
        lanjut.keadaan.value = "Selesai"
        lanjut.simpan.click()
        lanjut.batal.click()
        assert entries.decisions(salinan)["status"].tolist() == ["Selesai", "Belum"]
        assert " · Belum" in lanjut.daftar.options[0][0]

    def test_undo_again_goes_further_back_and_never_forward(self, lanjut, salinan):
        for state, who in (("Belum", "Camat Alak"), ("Proses", "Camat Alak"), ("Selesai", "Camat Oebobo")):
            lanjut.keadaan.value, lanjut.teks["pic"].value = state, who
            lanjut.simpan.click()
        for said in ("sekarang Proses", "sekarang Belum", "sekarang Belum, tanpa tenggat yang diputuskan"):
            lanjut.batal.click()
            assert said in text(lanjut.kabar)
        assert entries.decisions(salinan)["status"].tolist()[3:] == ["Proses", "Belum", "Belum"]
        lanjut.batal.click()
        assert "Tidak ada catatan nomor 1 yang dapat dibatalkan" in text(lanjut.kabar)
        assert len(entries.decisions(salinan)) == 6
        assert lanjut.riwayat.value.count("Pembatalan; berlaku lagi") == 3

    def test_deciding_again_what_was_decided_before_is_no_undo(self, lanjut):
        for state in ("Proses", "Selesai", "Proses"):
            lanjut.keadaan.value = state
            lanjut.simpan.click()
        lanjut.batal.click()
        assert "sekarang Selesai" in text(lanjut.kabar)
        lanjut.batal.click()
        assert "sekarang Proses" in text(lanjut.kabar)

    def test_undo_stops_at_the_word_of_a_meeting(self, lanjut, salinan, monkeypatch):
        monkeypatch.setattr(entries.decide, "__defaults__", ("log_kendala.xlsx",))
        row = {
            "nomor": 1,
            "tanggal": salinan.tanggal_data,
            "temuan": "x",
            "status": "Proses",
            "oleh": "Sekda",
            "pic": "BPS",
        }
        entries.decide(salinan, row | {"kode": lanjut.baris[1].kode}, "", salinan.tanggal_data, True, SEKARANG)
        lanjut.session.refresh()
        lanjut.keadaan.value = "Selesai"
        lanjut.simpan.click()
        lanjut.batal.click()
        assert "sekarang Proses" in text(lanjut.kabar)
        lanjut.batal.click()
        assert "bukan dari halaman ini" in text(lanjut.kabar)
        assert entries.decisions(salinan)["status"].tolist() == ["Proses", "Selesai", "Proses"]

    def test_after_an_undo_nothing_of_it_is_in_the_fields(self, lanjut):
        lanjut.tenggat.value, lanjut.teks["keterangan"].value = "25/3/2020", "konsep  A"
        lanjut.simpan.click()
        assert lanjut.tenggat.value == "25 Maret 2020" and lanjut.teks["keterangan"].value == "konsep A"
        lanjut.batal.click()
        assert lanjut.tenggat.value != "25 Maret 2020" and lanjut.teks["keterangan"].value == ""

    @pytest.mark.parametrize("saved_before", [True, False])
    def test_what_somebody_else_decided_since_is_never_written_over(self, lanjut, salinan, saved_before):
        lanjut.keadaan.value, lanjut.teks["keterangan"].value = "Proses", "isi saya"
        if saved_before:
            lanjut.simpan.click()
        other = Putusan(Session(salinan, ubah=True), widgets.Text("Sekretaris Daerah"))
        other.daftar.value = 1
        other.keadaan.value, other.teks["keterangan"].value = "Selesai", "isi rekan"
        other.simpan.click()
        lanjut.session.refresh(asked=True)
        assert (lanjut.keadaan.value, lanjut.teks["keterangan"].value) == ("Selesai", "isi rekan")
        assert ("lebih baru" in text(lanjut.kabar)) is not saved_before
        lanjut.simpan.click()
        assert entries.decisions(salinan)["keterangan"].tolist()[-1] == "isi rekan"

    def test_a_draft_that_was_emptied_is_gone(self, lanjut):
        for typed in ("konsep", ""):
            lanjut.teks["keterangan"].value = typed
            lanjut.daftar.value = 2
            lanjut.daftar.value = 1
            assert lanjut.teks["keterangan"].value == typed

    def test_a_saved_number_stays_with_its_kendala_when_codes_are_set(self, lanjut, salinan, oleh):
        """Setting codes changes the order of the log; what was written on number 1 is about the same kendala for ever."""
        code = lanjut.baris[1].kode
        lanjut.keadaan.value = "Proses"
        lanjut.simpan.click()
        words = Ungkapan(lanjut.session, oleh)
        most = [key for line, key in words.daftar.options if line.startswith(code)]
        choose(words, "K05", most[:-1])
        assert [line.nomor for line in lanjut.baris.values() if line.kode == code] == [1]
        assert lanjut.daftar.options[0][0].startswith(f"1 · {code} · Proses")
        numbers = [line.nomor for line in lanjut.baris.values()]
        assert len(set(numbers)) == len(numbers)
        data = store.read(salinan)
        whole = problem_log.assemble(salinan, data, rates.position(data, salinan), told.kendala(salinan, data))
        assert {line.nomor: line.kode for line in story_rtl.lines(whole, salinan)} == {
            n: b.kode for n, b in lanjut.baris.items()
        }

    def test_what_is_typed_waits_while_another_number_is_looked_at(self, lanjut, salinan):
        lanjut.teks["keterangan"].value = "menunggu jawaban"
        lanjut.daftar.value = 2
        assert lanjut.teks["keterangan"].value == ""
        lanjut.daftar.value = 1
        assert lanjut.teks["keterangan"].value == "menunggu jawaban"
        lanjut.simpan.click()
        assert entries.decisions(salinan)["keterangan"].tolist() == ["menunggu jawaban"]
        assert "Keterangan: menunggu jawaban" in lanjut.riwayat.value

    def test_a_follow_up_without_a_pic_is_refused(self, lanjut, salinan):
        lanjut.teks["pic"].value = "  "
        lanjut.simpan.click()
        assert "PIC (jabatan)" in text(lanjut.kabar) and entries.decisions(salinan).empty

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("tenggat", "besok", "tidak terbaca sebagai tanggal"),
            ("tenggat", "16 Maret 2020", "sebelum tanggal keputusan"),
            ("rapat", "", "antara 17 Maret 2020 dan hari ini"),
            ("rapat", "16/3/2020", "antara 17 Maret 2020 dan hari ini"),
            ("rapat", "31/12/2059", "antara 17 Maret 2020 dan hari ini"),
        ],
    )
    def test_wrong_days_are_sentences(self, lanjut, salinan, field, value, said):
        getattr(lanjut, field).value = value
        lanjut.simpan.click()
        assert said in text(lanjut.kabar) and entries.decisions(salinan).empty

    def test_a_person_is_no_pic(self, lanjut, salinan):
        lanjut.teks["pic"].value = "Drs. Yohanes Tallo"
        lanjut.simpan.click()
        assert "PIC" in text(lanjut.kabar) and entries.decisions(salinan).empty

    def test_somebody_else_was_quicker(self, lanjut, salinan):
        other = Putusan(Session(salinan, ubah=True), widgets.Text("Sekretaris Daerah"))
        other.daftar.value = 1
        other.keadaan.value = "Selesai"
        other.simpan.click()
        lanjut.keadaan.value = "Proses"
        lanjut.simpan.click()
        assert "sudah ada catatan lain tentang nomor 1" in text(lanjut.kabar) and "Sekretaris Daerah" in text(
            lanjut.kabar
        )
        assert entries.decisions(salinan)["status"].tolist() == ["Selesai"]

    def test_an_own_entry_and_then_anothers_are_both_seen(self, lanjut, salinan):
        lanjut.keadaan.value = "Proses"
        lanjut.simpan.click()
        other = Putusan(Session(salinan, ubah=True), widgets.Text("Sekretaris Daerah"))
        other.daftar.value = 2
        other.keadaan.value = "Selesai"
        other.simpan.click()
        assert lanjut.session.refresh()
        assert " · Proses" in lanjut.daftar.options[0][0] and " · Selesai" in lanjut.daftar.options[1][0]

    def test_without_a_choice_there_is_a_sentence(self, lanjut):
        lanjut.daftar.value = None
        lanjut.simpan.click()
        assert "Belum ada tindak lanjut yang dipilih" in text(lanjut.kabar)

    def test_markup_of_a_meeting_stays_text(self, lanjut):
        lanjut.teks["tindak_lanjut"].value = "<img src=x onerror=alert(1)> rapat"
        lanjut.simpan.click()
        assert "<img" not in lanjut.riwayat.value and "&lt;img" in lanjut.riwayat.value


def test_a_date_far_back_still_opens(salinan, oleh):
    earlier = salinan.model_copy(update={"tanggal_data": date(2020, 3, 17) - timedelta(days=7)})
    assert Ungkapan(Session(earlier, ubah=True), oleh).kabar.value.count("salah") == 0
