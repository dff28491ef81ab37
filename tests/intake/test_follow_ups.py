"""follow_ups.py and follow_up_rows.py: a log goes out, a person fills it in with openpyxl, and it comes back."""

import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
import small_log
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import campaign, store
from helpers.intake.feedback import write_feedback
from helpers.intake.findings_log import LOG_TEXTS
from helpers.intake.outcome import outcomes
from helpers.intake.receive import receive
from helpers.report import excel_log

NOW = datetime(2020, 3, 26, 3, tzinfo=UTC)
HEAD, FIRST = 8, 9  # rows of the headings and of No 1, as a person counts
COLUMN = dict(zip(("no", "kode", "temuan", "orang", "rekomendasi", "tindak", "pic", "tenggat", "indikator", "status",
                   "keterangan"), "ABCDEFGHIJK", strict=True))  # fmt: skip


class Office:
    """A store with counts of two days, and logs handed out from it."""

    def __init__(self, folder, tulis_nominatif, orang):
        self.folder = folder
        self.kampanye = campaign.load(
            Path(__file__).parents[2] / "params/kota.yaml", simpan=str(folder / "simpan"), masuk=str(folder / "masuk")
        )
        self.nominatif = lambda day, *people: tulis_nominatif(
            folder / "kiriman" / f"DINKES_{day}.xlsx", [orang(n, **more) for n, more in enumerate(people, 1)],
            tanggal=day,
        )  # fmt: skip
        self.receive(
            self.nominatif(date(2020, 3, 17), {"nama": "Maria Bria, S.Kom"}, {"nama": "Yosef Tefa"}),
            now=NOW - timedelta(days=9),
        )

    def receive(self, *paths, now=NOW, keep=True):
        return receive(list(paths), self.kampanye, now, keep=keep)

    def read(self, day=date(2020, 3, 25)):
        return store.read(campaign.build(self.kampanye.parameters() | {"tanggal_data": str(day)}))

    def log(self, name="log_kendala.xlsx", rtl=None, day=date(2020, 3, 17), **changes):
        """A log of the store as it is now, as `pantau laporan` writes it."""
        data, path = self.read(day), self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        kampanye = campaign.build(self.kampanye.parameters() | {"tanggal_data": str(day)} | changes)
        lines = small_log.matrix() if rtl is None else rtl
        kota = {"jumlah_asn": 5402}
        excel_log.write_log(path, small_log.inventory(), lines, data.tindak_lanjut, kota, kampanye, data)
        return path

    def states(self):
        """The newest row of each number."""
        rows = self.read().tindak_lanjut
        return rows.drop_duplicates("nomor", keep="last").set_index("nomor")

    def rows(self):
        return self.read().tindak_lanjut


@pytest.fixture
def kantor(tmp_path, tulis_nominatif, orang):
    return Office(tmp_path, tulis_nominatif, orang)


def fill(path, rapat=date(2020, 3, 18), oleh="Wakil Wali Kota", then=None, **cells):
    """Edit a log as a person would: fields above the table, cells by address (G9=...), and whatever `then` does."""
    book = openpyxl.load_workbook(path)
    sheet = book["Tindak Lanjut"]
    sheet["D4"], sheet["D5"] = rapat, oleh
    for address, value in cells.items():
        sheet[address] = value
    if then:
        then(sheet)
    book.save(path)
    return path


def codes(submission, level=None):
    return [f.kode for f in submission.temuan if level in (None, f.tingkat)]


def of(submission, code):
    return next(f for f in submission.temuan if f.kode == code)


