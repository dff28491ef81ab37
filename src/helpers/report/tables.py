"""Tables: measured frames to rows of text under headings, each with a caption that names denominator and source.

Numbers are formatted here, last; a suppressed cell shows its mark, an unknown one "–".
"""

from collections.abc import Callable
from typing import Any

import pandas as pd

from helpers.report.blocks import Rangkaian, Tabel, Temuan
from helpers.report.cells import Batang, Kolom
from helpers.wording import (
    UNKNOWN,
    capitalize,
    day,
    is_unknown,
    number,
    pace,
    percent,
    points_number,
    required_pace,
    short_day,
    target_percent,
)

SUPPRESSED = "•"
PART_NAMES = {"berhasil": "Berhasil", "gagal": "Gagal", "belum": "Belum", "belum_berhasil": "Belum berhasil"}


def right(heading: str, width: str = "auto") -> Kolom:
    """A column of numbers."""
    return Kolom(heading, "kanan", width)


def _bar(row: Any, kampanye: Any) -> Batang:
    """The office as a bar; unknown split stands in the rest, silence is an empty outline."""
    if is_unknown(row.berhasil):
        return Batang(tanpa="belum lapor", target=kampanye.target)
    if not row.jumlah_asn:
        return Batang(tanpa=f"tidak ada {kampanye.orang}", target=kampanye.target)
    failed = 0 if is_unknown(row.gagal) else int(row.gagal)
    rest = int(row.jumlah_asn) - int(row.berhasil) - failed
    parts = (
        f"gagal {number(failed)}, belum {number(rest)}"
        if not is_unknown(row.gagal)
        else f"tidak dirinci {number(rest)}"
    )
    alt = f"Berhasil {number(row.berhasil)}, {parts} dari {number(row.jumlah_asn)} {kampanye.orang}."
    return Batang(int(row.berhasil), failed, rest, kampanye.target, alt)


def _share_bar(row: Any, kampanye: Any) -> Batang:
    """A group as a bar of berhasil alone, so that no suppressed cell can be measured off it; none where that is hidden."""
    if is_unknown(row["berhasil"]) or is_unknown(row["capaian"]):
        return Batang(tanpa="disamarkan", target=kampanye.target)
    done, whole = int(row["berhasil"]), int(row["jumlah_asn"])
    alt = f"Berhasil {number(done)} dari {number(whole)} {kampanye.orang}."
    return Batang(done, 0, whole - done, kampanye.target, alt)


def _gap(row: Any) -> str:
    """People beside the target: −182, 0, +5."""
    return number(int(row.surplus) - int(row.kekurangan), sign=True) if not is_unknown(row.kekurangan) else UNKNOWN


def _needed(row: Any, value: Any) -> str:
    return "tercapai" if not is_unknown(row.kekurangan) and row.kekurangan == 0 else required_pace(value)


def top_offices(ukuran: pd.DataFrame, kota: Any, kampanye: Any, banyak: int = 5) -> Tabel | Rangkaian:
    """The offices with most people to the target; nothing where all reached it."""
    if not kota["unit_kurang"]:
        return Rangkaian([])
    top = ukuran[ukuran["kekurangan"].gt(0)].nlargest(banyak, "kekurangan", keep="first")
    silent = ""
    if not top["lapor"].all():
        silent = "Belum lapor: seluruh target dihitung kurang. "
    return Tabel(
        [Kolom(capitalize(kampanye.unit), lebar="1fr"), right("kurang"), right("andil"), right("capaian")],
        [
            [r.nama, number(r.kekurangan), percent(r.andil), percent(r.capaian) if r.lapor else "belum lapor"]
            for r in top.itertuples()
        ],
        f"Kekurangan terhadap {target_percent(kampanye.target)}; andil dari {number(kota['jumlah_kekurangan'])} "
        f"{kampanye.orang} yang kurang di {number(kota['unit_kurang'])} {kampanye.unit}. "
        f"{silent}Sumber: {kampanye.sumber}.",
    )


