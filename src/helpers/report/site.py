"""index.html of a run: the city at a glance, every document, what failed, who has not reported; one file, no names.

The page needs nothing beside itself: style and script stand in it, under a content security policy that lets nothing
else run. It is whole without its script; charts are in site_charts.py, sentences are those of the city's report.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

from helpers.measures import coverage
from helpers.measures.pace import at_constant_pace
from helpers.report import captions, site_charts, story, story_projection
from helpers.report.blocks import STAMP
from helpers.wording import (
    UNKNOWN,
    day,
    is_unknown,
    medium_day,
    number,
    pace,
    percent,
    required_pace,
    short_day,
    target_percent,
    weekday,
)

CITY_FILES = [  # name, file, what it is for
    ("Laporan {wilayah}", "laporan_kota.pdf", "PDF · posisi, proyeksi, penyebab, dan pemeriksaan angka"),
    ("Nota dinas", "nota_dinas.pdf", "PDF · pengantar satu halaman untuk pimpinan"),
    ("Log kendala", "log_kendala.pdf", "PDF · kendala dan penanggung jawabnya"),
    ("Log kendala untuk diisi rapat", "log_kendala.xlsx", "Excel · keputusan, PIC, dan tenggat"),
    ("Bahan rapat", "rapat.pdf", "PDF · susunan acara, ringkasan, undangan, keputusan, formulir notulen"),
    ("Notulen untuk diketik", "notulen.docx", "Word · isian rapat dan tindak lanjut"),
    ("Pesan WhatsApp {wilayah}", "ringkasan_wa.txt", "teks siap kirim"),
    ("Kartu WhatsApp {wilayah}", "ringkasan_wa.png", "gambar siap kirim"),
]
OFFICE_FILES = [
    ("laporan", "laporan.pdf"),
    ("rencana", "rencana_harian.pdf"),
    ("pesan WA", "ringkasan_wa.txt"),
    ("kartu", "ringkasan_wa.png"),
    ("apel", "teks_apel.txt"),
    ("medsos", "teks_media_sosial.txt"),
]
WITH_CHARTS = 2000  # offices; with a bar and a small line for each of 35,000 a browser needs most of a minute
LISTED = 40  # offices that are named as silent above the table; all of them stand in the table


@dataclass(frozen=True)
class Failure:
    """A report that was not delivered: whose, why, and the executed notebook for a look ("" if there is none)."""

    nama: str
    sebab: str
    salinan: str
    opd: str = ""


@dataclass(frozen=True)
class Ukuran:
    """What was measured for the page, under the names that the notebooks use: rates, pace, projection.

    `ukuran`: pace.with_pace; `ramalan`: projection.table; `kipas`: projection.fan; `jalur`: skenario.required_path.
    """

    posisi: pd.DataFrame
    kota: pd.Series
    sisa: pd.Series
    harian: pd.DataFrame
    ukuran: pd.DataFrame
    laju_kota: pd.Series
    kurva: pd.DataFrame
    ramalan: pd.DataFrame
    kipas: pd.DataFrame
    jalur: pd.DataFrame


def index(
    ada: Callable[[str], bool],
    ukur: Ukuran,
    kampanye: Any,
    data: Any,
    gagal: list[Failure],
    lama: dict[str, int],
) -> str:
    """The page as HTML. Links only to files that `ada` knows; `lama`: older data version that an office's report has."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["erat"] = _together
    template = environment.from_string(_beside("index.html.j2"))
    style, script = _beside("index.css"), _beside("index.js")
    city, ahead = ukur.kota, ukur.ramalan.iloc[-1]
    rows = _rows(ada, ukur, kampanye, gagal, lama)
    wide = site_charts.curve(ukur, kampanye, 720, 300)
    return template.render(
        kampanye=kampanye,
        stamp=STAMP if data.contoh else "",
        keadaan=f"Keadaan sampai akhir {weekday(kampanye.tanggal_data)}",
        versi=number(data.versi),
        gaya=Markup(style),
        skrip=Markup(script),
        kunci_gaya=_fingerprint(style),
        kunci_skrip=_fingerprint(script),
        judul=story.city_headline(city, kampanye, ukur.sisa, ahead).teks,
        angka=story.numbers(city, ukur.laju_kota, ahead, kampanye, ukur.sisa).butir,
        temuan=_pace_heading(ukur, kampanye),
        kurva=[c for c in (wide, site_charts.curve(ukur, kampanye, 360, 270)) if c],
        keterangan=captions.progress_caption(ukur.kurva, city, kampanye, "", ukur.kipas) if wide else "",
        dokumen=[(name.format(wilayah=kampanye.wilayah), file, use) for name, file, use in CITY_FILES if ada(file)],
        gagal=gagal,
        jumlah_gagal=number(len(gagal)),
        diam=_silent(ukur, kampanye),
        baris=rows,
        banyak=number(len(rows)),
        tersedia=number(sum(r["terbit"] for r in rows)),
        saringan=[
            ("", f"Semua {kampanye.unit}", number(len(rows))),
            ("kurang", "Belum mencapai target", number(sum(r["keadaan"] in ("kurang", "diam") for r in rows))),
            ("diam", "Belum lapor", number(sum(r["keadaan"] == "diam" for r in rows))),
        ],
        temuan_opd=story.where_finding(ukur.ukuran, city, kampanye).judul if city["unit_lapor"] else "",
        penyebut=f"{number(city['berhasil'])} berhasil dari {number(city['jumlah_asn'])} {kampanye.orang}",
        target=target_percent(kampanye.target),
        tanda=f"{100 * kampanye.target:g}",
        garis=site_charts.LINE,
        tanpa_grafik=number(WITH_CHARTS) if len(rows) > WITH_CHARTS else "",
        lama=bool(lama),
        dasar=_basis(ukur, kampanye),
        kaki=story.provenance(kampanye, data, ukur.posisi),
        selesai=day(kampanye.selesai),
    )


