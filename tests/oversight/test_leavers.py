"""Somebody whose last day has passed stands on lists of officers while they hold or owe something, marked, and then no more."""

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from cases.models import Case, Departure
from cases.reference.holding import LeftAs
from oversight.queries.waiting import waiting_of
from oversight.services.supervision import call_off_supervision, withdraw_agreed_action
from staff.kit import on
from tests.factories import (
    AgreedActionFactory,
    CaseFactory,
    DepartureFactory,
    SeniorActionFactory,
    SupervisionFactory,
)
from tests.oversight.an_officer import a_case, an_officer, training

pytestmark = pytest.mark.django_db
LISTS = ["workload", "supervisions", "team-training"]
APIS = {"api-workload": "username", "api-team-training": "name", "api-supervised": "name"}


def day(days):
    return localdate() + timedelta(days=days)


@pytest.fixture
def leaver(team):
    """Gone since yesterday, with their account still open."""
    found = an_officer(team, last_name="Gone-Before")
    DepartureFactory(user=found, last_on=day(-1))
    return found


def see(client, user, name, *args, **asked):
    client.force_login(user)
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def names(client, user, name):
    client.force_login(user)
    return [row.name for row in client.get(reverse(name)).context["rows"]]


@pytest.mark.parametrize("page", LISTS)
def test_somebody_who_has_left_and_holds_nothing_stands_on_no_list(
    client, team, senior, leaver, page
):
    here = an_officer(team)

    assert names(client, senior, page) == [here.name]


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("last", [0, 30])
def test_on_their_last_day_and_before_they_are_listed_as_anybody_is(
    client, team, senior, page, last
):
    leaving = an_officer(team)
    DepartureFactory(user=leaving, last_on=day(last))

    assert names(client, senior, page) == [leaving.name]
    assert "Has left" not in see(client, senior, page)


@pytest.mark.parametrize("page", LISTS)
def test_a_leaving_that_was_called_off_takes_nobody_off(client, senior, leaver, page):
    Departure.objects.update(cancelled_on=day(-2))

    assert names(client, senior, page) == [leaver.name]


@pytest.mark.parametrize("page", ["workload", "team-training"])
def test_with_a_case_in_their_hands_they_stand_there_marked(client, senior, leaver, page):
    a_case(leaver)

    words = see(client, senior, page)

    assert leaver.name in words
    assert "Has left" in words
    assert f"Left on {on(day(-1))}." in words


def test_workload_says_how_many_cases_wait_and_nothing_of_what_to_record(client, senior, leaver):
    a_case(leaver)

    words = see(client, senior, "workload")

    assert "1 case waits for another officer." in words
    assert "Hours by contract are not recorded" not in words


def test_a_case_that_has_left_us_too_keeps_nobody_on_the_list(client, senior, leaver):
    CaseFactory(officer=leaver, left_as=LeftAs.ELSEWHERE)

    assert names(client, senior, "workload") == []


def test_nothing_is_arranged_for_somebody_who_has_left(client, team, senior, leaver):
    a_case(leaver)
    training(leaver, expires_on=day(3))
    client.force_login(senior)

    (row,) = client.get(reverse("team-training")).context["rows"]

    assert (row.to_arrange, row.action) == ((), None)
    assert names(client, senior, "team-training") == [leaver.name]
    assert client.get(reverse("team-training"), {"show": "arrange"}).context["rows"] == []
    assert waiting_of(senior, localdate()) == []


def test_training_that_runs_out_of_whoever_is_here_still_waits_for_the_senior(team, senior):
    training(an_officer(team), expires_on=day(3))

    assert [one.text for one in waiting_of(senior, localdate())] == [
        "1 officer whose training runs out"
    ]


@pytest.mark.parametrize("state", ["planned", "held"])
def test_a_supervision_left_unfinished_keeps_them_listed_until_it_is_called_off(
    client, senior, leaver, state
):
    given = {"held_on": day(-3)} if state == "held" else {}
    session = SupervisionFactory(officer=leaver, senior=senior, state=state, **given)
    client.force_login(senior)

    (row,) = client.get(reverse("supervisions")).context["rows"]
    call_off_supervision(supervision=session, because="They have left us.", by=senior, today=day(0))

    assert (row.tag.text, row.words) == ("Has left", f"Left on {on(day(-1))}.")
    assert row.action.href == reverse("supervision", args=[session.pk])
    assert names(client, senior, "supervisions") == []


def test_something_agreed_and_undone_keeps_them_listed_and_no_supervision_is_planned(
    client, senior, leaver
):
    held = SupervisionFactory(officer=leaver, senior=senior, signed=True)
    agreed = AgreedActionFactory(supervision=held, due_on=day(-2))
    client.force_login(senior)

    (row,) = client.get(reverse("supervisions")).context["rows"]
    page = see(client, senior, "officer-supervision", leaver.pk)
    withdraw_agreed_action(agreed=agreed, because="They have left us.", by=senior, today=day(0))

    assert (row.open, row.late, row.action) == (1, 1, None)
    assert reverse("plan-supervision", args=[leaver.pk]) not in page
    assert names(client, senior, "supervisions") == []


def test_what_was_agreed_on_a_case_is_owed_by_whoever_holds_the_case_now(
    client, team, senior, leaver
):
    held = SupervisionFactory(officer=leaver, senior=senior, signed=True)
    case = CaseFactory(officer=leaver, team=team)
    on_case = SeniorActionFactory(case=case, asked_by=senior)
    AgreedActionFactory(supervision=held, on_case=on_case, what="", why="", due_on=None)
    assert names(client, senior, "supervisions") == [leaver.name]

    Case.objects.filter(pk=case.pk).update(officer=None, officer_since=None)

    assert names(client, senior, "supervisions") == []


@pytest.mark.parametrize(("name", "called"), APIS.items())
def test_the_api_lists_the_same_people(team, senior, leaver, name, called):
    here = an_officer(team)
    api = APIClient()
    api.force_authenticate(senior)

    told = api.get(reverse(name)).content.decode()

    assert getattr(here, called) in told
    assert getattr(leaver, called) not in told


def test_the_api_says_who_has_left(senior, leaver):
    a_case(leaver)
    api = APIClient()
    api.force_authenticate(senior)

    (told,) = api.get(reverse("api-team-training")).json()
    (load,) = api.get(reverse("api-workload")).json()["results"]

    assert told["left"] == f"Left on {on(day(-1))}."
    assert load["last_on"] == day(-1).isoformat()


@pytest.mark.parametrize("page", LISTS)
def test_many_who_have_left_cost_no_more_statements(client, team, senior, page):
    def another():
        one = an_officer(team)
        DepartureFactory(user=one, last_on=day(-1))
        a_case(one)
        SupervisionFactory(officer=one, senior=senior, state="planned")

    client.force_login(senior)
    costs = []
    for more in (1, 6):
        for _ in range(more):
            another()
        client.get(reverse(page))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(page))
        costs.append(len(asked))

    assert costs[0] == costs[1]
    assert Case.objects.filter(officer__departures__isnull=False).count() == 7
