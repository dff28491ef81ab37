"""Two rounds: the log of 17 March comes back from a meeting, with slips, and the log of 24 March tells the difference."""

import importlib.util
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from pypdf import PdfReader

from helpers import campaign, sample, store
from helpers.intake import form
from helpers.intake.receive import inbox_files, receive
from helpers.measures import follow_up
from helpers.run import batch, jobs, pool
from helpers.run.delivery import folder_at

pytestmark = pytest.mark.lambat
RUN = Path(__file__).parent / "rounds" / "run.py"


@pytest.fixture(scope="module")
def rounds() -> ModuleType:
    """tests/rounds/run.py."""
    spec = importlib.util.spec_from_file_location("rounds", RUN)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def publish(params, day, reports):
    """The city's documents of a data date, as `pantau laporan` makes them; the offices' are left out."""
    kampanye = campaign.load(params, tanggal_data=day.isoformat())
    planned = [job for job in jobs.plan(kampanye, store.version(kampanye.path(kampanye.simpan))) if not job.opd]
    folder = folder_at(reports, day.isoformat())
    with folder.alone(), pool.local(2) as opener:
        assert batch.run(planned, folder, opener).gagal == []
    return reports / day.isoformat()


def words(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


@pytest.fixture(scope="module")
def putaran(rounds, tmp_path_factory):
    """Both rounds in a folder of their own: what came back, and the two runs."""
    home = tmp_path_factory.mktemp("putaran")
    params = rounds.set_up(home / "data", home / "reports")
    kampanye, inbox = campaign.load(params), home / "data" / "masuk"
    for file in sample.invent(kampanye):
        form.write_submission(inbox / file.name, kampanye, file.opd, file.as_of, file.tables, sample=True)

    def take_in(*paths, day):
        return receive(list(paths) or inbox_files([inbox]), kampanye, datetime(2020, 3, day, 9, tzinfo=UTC), inbox)

    take_in(day=17)
    first = publish(params, rounds.FIRST, home / "reports")
    source, target = first / "log_kendala.xlsx", inbox / "log_rapat.xlsx"
    slips = ["nomor tidak dikenal", "baris terhapus", "baris tambahan"]
    rounds.fill_in(source, target, rounds.MEETING, rounds.DECIDED, ["status salah", *slips])
    (refused,) = take_in(target, day=18)
    rounds.fill_in(source, target, rounds.MEETING, rounds.DECIDED, slips)
    (taken,) = take_in(target, day=18)
    rounds.fill_in(source, inbox / "log_pic.xlsx", rounds.MONDAY, rounds.REPORTED)
    (reported,) = take_in(inbox / "log_pic.xlsx", day=23)
    rounds.write_later(params)
    take_in(day=24)
    second = publish(params, rounds.SECOND, home / "reports")
    later = campaign.load(params, tanggal_data=rounds.SECOND.isoformat())
    states = follow_up.states(store.read(later).tindak_lanjut, {}, rounds.SECOND).set_index("kode")
    return SimpleNamespace(
        params=params, first=first, second=second, refused=refused, taken=taken, reported=reported, states=states
    )


def test_a_wrong_state_sends_the_log_back_with_its_cell(putaran):
    assert putaran.refused.hasil == "ditolak"
    (wrong,) = [f for f in putaran.refused.temuan if f.tingkat == "tolak"]
    assert wrong.sel.startswith("J") and "Aman terkendali" in wrong.pesan


def test_other_slips_are_said_and_nothing_is_lost(putaran):
    assert putaran.taken.hasil == "diterima"
    assert {"baris_dihapus"} <= {f.kode for f in putaran.taken.temuan}
    deleted, renumbered = putaran.states.loc["K09"], putaran.states.loc["K04"]
    assert deleted["status"] == "Belum" and int(renumbered["nomor"]) < 20
    added = putaran.states[putaran.states.index.isna()]
    assert added["pic"].tolist() == ["Sekretaris Daerah"]


def test_a_report_of_the_pic_adds_to_what_the_meeting_decided(putaran):
    network = putaran.states.loc["K05"]
    assert network["tindak_lanjut"] == "Ruang isi bersama dengan jaringan kantor dibuka"
    assert network["tenggat"].date().isoformat() == "2020-03-19" and network["terlambat"]
    assert putaran.states.loc["K04", "status"] == "Selesai"
    assert putaran.states.loc["K04", "tindak_lanjut"].startswith("Pengisian diatur di luar jam sibuk")


def test_the_first_log_is_not_changed_by_what_came_later(putaran, rounds):
    kampanye = campaign.load(putaran.params)
    assert store.read(kampanye).tindak_lanjut.empty
    assert "Yang dikerjakan sejak rapat lalu" not in words(putaran.first / "log_kendala.pdf")


def test_the_second_log_tells_what_was_done_what_is_late_and_what_shrank(putaran):
    told = words(putaran.second / "log_kendala.pdf")
    assert "Ruang isi bersama dengan jaringan kantor dibuka" in told
    assert "Lewat tenggat" in told and "menyusut" in told
    # K06 was called done, but its people are still blocked: it is asked for again.
    assert "dinyatakan selesai" in told
    assert "Batas waktu internal belum ada" in told


def test_the_city_s_report_says_in_one_line_what_became_of_them(putaran):
    told = "Sejak rapat lalu, dari delapan tindak lanjut: dua selesai"
    assert told in words(putaran.second / "laporan_kota.pdf")
    assert "Sejak rapat lalu" not in words(putaran.first / "laporan_kota.pdf")


def test_the_meeting_s_papers_name_what_is_open(putaran):
    told = words(putaran.second / "rapat.pdf")
    assert "Dua dari delapan tindak lanjut rapat lalu selesai, lima lewat tenggat" in told
    assert (putaran.second / "notulen.docx").stat().st_size > 10_000
