"""Meetings of agencies and what courts ask over the API: the same services as on the pages, and minutes apart."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from staff.permissions import Role
from tests.factories import (
    AgencyMeetingFactory,
    CaseFactory,
    CourtRequestFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MARK = "Whatthepolicesaidofher"


def ask(user, name, *args, method="get", **data):
    client = APIClient()
    client.force_authenticate(user)
    client.force_login(user)
    return getattr(client, method)(reverse(name, args=args), data, format="json")


def test_a_core_group_from_its_invitation_to_its_minutes():
    case = CaseFactory()
    child = RelatedPersonFactory(case=case, kind="child")
    made = ask(
        case.officer, "api-agency-meetings", case.crn, method="post", kind="core_group", about=child.pk,
        held_at=(now() - DAY).isoformat(), where="Slough", invited_on=str(localdate() - 5 * DAY),
        report_by_on=str(localdate() - 2 * DAY),
    )  # fmt: skip
    assert made.status_code == 201
    key = made.json()["id"]

    ask(case.officer, "api-send-meeting-report", case.crn, key, method="post", on=str(localdate()), words="He engages")  # fmt: skip
    said = ask(
        case.officer, "api-say-of-meeting", case.crn, key, method="post", took_part="went", went=case.officer.username,
        came_to="It goes on", actions=[{"what": "Tell the school", "by_whom": "Us", "by_on": str(localdate() + DAY)}],
    )  # fmt: skip
    done = ask(case.officer, "api-minutes", case.crn, key, method="post", on=str(localdate()), text=MARK)  # fmt: skip

    assert [one["what"] for one in said.json()["actions"]] == ["Tell the school"]
    assert done.json()["minutes_came_on"] == str(localdate())
    assert MARK not in done.content.decode()
    assert ask(case.officer, "api-minutes", case.crn, key).json()["text"] == MARK


def test_the_hub_reads_meetings_and_their_list_and_never_minutes():
    meeting = AgencyMeetingFactory(
        took_part="absent", came_to="Nobody could go", answered_at=now(), answered_by=UserFactory(),
        minutes=MARK, held_at=now() - 3 * DAY,
    )  # fmt: skip
    hub, crn = UserFactory(role=Role.HUB), meeting.case.crn

    one = ask(hub, "api-agency-meetings", crn)
    many = ask(hub, "api-agency-meetings-list", show="minutes")

    assert one.json()[0]["came_to"] == "Nobody could go"
    assert [row["id"] for row in many.json()["results"]] == [meeting.pk]
    assert MARK not in one.content.decode() + many.content.decode()
    assert ask(hub, "api-minutes", crn, meeting.pk).status_code == 403


def test_a_refusal_is_said_in_the_words_of_the_page():
    meeting = AgencyMeetingFactory(held_at=now() + DAY)

    answer = ask(
        meeting.case.officer, "api-say-of-meeting", meeting.case.crn, meeting.pk, method="post", took_part="absent",
        came_to="Nobody went", nothing_for_us=True,
    )  # fmt: skip

    assert "Move it if it was held earlier" in answer.content.decode()


def test_a_court_is_answered_from_the_line_and_once():
    case, hub = CaseFactory(), UserFactory(role=Role.HUB)
    CourtRequestFactory(case=case, asked_at=now() - DAY, needed_by=now() + DAY)
    waits = ask(hub, "api-court-requests-waiting").json()["results"]
    key = waits[0]["id"]
    line = ask(hub, "api-answer-court", case.crn, key).json()["line"]
    assert "no order in force" in line

    done = ask(hub, "api-answer-court", case.crn, key, method="post", reply=line, sent_by="email")
    again = ask(hub, "api-answer-court", case.crn, key, method="post", reply=line, sent_by="email")

    assert (done.json()["stands"], done.json()["replied_by"]) == ("replied", hub.username)
    assert "answered already" in again.content.decode()
    assert ask(hub, "api-court-requests-waiting").json()["results"] == []
