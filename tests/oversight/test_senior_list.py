"""A senior's list of the day: what only they can do, as much as takes its minutes, and where it ends."""

import html
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.services.deadlines import meet_deadline
from cases.services.policy import supervision_policy
from oversight.queries.senior_list import senior_list
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    TeamFactory,
    UserFactory,
    limit,
)
from tests.oversight.test_work import what_it_is_about

pytestmark = pytest.mark.django_db
PAGE = reverse("list-of-the-day")


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def spo(team):
    return UserFactory(role=Role.SPO, team=team)


def owed(case, kind="decide_lowering", days=0, role=Role.SPO):
    about = what_it_is_about(kind, case)
    return DeadlineFactory(
        case=case, kind=kind, owner_role=role, triggered_on=date(2018, 10, 1),
        due_on=localdate() + timedelta(days=days), **about,
    )  # fmt: skip


def a_case(team):
    return CaseFactory(team=team, officer=UserFactory(team=team))


def listed(user):
    today = localdate()
    return senior_list(user, today, supervision_policy(today))


def crns(found):
    return [row.crn for row in found.rows]


def test_countersigning_and_overrides_stand_in_one_list_with_about_how_long_each_takes(team, spo):
    owed(a_case(team), "countersign_review")
    owed(a_case(team), "decide_override")

    found = listed(spo)

    assert {row.what.rsplit(": ", 1)[1] for row in found.rows} == {"8 minutes", "4 minutes"}
    assert found.found.minutes == 12
    assert found.ends == "That is the end of it: 2 things, about 10 minutes. Nothing more waits."


def test_it_is_cut_by_minutes_and_says_what_is_left(team, spo):
    for _ in range(7):
        owed(a_case(team))

    found = listed(spo)

    assert (len(found.rows), found.found.minutes) == (5, 20)  # 4 minutes each
    assert found.found.left == found.found.left_due == 2
    assert "2 more things wait, due or late" in found.ends


def test_it_does_not_fill_up_again_while_it_is_worked_through(client, team, spo):
    cases = [a_case(team) for _ in range(7)]
    for case in cases:
        owed(case)
    for case in cases[:3]:
        meet_deadline(case=case, kind="decide_lowering", by=spo, today=localdate())
    assert (len(listed(spo).rows), listed(spo).did) == (2, 3)
    client.force_login(spo)
    assert "You have done 3 things of today’s already" in client.get(PAGE).content.decode()

    for case in cases[3:5]:
        meet_deadline(case=case, kind="decide_lowering", by=spo, today=localdate())

    found = listed(spo)
    assert found.rows == []
    assert found.ends.startswith("That is today’s list done: 5 things, about 20 minutes. 2 more")


def test_what_was_void_or_another_did_or_was_done_yesterday_takes_nothing_off(team, spo):
    case = a_case(team)
    other = UserFactory(role=Role.SPO, team=team)
    for by, void in ((spo, True), (other, False)):
        owed(case)
        meet_deadline(case=case, kind="decide_lowering", by=by, today=localdate(), void=void)
    owed(case)
    with frozen(now() - timedelta(days=1)):
        meet_deadline(case=case, kind="decide_lowering", by=spo, today=localdate())

    assert listed(spo).did == 0


def test_what_is_late_and_could_hurt_somebody_is_never_left_for_another_day(client, team, spo):
    for _ in range(3):
        owed(a_case(team), "agree_interim_plan", -30)
    late, today = a_case(team), a_case(team)
    owed(late, "close_override", -1)
    owed(today, "close_override")

    found = listed(spo)

    assert late.crn in crns(found)
    assert today.crn not in crns(found)
    assert found.found.beyond == 2  # of 8, 8, 8 and 4 minutes, the third and the fourth
    assert found.beyond.startswith("2 of them go beyond the 20 minutes")
    client.force_login(spo)
    assert found.beyond in html.unescape(client.get(PAGE).content.decode())


def test_what_is_not_due_yet_comes_after_what_is(team, spo):
    later, now = a_case(team), a_case(team)
    owed(later, days=3)
    owed(now, days=0)

    assert crns(listed(spo)) == [now.crn, later.crn]


def test_an_officers_late_work_that_has_climbed_to_the_senior_is_not_in_it(team, spo):
    owed(a_case(team), "first_ten_days", -20, Role.OFFICER)

    assert listed(spo).ends == "Nothing waits that only you can do."


def test_a_case_that_is_kept_from_the_reader_and_one_of_another_team_are_not_in_it(
    client, team, spo
):
    kept = a_case(team)
    owed(kept)
    limit(kept, kept_out=[spo])
    owed(a_case(TeamFactory()))
    client.force_login(spo)

    page = html.unescape(client.get(PAGE).content.decode())

    assert listed(spo).rows == []
    assert "Nothing waits that only you can do." in page


def test_the_page_leads_to_each_and_ends(client, team, spo):
    case = a_case(team)
    owed(case)
    client.force_login(spo)

    page = html.unescape(client.get(PAGE).content.decode())

    assert "<title>Your 20 minutes" in page
    assert case.crn in page
    assert "That is the end of it: 1 thing, about 5 minutes. Nothing more waits." in page
    assert reverse("list-of-the-day") in client.get(reverse("my-work")).content.decode()
    assert case.list_name not in page.partition("</title>")[0]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HUB, Role.COORDINATOR])
def test_whoever_decides_nothing_alone_is_led_to_their_work(client, role):
    client.force_login(UserFactory(role=role, team=TeamFactory()))

    assert client.get(PAGE).headers["location"] == reverse("my-work")


def test_it_takes_as_many_statements_for_forty_things_as_for_two(team, spo):
    taken = []
    for more in (2, 38):
        for _ in range(more):
            owed(a_case(team))
        with CaptureQueriesContext(connection) as found:
            listed(spo)
        taken.append(len(found))

    assert taken[0] == taken[1] <= 10


def test_the_api_tells_the_same(team, spo):
    case = a_case(team)
    owed(case)
    api = APIClient()
    api.force_login(spo)

    told = api.get(reverse("api-list-of-the-day")).data

    assert [one["crn"] for one in told["results"]] == [case.crn]
    assert (told["minutes"], told["left"], told["done_today"]) == (4, 0, 0)
    assert told["ends"] == listed(spo).ends
