"""proofs.py and proof_files.py: real small PDFs and pictures, good, broken and hostile, matched with a roster."""

import hashlib
import io
import os

import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfWriter

from helpers.intake.proof_files import LIMIT, BadProofError, check_content
from helpers.intake.proofs import Unmatched, find_proofs

MARIA, YOHANES, SITI, AGUS, TWIN = (
    "198503172010011001",
    "199001012015012002",
    "197512312000032003",
    "198806062012011004",
    "198806062012011005",
)
ROSTER = pd.DataFrame(
    {
        "nip": [MARIA, YOHANES, SITI, AGUS, TWIN],
        "nama": ["Maria Bria, S.Pd", "Yohanes Tefa", "Hj. Siti Ma'ruf S.Kom", "Agus Nenohai", "Agus Nenohai"],
    }
)


def pdf(text="a", password=""):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": text})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind, colour="red", size=(64, 64)):
    """A picture of one colour, or of noise that does not compress."""
    image = Image.new("RGB", size, colour) if colour else Image.effect_noise(size, 50).convert("RGB")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def heic():
    return b"\x00\x00\x00\x14ftypheic\x00\x00\x00\x00mif1" + b"\x00\x00\x00\x10mdat12345678"


def sha(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def folder(tmp_path):
    """folder({name: content}) writes files, sub-folders too."""

    def write(files):
        for name, content in files.items():
            path = tmp_path / "bukti" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return tmp_path / "bukti"

    return write


# Whose file it is


@pytest.mark.parametrize(
    "name",
    [
        f"{MARIA}.pdf",
        f"Bukti SP Online {MARIA} final.pdf",
        "19850317 201001 1 001.pdf",
        "19850317.201001.1.001.pdf",
        "19850317.201001.1.001",
        "19850317_201001_1_001.PDF",
        f"IMG_20200317_{MARIA}.pdf",
        f"{MARIA}_2.pdf",
        f"2 {MARIA}.pdf",
        f"NIP{MARIA}.pdf",
        f"{MARIA}/IMG-20200317-WA0012.pdf",
        f"{MARIA} Maria/scan/001.pdf",
        f"{MARIA}/Yohanes Tefa.pdf",  # the NIP of the folder says more than a name
    ],
)
def test_nip_in_the_name_of_file_or_folder(folder, name):
    found = find_proofs(folder({name: pdf()}), ROSTER)
    assert found.ada == {MARIA: sha(pdf())}
    assert found.lewat_nama == {} and found.asing == [] and found.tanpa == [YOHANES, SITI, AGUS, TWIN]


@pytest.mark.parametrize(
    ("name", "nip"),
    [
        ("Maria Bria.pdf", MARIA),
        ("MARIA_BRIA bukti sp online.pdf", MARIA),
        ("Bria Maria.pdf", MARIA),
        ("MariaBria.pdf", MARIA),
        ("Maria Bria/IMG_0001.pdf", MARIA),
        ("Siti Ma'ruf.pdf", SITI),
        ("bukti Yohanes Tefa 20200317_0912345678.pdf", YOHANES),  # a moment, not a NIP
    ],
)
def test_a_whole_name_is_enough_and_said(folder, name, nip):
    found = find_proofs(folder({name: pdf()}), ROSTER)
    assert found.ada == {nip: sha(pdf())}
    assert found.lewat_nama == {name: nip}


@pytest.mark.parametrize(
    ("name", "why", "candidates"),
    [
        ("Maria.pdf", "belum pasti", ("Maria Bria, S.Pd",)),
        ("Mario Bria.pdf", "belum pasti", ("Maria Bria, S.Pd",)),  # another person, as far as we know
        ("Agus Nenohai.pdf", "belum pasti", ("Agus Nenohai", "Agus Nenohai")),
        ("Maria Bria dan Yohanes Tefa.pdf", "belum pasti", ("Maria Bria, S.Pd", "Yohanes Tefa")),
        ("surat tugas.pdf", "tanpa NIP dan nama", ()),
        ("5371014101900001.pdf", "tanpa NIP dan nama", ()),  # a NIK
        ("197001011995031009 Maria Bria.pdf", "tidak ada dalam nominatif", ()),
        (f"1{MARIA}.pdf", "tanpa NIP dan nama", ()),  # 19 digits
        ("bukti.pdf", "tanpa NIP dan nama", ()),
    ],
)
def test_doubt_is_left_to_a_person(folder, name, why, candidates):
    found = find_proofs(folder({name: pdf()}), ROSTER)
    assert found.ada == {}
    (left,) = found.asing
    assert (left.berkas, set(left.calon)) == (name, set(candidates)) and why in left.alasan


def test_the_longer_name_wins_and_a_single_name_stands_alone(folder):
    roster = pd.DataFrame({"nip": [MARIA, YOHANES, SITI], "nama": ["Maria Bria", "Maria Bria Tefa", "Yohanes"]})
    files = {"Maria Bria Tefa.pdf": pdf("1"), "Maria Bria.pdf": pdf("2"), "Yohanes Seran.pdf": pdf("3")}
    found = find_proofs(folder(files), roster)
    assert found.ada == {MARIA: sha(pdf("2")), YOHANES: sha(pdf("1"))}
    assert [left.berkas for left in found.asing] == ["Yohanes Seran.pdf"]
    assert find_proofs(folder({"Yohanes.pdf": pdf("4")}), roster).ada[SITI] == sha(pdf("4"))


def test_a_like_name_does_not_take_an_exact_one(folder):
    roster = pd.DataFrame({"nip": [MARIA, YOHANES], "nama": ["Kristiana Tefa", "Kristina Tefa"]})
    found = find_proofs(folder({"Kristina Tefa.pdf": pdf()}), roster)
    assert list(found.ada) == [YOHANES]
    (left,) = find_proofs(folder({"x/Kristinna Tefa.pdf": pdf()}), roster).asing  # one slip away from both
    assert left == Unmatched("x/Kristinna Tefa.pdf", "pemiliknya belum pasti", left.calon) and len(left.calon) == 2


# Several files, several people


def test_first_good_file_counts_and_the_rest_is_said(folder):
    files = {f"{MARIA} a.pdf": b"", f"{MARIA} b.pdf": pdf("b"), f"{MARIA} c.pdf": pdf("c"), "Maria Bria.pdf": pdf("d")}
    found = find_proofs(folder(files), ROSTER)
    assert found.ada == {MARIA: sha(pdf("b"))}
    assert found.rusak == {f"{MARIA} a.pdf": "kosong"}
    assert found.cadangan == {f"{MARIA} c.pdf": MARIA, "Maria Bria.pdf": MARIA}
    assert found.lewat_nama == {}


def test_a_family_may_share_a_proof(folder):
    files = {f"{MARIA}.pdf": pdf("kk"), f"{YOHANES}.pdf": pdf("kk"), f"{SITI} {AGUS}.png": picture("PNG")}
    found = find_proofs(folder(files), ROSTER)
    assert set(found.ada) == {MARIA, SITI, AGUS, YOHANES}
    assert found.bersama == {sha(pdf("kk")): [MARIA, YOHANES], sha(picture("PNG")): [SITI, AGUS]}
    assert found.tanpa == [TWIN]


def test_nothing_in_the_folder(folder):
    found = find_proofs(folder({".DS_Store": b"x", "Thumbs.db": b"x", "~$a.docx": b"x", ".git/x.pdf": pdf()}), ROSTER)
    assert (found.ada, found.asing, found.rusak) == ({}, [], {})
    assert found.tanpa == ROSTER["nip"].tolist()


# What is no proof


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "kosong"),
        (b"halo", "bukan PDF atau gambar"),
        (b"PK\x03\x04" + b"x" * 50, "arsip atau dokumen Office"),
        (b"Rar!\x1a\x07", "arsip"),
        (b"GIF89a" + b"x" * 20, "bukan PDF atau gambar"),
        (b"%PDF-1.7\n%%EOF", "rusak"),
        (pdf()[: len(pdf()) // 2], "terpotong"),
        (pdf(password="rahasia"), "terkunci sandi"),
        (picture("PNG")[:-20], "terpotong"),
        (picture("PNG", None)[:3000], "terpotong"),
        (picture("JPEG", None)[:1500], "terpotong"),
        (picture("WEBP", None)[:-9], "terpotong"),
        (heic()[:-3], "terpotong"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "rusak"),
        (b"\xff\xd8\xff\xe0" + b"x" * 100, "rusak"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)}",
)
def test_what_is_no_proof_says_why(folder, content, why):
    found = find_proofs(folder({f"{MARIA}.pdf": content}), ROSTER)
    assert found.ada == {} and MARIA in found.tanpa
    assert list(found.rusak) == [f"{MARIA}.pdf"] and why in found.rusak[f"{MARIA}.pdf"]


