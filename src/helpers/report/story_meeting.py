"""The meeting pack in blocks: agenda, brief, who is invited and who has reported, decisions asked for, minutes to fill in.

Every number is measured elsewhere; the order is that of the meeting. What nobody knows (hour, place, who chairs) is a blank.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from helpers.report import story, story_detail, tables
from helpers.report.blocks import Block, Judul, Kolom, Paragraf, Putusan, Rangkaian, Tabel, Temuan
from helpers.report.letter_blocks import Isian
from helpers.report.meeting_blocks import Formulir, LembarPutusan, RuangCatatan
from helpers.report.rtl import Rtl
from helpers.report.story_projection import chance_sentence, ending
from helpers.wording import (
    UNKNOWN,
    capitalize,
    count_word,
    day,
    is_unknown,
    number,
    opening_count,
    points_number,
    short_day,
    weekday,
)

LONGEST = 16  # follow-ups of the pack; the log has them all


@dataclass(frozen=True)
class Bahan:
    """What was measured, under the names of notebooks/laporan_kota.ipynb, and the two lists that the meeting works through."""

    kampanye: Any
    data: Any
    posisi: pd.DataFrame
    ukuran: pd.DataFrame
    kota: pd.Series
    sisa: pd.Series
    laju: pd.Series
    ramalan: pd.Series
    kendala: pd.DataFrame
    pelaporan: pd.Series
    bukti: pd.Series
    penerangan: pd.DataFrame
    putusan: Sequence[Putusan]
    rtl: Sequence[Rtl] = ()

    @property
    def lalu(self) -> list[Rtl]:
        """Follow-ups that an earlier meeting was handed."""
        return [line for line in self.rtl if line.asal is not None]


def wanted(kampanye: Any) -> bool:
    """Whether a campaign has a meeting to prepare: its day or whom it invites is known."""
    return bool(kampanye.rapat or kampanye.rapat_peserta)


def meeting_day(kampanye: Any) -> date | None:
    """Day of the meeting ahead; None where it is not set, or lies before the data date: that meeting is over."""
    when = date.fromisoformat(kampanye.rapat) if kampanye.rapat else None
    return when if when and when >= kampanye.tanggal_data else None


def invited(kampanye: Any) -> list[str]:
    """Who is invited, as the parameter lists them."""
    return [part.strip() for part in kampanye.rapat_peserta.split(";") if part.strip()]


def fields(kampanye: Any) -> list[Isian]:
    """When, where, what about, who chairs; blanks for what is not set. Place and hour of a meeting that is over say nothing
    of the next one."""
    when = meeting_day(kampanye)
    ahead = when is not None or not kampanye.rapat
    return [
        Isian("Hari/tanggal", weekday(when) if when else "", "diisi: hari dan tanggal rapat"),
        Isian("Waktu", kampanye.rapat_waktu if ahead else "", "diisi: pukul berapa sampai pukul berapa"),
        Isian("Tempat", kampanye.rapat_tempat if ahead else "", "diisi: tempat rapat"),
        Isian("Acara", f"Rapat koordinasi {kampanye.kampanye}"),
        Isian("Pimpinan rapat", petunjuk="diisi: jabatan pimpinan rapat"),
    ]


def pack(bahan: Bahan) -> list[Block]:
    """The whole pack, page by page."""
    return [*agenda(bahan), *brief(bahan), *attendance(bahan), *decisions(bahan), *minutes(bahan)]


def agenda(bahan: Bahan) -> list[Block]:
    """First page: the meeting's particulars and its order, hours blank."""
    kampanye = bahan.kampanye
    silent = len(bahan.pelaporan["belum_lapor"])
    topics = [
        ("Pembukaan", f"Maksud rapat; {number(len(kampanye.units))} {kampanye.unit} yang dipantau."),
        (
            "Capaian",
            f"Posisi per {day(kampanye.tanggal_data)}, prospek, {kampanye.unit} dengan kekurangan terbesar"
            + (f", {count_word(silent)} {kampanye.unit} yang belum lapor." if silent else "."),
        ),
        ("Kendala", "Kendala menurut penanggung jawab penyelesaiannya; keterangan tiap penanggung jawab."),
    ]
    if bahan.lalu:
        late = sum(line.terlambat for line in bahan.lalu)
        told = f"{capitalize(count_word(len(bahan.lalu)))} tindak lanjut yang ditetapkan sebelumnya"
        topics.append(("Tindak lanjut rapat lalu", told + (f", {count_word(late)} terlambat." if late else ".")))
    asked = len(bahan.putusan)
    what = f"{capitalize(count_word(asked))} keputusan yang dimohon" if asked else "Keputusan rapat"
    topics.append(("Keputusan", f"{what}; PIC dan batas waktu tiap tindak lanjut."))
    topics.append(("Penutup", "Pembacaan keputusan; jadwal rapat dan data berikutnya."))
    rows = [[str(at), name, about, "", ""] for at, (name, about) in enumerate(topics, 1)]
    columns = [Kolom("No"), Kolom("Acara", lebar="38mm"), Kolom("Yang dibahas", lebar="1fr"), Kolom("Pembawa acara", lebar="34mm"),
               Kolom("Waktu", lebar="24mm")]  # fmt: skip
    return [
        Judul(f"Rapat koordinasi {kampanye.singkatan} {kampanye.wilayah}", "Bahan rapat · Susunan acara"),
        Formulir(fields(kampanye)),
        Temuan("Susunan acara"),
        Tabel(columns, rows, "Urutan tetap; waktu dan pembawa acara diisi penyelenggara."),
        Temuan("Berkas yang menyertai"),
        Paragraf(
            [
                "Laporan kota (laporan_kota.pdf): semua angka dan pemeriksaannya. Log kendala (log_kendala.pdf, dan "
                "log_kendala.xlsx untuk diisi): semua kendala dan tindak lanjut. Notulen (notulen.docx): untuk diketik saat "
                "rapat. Nota dinas (nota_dinas.pdf): pengantar satu halaman."
            ]
        ),
        RuangCatatan("Catatan"),
    ]


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
    for group, many in people.items():
        own = kendala[kendala["kelompok"].eq(group)].sort_values(["orang", "kode"], ascending=[False, True])
        heads[len(rows)] = (
            f"{group}: {number(many)} {kampanye.orang}, {points_number(many / kota['jumlah_asn'])} poin capaian, "
            f"{number(len(own))} kendala"
        )
        rows += [[r.kategori, number(r.orang), points_number(r.poin), r.usulan] for r in own.head(3).itertuples()]
    return Tabel(
        [Kolom("Kendala", lebar="40mm"), Kolom(capitalize(kampanye.orang), "kanan"), Kolom("Poin", "kanan"), Kolom("Usulan", lebar="1fr")],
        rows,
        f"Paling banyak tiga kendala terbesar tiap penanggung jawab; poin persentase dari {number(kota['jumlah_asn'])} {kampanye.orang} "
        f"bila semua yang terhalang berhasil. Selengkapnya: log kendala. Sumber: {kampanye.sumber}.",
        kelompok=heads,
    )  # fmt: skip


