"""What earlier submissions said: who is on which roster, and each office's counts by day.

Used to repair damaged NIPs, to notice transfers between offices, and to see what changed since the last report.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from helpers import store
from helpers.campaign import Campaign
from helpers.intake.values import fold
from helpers.store import follow_ups

_SAME_NAME = 85  # of 100: titles and spelling differ, people do not


@dataclass(frozen=True)
class Person:
    """An entry of an office's newest roster, and where it stands in the store."""

    nip: str
    nama: str
    opd: str
    tanggal: date
    kiriman: str
    baris: int
    jenis: str = ""


@dataclass(frozen=True)
class Count:
    """An office on an earlier day."""

    tanggal: date
    jumlah: int
    berhasil: int | None


@dataclass
class Logs:
    """Follow-ups that returned logs brought, oldest word first (columns of the store, and `log`: the log's data date);
    the data version now (-1: none) and the newest day with counts."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    versi: int = -1
    terbaru: date | None = None

    def add(self, rows: list[dict[str, Any]]) -> None:
        """Take the rows of another log in; the newest meeting keeps the last word."""
        self.rows = sorted([*self.rows, *rows], key=lambda row: row["tanggal"])


@dataclass
class History:
    """The newest roster of each office and all counts; grows with what is accepted in the same batch."""

    rosters: dict[str, list[Person]] = field(default_factory=dict)
    counts: dict[str, dict[date, Count]] = field(default_factory=lambda: defaultdict(dict))
    logs: Logs = field(default_factory=Logs)
    _by_nip: dict[str, dict[str, Person]] = field(default_factory=lambda: defaultdict(dict))
    _by_start: dict[str, dict[str, Person]] = field(default_factory=lambda: defaultdict(dict))

    def knows(self, nip: str) -> bool:
        """Whether a NIP stands on some roster as it is."""
        return bool(self._by_nip.get(nip))

    def elsewhere(self, nip: str, opd: str) -> list[Person]:
        """Entries of a NIP on rosters of other offices."""
        return [person for office, person in self._by_nip.get(nip, {}).items() if office != opd]

    def repair(self, starts: tuple[str, ...], name: str) -> Person | None:
        """The one person whose NIP begins with these 15 digits and who bears this name; None if none or several."""
        near = [p for start in starts if len(start) == 15 for p in self._by_start.get(start, {}).values()]
        same = [person for person in near if same_name(person.nama, name)]
        return same[0] if len({p.nip for p in same}) == 1 else None

    def before(self, opd: str, as_of: date) -> Count | None:
        """The office's last count before a day."""
        earlier = [count for day, count in self.counts.get(opd, {}).items() if day < as_of]
        return max(earlier, key=lambda count: count.tanggal, default=None)

    def add_roster(self, opd: str, people: list[Person]) -> None:
        """Take a roster in, unless the office's present one is of a later day."""
        for person in people:
            self._by_start[person.nip[:15]][person.nip] = person
        old = self.rosters.get(opd, [])
        if not people or (old and old[0].tanggal > people[0].tanggal):
            return
        for person in old:
            self._by_nip[person.nip].pop(opd, None)
        self.rosters[opd] = people
        for person in people:
            self._by_nip[person.nip][opd] = person

    def add_counts(self, rows: list[dict[str, Any]]) -> None:
        """Take counts in; a later word on the same day replaces the earlier."""
        for row in rows:
            self.counts[row["opd"]][row["tanggal_data"]] = Count(
                row["tanggal_data"], row["jumlah_asn"], row["berhasil"]
            )


def same_name(one: str, other: str) -> bool:
    """Whether two names are one person's: case, order, academic titles and small slips aside."""
    first, second = fold(one), fold(other)
    return bool(first and second) and max(fuzz.ratio(first, second), fuzz.token_set_ratio(first, second)) >= _SAME_NAME


def load(kampanye: Campaign) -> History:
    """The history of a campaign's store; empty if there is none yet."""
    history = History()
    people, counts = store.earlier(kampanye)
    for (opd, _, _), roster in people.groupby(["opd", "tanggal_data", "kiriman"], sort=False):
        columns = ("nip", "nama", "tanggal_data", "kiriman", "baris", "jenis_asn")
        history.add_roster(
            str(opd),
            [
                Person(nip, nama, str(opd), pd.Timestamp(day).date(), kiriman, int(baris), jenis or "")
                for nip, nama, day, kiriman, baris, jenis in zip(*(roster[c].tolist() for c in columns), strict=True)
            ],
        )
    history.add_counts(
        [
            {
                "opd": row.opd,
                "tanggal_data": row.tanggal_data.date(),
                "jumlah_asn": int(row.jumlah_asn),
                "berhasil": None if pd.isna(row.berhasil) else int(row.berhasil),
            }
            for row in counts.itertuples()
        ]
    )
    told = follow_ups.told(kampanye, store.known(kampanye.path(kampanye.simpan)))
    history.logs = Logs([_plain(row) for row in told.rows.to_dict("records")], told.versi, told.terbaru)
    return history


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A row of a frame with None where unknown, and days as dates."""
    known = {str(name): None if pd.isna(value) else value for name, value in row.items()}
    return {n: value.date() if isinstance(value, pd.Timestamp) else value for n, value in known.items()}
