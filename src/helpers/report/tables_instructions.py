"""Tables of the three instructions: channels of sosialisasi, offices to be reminded, an office's own checklist."""

from typing import Any

import pandas as pd

from helpers.report.blocks import Rangkaian, Tabel
from helpers.report.cells import Kolom, Tanda
from helpers.report.tables import right
from helpers.wording import UNKNOWN, capitalize, day, number, percent, short_day

MOST_QUIET = 10
MANY_WITHOUT = 0.25  # of the berhasil without proof: then an office is reminded; told in words in the caption


def channels(saluran: pd.DataFrame, kampanye: Any) -> Tabel | Rangkaian:
    """Sosialisasi by channel; nothing where none is recorded or asked. `saluran`: outreach.by_channel."""
    if saluran.empty or not kampanye.instruksi:
        return Rangkaian([])
    over = int(saluran["unit_melebihi"].sum())
    cut = (
        f" Peserta yang melebihi jumlah {kampanye.orang} ({number(over)} kali) dihitung 100% dan perlu diperiksa."
        if over
        else ""
    )
    return Tabel(
        [
            Kolom("Kanal", lebar="1fr"),
            right("Kegiatan"),
            right(capitalize(kampanye.unit)),
            right("Terakhir"),
            right("Jangkauan"),
            right(f"dari {kampanye.orang}"),
        ],
        [
            [
                capitalize(str(r.kanal)),
                number(r.kegiatan),
                number(r.unit),
                short_day(r.terakhir),
                percent(r.jangkauan),
                number(r.jumlah_asn),
            ]
            for r in saluran.itertuples()
        ],
        f"Kegiatan sosialisasi menurut semua kiriman, dari {number(len(kampanye.units))} {kampanye.unit}. Jangkauan: peserta kegiatan terbesar "
        f"tiap {kampanye.unit} dibagi jumlah {kampanye.orang} di sana; peserta beberapa kegiatan tidak dijumlahkan, karena orangnya dapat "
        f"sama. {UNKNOWN}: peserta tidak dihitung.{cut} Sumber: {kampanye.sumber}.",
    )


def quiet(sepi: pd.DataFrame, kampanye: Any) -> Tabel | Rangkaian:
    """Offices without an activity, or with the last one longest ago; `sepi`: outreach.quiet. Nothing where none is."""
    if sepi.empty or not kampanye.instruksi:
        return Rangkaian([])
    shown = sepi.head(MOST_QUIET)
    rest = f"{number(len(shown))} dari {number(len(sepi))} {kampanye.unit}" if len(sepi) > len(shown) else "Semua"
    return Tabel(
        [
            Kolom(f"{capitalize(kampanye.unit)} tanpa kegiatan dalam sepekan", lebar="1fr"),
            right(capitalize(kampanye.orang)),
            right("Kegiatan"),
            right("Terakhir"),
            right("Hari sejak itu"),
            right("Jangkauan"),
        ],
        [
            [
                r.nama,
                number(r.jumlah_asn),
                number(r.kegiatan) if r.kegiatan else "belum ada",
                short_day(r.terakhir),
                number(r.hari),
                percent(r.jangkauan),
            ]
            for r in shown.itertuples()
        ],
        f"{rest} yang belum mencatat kegiatan atau yang kegiatan terakhirnya lebih dari sepekan sebelum {day(kampanye.tanggal_data)}, yang terlama "
        f"dahulu. {capitalize(kampanye.unit)} yang kegiatannya tidak diketahui (kiriman tanpa lembar Sosialisasi) tidak termasuk. Sumber: {kampanye.sumber}.",
        padat=True,
    )


def proofs(kurang: pd.DataFrame, kampanye: Any) -> Tabel | Rangkaian:
    """Offices by berhasil without proof; `kurang`: proofs.missing. Nothing where none is missing or asked."""
    if kurang.empty or not kampanye.instruksi:
        return Rangkaian([])
    return Tabel(
        [
            Kolom(f"{capitalize(kampanye.unit)} dengan bukti yang belum lengkap", lebar="1fr"),
            right("Berhasil"),
            right("Bukti ada"),
            right("Tanpa bukti"),
        ],
        [
            [
                r.nama or f"{number(r.unit)} {kampanye.unit} {'lainnya' if len(kurang) > 1 else ''}".strip(),
                number(r.berhasil),
                number(r.bukti),
                number(r.tanpa) if r.tanpa >= kampanye.sel_kecil else f"kurang dari {number(kampanye.sel_kecil)}",
            ]
            for r in kurang.itertuples()
        ],
        f"{capitalize(kampanye.orang)} yang berhasil tanpa bukti tersimpan, terbanyak dahulu; {kampanye.unit} dengan kurang dari {number(kampanye.sel_kecil)} "
        f"orang digabung. Sumber: {kampanye.sumber}.",
        padat=True,
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
