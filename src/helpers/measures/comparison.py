"""Fair comparison: which offices differ by more than usual, like with like, who holds the gap.

Offices are compared on the arcsine scale, arcsin(sqrt(share)): there a share of n people varies by 1 / (2 sqrt(n))
whatever its level, so limits behave near 0 and 1. Shares are 0-1 (Float64), people Int64, NA = unknown. Nothing here
ranks offices by percentage. What is said and drawn of it is left to report.story_compare and figures_compare.
"""

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

LEVEL = 0.998  # the limits outside which an office is named
LIKE_LEVEL = 0.95  # the range in which an office is like its like
SPREAD_FROM = 10  # offices that it takes to see how much offices usually differ
LIKE_FROM = 5  # offices that make a group
QUARTERS_FROM = 8  # offices, so that a quarter is two or more
WINSORISED = 0.1  # of the offices at each end, moved in to the next one
INSIDE, ABOVE, BELOW, UNJUDGED = "dalam batas", "di atas", "di bawah", "tidak dinilai"


def funnel(ukuran: pd.DataFrame, tingkat: float = LEVEL) -> pd.DataFrame:
    """Each office against the line of all that reported: does it differ by more than offices usually do?

    `ukuran`: opd, jumlah_asn, berhasil (rates.with_rates). Gives one row per row of it: opd, jumlah_asn, capaian,
    skor (z-score, chance alone), skor_sesuaian (z-score, chance and the usual differences), posisi ("di atas",
    "di bawah" the adjusted limits at `tingkat`, "dalam batas", "tidak dinilai"), and the same in every row: garis
    (berhasil / jumlah_asn over all that reported), tau (standard deviation between offices, arcsine scale), minimum
    (people an office needs to be judged).
    skor = (arcsin sqrt(capaian) - arcsin sqrt(garis)) * 2 sqrt(n); skor_sesuaian: the same / sqrt(1/(4n) + tau^2).
    tau^2 = mean of squared differences to the line, winsorised at 10% and scaled back to a normal sample's, minus the
    mean of 1/(4n); at least 0; every office counts the same, because weights by size let the two or three largest
    decide. Only offices with more than z^2 max(p/(1-p), (1-p)/p) people are judged and enter tau: for them the
    binomial limits lie inside (0, 1). NA and "tidak dinilai": no report, no headcount, too few people; tau and
    skor_sesuaian where fewer than 10 offices can be judged, and then nobody is.
    On the UK survey's 26 dates plain 99.8% limits flag 65-84% of the offices, the published weighted tau 8-24%, this
    one none but 1 of 48 on the first date (tests/measures/test_comparison.py).
    Sources: Spiegelhalter 2005, Stat Med 24:1185, doi 10.1002/sim.1970 (funnel, transformation, additive tau);
    Spiegelhalter 2005, Qual Saf Health Care 14:347 (winsorising); DerSimonian, Kacker 2007, Contemp Clin Trials 28:105
    (equal weights: Cochran's estimator).
    """
    people, done = _counts(ukuran)
    known = ~np.isnan(done)
    line = done[known].sum() / people[known].sum() if known.any() else np.nan
    least = _least(line, tingkat)
    judged = known & (people >= least)
    chance = 1 / (4 * people)
    away = _angle(done / people) - _angle(line)
    tau = _spread(away[judged], chance[judged])
    adjusted = away / np.sqrt(chance + tau**2)
    bound = _normal(tingkat)
    places = [~judged | np.isnan(adjusted), adjusted > bound, adjusted < -bound]
    columns: dict[str, Any] = {
        "capaian": done / people,
        "skor": away / np.sqrt(chance),
        "skor_sesuaian": adjusted,
        "garis": line,
        "tau": tau,
        "minimum": least if np.isfinite(least) else np.nan,
    }
    table = ukuran[["opd", "jumlah_asn"]].assign(
        **{name: pd.array(np.broadcast_to(values, len(ukuran)), dtype="Float64") for name, values in columns.items()},
        posisi=np.select(places, [UNJUDGED, ABOVE, BELOW], INSIDE),
    )
    return table.astype({"minimum": "Int64"})


