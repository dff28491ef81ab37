"""Hostile files through receive.py into a real store: refused in one sentence or taken truthfully, and the rest goes on.

Each is in one batch with a good file, which must be accepted. What a form can't hold is built here from bytes.
"""

import os
import re
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import psutil
import pytest
import xlsxwriter
from deltalake import DeltaTable
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import campaign, store
from helpers.intake import reader, sandbox
from helpers.intake.receive import inbox_files, receive

ROOT = Path(__file__).resolve().parents[2]
WORKBOOKS = ROOT / "tests" / "workbooks"
NOW = datetime(2020, 3, 17, 12, tzinfo=UTC)
TODAY = date(2020, 3, 17)
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = ["NIP", "Nama", "Status"]
SECONDS = 10  # of this process's own work on a file, whatever it is; test_sandbox proves the deadline of the readers
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@pytest.fixture
def masuk(kampanye):
    """The inbox."""
    folder = Path(kampanye.masuk)
    folder.mkdir()
    return folder


@pytest.fixture
def baik(masuk, orang, tulis_nominatif):
    """The good file of the batch: a person of DISHUB."""
    return tulis_nominatif(masuk / "ZZZ_BAIK.xlsx", [orang(500)], opd="DISHUB")


@pytest.fixture
def dasar(tmp_path, orang, tulis_nominatif):
    """A workbook to be spoilt: three people of DINKES."""
    return tulis_nominatif(tmp_path / "dasar.xlsx", [orang(n) for n in (1, 2, 3)])


@pytest.fixture
def terima(kampanye, masuk, baik):
    """Takes the whole inbox in: the good file is accepted, no file lasts long; gives the others by name."""

    def take(sentences=True):
        begun = time.process_time()  # a busy machine must not fail this: it is about files that cost much
        taken = {s.berkas: s for s in receive(inbox_files([masuk]), kampanye, NOW, masuk)}
        assert time.process_time() - begun < SECONDS * (len(taken) - 1)
        assert taken.pop(baik.name).hasil == "diterima"
        assert any(row["opd"] == "DISHUB" for row in rows(kampanye, "nominatif"))
        for own in sandbox.standing():
            if own._child and own._child.poll() is None:
                limit = psutil.Process(own._child.pid).rlimit(psutil.RLIMIT_AS)
                assert limit[1] <= 500_000_000
                assert peak(own._child.pid) <= 500_000_000
        for submission in taken.values():
            if sentences and submission.hasil == "ditolak":
                sentence(submission)
        return taken

    return take


def rows(kampanye, name):
    return DeltaTable(Path(kampanye.simpan) / name).to_pyarrow_table().to_pylist()


def peak(pid):
    """Most memory that a process has held, in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * 1024 if found else 0


def sentence(submission):
    """The one clear sentence of a refusal: a capital, a full stop, nothing that a terminal would act on."""
    (finding,) = submission.temuan
    text = finding.pesan
    assert finding.tingkat == "tolak"
    assert re.match(r"[A-Z]", text) and text.endswith(".") and 20 < len(text) < 260
    assert not CONTROL.search(text)
    assert "Error" not in text and "Traceback" not in text and "/" not in text.replace("params/opd.csv", "")
    text.encode("utf-8")
    return text


def rebuilt(source, target, changes):
    """A workbook with parts replaced or added: bytes, or a function of the part's bytes."""
    with zipfile.ZipFile(source) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts.get(name, b"")) if callable(change) else change
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return target


def lie(path, part, size):
    """Let the directory of an archive claim another size of a part."""
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as book:
        local = book.getinfo(part).header_offset
    central = content.rfind(part.encode()) - 46
    for at in (local + 22, central + 24):
        content[at : at + 4] = size.to_bytes(4, "little")
    path.write_bytes(content)


def before_end(text):
    """Inserts bytes at the end of the rows of a sheet."""
    return {SHEET: lambda part: part.replace(b"</sheetData>", text + b"</sheetData>")}


def with_doctype(doctype, reference):
    """Declares entities in the table of strings and refers to one in the first name."""
    return {
        STRINGS: lambda part: (
            b"<?xml version='1.0'?>" + doctype + part.partition(b"?>")[2].replace(b"Nama 1", reference)
        )
    }


# Files that are not what they seem


