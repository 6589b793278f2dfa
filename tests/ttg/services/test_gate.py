"""Meeting somebody at the gate: who reaches the case for it, who hears what came of it."""

from datetime import timedelta

import pytest

from cases.models import Assignment, Case, Limit, Message, Notice
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Action, Role
from tests.factories import NOW, TODAY, UserFactory
from tests.ttg.a_release import LEAVES, at, leaving, worker_on
from ttg.services.gate import (
    call_off_gate_meeting,
    plan_gate_meeting,
    say_met,
    say_not_met,
)

pytestmark = pytest.mark.django_db
GATE = at(LEAVES, 8)


@pytest.fixture
def stay():
    return leaving()


@pytest.fixture
def worker(stay):
    return worker_on(stay)


@pytest.fixture
def mentor():
    return UserFactory(role=Role.MENTOR)


@pytest.fixture
def senior(stay):
    return UserFactory(role=Role.SPO, team=stay.case.team)


def planned(stay, mentor, worker, **changed):
    said = {"at": GATE, "where": "At the visitors’ centre"} | changed
    return plan_gate_meeting(custody=stay, meets=mentor, by=worker, now=NOW, **said)


def reached(user):
    return list(Case.objects.open_to(user, Action.MEET_AT_GATE))


def told(user):
    return [one.text for one in Notice.objects.filter(user=user)]


def test_a_mentor_who_is_to_meet_somebody_is_told_and_reaches_that_case_until_shortly_after(
    stay, mentor, worker
):
    planned(stay, mentor, worker)

    held = Assignment.objects.get(user=mentor)
    assert (held.case, held.capacity, held.from_on) == (stay.case, "mentor", TODAY)
    assert held.to_on == LEAVES + timedelta(days=2)
    assert len(told(mentor)) == 1
    assert Entry.objects.filter(action="planned_gate_meeting", crn=stay.case.crn).exists()


def test_a_mentor_sees_nothing_of_the_case_but_the_meeting(stay, mentor, worker):
    planned(stay, mentor, worker)

    for action in (Action.VIEW_CASE, Action.VIEW_RELEASE):
        assert not Case.objects.open_to(mentor, action).exists()


def test_whoever_reaches_the_case_already_is_given_no_more(stay, worker):
    before = Assignment.objects.count()

    planned(stay, worker, worker)

    assert Assignment.objects.count() == before


def test_one_meeting_is_planned_at_a_time(stay, mentor, worker):
    planned(stay, mentor, worker)

    with pytest.raises(RuleBroken, match="planned already"):
        planned(stay, mentor, worker)


def test_whom_the_case_shuts_out_meets_nobody(stay, mentor, worker):
    Limit.objects.create(case=stay.case, restricted=True, message="Kept.", ask="Pat Lane")

    with pytest.raises(RuleBroken, match="cannot be asked"):
        planned(stay, mentor, worker)


def test_the_officer_hears_the_same_minute_that_they_were_met(stay, mentor, worker, senior):
    meeting = planned(stay, mentor, worker)

    said = say_met(meeting=meeting, words="", by=mentor, now=GATE)

    assert (said.state, said.said_by, said.said_at) == ("met", mentor, GATE)
    assert len(told(stay.case.officer)) == 1
    assert told(senior) == []


def test_the_officer_and_a_senior_hear_the_same_minute_that_they_were_not_met(
    stay, mentor, worker, senior
):
    meeting = planned(stay, mentor, worker)

    say_not_met(meeting=meeting, words="He left by another gate.", by=mentor, now=GATE)

    assert "NOT met" in told(stay.case.officer)[0]
    assert "NOT met" in told(senior)[0]
    assert told(senior)[0].startswith(f"{stay.case.crn}: ")  # whom to look for, at once
    assert stay.case.surname not in told(senior)[0]
    mail = Message.objects.filter(user=senior).get() if senior.email else None
    assert mail is None or mail.not_before == GATE


def test_not_met_is_not_said_without_what_happened(stay, mentor, worker):
    meeting = planned(stay, mentor, worker)

    with pytest.raises(RuleBroken, match="Say what happened"):
        say_not_met(meeting=meeting, words="", by=mentor, now=GATE)


def test_what_came_of_it_is_said_once(stay, mentor, worker):
    meeting = planned(stay, mentor, worker)
    say_met(meeting=meeting, words="", by=mentor, now=GATE)

    with pytest.raises(RuleBroken, match="said already"):
        say_not_met(meeting=meeting, words="He did not come.", by=worker, now=GATE)


def test_nothing_is_said_of_a_meeting_before_its_day(stay, mentor, worker):
    meeting = planned(stay, mentor, worker)

    with pytest.raises(RuleBroken, match="Say what came of it then"):
        say_met(meeting=meeting, words="", by=mentor, now=NOW)


def test_a_meeting_that_is_called_off_is_told_and_takes_the_reach_away(stay, mentor, worker):
    meeting = planned(stay, mentor, worker)

    off = call_off_gate_meeting(meeting=meeting, because="His brother comes", by=worker, now=NOW)

    assert (off.state, off.words) == ("called_off", "His brother comes")
    assert not Assignment.objects.filter(user=mentor).exists()
    assert reached(mentor) == []
    assert len(told(mentor)) == 2


def test_another_may_be_planned_once_one_is_called_off(stay, mentor, worker):
    call_off_gate_meeting(
        meeting=planned(stay, mentor, worker), because="His brother comes", by=worker, now=NOW
    )

    assert planned(stay, mentor, worker).state == "planned"


def test_nothing_is_planned_for_somebody_who_is_not_here_any_more(stay, mentor, worker):
    stay.case.left_as = "ended"
    stay.case.save()

    with pytest.raises(RuleBroken, match="ended here"):
        planned(stay, mentor, worker)