def limits(
    corong: pd.DataFrame, tingkat: Sequence[float] = (0.95, LEVEL), jumlah: Sequence[int] | None = None
) -> pd.DataFrame:
    """The limits of a funnel by headcount: tingkat, jumlah_asn, batas_bawah, batas_atas, sesuaian_bawah, sesuaian_atas.

    `corong`: result of `funnel`; `jumlah`: headcounts (default: 80 from its smallest to its largest office that
    reported, evenly on a log scale). Shares within 0-1, one row per level and headcount. batas_: chance alone;
    sesuaian_: with tau, never inside the former, NA where tau is. Empty where nobody reported.
    """
    held = corong.loc[corong["capaian"].notna(), "jumlah_asn"].to_numpy(float)
    line, tau = (_first(corong, name) for name in ("garis", "tau"))
    grid = np.geomspace(held.min(), held.max(), 80) if jumlah is None and len(held) else jumlah
    people = np.asarray(grid if len(held) else [], dtype=float)
    parts = []
    for level in tingkat:
        part = pd.DataFrame({"tingkat": level, "jumlah_asn": people})
        for name, spread in (("batas", 0.0), ("sesuaian", tau)):
            wide = _normal(level) * np.sqrt(1 / (4 * people) + spread**2)
            part[f"{name}_bawah"] = pd.array(_share(_angle(line) - wide), dtype="Float64")
            part[f"{name}_atas"] = pd.array(_share(_angle(line) + wide), dtype="Float64")
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def like_groups(ukuran: pd.DataFrame) -> pd.DataFrame:
    """The like offices of each office: opd, kelompok, dasar, dari, sampai, in the order of the table.

    `ukuran`: opd, jenis, jumlah_asn. The first of these that holds five or more offices, itself among them: those of
    its kind and size ("jenis dan ukuran"; sizes are half powers of ten: 10-31, 32-99, 100-316 people ...), those of
    its size ("ukuran"), those of its power of ten ("ukuran luas"). An office with none, and one whose headcount is 0
    or unknown, has no like: kelompok NA, dasar "tidak ada". dari, sampai: people of the size. A group rests on
    register and headcounts, not on who reported or how well.
    """
    keys, sizes = _keys(ukuran)
    group, basis = pd.Series(pd.NA, ukuran.index, dtype="object"), pd.Series("tidak ada", ukuran.index, dtype="object")
    low, high = (pd.Series(pd.NA, ukuran.index, dtype="Int64") for _ in range(2))
    for name, key in keys.items():
        free = basis.eq("tidak ada") & key.groupby(key).transform("size").ge(LIKE_FROM)
        group[free], basis[free] = key[free], name
        low[free], high[free] = sizes[name][0][free], sizes[name][1][free]
    return pd.DataFrame({"opd": ukuran["opd"], "kelompok": group, "dasar": basis, "dari": low, "sampai": high})


def sizes(ukuran: pd.DataFrame) -> pd.DataFrame:
    """The size of each office, whatever its kind: opd, ukuran ("32-99" people, in the half powers of ten of `like_groups`;
    NA where the headcount is 0 or unknown)."""
    return pd.DataFrame({"opd": ukuran["opd"], "ukuran": _keys(ukuran)[0]["ukuran"]})


