"""Nota dinas: one page whatever the data, blanks instead of inventions, the figures of the report, archival and accessible."""

import io
import re
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from pypdf import PdfReader

from helpers.measures import decisions, pace
from helpers.report import letters, story, story_decisions, story_letter
from helpers.report.blocks import Putusan
from helpers.report.exportable import ExportError


def told(ukur, putusan=None, **kota):
    """The facts and the PDF; keywords replace city values."""
    city = pd.Series(ukur.kota.to_dict() | kota, dtype=object)
    known = (city, ukur.laju_kota, ukur.ramalan_kota, ukur.sisa, ukur.kampanye)
    if putusan is None:
        asked = decisions.asked(
            ukur.ukuran,
            ukur.kendala,
            city,
            ukur.laju_kota,
            ukur.ramalan_kota,
            ukur.sisa,
            ukur.penerangan,
            ukur.bukti,
            ukur.kampanye,
        )
        putusan = story_decisions.texts(
            asked, ukur.kendala, ukur.laju_kota, ukur.ramalan_kota, ukur.sisa, ukur.kampanye
        )
    document = story.document(ukur.kampanye, ukur.data, ukur.posisi, f"Nota dinas {ukur.kampanye.singkatan}")

    def blocks(singkat):
        fakta = story_letter.facts(ukur.ukuran, ukur.kendala, *known, singkat)
        return story_letter.letter(fakta, putusan, ukur.kampanye, singkat)

    return story_letter.facts(ukur.ukuran, ukur.kendala, *known), PdfReader(
        io.BytesIO(letters.one_page(document, blocks))
    )


def text(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def at_the_end(ukur):
    kampanye = ukur.kampanye.model_copy(update={"tanggal_data": ukur.kampanye.selesai})
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    return SimpleNamespace(**vars(ukur) | {"kampanye": kampanye, "sisa": sisa})


def silent(ukur):
    ukuran = ukur.ukuran.assign(lapor=False, berhasil=pd.NA, kekurangan=ukur.ukuran["target_orang"])
    return SimpleNamespace(**vars(ukur) | {"ukuran": ukuran, "kendala": ukur.kendala.head(0)})


NOTHING = {
    "unit_lapor": 0,
    "berhasil": pd.NA,
    "capaian": pd.NA,
    "gagal": pd.NA,
    "belum": pd.NA,
    "asn_belum_lapor": 5402,
}


def test_sample_has_the_form_and_the_figures(ukur):
    facts, reader = told(ukur)
    content = text(reader)
    for label in ("NOTA DINAS", "Kepada", "Yth. Wakil Wali Kota Kupang", "Melalui", "Dari", "Tanggal", "Nomor", "Sifat",
                  "Lampiran", "Hal", "Dengan hormat", "mohon arahan", "NIP", "DATA CONTOH – BUKAN DATA RESMI"):  # fmt: skip
        assert label in content, label
    for blank in (
        "nomor surat",
        "jabatan pengirim",
        "tanggal nota dinas",
        "sifat surat",
        "tanda tangan",
        "nama",
        "NIP",
    ):
        assert f"diisi: {blank}" in content, blank
    assert 4 <= len(facts) <= 6
    assert "30,0 persen: 1.621 dari 5.402 ASN berhasil; target 80 persen, yaitu 4.322 ASN." in facts[0]
    assert "Kekurangan 2.701 ASN dalam 9 hari kerja" in facts[1] and "301 ASN per hari kerja" in facts[1]
    assert "selang 80%" in facts[2] and "peluang mencapai target" in facts[2]
    assert "PIC" in facts[4] and "4 dari 52 OPD belum lapor (236 ASN" in facts[5]


def test_it_is_one_archival_accessible_a4_page(ukur):
    _, reader = told(ukur)
    (page,) = reader.pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"] == "id-ID"
    assert "cakupan:seluruhnya" in reader.metadata["/Keywords"]


@pytest.mark.parametrize(
    ("change", "kota", "says", "never"),
    [
        (None, NOTHING, "Belum ada OPD yang melapor", "persen:"),
        (silent, NOTHING, "Belum ada OPD yang melapor", "1.621"),
        (None, {"unit_lapor": 3, "asn_belum_lapor": 5000}, "belum dapat disimpulkan", "Capaian 30"),
        (None, {"kekurangan": 0, "surplus": 10, "berhasil": 4332, "capaian": 4332 / 5402}, "Target tercapai", "dibutuhkan"),
        (at_the_end, {}, "saat batas waktu 31 Maret", "Tanpa langkah tambahan"),
        (at_the_end, {"jumlah_asn": 5402}, "NOTA DINAS", "per hari kerja"),
    ],
)  # fmt: skip
def test_whatever_the_data_it_is_one_page_and_says_so(ukur, change, kota, says, never):
    _, reader = told(change(ukur) if change else ukur, **kota)
    content = text(reader)
    assert len(reader.pages) == 1 and says in content and never not in content
    assert not re.search(r"\b(nan|None|NaT)\b|<NA>", content)


def test_uk_campaign_has_one_too_without_stamp(inggris):
    facts, reader = told(inggris)
    content = text(reader)
    assert len(reader.pages) == 1 and "Yth. Pengelola survei" in content and "DATA CONTOH" not in content
    assert "Kendala tidak diketahui: data tidak memuat kendala." in facts


def test_nobody_s_text_is_markup(ukur):
    hostile = Putusan("#pagebreak() *tebal* <label> $x$ @ref", "", "_Kepala_ `OPD`", "Rabu")
    _, reader = told(ukur, [hostile])
    assert "#pagebreak() *tebal* <label> $x$ @ref (PIC: _Kepala_ `OPD`; tenggat: Rabu)." in text(reader)


def test_long_decisions_are_told_shorter_and_never_on_a_second_page(ukur):
    long = Putusan("Langkah yang perlu banyak kata. " * 10, "", "Pimpinan semua OPD", "Jumat, 20 Maret")
    _, reader = told(ukur, [long] * 5)
    assert len(reader.pages) == 1
    with pytest.raises(ExportError, match="satu halaman"):
        told(ukur, [Putusan("Terlalu panjang. " * 300, "", "BPS", "Jumat")])


def test_without_decisions_it_asks_for_none(ukur):
    assert "Tidak ada keputusan yang mendesak" in text(told(ukur, [])[1])
    assert date(2020, 3, 17) == ukur.kampanye.tanggal_data