@pytest.mark.parametrize(
    "content",
    [pdf(), picture("PNG"), picture("JPEG"), picture("JPEG", None, (4000, 3000)), picture("WEBP", None), heic()],
    ids=["pdf", "png", "jpeg", "jpeg besar", "webp", "heic"],
)
def test_what_is_a_proof_whatever_its_extension(folder, content):
    check_content(content)
    assert find_proofs(folder({f"{MARIA}.docx": content}), ROSTER).ada == {MARIA: sha(content)}


def test_no_page_is_no_proof():
    empty = io.BytesIO()
    PdfWriter().write(empty)
    with pytest.raises(BadProofError, match="PDF tanpa halaman"):
        check_content(empty.getvalue())


def test_a_giant_picture_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    with pytest.raises(BadProofError, match="terlalu besar"):
        check_content(bomb.getvalue())


def test_a_giant_file_is_not_read(folder, tmp_path):
    root = folder({"x.pdf": pdf()})
    with (root / f"{MARIA}.pdf").open("wb") as file:
        file.truncate(LIMIT + 1)
    assert find_proofs(root, ROSTER).rusak == {f"{MARIA}.pdf": "lebih besar dari 25 MB"}


def test_links_and_pipes_are_never_opened(folder, tmp_path):
    root = folder({f"{SITI}.pdf": pdf()})
    (tmp_path / "luar").mkdir()
    (tmp_path / "luar" / f"{MARIA}.pdf").write_bytes(pdf("luar"))
    (root / f"{MARIA}.pdf").symlink_to(tmp_path / "luar" / f"{MARIA}.pdf")
    (root / "tautan").symlink_to(tmp_path / "luar")
    (root / "putar").symlink_to(root)
    os.mkfifo(root / f"{YOHANES}.pdf")
    found = find_proofs(root, ROSTER)
    assert list(found.ada) == [SITI]
    assert {name: why.split(",")[0] for name, why in found.rusak.items()} == {
        f"{MARIA}.pdf": "tautan",
        "tautan": "tautan",
        "putar": "tautan",
        f"{YOHANES}.pdf": "bukan berkas biasa",
    }


