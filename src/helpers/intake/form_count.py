"""The live count above a nominatif: people, berhasil, gagal, belum, what is still missing, as formulas.

Each figure is a short text in one cell ("127 berhasil · 30,8%"): no program that searches rows for headings takes
the line for one, and the Indonesian separators hang on no computer's settings. The value is written with its formula,
so a reader that does not calculate sees the same.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from helpers.schema import KINDS
from helpers.wording import number, percent

REACH = 5000  # the last counted row at least: rows added below the list count too


@dataclass(frozen=True)
class Figure:
    """A cell of the count: first and last column that it spans, formula, its value now, kind for the colours."""

    first: int
    last: int
    formula: str
    value: str
    kind: str


def live_count(
    columns: list[str], heading: int, rows: pd.DataFrame | None, people: str, counted: list[str]
) -> list[Figure]:
    """The figures in reading order. `columns`: names in the store by place; `heading`: its row from 0.

    As intake counts: rows with a NIP or a name, kinds of ASN in `counted`, an empty kind is PNS, proses is belum.
    """
    table = _Formulas(columns, heading, max(REACH, heading + 1000 + (0 if rows is None else len(rows))), counted)
    now = _values(columns, rows, counted)
    done, failed, waiting, busy = (table.people(word) for word in ("Berhasil", "Gagal", "Belum", "Proses"))
    all_, waits = table.people(), f"({waiting}+{busy})"
    share = f'IF({all_}=0,"–",TEXT(ROUND(1000*{done}/{all_},0),"0\\,0")&"%")'
    word = people.replace('"', '""')
    formulas = [
        f'{_grouped(all_)}&" {word}"',
        f'{_grouped(done)}&" berhasil · "&{share}',
        f'{_grouped(failed)}&" gagal"',
        f'{_grouped(waits)}&" belum"&IF({busy}=0,""," ("&{_grouped(busy)}&" proses)")',
        table.hint(all_, f"({all_}-{done}-{failed}-{waits})"),
    ]
    busy_now = f" ({number(now['proses'])} proses)" if now["proses"] else ""
    reached = percent(now["berhasil"] / now["semua"]) if now["semua"] else "–"
    values = [
        f"{number(now['semua'])} {people}",
        f"{number(now['berhasil'])} berhasil · {reached}",
        f"{number(now['gagal'])} gagal",
        f"{number(now['belum'] + now['proses'])} belum{busy_now}",
        _hint(now),
    ]
    spans = [
        ("nomor", "nip"),
        ("nama", "nama"),
        ("unit", "unit"),
        ("jenis_asn", "tanggal_isi"),
        ("bukti", "tindak_lanjut"),
    ]
    kinds = ["semua", "berhasil", "gagal", "belum", "catatan"]
    return [
        Figure(columns.index(first), columns.index(last), f"={formula}", value, kind)
        for (first, last), formula, value, kind in zip(spans, formulas, values, kinds, strict=True)
    ]


@dataclass(frozen=True)
class _Formulas:
    columns: list[str]
    heading: int
    reach: int
    counted: list[str]

    def cells(self, name: str) -> str:
        """A column from its heading on: a row that is added right below the heading is inside."""
        letter = xl_col_to_name(self.columns.index(name))
        return f"${letter}${self.heading + 1}:${letter}${self.reach}"

    def people(self, status: str = "", *more: str) -> str:
        """How many people, with a status if given. The heading itself is a row with text: without a status, less 1."""
        tests = [f'{self.cells("nip")}&{self.cells("nama")}<>""', *self._kinds(), *more]
        if status:
            tests.append(f'{self.cells("status")}="{status}"')
        total = f"SUMPRODUCT({','.join(f'--({test})' for test in tests)})"
        return total if status else f"({total}-1)"

    def _kinds(self) -> list[str]:
        return [f'{self.cells("jenis_asn")}<>"{kind}"' for kind in KINDS if kind not in self.counted]

    def hint(self, everyone: str, without_status: str) -> str:
        """What is still missing, or that nothing is."""
        parts = [
            (without_status, _MISSING["tanpa_status"]),
            (self.people("Berhasil", f'{self.cells("tanggal_isi")}=""'), _MISSING["tanpa_tanggal"]),
            (self.people("Gagal", f'{self.cells("kode_kendala")}=""'), _MISSING["tanpa_kode"]),
        ]
        for kind in KINDS:
            if kind not in self.counted:
                many = f'SUMPRODUCT(--({self.cells("jenis_asn")}="{kind}"))'
                parts.append((many, f"{kind} tidak dihitung"))
        missing = "&".join(f'IF({many}=0,""," · "&{_grouped(many)}&" {text}")' for many, text in parts)
        complete = f'IF({"+".join(many for many, _ in parts)}=0," · {_COMPLETE}","")'
        return f'IF({everyone}=0,"{_EMPTY}",MID({missing}&{complete},4,200))'


_MISSING = {
    "tanpa_status": "tanpa Status yang sah",
    "tanpa_tanggal": "Berhasil tanpa Tanggal Isi",
    "tanpa_kode": "Gagal tanpa Kode Kendala",
}
_EMPTY, _COMPLETE = "Daftar masih kosong", "Setiap baris lengkap"


def _grouped(number_of: str) -> str:
    # An escaped point is a point in every language; what "," and "." mean unescaped differs.
    return f'TEXT({number_of},"[>999]0\\.000;0")'


def _values(columns: list[str], rows: pd.DataFrame | None, counted: list[str]) -> dict[str, Any]:
    """The same figures from the rows that are written."""
    table = pd.DataFrame(rows).reindex(columns=columns)
    table = table.loc[table["nip"].notna() | table["nama"].notna()]
    inside = table["jenis_asn"].fillna("PNS").isin(counted)
    people = table[inside]
    status = people["status"].fillna("").astype(str).str.lower()
    many = {word: int(status.eq(word).sum()) for word in ("berhasil", "gagal", "belum", "proses")}
    return {
        "semua": len(people),
        **many,
        "tanpa_status": len(people) - sum(many.values()),
        "tanpa_tanggal": int((status.eq("berhasil") & people["tanggal_isi"].isna()).sum()),
        "tanpa_kode": int((status.eq("gagal") & people["kode_kendala"].isna()).sum()),
        "di_luar": table.loc[~inside, "jenis_asn"].value_counts().to_dict(),
    }


def _hint(now: dict[str, Any]) -> str:
    if not now["semua"]:
        return _EMPTY
    parts = [f"{number(now[name])} {text}" for name, text in _MISSING.items() if now[name]]
    parts += [f"{number(now['di_luar'][kind])} {kind} tidak dihitung" for kind in KINDS if kind in now["di_luar"]]
    return " · ".join(parts) or _COMPLETE
