"""Which decisions the data give ground for: rules over measured values, never more than five, none without its ground.

What is asked for is said in report/story_decisions.py. Each rule and its threshold: docs/indicators.md, "Keputusan yang
dimohon". Counts are people.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pandas as pd

from helpers.measures.obstacles import OTHERS

MOST = 5  # decisions that one meeting takes in two minutes
LEAST, HALF, MOST_OFFICES = (
    0.1,
    0.5,
    3,
)  # offices to be helped first: as many as hold half of what is missing, at most three
ONE_POINT = 0.01  # of capaian: a kendala that brings less is left to the log
UNLIKELY = 0.05  # chance of the target under which preparing for those who remain can't wait
ENOUGH_PROOFS = 0.9
COLUMNS = ["aturan", "unit", "kode", "orang", "andil", "tenggat"]


def asked(
    ukuran: pd.DataFrame,
    kendala: pd.DataFrame,
    kota: Any,
    laju: Any,
    ramalan: Any,
    sisa: Any,
    penerangan: pd.DataFrame,
    bukti: Any,
    kampanye: Any,
) -> pd.DataFrame:
    """aturan, unit (list of office codes), kode (of a kendala or ""), orang (people it is about), andil (share of all that
    is missing), tenggat; in the order of the rules, at most five rows, none where there is nothing to ask.

    `ukuran`: rates.with_rates; `kendala`: obstacles.by_code; `kota`, `laju`: rates.total, pace.city_current; `ramalan`:
    the city's row of projection.table; `sisa`: pace.days_left; `penerangan`, `bukti`: outreach.by_office, coverage.proofs. A rule whose values
    are unknown (NA) asks for nothing.
    """
    first, week = due(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    rows: list[dict[str, Any]] = []
    short = pd.notna(kota["kekurangan"]) and kota["kekurangan"] > 0
    if week and short and kota["unit_lapor"]:
        rows += _help_first(ukuran, kota, first)
    rows += _report(ukuran, first)
    if week and short:
        rows += [*_solve(kendala, "belum", week), *_solve(kendala, "gagal", week)]
    if short and kampanye.lanjutan:
        rows += _carry_over(ramalan, kota, kampanye, first)
    if week and short:
        rows += _daily_goal(kota, laju, sisa, first)
    if kampanye.instruksi:
        rows += [*(_spread(penerangan, first) if week else []), *_keep_proofs(bukti, kampanye.sel_kecil, week or first)]
    table = pd.DataFrame(rows[:MOST], columns=COLUMNS)
    return table.astype({"orang": "Int64", "andil": "Float64"})


def due(as_of: date, selesai: date, libur: Collection[date]) -> tuple[date, date | None]:
    """The next working day, and the last working day of its week, not after the deadline; None where no working day is
    left before it. The first may lie after the deadline: whoever was silent is asked all the same."""
    first = as_of + timedelta(1)
    while _free(first, libur):
        first += timedelta(1)
    if first > selesai:
        return first, None
    last = first
    for step in range(1, 5):
        day = first + timedelta(step)
        if day.weekday() <= first.weekday() or day > selesai:  # the next week
            break
        last = last if _free(day, libur) else day
    return first, last


def _free(day: date, libur: Collection[date]) -> bool:
    return day.weekday() >= 5 or day in libur


def _row(rule: str, tenggat: date, orang: Any, unit: list[str] | None = None, **more: Any) -> dict[str, Any]:
    return {"aturan": rule, "unit": unit or [], "kode": "", "orang": orang, "andil": pd.NA, "tenggat": tenggat} | more


def _help_first(ukuran: pd.DataFrame, kota: Any, when: date) -> list[dict[str, Any]]:
    short = ukuran[ukuran["lapor"] & ukuran["kekurangan"].gt(0)]
    short = short.sort_values(["kekurangan", "opd"], ascending=[False, True])
    before = short["andil"].cumsum() - short["andil"]
    # A share that is a hair under a half by rounding is a half.
    chosen = short[before < HALF - 1e-9].head(MOST_OFFICES)
    if chosen.empty:
        return []
    people = int(chosen["kekurangan"].sum())
    share = people / kota["jumlah_kekurangan"]
    if share < LEAST:  # most of what is missing is elsewhere, often in offices that are silent
        return []
    share = pd.NA if kota["unit_tanpa_jumlah"] else share  # of a whole that nobody knows
    return [_row("dampingi", when, people, chosen["opd"].tolist(), andil=share)]


def _report(ukuran: pd.DataFrame, when: date) -> list[dict[str, Any]]:
    nobody = ukuran["jumlah_asn"].eq(0).fillna(False).astype(bool)  # known to have none: nothing to report
    silent = ukuran[~ukuran["lapor"] & ~nobody]
    if silent.empty:
        return []
    people = silent["jumlah_asn"].sum() if silent["jumlah_asn"].notna().all() else pd.NA
    return [_row("lapor", when, people, silent["opd"].tolist())]


def _solve(kendala: pd.DataFrame, status: str, when: date) -> list[dict[str, Any]]:
    """The kendala that most people of `status` are blocked by, where it is mostly theirs and worth a point of capaian."""
    named = kendala[kendala["kode"].ne(OTHERS["kode"]) & kendala["poin"].ge(ONE_POINT)]
    own = named[named[status].mul(2).gt(named["orang"])]
    if own.empty:
        return []
    top = own.sort_values(["orang", "kode"], ascending=[False, True]).iloc[0]
    return [_row("kendala", when, int(top["orang"]), kode=top["kode"])]


def _carry_over(ramalan: Any, kota: Any, kampanye: Any, first: date) -> list[dict[str, Any]]:
    over = kampanye.tanggal_data >= kampanye.selesai
    if not over and (pd.isna(ramalan["peluang_target"]) or ramalan["peluang_target"] >= UNLIKELY):
        return []
    done = kota["berhasil"] if over else ramalan["median_orang"]
    if pd.isna(done):
        return []
    return [_row("lanjutan", first if over else kampanye.selesai, int(kota["jumlah_asn"] - done))]


def _daily_goal(kota: Any, laju: Any, sisa: Any, when: date) -> list[dict[str, Any]]:
    if not sisa["hari_kerja"]:
        return []
    if pd.notna(laju["laju_kerja"]) and laju["laju_kerja"] >= kota["kekurangan"] / sisa["hari_kerja"]:
        return []
    return [_row("laju", when, int(kota["kekurangan"]))]


def _spread(penerangan: pd.DataFrame, when: date) -> list[dict[str, Any]]:
    none = penerangan.loc[penerangan["kegiatan"].eq(0).fillna(False), "opd"].tolist()
    return [_row("sosialisasi", when, pd.NA, none)] if none else []


def _keep_proofs(bukti: Any, limit: int, when: date) -> list[dict[str, Any]]:
    if pd.isna(bukti["kelengkapan"]) or bukti["kelengkapan"] >= ENOUGH_PROOFS:
        return []
    missing = int(bukti["berhasil"] - bukti["bukti"])
    return [_row("bukti", when, missing)] if missing >= limit else []
