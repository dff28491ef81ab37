"""Assumptions together: none is the projection itself; more never gives less; sums hold; a moved date is another draw."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.lab.session import Session
from helpers.measures import projection, skenario, whatif
from helpers.measures.whatif import Assumptions


@pytest.fixture(scope="module")
def view(contoh_store):
    return Session(contoh_store).view()


def assuming(view, opd=None, **asumsi):
    kampanye = view.kampanye
    return whatif.assuming(view.proyeksi, Assumptions(**asumsi), view.terhalang, kampanye.days_off, opd)


def people(simulation, opd=None):
    return int(projection.row(projection.table(simulation), opd or projection.CITY)["median_orang"])


class TestAssuming:
    def test_nothing_is_the_projection_itself(self, view):
        assert np.array_equal(assuming(view).final, view.proyeksi.final)

    def test_another_target_changes_the_chance_alone(self, view):
        low = assuming(view, target=0.45)
        assert np.array_equal(low.final, view.proyeksi.final)
        chance = projection.row(projection.table(low))["peluang_target"]
        assert chance > projection.row(view.ramalan)["peluang_target"]

    def test_kendala_alone_is_the_scenario_of_the_reports_but_for_chance(self, view):
        own = assuming(view, kendala=("K01",))
        asked = skenario.obstacles_solved(view.proyeksi, view.terhalang, ["K01"])
        assert people(own) == pytest.approx(asked["orang"], abs=10) and people(own) > people(view.proyeksi)

    def test_people_more_come_on_working_days_only(self, view):
        # 18 to 31 March: ten working days, without Nyepi (25 March) nine.
        more = assuming(view, tambahan=10).final.sum(axis=0) - view.proyeksi.final.sum(axis=0)
        assert more.max() == 90 and np.median(more) > 85

    @pytest.mark.parametrize("opd", [None, "DINKES"])
    def test_nobody_beyond_the_headcount_and_others_untouched(self, view, opd):
        state, final = view.proyeksi.state, assuming(view, opd, tambahan=10_000, kendala=("K01", "K04")).final
        known = state.basis != whatif.NOTHING
        assert (final[known] <= state.people[known, None]).all() and (final >= view.proyeksi.final).all()
        if opd:
            others = state.opd != opd
            assert np.array_equal(final[others], view.proyeksi.final[others])
            assert (final[~others] == state.people[~others, None]).all()

    def test_more_of_each_never_gives_less(self, view):
        before = view.proyeksi.final
        for tambahan, kendala in [(5, ()), (5, ("K01",)), (40, ("K01",)), (40, ("K01", "K03")), (200, ("K01", "K03"))]:
            now = assuming(view, tambahan=tambahan, kendala=kendala).final
            assert (now >= before).all(), (tambahan, kendala)
            before = now

    def test_the_fan_still_starts_where_we_stand(self, view):
        fan = projection.fan(assuming(view, tambahan=50, kendala=("K01",)))
        assert fan["median"].iloc[0] == pytest.approx(projection.fan(view.proyeksi)["median"].iloc[0])
        assert fan["median"].iloc[-1] > projection.fan(view.proyeksi)["median"].iloc[-1]


class TestMoved:
    def test_is_half_binding_half_not(self, view):
        later = whatif.moved(view.harian, view.posisi, view.kampanye, date(2020, 4, 10))
        row = skenario.deadline_moved(
            view.proyeksi,
            projection.with_silent(view.harian, view.posisi, view.kampanye),
            view.kampanye.mulai,
            date(2020, 4, 10),
            view.kampanye.days_off,
            view.posisi.set_index("opd")["jenis"],
        )
        assert people(later) == pytest.approx(row["orang"], abs=1)
        assert later.selesai == date(2020, 4, 10) and len(projection.fan(later)) == 25

    def test_a_day_in_the_past_is_refused(self, view):
        with pytest.raises(ValueError, match="batas waktu"):
            whatif.moved(view.harian, view.posisi, view.kampanye, view.kampanye.tanggal_data)


class TestSharedOut:
    @given(st.lists(st.integers(0, 400), min_size=1, max_size=30), st.integers(0, 3000))
    def test_sums_and_stays_within(self, left, people):
        parts = whatif.shared_out(people, np.array(left))
        assert parts.sum() == min(people, sum(left)) and (parts >= 0).all() and (parts <= left).all()

    @given(st.lists(st.integers(0, 400), min_size=1, max_size=30), st.integers(0, 600))
    def test_one_more_takes_from_nobody(self, left, people):
        fewer, more = (whatif.shared_out(n, np.array(left)) for n in (people, people + 1))
        assert (more >= fewer).all()

    def test_by_who_is_left(self):
        assert whatif.shared_out(10, np.array([300, 100, 100])).tolist() == [6, 2, 2]


def test_an_office_without_any_count_gains_nothing(view):
    state = view.proyeksi.state
    unknown = replace(state, basis=np.where(state.opd == "DINKES", whatif.NOTHING, state.basis))
    given = replace(view.proyeksi, state=unknown)
    own = whatif.assuming(given, Assumptions(tambahan=50), view.terhalang, view.kampanye.days_off)
    at = list(state.opd).index("DINKES")
    assert np.array_equal(own.final[at], given.final[at])