def _earlier(bahan: Bahan) -> list[Block]:
    """What became of the follow-ups of earlier meetings, late ones first; nothing where there were none."""
    lines = sorted(bahan.lalu, key=lambda line: (not line.terlambat, line.status == "Selesai", line.nomor))
    if not lines:
        return []
    done, late = sum(line.status == "Selesai" for line in lines), sum(line.terlambat for line in lines)
    told = f"{opening_count(done)} dari {count_word(len(lines))} tindak lanjut rapat lalu selesai"
    head = f"{told}, {count_word(late)} terlambat" if late else told
    rows = [
        [
            str(line.nomor),
            line.tindak_lanjut or line.rekomendasi,
            line.pic or UNKNOWN,
            short_day(line.tenggat),
            "Terlambat" if line.terlambat else line.status,
        ]
        for line in lines[:LONGEST]
    ]
    more = f" {number(len(lines) - LONGEST)} lainnya: log kendala." if len(lines) > LONGEST else ""
    columns = [Kolom("No", "kanan"), Kolom("Tindak lanjut", lebar="1fr"), Kolom("PIC", lebar="36mm"), Kolom("Batas waktu", lebar="20mm"),
               Kolom("Status", lebar="20mm")]  # fmt: skip
    late_rows = [at for at, line in enumerate(lines[:LONGEST]) if line.terlambat]
    caption = f"Yang terlambat lebih dahulu, tebal.{more} Sumber: log kendala yang dikembalikan."
    return [Temuan(head), Tabel(columns, rows, caption, padat=len(rows) > 6, tebal=late_rows)]


