"""Where whoever leads groups starts their day: today's sessions, registers not sent, the week to come."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grid.models import SeriesSession
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory
from tests.grid.a_group_session import (
    EIGHT,
    MORNING,
    SIX,
    a_series,
    a_session,
    everybody,
    lead,
    leader,
)
from tests.staff.markup import Page

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def in_the_morning():
    with frozen(MORNING):
        yield


@pytest.fixture
def user():
    return leader()


def see(client, user):
    client.force_login(user)
    return client.get(reverse("my-groups"))


def parts(response):
    """{heading: the text of what stands under it}"""
    page = Page(response.content.decode())
    return {
        page.all("h2", id=one["aria-labelledby"])[0].text: " ".join(one.text.split())
        for one in page.all("section")
        if one["aria-labelledby"]
    }


def sent(session):
    SeriesSession.objects.filter(pk=session.pk).update(
        sent_at=session.ends_at, sent_by=session.series.planned_by
    )


def test_today_stands_first_with_time_room_people_and_one_way_to_the_register(client, user):
    session = a_session(people=3, by=user)
    lead(session, leader("Kim Dale"))

    answer = see(client, user)

    today = parts(answer)["Today"]
    assert "Tuesday 2 October 2018, 6pm to 8pm" in today
    assert "Making Amends. Session 1 of 1" in today
    assert f"Room 1, {session.series.place.name}" in today
    assert "Fran Field and Kim Dale" in today
    assert "3 people expected" in today
    links = Page(answer.content.decode()).all(
        "a", href=reverse("group-register", args=[session.pk])
    )
    assert [one["role"] for one in links] == ["button"]


def test_what_was_not_sent_is_red_after_its_day_and_the_oldest_comes_first(client, user):
    series = a_series()
    later = a_session(series=series, by=user, number=2, starts_at=SIX - A_WEEK)
    earlier = a_session(series=series, by=user, number=1, starts_at=SIX - 2 * A_WEEK)
    done = a_session(series=series, by=user, number=3, starts_at=SIX - timedelta(days=5))
    sent(done)

    not_sent = parts(see(client, user))["Registers not sent"]

    assert not_sent.count("Overdue") == 2
    assert not_sent.index("18 September") < not_sent.index("25 September")
    assert "Session 3" not in not_sent
    assert not_sent.count("was not sent by the end of its day") == 2
    assert earlier.pk != later.pk


def test_the_register_of_today_is_owed_once_the_session_is_over_and_red_the_day_after(client, user):
    a_session(by=user)
    with frozen(SIX):
        begun = parts(see(client, user))["Today"]
    with frozen(EIGHT):
        over = parts(see(client, user))["Today"]
    with frozen(EIGHT + timedelta(hours=4)):
        day_after = parts(see(client, user))

    assert "Still to do" not in begun
    assert "Still to do" in over
    assert "Overdue" not in over
    assert "Overdue" in day_after["Registers not sent"]
    assert "would be here" in day_after["Today"]


def test_the_next_seven_days_are_shown_and_no_more(client, user):
    series = a_series()
    for number, days in enumerate((1, 7, 8), 1):
        a_session(series=series, by=user, number=number, starts_at=SIX + timedelta(days=days))

    to_come = parts(see(client, user))["The next 7 days"]

    assert "3 October" in to_come
    assert "9 October" in to_come
    assert "10 October" not in to_come


def test_a_session_that_was_called_off_today_says_so(client, user):
    session = a_session(by=user)
    SeriesSession.objects.update(state="called_off", state_because="The heating failed")
    session.led_by.update(stands=False)

    today = parts(see(client, user))["Today"]

    assert "Called off" in today
    assert "nobody’s failure. The heating failed" in today


def test_whoever_is_stood_in_for_is_not_shown_it_and_whoever_stands_in_is(client, user):
    session = a_session(by=user)
    session.led_by.update(stands=False, because="On leave")
    other = lead(session, leader("Kim Dale"))

    assert "Making Amends" not in parts(see(client, user))["Today"]
    assert "Making Amends" in parts(see(client, other))["Today"]


def test_nothing_to_do_is_said(client, user):
    found = parts(see(client, user))

    assert all("would be here" in text for text in found.values())
    assert "Nothing is owed." in found["Registers not sent"]


def test_a_senior_sees_what_others_have_not_sent_of_their_team_and_of_no_other(client, user):
    theirs = a_session(by=user, starts_at=SIX - A_WEEK)
    a_session(by=user, starts_at=SIX - 2 * A_WEEK)
    senior = UserFactory(role=Role.SPO, team=everybody(theirs)[0].case.team)

    found = parts(see(client, senior))["Not sent by others, with people of your team"]

    assert "25 September" in found
    assert "18 September" not in found
    assert "Not sent by others, with people of your team" not in parts(see(client, user))


def test_more_than_a_hundred_are_cut_and_that_is_said(client, user):
    series = a_series()
    for number in range(1, 103):
        a_session(
            people=0,
            series=series,
            by=user,
            number=number,
            starts_at=SIX - number * timedelta(days=1),
        )

    answer = see(client, user)

    assert parts(answer)["Registers not sent"].count("Overdue") == 100
    assert "The oldest are shown. There are more." in answer.content.decode()


def test_sixty_sessions_take_as_many_statements_as_five(client):
    def statements(number):
        user, series = leader(), a_series()
        for each in range(number):
            a_session(
                series=series, by=user, number=each + 1, people=0,
                starts_at=SIX - (each - number // 2) * timedelta(hours=6),
            )  # fmt: skip
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("my-groups"))
        return len(queries)

    statements(2)
    assert statements(5) == statements(60)
