"""reports/contoh/ shows what the reports say now: `make samples` was run after the last change of them."""

import importlib.util
import io
import re
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from helpers import store

pytestmark = pytest.mark.lambat
RUN = Path(__file__).parent / "samples" / "run.py"


@pytest.fixture(scope="module")
def samples() -> ModuleType:
    """tests/samples/run.py."""
    spec = importlib.util.spec_from_file_location("samples", RUN)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_samples_say_what_the_reports_say_now(samples, terbitan):
    fresh = samples.collect(terbitan)
    kept = {path.name: path.read_bytes() for path in samples.TARGET.iterdir() if not path.name.endswith("-1.png")}
    again = "run `make samples` and look at what changed"
    assert set(fresh) == set(kept), again
    stale = [name for name in fresh if samples.told(name, fresh[name]) != samples.told(name, kept[name])]
    assert stale == [], again


def test_every_sample_report_has_a_picture_of_its_first_page(samples):
    reports = {path.stem for path in samples.TARGET.glob("*.pdf")}
    assert {path.stem.removesuffix("-1") for path in samples.TARGET.glob("*-1.png")} == reports
    for path in samples.TARGET.glob("*-1.png"):
        with Image.open(io.BytesIO(path.read_bytes())) as page:
            assert min(page.size) > 700 and page.mode == "P", path
    assert sum(path.stat().st_size for path in samples.TARGET.iterdir()) < samples.LIMIT


def test_samples_hold_no_name_and_no_nip(samples, contoh_store):
    names = set(store.read_people(contoh_store, samples.OFFICE)["nama"])
    assert len(names) > 300
    for path in samples.TARGET.iterdir():
        words = samples.told(path.name, path.read_bytes()) or ""
        assert not re.search(r"(?<!\d)(19|20)\d{16}(?!\d)", words), path
        assert not [name for name in names if name in words], path


def test_the_moment_of_recording_is_no_change(samples):
    one, two = (
        f"versi data 2, dicatat {when} WITA.".encode() for when in ("1 Mei 2026 pukul 08.15", "2 Juni 2026 pukul 23.59")
    )
    assert samples.told("a.txt", one) == samples.told("a.txt", two)
    assert samples.told("a.txt", b"30,0%") != samples.told("a.txt", b"30,1%")
