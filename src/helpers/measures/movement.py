"""Change since the last report: what of it is new completions, corrected data, and offices that reported late.

An exact decomposition: the parts sum to the change in people, and in points to the change of capaian. How fast it
goes is left to pace.py, headcounts over the whole campaign to coverage.py, what the last report is to the store.
"""

from typing import Any

import numpy as np
import pandas as pd

from helpers.measures import rates

# People berhasil. What falls is negative, so that the parts of an office sum to `perubahan`.
PARTS = [
    "penyelesaian_baru",
    "terlambat_dicatat",
    "berhasil_dicabut",
    "daftar_masuk",
    "daftar_keluar",
    "tidak_terpilah",
    "unit_baru",
    "unit_hilang",
    "pindah",
]
CORRECTIONS = ["terlambat_dicatat", "berhasil_dicabut", "daftar_masuk", "daftar_keluar"]
# People on the lists (berhasil or not): these sum to the change of the headcount.
HEADCOUNT = ["asn_masuk", "asn_keluar", "asn_pindah", "asn_lain", "asn_baru_diketahui"]
# Of penyelesaian_baru: without a date. Of unit_baru: dated after the day of the last report.
_NOTES = ["tanpa_tanggal", "unit_baru_sesudah"]
_STATES = ["berhasil_lalu", "berhasil", "jumlah_lalu", "jumlah_asn"]


def since(before: Any, now: Any, kampanye: Any) -> pd.DataFrame:
    """One row per unit of the register: the change of its berhasil and its headcount, part by part (people, Int64).

    `before`, `now`: two store.Data (of store.compare: as the last report knew it, and now); `before` None: no earlier
    report, every part NA. Columns: opd, lapor_lalu, lapor, berhasil_lalu, berhasil, jumlah_lalu, jumlah_asn (NA where
    unknown), perubahan, PARTS, tanpa_tanggal (of penyelesaian_baru: without a date), unit_baru_sesudah (of
    unit_baru: dated after the day of `before`; counts date nobody), per_orang, perubahan_jumlah, HEADCOUNT. perubahan = berhasil − berhasil_lalu = sum of PARTS, where what an office did not report is not in it;
    NA, and so are its PARTS, for an office that reported neither time.

    per_orang True: both states are a nominatif and its people are matched by `orang`. Not berhasil before and berhasil
    now: `penyelesaian_baru`; `terlambat_dicatat` if its tanggal_isi is not after the day of `before` (done in time for
    that report, recorded later). The reverse: `berhasil_dicabut`. On the newer list only: `daftar_masuk`; on the older
    only: `daftar_keluar`. On another office's list: `pindah`, with the status of before, so that it sums to 0 over the
    offices; what changed since is the new office's.

    Otherwise only counts are known. As much of the change of berhasil as the change of the headcount could explain is
    `tidak_terpilah`; the rest was gained (`penyelesaian_baru`, late records in it) or lost (`berhasil_dicabut`), net.
    An office that reported only now is `unit_baru` with all its berhasil (but those that moved in), one whose count no
    longer stands `unit_hilang`.
    """
    kini = rates.position(now, kampanye).set_index("opd")
    if before is None:
        return _table(kini, kini.assign(lapor=False, berhasil=pd.NA, jumlah_asn=pd.NA), {}, False)
    lalu = rates.position(before, kampanye).set_index("opd")
    listed = lalu["lapor"] & kini["lapor"] & _listed(before, kini.index) & _listed(now, kini.index)
    linked = "orang" in before.nominatif and "orang" in now.nominatif
    flows = _flows(before, now, kini.index, kampanye) if linked else {}
    return _table(kini, lalu, flows, listed & linked)


