"""Tabs that cost nothing until they are looked at: made when first opened, brought up to date when next opened."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from helpers.lab import page
from helpers.lab.session import Session


def lazy(session: Session, makers: dict[str, Callable[[], widgets.Widget]], first: int = 0) -> widgets.Tab:
    """Tabs by title, that at `first` open. What a part asks to be told of a new data version, it is told while it is seen, else
    when it is next seen. A part that can't be made is a sentence in its place, and is tried again with the next version."""
    boxes = [widgets.VBox() for _ in makers]
    tabs = widgets.Tab(boxes, titles=list(makers))
    listeners: dict[int, list[Callable[[], None]]] = {}
    stale: set[int] = set()

    def make(at: int) -> widgets.Widget:
        notice = page.Notice()
        with page.sentences(notice), session.gathered() as own:
            made = list(makers.values())[at]()
            listeners[at] = own
            return made
        return notice

    def open_(at: int | None) -> None:
        if at is None:
            return
        if at not in listeners:
            boxes[at].children = [make(at)]
        elif at in stale:
            stale.discard(at)
            tell(at)

    def tell(at: int) -> None:
        for listener in listeners[at]:
            listener()

    def changed() -> None:
        stale.update(set(listeners) - {tabs.selected_index})
        if tabs.selected_index in listeners:
            tell(tabs.selected_index)
        else:
            open_(tabs.selected_index)

    session.on_change(changed)
    tabs.observe(lambda change: open_(change["new"]), "selected_index")
    tabs.selected_index = first
    open_(first)
    return tabs


def part(session: Session, name: str) -> Callable[[], Any]:
    """Makes the part whose class stands in the module of its name; imported when it is needed."""

    def make() -> Any:
        from importlib import import_module

        return getattr(import_module(f"helpers.lab.{name}"), name.capitalize())(session).kotak

    return make
