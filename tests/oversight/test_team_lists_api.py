"""The lists behind a team's figures by the API: the rows of their pages, page by page, and nothing of what is kept from the reader."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oversight.models import WeeklyFigures
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    InterimPlanFactory,
    TeamFactory,
    UserFactory,
    WorkFactory,
    limit,
)
from tests.oversight.test_team_figures import day, late, moved, referred

pytestmark = pytest.mark.django_db
WEEKLY = reverse("api-weekly-figures")


@pytest.fixture
def team():
    return TeamFactory(name="Abbey")


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team, email="spo@crc.example")
    client.force_login(user)
    return user


def one_of_each(team):
    late(CaseFactory(team=team), "interim_plan")
    InterimPlanFactory(case=CaseFactory(team=team), made_on=day(-9), expires_on=day(-1))
    referred(team, 5)
    WorkFactory(case_of=CaseFactory(team=team), arrived_on=day(-3))
    moved(team, "L0", "M0")


LISTS = [
    ("api-team-owed", "team-owed", {"show": "late", "harm": "a"}),
    ("api-team-interim-plans", "team-interim-plans", {"show": "over"}),
    ("api-team-waits", "team-waits", {"of": "service"}),
    ("api-team-waits", "team-waits", {"of": "place"}),
    ("api-team-grid-moves", "team-grid-change", {"show": "higher"}),
]


@pytest.mark.parametrize(("api", "page", "codes"), LISTS)
def test_a_list_holds_the_rows_of_its_page(client, spo, team, api, page, codes):
    one_of_each(team)
    one_of_each(TeamFactory())

    for whose in (team.code, ""):
        answer = client.get(reverse(api), codes | {"team": whose}).json()
        rows = client.get(reverse(page), codes | {"team": whose or "all"}).context["rows"]
        assert [one["crn"] for one in answer["results"]] == [one.crn for one in rows]
        assert len(rows) == (1 if whose else 2)
    assert client.get(reverse(api), {"team": "nowhere"}).status_code == 404


@pytest.mark.parametrize(("api", "page", "codes"), LISTS)
def test_a_long_list_goes_on_where_it_ended(client, spo, team, api, page, codes, monkeypatch):
    monkeypatch.setattr("oversight.api.team_lists.SIZE", 2)
    for _ in range(5):
        one_of_each(team)

    crns, after = [], ""
    while after is not None:
        answer = client.get(reverse(api), codes | {"after": after}).json()
        crns += [one["crn"] for one in answer["results"]]
        after = answer["next_after"]

    assert len(crns) == len(set(crns)) == 5


@pytest.mark.parametrize(("api", "page", "codes"), LISTS)
def test_what_is_kept_from_the_reader_is_a_crn_beside_the_first_page(
    client, spo, team, api, page, codes
):
    one_of_each(team)
    for case in team.cases.all():
        limit(case, restricted=True)

    answer = client.get(reverse(api), codes | {"team": team.code}).json()
    other = client.get(reverse(api), codes | {"team": TeamFactory().code}).json()

    assert answer["results"] == []
    assert {one["crn"] for one in answer["limited_access"]} == set(
        team.cases.values_list("crn", flat=True)
    )
    assert other["limited_access"] == []


@pytest.mark.parametrize(("api", "page", "codes"), LISTS)
def test_a_list_costs_no_more_for_many_rows_than_for_one(client, spo, team, api, page, codes):
    one_of_each(team)
    for address in (reverse(page), reverse(api)):
        client.get(address, codes)
        with CaptureQueriesContext(connection) as few:
            assert client.get(address, codes).status_code == 200
        for _ in range(3):
            one_of_each(team)
        with CaptureQueriesContext(connection) as many:
            client.get(address, codes)
        assert len(many) == len(few), address


def test_each_wait_says_since_when_and_each_move_from_where(client, spo, team):
    one_of_each(team)

    (service,) = client.get(reverse("api-team-waits")).json()["results"]
    (place,) = client.get(reverse("api-team-waits"), {"of": "place"}).json()["results"]
    (move,) = client.get(reverse("api-team-grid-moves"), {"show": "moves"}).json()["results"]

    assert (service["since"], place["since"]) == (
        (day(0) - timedelta(days=5)).isoformat(),
        day(-3).isoformat(),
    )
    assert (move["then"], move["now"], move["change"]) == ("L0", "M0", "higher")


def test_the_figures_of_the_week_are_asked_for_and_stopped(client, spo):
    assert client.get(WEEKLY).json() == {"wanted": False}

    asked = client.put(WEEKLY, {"wanted": True}, content_type="application/json")

    assert asked.json() == {"wanted": True}
    assert WeeklyFigures.objects.get().user == spo
    assert Entry.objects.filter(action="asked_for_weekly_figures", by=spo).count() == 1
    client.put(WEEKLY, {"wanted": False}, content_type="application/json")
    assert not WeeklyFigures.objects.exists()


def test_whoever_has_no_address_is_told_so(client, team):
    client.force_login(UserFactory(role=Role.SPO, team=team, email=""))

    refused = client.put(WEEKLY, {"wanted": True}, content_type="application/json")

    assert refused.status_code == 422
    assert "no e-mail address" in refused.content.decode()
