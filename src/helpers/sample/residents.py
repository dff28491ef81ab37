"""Invented counts of families by kelurahan for a first run, a demonstration and the tests.

Every figure is made up, the denominators too; their sums are near what would follow the published 4.800 KK that had
answered in the city on 2 March 2020. Nothing is written here: the command line hands it to intake.form_residents.
"""

import numpy as np
import pandas as pd

from helpers.campaign import Campaign

NAME = "warga_2020-03-17.xlsx"
# Invented sums of the city on 17 March 2020.
FAMILIES, TARGET, ANSWERED, CLEAN = 79_200, 0.275, 10_640, 7_330
_KEEN = {"Oebobo": 1.35, "Kelapa Lima": 1.2, "Kota Raja": 1.05, "Maulafa": 1.0, "Kota Lama": 0.9, "Alak": 0.65}


def invent(kampanye: Campaign, seed: int = 2020) -> pd.DataFrame:
    """kode_kel, jumlah_kk, target_kk, merespons, clean for every kelurahan of the register; the same for the same seed."""
    villages = kampanye.villages
    rng = np.random.default_rng([seed, 17])
    size = rng.lognormal(0, 0.5, len(villages))
    families = _shared(FAMILIES, size)
    keen = villages["kecamatan"].map(_KEEN).fillna(1.0).to_numpy() * rng.lognormal(0, 0.28, len(villages))
    answered = np.minimum(_shared(ANSWERED, families * keen), families)
    clean = np.minimum(_shared(CLEAN, answered * rng.uniform(0.85, 1.1, len(villages))), answered)
    return pd.DataFrame(
        {
            "kode_kel": villages["kode_kel"],
            "jumlah_kk": families,
            "target_kk": np.round(families * TARGET).astype("int64"),
            "merespons": answered,
            "clean": clean,
        }
    )


def _shared(whole: int, weights: np.ndarray) -> np.ndarray:
    """Whole numbers in proportion to weights, with exactly this sum."""
    exact = whole * weights / max(weights.sum(), 1e-9)
    parts = np.floor(exact).astype("int64")
    largest = np.argsort(parts - exact)[: whole - int(parts.sum())]
    parts[largest] += 1
    return parts
