"""Measured frames of the sample, once per session, for everything that tells and shows."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from matplotlib.figure import Figure

from helpers import campaign, store
from helpers.intake.receive import receive
from helpers.measures import coverage, obstacles, outreach, pace, problem_log, projection, rates
from helpers.store import told

# Lets these tests import grammar.py, layout.py, pdf_tags.py, telling.py and measures/toy.py under every import mode of pytest.
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "measures")]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """The figures behind the charts that are made, whichever module draws them, in order."""
    kept: list[Figure] = []
    save = Figure.savefig

    def keep(figure: Figure, *args: Any, **more: Any) -> None:
        kept.append(figure)
        save(figure, *args, **more)

    monkeypatch.setattr(Figure, "savefig", keep)
    return kept


def measure(kampanye):
    """What the notebooks measure, under the names they use."""
    data = store.read(kampanye)
    posisi = rates.position(data, kampanye)
    kota = rates.total(posisi, kampanye.target)
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    harian = pace.daily(data, kampanye)
    laju = pace.current(harian, kampanye.tanggal_data, kampanye.days_off)
    terhalang = obstacles.blocked(data, posisi, kampanye.obstacles, kampanye.counted_kinds)
    proyeksi = projection.for_campaign(harian, posisi, kampanye)
    ramalan = projection.table(proyeksi)
    return SimpleNamespace(
        proyeksi=proyeksi,
        ramalan=ramalan,
        ramalan_kota=projection.row(ramalan),
        kampanye=kampanye,
        data=data,
        posisi=posisi,
        kota=kota,
        sisa=sisa,
        harian=harian,
        laju=laju,
        laju_kota=pace.city_current(laju, posisi),
        ukuran=pace.with_pace(rates.with_rates(posisi, kampanye.target), laju, sisa),
        kurva=pace.curve(harian, posisi),
        terhalang=terhalang,
        kendala=obstacles.by_code(terhalang, kampanye.obstacles, kota["jumlah_asn"], kampanye.sel_kecil),
        penguraian=obstacles.decomposition(terhalang, posisi, kampanye.obstacles, kampanye.sel_kecil),
        penerangan=outreach.by_office(data.sosialisasi, posisi, data.lembar_sosialisasi),
        saluran=outreach.by_channel(data.sosialisasi, posisi),
        pelaporan=coverage.reporting(posisi),
        bukti=coverage.proofs(posisi),
    )


@pytest.fixture(scope="session")
def ukur(contoh_store):
    return measure(contoh_store)


@pytest.fixture(scope="session")
def masalah(ukur):
    """The problem log of the sample."""
    cerita = told.kendala(ukur.kampanye, ukur.data)
    return problem_log.assemble(ukur.kampanye, ukur.data, ukur.posisi, cerita, store.compare(ukur.kampanye))


@pytest.fixture(scope="session")
def inggris(tmp_path_factory):
    """The same of the real data: Civil Service People Survey 2021, 51 offices that send counts only."""
    path = Path(__file__).parents[2] / "params" / "csps2021.yaml"
    kampanye = campaign.load(path, simpan=str(tmp_path_factory.mktemp("inggris") / "simpan"))
    receive([path.parents[1] / kampanye.masuk], kampanye, datetime(2021, 11, 20, tzinfo=UTC))
    return measure(kampanye)
