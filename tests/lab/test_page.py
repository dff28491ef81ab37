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


class TestClicks:
    @pytest.fixture
    def tekan(self, monkeypatch):
        """A button, what was done, and a clock that the test sets."""
        clock, done = [100.0], []
        monkeypatch.setattr(page, "AGAIN", 0.4)
        monkeypatch.setattr(page, "monotonic", lambda: clock[0])
        button = widgets.Button()
        page.on_click(button, lambda _: done.append(clock[0]))
        return button, done, clock

    def test_a_double_click_is_one_click(self, tekan):
        button, done, clock = tekan
        button.click()
        clock[0] += 0.1
        button.click()
        assert done == [100.0]

    def test_a_click_later_is_meant(self, tekan):
        button, done, clock = tekan
        button.click()
        clock[0] += 0.5
        button.click()
        assert done == [100.0, 100.5]

    def test_a_second_click_waits_for_a_handler_that_took_long_and_is_dropped(self, tekan):
        _, _, clock = tekan
        slow, done = widgets.Button(), []

        def handler(_):
            done.append(clock[0])
            clock[0] += 3

        page.on_click(slow, handler)
        slow.click()
        slow.click()
        assert done == [100.0]


class TestRenew:
    def test_what_was_chosen_stays_where_it_is_still_there(self):
        several, one = (
            widgets.SelectMultiple(options=["a", "b", "c"], value=["a", "c"]),
            widgets.Dropdown(options="xyz", value="z"),
        )
        page.renew(several, [("A", "a"), ("B", "b")])
        page.renew(one, [("X", "x"), ("Y", "y")])
        assert several.value == ("a",) and one.value == "x"

    def test_the_choice_goes_before_the_options(self):
        """A browser that hears of fewer options first complains on its console."""
        several, seen = widgets.SelectMultiple(options=["a", "b", "c"], value=["c"]), []
        several.observe(lambda change: seen.append(change["name"]), ["index", "_options_labels"])
        page.renew(several, [("A", "a")])
        assert seen == ["index", "_options_labels"]


def test_blocks_keep_what_an_office_wrote_as_text():
    assert "<img" not in page.shown(Paragraf("<img src=x onerror=alert(1)>"))


def test_a_label_is_seen_and_is_the_controls_own():
    box = page.labelled(widgets.IntSlider(), "Target", "Bagian yang harus berhasil")
    assert box.children[0].description == "Target" and "Bagian" in box.children[1].value


def test_the_style_sheet_hides_no_focus():
    assert not re.search(r"outline:\s*(none|0)", page.Page._css)
