"""index.html of a run: city figures, links to every document, what failed, who has not reported; one file, no names."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from helpers.report.blocks import STAMP
from helpers.wording import day, number, percent, target_percent, weekday

CITY_FILES = [
    ("Laporan {wilayah} (PDF)", "laporan_kota.pdf"),
    ("Nota dinas (PDF)", "nota_dinas.pdf"),
    ("Log kendala (PDF)", "log_kendala.pdf"),
    ("Log kendala untuk diisi rapat (Excel)", "log_kendala.xlsx"),
    ("Pesan WhatsApp {wilayah}", "ringkasan_wa.txt"),
    ("Kartu WhatsApp {wilayah}", "ringkasan_wa.png"),
]
OFFICE_FILES = [("laporan", "laporan.pdf"), ("pesan WA", "ringkasan_wa.txt"), ("kartu", "ringkasan_wa.png")]


@dataclass(frozen=True)
class Failure:
    """A report that was not delivered: whose, why, and the executed notebook for a look ("" if there is none)."""

    nama: str
    sebab: str
    salinan: str


def index(
    ada: Callable[[str], bool],
    ukuran: pd.DataFrame,
    kota: Any,
    kampanye: Any,
    data: Any,
    gagal: list[Failure],
    lama: dict[str, int],
    kaki: str,
) -> str:
    """The page as HTML. Links only to files that `ada` knows; `lama`: older data version that an office's report has."""
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
        Path(__file__).with_name("index.html.j2").read_text(encoding="utf-8")
    )
    ordered = ukuran.sort_values(["kekurangan", "jumlah_asn"], ascending=False, na_position="last")
    return template.render(
        judul=f"{kampanye.kampanye}, {kampanye.wilayah}",
        keadaan=f"Keadaan sampai akhir {weekday(kampanye.tanggal_data)}",
        contoh=data.contoh,
        stamp=STAMP,
        unit=kampanye.unit,
        wilayah=kampanye.wilayah,
        orang=kampanye.orang,
        angka=[
            (percent(kota["capaian"]), f"capaian, target {target_percent(kampanye.target)}"),
            (number(kota["kekurangan"]), f"{kampanye.orang} lagi sampai {day(kampanye.selesai)}"),
            (f"{number(kota['unit_lapor'])} dari {number(kota['unit'])}", f"{kampanye.unit} melapor"),
        ],
        dokumen=[(name.format(wilayah=kampanye.wilayah), path) for name, path in CITY_FILES if ada(path)],
        gagal=gagal,
        penyebut=f"{number(kota['berhasil'])} berhasil dari {number(kota['jumlah_asn'])} {kampanye.orang}",
        lama=bool(lama),
        versi=number(data.versi),
        baris=[_row(ada, lama, r) for r in ordered.itertuples()],
        kaki=kaki,
    )


def _row(ada: Callable[[str], bool], lama: dict[str, int], row: Any) -> dict[str, Any]:
    links = [(name, f"opd/{row.opd}/{file}") for name, file in OFFICE_FILES]
    return {
        "nama": row.nama,
        "jumlah": number(row.jumlah_asn),
        "berhasil": number(row.berhasil),
        "capaian": percent(row.capaian) if row.lapor else "belum lapor",
        "kurang": number(row.kekurangan),
        "berkas": [(name, path) for name, path in links if ada(path)],
        "versi": f"versi data {number(lama[row.opd])}" if row.opd in lama else "",
    }
