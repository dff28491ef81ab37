"""Fixtures of the batch's tests: real pools, a plan on the sample store, small notebooks that misbehave."""

import dataclasses
import logging

import nbformat
import pytest
import s3fs
from moto.server import ThreadedMotoServer

from helpers import store
from helpers.run import batch, jobs, pool
from helpers.run.delivery import folder_at


@pytest.fixture
def plan(contoh_store):
    """Jobs of the sample, for the given offices (none: all documents)."""
    versi = store.version(contoh_store.path(contoh_store.simpan))

    def make(*codes):
        return jobs.plan(contoh_store, versi, list(codes))

    return make


@pytest.fixture
def notebook(tmp_path):
    """Writes a notebook of the given code cells below the parameters opd, tanggal_data and versi_data."""

    def write(name, *sources):
        names = ["opd", "tanggal_data", "versi_data"]
        first = nbformat.v4.new_code_cell("\n".join(f"{n} = ''" for n in names), metadata={"tags": ["parameters"]})
        nb = nbformat.v4.new_notebook(cells=[first, *map(nbformat.v4.new_code_cell, sources)])
        nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(nb, tmp_path / f"{name}.ipynb")
        return tmp_path / f"{name}.ipynb"

    return write


@pytest.fixture
def instead():
    """A job like another one, with another notebook, told apart in the ledger."""

    def make(job, path, kode):
        keep = {key: job.parameters[key] for key in ("opd", "tanggal_data", "versi_data")}
        new = {"kode": kode, "notebook": path, "parameters": keep, "pdf": f"{kode}.pdf", "salinan": f"{kode}.ipynb"}
        return dataclasses.replace(job, **new)

    return make


@pytest.fixture
def render():
    """Renders jobs into a folder, as `pantau laporan` does, and returns how it went."""

    def run(planned, path, workers=2, warm=True, **options):
        folder = folder_at(path)
        with folder.alone(), pool.local(workers, warm) as opener:
            return batch.run(planned, folder, opener, **options)

    return run


@pytest.fixture
def wadah(monkeypatch, tmp_path):
    """An s3:// address on a server of this machine, which s3fs and workers find through the environment."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "contoh",
        "AWS_SECRET_ACCESS_KEY": "contoh",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().makedirs("laporan", exist_ok=True)
    yield f"s3://laporan/{tmp_path.name}"
    server.stop()
    s3fs.S3FileSystem.clear_instance_cache()
