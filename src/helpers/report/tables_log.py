"""Tables of the problem log: inventory of problems grouped by who acts, what was done, and the follow-up matrix (RTL)."""

from typing import Any

import pandas as pd

from helpers.measures import follow_up
from helpers.measures.obstacles import OTHERS
from helpers.measures.problem_log import CATAT, LATE
from helpers.report import story_rtl
from helpers.report.blocks import HanyaLayar, Rangkaian, Tabel
from helpers.report.cells import Kolom, Tanda
from helpers.report.log_blocks import Rincian
from helpers.report.rtl import Rtl
from helpers.wording import capitalize, day, day_month, is_unknown, number, points_number, short_day

BLANK = "................"


def inventory(log: pd.DataFrame, kota: Any, kampanye: Any) -> Tabel | Rangkaian:
    """Daftar inventarisasi permasalahan, grouped by who acts first, with a total that holds everyone gagal or belum."""
    if log.empty:
        return Rangkaian([])
    heads = {
        int(part.index[0]): _group(str(name), part, kampanye) for name, part in log.groupby("kelompok", sort=False)
    }
    compared = int(log["unit_banding"].max()) if log["unit_banding"].notna().any() else 0
    parts = f"{number(log['gagal'].sum())} gagal, {number(log['belum'].sum())} belum"
    total = [
        "",
        "",
        Rincian("Jumlah", [parts], tebal=True),
        "",
        number(log["orang"].sum()),
        points_number(log["poin"].sum()),
        "",
        "",
        "",
        "",
        "",
        "",
    ]
    return Tabel(
        [
            Kolom("No", "kanan"),
            Kolom("Kode"),
            Kolom("Permasalahan dan ungkapan", lebar="1.3fr"),
            Kolom(capitalize(kampanye.unit), lebar="30mm"),
            Kolom(capitalize(kampanye.orang), "kanan"),
            Kolom("Poin", "kanan"),
            Kolom("Sejak"),
            Kolom("Perubahan"),
            Kolom("Usulan tindak lanjut", lebar="1.1fr"),
            Kolom("PIC", lebar="26mm"),
            Kolom("Tenggat"),
            Kolom("Status"),
        ],
        [*(_problem(row, kampanye) for row in log.itertuples()), total],
        _inventory_caption(kota, compared, kampanye),
        kaki=True,
        kelompok=heads,
    )


def _problem(row: Any, kampanye: Any) -> list[Any]:
    on = f"; diteruskan ke {kampanye.lanjutan}" if kampanye.lanjutan else ""
    warning = "" if row.sebelum_batas else f"Mungkin tidak selesai sebelum batas waktu{on}"
    phrases = [", ".join(f"“{text}”" for text in row.ungkapan)] if row.ungkapan else []
    largest = ["terbanyak " + ", ".join(row.terbanyak)] if row.terbanyak else []
    return [
        str(row.nomor),
        row.kode if row.kode != OTHERS["kode"] else "–",
        Rincian(row.permasalahan, phrases, warning, tebal=True),
        Rincian(number(row.unit), largest),
        number(row.orang),
        points_number(row.poin),
        short_day(row.sejak),
        moved(row.perubahan),
        row.usulan,
        row.pic,
        short_day(row.tenggat),
        Tanda(story_rtl.SIGNS[row.status], row.status),
    ]


def moved(change: Any) -> Tanda | str:
    """A change of people blocked, by sign and word; "–" where it is unknown."""
    if is_unknown(change):
        return number(change)
    if not change:
        return Tanda("tetap", "tetap")
    return Tanda("turun" if change < 0 else "naik", f"{'turun' if change < 0 else 'naik'} {number(abs(change))}")


