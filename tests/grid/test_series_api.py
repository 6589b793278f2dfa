"""Series over the API: the list, one as far as its reader may see, planning, and changing what is to come."""

from datetime import timedelta

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from grid.models import Series
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import AbsenceFactory, UserFactory, limit
from tests.grid.planned_series import (
    FIRST,
    NOW,
    TUESDAYS,
    days_of,
    facilitator,
    member,
    on_an_order,
    oxford,
    planned,
    room_at,
    sessions_of,
)

pytestmark = pytest.mark.django_db
ILL = "The facilitator is ill"
ONE_MORE = TUESDAYS[-1] + timedelta(weeks=1)


@pytest.fixture(autouse=True)
def the_day():
    with frozen(NOW):
        yield


def api(user=None):
    client = APIClient()
    client.force_login(user or UserFactory(role=Role.FACILITATOR))
    return client


def post(name, key, said, user=None):
    return api(user).post(reverse(f"api-{name}", args=key), said, format="json")


def test_the_list_and_its_filters():
    series = planned()
    found = api().get(reverse("api-groups"), {"when": "evening", "left": "yes"}).json()

    assert found == {
        "results": [
            {
                "id": series.pk,
                "title": "Making Amends",
                "where": "Oxford office",
                "when": "Tuesdays, 6pm to 8pm",
                "next": "2 October 2018 at 6pm, 1 of 6",
                "places": "0 of 8 taken",
                "leaders": "Fran Field",
                "tags": [],
            }
        ],
        "count": 1,
        "next_after": None,
    }
    assert api().get(reverse("api-groups"), {"when": "weekend"}).json()["count"] == 0
    assert api().get(reverse("api-groups"), {"when": "midnight"}).status_code == 400


def test_one_series_says_who_is_in_it_as_far_as_the_reader_may_see():
    series, reader = planned(), UserFactory(role=Role.FACILITATOR)
    seen, kept = on_an_order(TUESDAYS[2]), on_an_order(None, surname="Qzxwvkjq")
    for case in (seen, kept):
        member(series, case)
    limit(kept, kept_out=[reader])

    answer = api(reader).get(reverse("api-series", args=[series.pk]))

    found = answer.json()
    assert [one["crn"] for one in found["members"]] == [seen.crn]
    assert found["members"][0]["ends"] == "Their order ends on 16 October 2018: before it is over"
    assert found["masked"] == [
        {"crn": kept.crn, "message": "This case is limited.", "ask": "the head of service"}
    ]
    assert "Qzxwvkjq" not in answer.content.decode()
    assert len(found["sessions"]) == 6
    assert (found["version"], found["unseen"], found["short"]) == (1, 0, [])


def test_what_is_short_is_told_to_whoever_runs_groups_alone():
    series, gil = planned(), facilitator("Gil Hart")
    fran = sessions_of(series)[0].led_by.get().user
    AbsenceFactory(user=fran, cover=None, from_on=TUESDAYS[2], to_on=TUESDAYS[2])
    here = reverse("api-series", args=[series.pk])

    (short,) = api().get(here).json()["short"]

    assert (short["session"], short["out"]) == (sessions_of(series)[2].pk, fran.pk)
    assert gil.pk in [one["id"] for one in short["stand_ins"]]
    assert api(UserFactory()).get(here).json()["short"] == []


def plan(**changes):
    place = changes.pop("at", None) or oxford()
    said = {
        "code": "making_amends",
        "place": place.pk,
        "room": room_at(place).pk,
        "first_on": FIRST.isoformat(),
        "weekly": [{"weekday": 1, "from_at": "18:00"}],
        "places": 8,
        "leaders": [facilitator().pk],
        "women_only": False,
    }
    return post("plan-series", [], said | changes)


def test_a_series_is_planned():
    answer = plan()

    assert answer.status_code == 201
    assert days_of(Series.objects.get()) == TUESDAYS
    assert answer.json()["sessions"][0]["leaders"] == "Fran Field"


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"places": 13}, 422, "A series of it has from 4 to 12 places, and not 13."),
        ({"room": None}, 422, "Choose a room"),
        ({"weekly": [{"weekday": 7, "from_at": "18:00"}]}, 400, "weekday"),
        ({"leaders": [0]}, 400, "leaders"),
    ],
)
def test_what_cannot_be_planned_is_refused(changes, status, said):
    answer = plan(**changes)

    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert not Series.objects.exists()


def test_sessions_are_called_off_and_moved_and_the_version_counts():
    series = planned()
    off = {"version": 1, "numbers": [3], "because": ILL}

    first = post("call-off-group-sessions", [series.pk], off)
    again = post("call-off-group-sessions", [series.pk], off)
    fourth = sessions_of(series)[3]
    moved = post(
        "move-group-session",
        [fourth.pk],
        {"version": 2, "on": "2018-11-01", "from_at": "17:00", "because": ILL},
    )

    assert first.json()["version"] == 2
    assert (again.status_code, "This series has changed" in again.content.decode()) == (422, True)
    assert moved.status_code == 200
    assert days_of(series) == [
        *TUESDAYS[:2],
        TUESDAYS[3],
        TUESDAYS[4] + timedelta(days=2),
        TUESDAYS[5],
        ONE_MORE,
    ]


def test_leaders_are_named_and_somebody_stands_in():
    series, gil, ivy = planned(), facilitator("Gil Hart"), facilitator("Ivy Jay")

    named = post("series-leaders", [series.pk], {"version": 1, "from_number": 4, "users": [gil.pk]})
    fifth = sessions_of(series)[4]
    cover = {"version": 2, "out": gil.pk, "stand_in": ivy.pk, "because": ILL}
    covered = post("cover-group-session", [fifth.pk], cover)
    nobody = post("cover-group-session", [fifth.pk], cover | {"version": 3})

    assert named.status_code == 200
    assert [one["leaders"] for one in covered.json()["sessions"]] == [
        "Fran Field", "Fran Field", "Fran Field", "Gil Hart", "Ivy Jay", "Gil Hart",
    ]  # fmt: skip
    assert nobody.status_code == 404  # they lead it no more


def test_a_whole_series_is_called_off():
    series = planned()

    answer = post("call-off-series", [series.pk], {"version": 1, "because": ILL})

    assert (answer.json()["state"], answer.json()["state_because"]) == ("called_off", ILL)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO, Role.HUB, Role.QUALITY])
def test_who_does_not_run_groups_changes_nothing(role):
    series = planned()

    answer = post("call-off-series", [series.pk], {"version": 1, "because": ILL}, UserFactory(role=role))  # fmt: skip

    assert answer.status_code == 403
    assert days_of(series) == TUESDAYS