def top_obstacles(kendala: pd.DataFrame, kota: Any, kampanye: Any, banyak: int = 5) -> Tabel | Rangkaian:
    """The kendala that block most people, with who solves them; nothing where none is recorded."""
    if kendala.empty:
        return Rangkaian([])
    recorded = int(kendala["orang"].sum())
    return Tabel(
        [Kolom("Kendala", lebar="1fr"), right(capitalize(kampanye.orang)), Kolom("Diselesaikan oleh", lebar="41mm")],
        [[r.kategori, number(r.orang), r.pic] for r in kendala.head(banyak).itertuples()],
        f"Kendala utama, tercatat untuk {number(recorded)} dari {number(kota['jumlah_asn'] - kota['berhasil'])} "
        f"{kampanye.orang} yang belum berhasil. Sumber: {kampanye.sumber}.",
    )


def offices(ukuran: pd.DataFrame, kota: Any, laju: Any, sisa: Any, kampanye: Any) -> Tabel:
    """Every office, most people to the target first, with bar, pace now and pace needed; the city below."""
    ordered = ukuran.sort_values(
        ["kekurangan", "surplus", "jumlah_asn"], ascending=[False, True, False], na_position="last"
    )
    rows: list[list[Any]] = [
        [
            str(at),
            r.nama,
            number(r.jumlah_asn),
            _bar(r, kampanye),
            percent(r.capaian),
            percent(r.capaian_terbukti),
            _gap(r),
            pace(r.laju_kerja),
            _needed(r, r.laju_butuh_kerja),
            short_day(r.tanggal_data) if r.lapor else "belum",
        ]
        for at, r in enumerate(ordered.itertuples(), 1)
    ]
    city = pd.DataFrame([dict(kota)]).iloc[0]
    people = "" if is_unknown(kota["jumlah_asn"]) else f"; {number(kota['jumlah_asn'])} {kampanye.orang}"
    needed = city["kekurangan"] / sisa["hari_kerja"] if sisa["hari_kerja"] else None
    rows.append(
        [
            "",
            kampanye.wilayah,
            number(city["jumlah_asn"]),
            _bar(city, kampanye),
            percent(city["capaian"]),
            percent(city["capaian_terbukti"]),
            _gap(city),
            pace(laju["laju_kerja"]),
            _needed(city, needed),
            f"{number(city['unit_lapor'])}/{number(city['unit'])}",
        ]
    )
    return Tabel(
        [
            right("No"),
            Kolom(f"{capitalize(kampanye.unit)}, urut kekurangan", lebar="1fr"),
            right(capitalize(kampanye.orang)),
            Kolom(f"berhasil · gagal · sisa (garis: {target_percent(kampanye.target)})", lebar="34mm"),
            right("Capaian"),
            right("Terbukti"),
            right("Selisih"),
            right("Laju kini"),
            right("Laju perlu"),
            right("Lapor"),
        ],
        rows,
        f"Semua {kampanye.unit}{people}. Selisih: berhasil dikurangi target yang "
        f"dibulatkan ke atas tiap {kampanye.unit}, karena itu jumlahnya ({number(kota['jumlah_kekurangan'])}) dapat melebihi "
        f"kekurangan keseluruhan ({number(kota['kekurangan'])}). Laju: {kampanye.orang} per hari kerja, kini selama "
        f"sekitar 7 hari terakhir, perlu sampai {day(kampanye.selesai)}. Terbukti: bukti tersimpan dibagi jumlah "
        f"{kampanye.orang}. Tanda {UNKNOWN}: tidak diketahui. Sumber: {kampanye.sumber}.",
        kaki=True,
        padat=True,
        tebal=list(range(min(5, len(rows) - 1))),
    )


def kinds(kelompok: pd.DataFrame, kampanye: Any, banyak: int = 12) -> Tabel:
    """Groups of offices of one kind, most people missing first; at most `banyak` of them."""
    names = {r.jenis: capitalize(str(r.jenis)) for r in kelompok.itertuples()}
    return _rates(kelompok.rename(columns={"jenis": "kelompok"}), f"Jenis {kampanye.unit}", names, kampanye, banyak)


