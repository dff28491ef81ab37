"""What is said about charts: alt texts that tell the finding, captions that name denominator and source."""

from typing import Any

import pandas as pd

from helpers.measures.comparison import LEVEL
from helpers.wording import capitalize, day, is_unknown, join, number, percent, required_pace, target_percent


def progress_alt(kurva: pd.DataFrame, row: Any, kampanye: Any, nama: str, kipas: pd.DataFrame | None = None) -> str:
    """Alt text of the progress chart."""
    ahead = ""
    if kipas is not None and len(kipas):
        end = kipas.iloc[-1]
        low, high = percent(end["bawah_80"], 0), percent(end["atas_80"], 0)
        ahead = f" Proyeksi {day(kampanye.selesai)}: {percent(end['median'], 0)}, selang 80 persen {low} sampai {high}."
    first, last = kurva.iloc[0], kurva["tanggal"].iloc[-1]
    start = f"{percent(first['capaian'])} pada {day(first['tanggal'])}, " if len(kurva) > 1 else ""
    need = ""
    if row["kekurangan"]:
        need = f" Untuk target {target_percent(kampanye.target)} masih kurang {number(row['kekurangan'])} {kampanye.orang}."
    return (
        f"Grafik garis capaian {nama or 'keseluruhan'}: {start}{percent(row['capaian'])} pada {day(last)}.{need}{ahead}"
    )


def progress_caption(kurva: pd.DataFrame, row: Any, kampanye: Any, nama: str, kipas: pd.DataFrame | None = None) -> str:
    """Caption of the progress chart."""
    base = f"Persentase {kampanye.orang} yang berhasil, kumulatif, dari {number(row['jumlah_asn'])} {kampanye.orang}{' ' + nama if nama else ''}."
    if not nama:
        base += f" {capitalize(kampanye.unit)} yang belum lapor ikut dalam penyebut."
    if row["kekurangan"] and kampanye.tanggal_data < kampanye.selesai:
        base += " Garis putus-putus: jalur yang dibutuhkan."
    if kipas is not None and len(kipas):
        base += " Pita: selang proyeksi 50% (gelap) dan 80%."
    return f"{base} Sumber: {kampanye.sumber}."


def funnel_alt(ukuran: pd.DataFrame, corong: pd.DataFrame, kampanye: Any, opd: str = "") -> str:
    """Alt text of the funnel: who stands outside the adjusted limits, and where the marked office stands."""
    named = corong.merge(ukuran[["opd", "nama"]], on="opd")
    names = named.groupby("posisi")["nama"]
    limit = f"batas wajar {percent(LEVEL)} terhadap semua {kampanye.unit}"
    out = [
        f"{place} {limit}: {join(names.get_group(place))}" for place in ("di atas", "di bawah") if place in names.groups
    ]
    if corong["tau"].isna().all():
        out = [f"terlalu sedikit {kampanye.unit} untuk menilai yang wajar"]
    out = out or [f"tidak ada {kampanye.unit} di luar {limit}"]
    for row in named[named["opd"].eq(opd) & named["capaian"].notna()].itertuples():
        out.append(f"{row.nama} {percent(row.capaian)} dari {number(row.jumlah_asn)} {kampanye.orang}, {row.posisi}")
    return (
        f"Diagram corong capaian {number(corong['capaian'].notna().sum())} {kampanye.unit} menurut jumlah {kampanye.orang}, "
        f"keseluruhan {percent(corong['garis'].iloc[0])}; {'; '.join(out)}."
    )


def funnel_caption(corong: pd.DataFrame, kampanye: Any) -> str:
    """Caption of the funnel: who is drawn, what the bands mean, who is not judged."""
    reported = corong["capaian"].notna()
    small = corong["posisi"].eq("tidak dinilai") & reported
    text = f"Capaian {number(reported.sum())} {kampanye.unit} yang melapor ({number(corong.loc[reported, 'jumlah_asn'].sum())} {kampanye.orang})"
    silent = int((~reported).sum())
    text += f"; {number(silent)} {kampanye.unit} lain belum lapor dan tidak digambar." if silent else "."
    if corong["tau"].isna().all():
        text += f" Terlalu sedikit {kampanye.unit} untuk menilai perbedaan yang wajar; garis putus: batas bila hanya kebetulan."
    else:
        text += f" Pita: batas wajar, yaitu kebetulan ditambah perbedaan antar-{kampanye.unit} yang biasa. Segitiga: di luar batas wajar {percent(LEVEL)} terhadap semua {kampanye.unit}."
        if small.any():
            text += f" Titik kecil: kurang dari {number(corong['minimum'].iloc[0])} {kampanye.orang}, tidak dinilai."
    return f"{text} Sumber: {kampanye.sumber}."