def test_a_filled_in_log_comes_back_whole(kantor):
    path = fill(
        kantor.log(), J9="Proses", J10="selesai", F9="Surat ke BPS", K9="menunggu", G9="Kepala BPS",
        H9=date(2020, 3, 23), F11="Jam khusus mengisi",
    )  # fmt: skip
    (sent,) = kantor.receive(path)
    assert (sent.hasil, codes(sent)) == ("diterima", [])
    assert sent.ringkas == "Log kendala rapat 18 Maret 2020: 5 tindak lanjut, 1 selesai"
    states = kantor.states()
    assert states.index.tolist() == [1, 2, 3, 4, 5]
    first = states.loc[1]
    assert (first["kode"], first["status"], first["tindak_lanjut"], first["pic"], first["keterangan"]) == (
        "K02", "Proses", "Surat ke BPS", "Kepala BPS", "menunggu",
    )  # fmt: skip
    assert first["tenggat"].date() == date(2020, 3, 23) and first["tanggal"].date() == date(2020, 3, 18)
    assert (first["oleh"], first["orang"], first["asal"].date()) == ("Wakil Wali Kota", 90, date(2020, 3, 17))
    assert (first["temuan"], first["rekomendasi"], first["indikator"]) == (
        "90 ASN dengan KK baru", "Ajukan ke BPS", "90 ASN selesai ditangani",
    )  # fmt: skip
    assert states["status"].tolist() == ["Proses", "Selesai", "Belum", "Belum", "Belum"]
    # A row that was decided takes its proposals along; one that was left as it was handed out is decided by nobody.
    assert states.loc[2, "pic"] == "Kepala OPD" and states.loc[2, "oleh"] == "Wakil Wali Kota"
    assert states.loc[4, ["pic", "tenggat", "oleh"]].isna().all()
    # The submission is no office's.
    known = store.known(kantor.folder / "simpan").iloc[-1]
    assert (
        known["lembar"] == "tindak_lanjut"
        and pd.isna(known["opd"])
        and known["tanggal_data"].date() == date(2020, 3, 17)
    )


def test_the_same_file_twice_changes_nothing(kantor):
    path = fill(kantor.log(), J9="Proses")
    kantor.receive(path)
    before, versi = kantor.rows(), kantor.read().versi
    (again,) = kantor.receive(path)
    assert again.lama and kantor.read().versi == versi
    assert kantor.rows().equals(before)


def test_nothing_of_a_refused_log_is_kept(kantor):
    (sent,) = kantor.receive(fill(kantor.log(), J9="Beres banget", J10="Selesai"))
    finding = of(sent, "keadaan_asing")
    assert (sent.hasil, finding.sel, finding.lembar, finding.nilai) == (
        "ditolak", "J9", "Tindak Lanjut", "Beres banget",
    )  # fmt: skip
    assert kantor.rows().empty


@pytest.mark.parametrize(
    ("word", "state"),
    [("done", "Selesai"), ("Sudah", "Selesai"), ("ON PROGRESS", "Proses"), ("blm", "Belum"), ("belum selesai", "Proses"),
     ("selesaii", "Selesai"), ("✓", "Selesai")],
)  # fmt: skip
def test_words_for_a_state(kantor, word, state):
    kantor.receive(fill(kantor.log(), J9=word))
    assert kantor.states().loc[1, "status"] == state


def remove(row):
    return lambda sheet: sheet.delete_rows(row)


CASES = [
    # code, level, cell ("" for none), cells of the sheet, what else is done
    ("rapat_kosong", "tolak", "D4", {"rapat": None, "J9": "Proses"}),
    ("rapat_salah", "tolak", "D4", {"rapat": "lusa"}),
    ("rapat_dini", "tolak", "D4", {"rapat": date(2020, 3, 16)}),
    ("rapat_depan", "tolak", "D4", {"rapat": date(2020, 3, 27)}),
    ("rapat_tanpa_pemutus", "peringatan", "D5", {"oleh": None}),
    ("bukan_jabatan", "peringatan", "D5", {"oleh": "Maria Bria"}),
    ("bukan_jabatan", "peringatan", "G9", {"G9": "NIP 198503172010011001"}),
    ("nama_samar", "catatan", "", {"F9": "hubungi maria bria segera"}),
    ("samar", "catatan", "", {"K9": "telepon 081234567890"}),
    ("keadaan_asing", "tolak", "J10", {"J10": "hampir pasti"}),
    ("keadaan_kosong", "peringatan", "J10", {"J10": None}),
    ("tenggat_salah", "tolak", "H9", {"H9": "secepatnya"}),
    ("tenggat_lewat", "tolak", "H9", {"H9": date(2020, 3, 10)}),
    ("tenggat_usul_lewat", "peringatan", "H9", {"rapat": date(2020, 3, 23)}),
    ("tanggal_dua_arti", "peringatan", "H9", {"H9": "5/4/2020"}),
    ("nomor_ganda", "tolak", "A10", {"A10": 1}),
    ("nomor_dipulihkan", "peringatan", "A9", {"A9": 77}),
    ("nomor_asing", "tolak", "A14", {"A14": 77}),
    ("kode_diubah", "peringatan", "B9", {"B9": "X9"}),
    ("baris_baru", "peringatan", "A14", {"A14": 77, "F14": "Surat edaran", "J14": "Belum"}),
    ("baris_lepas", "peringatan", "C16", {"C16": "Kupang, 18 Maret 2020"}),
    ("isi_bagian_tetap", "peringatan", "C9", {"C9": "Semua baik"}),
    ("isi_bagian_tetap", "peringatan", "D9", {"D9": 1}),
    ("baris_dihapus", "peringatan", "", {"then": remove(10)}),
    ("log_kolom_wajib", "tolak", "baris 8", {"then": lambda sheet: sheet.delete_cols(10)}),
    ("log_kolom_hilang", "peringatan", "baris 8", {"then": lambda sheet: sheet.delete_cols(11)}),
    ("log_utuh", "peringatan", "", {"rapat": None, "oleh": None}),
    ("log_tanpa_tabel", "tolak", "", {"then": lambda sheet: sheet.delete_rows(8)}),
]  # fmt: skip
ELSEWHERE = {"keputusan_tetap", "log_asing", "log_tanpa_asal", "log_belum_dikenal", "log_versi_asing", "log_lama", "log_didahului",
             "log_tanpa_ciri", "nomor_bentrok", "kode_rancu", "nomor_tidak_ada"}  # fmt: skip


