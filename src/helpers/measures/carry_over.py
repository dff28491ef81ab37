"""Who is expected to remain at the deadline and goes on to the next stage: by office, and by what holds them up today.

The same draws as the projection (draws.Simulation). Past the deadline nothing is left to expect: counts are facts and
have no interval. Counts are people; who they are by name is left to an office's own list (report/excel.py).
"""

from typing import Any

import numpy as np
import pandas as pd

from helpers.measures.draws import Simulation
from helpers.measures.obstacles import OTHERS, UNRECORDED, _merge_small
from helpers.measures.projection import CITY, picked

INCURABLE = frozenset({"K02"})  # where the catalogue does not say: BPS works from a frozen extract of families
UNSPLIT, SILENT = "tidak dirinci", "belum lapor"
NAMES = {
    UNRECORDED: "Alasan belum dicatat",
    UNSPLIT: "Gagal atau belum, tidak dirinci",
    SILENT: "Belum lapor",
    OTHERS["kode"]: OTHERS["kategori"],
}
LEVELS = {
    "orang": 0.5,
    "bawah_80": 0.9,
    "atas_80": 0.1,
}  # quantile of those done behind each column of those who remain


def incurable(catalogue: pd.DataFrame) -> frozenset[str]:
    """Codes of kendala that can't be solved before the deadline (`sebelum_batas` false in the catalogue)."""
    if "sebelum_batas" not in catalogue:
        return INCURABLE
    return frozenset(catalogue.loc[catalogue["sebelum_batas"].eq(False).fillna(False), "kode"])


def by_office(proyeksi: Simulation, posisi: pd.DataFrame) -> pd.DataFrame:
    """opd, jumlah_asn, sekarang (not berhasil now), orang (median expected to remain), bawah_80, atas_80; sorted as
    `posisi`, last row KOTA.

    NA where an office's headcount is unknown: nothing can be projected there, and nobody of it is in the city's row.
    Offices that never reported count as the projection takes them. Past the deadline orang is `sekarang` and the interval
    NA. The city's quantiles are of the sum in each draw, so medians of offices do not add up to it.
    """
    known = pd.Series(picked(proyeksi, None), proyeksi.state.opd).reindex(posisi["opd"], fill_value=False).to_numpy()
    people = posisi["jumlah_asn"].astype("Int64")
    table = pd.DataFrame(
        {"opd": posisi["opd"].to_numpy(), "jumlah_asn": people.array, "sekarang": (people - posisi["berhasil"].fillna(0)).array}
    )  # fmt: skip
    table.loc[~known, ["jumlah_asn", "sekarang"]] = pd.NA
    city = {"opd": CITY} | {name: table[name].sum(min_count=1) for name in ("jumlah_asn", "sekarang")}
    table = pd.concat([table, pd.DataFrame([city])], ignore_index=True)
    if _over(proyeksi):
        return _typed(table.assign(orang=table["sekarang"], bawah_80=pd.NA, atas_80=pd.NA))
    place = pd.Series(np.arange(len(proyeksi.state.opd)), proyeksi.state.opd).reindex(posisi["opd"][known]).to_numpy()
    done = proyeksi.final[place]
    headcount = proyeksi.state.people[place]
    for name, level in LEVELS.items():
        # From those done, rounded as projection.table rounds them: the two never differ by one.
        own = headcount - np.rint(np.quantile(done, level, axis=1)).astype(int) if len(done) else []
        whole = [headcount.sum() - int(np.rint(np.quantile(done.sum(axis=0), level)))] if len(done) else [pd.NA]
        table[name] = pd.Series(pd.NA, table.index, dtype="Int64")
        table.loc[np.append(known, True), name] = pd.array([*own, *whole], dtype="Int64")
    return _typed(table)


