"""keys.py and store.slices: a report is redone when something it is made from has changed, and only then."""

import ast
import json
import shutil
from datetime import timedelta

import pytest

from helpers import store
from helpers.intake.receive import receive
from helpers.run import jobs, keys

NOTEBOOKS = jobs.root() / "notebooks"


@pytest.fixture
def own(contoh_store, kampanye):
    """The campaign with a copy of the sample store of its own."""
    shutil.copytree(contoh_store.path(contoh_store.simpan), kampanye.path(kampanye.simpan))
    return kampanye


def signed(kampanye):
    return {job.kode: job.kunci for job in jobs.plan(kampanye, store.version(kampanye.path(kampanye.simpan)))}


def changed(before, after):
    return {kode for kode, key in after.items() if before[kode] != key}


def test_a_new_workbook_changes_its_office_the_city_and_the_log(own, tulis_nominatif, orang, tmp_path):
    before = signed(own)
    assert changed(before, signed(own)) == set()
    path = tulis_nominatif(tmp_path / "baru.xlsx", [orang(n) for n in range(1, 30)], opd="BPBD")
    assert receive([path], own, store.read(own).dicatat + timedelta(hours=1))[0].hasil == "diterima"
    assert changed(before, signed(own)) == {"laporan_kota", "log_kendala", "opd/BPBD"}


def test_a_refused_workbook_changes_no_office(own, tulis_nominatif, orang, tmp_path):
    before, version = signed(own), store.version(own.path(own.simpan))
    path = tulis_nominatif(tmp_path / "salah.xlsx", [orang(1, status="Entah")], opd="BPBD")
    assert receive([path], own, store.read(own).dicatat + timedelta(hours=1))[0].hasil == "ditolak"
    assert store.version(own.path(own.simpan)) > version
    # The city's report says how many were sent back.
    assert changed(before, signed(own)) == {"laporan_kota", "log_kendala"}


@pytest.mark.parametrize("change", [{"target": 0.75}, {"tanggal_data": "2020-03-16"}, {"penerima": "Wali Kota"}])
def test_a_parameter_changes_all(own, change):
    before = signed(own)
    assert changed(before, signed(own.model_validate(own.parameters() | change))) == set(before)


def test_a_pinned_version_is_a_key_of_its_own(own):
    version = store.version(own.path(own.simpan))
    assert not set(signed(own).values()) & set(signed(own.model_copy(update={"versi_data": version})).values())


def test_the_register_and_the_catalogue_change_all(own, tmp_path):
    before = signed(own)
    copy = tmp_path / "opd.csv"
    copy.write_bytes(own.path(own.register_).read_bytes())
    moved = own.model_validate(own.parameters() | {"register": str(copy)})
    first = signed(moved)
    copy.write_text(copy.read_text().replace("Dinas Kesehatan", "Dinas Kesehatan Kota"))
    assert changed(first, signed(moved.model_validate(moved.parameters()))) == set(before)


def test_the_code_that_a_notebook_uses_is_followed_to_the_end():
    names = {path.name for path in keys.modules_of(NOTEBOOKS / "laporan_opd.ipynb")}
    assert {"story_office.py", "pace.py", "schema.py", "wording.py", "captions.py"} <= names
    assert "story_detail.py" not in names and "batch.py" not in names and "receive.py" not in names
    assert "tables_log.py" in {path.name for path in keys.modules_of(NOTEBOOKS / "log_kendala.ipynb")}


def test_imports_are_found_as_python_finds_them():
    for path in keys.SOURCE.rglob("*.py"):
        names = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "helpers":
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        wanted = {keys.SOURCE.joinpath(*name.split(".")[1:]).with_suffix(".py") for name in names}
        assert {one for one in wanted if one.is_file()} <= keys._imports(path.read_text()), path


