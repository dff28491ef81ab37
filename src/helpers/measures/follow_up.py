"""Follow-ups since the meetings: where each stands, which are late, whether what they are about has shrunk.

Rows come from the store (table tindak_lanjut), each a follow-up on a day; nothing is ever changed in place. Counts are
people. What is said of them is left to report/story_rtl.py and story_log.py.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

DONE = "Selesai"
_TOLD = ["tindak_lanjut", "pic", "tenggat", "rekomendasi", "indikator", "keterangan", "oleh", "kode"]
COLUMNS = ["nomor", "temuan", "status", *_TOLD, "tanggal", "asal", "orang", "kali"]
COLUMNS += ["orang_kini", "selisih", "terbuka", "terlambat"]


def states(tindak_lanjut: pd.DataFrame, kini: Mapping[str, int], as_of: date) -> pd.DataFrame:
    """One row per follow-up, by nomor: its newest row, and how it stands on `as_of`.

    temuan, status ("Belum" where nobody said), the columns that the meeting fills in, tanggal (of the newest row), kali (rows
    so far). asal and orang: data date of the log that it was first handed out with, and the people that it was about
    then. orang_kini: people now, `kini[kode]`; selisih = orang_kini − orang, negative where it shrank; NA where either is
    unknown, as for a kode that `kini` does not know. terbuka: not Selesai; terlambat: open, and due before `as_of`.
    """
    rows = tindak_lanjut.sort_values(["tanggal", "nomor"], kind="stable")
    known = rows.reindex(columns=["nomor", "temuan", "status", "tanggal", "asal", "orang", *_TOLD])
    groups = known.groupby("nomor")
    # A row that came back without its hand-out date says nothing about it; the first that has one does.
    first = groups[["asal", "orang"]].first()
    table = known.drop(columns=["asal", "orang"]).drop_duplicates("nomor", keep="last").set_index("nomor")
    table = table.join(first).assign(kali=groups.size()).sort_index().reset_index()
    now = pd.array([kini.get(kode, pd.NA) if isinstance(kode, str) else pd.NA for kode in table["kode"]], dtype="Int64")
    open_ = table["status"].fillna("Belum").ne(DONE)
    due = pd.to_datetime(table["tenggat"])
    return table.assign(
        status=table["status"].fillna("Belum"),
        orang=table["orang"].astype("Int64"),
        orang_kini=now,
        selisih=lambda t: t["orang_kini"] - t["orang"],
        terbuka=open_,
        terlambat=open_ & due.lt(pd.Timestamp(as_of)),
    )[COLUMNS]


def undecided(keadaan: pd.DataFrame) -> pd.Series:
    """True for an open follow-up that the meeting left as it was handed out: no decision, no deadline, not begun."""
    return keadaan["status"].eq("Belum") & keadaan["tindak_lanjut"].isna() & keadaan["tenggat"].isna()


def with_decided(diminta: pd.DataFrame, keadaan: pd.DataFrame) -> pd.DataFrame:
    """`diminta` (decisions.asked) with `ditetapkan`: the day of the newest word on a follow-up of the same kendala or rule
    that a meeting decided on and that is still open; NaT where there is none."""
    codes = diminta["kode"].where(diminta["kode"].ne(""), diminta["aturan"].str.upper())
    open_ = keadaan[keadaan["terbuka"] & ~undecided(keadaan)]
    newest = open_.groupby("kode")["tanggal"].max().to_dict()
    days = [pd.Timestamp(newest[code]) if code in newest else pd.NaT for code in codes]
    return diminta.assign(ditetapkan=pd.Series(days, diminta.index, dtype="datetime64[us]"))


def numbers(codes: Sequence[str], keadaan: pd.DataFrame, tertulis: pd.DataFrame | None = None) -> list[int]:
    """A number for each kode of a new log: that of its open follow-up, else the next one never used.

    A kode whose follow-up is Selesai gets a new number: what was done once is told as done, what persists is asked for
    again. Of several open ones of a kode the oldest number stands for it. `tertulis`: nomor and kode that were written down on
    this very log since it was handed out; they stay together though the order of the log may be another by now.
    """
    rows = list(keadaan[keadaan["terbuka"]].sort_values("nomor")[["nomor", "kode"]].itertuples(index=False))
    if tertulis is not None:
        rows += tertulis[~tertulis["nomor"].isin(keadaan["nomor"])].sort_values("nomor").itertuples(index=False)
    held: dict[str, int] = {}
    for row in rows:
        if isinstance(row.kode, str):
            held.setdefault(row.kode, int(row.nomor))
    following = int(keadaan["nomor"].max()) if len(keadaan) else 0
    used, given = set(held.values()), []
    for code in codes:
        if code in held:
            given.append(held[code])
            continue
        following += 1
        while following in used:
            following += 1
        given.append(following)
    return given


def summary(keadaan: pd.DataFrame) -> pd.Series:
    """How many follow-ups: jumlah, selesai, proses, belum (open and not late), terlambat; of those whose people are known
    then and now (`terbanding`): menyusut, bertambah, tetap."""
    late, moved = keadaan["terlambat"], keadaan["selisih"].dropna()
    count = {"jumlah": len(keadaan), "selesai": keadaan["status"].eq(DONE).sum(), "terlambat": late.sum()}
    count |= {name.lower(): (keadaan["status"].eq(name) & ~late).sum() for name in ("Proses", "Belum")}
    count |= {"terbanding": len(moved), "menyusut": moved.lt(0).sum(), "bertambah": moved.gt(0).sum()}
    return pd.Series({name: int(value) for name, value in count.items()} | {"tetap": int(moved.eq(0).sum())})


def reopened(kode: str, keadaan: pd.DataFrame) -> Any:
    """Number of the newest follow-up of that kode that is Selesai although nothing of it is open; None where there is none."""
    own = keadaan[keadaan["kode"].eq(kode)]
    if own.empty or own["terbuka"].any():
        return None
    return int(own["nomor"].max())
