"""campaign.py: good parameters load, every bad one stops with one Indonesian sentence that names it."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from stored import content, notebooks

from helpers import campaign
from helpers.campaign import CampaignError

ROOT = Path(__file__).resolve().parents[1]
KOTA = ROOT / "params" / "kota.yaml"
CSPS = ROOT / "params" / "csps2021.yaml"
# Those of a campaign; validasi_proyeksi is about campaigns that are over and has parameters of its own.
PARAMETERIZED = sorted(
    path.name
    for path in notebooks()
    if '"parameters"' in json.dumps(content(path)) and path.stem != "validasi_proyeksi"
)


@pytest.fixture(scope="module")
def nilai():
    """The raw keys of params/kota.yaml."""
    return yaml.safe_load(KOTA.read_text(encoding="utf-8"))


@pytest.fixture
def daftar(tmp_path, kampanye):
    """Builds a campaign whose register holds the given CSV text."""

    def build(text):
        path = tmp_path / "register.csv"
        path.write_text(text, encoding="utf-8")
        return campaign.build(kampanye.parameters() | {"register": str(path)})

    return build


def refused(call, *words):
    """The one sentence that a wrong input gives; it holds every word."""
    with pytest.raises(CampaignError) as caught:
        call()
    sentence = str(caught.value)
    assert sentence.endswith(".") and "\n" not in sentence
    assert "Traceback" not in sentence and "pydantic" not in sentence and "Input should" not in sentence
    for word in words:
        assert word in sentence
    return sentence


def test_kota_loads():
    kampanye = campaign.load(KOTA)
    assert (kampanye.tanggal_data, kampanye.mulai, kampanye.selesai) == (
        date(2020, 3, 17),
        date(2020, 2, 15),
        date(2020, 3, 31),
    )
    assert kampanye.target == 0.8
    assert kampanye.counted_kinds == ["PNS", "PPPK"]
    assert len(kampanye.units) == 52
    assert kampanye.units["kode"].is_unique
    assert "SETDA" not in set(kampanye.units["kode"])
    assert list(kampanye.units.columns) == ["kode", "nama", "jenis", "induk", "pimpinan", "alias"]


def test_csps_loads():
    kampanye = campaign.load(CSPS)
    assert len(kampanye.units) == 51
    assert kampanye.target == 0.7
    assert date(2021, 8, 30) in kampanye.days_off  # summer bank holiday of GB-ENG


def test_nyepi_is_a_day_off():
    assert date(2020, 3, 25) in campaign.load(KOTA).days_off
    assert date(2020, 3, 21) not in campaign.load(KOTA).days_off  # weekends are not among them


def test_obstacles_are_the_17_codes():
    obstacles = campaign.load(KOTA).obstacles
    assert obstacles["kode"].tolist() == [f"K{n:02d}" for n in range(1, 17)] + ["K99"]
    counted = obstacles.set_index("kode")["dihitung"]
    assert counted[["K11", "K13"]].eq("berhasil").all()
    assert counted[["K14", "K15", "K16"]].eq("belum").all()
    assert counted[[f"K{n:02d}" for n in (*range(1, 11), 12)]].eq("gagal").all()
    assert obstacles["pic"].str.len().gt(0).all()


def test_changes_replace_single_keys():
    kampanye = campaign.load(KOTA, tanggal_data="2020-03-10", target=0.5)
    assert (kampanye.tanggal_data, kampanye.target) == (date(2020, 3, 10), 0.5)


def test_an_extended_deadline_just_works():
    kampanye = campaign.load(KOTA, selesai="2020-05-29", tanggal_data="2020-04-20")
    assert kampanye.selesai == date(2020, 5, 29)


def test_a_campaign_over_new_year_knows_the_holidays_of_both_years():
    kampanye = campaign.load(KOTA, mulai="2019-12-01", selesai="2020-03-31")
    assert {date(2019, 12, 25), date(2020, 1, 1)} <= kampanye.days_off


def test_campaign_is_frozen():
    kampanye = campaign.load(KOTA)
    with pytest.raises(ValueError, match="frozen"):
        kampanye.target = 0.1


@pytest.mark.parametrize("key", sorted(yaml.safe_load(KOTA.read_text(encoding="utf-8"))))
def test_each_missing_key_is_named(nilai, key):
    refused(lambda: campaign.build({k: v for k, v in nilai.items() if k != key}), f"kunci {key} belum ada")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tagret": 0.8}, ["kunci tagret tidak dikenal"]),
        ({"register_": "x"}, ["kunci register_ tidak dikenal"]),
        ({"target": "delapan"}, ["target", "angka", "'delapan'"]),
        ({"target": 0}, ["target", "lebih dari 0"]),
        ({"target": 80}, ["target paling banyak 1 (= 100 persen); 80 persen ditulis 0.8"]),
        ({"punya_telepon": 1.5}, ["punya_telepon paling banyak 1 (= 100 persen)"]),
        ({"punya_telepon": -0.5}, ["punya_telepon paling sedikit 0."]),
        ({"target": (0, 8)}, ["target harus angka; tulis dengan titik, 0.8, bukan koma."]),
        ({"target": "0,8"}, ["target harus angka; tulis dengan titik, 0.8, bukan koma."]),
        ({"target": float("nan")}, ["target"]),
        ({"target": None}, ["target"]),
        ({"sel_kecil": 0}, ["sel_kecil", "paling sedikit 1"]),
        ({"sel_kecil": "lima"}, ["sel_kecil", "bilangan bulat"]),
        ({"sel_kecil": 2.5}, ["sel_kecil", "bilangan bulat", "2.5"]),
        ({"versi_data": -1}, ["versi_data", "paling sedikit 0"]),
        ({"versi_data": None}, ["versi_data", "bilangan bulat"]),
        ({"instruksi": "mungkin"}, ["instruksi", "true atau false", "'mungkin'"]),
        ({"instruksi": None}, ["instruksi", "true atau false"]),
        ({"kampanye": 5}, ["kampanye", "teks", "5"]),
        ({"wilayah": ["Kota Kupang"]}, ["wilayah", "teks"]),
        ({"tanggal_data": "17/03/2020"}, ["tanggal_data", "2020-03-17", "'17/03/2020'"]),
        ({"tanggal_data": "2020-02-30"}, ["tanggal_data", "'2020-02-30'"]),
        ({"tanggal_data": None}, ["tanggal_data", "tanggal"]),
        ({"tanggal_data": 20200317}, ["tanggal_data", "20200317"]),
        ({"mulai": "besok"}, ["mulai", "'besok'"]),
        ({"tanggal_data": "2020-02-14"}, ["tanggal_data 2020-02-14", "2020-02-15", "2020-03-31"]),
        ({"tanggal_data": "2020-04-01"}, ["tanggal_data 2020-04-01", "perbaiki"]),
        ({"mulai": "2020-04-01"}, ["mulai (2020-04-01)", "sebelum selesai"]),
        ({"mulai": "2020-03-31"}, ["mulai", "selesai"]),
        ({"zona_waktu": "Kupang"}, ["'Kupang'", "Asia/Makassar"]),
        ({"zona_waktu": ""}, ["zona waktu", "Asia/Makassar"]),
        ({"zona_waktu": "../../etc/passwd"}, ["zona waktu"]),
        ({"libur": "XX"}, ["'XX'", "GB-ENG"]),
        ({"libur": ""}, ["kode libur"]),
        ({"libur": "ID-XX"}, ["'ID-XX'"]),
    ],
    ids=lambda value: "-".join(f"{k}={v}" for k, v in value.items())[:40] if isinstance(value, dict) else "",
)
def test_each_wrong_value_is_named(nilai, changes, words):
    refused(lambda: campaign.build(nilai | changes), *words)


def test_every_problem_is_said_in_one_sentence(nilai):
    wrong = {k: v for k, v in nilai.items() if k != "simpan"} | {"target": 80, "sel_kecil": "x", "baru": 1}
    refused(lambda: campaign.build(wrong), "simpan", "target", "sel_kecil", "baru")


def test_missing_file_is_named(tmp_path):
    refused(lambda: campaign.load(tmp_path / "tidak_ada.yaml"), "tidak_ada.yaml", "tidak ditemukan")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"kampanye: [1\ntarget: 0.8\n", ["baris", "YAML"]),
        (b"kampanye: 'x\n", ["YAML"]),
        (b"\xff\xfe\x00", ["YAML"]),
        (b"", ["pasangan kunci dan nilai"]),
        (b"- a\n- b\n", ["pasangan kunci dan nilai"]),
        (b"5\n", ["pasangan kunci dan nilai"]),
        (b"1: satu\n", ["1"]),  # a key that is no text
        (b"on: x\n", ["tidak dikenal"]),  # YAML reads this key as True
    ],
    ids=["open_list", "open_quote", "not_utf8", "empty", "list", "number", "numeric_key", "key_on"],
)
def test_broken_yaml_is_said(tmp_path, content, words):
    path = tmp_path / "rusak.yaml"
    path.write_bytes(content)
    refused(lambda: campaign.load(path), *words)


def test_register_that_does_not_exist(kampanye):
    changed = campaign.build(kampanye.parameters() | {"register": "params/tidak_ada.csv"})
    refused(lambda: changed.units, "tidak_ada.csv", "register")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kode,nama,jenis,pimpinan,melapor\nDINKES,Dinas,dinas,,ya\n", ["kolom induk"]),
        ("kode;nama;jenis;induk;pimpinan;melapor\nDINKES;Dinas;dinas;;;ya\n", ["kolom", "nama"]),
        (
            "kode,nama,jenis,induk,pimpinan,melapor\nA,a,d,,,ya\nB,b,d,,,ya\nA,c,d,,,ya\n",
            ["kode A", "lebih dari sekali"],
        ),
        ("kode,nama,jenis,induk,pimpinan,melapor\ndinkes,Dinas,dinas,,,ya\n", ["'dinkes'", "huruf besar"]),
        ("kode,nama,jenis,induk,pimpinan,melapor\n../X,Dinas,dinas,,,ya\n", ["'../X'"]),
        ("kode,nama,jenis,induk,pimpinan,melapor\n,Dinas,dinas,,,ya\n", ["''"]),
        ("kode,nama,jenis,induk,pimpinan,melapor\nAAAAAAAAAAAAAAAAAAAAA,Dinas,dinas,,,ya\n", ["tidak sah"]),
        ("", ["tidak dapat dibaca", "register"]),
    ],
    ids=["no_column", "semicolons", "duplicate", "small_letters", "path", "no_code", "too_long", "empty"],
)
def test_wrong_register_is_said(daftar, text, words):
    refused(lambda: daftar(text).units, *words)


def test_only_units_that_report_are_in_the_register(daftar):
    text = "kode,nama,jenis,induk,pimpinan,melapor\nA,Dinas A,dinas,,,ya\nB,Dinas B,dinas,,,tidak\n07,Dinas 7,dinas,A,,ya\n"
    units = daftar(text).units
    assert units["kode"].tolist() == ["A", "07"]  # a code stays text
    assert units["induk"].tolist() == ["", "A"]


def test_broken_list_of_obstacles_is_said(kampanye, tmp_path):
    path = tmp_path / "kendala.yaml"
    path.write_text("K01: NIK tidak sesuai\n", encoding="utf-8")
    changed = campaign.build(kampanye.parameters() | {"daftar_kendala": str(path)})
    refused(lambda: changed.obstacles, "kendala.yaml", "K01")


def test_unit_of_a_known_code(kampanye, satuan):
    assert (satuan.kode, satuan.nama, satuan.jenis) == ("DINKES", "Dinas Kesehatan", "dinas")
    assert kampanye.unit_of("BAG-HUKUM").nama == "Bagian Hukum"


@pytest.mark.parametrize(
    ("opd", "words"),
    [
        ("DINKESS", ["'DINKESS'", "DINKES"]),
        ("dishu", ["'dishu'", "DISHUB"]),
        ("ZZZ", ["'ZZZ'", "params/opd.csv"]),
        ("SETDA", ["'SETDA'"]),
        ("", ["''"]),
        (None, ["None"]),
        (7, ["7"]),
    ],
)
def test_unknown_office_names_near_ones(kampanye, opd, words):
    refused(lambda: kampanye.unit_of(opd), "OPD", *words)


@pytest.mark.parametrize("path", [KOTA, CSPS], ids=["kota", "csps2021"])
def test_parameters_round_trip(path):
    kampanye = campaign.load(path)
    given = json.loads(json.dumps(kampanye.parameters()))
    assert campaign.build(given) == kampanye
    assert set(given) == set(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert campaign.from_notebook(given) == kampanye


def test_from_notebook_takes_scalars_only(nilai):
    variables = dict(nilai) | {
        "campaign": campaign,
        "store": object(),
        "pd": pd,
        "_": 5,
        "_i1": "kode",
        "__name__": "__main__",
        "In": ["a"],
        "Out": {},
        "tabel": pd.DataFrame(),
        "larik": np.zeros(2),
        "opd": "DINKES",
    }
    assert campaign.from_notebook(variables, extra=["opd"]) == campaign.build(nilai)


@pytest.mark.parametrize("value", [1, "x", 0.5, True, ["a"], ("a",), {"a": 1}, date(2020, 3, 1)])
def test_from_notebook_refuses_what_it_does_not_know(nilai, value):
    refused(lambda: campaign.from_notebook(nilai | {"tangal_data": value}), "kunci tangal_data tidak dikenal")


def test_from_notebook_refuses_an_office_where_none_is_expected(nilai):
    refused(lambda: campaign.from_notebook(nilai | {"opd": "DINKES"}), "kunci opd tidak dikenal")


def test_from_notebook_says_what_is_missing(nilai):
    refused(lambda: campaign.from_notebook({k: v for k, v in nilai.items() if k != "target"}), "kunci target belum ada")


def test_relative_paths_start_at_the_nearest_project(kampanye, tmp_path, monkeypatch):
    for folder in ("params", "notebooks", "notebooks/dalam"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "notebooks" / "dalam")
    assert kampanye.path("data/masuk") == tmp_path.resolve() / "data" / "masuk"
    assert kampanye.path("/mutlak/masuk") == Path("/mutlak/masuk")


def test_elsewhere_the_checkout_is_the_root(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert campaign.root() == ROOT


def test_root_can_be_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("PANTAU_AKAR", str(tmp_path))
    assert campaign.root() == tmp_path.resolve()


def test_notebooks_with_parameters_are_found():
    assert {"laporan_kota.ipynb", "laporan_opd.ipynb", "log_kendala.ipynb"} <= set(PARAMETERIZED)


@pytest.mark.parametrize("name", PARAMETERIZED)
def test_parameter_cell_holds_the_keys_and_values_of_kota(nilai, name):
    notebook = content(ROOT / "notebooks" / name)
    cells = [cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    assert len(cells) == 1
    given: dict = {}
    exec("".join(cells[0]["source"]), {}, given)
    if name == "laporan_opd.ipynb":
        assert campaign.load(KOTA).unit_of(given.pop("opd"))
    assert given == nilai
    assert campaign.from_notebook(given) == campaign.load(KOTA)


def test_the_register_of_kelurahan(kampanye):
    villages = kampanye.villages
    assert (len(villages), villages["kode_kec"].nunique(), villages["kecamatan"].nunique()) == (51, 6, 6)
    assert villages["kode_kel"].is_unique and villages["kelurahan"].is_unique
    assert campaign.load(CSPS).villages.empty


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kode_kec,kecamatan,kode_kel\n", "tidak memuat kolom kelurahan"),
        ("kode_kec,kecamatan,kode_kel,kelurahan\n53.71.01,Alak,5371010001,Alak\n", "'5371010001' tidak sah"),
        ("kode_kec,kecamatan,kode_kel,kelurahan\n53.71.01,Alak,53.71.02.1001,Alak\n", "53.71.02.1001 ganda atau bukan"),
        ("kode_kec,kecamatan,kode_kel,kelurahan\n" + "53.71.01,Alak,53.71.01.1001,Alak\n" * 2, "53.71.01.1001 ganda"),
        ("kode_kec,kecamatan,kode_kel,kelurahan\n53.71.01,Alak,53.71.01.1001,\n", "kelurahan '' tidak sah"),
        (None, "tidak dapat dibaca"),
    ],
)
def test_a_wrong_register_of_kelurahan(kampanye, tmp_path, text, word):
    path = tmp_path / "kelurahan.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    changed = campaign.build(kampanye.parameters() | {"kelurahan": str(path)})
    refused(lambda: changed.villages, word)
