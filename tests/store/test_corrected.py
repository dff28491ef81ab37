"""corrected.py and entries.py: codes that analysts set, in force from then on, undone by another entry, never lost."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from helpers import store
from helpers.intake.receive import receive
from helpers.measures import obstacles, rates
from helpers.store import corrected, entries, told, words
from helpers.store.phrase import fold

SEKARANG = datetime(2020, 3, 18, 1, tzinfo=UTC)
KATA = "Loading lama sekali"


@pytest.fixture
def own(contoh_store, kampanye):
    shutil.copytree(contoh_store.path(contoh_store.simpan), kampanye.path(kampanye.simpan))
    return kampanye


def mark(kode, uraian=KATA, asal="K04"):
    return {"kode_asal": asal, "sidik_frasa": corrected.fingerprint(uraian), "frasa": uraian, "kode": kode}


def people(kampanye):
    data = store.read(kampanye)
    posisi = rates.position(data, kampanye)
    table = obstacles.blocked(data, posisi, kampanye.obstacles, kampanye.counted_kinds)
    return table.groupby("kode")["orang"].sum()


def set_code(kampanye, kode, seen=None, later=0, oleh="Analis BPS", **which):
    when = SEKARANG + timedelta(minutes=later)
    return entries.classify(kampanye, [mark(kode, **which)], oleh, seen or {}, True, when)


def newest(kampanye):
    held = entries.classifications(kampanye).drop_duplicates(corrected.KEY, keep="last")
    return {(row.kode_asal, row.sidik_frasa): row.kiriman for row in held.itertuples()}


class TestInForce:
    def test_people_move_from_one_code_to_the_other_and_nobody_is_lost(self, own):
        before = people(own)
        data = store.read(own)
        told_so = words.told(own, data)
        moved = told_so.loc[told_so["sidik_frasa"].eq(corrected.fingerprint(KATA)), "orang"].sum()
        assert moved > 0
        set_code(own, "K05")
        after = people(own)
        assert after["K04"] == before["K04"] - moved and after["K05"] == before["K05"] + moved
        assert after.sum() == before.sum()

    def test_an_older_version_stays_as_it_was(self, own):
        before, version = people(own), store.version(own.path(own.simpan))
        assert set_code(own, "K05") == version + 1
        then = own.model_copy(update={"versi_data": version})
        assert people(then).to_dict() == before.to_dict()

    def test_undoing_is_another_entry(self, own):
        before = people(own)
        set_code(own, "K05")
        set_code(own, "K04", newest(own), later=1)
        assert people(own).to_dict() == before.to_dict()
        assert entries.classifications(own)["kode"].tolist() == ["K05", "K04"]

    def test_who_says_it_again_tomorrow_is_counted_right(self, own, tulis_nominatif, orang, tmp_path):
        set_code(own, "K05")
        rows = [orang(n, status="Gagal", kode_kendala="K04", uraian="LOADING  lama sekali.") for n in range(1, 8)]
        (sent,) = receive(
            [tulis_nominatif(tmp_path / "bpbd.xlsx", rows, opd="BPBD")], own, SEKARANG + timedelta(hours=1)
        )
        assert sent.hasil == "diterima", list(sent.temuan)
        ours = store.read(own).nominatif
        assert set(ours.loc[ours["opd"].eq("BPBD"), "kode_kendala"]) == {"K05"}

    def test_offices_lists_tell_the_new_code(self, own):
        data = store.read(own)
        told_so = words.told(own, data)
        opd = told_so.loc[told_so["sidik_frasa"].eq(corrected.fingerprint(KATA)), "opd"].iloc[0]
        set_code(own, "K05")
        named = store.read_people(own, opd)
        own_words = named["uraian"].fillna("").map(fold).eq(fold(KATA))
        assert set(named.loc[own_words & named["status"].ne("berhasil"), "kode_kendala"]) == {"K05"}

    def test_the_log_tells_the_phrase_and_its_first_day_under_the_new_code(self, own):
        before = told.kendala(own, store.read(own)).set_index("kode")
        assert fold(KATA) in before.loc["K04", "ungkapan"]
        for code in before.index:
            if code != "K05":
                set_code(own, "K05", asal=code)
        after = told.kendala(own, store.read(own)).set_index("kode")
        assert fold(KATA) in after.loc["K05", "ungkapan"] and fold(KATA) not in after.loc["K04", "ungkapan"]
        assert after.loc["K05", "sejak"] <= before.loc["K05", "sejak"]

    def test_a_guess_that_somebody_set_is_no_guess_any_more(self, own, tulis_nominatif, orang, tmp_path):
        rows = [orang(n, status="Gagal", kode_kendala=None, uraian="sinyal hilang-hilang") for n in range(1, 4)]
        receive([tulis_nominatif(tmp_path / "bpbd.xlsx", rows, opd="BPBD")], own, SEKARANG)
        assert words.told(own, store.read(own)).query("opd == 'BPBD'")["dugaan"].all()
        set_code(own, "K03", later=120, uraian="sinyal hilang-hilang", asal="K05")
        assert not words.told(own, store.read(own)).query("opd == 'BPBD'")["dugaan"].any()


class TestNothingOverwrittenInSilence:
    def test_who_does_not_know_the_newest_entry_is_refused(self, own):
        set_code(own, "K05", oleh="Analis kota")
        version = store.version(own.path(own.simpan))
        with pytest.raises(entries.ChangedError) as refused:
            set_code(own, "K03", later=1)
        assert refused.value.rows["oleh"].tolist() == ["Analis kota"]
        assert store.version(own.path(own.simpan)) == version
        set_code(own, "K03", newest(own), later=2)
        assert entries.classifications(own)["kode"].tolist() == ["K05", "K03"]

    def test_an_entry_on_other_words_is_no_conflict(self, own):
        set_code(own, "K05")
        set_code(own, "K15", uraian="lupa", asal="K15", later=1)
        assert len(entries.classifications(own)) == 2

    def test_a_follow_up_likewise(self, own):
        hari = own.tanggal_data
        row = {"nomor": 1, "tanggal": hari, "temuan": "x", "status": "Proses", "oleh": "Analis kota", "kode": "K15"}
        entries.decide(own, row, "", hari, True, SEKARANG)
        with pytest.raises(entries.ChangedError) as refused:
            entries.decide(own, row | {"status": "Selesai"}, "", hari, True, SEKARANG + timedelta(minutes=1))
        assert refused.value.rows["status"].tolist() == ["Proses"]
        seen = refused.value.rows["kiriman"].iloc[0]
        entries.decide(own, row | {"status": "Selesai"}, seen, hari, True, SEKARANG + timedelta(minutes=2))
        assert entries.decisions(own)["status"].tolist() == ["Proses", "Selesai"]

    def test_a_decision_is_told_by_the_report_of_the_next_day(self, own):
        hari = own.tanggal_data
        row = {"nomor": 1, "tanggal": hari, "temuan": "x", "status": "Proses", "oleh": "Analis kota", "kode": "K15"}
        entries.decide(own, row, "", hari, True, SEKARANG)
        now = store.read(own)
        assert now.tindak_lanjut.empty
        assert now.tertulis.to_dict("records") == [{"nomor": 1, "kode": "K15"}]  # its number is kept on this day's log
        following = own.model_copy(update={"tanggal_data": hari + timedelta(days=1)})
        later = store.read(following)
        assert later.tindak_lanjut["status"].tolist() == ["Proses"] and later.tertulis.empty


def test_reports_of_offices_that_told_it_and_of_the_city_are_made_again(own):
    before = store.slices(own)
    set_code(own, "K05")
    after = store.slices(own)
    changed = {code for code in before if before[code] != after[code]}
    told_so = words.told(own, store.read(own))
    affected = set(told_so.loc[told_so["sidik_frasa"].eq(corrected.fingerprint(KATA)), "opd"])
    assert affected <= changed and "" in changed and len(changed) < len(before)


def test_no_name_is_stored_with_an_entry(own):
    set_code(own, "K05")
    assert set(entries.classifications(own).columns) == {
        "kiriman", "baris", "kode_asal", "sidik_frasa", "kode", "oleh", "frasa", "diterima",
    }  # fmt: skip


def test_a_store_of_an_earlier_version_has_no_entries(own):
    shutil.rmtree(own.path(own.simpan) / "klasifikasi")
    assert entries.classifications(own).empty and people(own)["K04"] > 0
    set_code(own, "K05")
    assert len(entries.classifications(own)) == 1
