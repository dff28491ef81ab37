"""index.html: links to what stands, failures named, escaped, one file."""

import re

from helpers.report import site


def page(ukur, folder, failed=(), older=()):
    def there(name):
        return (folder / name).is_file()

    return site.index(there, ukur.ukuran, ukur.kota, ukur.kampanye, ukur.data, list(failed), dict(older), "kaki")


def test_links_only_to_files_that_stand(ukur, tmp_path):
    (tmp_path / "opd" / "DINKES").mkdir(parents=True)
    (tmp_path / "opd" / "DINKES" / "laporan.pdf").write_bytes(b"x")
    (tmp_path / "laporan_kota.pdf").write_bytes(b"x")
    html = page(ukur, tmp_path)
    assert re.findall(r'href="([^"]+)"', html) == ["laporan_kota.pdf", "opd/DINKES/laporan.pdf"]
    assert html.count("<tr>") == 53


def test_failures_are_listed_and_text_is_escaped(ukur, tmp_path):
    html = page(ukur, tmp_path, [site.Failure("Dinas <b>X</b>", "Sel 3: <script>", "notebook/x.ipynb")])
    assert 'href="notebook/x.ipynb">Lihat notebook' in html
    assert "Tidak terbit" in html and "&lt;script&gt;" in html and "<script>" not in html
    assert "Tidak terbit" not in page(ukur, tmp_path)


def test_self_contained_stamped_and_without_names(ukur, tmp_path):
    html = page(ukur, tmp_path)
    assert "DATA CONTOH – BUKAN DATA RESMI" in html and 'lang="id"' in html
    assert not re.search(r"src=|@import|https?://", html)
    assert not re.search(r"\d{18}", html)
    assert "belum lapor" in html


def test_reports_of_an_older_data_version_say_so(ukur, tmp_path):
    assert "versi data yang lebih lama" not in page(ukur, tmp_path)
    html = page(ukur, tmp_path, older={"DINKES": 1})
    assert html.count("<small>versi data 1</small>") == 1 and "tidak disusun ulang" in html
