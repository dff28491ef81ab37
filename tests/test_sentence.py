"""sentence.py: in Jupyter a mistake of the user is one sentence, and papermill still learns which."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

from helpers.campaign import CampaignError
from helpers.lab.tour import Stopped
from helpers.measures.reconcile import MismatchError
from helpers.store import StoreError


@pytest.mark.parametrize("error", [CampaignError, StoreError, MismatchError, Stopped])
def test_shown_without_a_traceback(error):
    assert error("Tulis tanggalnya.")._render_traceback_() == ["Tulis tanggalnya."]


def test_a_kernel_shows_the_sentence_and_hands_on_name_and_message():
    code = 'from helpers import campaign\ncampaign.build({"sasaran": 1})'
    nb = new_notebook(cells=[new_code_cell(code)])
    with pytest.raises(CellExecutionError) as stopped:
        NotebookClient(nb, kernel_name="python3").execute()
    (output,) = nb.cells[0].outputs
    assert len(output.traceback) == 1 and output.traceback[0].startswith("Parameter salah: ")
    assert stopped.value.ename == "CampaignError" and stopped.value.evalue == output.traceback[0]
    assert nbformat.validate(nb) is None
