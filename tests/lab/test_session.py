"""A session: what is measured once, what changes when the store does, who may save."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from helpers import campaign, store
from helpers.intake.receive import receive
from helpers.lab import session as module
from helpers.lab.page import Said
from helpers.lab.session import Session
from helpers.measures import rates
from helpers.store import StoreError

KOTA = Path(__file__).resolve().parents[2] / "params" / "kota.yaml"
HARI, SEKARANG = date(2020, 3, 17), datetime(2020, 3, 18, 1, tzinfo=UTC)


class TestView:
    def test_says_what_the_city_report_says(self, contoh_store):
        view = Session(contoh_store).view()
        assert view.kota["berhasil"] == 1621 and view.kota["jumlah_asn"] == 5402
        assert view.ukuran["kekurangan"].notna().any() and len(view.corong) == len(view.ukuran)
        assert view.ramalan["opd"].nunique() == len(view.posisi) + 1
        assert view.kendala["orang"].sum() <= view.kota["jumlah_asn"] - view.kota["berhasil"]

    def test_is_measured_once(self, contoh_store):
        session = Session(contoh_store)
        assert session.view() is session.view(HARI)
        assert session.view(HARI - timedelta(days=1)) is not session.view()

    def test_with_ptt_counts_them_from_the_same_store(self, salinan, tulis_nominatif, orang, tmp_path):
        kinds = ["PNS", "PNS", "PPPK", "PTT"]
        rows = [orang(at, jenis_asn=kind) for at, kind in enumerate(kinds, 1)]
        (sent,) = receive([tulis_nominatif(tmp_path / "bpbd.xlsx", rows, "BPBD")], salinan, SEKARANG)
        assert sent.hasil == "diterima", sent.temuan
        session = Session(salinan)
        without, with_ptt = session.view(), session.view(jenis_asn="PNS, PPPK, PTT")
        assert with_ptt.kota["jumlah_asn"] == without.kota["jumlah_asn"] + 1
        assert with_ptt.data.versi == without.data.versi

    def test_keeps_only_so_many(self, contoh_store):
        session = Session(contoh_store)
        first = session.view()
        for back in range(1, module.KEPT + 1):
            session.view(HARI - timedelta(days=back))
        assert session.view() is not first

    def test_sums_that_do_not_agree_are_not_shown(self, contoh_store, monkeypatch):
        right = rates.total
        monkeypatch.setattr(rates, "total", lambda *a: right(*a).replace(1621, 1622))
        with pytest.raises(Exception, match=r"[Bb]erhasil"):
            Session(contoh_store).view()

    def test_without_a_store_there_is_a_sentence(self, tmp_path):
        session = Session(campaign.load(KOTA, simpan=str(tmp_path / "tidak_ada")))
        assert session.versi == 0 and session.refresh() is False
        with pytest.raises(Said, match="tab Kiriman"):
            session.view()

    def test_a_store_that_is_damaged_is_not_an_empty_one(self, salinan):
        for log in salinan.path(salinan.simpan).glob("kiriman/_delta_log/*.json"):
            log.write_text("rusak")
        with pytest.raises(StoreError):
            Session(salinan)

    def test_a_wrong_choice_of_people_is_a_sentence(self, contoh_store):
        with pytest.raises(campaign.CampaignError, match="jenis_asn"):
            Session(contoh_store).view(jenis_asn="semua")


class TestRefresh:
    def test_nothing_new(self, contoh_store):
        session = Session(contoh_store)
        asked = []
        session.on_change(lambda: pytest.fail("told of no change"))
        session.on_ask(asked.append)
        assert session.refresh() is False and asked == []
        assert session.refresh(asked=True) is False and asked == [False]

    def test_a_new_submission_is_seen_and_told(self, salinan, buku):
        session = Session(salinan)
        before, told = session.view(), []
        session.on_change(lambda: told.append(session.view().kota["berhasil"]))
        session.on_ask(told.append)
        receive([buku], salinan, SEKARANG)
        assert session.view() is before
        assert session.refresh() is True
        assert session.versi == before.data.versi + 1 and told == [session.view().kota["berhasil"]]

    def test_a_named_version_stays(self, salinan, buku):
        version = store.version(salinan.path(salinan.simpan))
        session = Session(salinan.model_copy(update={"versi_data": version}))
        receive([buku], salinan, SEKARANG)
        assert session.refresh() is False and session.versi == version


class TestWhoMaySave:
    @pytest.mark.parametrize(
        ("server", "wish", "may"),
        [("", "", True), ("", "1", True), ("voila/0.5.13", "", False), ("voila/0.5.13", "1", True)],
    )
    def test_by_where_the_page_is(self, contoh_store, monkeypatch, server, wish, may):
        monkeypatch.setenv("SERVER_SOFTWARE", server)
        monkeypatch.setenv(module.CHANGES, wish)
        assert Session(contoh_store).ubah is may

    def test_or_as_told(self, contoh_store):
        assert Session(contoh_store, ubah=False).ubah is False


@pytest.fixture
def buku(tulis_formulir, tmp_path) -> Path:
    """A newer word of an office: counts of the same day."""
    row = {"tanggal_data": HARI, "jumlah_asn": 40, "berhasil": 30, "gagal": 2, "belum": 8, "bukti": 20}
    return tulis_formulir(tmp_path / "rekap.xlsx", {"Rekap": [row]}, "BPBD")
