"""Files that stand beside a report's PDF, measured from the same data version as the notebook."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import store
from helpers.campaign import Campaign, build
from helpers.measures import carry_over, daily_plan, movement, pace, problem_log, projection, rates, skenario
from helpers.measures.problem_log import Problems
from helpers.report import announcements, cards, excel, excel_log, messages, story, story_rtl
from helpers.report import daily_plan as plan_page
from helpers.report.rtl import Rtl
from helpers.run import attachments_city
from helpers.store import told


@lru_cache(maxsize=1)
def _measured(parameters: str, files: str) -> tuple[Campaign, store.Data, pd.DataFrame]:
    """Read once per process and state of the files that `parameters` point to. Callers must not change what they get."""
    kampanye = build(json.loads(parameters))
    data = store.read(kampanye)
    return kampanye, data, rates.position(data, kampanye)


@lru_cache(maxsize=1)
def _remaining(parameters: str, files: str) -> pd.DataFrame:
    """Who is expected to remain, by office: one set of draws for all the offices that a process makes."""
    kampanye, data, posisi = _measured(parameters, files)
    return carry_over.by_office(projection.for_campaign(pace.daily(data, kampanye), posisi, kampanye), posisi)


def for_job(kode: str, parameters: dict[str, Any], private: Path) -> dict[str, bytes]:
    """Files of a job by name: an office's if `parameters` name one, else the city's or the log's. `private`: a folder to use."""
    shared = {name: value for name, value in parameters.items() if name != "opd"}
    which = json.dumps(shared, sort_keys=True), _state(build(shared))
    measured = _measured(*which)
    if "opd" in parameters:
        return _for_office(*measured, _remaining(*which), parameters["opd"], private)
    masalah, rtl = _problems(*which)
    if kode == "laporan_kota":
        return attachments_city.files(*measured, rtl, story_rtl.earlier(masalah.keadaan))
    return _for_log(measured[0], measured[1], masalah, rtl, private)


def _state(kampanye: Campaign) -> str:
    """Register and catalogue as they are now, and when the store was last written: a cluster's worker lives for long."""
    lists = [kampanye.path(kampanye.register_), kampanye.path(kampanye.daftar_kendala)]
    log = kampanye.path(kampanye.simpan) / "kiriman" / "_delta_log"
    written = sorted((path.name, path.stat().st_mtime_ns) for path in log.iterdir())
    return hashlib.sha256(b"".join(path.read_bytes() for path in lists) + repr(written).encode()).hexdigest()


@lru_cache(maxsize=1)
def _problems(parameters: str, files: str) -> tuple[Problems, list[Rtl]]:
    """The log and its follow-ups, as notebooks/log_kendala.ipynb makes them: for its workbook and the meeting's papers."""
    kampanye, data, posisi = _measured(parameters, files)
    masalah = problem_log.assemble(kampanye, data, posisi, told.kendala(kampanye, data), store.compare(kampanye))
    return masalah, story_rtl.lines(masalah, kampanye)


def _for_log(
    kampanye: Campaign, data: store.Data, masalah: Problems, rtl: list[Rtl], private: Path
) -> dict[str, bytes]:
    """log_kendala.xlsx: inventory and follow-up matrix for the meeting to fill in."""
    target = private / "log_kendala.xlsx"
    excel_log.write_log(target, masalah.log, rtl, data.tindak_lanjut, masalah.kota, kampanye, data)
    return {target.name: target.read_bytes()}


def _for_office(
    kampanye: Campaign, data: store.Data, posisi: pd.DataFrame, tersisa: pd.DataFrame, opd: str, private: Path
) -> dict[str, bytes]:
    """ringkasan_wa.txt and .png, teks_apel.txt, teks_media_sosial.txt (in a campaign with instructions) and, where the
    office reported, rencana_harian.pdf, all without names; daftar_tindak_lanjut.xlsx with names, where the office sent them."""
    row = rates.one(rates.with_rates(posisi, kampanye.target), opd)
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    pesan = messages.for_office(row, sisa, kampanye, data.contoh)
    files = {"ringkasan_wa.txt": messages.whatsapp(pesan).encode(), "ringkasan_wa.png": cards.png(pesan)}
    if kampanye.instruksi:
        files |= {"teks_apel.txt": announcements.assembly(pesan).encode()}
        files |= {"teks_media_sosial.txt": announcements.post(pesan).encode()}
    if row["lapor"]:
        files["rencana_harian.pdf"] = _plan(kampanye, data, posisi, row, sisa)
    people = store.read_people(kampanye, opd, data)
    people = people[people["jenis_asn"].isin(kampanye.counted_kinds)]
    open_ = people[people["status"].ne("berhasil") | ~people["bukti"].fillna(False)]
    if not open_.empty:
        target = private / "daftar_tindak_lanjut.xlsx"
        excel.write_follow_up(target, open_, kampanye, kampanye.unit_of(opd), data, rates.one(tersisa, opd))
        files[target.name] = target.read_bytes()
    return files


def _plan(kampanye: Campaign, data: store.Data, posisi: pd.DataFrame, row: Any, sisa: Any) -> bytes:
    """rencana_harian.pdf of an office that reported."""
    unit = kampanye.unit_of(row["opd"])
    jalur = skenario.required_path(row, kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    then = _against(json.dumps(kampanye.parameters(), sort_keys=True), _state(kampanye))
    own = then[then["opd"].eq(unit.kode)]
    title = f"Rencana harian {kampanye.singkatan}: {unit.nama}"
    document = story.document(kampanye, data, posisi, title, unit.pimpinan, unit.kode)
    return plan_page.page(document, row, daily_plan.plan(jalur), own, sisa, kampanye)


@lru_cache(maxsize=1)
def _against(parameters: str, files: str) -> pd.DataFrame:
    """The last report's plan against what came in, of all offices: once per process, as `_measured`."""
    kampanye = build(json.loads(parameters))
    banding = store.compare(kampanye)
    return daily_plan.against(banding.lalu, movement.since(banding.lalu, banding.kini, kampanye), kampanye)
