"""Every named pair in tests/cases: the input goes through a measure, the result is what was worked out by hand."""

import dataclasses
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from toy import (
    CATALOGUE,
    DAY,
    KENDALA,
    KINDS,
    LAST,
    NOMINATIF,
    NYEPI,
    REKAP,
    SOSIALISASI,
    TINDAK_LANJUT,
    VILLAGES,
    WARGA,
    campaign,
    counted_from,
    counts,
    data,
    frame,
    person,
)

from helpers import wording
from helpers.measures import (
    carry_over,
    comparison,
    coverage,
    daily_plan,
    decisions,
    follow_up,
    groups,
    hazard,
    movement,
    obstacles,
    outreach,
    pace,
    problem_log,
    projection,
    proofs,
    rates,
    residents,
    skenario,
    whatif,
)
from helpers.store import activities

CASES = Path(__file__).parents[1] / "cases"
NAMES = sorted(path.name.removesuffix("_input.csv") for path in CASES.glob("*_input.csv"))
TARGET = 0.8
LIMIT = 5
PEOPLE = ["jumlah_asn", "berhasil", "gagal", "belum", "bukti"]


def read(path: Path) -> pd.DataFrame:
    """A case file as text, so that an empty cell stays an empty cell."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, skip_blank_lines=False)


def typed(given: pd.DataFrame, types: dict[str, str]) -> pd.DataFrame:
    """Text cells as the types of the store; empty is unknown, columns that the case does not name as well."""
    rows = [{name: row.get(name) or None for name in types} for row in given.to_dict("records")]
    for row in rows:
        for name, kind in types.items():
            if row[name] is not None and kind in ("Int64", "Float64"):
                row[name] = float(row[name])
    return frame(types, rows)


def offices(given: pd.DataFrame) -> pd.DataFrame:
    return typed(given, {"opd": "str"} | dict.fromkeys(PEOPLE, "Int64"))


def position(given: pd.DataFrame) -> pd.DataFrame:
    """The case's rows as submissions of counts; an office without a headcount never sent anything."""
    sent = typed(given, REKAP)
    sent["tanggal_data"] = sent["tanggal_data"].fillna(pd.Timestamp(DAY))
    register = given.rename(columns={"opd": "kode"}).drop_duplicates("kode")
    units = register.reindex(columns=["kode", "jenis", "induk"], fill_value="")
    known = sent[sent["jumlah_asn"].notna()].assign(kiriman="k")
    return rates.position(data(rekap=known.to_dict("records")), campaign(units))


def long(values: pd.Series) -> pd.DataFrame:
    return values.rename_axis("besaran").rename("nilai").reset_index()


def one_row(values: pd.Series) -> pd.DataFrame:
    return pd.DataFrame([dict(values)])


def measured(given: pd.DataFrame) -> pd.DataFrame:
    return rates.with_rates(offices(given), TARGET)


def target_people(given: pd.DataFrame) -> pd.DataFrame:
    table = typed(given, {"jumlah_asn": "Int64", "target": "Float64"})
    asked = [rates.required_people(n, t) for n, t in zip(table["jumlah_asn"], table["target"], strict=True)]
    return table.assign(target_orang=asked)


def city(given: pd.DataFrame) -> pd.DataFrame:
    return long(rates.total(position(given), TARGET))


