"""The notebooks run with stock papermill and nbconvert, by hand twice in one kernel, and refuse what they don't know."""

import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
import yaml
from nbclient import NotebookClient
from papermill.exceptions import PapermillExecutionError
from pypdf import PdfReader

pytestmark = pytest.mark.lambat
ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def execute(name, out, kampanye, **parameters):
    given = kampanye.parameters() | parameters
    return papermill.execute_notebook(
        str(ROOT / "notebooks" / f"{name}.ipynb"),
        str(out),
        given,
        progress_bar=False,
        cwd=str(ROOT),
        kernel_name="python3",
    )


def test_stock_papermill_and_nbconvert_commands(contoh_store, tmp_path):
    params = tmp_path / "params.yaml"
    params.write_text(yaml.safe_dump(contoh_store.parameters(), allow_unicode=True))
    out = tmp_path / "out.ipynb"
    command = [BIN / "papermill", "notebooks/laporan_opd.ipynb", out, "-f", params, "-p", "opd", "BAG-SDA"]
    done = subprocess.run([*command, "--no-progress-bar"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "unknown parameter" not in done.stderr.lower()
    done = subprocess.run([BIN / "jupyter", "nbconvert", "--to", "laporan", out], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Bagian Sumber Daya Alam" in PdfReader(tmp_path / "out.pdf").pages[0].extract_text()


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("laporan_kota", {"tidak_ada": 1}, "kunci tidak_ada tidak dikenal"),
        ("laporan_kota", {"opd": "DINKES"}, "kunci opd tidak dikenal"),
        ("laporan_kota", {"tanggal_data": "2020-05-01"}, "di luar masa kampanye"),
        ("laporan_opd", {"opd": "DINKESS"}, "Kode OPD 'DINKESS' tidak ada di register"),
        ("log_kendala", {"target": 1.5}, "target paling banyak"),
        ("log_kendala", {"simpan": "/tmp/tidak-ada-sama-sekali"}, "jalankan `pantau terima`"),
    ],
)
def test_wrong_parameter_stops_the_notebook_with_a_sentence(contoh_store, tmp_path, name, changes, sentence):
    with pytest.raises(PapermillExecutionError) as stopped:
        execute(name, tmp_path / "out.ipynb", contoh_store, **changes)
    assert sentence in stopped.value.evalue


def test_wrong_figure_stops_the_report(contoh_store, tmp_path):
    nb = nbformat.read(ROOT / "notebooks" / "laporan_kota.ipynb", as_version=4)
    at = next(i for i, c in enumerate(nb.cells) if "reconcile.prove" in c.source and c.cell_type == "code")
    nb.cells.insert(at, nbformat.v4.new_code_cell('kota["berhasil"] = kota["berhasil"] + 1'))
    nbformat.write(nb, tmp_path / "salah.ipynb")
    with pytest.raises(PapermillExecutionError, match="laporan dihentikan"):
        papermill.execute_notebook(
            str(tmp_path / "salah.ipynb"),
            str(tmp_path / "out.ipynb"),
            contoh_store.parameters(),
            progress_bar=False,
            cwd=str(ROOT),
        )


@pytest.mark.parametrize("name", ["laporan_kota", "laporan_opd", "log_kendala"])
def test_run_all_twice_in_one_kernel(contoh_store, name):
    """As an analyst does in JupyterLab: run all, change nothing, run all again."""
    nb = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    cell = next(c for c in nb.cells if "parameters" in c.metadata.get("tags", []))
    cell.source += f"\nsimpan = {contoh_store.simpan!r}"
    code = [c for c in nb.cells if c.cell_type == "code"]
    twice = [nbformat.v4.new_code_cell(c.source) for c in code]
    nb.cells += twice
    NotebookClient(nb, resources={"metadata": {"path": str(ROOT / "notebooks")}}, kernel_name="python3").execute()
    assert all(c.execution_count for c in twice)
    assert any(o.get("data", {}).get("text/html") for c in code for o in c.outputs)


def test_real_uk_data_through_the_same_notebook(tmp_path):
    from datetime import UTC, datetime

    from helpers import campaign
    from helpers.intake.receive import receive

    uk = campaign.load(ROOT / "params" / "csps2021.yaml", simpan=str(tmp_path / "simpan"))
    receive([ROOT / "data" / "csps2021_offices.csv"], uk, datetime.now(UTC))
    nb = execute("laporan_kota", tmp_path / "out.ipynb", uk)
    text = "\n".join(o.data["text/plain"] for c in nb.cells if c.cell_type == "code" for o in c.outputs if "data" in o)
    assert "Baru 43,5% pegawai berhasil mengisi CSPS 2021" in text
    assert "173.480 lainnya tidak dirinci (gagal atau belum tidak diketahui)" in text
    assert "Bukti pengisian tidak diketahui" in text and "DATA CONTOH" not in text
    # Published rates of 21 October 2021: HMCPSI 66,7%, DWP 45,4%, ONS 55,0%.
    for office, share in (
        ("HM CPS Inspectorate", "66,7%"),
        ("Department for Work and Pensions", "45,4%"),
        ("Office for National Statistics", "55,0%"),
    ):
        line = next(row for row in text.splitlines() if f"| {office} |" in row)
        assert f"| {share} |" in line, line
    assert "| 51 organisasi Civil Service Inggris Raya | 306.897 |" in text


def test_validation_runs_proves_and_exports(tmp_path):
    """With stock papermill and nbconvert; the scores of the projection are those that make score prints."""
    out = tmp_path / "validasi.ipynb"
    command = [
        BIN / "papermill",
        "notebooks/validasi_proyeksi.ipynb",
        out,
        "-p",
        "hari_asal",
        "17",
        "--no-progress-bar",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "unknown parameter" not in done.stderr.lower()
    done = subprocess.run([BIN / "jupyter", "nbconvert", "--to", "laporan", out], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    pages = PdfReader(tmp_path / "validasi.pdf").pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "Kepada Yth. Statistisi BPS" in text and "Rata-rata meleset 6,4 poin persentase per kantor" in text
    assert "tetapan dari CSPS 2020 saja, tanpa melihat kampanye yang dinilai, 8,0 poin" in text
    assert "Galat dihitung ulang dari angka akhir" in text and "DATA CONTOH" not in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"opd": "DINKES"}, "kunci opd tidak dikenal"), ({"sampai": "2020-06-01"}, "sampai paling lambat 2020-04-30")],
)
def test_validation_refuses_what_it_does_not_know(tmp_path, changes, sentence):
    notebook = str(ROOT / "notebooks" / "validasi_proyeksi.ipynb")
    with pytest.raises(PapermillExecutionError) as stopped:
        papermill.execute_notebook(notebook, str(tmp_path / "out.ipynb"), changes, progress_bar=False, cwd=str(ROOT))
    assert sentence in stopped.value.evalue
