"""What goes into a WhatsApp group, in words: finding, gap, what to do, until when; no names, no more than the report says.

A message is built once from measured values; `whatsapp` writes it as text, cards.py draws it. So the two never differ.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from helpers.report.blocks import STAMP
from helpers.report.story import mostly_silent
from helpers.report.story_projection import chance_number, span
from helpers.wording import (
    capitalize,
    day,
    day_month,
    is_unknown,
    number,
    percent,
    percent_prose,
    required_pace,
    target_percent,
)

LIMIT = 900  # characters that a group still reads; a text is always shorter
ADDRESS = re.compile(r"(?:https?://)?\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b(?:/[^\s;,]*)?", re.IGNORECASE)
# WhatsApp's own marks, as signs that look alike and mean nothing to it.
_MARKS = str.maketrans({"*": "∗", "_": "-", "~": "-", "`": "'"})


class MessageError(RuntimeError):
    """A message that can't be made short enough; the message names the parameter to shorten."""


@dataclass(frozen=True)
class Pesan:
    """A message: sentences that must be there, and those that may go first where room is short (`pilihan`, last first)."""

    nama: str
    kampanye: str
    tanggal: str  # of which day the figures are
    angka: str  # the big number of the card
    arti: str  # what it counts, beside it
    temuan: str  # the same as a sentence
    ajakan: str  # the gap in few words
    sampai: str  # until when, at which pace
    kepala: str  # heading of the steps
    langkah: list[str]
    batas: str
    alamat: str
    target: float
    contoh: bool
    bagian: float | None = None  # share of the bar; None: unknown
    berbatang: bool = True
    tercapai: bool = False
    berjalan: bool = True  # the deadline has not passed
    belum_lapor: bool = False
    catatan: list[str] = field(default_factory=list)  # further findings, on the card too
    pilihan: list[str] = field(default_factory=list)


def for_office(row: Any, sisa: Any, kampanye: Any, contoh: bool) -> Pesan:
    """An office's message; `row`: its row of rates.with_rates, `sisa`: pace.days_left."""
    known, people = bool(row["lapor"]), row["jumlah_asn"]
    common = _common(row["nama"], sisa, kampanye, contoh)
    if not known:
        listed = "" if is_unknown(people) or not people else f"{number(people)} {kampanye.orang} menurut daftar; "
        return Pesan(
            **common | {"langkah": ["Pengelola mengirim laporan sesegera mungkin.", *common["langkah"]]},
            tanggal=_as_of(kampanye.tanggal_data),
            angka="Belum lapor",
            belum_lapor=True,
            arti=f"{listed}capaian belum diketahui",
            temuan=f"{capitalize(kampanye.unit)} belum melapor; {listed}capaian belum diketahui.",
            ajakan="",
            sampai="",
        )
    common["tanggal"] = _as_of(row["tanggal_data"])
    old = row["tanggal_data"].date() < kampanye.tanggal_data
    asked = [f"Data belum diperbarui sejak {day_month(row['tanggal_data'])}; mohon dikirim yang baru."] if old else []
    if people == 0:
        return Pesan(
            **common,
            angka="0",
            arti=f"{kampanye.orang} yang dihitung ({kampanye.jenis_asn})",
            temuan=f"Tidak ada {kampanye.orang} yang dihitung ({kampanye.jenis_asn}).",
            ajakan="",
            sampai="",
            berbatang=False,
        )
    return Pesan(
        **common, **_finding(row, kampanye), **_gap(row, sisa, kampanye), pilihan=[*asked, *_more(sisa, kampanye)]
    )


def for_city(kota: Any, sisa: Any, ramalan: Any, kampanye: Any, contoh: bool) -> Pesan:
    """The city's message: figures, where it leads, how many offices reported; no office is named.

    `kota`: rates.total, `ramalan`: the city's row of the projection.
    """
    common = _common(kampanye.wilayah, sisa, kampanye, contoh) | {"tanggal": _as_of(kampanye.tanggal_data)}
    reported = f"{number(kota['unit_lapor'])} dari {number(kota['unit'])}"
    state = _reporting(kota, kampanye)
    if not kota["unit_lapor"]:
        return Pesan(
            **common,
            angka=reported,
            arti=f"{kampanye.unit} melapor; capaian belum diketahui",
            temuan=f"Belum ada {kampanye.unit} yang melapor; capaian belum diketahui.",
            ajakan="",
            sampai="",
        )
    gap = _gap(kota, sisa, kampanye)
    if mostly_silent(kota) and kota["kekurangan"]:
        return Pesan(
            **common,
            angka=reported,
            arti=f"{kampanye.unit} melapor; {number(kota['berhasil'])} {kampanye.orang} diketahui berhasil",
            temuan=f"Baru {reported} {kampanye.unit} melapor; {number(kota['berhasil'])} {kampanye.orang} diketahui berhasil mengisi.",
            **gap,
            catatan=[state],
            pilihan=_more(sisa, kampanye),
            berbatang=False,
        )
    ahead = _ahead(ramalan, sisa, kampanye) if kota["kekurangan"] else []
    return Pesan(**common, **_finding(kota, kampanye), **gap, catatan=[*ahead, state], pilihan=_more(sisa, kampanye))