def by(column: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda given: rates.by(position(given), column, TARGET)


def status_counts(given: pd.DataFrame) -> pd.DataFrame:
    proof = given["bukti"].map({"ada": True, "belum": False, "": None})
    people = given.assign(bukti=proof, tanggal_data=DAY, kiriman="k").to_dict("records")
    sent = [{"kiriman": "k", "opd": opd, "tanggal_data": DAY, "jumlah_asn": 9, "berhasil": 1} for opd in ("A", "B")]
    return rates.position(data(people, sent), campaign("AB"))


def days(given: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for row in given.itertuples():
        off = {date.fromisoformat(day) for day in row.libur.split(";") if day}
        left = pace.days_left(date.fromisoformat(row.tanggal_data), date.fromisoformat(row.selesai), off)
        rows.append({"tanggal_data": row.tanggal_data} | dict(left))
    return pd.DataFrame(rows)


def needed(given: pd.DataFrame) -> pd.DataFrame:
    table = typed(given, dict.fromkeys(given.columns, "Int64"))
    rows = []
    for row in table.itertuples():
        calendar, working = (
            pace.required_pace(row.kekurangan, row.hari),
            pace.required_pace(row.kekurangan, row.hari_kerja),
        )
        words = wording.required_pace(calendar), wording.required_pace(working)
        rows.append((calendar, working, *words))
    return pd.DataFrame(rows, columns=["laju_butuh", "laju_butuh_kerja", "tertulis", "tertulis_kerja"])


DAILY = {"opd": "str", "tanggal": "datetime64[ns]"} | dict.fromkeys(
    ["jumlah_asn", "berhasil", "tanpa_tanggal"], "Int64"
)


def current(given: pd.DataFrame) -> pd.DataFrame:
    return pace.current(typed(given, DAILY), DAY, {NYEPI})


def city_pace(given: pd.DataFrame) -> pd.DataFrame:
    table = typed(given, {"opd": "str"} | dict.fromkeys(given.columns[1:], "Float64"))
    known = table.dropna(subset=["laju"]).astype({"laju": float, "laju_kerja": float})
    return one_row(pace.city_current(known, table))


def constant(given: pd.DataFrame) -> pd.DataFrame:
    table = typed(given, dict.fromkeys(given.columns, "Float64"))
    reached = [pace.at_constant_pace(row, row["laju_kerja"], row) for _, row in table.iterrows()]
    return table.assign(capaian=reached)


def curve(given: pd.DataFrame) -> pd.DataFrame:
    table = typed(given, DAILY)
    known = table["tanggal"].notna()
    posisi = table.drop_duplicates("opd").assign(lapor=known)
    return pace.curve(table[known], posisi)


def daily(given: pd.DataFrame) -> pd.DataFrame:
    people = typed(given, NOMINATIF).assign(jenis_asn="PNS", tanggal_data=pd.Timestamp(DAY))
    return pace.daily(data(people.to_dict("records")), campaign(mulai=date(2020, 3, 14)))


def blocked(given: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People blocked and the position, from a case that holds a nominatif or (`tabel`) rekap and kendala."""
    if "tabel" not in given:
        people = given.rename(columns={"kode": "kode_kendala"}).assign(jenis_asn="PNS", tanggal_data=DAY)
        known = data(typed(people, NOMINATIF).to_dict("records"), [{"opd": "A", "jumlah_asn": 99, "berhasil": 1}])
    else:
        sent = typed(given[given["tabel"].eq("rekap")], REKAP).to_dict("records")
        known = data((), sent, typed(given[given["tabel"].eq("kendala")], KENDALA).to_dict("records"))
    posisi = rates.position(known, campaign(given["opd"].unique()))
    return obstacles.blocked(known, posisi, CATALOGUE, KINDS), posisi


def blocked_sorted(given: pd.DataFrame) -> pd.DataFrame:
    return blocked(given)[0].sort_values(["opd", "status", "kode"])


def by_code(given: pd.DataFrame) -> pd.DataFrame:
    people = typed(given, {"opd": "str", "status": "str", "kode": "str", "orang": "Int64"})
    return obstacles.by_code(people, CATALOGUE, 5402)


def decomposition(given: pd.DataFrame) -> pd.DataFrame:
    return obstacles.decomposition(*blocked(given), CATALOGUE)


def stale(given: pd.DataFrame) -> pd.DataFrame:
    return coverage.stale(typed(given, {"opd": "str", "nama": "str", "tanggal_data": "datetime64[ms]"}), DAY)


def by_channel(given: pd.DataFrame) -> pd.DataFrame:
    posisi = typed(given.drop_duplicates("opd"), {"opd": "str", "jumlah_asn": "Int64"})
    return outreach.by_channel(typed(given, SOSIALISASI), posisi)


def union(given: pd.DataFrame) -> pd.DataFrame:
    """Submissions k1, k2, k3 of both offices in that order; `lain` does not count."""
    sent = pd.DataFrame([(k, opd) for k in ("k1", "k2", "k3") for opd in "AB"], columns=["kiriman", "opd"])
    return activities.union(typed(given, {"kiriman": "str", "baris": "Int64"} | SOSIALISASI), sent)


def around(given: pd.DataFrame) -> pd.DataFrame:
    """People done on a day; the others of an office are not."""
    people, held = [], []
    for row in given.to_dict("records"):
        people += [
            person(row["opd"], "berhasil", tanggal_isi=row["tanggal"], tanggal_data=str(DAY))
            for _ in range(int(row["berhasil"]))
        ]
        held += [{"opd": row["opd"], "tanggal": row["tanggal"], "kanal": "rapat"}] if row["kegiatan"] else []
    for opd, size in given.groupby("opd")["jumlah_asn"].first().items():
        done = sum(one["opd"] == opd for one in people)
        people += [person(opd, tanggal_data=str(DAY)) for _ in range(int(size) - done)]
    known = data(people)
    known.sosialisasi, known.lembar_sosialisasi = frame(SOSIALISASI, held), set(given["opd"])
    return long(outreach.around(known, campaign(given["opd"].unique(), days_off=[NYEPI])))


def by_office(given: pd.DataFrame) -> pd.DataFrame:
    posisi = given.drop_duplicates("opd").assign(lapor=lambda t: t["lapor"].eq("ya"))
    held = typed(given, SOSIALISASI).dropna(subset=["tanggal"])
    return outreach.by_office(held, posisi, set(given.loc[given["lembar"].eq("ada"), "opd"]))


def ages(given: pd.DataFrame) -> pd.DataFrame:
    return groups.with_age_group(typed(given, {"orang": "str", "tahun_lahir": "Int64"}), DAY)


def grouped(merge_below: int = 0) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def run(given: pd.DataFrame) -> pd.DataFrame:
        rows = []
        for row in given.to_dict("records"):
            for status in ("berhasil", "gagal", "belum"):
                rows += [{"unit": row["kelompok"] or None, "status": status}] * int(row[status])
        return groups.by_group(typed(pd.DataFrame(rows), NOMINATIF), "unit", LIMIT, merge_below)

    return run


def change(given: pd.DataFrame) -> pd.DataFrame:
    """Two states (`keadaan`), of people where the case numbers them, else of counts."""
    states = {}
    for name, day in (("lalu", LAST), ("kini", DAY)):
        own = given[given["keadaan"].eq(name)].assign(kiriman="k", tanggal_data=str(day))
        if "orang" not in given:
            states[name] = data((), typed(own[own["jumlah_asn"].ne("")], REKAP).to_dict("records"), (), day)
            continue
        own = own if "jenis_asn" in own else own.assign(jenis_asn="PNS")
        people = typed(own, NOMINATIF | {"orang": "Int64"})
        sent = [counts(opd, 0, 0, tanggal_data=str(day)) for opd in own["opd"].unique()]
        states[name] = data(people.to_dict("records"), sent, (), day)
    return movement.since(states["lalu"], states["kini"], campaign(given["opd"].sort_values().unique()))


def compared(given: pd.DataFrame) -> pd.DataFrame:
    return typed(given, {"opd": "str", "jenis": "str", "jumlah_asn": "Int64", "berhasil": "Int64"})


def limits(given: pd.DataFrame) -> pd.DataFrame:
    table = typed(given, {"garis": "Float64", "tau": "Float64", "jumlah_asn": "Int64"})
    return comparison.limits(table.assign(capaian=table["garis"]), jumlah=table["jumlah_asn"].tolist())


def best_quarter(given: pd.DataFrame) -> pd.DataFrame:
    best = comparison.best_quarter(compared(given))
    return best.assign(anggota=best["anggota"].map("; ".join))


def projected(given: pd.DataFrame) -> pd.DataFrame:
    end = date.fromisoformat(given["selesai"].iloc[0])
    return projection.project(typed(given, DAILY), date(2020, 2, 15), end, DAY, TARGET, {NYEPI})


def hazards(given: pd.DataFrame) -> pd.DataFrame:
    table = typed(given, {"jumlah_asn": "Int64", "berhasil": "Int64"}).astype(float)
    return table.assign(hazard=hazard.cumulative(table["berhasil"], table["jumlah_asn"]))


def required_path(given: pd.DataFrame) -> pd.DataFrame:
    row = typed(given, dict.fromkeys(["jumlah_asn", "berhasil", "kekurangan"], "Int64")).iloc[0]
    start, end = (date.fromisoformat(given[name].iloc[0]) for name in ("tanggal_data", "selesai"))
    off = [date.fromisoformat(day) for day in given["libur"].iloc[0].split(";") if day]
    return skenario.required_path(row, start, end, off)


def shared_out(given: pd.DataFrame) -> pd.DataFrame:
    left = typed(given, {"sisa": "int64"})["sisa"].to_numpy()
    return given.assign(tambahan=whatif.shared_out(int(given["orang"].iloc[0]), left).astype(float))


def due(given: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for row in given.to_dict("records"):
        off = [date.fromisoformat(day) for day in row["libur"].split(";")]
        start, end = (date.fromisoformat(row[name]) for name in ("tanggal_data", "selesai"))
        rows.append(decisions.due(start, end, off))
    return pd.DataFrame(rows, columns=["pertama", "minggu"])


def asked(given: pd.DataFrame) -> pd.DataFrame:
    """Pace unknown; the projection ends at 100 people with a chance of 1%."""
    sent = typed(given[given["tabel"].eq("rekap")], REKAP).assign(tanggal_data=pd.Timestamp(DAY), kiriman="k")
    known = data((), sent.to_dict("records"), typed(given[given["tabel"].eq("kendala")], KENDALA).to_dict("records"))
    units = pd.DataFrame({"kode": given["opd"].unique(), "jenis": "dinas", "induk": ""})
    kampanye = campaign(
        units, selesai=date(2020, 3, 31), days_off=[NYEPI], lanjutan="SP Wawancara", instruksi=True, sel_kecil=LIMIT
    )
    posisi = rates.position(known, kampanye)
    kota = rates.total(posisi, TARGET)
    terhalang = obstacles.blocked(known, posisi, CATALOGUE, KINDS)
    activities = typed(given[given["tabel"].eq("rekap")], {"opd": "str", "kegiatan": "Int64"})
    return decisions.asked(
        rates.with_rates(posisi, TARGET),
        obstacles.by_code(terhalang, CATALOGUE, kota["jumlah_asn"], LIMIT),
        kota,
        {"laju_kerja": pd.NA},
        {"peluang_target": 0.01, "median_orang": 100},
        pace.days_left(DAY, kampanye.selesai, [NYEPI]),
        activities[activities["opd"].isin(posisi.loc[posisi["lapor"], "opd"])],
        coverage.proofs(posisi),
        kampanye,
    )


def problems(given: pd.DataFrame) -> pd.DataFrame:
    """The deadline is 2020-03-31; K14 was first told of on 2020-03-03; no earlier report, no follow-up."""
    kampanye = campaign(
        given["opd"].unique(), selesai=date(2020, 3, 31), days_off=[NYEPI], obstacles=CATALOGUE, unit="OPD", orang="ASN", sel_kecil=LIMIT
    )  # fmt: skip
    terhalang, posisi = blocked(given)
    kota = rates.total(posisi, TARGET)
    kendala = obstacles.by_code(terhalang, CATALOGUE, kota["jumlah_asn"], LIMIT)
    told = pd.DataFrame({"kode": ["K14"], "sejak": [pd.Timestamp("2020-03-03")], "ungkapan": [[]]})
    unmoved = problem_log.changes(None, terhalang, posisi, kampanye)
    log = problem_log.inventory(kendala, terhalang, told, unmoved, kota, kampanye)
    keadaan = follow_up.states(frame(TINDAK_LANJUT), {}, DAY)
    return problem_log.with_states(log.assign(nomor=follow_up.numbers(log["kode"].tolist(), keadaan)), keadaan)


def moved(given: pd.DataFrame) -> pd.DataFrame:
    """Two states of people: whoever is in the same office both times can be compared."""
    states, kampanye = {}, campaign("ABC", obstacles=CATALOGUE, sel_kecil=LIMIT)
    for name, day in (("lalu", LAST), ("kini", DAY)):
        rows = []
        for row in given[given["keadaan"].eq(name)].to_dict("records"):
            rows += [person(row["opd"], row["status"], kode_kendala=row["kode"] or None)] * int(row["orang"])
        states[name] = data(rows, counted_from(rows), (), day)
    posisi = rates.position(states["kini"], kampanye)
    terhalang = obstacles.blocked(states["kini"], posisi, CATALOGUE, KINDS)
    return problem_log.changes(SimpleNamespace(**states), terhalang, posisi, kampanye)


def followed_up(given: pd.DataFrame) -> pd.DataFrame:
    """30 people have K01 now, 55 K14, nobody K04; of K11 nothing is known."""
    return follow_up.states(typed(given, TINDAK_LANJUT), {"K01": 30, "K14": 55, "K04": 0}, DAY)


def intake(given: pd.DataFrame) -> pd.DataFrame:
    known = typed(given, {"hasil": "str", "peringatan": "Int64", "catatan": "Int64"})
    taken = known["hasil"].eq("diterima")
    return long(coverage.intake(known[taken], known[~taken]))


def solved(given: pd.DataFrame) -> pd.DataFrame:
    """K04 solved on the last day of the campaign: nothing is left to chance."""
    table = typed(given, DAILY | {"kode": "str", "orang": "Int64"}).assign(tanggal=pd.Timestamp(DAY))
    simulation = projection.simulate(table.drop_duplicates("opd"), date(2020, 2, 15), DAY, DAY, TARGET)
    rows = [
        {"opd": opd or "KOTA", **skenario.obstacles_solved(simulation, table, ["K04"], opd)}
        for opd in [*table["opd"].unique(), None]
    ]
    return pd.DataFrame(rows)


def carried(given: pd.DataFrame) -> tuple[projection.Simulation, pd.DataFrame, pd.DataFrame]:
    """Draws written out in the case (`akhir`: people done at the deadline in each), positions, people by kode."""
    table = typed(given, DAILY | {"kode": "str", "orang": "Int64"}).assign(tanggal=pd.Timestamp(DAY))
    sent = table.drop_duplicates("opd")
    end = date.fromisoformat(given["selesai"].iloc[0])
    simulation = projection.simulate(sent, date(2020, 2, 15), end, DAY, TARGET)
    drawn = given.drop_duplicates("opd").set_index("opd")["akhir"].str.split(";")
    many = max(map(len, drawn))
    final = [[int(value) for value in row] if row != [""] else [0] * many for row in drawn[simulation.state.opd]]
    posisi = sent.assign(lapor=sent["berhasil"].notna())
    return dataclasses.replace(simulation, final=np.array(final)), posisi, table


def remaining_by_reason(given: pd.DataFrame) -> pd.DataFrame:
    simulation, posisi, blocked = carried(given)
    return carry_over.by_reason(simulation, posisi, blocked, CATALOGUE.replace({"kode": {"K04": "K02"}}))


MEASURES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "01_capaian": measured,
    "02_capaian_terbukti": measured,
    "03_capaian_terhadap_target": measured,
    "04_target_orang": target_people,
    "05_selisih_kekurangan": measured,
    "06_target_tercapai": measured,
    "07_andil": measured,
    "08_andil_tanpa_kekurangan": measured,
    "09_capaian_kota": city,
    "10_capaian_kota_dua_penyebut": city,
    "11_capaian_kota_tanpa_laporan": city,
    "12_capaian_menurut_jenis": by("jenis"),
    "13_capaian_menurut_induk": by("induk"),
    "14_jumlah_menurut_status": status_counts,
    "15_keadaan_terbaru": position,
    "16_sisa_hari": days,
    "17_laju_dibutuhkan": needed,
    "18_laju_harian": current,
    "19_laju_tidak_diketahui": current,
    "20_laju_kota": city_pace,
    "21_laju_kota_tidak_diketahui": city_pace,
    "22_capaian_bila_laju_tetap": constant,
    "23_kurva_harian": curve,
    "24_kurva_dari_nominatif": daily,
    "25_kendala_dari_nominatif": blocked_sorted,
    "26_kendala_dari_rekap": blocked_sorted,
    "27_kendala_menurut_kode": by_code,
    "28_penguraian_kekurangan": decomposition,
    "29_penguraian_semua_berhasil": decomposition,
    "30_tingkat_pelaporan": lambda given: one_row(coverage.reporting(position(given))),
    "31_kelengkapan_bukti": lambda given: one_row(coverage.proofs(position(given))),
    "32_kelengkapan_bukti_tidak_diketahui": lambda given: one_row(coverage.proofs(position(given))),
    "33_perubahan_jumlah_asn": lambda given: coverage.headcount_changes(typed(given, REKAP)),
    "34_data_lama": stale,
    "35_sosialisasi_menurut_kanal": by_channel,
    "36_sosialisasi_menurut_opd": by_office,
    "37_kelompok_umur": ages,
    "38_menurut_jenis_kelamin": grouped(),
    "39_sel_kecil": grouped(),
    "40_sel_kecil_nol": grouped(),
    "41_unit_kecil_digabung": grouped(merge_below=10),
    "50_perubahan_penyelesaian_baru": change,
    "51_perubahan_terlambat_dan_dicabut": change,
    "52_perubahan_daftar": change,
    "53_perubahan_pindah": change,
    "54_perubahan_rekap": change,
    "55_perubahan_unit_baru": change,
    "56_perubahan_kota": lambda given: long(movement.total(change(given))),
    "42_corong": lambda given: comparison.funnel(compared(given)),
    "43_corong_terlalu_sedikit": lambda given: comparison.funnel(compared(given)),
    "44_batas_corong": limits,
    "45_kelompok_serupa": lambda given: comparison.like_groups(compared(given)),
    "46_serupa": lambda given: long(comparison.like(compared(given), "A")),
    "47_serupa_kelompok_kecil": lambda given: long(comparison.like(compared(given), "A")),
    "48_seperempat_terbaik": best_quarter,
    "49_andil_terbesar": lambda given: comparison.contribution(measured(given)),
    "60_proyeksi_tenggat_lewat": projected,
    "61_proyeksi_semua_berhasil": projected,
    "62_proyeksi_tanpa_data": projected,
    "63_hazard_kumulatif": hazards,
    "64_jalur_dibutuhkan": required_path,
    "65_jalur_tanpa_hari_kerja": required_path,
    "66_jalur_tidak_diketahui": required_path,
    "67_kendala_diselesaikan": solved,
    "68_tenggat_keputusan": due,
    "69_keputusan": asked,
    "70_keputusan_target_tercapai": asked,
    "71_kiriman": intake,
    "74_log": problems,
    "75_log_perubahan": moved,
    "76_tindak_lanjut": followed_up,
    "77_tindak_lanjut_ringkasan": lambda given: long(follow_up.summary(followed_up(given))),
    "73_ukuran": lambda given: comparison.sizes(compared(given)),
    "78_tersisa_menurut_opd": lambda given: carry_over.by_office(*carried(given)[:2]),
    "79_tersisa_menurut_alasan": remaining_by_reason,
    "80_sosialisasi_gabungan": union,
    "81_bukti_belum_tersimpan": lambda given: proofs.missing(
        typed(given, {"opd": "str", "nama": "str", "berhasil": "Int64", "bukti": "Int64"}), LIMIT
    ),
    "82_rencana_harian": lambda given: daily_plan.plan(required_path(given)),
    "83_sekitar_kegiatan": around,
    "84_warga_menurut_kecamatan": lambda given: residents.by_district(typed(given, WARGA), VILLAGES),
    "85_warga_kota": lambda given: one_row(residents.total(residents.by_district(typed(given, WARGA), VILLAGES))),
    "86_pembagian_orang": shared_out,
    "72_tonggak": lambda given: skenario.milestones(required_path(given)),
}


def plain(value: Any) -> str | float:
    """A measured value as the case files write it: "" unknown, ya/tidak, ISO date, lists joined by "; "."""
    if isinstance(value, list):
        return "; ".join(value)
    if pd.isna(value):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "ya" if value else "tidak"
    if isinstance(value, date | pd.Timestamp):
        return pd.Timestamp(value).date().isoformat()
    return value if isinstance(value, str) else float(value)


def wanted(text: str, like: str | float) -> Any:
    """A cell of an expected file: a number or fraction where a number was measured, else the text itself."""
    return pytest.approx(float(Fraction(text)), abs=1e-9) if text and isinstance(like, float) else text


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str) -> None:
    expected = read(CASES / f"{name}_expected.csv")
    result = MEASURES[name](read(CASES / f"{name}_input.csv"))
    missing = [column for column in expected if column not in result]
    assert not missing
    actual = [[plain(value) for value in row] for row in result[list(expected)].itertuples(index=False)]
    if "besaran" in expected:
        actual = [row for row in actual if row[0] in set(expected["besaran"])]
        actual.sort(key=lambda row: expected["besaran"].tolist().index(row[0]))
    texts = expected.to_numpy().tolist()
    assert len(actual) == len(texts)
    for got, text in zip(actual, texts, strict=True):
        assert got == [wanted(cell, value) for cell, value in zip(text, got, strict=True)]


def test_every_registered_case_has_files() -> None:
    assert sorted(MEASURES) == NAMES


def test_the_comparison_sees_a_wrong_value() -> None:
    # A comparison that accepts anything would make every case above worthless.
    assert plain(0.3) != wanted("0.31", 0.3)
    assert plain(pd.NA) != wanted("0", plain(pd.NA))
    assert plain(0) != wanted("", plain(0))
    assert plain(SimpleNamespace.__name__) != wanted("lain", "teks")
