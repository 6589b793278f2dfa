"""Hours that no place fills: on the person's own page, in the list, and by week beside the sessions."""

from datetime import time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staff.permissions import Role
from tests.factories import NOW, TODAY, UserFactory, WorkAllocationFactory
from tests.unpaidwork.a_worker import a_project, a_worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coordinator(client):
    user = UserFactory(role=Role.COORDINATOR)
    client.force_login(user)
    return user


def text_of(answer):
    return " ".join(answer.content.decode().split())


def placed(work, project, by, **columns):
    return WorkAllocationFactory(
        **{"work": work, "project": project, "weekday": 1, "from_on": TODAY, "made_by": by}
        | columns
    )


def tab(client, work):
    return text_of(client.get(reverse("case-unpaid-work", args=[work.case.crn])))


def short_ones(client):
    rows = client.get(reverse("work-caseload"), {"look": "short"}).context["rows"]
    return {row.crn for row in rows}


def test_somebody_without_a_place_is_short_of_all_and_the_next_thing_is_named(client, coordinator):
    work = a_worker()

    text = tab(client, work)

    assert "No place fills any of the 100 hours left." in text
    assert f"{reverse('allocate-work', args=[work.case.crn])}?work={work.pk}" in text
    assert short_ones(client) == {work.case.crn}


def test_a_day_a_week_fills_the_hours_and_nothing_is_said(client, coordinator):
    work = a_worker()
    placed(work, a_project(), coordinator)

    assert "fills" not in tab(client, work)
    assert short_ones(client) == set()


def test_half_a_day_a_week_is_said_with_both_numbers(client, coordinator):
    work = a_worker()
    placed(work, a_project(), coordinator, to_at=time(10))

    text = tab(client, work)

    said = "come to 50 hours by 30 September 2019, and 100 hours are left: nothing fills 50 hours."
    assert said in text  # no Tuesday is worked on 25 December and 1 January
    assert "7 hours is the least to be offered." in text
    assert short_ones(client) == {work.case.crn}


@pytest.mark.parametrize("state", ["suspended", "completed", "ended"])
def test_nobody_is_short_whose_work_is_not_to_be_done_now(client, coordinator, state):
    work = a_worker()
    work.state, work.state_because = state, "As decided."
    work.save()

    assert "fills" not in tab(client, work)
    assert short_ones(client) == set()


def test_an_officer_reads_it_without_a_link_to_place_them(client):
    work = a_worker()
    client.force_login(work.case.officer)

    text = tab(client, work)

    assert "No place fills any" in text
    assert reverse("allocate-work", args=[work.case.crn]) not in text


def test_weeks_ahead_show_days_missing_beside_the_room_there_is(client, coordinator):
    one, _ = a_worker(), a_worker()
    project = a_project(most=1)
    placed(one, project, coordinator)

    page = client.get(reverse("work-sessions"))
    rows = page.context["weeks"]

    assert [(row.when, row.people, row.missing, row.free) for row in rows] == [
        (f"Week of {day} October 2018", "1", "1", "0") for day in (8, 15, 22, 29)
    ]
    assert {row.next for row in rows} == {
        "Find 1 day more than there is room for: add days to a project, or take on another."
    }
    project.most = 3
    project.save()
    assert client.get(reverse("work-sessions")).context["weeks"][0].next == (
        "Place them: there is room on projects that run."
    )
    assert "?look=short" in text_of(page)


def test_statements_do_not_grow_with_the_number_of_people(client, coordinator):
    project = a_project(most=60)

    def statements(name, asked):
        with CaptureQueriesContext(connection) as counted:
            assert client.get(reverse(name), asked).status_code == 200
        return len(counted)

    pages = [("work-sessions", {}), ("work-caseload", {"look": "short"})]
    for _ in range(2):
        placed(a_worker(), project, coordinator, to_at=time(10))
    before = [statements(*one) for one in pages]
    for _ in range(3):
        placed(a_worker(), project, coordinator, to_at=time(10))

    assert [statements(*one) for one in pages] == before