def attendance(bahan: Bahan) -> list[Block]:
    """Who is invited, and every office with the day of its report: who can say something of its figures."""
    kampanye = bahan.kampanye
    told = f"{number(bahan.kota['unit_lapor'])} dari {number(len(bahan.posisi))} {kampanye.unit} melapor"
    head = Judul(f"{told} sampai {day(kampanye.tanggal_data)}", "Undangan dan keadaan pelaporan", halaman_baru=True)
    guests = [[str(at), who, ""] for at, who in enumerate(invited(kampanye), 1)]
    columns = [Kolom("No", "kanan"), Kolom("Diundang", lebar="1fr"), Kolom("Hadir", lebar="18mm")]
    blocks: list[Block] = [head]
    if guests:
        half = -(-len(guests) // 2)
        sides = [Tabel(columns, part, note) for part, note in
                 ((guests[:half], "Jumlah yang hadir diisi saat rapat."), (guests[half:], "Menurut undangan.")) if part]  # fmt: skip
        blocks += [Rangkaian(sides, sejajar=True)]
    return [
        *blocks,
        Temuan(f"Keadaan pelaporan {number(len(bahan.posisi))} {kampanye.unit}"),
        _reports(bahan),
        RuangCatatan("Peserta lain"),
    ]


def _reports(bahan: Bahan) -> Block:
    """The register in two columns, those without a report first."""
    kampanye = bahan.kampanye
    table = bahan.posisi.sort_values(["lapor", "nama"], kind="stable").reset_index(drop=True)
    rows = [
        [r.nama, number(r.jumlah_asn), short_day(r.tanggal_data) if r.lapor else "belum lapor", ""]
        for r in table.itertuples()
    ]
    bold = [at for at, reported in enumerate(table["lapor"]) if not reported]
    half = -(-len(rows) // 2)
    columns = [Kolom(capitalize(kampanye.unit), lebar="1fr"), Kolom(capitalize(kampanye.orang), "kanan"),
               Kolom("Data", lebar="21mm"), Kolom("Hadir", lebar="10mm")]  # fmt: skip
    captions = (
        f"Data: tanggal data terbaru yang diterima. {UNKNOWN}: jumlah tidak diketahui.",
        f"Yang belum lapor lebih dahulu, lalu menurut nama. Sumber: {kampanye.sumber}.",
    )
    sides = [
        Tabel(columns, rows[start:end], note, padat=True, tebal=[at - start for at in bold if start <= at < end])
        for start, end, note in ((0, half, captions[0]), (half, len(rows), captions[1]))
        if start < end
    ]
    return Rangkaian(sides, sejajar=True)


def decisions(bahan: Bahan) -> list[Block]:
    """What is asked of the meeting, with room to write; then the follow-ups that still want a PIC or a date."""
    asked, kampanye = list(bahan.putusan), bahan.kampanye
    head = f"{opening_count(len(asked))} keputusan dimohon" if asked else "Tidak ada keputusan yang mendesak"
    rest = [line for line in bahan.rtl if line.status != "Selesai"][:LONGEST]
    blocks: list[Block] = [Judul(head, "Keputusan", halaman_baru=True), LembarPutusan(asked)]
    if rest:
        rows = [
            [str(line.nomor), line.temuan, line.rekomendasi, line.pic, short_day(line.tenggat) if line.tenggat else ""]
            for line in rest
        ]
        columns = [Kolom("No", "kanan"), Kolom("Temuan", lebar="1fr"), Kolom("Rekomendasi", lebar="1.4fr"),
                   Kolom("PIC", lebar="34mm"), Kolom("Batas waktu", lebar="22mm")]  # fmt: skip
        caption = f"Nomor tetap sama di log kendala; yang kosong diisi rapat. Sumber: {kampanye.sumber}."
        blocks += [Temuan("Tindak lanjut yang perlu ditetapkan"), Tabel(columns, rows, caption, padat=True)]
    return [*blocks, RuangCatatan("Keputusan lain")]


def minutes(bahan: Bahan) -> list[Block]:
    """The form of the minutes: what is known stands there, the rest are lines."""
    kampanye = bahan.kampanye
    guests = "; ".join(invited(kampanye))
    rows = [
        *fields(kampanye),
        Isian("Diundang", guests) if guests else Isian("Diundang", petunjuk="diisi: yang diundang"),
        Isian("Peserta", petunjuk="diisi: yang hadir; daftar hadir dilampirkan"),
    ]
    shares = [("Pembahasan", 7), ("Keputusan", 6)]
    body = [Isian(name, petunjuk="") for name, _ in shares]
    plan = [[str(at), "", "", ""] for at in range(1, 7)]
    columns = [
        Kolom("No", "kanan"),
        Kolom("Tindak lanjut", lebar="1fr"),
        Kolom("PIC (jabatan)", lebar="46mm"),
        Kolom("Batas waktu", lebar="30mm"),
    ]
    signed = [Isian("Notulis", petunjuk="diisi: jabatan, nama, tanda tangan"),
              Isian("Mengetahui", petunjuk="diisi: jabatan pimpinan rapat, nama, tanda tangan")]  # fmt: skip
    return [
        Judul("Notulen rapat", "Formulir notulen", halaman_baru=True),
        Formulir(rows, {"Peserta": 2}),
        Formulir(body, dict(shares)),
        Temuan("Tindak lanjut"),
        Tabel(columns, plan, "Yang ditetapkan rapat; lembar yang sama dapat diketik pada notulen.docx."),
        Formulir(signed, dict.fromkeys(["Notulis", "Mengetahui"], 2)),
    ]
