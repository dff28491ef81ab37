"""Activities (sosialisasi) of an office: the union over all that it sent, each counted once.

Offices tell of their activities in every submission or only of the new ones; both must give the same sum
(docs/decisions/018). What an activity reached is left to measures/outreach.py.
"""

import pandas as pd

_SAME = ["opd", "tanggal", "kanal", "ke"]


def union(rows: pd.DataFrame, sent: pd.DataFrame) -> pd.DataFrame:
    """The rows of `rows` (sosialisasi: kiriman, baris, opd, tanggal, kanal, jumlah_peserta), each activity once.

    `sent`: kiriman, opd of the submissions that count, oldest first. The same activity: the same office, day, channel
    and running number among those of that day and channel in its submission. The newest submission that tells of it
    wins; listeners that it left empty are those told before. Activities in submissions that are not `sent` are left out.
    """
    order = sent.drop_duplicates(["kiriman", "opd"], keep="last").reset_index(drop=True)
    order = order.assign(urutan=range(len(order)))[["kiriman", "opd", "urutan"]]
    ours = rows.merge(order, on=["kiriman", "opd"]).sort_values(["urutan", "baris"], kind="stable")
    ours["ke"] = ours.groupby(["urutan", "tanggal", "kanal"], dropna=False).cumcount()
    told = ours.groupby(_SAME, dropna=False)["jumlah_peserta"].ffill()
    newest = ours.assign(jumlah_peserta=told).drop_duplicates(_SAME, keep="last")
    return newest.sort_values(_SAME, kind="stable")[list(rows)].reset_index(drop=True)
