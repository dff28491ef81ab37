"""The sample a week after the meeting: the same invented people on 24 March 2020, some of them helped in the meantime.

For `make rounds` and its tests only; `pantau contoh` stays on 17 March. Nothing is written here.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from helpers import sample
from helpers.campaign import Campaign
from helpers.sample import SampleFile

LATER = date(2020, 3, 24)
STILL_SILENT = ("KEC-KOTALAMA", "DISPERINDAG")
# Share of those who were blocked on the day of the meeting and were helped since; K06 was called solved and is not.
HELPED = {"K01": 0.35, "K03": 0.5, "K04": 0.75, "K05": 0.25, "K07": 0.4, "K14": 0.3}
# Most offices work from home from 20 March on: no apel pagi any more.
CHANNELS = ("grup WhatsApp", "media sosial", "rapat")


def invent(kampanye: Campaign, seed: int = 2020) -> list[SampleFile]:
    """What the offices send on 24 March; two that were silent now report, two still do not."""
    sizes, people = sample.everyone(kampanye, seed)
    people = _helped(people, np.random.default_rng([seed, LATER.toordinal()]))
    files = []
    for at, opd in enumerate(sizes.index):
        if opd not in STILL_SILENT:
            rng = np.random.default_rng([seed, LATER.toordinal(), at])
            file = sample.submission(kampanye, opd, LATER, people[people["opd"].eq(opd)], rng)
            file.tables["Sosialisasi"] = _activities(kampanye, opd, int(sizes[opd]), rng)
            files.append(file)
    return files


def _helped(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """People with an earlier `selesai_pada` where what blocked them was solved after the meeting."""
    met = pd.Timestamp(sample.DATA_DATE)
    blocked = people["selesai_pada"].isna() | people["selesai_pada"].gt(met)
    chance = people["kode"].map(HELPED).fillna(0)
    solved = blocked & (rng.random(len(people)) < chance)
    working = [day for day in pd.bdate_range(met + timedelta(1), LATER) if day.day_of_week < 5]
    when = pd.Series(rng.choice(np.array(working), len(people)), index=people.index)
    sooner = solved & (people["selesai_pada"].isna() | people["selesai_pada"].gt(when))
    return people.assign(selesai_pada=people["selesai_pada"].mask(sooner, when))


def _activities(kampanye: Campaign, opd: str, size: int, rng: np.random.Generator) -> pd.DataFrame:
    """One or two activities since the meeting; an office that never spread the word begins now, or still does not."""
    if opd in sample.NO_OUTREACH[:2]:
        return pd.DataFrame()
    many = int(rng.integers(1, 3))
    days = sorted(sample.DATA_DATE + timedelta(days=int(d)) for d in rng.choice([1, 2, 3, 6], many, replace=False))
    channels = rng.choice(CHANNELS, size=many, p=[0.6, 0.25, 0.15])
    return pd.DataFrame(
        {
            "tanggal": days,
            "kanal": channels,
            "jumlah_peserta": [None if c == "media sosial" else int(size * rng.uniform(0.4, 0.95)) for c in channels],
            "keterangan": f"Ajakan mengisi {kampanye.singkatan}; menurut tindak lanjut rapat",
        }
    )
