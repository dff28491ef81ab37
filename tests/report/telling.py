"""Everything that the reports say of one small campaign, from real measures: the blocks of the notebooks, charts as
their captions and alt texts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import toy

from helpers import campaign
from helpers.measures import (
    carry_over,
    comparison,
    coverage,
    decisions,
    groups,
    movement,
    obstacles,
    outreach,
    pace,
    problem_log,
    projection,
    proofs,
    rates,
    reconcile,
    skenario,
)
from helpers.report import (
    captions,
    messages,
    story,
    story_carry_over,
    story_change,
    story_city,
    story_compare,
    story_decisions,
    story_detail,
    story_instructions,
    story_log,
    story_office,
    story_projection,
    story_rtl,
    story_week,
    tables,
    tables_change,
    tables_instructions,
    tables_log,
    tables_projection,
)
from helpers.report.blocks import Block, Gambar, Paragraf

KOTA = Path(__file__).parents[2] / "params" / "kota.yaml"
NAMES = ["Dinas Kesehatan", "Dinas Sosial", "Badan Pendapatan Daerah", "Bagian Umum", "Kecamatan Alak"]
KINDS = ["dinas", "dinas", "badan", "bagian", "kecamatan"]
CODES = "ABCDE"
DAY, LAST = toy.DAY, toy.LAST
# What offices wrote of kendala, as store.told.kendala gives it.
SAID = pd.DataFrame(
    {
        "kode": ["K01", "K14"],
        "sejak": pd.to_datetime([LAST, LAST]),
        "ungkapan": [["nik tidak terdaftar", "ditolak"], []],
    }
)


@lru_cache
def place(
    units: int = 3, day: date = DAY, orang: str = "ASN", unit: str = "OPD", target: float = 0.8, **more: Any
) -> Any:
    """The campaign of params/kota.yaml with a register of its own."""
    known = campaign.load(KOTA, tanggal_data=day, orang=orang, unit=unit, target=target, **more)
    register = pd.DataFrame(
        {"kode": list(CODES), "nama": NAMES, "jenis": KINDS, "induk": "", "pimpinan": "", "alias": ""}
    )
    known.__dict__["units"] = register.head(units)  # a cached property
    known.__dict__["obstacles"] = known.obstacles
    return known


def store(
    rekap: Any = (),
    people: Any = (),
    kendala: Any = (),
    sosialisasi: Any = (),
    day: date = DAY,
    sheets: Any = (),
    tindak: Any = (),
) -> SimpleNamespace:
    """What reports use of a store.Data."""
    known = toy.data(people, [*rekap, *toy.counted_from(list(people))], kendala, day)
    return SimpleNamespace(
        **vars(known),
        sosialisasi=toy.frame(toy.SOSIALISASI, sosialisasi),
        lembar_sosialisasi=set(sheets),
        tindak_lanjut=toy.frame(toy.TINDAK_LANJUT, tindak),
        tertulis=None,
        versi=1,
        dicatat=datetime(2020, 3, 17, 12, tzinfo=UTC),
        contoh=True,
    )


def measured(data: Any, kampanye: Any) -> SimpleNamespace:
    """What both reports measure, under the names of the notebooks."""
    posisi = rates.position(data, kampanye)
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    harian = pace.daily(data, kampanye)
    laju = pace.current(harian, kampanye.tanggal_data, kampanye.days_off)
    proyeksi = projection.for_campaign(harian, posisi, kampanye)
    return SimpleNamespace(
        data=data,
        kampanye=kampanye,
        posisi=posisi,
        kota=rates.total(posisi, kampanye.target),
        sisa=sisa,
        harian=harian,
        laju=laju,
        proyeksi=proyeksi,
        ramalan=projection.table(proyeksi),
        ukuran=pace.with_pace(rates.with_rates(posisi, kampanye.target), laju, sisa),
        terhalang=obstacles.blocked(data, posisi, kampanye.obstacles, kampanye.counted_kinds),
        penerangan=outreach.by_office(data.sosialisasi, posisi, data.lembar_sosialisasi),
        people=groups.counted(data.nominatif, kampanye),
    )


def city(known: Any, before: Any = None, saat_itu: bool = True) -> Iterator[Block]:
    """laporan_kota and log_kendala."""
    data, kampanye, posisi, kota, sisa = known.data, known.kampanye, known.posisi, known.kota, known.sisa
    harian, proyeksi, ramalan, ukuran, terhalang = (
        known.harian,
        known.proyeksi,
        known.ramalan,
        known.ukuran,
        known.terhalang,
    )
    laju_kota = pace.city_current(known.laju, posisi)
    ramalan_kota = projection.row(ramalan)
    kurva = pace.curve(harian, posisi)
    yield story.document(kampanye, data, posisi, "Laporan", kampanye.penerima)
    yield story.city_headline(kota, kampanye, sisa, ramalan_kota)
    yield story.numbers(kota, laju_kota, ramalan_kota, kampanye, sisa)
    yield story.pace_finding(kota, laju_kota, sisa, kampanye, ramalan_kota)
    if not kurva.empty and pd.notna(kota["capaian"]):
        kipas = projection.fan(proyeksi)
        yield Gambar("", captions.progress_alt(kurva, kota, kampanye, "", kipas),
                     captions.progress_caption(kurva, kota, kampanye, "", kipas))  # fmt: skip
    yield story.basis(kota, laju_kota, sisa, kampanye, coverage.stale(posisi, kampanye.tanggal_data))
    lurus = pace.at_constant_pace(kota, laju_kota["laju_kerja"], sisa)
    yield story_projection.rests_on(ramalan, lurus, kampanye, sisa)
    kendala = obstacles.by_code(terhalang, kampanye.obstacles, kota["jumlah_asn"], kampanye.sel_kecil)
    yield story.where_finding(ukuran, kota, kampanye)
    yield tables.top_offices(ukuran, kota, kampanye)
    yield story.obstacle_finding(kendala, kota, kampanye)
    yield tables.top_obstacles(kendala, kota, kampanye)
    yield story_detail.offices_headline(ukuran, kota, kampanye)
    yield tables.offices(ukuran, kota, laju_kota, sisa, kampanye)
    penguraian = obstacles.decomposition(terhalang, posisi, kampanye.obstacles, kampanye.sel_kecil)
    yield story_detail.diagnosis_headline(penguraian, kota, kampanye)
    if len(penguraian):
        yield Gambar("", captions.waterfall_alt(penguraian, kota, kampanye), captions.waterfall_caption(kota, kampanye))
    langkah = skenario.for_campaign(proyeksi, posisi, terhalang, kampanye)
    yield story_projection.scenarios_finding(langkah, kampanye)
    yield tables_projection.scenarios(langkah, kampanye)
    jenis = rates.by(posisi, "jenis", kampanye.target)
    yield story_detail.kinds_finding(jenis, kampanye)
    yield tables.kinds(jenis, kampanye)
    corong = comparison.funnel(ukuran)
    yield story_compare.contribution_finding(comparison.contribution(ukuran), ukuran, kampanye)
    yield story_compare.funnel_finding(ukuran, corong, kampanye)
    if corong["capaian"].notna().any():
        yield Gambar("", captions.funnel_alt(ukuran, corong, kampanye), captions.funnel_caption(corong, kampanye))
    pelaporan, bukti = coverage.reporting(posisi), coverage.proofs(posisi)
    yield story_detail.instructions(pelaporan, bukti, known.penerangan, kampanye)
    yield tables_instructions.channels(outreach.by_channel(data.sosialisasi, posisi), kampanye)
    yield tables_instructions.quiet(outreach.quiet(known.penerangan, posisi, kampanye.tanggal_data), kampanye)
    yield story_instructions.movement(outreach.around(data, kampanye), kampanye)
    kurang = proofs.missing(posisi, kampanye.sel_kecil)
    yield story_instructions.proofs(kurang, proofs.shared(data.nominatif), kampanye)
    yield tables_instructions.proofs(kurang, kampanye)
    yield tables_instructions.reminders(ukuran, known.penerangan, kampanye)
    diminta = decisions.asked(ukuran, kendala, kota, laju_kota, ramalan_kota, sisa, known.penerangan, bukti, kampanye)
    yield story_decisions.decisions(diminta, kendala, laju_kota, ramalan_kota, sisa, kampanye)
    yield story_city.prospect(langkah, kota, kampanye)
    tersisa = carry_over.by_office(proyeksi, posisi)
    alasan = carry_over.by_reason(proyeksi, posisi, terhalang, kampanye.obstacles, kampanye.sel_kecil)
    yield story_carry_over.finding(tersisa, alasan, kampanye)
    yield story_carry_over.tables(tersisa, alasan, kampanye)
    yield story_city.legal_basis(kampanye)
    yield tables_log.brief(kendala, kota, kampanye)
    besar = rates.by(posisi.merge(comparison.sizes(ukuran), on="opd"), "ukuran", kampanye.target)
    yield tables.sizes(besar, kampanye)
    yield story_detail.groups_finding(known.people, kota, kampanye)
    yield tables.groups(groups.by_group(known.people, "kelamin", kampanye.sel_kecil), "Jenis kelamin", kampanye)
    perubahan = coverage.headcount_changes(data.rekap)
    mutu = story_detail.quality_finding(pelaporan, perubahan, bukti, kampanye)
    found = {"diterima": 3, "berperingatan": 1, "peringatan": 1, "catatan": 0, "ditolak": 1}
    yield story_city.quality(mutu, found, kampanye)
    yield tables.quality(posisi, perubahan, kampanye)
    gerak = movement.since(before, data, kampanye)
    gerak_kota = movement.total(gerak)
    banding = SimpleNamespace(lalu=before, kini=data, saat_itu=saat_itu)
    yield story_change.summary(gerak_kota, banding, kampanye)
    yield story_change.change(gerak_kota, banding, kampanye)
    yield tables_change.parts(gerak_kota, banding, kampanye)
    if before is not None:
        yield tables_change.offices(gerak, banding, kampanye)
    yield story_detail.method(kampanye)
    yield from problems(known, penguraian, banding)


def problems(known: Any, penguraian: pd.DataFrame, banding: Any) -> Iterator[Block]:
    """log_kendala."""
    data, kampanye, posisi = known.data, known.kampanye, known.posisi
    masalah = problem_log.assemble(kampanye, data, posisi, SAID, banding)
    reconcile.prove_log(masalah.log, posisi)
    rtl = story_rtl.lines(masalah, kampanye)
    yield story_log.headline(masalah, rtl, kampanye)
    yield story_log.status(masalah, rtl)
    yield tables_log.inventory(masalah.log, masalah.kota, kampanye)
    yield story_log.reconciliation(penguraian, masalah.kota, kampanye)
    yield story_log.done_finding(masalah.keadaan, kampanye)
    yield story_city.follow_ups(masalah.keadaan, kampanye)
    yield tables_log.done(masalah.keadaan, kampanye)
    yield story_log.follow_up_headline(rtl, masalah)
    yield tables_log.matrix(rtl, kampanye)


def office(known: Any, opd: str) -> Iterator[Block]:
    """laporan_opd, and the WhatsApp text."""
    kampanye, posisi, kota, sisa, harian = known.kampanye, known.posisi, known.kota, known.sisa, known.harian
    proyeksi, ukuran, terhalang = known.proyeksi, known.ukuran, known.terhalang
    kami = rates.one(ukuran, opd)
    ramalan = projection.row(known.ramalan, opd)
    yield story_office.headline(kami, kota, kampanye, sisa)
    yield story_office.numbers(kami, ramalan, kampanye, sisa)
    yield story_office.basis(kami, kota, sisa, kampanye)
    yield story_office.pace_finding(kami, sisa, kampanye, ramalan)
    own = harian[harian["opd"].eq(opd)]
    kurva = pace.curve(own, posisi[posisi["opd"].eq(opd)])
    if not kurva.empty and pd.notna(kami["capaian"]):
        kipas = projection.fan(proyeksi, opd)
        yield Gambar("", captions.progress_alt(kurva, kami, kampanye, kami["nama"], kipas),
                     captions.progress_caption(kurva, kami, kampanye, kami["nama"], kipas))  # fmt: skip
    yield story_office.days_finding(harian, kami, kampanye)
    if pace.is_daily(own) and pd.notna(kami["laju_butuh"]) and kami["laju_butuh"] >= 1:
        last = own.set_index("tanggal").tail(11)
        added = (last["berhasil"] - last["tanpa_tanggal"]).astype(float).diff().dropna()
        yield Gambar("", captions.bars_alt(added, kami["laju_butuh"], kampanye), captions.bars_caption(last, kampanye))
    yield story_office.place_finding(kami, kota, kampanye)
    if pd.notna(kami["capaian"]):
        shown = ukuran[ukuran["lapor"] & ukuran["capaian"].notna()]
        yield Gambar("", captions.place_alt(ukuran, opd, kota, kampanye), captions.place_caption(shown, kampanye))
    yield story_compare.like_finding(comparison.like(ukuran, opd), ukuran, kampanye)
    yield story_compare.best_finding(comparison.best_quarter(ukuran), opd, kampanye)
    sendiri = terhalang[terhalang["opd"].eq(opd)]
    kendala = obstacles.by_code(sendiri, kampanye.obstacles, kami["jumlah_asn"], kampanye.sel_kecil)
    yield story_office.obstacles(kendala, kami, kampanye)
    yield tables.office_obstacles(kendala, kami, kampanye)
    yield story_office.steps(skenario.for_campaign(proyeksi, posisi, terhalang, kampanye, opd), kami, kampanye)
    yield story_office.instructions_heading(kampanye)
    keadaan = story_week.states(kami, known.penerangan, kampanye)
    yield tables_instructions.checklist(story_office.checklist(kami, known.penerangan, kampanye), keadaan, kampanye)
    jalur = skenario.required_path(kami, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    yield story_week.headline(kami, jalur, kampanye)
    yield story_week.steps_table(story_week.todo(kami, jalur, kendala, known.penerangan, sisa, kampanye), kampanye)
    yield story_week.milestones(skenario.milestones(jalur), kami, kampanye)
    people = known.people
    units = groups.by_group(
        people[people["opd"].eq(opd)], "unit", kampanye.sel_kecil, 10, ["berhasil", "belum_berhasil"]
    )
    yield story_office.units_finding(units, kami, kampanye)
    yield tables.groups(units, "Unit kerja", kampanye)
    # Lines of a chat: the head, the day and "Langkah pengisian:" are no sentences; *...* is bold.
    said = messages.whatsapp(messages.for_office(kami, sisa, kampanye, contoh=False)).strip().splitlines()
    yield Paragraf([line.replace("*", "") for line in said[1:] if line.endswith(".")])