def sizes(kelompok: pd.DataFrame, kampanye: Any) -> Tabel | Rangkaian:
    """Groups of offices of one size, smallest first; nothing where all are of one. `kelompok`: rates.by of comparison.sizes."""
    if len(kelompok) < 2:
        return Rangkaian([])
    ends = {r.ukuran: [int(end) for end in r.ukuran.split("-")] for r in kelompok.itertuples()}
    ordered = kelompok.sort_values("ukuran", key=lambda column: column.map(lambda name: ends[name][0]))
    names = {name: f"{number(low)}–{number(high)} {kampanye.orang}" for name, (low, high) in ends.items()}
    heading = f"Ukuran {kampanye.unit}"
    return _rates(ordered.rename(columns={"ukuran": "kelompok"}), heading, names, kampanye, len(ordered))


def _rates(kelompok: pd.DataFrame, heading: str, names: dict[str, str], kampanye: Any, banyak: int) -> Tabel:
    more = ""
    if len(kelompok) > banyak:
        rest = kelompok.iloc[banyak:]
        more = f"{number(len(rest))} kelompok lain, kurang {number(rest['kekurangan'].sum())} {kampanye.orang}, tidak ditampilkan. "
    return Tabel(
        [
            Kolom(heading, lebar="1fr"),
            right(f"{capitalize(kampanye.unit)} lapor"),
            right(capitalize(kampanye.orang)),
            Kolom(f"berhasil · gagal · sisa (garis: {target_percent(kampanye.target)})", lebar="34mm"),
            right("Berhasil"),
            right("Capaian"),
            right("Selisih (poin)"),
            right("Kurang (orang)"),
        ],
        [
            [
                names[r.kelompok],
                f"{number(r.unit_lapor)} dari {number(r.unit)}",
                number(r.jumlah_asn),
                _bar(r, kampanye),
                number(r.berhasil),
                percent(r.capaian),
                points_number(r.selisih_poin),
                number(r.kekurangan),
            ]
            for r in kelompok.head(banyak).itertuples()
        ],
        f"Capaian = jumlah berhasil dibagi jumlah {kampanye.orang} seluruh {kampanye.unit} dalam kelompok, termasuk yang "
        f"belum lapor bila jumlahnya diketahui. Kekurangan dibulatkan ke atas tiap kelompok. {more}Sumber: {kampanye.sumber}.",
    )


def groups(table: pd.DataFrame, heading: str, kampanye: Any, banyak: int = 0) -> Tabel | Rangkaian:
    """Rates inside an office or the city (sex, age, unit); rows that show nothing are named below the table. `banyak`: at
    most so many, those with most people not yet berhasil, in small type (0: all).

    Nothing without a nominatif, or where fewer than two groups have anything to show.
    """
    parts = [name for name in PART_NAMES if name in table]
    shown = table[table[parts].notna().any(axis=1)] if len(table) else table
    if len(table) < 2 or shown.empty:
        return Rangkaian([])
    hidden, cut = len(table) - len(shown), 0
    if banyak and len(shown) > banyak:
        cut = len(shown) - banyak
        most = shown.assign(sisa=shown["jumlah_asn"] - shown["berhasil"]).nlargest(banyak, "sisa").index
        shown = shown.loc[sorted(most)]
    caption = f"Dari {number(table['jumlah_asn'].sum())} {kampanye.orang} dalam nominatif."
    if hidden:
        caption += f" {number(hidden)} kelompok lain tidak ditampilkan karena memuat sel di bawah {number(kampanye.sel_kecil)} orang."
    if cut:
        caption += f" Ditampilkan {number(banyak)} kelompok dengan {kampanye.orang} belum berhasil terbanyak; {number(cut)} lainnya pada daftar tindak lanjut."
    if shown[parts].isna().any(axis=None):
        caption += f" Tanda {SUPPRESSED}: sel di bawah {kampanye.sel_kecil} orang, beserta sel lain supaya tidak dapat dihitung balik."

    def cell(value: Any, form: Callable[[Any], str] = number) -> str:
        return SUPPRESSED if is_unknown(value) else form(value)

    return Tabel(
        [
            Kolom(heading, lebar="1fr"),
            Kolom(f"berhasil (garis: {target_percent(kampanye.target)})", lebar="34mm"),
            right(capitalize(kampanye.orang)),
            *(right(PART_NAMES[name]) for name in parts),
            right("Capaian"),
        ],
        [
            [
                capitalize(str(row["kelompok"])),
                _share_bar(row, kampanye),
                number(row["jumlah_asn"]),
                *(cell(row[name]) for name in parts),
                cell(row["capaian"], percent),
            ]
            for row in shown.to_dict("records")
        ],
        f"{caption} Sumber: {kampanye.sumber}.",
        padat=bool(banyak),
    )


