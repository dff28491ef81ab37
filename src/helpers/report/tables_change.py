"""Tables of the change since the last report: the city part by part, and the offices behind it."""

from typing import Any

import pandas as pd

from helpers.measures.movement import CORRECTIONS, PARTS
from helpers.report.blocks import Rangkaian, Tabel
from helpers.report.cells import Kolom
from helpers.wording import adds_up, capitalize, day, is_unknown, number, points_number

_NAMES = {
    "penyelesaian_baru": "Penyelesaian baru",
    "unit_baru": "{unit} yang baru melapor",
    "terlambat_dicatat": "Koreksi: terlambat dicatat",
    "berhasil_dicabut": "Koreksi: tidak lagi berhasil",
    "daftar_masuk": "Koreksi: masuk daftar, berhasil",
    "daftar_keluar": "Koreksi: keluar dari daftar, berhasil",
    "tidak_terpilah": "Tidak dapat dipilah",
    "unit_hilang": "{unit} yang laporannya tidak berlaku lagi",
}


def parts(gerak: pd.Series, banding: Any, kampanye: Any) -> Tabel | Rangkaian:
    """The city's change part by part, in people and points; nothing without an earlier report.

    `gerak`: movement.total; `banding`: store.Comparison. Parts of nobody are left out.
    """
    if is_unknown(gerak["perubahan"]):
        return Rangkaian([])
    shown = [name for name in _NAMES if gerak[name]]
    rows = [
        [
            capitalize(_NAMES[name].format(unit=kampanye.unit)),
            number(gerak[name], sign=True),
            _points(gerak[f"{name}_poin"]),
        ]
        for name in shown
    ]
    shares = [gerak[f"{name}_poin"] for name in shown]
    if gerak["perubahan_jumlah"]:
        heading = f"Koreksi: jumlah {kampanye.orang} ({number(gerak['perubahan_jumlah'], sign=True)})"
        rows.append([heading, "", _points(gerak["penyebut_poin"])])
        shares.append(gerak["penyebut_poin"])
    rows.append(["Perubahan", number(gerak["perubahan"], sign=True), _points(gerak["perubahan_poin"])])
    after = ""
    if gerak["perubahan_jumlah"]:
        after = f"; pengaruh penyebut sekarang, {number(gerak['jumlah_asn'])}, dihitung sesudahnya"
    known = not is_unknown(gerak["perubahan_poin"])
    rounded = " Poin dibulatkan satu per satu." if known and not adds_up(shares, gerak["perubahan_poin"]) else ""
    return Tabel(
        [
            Kolom(f"Sejak laporan {day(banding.lalu.tanggal_data)}", lebar="1fr"),
            Kolom(f"Berhasil ({kampanye.orang})", "kanan"),
            Kolom("Capaian (poin)", "kanan"),
        ],
        rows,
        f"Poin: bagian dibagi {number(gerak['jumlah_lalu'])} {kampanye.orang}, penyebut laporan lalu{after}.{rounded} "
        f"Sumber: {kampanye.sumber}.",
        kaki=True,
    )


def offices(gerak: pd.DataFrame, banding: Any, kampanye: Any, banyak: int = 10) -> Tabel | Rangkaian:
    """The offices that changed most, in people, each row summing to its change, all of them below; nothing without an
    earlier report or where nothing changed.

    `gerak`: movement.since. Largest change first, then the most that parts hide from each other.
    """
    change = gerak.assign(
        koreksi=gerak[CORRECTIONS].sum(axis=1),
        lapor_ubah=gerak["unit_baru"] + gerak["unit_hilang"],
        gerakan=gerak[PARTS].abs().sum(axis=1),
    )
    stirred = change["gerakan"].gt(0) | change["perubahan_jumlah"].fillna(0).ne(0)
    if not stirred.any():
        return Rangkaian([])
    columns = [
        "penyelesaian_baru",
        "lapor_ubah",
        "koreksi",
        "tidak_terpilah",
        "pindah",
        "perubahan",
        "perubahan_jumlah",
    ]
    size = change["perubahan"].abs().fillna(0)
    ordered = change.assign(ukuran=size)[stirred].sort_values(
        ["ukuran", "gerakan", "opd"], ascending=[False, False, True], kind="stable"
    )
    names = dict(zip(kampanye.units["kode"], kampanye.units["nama"], strict=True))
    top = ordered.head(banyak)
    rows = [
        [names.get(row["opd"], row["opd"]), *(number(row[name], sign=True) for name in columns)]
        for row in top.to_dict("records")
    ]
    rows.append([kampanye.wilayah, *(number(change[name].sum(), sign=True) for name in columns)])
    more = ""
    if len(ordered) > len(top):
        more = f" Ditampilkan {number(len(top))} dari {number(len(ordered))} {kampanye.unit} yang berubah."
    return Tabel(
        [
            Kolom(capitalize(kampanye.unit), lebar="1fr"),
            *(
                Kolom(heading, "kanan")
                for heading in (
                    "Penyelesaian baru",
                    "Baru melapor",
                    "Koreksi",
                    "Tidak terpilah",
                    "Pindah",
                    "Perubahan",
                    f"Jumlah {kampanye.orang}",
                )
            ),
        ],
        rows,
        f"Perubahan jumlah berhasil sejak laporan {day(banding.lalu.tanggal_data)}, dalam orang; kolom terakhir: perubahan "
        f"jumlah {kampanye.orang}. Pindah: berhasil yang dibawa orang yang pindah {kampanye.unit}.{more} Sumber: {kampanye.sumber}.",
        kaki=True,
        padat=True,
    )


def _points(share: Any) -> str:
    return points_number(share, sign=True)
