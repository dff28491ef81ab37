"""Rows of a found table to rows of the store, with a finding for every value that can't be taken truthfully.

One function per kind of table. Whether the file as a whole is accepted is left to receive.py.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from helpers.campaign import Campaign
from helpers.intake.findings import Findings
from helpers.intake.identity import SAMPLE_SERIALS, mask, read_nip
from helpers.intake.offices import find_office
from helpers.intake.tables import Row, Table, fold, match_word
from helpers.intake.workbook import clean_text, parse_date
from helpers.wording import day

type_of_row = dict[str, Any]


@dataclass
class Reader:
    """Reads the rows of one table. `opd` and `as_of` are what the file says; `today` bounds what can have happened."""

    kampanye: Campaign
    table: Table
    found: Findings
    today: date
    opd: str = ""
    as_of: date | None = None
    masked: int = 0
    # Shared by all sheets of a file: cell of each NIP, office and day of each rekap row.
    nips: dict[str, str] = field(default_factory=dict)
    days: set[tuple[str, date]] = field(default_factory=set)

    def note(self, code: str, row: Row, name: str, **more: Any) -> None:
        """A finding at a cell of this table."""
        self.found.add(
            code,
            self.table.sheet.name,
            row.place,
            self.table.columns.get(name),
            self.table.heading_of(name),
            row.text(name),
            **more,
        )

    def word(self, row: Row, name: str, words: str, unknown: str) -> str | None:
        """A cell from a closed list; empty is None, an unknown word is a finding."""
        if not row.text(name):
            return None
        known = match_word(row.text(name), self.kampanye.columns[words])
        if known is None:
            self.note(unknown, row, name)
        return known

    def date(self, row: Row, name: str, latest: date | None = None) -> date | None:
        """A date of the campaign up to `latest` (the data date); empty is None, others are findings."""
        if not row.text(name):
            return None
        value = parse_date(row.cells[name])
        if value is None:
            self.note("tanggal_salah", row, name)
        elif value < self.kampanye.mulai:
            self.note("sebelum_mulai", row, name, mulai=day(self.kampanye.mulai))
        elif value > self.today:
            self.note("masa_depan", row, name)
        elif latest is not None and value > latest:
            self.note("sesudah_data", row, name, tanggal_data=day(latest))
        else:
            return value
        return None

    def count(self, row: Row, name: str) -> int | None:
        """A number of people; empty is None (unknown), never 0."""
        text = row.text(name).replace(" ", "")
        if not text:
            return None
        typed = not isinstance(row.cells[name], float)
        if typed and re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", text):
            text = text.replace(".", "")  # 1.946 as the office writes it; a cell of 0,305 is a share
        if not text.isdecimal() or len(text) > 9:
            self.note("angka_salah", row, name)
            return None
        return int(text)

    def free_text(self, row: Row, name: str) -> str | None:
        """Text that an office wrote, personal numbers masked; None where empty."""
        text, masked = mask(row.text(name))
        self.masked += masked
        return text or None


def read_nominatif(reader: Reader) -> list[type_of_row]:
    """A row per person. Needs reader.opd and reader.as_of."""
    assert reader.as_of is not None
    rows: list[type_of_row] = []
    codes = set(reader.kampanye.obstacles["kode"])
    undated = without_code = k13 = 0
    for row in reader.table.rows():
        kind = reader.word(row, "jenis_asn", "jenis_asn", "jenis_asing") or "PNS"
        nip = read_nip(row.cells.get("nip", ""), kind, reader.as_of)
        if not row.text("nip"):
            reader.note("tanpa_nip", row, "nip")
        elif nip.rusak:
            reader.note("nip_rusak", row, "nip")
        elif nip.salah:
            reader.note("nip_salah", row, "nip", alasan=nip.salah)
        elif nip.digits in reader.nips:
            reader.note("nip_ganda", row, "nip", lain=reader.nips[nip.digits])
        elif nip.janggal:
            reader.note("nip_janggal", row, "nip", alasan=nip.janggal)
        reader.nips.setdefault(nip.digits, xl_rowcol_to_cell(row.place, reader.table.columns["nip"]))
        if not row.text("nama"):
            reader.note("tanpa_nama", row, "nama")
        if not row.text("status"):
            reader.note("status_kosong", row, "status")
        if row.text("opd") and find_office(row.text("opd"), reader.kampanye.units) != reader.opd:
            reader.note("opd_campur", row, "opd", opd=reader.opd)
        status = reader.word(row, "status", "status", "status_asing")
        proof = reader.word(row, "bukti", "bukti", "bukti_asing")
        filled = reader.date(row, "tanggal_isi", reader.as_of)
        code = row.text("kode_kendala").upper() or None
        if code and code not in codes:
            reader.note("kode_asing", row, "kode_kendala")
        undated += status == "berhasil" and filled is None
        without_code += status == "gagal" and code is None
        k13 += status == "gagal" and code == "K13"
        rows.append(
            {
                "baris": row.place + 1,
                "opd": reader.opd,
                "tanggal_data": reader.as_of,
                "nip": nip.digits,
                "nama": reader.free_text(row, "nama") or "",
                "unit": reader.free_text(row, "unit"),
                "jenis_asn": kind,
                "status": status,
                "tanggal_isi": filled if status == "berhasil" else None,
                "bukti": None if proof is None else proof == "ada",
                "bukti_sidik": _fingerprint(reader, row),
                "kode_kendala": code,
                "uraian": reader.free_text(row, "uraian"),
                "tindak_lanjut": reader.free_text(row, "tindak_lanjut"),
            }
        )
    sheet = reader.table.sheet.name
    counted = reader.kampanye.counted_kinds
    if left := [row["jenis_asn"] for row in rows if row["jenis_asn"] not in counted]:
        kinds = ", ".join(sorted(set(left)))
        reader.found.add("tidak_dihitung", sheet, value=kinds, banyak=len(left), dihitung=", ".join(counted))
    for code_of_finding, many in (
        ("berhasil_tanpa_tanggal", undated),
        ("gagal_tanpa_kendala", without_code),
        ("k13_gagal", k13),
    ):
        if many:
            reader.found.add(code_of_finding, sheet, banyak=many)
    return rows


def _fingerprint(reader: Reader, row: Row) -> str | None:
    """SHA-256 of a proof as `pantau bukti` wrote it; anything else is not kept."""
    text = row.text("bukti_sidik").lower()
    if text and not re.fullmatch(r"[0-9a-f]{64}", text):
        reader.note("sidik_salah", row, "bukti_sidik")
    return text if re.fullmatch(r"[0-9a-f]{64}", text) else None


def read_rekap(reader: Reader) -> list[type_of_row]:
    """A row per office and date; office and date from their columns, else from the file."""
    rows: list[type_of_row] = []
    late = 0
    left_out = _left_out(reader)
    for row in reader.table.rows():
        if row.place in left_out:
            continue
        opd = find_office(row.text("opd"), reader.kampanye.units) if row.text("opd") else reader.opd
        if opd is None:
            reader.note("opd_asing", row, "opd")
        elif not opd:
            reader.found.add("tanpa_opd", reader.table.sheet.name, row.place)
        as_of = reader.date(row, "tanggal_data") if row.text("tanggal_data") else reader.as_of
        if as_of is None and not row.text("tanggal_data"):
            reader.found.add("tanpa_tanggal", reader.table.sheet.name, row.place)
        counts = {name: reader.count(row, name) for name in ("jumlah_asn", "berhasil", "gagal", "belum", "bukti")}
        if not row.text("jumlah_asn"):
            reader.note("jumlah_kosong", row, "jumlah_asn")
        _check_counts(reader, row, counts)
        if opd and as_of:
            if (opd, as_of) in reader.days:
                reader.found.add("rekap_ganda", reader.table.sheet.name, row.place, opd=opd, tanggal=day(as_of))
            reader.days.add((opd, as_of))
            late += as_of > reader.kampanye.selesai
        rows.append({"baris": row.place + 1, "opd": opd, "tanggal_data": as_of, **counts})
    if late:
        reader.found.add("sesudah_selesai", reader.table.sheet.name, banyak=late, selesai=day(reader.kampanye.selesai))
    return rows


def _check_counts(reader: Reader, row: Row, counts: dict[str, int | None]) -> None:
    total, done = counts["jumlah_asn"], counts["berhasil"]
    if total is None:
        return
    known = {name: counts[name] or 0 for name in ("berhasil", "gagal", "belum") if counts[name] is not None}
    added = sum(known.values())
    if (len(known) == 3 and added != total) or added > total:
        larger = next((name for name, people in known.items() if people > total), None)
        if larger:
            what = larger.capitalize()
            reader.note("melebihi", row, larger, kolom_lain=what, batas_nama="Jumlah ASN", batas=total)
        else:
            reader.note("tidak_cocok", row, "jumlah_asn", jumlah=added)
    if counts["bukti"] is not None and counts["bukti"] > (done or 0):
        reader.note("melebihi", row, "bukti", kolom_lain="Bukti", batas_nama="Berhasil", batas=done or 0)


def _left_out(reader: Reader) -> set[int]:
    """Rows that params/kolom.yaml leaves out on purpose, said once per rule."""
    places: set[int] = set()
    for rule in reader.kampanye.columns.get("lewati_baris", []):
        hits = {at for at, cells in reader.table.all_rows() if cells.get(fold(rule["kolom"])) in rule["isi"]}
        if hits:
            value = f"{rule['kolom']} = {', '.join(rule['isi'])}"
            reader.found.add("dilewati", reader.table.sheet.name, value=value, banyak=len(hits), alasan=rule["alasan"])
        places |= hits
    return places


def read_kendala(reader: Reader) -> list[type_of_row]:
    """A row per obstacle that the office reports."""
    codes = set(reader.kampanye.obstacles["kode"])
    rows = []
    for row in reader.table.rows():
        code = row.text("kode").upper()
        if code not in codes:
            reader.note("kode_asing", row, "kode")
        when = reader.date(row, "tanggal", reader.as_of)
        if not row.text("tanggal"):
            reader.found.add("tanpa_tanggal", reader.table.sheet.name, row.place)
        rows.append(
            {
                "baris": row.place + 1,
                "opd": reader.opd,
                "tanggal": when,
                "kode": code,
                "uraian": reader.free_text(row, "uraian"),
                "jumlah_asn": reader.count(row, "jumlah_asn"),
                "usulan": reader.free_text(row, "usulan"),
                "pic": reader.free_text(row, "pic"),
            }
        )
    return rows


def read_sosialisasi(reader: Reader) -> list[type_of_row]:
    """A row per activity."""
    rows = []
    for row in reader.table.rows():
        when = reader.date(row, "tanggal", reader.as_of)
        if not row.text("tanggal"):
            reader.found.add("tanpa_tanggal", reader.table.sheet.name, row.place)
        channel = reader.word(row, "kanal", "kanal", "kanal_asing")
        if not row.text("kanal"):
            reader.note("kanal_asing", row, "kanal")
        rows.append(
            {
                "baris": row.place + 1,
                "opd": reader.opd,
                "tanggal": when,
                "kanal": channel,
                "jumlah_peserta": reader.count(row, "jumlah_peserta"),
                "keterangan": reader.free_text(row, "keterangan"),
            }
        )
    return rows


def looks_invented(nominatif: list[type_of_row]) -> bool:
    """Whether every NIP, of at least five, has the serial of an invented person: one real serial may be 900 or more."""
    serials = [clean_text(row["nip"])[-3:] for row in nominatif]
    return len(serials) >= 5 and all(s.isdecimal() and int(s) in SAMPLE_SERIALS for s in serials)
