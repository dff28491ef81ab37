"""Intake beside pandas + openpyxl on the same 52 workbooks of 104 people, in one run.

    python benchmarks/intake.py [--ulang N]

Ours: open in limited processes, find tables, check, store in Delta, write 52 feedback workbooks. The usual way: only
`pandas.read_excel(engine="openpyxl")` of every sheet, nothing checked, nothing stored. Prints seconds and their ratio.
"""

import argparse
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from helpers import campaign
from helpers.campaign import Campaign
from helpers.intake import feedback, form, receive

PEOPLE, DAY = 104, date(2020, 3, 17)
STATUSES = ["Berhasil", "Gagal", "Belum", "Proses"]


def write_forms(folder: Path, kampanye: Campaign) -> list[Path]:
    """A filled form for each office; every fourth person has a kendala in words alone."""
    paths = []
    for at, opd in enumerate(kampanye.units["kode"]):
        rows = []
        for n in range(PEOPLE):
            status = STATUSES[n % 4]
            rows.append(
                {
                    "nip": f"19{60 + at % 38:02d}{1 + n % 12:02d}{1 + n % 28:02d}2019{1 + at % 12:02d}{1 + n % 2}{1 + (at * 104 + n) % 899:03d}",
                    "nama": f"Nama {opd} {n}",
                    "unit": f"Bidang {n % 5}",
                    "jenis_asn": "PNS",
                    "status": status,
                    "tanggal_isi": DAY if status == "Berhasil" else None,
                    "bukti": "Ada" if status == "Berhasil" else "Belum",
                    "uraian": f"server down saat mengisi ke-{n}" if status == "Gagal" else None,
                }
            )
        path = folder / f"{opd}.xlsx"
        form.write_submission(path, kampanye, opd, DAY, {"Nominatif": pd.DataFrame(rows)})
        paths.append(path)
    return paths


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ulang", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="pantau-bench-") as name:
        home = Path(name)
        base = campaign.load(campaign.root() / "params/kota.yaml")
        paths = write_forms(home / "masuk", base)
        ours, usual = [], []
        for turn in range(given.ulang):
            kampanye = base.model_copy(update={"simpan": str(home / f"simpan-{turn}")})
            started = perf_counter()
            taken = receive.receive(paths, kampanye, datetime(2020, 3, 17, 12, tzinfo=UTC))
            feedback.write_all(home / f"umpan_balik-{turn}", taken)
            ours.append(perf_counter() - started)
            assert all(s.hasil == "diterima" and s.jumlah == PEOPLE for s in taken)
            started = perf_counter()
            for path in paths:
                pd.read_excel(path, sheet_name=None, header=None, dtype=str, engine="openpyxl")
            usual.append(perf_counter() - started)
    print(f"52 buku kerja, {52 * PEOPLE} orang, {given.ulang} kali, nilai tengah (terkecil-terbesar) dalam detik")
    print(f"pantau: baca, periksa, simpan, umpan balik  {median(ours):.2f} ({min(ours):.2f}-{max(ours):.2f})")
    print(f"pandas + openpyxl: baca saja                {median(usual):.2f} ({min(usual):.2f}-{max(usual):.2f})")
    print(f"nisbah                                      {median(usual) / median(ours):.1f}")


if __name__ == "__main__":
    main()
