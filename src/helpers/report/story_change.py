"""What changed since the last report, in sentences: how much of it is new completions, corrections, late offices.

Points as printed add up to the change as printed, or it is said that they were rounded. The tables are left to
tables_change.py.
"""

from typing import Any

from helpers.report.blocks import Paragraf, Temuan
from helpers.wording import adds_up, capitalize, day, is_unknown, join, number, percent, points, points_number

ROUNDED = "Poin dibulatkan satu per satu sehingga jumlah bagiannya dapat berbeda dari perubahan seluruhnya."

_NOISE = 1e-12  # of float arithmetic; no single person weighs so little


def summary(gerak: Any, banding: Any, kampanye: Any) -> Paragraf:
    """The change in one sentence, for page one. `gerak`: movement.total; `banding`: store.Comparison."""
    told = _sentence(gerak, banding, kampanye)
    return Paragraf([f"{told}. {ROUNDED}" if _rounding_shows(gerak, kampanye) else f"{told}."])


def change(gerak: Any, banding: Any, kampanye: Any) -> Temuan:
    """The change as a finding; below it the same in people, the headcount, and what the comparison rests on."""
    told = _sentence(gerak, banding, kampanye)
    if is_unknown(gerak["perubahan"]):
        return Temuan(told)
    lines = [_people(gerak, banding, kampanye), _headcount(gerak, kampanye), _basis(gerak, banding, kampanye)]
    lines += [ROUNDED] if _rounding_shows(gerak, kampanye) else []
    return Temuan(told, [line for line in lines if line])


def _sentence(gerak: Any, banding: Any, kampanye: Any) -> str:
    if is_unknown(gerak["perubahan"]):
        return (
            f"Belum ada laporan sebelumnya sebagai pembanding; perubahan capaian {kampanye.singkatan} belum diketahui"
        )
    since = f"Dibandingkan dengan laporan {day(banding.lalu.tanggal_data)}"
    moved = gerak["perubahan_poin"]
    if is_unknown(moved):
        return f"{since}, perubahan capaian tidak diketahui: tidak ada {kampanye.orang} dalam penyebut"
    parts = _shown(gerak, kampanye)
    if not gerak["perubahan"] and not parts and abs(moved) <= _NOISE:
        return f"{since}, capaian tidak berubah: {percent(gerak['capaian'])} dari {number(gerak['jumlah_asn'])} {kampanye.orang}"
    small = points_number(moved) == points_number(0.0)
    verb = "hampir tidak berubah" if abs(moved) > _NOISE else "tidak berubah"
    verb = verb if small else f"{'naik' if moved > 0 else 'turun'} {points(abs(moved), sign=False)}"
    if not parts:
        return f"{since}, capaian {verb}"
    if len(parts) == 1 and not small and len(_all(gerak, kampanye)) == 1:
        return f"{since}, capaian {verb}, seluruhnya dari {parts[0][0]}"
    mixed = any(share < 0 for _, share in parts)
    return (
        f"{since}, capaian {verb}: {join([f'{points_number(share, sign=mixed)} dari {name}' for name, share in parts])}"
    )


def _all(gerak: Any, kampanye: Any) -> list[tuple[str, float]]:
    """The parts that the sentence tells of, in points (shares), those of nobody left out."""
    named = {
        "penyelesaian_baru_poin": "penyelesaian baru",
        "unit_baru_poin": f"{kampanye.unit} yang baru melapor",
        "koreksi_poin": "koreksi data",
        "tidak_terpilah_poin": "pengisian atau perubahan daftar yang tidak dapat dipilah",
        "unit_hilang_poin": f"{kampanye.unit} yang laporannya tidak berlaku lagi",
    }
    return [(name, gerak[key]) for key, name in named.items() if abs(gerak[key]) > _NOISE]


def _shown(gerak: Any, kampanye: Any) -> list[tuple[str, float]]:
    """Those that do not print as 0,0."""
    nothing = points_number(0.0)
    return [(name, share) for name, share in _all(gerak, kampanye) if points_number(share) != nothing]


