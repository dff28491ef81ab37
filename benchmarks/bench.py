"""`make bench`: every claim about speed, measured side by side in one run on invented data; prints a table.

    python benchmarks/bench.py [--ulang N] [--json FILE] [--tanpa-besar]

Nothing outside a temporary folder is touched. Chromium is used for the usual way if it is installed.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any

import psutil
import yaml

from helpers import campaign, sample, store
from helpers.intake.form import write_submission
from helpers.intake.receive import inbox_files, receive
from helpers.run import batch, jobs, pool
from helpers.run.delivery import Folder

BIN = Path(sys.executable).parent
OFFICES = ["DINKES", "BPBD", "BAG-UMUM"]  # large, middling, small
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def timed(work: Callable[[], Any]) -> float:
    """Wall seconds of one call."""
    started = perf_counter()
    work()
    return perf_counter() - started


def call(*words: Any, **env: str) -> None:
    """Run a command; its output only matters if it fails."""
    done = subprocess.run([str(w) for w in words], cwd=campaign.root(), capture_output=True, env=os.environ | env)
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr.decode()[-2000:]}")


class Bench:
    """A campaign with invented data in a folder of its own, and what is measured on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        base = campaign.load(campaign.root() / "params/kota.yaml")
        values = base.parameters() | {"simpan": str(folder / "simpan"), "masuk": str(folder / "masuk")}
        self.campaign = campaign.build(values)
        self.params = folder / "params.yaml"
        self.params.write_text(yaml.safe_dump(values, allow_unicode=True))
        for file in sample.invent(self.campaign):
            write_submission(
                folder / "masuk" / file.name, self.campaign, file.opd, file.as_of, file.tables, sample=True
            )
        self.received = datetime(2020, 3, 17, 9, tzinfo=UTC)
        receive(inbox_files([folder / "masuk"]), self.campaign, self.received)

    @property
    def version(self) -> int:
        return store.version(self.campaign.path(self.campaign.simpan))

    def plan(self, codes: list[str] | None = None) -> list[jobs.Job]:
        return jobs.plan(self.campaign, self.version, codes)

    def cli(self, *words: str) -> None:
        """`pantau laporan` as a user runs it, into reports/ of the temporary folder."""
        call(BIN / "pantau", "laporan", "--params", self.params, "--keluar", self.folder / "reports", *words)

    def usual(self) -> float:
        """Seconds a document: papermill command, nbconvert to HTML, Chromium to PDF."""

        def one(opd: str) -> None:
            out = self.folder / "usual" / f"{opd}.ipynb"
            out.parent.mkdir(exist_ok=True)
            call(BIN / "papermill", "notebooks/laporan_opd.ipynb", out, "-f", self.params, "-p", "opd", opd)
            call(BIN / "jupyter", "nbconvert", "--to", "html", "--no-input", out)
            if CHROMIUM:
                profile = tempfile.mkdtemp(dir=self.folder)
                flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
                more = "--disable-background-networking --disable-component-update"
                pdf, html = out.with_suffix(".pdf"), out.with_suffix(".html")
                call(
                    CHROMIUM,
                    *flags.split(),
                    *more.split(),
                    f"--user-data-dir={profile}",
                    f"--print-to-pdf={pdf}",
                    html.as_uri(),
                )

        return timed(lambda: [one(opd) for opd in OFFICES]) / len(OFFICES)

    def loop(self) -> float:
        """Seconds a document: papermill and our exporter in one Python process, an ordinary kernel each."""
        code = f"""
import papermill, yaml
from nbconvert.exporters import get_exporter
params = yaml.safe_load(open({str(self.params)!r}))
for opd in {OFFICES!r}:
    nb = papermill.execute_notebook("notebooks/laporan_opd.ipynb", {str(self.folder / "loop.ipynb")!r},
                                    params | {{"opd": opd}}, progress_bar=False)
    get_exporter("laporan")().from_notebook_node(nb)
"""
        return timed(lambda: call(sys.executable, "-c", code)) / len(OFFICES)

    def rendered(self, planned: list[jobs.Job], warm: bool = True) -> float:
        """Seconds for these jobs in a batch, start-up of its processes included."""
        out = Folder(self.folder / f"batch-{len(planned)}-{warm}")

        def work() -> None:
            with out.alone(), pool.local(None, warm) as opener:
                done = batch.run(planned, out, opener)
            if done.gagal:
                raise RuntimeError(done.gagal[0][1])

        seconds = timed(work)
        shutil.rmtree(out.path)
        return seconds

    def many(self, number: int) -> list[jobs.Job]:
        """A plan of `number` documents: that of the city, again and again under other names."""
        plan = self.plan()
        whole = [
            replace(job, kode=f"{at}/{job.kode}", pdf=f"{at}/{job.pdf}", salinan=f"{at}/{job.salinan}")
            for at in range(number // len(plan) + 1)
            for job in plan
        ]
        return whole[:number]

    def one_changed(self, at: int) -> float:
        """Seconds of `pantau laporan` after one office has sent a new workbook: three documents."""
        file = next(f for f in sample.invent(self.campaign, 2021 + at) if f.opd == "BPBD")
        path = self.folder / "masuk" / f"baru-{at}-{file.name}"
        write_submission(path, self.campaign, file.opd, file.as_of, file.tables, sample=True)
        receive([path], self.campaign, self.received + timedelta(minutes=at + 1))
        return timed(self.cli)

    def floor(self) -> tuple[float, dict[str, str]]:
        """Seconds for all documents without kernels and notebooks, in a fresh process; hashes of the PDFs."""
        code = f"""
import json, sys
sys.path.insert(0, "benchmarks")
import floor
from helpers import campaign
from helpers.run.jobs import Job
from pathlib import Path
planned = [Job(**(j | {{"notebook": Path(j["notebook"])}})) for j in json.load(open({str(self.folder / "jobs.json")!r}))]
print(json.dumps(floor.seconds(planned)))
"""
        plan = [vars(job) | {"notebook": str(job.notebook)} for job in self.plan()]
        (self.folder / "jobs.json").write_text(json.dumps(plan))
        done = subprocess.run([sys.executable, "-c", code], cwd=campaign.root(), capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        seconds, hashes = json.loads(done.stdout.splitlines()[-1])
        return seconds, hashes


@contextmanager
def watched_memory() -> Iterator[dict[str, float]]:
    """Highest memory while the block runs, in MB: proportional set size of all our children, and of the largest worker."""
    found = {"all": 0.0, "largest": 0.0}
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            sizes = []
            for child in psutil.Process().children(recursive=True):
                try:
                    sizes.append(child.memory_full_info().pss / 1e6)
                except psutil.Error:
                    continue
            found["all"] = max(found["all"], sum(sizes))
            found["largest"] = max([found["largest"], *sizes])
            sleep(0.3)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join()


def measure(bench: Bench, repeats: int, large: bool) -> dict[str, Any]:
    """All figures, in turns, so that a busy moment of the machine does not fall on one of them alone."""
    figures: dict[str, list[float]] = {}

    def note(name: str, seconds: float) -> None:
        figures.setdefault(name, []).append(seconds)
        print(f"  {name}: {seconds:.2f} s", file=sys.stderr)

    plan = bench.plan()
    few = [job for job in plan if job.opd in OFFICES]
    for at in range(repeats):
        note("usual way, a document", bench.usual())
        note("papermill loop, a document", bench.loop())
        note("batch cold, a document", bench.rendered(plan[: 3 * len(few)], warm=False) / (3 * len(few)))
        seconds, hashes = bench.floor()
        note("floor, 54 documents", seconds)
        note("pantau laporan --paksa, 54 documents", timed(lambda: bench.cli("--paksa")))
        made = {line["pekerjaan"]: line["sidik"] for line in _ledger(bench.folder)}
        if any(made[kode] != sidik for kode, sidik in hashes.items()):
            raise RuntimeError("the floor did not make the same PDFs")
        note("pantau laporan, nothing changed", timed(bench.cli))
        note("pantau laporan, one office changed (3 documents)", bench.one_changed(at))
        for _ in range(3):
            note("pantau --help", timed(lambda: call(BIN / "pantau", "--help")))
    with watched_memory() as memory:
        note("batch warm, 54 documents", bench.rendered(plan))
    for number in (10, 50, 100, 200) if large else ():
        note(f"batch warm, {number} documents", bench.rendered(bench.many(number)))
    return {"seconds": {name: median(values) for name, values in figures.items()}, "memory_mb": memory, "runs": figures}


def _ledger(folder: Path) -> list[dict[str, Any]]:
    path = next((folder / "reports").glob("*/ledger.jsonl"))
    return [json.loads(line) for line in path.read_text().splitlines()]


def table(found: dict[str, Any]) -> str:
    """Medians, and ratios to what they are compared with."""
    s = found["seconds"]
    ours = s["pantau laporan --paksa, 54 documents"]
    lines = ["| what | median, s |", "|---|---:|", *(f"| {name} | {value:.2f} |" for name, value in s.items())]
    ratios = [
        ("usual way, 54 documents, against `pantau laporan --paksa`", 54 * s["usual way, a document"] / ours),
        ("papermill loop, 54 documents, against `pantau laporan --paksa`", 54 * s["papermill loop, a document"] / ours),
        ("batch cold against warm, a document", 54 * s["batch cold, a document"] / s["batch warm, 54 documents"]),
        ("`pantau laporan --paksa` against the floor", ours / s["floor, 54 documents"]),
    ]
    lines += ["", "| ratio | |", "|---|---:|", *(f"| {name} | {value:.1f} |" for name, value in ratios)]
    memory = found["memory_mb"]
    lines += [
        "",
        f"Memory of all processes at once at most {memory['all']:.0f} MB, of the largest {memory['largest']:.0f} MB (PSS).",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ulang", type=int, default=3, help="repeats of each measurement")
    options.add_argument("--json", type=Path, help="where to write all figures")
    options.add_argument("--tanpa-besar", action="store_true", help="leave out 10 to 200 documents")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="pantau-bench-") as folder:
        found = measure(Bench(Path(folder)), given.ulang, not given.tanpa_besar)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pandas", "papermill", "ipykernel", "typst"))
    found["machine"] = (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB, "
        f"{platform.system()}, Python {platform.python_version()}, {libraries}, "
        f"Chromium {'yes' if CHROMIUM else 'not installed'}; {given.ulang} repeats"
    )
    if given.json:
        given.json.write_text(json.dumps(found, indent=1))
    print(found["machine"], table(found), sep="\n\n")


if __name__ == "__main__":
    main()
