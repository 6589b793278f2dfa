"""The demonstration made at moments that once went wrong: by night, on a Sunday, on a holiday before anybody is in."""

import json
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db.models import Q

from cases.models import ComplianceDecision, Contact, Deadline, Flag, WalkIn
from cases.services.walk_ins import see_walk_in
from staff.models import User
from staff.permissions import Role
from tests.cases.management.a_demonstration import make
from tests.clock import frozen
from tests.once import undone

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
MOMENTS = {
    "Easter Sunday, an hour before the clocks change": datetime(2027, 3, 28, 0, 5, tzinfo=LONDON),
    "New Year’s Day, before nine": datetime(2027, 1, 1, 8, 59, tzinfo=LONDON),
}
# What says when something was done, which is never later than now
DONE = (
    ("cases.Appointment", "booked_at"),
    ("cases.Appointment", "called_off_at"),
    ("cases.Arrival", "recorded_at"),
    ("cases.CourtRequest", "asked_at"),
    ("cases.DutyTurn", "set_at"),
    ("cases.Letter", "asked_at"),
    ("cases.Notice", "at"),
    ("cases.WalkIn", "came_at"),
    ("grid.LeaderTraining", "recorded_at"),
    ("oversight.SavedView", "made_at"),
    ("oversight.SharingOut", "asked_at"),
    ("unpaidwork.WorkSession", "published_at"),
)
APART = ("review_event",)  # what has happened on each case is reckoned by its own rules


@pytest.fixture(scope="module", params=MOMENTS.values(), ids=list(MOMENTS))
def made(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """(The moment, what was planted): the clock stands still there."""
    folder = tmp_path_factory.mktemp("at_any_moment")
    with django_db_blocker.unblock(), undone(), frozen(request.param):
        make(folder, today=None)
        yield request.param, json.loads((folder / "truth.json").read_text())


def test_nothing_was_done_later_than_it_is_made(made):
    now, _ = made
    later = [
        f"{model}.{field}"
        for model, field in DONE
        if apps.get_model(model).objects.filter(**{f"{field}__gt": now}).exists()
    ]
    called_off = Q(booking__called_off_at__isnull=False)
    to_come = Q(appointment=True) & (Q(outcome_code="") | called_off)
    lines = Contact.objects.filter(started_at__gt=now).exclude(to_come)

    assert later == []
    assert list(lines.values_list("case__crn", "type_code", "started_at")) == []


def test_whoever_waits_at_the_desk_can_be_seen_at_once(made):
    now, _ = made
    waiting, hub = WalkIn.objects.waiting().get(), User.objects.get(username=Role.HUB)

    with undone():
        seen = see_walk_in(
            walk_in=waiting, came_to="A bed for the night.", safe=True, sensitive=False, by=hub, now=now
        )  # fmt: skip

    assert seen.ended_at == now


def test_what_is_late_is_what_was_planted_and_is_told_to_whom_it_should(made):
    now, truth = made
    raised = Flag.objects.raised().exclude(deadline__kind__in=APART)
    late = Deadline.objects.overdue(now.date()).ours().exclude(kind__in=APART)
    names = ("case__crn", "deadline__kind", "deadline__due_on", "told")

    told = Counter(
        (crn, kind, due_on.isoformat(), whom) for crn, kind, due_on, whom in raised.values_list(*names)
    )  # fmt: skip
    found = Counter(
        (crn, kind, due_on.isoformat()) for crn, kind, due_on in late.values_list("case__crn", "kind", "due_on")
    )  # fmt: skip

    flags = truth["flags"]
    assert told == Counter((one["crn"], one["kind"], one["due_on"], one["told"]) for one in flags)
    assert found == Counter(
        (one["crn"], one["kind"], one["due_on"]) for one in flags if one["late"]
    )


def test_whoever_came_and_was_given_to_nobody_is_late_to_be_named(made):
    now, truth = made
    unowned = truth["life"]["befell"]["unowned"]

    late = Deadline.objects.overdue(now.date()).filter(case__crn=unowned)

    assert "name_officer" in set(late.values_list("kind", flat=True))


def test_a_voluntary_absence_opens_no_decision(made):
    assert not ComplianceDecision.objects.filter(appointment__enforces="voluntary").exists()
