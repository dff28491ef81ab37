"""index.html: links to what stands, failures named, escaped, one file, whole without its script; figures as measured."""

import base64
import dataclasses
import hashlib
import re
from datetime import date

import pandas as pd
import pytest

from helpers import store
from helpers.report import site
from helpers.run import summary


@pytest.fixture(scope="module")
def isi(contoh_store):
    """The sample, measured as for its page."""
    data = store.read(contoh_store)
    return data, summary.measure(data, contoh_store), contoh_store


def page(isi, folder, failed=(), older=(), kampanye=None, **changes):
    data, ukur, usual = isi

    def there(name):
        return (folder / name).is_file()

    return site.index(there, dataclasses.replace(ukur, **changes), kampanye or usual, data, list(failed), dict(older))


def changed(isi, opd, **values):
    """The table of offices with other values for one of them."""
    table = isi[1].ukuran.copy()
    table.loc[table["opd"].eq(opd), list(values)] = list(values.values())
    return table


def row(html, opd):
    return re.search(rf'<tr data-s="(\w+)" data-k="{opd}">(.*?)</tr>', html, re.DOTALL)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_links_only_to_files_that_stand(isi, tmp_path):
    (tmp_path / "opd" / "DINKES").mkdir(parents=True)
    for name in (
        "opd/DINKES/laporan.pdf",
        "opd/DINKES/daftar_tindak_lanjut.xlsx",
        "laporan_kota.pdf",
        "nota_dinas.pdf",
    ):
        (tmp_path / name).write_bytes(b"x")
    html = page(isi, tmp_path)
    assert re.findall(r'<a [^>]*href="([^"#]+)"', html) == [
        "laporan_kota.pdf",
        "nota_dinas.pdf",
        "opd/DINKES/laporan.pdf",
    ]
    assert html.count("<tr ") == 52 and "1 dari 52 tersedia" in words(html)
    assert "belum disusun" in row(html, "BPBD")[2] and "belum disusun" not in row(html, "DINKES")[2]


def test_failures_are_listed_with_reason_and_notebook(isi, tmp_path):
    failed = [site.Failure("Dinas Kesehatan", "Sel 3: <script>alert(1)</script>", "notebook/a b.ipynb", "DINKES")]
    html = page(isi, tmp_path, failed)
    assert 'href="notebook/a%20b.ipynb"' in html and "Tidak terbit: 1 laporan" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "<script>alert" not in html
    assert 'href="#gagal"' in row(html, "DINKES")[2] and "tidak terbit" not in row(html, "BPBD")[2]
    assert "Tidak terbit" not in page(isi, tmp_path)


def test_hostile_office_name_stays_text(isi, tmp_path):
    name = "<script>alert(1)</script>\" onmouseover='alert(2)'"
    html = page(isi, tmp_path, ukuran=changed(isi, "KEC-KOTALAMA", nama=name))
    assert html.count("<script>") == 1 and "<script>alert" not in html and not re.search(r"<[^>]* on\w+=", html)
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2  # in the table and among the silent


def test_nothing_runs_or_loads_but_its_own_style_and_script(isi, tmp_path):
    html = page(isi, tmp_path)
    assert not re.search(r"<[^>]* (on\w+|style|src)=|@import|https?://|url\(", html)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        known = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{known}'" in policy


def test_stamped_and_without_names(isi, tmp_path):
    html = page(isi, tmp_path)
    assert "DATA CONTOH – BUKAN DATA RESMI" in html and 'lang="id"' in html
    assert not re.search(r"\d{18}", html)
    names = set(store.read_people(isi[2], "DINKES")["nama"])
    assert names and not [name for name in names if name in html]


def test_says_the_city_s_figures_as_the_report_does(isi, tmp_path):
    text = words(page(isi, tmp_path)).replace("\u00a0", " ").replace("\u2060", "")
    for said in (
        "Baru 30,0% ASN berhasil mengisi SP Online; tanpa langkah tambahan sekitar",
        "capaian dari 5.402 ASN: 1.621 berhasil",
        "2.701 ASN lagi harus berhasil untuk target 4.322 ASN (80%)",
        "66 → 301",
        "selang 80%:",
        "48 dari 52 OPD melapor",
        "Target 80% = 4.322 ASN",
        f"Versi data {isi[0].versi}",
    ):
        assert said in text, said
    assert not re.search(r"\b(nan|None|NaT|March|Tuesday)\b|<NA>|&lt;NA", text)


