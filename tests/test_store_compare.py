"""store.compare against a real Delta store: which report was the last, what it knew, and nobody's NIP."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from helpers import campaign, store
from helpers.measures import movement
from helpers.store import StoreError, before

D3, D10, D12, D17 = date(2020, 3, 3), date(2020, 3, 10), date(2020, 3, 12), date(2020, 3, 17)


def on(day, hour=4):
    return datetime(2020, 3, day, hour, tzinfo=UTC)  # 4 UTC is noon in Kupang


def send(kampanye, kode, opd, day, received, people):
    """An accepted nominatif: {serial of the NIP: (status, tanggal_isi)}; returns the data version."""
    done = sum(status == "berhasil" for status, _ in people.values())
    rows = [
        {
            "nip": f"198503172010011{serial:03d}",
            "nama": f"Nama Rahasia {serial}",
            "status": status,
            "tanggal_isi": filled,
        }
        | {"kiriman": kode, "baris": 7 + at, "opd": opd, "tanggal_data": day, "jenis_asn": "PNS"}
        for at, (serial, (status, filled)) in enumerate(people.items())
    ]
    count = {"kiriman": kode, "baris": 0, "opd": opd, "tanggal_data": day, "jumlah_asn": len(rows), "berhasil": done}
    count |= {"gagal": 0, "belum": len(rows) - done, "bukti": 0}
    receipt = {"kiriman": kode, "diterima": received, "berkas": kode, "hasil": "diterima", "contoh": False, "opd": opd}
    receipt |= {"tanggal_data": day, "lembar": "nominatif", "tolak": 0, "peringatan": 0, "catatan": 0}
    tables = {"nominatif": pd.DataFrame(rows), "rekap": pd.DataFrame([count]), "kiriman": pd.DataFrame([receipt])}
    return store.append(kampanye.path(kampanye.simpan), tables)


NOT_YET, DONE = ("belum", None), ("berhasil", D3)


def moved(kampanye, **more):
    banding = store.compare(kampanye, **more)
    return movement.since(banding.lalu, banding.kini, kampanye).set_index("opd")


def test_people_are_matched_across_lists_and_no_nip_leaves_the_store(kampanye):
    send(kampanye, "a", "DINKES", D10, on(10), {1: DONE, 2: NOT_YET, 3: NOT_YET, 4: DONE})
    send(kampanye, "b", "DINKES", D17, on(17), {9: NOT_YET, 3: ("berhasil", D17), 2: DONE, 1: DONE})
    banding = store.compare(kampanye)
    assert banding.saat_itu and banding.lalu.tanggal_data == D10
    for people in (banding.lalu.nominatif, banding.kini.nominatif):
        assert not set(people) & set(store.PERSONAL)
        assert people["orang"].max() < 5  # a count, nothing made from the NIP
        assert not people.astype("str").apply(lambda column: column.str.contains("1985031720|Rahasia")).any(axis=None)
    row = moved(kampanye).loc["DINKES"]
    parts = ["penyelesaian_baru", "terlambat_dicatat", "daftar_masuk", "daftar_keluar", "perubahan"]
    assert row[parts].tolist() == [1, 1, 0, -1, 1]


def test_kini_is_what_read_gives(kampanye):
    send(kampanye, "a", "DINKES", D10, on(10), {1: DONE, 2: NOT_YET})
    send(kampanye, "b", "DINKES", D17, on(17), {1: DONE, 2: DONE})
    kini, data = store.compare(kampanye).kini, store.read(kampanye)
    pd.testing.assert_frame_equal(kini.nominatif.drop(columns="orang"), data.nominatif)
    pd.testing.assert_frame_equal(kini.rekap, data.rekap)
    assert (kini.versi, kini.dicatat) == (data.versi, data.dicatat)


def test_a_submission_that_came_after_the_last_report_was_not_in_it(kampanye):
    send(kampanye, "a", "DINKES", D10, on(10), {1: DONE, 2: NOT_YET})
    send(kampanye, "b", "DISHUB", D10, on(13), {5: DONE})  # the report on the 10th was made on the 11th
    send(kampanye, "c", "DINKES", D10, on(14), {1: NOT_YET, 2: NOT_YET})  # a correction of the same day
    table = moved(kampanye)
    assert table.loc["DISHUB", ["lapor_lalu", "unit_baru"]].tolist() == [False, 1]
    assert table.loc["DINKES", ["berhasil_lalu", "berhasil_dicabut"]].tolist() == [1, -1]


def test_a_person_on_two_lists_is_moved_and_counted_once(kampanye):
    send(kampanye, "a", "DINKES", D10, on(10), {1: DONE, 2: NOT_YET})
    send(kampanye, "b", "DISHUB", D10, on(10), {5: NOT_YET})
    gone = {"kiriman": "c", "baris": 0, "opd": "DINKES", "tanggal_data": D17, "kiriman_lama": "a", "baris_lama": 7}
    store.append(kampanye.path(kampanye.simpan), {"pindah": pd.DataFrame([gone | {"ke": "DISHUB"}])})
    send(kampanye, "c", "DISHUB", D17, on(17), {5: NOT_YET, 1: DONE})  # DINKES has sent nothing new
    table = moved(kampanye)
    assert table.loc[["DINKES", "DISHUB"], "pindah"].tolist() == [-1, 1]
    assert table.loc[["DINKES", "DISHUB"], "asn_pindah"].tolist() == [-1, 1]
    kota = movement.total(table.reset_index())
    assert kota[["perubahan", "daftar_masuk", "daftar_keluar", "perubahan_jumlah", "berhasil"]].tolist() == [
        0,
        0,
        0,
        0,
        1,
    ]


def test_a_data_version_says_exactly_what_the_last_report_knew(kampanye):
    send(kampanye, "a", "DINKES", D10, on(10), {1: NOT_YET})
    versi = send(kampanye, "b", "DISHUB", D10, on(16), {5: DONE})
    send(kampanye, "c", "DINKES", D17, on(17), {1: DONE})
    assert moved(kampanye).loc["DISHUB", "unit_baru"] == 1
    assert moved(kampanye, tanggal=D10, versi=versi).loc["DISHUB", "unit_baru"] == 0


def test_a_store_filled_afterwards_compares_with_what_is_known_now_and_says_so(kampanye):
    send(kampanye, "a", "DINKES", D10, on(17), {1: NOT_YET})
    send(kampanye, "b", "DINKES", D17, on(17), {1: ("berhasil", D12)})
    banding = store.compare(kampanye)
    assert not banding.saat_itu and banding.lalu.tanggal_data == D10
    assert moved(kampanye).loc["DINKES", "penyelesaian_baru"] == 1


def test_without_earlier_results_there_is_no_last_report(kampanye):
    send(kampanye, "a", "DINKES", D17, on(17), {1: DONE})
    banding = store.compare(kampanye)
    assert banding.lalu is None and "orang" in banding.kini.nominatif and "nip" not in banding.kini.nominatif
    assert store.compare(kampanye, tanggal=D10).lalu is None
    assert movement.total(movement.since(banding.lalu, banding.kini, kampanye))["berhasil"] == 1


def test_a_day_to_compare_with_must_lie_before_the_data_date(kampanye):
    send(kampanye, "a", "DINKES", D17, on(17), {1: DONE})
    with pytest.raises(StoreError, match="harus sebelum tanggal data 2020-03-17"):
        store.compare(kampanye, tanggal=D17)


def test_the_campaign_itself_stays_as_it_was(kampanye):
    send(kampanye, "a", "DINKES", D10, on(10), {1: DONE})
    given = kampanye.parameters()
    store.compare(kampanye)
    assert kampanye.parameters() == given and campaign.build(given).tanggal_data == D17


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2020-03-01", "2020-03-16"], D10),  # a week before, whatever day the counts are of
        (["2020-03-10"], D10),
        (["2020-03-12", "2020-03-14"], D12),  # nothing is a week old: the first day with results
        (["2020-03-17"], None),
        ([], None),
    ],
)
def test_the_last_report_is_a_week_old_or_the_first(days, expected):
    rekap = pd.DataFrame({"tanggal_data": pd.to_datetime(days), "berhasil": pd.array([1] * len(days), "Int64")})
    assert before.previous_date(rekap, D17) == expected


def test_a_headcount_without_results_is_no_report():
    rekap = pd.DataFrame({"tanggal_data": pd.to_datetime(["2020-02-15"]), "berhasil": pd.array([pd.NA], "Int64")})
    assert before.previous_date(rekap, D17) is None


@pytest.mark.parametrize(
    ("day", "made"),
    [
        (D10, "2020-03-11"),  # Tuesday: Wednesday
        (date(2020, 3, 13), "2020-03-16"),  # Friday: Monday
        (date(2020, 3, 14), "2020-03-16"),  # Saturday: Monday
        (date(2020, 3, 24), "2020-03-26"),  # before Nyepi: after it
    ],
)
def test_a_report_is_made_by_the_end_of_the_next_working_day(kota, day, made):
    until = before.report_time(day, kota.days_off, kota.zona_waktu)
    assert until.isoformat() == f"{made}T23:59:59.999999+08:00"
