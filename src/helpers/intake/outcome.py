"""What became of a file as plain data: one JSON object for each office and day it speaks of.

Used by `pantau terima --json`; what people read is written by feedback.py.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from helpers.intake.findings import Finding
from helpers.intake.submission import RESIDENTS, Submission

_COUNTS = ("jumlah_asn", "berhasil", "gagal", "belum", "bukti")


def outcomes(submission: Submission) -> Iterator[dict[str, Any]]:
    """One object for each office and day; one with unknown counts for a refused file. Unknown values are None.

    Findings that belong to a line of another office or day are left to that one's object.
    """
    rows = submission.tables.get("rekap", []) if submission.hasil == "diterima" else []
    findings = list(submission.temuan)
    if submission.tables.get(RESIDENTS) and submission.hasil == "diterima":
        yield _residents(submission, findings)
        if not rows:
            return
    if not rows:
        opd = submission.opd[0] if len(submission.opd) == 1 else None
        day = submission.tanggal_data.isoformat() if submission.tanggal_data else None
        unknown: dict[str, Any] = dict.fromkeys(_COUNTS)
        yield _object(submission, opd, day, unknown, findings)
        return
    lines = {row["baris"] for row in rows if row["baris"] > 0}
    for row in rows:
        others = lines - {row["baris"]} if row["baris"] > 0 else set()
        own = [finding for finding in findings if _line(finding) not in others]
        day = row["tanggal_data"].isoformat() if row["tanggal_data"] else None
        yield _object(submission, row["opd"], day, {name: row[name] for name in _COUNTS}, own)


def _residents(submission: Submission, findings: list[Finding]) -> dict[str, Any]:
    """Counts of families: of no office, by kelurahan and kecamatan."""
    villages, districts = submission.wilayah
    day = submission.tanggal_data.isoformat() if submission.tanggal_data else None
    known = _object(submission, None, day, dict.fromkeys(_COUNTS), findings)
    families = {name: submission.families(name) for name in ("merespons", "clean", "target_kk", "jumlah_kk")}
    return known | {"kelurahan": villages, "kecamatan": districts, **families}


def as_json(outcome: dict[str, Any]) -> str:
    """One line of ASCII: a terminal or a program reads it whatever stands in the file."""
    return json.dumps(outcome, ensure_ascii=True)


def _line(finding: Finding) -> int | None:
    found = re.search(r"\d+$", finding.sel)
    return int(found[0]) if found else None


def _object(
    submission: Submission, opd: str | None, day: str | None, counts: dict[str, Any], findings: list[Finding]
) -> dict[str, Any]:
    return {
        "berkas": submission.berkas,
        "hasil": submission.hasil,
        "opd": opd,
        "tanggal_data": day,
        **counts,
        **_of_log(submission),
        "temuan": [
            {
                "tingkat": finding.tingkat,
                "lembar": finding.lembar,
                "sel": finding.sel,
                "kolom": finding.kolom,
                "nilai": finding.nilai,
                "pesan": finding.pesan,
            }
            for finding in findings
        ],
    }


def _of_log(submission: Submission) -> dict[str, Any]:
    """What a returned problem log adds; nothing for an office's file."""
    if "tindak_lanjut" not in submission.lembar:
        return {}
    log = submission.log
    told: dict[str, Any] = {"jenis": "log_kendala", "rapat": log.rapat.isoformat() if log and log.rapat else None}
    names = ("jumlah", "selesai", "baru")
    counted = {name: getattr(log, name) if log else None for name in names}
    return told | dict(zip(("tindak_lanjut", "selesai", "baru"), counted.values(), strict=True))
