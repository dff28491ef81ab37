"""later.py: the same invented people a week later; nobody falls back, some were helped."""

import pandas as pd
import pytest

from helpers import sample
from helpers.sample import later


@pytest.fixture(scope="module")
def kemudian(kota):
    """The files of 24 March by office."""
    return {file.opd: file for file in later.invent(kota)}


def people(files):
    tables = [file.tables["Nominatif"] for file in files if "Nominatif" in file.tables]
    return pd.concat(tables).set_index("nip")


def test_two_of_the_four_silent_offices_report_now(kemudian, kota):
    missing = set(kota.units["kode"]) - set(kemudian)
    assert missing == set(later.STILL_SILENT)
    assert missing < set(sample.SILENT)


def test_the_same_people_and_nobody_who_had_succeeded_falls_back(kemudian, kota):
    before = people(f for f in sample.invent(kota) if f.as_of == sample.DATA_DATE)
    after = people(kemudian.values())
    assert set(before.index) < set(after.index)
    done = before.index[before["status"].eq("Berhasil")]
    assert after.loc[done, "status"].eq("Berhasil").all()
    assert after.loc[before.index, "nama"].equals(before["nama"])


def test_what_was_solved_shrank_and_what_was_only_called_so_did_not(kemudian, kota):
    before = people(f for f in sample.invent(kota) if f.as_of == sample.DATA_DATE)
    after = people(kemudian.values()).loc[before.index]

    def blocked(table, kode):
        return int((table["kode_kendala"].eq(kode) & table["status"].ne("Berhasil")).sum())

    assert blocked(after, "K04") < 0.5 * blocked(before, "K04")
    assert blocked(after, "K06") > 0.7 * blocked(before, "K06")


def test_nobody_gathers_at_apel_pagi_from_home(kemudian):
    channels = {c for f in kemudian.values() for c in f.tables["Sosialisasi"].get("kanal", [])}
    assert channels and "apel pagi" not in channels


def test_the_same_seed_gives_the_same_files(kemudian, kota):
    again = {file.opd: file for file in later.invent(kota)}
    assert all(again[opd].tables[name].equals(t) for opd, f in kemudian.items() for name, t in f.tables.items())
