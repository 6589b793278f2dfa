"""An order recorded while the person is on site: whoever records it, supervises and coordinates sees it, and where."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Notice
from tests.clock import frozen
from tests.factories import (
    WorkAllocationFactory,
    WorkFactory,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_session import a_session, clock, join, read_sheet, supervisor_of
from unpaidwork.models import WorkAllocation
from unpaidwork.rules.sheet import STOP, SUSPENDED
from unpaidwork.services.register import record_arrival

pytestmark = pytest.mark.django_db
TEN = clock(10)


@pytest.fixture(autouse=True)
def at_ten():
    with frozen(TEN):
        yield


@pytest.fixture
def kim():
    return coordinator(first_name="Kim", last_name="Lee", mobile="07700 900222")


@pytest.fixture
def session(kim):
    """One who is here by his place, and another."""
    session = a_session(people=1)
    session.project.team = kim.team
    session.project.save()
    jo = supervisor_of(session)
    jo.first_name, jo.last_name, jo.mobile = "Jo", "Bell", "07700 900111"
    jo.save()
    work = WorkFactory()
    allocation = WorkAllocationFactory(work=work, case=work.case, project=session.project)
    one = join(session, work=work, case=work.case, allocation=allocation)
    read_sheet(session, jo, TEN)
    arrives(one, jo)
    return session


@pytest.fixture
def one(session):
    return session.attendances.get(allocation__isnull=False)


@pytest.fixture
def supervisor(session):
    return supervisor_of(session)


def arrives(one, by):
    record_arrival(attendance=one, version=one.version, arrived_at=clock(9), by=by, now=TEN)


def record(client, one, at=None):
    """The order bans 300 m around the site; looked at and confirmed."""
    site = one.session.project
    given = {
        "kind": "restraining", "terms": "areas", "prohibits": "Must not go into the area the order bans.",
        "protects": "nobody", "from_on": "1 October 2018", "source": "The order, from the court",
        "areas-TOTAL_FORMS": "1", "areas-INITIAL_FORMS": "0", "areas-0-label": "Around it", "areas-0-shape": "circle",
        "areas-0-centre": at or f"{site.easting} {site.northing}", "areas-0-radius": "300", "areas-0-buffer": "0",
    }  # fmt: skip
    client.force_login(one.case.officer)
    address = reverse("record-restriction", args=[one.case.crn])
    mark = client.post(address, given | {"step": "check"}).context["understood"]["mark"]
    page = client.post(address, given | {"step": "record", "understood": mark}, follow=True)
    return page.content.decode()


def see(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args)).content.decode()


def row(page, one):
    return page.split(f'id="person-{one.pk}"')[1].split("</tr>")[0]


def test_whoever_records_it_reads_what_stopped_that_he_is_there_and_whom_to_ring(client, one):
    page = record(client, one)

    assert f"Their work at {one.session.project.name} is suspended." in page
    assert "They are there now: here since 9am." in page
    assert "Ring the supervisor on site (Jo Bell 07700 900111), now" in page
    assert "the coordinator (Kim Lee 07700 900222)" in page
    assert f"{one.case.officer.name} has been told" not in page


def test_of_an_order_that_touches_nothing_no_work_is_spoken_of(client, one):
    page = record(client, one, at="100000 100000")

    assert "It is recorded." in page
    assert "is suspended" not in page


def test_his_row_of_the_register_says_to_stop_and_whose_part_is_read_again(
    client, session, one, supervisor
):
    record(client, one)

    page = see(client, supervisor, "work-register", session.pk)
    assert f"{STOP}. Their allocation is suspended. Ring the coordinator." in row(page, one)
    assert f"{one.case.name}, changed since you read it" in page
    assert page.count("changed since you read it") == 1
    assert f"{reverse('day-sheet', args=[session.pk])}#place-{one.pk}" in page
    sheet = see(client, supervisor, "day-sheet", session.pk)
    assert "Changed since you read it." in sheet
    assert f"{STOP}. Their allocation is suspended." in sheet


def test_once_it_is_read_again_the_register_opens_with_the_mark_on_his_row(
    client, session, one, supervisor
):
    record(client, one)
    read_sheet(session, supervisor, TEN)

    page = see(client, supervisor, "work-register", session.pk)

    assert "Still to be read" not in page
    assert STOP in row(page, one)
    assert "Leaves" in row(page, one)


def test_of_whoever_is_held_and_comes_all_the_same_nothing_is_read_again(
    client, session, one, supervisor
):
    other = session.attendances.get(allocation=None)
    WorkAllocationFactory(
        work=other.work, case=other.case, project=session.project, state="suspended",
        state_because="An order bans the site.",
    )  # fmt: skip
    other.allocation = WorkAllocation.objects.get(case=other.case)
    other.save()
    read_sheet(session, supervisor, TEN)
    before = row(see(client, supervisor, "work-register", session.pk), other)

    arrives(other, supervisor)
    page = see(client, supervisor, "work-register", session.pk)

    assert SUSPENDED in before
    assert STOP in row(page, other)
    assert "Still to be read" not in page


def test_the_page_of_the_session_marks_him_for_the_coordinator(client, session, one, kim):
    record(client, one)

    page = see(client, kim, "work-session", session.pk)

    expected = page.split("Who is expected")[1]
    assert (
        f"{STOP}. Their allocation is suspended."
        in expected.split(one.case.crn)[2].split("</li>")[0]
    )


def test_the_coordinator_is_led_to_the_session_and_his_officer_to_the_case(
    client, session, one, kim
):
    record(client, one)

    (told,) = Notice.objects.filter(user=kim, text__contains="is suspended")
    (officer,) = Notice.objects.filter(user=one.case.officer, text__contains="is suspended")
    assert told.href == reverse("work-session", args=[session.pk])
    assert officer.href == reverse("case-unpaid-work", args=[one.case.crn])
    assert "keeps them out of. They are there now: ring the supervisor now." in told.text
    assert told.text == officer.text


def test_whoever_came_early_stays_on_the_register(client, session, one, supervisor):
    with frozen(clock(8, 50)):
        record(client, one)
        page = see(client, supervisor, "work-register", session.pk)

    assert STOP in row(page, one)


def test_whoever_is_still_to_come_that_day_is_said_to_be_due(client, session, one):
    session.state, session.published_at, session.published_by = (
        "published",
        TEN - timedelta(days=1),
        coordinator(),
    )
    session.save()
    one.came, one.arrived_at = "expected", None
    one.save()

    page = record(client, one)

    assert "They are due there today from 9am. Ring the supervisor on site" in page
