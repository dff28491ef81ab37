"""Invented submissions for a first run, a demonstration and the tests: 52 units, 5.402 people, one seed.

Every person, size and date here is made up; serials 900-999 in the NIP and the stamp on every sheet say so.
Nothing is written here: the command line hands these tables to intake.form.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pandas as pd
from faker import Faker

from helpers.campaign import Campaign
from helpers.schema import CHANNELS

PEOPLE, DONE = 5402, 1621
DATA_DATE = date(2020, 3, 17)
# Invented sizes; the rest is drawn by kind of office, and DISDIKBUD takes what is left of PEOPLE.
SIZES = {"DINKES": 412, "RSUDSKL": 286, "SATPOLPP": 168, "DISHUB": 142, "DLHK": 139, "PUPR": 98, "KORPRI": 15}
SIZE_BY_KIND = {"dinas": (34, 70), "badan": (28, 86), "kecamatan": (100, 125), "bagian": (15, 24)}
# How quick an office is, beside chance; the rest draws its own.
QUICKNESS = {"DISKOMINFO": 7.0, "BKPPD": 5.0, "BAPPEDA": 5.5, "DISDUKCAPIL": 3.2, "INSPEKTORAT": 2.4} | {
    "DISDIKBUD": 0.75, "SATPOLPP": 0.4, "DLHK": 0.5, "DISHUB": 0.6, "DAMKAR": 0.5
}  # fmt: skip
SILENT = ("KEC-KOTALAMA", "PRKP", "DISPERINDAG", "BAG-HUKUM")  # did not report
COUNTS_ONLY = ("BPBD", "DISPAR", "SETWAN", "BAG-UMUM", "KEC-ALAK")  # rekap; the last two as CSV
AS_CSV = ("DISKOMINFO", "BAPENDA", "DISTAN", "INSPEKTORAT")  # nominatif from another program
EARLIER = {
    date(2020, 3, 3): ("BPBD", "SETWAN", "KEC-ALAK"),
    date(2020, 3, 10): ("DINKES", "BPBD", "SETWAN", "KEC-ALAK", "BKAD", "DISKOMINFO"),
}
NO_OUTREACH = ("DAMKAR", "DISPORA", "BAG-PBJ", "DISTAN")
SHARED_PROOFS = {"DINKES": 7, "RSUDSKL": 12}  # place of a proof that three people share
FINGERPRINTED = ("DINKES", "RSUDSKL", "DISKOMINFO", "BKPPD")  # offices that let `pantau bukti` note fingerprints
REMINDERS = (date(2020, 2, 24), date(2020, 3, 5), date(2020, 3, 9))
FAILED = {
    "K01": 28,
    "K02": 10,
    "K03": 7,
    "K04": 20,
    "K05": 10,
    "K06": 6,
    "K07": 8,
    "K08": 5,
    "K09": 2,
    "K10": 4,
}
WAITING = {"K14": 25, "K15": 35, "K16": 6, "": 34}


@dataclass(frozen=True)
class SampleFile:
    """One invented submission: file name, office ("" for the list of headcounts), data date, tables by sheet."""

    name: str
    opd: str
    as_of: date
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)


def invent(kampanye: Campaign, seed: int = 2020) -> list[SampleFile]:
    """All submissions up to 17 March 2020, and the list of headcounts; the same for the same seed."""
    sizes, people = everyone(kampanye, seed)
    headcounts = pd.DataFrame({"opd": sizes.index, "tanggal_data": kampanye.mulai, "jumlah_asn": sizes.to_numpy()})
    files = [SampleFile(f"daftar_jumlah_asn_{kampanye.mulai}.csv", "", kampanye.mulai, {"Rekap": headcounts})]
    for as_of, offices in (*EARLIER.items(), (DATA_DATE, tuple(o for o in sizes.index if o not in SILENT))):
        for opd in offices:
            own = people[people["opd"].eq(opd)]
            files.append(submission(kampanye, opd, as_of, own, np.random.default_rng([seed, len(files)])))
    return files


def everyone(kampanye: Campaign, seed: int = 2020) -> tuple[pd.Series, pd.DataFrame]:
    """Headcounts by office, and every invented person with the day of completion and what stands in the way."""
    rng = np.random.default_rng(seed)
    sizes = _sizes(kampanye.units, rng)
    return sizes, _people(kampanye, sizes, rng, seed)


def _sizes(units: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    drawn = {
        unit.kode: SIZES.get(unit.kode) or int(rng.integers(*SIZE_BY_KIND.get(unit.jenis, (45, 65))))
        for unit in units.itertuples()
    }
    drawn["DISDIKBUD"] = PEOPLE - sum(size for opd, size in drawn.items() if opd != "DISDIKBUD")
    return pd.Series(drawn)


def _calendar(kampanye: Campaign) -> pd.Series:
    """Relative pace per day: slow start, rising, weekends and holidays a quarter, a pulse after each reminder."""
    days = pd.date_range(kampanye.mulai, kampanye.selesai)
    pace = np.linspace(0.5, 1.7, len(days))
    off = days.day_of_week.isin([5, 6]) | days.isin(pd.to_datetime(list(kampanye.days_off)))
    pace = np.where(off, pace * 0.25, pace)
    for reminder in REMINDERS:
        age = (days - pd.Timestamp(reminder)).days
        pace = np.where((age >= 0) & (age < 4), pace * (2.2 - 0.3 * age), pace)
    return pd.Series(pace, index=days)


def _people(kampanye: Campaign, sizes: pd.Series, rng: np.random.Generator, seed: int) -> pd.DataFrame:
    """One row per invented person with `selesai_pada`: the day of completion (NaT: not before the deadline)."""
    opd: np.ndarray = np.repeat(sizes.index.to_numpy(), sizes.to_numpy())
    effect = {o: QUICKNESS.get(o, float(np.exp(rng.normal(0, 0.45)))) for o in sizes.index}
    # Discrete-time hazard: a person finishes once the office's summed pace passes an own exponential threshold.
    # `need` is that threshold in units of calendar pace; one scale makes 1.621 finish by the data date.
    need = rng.exponential(size=len(opd)) / np.array([effect[o] for o in opd])
    calendar = _calendar(kampanye).cumsum()
    reached = need[~np.isin(opd, SILENT)]
    scale = calendar[pd.Timestamp(DATA_DATE)] / np.sort(reached)[DONE - 1]
    place = np.searchsorted(calendar.to_numpy(), need * scale - 1e-12)
    days = [*calendar.index, pd.NaT]
    people = pd.DataFrame({"opd": opd, "selesai_pada": [days[i] for i in np.minimum(place, len(days) - 1)]})
    return pd.concat([people, _identities(len(people), rng, seed), _obstacles(people, kampanye, rng)], axis=1).assign(
        unit=_unit_names(opd, rng)
    )


def _identities(many: int, rng: np.random.Generator, seed: int) -> pd.DataFrame:
    """Invented names and NIP: ages 22-58, about 4% PPPK, serials 900-999, no NIP twice."""
    fake = Faker("id_ID")
    fake.seed_instance(seed)
    seen: set[str] = set()
    rows: list[dict[str, str]] = []
    while len(rows) < many:
        born = date(2020, 3, 1) - timedelta(days=int(rng.integers(22 * 366, 58 * 365)))
        pppk, female = rng.random() < 0.04, rng.random() < 0.58
        started = min(born.year + int(rng.integers(20, 36)), 2019)
        month = 21 if pppk else int(rng.integers(1, 13))
        year = 2019 if pppk else max(started, born.year + 20)
        nip = f"{born:%Y%m%d}{year}{month:02d}{2 if female else 1}{rng.integers(900, 1000)}"
        if nip in seen:
            continue
        seen.add(nip)
        first = fake.first_name_female() if female else fake.first_name_male()
        rows.append({"nip": nip, "nama": f"{first} {fake.last_name()}", "jenis_asn": "PPPK" if pppk else "PNS"})
    return pd.DataFrame(rows)


def _obstacles(people: pd.DataFrame, kampanye: Campaign, rng: np.random.Generator) -> pd.DataFrame:
    """What each person would say while not done: fails from a day on (about 14% of those), or waits, and why."""
    many = len(people)
    phrases = kampanye.obstacles.set_index("kode")["frasa"]
    fails = rng.random(many) < 0.137
    code = np.where(fails, _draw(FAILED, many, rng), _draw(WAITING, many, rng))
    tried = pd.Timestamp(kampanye.mulai) + pd.to_timedelta(rng.integers(2, 31, many), unit="D")
    return pd.DataFrame(
        {
            "gagal_pada": pd.Series(pd.DatetimeIndex(tried)).where(fails),
            "sedang": rng.random(many) < 0.08,
            "kode": code,
            "frasa": [str(rng.choice(phrases[c])) if c else None for c in code],
            "punya_bukti": rng.random(many) < 0.86,
            "lewat_keluarga": rng.random(many) < 0.04,
        }
    )


def _draw(weights: dict[str, int], many: int, rng: np.random.Generator) -> np.ndarray:
    share = np.array(list(weights.values()), dtype=float)
    return rng.choice(list(weights), size=many, p=share / share.sum())


def _unit_names(opd: np.ndarray, rng: np.random.Generator) -> list[str]:
    sizes = pd.Series(opd).value_counts()
    names = []
    for office in opd:
        many = max(2, sizes[office] // 24)
        at = int(rng.integers(0, many))
        names.append("Sekretariat" if at == 0 else f"Unit Kerja {at:02d}")
    return names


def submission(kampanye: Campaign, opd: str, as_of: date, own: pd.DataFrame, rng: np.random.Generator) -> SampleFile:
    """An office's file on a day, in the shape that it sends: its people as they stand, or counts."""
    people = _state(own, as_of)
    tables = {"Sosialisasi": _outreach(kampanye, opd, as_of, len(own), rng)}
    if opd in COUNTS_ONLY:
        tables["Rekap"] = _counts(people, as_of)
        tables["Kendala"] = _reported(kampanye, people, as_of)
        csv = opd in COUNTS_ONLY[-2:]
    else:
        tables["Nominatif"] = people.assign(bukti_sidik=_fingerprints(people, opd)) if opd in FINGERPRINTED else people
        csv = opd in AS_CSV
    return SampleFile(f"{opd}_{as_of}.{'csv' if csv else 'xlsx'}", opd, as_of, tables)