def test_hostile_names_are_text_and_made_safe(folder):
    names = ["[red]x[/red].pdf", "\x1b[31mmerah\n.pdf", "$(rm -rf) `a`.pdf", "\u202efdp.exe.pdf", "=1+1.pdf", "a" * 200]
    root = folder({name: pdf(name) for name in names})
    (root / os.fsdecode(b"\xff\xfe.pdf")).write_bytes(pdf("x"))
    found = find_proofs(root, ROSTER)
    assert found.ada == {} and len(found.asing) == 7
    for left in found.asing:
        assert left.berkas.isprintable() and len(left.berkas) <= 80
        left.berkas.encode("utf-8")


def test_same_folder_gives_the_same_result_and_stays_as_it_was(folder):
    root = folder({f"b/{MARIA}.pdf": pdf("1"), f"a/{MARIA}.pdf": pdf("2"), "c/Yohanes Tefa.png": picture("PNG")})
    before = sorted((path, path.stat().st_mtime_ns) for path in root.rglob("*"))
    assert find_proofs(root, ROSTER) == find_proofs(root, ROSTER)
    assert find_proofs(root, ROSTER).ada[MARIA] == sha(pdf("2"))
    assert sorted((path, path.stat().st_mtime_ns) for path in root.rglob("*")) == before


def test_a_large_office_by_nip_and_by_name(folder):
    nips = [f"1985031720100110{at:02d}" if at < 100 else f"19850317201002{at:04d}" for at in range(1500)]
    names = [
        f"{a}{b} {c}"
        for a in ["Ana", "Beni", "Citra", "Doni", "Ema"]
        for b in "abcdefghij"
        for c in map(str, range(30))
    ]
    names = [name.translate(str.maketrans("0123456789", "klmnoprstu")) for name in names]
    roster = pd.DataFrame({"nip": nips, "nama": names})
    root = folder({f"{nip}.pdf": pdf("x") for nip in nips[:50]} | {f"{name}.pdf": pdf("y") for name in names[100:150]})
    found = find_proofs(root, roster)
    assert set(found.ada) == set(nips[:50] + nips[100:150]) and len(found.lewat_nama) == 50
