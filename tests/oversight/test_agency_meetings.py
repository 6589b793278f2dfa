"""Meetings of agencies across cases: what is to come, due, unanswered and missing; masked rows; never what was decided."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.factories import (
    AgencyMeetingFactory,
    CaseFactory,
    PlanActionFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
HERE = "agency-meetings-list"
DAY = timedelta(days=1)


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def listed(client, user, name=HERE, **codes):
    client.force_login(user)
    return client.get(reverse(name), {"team": "all", **codes})


def crns(answer):
    return [row.crn for row in answer.context["rows"]]


def held(**given):
    case = given.pop("case", None) or CaseFactory()
    known = {
        "took_part": "went", "went": case.officer, "came_to": "Decidedword", "answered_at": now(),
        "answered_by": case.officer, "held_at": now() - 5 * DAY,
    }  # fmt: skip
    return AgencyMeetingFactory(case=case, **known | given)


def test_each_list_has_what_it_says_and_the_first_at_the_top(client, hub):
    later = AgencyMeetingFactory(held_at=now() + timedelta(hours=3), report_by_on=localdate())
    sooner = AgencyMeetingFactory(held_at=now() + timedelta(hours=2), report_by_on=localdate() - 3 * DAY)  # fmt: skip
    over = AgencyMeetingFactory(held_at=now() - 9 * DAY)
    unminuted = held()
    held(minutes="x", minutes_came_on=localdate())
    AgencyMeetingFactory(held_at=now() + 40 * DAY)
    AgencyMeetingFactory(called_off_on=localdate(), called_off_because="Not needed")

    assert crns(listed(client, hub)) == [sooner.case.crn, later.case.crn]
    reports = listed(client, hub, show="reports")
    assert crns(reports) == [sooner.case.crn, later.case.crn]
    assert "late" in reports.context["rows"][0].late
    unanswered = listed(client, hub, show="unanswered")
    assert crns(unanswered) == [over.case.crn]
    assert unanswered.context["rows"][0].next.text == "Say how we took part"
    assert crns(listed(client, hub, show="minutes")) == [unminuted.case.crn]
    assert crns(listed(client, hub, show="minutes", kind="marac")) == []


def test_an_officer_is_shown_what_is_next_and_by_team_the_hub_sees_how_many(client, hub):
    one = held()
    PlanActionFactory(case=one.case, meeting=one)

    row = listed(client, one.case.officer, show="minutes").context["rows"][0]
    assert row.stands == f"{one.case.officer.name} was there; 1 thing still for us to do"
    lines = listed(client, hub).context["teams"]
    assert [link.count for _, link in lines[0].counts] == [0, 0, 0, 1]


def test_neither_list_nor_file_has_what_was_decided_or_the_minutes(client):
    senior = UserFactory(role=Role.SPO)
    held(case=CaseFactory(team=senior.team), minutes="Minutesword", minutes_came_on=None, where="Slough")  # fmt: skip

    page = words(listed(client, senior, show="minutes"))
    file = b"".join(listed(client, senior, "agency-meetings-csv", show="minutes").streaming_content)

    assert "Slough" in page
    assert "Core group" in file.decode()
    for word in ("Decidedword", "Minutesword"):
        assert word not in page
        assert word not in file.decode()


def test_limited_access_shows_a_masked_row(client, hub):
    meeting = held()
    limit(meeting.case, restricted=True)

    page = words(listed(client, hub, show="minutes"))

    assert meeting.case.surname not in page
    assert meeting.case.crn in page


def test_many_rows_ask_no_more_questions_than_few(client, hub):
    def asked(show):
        with CaptureQueriesContext(connection) as queries:
            listed(client, hub, show=show)
        return len(queries)

    def some(number):
        for _ in range(number):
            held()
            AgencyMeetingFactory(held_at=now() - DAY, report_by_on=localdate() - 2 * DAY)

    some(5)
    shows = ("reports", "unanswered", "minutes")
    few = [[asked(show) for show in shows] for _ in range(2)][
        1
    ]  # what is asked once a process is not counted
    some(55)

    assert [asked(show) for show in shows] == few
