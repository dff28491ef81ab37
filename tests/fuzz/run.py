"""`make fuzz`: thousands of mutated workbooks through intake into a real store, bounded in number and time.

After each batch the store must hold whole accepted files and nothing of refused ones, and every count must add up.
Anything that raises ends the run with the file kept for a look. Prints one line of figures.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from deltalake import DeltaTable

sys.path.insert(0, str(Path(__file__).parent))
from mutate import mutant

from helpers import campaign, sample, store
from helpers.campaign import Campaign
from helpers.intake import form
from helpers.intake.feedback import write_all
from helpers.intake.outcome import as_json, outcomes
from helpers.intake.receive import receive
from helpers.intake.workbook import read_workbook

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2020, 3, 17, 12, tzinfo=UTC)
BATCH, STORE_BATCHES = 40, 8


def seeds(folder: Path, kampanye: Campaign) -> tuple[list[tuple[str, bytes]], list[list[list[object]]]]:
    """Good files to start from: the sample's smaller forms and lists, and the workbooks of the tests."""
    for file in sample.invent(kampanye)[:40]:
        form.write_submission(folder / file.name, kampanye, file.opd, file.as_of, file.tables, sample=True)
    files = sorted(path for path in folder.iterdir() if path.stat().st_size < 40_000)
    files += (
        sorted(p for p in (ROOT / "tests" / "workbooks").glob("*") if p.suffix != ".md")
        if (ROOT / "tests" / "workbooks").is_dir()
        else []
    )
    grids = []
    for path in files[:25]:
        try:
            sheets = read_workbook(path)
        except ValueError:
            continue
        grids += [[line[:14] for line in sheet.cells[:14]] for sheet in sheets if len(sheet.cells) > 6]
    return [(path.name, path.read_bytes()) for path in files], grids


def check(kampanye: Campaign) -> None:
    """The store holds accepted files whole, refused ones not at all, and no count that can't be."""
    folder = kampanye.path(kampanye.simpan)
    known = store.known(folder)
    accepted = set(known.loc[known["hasil"].eq("diterima"), "kiriman"])
    tables = {
        name: DeltaTable(folder / name).to_pyarrow_table().to_pandas() for name in ("nominatif", "rekap", "kendala")
    }
    for name, table in tables.items():
        assert set(table["kiriman"]) <= accepted, f"{name} holds rows of a refused file"
    assert accepted <= set(tables["rekap"]["kiriman"]), "an accepted file left no count"
    people = tables["nominatif"]
    assert people["nip"].str.fullmatch(r"\d{18}").all(), "a NIP that is none"
    assert not people.duplicated(["kiriman", "opd", "tanggal_data", "nip"]).any(), "a person twice in one file"
    secret = pd.concat([people["uraian"], people["nama"], tables["kendala"]["uraian"]]).dropna()
    assert not secret.str.contains(r"(?<!\d)\d{16}(?!\d)").any(), "a number of 16 digits was stored"
    if accepted:
        data = store.read(kampanye)
        counts = data.rekap.fillna(0)
        assert (counts["berhasil"] + counts["gagal"] + counts["belum"] <= counts["jumlah_asn"]).all()


def main() -> int:
    """Run until the number or the time is reached."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--banyak", type=int, default=10_000)
    options.add_argument("--detik", type=float, default=1500)
    options.add_argument("--benih", type=int, default=2020)
    given = options.parse_args()
    rng, started, done, results = random.Random(given.benih), time.monotonic(), 0, Counter()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        home = Path(name)
        base = campaign.load(ROOT / "params" / "kota.yaml", masuk=str(home / "masuk"))
        start, grids = seeds(home / "benih", base)
        batch = 0
        while done < given.banyak and time.monotonic() - started < given.detik:
            kampanye = base.model_copy(update={"simpan": str(home / f"simpan-{batch // STORE_BATCHES}")})
            inbox = home / f"masuk-{batch}"
            inbox.mkdir()
            paths = []
            for at in range(min(BATCH, given.banyak - done)):
                called, content = mutant(start, grids, rng)
                path = inbox / f"{at:02d}" / called
                path.parent.mkdir()
                path.write_bytes(content)
                paths.append(path)
            try:
                taken = receive(paths, kampanye, NOW)
                write_all(home / "umpan_balik", taken)
                assert all(as_json(outcome) for s in taken for outcome in outcomes(s))
                faults = [f for s in taken for f in s.temuan if f.kode == "kesalahan_program"]
                assert not faults, faults
                assert all(str(f).endswith(".") for s in taken for f in s.temuan)
                check(kampanye)
            except BaseException:
                kept = Path(tempfile.mkdtemp(prefix="fuzz-gagal-"))
                shutil.copytree(inbox, kept / "masuk")
                print(f"Gagal pada berkas ke-{done} sampai ke-{done + len(paths)}; disimpan di {kept}", file=sys.stderr)
                raise
            results.update(s.hasil for s in taken)
            done += len(paths)
            shutil.rmtree(inbox)
            shutil.rmtree(home / "umpan_balik")
            batch += 1
            if batch % STORE_BATCHES == 0:
                shutil.rmtree(kampanye.simpan)
    seconds = time.monotonic() - started
    print(
        f"{done} berkas, {results['diterima']} diterima, {results['ditolak']} ditolak, {seconds:.0f} detik, benih {given.benih}"
    )
    return 0 if done >= given.banyak else 1


if __name__ == "__main__":
    sys.exit(main())
