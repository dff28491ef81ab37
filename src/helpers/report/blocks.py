"""What a report is made of: headline, finding, numbers, table, figure; shown in JupyterLab, exported to Typst.

A block is data. The Typst exporter receives it as JSON, so that no text of an office is ever markup; for the screen
it writes escaped HTML. How values become words is left to story.py, tables.py and figures.py.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any

from helpers.report import screen
from helpers.report.cells import Batang, Kolom, cell_html, kept, room

MIME = "application/vnd.pantau+json"
ONLY_SCREEN = "layar"  # kind of an output that no PDF takes up
WIDE = 9  # columns from which on a table is set small on the screen


class Block:
    """Base: `data()` for the exporter, `html()` for the screen, `text()` for everything else."""

    def data(self) -> dict[str, Any]:
        """JSON of the block; `jenis` names its kind."""
        return {"jenis": type(self).__name__.lower(), **asdict(self)}  # type: ignore[call-overload]

    def html(self) -> str:
        """Escaped HTML for JupyterLab."""
        raise NotImplementedError

    def text(self) -> str:
        """Plain text, for a terminal and for searching."""
        raise NotImplementedError

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return {MIME: self.data(), "text/html": self.html(), "text/plain": self.text()}


@dataclass(frozen=True)
class Dokumen(Block):
    """Who made what, of which data: title, header, footer, stamp, and the office in the PDF's own metadata."""

    judul: str
    perihal: str
    instansi: str
    kampanye: str
    kepada: str
    keadaan: str
    kaki: str
    contoh: bool
    kunci: list[str] = field(default_factory=list)  # PDF keywords: "opd:DINKES", "data:2020-03-17"
    waktu: str = ""  # ISO moment for the PDF's metadata: when the data version was recorded
    lanskap: bool = False
    parameter: dict[str, Any] = field(default_factory=dict)  # that it was made with; no part of the page

    def html(self) -> str:
        stamp = f"<p style='color:#C44E00;font-weight:700'>{escape(STAMP)}</p>" if self.contoh else ""
        told = f"{stamp}<p><b>{escape(self.perihal)}</b><br><small>{escape(self.kaki)}</small></p>"
        return f"<style>{screen.style()}</style><div class='pantau-laporan'>{told}</div>"

    def text(self) -> str:
        return "\n".join(filter(None, [STAMP if self.contoh else "", self.perihal, self.kaki]))


STAMP = "DATA CONTOH – BUKAN DATA RESMI"


@dataclass(frozen=True)
class Judul(Block):
    """The page's finding in one sentence (heading level 1), with a small line above that says which page it is."""

    teks: str
    mata: str = ""
    halaman_baru: bool = False

    def html(self) -> str:
        return f"<h1 style='color:#0B3C6F'>{escape(self.teks)}</h1>"

    def text(self) -> str:
        return self.teks


@dataclass(frozen=True)
class Temuan(Block):
    """A finding as heading (level 2) with sentences below it."""

    judul: str
    isi: list[str] = field(default_factory=list)

    def html(self) -> str:
        return f"<h3>{escape(self.judul)}</h3>" + "".join(f"<p>{escape(t)}</p>" for t in self.isi)

    def text(self) -> str:
        return "\n".join([self.judul, *self.isi])


@dataclass(frozen=True)
class Paragraf(Block):
    """Sentences without a heading."""

    isi: list[str]

    def html(self) -> str:
        return "".join(f"<p>{escape(t)}</p>" for t in self.isi)

    def text(self) -> str:
        return "\n".join(self.isi)


@dataclass(frozen=True)
class HanyaLayar(Block):
    """A sentence for the screen, where a heading would stand above nothing; no PDF takes it up."""

    kalimat: str

    def data(self) -> dict[str, Any]:
        return {"jenis": ONLY_SCREEN}

    def html(self) -> str:
        return f"<p>{escape(self.kalimat)}</p>"

    def text(self) -> str:
        return self.kalimat


@dataclass(frozen=True)
class Butir:
    """One of the big numbers: value, unit, what it means; `awas` marks a shortfall."""

    nilai: str
    ket: str
    satuan: str = ""
    awas: bool = False


@dataclass(frozen=True)
class Angka(Block):
    """Up to four big numbers side by side."""

    butir: list[Butir]

    def html(self) -> str:
        cells = "".join(
            f"<td style='text-align:left;vertical-align:top;padding-right:2em'><span style='font-size:200%;"
            f"font-weight:700;color:{'#C44E00' if b.awas else '#0B3C6F'}'>{escape(b.nilai)}</span> {escape(b.satuan)}"
            f"<br>{escape(b.ket)}</td>"
            for b in self.butir
        )
        return f"<table><tr>{cells}</tr></table>"

    def text(self) -> str:
        return "\n".join(f"{b.nilai} {b.satuan}: {b.ket}".replace(" :", ":") for b in self.butir)


@dataclass(frozen=True)
class Putusan:
    """One decision asked for: what, with which result, who does it, until when."""

    keputusan: str
    hasil: str
    pic: str
    tenggat: str