def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _together(text: str) -> str:
    """Spans and changes of numbers (41–55%, 66 → 301) that no line break takes apart."""
    return re.sub(r"(?<=\d)–(?=\d)", "\u2060–\u2060", text.replace(" → ", "\u00a0→\u00a0"))


def _fingerprint(text: str) -> str:
    """What the content security policy knows a style or a script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _pace_heading(ukur: Ukuran, kampanye: Any) -> str:
    found = story.pace_finding(ukur.kota, ukur.laju_kota, ukur.sisa, kampanye, ukur.ramalan.iloc[-1])
    return getattr(found, "judul", "") or f"Capaian {kampanye.wilayah}"


def _basis(ukur: Ukuran, kampanye: Any) -> list[str]:
    """What the figures rest on, in the sentences of the city's report."""
    late = coverage.stale(ukur.posisi, kampanye.tanggal_data)
    even = at_constant_pace(ukur.kota, ukur.laju_kota["laju_kerja"], ukur.sisa)
    blocks = (
        story.basis(ukur.kota, ukur.laju_kota, ukur.sisa, kampanye, late),
        story_projection.rests_on(ukur.ramalan, even, kampanye, ukur.sisa),
        story.attribution(kampanye),
    )
    return [text for block in blocks for text in getattr(block, "isi", []) if isinstance(text, str)]


def _silent(ukur: Ukuran, kampanye: Any) -> dict[str, Any]:
    """Offices that have not reported, largest first, and how many people they hold as far as is known."""
    table = ukur.ukuran[~ukur.ukuran["lapor"]].sort_values(
        "jumlah_asn", ascending=False, na_position="last", kind="stable"
    )
    known, people = table["jumlah_asn"].notna(), int(table["jumlah_asn"].sum())
    title = f"{number(len(table))} {kampanye.unit} belum lapor"
    if people:
        title += f", {number(people)} {kampanye.orang}"
    return {
        "judul": title if len(table) else "",
        "daftar": [
            (name, f"{number(n)} {kampanye.orang}" if told else f"jumlah {kampanye.orang} tidak diketahui")
            for name, n, told in zip(table["nama"], table["jumlah_asn"], known, strict=True)
        ][:LISTED],
        "lainnya": number(len(table) - LISTED) if len(table) > LISTED else "",
    }


def _rows(
    ada: Callable[[str], bool], ukur: Ukuran, kampanye: Any, gagal: list[Failure], lama: dict[str, int]
) -> list[dict[str, Any]]:
    ordered = ukur.ukuran.sort_values(
        ["kekurangan", "surplus", "jumlah_asn"], ascending=[False, True, False], na_position="last", kind="stable"
    )
    charts = len(ordered) <= WITH_CHARTS
    drawn = site_charts.lines(ukur.harian, kampanye) if charts else {}
    failed = {failure.opd for failure in gagal if failure.opd}
    # With the year where the campaign spans more than one.
    date = short_day if kampanye.mulai.year == kampanye.selesai.year else medium_day
    rows = []
    for row in ordered.itertuples():
        bar = site_charts.bar(row) if charts else None
        rows.append(
            _row(ada, row, date)
            | {
                "batang": bar,
                "alt": site_charts.bar_alt(row, kampanye) if bar else "",
                "kosong": {"diam": "belum lapor", "kosong": f"tidak ada {kampanye.orang}"}.get(_state(row), ""),
                "garis": drawn.get(row.opd),
                "gagal": row.opd in failed,
                "versi": f"versi data {number(lama[row.opd])}" if row.opd in lama else "",
            }
        )
    return rows


def _row(ada: Callable[[str], bool], row: Any, date: Callable[[Any], str]) -> dict[str, Any]:
    """What is written of an office, beside it what the column sorts by."""
    places = [(name, f"opd/{row.opd}/{file}") for name, file in OFFICE_FILES]
    links = [(name, path) for name, path in places if ada(path)]
    state = _state(row)
    need = "tercapai" if state == "tercapai" else required_pace(row.laju_butuh_kerja)
    return {
        "nama": row.nama,
        "opd": row.opd,
        "keadaan": state,
        "jumlah": (number(row.jumlah_asn), _plain(row.jumlah_asn)),
        "berhasil": (number(row.berhasil), _plain(row.berhasil)),
        "capaian": (percent(row.capaian), _plain(row.capaian)),
        "kurang": (number(row.kekurangan), _plain(row.kekurangan)),
        "laju": (pace(row.laju_kerja), _plain(row.laju_kerja)),
        "perlu": (need, _plain(row.laju_butuh_kerja)),
        "tanggal": (date(row.tanggal_data), row.tanggal_data.toordinal()) if row.lapor else (UNKNOWN, ""),
        "berkas": links,
        "terbit": places[0] in links,
    }


def _state(row: Any) -> str:
    """diam, kosong (nobody to count), tercapai or kurang: what the page's filter goes by."""
    if not row.lapor:
        return "diam"
    if is_unknown(row.kekurangan):
        return "kurang"
    if not row.jumlah_asn:
        return "kosong"
    return "kurang" if row.kekurangan else "tercapai"


def _plain(value: Any) -> str:
    """A value to sort by; nothing for an unknown one, which comes last."""
    return "" if is_unknown(value) else f"{float(value):.10g}"
