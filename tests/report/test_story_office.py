"""An office's own sentences at the edge: nobody of the kinds that count, nothing unknown called zero."""

import pandas as pd
import pytest

from helpers.measures import projection, rates
from helpers.report import figures, messages, story_office
from helpers.report.blocks import Rangkaian


@pytest.fixture
def kosong(ukur):
    """An office that reported 0 people."""
    posisi = ukur.posisi.copy()
    at = posisi["opd"].eq("KORPRI")
    posisi.loc[at, [*rates.COUNTS, "tidak_dirinci"]] = 0
    ukuran = rates.with_rates(posisi, 0.8).assign(laju=pd.NA, laju_kerja=pd.NA, laju_butuh=0.0, laju_butuh_kerja=0.0)
    return rates.one(ukuran, "KORPRI"), ukuran


def test_every_part_can_be_said_of_an_office_without_people(ukur, kosong):
    row, ukuran = kosong
    said = [
        story_office.headline(row, ukur.kota, ukur.kampanye, ukur.sisa),
        story_office.numbers(row, projection.row(ukur.ramalan, row["opd"]), ukur.kampanye, ukur.sisa),
        story_office.basis(row, ukur.kota, ukur.sisa, ukur.kampanye),
        story_office.pace_finding(row, ukur.sisa, ukur.kampanye, projection.row(ukur.ramalan, row["opd"])),
        story_office.place_finding(row, ukur.kota, ukur.kampanye),
        story_office.obstacles(ukur.kendala.head(0), row, ukur.kampanye),
    ]
    text = " ".join(block.text() for block in said)
    assert "tidak memiliki ASN yang dihitung" in text and "PNS, PPPK" in text
    assert "Target tercapai" not in text and "sudah berhasil" not in text and "nan" not in text
    assert figures.place_among(ukuran, "KORPRI", ukur.kota, ukur.kampanye) == Rangkaian([])
    assert "Tidak ada ASN yang dihitung (PNS, PPPK)." in messages.whatsapp(
        messages.for_office(row, ukur.sisa, ukur.kampanye, contoh=False)
    )
