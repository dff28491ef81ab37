"""The inventory of problems for the coordination meeting: what blocks, since when, moving or not, who acts, until when.

One row per kendala and one for people whose reason nobody recorded, so that it sums to gagal + belum. Who is blocked is
counted in obstacles.py, decisions without a kendala in decisions.py, what became of earlier follow-ups in follow_up.py.
Counts are people, poin shares.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.measures import coverage, decisions, follow_up, obstacles, outreach, pace, projection, rates

CATAT = "CATAT"  # kode of the row of people without a recorded reason
MANY = 3  # offices named in a row
NEEDED, LATE = "Perlu keputusan", "Lewat tenggat"  # states of a row beside those of the store
COLUMNS = ["nomor", "kode", "permasalahan", "kategori", "kelompok", "unit", "terbanyak", "gagal", "belum", "orang"]
COLUMNS += ["poin", "sejak", "perubahan", "unit_banding", "sebelum_batas", "ungkapan", "usulan", "pic", "tenggat"]
COLUMNS += ["status"]


@dataclass(frozen=True)
class Problems:
    """All that the log, its workbook and the meeting's papers are made from, measured once."""

    kota: pd.Series
    penguraian: pd.DataFrame
    kendala: pd.DataFrame
    log: pd.DataFrame
    diminta: pd.DataFrame  # decisions.asked, with nomor; those about a kendala are left to the log
    keadaan: pd.DataFrame  # follow_up.states
    laju: pd.Series
    ramalan: pd.Series
    sisa: pd.Series


def assemble(kampanye: Any, data: Any, posisi: pd.DataFrame, cerita: pd.DataFrame, banding: Any = None) -> Problems:
    """Measure the log of a campaign. `cerita`: store.told.kendala; `banding`: store.compare, None: no earlier report."""
    kota = rates.total(posisi, kampanye.target)
    terhalang = obstacles.blocked(data, posisi, kampanye.obstacles, kampanye.counted_kinds)
    kendala = obstacles.by_code(terhalang, kampanye.obstacles, kota["jumlah_asn"], kampanye.sel_kecil)
    log = inventory(kendala, terhalang, cerita, changes(banding, terhalang, posisi, kampanye), kota, kampanye)
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    harian = pace.daily(data, kampanye)
    laju = pace.city_current(pace.current(harian, kampanye.tanggal_data, kampanye.days_off), posisi)
    ramalan = projection.row(projection.table(projection.for_campaign(harian, posisi, kampanye)))
    ukuran = rates.with_rates(posisi, kampanye.target)
    penerangan = outreach.by_office(data.sosialisasi, posisi, data.lembar_sosialisasi)
    bukti = coverage.proofs(posisi)
    diminta = decisions.asked(ukuran, kendala, kota, laju, ramalan, sisa, penerangan, bukti, kampanye)
    diminta = diminta[diminta["aturan"].ne("kendala")].reset_index(drop=True)
    keadaan = follow_up.states(data.tindak_lanjut, _people_now(log, diminta, kampanye), kampanye.tanggal_data)
    given = follow_up.numbers([*log["kode"], *diminta["aturan"].str.upper()], keadaan, data.tertulis)
    log = with_states(log.assign(nomor=given[: len(log)]), keadaan)
    return Problems(
        kota=kota,
        penguraian=obstacles.decomposition(terhalang, posisi, kampanye.obstacles, kampanye.sel_kecil),
        kendala=kendala,
        log=log,
        diminta=diminta.assign(nomor=given[len(log) :]),
        keadaan=keadaan,
        laju=laju,
        ramalan=ramalan,
        sisa=sisa,
    )


