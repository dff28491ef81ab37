"""A tagged PDF as its readers meet it: elements in reading order, each with its text, page and place on the page.

Text is read from the marked content through the fonts' own ToUnicode tables, so that it is what a screen reader says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf


@dataclass
class Run:
    """Text shown on a page, in points from its lower left corner. `mark`: MCID, None for an artifact."""

    page: int
    mark: int | None
    text: str
    x: float
    y: float


@dataclass
class Element:
    """A structure element with everything inside it."""

    kind: str
    alt: str = ""
    headers: bool = False
    runs: list[Run] = field(default_factory=list)  # its own and those of what it contains, in reading order
    inside: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join("".join(run.text for run in self.runs).split())

    def walk(self) -> Iterator["Element"]:
        """Itself and all elements inside, in reading order."""
        yield self
        for element in self.inside:
            yield from element.walk()

    def all(self, *kinds: str) -> list["Element"]:
        """The elements of these kinds."""
        return [element for element in self.walk() if element.kind in kinds]


@dataclass
class Tagged:
    """A PDF with its tree and all that is shown."""

    root: Element
    runs: list[Run]
    pages: list[tuple[float, float]]  # width and height, points


def read(path: Path) -> Tagged:
    """Everything a test asks of the tags of a PDF."""
    with pikepdf.open(path) as pdf:
        runs = [run for at, page in enumerate(pdf.pages) for run in _runs(at, page)]
        where = {page.objgen: at for at, page in enumerate(pdf.pages)}
        marked: dict[tuple[int, int], list[Run]] = {}
        for run in runs:
            if run.mark is not None:
                marked.setdefault((run.page, run.mark), []).append(run)
        root = _element(pdf.Root.StructTreeRoot.K, where, marked, 0)
        sizes = [(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages]
    return Tagged(root, runs, sizes)


def _element(node: pikepdf.Object, where: dict, marked: dict, page: int) -> Element:
    if isinstance(node, pikepdf.Array):
        (node,) = node
    page = where.get(node.Pg.objgen, page) if "/Pg" in node else page
    element = Element(str(node.S)[1:], str(node.get("/Alt", "")), "/Headers" in str(node.get("/A", "")))
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            element.inside.append(_element(kid, where, marked, page))
            element.runs += element.inside[-1].runs
        elif isinstance(kid, pikepdf.Dictionary):
            if "/MCID" in kid:
                at = where.get(kid.Pg.objgen, page) if "/Pg" in kid else page
                element.runs += marked.get((at, int(kid.MCID)), [])
        else:
            element.runs += marked.get((page, int(kid)), [])
    return element


def _runs(at: int, page: pikepdf.Page) -> Iterator[Run]:
    tables = {name: _unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    matrix, kept, marks = pikepdf.Matrix(), [], []
    table: dict[bytes, str] = {}
    text = pikepdf.Matrix()
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(matrix)
            case "Q":
                matrix = kept.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Tf":
                table = tables[str(operands[0])]
            case "Tm":
                text = pikepdf.Matrix(*map(float, operands))
            case "BDC":
                has = isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
                marks.append(int(operands[1].MCID) if has else None)
            case "BMC":
                marks.append(None)
            case "EMC":
                marks.pop()
            case "Tj" | "TJ":
                parts = operands[0] if str(operator) == "TJ" else operands
                codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                words = "".join(table.get(codes[i : i + 2], "?") for i in range(0, len(codes), 2))
                place = text @ matrix
                mark = next((m for m in reversed(marks) if m is not None), None)
                yield Run(at, mark, words, float(place.e), float(place.f))


def _unicode(font: pikepdf.Object) -> dict[bytes, str]:
    source = font.ToUnicode.read_bytes().decode()
    return {
        bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", source)
    }
