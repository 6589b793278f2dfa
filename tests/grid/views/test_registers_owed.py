"""A register that is not sent, on My work: of whoever led the session at once, of a senior after the working day that follows."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grid.models import SeriesSession
from grid.queries.registers_owed import MOST, registers_owed
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import CaseFactory, TeamFactory, UserFactory, limit
from tests.grid.a_group_session import (
    AFTER,
    EIGHT,
    NEXT_DAY,
    SIX,
    TUESDAY,
    a_series,
    a_session,
    at,
    join,
    lead,
    leader,
)
from tests.staff.markup import Page

pytestmark = pytest.mark.django_db
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def the_day_after():
    with frozen(NEXT_DAY):
        yield


@pytest.fixture
def officer():
    return leader("Olu Grant", role=Role.OFFICER)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def senior(team):
    return leader("Sam Dean", role=Role.SPO, team=team)


def of_team(team, **known):
    """A session with one person of this team on it, led by a facilitator."""
    session = a_session(people=0, **known)
    join(session, CaseFactory(team=team))
    return session


def owed(user, now=NEXT_DAY):
    return [row.next.href for row in registers_owed(user, now)]


def register(session):
    return reverse("group-register", args=[session.pk])


def test_it_stands_from_the_end_of_the_session_with_its_register_as_the_next_thing(officer):
    session = a_session(by=officer)
    lead(session, leader("Kim Dale"))

    assert owed(officer, EIGHT - A_MINUTE) == []
    (that_evening,) = registers_owed(officer, EIGHT)
    (day_after,) = registers_owed(officer, NEXT_DAY)

    assert (that_evening.person, that_evening.due) == ("Making Amends, session 1 of 1", "2 October 2018")  # fmt: skip
    assert (that_evening.late, day_after.late) == ("", "1 working day late")
    assert that_evening.by == "Kim Dale and Olu Grant"
    assert that_evening.next.text == "Open the register"
    assert that_evening.next.href == register(session)


def sent(session, user):
    SeriesSession.objects.filter(pk=session.pk).update(sent_at=session.ends_at, sent_by=user)


def called_off(session, user):
    SeriesSession.objects.filter(pk=session.pk).update(state="called_off", state_because="No room")


def covered(session, user):
    session.led_by.update(stands=False)


@pytest.mark.parametrize("over", [sent, called_off, covered])
def test_it_is_gone_once_it_is_sent_called_off_or_led_by_somebody_else(officer, over):
    session = a_session(by=officer)
    over(session, officer)

    assert owed(officer) == []


def test_who_leads_nothing_and_is_no_senior_owes_none(team):
    session = of_team(team)

    for role in (Role.OFFICER, Role.HUB, Role.COORDINATOR, Role.RESETTLEMENT, Role.HEAD):
        assert owed(UserFactory(role=role, team=team), NEXT_DAY + 5 * A_DAY) == []
    assert session.sent_at is None


def test_a_leader_has_it_for_as_long_as_they_reach_those_on_it(officer):
    session = a_session(by=officer)

    assert owed(officer, NEXT_DAY + 27 * A_DAY) == [register(session)]
    assert owed(officer, NEXT_DAY + 28 * A_DAY) == []


@pytest.mark.parametrize(
    ("of", "first_seen"),
    [
        (TUESDAY, date(2018, 10, 4)),
        (date(2018, 10, 5), date(2018, 10, 9)),  # a Friday: the Monday passes first
        (date(2018, 10, 6), date(2018, 10, 9)),  # a Saturday: the same Monday
        (date(2018, 12, 24), date(2018, 12, 28)),  # the Thursday is the first working day
    ],
)
def test_a_senior_has_it_once_the_working_day_after_has_passed(senior, team, of, first_seen):
    session = of_team(team, starts_at=at(18, on=of))

    seen = [day for day in days_from(of, 10) if owed(senior, at(9, on=day))]

    assert seen == [day for day in days_from(of, 10) if day >= first_seen]
    (row,) = registers_owed(senior, at(9, on=first_seen))
    assert (row.what, row.by) == ("See that the register is sent", "Fran Field")
    assert row.next.href == register(session)
    assert owed(senior, at(9, on=of + 100 * A_DAY)) == [register(session)]


def days_from(day, number):
    return [day + n * A_DAY for n in range(1, number + 1)]


def test_a_senior_has_nothing_of_another_team_nor_of_whom_is_kept_from_them(senior, team):
    of_team(TeamFactory())
    kept = of_team(team, starts_at=SIX + 3 * timedelta(hours=1))
    limit(kept.attendances.get().case, kept_out=[senior])

    assert owed(senior, NEXT_DAY + 5 * A_DAY) == []


def test_a_senior_who_leads_has_it_at_once_and_once(senior, team):
    session = of_team(team, by=senior)

    assert owed(senior, EIGHT) == [register(session)]
    (row,) = registers_owed(senior, NEXT_DAY + 5 * A_DAY)
    assert row.what == "Keep the register and send it"


def many(number, *, by, team):
    series = a_series()
    for n in range(number):
        before = SIX - (number - n) * A_DAY
        of_team(team, series=series, number=n + 1, starts_at=before, by=by)


@pytest.mark.parametrize("number", [1, 5, 60])
def test_it_takes_two_statements_however_many_there_are(senior, team, number):
    many(number, by=leader(), team=team)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        rows = registers_owed(senior, NEXT_DAY + 5 * A_DAY)

    assert len(asked) == 2
    assert len(rows) == min(number, MOST + 1)


def test_the_oldest_come_first_and_the_rest_are_in_my_groups(officer, team):
    many(MOST + 1, by=officer, team=team)

    rows = registers_owed(officer, SIX + A_DAY)

    days = [date(2018, 9, 11) + n * A_DAY for n in range(MOST)]
    assert [row.due for row in rows] == [*(f"{day.day} {day:%B %Y}" for day in days), ""]
    assert rows[-1].next.href == reverse("my-groups")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO])
def test_my_work_shows_it_and_says_that_nothing_else_is_owed(client, role, team):
    user = leader("Olu Grant", role=role, team=team)
    session = a_session(by=user)
    client.force_login(user)

    page = Page(client.get(reverse("my-work")).content.decode())

    (link,) = page.all("a", href=register(session))
    assert "Open the register" in link.text
    assert "Registers of groups that are not sent" in page.text
    assert "Nothing else is owed." in page.text
    assert client.get(link["href"]).status_code == 200


def test_without_any_my_work_says_nothing_of_registers(client, officer):
    client.force_login(officer)

    with frozen(AFTER):
        page = client.get(reverse("my-work")).content.decode()

    assert "Registers of groups" not in page
    assert "Nothing is owed." in page
