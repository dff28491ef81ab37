"""Files that stand beside a report's PDF, measured from the same data version as the notebook."""

from pathlib import Path

from helpers import store
from helpers.campaign import Campaign
from helpers.measures import obstacles, pace, rates
from helpers.report import excel, messages


def for_log(kampanye: Campaign, private: Path) -> dict[str, bytes]:
    """log_kendala.xlsx: inventory and follow-up matrix for the meeting to fill in."""
    data = store.read(kampanye)
    posisi = rates.position(data, kampanye)
    kota = rates.total(posisi, kampanye.target)
    blocked = obstacles.blocked(data, posisi, kampanye.obstacles, kampanye.counted_kinds)
    kendala = obstacles.by_code(blocked, kampanye.obstacles, kota["jumlah_asn"], kampanye.sel_kecil)
    target = private / "log_kendala.xlsx"
    excel.write_log(target, kendala, kota, kampanye, data)
    return {target.name: target.read_bytes()}


def for_office(kampanye: Campaign, opd: str, private: Path) -> dict[str, bytes]:
    """ringkasan_wa.txt and .png without names; daftar_tindak_lanjut.xlsx with names, where the office sent them."""
    data = store.read(kampanye)
    posisi = rates.position(data, kampanye)
    row = rates.one(rates.with_rates(posisi, kampanye.target), opd)
    sisa = pace.days_left(kampanye.tanggal_data, kampanye.selesai, kampanye.days_off)
    text = messages.whatsapp(row, sisa, kampanye, data.contoh)
    files = {
        "ringkasan_wa.txt": text.encode(),
        "ringkasan_wa.png": messages.card(row, sisa, kampanye, data.contoh),
    }
    people = store.read_people(kampanye, opd, data)
    people = people[people["jenis_asn"].isin(kampanye.counted_kinds)]
    open_ = people[people["status"].ne("berhasil") | ~people["bukti"].fillna(False)]
    if not open_.empty:
        target = private / "daftar_tindak_lanjut.xlsx"
        excel.write_follow_up(target, open_, kampanye, kampanye.unit_of(opd), data)
        files[target.name] = target.read_bytes()
    return files
