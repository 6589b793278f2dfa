"""Clocks stop and run again with what is recorded of somebody, whoever opens them."""

from datetime import timedelta

import pytest

from cases.models import Deadline
from cases.reference.holding import LeftAs
from cases.reference.pauses import STAND_STILL, PauseKind
from cases.services.deadline_sets import DeadlineRow, open_deadlines
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.standing_still import settle_clocks
from staff.models import Entry
from tests.factories import NOW, TODAY, CaseFactory, FlagFactory, PauseFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def owed(case, kind, today=TODAY):
    return open_deadline(
        case=case, kind=kind, triggered_on=today, why="By rule", by=None, today=today
    )


def settle(case, today=TODAY):
    return settle_clocks(case_ids=[case.pk], by=None, today=today)


def over(pause, today):
    pause.ended_at, pause.to_on, pause.ended_because = NOW, today, "Arrested"
    pause.save()


def test_what_needs_the_person_stops_and_the_rest_runs_on():
    case = CaseFactory()
    visit, check = owed(case, "home_visit"), owed(case, "first_ten_days")
    PauseFactory(case=case)

    assert settle(case) == (1, 0)

    visit.refresh_from_db()
    check.refresh_from_db()
    assert (visit.paused_on, check.paused_on) == (TODAY, None)
    assert list(Deadline.objects.unmet().ours()) == [check]
    assert Entry.objects.filter(action="stopped_clocks", crn=case.crn).count() == 1


def test_a_flag_over_what_stops_is_closed_at_once():
    case = CaseFactory()
    flag = FlagFactory(deadline=owed(case, "home_visit"))
    PauseFactory(case=case)

    settle(case)

    flag.refresh_from_db()
    assert flag.closed_on


def test_it_is_due_in_as_many_days_as_were_left():
    case = CaseFactory()
    visit = owed(case, "home_visit")
    left = visit.due_on - TODAY
    pause = PauseFactory(case=case)
    settle(case)
    over(pause, TODAY + 3 * WEEK)

    assert settle(case, TODAY + 3 * WEEK) == (0, 1)

    visit.refresh_from_db()
    assert (visit.paused_on, visit.due_on) == (None, TODAY + 3 * WEEK + left)


def test_it_stays_stopped_until_the_last_pause_that_stops_it_is_over():
    case = CaseFactory()
    visit = owed(case, "home_visit")
    warrant, custody = PauseFactory(case=case), PauseFactory(case=case, kind=PauseKind.CUSTODY)
    settle(case)
    over(warrant, TODAY)

    assert settle(case) == (0, 0)

    visit.refresh_from_db()
    assert visit.paused_on
    over(custody, TODAY)
    assert settle(case) == (0, 1)


def test_what_is_opened_meanwhile_stands_still_from_the_first():
    case = CaseFactory()
    PauseFactory(case=case, kind=PauseKind.HOSPITAL)

    one = owed(case, "home_visit")
    open_deadlines(
        kind="make_plan", rows=[DeadlineRow(case.pk, TODAY, "By rule")], by=None, today=TODAY
    )

    assert one.paused_on == TODAY
    assert Deadline.objects.get(kind="make_plan").paused_on == TODAY


def test_what_is_done_meanwhile_is_done():
    case = CaseFactory()
    PauseFactory(case=case)
    visit = owed(case, "home_visit")

    assert meet_deadline(case=case, kind="home_visit", by=None, today=TODAY)

    visit.refresh_from_db()
    assert (visit.met_on, visit.paused_on) == (TODAY, None)


def test_of_somebody_who_has_left_only_telling_of_a_death_runs():
    case = CaseFactory()
    kinds = sorted(STAND_STILL[PauseKind.CUSTODY] | {"first_ten_days", "review_case"})
    for kind in kinds:
        owed(case, kind)
    case.left_as = LeftAs.DIED
    case.save()

    settle(case)
    told = owed(case, "tell_of_death")

    assert list(Deadline.objects.unmet().ours()) == [told]
    assert Deadline.objects.unmet().filter(paused_on=TODAY).count() == len(kinds)
