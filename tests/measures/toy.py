"""Small frames with the types of the store, a catalogue and random campaigns, for the tests of measures."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st

# A random campaign costs milliseconds, a random table of counts far less.
quick = settings(max_examples=20, deadline=None)
thorough = settings(max_examples=150, deadline=None)

DAY = date(2020, 3, 17)
LAST = date(2020, 3, 10)  # of the report before
NYEPI = date(2020, 3, 25)
KINDS = ["PNS", "PPPK"]
CATALOGUE = pd.DataFrame(
    [
        ("K01", "NIK/KK tidak sesuai", "OPD", "Operator OPD", "gagal"),
        ("K04", "Situs / server", "BPS", "BPS", "gagal"),
        ("K11", "Bukti", "ASN", "ASN", "berhasil"),
        ("K13", "Tercatat lewat KK lain", "OPD", "OPD", "berhasil"),
        ("K14", "Belum paham", "OPD", "OPD", "belum"),
        ("K99", "Lainnya", "OPD", "OPD", "apa adanya"),
    ],
    columns=["kode", "kategori", "kelompok", "pic", "dihitung"],
).assign(usulan="", permasalahan="Ada yang menahan.", sebelum_batas=lambda t: t["kode"].ne("K04"))

NOMINATIF = {
    "kiriman": "str",
    "opd": "str",
    "tanggal_data": "datetime64[ms]",
    "status": "str",
    "unit": "str",
    "jenis_asn": "str",
    "tanggal_isi": "datetime64[ms]",
    "bukti": "boolean",
    "bukti_sidik": "str",
    "kode_kendala": "str",
    "tahun_lahir": "Int64",
    "kelamin": "str",
}
REKAP = {"kiriman": "str", "opd": "str", "tanggal_data": "datetime64[ms]"} | dict.fromkeys(
    ["jumlah_asn", "berhasil", "gagal", "belum", "bukti"], "Int64"
)
KENDALA = {"opd": "str", "kode": "str", "jumlah_asn": "Int64"}
WARGA = {"kode": "str", "tanggal_data": "datetime64[ms]"} | dict.fromkeys(
    ["jumlah_kk", "target_kk", "merespons", "clean"], "Int64"
)
VILLAGES = pd.DataFrame(
    [
        ("53.71.01", "Alak", "53.71.01.1001", "Namosain"),
        ("53.71.01", "Alak", "53.71.01.1002", "Nunbaun Sabu"),
        ("53.71.01", "Alak", "53.71.01.1008", "Alak"),
        ("53.71.04", "Oebobo", "53.71.04.1001", "Oebobo"),
        ("53.71.04", "Oebobo", "53.71.04.1008", "Oetete"),
        ("53.71.06", "Kota Lama", "53.71.06.1001", "Airmata"),
    ],
    columns=["kode_kec", "kecamatan", "kode_kel", "kelurahan"],
)
SOSIALISASI = {"opd": "str", "tanggal": "datetime64[ms]", "kanal": "str", "jumlah_peserta": "Int64"}

TINDAK_LANJUT = {
    "kiriman": "str",
    "baris": "Int64",
    "nomor": "int64",
    "tanggal": "datetime64[ms]",
    "temuan": "str",
    "tindak_lanjut": "str",
    "pic": "str",
    "tenggat": "datetime64[ms]",
    "status": "str",
    "kode": "str",
    "asal": "datetime64[ms]",
    "orang": "Int64",
    "rekomendasi": "str",
    "indikator": "str",
    "keterangan": "str",
    "oleh": "str",
}


def frame(types: dict[str, str], rows: Any = ()) -> pd.DataFrame:
    """Rows (dicts) as a table with the types of the store; what a row does not name is unknown."""
    return pd.DataFrame([dict(row) for row in rows], columns=list(types)).astype(types)


def person(opd: str = "A", status: str = "belum", **more: Any) -> dict[str, Any]:
    """A row of nominatif."""
    return {"kiriman": "k", "opd": opd, "tanggal_data": DAY, "status": status, "jenis_asn": "PNS"} | more


def counts(opd: str = "A", jumlah_asn: int | None = None, berhasil: int | None = None, **more: Any) -> dict[str, Any]:
    """A row of rekap."""
    return {"kiriman": "k", "opd": opd, "tanggal_data": DAY, "jumlah_asn": jumlah_asn, "berhasil": berhasil} | more


def counted_from(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rekap that intake counts from a nominatif, one row per office."""
    rows = []
    for opd in dict.fromkeys(row["opd"] for row in people):
        status = [row["status"] for row in people if row["opd"] == opd]
        failed, rest = status.count("gagal"), status.count("belum") + status.count("proses")
        rows.append(counts(opd, len(status), status.count("berhasil"), gagal=failed, belum=rest))
    return rows