def office_obstacles(kendala: pd.DataFrame, row: Any, kampanye: Any, banyak: int = 7) -> Tabel | Rangkaian:
    """An office's own kendala with next step and PIC; nothing where none is recorded."""
    if kendala.empty or kendala["orang"].sum() < kampanye.sel_kecil:
        return Rangkaian([])
    rest = kendala.iloc[banyak:]
    more = ""
    if len(rest):
        more = f"{number(len(rest))} kendala lain menahan {number(rest['orang'].sum())} {kampanye.orang}. "
    return Tabel(
        [
            Kolom("Kode"),
            Kolom("Kendala", lebar="1fr"),
            right(capitalize(kampanye.orang)),
            Kolom("Langkah berikutnya", lebar="1.9fr"),
            Kolom("PIC", lebar="32mm"),
        ],
        [[r.kode, r.kategori, number(r.orang), r.usulan, r.pic] for r in kendala.head(banyak).itertuples()],
        f"{more}Kendala di bawah {kampanye.sel_kecil} orang digabung. Satu kendala utama per {kampanye.orang}, dari {number(row['jumlah_asn'] - row['berhasil'])} {kampanye.orang} yang belum berhasil. "
        f"Sumber: {kampanye.sumber}.",
    )


def quality(posisi: pd.DataFrame, perubahan: pd.DataFrame, kampanye: Any) -> Tabel:
    """What readers must know of the data: who did not report, headcounts that changed."""
    silent = posisi[~posisi["lapor"]]
    unlisted = f"jumlah {kampanye.orang} tidak diketahui"
    rows = [
        ["Belum lapor", r.nama, unlisted if is_unknown(r.jumlah_asn) else f"{number(r.jumlah_asn)} {kampanye.orang}"]
        for r in silent.itertuples()
    ]
    names = posisi.set_index("opd")["nama"]
    rows += [
        [
            f"Jumlah {kampanye.orang} berubah",
            str(names.get(r.opd, r.opd)),
            f"{number(r.awal)} menjadi {number(r.akhir)} ({number(r.perubahan, sign=True)})",
        ]
        for r in perubahan.head(10).itertuples()
    ]
    more = f" Ditampilkan 10 perubahan terbesar dari {number(len(perubahan))}." if len(perubahan) > 10 else ""
    return Tabel(
        [Kolom("Catatan"), Kolom(capitalize(kampanye.unit), lebar="1fr"), Kolom("Rincian", lebar="1fr")],
        rows or [["Tidak ada catatan", UNKNOWN, UNKNOWN]],
        f"Kelengkapan data sampai {day(kampanye.tanggal_data)}.{more} Sumber: {kampanye.sumber}.",
    )


def proof(pemeriksaan: pd.DataFrame, data: Any) -> Rangkaian:
    """The report's own checks under their heading, both sides printed."""
    table = Tabel(
        [Kolom("Pemeriksaan", lebar="1fr"), right("Kiri"), right("Kanan"), Kolom("Hasil")],
        [[r.pemeriksaan, number(r.kiri), number(r.kanan), "cocok"] for r in pemeriksaan.itertuples()],
        f"Laporan hanya terbit bila semua pemeriksaan cocok. Sumber: simpanan data, versi {number(data.versi)}.",
    )
    return Rangkaian([Temuan("Pemeriksaan angka"), table])