@pytest.mark.parametrize(("code", "level", "cell", "edits"), CASES, ids=[f"{c[0]} {c[2]}" for c in CASES])
def test_what_is_found_says_where(kantor, code, level, cell, edits):
    (sent,) = kantor.receive(fill(kantor.log(), **edits))
    finding = of(sent, code)
    assert (finding.tingkat, finding.sel) == (level, cell), list(map(str, sent.temuan))
    assert sent.hasil == ("ditolak" if level == "tolak" else "diterima")
    assert set(codes(sent)) <= {code, "baris_baru", "baris_dihapus"} | (
        {"samar", "nama_samar"} if code == "bukan_jabatan" else set()
    )
    if sent.hasil == "diterima" and code != "log_utuh":
        assert set(kantor.states().index) >= {1, 2, 3, 4, 5}
    else:
        assert kantor.rows().empty


def test_every_code_has_a_case():
    assert {case[0] for case in CASES} | ELSEWHERE >= set(LOG_TEXTS)


def test_a_changed_number_goes_back_to_its_code(kantor):
    kantor.receive(fill(kantor.log(), A9=77, J9="Selesai"))
    assert kantor.states().loc[1, "status"] == "Selesai" and 77 not in kantor.states().index


def test_numbers_of_all_rows_swapped_are_repaired(kantor):
    (sent,) = kantor.receive(fill(kantor.log(), A9=2, A10=1, J9="Selesai"))
    assert codes(sent) == ["nomor_dipulihkan"] * 2
    assert kantor.states()["status"].tolist()[:2] == ["Selesai", "Belum"]


def test_an_added_row_gets_the_next_number_and_keeps_it_when_the_log_returns(kantor):
    path = fill(kantor.log(), A14=77, F14="Surat edaran Sekda", G14="Sekda", J14="Proses")
    (sent,) = kantor.receive(path)
    assert sent.log.baru == 1 and sent.ringkas.endswith("6 tindak lanjut, 0 selesai, 1 baru")
    added = kantor.states().loc[6]
    assert (added["temuan"], added["pic"]) == ("Surat edaran Sekda", "Sekda") and pd.isna(added["kode"])
    (again,) = kantor.receive(fill(path, rapat=date(2020, 3, 25), J14="Selesai"))
    assert again.log.baru == 0 and "isi_bagian_tetap" not in codes(again)
    assert kantor.states().index.tolist() == [1, 2, 3, 4, 5, 6]
    assert kantor.states().loc[6, "status"] == "Selesai"


