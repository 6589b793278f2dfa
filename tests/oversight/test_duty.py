"""Today: who is expected, what must be known at the door, and nobody beyond the reader's reach."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Limit, NonAssociation
from cases.reference.codes import Register
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import contact
from tests.factories import (
    AbsenceFactory,
    CaseFactory,
    InformationFactory,
    ReadingFactory,
    RegistrationFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def officer(team):
    return UserFactory(team=team)


def expected(team, **fields):
    """A case of the team with an appointment today."""
    case = CaseFactory(team=team)
    contact(case, days_ago=0, appointment=True, **fields)
    return case


def today(client, user, **codes):
    client.force_login(user)
    return client.get(reverse("duty-today"), codes)


def shown(page):
    return [row.crn for row in page.context["rows"]]


def test_those_of_the_team_with_an_appointment_today_are_listed(client, team, officer):
    case = expected(team)
    contact(CaseFactory(team=team), days_ago=1, appointment=True)
    contact(CaseFactory(team=team), days_ago=0)
    expected(TeamFactory())

    assert shown(today(client, officer)) == [case.crn]


@pytest.mark.parametrize("role", [Role.SPO, Role.HUB, Role.HEAD])
def test_those_who_reach_every_team_choose_one_or_all(client, team, role):
    user, other = UserFactory(role=role, team=team), TeamFactory()
    mine, theirs = expected(team), expected(other)

    assert shown(today(client, user)) == [mine.crn]
    assert shown(today(client, user, team=other.code)) == [theirs.crn]
    assert set(shown(today(client, user, team="all"))) == {mine.crn, theirs.crn}


def test_whoever_does_not_reach_every_team_is_not_told_that_it_is_every_team(client, team, officer):
    expected(team)

    page = today(client, officer).content.decode()

    assert f"Everybody within your reach, {say_date(localdate())}." in page
    assert "Every team" not in page


def test_each_row_leads_to_the_sheet_and_says_what_is_known(client, team, officer):
    case = expected(team)
    RegistrationFactory(case=case, type_code=Register.RISK_TO_STAFF)
    ReadingFactory(case=case, information=InformationFactory(at=now()))
    AbsenceFactory(
        user=case.officer,
        cover=UserFactory(first_name="B.", last_name="Lane"),
        from_on=localdate(),
        to_on=localdate(),
    )

    (row,) = today(client, officer).context["rows"]

    assert row.href == reverse("case-summary", args=[case.crn])
    assert row.warning == "Risk or warning to staff"
    assert row.recorded == "1 thing recorded today"
    assert "cover: B. Lane" in row.officer


@pytest.mark.parametrize(
    "outcome, words",
    [({"attended": True}, "Attended"), ({"attended": False, "complied": False}, "Missed")],
)
def test_it_says_who_has_come(client, team, officer, outcome, words):
    expected(team, **outcome)

    (row,) = today(client, officer).context["rows"]

    assert row.tag.text == words


def test_two_who_must_not_meet_and_are_both_expected_are_said_first(client, team, officer):
    one, other = expected(team), expected(team)
    NonAssociation.objects.create(one=one, other=other, why="Attacked", from_on=localdate())

    page = today(client, officer).content.decode()

    assert f"({one.crn}) and {other.name} ({other.crn}) must be kept apart" in page


def test_a_kept_case_is_its_masked_row_with_its_safety_instruction(client, team, officer):
    case = expected(team)
    Limit.objects.create(
        case=case, restricted=True, message="Kept.", ask="Pat Lane", safety="Two staff."
    )

    page = today(client, officer)

    assert shown(page) == []
    assert "Two staff. Kept. Ask Pat Lane." in page.content.decode()
    assert case.surname not in page.content.decode()


def test_the_list_is_paged_by_key(client, team, officer):
    for _ in range(51):
        expected(team)

    first = today(client, officer)
    rest = client.get(first.context["next"])

    assert len(first.context["rows"]) == 50
    assert len(rest.context["rows"]) == 1


def test_it_costs_the_same_however_many_are_expected(client, team, officer):
    client.force_login(officer)
    counts = []
    for more in (5, 55):
        for _ in range(more):
            case = expected(team)
            ReadingFactory(case=case, information=InformationFactory(at=now()))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("duty-today"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_nobody_expected_says_what_would_be_there(client, officer):
    assert "Nobody has one" in today(client, officer).content.decode()