def test_an_office_s_row_has_its_figures_and_what_to_sort_by(isi, tmp_path):
    state, cells = row(page(isi, tmp_path), "DINKES").groups()
    own = isi[1].ukuran.set_index("opd").loc["DINKES"]
    assert state == "kurang" and f'data-n="{own["kekurangan"]}"' in cells
    assert re.search(rf'aria-label="{own["berhasil"]} berhasil, .* dari {own["jumlah_asn"]} ASN"', cells)
    width = float(re.search(r'class="a" width="([\d.]+)%"', cells)[1])
    assert width == pytest.approx(100 * own["capaian"], abs=0.06)
    assert 'data-n="737501"' in cells and date(2020, 3, 17).toordinal() == 737501


def test_silent_offices_are_named_with_their_people_and_nothing_is_zero(isi, tmp_path):
    html = page(isi, tmp_path)
    assert "4 OPD belum lapor, 236 ASN" in html and "Kecamatan Kota Lama</b> <span>(117 ASN)" in html
    state, cells = row(html, "KEC-KOTALAMA").groups()
    assert state == "diam" and "belum lapor" in cells and "0,0%" not in cells
    assert re.findall(r'class="(?:c|n d|n t)"( data-n)?', cells) == ["", "", ""]  # unknown: nothing to sort by
    told = isi[1].ukuran[isi[1].ukuran["lapor"]]
    assert 'id="belum-lapor"' not in page(isi, tmp_path, ukuran=told)


def test_unknown_headcount_and_office_without_people(isi, tmp_path):
    unknown = changed(isi, "KEC-KOTALAMA", jumlah_asn=pd.NA, kekurangan=pd.NA)
    html = page(isi, tmp_path, ukuran=unknown)
    assert "(jumlah ASN tidak diketahui)" in html and row(html, "KEC-KOTALAMA")[1] == "diam"
    assert html.rindex('data-k="KEC-KOTALAMA"') > html.rindex('data-k="DISKOMINFO"')
    empty = changed(isi, "DINKES", jumlah_asn=0, berhasil=0, gagal=0, belum=0, kekurangan=0, capaian=pd.NA)
    unclear = changed(
        isi, "DINKES", jumlah_asn=pd.NA, kekurangan=pd.NA, capaian=pd.NA
    )  # berhasil of nobody knows how many
    assert row(page(isi, tmp_path, ukuran=unclear), "DINKES")[1] == "kurang"
    state, cells = row(page(isi, tmp_path, ukuran=empty), "DINKES").groups()
    assert state == "kosong" and "tidak ada ASN" in cells and "tercapai" not in cells


def test_reached_target_is_said(isi, tmp_path):
    state, cells = row(page(isi, tmp_path), "BAPPEDA").groups()
    assert state == "tercapai" and "tercapai" in cells and '<td class="n k" data-n="0">0</td>' in cells


def test_filter_counts(isi, tmp_path):
    text = words(page(isi, tmp_path))
    assert "Semua OPD (52) Belum mencapai target (49) Belum lapor (4)" in text


def test_reports_of_an_older_data_version_say_so(isi, tmp_path):
    assert "versi data yang lebih lama" not in page(isi, tmp_path)
    html = page(isi, tmp_path, older={"DINKES": 1})
    assert html.count("<small>versi data 1</small>") == 1 and "tidak disusun ulang" in html


def test_many_silent_offices_are_counted_not_all_named(isi, tmp_path, monkeypatch):
    monkeypatch.setattr(site, "LISTED", 2)
    html = page(isi, tmp_path)
    assert "Dan 2 OPD lainnya" in html and html.count("<span>(") == 2


def test_large_registers_have_no_charts_in_rows_and_say_so(isi, tmp_path, monkeypatch):
    assert page(isi, tmp_path).count('class="g"') == 48
    monkeypatch.setattr(site, "WITH_CHARTS", 51)
    html = page(isi, tmp_path)
    assert 'class="g"' not in html and 'class="b"' not in html and "Lebih dari 51 OPD: tanpa gambar" in words(html)
    assert html.count("<tr ") == 52 and html.count("<i>belum lapor</i>") == 4


def test_no_report_at_all(kampanye, tmp_path, tulis_nominatif, orang):
    """A store with nothing but one office, on the first day: no pace, hardly a curve, and still a page."""
    from datetime import UTC, datetime

    from helpers.intake.receive import receive

    file = tulis_nominatif(tmp_path / "DINKES.xlsx", [orang(1), orang(2, status="Belum", tanggal_isi=None, bukti=None)])
    receive([file], kampanye, datetime(2020, 3, 17, 12, tzinfo=UTC))
    data = store.read(kampanye)
    html = site.index(lambda name: False, summary.measure(data, kampanye), kampanye, data, [], {})
    assert "51 OPD belum lapor" in html and "<NA>" not in html and "nan" not in words(html).split()
    assert 'class="cap"' not in html  # real data carry no stamp