def inventory(
    kendala: pd.DataFrame,
    terhalang: pd.DataFrame,
    cerita: pd.DataFrame,
    perubahan: pd.DataFrame,
    kota: Any,
    kampanye: Any,
) -> pd.DataFrame:
    """The rows of the log in their order, columns COLUMNS without nomor and status.

    Groups by the points that can be gained before the deadline, rows inside likewise; people without a reason (CATAT) after
    those, and what can't be solved in time last. tenggat: the last working day of the week (decisions.due), the
    campaign's last day for what can't be solved in time, None where no working day is left. terbanyak: offices with at
    least sel_kecil people there. Unknown: sejak NaT, perubahan NA.
    """
    rows = pd.concat([kendala, _unrecorded(terhalang, kota, kampanye)], ignore_index=True)
    if rows.empty:
        return pd.DataFrame(columns=[name for name in COLUMNS if name not in ("nomor", "status")])
    more = kampanye.obstacles.set_index("kode")[["permasalahan", "sebelum_batas"]]
    rows = rows.join(more, on="kode")
    own = {obstacles.OTHERS["kode"]: "Beberapa kendala kecil, digabung."}
    own[CATAT] = f"Alasan gagal atau belum tidak dicatat {kampanye.unit}."
    rows["permasalahan"] = rows["kode"].map(own).fillna(rows["permasalahan"])
    rows["sebelum_batas"] = [bool(known) if pd.notna(known) else True for known in rows["sebelum_batas"]]
    merged = _as_in_log(terhalang["kode"], kendala)
    rows["terbanyak"] = [_largest(terhalang[merged.eq(code)], kampanye.sel_kecil) for code in rows["kode"]]
    told = cerita.assign(kode=_as_in_log(cerita["kode"], kendala)) if len(cerita) else cerita
    first = told.groupby("kode")["sejak"].min().to_dict()
    rows["sejak"] = pd.to_datetime(pd.Series([first.get(code) for code in rows["kode"]], rows.index, dtype=object))
    # Phrases of merged kendala would tell of a few people.
    said = cerita.set_index("kode")["ungkapan"].to_dict()
    rows["ungkapan"] = [said.get(code, []) for code in rows["kode"]]
    moved = perubahan.set_index("kode").reindex(rows["kode"])
    rows["perubahan"], rows["unit_banding"] = moved["perubahan"].array, moved["unit_banding"].array
    _, week = decisions.due(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    rows["tenggat"] = [week and (week if early else kampanye.selesai) for early in rows["sebelum_batas"]]
    return _in_order(rows)[[name for name in COLUMNS if name not in ("nomor", "status")]]


def changes(banding: Any, terhalang: pd.DataFrame, posisi: pd.DataFrame, kampanye: Any) -> pd.DataFrame:
    """People blocked now minus at the last report, per kode of the log: kode, perubahan (Int64), unit_banding (offices).

    Over the offices that split gagal and belum both times, and sent their people both times or counts both times: what is only
    known since is no change. A kode that nobody had then or has now moves from or to 0. Empty without an earlier report.
    """
    empty = pd.DataFrame({"kode": pd.Series(dtype=str), "perubahan": pd.array([], "Int64"), "unit_banding": []})
    if banding is None or banding.lalu is None:
        return empty
    before = rates.position(banding.lalu, kampanye)
    offices = _split(before, banding.lalu) & _split(posisi, banding.kini)
    if not offices:
        return empty
    codes = {office for office, _ in offices}
    then = obstacles.blocked(banding.lalu, before, kampanye.obstacles, kampanye.counted_kinds)
    sums = [frame[frame["opd"].isin(codes)].groupby("kode")["orang"].sum() for frame in (terhalang, then)]
    kendala = obstacles.by_code(terhalang, kampanye.obstacles, 1, kampanye.sel_kecil)
    moved = sums[0].sub(sums[1], fill_value=0).astype("Int64").rename("perubahan").rename_axis("kode").reset_index()
    moved = moved.assign(kode=_as_in_log(moved["kode"], kendala)).groupby("kode")["perubahan"].sum()
    shown = pd.Index([*kendala["kode"], CATAT], name="kode")
    # In the log and in neither sum: only offices that can't be compared have it.
    return moved.reindex(shown).rename("perubahan").reset_index().assign(unit_banding=len(codes))


def with_states(log: pd.DataFrame, keadaan: pd.DataFrame) -> pd.DataFrame:
    """The log with `status`: that of the open follow-up with its nomor, "Lewat tenggat" where that is late, "Perlu keputusan"
    where no meeting has decided; tenggat and pic as decided where they were."""
    known = keadaan.set_index("nomor")
    waiting = follow_up.undecided(keadaan).set_axis(known.index)
    status, due, who = [], [], []
    for row in log.itertuples():
        held = known.loc[row.nomor] if row.nomor in known.index else None
        if held is None or waiting[row.nomor]:
            status.append(NEEDED)
        else:
            status.append(LATE if held["terlambat"] else held["status"])
        decided = held is not None and pd.notna(held["tenggat"])
        due.append(pd.Timestamp(held["tenggat"]).date() if held is not None and decided else row.tenggat)
        who.append(held["pic"] if held is not None and pd.notna(held["pic"]) else row.pic)
    return log.assign(status=status, tenggat=due, pic=who)[COLUMNS]


def _unrecorded(terhalang: pd.DataFrame, kota: Any, kampanye: Any) -> pd.DataFrame:
    rest = terhalang[terhalang["kode"].eq(obstacles.UNRECORDED)]
    people = int(rest["orang"].sum())
    if not people:
        return pd.DataFrame()
    by_status = rest.groupby("status")["orang"].sum()
    size = kota["jumlah_asn"]
    row = {"kode": CATAT, "kategori": "Alasan belum dicatat", "kelompok": "OPD", "orang": people}
    row |= {name: int(by_status.get(name, 0)) for name in ("gagal", "belum")}
    row |= {"unit": rest["opd"].nunique(), "poin": people / size if pd.notna(size) and size else pd.NA}
    row |= {"pic": f"Operator {kampanye.unit}"}
    row |= {"usulan": f"Catat kode kendala tiap {kampanye.orang} yang gagal atau belum pada nominatif."}
    return pd.DataFrame([row]).astype({"orang": "Int64", "gagal": "Int64", "belum": "Int64", "poin": "Float64"})


def _as_in_log(codes: pd.Series, kendala: pd.DataFrame) -> pd.Series:
    """Each kode as the log has it: small ones are merged, people without one stand under CATAT."""
    kept = codes.isin(kendala["kode"]) | codes.eq(obstacles.UNRECORDED)
    return codes.where(kept, obstacles.OTHERS["kode"]).replace(obstacles.UNRECORDED, CATAT)


def _largest(blocked: pd.DataFrame, limit: int) -> list[str]:
    by_office = blocked.groupby("opd")["orang"].sum().rename("orang").reset_index()
    large = by_office[by_office["orang"].ge(limit)].sort_values(["orang", "opd"], ascending=[False, True])
    return large["opd"].head(MANY).tolist()


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    gained = rows["orang"].where(rows["sebelum_batas"] & rows["kode"].ne(CATAT), 0)
    rank = rows.assign(
        kelompok_poin=gained.groupby(rows["kelompok"]).transform("sum"),
        akhir=[2 if not early else int(code == CATAT) for early, code in zip(rows["sebelum_batas"], rows["kode"], strict=True)],
    )  # fmt: skip
    by = ["kelompok_poin", "kelompok", "akhir", "orang", "kode"]
    return rank.sort_values(by, ascending=[False, True, True, False, True], ignore_index=True)


def _split(posisi: pd.DataFrame, data: Any) -> set[tuple[str, bool]]:
    """Offices that reported and split gagal and belum, each with whether it sent its people."""
    whole = posisi["lapor"] & posisi["gagal"].notna() & posisi["belum"].notna()
    listed = posisi["opd"].isin(data.nominatif["opd"].unique())
    return set(zip(posisi.loc[whole, "opd"], listed[whole], strict=True))


def _people_now(log: pd.DataFrame, diminta: pd.DataFrame, kampanye: Any) -> dict[str, int]:
    """People by kode of a follow-up: 0 for a kendala that nobody has any more; what is merged or unknown is left out."""
    now = dict(zip(log["kode"], log["orang"], strict=True))
    merged = obstacles.OTHERS["kode"] in now
    now.pop(obstacles.OTHERS["kode"], None)  # who is among them changes from report to report
    blocking = kampanye.obstacles.loc[kampanye.obstacles["dihitung"].ne("berhasil"), "kode"]
    for code in [*blocking, CATAT]:
        if code not in now and not (merged and code != CATAT):
            now[code] = 0
    # Of the other decisions only these are about the same thing each time; who is silent is asked first, so none is none.
    asked = dict(zip(diminta["aturan"].str.upper(), diminta["orang"], strict=True))
    now["LAPOR"] = asked.get("LAPOR", 0)
    now |= {code: asked[code] for code in ("LAJU", "BUKTI") if code in asked}
    return {code: int(people) for code, people in now.items() if pd.notna(people)}
