"""Rehabilitation activity across cases: what has stalled is found, and nothing else."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from staff.permissions import Role
from tests.cases.views.test_rar import booked, credited, ordered
from tests.factories import (
    CaseFactory,
    RarActivityFactory,
    RarEnoughFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("rar"), reverse("rar-csv")


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def spo(client, team):
    user = UserFactory(role=Role.SPO, team=team)
    client.force_login(user)
    return user


def requirement(team, **columns):
    return ordered(CaseFactory(team=team, arrived_on=None), **columns)


def crns(answer):
    return [row.crn for row in answer.context["rows"]]


def crn(of):
    return of.sentence.case.crn


def test_what_has_stalled_is_listed_the_longest_first_and_the_next_thing_is_to_book(
    client, spo, team
):
    recent, long_ago = requirement(team), requirement(team)
    credited(recent, 30)
    credited(long_ago, 60)
    going = requirement(team)
    booked(RarActivityFactory(requirement=going), 5)

    page = client.get(PAGE)

    assert crns(page) == [crn(long_ago), crn(recent)]
    row = page.context["rows"][0]
    assert row.words.startswith("Stalled: no day credited or booked since")
    assert row.next.text == "Book a day"


def test_each_filter_lists_what_it_says(client, spo, team):
    stalled = requirement(team)
    planned = requirement(team)
    RarActivityFactory(requirement=planned)
    over = requirement(team, days=1)
    credited(over, 2)
    credited(over, 3)
    enough = requirement(team)
    RarEnoughFactory(requirement=enough)
    requirement(team, terminated_on=localdate())
    requirement(TeamFactory())

    found = {
        code: set(crns(client.get(PAGE, {"code": code})))
        for code in ("stalled", "unplanned", "unbooked", "over", "running")
    }

    assert found == {
        "stalled": {crn(stalled), crn(planned)},
        "unplanned": {crn(stalled)},
        "unbooked": {crn(stalled), crn(planned)},
        "over": {crn(over)},
        "running": {crn(one) for one in (stalled, planned, over, enough)},
    }


def test_an_officer_begins_with_their_own_and_the_provider_may_be_narrowed_to_a_team(
    client, spo, team
):
    other = requirement(TeamFactory())
    own = requirement(team)

    assert set(crns(client.get(PAGE, {"whose": "all"}))) == {crn(own), crn(other)}
    assert crns(client.get(PAGE, {"whose": "all", "team": team.code})) == [crn(own)]
    client.force_login(own.sentence.case.officer)
    assert crns(client.get(PAGE)) == [crn(own)]


def test_nothing_stalled_is_said(client, spo):
    assert "would be listed here" in client.get(PAGE).content.decode()


def test_limited_access_leaves_nothing_but_the_masked_row(client, spo, team):
    kept = requirement(team)
    limit(kept.sentence.case, kept_out=[spo])

    page = client.get(PAGE)

    assert crns(page) == []
    assert kept.sentence.case.surname not in page.content.decode()
    assert "This case is limited." in page.content.decode()


def test_the_file_holds_numbers_and_days(client, spo, team):
    one = requirement(team)
    credited(one, 40)

    answer = client.get(FILE)
    (row,) = csv.DictReader(b"".join(answer.streaming_content).decode().splitlines())

    assert (row["CRN"], row["Ordered"], row["Credited"], row["Left"]) == (crn(one), "10", "1", "9")
    assert row["Stalled since"] == (localdate() - timedelta(days=40)).isoformat()


def test_a_long_list_goes_on_the_next_page(client, spo, team):
    for _ in range(52):
        requirement(team)

    first = client.get(PAGE)
    second = client.get(first.context["next"])

    assert (len(crns(first)), len(crns(second))) == (50, 2)
    assert not set(crns(first)) & set(crns(second))


def test_it_takes_as_many_statements_for_sixty_as_for_five(client, spo, team):
    counts = []
    for rows in (5, 45):
        for _ in range(rows):
            credited(requirement(team), 40)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[1]