def part_labels(penguraian: pd.DataFrame) -> list[str]:
    """Axis labels of the gap: "Gagal: KK baru", "Belum: alasan belum dicatat"."""
    labels = []
    for row in penguraian.itertuples():
        if row.kode == "belum dicatat":
            labels.append("Gagal: kendala belum dicatat" if row.kelompok == "gagal" else "Belum: alasan belum dicatat")
        elif row.kelompok in ("gagal", "belum"):
            # "Gagal kirim" says it already; "Gagal: gagal kirim" stutters.
            plain = row.kategori.lower().startswith(row.kelompok)
            labels.append(row.kategori if plain else f"{capitalize(row.kelompok)}: {lower_first(row.kategori)}")
        else:
            labels.append(capitalize(row.kategori))
    return labels


def waterfall_alt(penguraian: pd.DataFrame, kota: Any, kampanye: Any) -> str:
    """Alt text of the steps from berhasil to everyone."""
    listed = join(
        [f"{label} {number(n)}" for label, n in zip(part_labels(penguraian), penguraian["orang"], strict=True)]
    )
    start = "Belum diketahui berapa yang berhasil"
    if not is_unknown(kota["berhasil"]):
        start = f"{number(kota['berhasil'])} dari {number(kota['jumlah_asn'])} {kampanye.orang} berhasil ({percent(kota['capaian'])})"
    return (
        f"Grafik tangga penguraian: {start}; {number(penguraian['orang'].sum())} yang belum: {listed}. "
        f"Target {target_percent(kampanye.target)} adalah {number(kota['target_orang'])} {kampanye.orang}."
    )


def waterfall_caption(kota: Any, kampanye: Any) -> str:
    """Caption of the steps."""
    rest = kota["jumlah_asn"] - (0 if is_unknown(kota["berhasil"]) else kota["berhasil"])
    return (
        f"Penguraian {number(rest)} dari {number(kota['jumlah_asn'])} {kampanye.orang}, masing-masing dihitung satu kali "
        f"menurut kendala utamanya. Garis tegak: target {target_percent(kampanye.target)}. Sumber: {kampanye.sumber}."
    )


def place_alt(ukuran: pd.DataFrame, opd: str, kota: Any, kampanye: Any) -> str:
    """Alt text of the dots."""
    row = ukuran[ukuran["opd"].eq(opd)].iloc[0]
    below = int((ukuran.loc[ukuran["lapor"], "capaian"] < row["capaian"]).sum())
    lower = (
        f"{number(below)} {kampanye.unit} lain lebih rendah"
        if below
        else f"tidak ada {kampanye.unit} lain yang lebih rendah"
    )
    return (
        f"Sebaran capaian {kampanye.unit} yang melapor: {row['nama']} {percent(row['capaian'])}, keseluruhan "
        f"{percent(kota['capaian'])}, target {target_percent(kampanye.target)}; {lower}."
    )


def place_caption(shown: pd.DataFrame, kampanye: Any) -> str:
    """Caption of the dots."""
    return f"Tiap titik satu {kampanye.unit}; {number(len(shown))} {kampanye.unit} yang melapor. Sumber: {kampanye.sumber}."


def bars_caption(own: pd.DataFrame, kampanye: Any) -> str:
    """Caption of the bars by day."""
    undated = int(own["tanpa_tanggal"].iloc[-1])
    more = f" {number(undated)} berhasil tanpa tanggal tidak digambar." if undated else ""
    return f"Tambahan {kampanye.orang} berhasil per hari menurut tanggal isi, dari {number(own['jumlah_asn'].iloc[-1])} {kampanye.orang}.{more} Sumber: {kampanye.sumber}."


def lower_first(text: str) -> str:
    """Lower the first letter unless the word is an abbreviation (NIK, KK)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def bars_alt(added: pd.Series, butuh: float, kampanye: Any) -> str:
    """Alt text of the bars by day; `added` is indexed by date."""
    days = join([f"{number(value)} pada {day(when)}" for when, value in added.items()])
    return (
        f"Grafik batang tambahan {kampanye.orang} berhasil per hari: {number(added.ge(butuh).sum())} dari "
        f"{number(len(added))} hari mencapai {required_pace(butuh)} {kampanye.orang} per hari kalender yang dibutuhkan; {days}."
    )