def like(ukuran: pd.DataFrame, opd: str) -> pd.Series:
    """One office beside the like offices that reported: is its difference more than offices usually differ?

    Gives kelompok, dasar, dari, sampai (`like_groups`), keadaan ("ada" or why there is no comparison: "belum lapor",
    "tidak ada kelompok", "kelompok kecil": fewer than 4 others reported), anggota (codes of the others), unit (how
    many), jumlah_asn (their people), capaian, capaian_kelompok (pooled, without the office), selisih (capaian -
    capaian_kelompok, a share), wajar_bawah and wajar_atas (where 95% of such offices would stand), selisih_bawah and
    selisih_atas (the difference to those two), and kuartil_bawah, tengah, kuartil_atas of the others' shares (NA
    under 8 of them).
    The range: arcsine scale, capaian_kelompok +- 1.96 sqrt(1/(4n) + tau^2 + 1/(4N) + tau^2 sum(w^2)), N the others'
    people, w their shares of N, tau of `funnel` over the whole table; NA where tau is. KeyError: unknown office.
    """
    found = ukuran["opd"].eq(opd).to_numpy(bool)
    if not found.any():
        raise KeyError(f"{opd} tidak ada dalam tabel")
    people, done = _counts(ukuran)
    place = like_groups(ukuran)[found].iloc[0]
    n, y = people[found][0], done[found][0]
    names = ["unit", "jumlah_asn", "capaian_kelompok", "selisih", "wajar_bawah", "wajar_atas"]
    names += ["selisih_bawah", "selisih_atas", "kuartil_bawah", "tengah", "kuartil_atas"]
    result: dict[str, Any] = dict(place) | dict.fromkeys(names, pd.NA) | {"anggota": []}
    result["capaian"] = pd.NA if np.isnan(y) else y / n
    if np.isnan(y):
        return pd.Series(result | {"keadaan": "belum lapor"}, dtype=object)
    if place["dasar"] == "tidak ada":
        return pd.Series(result | {"keadaan": "tidak ada kelompok"}, dtype=object)
    same = _keys(ukuran)[0][place["dasar"]].eq(place["kelompok"]).fillna(False).to_numpy(bool)
    others = same & ~found & ~np.isnan(done)
    m, whole = people[others], people[others].sum()
    result |= {"anggota": sorted(ukuran.loc[others, "opd"]), "unit": int(others.sum()), "jumlah_asn": int(whole)}
    if others.sum() < LIKE_FROM - 1:
        return pd.Series(result | {"keadaan": "kelompok kecil"}, dtype=object)
    rate, tau = done[others].sum() / whole, _first(funnel(ukuran), "tau")
    wide = _normal(LIKE_LEVEL) * np.sqrt(1 / (4 * n) + tau**2 + 1 / (4 * whole) + tau**2 * ((m / whole) ** 2).sum())
    low, high = (pd.NA if np.isnan(tau) else float(_share(_angle(rate) + side * wide)) for side in (-1, 1))
    result |= {"keadaan": "ada", "capaian_kelompok": rate, "selisih": y / n - rate}
    result |= {"wajar_bawah": low, "wajar_atas": high, "selisih_bawah": y / n - high, "selisih_atas": y / n - low}
    if others.sum() >= QUARTERS_FROM:
        quarters = np.quantile(done[others] / m, [0.25, 0.5, 0.75])
        result |= dict(zip(["kuartil_bawah", "tengah", "kuartil_atas"], map(float, quarters), strict=True))
    return pd.Series(result, dtype=object)


def best_quarter(ukuran: pd.DataFrame) -> pd.DataFrame:
    """What the best quarter of each office's like offices reaches: opd, kelompok, unit, capaian_terbaik, anggota.

    The quarter is ceil(m / 4) of the m like offices that reported, itself among them, by skor_sesuaian of `funnel`
    (ties by code), so that a handful of people by luck at 100% is not the model for the rest; capaian_terbaik pools
    their people. `unit`: offices in the quarter, `anggota`: their codes. NA and () where fewer than 8 reported, where
    there is no group, or tau is unknown. The best of today are partly the lucky of today: an upper mark, no forecast.
    """
    people, done = _counts(ukuran)
    keys, groups = _keys(ukuran)[0], like_groups(ukuran)
    table = groups[["opd", "kelompok"]].assign(skor=funnel(ukuran)["skor_sesuaian"], n=people, y=done)
    parts = []
    for name, key in keys.items():
        ranked = table.assign(key=key)[
            table["skor"].notna() & key.isin(groups.loc[groups["dasar"].eq(name), "kelompok"])
        ]
        ranked = ranked.sort_values(["skor", "opd"], ascending=[False, True], kind="stable")
        many = ranked.groupby("key")["opd"].transform("size")
        parts.append(ranked[(many >= QUARTERS_FROM) & (ranked.groupby("key").cumcount() < np.ceil(many / 4))])
    best = pd.concat(parts).groupby("key")
    sums, of = best[["n", "y"]].sum(), table["kelompok"].map
    members = {key: tuple(codes) for key, codes in best["opd"]}
    return table[["opd", "kelompok"]].assign(
        unit=of(best.size()).astype("Int64"),
        capaian_terbaik=of(sums["y"] / sums["n"]).astype("Float64"),
        anggota=[members.get(key, ()) for key in table["kelompok"]],
    )


