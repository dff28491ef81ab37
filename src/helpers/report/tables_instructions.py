"""Tables of the three instructions: channels of sosialisasi, offices to be reminded, an office's own checklist."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Kolom, Rangkaian, Tabel, Tanda
from helpers.report.tables import right
from helpers.wording import UNKNOWN, capitalize, day, number

MANY_WITHOUT = 0.25  # of the berhasil without proof: then an office is reminded; told in words in the caption


def channels(saluran: pd.DataFrame, kampanye: Any) -> Tabel | Rangkaian:
    """Sosialisasi by channel; nothing where none is recorded or asked."""
    if saluran.empty or not kampanye.instruksi:
        return Rangkaian([])
    return Tabel(
        [Kolom("Kanal", lebar="1fr"), right("Kegiatan"), right(capitalize(kampanye.unit)), right("Peserta")],
        [
            [capitalize(str(r.kanal)), number(r.kegiatan), number(r.unit), number(r.peserta)]
            for r in saluran.itertuples()
        ],
        f"Kegiatan sosialisasi yang dilaporkan, dari {number(len(kampanye.units))} {kampanye.unit}; peserta {UNKNOWN}: tidak dihitung pada kanal itu; orang yang sama dapat "
        f"terhitung di beberapa kegiatan. Sumber: {kampanye.sumber}.",
    )


def reminders(ukuran: pd.DataFrame, penerangan: pd.DataFrame, kampanye: Any) -> Tabel | Rangkaian:
    """Offices where one of the three instructions is not carried out yet, most people first; nothing where none is.

    Not told of: what an office's submission has no place for (unknown is not undone).
    """
    if not kampanye.instruksi:
        return Rangkaian([])
    known = ukuran.merge(penerangan[["opd", "kegiatan"]], on="opd", how="left")
    without = (known["berhasil"] - known["bukti"]).astype("Float64")
    quiet = known["kegiatan"].eq(0).fillna(False).astype(bool)
    missing = (
        (without.ge(kampanye.sel_kecil) & (without / known["berhasil"]).gt(MANY_WITHOUT)).fillna(False).astype(bool)
    )
    table = known.assign(tanpa=without, sepi=quiet, kurang_bukti=missing)[~known["lapor"] | quiet | missing]
    if table.empty:
        return Rangkaian([])
    table = table.sort_values(["jumlah_asn", "opd"], ascending=[False, True])
    rows = [
        [
            r.nama,
            number(r.jumlah_asn),
            ("belum ada kegiatan" if r.sepi else "") if r.lapor else UNKNOWN,
            (f"{number(r.tanpa)} dari {number(r.berhasil)} tanpa bukti" if r.kurang_bukti else "")
            if r.lapor
            else UNKNOWN,
            "" if r.lapor else "belum lapor",
        ]
        for r in table.itertuples()
    ]
    return Tabel(
        [
            Kolom(f"{capitalize(kampanye.unit)} yang perlu melengkapi", lebar="1fr"),
            right(capitalize(kampanye.orang)),
            Kolom("1 Sosialisasi", lebar="34mm"),
            Kolom("2 Bukti", lebar="38mm"),
            Kolom("3 Monitoring", lebar="26mm"),
        ],
        rows,
        f"{number(len(table))} dari {number(len(ukuran))} {kampanye.unit}: belum lapor, belum mencatat sosialisasi, atau lebih dari "
        f"seperempat yang berhasil belum menyimpan bukti (sedikitnya {number(kampanye.sel_kecil)} orang). Kosong: "
        f"terlaksana atau tidak diketahui. Sumber: {kampanye.sumber}.",
        padat=len(rows) > 12,
    )


def checklist(rows: list[list[str]], keadaan: list[Tanda], kampanye: Any) -> Tabel | Rangkaian:
    """The three instructions with their evidence; nothing in a campaign without them."""
    if not kampanye.instruksi:
        return Rangkaian([])
    return Tabel(
        [
            Kolom("No"),
            Kolom("Status", lebar="27mm"),
            Kolom("Instruksi", lebar="1.3fr"),
            Kolom("Keadaan", lebar="1.3fr"),
            Kolom("Langkah berikutnya", lebar="1.3fr"),
        ],
        [[row[0], state, *row[1:]] for row, state in zip(rows, keadaan, strict=True)],
        f"Tiga instruksi {kampanye.penerima}; keadaan menurut kiriman sampai {day(kampanye.tanggal_data)}. Sumber: {kampanye.sumber}.",
    )