def test_a_deleted_row_stays_with_its_state(kantor):
    path = fill(kantor.log(), J10="Proses", F10="Hotspot")
    kantor.receive(path)
    (sent,) = kantor.receive(fill(path, rapat=date(2020, 3, 25), then=remove(10)))
    assert "No 2 (K05)" in of(sent, "baris_dihapus").pesan and "Proses" in of(sent, "baris_dihapus").pesan
    state = kantor.states().loc[2]
    assert (state["status"], state["tindak_lanjut"], state["tanggal"].date()) == (
        "Proses",
        "Hotspot",
        date(2020, 3, 18),
    )


def test_a_row_deleted_before_it_was_ever_returned_keeps_its_number(kantor):
    kantor.receive(fill(kantor.log(), then=remove(13)))
    last = kantor.states().loc[5]
    assert (last["status"], last["temuan"], last["kode"]) == ("Belum", "400 ASN tanpa bukti", "BUKTI")
    assert pd.isna(last["oleh"]) and pd.isna(last["pic"])  # nobody decided on it


def test_what_was_handed_out_stays_as_it_was(kantor):
    kantor.receive(fill(kantor.log(), C9="Semua baik", D9=1, E9="Biarkan", I9="-"))
    row = kantor.states().loc[1]
    assert (row["temuan"], row["orang"], row["rekomendasi"]) == ("90 ASN dengan KK baru", 90, "Ajukan ke BPS")


def test_the_newest_meeting_wins_whatever_arrives_first(kantor):
    early = fill(kantor.log("a.xlsx"), rapat=date(2020, 3, 18), J9="Proses")
    late = fill(kantor.log("b.xlsx"), rapat=date(2020, 3, 25), J9="Selesai")
    kantor.receive(late)
    kantor.receive(early, now=NOW + timedelta(hours=1))
    assert kantor.states().loc[1, "status"] == "Selesai"
    assert (
        kantor.read(date(2020, 3, 20)).tindak_lanjut.drop_duplicates("nomor", keep="last")["status"].iloc[0] == "Proses"
    )
    assert len(kantor.rows()) == 10  # history


def test_of_one_meeting_the_newest_receipt_wins(kantor):
    one, other = fill(kantor.log("a.xlsx"), J9="Selesai"), fill(kantor.log("b.xlsx"), J9="Proses")
    kantor.receive(one)
    kantor.receive(other, now=NOW + timedelta(hours=1))
    assert kantor.states().loc[1, "status"] == "Proses"


@pytest.mark.parametrize(
    "text",
    ["Yohanes Bria, S.Kom", "Drs. Petrus Lado (Sekretaris)", "Ibu Maria Nenobais", "hubungi Sdri. Anna Taek", "Bapak Hermanus Man"],
)  # fmt: skip
def test_whoever_is_on_no_roster_is_known_by_title_or_degree(kantor, text):
    (sent,) = kantor.receive(fill(kantor.log(), G9=text))
    kept = kantor.states().loc[1, "pic"]
    assert "[nama]" in kept and not any(word in kept for word in ("Bria", "Lado", "Nenobais", "Taek", "Hermanus"))
    assert of(sent, "bukan_jabatan").sel == "G9"


@pytest.mark.parametrize(
    "text",
    ["Bapak Wali Kota", "Ibu Kepala Dinas Kesehatan", "Operator OPD, lalu BPS", "OPD, Diskominfo", "Ibu Direktur RSUD",
     "Bapak Plt. Camat", "Jawaban dr Disdukcapil"],
)  # fmt: skip
def test_a_position_is_no_name(kantor, text):
    kantor.receive(fill(kantor.log(), G9=text))
    assert kantor.states().loc[1, "pic"] == text


def test_another_copy_of_the_log_does_not_undo_what_was_decided(kantor):
    meeting = fill(
        kantor.log("a.xlsx"), J9="Proses", F9="Surat ke BPS", G9="Asisten Pemerintahan", H9=date(2020, 3, 23)
    )
    report = fill(kantor.log("b.xlsx"), rapat=date(2020, 3, 20), K9="Surat terkirim", J10="Selesai")
    kantor.receive(meeting)
    (sent,) = kantor.receive(report, now=NOW + timedelta(hours=1))
    assert [f.sel for f in sent.temuan if f.kode == "keputusan_tetap"] == ["F9", "G9", "J9", "H9"]
    first = kantor.states().loc[1]
    assert (first["status"], first["tindak_lanjut"], first["pic"], first["keterangan"]) == (
        "Proses", "Surat ke BPS", "Asisten Pemerintahan", "Surat terkirim",
    )  # fmt: skip
    assert first["tenggat"].date() == date(2020, 3, 23)
    assert kantor.states().loc[2, "status"] == "Selesai"
    # The same meeting again corrects itself, back to what was handed out too.
    again = fill(kantor.log("c.xlsx"), rapat=date(2020, 3, 20), J10="Belum", K10="belum selesai")
    kantor.receive(again, now=NOW + timedelta(hours=2))
    assert kantor.states().loc[2, "status"] == "Belum"


