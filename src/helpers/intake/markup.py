"""Tables of HTML pages and of Excel's XML, as programs save them under the name .xls.

One pass of the standard library's parser: no entity is expanded beyond characters, nothing is fetched.
"""

from html.parser import HTMLParser
from typing import Any

_ROWS, _CELLS, _TABLES = (
    {"tr", "row", "ss:row"},
    {"td", "th", "cell", "ss:cell"},
    {"table", "worksheet", "ss:worksheet"},
)
_SILENT = {"script", "style", "title", "comment", "ss:comment"}  # a comment of Excel's XML lies inside its cell
_MAX_SPAN, _MAX_ROWS = 50, 50_000


class _Tables(HTMLParser):
    """Collects every table as rows of text; colspan and rowspan leave empty cells and a merged range."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[dict[str, Any]] = []
        self._covered: dict[int, int] = {}  # column -> rows still covered from above
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._silent = 0
        self._outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell; a table inside a cell starts anew."""
        given = {name.rpartition(":")[2]: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag in _TABLES:
            self._close_cell()
            # The <table> of Excel's XML lies inside its <worksheet>: one sheet, not two.
            if tag != "table" or not self.sheets or self.sheets[-1]["cells"] or not self.sheets[-1]["name"]:
                self.sheets.append(_empty(given.get("name", "")))
            self._covered = {}
            self._flush_title()
        elif tag in _ROWS:
            self._close_cell()
            self._open_row()
            style = given.get("style", "").replace(" ", "").lower()
            self.sheets[-1]["hidden_rows"] += given.get("hidden") == "1" or "display:none" in style
        elif tag in _CELLS and self.sheets:
            self._close_cell()
            if not self.sheets[-1]["cells"]:
                self._open_row()
            line = self.sheets[-1]["cells"][-1]
            skip = _count(given.get("index", ""), 0)
            line.extend([""] * min(max(skip - 1 - len(line), 0), 300))
            across = _count(given.get("mergeacross", ""), 0) + 1 if "mergeacross" in given else 0
            down = _count(given.get("mergedown", ""), 0) + 1 if "mergedown" in given else 0
            self._span = (down or _count(given.get("rowspan", ""), 1), across or _count(given.get("colspan", ""), 1))
            self._text = []
        elif tag in {"br", "p", "div"} and self._text is not None:
            self._text.append(" ")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Sections that the parser does not know count as comments, where it would raise."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _CELLS or tag in _ROWS or tag in _TABLES:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        """Text of a cell; text before a table may be its title."""
        if self._silent:
            return
        if self._text is not None:
            self._text.append(data)
        elif data.strip():
            self._outside.append(" ".join(data.split()))

    def _flush_title(self) -> None:
        self.sheets[-1]["cells"] += [[line] for line in self._outside[-5:]]
        self._outside = []

    def _open_row(self) -> None:
        if not self.sheets:
            self.sheets.append(_empty(""))
        sheet = self.sheets[-1]
        if len(sheet["cells"]) < _MAX_ROWS:
            sheet["cells"].append([])
        self._covered = {at: left - 1 for at, left in self._covered.items() if left > 1}

    def _close_cell(self) -> None:
        if self._text is None:
            return
        sheet = self.sheets[-1]
        line, row = sheet["cells"][-1], len(sheet["cells"]) - 1
        while self._covered.get(len(line)):
            line.append("")
        at, (down, across) = len(line), self._span
        if at < 300:
            line.extend(["".join(self._text).strip(), *[""] * (across - 1)])
            if down > 1 or across > 1:
                sheet["merged"].append(((row, at), (row + down - 1, at + across - 1)))
            self._covered |= {at + n: down for n in range(across) if down > 1}
        self._text = None


def _empty(name: str) -> dict[str, Any]:
    return {"name": name, "cells": [], "hidden": False, "hidden_rows": 0, "merged": []}


def _count(text: str, default: int) -> int:
    return min(int(text), _MAX_SPAN) if text.isdecimal() and len(text) < 6 else default


def read_markup(text: str) -> list[dict[str, Any]]:
    """Every table of the page as a sheet; an unclosed one counts as far as it goes."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    parser._close_cell()
    return [sheet for sheet in parser.sheets if sheet["cells"]]
