"""Entries that a person makes on a page instead of in a workbook: the code of told words, the state of a follow-up.

Each is a submission of its own, so that the data version says whether a report knows it, and it is never changed. Whoever
enters something says what stood there; where somebody else was quicker, nothing is written (ChangedError).
"""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import store
from helpers.campaign import Campaign
from helpers.store import corrected, follow_ups
from helpers.store.delta import readable

FROM, UNDONE = "halaman Jelajah", "halaman Jelajah (pembatalan)"  # in place of a file's name
PAGE = (FROM, UNDONE)


class ChangedError(RuntimeError):
    """Somebody else was quicker. `rows`: the entries that stand there now, columns of the store with `diterima`."""

    def __init__(self, rows: pd.DataFrame) -> None:
        super().__init__("entries changed meanwhile")
        self.rows = rows


def classifications(kampanye: Campaign) -> pd.DataFrame:
    """Every code that was set on a page, oldest first: columns of klasifikasi and `diterima`. StoreError if damaged."""
    folder = kampanye.path(kampanye.simpan)
    taken = _taken(folder)
    with readable(folder):
        return corrected.history(folder, taken["kiriman"]).merge(taken[["kiriman", "diterima"]], on="kiriman")


def decisions(kampanye: Campaign) -> pd.DataFrame:
    """Every word on a follow-up, of meetings and of pages, oldest first: columns of tindak_lanjut, `log`, `diterima`, and
    `berkas`, the workbook that it came with."""
    folder = kampanye.path(kampanye.simpan)
    taken = _taken(folder)
    told = follow_ups.told(kampanye, taken).rows
    return told.merge(taken[["kiriman", "diterima", "berkas"]], on="kiriman")


def classify(
    kampanye: Campaign,
    marks: list[dict[str, str]],
    oleh: str,
    seen: dict[tuple[str, str], str],
    contoh: bool,
    now: datetime,
) -> int:
    """Set codes: `marks` are rows of klasifikasi without kiriman, baris and oleh. `seen`: the submission of the newest entry
    by (kode_asal, sidik_frasa) that the page knows, "" for none. Returns the new data version. ChangedError, StoreError."""
    with _alone(kampanye):
        newest = classifications(kampanye).drop_duplicates(corrected.KEY, keep="last")
        wanted = {(mark["kode_asal"], mark["sidik_frasa"]) for mark in marks}
        here = [tuple(key) in wanted for key in newest[corrected.KEY].itertuples(index=False)]
        others = newest[here]
        known = [seen.get((row.kode_asal, row.sidik_frasa), "") == row.kiriman for row in others.itertuples()]
        if not all(known):
            raise ChangedError(others[[not one for one in known]])
        rows = pd.DataFrame(marks).assign(oleh=oleh, baris=range(len(marks)))
        return _append(kampanye, corrected.TABLE, rows, None, contoh, now)


def decide(
    kampanye: Campaign, row: dict[str, Any], seen: str, log: date, contoh: bool, now: datetime, dari: str = FROM
) -> int:
    """Write down the state of a follow-up: `row` as tindak_lanjut without kiriman and baris. `seen`: the submission of the
    newest word on that number that the page knows, "" for none; `log`: data date of the log that it speaks of; `dari`: UNDONE
    where it takes the last word back. Returns the new data version. ChangedError, StoreError."""
    with _alone(kampanye):
        told = decisions(kampanye)
        own = told[told["nomor"].eq(row["nomor"])].tail(1)
        if (own["kiriman"].iloc[0] if len(own) else "") != seen:
            raise ChangedError(own)
        return _append(kampanye, follow_ups.LOG, pd.DataFrame([row | {"baris": 0}]), log, contoh, now, dari)


def _taken(folder: Path) -> pd.DataFrame:
    known = store.known(folder)
    return known[known["hasil"].eq("diterima")].drop_duplicates("kiriman")


def _append(
    kampanye: Campaign, name: str, rows: pd.DataFrame, log: date | None, contoh: bool, now: datetime, dari: str = FROM
) -> int:
    # The same words twice are two entries: undoing and doing again must both stand.
    content = rows.to_json(date_format="iso") + now.isoformat() + secrets.token_hex(8)
    entry = hashlib.sha256(content.encode()).hexdigest()
    submission = {
        "kiriman": entry, "diterima": now, "berkas": dari, "hasil": "diterima", "contoh": contoh,
        "tanggal_data": log, "lembar": name, "tolak": 0, "peringatan": 0, "catatan": 0,
    }  # fmt: skip
    tables = {name: rows.assign(kiriman=entry), "kiriman": pd.DataFrame([submission])}
    return store.append(kampanye.path(kampanye.simpan), tables)


@contextmanager
def _alone(kampanye: Campaign) -> Iterator[None]:
    """One entry at a time, so that between looking and writing nobody else writes; on this machine."""
    folder = kampanye.path(kampanye.simpan)
    lock = os.open(folder / ".kunci", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)  # an entry takes a fraction of a second: waited for
        yield
    finally:
        os.close(lock)
