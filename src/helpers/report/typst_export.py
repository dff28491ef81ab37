"""nbconvert exporter: an executed notebook to an archival, accessible PDF through Typst (PDF/A-2a and PDF/UA-1).

`jupyter nbconvert --to laporan x.ipynb`, JupyterLab's export menu and the batch all come here. Code is hidden;
blocks of report/blocks.py keep their structure; other outputs (text, SVG, PNG, Markdown cells) are set plainly.
Page design is left to laporan.typ.
"""

import base64
import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import mistune
import typst
from matplotlib.ft2font import FT2Font
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from helpers.report.blocks import MIME, ONLY_SCREEN, Block, Dokumen
from helpers.report.exportable import ExportError, check
from helpers.report.screen import as_drawn

TEMPLATE = Path(__file__).with_name("laporan.typ")
STANDARDS: Any = ["a-2a", "ua-1"]
HIDDEN_TAG = "lab"  # cells for the screen only


class LaporanExporter(Exporter):
    """Notebook -> PDF bytes."""

    export_from_notebook = "Laporan PDF"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, dict[str, Any]]:
        """PDF of an executed notebook. ExportError if it may not be exported (exportable.check)."""
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        title = resources.get("metadata", {}).get("name") or "Laporan"
        return to_pdf(to_document(copy, str(title))), resources


def to_document(nb: NotebookNode, title: str) -> dict[str, Any]:
    """The notebook as JSON for laporan.typ: `dokumen` (header, footer, metadata) and `blok` (content)."""
    check(nb)
    document: dict[str, Any] | None = None
    blocks: list[dict[str, Any]] = []
    for cell in nb.cells:
        if HIDDEN_TAG in cell.get("metadata", {}).get("tags", []):
            continue
        if cell.cell_type == "markdown":
            blocks += from_markdown(cell.source)
        elif cell.cell_type == "code":
            for output in cell.get("outputs", []):
                for block in _from_output(output):
                    if block["jenis"] == "dokumen":
                        document = block
                    else:
                        blocks.append(block)
    loose = document is None
    blocks = _with_first_heading(blocks, title)
    return {"dokumen": _complete(document, title), "blok": blocks, "longgar": loose}


def of_blocks(document: Dokumen, blocks: Sequence[Block]) -> bytes:
    """PDF of blocks that no notebook has shown: header and footer of `document`, the same page."""
    content = {"dokumen": _complete(document.data(), document.judul), "blok": [block.data() for block in blocks]}
    return to_pdf(content | {"longgar": False})


def to_pdf(document: dict[str, Any]) -> bytes:
    """Compile. The same document gives the same bytes: the timestamp is the data version's, not the clock's."""
    moment = document["dokumen"].pop("detik")
    try:
        pdf, warnings = typst.compile_with_warnings(
            **typst_input(TEMPLATE, document),
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=moment,
        )
    except typst.TypstError as error:
        raise ExportError(f"PDF tidak dapat disusun: {error.message}") from error
    serious = [w for w in warnings if "font" in str(w).lower() or "glyph" in str(w).lower()]
    if serious and not document["longgar"]:
        raise ExportError(f"PDF tidak lengkap: {serious[0]}")
    return bytes(pdf)


def typst_input(template: Path, content: dict[str, Any]) -> dict[str, Any]:
    """What every Typst template of ours gets: its own folder, the packaged font, its content as JSON."""
    return {
        "input": str(template),
        "root": str(template.parent),
        "font_paths": [font_folder()],
        "ignore_system_fonts": True,
        "sys_inputs": {"isi": _drawable(json.dumps(content, ensure_ascii=False), content.get("longgar", False))},
    }


BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])  # would turn words around


@cache
def _glyphs() -> frozenset[int]:
    """Code points that the report font can draw."""
    return frozenset(FT2Font(str(Path(font_folder()) / "SourceSansPro-Regular.otf")).get_charmap())


def _drawable(text: str, loose: bool) -> str:
    """What the font can't draw stands as "?": one sign in an office's text must not stop a report. Texts of notebooks that
    are not ours (`loose`) have further fonts to fall back on."""
    if loose or text.isascii():
        return text
    known = _glyphs()
    strange = {ord(sign): "?" for sign in set(text) if ord(sign) not in known and sign.isprintable()}
    return text.translate(strange | BIDI)


def font_folder() -> str:
    """Folder of the Source Sans Pro fonts inside their package."""
    import font_source_sans_pro

    return str(Path(font_source_sans_pro.__file__).parent / "files")


