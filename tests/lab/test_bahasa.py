"""The Indonesian of JupyterLab: found by its server, whole, and of the strings that this JupyterLab has."""

import json
import re
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from jupyterlab_server.translation_utils import get_language_pack

FOLDER = files("helpers.lab.bahasa").joinpath("locale", "id", "LC_MESSAGES")
WORDS = json.loads(FOLDER.joinpath("jupyterlab.json").read_text(encoding="utf-8"))
STATIC = Path(sys.prefix) / "share" / "jupyter" / "lab" / "static"
PLACE = re.compile(r"%\d|\$")
CONTEXT = "\x04"


@pytest.fixture(scope="module")
def source() -> str:
    """All scripts of JupyterLab."""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in STATIC.glob("*.js"))


def messages():
    return [(key, *told) for key, told in WORDS.items() if key]


def test_the_server_finds_it():
    pack, problems = get_language_pack("id")
    assert not problems and pack["jupyterlab"]["menu\x04File"] == ["Berkas"] and "jupyterlab_widgets" in pack


def test_no_message_loses_a_place_or_a_space():
    for key, told, *_ in messages():
        plain = key.rpartition(CONTEXT)[2]
        assert sorted(PLACE.findall(told)) == sorted(PLACE.findall(plain)), key
        assert (told[:1].isspace(), told[-1:].isspace()) == (plain[:1].isspace(), plain[-1:].isspace()), key


def test_forms_for_one_and_many_stand_where_jupyterlab_counts(source):
    """JupyterLab passes over a message of one form where it asks for two, and the other way round."""
    counted = {
        found[1] or found[2] for found in re.finditer(r"\.(?:_n|ngettext)\(\s*(?:\"([^\"]+)\"|'([^']+)')\s*,", source)
    }
    assert len(counted) > 20
    assert {key for key, *forms in messages() if len(forms) > 1} == counted & set(WORDS)


def test_messages_are_those_of_this_jupyterlab(source):
    """A new JupyterLab may put a few otherwise; when it is many, the pack is to be gone through again."""
    written = source.replace("\\n", "\n").replace('\\"', '"')
    plain = [key.rpartition(CONTEXT)[2] for key, *_ in messages()]
    gone = [key for key in plain if key not in written]
    assert len(gone) < 0.05 * len(plain), gone
