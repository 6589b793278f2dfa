"""Demand for an intervention: by place, time and GRID group, and what one more series would change; on the page and by the API."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.reference.codes import Place
from grid.reference.parts_of_day import PartOfDay
from grid.rules.series import Weekly
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import StandingFactory, UserFactory, limit
from tests.grid.a_place import is_free, somebody
from tests.grid.planned_series import AMENDS, NOW, oxford, planned, room_at, waits
from tests.staff.markup import Page, sound

pytestmark = pytest.mark.django_db
EVENING, WORKDAYS = [PartOfDay.EVENING], range(5)


@pytest.fixture(autouse=True)
def _on_the_day():
    with frozen(NOW):
        yield


@pytest.fixture
def head(client):
    user = UserFactory(role=Role.HEAD)
    client.force_login(user)
    return user


def man_in_work(**known):
    """Free in the evenings of a working week alone, and on the list."""
    case = somebody(asked=False, **known)
    is_free(case, EVENING, WORKDAYS)
    waits(case)
    return case


def page(client, **asked):
    answer = client.get(reverse("demand", args=[AMENDS]), asked)
    assert answer.status_code == 200
    return answer.context["found"], sound(Page(answer.content.decode())), answer


def shares(rows):
    return {row.name: (row.wait.count, row.nothing) for row in rows}


def tried(found):
    return {(one.site, one.when.value): one.change for one in found.tried}


def test_three_men_who_work_show_what_an_evening_series_would_change(client, head):
    place = oxford(postcode="OX1 1AA")
    room_at(place, holds=14)
    for _ in range(3):
        man_in_work()

    found, _, answer = page(client)

    assert (found.wait, found.whole) == (3, 3)
    assert shares(found.places) == {"Oxford office": (3, 3)}
    assert shares(found.times) == {"Daytime": (0, 0), "Evening": (3, 3), "Weekend": (0, 0)}
    change = tried(found)["Oxford office", "evening"]
    assert (change.begin, change.in_time, change.taken) == (3, 3, 3)
    assert not tried(found)["Oxford office", "daytime"].changes_something
    assert "Oxford office, evening" in answer.content.decode()


def test_a_number_leads_to_its_list(client, head):
    room_at(oxford(postcode="OX1 1AA"))
    man_in_work()
    found, _, _ = page(client)
    evening = next(row for row in found.times if row.name == "Evening")
    answer = client.get(evening.wait.href)
    assert answer.status_code == 200
    assert len(answer.context["rows"]) == evening.wait.count == 1


def test_once_an_evening_series_is_planned_another_changes_nothing(client, head):
    planned(place=oxford(postcode="OX1 1AA"), places=8)
    man_in_work()
    found, _, answer = page(client)
    assert shares(found.times)["Evening"] == (1, 0)
    assert not any(one.change.begin or one.change.in_time for one in found.tried)
    assert answer.context["tried"] == []


def test_whoever_nobody_asked_is_counted_as_that(client, head):
    room_at(oxford(postcode="OX1 1AA"))
    waits(somebody(asked=False))
    found, _, _ = page(client)
    assert shares(found.times)["Nobody has asked when, or at no time"] == (1, 1)


def test_a_room_that_is_too_small_is_said(client, head):
    room_at(oxford(postcode="OX1 1AA"), holds=5)
    man_in_work()
    found, _, answer = page(client)
    said = "Room 1, Oxford office holds 5 people, and 13 would be there with those who lead."
    assert {one.lacks for one in found.tried} == {said}
    assert said in answer.content.decode()


def test_hours_at_which_a_place_is_shut_are_said_and_a_room_that_is_free_lacks_nothing(client, head):  # fmt: skip
    place = oxford(postcode="OX1 1AA")
    place.hours.filter(weekday__gte=5).delete()
    room_at(place, holds=14)
    man_in_work()
    found, _, _ = page(client)
    lacks = {one.when.value: one.lacks for one in found.tried}
    assert lacks["evening"] == lacks["daytime"] == ""
    assert lacks["weekend"].startswith("Room 1, Oxford office is not open from 10am to midday on ")


def test_a_room_that_is_taken_then_is_said(client, head):
    place = oxford(postcode="OX1 1AA")
    room = room_at(place, holds=14)
    planned(place=place, room=room, weekly=[Weekly(1, time(18))], first_on=date(2018, 10, 2))
    man_in_work()
    found, _, _ = page(client)
    lacks = {one.when.value: one.lacks for one in found.tried}
    assert "Room 1, Oxford office is taken by Making Amends" in lacks["evening"]


def test_with_nobody_waiting_the_page_says_so(client, head):
    _, shown, answer = page(client)
    assert "0 people wait." in shown.text
    assert answer.context["tried"] == []


def test_an_intervention_that_does_not_exist_is_not_found(client, head):
    assert client.get(reverse("demand", args=["juggling"])).status_code == 404


def test_what_is_kept_from_the_reader_is_in_none_of_their_numbers(client, head):
    room_at(oxford(postcode="OX1 1AA"))
    man_in_work()
    limit(man_in_work(), kept_out=[head])
    found, _, _ = page(client)
    assert (found.wait, found.whole) == (1, 2)
    assert shares(found.places) == {"Oxford office": (1, 1)}
    assert shares(found.times)["Evening"] == (1, 1)
    assert sum(row.wait.count for row in found.groups) == 1


def test_it_takes_the_same_statements_for_two_and_for_twelve(client, head):
    room_at(oxford(postcode="OX1 1AA"))
    counts = []
    for number in (2, 10):
        for _ in range(number):
            man_in_work()
        page(client)
        with CaptureQueriesContext(connection) as asked:
            page(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_api_says_the_same(client, head):
    room_at(oxford(postcode="OX1 1AA"))
    man_in_work()
    answer = client.get(reverse("api-demand", args=[AMENDS]))
    assert answer.status_code == 200
    told = answer.json()
    assert (told["wait"], told["whole"]) == (1, 1)
    assert told["places"] == [{"name": "Oxford office", "code": "", "wait": 1, "nothing": 1}]
    best = told["tried"][0]
    assert (best["site"], best["time_of_week"], best["in_time"]) == ("Oxford office", "evening", 1)
    assert client.get(reverse("api-demand", args=["juggling"])).status_code == 404


def test_an_officer_is_not_shown_it(client):
    client.force_login(UserFactory())
    assert client.get(reverse("demand", args=[AMENDS])).status_code == 403


def test_who_may_not_read_a_placement_is_told_no_group(client):
    room_at(oxford(postcode="OX1 1AA"))
    man_in_work()
    client.force_login(UserFactory(role=Role.FACILITATOR))

    found, shown, _ = page(client)
    told = client.get(f"/api/interventions/{AMENDS}/demand/").json()

    assert found.wait == 1
    assert found.groups is None
    assert "By GRID group" not in shown.text
    assert told["groups"] is None


def test_groups_are_said_by_name_in_the_order_of_the_grid_each_with_its_code(client, head):
    room_at(oxford(postcode="OX1 1AA"))
    for group in ("MC75", "L50", "MC75", "LC0", ""):
        case = man_in_work()
        if group:
            StandingFactory(case=case, place=Place.GROUP, group=group, needs="")
        else:
            StandingFactory(case=case)

    found, shown, _ = page(client)
    told = client.get(reverse("api-demand", args=[AMENDS])).json()

    named = [
        ("Low, 50 to 74", "L50", 1),
        ("Low complex, 0 to 49", "LC0", 1),
        ("Medium complex, 75 to 89", "MC75", 2),
        ("In no group", "", 1),
    ]
    assert [(one.name, one.code, one.wait.count) for one in found.groups] == named
    assert [(one["name"], one["code"], one["wait"]) for one in told["groups"]] == named
    heads = [" ".join(one.text.split()) for one in shown.all("th") if one["scope"] == "row"]
    assert "Medium complex, 75 to 89 MC75" in heads
    assert "In no group" in heads


def test_who_may_is_told_how_many_of_each(client, head):
    room_at(oxford(postcode="OX1 1AA"))
    man_in_work()
    found, shown, _ = page(client)
    assert shares(found.groups) == {"In no group": (1, 1)}
    assert "By GRID group" in shown.text
