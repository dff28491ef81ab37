"""How the word was spread (sosialisasi): activities and reach by channel and office, completions around an activity.

Reach is the largest number of listeners of one activity against the headcount: never a sum, the same people may come
twice. What is moved around an activity is an association; nothing here says that the activity caused it.
"""

from typing import Any

import numpy as np
import pandas as pd

from helpers.measures.pace import WINDOW

SIDE = 3  # working days before and after an activity
FEWEST = 5  # activities, else nothing is said of completions around them
DRAWS, SEED = 1000, 2020
BAND = (0.025, 0.975)
_DAY = "datetime64[D]"


def by_channel(sosialisasi: pd.DataFrame, posisi: pd.DataFrame) -> pd.DataFrame:
    """kanal, kegiatan (activities), unit (offices), terakhir (day of the last one), terjangkau, jangkauan, unit_jangkauan,
    unit_melebihi.

    terjangkau: people, summed over the offices (which share nobody) of `largest` by office; jangkauan: its share of the
    headcount of those offices (`unit_jangkauan`), NA where no activity of a channel counted its listeners.
    """
    own = largest(sosialisasi, posisi, ["opd", "kanal"])
    grouped = own.groupby("kanal")
    counted = own[own["jangkauan"].notna()].groupby("kanal")
    table = pd.DataFrame(
        {
            "kegiatan": grouped["kegiatan"].sum(),
            "unit": grouped.size(),
            "terakhir": grouped["terakhir"].max(),
            "terjangkau": counted["terjangkau"].sum(min_count=1),
            "jumlah_asn": counted["jumlah_asn"].sum(min_count=1),
            "unit_jangkauan": counted.size(),
            "unit_melebihi": grouped["melebihi"].sum(),
        }
    )
    table["jangkauan"] = table["terjangkau"].astype("Float64") / table["jumlah_asn"].astype("Float64")
    table["unit_jangkauan"] = table["unit_jangkauan"].fillna(0).astype("Int64")
    table["terjangkau"] = table["terjangkau"].astype("Int64")
    return table.sort_values(["kegiatan", "unit"], ascending=False, kind="stable").reset_index()


def by_office(sosialisasi: pd.DataFrame, posisi: pd.DataFrame, sheets: set[str]) -> pd.DataFrame:
    """opd, kegiatan, terakhir (day of the last activity; NaT if none), jangkauan, melebihi, for offices that reported.

    `sheets`: offices whose submissions had a place for activities (a Sosialisasi sheet). Their kegiatan is 0 where
    they wrote none; that of the others is NA: a CSV of people says nothing of it.
    """
    own = largest(sosialisasi, posisi, ["opd"]).set_index("opd")
    table = posisi.loc[posisi["lapor"], ["opd"]].set_index("opd")
    counted = own["kegiatan"].reindex(table.index).astype("Int64")
    table["kegiatan"] = counted.mask(counted.isna() & table.index.isin(sheets), 0)
    table["terakhir"] = own["terakhir"].reindex(table.index)
    table["jangkauan"] = own["jangkauan"].reindex(table.index)
    table["melebihi"] = own["melebihi"].reindex(table.index).eq(True)
    return table.reset_index()