def _complete(document: dict[str, Any] | None, title: str) -> dict[str, Any]:
    """Header and metadata; a notebook that is not one of ours gets its name as title and no stamp."""
    known = document or {
        "judul": title,
        "perihal": title,
        "instansi": "",
        "kampanye": title,
        "kepada": "",
        "keadaan": "",
        "kaki": "",
        "contoh": False,
        "kunci": [],
        "waktu": "",
        "lanskap": False,
    }
    moment = datetime.fromisoformat(known["waktu"]) if known["waktu"] else datetime(2020, 3, 17, tzinfo=ZoneInfo("UTC"))
    parts = ("year", "month", "day", "hour", "minute", "second")
    return {name: value for name, value in known.items() if name != "parameter"} | {
        "waktu": {part: getattr(moment, part) for part in parts},
        "detik": int(moment.timestamp()),
    }


def _with_first_heading(blocks: list[dict[str, Any]], title: str) -> list[dict[str, Any]]:
    """PDF/UA wants a first heading of level 1 and no skipped level: add a title, pull deep headings up."""
    first = next((b for b in blocks if b["jenis"] in ("judul", "kepala", "temuan", "rangkaian")), None)
    if first is None or not (first["jenis"] == "judul" or first.get("tingkat") == 1):
        blocks = [{"jenis": "judul", "teks": title, "mata": "", "halaman_baru": False}, *blocks]
    level = 1
    for block in blocks:
        if block["jenis"] == "kepala":
            block["tingkat"] = level = min(block["tingkat"], level + 1)
        elif block["jenis"] in ("judul", "temuan"):
            level = 1 if block["jenis"] == "judul" else 2
    return blocks


def _from_output(output: Any) -> list[dict[str, Any]]:
    if output.output_type == "stream":
        return [{"jenis": "keluaran", "teks": _plain(output.text)}] if output.name == "stdout" else []
    data, meta = output.get("data", {}), output.get("metadata", {})
    if MIME in data:
        block = dict(data[MIME])
        if block["jenis"] == ONLY_SCREEN:
            return []
        if block["jenis"] == "gambar":
            block["svg"] = as_drawn("".join(data["image/svg+xml"]))
        return [block]
    text = _plain("".join(data.get("text/plain", "")))
    if "image/svg+xml" in data:
        alt = meta.get("image/svg+xml", {}).get("alt") or text or "Gambar tanpa keterangan"
        svg = "".join(data["image/svg+xml"])
        return [{"jenis": "gambar", "svg": svg, "alt": alt, "keterangan": "", "alami": True}]
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            alt = meta.get(kind, {}).get("alt") or text or "Gambar tanpa keterangan"
            raw = list(base64.b64decode("".join(data[kind])))
            return [{"jenis": "raster", "data": raw, "alt": alt, "keterangan": "", "lebar": 0.8}]
    if "text/markdown" in data:
        return from_markdown("".join(data["text/markdown"]))
    return [{"jenis": "keluaran", "teks": text}] if text else []


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text).rstrip()


def from_markdown(source: str) -> list[dict[str, Any]]:
    """Blocks of a Markdown text: headings, paragraphs, lists. Raw HTML is shown as the text it is."""
    tokens = mistune.create_markdown(renderer="ast")(source)
    blocks: list[dict[str, Any]] = []
    for token in tokens:
        kind = token["type"]
        if kind == "heading":
            blocks.append({"jenis": "kepala", "tingkat": token["attrs"]["level"], "isi": _runs(token["children"])})
        elif kind in ("paragraph", "block_text"):
            blocks.append({"jenis": "alinea", "isi": _runs(token["children"])})
        elif kind == "list":
            items = [_item_runs(item) for item in token["children"]]
            blocks.append({"jenis": "daftar", "bernomor": token["attrs"]["ordered"], "isi": items})
        elif kind == "block_quote":
            blocks += [{"jenis": "alinea", "isi": _item_runs(token)}]
        elif kind in ("block_code", "block_html"):
            blocks.append({"jenis": "keluaran", "teks": token["raw"].rstrip()})
    return blocks


def _item_runs(item: Any) -> list[dict[str, str]]:
    return [run for part in item["children"] for run in _runs(part.get("children", []))]


def _runs(children: list[Any], style: str = "biasa") -> list[dict[str, str]]:
    styles = {"strong": "tebal", "emphasis": "miring"}
    runs: list[dict[str, str]] = []
    for child in children:
        kind = child["type"]
        if kind == "codespan":
            runs.append({"gaya": "kode", "t": child["raw"]})
        elif kind == "linebreak":
            runs.append({"gaya": "baris", "t": ""})
        elif kind == "softbreak":
            runs.append({"gaya": style, "t": " "})
        elif "children" in child:
            runs += _runs(child["children"], styles.get(kind, style))
        else:
            runs.append({"gaya": style, "t": child.get("raw", "")})
    return runs
