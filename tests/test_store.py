"""store.py against a real Delta store: newest word per office and day, versions, what never leaves it, many writers."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from deltalake import DeltaTable

from helpers import campaign, schema, store
from helpers.store import StoreError

START = datetime(2020, 3, 17, 8, tzinfo=UTC)
D3, D10, D17, D20 = date(2020, 3, 3), date(2020, 3, 10), date(2020, 3, 17), date(2020, 3, 20)
FRAMES = ("nominatif", "rekap", "kendala", "sosialisasi", "tindak_lanjut", "kiriman")


def receipt(
    kode, opd="DINKES", day=D17, minute=0, hasil="diterima", contoh=False, lembar="kendala,nominatif,rekap,sosialisasi"
):
    return pd.DataFrame(
        [
            {
                "kiriman": kode,
                "diterima": START + timedelta(minutes=minute),
                "berkas": f"{kode}.xlsx",
                "hasil": hasil,
                "contoh": contoh,
                "opd": opd,
                "tanggal_data": day,
                "lembar": lembar,
                "tolak": int(hasil == "ditolak"),
                "peringatan": 0,
                "catatan": 0,
            }
        ]
    )


def counts(kode, opd="DINKES", day=D17, jumlah=10, berhasil=3, baris=0):
    row = {"kiriman": kode, "baris": baris, "opd": opd, "tanggal_data": day, "jumlah_asn": jumlah}
    if berhasil is not None:
        row |= {"berhasil": berhasil, "gagal": 1, "belum": jumlah - berhasil - 1, "bukti": 1}
    return pd.DataFrame([row])


def people(kode, many, opd="DINKES", day=D17, status="berhasil", sex="1"):
    return pd.DataFrame(
        [
            {
                "kiriman": kode,
                "baris": 7 + n,
                "opd": opd,
                "tanggal_data": day,
                "nip": f"19850317201001{sex}{n + 1:03d}",
                "nama": f"Nama Rahasia {n}",
                "status": status,
                "uraian": "uraian rahasia",
                "tindak_lanjut": "tindak lanjut rahasia",
            }
            for n in range(many)
        ]
    )


def send(kampanye, kode, opd="DINKES", day=D17, minute=0, jumlah=10, berhasil=3, contoh=False, **tables):
    """One accepted submission with counts (and other tables); returns the data version."""
    return store.append(
        kampanye.path(kampanye.simpan),
        {
            "rekap": counts(kode, opd, day, jumlah, berhasil),
            "kiriman": receipt(kode, opd, day, minute, contoh=contoh),
            **tables,
        },
    )


def asof(kampanye, day=None, versi=0):
    changes = {"versi_data": versi} | ({"tanggal_data": str(day)} if day else {})
    return store.read(campaign.build(kampanye.parameters() | changes))


def taken(data):
    """{office: kiriman of its newest counts}."""
    newest = data.rekap[data.rekap["berhasil"].notna()].drop_duplicates("opd", keep="last")
    return dict(zip(newest["opd"], newest["kiriman"], strict=True))


def same(one, other):
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), obj=name)
    assert (one.tanggal_data, one.versi, one.dicatat, one.contoh) == (
        other.tanggal_data,
        other.versi,
        other.dicatat,
        other.contoh,
    )


# As of a date


def test_read_as_of_a_date_takes_the_newest_day_up_to_it(kampanye):
    for kode, day in (("a", D3), ("b", D10), ("c", D17)):
        send(kampanye, kode, day=day, nominatif=people(kode, 3, day=day))
    for day, kode, many in ((D3, "a", 1), (date(2020, 3, 9), "a", 1), (D10, "b", 2), (D17, "c", 3), (D20, "c", 3)):
        data = asof(kampanye, day)
        assert taken(data) == {"DINKES": kode}
        assert set(data.nominatif["kiriman"]) == {kode}
        assert len(data.rekap) == many  # every day up to the date is kept for the curve
        assert data.tanggal_data == day


def test_nothing_dated_later_leaks(kampanye):
    send(kampanye, "a", day=D10)
    send(kampanye, "b", opd="DISHUB", day=D17)
    data = asof(kampanye, D10)
    assert data.rekap["tanggal_data"].max() == pd.Timestamp(D10)
    assert set(data.kiriman["kiriman"]) == {"a"}


def test_a_date_before_all_counts_knows_nothing_and_is_no_damage(kampanye):
    send(kampanye, "a", day=D17, nominatif=people("a", 3))
    data = asof(kampanye, D10)
    assert all(getattr(data, name).empty for name in FRAMES)
    assert data.lembar_sosialisasi == set()
    assert data.contoh is False


def test_correction_for_the_same_day_wins_by_receipt(kampanye):
    send(kampanye, "z_lama", minute=0, berhasil=3)
    send(kampanye, "a_baru", minute=5, berhasil=4)
    data = asof(kampanye)
    assert taken(data) == {"DINKES": "a_baru"}
    assert data.rekap["berhasil"].tolist() == [4]


def test_correction_wins_whatever_the_order_of_writing(kampanye):
    send(kampanye, "baru", minute=5, berhasil=4)
    send(kampanye, "lama", minute=0, berhasil=3)
    assert asof(kampanye).rekap["berhasil"].tolist() == [4]


def test_late_arrival_for_an_older_day_does_not_beat_a_newer_day(kampanye):
    send(kampanye, "baru", day=D17, minute=0)
    send(kampanye, "telat", day=D10, minute=60, jumlah=12)
    data = asof(kampanye)
    assert taken(data) == {"DINKES": "baru"}
    assert data.rekap["tanggal_data"].tolist() == [pd.Timestamp(D10), pd.Timestamp(D17)]
    assert taken(asof(kampanye, D10)) == {"DINKES": "telat"}


def test_same_submission_twice_reads_once(kampanye):
    tables = {
        "nominatif": people("a", 3),
        "kendala": pd.DataFrame(
            [{"kiriman": "a", "baris": 7, "opd": "DINKES", "tanggal": D17, "kode": "K01", "jumlah_asn": 2}]
        ),
        "sosialisasi": pd.DataFrame(
            [{"kiriman": "a", "baris": 7, "opd": "DINKES", "tanggal": D17, "kanal": "rapat", "jumlah_peserta": 5}]
        ),
    }
    send(kampanye, "a", **tables)
    once = asof(kampanye)
    send(kampanye, "a", **tables)
    twice = asof(kampanye)
    for name in FRAMES[:-1]:
        pd.testing.assert_frame_equal(getattr(once, name), getattr(twice, name), obj=name)
    assert [len(twice.nominatif), len(twice.kendala), len(twice.sosialisasi), len(twice.kiriman)] == [3, 1, 1, 1]


def test_rows_without_a_receipt_do_not_count(kampanye):
    send(kampanye, "a")
    folder = kampanye.path(kampanye.simpan)
    store.append(
        folder,
        {
            "rekap": counts("tanpa", opd="DISHUB"),
            "nominatif": people("tanpa", 2, opd="DISHUB"),
        },
    )
    data = asof(kampanye)
    assert taken(data) == {"DINKES": "a"}
    assert data.nominatif.empty


def test_follow_ups_without_a_receipt_do_not_count(kampanye):
    send(kampanye, "a")
    row = {"kiriman": "tanpa", "baris": 1, "nomor": 1, "tanggal": D17, "temuan": "tanpa kiriman"}
    store.append(kampanye.path(kampanye.simpan), {"tindak_lanjut": pd.DataFrame([row])})
    assert asof(kampanye).tindak_lanjut.empty


def test_an_append_that_breaks_a_rule_leaves_no_trace_in_what_is_read(kampanye):
    version = send(kampanye, "a")
    before = asof(kampanye)
    with pytest.raises(Exception, match="validation check"):
        send(kampanye, "b", opd="DISHUB", berhasil=3, jumlah=2, nominatif=people("b", 2, opd="DISHUB"))
    same(before, asof(kampanye))
    assert store.version(kampanye.path(kampanye.simpan)) == version


def test_refused_submission_does_not_count(kampanye):
    send(kampanye, "a")
    folder = kampanye.path(kampanye.simpan)
    store.append(folder, {"rekap": counts("b", jumlah=99), "kiriman": receipt("b", minute=5, hasil="ditolak")})
    assert taken(asof(kampanye)) == {"DINKES": "a"}
    assert store.known(folder)["hasil"].tolist() == ["diterima", "ditolak"]


def test_headcount_alone_is_not_a_report(kampanye):
    send(kampanye, "a", day=D10, jumlah=10, berhasil=3, nominatif=people("a", 10, day=D10))
    send(kampanye, "daftar", day=D17, jumlah=12, berhasil=None)
    data = asof(kampanye)
    assert taken(data) == {"DINKES": "a"}
    assert len(data.nominatif) == 10
    newest = data.rekap.iloc[-1]
    assert newest["jumlah_asn"] == 12
    assert newest[["berhasil", "gagal", "belum", "bukti"]].isna().all()  # unknown, not 0


def test_offices_outside_the_register_are_left_out(kampanye):
    send(kampanye, "a")
    send(kampanye, "b", opd="SETDA")
    assert set(asof(kampanye).rekap["opd"]) == {"DINKES"}


def test_rinci_marks_counts_that_come_from_a_nominatif(kampanye):
    send(kampanye, "a", nominatif=people("a", 10))
    send(kampanye, "b", opd="DISHUB")
    assert dict(zip(*asof(kampanye).rekap[["opd", "rinci"]].T.to_numpy(), strict=True)) == {
        "DINKES": True,
        "DISHUB": False,
    }


def test_kendala_come_from_the_newest_submission_and_activities_from_all(kampanye):
    for kode, day, minute in (("a", D10, 0), ("b", D17, 9)):
        row = {"kiriman": kode, "baris": 7, "opd": "DINKES", "tanggal": day}
        send(
            kampanye,
            kode,
            day=day,
            minute=minute,
            kendala=pd.DataFrame([row | {"kode": "K01", "jumlah_asn": 2}]),
            sosialisasi=pd.DataFrame([row | {"kanal": "rapat"}]),
        )
    data = asof(kampanye)
    assert data.kendala["kiriman"].tolist() == ["b"]
    assert data.sosialisasi["kiriman"].tolist() == ["a", "b"]
    assert asof(kampanye, D10).sosialisasi["kiriman"].tolist() == ["a"]  # nothing of a later submission leaks
    assert asof(kampanye, D10).kendala["kiriman"].tolist() == ["a"]


def test_unknown_counts_are_na_and_known_ones_whole_numbers(kampanye):
    send(kampanye, "a", berhasil=None)
    send(kampanye, "b", opd="DISHUB")
    rekap = asof(kampanye).rekap
    assert {str(rekap[c].dtype) for c in ("jumlah_asn", "berhasil", "gagal", "belum", "bukti")} == {"Int64"}
    assert rekap["berhasil"].isna().tolist() == [True, False]


# The data version


def test_version_of_a_report_gives_the_same_frames_after_later_submissions(kampanye):
    first = send(kampanye, "a", nominatif=people("a", 4))
    before = asof(kampanye)
    assert before.versi == first == store.version(kampanye.path(kampanye.simpan))
    send(kampanye, "b", minute=9, berhasil=9, nominatif=people("b", 5))
    send(kampanye, "c", opd="DISHUB", minute=12)
    assert asof(kampanye).versi == first + 2
    assert taken(asof(kampanye)) == {"DINKES": "b", "DISHUB": "c"}
    same(before, asof(kampanye, versi=first))


def test_version_gives_the_same_frames_when_a_submission_is_written_again(kampanye):
    first = send(kampanye, "a", nominatif=people("a", 4))
    before = asof(kampanye)
    send(kampanye, "a", nominatif=people("a", 4))
    same(before, asof(kampanye, versi=first))


def test_version_holds_for_the_follow_ups_too(kampanye):
    row = {"baris": 1, "nomor": 1, "tanggal": D10, "temuan": "temuan"}
    first = send(kampanye, "a", day=D10, tindak_lanjut=pd.DataFrame([{"kiriman": "a", "status": "Belum"} | row]))
    before = asof(kampanye)
    assert before.tindak_lanjut["status"].tolist() == ["Belum"]
    later = pd.DataFrame([{"kiriman": "b", "status": "Selesai"} | row])
    send(kampanye, "b", day=D10, minute=9, tindak_lanjut=later)
    assert asof(kampanye).tindak_lanjut["status"].tolist() == ["Belum", "Selesai"]
    same(before, asof(kampanye, versi=first))


def follow_up(kode, nomor=1, day=D10, baris=0, **more):
    row = {"kiriman": kode, "baris": baris, "nomor": nomor, "tanggal": day, "temuan": "NIK tidak sesuai"}
    return pd.DataFrame([row | more])


def test_follow_ups_are_history_by_meeting_then_receipt_then_number(kampanye):
    send(kampanye, "kantor")
    for kode, minute, day, nomor in (("c", 3, D17, 1), ("b", 2, D10, 2), ("a", 1, D10, 5), ("d", 4, D10, 1)):
        log = receipt(kode, None, D10, minute, lembar="tindak_lanjut")
        rows = {"tindak_lanjut": follow_up(kode, nomor, day), "kiriman": log}
        store.append(kampanye.path(kampanye.simpan), rows)
    told = asof(kampanye).tindak_lanjut
    assert list(zip(told["kiriman"], told["nomor"], strict=True)) == [("a", 5), ("b", 2), ("d", 1), ("c", 1)]
    assert told.columns.tolist() == schema.TABLES["tindak_lanjut"].arrow.names
    assert set(asof(kampanye).kiriman["kiriman"]) == {"kantor"}  # a log is no office's report


def test_follow_ups_of_a_refused_log_do_not_count(kampanye):
    send(kampanye, "kantor")
    log = receipt("a", None, D10, 1, "ditolak", lembar="tindak_lanjut")
    store.append(kampanye.path(kampanye.simpan), {"tindak_lanjut": follow_up("a"), "kiriman": log})
    assert asof(kampanye).tindak_lanjut.empty


def test_a_log_changes_what_reports_on_all_offices_are_made_from_and_nothing_else(kampanye):
    send(kampanye, "kantor")
    before = store.slices(kampanye)
    log = receipt("a", None, D10, 1, lembar="tindak_lanjut")
    store.append(kampanye.path(kampanye.simpan), {"tindak_lanjut": follow_up("a"), "kiriman": log})
    after = store.slices(kampanye)
    assert {code for code in after if after[code] != before[code]} == {""}


def test_follow_ups_dated_after_the_data_date_do_not_leak(kampanye):
    row = {"kiriman": "a", "baris": 1, "nomor": 1, "tanggal": D20, "temuan": "rapat sesudah tanggal data"}
    send(kampanye, "a", day=D10, tindak_lanjut=pd.DataFrame([row]))
    assert asof(kampanye, D17).tindak_lanjut.empty
    assert len(asof(kampanye, D20).tindak_lanjut) == 1


def test_the_log_of_a_day_never_shows_what_was_decided_on_it(kampanye):
    send(kampanye, "kantor")
    rows = {"tindak_lanjut": follow_up("a", day=D17), "kiriman": receipt("a", None, D17, 1, lembar="tindak_lanjut")}
    store.append(kampanye.path(kampanye.simpan), rows)
    assert asof(kampanye, D17).tindak_lanjut.empty  # as it was handed out, also when made again
    assert len(asof(kampanye, D20).tindak_lanjut) == 1
    assert len(asof(kampanye, D20).tindak_lanjut) == 1


def test_dicatat_is_the_newest_receipt_of_the_version(kampanye):
    first = send(kampanye, "a", minute=0)
    send(kampanye, "b", minute=45)
    assert asof(kampanye).dicatat == START + timedelta(minutes=45)
    assert asof(kampanye, versi=first).dicatat == START


def test_contoh_follows_only_the_submissions_used(kampanye):
    send(kampanye, "contoh", minute=0, contoh=True)
    assert asof(kampanye).contoh is True
    first = store.version(kampanye.path(kampanye.simpan))
    send(kampanye, "asli", minute=9)
    assert asof(kampanye).contoh is False
    assert asof(kampanye, versi=first).contoh is True
    send(kampanye, "contoh_lain", opd="DISHUB", day=D20, contoh=True)
    assert asof(kampanye, D17).contoh is False
    assert asof(kampanye, D20).contoh is True


# What is not there


def sentence(call, *words):
    with pytest.raises(StoreError) as caught:
        call()
    text = str(caught.value)
    assert text.endswith(".") and "\n" not in text
    for word in words:
        assert word in text


def test_missing_store_is_a_sentence(kampanye):
    folder = kampanye.path(kampanye.simpan)
    sentence(lambda: store.read(kampanye), str(folder), "pantau terima")
    sentence(lambda: store.version(folder), str(folder), "pantau terima")
    sentence(lambda: store.read_people(kampanye, "DINKES"), "pantau terima")
    assert not folder.exists()  # asking makes nothing


@pytest.mark.parametrize("versi", [99, 1000000])
def test_unknown_version_is_a_sentence(kampanye, versi):
    send(kampanye, "a")
    sentence(lambda: asof(kampanye, versi=versi), str(versi), "0")


def test_store_with_refused_submissions_only_is_a_sentence(kampanye):
    store.append(kampanye.path(kampanye.simpan), {"kiriman": receipt("a", hasil="ditolak")})
    sentence(lambda: store.read(kampanye), "belum memuat kiriman yang diterima")


def test_version_before_the_first_accepted_submission_is_a_sentence(kampanye):
    send(kampanye, "a")
    sentence(lambda: asof(kampanye, versi=1), "kiriman")


def test_damaged_store_is_a_sentence(kampanye):
    send(kampanye, "a")
    for log in (kampanye.path(kampanye.simpan) / "kiriman" / "_delta_log").glob("*.json"):
        log.write_text("{rusak", encoding="utf-8")
    with pytest.raises(StoreError):
        store.read(kampanye)


def test_known_is_empty_without_a_store(tmp_path):
    assert store.known(tmp_path / "tidak_ada").empty
    assert "hasil" in store.known(tmp_path / "tidak_ada")


def test_known_lists_oldest_first(kampanye):
    send(kampanye, "b", minute=30)
    send(kampanye, "a", minute=10)
    assert store.known(kampanye.path(kampanye.simpan))["kiriman"].tolist() == ["a", "b"]


# What never leaves the store


def secretive(kampanye):
    row = {"kiriman": "a", "baris": 7, "opd": "DINKES", "tanggal": D17}
    send(
        kampanye,
        "a",
        nominatif=people("a", 3),
        kendala=pd.DataFrame([row | {"kode": "K01", "uraian": "uraian rahasia", "jumlah_asn": 1}]),
        sosialisasi=pd.DataFrame([row | {"kanal": "rapat"}]),
    )
    return kampanye


@pytest.mark.parametrize("name", FRAMES)
def test_read_holds_no_nip_name_or_free_text_of_offices(kampanye, name):
    frame = getattr(store.read(secretive(kampanye)), name)
    assert not {"nip", "nama", "uraian"} & set(frame.columns)
    assert "rahasia" not in frame.to_csv().lower()
    assert "19850317201001" not in frame.to_csv()


def test_read_of_the_sample_holds_no_identity(contoh_store):
    data = store.read(contoh_store)
    assert len(data.nominatif) > 4000
    names = set(store.read_people(contoh_store, "DINKES")["nama"])
    held = data.nominatif.select_dtypes(exclude=["number", "datetime", "boolean"]).stack().astype(str)
    assert names.isdisjoint(held)
    assert not held.str.fullmatch(r"\d{18}").any()


def test_sex_and_birth_year_come_from_the_nip(kampanye):
    send(kampanye, "a", nominatif=people("a", 2, sex="1"))
    send(kampanye, "b", opd="DISHUB", nominatif=people("b", 1, opd="DISHUB", sex="2"))
    nominatif = asof(kampanye).nominatif
    assert nominatif["kelamin"].tolist() == ["Laki-laki", "Laki-laki", "Perempuan"]
    assert nominatif["tahun_lahir"].tolist() == [1985, 1985, 1985]


def test_read_people_gives_only_that_office(kampanye):
    send(kampanye, "a", nominatif=people("a", 3))
    send(kampanye, "b", opd="DISHUB", nominatif=people("b", 2, opd="DISHUB"))
    found = store.read_people(kampanye, "DINKES")
    assert set(found["opd"]) == {"DINKES"}
    assert found["nip"].tolist() == ["198503172010011001", "198503172010011002", "198503172010011003"]
    assert found["nama"].str.startswith("Nama Rahasia").all()


def test_read_people_is_the_newest_submission_once(kampanye):
    send(kampanye, "a", day=D10, nominatif=people("a", 5, day=D10))
    send(kampanye, "b", day=D17, nominatif=people("b", 3))
    send(kampanye, "b", day=D17, nominatif=people("b", 3))
    assert len(store.read_people(kampanye, "DINKES")) == 3


def test_read_people_is_empty_for_counts_and_for_silence(kampanye):
    send(kampanye, "a", day=D10, nominatif=people("a", 5, day=D10))
    send(kampanye, "b", day=D17)
    assert store.read_people(kampanye, "DINKES").empty
    assert store.read_people(kampanye, "DISHUB").empty


# Many writers

WRITERS = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_store as t
from helpers import store
folder, children = Path(sys.argv[1]), []
for writer in range(6):
    if (child := os.fork()) == 0:
        code = 1
        try:
            for n in range(4):
                kode = f"{writer}-{n}"
                store.append(folder, {"rekap": t.counts(kode), "nominatif": t.people(kode, 20),
                                      "kiriman": t.receipt(kode, minute=n)})
            code = 0
        finally:
            os._exit(code)
    children.append(child)
sys.exit(any(os.waitpid(child, 0)[1] for child in children))
"""


@pytest.mark.lambat
def test_six_processes_at_once_lose_nothing(kampanye):
    folder = kampanye.path(kampanye.simpan)
    # One fresh process forks six before any of them touches Delta, so that they also race to make the store.
    done = subprocess.run(
        [sys.executable, "-c", WRITERS, str(folder), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    expected = {f"{writer}-{n}" for writer in range(6) for n in range(4)}
    known = store.known(folder)
    assert sorted(known["kiriman"]) == sorted(expected)
    assert store.version(folder) == 1 + len(expected)  # the rules are version 1, each append is one more
    kept = DeltaTable(folder / "nominatif").to_pyarrow_table().to_pandas().groupby("kiriman")["baris"].apply(set)
    assert kept.to_dict() == {kode: set(range(7, 27)) for kode in expected}
    assert DeltaTable(folder / "nominatif").to_pyarrow_table().num_rows == 20 * len(expected)
    assert DeltaTable(folder / "rekap").to_pyarrow_table().num_rows == len(expected)
    assert [p.name for p in folder.iterdir() if p.name.startswith(".baru")] == []
    with pytest.raises(Exception, match="validation check"):  # the table that won the race has its rules
        store.append(folder, {"rekap": counts("x", jumlah=1, berhasil=5)})
