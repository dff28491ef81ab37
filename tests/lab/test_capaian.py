"""Tab Capaian, driven as a browser drives it: lists, funnel, PTT, what is shown and what is said."""

import re

import pytest

from helpers.lab.capaian import Capaian
from helpers.lab.session import Session


@pytest.fixture
def tab(contoh_store):
    return Capaian(Session(contoh_store))


def plain(widget):
    return re.sub(r"<[^>]+>", " ", widget.value)


def test_begins_with_the_city(tab):
    assert "30,0% ASN berhasil" in plain(tab.kepala) and "5.402" in plain(tab.kepala)
    assert tab.kurva.svg.startswith("<svg") and tab.kurva.alt
    assert len(tab.corong.titik) == 48 and "✗" not in tab.kabar.value


def test_an_office_is_as_in_its_report(tab):
    tab.opd.value = "DINKES"
    assert "Dinas Kesehatan" in plain(tab.kepala) and "412" in plain(tab.kepala)
    assert "unit kerja" in plain(tab.bawah) and "serupa" in plain(tab.bawah)
    assert tab.corong.pilihan == "DINKES"


def test_choosing_a_mark_opens_the_office_even_of_another_kind(tab):
    tab.jenis.value = "badan"
    assert {code for _, code in tab.opd.options} < {"", *tab.session.kampanye.units["kode"]}
    tab.corong.pilihan = "DINKES"
    assert tab.opd.value == "DINKES" and "Dinas Kesehatan" in plain(tab.kepala)


def test_marks_stand_on_their_points_and_say_all_in_words(tab):
    marks = {mark["kode"]: mark for mark in tab.corong.titik}
    assert all(0 < mark["x"] < 1 and 0 < mark["y"] < 1 for mark in marks.values())
    own = marks["DINKES"]
    assert own["nama"].startswith("Dinas Kesehatan: 14,8 persen dari 412 ASN, ")
    assert own["y"] > marks[max(marks, key=lambda code: -marks[code]["y"])]["y"]


def test_a_silent_office_is_no_fault(tab):
    silent = tab.view.posisi.loc[~tab.view.posisi["lapor"], "opd"].iloc[0]
    tab.opd.value = silent
    assert "belum melapor" in plain(tab.kepala) and "✗" not in tab.kabar.value


def test_every_office_every_day_and_ptt_can_be_opened(tab):
    for _, code in tab.opd.options[:12]:
        tab.opd.value = code
        assert "✗" not in tab.kabar.value, code
    for _, one in tab.tanggal.options:
        tab.tanggal.value = one
        assert "✗" not in tab.kabar.value, one
    tab.ptt.value = True
    assert "Tidak ada PTT" in tab.kabar.value


def test_no_name_and_no_nip_reach_the_page(tab, contoh_store):
    from helpers import store

    tab.opd.value = "DINKES"
    people = store.read_people(contoh_store, "DINKES")
    state = "".join(str(w.value) for w in (tab.kepala, tab.bawah, tab.keterangan)) + tab.corong.svg + tab.kurva.svg
    assert not re.search(r"\d{18}", state)
    assert not any(name in state for name in people["nama"])


class TestKinds:
    def test_a_kind_is_told_by_its_own_sums(self, tab):
        tab.jenis.value = "badan"
        own = tab.view.posisi[tab.view.posisi["jenis"].eq("badan")]
        done, people = int(own["berhasil"].sum()), int(own["jumlah_asn"].sum())
        said = plain(tab.kepala)
        assert f"Badan: {len(own)} OPD" in said and f"{done} berhasil" in said and f"dari {people} ASN" in said
        assert f"{100 * done / people:.1f}%".replace(".", ",") in said
        named = set(re.findall(r"<td[^>]*>(Badan [^<]+)</td>", tab.bawah.value))
        assert named and "Dinas Kesehatan" not in plain(tab.bawah)
        shares = re.findall(r"<td[^>]*>([\d,]+)%</td><td", tab.bawah.value.split("Menurut jenis")[0])
        assert sum(float(share.replace(",", ".")) for share in shares) == pytest.approx(100, abs=0.3)
        assert {mark["kode"] for mark in tab.corong.titik if mark["sejenis"]} == set(own.loc[own["lapor"], "opd"])

    def test_it_is_drawn_at_once_and_back(self, tab):
        before = (tab.kepala.value, tab.kurva.svg, tab.bawah.value)
        tab.jenis.value = "dinas"
        assert all(
            now != then for now, then in zip((tab.kepala.value, tab.kurva.svg, tab.bawah.value), before, strict=True)
        )
        tab.jenis.value = ""
        assert (tab.kepala.value, tab.kurva.svg, tab.bawah.value) == before

    def test_every_kind_and_every_day(self, tab):
        for _, kind in tab.jenis.options:
            tab.jenis.value = kind
            for _, one in tab.tanggal.options:
                tab.tanggal.value = one
                assert "✗" not in tab.kabar.value, (kind, one)


def test_a_day_when_few_had_reported_promises_nothing(tab):
    tab.tanggal.value = min(one for _, one in tab.tanggal.options)
    assert tab.view.kota["unit_lapor"] < 26
    assert "proyeksi" not in plain(tab.kepala) and "melapor" in plain(tab.kepala)
