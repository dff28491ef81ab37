"""The minutes to type into (notulen.docx): the fields of the meeting pack's form, what is known written in.

Blanks are content controls: a click takes the hint away. Texts of others stay text, and the same data give the same
bytes. Names and NIP of participants are left to whoever writes the minutes.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from helpers.report.blocks import STAMP, Putusan
from helpers.report.letter_blocks import Isian
from helpers.report.meeting_facts import Bahan, fields, invited
from helpers.report.rtl import Rtl
from helpers.schema import STATES
from helpers.wording import day, number

FONT, FALLBACK = "Source Sans 3", "Calibri"
_INK, _BLUE, _GREY, _ALERT = "1F2328", "0B3C6F", "5B626B", "C44E00"
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML has no place for
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # would turn words around


def docx(bahan: Bahan) -> bytes:
    """The document: particulars, discussion by item of the agenda, decisions, follow-ups, who signs."""
    kampanye, data = bahan.kampanye, bahan.data
    document = Document()
    blanks = _Blanks()
    _look(document)
    title = f"Notulen rapat {kampanye.singkatan} {kampanye.wilayah}"
    _properties(document, title, kampanye, data)
    _margins(document, title, data)
    document.add_heading(clean(title), 0)
    guests = "; ".join(invited(kampanye))
    rows = [
        *fields(kampanye),
        Isian("Diundang", guests, "diisi: yang diundang"),
        Isian("Peserta", "", "diisi: yang hadir"),
    ]
    _particulars(document, rows, blanks)
    document.add_heading("Pembahasan", 1)
    for topic in ("Capaian", "Kendala", *(["Tindak lanjut rapat lalu"] if bahan.lalu else []), "Hal lain"):
        document.add_heading(topic, 2)
        blanks.put(document.add_paragraph(), topic, "ketik yang dibahas")
    document.add_heading("Keputusan", 1)
    _decisions(document, bahan.putusan, blanks)
    document.add_heading("Tindak lanjut", 1)
    _follow_ups(document, bahan.rtl, blanks)
    document.add_heading("Penutup", 1)
    _particulars(document, [Isian("Notulis", petunjuk="diisi: jabatan dan nama"),
                            Isian("Mengetahui", petunjuk="diisi: jabatan pimpinan rapat dan nama")], blanks)  # fmt: skip
    return _same_bytes(document, data)


def clean(text: Any) -> str:
    """Text as XML can hold it, in its own order."""
    return _TURNING.sub("", _FORBIDDEN.sub("", str(text)))


class _Blanks:
    """Content controls, numbered in the order of the document."""

    def __init__(self) -> None:
        self.count = 0

    def put(self, paragraph: Any, label: str, hint: str, kind: str = "<w:text w:multiLine='1'/>") -> None:
        """A blank at the end of a paragraph, with a hint that goes when somebody types."""
        self.count += 1
        control = parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias/><w:id w:val='{self.count}'/><w:showingPlcHdr/>{kind}</w:sdtPr>"
            f"<w:sdtContent><w:r><w:rPr><w:color w:val='{_GREY}'/></w:rPr><w:t/></w:r></w:sdtContent></w:sdt>"
        )
        # Set as values, never pasted into markup.
        control.find(f".//{qn('w:alias')}").set(qn("w:val"), clean(label))
        control.find(f".//{qn('w:t')}").text = f"[{clean(hint)}]"
        paragraph._p.append(control)

    def day(self, paragraph: Any, label: str) -> None:
        """A date to be picked."""
        kind = "<w:date><w:dateFormat w:val='d MMMM yyyy'/><w:lid w:val='id-ID'/></w:date>"
        self.put(paragraph, label, "tanggal", kind)

    def state(self, paragraph: Any, label: str) -> None:
        """Belum, Proses or Selesai."""
        items = "".join(f"<w:listItem w:displayText='{state}' w:value='{state}'/>" for state in STATES)
        self.put(paragraph, label, "pilih", f"<w:dropDownList>{items}</w:dropDownList>")


def _look(document: Any) -> None:
    """Fonts, language and colours of the styles; the font is named with one to stand in for it."""
    styles = document.styles
    sizes = {"Normal": (10.5, _INK), "Title": (18, _BLUE), "Heading 1": (13, _BLUE), "Heading 2": (11, _INK)}
    for name, (size, colour) in sizes.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor.from_string(colour)
        style.font.bold = name != "Normal"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if "Theme" in attribute or "theme" in attribute:
                del fonts.attrib[attribute]  # a font of the theme would win over ours
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "id-ID")
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            entry = f'<w:font w:name="{FONT}"><w:altName w:val="{FALLBACK}"/></w:font></w:fonts>'
            part._blob = part.blob.replace(b"</w:fonts>", entry.encode())


def _properties(document: Any, title: str, kampanye: Any, data: Any) -> None:
    known, moment = document.core_properties, data.dicatat.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    known.title = clean(title) + (f" ({STAMP})" if data.contoh else "")
    known.subject, known.author = clean(kampanye.kampanye)[:255], clean(kampanye.instansi)[:255]
    known.last_modified_by, known.category, known.language = known.author, "Notulen", "id-ID"
    known.keywords = clean(f"{kampanye.singkatan}, {kampanye.wilayah}, data {kampanye.tanggal_data.isoformat()}")[:255]
    known.comments = f"Disusun dari versi data {number(data.versi)}."
    known.created = known.modified = moment
    known.revision = 1


def _margins(document: Any, title: str, data: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if data.contoh:
        run = line.add_run(STAMP)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(9), RGBColor.from_string(_ALERT)
    foot = section.footer.paragraphs[0].add_run(clean(f"{title} · data sampai {day(data.tanggal_data)}"))
    foot.font.size, foot.font.color.rgb = Pt(8), RGBColor.from_string(_GREY)


def _table(document: Any, heads: Sequence[str], widths: Sequence[int]) -> Any:
    """A ruled table; its heading row comes again on each page."""
    table = document.add_table(rows=1 if heads else 0, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    if heads:
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    return table


def _row(table: Any, widths: Sequence[int]) -> list[Any]:
    """A new row that no page break takes apart; gives the paragraph of each cell."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)
    paragraphs = [cell.paragraphs[0] for cell in row.cells]
    for paragraph in paragraphs:
        paragraph.paragraph_format.space_after = Pt(2)
    return paragraphs