def largest(sosialisasi: pd.DataFrame, posisi: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Per group `by` (opd, or opd and kanal): kegiatan, terakhir, terjangkau, jumlah_asn, jangkauan, melebihi.

    jangkauan = listeners of the best attended activity / headcount, at most 1; `melebihi` True where more listeners were
    written down than the office has people (guests, or a mistake), and the reach was cut to 1. NA where no listeners were
    counted or the headcount is unknown or 0.
    """
    grouped = sosialisasi.groupby(by)
    table = pd.DataFrame(
        {
            "kegiatan": grouped.size(),
            "terakhir": grouped["tanggal"].max(),
            "terbanyak": grouped["jumlah_peserta"].max(),
        }
    ).reset_index()
    sizes = posisi.set_index("opd")["jumlah_asn"] if "jumlah_asn" in posisi else pd.Series(dtype="Int64")
    people = table["opd"].map(sizes).astype("Int64")
    heard = table["terbanyak"].astype("Int64")
    known = people.gt(0) & heard.notna()
    reached = heard.where(heard.le(people), people).where(known.fillna(False))
    table["jumlah_asn"] = people
    table["terjangkau"] = reached
    table["jangkauan"] = reached.astype("Float64") / people.replace(0, pd.NA).astype("Float64")
    table["melebihi"] = (heard > people).fillna(False).astype(bool)
    return table.drop(columns="terbanyak")


def quiet(penerangan: pd.DataFrame, posisi: pd.DataFrame, as_of: Any) -> pd.DataFrame:
    """Offices without an activity, or with the last one more than a week ago: opd, nama, jumlah_asn, kegiatan, terakhir,
    hari (days since; NA if none), jangkauan. None first, then the longest ago, larger offices first. Where activities
    are unknown an office is left out."""
    table = penerangan.merge(posisi[["opd", "nama", "jumlah_asn"]], on="opd")
    table["hari"] = (pd.Timestamp(as_of) - table["terakhir"]).dt.days.astype("Int64")
    known = table[table["kegiatan"].notna() & (table["kegiatan"].eq(0) | table["hari"].gt(WINDOW)).fillna(False)]
    return known.sort_values(
        ["hari", "jumlah_asn"], ascending=False, na_position="first", kind="stable", ignore_index=True
    )


def around(data: Any, kampanye: Any) -> pd.Series:
    """Completions in the SIDE working days after an activity against the SIDE before it (its own day in neither), and the
    same days in offices that had no activity from the first to the last of them.

    kegiatan (office-days with activities that have both windows in the data), unit (their offices), unit_jumlah (offices
    with activities left out: counts only), sebelum, sesudah (people), sendiri, pembanding (change in people / headcount,
    pooled), beda = sendiri − pembanding, bawah, atas (95% interval of `beda`: bootstrap over offices, fixed seed), cukup
    (at least FEWEST activities in more than one office). Only completions with a date; NA where nothing can be compared.
    """
    dated = data.nominatif[data.nominatif["jenis_asn"].isin(kampanye.counted_kinds)]
    listed = dated.groupby("opd")["tanggal_data"].first()
    told = set(data.lembar_sosialisasi)
    held = data.sosialisasi.dropna(subset=["tanggal"]).drop_duplicates(["opd", "tanggal"])
    counts_only = int(held.loc[~held["opd"].isin(listed.index), "opd"].nunique())
    # Who says nothing of activities may have had one: no office to compare with.
    offices = pd.Index(sorted(opd for opd in listed.index if opd in told))
    unknown = dict.fromkeys(["sebelum", "sesudah", "sendiri", "pembanding", "beda", "bawah", "atas"], pd.NA)
    empty = pd.Series({"kegiatan": 0, "unit": 0, "unit_jumlah": counts_only, **unknown, "cukup": False}, dtype=object)
    held = held[held["opd"].isin(offices)]
    if held.empty:
        return empty
    size = dated.groupby("opd").size().reindex(offices).to_numpy(float)
    until = listed.reindex(offices).to_numpy(_DAY)
    event_day, event_office = held["tanggal"].to_numpy(_DAY), offices.get_indexer(held["opd"])
    days, which = np.unique(event_day, return_inverse=True)
    off = np.array(sorted(kampanye.days_off), dtype=_DAY)
    # The day itself may be a weekend: the working day before it, and the one after it.
    first = np.busday_offset(np.busday_offset(days, 0, "forward", holidays=off), -SIDE, holidays=off)
    last = np.busday_offset(np.busday_offset(days, 0, "backward", holidays=off), SIDE, holidays=off)
    filled = _per_day(dated, offices, kampanye, off)
    before, after = filled(first, days), filled(days + 1, last + 1)
    inside = (first >= np.datetime64(kampanye.mulai))[:, None] & (last[:, None] <= until)
    busy = _busy(first, last, event_day, event_office, len(offices))
    change = after - before
    calm = inside & ~busy
    usable = inside[which, event_office] & (calm @ size > 0)[which]
    at, own = which[usable], event_office[usable]
    if not len(own):
        return empty

    def differences(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Own and other change per person under weights of offices (draws × offices)."""
        others = (weight @ (change * calm).T) / np.maximum(weight @ (size * calm).T, 1e-9)
        w = weight[:, own]
        people = np.maximum(w @ size[own], 1e-9)
        return w @ change[at, own] / people, (w * size[own] * others[:, at]).sum(axis=1) / people

    ours, theirs = differences(np.ones((1, len(offices))))
    rng = np.random.default_rng(SEED)
    share = np.full(len(offices), 1 / len(offices))
    drawn = [differences(rng.multinomial(len(offices), share, size=100).astype(float)) for _ in range(DRAWS // 100)]
    gaps = np.concatenate([a - b for a, b in drawn])
    low, high = np.quantile(gaps, BAND)
    units = len(np.unique(own))
    return pd.Series(
        {
            "kegiatan": len(own),
            "unit": units,
            "unit_jumlah": counts_only,
            "sebelum": int(before[at, own].sum()),
            "sesudah": int(after[at, own].sum()),
            "sendiri": float(ours[0]),
            "pembanding": float(theirs[0]),
            "beda": float(ours[0] - theirs[0]),
            "bawah": float(low),
            "atas": float(high),
            "cukup": len(own) >= FEWEST and units > 1,
        },
        dtype=object,
    )


def _per_day(dated: pd.DataFrame, offices: pd.Index, kampanye: Any, off: np.ndarray) -> Any:
    """A function (from, to) -> people done on working days in [from, to), by window and office."""
    done = dated[dated["status"].eq("berhasil") & dated["tanggal_isi"].notna() & dated["opd"].isin(offices)]
    start = np.datetime64(kampanye.mulai) - 60
    span = (np.datetime64(kampanye.tanggal_data) - start).astype(int) + 60
    filled = done["tanggal_isi"].to_numpy(_DAY)
    place = np.clip((filled - start).astype(int), 0, span - 1)
    worked = np.is_busday(filled, holidays=off)
    cell = offices.get_indexer(done["opd"])[worked] * span + place[worked]
    daily = np.bincount(cell, minlength=len(offices) * span).reshape(len(offices), span)
    total = np.concatenate([np.zeros((len(offices), 1), int), daily.cumsum(axis=1)], axis=1)

    def between(since: np.ndarray, to: np.ndarray) -> np.ndarray:
        a, b = (np.clip((day - start).astype(int), 0, span) for day in (since, to))
        return (total[:, b] - total[:, a]).T.astype(float)

    return between


def _busy(
    first: np.ndarray, last: np.ndarray, event_day: np.ndarray, event_office: np.ndarray, many: int
) -> np.ndarray:
    """Which offices had an activity from the first to the last day of each window."""
    busy: np.ndarray = np.zeros((len(first), many), bool)
    for at, (since, to) in enumerate(zip(first, last, strict=True)):
        busy[at, event_office[(event_day >= since) & (event_day <= to)]] = True
    return busy
