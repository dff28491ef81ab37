"""The measures at national scale: 514 kabupaten/kota x 68 units, 4.2 million people, all of them invented.

    python benchmarks/nasional.py [--orang N] [--json FILE]

Writes a register, a campaign and a real Delta store into a temporary folder (every submission marked as sample), then
reads and measures them as the city's report does, and prints seconds per step (by the clock, and of CPU over all
cores), the peak memory of that process and the size of the store on disk. Nothing here is real; the same N gives the
same rows. Making the data and measuring them each run in a process of their own, so that the memory of the one does
not count for the other.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import yaml

from helpers import campaign, store
from helpers.measures import coverage, groups, obstacles, pace, rates, reconcile

ROOT = Path(__file__).resolve().parents[1]
UNITS = [f"K{district:03d}-{unit:02d}" for district in range(1, 515) for unit in range(1, 69)]
GIVEN = datetime(2020, 3, 17, 12, tzinfo=UTC)


def main() -> None:
    """Make the data, measure them, print a table; each of the first two in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--orang", type=int, default=4_200_000, help="invented people")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--langkah", choices=["buat", "ukur"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.langkah:
        print(json.dumps(make(given.folder, given.orang) if given.langkah == "buat" else measure(given.folder)))
        return
    with tempfile.TemporaryDirectory(prefix="pantau-nasional-") as folder:
        figures: dict[str, Any] = {}
        for step in ("buat", "ukur"):
            command = [sys.executable, __file__, "--orang", str(given.orang), "--langkah", step, "--folder", folder]
            figures |= json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    print(
        f"{figures['people']:,} people in {figures['units']:,} units, all invented\n\n{'seconds':<26}{'wall':>8}{'CPU':>8}"
    )
    for name in [*figures["wall"], "sum"]:
        wall, cpu = (figures[kind].get(name, sum(figures[kind].values())) for kind in ("wall", "cpu"))
        print(f"{name:<26}{wall:8.2f}{cpu:8.2f}")
    print(f"{'peak memory':<26}{figures['peak_bytes'] / 1e9:8.2f} GB")
    weight = figures["store_bytes"]
    print(f"{'store on disk':<26}{weight / 1e6:8.1f} MB, {weight / figures['people']:.1f} bytes a person")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def make(folder: Path, people: int) -> dict[str, Any]:
    """Register, params.yaml and store of invented submissions in `folder`. Returns what they weigh."""
    register = pd.DataFrame({"kode": UNITS, "nama": [f"Unit {code}" for code in UNITS], "induk": "", "pimpinan": ""})
    kinds = np.resize(["dinas", "badan", "bagian", "kecamatan"], len(UNITS))
    register.assign(jenis=kinds, melapor="ya").to_csv(folder / "unit.csv", index=False)
    given = campaign.load(ROOT / "params" / "kota.yaml").parameters()
    given |= {"wilayah": "Nasional (rekaan)", "register": str(folder / "unit.csv"), "simpan": str(folder / "simpan")}
    (folder / "params.yaml").write_text(yaml.safe_dump(given), encoding="utf-8")
    kampanye = campaign.load(folder / "params.yaml")
    nominatif = _invent(kampanye, people)
    store.append(kampanye.path(kampanye.simpan), {"nominatif": nominatif, **_submissions(kampanye, nominatif)})
    weight = sum(path.stat().st_size for path in (folder / "simpan").rglob("*") if path.is_file())
    return {"people": len(nominatif), "units": len(UNITS), "store_bytes": weight}


def _invent(kampanye: Any, many: int) -> pd.DataFrame:
    """`many` rows of nominatif, shared out by chance; every twentieth unit has none. Serials 900-999 in the NIP."""
    rng = np.random.default_rng(2020)
    codes = np.array([code for at, code in enumerate(UNITS) if at % 20])
    unit = np.sort(rng.integers(0, len(codes), many))
    born = rng.integers(1962, 1999, many) * 10_000 + rng.integers(1, 13, many) * 100 + rng.integers(1, 29, many)
    serial = rng.integers(1, 3, many) * 1000 + rng.integers(900, 1000, many)
    nip = born * 10**10 + 2019 * 10**6 + rng.integers(1, 13, many) * 10**4 + serial
    status = rng.choice(["berhasil", "gagal", "proses", "belum"], many, p=[0.3, 0.1, 0.05, 0.55])
    done = status == "berhasil"
    filled = np.datetime64(kampanye.mulai) + rng.integers(0, 32, many)
    kendala = kampanye.obstacles["kode"].to_numpy(str)
    return pa.table(
        {
            "kiriman": pa.array([_sha(code) for code in codes]).take(pa.array(unit)),
            "baris": np.arange(many) - np.searchsorted(unit, unit) + 7,
            "opd": pa.array(codes).take(pa.array(unit)),
            "tanggal_data": np.full(many, np.datetime64(kampanye.tanggal_data)),
            "nip": pa.array(nip).cast(pa.string()),
            "nama": pc.binary_join_element_wise("Orang Rekaan", pa.array(np.arange(many)).cast(pa.string()), " "),
            "status": status,
            "unit": pa.array([f"Unit Kerja {n:02d}" for n in range(6)]).take(pa.array(rng.integers(0, 6, many))),
            "jenis_asn": rng.choice(["PNS", "PPPK", "PTT"], many, p=[0.9, 0.06, 0.04]),
            "tanggal_isi": pa.array(filled, mask=~done | (rng.random(many) < 0.1)),
            "bukti": pa.array(rng.random(many) < 0.8, mask=~done),
            "kode_kendala": pa.array(
                kendala[rng.integers(0, len(kendala), many)], mask=done | (rng.random(many) < 0.3)
            ),
        }
    ).to_pandas()


def _submissions(kampanye: Any, nominatif: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Counts of every unit, obstacles of those without a nominatif, an activity each, and the receipts."""
    counted = rates.count_statuses(nominatif).reset_index()
    rest = sorted(set(UNITS) - set(counted["opd"]))
    sent = pd.DataFrame({"opd": rest, "jumlah_asn": 120, "berhasil": 40, "gagal": 20, "belum": 60, "bukti": 30})
    rekap = pd.concat([counted, sent], ignore_index=True)
    rekap = rekap.assign(kiriman=rekap["opd"].map(_sha), baris=0, tanggal_data=kampanye.tanggal_data)
    row = rekap[["kiriman", "baris", "opd"]].assign(tanggal=kampanye.tanggal_data)
    few = row[row["opd"].isin(rest)].assign(jumlah_asn=15)
    receipts = rekap[["kiriman", "opd", "tanggal_data"]].assign(
        diterima=GIVEN,
        berkas=rekap["opd"] + ".xlsx",
        hasil="diterima",
        contoh=True,
        lembar="kendala,nominatif,rekap,sosialisasi",
    )
    return {
        "rekap": rekap,
        "kendala": pd.concat([few.assign(kode="K01"), few.assign(kode="K14", baris=1)]),
        "sosialisasi": row.assign(kanal="apel pagi", jumlah_peserta=60),
        "kiriman": receipts,
    }


def _sha(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def measure(folder: Path) -> dict[str, Any]:
    """Seconds of each step of the city's report, by the clock and of CPU, and the peak memory of this process."""
    kampanye = campaign.load(folder / "params.yaml")
    wall: dict[str, float] = {}
    cpu: dict[str, float] = {}

    def timed(name: str, call: Any, *given: Any) -> Any:
        started, used = perf_counter(), process_time()
        result = call(*given)
        wall[name], cpu[name] = perf_counter() - started, process_time() - used
        return result

    target, limit = kampanye.target, kampanye.sel_kecil
    assert len(kampanye.units) == len(UNITS) and len(kampanye.obstacles)  # the register is read once, not measured
    data = timed("store.read", store.read, kampanye)
    assert data.contoh, "invented submissions are marked as sample"
    posisi = timed("rates.position", rates.position, data, kampanye)
    kota = timed("rates.total", rates.total, posisi, target)
    timed("rates.with_rates", rates.with_rates, posisi, target)
    harian = timed("pace.daily", pace.daily, data, kampanye)
    timed("pace.current", pace.current, harian, kampanye.tanggal_data, kampanye.days_off)
    kurva = timed("pace.curve", pace.curve, harian, posisi)
    terhalang = timed("obstacles.blocked", obstacles.blocked, data, posisi, kampanye.obstacles, kampanye.counted_kinds)
    timed("obstacles.by_code", obstacles.by_code, terhalang, kampanye.obstacles, kota["jumlah_asn"], limit)
    parts = timed("obstacles.decomposition", obstacles.decomposition, terhalang, posisi, kampanye.obstacles, limit)
    people = timed("groups.counted", groups.counted, data.nominatif, kampanye)
    timed("groups.by_group sex", groups.by_group, people, "kelamin", limit)
    timed("groups.by_group age", groups.by_group, people, "kelompok_umur", limit)
    timed("coverage.reporting", coverage.reporting, posisi)
    timed("coverage.proofs", coverage.proofs, posisi)
    timed("coverage.headcount_changes", coverage.headcount_changes, data.rekap)
    timed("reconcile.prove", reconcile.prove, posisi, kota, parts, kurva)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # kilobytes on Linux
    return {"wall": wall, "cpu": cpu, "peak_bytes": peak}


if __name__ == "__main__":
    main()
