"""Sharing: what is kept of unpaid work comes out in nothing that leaves us. The marks are those of tests.test_sharing."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from staff.permissions import Role
from tests import test_sharing as marks
from tests.factories import (
    NOW,
    TODAY,
    AttendanceFactory,
    CaseFactory,
    CourseFactory,
    InstructionFactory,
    RegistrationFactory,
    UserFactory,
    WorkAllocationFactory,
    WorkFactory,
    WorkRiskFactory,
)
from unpaidwork.models import Acknowledgement, Adjustment, Incident, Sync, WorkReview

pytestmark = pytest.mark.django_db
# Of a site or a day and not of anybody who works there
ABOUT_NOBODY = {
    "Availability", "Beneficiary", "Neighbour", "PickUp", "Project", "Route", "SiteCheck", "SiteWatch", "Stop",
    "WorkSession",
}  # fmt: skip
FILES = ("caseload-csv", "checks-desk-csv", "overrides-csv", "work-caseload-csv")


@pytest.fixture
def plan():
    """In force, of somebody with unpaid work, everything kept about their case and their work marked."""
    case = CaseFactory(forename="Alan")
    plan = marks._kept_rows(case)
    marks._mark_everything()
    kept_rows(case)
    for model in of_people():
        for row in model.objects.all():
            marked = {one.name: marks._marked(one, row) for one in marks._words_of(model)}
            model.objects.filter(pk=row.pk).update(**marked)
    marks._shared_rows(plan)
    plan.refresh_from_db()
    plan.case.refresh_from_db()
    return plan


def kept_rows(case):
    """A row of each kind that is about somebody's unpaid work."""
    officer = case.officer
    work = WorkFactory(case_of=case)
    written = {"at": NOW, "by": officer}
    Adjustment.objects.create(work=work, reason="error", minutes=1, on=TODAY, note="x", **written)
    CourseFactory(work=work)
    WorkReview.objects.create(
        work=work, point="third", held_on=TODAY, their_words="x", strengths="x", **written
    )
    WorkRiskFactory(case=case, answers={"harm.violence": "x"}, evidence={"facts": "x"})
    InstructionFactory(registration=RegistrationFactory(case=case, type_code="ARSO"))
    WorkAllocationFactory(work=work, evidence={"found": "x"})
    attendance = AttendanceFactory(work=work)
    session = attendance.session
    Acknowledgement.objects.create(session=session, case=case, digest="x", **written)
    Sync.objects.create(
        key=uuid4(), session=session, device=uuid4(), sent={"x": "x"}, state="conflict", because="x",
        said_at=NOW, **written,
    )  # fmt: skip
    Incident.objects.create(
        session=session,
        case=case,
        kind="incident",
        words="x",
        harm=False,
        answer="x",
        answered_at=NOW,
        answered_by=officer,
        **written,
    )


def of_people():
    return [
        model
        for model in apps.get_app_config("unpaidwork").get_models()
        if not model.__name__.endswith("Event") and model.__name__ not in ABOUT_NOBODY
    ]


def test_a_table_that_holds_words_about_somebody_s_work_is_marked_here(plan):
    unmarked = {one.__name__ for one in of_people() if marks._words_of(one) and not one.objects.exists()}  # fmt: skip

    assert unmarked == set()


def test_nothing_that_is_kept_of_their_work_comes_out_in_the_persons_copy(client, plan):
    outlets = marks.the_copy(client, plan, plan.case.officer)

    assert {name: marks.leaked(text) for name, text in outlets.items() if marks.leaks(text)} == {}


@pytest.mark.parametrize("name", FILES)
def test_a_list_taken_away_holds_nothing_of_it(client, plan, name):
    client.force_login(UserFactory(role=Role.HEAD, team=plan.case.team))

    answer = client.get(reverse(name), {"team": "all", "whose": "all", "state": "any"})

    assert answer["Content-Type"].startswith("text/csv")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert set(marks.leaked(body.decode())) <= {"qzxenquiryasked_of"}
    assert plan.case.crn in body.decode()


def test_the_same_words_are_found_where_staff_read_them(client, plan):
    """Or the marks would prove nothing."""
    client.force_login(plan.case.officer)

    page = client.get(reverse("work-instructions", args=[plan.case.crn])).content.decode()

    assert marks.leaks(page)
