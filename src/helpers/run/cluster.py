"""The same jobs on a Dask cluster: an opener of pools, like pool.local, for `--dask ADDRESS`.

A worker is a process with this project, its parameters and the store at hand (a share, or the same folder); start it
with one thread. What it would render is compared with what was asked before it does: other code, other parameters
or other data make a failed report, never a wrong one.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from helpers.run.delivery import TargetError
from helpers.run.jobs import Job, key_here
from helpers.run.kernels import fingerprint
from helpers.run.pool import Opener, Pool
from helpers.run.render import Result, cause, render

CONNECT_SECONDS = 15
LOADED = fingerprint()  # the code as this process has loaded it; a worker may live for days
RETRIES = 2  # of a job whose worker is lost; the scheduler gives it to another one


@contextmanager
def dask(address: str) -> Iterator[Opener]:
    """Opens pools on the cluster of a scheduler. TargetError if Dask is not installed or nobody answers."""
    try:
        from distributed import Client
    except ImportError:
        raise TargetError("Dask belum dipasang; pasang dengan pip: pantau-sp-online[gugus].") from None
    try:
        client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise TargetError(
            f"Penjadwal Dask {address} tidak menjawab ({error}); alamatnya seperti tcp://10.0.0.5:8786."
        ) from None
    with client:

        @contextmanager
        def opened(size: int) -> Iterator[Pool]:
            threads = sum(client.nthreads().values())
            if not threads:
                raise TargetError(f"Penjadwal Dask {address} tidak mempunyai pekerja; jalankan `dask worker` dulu.")
            with client.get_executor(pure=False, retries=RETRIES) as executor:
                yield Pool(executor, min(size, 2 * threads), render_there)  # one running, one at hand

        yield opened


def render_there(job: Job, seconds: float) -> Result:
    """On a worker of the cluster: render, if this machine would make the very same report."""
    now = datetime.now(UTC)
    if fingerprint() != LOADED:
        why = f"Pekerja {socket.gethostname()} memuat kode sebelum kode itu diubah; mulai ulang pekerja itu."
        return Result(job, now, now, galat=why)
    try:
        same = key_here(job) == job.kunci
    except Exception as error:
        return Result(job, now, now, galat=f"Pekerja {socket.gethostname()}: {cause(error)}")
    if not same:
        why = f"Pekerja {socket.gethostname()} memakai kode, parameter, atau data yang lain; samakan lalu ulangi."
        return Result(job, now, now, galat=why)
    return render(job, seconds)
