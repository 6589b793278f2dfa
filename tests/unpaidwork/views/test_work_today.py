"""The top of a coordinator's My work: what of unpaid work waits today, each number with the list behind it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Limit
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import TODAY, UserFactory, WorkSessionFactory
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_session import AFTER, a_session, join, supervisor_of
from unpaidwork.models import Attendance
from unpaidwork.queries.work_today import links_of, work_today
from unpaidwork.services.incidents import report_incident

pytestmark = pytest.mark.django_db
PAGE, TOMORROW, YESTERDAY = reverse("my-work"), TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def shortly_after_four():
    with frozen(AFTER):
        yield


@pytest.fixture
def reader(client):
    user = coordinator()
    client.force_login(user)
    return user


def report(session, about=None, kind="near_miss"):
    return report_incident(
        session=session, kind=kind, words=f"A plank fell: {kind}.", harm=False, about=about,
        by=supervisor_of(session), now=AFTER,
    )  # fmt: skip


def said(user):
    return [one.text for one in links_of(work_today(user, TODAY))]


def test_a_coordinator_is_told_at_the_top_what_waits_today_and_is_led_to_each(client, reader):
    WorkSessionFactory(on=TODAY)
    for on in (TOMORROW, TOMORROW, TODAY + timedelta(days=2)):
        WorkSessionFactory(on=on)
    session = a_session(on=YESTERDAY)
    Attendance.objects.update(travel="waiting")
    report(session)

    page = client.get(PAGE).content.decode()
    lines = said(reader)

    assert lines == [
        "1 day sheet to publish for today",
        "2 day sheets to publish for tomorrow",
        "1 register to close",
        "1 report from sites to answer",
        "1 day of travel to decide, the oldest of 30 September 2018",
    ]
    assert all(f">{words}</a>" in page for words in lines)
    assert page.index("Unpaid work today") < page.index("Today and late")
    assert all(
        client.get(one.href).status_code == 200 for one in links_of(work_today(reader, TODAY))
    )


def test_a_report_in_which_somebody_was_hurt_comes_first(reader):
    session = a_session()
    WorkSessionFactory(on=TODAY)
    report(session)
    report(session, kind="injury")

    first = said(reader)[0]

    assert first == "2 reports from sites to answer, 1 where somebody was hurt or could be"


def test_the_list_behind_tomorrow_holds_the_sheets_of_tomorrow_alone(client, reader):
    WorkSessionFactory(on=TODAY, project__name="The old bank")
    WorkSessionFactory(on=TOMORROW, project__name="The new wood")

    link = next(one for one in links_of(work_today(reader, TODAY)) if "tomorrow" in one.text)
    rows = client.get(link.href).context["rows"]

    assert [one.project for one in rows] == ["The new wood"]


def test_nothing_that_waits_is_said_in_words(client, reader):
    page = client.get(PAGE).content.decode()

    assert "No sheet is to be published for today or tomorrow" in page


@pytest.mark.parametrize("role", sorted({Role.OFFICER, Role.SPO, Role.HEAD, Role.HUB}))
def test_whoever_does_not_run_unpaid_work_is_told_nothing_of_it(client, role):
    client.force_login(UserFactory(role=role))
    WorkSessionFactory(on=TODAY)

    page = client.get(PAGE).content.decode()

    assert "Unpaid work today" not in page


def test_what_is_of_a_case_that_is_kept_from_the_reader_is_not_counted(reader):
    session = a_session()
    one = Attendance.objects.get()
    Attendance.objects.update(travel="waiting")
    report(session, about=one)
    before = work_today(reader, TODAY)
    Limit.objects.create(case=one.case, restricted=True, message="Restricted.", ask="Pat Lane")

    after = work_today(reader, TODAY)

    assert (before.reports, before.travel) == (1, 1)
    assert (after.reports, after.hurt, after.travel, after.since) == (0, 0, 0, None)


def test_the_api_has_the_same_numbers(reader):
    WorkSessionFactory(on=TODAY)
    client = APIClient()
    client.force_login(reader)

    answer = client.get(reverse("api-unpaid-work-today")).json()

    assert answer == {
        "publish_today": 1, "publish_tomorrow": 0, "registers": 0, "reports": 0, "hurt": 0, "travel": 0, "since": None,
    }  # fmt: skip


def test_it_takes_four_statements_however_much_there_is(reader):
    counts = []
    for number in (1, 20):
        for _ in range(number):
            WorkSessionFactory(on=TODAY)
            session = a_session(on=YESTERDAY)
            report(session, about=join(session))
        Attendance.objects.update(travel="waiting")
        with CaptureQueriesContext(
            connection,
        ) as made:
            work_today(reader, TODAY)
        counts.append(len(made))

    assert counts == [4, 4]
