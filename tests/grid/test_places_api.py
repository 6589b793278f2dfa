"""Places in series over the API: read, left and let go by the same rules as on the pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from grid.models import SeriesPlace
from grid.reference.groups import PlaceState
from grid.services.places import keep_place
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import UserFactory
from tests.grid.a_place import expected, joins, somebody
from tests.grid.planned_series import NOW, facilitator, member, planned, waits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def that_morning():
    with frozen(NOW):
        yield


@pytest.fixture
def series():
    return planned(leaders=[facilitator(skill="Making Amends")])


@pytest.fixture
def case():
    return somebody()


def ask(user, name, case, *keys, **data):
    client = APIClient()
    client.force_authenticate(user)
    address = reverse(name, args=[case.crn, *keys])
    return client.post(address, data, format="json") if keys else client.get(address)


def test_places_are_read_with_what_is_to_come(series, case):
    place = joins(series, case)

    (found,) = ask(case.officer, "api-group-places", case).json()

    assert (found["id"], found["state"], found["expected"]) == (place.pk, "taken", 6)
    assert (found["intervention"], found["site"]) == ("making_amends", "Oxford office")


def test_somebody_leaves(series, case):
    place = joins(series, case)

    left = ask(case.officer, "api-leave-series", case, place.pk, asked_by="person", because="Work.")
    again = ask(
        case.officer, "api-leave-series", case, place.pk, asked_by="person", because="Work."
    )

    assert (left.status_code, left.json()["state"], left.json()["expected"]) == (200, "left", 0)
    assert left.json()["closed_because"] == "Work."
    assert expected(case) == []
    assert again.status_code == 422
    assert "They are not in this series now" in again.content.decode()


def test_who_asked_is_one_of_two(series, case):
    place = joins(series, case)

    answer = ask(
        case.officer, "api-leave-series", case, place.pk, asked_by="court", because="Work."
    )

    assert answer.status_code == 400
    assert len(expected(case)) == 6


def test_a_kept_place_is_let_go(series, case):
    kept = keep_place(referral=waits(case), series=series, by=case.officer, now=NOW)

    answer = ask(case.officer, "api-let-place-go", case, kept.pk, because="They would rather wait.")

    assert answer.json()["state"] == "let_go"
    assert SeriesPlace.objects.get().state == PlaceState.LET_GO


@pytest.mark.parametrize("name", ["api-leave-series", "api-let-place-go"])
def test_it_is_for_whoever_gives_places(series, case, name):
    place = joins(series, case)

    answer = ask(UserFactory(role=Role.HEAD), name, case, place.pk, asked_by="person", because="W.")

    assert answer.status_code == 403
    assert len(expected(case)) == 6


def test_many_places_cost_no_more(series, case):
    def cost():
        with CaptureQueriesContext(connection) as spent:
            answer = ask(case.officer, "api-group-places", case)
        return len(answer.json()), len(spent)

    referral = waits(case)
    ask(case.officer, "api-group-places", case)
    for _ in range(5):
        member(series, case, PlaceState.LEFT, closed_because="Work.", referral=referral)
    few = cost()
    for _ in range(55):
        member(series, case, PlaceState.LEFT, closed_because="Work.", referral=referral)

    assert few[0] == 5
    assert cost() == (60, few[1])
