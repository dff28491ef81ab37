"""The progress of a batch, followed on a terminal, in a pipe, and with ipywidgets inside a notebook."""

import io

import nbformat
import pytest
from nbclient import NotebookClient
from rich.console import Console

from helpers import terminal
from helpers.run.batch import Progress

FOLLOW = """
from ipywidgets import IntProgress
from helpers import campaign, store
from helpers.run import batch, jobs, pool
from helpers.run.delivery import folder_at

kampanye = campaign.build({parameters})
planned = jobs.plan(kampanye, store.version(kampanye.path(kampanye.simpan)), ["BPBD", "BAG-SDA"])
bar, seen = IntProgress(), []

def follow(progress):
    bar.max, bar.value, bar.description = progress.jumlah, progress.tuntas, f"{{len(progress.gagal)}} gagal"
    seen.append((bar.value, bar.max))

folder = folder_at({folder!r}, "2020-03-17")
with folder.alone(), pool.local(2) as opener:
    batch.run(batch.outdated(planned, folder), folder, opener, on_progress=follow)
print(seen[0], seen[-1], bar.description)
bar
"""


@pytest.mark.lambat
def test_a_notebook_follows_with_ipywidgets(contoh_store, tmp_path):
    source = FOLLOW.format(parameters=contoh_store.parameters(), folder=str(tmp_path))
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(nb, timeout=120, kernel_name="python3").execute()
    outputs = nb.cells[0].outputs
    assert "(0, 2) (2, 2) 0 gagal" in "".join(out.get("text", "") for out in outputs)
    assert any("application/vnd.jupyter.widget-view+json" in out.get("data", {}) for out in outputs)


def shown(monkeypatch, steps, **console):
    """What a batch of twelve leaves on a console."""
    screen = io.StringIO()
    monkeypatch.setattr(terminal, "err", Console(file=screen, width=100, highlight=False, **console))
    job = type("Job", (), {"kode": "opd/BPBD"})
    progress = Progress(12, 0)
    with terminal.showing_progress() as show:
        show(progress)
        for step in range(steps):
            progress.berjalan = ["opd/DINKES"]
            if step == 4:
                progress.gagal.append((job, "Sel 3: ZeroDivisionError: [merah]"))
            else:
                progress.selesai.append(job)
            show(progress)
    return screen.getvalue()


def test_plain_lines_where_there_is_no_terminal(monkeypatch):
    said = shown(monkeypatch, 12).splitlines()
    assert said[0] == "opd/BPBD gagal: Sel 3: ZeroDivisionError: [merah]"
    assert said[1].startswith("10 dari 12 laporan, sisa ") and said[2] == "12 dari 12 laporan" and len(said) == 3


def test_bars_on_a_terminal_name_what_runs_and_what_failed(monkeypatch):
    said = shown(monkeypatch, 11, force_terminal=True)
    assert "11/12" in said and "DINKES" in said and "1 gagal" in said and "sisa" in said


def test_time_left_is_unknown_before_the_first_report():
    progress = Progress(3, 0)
    assert progress.sisa_detik is None