def data(nominatif: Any = (), rekap: Any = (), kendala: Any = (), tanggal_data: date = DAY) -> SimpleNamespace:
    """What measures use of a store.Data. People with a number (`orang`) are as store.compare gives them."""
    numbered = {"orang": "int64"} if any("orang" in row for row in nominatif) else {}
    return SimpleNamespace(
        nominatif=frame(NOMINATIF | numbered, nominatif),
        rekap=frame(REKAP, rekap),
        kendala=frame(KENDALA, kendala),
        tanggal_data=tanggal_data,
    )


def follow_up(nomor: int, kode: str | None = "K01", tanggal: date = LAST, **more: Any) -> dict[str, Any]:
    """A row of tindak_lanjut."""
    known = {"kiriman": "r", "baris": nomor, "temuan": "Temuan waktu itu.", "asal": LAST}
    return known | {"nomor": nomor, "kode": kode, "tanggal": tanggal} | more


def campaign(units: Any = "A", **more: Any) -> SimpleNamespace:
    """What measures use of a Campaign. `units`: codes, or a table with kode, jenis, induk."""
    if not isinstance(units, pd.DataFrame):
        units = pd.DataFrame({"kode": list(units), "jenis": "dinas", "induk": ""})
    given = {"units": units, "counted_kinds": KINDS, "mulai": date(2020, 2, 15), "tanggal_data": DAY} | more
    return SimpleNamespace(**given)


@st.composite
def campaigns(draw: st.DrawFn) -> tuple[SimpleNamespace, SimpleNamespace]:
    """(data, campaign) of one to five offices, each of a kind that really occurs: silent, with or without a known
    headcount; counts that split gagal and belum, or do not, or only half; a nominatif, PTT among its people."""
    people, rekap, kendala = [], [], []
    codes = list("ABCDE")[: draw(st.integers(1, 5))]
    for opd in codes:
        kind = draw(st.sampled_from(["silent", "roster", "split", "unsplit", "gagal only", "nominatif"]))
        done, failed, rest = (draw(st.integers(0, 30)) for _ in range(3))
        size = done + failed + rest
        if kind == "roster":
            rekap.append(counts(opd, size))
        elif kind == "nominatif":
            own = draw(st.lists(_people(opd), min_size=1, max_size=12))
            people += own
            rekap += counted_from(own)
        elif kind != "silent":
            row = counts(opd, size, done, bukti=draw(st.none() | st.integers(0, done)))
            row |= {"gagal": failed} if kind != "unsplit" else {}
            row |= {"belum": rest} if kind == "split" else {}
            rekap.append(row)
            for code in draw(st.lists(st.sampled_from(CATALOGUE["kode"].tolist()), max_size=4)):
                kendala.append({"opd": opd, "kode": code, "jumlah_asn": draw(st.none() | st.integers(0, 40))})
    return data(people, rekap, kendala), campaign(codes)


def _people(opd: str) -> st.SearchStrategy[dict[str, Any]]:
    def row(status: str, code: str | None, days: int | None, proof: bool, kind: str) -> dict[str, Any]:
        filled = None if days is None or status != "berhasil" else pd.Timestamp(DAY) - pd.Timedelta(days=days)
        return person(opd, status, kode_kendala=code, tanggal_isi=filled, bukti=proof, jenis_asn=kind)

    return st.builds(
        row,
        st.sampled_from(["berhasil", "gagal", "belum", "proses"]),
        st.none() | st.sampled_from(CATALOGUE["kode"].tolist()),
        st.none() | st.integers(0, 31),
        st.booleans(),
        st.sampled_from(["PNS", "PNS", "PPPK", "PTT"]),
    )
