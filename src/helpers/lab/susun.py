"""Renders the reports that a page asked for, in a process of its own: a kernel must answer its page meanwhile.

Standard input: one JSON line, what to render; when it ends, because somebody pressed stop or the kernel is gone, so does the
batch. Standard output: one JSON line whenever something happens. `python -m helpers.lab.susun`.
"""

import json
import os
import signal
import sys
import threading
from typing import Any

from helpers.campaign import CampaignError, build
from helpers.lab.session import REPORTS, report_folder
from helpers.run import batch, jobs, pool, summary
from helpers.run.delivery import BusyError, TargetError, refusal
from helpers.store import StoreError


def main() -> None:
    """Render; never a traceback where a sentence will do."""
    line = sys.stdin.readline()
    if not line:  # stopped before it began
        return
    asked = json.loads(line)
    # A kernel ignores this signal while it waits, and so would whatever it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Thread(target=_stop_with_input, daemon=True).start()
        _render(asked)
    except KeyboardInterrupt:
        _tell({"berhenti": True})
    except (CampaignError, StoreError, BusyError, TargetError) as error:
        _tell({"galat": str(error)})
    except OSError as error:
        _tell({"galat": refusal(error)})


def _render(asked: dict[str, Any]) -> None:
    kampanye = build(asked["parameter"])
    versi = asked["versi"]
    folder = report_folder(kampanye, asked.get("keluar", REPORTS))
    wanted = set(asked["pekerjaan"])
    due = [job for job in jobs.plan(kampanye, versi) if job.kode in wanted]
    with folder.alone(), pool.local(None) as opener:
        try:
            done = batch.run(due, folder, opener, on_progress=_tell_progress)
        finally:
            summary.write_index(kampanye, folder, versi)  # of what stands, also when it was stopped halfway
    failed = [[job.kode, why] for job, why in done.gagal]
    _tell({"selesai": [job.kode for job in done.selesai], "gagal": failed, "disimpan": done.disimpan})


def _tell_progress(progress: batch.Progress) -> None:
    left = progress.sisa_detik
    _tell({"jumlah": progress.jumlah, "tuntas": progress.tuntas, "berjalan": progress.berjalan, "sisa": left})


def _tell(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


def _stop_with_input() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGINT)  # as Ctrl+C on the command line: workers and kernels end too


if __name__ == "__main__":
    main()