def total(gerak: pd.DataFrame) -> pd.Series:
    """The city: sums over offices of `since`, with capaian of both states and each part in points (shares).

    People as in `since`; `koreksi` = sum of CORRECTIONS; `<bagian>_poin` of each part, `penyebut_poin` (what the changed
    headcount does) and `koreksi_poin` (CORRECTIONS and penyebut), by `in_points`; unit_melapor, unit_berhenti: offices
    behind unit_baru and unit_hilang; unit_jumlah: offices that reported both times and are known by counts only;
    unit: all. NA where nobody reported before or now.
    """
    people = [*_STATES, "perubahan", *PARTS, *_NOTES, "perubahan_jumlah", *HEADCOUNT]
    sums = gerak[people].sum(min_count=1).astype("Int64").to_frame().T
    known = bool(gerak["lapor_lalu"].any() and gerak["lapor"].any())
    if not known:
        sums = sums.assign(**dict.fromkeys(["perubahan", *PARTS, *_NOTES], pd.array([pd.NA], "Int64")))
    points = in_points(sums)
    both = gerak["lapor_lalu"] & gerak["lapor"]
    row = {name: sums[name].iloc[0] for name in sums}
    row |= {"koreksi": sums[CORRECTIONS].sum(axis=1, skipna=False).iloc[0]}
    row |= {name: points[name].iloc[0] for name in ("capaian_lalu", "capaian", "perubahan_poin")}
    row |= {f"{name}_poin": points[name].iloc[0] for name in [*PARTS, "penyebut"]}
    row |= {"koreksi_poin": points[[*CORRECTIONS, "penyebut"]].sum(axis=1, skipna=False).iloc[0]}
    row |= {
        "unit": len(gerak),
        "unit_melapor": int((gerak["lapor"] & ~gerak["lapor_lalu"]).sum()),
        "unit_berhenti": int((gerak["lapor_lalu"] & ~gerak["lapor"]).sum()),
        "unit_jumlah": int((both & ~gerak["per_orang"]).sum()),
    }
    return pd.Series(row, dtype=object)


def in_points(gerak: pd.DataFrame) -> pd.DataFrame:
    """The change of capaian in shares (0-1), part by part: capaian_lalu, capaian, perubahan_poin, PARTS, penyebut.

    capaian − capaian_lalu = sum(part / jumlah_lalu) + (berhasil / jumlah_asn − berhasil / jumlah_lalu): each part on the
    headcount of before, then the new headcount on the berhasil of now (`penyebut`). One after the other, so nothing is
    left over; which comes first is a convention (Kitagawa 1955, Components of a difference between two rates, JASA 50).
    NA where either capaian is. Rows as in `since`, or sums of them.
    """
    value = gerak[[*_STATES, *PARTS]].astype("Float64")
    old, new = value["jumlah_lalu"].replace(0, pd.NA), value["jumlah_asn"].replace(0, pd.NA)
    before, after = value["berhasil_lalu"] / old, value["berhasil"] / new
    known = before.notna() & after.notna()
    shares = value[PARTS].div(old, axis=0).where(known)
    names = gerak[["opd"]] if "opd" in gerak else gerak[[]]
    return names.assign(
        capaian_lalu=before,
        capaian=after,
        perubahan_poin=after - before,
        **{name: shares[name] for name in PARTS},
        penyebut=(after - value["berhasil"] / old).where(known),
    )


def _table(kini: pd.DataFrame, lalu: pd.DataFrame, flows: dict[str, Any], per_person: Any) -> pd.DataFrame:
    """States and flows between people to the rows of `since`: what the flows do not explain is known by counts only."""
    index = kini.index
    zero = pd.Series(0, index, dtype="Int64")
    flow = {name: pd.Series(values, index).astype("Int64") for name, values in flows.items()}
    part = {name: flow.get(name, zero) for name in [*PARTS, *HEADCOUNT, *_NOTES]}
    per_person = pd.Series(per_person, index)
    # Who came to or left a list says something only where there is a list on both sides.
    for name in ("daftar_masuk", "daftar_keluar", "asn_masuk", "asn_keluar"):
        part[name] = part[name].where(per_person, 0)
    was, done, old, new = (
        column.astype("Int64")
        for column in (lalu["berhasil"], kini["berhasil"], lalu["jumlah_asn"], kini["jumlah_asn"])
    )
    first, later = lalu["lapor"].astype(bool), kini["lapor"].astype(bool)
    change = (done.fillna(0) - was.fillna(0)).astype("Int64")
    rest = change - sum(part[name] for name in PARTS)

    size = (new.fillna(0) - old.fillna(0)).astype("Int64")
    size_rest = size - sum(part[name] for name in HEADCOUNT)
    learned = old.isna() | new.isna()
    part["asn_baru_diketahui"] = size_rest.where(learned, 0)
    part["asn_lain"] = size_rest.mask(learned, 0)

    both = first & later
    # As many as came or left by the headcount may be berhasil for that reason alone; nobody can tell.
    unclear = np.clip(rest, np.minimum(size_rest, 0), np.maximum(size_rest, 0)).where(both, 0)
    sure = (rest - unclear).where(both, 0)
    part["tidak_terpilah"] = unclear
    part["penyelesaian_baru"] = part["penyelesaian_baru"] + sure.clip(lower=0)
    part["berhasil_dicabut"] = part["berhasil_dicabut"] + sure.clip(upper=0)
    part["unit_baru"] = rest.where(later & ~first, 0)
    part["unit_baru_sesudah"] = part["unit_baru_sesudah"].where(later & ~first, 0)
    part["unit_hilang"] = rest.where(first & ~later, 0)
    compared = pd.Series(bool(first.any()), index)
    told = compared & (first | later)
    table = {"lapor_lalu": first, "lapor": later, "berhasil_lalu": was, "berhasil": done}
    table |= {"jumlah_lalu": old, "jumlah_asn": new, "perubahan": change.where(told)}
    table |= {name: part[name].astype("Int64").where(told) for name in [*PARTS, *_NOTES]}
    table |= {"per_orang": per_person.astype(bool), "perubahan_jumlah": size.where(compared)}
    table |= {name: part[name].astype("Int64").where(compared) for name in HEADCOUNT}
    return pd.DataFrame(table, index=index).reset_index()


