"""The problem log in sentences: what the meeting must decide, how everyone not berhasil is accounted for, what was done
since the last meeting."""

from typing import Any

import pandas as pd

from helpers.measures import follow_up
from helpers.measures.problem_log import CATAT, LATE, NEEDED, Problems
from helpers.report import story_rtl
from helpers.report.blocks import Judul, Paragraf, Rangkaian, Temuan
from helpers.report.cells import Tanda
from helpers.report.log_blocks import Hitungan, Status
from helpers.report.rtl import Rtl
from helpers.report.story import has_people, no_obstacles
from helpers.wording import capitalize, count_word, join, number, opening_count, points_number, weekday_month

_NAMED = 2  # kendala in the headline


def headline(masalah: Problems, rtl: list[Rtl], kampanye: Any) -> Judul:
    """What the meeting has to decide, and which kendala weigh most of those that can be solved in time."""
    mata = "Daftar inventarisasi permasalahan dan matriks tindak lanjut"
    counts = story_rtl.tally(rtl, masalah.keadaan)
    asked = _asked(counts)
    if masalah.log.empty:
        known = no_obstacles(masalah.kota, kampanye)
        return Judul(f"{known}; {asked}" if asked else known, mata)
    return Judul(f"{capitalize(asked) if asked else 'Semua tindak lanjut sudah diputuskan'}: {_heaviest(masalah.log, kampanye)}", mata)  # fmt: skip


def _asked(counts: dict[str, int]) -> str:
    new, late = counts[NEEDED], counts[LATE]
    if new and late:
        return (
            f"rapat perlu memutuskan {count_word(new)} tindak lanjut dan menagih {count_word(late)} yang lewat tenggat"
        )
    if new:
        return f"rapat perlu memutuskan {count_word(new)} tindak lanjut"
    return f"rapat perlu menagih {count_word(late)} tindak lanjut yang lewat tenggat" if late else ""


def _heaviest(log: pd.DataFrame, kampanye: Any) -> str:
    named = log[log["kode"].ne(CATAT)]
    if named.empty:
        return f"alasan {number(log['orang'].sum())} {kampanye.orang} belum dicatat"
    solvable = named[named["sebelum_batas"]]
    top = (named if solvable.empty else solvable).sort_values("orang", ascending=False, kind="stable").head(_NAMED)
    people, share = top["orang"].sum(), top["poin"].sum()
    names = join([f"{row.kategori} ({row.kode})" if row.kode != "lain" else row.kategori for row in top.itertuples()])
    return f"{names} menahan {number(people)} {kampanye.orang}, {points_number(share)} poin capaian"


def status(masalah: Problems, rtl: list[Rtl]) -> Status | Rangkaian:
    """How many follow-ups are in which state; nothing where there is none."""
    counts = story_rtl.tally(rtl, masalah.keadaan)
    if not any(counts.values()):
        return Rangkaian([])
    return Status([Hitungan(Tanda(story_rtl.SIGNS[name], name), number(many)) for name, many in counts.items()])


def reconciliation(penguraian: pd.DataFrame, kota: Any, kampanye: Any) -> Paragraf:
    """Everyone not berhasil, counted once: recorded, not recorded, unsplit, silent."""
    known = f"{number(kota['jumlah_asn'])} {kampanye.orang}"
    if not kota["unit_lapor"]:
        state = f"; keadaan {known} belum diketahui" if has_people(kota) else ""
        return Paragraf([f"Rekonsiliasi: belum ada {kampanye.unit} yang melapor{state}."])
    rest = kota["jumlah_asn"] - kota["berhasil"]
    if not rest:
        done = (
            f"semua {kampanye.orang} sudah berhasil ({number(kota['berhasil'])})"
            if kota["berhasil"]
            else f"tidak ada {kampanye.orang} yang dihitung"
        )
        return Paragraf([f"Rekonsiliasi: {done}."])
    parts = []
    for label, mask in (
        ("dengan kendala tercatat", penguraian["kode"].str.fullmatch(r"K\d\d|lain")),
        (
            "gagal tanpa kendala tercatat",
            penguraian["kode"].eq("belum dicatat") & penguraian["kelompok"].eq("gagal"),
        ),
        (
            "belum tanpa alasan tercatat",
            penguraian["kode"].eq("belum dicatat") & penguraian["kelompok"].eq("belum"),
        ),
        ("tidak dirinci", penguraian["kelompok"].eq("tidak dirinci")),
        (f"di {kampanye.unit} yang belum lapor", penguraian["kelompok"].eq("belum lapor")),
    ):
        people = penguraian.loc[mask, "orang"].sum()
        if people:
            parts.append(f"{number(people)} {label}")
    return Paragraf([f"Rekonsiliasi: {number(rest)} {kampanye.orang} belum berhasil = {' + '.join(parts)}."])


def done_finding(keadaan: pd.DataFrame, kampanye: Any) -> Temuan | Rangkaian:
    """Yang dikerjakan sejak rapat lalu: how many are done and late, and whether what they are about shrank; nothing before
    the first meeting."""
    keadaan = keadaan[~follow_up.undecided(keadaan)]
    if keadaan.empty:
        return Rangkaian([])
    sums = follow_up.summary(keadaan)
    named = {"selesai": "selesai", "proses": "berjalan", "belum": "belum dimulai", "terlambat": "lewat tenggat"}
    states = join([f"{count_word(sums[key])} {text}" for key, text in named.items() if sums[key]])
    many = f"{count_word(len(keadaan))} tindak lanjut" if len(keadaan) > 1 else "satu tindak lanjut"
    return Temuan(f"Sejak rapat lalu, dari {many}: {states}", [_shrunk(sums, kampanye)])


def _shrunk(sums: Any, kampanye: Any) -> str:
    if not sums["terbanding"]:
        return f"Belum dapat dikatakan apakah kendalanya menyusut: jumlah {kampanye.orang} waktu itu atau sekarang tidak diketahui."
    named = {"menyusut": "menyusut", "tetap": "tetap", "bertambah": "bertambah"}
    parts = join([f"{text} pada {count_word(sums[key])}" for key, text in named.items() if sums[key]])
    return (
        f"Dari {count_word(sums['terbanding'])} yang dapat dibandingkan, jumlah {kampanye.orang} terhalang {parts}. "
        f"Perubahan tidak selalu akibat tindak lanjut: {kampanye.unit} yang baru melapor ikut menambah jumlah."
    )


def follow_up_headline(rtl: list[Rtl], masalah: Problems) -> Judul | Rangkaian:
    """Finding above the matrix, on a page of its own where it stands right behind the inventory; nothing where there is
    nothing to follow up."""
    if not rtl:
        return Rangkaian([])
    text = f"{opening_count(len(rtl))} tindak lanjut untuk dibahas"
    days = sorted(day for line in rtl if (day := line.tenggat or line.usul_tenggat) and not line.terlambat)
    if days:
        first = days.count(days[0])
        of = "" if first == len(rtl) else f" {count_word(first)} di antaranya"
        text += f",{of} paling lambat {weekday_month(days[0])}"
    return Judul(text, "Matriks tindak lanjut", halaman_baru=bool(len(masalah.log)) and masalah.keadaan.empty)
