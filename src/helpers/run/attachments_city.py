"""Files beside the city's report: nota dinas, message and card, papers of the meeting. No names, no NIP; the figures of the report itself."""

import pandas as pd

from helpers import store
from helpers.campaign import Campaign
from helpers.measures import coverage, decisions, follow_up, obstacles, outreach, pace, projection, rates
from helpers.report import (
    cards,
    letters,
    meeting,
    meeting_facts,
    messages,
    notulen,
    story,
    story_decisions,
    story_letter,
)
from helpers.report.blocks import Block
from helpers.report.rtl import Rtl


def files(
    kampanye: Campaign, data: store.Data, posisi: pd.DataFrame, rtl: list[Rtl], lalu: list[Rtl]
) -> dict[str, bytes]:
    """nota_dinas.pdf, ringkasan_wa.txt and .png by name; rapat.pdf and notulen.docx where there is a meeting. Measured as in
    notebooks/laporan_kota.ipynb; `rtl`, `lalu`: the follow-ups of the log, and those of earlier meetings."""
    kota = rates.total(posisi, kampanye.target)
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    harian = pace.daily(data, kampanye)
    laju = pace.city_current(pace.current(harian, kampanye.tanggal_data, kampanye.days_off), posisi)
    ramalan = projection.row(projection.table(projection.for_campaign(harian, posisi, kampanye)))
    ukuran = rates.with_rates(posisi, kampanye.target)
    terhalang = obstacles.blocked(data, posisi, kampanye.obstacles, kampanye.counted_kinds)
    kendala = obstacles.by_code(terhalang, kampanye.obstacles, kota["jumlah_asn"], kampanye.sel_kecil)
    penerangan = outreach.by_office(data.sosialisasi, posisi, data.lembar_sosialisasi)
    bukti = coverage.proofs(posisi)
    diminta = decisions.asked(ukuran, kendala, kota, laju, ramalan, sisa, penerangan, bukti, kampanye)
    diminta = follow_up.with_decided(diminta, follow_up.states(data.tindak_lanjut, {}, kampanye.tanggal_data))
    keputusan = story_decisions.texts(diminta, kendala, laju, ramalan, sisa, kampanye)

    def told(singkat: int) -> list[Block]:
        fakta = story_letter.facts(ukuran, kendala, kota, laju, ramalan, sisa, kampanye, singkat)
        return story_letter.letter(fakta, keputusan, kampanye, singkat)

    dokumen = story.document(kampanye, data, posisi, f"Nota dinas {kampanye.singkatan}: {kampanye.wilayah}")
    pesan = messages.for_city(kota, sisa, ramalan, kampanye, data.contoh)
    made = {
        "nota_dinas.pdf": letters.one_page(dokumen, told),
        "ringkasan_wa.txt": messages.whatsapp(pesan).encode(),
        "ringkasan_wa.png": cards.png(pesan),
    }
    if meeting_facts.wanted(kampanye):
        pelaporan = coverage.reporting(posisi)
        bahan = meeting_facts.Bahan(
            kampanye,
            data,
            posisi,
            ukuran,
            kota,
            sisa,
            laju,
            ramalan,
            kendala,
            pelaporan,
            bukti,
            penerangan,
            keputusan,
            rtl,
            lalu,
        )
        made |= {"rapat.pdf": meeting.pdf(bahan), "notulen.docx": notulen.docx(bahan)}
    return made