def whatsapp(pesan: Pesan) -> str:
    """The message as text under 900 characters, in whole sentences: what is optional goes where room is short.

    MessageError if what must be there is too long by itself.
    """
    optional = [*pesan.catatan, *pesan.pilihan]
    for kept in range(len(optional), -1, -1):
        text = _written(pesan, optional[:kept])
        if len(text) < LIMIT:
            return text
    raise MessageError(f"Pesan WhatsApp {pesan.nama[:40]} melebihi {number(LIMIT)} karakter; persingkat ajakan.")


def _written(pesan: Pesan, optional: list[str]) -> str:
    gap = f"*{plain(pesan.ajakan)}* {plain(pesan.sampai)}".strip() + "." if pesan.ajakan else ""
    steps = [f"{at}. {step}" for at, step in enumerate(map(_one_line, pesan.langkah), 1)]
    parts = [
        f"*{STAMP}*" if pesan.contoh else "",
        f"*{plain(pesan.kampanye)} · {plain(pesan.nama)}*\n{capitalize(pesan.tanggal)}",
        "\n".join(filter(None, [plain(pesan.temuan), gap, *map(plain, optional)])),
        "\n".join([pesan.kepala, *steps]),
        pesan.batas,
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def plain(text: str) -> str:
    """Text of others on one line, in which WhatsApp finds no bold, italics, struck-out or code of its own."""
    return _one_line(text).translate(_MARKS)


def _one_line(text: str) -> str:
    # Characters that nobody sees (control, direction) could reorder what is read.
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())


def _common(nama: str, sisa: Any, kampanye: Any, contoh: bool) -> dict[str, Any]:
    steps = [f"{capitalize(step.strip().rstrip('.'))}." for step in kampanye.ajakan.split(";") if step.strip()]
    found = ADDRESS.search(kampanye.ajakan)
    return {
        "nama": nama,
        "kampanye": kampanye.singkatan,
        "langkah": steps,
        "kepala": "Langkah pengisian:" if sisa["hari"] else "Bila masa pengisian diperpanjang:",
        "batas": f"Batas waktu {day(kampanye.selesai)}" + ("." if sisa["hari"] else " sudah lewat."),
        "alamat": found.group().rstrip(".") if found else "",
        "target": kampanye.target,
        "contoh": contoh,
        "berjalan": bool(sisa["hari"]),
    }


def _as_of(when: Any) -> str:
    return f"data {day(when)}"


def _finding(row: Any, kampanye: Any) -> dict[str, Any]:
    done = f"{number(row['berhasil'])} dari {number(row['jumlah_asn'])} {kampanye.orang} berhasil mengisi"
    said = f"{done} ({percent_prose(row['capaian'])})."
    if row["berhasil"] == 0:
        said = f"Belum ada yang berhasil mengisi dari {number(row['jumlah_asn'])} {kampanye.orang}."
    return {
        "angka": percent(row["capaian"]),
        "arti": done,
        "temuan": said,
        "bagian": float(row["capaian"]),
    }


def _gap(row: Any, sisa: Any, kampanye: Any) -> dict[str, Any]:
    """People to the target and the pace, in the words of the report."""
    goal, short = f"target {target_percent(kampanye.target)}", row["kekurangan"]
    if short == 0:
        rest = int(row["jumlah_asn"] - row["berhasil"])
        above = (
            f"dengan {number(row['surplus'])} {kampanye.orang} di atas target"
            if row["surplus"]
            else "tepat pada target"
        )
        more = f"{number(rest)} {kampanye.orang} belum berhasil" if rest else f"semua {kampanye.orang} sudah berhasil"
        return {"ajakan": f"{capitalize(goal)} tercapai", "sampai": f"{above}; {more}", "tercapai": True}
    when = day_month(kampanye.selesai)
    if not sisa["hari"]:
        return {"ajakan": f"Kurang {number(short)} {kampanye.orang}", "sampai": f"dari {goal} pada {when}"}
    text = f"untuk {goal} pada {when}"
    days = sisa["hari_kerja"]
    if days and short >= days:
        text += f": {required_pace(short / days)} {kampanye.orang} per hari kerja"
    return {"ajakan": f"Kurang {number(short)} {kampanye.orang} lagi", "sampai": text}


def _ahead(row: Any, sisa: Any, kampanye: Any) -> list[str]:
    """Where the city stands at the deadline as things go."""
    if is_unknown(row["median"]) or not sisa["hari"]:
        return []
    return [
        f"Tanpa langkah tambahan sekitar {percent(row['median'], 0)} pada {day_month(kampanye.selesai)} "
        f"(selang 80%: {span(row)}); peluang mencapai target {chance_number(row['peluang_target'])} persen."
    ]


def _reporting(kota: Any, kampanye: Any) -> str:
    reported, units = kota["unit_lapor"], kota["unit"]
    if reported == units:
        return f"Semua {number(units)} {kampanye.unit} sudah melapor."
    text = f"{number(reported)} dari {number(units)} {kampanye.unit} sudah melapor"
    if kota["asn_belum_lapor"]:
        text += (
            f"; {number(kota['asn_belum_lapor'])} {kampanye.orang} di {kampanye.unit} lainnya dihitung belum berhasil"
        )
    return f"{text}."


def _more(sisa: Any, kampanye: Any) -> list[str]:
    """What else is good to know: where those go on who are too late, what counts as done."""
    on = (
        [f"Yang belum tercatat dilanjutkan pada {kampanye.lanjutan}."] if kampanye.lanjutan and not sisa["hari"] else []
    )
    return [*on, f"Berhasil berarti {kampanye.arti_berhasil.rstrip('.')}."]