@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        ("report/story_log.py", {"kota", "log"}),
        ("report/story_office.py", {"opd"}),
        ("report/laporan.typ", {"kota", "log", "opd"}),
        ("report/kartu.typ", {"kota", "log", "opd"}),
        ("report/excel.py", {"kota", "log", "opd"}),
        ("report/story_letter.py", {"kota", "log", "opd"}),
        ("measures/rates.py", {"kota", "log", "opd"}),
        ("intake/receive.py", set()),
        ("run/batch.py", set()),
    ],
)
def test_changed_code_changes_the_reports_that_use_it(file, kinds, plan, tmp_path, monkeypatch):
    shutil.copytree(keys.SOURCE, tmp_path / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(keys, "SOURCE", tmp_path / "helpers")
    before = fresh(plan)
    path = tmp_path / "helpers" / file
    path.write_text(path.read_text() + ("\n// lain" if path.suffix == ".typ" else "\n# lain"))
    after = fresh(plan)
    assert {kind for kind in before if before[kind] != after[kind]} == kinds


def fresh(plan):
    keys._code.cache_clear()
    keys._imported_by.cache_clear()
    made = {job.kode: job.kunci for job in plan()}
    keys._code.cache_clear()
    keys._imported_by.cache_clear()
    return {"kota": made["laporan_kota"], "log": made["log_kendala"], "opd": made["opd/DINKES"]}


def test_a_notebook_with_magics_is_taken_to_use_everything(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text('{"cells": [{"cell_type": "code", "source": ["%matplotlib inline\\n"]}]}')
    assert keys.modules_of(path) == set(keys.SOURCE.rglob("*.py"))


@pytest.fixture
def by_hand(tmp_path):
    """by_hand(change): laporan_opd's key before and after `change(content)` of its JSON."""
    path = tmp_path / "laporan_opd.ipynb"
    shutil.copy(NOTEBOOKS / path.name, path)

    def keys_of(change):
        content = json.loads(path.read_text())
        before = signed_alone(path)
        change(content)
        path.write_text(json.dumps(content))
        return before, signed_alone(path)

    return keys_of


def signed_alone(path):
    keys._code.cache_clear()
    return keys.key(path, {}, "", [], [])


def cell_of(content, words):
    return next(cell for cell in content["cells"] if words in "".join(cell["source"]))


def worked_in(content):
    """Run and saved by JupyterLab, with another office."""
    for at, cell in enumerate(content["cells"], 1):
        cell["id"] = f"baru-{at}"
        cell["metadata"] |= {"trusted": True, "collapsed": False}
        if cell["cell_type"] == "code":
            cell |= {"execution_count": at, "outputs": [{"output_type": "stream", "name": "stdout", "text": "x"}]}
    cell = cell_of(content, "opd = ")
    cell["source"] = "".join(cell["source"]).replace('"DINKES"', '"BAPPEDA"').replace("0.8", "0.75")
    content["metadata"]["language_info"] = {"name": "python", "version": "3.99"}


def test_a_notebook_that_was_run_by_hand_leaves_its_reports_valid(by_hand):
    before, after = by_hand(worked_in)
    assert before == after


@pytest.mark.parametrize(
    "change",
    [
        lambda content: cell_of(content, "opd = ")["source"].append('\nlain = "x"'),
        lambda content: cell_of(content, "opd = ")["source"].append("\nimport os"),
        lambda content: cell_of(content, "story_office.basis")["source"].append("\nkami"),
        lambda content: cell_of(content, "story_office.basis")["metadata"].update(tags=["lab"]),
        lambda content: cell_of(content, "# Laporan OPD")["source"].append(" Baru."),
        lambda content: content["cells"].pop(),
    ],
    ids=["nama parameter", "parameter dan lain", "sumber", "tag", "teks", "sel"],
)
def test_what_can_change_a_report_changes_its_key(by_hand, change):
    before, after = by_hand(change)
    assert before != after


@pytest.mark.parametrize("text", ["bukan JSON", "{}", "[]", '{"cells": [1]}', '{"cells": [{"cell_type": "code"}]}'])
def test_a_notebook_that_cannot_be_read_has_a_key_too(tmp_path, text):
    path = tmp_path / "x.ipynb"
    path.write_text(text)
    first = signed_alone(path)
    path.write_text(text + " ")
    assert signed_alone(path) != first


def test_a_new_release_of_a_library_changes_the_key(plan, monkeypatch):
    before = fresh(plan)
    keys._libraries.cache_clear()
    monkeypatch.setattr(keys, "version", lambda name: "99" if name == "typst" else "1")
    assert all(before[kind] != key for kind, key in fresh(plan).items())
    keys._libraries.cache_clear()
