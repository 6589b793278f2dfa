"""Which clocks stand still, and when they are due once they run again."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.reference.deadlines import KINDS, Unit
from cases.reference.pauses import RUN_AFTER_LEAVING, STAND_STILL, PauseKind
from cases.rules.calendar import working_days_between
from cases.rules.pausing import due_again_on, still_kinds

DAYS = st.dates(date(2018, 1, 1), date(2019, 12, 31))
SPANS = st.integers(0, 400)
WORKING = sorted(code for code, kind in KINDS.items() if kind.unit is Unit.WORKING_DAYS)
CALENDAR = sorted(KINDS.keys() - set(WORKING))


def test_every_pause_says_what_stands_still_and_names_only_kinds_there_are():
    assert set(STAND_STILL) == set(PauseKind)
    assert all(kinds and kinds <= KINDS.keys() for kinds in STAND_STILL.values())
    assert KINDS.keys() >= RUN_AFTER_LEAVING


@pytest.mark.parametrize("kind", sorted(PauseKind))
def test_nothing_that_protects_somebody_else_stands_still_while_the_person_is_away(kind):
    for runs in (
        "send_check",
        "chase_check",
        "analyse_check",
        "interim_plan",
        "escalate_risk",
        "read_information_today",
    ):
        assert runs not in still_kinds([kind], left=False)


def test_of_two_pauses_whatever_either_stops_stands_still():
    both = still_kinds([PauseKind.WARRANT, PauseKind.CUSTODY], left=False)

    assert both == STAND_STILL[PauseKind.WARRANT] | STAND_STILL[PauseKind.CUSTODY]


def test_nothing_stands_still_of_somebody_who_is_here():
    assert still_kinds([], left=False) == frozenset()


def test_once_somebody_has_left_all_stands_still_but_what_is_owed_to_others():
    assert frozenset(KINDS) - still_kinds([], left=True) == {
        "tell_of_death",
        "tell_victim_liaison",
        "answer_court",
        "notify_further_offence",
        "review_further_offence",
        "acknowledge_complaint",
        "answer_complaint",
    }


@settings(deadline=None)
@given(st.sampled_from(CALENDAR), DAYS, SPANS, SPANS)
def test_calendar_days_that_were_left_are_left_again(kind, paused_on, left, away):
    due_on, today = paused_on + timedelta(left), paused_on + timedelta(away)

    assert due_again_on(kind, due_on, paused_on, today) - today == due_on - paused_on


@settings(deadline=None)
@given(st.sampled_from(WORKING), DAYS, st.integers(-60, 200), SPANS)
def test_working_days_that_were_left_are_left_again_and_lateness_is_kept(
    kind, paused_on, left, away
):
    due_on, today = paused_on + timedelta(left), paused_on + timedelta(away)

    due = due_again_on(kind, due_on, paused_on, today)

    assert working_days_between(today, due) == working_days_between(paused_on, due_on)
