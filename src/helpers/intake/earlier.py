"""A submission beside what came before it: headcounts that jump, rates that fall, people on two offices' lists.

All of it is said, none of it refuses a file.
"""

from datetime import date

from helpers.intake.history import History
from helpers.intake.submission import SHEET_STEP, Submission
from helpers.wording import day, percent

_JUMP = 0.10  # of the headcount


def compare_with_earlier(submission: Submission, history: History) -> None:
    """Findings of a file that is otherwise taken; people whom another office lists go to `submission.pindah`."""
    if not submission.temuan.refuses:
        _compare_counts(submission, history)
        _find_transfers(submission, history)


def _compare_counts(submission: Submission, history: History) -> None:
    found = submission.temuan
    _compare_same_day(submission, history)
    so_far: dict[str, tuple[date, int, int | None]] = {}
    for row in sorted(submission.tables.get("rekap", []), key=lambda r: (r["opd"], r["tanggal_data"])):
        total, done = row["jumlah_asn"], row["berhasil"]
        before = history.before(row["opd"], row["tanggal_data"])
        last = (before.tanggal, before.jumlah, before.berhasil) if before else None
        if row["opd"] in so_far and (last is None or so_far[row["opd"]][0] > last[0]):
            last = so_far[row["opd"]]
        so_far[row["opd"]] = (row["tanggal_data"], total, done)
        if last is None:
            continue
        sheet, place = row.get("lembar", ""), (row["baris"] - 1) % SHEET_STEP if row["baris"] > 0 else None
        when = day(last[0])
        if last[1] and abs(total / last[1] - 1) > _JUMP + 1e-9:
            change = percent(abs(total / last[1] - 1))
            found.add("lonjakan", sheet, place, value=total, jumlah=total, lalu=last[1], tanggal=when, persen=change)
        if done is not None and last[2] is not None and total and last[1] and done / total < last[2] / last[1] - 1e-9:
            now, then = percent(done / total), f"{last[2]} dari {last[1]} ({percent(last[2] / last[1])})"
            found.add(
                "capaian_turun",
                sheet,
                place,
                value=done,
                berhasil=done,
                jumlah=total,
                kini=now,
                lalu=then,
                tanggal=when,
            )


def _compare_same_day(submission: Submission, history: History) -> None:
    """A second word on one day replaces the first: said where it is about other people, or about a tenth more or less."""
    listed: dict[str, set[str]] = {}
    for row in submission.tables.get("nominatif", []):
        listed.setdefault(row["opd"], set()).add(row["nip"])
    for row in submission.tables.get("rekap", []):
        opd, when = row["opd"], row["tanggal_data"]
        newest = max(history.counts.get(opd, {}), default=when)
        if newest > when and not any(r["opd"] == opd and r["tanggal_data"] > when for r in submission.tables["rekap"]):
            submission.temuan.add("lebih_lama", row.get("lembar", ""), opd=opd, tanggal=day(newest))
        before = history.counts.get(opd, {}).get(when)
        if before is None:
            continue
        roster = {p.nip for p in history.rosters.get(opd, []) if p.tanggal == when}
        same = len(roster & listed.get(opd, set()))
        others = bool(roster and opd in listed and same < len(roster) / 2)
        if others or (before.jumlah and abs(row["jumlah_asn"] / before.jumlah - 1) > _JUMP + 1e-9):
            figures = {"lalu": before.jumlah, "jumlah": row["jumlah_asn"], "sama": same}
            submission.temuan.add("menggantikan", row.get("lembar", ""), opd=opd, tanggal=day(when), **figures)


def _find_transfers(submission: Submission, history: History) -> None:
    """Whoever stands on another office's list counts on the newer one; both offices are told."""
    for row in submission.tables.get("nominatif", []):
        for other in history.elsewhere(row["nip"], row["opd"]):
            code = "nip_pindah" if row["tanggal_data"] >= other.tanggal else "nip_di_tempat_lain"
            line = (row["baris"] - 1) % SHEET_STEP
            column = next((at for sheet, at in submission.kolom_nip if sheet == row["lembar"]), None)
            when = day(other.tanggal)
            submission.temuan.add(
                code, row["lembar"], line, column, "NIP", row["nip"], is_nip=True, lain=other.opd, tanggal=when
            )
            submission.pindah.append((row, other))
