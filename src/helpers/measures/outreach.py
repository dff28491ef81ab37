"""How the word was spread (sosialisasi): activities and listeners per channel, offices that report none."""

from datetime import date

import pandas as pd


def by_channel(sosialisasi: pd.DataFrame) -> pd.DataFrame:
    """kanal, kegiatan (activities), unit (offices), peserta (people, NA where no activity counted them)."""
    grouped = sosialisasi.groupby("kanal")
    table = pd.DataFrame(
        {
            "kegiatan": grouped.size(),
            "unit": grouped["opd"].nunique(),
            "peserta": grouped["jumlah_peserta"].sum(min_count=1),
        }
    )
    return table.sort_values(["kegiatan", "unit"], ascending=False).reset_index()


def by_office(sosialisasi: pd.DataFrame, posisi: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """opd, kegiatan, hari_sejak (days since the last activity; NA if none), for offices that reported."""
    grouped = sosialisasi.groupby("opd")
    last = grouped["tanggal"].max()
    table = posisi.loc[posisi["lapor"], ["opd"]].set_index("opd")
    table["kegiatan"] = grouped.size().reindex(table.index, fill_value=0)
    table["hari_sejak"] = (pd.Timestamp(as_of) - last).dt.days.reindex(table.index).astype("Int64")
    return table.reset_index()