@pytest.mark.parametrize(
    ("name", "opd", "people"),
    [
        ("sembunyi.xls", "DINKES", 10),
        ("makro.xlsm", "BPBD", 10),
        ("xls_bernama.xlsx", "DISPORA", 10),
        ("csv_bernama.xlsx", "DISPORA", 2),
        ("html_bernama.xls", "DISPORA", 10),
    ],
)
def test_real_files_are_taken(kampanye, masuk, terima, name, opd, people):
    (masuk / name).write_bytes((WORKBOOKS / name).read_bytes())
    taken = terima()[name]
    assert (taken.hasil, taken.opd, taken.tanggal_data, taken.jumlah) == ("diterima", [opd], TODAY, people)
    assert sum(row["opd"] == opd for row in rows(kampanye, "nominatif")) == people


@pytest.mark.parametrize(("name", "hidden"), [("sembunyi.xls", 3), ("saring.ods", 7)])
def test_hidden_and_filtered_rows_count_and_it_is_said(kampanye, tmp_path, name, hidden):
    (taken,) = receive([WORKBOOKS / name], kampanye, NOW)
    assert (taken.hasil, taken.jumlah) == ("diterima", 10)
    (note,) = [finding for finding in taken.temuan if finding.kode == "baris_tersembunyi"]
    assert note.pesan.startswith(f"{hidden} baris") and note.lembar == "Nominatif"


@pytest.mark.parametrize("name", ["sandi.xlsx", "sandi.xls", "sandi.csv"])
def test_a_password_is_named_in_the_sentence(masuk, terima, name):
    (masuk / name).write_bytes((WORKBOOKS / "sandi.xlsx").read_bytes())
    assert "kata sandi" in sentence(terima()[name])


@pytest.mark.parametrize("name", ["makro.xlsm", "sembunyi.xls", "saring.ods", "html_bernama.xls", "csv_bernama.xlsx"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.98])
def test_truncated_files(kampanye, masuk, terima, name, share):
    """Text that ends early can still be a table; an archive can't."""
    content = (WORKBOOKS / name).read_bytes()
    (masuk / name).write_bytes(content[: int(len(content) * share)])
    taken = terima(sentences=name not in ("csv_bernama.xlsx", "html_bernama.xls"))[name]
    if name in ("makro.xlsm", "saring.ods"):
        assert "rusak" in sentence(taken)
    if taken.hasil == "ditolak":
        assert [row["opd"] for row in rows(kampanye, "nominatif")] == ["DISHUB"]


@pytest.mark.parametrize(
    "start", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table>", b"\xff\xfe"]
)
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "csv"])
def test_random_bytes(masuk, terima, start, ending, tmp_path):
    import random

    (masuk / f"acak.{ending}").write_bytes(start + random.Random(len(start)).randbytes(50_000))
    assert terima()[f"acak.{ending}"].hasil == "ditolak"


# Bombs


def bomb_part(dasar, target):
    rebuilt(dasar, target, {"xl/media/a.bin": b"\0" * 300_000_000})


def bomb_lying(dasar, target):
    text = b"<sst " + MAIN + b"><si><t>" + b"a" * 550_000_000 + b"</t></si></sst>"
    rebuilt(dasar, target, {STRINGS: text})
    lie(target, STRINGS, 1000)


def bomb_cells(dasar, target):
    rebuilt(dasar, target, before_end(b'<row r="20">' + b'<c r="A1"/>' * 9_000_000 + b"</row>"))


def bomb_strings(dasar, target):
    rebuilt(dasar, target, {STRINGS: b"<sst " + MAIN + b">" + b"<si><t>a</t></si>" * 8_000_000 + b"</sst>"})


def bomb_search(dasar, target):
    """Every search for the end of a tag runs to the end of the part."""
    rebuilt(dasar, target, before_end(b"<row " * 10_000_000))


def bomb_parts(dasar, target):
    with zipfile.ZipFile(target, "w") as book:
        for n in range(20_000):
            book.writestr(str(n), b"")


def bomb_of_bombs(dasar, target):
    """A workbook inside a workbook is not opened."""
    inner = target.with_suffix(".inner")
    bomb_part(dasar, inner)
    with zipfile.ZipFile(target, "w") as book:
        book.write(inner, "a.xlsx")
    inner.unlink()


