"""Once nobody supervises somebody here nothing runs, goes out or is booked; and nothing is lost if they come back."""

from datetime import timedelta

import pytest

from cases.models import Assignment, Case, Deadline, Message
from cases.reference.agencies import Delivery, Means, MessageKind
from cases.reference.holding import LeftAs
from cases.services.deadlines import open_deadline
from cases.services.leaving import come_back, leave
from staff.errors import RuleBroken
from staff.models import Entry
from tests.factories import NOW, TODAY, AppointmentFactory, AssignmentFactory, CaseFactory

pytestmark = pytest.mark.django_db
SISTER = "Her sister rang: she has died"


def left(case, left_as=LeftAs.DIED):
    return leave(case=case, left_as=left_as, because=SISTER, by=case.officer, now=NOW)


def test_what_was_to_come_is_called_off_and_says_why():
    booked = AppointmentFactory(contact__started_at=NOW + timedelta(days=3))

    left(booked.contact.case)

    booked.refresh_from_db()
    assert booked.called_off_at == NOW
    assert booked.called_off_because == SISTER


def test_a_reminder_that_waits_is_taken_back():
    booked = AppointmentFactory(contact__started_at=NOW - timedelta(hours=1))
    waiting = Message.objects.create(
        key="one", kind=MessageKind.REMINDER, appointment=booked, means=Means.TEXT, address="07700900000",
        subject="Tomorrow", body="You have an appointment", not_before=NOW, at=NOW,
    )  # fmt: skip

    left(booked.contact.case)

    waiting.refresh_from_db()
    assert waiting.delivery == Delivery.CANCELLED


def test_every_clock_stands_still_and_goes_on_with_what_was_left():
    case = CaseFactory()
    one = open_deadline(
        case=case, kind="make_plan", triggered_on=TODAY, why="By rule", by=None, today=TODAY
    )
    due_on = one.due_on
    left(case, LeftAs.ENDED)
    assert not Deadline.objects.unmet().ours().exists()

    come_back(case=case, by=case.officer, now=NOW + timedelta(days=14))

    one.refresh_from_db()
    assert (one.paused_on, one.due_on) == (None, due_on + timedelta(days=14))


def test_it_is_no_longer_ours_and_is_again_once_they_are_back():
    case = CaseFactory()
    left(case, LeftAs.ELSEWHERE)
    assert not Case.objects.ours().exists()

    come_back(case=case, by=case.officer, now=NOW)

    assert Case.objects.ours().get() == case


def test_whoever_was_assigned_has_nothing_more_to_do_on_it():
    assignment = AssignmentFactory()

    left(assignment.case)

    assert not Assignment.objects.on(TODAY + timedelta(days=1)).exists()


def test_nobody_leaves_twice_or_comes_back_who_is_here():
    case = CaseFactory()
    with pytest.raises(RuleBroken, match="open"):
        come_back(case=case, by=case.officer, now=NOW)
    left(case)

    with pytest.raises(RuleBroken, match="closed already: died"):
        left(case, LeftAs.ENDED)


def test_both_stand_in_the_trail():
    case = CaseFactory()
    left(case)
    come_back(case=case, by=case.officer, now=NOW)

    assert Entry.objects.get(action="left").detail == {"left_as": "died"}
    assert Entry.objects.get(action="came_back").crn == case.crn
