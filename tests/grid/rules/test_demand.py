"""What one more series would change, worked by hand for a handful who wait, and never for the worse."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from grid.reference.interventions import Hook
from grid.rules.coming import Seeker, Suited
from grid.rules.demand import PATTERNS, OneMore, one_more, tried
from grid.rules.free_slots import MIDNIGHT, Week, WeekHours
from grid.rules.groups_open import TimeOfWeek, times_of_week
from grid.rules.intervention_policy import read_intervention_policy
from grid.rules.order_end import OrderEnd
from grid.rules.series import Closures
from grid.rules.sessions import LONDON
from grid.rules.waiting import Waiting
from tests.grid.suitable import SEED

TODAY = date(2018, 9, 3)  # a Monday
NOW = datetime.combine(TODAY, time(9), LONDON)
OXFORD = 7
POLICY = read_intervention_policy(SEED["body"], 1)
AMENDS = "making_amends"
TERMS = replace(POLICY.terms[AMENDS], most=3)
EVENINGS = Week(tuple(WeekHours(day, 17 * 60, MIDNIGHT) for day in range(5)))
DAYS = Week(tuple(WeekHours(day, 8 * 60, 17 * 60) for day in range(5)))


def waits(case, week=EVENINGS, *, ends=date(2019, 9, 3), since=date(2018, 8, 1)):
    seeker = Seeker(case=case, week=week, minutes={OXFORD: 20})
    return Waiting(seeker, Suited(AMENDS, OrderEnd(ends, Hook.RAR)), since)


def more(when=TimeOfWeek.EVENING, terms=TERMS):
    return tried(AMENDS, terms, OXFORD, "Oxford", when, Closures(), NOW, women_only=False)


def asked(waiting, planned=(), extra=None, terms=TERMS):
    return one_more(waiting, planned, extra or more(), terms, POLICY.waiting, TODAY)


def test_an_evening_series_lets_those_begin_who_can_come_in_the_evening():
    waiting = [waits(1), waits(2), waits(3, DAYS)]
    assert asked(waiting) == OneMore(begin=2, in_time=2, sooner=0, taken=2)


def test_no_more_begin_than_it_has_places():
    assert asked([waits(case) for case in range(1, 6)]).begin == 3


def test_whoever_could_not_finish_before_their_order_ends_does_not_begin():
    first = more().sessions[0].on
    assert asked([waits(1, ends=first + timedelta(weeks=2))]) == OneMore(0, 0, 0, 0)


def test_whoever_would_have_begun_later_begins_so_many_weeks_sooner():
    extra = more()
    later = tuple(replace(one, on=one.on + timedelta(weeks=8)) for one in extra.sessions)
    planned = [replace(extra, pk=1, sessions=later)]
    assert asked([waits(1), waits(2)], planned) == OneMore(begin=0, in_time=0, sooner=16, taken=2)


def test_a_series_at_another_time_changes_nothing_for_them():
    found = asked([waits(1)], extra=more(TimeOfWeek.DAYTIME))
    assert not found.changes_something


@pytest.mark.parametrize("when", list(TimeOfWeek))
@pytest.mark.parametrize("code", sorted(POLICY.terms))
def test_every_dose_can_be_tried_at_every_time(code, when):
    terms = POLICY.terms[code]
    series = tried(code, terms, OXFORD, "Oxford", when, Closures(), NOW, women_only=False)
    assert len(series.sessions) == terms.dose.sessions
    assert times_of_week(series.sessions) == {when}
    assert series.sessions[0].on >= TODAY + timedelta(weeks=3)
    assert {one.on.weekday() for one in series.sessions} <= set(PATTERNS[when][0])
