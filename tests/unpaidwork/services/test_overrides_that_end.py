"""Work that stood on an override alone stops as soon as that is over, and no other work does."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from cases.models import Deadline
from cases.rules.overrides import SIX
from staff.models import Entry
from staff.permissions import Role
from tests.factories import NOW, TODAY, UserFactory
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays, sign_risk
from unpaidwork.models import WorkAllocation
from unpaidwork.services.allocations import allocate
from unpaidwork.services.overrides import (
    ask_work_override,
    close_work_override,
    decide_work_override,
)
from unpaidwork.services.retesting import retest_changed
from unpaidwork.services.timetable import run_night

pytestmark = pytest.mark.django_db
WORDS = dict.fromkeys(
    SIX, "Rang the officer before me on Monday; the charity shop closes on Friday."
)
LAST = TODAY + timedelta(days=7)


@pytest.fixture
def work():
    """Somebody whose risk assessment is not signed, and nothing else stands against."""
    found = a_worker()
    found.case.work_risks.all().delete()
    return found


@pytest.fixture
def senior(work):
    return UserFactory(role=Role.SPO, team=work.case.team)


@pytest.fixture
def override(work, senior):
    return an_override(work, senior)


def an_override(work, senior, until=LAST):
    asked = ask_work_override(
        case=work.case, keys=["risk"], by=work.case.officer, expires_on=until, today=TODAY, now=NOW,
        **WORDS,
    )  # fmt: skip
    return decide_work_override(
        override=asked, approve=True, note="Two supervisors that day.", by=senior, today=TODAY, now=NOW
    )  # fmt: skip


@pytest.fixture
def made(work, override):
    return allocate(work=work, placing=on_tuesdays(a_project()), by=coordinator(), now=NOW)


def state(made):
    made.refresh_from_db()
    return made.state


def at(on, hour=0, minute=1):
    return datetime.combine(on, time(hour, minute), get_current_timezone())


def test_it_stands_to_the_end_of_the_last_day_and_is_suspended_in_the_first_minute_after(made):
    with time_machine.travel(at(LAST, 23, 59), tick=False):
        retest_changed(now=at(LAST, 23, 59))
        assert state(made) == "active"

    after = at(LAST + timedelta(days=1))
    with time_machine.travel(after, tick=False):
        retest_changed(now=after)

    assert state(made) == "suspended"
    assert made.state_because == "No risk assessment for unpaid work is signed"
    assert Deadline.objects.unmet().filter(case=made.case, kind="allocate_again").exists()


def test_the_night_suspends_it_where_the_minutes_did_not(made):
    after = at(LAST + timedelta(days=3), 6)
    with time_machine.travel(after, tick=False):
        retest_changed(now=after)
        assert state(made) == "active"
        run_night(now=after)

    assert state(made) == "suspended"


def test_closing_it_by_hand_suspends_at_once_and_the_trail_says_by_whom(made, override, senior):
    close_work_override(
        override=override, how="The shop has closed.", by=senior, today=TODAY, now=NOW
    )

    assert state(made) == "suspended"
    entry = Entry.objects.get(action="suspended_work")
    assert (entry.by, entry.detail["because"]) == (senior, ["risk"])


def test_what_was_missing_and_has_come_keeps_it_standing(made, override, senior, work):
    sign_risk(work.case)

    close_work_override(
        override=override, how="It is signed by now.", by=senior, today=TODAY, now=NOW
    )

    assert state(made) == "active"


def test_another_override_of_the_same_keeps_it_standing(made, work, senior):
    an_override(work, senior, until=LAST + timedelta(days=7))

    retest_changed(now=at(LAST + timedelta(days=1)))

    assert state(made) == "active"


def test_a_gate_that_nobody_was_let_past_stops_nobody_who_works_already(senior):
    work = a_worker()
    made = allocate(work=work, placing=on_tuesdays(a_project()), by=coordinator(), now=NOW)
    work.case.work_risks.all().delete()

    run_night(now=at(LAST + timedelta(days=1), 6))

    assert state(made) == "active"


def test_the_page_of_every_override_leads_to_the_one_that_closes_it_and_suspends(
    client, made, override, senior
):
    page = reverse("close-work-override", args=[made.case.crn, override.pk])
    client.force_login(senior)

    assert client.get(reverse("close-override", args=[made.case.crn, override.pk])).url == page
    answer = client.post(page, {"how": "The shop has closed."})

    assert answer.status_code == 302
    assert state(made) == "suspended"


def test_the_endpoint_of_unpaid_work_closes_it(client, made, override, senior):
    client.force_login(senior)
    body = {"how": "The shop has closed."}

    general = client.post(
        reverse("api-close-override", args=[made.case.crn, override.pk]), body, "application/json"
    )
    own = client.post(
        reverse("api-close-work-override", args=[made.case.crn, override.pk]),
        body,
        "application/json",
    )

    assert (general.status_code, own.status_code) == (422, 200)
    assert WorkAllocation.objects.get().state == "suspended"
