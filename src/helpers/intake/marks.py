"""What the cells of one person say: status and proof, from a word, from the words around it, or from a ticked column.

Where a cell contradicts itself ("sudah tapi gagal") nothing is taken and the office is asked.
"""

import re

from helpers.intake.rows import Reader
from helpers.intake.tables import STATUS_MARKS, Row
from helpers.intake.values import fold
from helpers.intake.vocabulary import match_word

_TURNS = frozenset({"tapi", "tetapi", "namun", "belum", "blm", "gagal", "tidak", "tdk", "bukan", "kurang"}) | {
    "hampir", "kecuali", "batal", "error", "eror", "proses", "sedang", "masih", "sebagian", "terkendala", "pending",
    "ditolak",
}  # fmt: skip
_SUCCESS = frozenset({"berhasil", "sukses", "akhirnya"})
_REFUSING = frozenset({"belum", "blm", "tidak", "tdk", "gagal", "bukan", "tanpa", "proses", "sedang"})
_UNTICKED = frozenset({"0", "-", "–", "false", "salah", "tidak", "tdk", "belum", "blm", "n", "no", "t", "☐", "x belum"})
_UNTICKED |= {"tidak ada", "tdk ada", "belum ada", "nihil", "kosong"}


def status_of(reader: Reader, row: Row) -> str | None:
    """The status of a person: from its column, or from the one column of marks that is filled."""
    if row.text("status"):
        status = _stated(reader, row)
        other = match_word(row.text("status_lain"), reader.kampanye.columns["status"])
        started = {"proses", "belum"}  # two words for one count
        if status and other and other != status and {status, other} != started:
            reader.note("status_beda", row, "status_lain", lain=row.text("status"))
        return status
    marks = [name for name in STATUS_MARKS if name in reader.table.columns]
    made = [name for name in marks if _is_marked(row, name, reader.kampanye.columns["status"])]
    if len(made) > 1:
        headings = ", ".join(reader.table.heading_of(name) for name in made)
        reader.found.add(
            "status_ganda", reader.table.sheet.name, row.place, reader.table.columns[made[1]], headings, headings
        )
    elif made:
        return made[0].removeprefix("tanda_")
    elif marks == ["tanda_berhasil"] and row.mark(marks[0]):
        # FALSE, "tidak", "gagal": said, not left empty
        said = match_word(row.mark(marks[0]), reader.kampanye.columns["status"])
        return said if said and said != "berhasil" else "belum"
    elif marks == ["tanda_berhasil"] and "status" not in reader.table.columns:
        heading = reader.table.heading_of(marks[0])
        place = reader.table.columns[marks[0]]
        reader.found.add(
            "tanda_kosong", reader.table.sheet.name, row.place, place, heading, heading, banyak=1, dibaca="belum"
        )
        return "belum"
    else:
        reader.note("status_kosong", row, "status" if not marks else marks[0])
    return None


def _stated(reader: Reader, row: Row) -> str | None:
    """The word of a status cell; of "gagal, server down" the first part, unless the rest turns it round."""
    words = reader.kampanye.columns["status"]
    text = row.text("status")
    if match_word(text, words) is None:
        first, _, rest = (
            (part.strip() for part in re.split(r"([,;:(\-–]+)", text, maxsplit=1))
            if re.search(r"[,;:(\-–]", text)
            else (text, "", "")
        )
        known = match_word(first, words) if first != text else None
        turned = set(fold(rest).split())
        doubtful = turned & _TURNS if known == "berhasil" else turned & _SUCCESS and not turned & _REFUSING
        if known and not doubtful:
            return known
    return reader.word(row, "status", "status", "status_asing")


def _is_marked(row: Row, name: str, words: dict[str, list[str]] | None = None) -> bool:
    """Whether a cell of a column of marks is ticked: anything but nothing, a dash, 0, FALSE, "tidak", or words that
    say another status: "gagal" or "belum, sakit" under "Sudah"."""
    text = row.mark(name)
    if not text or row.cells[name] is False:
        return False
    own = name.removeprefix("tanda_")
    said = match_word(text, words) if words else None
    if said is not None and said != "berhasil":
        return said == own
    refused = own in ("berhasil", "bukti_ada") and fold(text).partition(" ")[0] in _REFUSING
    return not refused and (fold(text) or text) not in _UNTICKED


def proof_of(reader: Reader, row: Row) -> str | None:
    """ada or belum: from the column of proofs, a file name in it, or its columns of marks; None where nobody said."""
    text = row.mark("bukti")
    if text:
        # A file name or a link in this column says that there is a proof.
        if re.search(r"\.(pdf|jpe?g|png|webp)\b|https?://", text, re.IGNORECASE):
            return "ada"
        known = match_word(text, reader.kampanye.columns["bukti"])
        if known is None:
            reader.note("bukti_asing", row, "bukti")
        return known
    if _is_marked(row, "bukti_ada"):
        return "ada"
    return "belum" if row.mark("bukti_ada") or row.mark("bukti_tidak") else None
