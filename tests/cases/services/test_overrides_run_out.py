from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Deadline, Flag, Notice
from cases.queries.open_gates import before_signing
from cases.reference.overrides import OverrideState
from cases.services import timetable
from cases.services.flags import flag_overdue
from cases.services.jobs import run_job
from cases.services.overrides import decide_override
from cases.services.overrides_run_out import expire_overrides
from cases.services.policy import assessing_policy
from staff.permissions import Role
from tests.cases.services.test_overrides import ANALYSED
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    EnquiryFactory,
    OverrideFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


@pytest.fixture
def senior():
    return UserFactory(role=Role.SPO)


@pytest.fixture
def override(senior):
    """Approved, until a week from now."""
    enquiry = EnquiryFactory()
    asked = OverrideFactory(
        assessment=AssessmentFactory(case=enquiry.case),
        gaps=[f"enquiry:{enquiry.pk}"],
        expires_on=TODAY + 7 * DAYS,
    )
    return decide_override(
        override=asked,
        open_now=before_signing(asked.assessment, assessing_policy(TODAY), TODAY)["open_now"],
        approve=True,
        note="It is safer.",
        by=senior,
        today=TODAY,
        now=NOW,
    )


def night(override, days):
    _, counts = expire_overrides(today=TODAY + days * DAYS, now=NOW + days * DAYS)
    override.refresh_from_db()
    return counts


def test_on_its_last_day_it_holds(override):
    assert night(override, 7) == {"closed": 0, "run_out": 0}
    assert override.state == OverrideState.APPROVED


def test_the_night_after_it_has_run_out_to_whoever_approved_it(override, senior):
    night(override, 8)

    assert override.state == OverrideState.EXPIRED
    assert Notice.objects.filter(user=senior, text__contains="has run out").count() == 1
    assert Deadline.objects.unmet().filter(override=override, kind="close_override").exists()


def test_it_is_told_of_once(override, senior):
    night(override, 8)
    night(override, 9)

    assert Notice.objects.filter(user=senior, text__contains="has run out").count() == 1


def test_until_it_is_closed_it_climbs_to_the_head_of_service(override):
    after = TODAY + 12 * DAYS
    night(override, 8)

    run_job(
        job="flag_overdue", slot="a night", today=after, now=NOW, step=flag_overdue(today=after)
    )

    # One of a sample is read by the head of service besides, which has a flag of its own
    owed = {"deadline__override": override, "deadline__kind": "close_override"}
    assert Flag.objects.get(**owed).told == Role.HEAD


def test_a_reply_that_has_come_closes_it_that_night(override):
    override.case.enquiries.update(**ANALYSED)

    assert night(override, 2) == {"closed": 1, "run_out": 0}
    assert (override.state, override.closed_how) == (
        OverrideState.CLOSED,
        "What was missing is there",
    )


def test_one_of_what_was_given_up_ends(override):
    override.assessment.state = "dropped"
    override.assessment.save()

    night(override, 2)

    assert override.state == OverrideState.CLOSED
    assert "given up" in override.closed_how


def test_an_approver_who_has_left_is_stood_in_for_by_the_seniors(override, senior):
    head = UserFactory(role=Role.HEAD)
    senior.is_active = False
    senior.save()

    night(override, 8)

    assert [one.user for one in Notice.objects.filter(text__contains="has run out")] == [head]


def test_the_night_looks_at_them_by_itself_before_flags(override):
    timetable.run_night(now=NOW + 9 * DAYS)

    override.refresh_from_db()
    assert override.state == OverrideState.EXPIRED


def test_cases_without_one_cost_nothing():
    AssessmentFactory.create_batch(5)

    with CaptureQueriesContext(connection) as ran:
        last, _ = expire_overrides(today=TODAY, now=NOW)

    assert (last, len(ran)) == (None, 3)
