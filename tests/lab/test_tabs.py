"""Tabs are made when first opened, and told of new data when they are seen."""

import ipywidgets as widgets
import pytest

from helpers.lab.page import Said
from helpers.lab.session import Session
from helpers.lab.tabs import lazy


class Fake:
    """Stands for a session: its listeners."""

    def __init__(self):
        self._listeners = []
        self.on_change = Session.on_change.__get__(self)
        self.gathered = Session.gathered.__get__(self)

    def change(self):
        for listener in self._listeners:
            listener()


@pytest.fixture
def dibuat():
    """A session, what happened, and tabs A, B and C (C can't be made)."""
    session, seen = Fake(), []

    def maker(name):
        def make():
            if name == "C":
                raise Said("C tidak dapat dibuka.")
            seen.append(f"buat {name}")
            session.on_change(lambda: seen.append(f"baru {name}"))
            return widgets.HTML(name)

        return make

    return session, seen, lazy(session, {name: maker(name) for name in "ABC"})


def test_only_the_first_is_made_at_once(dibuat):
    _, seen, tabs = dibuat
    assert seen == ["buat A"]
    tabs.selected_index = 1
    tabs.selected_index = 0
    tabs.selected_index = 1
    assert seen == ["buat A", "buat B"]


def test_a_hidden_part_is_told_when_it_is_seen_again_and_once(dibuat):
    session, seen, tabs = dibuat
    tabs.selected_index = 1
    seen.clear()
    session.change()
    session.change()
    assert seen == ["baru B", "baru B"]
    tabs.selected_index = 0
    tabs.selected_index = 1
    tabs.selected_index = 0
    assert seen == ["baru B", "baru B", "baru A"]


def test_what_can_not_be_made_is_a_sentence_and_tried_again(dibuat):
    _, _, tabs = dibuat
    tabs.selected_index = 2
    assert "C tidak dapat dibuka." in tabs.children[2].children[0].value


def test_what_could_not_be_made_is_tried_again_with_new_data():
    session, ready = Fake(), []

    def make():
        if not ready:
            raise Said("Belum ada data.")
        return widgets.HTML("isi")

    tabs = lazy(session, {"A": make, "B": make}, first=1)
    assert tabs.selected_index == 1 and "Belum ada data." in tabs.children[1].children[0].value
    ready.append(True)
    session.change()
    assert tabs.children[1].children[0].value == "isi" and not tabs.children[0].children