def test_an_older_log_is_taken_until_a_newer_one_is(kantor):
    older = fill(kantor.log("a.xlsx"), J9="Proses")
    spare = fill(kantor.log("c.xlsx"), J9="Selesai")
    kantor.receive(kantor.nominatif(date(2020, 3, 24), {}, {}))
    (sent,) = kantor.receive(older)
    assert (sent.hasil, codes(sent)) == ("diterima", ["log_lama"])
    kantor.receive(fill(kantor.log("b.xlsx", day=date(2020, 3, 24)), rapat=date(2020, 3, 25)))
    (late,) = kantor.receive(spare)
    assert late.hasil == "ditolak" and codes(late, "tolak") == ["log_didahului"]


def test_logs_of_other_runs_are_refused(kantor, tmp_path):
    later = fill(kantor.log("a.xlsx", day=date(2020, 3, 24)), rapat=date(2020, 3, 25))
    assert codes(kantor.receive(later)[0], "tolak") == ["log_belum_dikenal"]
    foreign = fill(kantor.log("b.xlsx", kampanye="Sensus Ternak"))
    assert codes(kantor.receive(foreign)[0], "tolak") == ["log_asing"]
    data = kantor.read()
    many = SimpleNamespace(versi=data.versi + 9, contoh=True, dicatat=data.dicatat)
    path = tmp_path / "c.xlsx"
    excel_log.write_log(
        path, small_log.inventory(), small_log.matrix(), data.tindak_lanjut, {"jumlah_asn": 1}, kantor.kampanye, many
    )
    assert codes(kantor.receive(fill(path))[0], "tolak") == ["log_versi_asing"]
    assert kantor.rows().empty


def test_a_log_for_a_store_that_is_empty_is_refused(kantor, tmp_path):
    path = fill(kantor.log())
    empty = campaign.build(kantor.kampanye.parameters() | {"simpan": str(tmp_path / "kosong")})
    (sent,) = receive([path], empty, NOW)
    assert codes(sent, "tolak") == ["log_belum_dikenal"]


def plain(path, target, sheet="Tindak Lanjut"):
    """The cells alone, as a program that knows no properties saves them."""
    found, book = openpyxl.load_workbook(path)[sheet], openpyxl.Workbook()
    book.active.title = "Sheet1"
    for line in found.iter_rows(values_only=True):
        book.active.append(line)
    book.save(target)
    return target


def test_a_log_without_properties_is_read_from_its_note_and_the_store(kantor):
    kantor.receive(fill(kantor.log(), J9="Proses"))
    path = fill(kantor.log("b.xlsx"), rapat=date(2020, 3, 25), J9="Selesai", C10="diubah")
    (sent,) = kantor.receive(plain(path, kantor.folder / "matriks jadi.xlsx"))
    assert sent.hasil == "diterima" and set(codes(sent)) == {"log_tanpa_ciri", "isi_bagian_tetap", "tenggat_usul_lewat"}
    assert kantor.states().loc[1, "status"] == "Selesai" and kantor.states().loc[2, "temuan"].startswith("60 ASN")


def test_a_first_log_without_properties(kantor):
    blank = plain(fill(kantor.log("c.xlsx"), rapat=None, oleh=None), kantor.folder / "y.xlsx")
    assert "log_utuh" in codes(kantor.receive(blank)[0])
    (sent,) = kantor.receive(plain(fill(kantor.log(), J9="Selesai"), kantor.folder / "x.xlsx"))
    assert sent.hasil == "diterima" and kantor.states().index.tolist() == [1, 2, 3, 4, 5]
    assert kantor.states().loc[1, "orang"] == 90


