"""What parts of the page say: sentences instead of tracebacks, nothing of an office is markup."""

import errno
import logging
import re

import ipywidgets as widgets
import pytest

from helpers.campaign import CampaignError
from helpers.lab import page
from helpers.report.blocks import Paragraf
from helpers.run.delivery import BusyError
from helpers.store import StoreError


@pytest.fixture
def notice():
    return page.Notice()


class TestNotice:
    def test_is_a_live_region_from_the_start(self, notice):
        assert "role='status'" in notice.value

    def test_good_and_bad_differ_by_sign_and_word_not_by_colour_alone(self, notice):
        notice.say("Tersimpan.")
        good = notice.value
        notice.warn("Tidak tersimpan.")
        assert "✓ Selesai" in good and "✗ Perhatian" in notice.value

    def test_what_it_says_is_no_markup(self, notice):
        notice.warn("<script>alert(1)</script>")
        assert "<script" not in notice.value and "&lt;script" in notice.value


class TestGuarded:
    @pytest.mark.parametrize("error", [page.Said("x."), CampaignError("x."), StoreError("x."), BusyError("x.")])
    def test_what_is_meant_for_the_user_is_said_as_it_is(self, notice, error):
        self.fails(notice, error)
        assert "x." in notice.value and "✗" in notice.value

    def test_a_disk_says_what_it_refused(self, notice):
        self.fails(notice, OSError(errno.ENOSPC, "no space", "laporan.pdf"))
        assert "disk penuh" in notice.value and "no space" not in notice.value

    def test_a_fault_of_ours_is_a_sentence_without_what_is_inside(self, notice, caplog, capfd):
        with caplog.at_level(logging.DEBUG):
            self.fails(notice, KeyError("5371xxxxxxxxxxxx"))
        assert "KeyError" in notice.value and "5371" not in notice.value and "Muat ulang" in notice.value
        assert "Traceback" not in "".join(capfd.readouterr())

    def test_an_earlier_sentence_goes(self, notice):
        notice.warn("lama")
        page.guarded(notice)(lambda: None)()
        assert "lama" not in notice.value

    @staticmethod
    def fails(notice, error):
        def handler(_):
            raise error

        page.guarded(notice)(handler)(None)


def test_blocks_keep_what_an_office_wrote_as_text():
    assert "<img" not in page.shown(Paragraf("<img src=x onerror=alert(1)>"))


def test_a_label_is_seen_and_is_the_controls_own():
    box = page.labelled(widgets.IntSlider(), "Target", "Bagian yang harus berhasil")
    assert box.children[0].description == "Target" and "Bagian" in box.children[1].value


def test_the_style_sheet_hides_no_focus():
    assert not re.search(r"outline:\s*(none|0)", page.Page._css)