def _group(name: str, part: pd.DataFrame, kampanye: Any) -> str:
    """Who acts first, with what can be gained there in time."""
    names = {"OPD": kampanye.unit, "ASN": kampanye.orang}
    gained = part.loc[part["sebelum_batas"] & part["kode"].ne(CATAT), "poin"].sum()
    text = f"{capitalize(names.get(name, name))} · {number(len(part))} permasalahan, {number(part['orang'].sum())} {kampanye.orang}"
    return (
        f"{text}; {points_number(gained)} poin dapat diraih sebelum {day_month(kampanye.selesai)}" if gained else text
    )


def _inventory_caption(kota: Any, compared: int, kampanye: Any) -> str:
    unit, orang = kampanye.unit, kampanye.orang
    text = (
        f"Poin: kenaikan capaian bila semua {orang} yang tertahan berhasil, dari {number(kota['jumlah_asn'])} {orang}; "
        "jumlah per kelompok tanpa yang mungkin tidak selesai sebelum batas waktu dan tanpa alasan yang belum dicatat; baris Jumlah memuat semuanya. "
        f"Satu kendala utama per {orang}; kendala di bawah {number(kampanye.sel_kecil)} {orang} digabung. "
        "Sejak: tanggal data pertama yang mencatatnya. "
    )
    if compared:
        text += f"Perubahan: {orang} tertahan sejak laporan lalu, pada {number(compared)} {unit} yang merinci pada kedua laporan. "
    else:
        text += "Perubahan belum diketahui: belum ada laporan lalu yang dapat dibandingkan. "
    return (
        f"{text}Ungkapan: ditulis sama oleh sedikitnya {number(kampanye.sel_kecil)} {orang} atau tiga {unit}, tanpa nama. "
        f"Tenggat dan PIC adalah usulan sampai ditetapkan rapat. Sumber: {kampanye.sumber}."
    )


def brief(kendala: pd.DataFrame, kota: Any, kampanye: Any) -> Tabel | Rangkaian:
    """All kendala with what solving them would bring, most people first; nothing where none is recorded. The log itself,
    with proposals and follow-up, is a document of its own."""
    if kendala.empty:
        return Rangkaian([])
    return Tabel(
        [
            Kolom("Kode"),
            Kolom("Kendala", lebar="1fr"),
            Kolom(capitalize(kampanye.unit), "kanan"),
            Kolom("Gagal", "kanan"),
            Kolom("Belum", "kanan"),
            Kolom(capitalize(kampanye.orang), "kanan"),
            Kolom("Dampak (poin)", "kanan"),
            Kolom("PIC", lebar="50mm"),
        ],
        [
            [
                r.kode,
                r.kategori,
                number(r.unit),
                number(r.gagal),
                number(r.belum),
                number(r.orang),
                points_number(r.poin),
                r.pic,
            ]
            for r in kendala.itertuples()
        ],
        f"Dampak: poin persentase capaian bila semua yang terhalang berhasil, dari {number(kota['jumlah_asn'])} {kampanye.orang}. "
        f"Usulan dan tindak lanjut: log kendala. Kendala di bawah {number(kampanye.sel_kecil)} orang digabung. Sumber: {kampanye.sumber}.",
        padat=True,
    )


def done(keadaan: pd.DataFrame, kampanye: Any) -> Tabel | HanyaLayar:
    """What the meetings asked for and what became of it; nothing on paper before the first meeting."""
    keadaan = keadaan[~follow_up.undecided(keadaan)]
    if keadaan.empty:
        return HanyaLayar("Belum ada keputusan rapat sampai tanggal data, jadi bagian ini tidak ada pada PDF.")
    late_first = keadaan.assign(
        urut=keadaan["status"].map({"Selesai": 3, "Proses": 1, "Belum": 2}).mask(keadaan["terlambat"], 0)
    )
    return Tabel(
        [
            Kolom("No", "kanan"),
            Kolom("Kode"),
            Kolom("Tindak lanjut dan temuan waktu itu", lebar="1.3fr"),
            Kolom("PIC", lebar="30mm"),
            Kolom("Batas waktu"),
            Kolom("Status"),
            Kolom("Waktu itu", "kanan"),
            Kolom("Sekarang", "kanan"),
            Kolom("Kendala"),
            Kolom("Keterangan", lebar="1fr"),
        ],
        [_outcome(row) for row in late_first.sort_values(["urut", "nomor"]).itertuples()],
        f"Waktu itu: {kampanye.orang} pada log yang pertama kali memuatnya; sekarang: menurut data sampai "
        f"{day(kampanye.tanggal_data)}, kode yang sama; tanda – berarti tidak diketahui. Lewat tenggat: batas waktunya sebelum tanggal data dan "
        f"belum selesai. Keduanya dari semua {kampanye.unit}, jadi dapat berbeda dari Perubahan pada daftar inventarisasi. Sumber: log kendala yang diisi rapat; {kampanye.sumber}.",
    )