def test_a_first_log_without_properties_tells_of_numbers_that_are_gone(kantor):
    path = fill(kantor.log(), J9="Selesai")
    book = openpyxl.load_workbook(path)
    book["Tindak Lanjut"].delete_rows(10)  # No 2
    book.save(path)
    (sent,) = kantor.receive(plain(path, kantor.folder / "x.xlsx"))
    assert [finding.pesan[:4] for finding in sent.temuan if finding.kode == "nomor_tidak_ada"] == ["No 2"]
    assert kantor.states().index.tolist() == [1, 3, 4, 5]


def test_a_log_without_properties_and_note_has_no_day(kantor):
    path = plain(fill(kantor.log(), A3="catatan"), kantor.folder / "x.xlsx")
    assert "log_tanpa_asal" in codes(kantor.receive(path)[0], "tolak")


def test_a_csv_of_the_matrix(kantor):
    path = fill(kantor.log(), J9="Selesai", rapat="18/3/2020")
    lines = openpyxl.load_workbook(path)["Tindak Lanjut"].iter_rows(values_only=True)
    text = "\n".join(
        ";".join("" if c is None else f"{c:%d/%m/%Y}" if hasattr(c, "year") else str(c) for c in line) for line in lines
    )
    target = kantor.folder / "matriks.csv"
    target.write_text(text, encoding="utf-8")
    (sent,) = kantor.receive(target)
    assert sent.hasil == "diterima" and kantor.states().loc[1, "status"] == "Selesai"


def test_columns_may_be_moved_added_and_misspelt(kantor):
    def mess(sheet):
        sheet.move_range("K8:K13", cols=2)
        sheet["K8"] = "Paraf"
        sheet["H8"], sheet["G8"] = "Bats Waktu", "Penangung Jawab"
        sheet.unmerge_cells("D4:E4")
        sheet.insert_cols(1)
        sheet["A8"] = "Prioritas"

    (sent,) = kantor.receive(fill(kantor.log(), J9="Selesai", H9=date(2020, 3, 30), K9="baik", then=mess))
    assert (sent.hasil, codes(sent)) == ("diterima", [])
    row = kantor.states().loc[1]
    assert (row["status"], row["keterangan"], row["tenggat"].date()) == ("Selesai", "baik", date(2020, 3, 30))


def test_a_number_that_another_follow_up_got_meanwhile(kantor):
    waiting = kantor.log("b.xlsx")
    kantor.receive(fill(kantor.log("a.xlsx", rtl=small_log.matrix()[:4]), F13="Surat edaran", J13="Belum"))
    assert kantor.states().loc[5, "temuan"] == "Surat edaran"
    (sent,) = kantor.receive(fill(waiting, rapat=date(2020, 3, 19), J13="Selesai"))
    assert "nomor_bentrok" in codes(sent, "peringatan")
    assert kantor.states().loc[6, "kode"] == "BUKTI" and kantor.states().loc[6, "status"] == "Selesai"
    assert kantor.states().loc[5, "temuan"] == "Surat edaran"


def test_a_code_on_several_rows_needs_its_number(kantor):
    from dataclasses import replace

    lines = small_log.matrix()
    lines.append(replace(lines[0], nomor=6, temuan="KK baru gelombang kedua"))
    (sent,) = kantor.receive(fill(kantor.log(rtl=lines), A14=88))
    finding = of(sent, "kode_rancu")
    assert sent.hasil == "ditolak" and finding.sel == "A14"


def test_names_numbers_and_formulas_do_not_reach_the_store(kantor):
    text = "=HYPERLINK(1) MARIA BRIA, S.Kom dan yosef  tefa 5371012345678901"
    kantor.receive(fill(kantor.log(), F9="'" + text, K9="+62 oke", G10="Maria Bria", oleh="Yosef Tefa"))
    told = kantor.rows().astype(str).to_csv().lower()
    assert "bria" not in told and "tefa" not in told and "5371012345678901" not in told
    assert "[nama]" in kantor.states().loc[1, "tindak_lanjut"]


def test_a_log_lies_among_files_of_offices(kantor):
    folder = kantor.folder / "masuk"
    folder.mkdir()
    shutil.move(fill(kantor.log(), J9="Proses"), folder / "hasil rapat (final).xlsx")
    shutil.move(kantor.nominatif(date(2020, 3, 18), {}), folder / "b.xlsx")
    sent = receive(sorted(folder.iterdir()), kantor.kampanye, NOW, folder)
    assert [s.hasil for s in sent] == ["diterima"] * 2 and [bool(s.ringkas) for s in sent] == [False, True]


