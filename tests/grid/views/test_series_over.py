"""Series that are over or were called off: a list of their own, the newest first, on the page and over the API."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grid.reference.groups import PlaceState, SeriesState, SessionState
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import CaseFactory, UserFactory
from tests.grid.planned_series import (
    FIRST,
    HEAL,
    NOW,
    TUESDAYS,
    at,
    facilitator,
    member,
    oxford,
    planned,
    room_at,
    sessions_of,
)
from tests.grid.test_series_api import api
from tests.grid.views.test_series import LONG, rows_of, shown, words
from tests.staff.markup import Page, sound

pytestmark = pytest.mark.django_db
STATEMENTS = 13  # the session, the user and what waits for them, the trail, and the list
ILL = "The facilitator is ill"


@pytest.fixture(autouse=True)
def the_day():
    with frozen(NOW):
        yield


@pytest.fixture
def runner(client):
    user = UserFactory(role=Role.FACILITATOR)
    client.force_login(user)
    return user


def call_off(series, sessions):
    """What `call_off_series` leaves of it: these sessions are to come."""
    series.state, series.state_because = SeriesState.CALLED_OFF, ILL
    series.save()
    keys = [one.pk for one in sessions]
    series.sessions.filter(pk__in=keys).update(state=SessionState.CALLED_OFF, state_because=ILL)


def send_all(series, by):
    series.sessions.update(sent_at=NOW, sent_by=by)


def called_off(room, leader, first_on=FIRST, **known):
    series = planned(
        first_on=first_on, room=room, place=room.place, leaders=[leader], **known
    )  # fmt: skip
    call_off(series, sessions_of(series))
    return series


def links_of(page):
    return [one["href"] for one in page.all("a") if "th" in one.inside]


def address_of(series):
    return reverse("series", args=[series.pk])


def test_they_are_listed_by_themselves_the_newest_first(client, runner):
    place, fran, gil = oxford(), facilitator(), facilitator("Gil Hart")
    over = planned(place=place, leaders=[fran])
    member(over, CaseFactory(), PlaceState.FINISHED, closed_at=NOW)
    send_all(over, fran)
    later = called_off(room_at(place, "Room 2"), gil, FIRST + timedelta(weeks=7))
    running = planned(
        place=place, room=room_at(place, "Room 3"), first_on=FIRST + timedelta(weeks=8), leaders=[fran]
    )  # fmt: skip

    with frozen(at(TUESDAYS[-1], 21)):
        client.force_login(runner)
        page, to_come = shown(client, "groups", over="yes"), shown(client, "groups")

    assert links_of(page) == [address_of(later), address_of(over)]
    assert links_of(to_come) == [address_of(running)]
    first, second = rows_of(page)
    assert "Called off before it began" in first
    for said in ("Over since 6 November 2018", "Tuesdays, 6pm to 8pm", "1 of 8 finished it", "Fran Field", "Oxford office"):  # fmt: skip
        assert said in second
    assert "2 series" in words(page)
    assert [len(page.all("select", name=name)) for name in ("over", "when", "left")] == [1, 0, 0]


def test_one_called_off_on_its_way_says_after_how_many_sessions(client, runner):
    series = planned()
    call_off(series, sessions_of(series)[2:])

    (row,) = rows_of(shown(client, "groups", over="yes"))

    assert "Called off after 2 sessions, on 9 October 2018" in row


def test_one_whose_register_is_not_sent_is_not_over(client, runner):
    series = planned()

    with frozen(at(TUESDAYS[-1], 21)):
        client.force_login(runner)
        before = rows_of(shown(client, "groups", over="yes"))
        send_all(series, runner)
        after = rows_of(shown(client, "groups", over="yes"))

    assert (len(before), len(after)) == (0, 1)


def test_filters_narrow_it_and_one_that_is_not_asked_of_it_is_let_be(client, runner):
    place = oxford()
    called_off(room_at(place), facilitator())
    ivy = facilitator("Ivy Jay", skill="HEAL", sex="woman")
    heal = called_off(room_at(place, "Room 2"), ivy, code=HEAL, women_only=True)

    page = shown(
        client, "groups", over="yes", code=HEAL, place=place.pk, women_only="yes", when="weekend"
    )  # fmt: skip

    assert links_of(page) == [address_of(heal)]
    assert "Which: Over or called off" in words(page)
    assert "There is a problem" not in words(page)


def test_where_there_is_none_it_says_what_would_be_here(client, runner):
    planned()

    page = shown(client, "groups", over="yes")

    assert "Series that are over, or that were called off, would be listed here." in words(page)


@pytest.mark.parametrize("number", [5, 60])
def test_it_takes_as_many_statements_for_sixty_as_for_five(
    client, runner, number, django_assert_max_num_queries
):
    place = oxford()
    made = [
        called_off(room_at(place, f"Room {one:02}"), facilitator(f"{LONG} {one:02}"))
        for one in range(number)
    ]
    newest = [address_of(one) for one in reversed(made)]

    with django_assert_max_num_queries(STATEMENTS):
        page = shown(client, "groups", over="yes")
    assert links_of(page) == newest[:50]
    if number > 50:
        (following,) = [one["href"] for one in page.all("a", rel="next")]
        with django_assert_max_num_queries(STATEMENTS + 1):  # besides: where the page before ended
            rest = sound(Page(client.get(following).content.decode()))
        assert links_of(rest) == newest[50:]


def test_over_the_api_they_are_asked_for_by_themselves_page_by_page():
    place = oxford()
    first, second = (
        called_off(room_at(place, name), facilitator(f"Lee {name}")) for name in ("A", "B")
    )
    address = reverse("api-groups")

    told = api().get(address, {"over": "yes", "women_only": "no"}).json()
    rest = api().get(address, {"over": "yes", "after": second.pk}).json()

    assert [one["id"] for one in told["results"]] == [second.pk, first.pk]
    assert (told["count"], told["next_after"], told["results"][0]["tags"]) == (2, None, ["Called off"])  # fmt: skip
    assert ([one["id"] for one in rest["results"]], rest["count"]) == ([first.pk], 2)
    assert api().get(address).json()["count"] == 0
    assert api().get(address, {"over": "yes", "code": HEAL}).json()["count"] == 0


@pytest.mark.parametrize(
    "asked", [{"over": "no"}, {"over": "yes", "when": "evening"}, {"over": "yes", "left": "yes"}]
)
def test_the_api_refuses_what_is_not_asked_of_them(asked):
    assert api().get(reverse("api-groups"), asked).status_code == 400
