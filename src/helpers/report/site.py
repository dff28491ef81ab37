"""index.html of a run: city figures, links to every document, what failed, who has not reported; one file, no names."""

from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from helpers.report.blocks import STAMP
from helpers.wording import day, number, percent, target_percent, weekday

CITY_FILES = [
    ("Laporan {wilayah} (PDF)", "laporan_kota.pdf"),
    ("Log kendala (PDF)", "log_kendala.pdf"),
    ("Log kendala untuk diisi rapat (Excel)", "log_kendala.xlsx"),
]
OFFICE_FILES = [("laporan", "laporan.pdf"), ("pesan WA", "ringkasan_wa.txt"), ("kartu", "ringkasan_wa.png")]


def index(
    folder: Path, ukuran: pd.DataFrame, kota: Any, kampanye: Any, data: Any, gagal: list[tuple[str, str]], kaki: str
) -> str:
    """The page as HTML. Links only to what stands in `folder`; `gagal`: (report, cause)."""
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
        orang=kampanye.orang,
        angka=[
            (percent(kota["capaian"]), f"capaian, target {target_percent(kampanye.target)}"),
            (number(kota["kekurangan"]), f"{kampanye.orang} lagi sampai {day(kampanye.selesai)}"),
            (f"{number(kota['unit_lapor'])} dari {number(kota['unit'])}", f"{kampanye.unit} melapor"),
        ],
        dokumen=[
            (name.format(wilayah=kampanye.wilayah), path) for name, path in CITY_FILES if (folder / path).is_file()
        ],
        gagal=gagal,
        penyebut=f"{number(kota['berhasil'])} berhasil dari {number(kota['jumlah_asn'])} {kampanye.orang}",
        baris=[_row(folder, r) for r in ordered.itertuples()],
        kaki=kaki,
    )


def _row(folder: Path, row: Any) -> dict[str, Any]:
    links = [(name, f"opd/{row.opd}/{file}") for name, file in OFFICE_FILES]
    return {
        "nama": row.nama,
        "jumlah": number(row.jumlah_asn),
        "berhasil": number(row.berhasil),
        "capaian": percent(row.capaian) if row.lapor else "belum lapor",
        "kurang": number(row.kekurangan),
        "berkas": [(name, path) for name, path in links if (folder / path).is_file()],
    }