def contribution(ukuran: pd.DataFrame) -> pd.DataFrame:
    """Who holds the gap, in people, largest first: opd, kekurangan, andil, andil_kumulatif, peringkat.

    `ukuran`: opd, kekurangan (rates.with_rates; everyone asked for where the office did not report). andil =
    kekurangan / sum of it, a share; equal gaps have the same peringkat and stand by code. Offices that lack nobody,
    or whose headcount is unknown, are left out.
    """
    table = ukuran.loc[ukuran["kekurangan"].gt(0).fillna(False), ["opd", "kekurangan"]]
    table = table.sort_values(["kekurangan", "opd"], ascending=[False, True], kind="stable").reset_index(drop=True)
    share = table["kekurangan"].astype("Float64") / (float(table["kekurangan"].sum()) or 1.0)
    rank = table["kekurangan"].rank(method="min", ascending=False).astype("Int64")
    return table.assign(andil=share, andil_kumulatif=share.cumsum(), peringkat=rank)


def _counts(ukuran: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """People and berhasil as floats; both NaN where either is unknown or there are no people."""
    people, done = (ukuran[name].to_numpy(float, na_value=np.nan) for name in ("jumlah_asn", "berhasil"))
    unknown = np.isnan(people) | np.isnan(done) | (people == 0)
    return np.where(unknown, np.nan, people), np.where(unknown, np.nan, done)


def _spread(away: np.ndarray, chance: np.ndarray) -> float:
    """tau: the standard deviation between offices beyond chance; NaN where there are too few to see it."""
    if len(away) < SPREAD_FROM:
        return float("nan")
    end = NormalDist().inv_cdf(1 - WINSORISED)
    # What winsorising leaves of a normal sample's variance: 0.679.
    kept = 1 - 2 * WINSORISED - 2 * end * NormalDist().pdf(end) + 2 * WINSORISED * end**2
    moved = np.clip(away, *np.quantile(away, [WINSORISED, 1 - WINSORISED]))
    return float(np.sqrt(max((moved**2).mean() / kept - chance.mean(), 0.0)))


def _least(line: float, level: float) -> float:
    """People from which the binomial limits around the line lie inside (0, 1); infinite at 0, 1 and unknown."""
    if np.isnan(line) or line in (0, 1):
        return float("inf")
    return float(np.floor(_normal(level) ** 2 * max(line / (1 - line), (1 - line) / line)) + 1)


def _normal(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _angle(share: Any) -> Any:
    return np.arcsin(np.sqrt(share))


def _share(angle: Any) -> Any:
    return np.sin(np.clip(angle, 0, np.pi / 2)) ** 2


def _first(table: pd.DataFrame, name: str) -> float:
    return float(table[name].astype("Float64").to_numpy(float, na_value=np.nan)[0]) if len(table) else float("nan")


def _keys(ukuran: pd.DataFrame) -> tuple[dict[str, pd.Series], dict[str, tuple[pd.Series, pd.Series]]]:
    """The keys by which offices are alike, closest first, and the smallest and largest headcount of each one's size."""
    size = np.log10(ukuran["jumlah_asn"].where(ukuran["jumlah_asn"].gt(0)).to_numpy(float, na_value=np.nan))
    kind = ukuran["jenis"].astype("string").where(ukuran["jenis"].notna() & ukuran["jenis"].ne(""))
    keys, sizes = {}, {}
    for name, steps in (("ukuran", 2), ("ukuran luas", 1)):
        step = pd.Series(np.floor(size * steps + 1e-9), ukuran.index)
        low, high = (np.ceil((10 ** ((step + more) / steps)).round(6)).astype("Int64") for more in (0, 1))
        sizes[name] = low, high - 1
        keys[name] = low.astype("string") + "-" + (high - 1).astype("string")
    sizes["jenis dan ukuran"] = sizes["ukuran"]
    return {"jenis dan ukuran": kind + " " + keys["ukuran"]} | keys, sizes
