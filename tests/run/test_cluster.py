"""cluster.py: the same jobs on a real Dask cluster, with a worker killed in the middle, to disk and to s3://."""

import dataclasses
import os
import subprocess
import sys
import time

import psutil
import pytest
from distributed import Client
from pypdf import PdfReader

from helpers.run import batch, cluster
from helpers.run.delivery import TargetError, folder_at

pytestmark = pytest.mark.lambat


@pytest.fixture
def gugus(tmp_path):
    """A scheduler and two worker processes; gives the address."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
             "--scheduler-file", str(tmp_path / "s.json"), "--no-dashboard"],
            stderr=subprocess.DEVNULL,
        )
    ]  # fmt: skip
    started += [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(tmp_path / "s.json"),
             "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard", "--local-directory", str(tmp_path),
             "--memory-limit", "0", "--death-timeout", "60"],
            stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]  # fmt: skip
    with Client(scheduler_file=str(tmp_path / "s.json"), timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        address = client.scheduler.address
    yield address
    for process in started:
        for child in psutil.Process(process.pid).children(recursive=True):
            child.kill()
        process.kill()
        process.wait()


def render_on(address, planned, folder, **options):
    with folder.alone(), cluster.dask(address) as opener:
        return batch.run(planned, folder, opener, **options)


def test_a_worker_killed_in_the_middle_loses_nothing(gugus, plan, tmp_path):
    planned = plan("BPBD", "BAG-SDA", "PRKP", "BAPPEDA", "DINKES", "BAG-UMUM")
    folder = folder_at(tmp_path / "r")
    killed = []

    def kill_one(progress):
        if progress.tuntas == 1 and not killed:
            with Client(gugus, set_as_default=False) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], 9)

    done = render_on(gugus, planned, folder, on_progress=kill_one)
    assert killed and done.gagal == [] and len(done.selesai) == 6
    for job in planned:
        assert f"opd:{job.opd}" in PdfReader(tmp_path / "r" / job.pdf).metadata["/Keywords"]
    assert batch.outdated(planned, folder) == []


def test_results_go_to_object_storage(gugus, plan, wadah, tmp_path, render):
    planned = plan("BPBD", "BAG-SDA")
    remote = folder_at(wadah, "2020-03-17")
    with remote.alone(), cluster.dask(gugus) as opener:
        assert batch.run(planned, remote, opener).gagal == []
    assert batch.outdated(planned, remote) == []
    render(planned, tmp_path / "r")
    for job in planned:  # the very bytes that this machine alone makes
        assert remote.read(job.pdf) == (tmp_path / "r" / job.pdf).read_bytes()


def test_a_worker_with_other_data_fails_the_report_and_delivers_nothing(gugus, plan, tmp_path):
    (job,) = plan("BPBD")

    other = dataclasses.replace(job, kunci="0" * 64)
    done = render_on(gugus, [other], folder_at(tmp_path / "r"))
    assert "memakai kode, parameter, atau data yang lain" in done.gagal[0][1]
    assert not (tmp_path / "r" / job.pdf).exists()


def test_nobody_answers():
    started = time.monotonic()
    with pytest.raises(TargetError, match="tidak menjawab"), cluster.dask("tcp://127.0.0.1:9"):
        pass
    assert time.monotonic() - started < 60


def test_a_cluster_without_workers_is_said(tmp_path, plan):
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
         "--scheduler-file", str(tmp_path / "s.json"), "--no-dashboard"],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with Client(scheduler_file=str(tmp_path / "s.json"), timeout=60, set_as_default=False) as client:
            address = client.scheduler.address
        with pytest.raises(TargetError, match="tidak mempunyai pekerja"):
            render_on(address, plan("BPBD"), folder_at(tmp_path / "r"))
    finally:
        scheduler.kill()
        scheduler.wait()