def _state(own: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The nominatif rows of an office as they stand on a day."""
    day = pd.Timestamp(as_of)
    done = own["selesai_pada"].le(day)
    failed = ~done & own["gagal_pada"].le(day)
    waiting = ~done & own["gagal_pada"].isna()
    busy = waiting & own["sedang"]
    status = np.select([done, failed, busy], ["Berhasil", "Gagal", "Proses"], "Belum")
    # Whoever will fail later has said nothing yet.
    code = own["kode"].where((failed | waiting) & own["kode"].ne(""))
    code = code.mask(done & own["lewat_keluarga"], "K13").mask(
        done & ~own["lewat_keluarga"] & ~own["punya_bukti"] & own["sedang"], "K11"
    )
    return pd.DataFrame(
        {
            "nip": own["nip"],
            "nama": own["nama"],
            "unit": own["unit"],
            "jenis_asn": own["jenis_asn"],
            "status": status,
            "tanggal_isi": own["selesai_pada"].where(done),
            "bukti": np.where(done & own["punya_bukti"] & ~own["lewat_keluarga"], "Ada", "Belum"),
            "kode_kendala": code,
            "uraian": own["frasa"].where(failed | (waiting & code.notna())),
        }
    ).reset_index(drop=True)


def _fingerprints(people: pd.DataFrame, opd: str) -> pd.Series:
    """Invented SHA-256 of the proofs kept: every 25th is shared by two, one of some offices by three, one by two offices."""
    kept = people.index[people["bukti"].eq("Ada")]
    whose = dict(zip(kept, people.loc[kept, "nip"], strict=True))
    for at in range(1, len(kept), 25):
        whose[kept[at]] = whose[kept[at - 1]]
    if SHARED_PROOFS.get(opd):
        first = SHARED_PROOFS[opd]
        for at in kept[first : first + 3]:
            whose[at] = whose[kept[first]]
    if opd in ("DISKOMINFO", "BKPPD"):
        whose[kept[-1]] = "satu keluarga di dua kantor"
    return pd.Series(
        {at: hashlib.sha256(f"bukti contoh {nip}".encode()).hexdigest() for at, nip in whose.items()}
    ).reindex(people.index)


def _counts(people: pd.DataFrame, as_of: date) -> pd.DataFrame:
    done = people["status"].eq("Berhasil")
    return pd.DataFrame(
        {
            "tanggal_data": [as_of],
            "jumlah_asn": len(people),
            "berhasil": int(done.sum()),
            "gagal": int(people["status"].eq("Gagal").sum()),
            "belum": int(people["status"].isin(["Belum", "Proses"]).sum()),
            "bukti": int((done & people["bukti"].eq("Ada")).sum()),
        }
    )


def _reported(kampanye: Campaign, people: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Obstacles in people, as an office without a nominatif reports them."""
    known = kampanye.obstacles.set_index("kode")
    blocked = people[people["status"].ne("Berhasil") & people["kode_kendala"].notna()]
    rows = [
        {
            "tanggal": as_of,
            "kode": code,
            "uraian": known.loc[code, "frasa"][0],
            "jumlah_asn": len(group),
            "usulan": known.loc[code, "usulan"],
            "pic": known.loc[code, "pic"],
        }
        for code, group in blocked.groupby("kode_kendala")
    ]
    return pd.DataFrame(rows)


def _outreach(kampanye: Campaign, opd: str, as_of: date, size: int, rng: np.random.Generator) -> pd.DataFrame:
    if opd in NO_OUTREACH:
        return pd.DataFrame()
    many = int(rng.integers(1, 6))
    span = (as_of - kampanye.mulai).days
    days = sorted(kampanye.mulai + timedelta(days=int(d)) for d in rng.integers(3, span + 1, many))
    channels = rng.choice(CHANNELS, size=many, p=[0.35, 0.3, 0.12, 0.08, 0.12, 0.03])
    return pd.DataFrame(
        {
            "tanggal": days,
            "kanal": channels,
            "jumlah_peserta": [
                None if c in ("media sosial", "spanduk/poster") else int(size * rng.uniform(0.3, 0.95))
                for c in channels
            ],
            "keterangan": f"Ajakan mengisi {kampanye.singkatan} dan menyimpan bukti",
        }
    )
