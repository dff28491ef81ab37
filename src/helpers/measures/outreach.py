"""How the word was spread (sosialisasi): activities and listeners per channel, offices that report none."""

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


def by_office(sosialisasi: pd.DataFrame, posisi: pd.DataFrame, sheets: set[str]) -> pd.DataFrame:
    """opd, kegiatan, terakhir (day of the last activity; NaT if none), for offices that reported.

    `sheets`: offices whose submissions had a place for activities (a Sosialisasi sheet). Their kegiatan is 0 where
    they wrote none; that of the others is NA: a CSV of people says nothing of it.
    """
    grouped = sosialisasi.groupby("opd")
    table = posisi.loc[posisi["lapor"], ["opd"]].set_index("opd")
    counted = grouped.size().reindex(table.index).astype("Int64")
    table["kegiatan"] = counted.mask(counted.isna() & table.index.isin(sheets), 0)
    table["terakhir"] = grouped["tanggal"].max().reindex(table.index)
    return table.reset_index()
