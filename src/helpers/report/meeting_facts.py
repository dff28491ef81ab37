"""What a meeting's papers rest on: measured values, decisions and follow-ups; what is known of the meeting itself.

Which paper says what is left to story_meeting.py, story_brief.py and notulen.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from helpers.report.blocks import Putusan
from helpers.report.letter_blocks import Isian
from helpers.report.rtl import Rtl
from helpers.wording import weekday


@dataclass(frozen=True)
class Bahan:
    """What was measured, under the names of notebooks/laporan_kota.ipynb, and the two lists that the meeting works through."""

    kampanye: Any
    data: Any
    posisi: pd.DataFrame
    ukuran: pd.DataFrame
    kota: pd.Series
    sisa: pd.Series
    laju: pd.Series
    ramalan: pd.Series
    kendala: pd.DataFrame
    pelaporan: pd.Series
    bukti: pd.Series
    penerangan: pd.DataFrame
    putusan: Sequence[Putusan]
    rtl: Sequence[Rtl] = ()
    lalu: Sequence[Rtl] = ()  # follow-ups of earlier meetings as they stand now, done ones too


def wanted(kampanye: Any) -> bool:
    """Whether a campaign has a meeting to prepare: its day or whom it invites is known."""
    return bool(kampanye.rapat or kampanye.rapat_peserta)


def meeting_day(kampanye: Any) -> date | None:
    """Day of the meeting ahead; None where it is not set, or lies before the data date: that meeting is over."""
    when = date.fromisoformat(kampanye.rapat) if kampanye.rapat else None
    return when if when and when >= kampanye.tanggal_data else None


def invited(kampanye: Any) -> list[str]:
    """Who is invited, as the parameter lists them."""
    return [part.strip() for part in kampanye.rapat_peserta.split(";") if part.strip()]


def fields(kampanye: Any) -> list[Isian]:
    """When, where, what about, who chairs; blanks for what is not set. Place and hour of a meeting that is over say nothing
    of the next one."""
    when = meeting_day(kampanye)
    ahead = when is not None or not kampanye.rapat
    return [
        Isian("Hari/tanggal", weekday(when) if when else "", "diisi: hari dan tanggal rapat"),
        Isian("Waktu", kampanye.rapat_waktu if ahead else "", "diisi: pukul berapa sampai pukul berapa"),
        Isian("Tempat", kampanye.rapat_tempat if ahead else "", "diisi: tempat rapat"),
        Isian("Acara", f"Rapat koordinasi {kampanye.kampanye}"),
        Isian("Pimpinan rapat", petunjuk="diisi: jabatan pimpinan rapat"),
    ]
