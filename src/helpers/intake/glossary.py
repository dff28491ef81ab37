"""What intake understands as Markdown tables for PANDUAN.md, made from params/kolom.yaml so that it can't drift."""

from pathlib import Path
from typing import Any

START, END = "<!-- kamus: mulai (dibuat oleh `pantau kamus --tulis`) -->", "<!-- kamus: selesai -->"
_KINDS = {
    "nominatif": "Nominatif (satu baris tiap ASN)",
    "rekap": "Rekap (jumlah saja)",
    "kendala": "Kendala",
    "sosialisasi": "Sosialisasi",
    "tindak_lanjut": "Tindak Lanjut (log kendala yang dikembalikan)",
    "warga": "Penduduk (satu baris tiap kelurahan atau kecamatan)",
}
_WORDS = {
    "status": "Status",
    "bukti": "Bukti",
    "jenis_asn": "Jenis ASN",
    "kanal": "Kanal",
    "keadaan": "Status tindak lanjut",
}
_DATES = (
    "tanggal Excel",
    "17/03/2020",
    "17-3-20",
    "17.03.2020",
    "2020-03-17",
    "17 Maret 2020",
    "17-Mar-20",
    "Selasa, 17 Maret 2020",
    "43907 (angka seri Excel)",
)


def markdown(words: dict[str, Any]) -> str:
    """Tables of headings, words and dates."""
    lines: list[str] = []
    for kind, title in _KINDS.items():
        lines += [f"**{title}**", "", "| kolom | judul yang dipahami |", "|---|---|"]
        lines += [f"| `{name}` | {_listed(headings)} |" for name, headings in words[kind].items()]
        lines.append("")
    lines += ["**Isi sel**", "", "| kolom | arti | kata yang dipahami |", "|---|---|---|"]
    lines += [
        f"| {title} | {meaning} | {_listed(accepted)} |"
        for name, title in _WORDS.items()
        for meaning, accepted in words[name].items()
    ]
    lines += ["", f"**Tanggal** (hari lebih dulu): {'; '.join(_DATES)}."]
    lines += ["", f"**Tidak diambil**: {_listed(words['abaikan'])}."]
    lines += ["", f"**Tidak pernah disimpan** (hapus dari lembar): {_listed(words['rahasia'])}."]
    return "\n".join(lines)


def _listed(words: list[str]) -> str:
    return ", ".join(word.replace("|", "\\|") for word in words)


def write_into(guide: Path, words: dict[str, Any]) -> bool:
    """Put the tables between the marks of the guide; whether that changed anything. ValueError without marks."""
    text = guide.read_text(encoding="utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"{guide.name} tidak memuat tanda {START} dan {END}.")
    new = f"{before}{START}\n\n{markdown(words)}\n\n{END}{after}"
    if new == text:
        return False
    guide.write_text(new, encoding="utf-8")
    return True
