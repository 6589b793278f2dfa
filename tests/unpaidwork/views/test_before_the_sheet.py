"""Before the sheet is out, whoever supervises is told whom to ring, is led to no dead end, and reads no name."""

from datetime import timedelta

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.reference.codes import Capacity
from staff.errors import RuleBroken
from tests.clock import frozen
from tests.factories import TODAY, AssignmentFactory
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_sheet import MORNING, planned, published, supervisor_of
from unpaidwork.models import WorkSession
from unpaidwork.services.register import record_arrival

RING = "The coordinator has not published the sheet yet. Ring the coordinator."
PAGES = ("day-sheet", "work-register", "work-session")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with frozen(MORNING):
        yield


@pytest.fixture
def session():
    """Not published; its supervisor reaches the one who comes by another day's work."""
    found = planned()
    AssignmentFactory(
        case=found.attendances.get().case, user=supervisor_of(found), capacity=Capacity.UNPAID_WORK,
        from_on=TODAY, to_on=TODAY + timedelta(days=3),
    )  # fmt: skip
    return found


def page_of(client, user, name, session):
    client.force_login(user)
    answer = client.get(reverse(name, args=[session.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_supervisor_is_told_whom_to_ring_and_reads_no_name(client, session, name):
    case = session.attendances.get().case

    page = page_of(client, supervisor_of(session), name, session)

    assert RING in page
    assert "supervisors cannot read it" not in page
    assert "Read the day sheet" not in page
    for words in (case.crn, case.surname):
        assert words not in page


def test_the_register_is_not_called_open(client, session):
    page = page_of(client, supervisor_of(session), "work-register", session)

    assert "Not published" in page
    assert "govuk-tag--blue" not in page
    assert "stand the session down" in page


def test_the_api_names_nobody_either(session):
    client = APIClient()
    client.force_authenticate(supervisor_of(session))

    found = client.get(reverse("api-work-register", args=[session.pk])).json()

    assert (found["shut"], found["rows"], found["masked"]) == (RING, [], [])


def test_nobody_is_said_to_have_come_before_it_is_out(session):
    one = session.attendances.get()

    with pytest.raises(RuleBroken, match="Ring the coordinator"):
        record_arrival(
            attendance=one, version=one.version, arrived_at=MORNING, by=supervisor_of(session), now=MORNING
        )  # fmt: skip


@pytest.mark.parametrize("name", ["work-register", "work-session"])
def test_a_coordinator_sees_who_comes_all_the_same(client, session, name):
    page = page_of(client, coordinator(), name, session)

    assert session.attendances.get().case.name in page
    assert RING not in page


def test_a_coordinator_reads_on_the_sheet_that_supervisors_cannot(client, session):
    page = page_of(client, coordinator(), "day-sheet", session)

    assert "Not published yet: supervisors cannot read it." in page


def test_of_a_session_that_is_stood_down_it_is_said_so(client):
    session = published()
    WorkSession.objects.update(state="stood_down", state_because="Snow")

    page = page_of(client, supervisor_of(session), "day-sheet", session)

    assert "The session is stood down, so nobody comes." in page
    assert RING not in page


def test_once_it_is_out_the_register_leads_to_the_sheet(client):
    session = published()

    page = page_of(client, supervisor_of(session), "work-register", session)

    assert "Read the day sheet" in page
    assert RING not in page