def by_reason(
    proyeksi: Simulation, posisi: pd.DataFrame, terhalang: pd.DataFrame, catalogue: pd.DataFrame, limit: int = 0
) -> pd.DataFrame:
    """kode, kategori, tetap (can't be solved before the deadline), sekarang, orang, bawah_80, atas_80: those who remain by
    what holds them up today; tetap first, then most people first.

    An assumption, not a forecast of reasons: in each draw and office, people behind an incurable kendala remain (as far as
    anybody does), everyone else who remains is split as today. `terhalang`: obstacles.blocked. People of offices that do
    not split or never reported have kode "tidak dirinci" and "belum lapor". Reasons add up to those who remain, in each
    draw. Kendala of fewer than `limit` people today stand together, incurable ones too (`tetap` is then NA).
    """
    now = _reasons(proyeksi, posisi, terhalang)
    fixed = np.isin(now.columns, list(incurable(catalogue)))
    counts = now.to_numpy(float)
    if _over(proyeksi):
        draws = counts.sum(axis=0)[:, None]
    else:
        place = pd.Index(proyeksi.state.opd).get_indexer(now.index)
        left = (proyeksi.state.people[place, None] - proyeksi.final[place]).astype(float)
        stay = np.minimum(left, counts[:, fixed].sum(axis=1)[:, None])
        draws = np.empty((now.shape[1], left.shape[1]))
        draws[fixed] = _shares(counts[:, fixed]).T @ stay
        draws[~fixed] = _shares(counts[:, ~fixed]).T @ (left - stay)
    return _told(draws, now, fixed, catalogue, limit, _over(proyeksi))


def _over(proyeksi: Simulation) -> bool:
    return proyeksi.as_of >= proyeksi.selesai


def _reasons(proyeksi: Simulation, posisi: pd.DataFrame, terhalang: pd.DataFrame) -> pd.DataFrame:
    """Offices x reasons, people: everyone not berhasil in an office that is projected, once."""
    known = posisi[posisi["opd"].isin(proyeksi.state.opd[picked(proyeksi, None)])].set_index("opd")
    coded = terhalang[terhalang["opd"].isin(known.index)].groupby(["opd", "kode"])["orang"].sum().unstack(fill_value=0)
    table = coded.reindex(known.index, fill_value=0).astype(float)
    rest = (known["jumlah_asn"] - known["berhasil"].fillna(0)).astype(float) - table.sum(axis=1)
    table[UNSPLIT] = rest.where(known["lapor"], 0).clip(lower=0)
    table[SILENT] = rest.mask(known["lapor"], 0).clip(lower=0)
    return table.loc[:, table.sum().gt(0)]


def _shares(counts: np.ndarray) -> np.ndarray:
    total = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)


def _told(
    draws: np.ndarray, now: pd.DataFrame, fixed: np.ndarray, catalogue: pd.DataFrame, limit: int, over: bool
) -> pd.DataFrame:
    """Quantiles of each reason, small kendala merged before they are taken."""
    people = now.sum().rename_axis("kode")
    coded = people[~people.index.isin([UNRECORDED, UNSPLIT, SILENT])]
    names = _merge_small(coded, limit).reindex(people.index).fillna(pd.Series(people.index, people.index))
    kategori = pd.concat([catalogue.set_index("kode")["kategori"], pd.Series(NAMES)])
    rows: list[dict[str, Any]] = []
    for kode in dict.fromkeys(names):
        own = names.eq(kode).to_numpy()
        total = draws[own].sum(axis=0)
        stays = set(fixed[own])
        row = {"kode": kode, "kategori": kategori.get(kode, kode), "tetap": stays.pop() if len(stays) == 1 else pd.NA}
        values = {name: np.quantile(total, 1 - level) for name, level in LEVELS.items()}
        if over:
            values |= {"bawah_80": pd.NA, "atas_80": pd.NA}
        rows.append(row | {"sekarang": people[own].sum()} | values)
    columns = ["kode", "kategori", "tetap", "sekarang", *LEVELS]
    table = pd.DataFrame(rows, columns=columns)
    for name in ("sekarang", *LEVELS):
        table[name] = table[name].astype("Float64").round().astype("Int64")
    table["tetap"] = table["tetap"].astype("boolean")
    table = table.assign(akhir=~table["tetap"].fillna(False)).sort_values(
        ["akhir", "orang", "kode"], ascending=[True, False, True]
    )
    return table.drop(columns="akhir").reset_index(drop=True)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype(dict.fromkeys(["jumlah_asn", "sekarang", *LEVELS], "Int64"))