def _particulars(document: Any, rows: Sequence[Isian], blanks: _Blanks) -> None:
    widths = (38, 132)
    table = _table(document, (), widths)
    for known in rows:
        label, value = _row(table, widths)
        label.add_run(known.label).bold = True
        if known.isi:
            value.add_run(clean(known.isi))
        else:
            blanks.put(value, known.label, known.petunjuk)


def _decisions(document: Any, putusan: Sequence[Putusan], blanks: _Blanks) -> None:
    """What was asked for stands there as a proposal; what was decided is a blank."""
    for at, asked in enumerate(putusan, 1):
        paragraph = document.add_paragraph(style="List Number")
        paragraph.add_run(clean(f"Usul {number(at)}: {asked.keputusan}")).bold = True
        paragraph.add_run(clean(f" Usul PIC: {asked.pic}; usul tenggat: {asked.tenggat}. Putusan: "))
        blanks.put(paragraph, f"Putusan {at}", "ketik putusan rapat")
    blanks.put(
        document.add_paragraph(style="List Number"), "Keputusan lain", "ketik keputusan lain, atau hapus butir ini"
    )


def _follow_ups(document: Any, rtl: Sequence[Rtl], blanks: _Blanks) -> None:
    """The open follow-ups with their numbers, and three rows for new ones."""
    heads, widths = ("No", "Temuan", "Tindak lanjut", "PIC", "Batas waktu", "Status"), (10, 44, 46, 28, 24, 18)
    table = _table(document, heads, widths)
    for line in [line for line in rtl if line.status != "Selesai"] + [None] * 3:
        no, found, action, who, until, state = _row(table, widths)
        label = f"nomor {line.nomor}" if line else "baris baru"
        known: list[tuple[Any, str, str]] = [
            (found, line.temuan if line else "", "temuan"),
            (action, line.tindak_lanjut if line else "", "tindak lanjut"),
            (who, line.pic if line else "", "jabatan"),
        ]
        if line:
            no.add_run(number(line.nomor))
        for paragraph, text, name in known:
            if text:
                paragraph.add_run(clean(text))
            else:
                blanks.put(paragraph, f"{name}, {label}", name)
        _until(until, line.tenggat if line else None, label, blanks)
        if line:
            state.add_run(clean(line.status))
        else:
            blanks.state(state, f"status, {label}")


def _until(paragraph: Any, when: date | None, label: str, blanks: _Blanks) -> None:
    if when:
        paragraph.add_run(day(when))
    else:
        blanks.day(paragraph, f"batas waktu, {label}")


def _same_bytes(document: Any, data: Any) -> bytes:
    """The document with the data version's moment on every part of the archive instead of the clock's, in order of name;
    without the template's picture of another document."""
    for key, relation in list(document.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del document.part.package.rels[key]
    raw, packed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    moment = data.dicatat.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(packed, "w") as archive:
        # Word wants the list of content types first.
        for name in sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, parts.read(name))
    return packed.getvalue()