def _rounding_shows(gerak: Any, kampanye: Any) -> bool:
    moved = gerak["perubahan_poin"]
    if is_unknown(gerak["perubahan"]) or is_unknown(moved):
        return False
    parts = [share for _, share in _shown(gerak, kampanye)]
    return bool(parts) and not adds_up(parts, moved)


def _people(gerak: Any, banding: Any, kampanye: Any) -> str:
    """The change in people; these are whole and sum exactly."""
    before = day(banding.lalu.tanggal_data)
    inside = {
        "tanpa_tanggal": "{n} di antaranya tanpa tanggal isi",
        "unit_baru_sesudah": f"{{n}} di antaranya mengisi sesudah {before} menurut tanggal isi",
    }
    note = {name: f" ({text.format(n=number(gerak[name]))})" if gerak[name] else "" for name, text in inside.items()}
    named = {
        "penyelesaian_baru": f"penyelesaian baru{note['tanpa_tanggal']}",
        "terlambat_dicatat": f"yang mengisi sampai {before} dan baru dicatat sesudahnya",
        "berhasil_dicabut": "tidak lagi berstatus berhasil",
        "daftar_masuk": "berhasil dan baru masuk daftar",
        "daftar_keluar": "berhasil dan keluar dari daftar",
        "tidak_terpilah": "tidak dapat dipilah antara pengisian dan perubahan daftar",
        "unit_baru": f"di {number(gerak['unit_melapor'])} {kampanye.unit} yang baru melapor{note['unit_baru_sesudah']}",
        "unit_hilang": f"di {number(gerak['unit_berhenti'])} {kampanye.unit} yang laporannya tidak berlaku lagi",
    }
    parts = [f"{number(gerak[name], sign=True)} {text}" for name, text in named.items() if gerak[name]]
    states = f"{number(gerak['berhasil_lalu'])} menjadi {number(gerak['berhasil'])} {kampanye.orang}"
    if not parts and not gerak["berhasil"]:
        return f"Tetap belum ada {kampanye.orang} yang berhasil."
    if not parts:
        return f"Yang berhasil tetap {number(gerak['berhasil'])} {kampanye.orang}."
    if not gerak["perubahan"]:
        return f"Yang berhasil tetap {number(gerak['berhasil'])} {kampanye.orang}: {join(parts)}."
    change = number(gerak["perubahan"], sign=True)
    return f"Yang berhasil berubah dari {states} ({change}): {join(parts)}."


def _headcount(gerak: Any, kampanye: Any) -> str:
    named = {
        "asn_masuk": "masuk daftar",
        "asn_keluar": "keluar dari daftar",
        "asn_lain": "menurut jumlah yang dikirim",
        "asn_baru_diketahui": f"di {kampanye.unit} yang jumlahnya baru diketahui atau tidak diketahui lagi",
    }
    parts = [f"{number(gerak[name], sign=True)} {text}" for name, text in named.items() if gerak[name]]
    if not parts:
        return ""
    change = number(gerak["perubahan_jumlah"], sign=True)
    return (
        f"Penyebut dari {number(gerak['jumlah_lalu'])} menjadi {number(gerak['jumlah_asn'])} {kampanye.orang} ({change}): "
        f"{join(parts)}; pengaruhnya pada capaian, {points(gerak['penyebut_poin'])}, termasuk koreksi data."
    )


def _basis(gerak: Any, banding: Any, kampanye: Any) -> str:
    """What was known when, and where only counts can be compared."""
    before = day(banding.lalu.tanggal_data)
    if banding.saat_itu:
        text = f"Pembanding: keadaan {before} seperti yang diketahui laporan waktu itu."
    else:
        text = (
            f"Pembanding: keadaan {before} menurut data yang diketahui sekarang karena kiriman untuk hari itu dicatat "
            "kemudian; kiriman yang terlambat dan koreksi atas hari itu tidak tampak sebagai perubahan."
        )
    if gerak["unit_jumlah"]:
        text += (
            f" {capitalize(kampanye.unit)} yang hanya dapat dibandingkan menurut jumlah ({number(gerak['unit_jumlah'])}): "
            "penyelesaian baru adalah selisih bersih, termasuk yang terlambat dicatat."
        )
    return text
