"""The meeting's brief of two pages: position and prospect; what blocks, the instructions, what became of the last decisions.

Every number is measured elsewhere; sentences are those of the city's report where it has them.
"""

from typing import Any

import pandas as pd

from helpers.report import story, story_detail, tables
from helpers.report.blocks import Block, Judul, Paragraf, Rangkaian, Tabel, Temuan
from helpers.report.cells import Kolom
from helpers.report.meeting_blocks import RuangCatatan
from helpers.report.meeting_facts import Bahan
from helpers.report.story_projection import chance_sentence, ending
from helpers.wording import (
    UNKNOWN,
    capitalize,
    count_word,
    day_month,
    is_unknown,
    number,
    opening_count,
    points_number,
    short_day,
)

LONGEST = 24  # follow-ups of the pack; the log has them all


def brief(bahan: Bahan) -> list[Block]:
    """Two pages: where we are and where it leads; what blocks, the instructions, what became of the last decisions."""
    kampanye, kota, sisa = bahan.kampanye, bahan.kota, bahan.sisa
    head = story.city_headline(kota, kampanye, sisa, bahan.ramalan)
    pace = story.pace_finding(kota, bahan.laju, sisa, kampanye, bahan.ramalan)
    where = [story.where_finding(bahan.ukuran, kota, kampanye), tables.top_offices(bahan.ukuran, kota, kampanye, 10)]
    parts: list[Block] = [
        Judul(head.teks, "Ringkasan · Posisi dan prospek", halaman_baru=True),
        story.numbers(kota, bahan.laju, bahan.ramalan, kampanye, sisa),
        pace,
        *([Paragraf([kampanye.pembanding])] if kampanye.pembanding and ending(bahan.ramalan, kampanye, sisa) else []),
        *where,
        _silent(bahan),
        RuangCatatan("Catatan"),
        Judul(_obstacles_head(bahan), "Ringkasan · Kendala dan tindak lanjut", halaman_baru=True),
        groups(bahan.kendala, kota, kampanye),
        story_detail.instructions(bahan.pelaporan, bahan.bukti, bahan.penerangan, kampanye),
        *_earlier(bahan),
        RuangCatatan("Catatan"),
    ]
    if not isinstance(pace, Temuan) and (said := chance_sentence(bahan.ramalan, kampanye, sisa)) and kota["kekurangan"]:
        parts.insert(3, Paragraf([said]))
    return parts


def _silent(bahan: Bahan) -> Block:
    table = bahan.ukuran[~bahan.ukuran["lapor"]].sort_values("jumlah_asn", ascending=False, na_position="last")
    if table.empty:
        return Rangkaian([])
    names = [
        f"{row.nama} ({UNKNOWN if is_unknown(row.jumlah_asn) else number(row.jumlah_asn)})"
        for row in table.head(10).itertuples()
    ]
    more = len(table) - len(names)
    listed = ", ".join(names) + (f", dan {number(more)} lainnya" if more else "")
    head = f"{opening_count(len(table))} {bahan.kampanye.unit} belum lapor"
    known = f"Dengan jumlah {bahan.kampanye.orang}: {listed}. Seluruhnya dihitung belum berhasil sampai melapor."
    return Temuan(head, [known])


def _obstacles_head(bahan: Bahan) -> str:
    return story.obstacle_finding(bahan.kendala, bahan.kota, bahan.kampanye).judul


def groups(kendala: pd.DataFrame, kota: Any, kampanye: Any) -> Tabel | Rangkaian:
    """Kendala by who acts first: people, points of capaian, the largest ones with their proposal."""
    if kendala.empty:
        return Rangkaian([])
    rows: list[list[str]] = []
    heads: dict[int, str] = {}
    people = kendala.groupby("kelompok")["orang"].sum().sort_values(ascending=False, kind="stable")
    late = kampanye.obstacles.loc[~kampanye.obstacles["sebelum_batas"].astype(bool), "kode"]
    for group, many in people.items():
        own = kendala[kendala["kelompok"].eq(group)].sort_values(["orang", "kode"], ascending=[False, True])
        gained = own.loc[~own["kode"].isin(late), "poin"].sum()
        heads[len(rows)] = (
            f"{group}: {number(many)} {kampanye.orang}, {number(len(own))} kendala; {points_number(gained)} poin dapat diraih "
            f"sebelum {day_month(kampanye.selesai)}"
        )
        rows += [[r.kategori, number(r.orang), points_number(r.poin), r.usulan] for r in own.head(3).itertuples()]
    return Tabel(
        [Kolom("Kendala", lebar="40mm"), Kolom(capitalize(kampanye.orang), "kanan"), Kolom("Poin", "kanan"), Kolom("Usulan", lebar="1fr")],
        rows,
        f"Paling banyak tiga kendala terbesar tiap penanggung jawab; poin persentase dari {number(kota['jumlah_asn'])} {kampanye.orang} "
        f"bila semua yang terhalang berhasil. Yang alasannya belum dicatat dan selengkapnya: log kendala. Sumber: {kampanye.sumber}.",
        kelompok=heads,
    )  # fmt: skip


def _earlier(bahan: Bahan) -> list[Block]:
    """What became of the follow-ups of earlier meetings, late ones first; nothing where there were none."""
    lines = sorted(bahan.lalu, key=lambda line: (line.status != "Selesai", not line.terlambat, line.nomor))
    if not lines:
        return []
    done, late = sum(line.status == "Selesai" for line in lines), sum(line.terlambat for line in lines)
    told = f"{opening_count(done)} dari {count_word(len(lines))} tindak lanjut rapat lalu selesai"
    head = f"{told}, {count_word(late)} lewat tenggat" if late else told
    rows = [
        [
            str(line.nomor),
            line.tindak_lanjut or line.rekomendasi,
            line.pic or UNKNOWN,
            short_day(line.tenggat),
            f"{line.status}, lewat tenggat" if line.terlambat else line.status,
        ]
        for line in lines[:LONGEST]
    ]
    more = f" {number(len(lines) - LONGEST)} lainnya: log kendala." if len(lines) > LONGEST else ""
    columns = [Kolom("No", "kanan"), Kolom("Tindak lanjut", lebar="1fr"), Kolom("PIC", lebar="36mm"), Kolom("Batas waktu", lebar="20mm"),
               Kolom("Status", lebar="20mm")]  # fmt: skip
    late_rows = [at for at, line in enumerate(lines[:LONGEST]) if line.terlambat]
    caption = (
        f"Yang selesai lebih dahulu, lalu yang lewat tenggat (tebal).{more} Sumber: log kendala yang dikembalikan."
    )
    return [Temuan(head), Tabel(columns, rows, caption, padat=len(rows) > 6, tebal=late_rows)]