def _listed(data: Any, offices: pd.Index) -> Any:
    return offices.isin(data.nominatif["opd"].unique())


def _flows(before: Any, now: Any, offices: pd.Index, kampanye: Any) -> dict[str, np.ndarray]:
    """People gained, lost, come, left and moved per office (position in `offices`), where there are lists."""
    old, new = _people(before, offices, kampanye), _people(now, offices, kampanye)
    size = len(offices)

    def count(unit: pd.Series, weight: Any) -> np.ndarray:
        return np.bincount(unit, weights=weight, minlength=size).astype("int64")

    stayed_old, stayed_new = _matched(old["orang"] * size + old["unit"], new["orang"] * size + new["unit"])
    rest_old, rest_new = old.drop(index=stayed_old), new.drop(index=stayed_new)
    moved_old, moved_new = _matched(rest_old["orang"], rest_new["orang"])
    left, came = rest_old.drop(index=moved_old), rest_new.drop(index=moved_new)
    origin, target = old.loc[moved_old], new.loc[moved_new]

    at_new = np.concatenate([stayed_new, moved_new])
    was, after = old.loc[np.concatenate([stayed_old, moved_old]), "done"].to_numpy(), new.loc[at_new]
    done, filled, unit = after["done"].to_numpy(), after["tanggal_isi"], after["unit"]
    gained = done & ~was
    then = pd.Timestamp(before.tanggal_data)
    late = gained & filled.le(then).to_numpy()
    moved_done = origin["done"].to_numpy()
    return {
        "penyelesaian_baru": count(unit, gained & ~late),
        "terlambat_dicatat": count(unit, late),
        "berhasil_dicabut": -count(unit, was & ~done),
        "daftar_masuk": count(came["unit"], came["done"]),
        "daftar_keluar": -count(left["unit"], left["done"]),
        "pindah": count(target["unit"], moved_done) - count(origin["unit"], moved_done),
        "tanpa_tanggal": count(unit, gained & filled.isna().to_numpy()),
        "unit_baru_sesudah": count(came["unit"], came["done"] & came["tanggal_isi"].gt(then)),
        "asn_masuk": count(came["unit"], None),
        "asn_keluar": -count(left["unit"], None),
        "asn_pindah": count(target["unit"], None) - count(origin["unit"], None),
    }


def _people(data: Any, offices: pd.Index, kampanye: Any) -> pd.DataFrame:
    """Those who count, in one order whatever the order of the rows: orang, unit, done, tanggal_isi."""
    held = data.nominatif
    table = pd.DataFrame(
        {
            "orang": held["orang"].to_numpy("int64"),
            "unit": offices.get_indexer(held["opd"]),
            "done": held["status"].eq("berhasil").to_numpy(bool),
            "tanggal_isi": held["tanggal_isi"].to_numpy("datetime64[s]"),
        }
    )
    table = table[held["jenis_asn"].isin(kampanye.counted_kinds).to_numpy() & table["unit"].ge(0).to_numpy()]
    if table["orang"].is_unique:
        return table
    # Someone listed twice: which row meets which must not hang on the order they came in.
    return table.sort_values(["orang", "unit", "done", "tanggal_isi"], ignore_index=True)


def _matched(left: pd.Series, right: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Labels of rows with equal keys, one to one; a key that stands twice on a side is met twice at most."""
    if left.is_unique and right.is_unique:
        at = pd.Index(right).get_indexer(left)
        return left.index[at >= 0].to_numpy(), right.index[at[at >= 0]].to_numpy()
    sides = [
        pd.DataFrame({"key": side, "ke": side.groupby(side).cumcount(), "at": side.index}) for side in (left, right)
    ]
    met = sides[0].merge(sides[1], on=["key", "ke"])
    return met["at_x"].to_numpy(), met["at_y"].to_numpy()
