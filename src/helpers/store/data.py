"""What the store gives out: a campaign at the end of a day, and that beside what the last report knew."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd


@dataclass(frozen=True)
class Data:
    """What is known of a campaign at the end of a day, from accepted submissions only.

    nominatif: people of each office's newest submission, without NIP, name and free text; `kelamin`
    ("Laki-laki", "Perempuan") and `tahun_lahir` come from the NIP. rekap: every count up to the day, newest
    submission per office and date, with `rinci` True where it was counted from nominatif. kendala: rows of each
    office's newest submission; sosialisasi: activities of all its submissions up to the day, each once; tindak_lanjut:
    every word of a meeting up to the day, oldest first (the last row of a `nomor` is its state); tertulis: nomor and kode of what
    was written down on the log of this very day, which tells nothing of it but keeps its numbers. Unknown counts are NA (Int64).
    """

    nominatif: pd.DataFrame
    rekap: pd.DataFrame
    kendala: pd.DataFrame
    sosialisasi: pd.DataFrame
    lembar_sosialisasi: set[str]  # offices whose submissions had a sheet for activities, empty or not
    tindak_lanjut: pd.DataFrame
    tertulis: pd.DataFrame
    warga: pd.DataFrame  # families by kelurahan or kecamatan: the newest row of each code; empty where none was sent
    kiriman: pd.DataFrame  # accepted ones that the report rests on
    ditolak: pd.DataFrame  # refused ones: nothing of them counts
    tanggal_data: date
    versi: int
    dicatat: datetime  # when the newest submission of this version was taken in, UTC
    contoh: bool  # at least one submission among these is marked as sample


@dataclass(frozen=True)
class Comparison:
    """The state that the last report knew and the state known now; `nominatif` of both has `orang`, a number that the
    same person has in both, and still no NIP.

    lalu: None where there is no earlier report to compare with. saat_itu: True if it is what was known at the time;
    False if the store can't tell (filled in afterwards), so that it is what is known now about that day.
    """

    lalu: Data | None
    kini: Data
    saat_itu: bool