def far_cell(dasar, target):
    rebuilt(dasar, target, before_end(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def far_cell_other_quotes(dasar, target):
    rebuilt(dasar, target, before_end(b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"))


def far_cell_other_names(dasar, target):
    row = b'<x:row r="%d"><x:c r="%s"><x:v>1</x:v></x:c></x:row>'
    start = b"<x:worksheet " + MAIN.replace(b"xmlns", b"xmlns:x") + b"><x:sheetData>"
    rebuilt(
        dasar,
        target,
        {SHEET: start + row % (1, b"A1") + row % (1048576, b"XFD1048576") + b"</x:sheetData></x:worksheet>"},
    )


def many_rows(dasar, target):
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("S")
        for row in range(200_000):
            sheet.write_row(row, 0, ["198503172010011001", "A", "Belum"])


def many_rows_csv(dasar, target):
    target.write_bytes(b"NIP;Nama;Status\n" + b"198503172010011001;A;Belum\n" * 200_000)


def many_rows_html(dasar, target):
    target.write_bytes(b"<table><tr><td>NIP<td>Nama<td>Status" + b"<tr><td>198503172010011001<td>A<td>Belum" * 200_000)


def endless_tags(dasar, target):
    target.write_bytes(b"<table><row>" + b"<!--" * 3_000_000)


def endless_attributes(dasar, target):
    target.write_bytes(b"<table><tr " + b"<a " * 3_000_000)


def deep_tables(dasar, target):
    target.write_bytes(b"<table><tr><td>" * 200_000)


def deep_xml(dasar, target):
    rebuilt(dasar, target, {SHEET: b"<worksheet " + MAIN + b">" + b"<a>" * 5_000_000})


def too_large(dasar, target):
    with target.open("wb") as file:
        file.write(b"NIP;Nama;Status\n")
        file.truncate(8_000_000_000)  # a hole: takes no room


def endless_line(dasar, target):
    target.write_bytes(b"NIP;Nama;Status\n" + b"a" * 20_000_000)


def endless_field(dasar, target):
    target.write_bytes(b'NIP;Nama;Status\n1;"' + b"a;" * 5_000_000)


def wide_line(dasar, target):
    target.write_bytes(b"a;" * 10_000_000)


def empty_lines(dasar, target):
    target.write_bytes(b"\n" * 20_000_000)


BOMBS = {
    bomb_part: "lebih besar",
    bomb_lying: "rusak|lebih besar",
    bomb_cells: "lebih besar|rusak",
    bomb_strings: "lebih besar|tabel",  # what fits is read
    bomb_search: "lebih besar",
    bomb_parts: "lebih besar",
    bomb_of_bombs: "rusak",
    far_cell: "sampai baris 1048576",
    far_cell_other_quotes: "lebih besar",
    far_cell_other_names: "lebih besar",
    many_rows: "200000 baris",
    many_rows_csv: "200001 baris",
    many_rows_html: "lebih besar",
    endless_tags: "lebih besar",
    endless_attributes: "lebih besar|tabel",
    deep_tables: "tabel|lebih besar",
    deep_xml: "rusak|tabel|lebih besar",
    too_large: "lebih besar daripada 25 MB",
    endless_line: "CSV",
    endless_field: "CSV",
    wide_line: "tabel",
    empty_lines: "tabel|lebih besar",
}


@pytest.mark.lambat
@pytest.mark.parametrize("make", BOMBS, ids=lambda make: make.__name__)
def test_bombs_are_refused_in_a_sentence(kampanye, dasar, masuk, terima, make):
    name = (
        "BOM.csv"
        if make.__name__.endswith("csv") or "line" in make.__name__ or "field" in make.__name__
        else "BOM.xlsx"
    )
    make(dasar, masuk / name)
    assert re.search(BOMBS[make], sentence(terima()[name]))
    assert [row["opd"] for row in rows(kampanye, "rekap")] == ["DISHUB"]


@pytest.mark.lambat
def test_a_whole_batch_of_bombs_costs_no_good_file(kampanye, dasar, masuk, terima, orang, tulis_nominatif):
    """More of them than readers, good files between them."""
    for n, make in enumerate((bomb_cells, far_cell_other_quotes, bomb_lying, endless_attributes, bomb_strings)):
        make(dasar, masuk / f"{n}_BOM.xlsx")
    for n, opd in enumerate(("DINKES", "BPBD", "DISPORA")):
        tulis_nominatif(masuk / f"{n}_{opd}.xlsx", [orang(10 + n)], opd=opd)
    taken = terima()
    assert [name for name, s in taken.items() if s.hasil == "diterima"] == [
        "0_DINKES.xlsx",
        "1_BPBD.xlsx",
        "2_DISPORA.xlsx",
    ]
    assert {row["opd"] for row in rows(kampanye, "rekap")} == {"DISHUB", "DINKES", "BPBD", "DISPORA"}


def test_a_false_dimension_changes_nothing(dasar, masuk, terima):
    change = {SHEET: lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', part)}
    rebuilt(dasar, masuk / "a.xlsx", change)
    assert (terima()["a.xlsx"].hasil, terima()["a.xlsx"].lama) == ("diterima", True)


# Entities, links, macros


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


@pytest.mark.parametrize(
    ("doctype", "reference"),
    [
        (LAUGHS, b"&j;"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', b"&x;"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/x">]>', b"&x;"),
        (b'<!DOCTYPE a [<!ENTITY %% x SYSTEM "file:///etc/passwd"> %%x;]>', b"A"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd">', b"A"),
    ],
    ids=["laughs", "file", "net", "parameter", "dtd"],
)
def test_entities_are_not_followed(kampanye, dasar, masuk, terima, doctype, reference):
    rebuilt(dasar, masuk / "a.xlsx", with_doctype(doctype, reference))
    taken = terima()["a.xlsx"]
    kept = str(rows(kampanye, "nominatif")) + str(taken.sheets) + str(list(taken.temuan))
    assert "root:" not in kept and "aaaaaaaaaa" not in kept
    assert taken.hasil == "ditolak" or reference == b"A"


@pytest.mark.parametrize("ending", ["xls", "xml"])
def test_entities_of_excel_xml_are_not_followed(kampanye, masuk, terima, ending):
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Workbook><Worksheet ss:Name="S"><Table>'
    for line in (HEAD, ["198503172010011001", "&x;", "Belum"]):
        text += "<Row>" + "".join(f"<Cell><Data>{cell}</Data></Cell>" for cell in line) + "</Row>"
    (masuk / f"DINKES_2020-03-17.{ending}").write_text(text)
    taken = terima()[f"DINKES_2020-03-17.{ending}"]
    assert "root:" not in str(taken.sheets)
    assert taken.hasil == "ditolak" or [r["nama"] for r in rows(kampanye, "nominatif") if r["opd"] == "DINKES"] == [
        "&x;"
    ]


def test_external_links_are_not_followed(kampanye, masuk, terima, orang):
    """Of formulas that point elsewhere the stored value is read; the parts with the links are not."""
    source = masuk / "a.xlsx"
    with xlsxwriter.Workbook(source) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["Kode OPD", "DINKES"])
        sheet.write_row(1, 0, ["Tanggal Data", "17/03/2020"])
        sheet.write_row(3, 0, HEAD)
        sheet.write(4, 0, orang()["nip"])
        sheet.write_formula(4, 1, "='[1]Sheet1'!A1", None, "Maria")
        sheet.write_formula(4, 2, '=WEBSERVICE("http://127.0.0.1:1/x")', None, "Belum")
        sheet.write_url(5, 4, "http://127.0.0.1:1/x", string="klik")
    link = b"<externalLink " + MAIN + b'><externalBook r:id="rId1"/></externalLink>'
    target = (
        b'<Relationships><Relationship Id="rId1" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    rebuilt(
        source,
        source,
        {"xl/externalLinks/externalLink1.xml": link, "xl/externalLinks/_rels/externalLink1.xml.rels": target},
    )
    assert terima()["a.xlsx"].hasil == "diterima"
    (person,) = [row for row in rows(kampanye, "nominatif") if row["opd"] == "DINKES"]
    assert (person["nama"], person["status"]) == ("Maria", "belum")


# Places and names


def test_links_out_of_the_inbox_are_not_read(kampanye, dasar, masuk, terima, tmp_path):
    (masuk / "luar.xlsx").symlink_to(dasar)
    (masuk / "sandi.xlsx").symlink_to("/etc/passwd")
    (masuk / "naik.xlsx").symlink_to("../dasar.xlsx")
    (masuk / "putar.xlsx").symlink_to("putar.xlsx")
    (masuk / "hilang.xlsx").symlink_to(masuk / "tidak_ada")
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "dalam.xlsx").write_bytes(dasar.read_bytes())
    (masuk / "map").symlink_to(tmp_path / "map")
    taken = terima()
    assert {s.hasil for s in taken.values()} == {"ditolak"}
    for name in ("luar.xlsx", "sandi.xlsx", "naik.xlsx"):
        assert "tautan ke luar" in sentence(taken[name]) and taken[name].sidik == ""
    assert [row["opd"] for row in rows(kampanye, "nominatif")] == ["DISHUB"]


def test_pipes_folders_and_devices_stop_nothing(kampanye, masuk, baik, tmp_path):
    os.mkfifo(masuk / "pipa.xlsx")
    (masuk / "map.xlsx").mkdir()
    begun = time.process_time()
    taken = receive([masuk / "pipa.xlsx", Path("/dev/zero"), *inbox_files([masuk])], kampanye, NOW)
    assert time.process_time() - begun < SECONDS
    assert [s.hasil for s in taken] == ["ditolak", "ditolak", "diterima"]
    assert all(sentence(s) for s in taken[:2])


@pytest.mark.parametrize(
    "name",
    [
        b"\xff\xfe.xlsx",
        b"a.\xff",
        b"a\nb.xlsx",
        b"a\r\x1b[31m.xlsx",
        "\u202excod.exe.xlsx".encode(),
        "\u200b.xlsx".encode(),
        b"[red]{nilai}%s.xlsx",
        b"#set page(fill: red) $x$.xlsx",
        b"=1+1.xlsx",
        b"-rf.xlsx",
        b"a" * 250 + b".xlsx",
        b"a." + b"x" * 250,
    ],
)
@pytest.mark.parametrize("content", [b"bukan buku kerja", None], ids=["rusak", "utuh"])
def test_hostile_file_names(kampanye, dasar, masuk, terima, name, content):
    path = masuk / os.fsdecode(name)
    path.write_bytes(content if content is not None else dasar.read_bytes())
    (taken,) = terima().values()
    taken.berkas.encode("utf-8")
    assert taken.hasil == ("ditolak" if content or b"\n" in name else "diterima")
    assert {row["hasil"] for row in rows(kampanye, "kiriman") if row["berkas"] == taken.berkas} == {taken.hasil}


# Cells


HOSTILE_CODES = [
    "../../x", "/etc/passwd", "..\\..\\x", "DINKES/../../x", "DINKES\0", "<script>alert(1)</script>", "#import \"x\"", "{{ 1 }}", "{nilai}", "%s",
     "=HYPERLINK(\"http://x\")", "\u202eSEKNID", "x" * 30_000, "'; DROP TABLE", "**DINKES**", "\u200b", "[red]x",
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "ending"),
    [(code, ending) for code in HOSTILE_CODES for ending in ("xlsx", "csv") if ending == "csv" or "\0" not in code],
    ids=lambda value: ascii(value[:20]),
)
def test_hostile_office_codes(kampanye, masuk, terima, orang, tulis_nominatif, tmp_path, code, ending):
    tulis_nominatif(masuk / f"a.{ending}", [orang()], opd=code)
    taken = terima(sentences=False)[f"a.{ending}"]
    known = set(kampanye.units["kode"])
    assert {row["opd"] for row in rows(kampanye, "rekap")} <= known
    if taken.hasil == "diterima":
        assert taken.opd == ["DINKES"] and "DINKES" in code.strip("\0")
    else:
        (finding,) = taken.temuan
        assert not CONTROL.search(finding.pesan) and len(finding.pesan) < 300
    assert not (tmp_path.parent / "x").exists() and not list(Path(kampanye.simpan).rglob("x"))


HOSTILE_TEXT = [
    '=HYPERLINK("http://jahat.example","klik")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "#set page(fill: red) #read(\"/etc/passwd\") $x$ *b* _i_ @ref <label>",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% for x in y %}",
    "**tebal** [a](javascript:alert(1)) ![b](http://x) `kode` | a | b |",
    "{nilai} {0} %s %(x)s $HOME `id` $(id)",
    "\u202eAIRAM\u202c",
    "Ma\u200bri\u00ada\ufeff",
    "a\u0300" * 50,
    "\U0001f600\U000e0041",
    "[red]merah[/red]",
    "\\u0000 \\x00 %00 &#0;",
    "'; DROP TABLE nominatif; --",
    "x" * 32_000,
]  # fmt: skip


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("text", HOSTILE_TEXT, ids=lambda text: ascii(text[:24]))
def test_hostile_text_is_kept_as_plain_text(kampanye, masuk, terima, orang, tulis_nominatif, text, ending):
    tulis_nominatif(masuk / f"a.{ending}", [orang(nama=text, unit=text, uraian=text)])
    taken = terima()[f"a.{ending}"]
    if taken.hasil == "ditolak":
        return
    (person,) = [row for row in rows(kampanye, "nominatif") if row["opd"] == "DINKES"]
    for column in ("nama", "unit"):
        assert not CONTROL.search(person[column])
    for finding in taken.temuan:
        assert not CONTROL.search(finding.pesan)
    assert store.read(kampanye).rekap["jumlah_asn"].sum() == 2


@pytest.mark.parametrize("piece", ["x", "(", "1 ", "a.", "a@", "+(", "1.", "é", "k01 ", "17/03/2020 "])
def test_endless_texts_last_no_longer_than_their_length(masuk, terima, orang, tulis_nominatif, piece):
    """Excel allows 32,767 characters in a cell; a search that goes back over them needs seconds for each."""
    text = piece * (32_000 // len(piece))
    people = [orang(n, unit=text, uraian=f"{n} {text}", tindak_lanjut=text) for n in range(1, 13)]
    tulis_nominatif(masuk / "a.csv", people)
    terima(sentences=False)


@pytest.mark.parametrize(
    "status", ["\0", "=1+1", "<b>Sudah</b>", "\u202e", "{nilai!r}", "{0}", "x" * 5000, "Sudah\u200b"]
)
def test_hostile_status_is_a_finding(masuk, terima, orang, tulis_nominatif, status):
    tulis_nominatif(masuk / "a.csv", [orang(status=status)])
    taken = terima(sentences=False)["a.csv"]
    assert taken.hasil == "diterima" if status.startswith("Sudah") else "ditolak"
    for finding in taken.temuan:
        assert not CONTROL.search(str(finding)) and len(str(finding)) < 300


@pytest.mark.parametrize("where", ["front", "name", "end"])
def test_nul_in_a_csv_is_refused_or_dropped(kampanye, masuk, terima, where):
    lines = ["Kode OPD;DINKES", "Tanggal Data;17/03/2020", ";".join(HEAD), "198503172010011001;A\0na;Belum"]
    text = "\n".join(lines).replace("\0", "\0" if where == "name" else "")
    text = {"front": "\0" + text, "name": text, "end": text + "\n" * 5000 + "\0"}[where]
    (masuk / "a.csv").write_bytes(text.encode())
    taken = terima()["a.csv"]
    names = [row["nama"] for row in rows(kampanye, "nominatif") if row["opd"] == "DINKES"]
    assert names == (["Ana"] if taken.hasil == "diterima" else [])


@pytest.mark.parametrize("name", ["S\u202e", "../../x", "<b>", "=1+1", "{nilai}", "S\u200b"])
def test_hostile_sheet_names(masuk, terima, dasar, name):
    shown = name.replace("<", "&lt;").replace(">", "&gt;").encode()
    rebuilt(
        dasar, masuk / "a.xlsx", {"xl/workbook.xml": lambda part: part.replace(b'"Nominatif"', b'"' + shown + b'"')}
    )
    taken = terima()["a.xlsx"]
    assert (taken.hasil, taken.jumlah) == ("diterima", 3)


def test_hostile_properties(masuk, terima, kampanye, orang):
    with xlsxwriter.Workbook(masuk / "a.xlsx") as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, ["Tanggal Data", "17/03/2020"])
        sheet.write_row(2, 0, HEAD)
        sheet.write_row(3, 0, [orang()["nip"], "A", "Belum"])
        book.set_custom_property("kode_opd", "../../x")
        book.set_custom_property("versi_formulir", "{nilai}" * 30)
    assert terima()["a.xlsx"].hasil == "ditolak"
    assert [row["opd"] for row in rows(kampanye, "rekap")] == ["DISHUB"]


# Anything


@settings(max_examples=40)
@given(st.data())
def test_any_mutation_of_a_good_file_is_a_sentence_or_the_truth(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("acak")
    kampanye = campaign.load(ROOT / "params" / "kota.yaml", simpan=str(folder / "simpan"), masuk=str(folder / "masuk"))
    name = data.draw(
        st.sampled_from(["makro.xlsm", "sembunyi.xls", "saring.ods", "html_bernama.xls", "csv_bernama.xlsx"])
    )
    content = bytearray((WORKBOOKS / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    (folder / name).write_bytes(bytes(content))
    (taken,) = receive([folder / name], kampanye, NOW, keep=False)
    if taken.hasil == "ditolak":
        assert all(finding.pesan.endswith(".") for finding in taken.temuan if finding.tingkat == "tolak")
    else:
        assert 0 < taken.jumlah <= 10 and set(taken.opd) <= set(kampanye.units["kode"])


def test_the_limits_are_those_of_the_issue():
    assert sandbox.SECONDS <= 5 and reader.MEMORY <= 500_000_000
