"""feedback.py: what goes back says in order what to mend, marks the sender's own cells, and can be mended and sent."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from helpers.intake.examine import FEEDBACK_SHEET
from helpers.intake.feedback import write_all, write_feedback
from helpers.intake.receive import examine

TODAY = date(2020, 3, 17)
NIK = "5371012345678901"


@pytest.fixture
def kembali(kota, tmp_path):
    """Examines a file and opens its feedback."""

    def back(path):
        submission = examine(path, kota, TODAY)
        return submission, openpyxl.load_workbook(write_feedback(tmp_path / "umpan_balik", submission))

    return back


def listed(book):
    """Lines of the first sheet below its heading: what to do, sheet, cells, heading, value, message."""
    sheet = book.worksheets[0]
    assert sheet.title == FEEDBACK_SHEET
    return [[cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=5)]


def test_nothing_to_mend_is_a_receipt_of_one_sheet(kembali, tulis_nominatif, orang, tmp_path):
    _, book = kembali(tulis_nominatif(tmp_path / "a.xlsx", [orang()]))
    assert book.sheetnames == [FEEDBACK_SHEET]
    texts = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert texts[0] == "Umpan balik: a.xlsx"
    assert texts[1].startswith("DITERIMA: DINKES, keadaan 17 Maret 2020, 1 orang, 1 berhasil.")
    assert "Tidak ada yang perlu diperbaiki" in texts[2]


def test_what_refuses_comes_first_and_one_sort_is_one_line(kembali, tulis_nominatif, orang, tmp_path):
    rows = [orang(1, tanggal_isi=None), orang(2, status="Entah"), orang(3, status="Anu"), orang(4, nip="1")]
    submission, book = kembali(tulis_nominatif(tmp_path / "a.xlsx", rows))
    lines = listed(book)
    assert [line[0] for line in lines] == ["Perbaiki", "Perbaiki", "Periksa"]
    assert lines[0][1:5] == ["Nominatif", "F8, F9", "Status", "Entah, Anu"]
    assert "F8: Status 'Entah' tidak dikenal. Pilih Berhasil" in lines[0][5]
    assert "F9: Status 'Anu'" in lines[0][5]
    verdict = book.worksheets[0]["A2"].value
    assert verdict.startswith("DIKEMBALIKAN. Belum ada baris yang dihitung. Ada 3 hal bertanda Perbaiki.")
    assert submission.hasil == "ditolak"


def test_cells_are_marked_with_colour_note_and_link(kembali, tulis_nominatif, orang, tmp_path):
    _, book = kembali(tulis_nominatif(tmp_path / "a.xlsx", [orang(1), orang(2, status="Entah")]))
    cell = book["Nominatif"]["F8"]
    assert cell.value == "Entah" and cell.fill.fgColor.rgb == "FFF6C9B8"
    assert cell.comment.text.startswith("Perbaiki: Status 'Entah' tidak dikenal.")
    assert book["Nominatif"]["F7"].comment is None
    assert book.worksheets[0]["D5"].hyperlink.location == "'Nominatif'!F8"


def test_the_copy_keeps_addresses_types_and_text(kembali, tulis_lembar, tmp_path):
    lines = [
        ["DINAS SOSIAL"],
        ["Tanggal Data", date(2020, 3, 16)],
        [],
        ["NIP", "Nama", "Status", "Catatan", "Angka"],
        ["198503172010011001", "=1+1", "Entah", "@x", 5],
    ]
    _, book = kembali(tulis_lembar(tmp_path / "a.xlsx", {"D'ata 1": lines}))
    copy = book["D'ata 1"]
    assert copy["B2"].value.date() == date(2020, 3, 16)
    assert [cell.value for cell in copy[5]] == ["198503172010011001", "=1+1", "Entah", "@x", 5]
    assert {cell.data_type for cell in copy[5]} == {"s", "n"}  # never "f"


def test_personal_numbers_are_masked_in_the_copy_but_not_the_nip(kembali, tulis_lembar, tmp_path):
    lines = [
        ["NIP", "Nama", "Status", "NIK", "Uraian"],
        ["198503172010011001", "A", "Entah", NIK, f"NIK {NIK} hp 081234567890"],
        [NIK, "B", "Belum", int(NIK), "surel a@b.id"],
        [198503172010011003, "C", "Belum", "", ""],
    ]
    submission, book = kembali(tulis_lembar(tmp_path / "DINSOS_2020-03-16.xlsx", {"S": lines}))
    shown = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    shown += [cell.comment.text for row in book["S"].iter_rows() for cell in row if cell.comment]
    for secret in (NIK, "081234567890", "a@b.id"):
        assert not any(secret in text for text in shown), secret
    assert "198503172010011001" in shown
    assert {f.kode for f in submission.temuan} >= {"kolom_rahasia", "nip_rusak", "nip_salah"}


def test_mended_in_the_feedback_itself_it_is_taken(kota, kembali, tulis_nominatif, orang, tmp_path):
    _, book = kembali(tulis_nominatif(tmp_path / "a.xlsx", [orang(1), orang(2, status="Entah")]))
    book["Nominatif"]["F8"] = "Berhasil"
    book.save(tmp_path / "kembali.xlsx")
    again = examine(tmp_path / "kembali.xlsx", kota, TODAY)
    assert (again.hasil, again.opd, again.jumlah, again.total("berhasil")) == ("diterima", ["DINKES"], 2, 2)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.csv", "a.csv.xlsx"),
        ("..a.xlsx", "a.xlsx.xlsx"),
        ("rekap {x} #1.xlsx", "rekap _x_ _1.xlsx.xlsx"),
        ("a\u202eb\x07.xlsx", "ab.xlsx.xlsx"),
    ],
)
def test_a_file_name_is_no_path(kota, tmp_path, name, written):
    (tmp_path / "masuk").mkdir()
    path = tmp_path / "masuk" / name
    path.write_bytes(b"x")
    assert write_feedback(tmp_path / "keluar", examine(path, kota, TODAY)).name == written


def test_two_files_of_one_name_have_a_feedback_each(kota, tmp_path, tulis_nominatif, orang):
    paths = [tulis_nominatif(tmp_path / str(n) / "kiriman.xlsx", [orang(n)]) for n in (1, 2)]
    written = write_all(tmp_path / "keluar", [examine(path, kota, TODAY) for path in paths])
    assert len({path.name for path in written}) == 2
    assert sorted(p.name for p in (tmp_path / "keluar").iterdir()) == sorted(p.name for p in written)


@pytest.mark.parametrize("name", ["Data:1", "x" * 40, "Yang diperbaiki", "'a'", "[1]/2\\3?"])
def test_any_sheet_name_is_made_one_that_excel_takes(kota, tmp_path, name):
    from helpers.intake.feedback import _sheet_names
    from helpers.intake.workbook import Sheet

    names = _sheet_names([Sheet(name, [["x"]]), Sheet(name, [["y"]])])
    assert len(set(names.values())) == 2
    assert all(0 < len(n) <= 31 and not set("[]:*?/\\") & set(n) and n[0] != "'" != n[-1] for n in names.values())


def test_a_file_that_is_no_workbook_has_one_sheet_with_the_reason(kembali, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"halo")
    _, book = kembali(tmp_path / "a.xlsx")
    assert book.sheetnames == [FEEDBACK_SHEET]
    assert "bukan Excel" in listed(book)[0][5]


def test_writing_twice_gives_the_same_bytes(kota, tmp_path, tulis_nominatif, orang):
    path = tulis_nominatif(tmp_path / "a.xlsx", [orang(1, status="Entah")])
    first, second = (
        write_feedback(tmp_path / name, examine(path, kota, TODAY)).read_bytes() for name in ("satu", "dua")
    )
    assert first == second
    assert Path(tmp_path / "satu" / "a.xlsx.xlsx").is_file()