@dataclass(frozen=True)
class Keputusan(Block):
    """Decisions asked for, numbered, each with boxes to tick on paper (Ya, Tidak)."""

    judul: str
    butir: list[Putusan]

    def html(self) -> str:
        rows = "".join(
            f"<tr><td>{at}</td><td style='text-align:left'><b>{escape(b.keputusan)}</b> {escape(b.hasil)}</td>"
            f"<td style='text-align:left'>{escape(b.pic)}</td><td style='text-align:left'>{escape(b.tenggat)}</td></tr>"
            for at, b in enumerate(self.butir, 1)
        )
        heads = ("No", "Keputusan dan hasil", "PIC", "Tenggat")
        head = "".join(f"<th scope='col' style='text-align:left'>{t}</th>" for t in heads)
        return f"<h3>{escape(self.judul)}</h3><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def text(self) -> str:
        lines = [
            f"{at}. {b.keputusan} {b.hasil} PIC: {b.pic}. Tenggat: {b.tenggat}." for at, b in enumerate(self.butir, 1)
        ]
        return "\n".join([self.judul, *lines])


@dataclass(frozen=True)
class Tabel(Block):
    """Rows of texts, Tanda or Batang under headings. `tebal`: rows in bold; `kaki`: the last row is a total;
    `kelompok`: {row: text} group lines above a row; `padat`: small type for a page of offices; `longgar`: large type
    and room to write, for a page to be pinned up."""

    kolom: list[Kolom]
    baris: list[list[Any]]
    keterangan: str
    kaki: bool = False
    padat: bool = False
    longgar: bool = False
    tebal: list[int] = field(default_factory=list)
    kelompok: dict[int, str] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        known = super().data()
        return known | {"kelompok": {str(at): text for at, text in self.kelompok.items()}}

    def html(self) -> str:
        head = "".join(
            f"<th scope='col' style='text-align:{'right' if k.rata == 'kanan' else 'left'}{room(k)}'>{escape(k.judul)}</th>"
            for k in self.kolom
        )
        lines = []
        for at, row in enumerate(self.baris):
            if at in self.kelompok:
                lines.append(
                    f"<tr><th colspan='{len(self.kolom)}' style='text-align:left'>{escape(self.kelompok[at])}</th></tr>"
                )
            cells = "".join(
                f"<td style='text-align:{'right' if k.rata == 'kanan' else 'left'}{kept(k, v)}'>{cell_html(v)}</td>"
                for k, v in zip(self.kolom, row, strict=True)
            )
            strong = at in self.tebal or (self.kaki and at == len(self.baris) - 1)
            lines.append(f"<tr{' style=font-weight:700' if strong else ''}>{cells}</tr>")
        dense = self.padat or len(self.kolom) >= WIDE
        return f"<table{' class=padat' if dense else ''}><caption>{escape(self.keterangan)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"

    def text(self) -> str:
        rows = [" | ".join(k.judul for k in self.kolom)]
        rows += [" | ".join(v.alt or v.tanpa if isinstance(v, Batang) else str(v) for v in row) for row in self.baris]
        return "\n".join([*rows, self.keterangan])


@dataclass(frozen=True)
class Gambar(Block):
    """A chart as SVG with the finding as alt text, and a caption with denominator and source."""

    svg: str
    alt: str
    keterangan: str

    def html(self) -> str:
        svg = screen.fitted(self.svg[self.svg.find("<svg") :])
        return f"<figure>{svg}<figcaption>{escape(self.keterangan)}</figcaption></figure>"

    def text(self) -> str:
        return f"[Gambar: {self.alt}] {self.keterangan}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        bundle = super()._repr_mimebundle_()
        del bundle["text/html"]  # JupyterLab shows the SVG itself
        rest = {key: value for key, value in bundle[MIME].items() if key != "svg"}
        meta = {"image/svg+xml": {"alt": self.alt}}
        return {"image/svg+xml": screen.fitted(self.svg), **bundle, MIME: rest}, meta

    def _ipython_display_(self) -> None:
        """The chart, then its caption: JupyterLab shows an SVG without alt text and without anything below it."""
        from IPython.display import display

        data, meta = self._repr_mimebundle_()
        display(data, metadata=meta, raw=True)
        below = {MIME: {"jenis": ONLY_SCREEN}, "text/html": screen.caption(self.alt, self.keterangan)}
        display(below | {"text/plain": self.keterangan}, raw=True)


@dataclass(frozen=True)
class Rangkaian(Block):
    """Several blocks in a row from one cell; `sejajar`: two of them side by side."""

    isi: Sequence[Block]
    sejajar: bool = False

    def data(self) -> dict[str, Any]:
        parts = [data for block in self.isi if (data := block.data())["jenis"] != ONLY_SCREEN]
        return {"jenis": "rangkaian", "sejajar": self.sejajar, "isi": parts}

    def html(self) -> str:
        if self.sejajar:
            return f"<div class='pantau-sejajar'>{''.join(f'<div>{block.html()}</div>' for block in self.isi)}</div>"
        return "".join(block.html() for block in self.isi)

    def text(self) -> str:
        return "\n\n".join(block.text() for block in self.isi)
