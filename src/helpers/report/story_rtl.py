"""The follow-up matrix in words: a line per kendala, per decision, and per follow-up that is still open.

PDF, workbook and meeting pack print the same list. What is proposed comes from the catalogue and the rules of
measures.decisions; what a meeting wrote stands as it wrote it. Where each stands is measured in measures/follow_up.py.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from helpers.measures import follow_up
from helpers.measures.obstacles import OTHERS
from helpers.measures.problem_log import CATAT, LATE, NEEDED, Problems
from helpers.report import story_decisions
from helpers.report.rtl import PROPOSED, Rtl
from helpers.wording import capitalize, count_word, is_unknown, join, number, required_pace

# States in the order in which a meeting takes them, each with the shape that says it without its word.
SIGNS = {NEEDED: "ketupat", LATE: "segitiga", "Belum": "lingkar", "Proses": "separuh", "Selesai": "penuh"}
STATES = tuple(SIGNS)


def lines(masalah: Problems, kampanye: Any) -> list[Rtl]:
    """All follow-ups to go through: kendala in the order of the log, decisions, then what is open of earlier meetings though
    nothing of it is left in the data. Those that are Selesai are left to the table of what was done."""
    texts = story_decisions.texts(
        masalah.diminta, masalah.kendala, masalah.laju, masalah.ramalan, masalah.sisa, kampanye
    )
    told = [_of_log(row, masalah.keadaan, kampanye) for row in masalah.log.to_dict("records")]
    rows = masalah.diminta.to_dict("records")
    told += [_of_decision(row, text, masalah, kampanye) for row, text in zip(rows, texts, strict=True)]
    known = masalah.keadaan.set_index("nomor")
    same = set(masalah.log["kode"])
    open_ = set(masalah.keadaan.loc[follow_up.undecided(masalah.keadaan), "nomor"])
    told = [
        _as_decided(line, known.loc[line.nomor], same if line.nomor not in open_ else None)
        if line.nomor in known.index
        else line
        for line in told
    ]
    rest = masalah.keadaan[masalah.keadaan["terbuka"] & ~masalah.keadaan["nomor"].isin([line.nomor for line in told])]
    return told + [_of_earlier(row) for row in rest.to_dict("records")]


def earlier(keadaan: pd.DataFrame) -> list[Rtl]:
    """What earlier meetings decided, as it stands now, those that are Selesai too, by nomor. `keadaan`: follow_up.states."""
    return [_of_earlier(row) for row in keadaan[~follow_up.undecided(keadaan)].to_dict("records")]


def state(line: Rtl) -> str:
    """Where a follow-up stands, one of STATES: undecided before late before what was written."""
    if line.terlambat:
        return LATE
    if line.status == PROPOSED and not line.tindak_lanjut and not line.tenggat:
        return NEEDED
    return line.status


def tally(rtl: list[Rtl], keadaan: pd.DataFrame) -> dict[str, int]:
    """How many follow-ups are in each of STATES; Selesai are those of earlier meetings."""
    counted = dict.fromkeys(STATES, 0)
    for line in rtl:
        counted[state(line)] += 1
    counted["Selesai"] += int((~keadaan["terbuka"]).sum())
    return counted


def _of_log(row: Any, keadaan: pd.DataFrame, kampanye: Any) -> Rtl:
    people = f"{number(row['orang'])} {kampanye.orang}"
    finding = f"{row['kategori']} menahan {people} di {count_word(row['unit'])} {kampanye.unit}"
    if row["kode"] == CATAT:
        finding = f"Alasan {people} di {count_word(row['unit'])} {kampanye.unit} belum dicatat"
    again = follow_up.reopened(row["kode"], keadaan) if row["kode"] != OTHERS["kode"] else None
    if again:
        still = "belum dicatat" if row["kode"] == CATAT else "masih tertahan"
        finding = f"{row['kategori']}: {people} {still} sesudah tindak lanjut nomor {number(again)} dinyatakan selesai"
    return Rtl(
        nomor=int(row["nomor"]),
        kode=row["kode"],
        temuan=finding,
        orang=int(row["orang"]),
        rekomendasi=row["usulan"],
        indikator=_goal(row, kampanye),
        usul_tenggat=row["tenggat"],
        pic=row["pic"],
    )


def _goal(row: Any, kampanye: Any) -> str:
    people = number(row["orang"])
    if row["kode"] == CATAT:
        return f"Alasan {people} {kampanye.orang} tercatat pada laporan berikutnya"
    if not row["sebelum_batas"]:
        goal = f"{row['kode']}: daftar {people} {kampanye.orang} tersusun"
        return f"{goal} untuk {kampanye.lanjutan}" if kampanye.lanjutan else f"{goal} sampai batas waktu"
    name = capitalize(OTHERS["kategori"]) if row["kode"] == OTHERS["kode"] else row["kode"]
    return f"{name}: {kampanye.orang} terhalang turun dari {people} menjadi 0 pada laporan berikutnya"


def _of_decision(row: Any, text: Any, masalah: Problems, kampanye: Any) -> Rtl:
    code = row["aturan"].upper()
    finding, goal = _WORDS[code](row, text, masalah, kampanye)
    return Rtl(
        nomor=int(row["nomor"]),
        kode=code,
        temuan=finding,
        orang=None if is_unknown(row["orang"]) else int(row["orang"]),
        rekomendasi=text.keputusan,
        indikator=goal,
        usul_tenggat=row["tenggat"],
        pic=f"Pimpinan {join(row['unit'])}" if row["unit"] else text.pic,  # in a row of its own "itu" points nowhere
    )


def _offices(row: Any, kampanye: Any) -> str:
    return f"{count_word(len(row['unit']))} {kampanye.unit}"


def _help_first(row: Any, text: Any, masalah: Problems, kampanye: Any) -> tuple[str, str]:
    people = f"{number(row['orang'])} {kampanye.orang}"
    finding = f"{capitalize(_offices(row, kampanye))} memegang kekurangan {people}"
    return finding, f"Kekurangan di sana turun dari {people} pada laporan berikutnya"


def _report(row: Any, text: Any, masalah: Problems, kampanye: Any) -> tuple[str, str]:
    offices = capitalize(_offices(row, kampanye))
    people = "" if is_unknown(row["orang"]) else f" {number(row['orang'])} {kampanye.orang}"
    return f"{offices} belum lapor; keadaan{people} belum diketahui", f"{offices} melapor"


def _carry_over(row: Any, text: Any, masalah: Problems, kampanye: Any) -> tuple[str, str]:
    done = f"Daftar {kampanye.orang} untuk {kampanye.lanjutan} diterima dari semua {kampanye.unit}"
    return text.hasil.removesuffix(".").replace(" saat itu", " pada batas waktu"), done


def _daily_goal(row: Any, text: Any, masalah: Problems, kampanye: Any) -> tuple[str, str]:
    need = required_pace(row["orang"] / masalah.sisa["hari_kerja"])
    finding = f"Kekurangan {number(row['orang'])} {kampanye.orang} terhadap target"
    return finding, f"Sedikitnya {need} {kampanye.orang} berhasil per hari kerja"


def _spread(row: Any, text: Any, masalah: Problems, kampanye: Any) -> tuple[str, str]:
    offices = capitalize(_offices(row, kampanye))
    return f"{offices} belum mencatat sosialisasi", f"{offices} mencatat sedikitnya satu kegiatan"


def _keep_proofs(row: Any, text: Any, masalah: Problems, kampanye: Any) -> tuple[str, str]:
    people = f"{number(row['orang'])} {kampanye.orang}"
    return f"{people} berhasil tanpa bukti tercatat", f"Bukti pengisian {people} tercatat"


_WORDS: dict[str, Callable[..., tuple[str, str]]] = {
    "DAMPINGI": _help_first,
    "LAPOR": _report,
    "LANJUTAN": _carry_over,
    "LAJU": _daily_goal,
    "SOSIALISASI": _spread,
    "BUKTI": _keep_proofs,
}


def _as_decided(line: Rtl, held: Any, kendala: set[str] | None) -> Rtl:
    """What is proposed now, with what the meetings have written about it so far; `kendala`: codes of the log, None where
    nothing was decided and all that is proposed stands as it is now."""
    now = kendala is None or line.kode in kendala
    return Rtl(
        nomor=line.nomor,
        kode=line.kode,
        # A decision is about the offices it was handed out for; a kendala is the same one with other people.
        temuan=line.temuan if now else _text(held["temuan"]) or line.temuan,
        orang=line.orang,
        rekomendasi=line.rekomendasi if now else _text(held["rekomendasi"]) or line.rekomendasi,
        indikator=line.indikator if kendala is None else _text(held["indikator"]) or line.indikator,
        usul_tenggat=line.usul_tenggat,
        **_decided(held) | ({} if _text(held["pic"]) else {"pic": line.pic}),
    )


def _of_earlier(row: Any) -> Rtl:
    return Rtl(
        nomor=int(row["nomor"]),
        kode=_text(row["kode"]),
        temuan=_text(row["temuan"]),
        orang=None if is_unknown(row["orang_kini"]) else int(row["orang_kini"]),
        rekomendasi=_text(row["rekomendasi"]),
        indikator=_text(row["indikator"]),
        usul_tenggat=None,
        **_decided(row),
    )


def _decided(held: Any) -> dict[str, Any]:
    return {
        "tindak_lanjut": _text(held["tindak_lanjut"]),
        "pic": _text(held["pic"]),
        "tenggat": _day(held["tenggat"]),
        "status": held["status"],
        "keterangan": _text(held["keterangan"]),
        "asal": _day(held["asal"]),
        "terlambat": bool(held["terlambat"]),
    }


def _text(value: Any) -> str:
    return "" if is_unknown(value) else str(value)


def _day(value: Any) -> date | None:
    return None if is_unknown(value) else pd.Timestamp(value).date()
