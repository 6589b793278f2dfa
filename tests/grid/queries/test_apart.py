"""Two who must be kept apart by something recorded after both have joined: said on each page where somebody can see to it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grid.queries.apart import OF_ONE, OF_THE_SERIES, apart_in
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory
from tests.grid.a_place import apart, joins, leaves, somebody
from tests.grid.planned_series import NOW, facilitator, oxford, planned, room_at, sessions_of

pytestmark = pytest.mark.django_db


def two_in(series):
    one, other = somebody(), somebody()
    return (one, joins(series, one)), (other, joins(series, other))


def test_it_is_found_in_the_series_that_both_are_in_and_in_no_other():
    place = oxford()
    series = planned(place=place)
    later = planned(place=place, room=room_at(place, "Room 2"), leaders=[facilitator("Gil Gray")])
    (one, _), (other, _) = two_in(series)
    third = somebody()
    joins(later, third)
    assert apart_in([series.pk, later.pk], NOW) == {}

    apart(one, other)
    apart(one, third)

    assert apart_in([series.pk, later.pk], NOW) == {series.pk: {one.pk, other.pk}}


def test_once_one_of_them_has_left_nothing_is_said():
    series = planned()
    (one, place), (other, _) = two_in(series)
    apart(one, other)
    leaves(place)
    assert apart_in([series.pk], NOW) == {}


def test_a_bar_that_has_ended_is_none():
    series = planned()
    (one, _), (other, _) = two_in(series)
    pair = apart(one, other)
    pair.to_on, pair.ended_because = NOW.date(), "They have made it up."
    pair.save()
    assert apart_in([series.pk], NOW) == {}


def test_the_page_of_the_series_the_case_and_the_register_say_so(client):
    series = planned()
    (one, _), (other, _) = two_in(series)
    apart(one, other)
    session = sessions_of(series)[0]
    leader = session.led_by.get().user

    with frozen(session.starts_at + timedelta(minutes=5)):
        client.force_login(leader)
        register = client.get(reverse("group-register", args=[session.pk])).content.decode()
        assert OF_THE_SERIES in register
        client.force_login(UserFactory(role=Role.HEAD))
        assert OF_THE_SERIES in client.get(reverse("series", args=[series.pk])).content.decode()
        client.force_login(one.officer)
        theirs = client.get(reverse("case-offers", args=[one.crn])).content.decode()
    assert OF_ONE in theirs