def _outcome(row: Any) -> list[Any]:
    state = LATE if row.terlambat else row.status
    told = f"{row.status}, {LATE.lower()}" if row.terlambat else state
    decided = _text(row.tindak_lanjut) or _text(row.rekomendasi)
    shrunk = {-1: "menyusut", 0: "tetap", 1: "bertambah"}
    sign: Any = number(row.selisih)
    if not is_unknown(row.selisih):
        at = int(row.selisih > 0) - int(row.selisih < 0)
        change = f" {number(abs(row.selisih))}" if at else ""
        sign = Tanda(("turun", "tetap", "naik")[at + 1], shrunk[at] + change)
    return [
        str(row.nomor),
        _text(row.kode) or "–",
        Rincian(decided or row.temuan, [*([row.temuan] if decided else []), f"keadaan per {short_day(row.tanggal)}"]),
        _text(row.pic) or "–",
        short_day(row.tenggat),
        Tanda(story_rtl.SIGNS[state], told),
        number(row.orang),
        number(row.orang_kini),
        sign,
        _text(row.keterangan) or "–",
    ]


def matrix(rtl: list[Rtl], kampanye: Any) -> Tabel | Rangkaian:
    """Matriks tindak lanjut (RTL): what is proposed and what was decided; what is not decided stays blank for the meeting."""
    if not rtl:
        return Rangkaian([])
    return Tabel(
        [
            Kolom("No", "kanan"),
            Kolom("Kode"),
            Kolom("Temuan", lebar="1fr"),
            Kolom("Rekomendasi", lebar="1.2fr"),
            Kolom("Tindak lanjut", lebar="28mm"),
            Kolom("PIC", lebar="29mm"),
            Kolom("Batas waktu"),
            Kolom("Indikator/output", lebar="1fr"),
            Kolom("Status"),
            Kolom("Keterangan", lebar="22mm"),
        ],
        [_follow_up(line) for line in rtl],
        "Usulan sampai ditetapkan rapat pada log_kendala.xlsx: tindak lanjut, PIC, batas waktu, dan status (Belum, Proses, atau "
        f"Selesai). Sumber: {kampanye.sumber}.",
    )


def _follow_up(line: Rtl) -> list[Any]:
    state = story_rtl.state(line)
    due: Any = short_day(line.tenggat)
    if not line.tenggat:
        due = Rincian(short_day(line.usul_tenggat), ["usulan"]) if line.usul_tenggat else BLANK
    since = [f"sejak {short_day(line.asal)}"] if line.asal else []
    return [
        str(line.nomor),
        line.kode if line.kode not in ("", OTHERS["kode"]) else "–",
        Rincian(line.temuan, since),
        line.rekomendasi or "–",
        line.tindak_lanjut or BLANK,
        line.pic or BLANK,
        due,
        line.indikator or "–",
        Tanda(story_rtl.SIGNS[state], f"{line.status}, {LATE.lower()}" if line.terlambat else state),
        line.keterangan,
    ]


def _text(value: Any) -> str:
    return "" if is_unknown(value) else str(value)
