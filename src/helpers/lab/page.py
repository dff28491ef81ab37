"""How parts of the page look and speak: the notice line, guarded handlers, blocks of reports as HTML, the style sheet.

Whatever goes wrong in a handler is one sentence in the notice of its part; a traceback never reaches the page.
"""

import base64
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from html import escape
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import Any

import anywidget
import ipywidgets as widgets

from helpers.campaign import CampaignError
from helpers.report.blocks import Block
from helpers.run.delivery import BusyError, TargetError, refusal
from helpers.store import StoreError

SAID = (CampaignError, StoreError, BusyError, TargetError)  # their message is a sentence for the user
UNEXPECTED = (
    "Ada yang tidak berjalan sebagaimana mestinya ({jenis}); data di simpanan tidak berubah. Tekan Muat ulang, lalu ulangi. "
    "Bila tetap begitu, beri tahu pengelola program."
)
AGAIN = 0.4  # seconds after a click was dealt with in which the same button is not pressed by intent
log = logging.getLogger("pantau.lab")
log.addHandler(logging.NullHandler())  # else Python prints the traceback below the page; a developer adds a handler
log.propagate = False


def _of_package(name: str) -> str:
    return files("helpers.lab").joinpath(name).read_text(encoding="utf-8")


def _fonts() -> str:
    """The report's own font as the package has it (OFL, unchanged): the charts were drawn for its widths."""
    import font_source_sans_pro

    folder = Path(font_source_sans_pro.__file__).parent / "files"
    faces = []
    for name, weight in (("Regular", "400"), ("Semibold", "600 700")):
        content = base64.b64encode((folder / f"SourceSansPro-{name}.otf").read_bytes()).decode()
        faces.append(
            f"@font-face {{ font-family: 'Source Sans Pro'; font-weight: {weight}; font-display: block; "
            f"src: url(data:font/otf;base64,{content}) format('opentype') }}"
        )
    return "\n".join(faces) + "\n"


class Said(ValueError):
    """A sentence for the user that stops a handler: wrong use, nothing chosen, not allowed."""


class Notice(widgets.HTML):
    """The line of a part that says what happened; screen readers read it out when it changes."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("pantau-kabar")
        self.clear()

    def say(self, sentence: str) -> None:
        """What was done."""
        self._show("✓ Selesai:", sentence, "baik")

    def warn(self, sentence: str) -> None:
        """What went wrong, and what to do."""
        self._show("✗ Perhatian:", sentence, "salah")

    def note(self, sentence: str) -> None:
        """What is to be known; nothing was done, nothing went wrong."""
        self._show("ⓘ Catatan:", sentence, "catatan")

    def clear(self) -> None:
        """Nothing to say."""
        self.value = "<div role='status'></div>"

    def settle(self) -> None:
        """A warning goes that new data may have answered; what was done stays said."""
        if "class='salah'" in self.value:
            self.clear()

    def _show(self, sign: str, sentence: str, kind: str) -> None:
        self.value = f"<div role='status' class='{kind}'><b>{sign}</b> {escape(sentence)}</div>"


@contextmanager
def sentences(notice: Notice, unexpected: str = UNEXPECTED) -> Iterator[None]:
    """Whatever goes wrong inside becomes a sentence in `notice`; `unexpected`: that for what nobody foresaw."""
    try:
        yield
    except (Said, *SAID) as error:
        notice.warn(str(error))
    except OSError as error:
        notice.warn(f"{refusal(error)} Periksa izin dan ruang disk.")
    except Exception as error:
        log.exception("handler failed")
        notice.warn(unexpected.format(jenis=type(error).__name__))


def guarded(notice: Notice) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """Decorates a handler: the notice is cleared, then tells what goes wrong."""

    def decorate(handler: Callable[..., Any]) -> Callable[..., None]:
        safe = spoken(notice)(handler)

        @wraps(handler)
        def handle(*args: Any, **kwargs: Any) -> None:
            notice.clear()
            safe(*args, **kwargs)

        return handle

    return decorate


def spoken(notice: Notice) -> Callable[[Callable[..., Any]], Callable[..., None]]:
    """As `guarded`, for what follows a choice: a browser that echoes a choice of ours must not wipe what was just said."""

    def decorate(handler: Callable[..., Any]) -> Callable[..., None]:
        @wraps(handler)
        def handle(*args: Any, **kwargs: Any) -> None:
            with sentences(notice):
                handler(*args, **kwargs)

        return handle

    return decorate


def on_click(button: widgets.Button, handler: Callable[[Any], None]) -> None:
    """Have `handler` called once for a click. A second click that came while it worked (a double click) is dropped: it
    waited for its turn and would do the same thing again."""
    ended = 0.0

    def handle(clicked: Any) -> None:
        nonlocal ended
        if monotonic() - ended < AGAIN:
            return
        handler(clicked)
        ended = monotonic()

    button.on_click(handle)


def renew(control: Any, options: Sequence[tuple[str, Any]]) -> None:
    """New options of a list; what was chosen stays chosen where it is still there, else the first of a drop-down list is.

    The choice goes first: a browser that is told of fewer options while a later one is chosen complains.
    """
    kept, values = control.value, [value for _, value in options]
    if isinstance(control, widgets.SelectMultiple):
        control.value = ()
        control.options = options
        control.value = [value for value in values if value in kept]
        return
    control.value = None
    control.options = options
    first = values[0] if values and not isinstance(control, widgets.Select) else None
    control.value = kept if kept in values else first


def shown(*blocks: Block) -> str:
    """Blocks of a report as escaped HTML for a widget."""
    return f"<div class='pantau'>{''.join(block.html() for block in blocks)}</div>"


def paragraphs(*texts: str) -> str:
    """Sentences, each a paragraph, escaped."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def beside(*parts: tuple[str, Block]) -> str:
    """Blocks under headings, side by side where there is room."""
    sections = (f"<section><h3>{escape(title)}</h3>{block.html()}</section>" for title, block in parts)
    return f"<div class='pantau pantau-sejajar'>{''.join(sections)}</div>"


def status(text: str) -> str:
    """A sentence that screen readers read out when it changes."""
    return f"<div role='status'>{escape(text)}</div>"


def heading(text: str) -> widgets.HTML:
    """A heading of a part."""
    return widgets.HTML(f"<h2 class='pantau-judul'>{escape(text)}</h2>")


def labelled(control: widgets.Widget, label: str, help_: str = "") -> widgets.VBox:
    """A control under its visible label. The label is also the control's own `description`, for screen readers;
    ipywidgets ties the two together."""
    control.description = label
    control.style.description_width = "initial"
    parts: Sequence[widgets.Widget] = [control, widgets.HTML(f"<small>{escape(help_)}</small>")] if help_ else [control]
    return widgets.VBox(list(parts), layout=widgets.Layout(width="auto")).add_class("pantau-isian")


class Page(anywidget.AnyWidget):
    """The style sheet of the page and what it mends of its widgets, once."""

    _esm = _of_package("halaman.js")
    _css = _fonts() + _of_package("jelajah.css")
