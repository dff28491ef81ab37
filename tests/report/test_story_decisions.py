"""The decisions that a report asks for: from the data by rule, positions and dates named, whatever the data."""

import pandas as pd
import pytest

from helpers.measures import decisions, follow_up
from helpers.report import story_decisions
from helpers.report.blocks import Keputusan, Rangkaian


def asked(ukur, **changes):
    given = {
        "ukuran": ukur.ukuran,
        "kendala": ukur.kendala,
        "kota": ukur.kota,
        "laju": ukur.laju_kota,
        "ramalan": ukur.ramalan_kota,
        "sisa": ukur.sisa,
        "penerangan": ukur.penerangan,
        "bukti": ukur.bukti,
        "kampanye": ukur.kampanye,
    } | changes
    return decisions.asked(**given)


def told(ukur, diminta, **changes):
    kampanye = changes.get("kampanye", ukur.kampanye)
    return story_decisions.decisions(diminta, ukur.kendala, ukur.laju_kota, ukur.ramalan_kota, ukur.sisa, kampanye)


def test_what_a_meeting_decided_and_nobody_did_is_asked_for_again_as_such(ukur):
    row = {"nomor": 1, "temuan": "x", "status": "Proses", "tanggal": pd.Timestamp("2020-03-13"), "kode": "K15"}
    rows = pd.DataFrame([row, row | {"nomor": 2, "kode": "LAPOR", "status": "Selesai"}])
    held = follow_up.states(rows.reindex(columns=[*row, "asal", "orang"]), {}, ukur.kampanye.tanggal_data)
    parts = told(ukur, follow_up.with_decided(asked(ukur), held)).butir
    again = [part.keputusan for part in parts if "Sudah ditetapkan rapat; per 13 Maret belum selesai." in part.hasil]
    none = follow_up.with_decided(
        asked(ukur), follow_up.states(ukur.data.tindak_lanjut, {}, ukur.kampanye.tanggal_data)
    )
    assert none["ditetapkan"].isna().all() and "Sudah" not in told(ukur, none).text()
    assert len(again) == 1 and ukur.kendala.set_index("kode").loc["K15", "usulan"] == again[0]


def test_the_sample_asks_for_five_with_numbers_of_the_report(ukur):
    block = told(ukur, asked(ukur))
    text = block.text()
    assert isinstance(block, Keputusan) and len(block.butir) == 5
    first = ukur.ukuran.nlargest(1, "kekurangan").iloc[0]["nama"]
    assert f"Pengisian didampingi bergiliran di {first}" in text
    assert "Empat OPD yang belum lapor mengirim nominatif. Keadaan 236 ASN belum diketahui." in text
    assert "Belum sempat / enggan (K15) menahan 1.054 ASN, setara 19,5 poin capaian." in text
    assert "diteruskan ke SP Wawancara" in text and "Tenggat: Selasa, 31 Maret" in text
    assert all(b.pic and b.tenggat and b.keputusan.endswith(".") and b.hasil.endswith(".") for b in block.butir)


def test_every_rule_can_be_said(ukur):
    rows = [
        {
            "aturan": rule,
            "unit": ["DINKES"],
            "kode": "K01",
            "orang": 12,
            "andil": 0.1,
            "tenggat": pd.Timestamp("2020-03-18"),
        }
        for rule in ("dampingi", "lapor", "kendala", "lanjutan", "laju", "sosialisasi", "bukti")
    ]
    said = told(ukur, pd.DataFrame(rows)).butir
    assert len(said) == 7
    assert said[0].pic == "Kepala Dinas Kesehatan"
    assert "nan" not in " ".join(b.keputusan + b.hasil for b in said)


def test_an_unknown_headcount_is_not_said_as_a_number(ukur):
    row = {
        "aturan": "lapor",
        "unit": ["DINKES", "PRKP"],
        "kode": "",
        "orang": pd.NA,
        "andil": pd.NA,
        "tenggat": pd.Timestamp("2020-03-18"),
    }
    (said,) = told(ukur, pd.DataFrame([row])).butir
    assert said.hasil == "Keadaan dan jumlah orangnya belum diketahui seluruhnya."
    assert said.pic == "Pimpinan dua OPD itu"


def test_counts_only_ask_what_they_give_ground_for(inggris):
    diminta = asked(inggris)
    assert diminta["aturan"].tolist() == ["dampingi", "laju"]
    assert isinstance(told(inggris, diminta), Keputusan)


def test_nothing_to_decide_is_no_empty_heading(ukur):
    assert told(ukur, asked(ukur).head(0)) == Rangkaian([])


@pytest.mark.parametrize(
    ("changes", "gone"),
    [({"lanjutan": ""}, "lanjutan"), ({"instruksi": False}, "bukti"), ({"instruksi": False}, "sosialisasi")],
)
def test_a_campaign_without_it_is_not_asked_for_it(ukur, changes, gone):
    kampanye = ukur.kampanye.model_copy(update=changes)
    assert gone not in asked(ukur, kampanye=kampanye)["aturan"].tolist()


def test_unknown_values_ask_for_nothing(ukur):
    unknown = ukur.ramalan_kota.copy()
    unknown[["peluang_target", "median_orang"]] = float("nan")
    proofs = pd.Series({"bukti": pd.NA, "berhasil": pd.NA, "kelengkapan": float("nan"), "unit": 0})
    rules = asked(ukur, ramalan=unknown, bukti=proofs, kendala=ukur.kendala.head(0))["aturan"].tolist()
    assert rules == ["dampingi", "lapor", "laju", "sosialisasi"]


def test_after_the_deadline_only_what_still_can_be_done(ukur):
    late = ukur.kampanye.model_copy(update={"tanggal_data": ukur.kampanye.selesai})
    diminta = asked(ukur, kampanye=late, sisa={"hari": 0, "hari_kerja": 0})
    assert set(diminta["aturan"]) <= {"lapor", "lanjutan", "sosialisasi", "bukti"}
    rest = diminta.loc[diminta["aturan"].eq("lanjutan"), "orang"].iloc[0]
    assert rest == ukur.kota["jumlah_asn"] - ukur.kota["berhasil"]