def test_only_reports_on_all_offices_are_made_again(kantor):
    before = store.slices(kantor.kampanye)
    kantor.receive(fill(kantor.log(), J9="Proses"))
    after = store.slices(kantor.kampanye)
    assert after.pop("") != before.pop("") and after == before


def test_json_and_feedback_tell_of_a_log(kantor, tmp_path):
    (sent,) = kantor.receive(fill(kantor.log(), A14=77, F14="Surat edaran", J14="Selesai"), keep=False)
    (told,) = outcomes(sent)
    assert (told["jenis"], told["rapat"], told["tindak_lanjut"], told["selesai"], told["baru"]) == (
        "log_kendala", "2020-03-18", 6, 1, 1,
    )  # fmt: skip
    back = write_feedback(tmp_path / "umpan", sent)
    book = openpyxl.load_workbook(back)
    assert "DITERIMA: Log kendala rapat 18 Maret 2020: 6 tindak lanjut" in book.worksheets[0]["A2"].value
    assert "0 orang" not in book.worksheets[0]["A2"].value


def test_the_feedback_mended_and_sent_again_is_taken(kantor, tmp_path):
    (sent,) = kantor.receive(fill(kantor.log(), J9="Beres banget", F10="Hotspot"))
    back = write_feedback(tmp_path / "umpan", sent)
    book = openpyxl.load_workbook(back)
    book["Tindak Lanjut"]["J9"] = "Selesai"
    book.save(back)
    (again,) = kantor.receive(back)
    assert again.hasil == "diterima" and kantor.states().loc[1, "status"] == "Selesai"
    assert kantor.states().loc[2, "tindak_lanjut"] == "Hotspot"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.parametrize("ending", ["ods", "xls", "xlsx"])
def test_saved_with_libreoffice(kantor, tmp_path, ending):
    path = fill(kantor.log(), J9="Selesai", K9="beres")
    home = f"-env:UserInstallation=file://{tmp_path}/profil"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", ending, "--outdir", tmp_path / "lo", path], check=True,
        capture_output=True,
    )  # fmt: skip
    (sent,) = kantor.receive(tmp_path / "lo" / f"log_kendala.{ending}")
    assert sent.hasil == "diterima" and set(codes(sent)) <= ({"log_tanpa_ciri"} if ending == "xls" else set())
    assert kantor.states().loc[1, "status"] == "Selesai" and len(kantor.states()) == 5


CELLS = st.sampled_from(
    [f"{column}{row}" for column in "ABCDEFGHIJK" for row in range(FIRST, FIRST + 8)] + ["D4", "D5"]
)
VALUES = st.one_of(
    st.none(),
    st.sampled_from(
        ["Selesai", "Proses", "done", "=1+1", "K02", "K05", "-", "18/3/2020", "5/4/2020", "Maria Bria", "77"]
    ),
    st.integers(-3, 12),
    st.text("abc 1=+-@<&\"'", max_size=12),
    st.dates(date(2020, 3, 1), date(2020, 4, 30)),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(edits=st.dictionaries(CELLS, VALUES, max_size=9), gone=st.sets(st.integers(FIRST, FIRST + 4), max_size=2))
def test_refused_with_a_cell_or_every_number_is_kept(kantor, tmp_path, edits, gone):
    kept = tmp_path / "asli.xlsx"
    if not kept.exists():
        kantor.log("asli.xlsx")
    path = shutil.copy(kept, tmp_path / "isi.xlsx")

    def rest(sheet):
        for address, value in edits.items():
            sheet[address] = value
        for row in sorted(gone, reverse=True):
            sheet.delete_rows(row)

    (sent,) = kantor.receive(fill(path, F9="diputuskan", then=rest), keep=False)
    if sent.hasil == "ditolak":
        assert any(f.sel for f in sent.temuan if f.tingkat == "tolak"), list(map(str, sent.temuan))
        assert "kesalahan_program" not in codes(sent)
    elif sent.log.rapat:
        numbers = [row["nomor"] for row in sent.tables["tindak_lanjut"]]
        assert set(numbers) >= {1, 2, 3, 4, 5} and len(numbers) == len(set(numbers))
