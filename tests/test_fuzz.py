"""The fuzz run of `make fuzz`, a short one: no traceback, no partial write, every count adds up."""

import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parent / "fuzz" / "run.py"


@pytest.mark.lambat
@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_workbooks_end_in_a_sentence_or_are_taken_whole(seed):
    done = subprocess.run(
        [sys.executable, RUN, "--banyak", "160", "--benih", str(seed)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.startswith("160 berkas, ")
