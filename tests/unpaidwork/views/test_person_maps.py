"""The maps on the pages that find work: sites, pick-ups, ways and a rough area; nobody's home and no banned area."""

import re
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import PostcodePoint
from staff.permissions import Role
from tests.cases.views.a_case import words
from tests.clock import frozen
from tests.factories import (
    NOW,
    AddressFactory,
    NeighbourFactory,
    PickUpFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    RouteFactory,
    StopFactory,
    UserFactory,
)
from tests.unpaidwork.a_worker import a_project, a_worker
from unpaidwork.rules.home_area import SIDE

pytestmark = pytest.mark.django_db
HOME = (451_234, 205_678)
RADIUS = "321"  # metres, of a banned area


@pytest.fixture(autouse=True)
def at_nine_on_a_monday():
    with frozen(NOW):
        yield


def living_at(work, point=HOME):
    PostcodePoint.objects.update_or_create(
        pk="OX11AA", defaults={"easting": point[0], "northing": point[1]}
    )
    AddressFactory(case=work.case, postcode="OX1 1AA")
    return work


def find(client, work):
    return client.get(reverse("allocate-work", args=[work.case.crn]))


def choose(client, work, project):
    return client.get(reverse("choose-work", args=[work.case.crn, project.pk]))


def with_a_van(project, at=(450_500, 205_500)):
    pick_up = PickUpFactory(where="Bus station", easting=at[0], northing=at[1])
    route = RouteFactory(project=project, line=[list(at), [project.easting, project.northing]])
    return StopFactory(route=route, pick_up=pick_up, at=time(8, 30))


def test_sites_stand_on_the_map_as_they_are_numbered_in_the_list(client, by):
    work = living_at(a_worker())
    near, far = (
        a_project(name=name, easting=east, northing=205_000)
        for name, east in (("Near park", 451_000), ("Far park", 459_000))
    )

    page = find(client, work)
    drawn, text = page.context["map"], words(page)

    assert [mark.label for mark in drawn.drawn.marks] == ["1", "2"]
    assert [row[:2] for row in drawn.rows] == [["1", near.name], ["2", far.name]]
    assert drawn.rows[0][2] == "In it"
    assert "1. Near park" in text
    assert "7.0" not in drawn.rows[1][2]
    assert drawn.rows[1][2].endswith("east")
    assert {row[3] for row in drawn.rows} == {"They can work here"}


def test_one_site_shows_its_pick_ups_and_the_way_of_its_van(client, by):
    work, project = living_at(a_worker()), a_project()
    with_a_van(project)

    found = choose(client, work, project).context["map"]

    assert [row[0] for row in found.rows] == ["Site", "P1"]
    assert found.rows[1][1] == "Pick-up: Bus station, 8:30am"
    assert len(found.drawn.lines) == 1
    assert [one.label for one in found.drawn.squares] == ["Home area"]


def test_two_homes_in_one_square_give_the_same_page_of_the_map(client, by):
    work, project = living_at(a_worker()), a_project(easting=459_000)
    with_a_van(project)
    pages = []
    for point in (HOME, (HOME[0] // SIDE * SIDE, HOME[1] // SIDE * SIDE + SIDE - 1)):
        PostcodePoint.objects.update(easting=point[0], northing=point[1])
        pages.append((find(client, work).context["map"], choose(client, work, project).context["map"]))  # fmt: skip

    assert pages[0] == pages[1]
    for page in (find(client, work), choose(client, work, project)):
        text = page.content.decode()
        assert "OX1 1AA" not in text
        assert str(HOME[0]) not in text


def test_where_they_live_is_not_known_is_said(client, by):
    work = a_worker()
    a_project()

    found = find(client, work).context["map"]

    assert found.drawn.squares == ()
    assert "Where they live is not known" in found.about
    assert found.rows[0][2] == "Not known"


def forbidden(work, easting, northing):
    """An order that keeps them out of an area around somebody's home."""
    order = RestrictionFactory(case=work.case, terms="areas")
    RestrictedAreaFactory(
        restriction=order,
        label="Her home",
        outline={"centre": [easting, northing], "radius": int(RADIUS)},
    )
    return order


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SPO])
def test_a_banned_area_is_said_in_words_and_never_drawn_whoever_reads(client, role):
    work = living_at(a_worker())
    client.force_login(UserFactory(role=role, team=work.case.team))
    project = a_project(name="Her park")
    other = a_project(name="Other park", easting=459_000)
    pages = [(find(client, work).context["map"], choose(client, work, other).context["map"])]
    forbidden(work, project.easting + 50, project.northing + 60)
    page = find(client, work)
    pages.append((page.context["map"], choose(client, work, other).context["map"]))

    rows = {row[1]: row[3] for row in page.context["map"].rows}

    assert rows["Her park"] == "Refused: restriction"
    assert rows["Other park"] != "Refused: restriction"
    assert choose(client, work, project).context["map"].rows[0][3] == "Refused: restriction"
    assert (
        pages[0][1] == pages[1][1]
    )  # what another site shows is the same with the order and without
    for one in (pages[1][0], choose(client, work, project).context["map"]):
        assert [square.label for square in one.drawn.squares] == ["Home area"]
    text = words(page)
    numbers = re.findall(r"(?<!\w)\d+", text)
    assert "28" in numbers  # how old they are: numbers of the page are found
    assert RADIUS not in numbers
    assert "Her home" not in text
    assert "Areas that an order bans are never drawn." in text


def test_a_pick_up_in_a_banned_area_is_refused_in_words_and_the_site_is_not(client, by):
    work, project = living_at(a_worker()), a_project(easting=459_000)
    with_a_van(project)
    forbidden(work, 450_500, 205_500)

    rows = {row[0]: row[3] for row in choose(client, work, project).context["map"].rows}

    assert rows == {"Site": "Nothing found", "P1": "Refused: restriction"}


def test_nobody_near_a_site_is_on_these_maps(client, by):
    work, project = living_at(a_worker()), a_project()
    NeighbourFactory(project=project, near="refuge", what="Hidden house", easting=450_321, northing=204_321)  # fmt: skip

    for page in (find(client, work), choose(client, work, project)):
        assert [mark.shape for mark in page.context["map"].drawn.marks] == ["square"]
        assert "Hidden house" not in page.content.decode()


def test_work_at_home_is_on_no_map(client, by):
    work = living_at(a_worker())
    home = a_project(kind="home")

    assert find(client, work).context["map"] is None
    assert choose(client, work, home).context["map"] is None


def test_statements_do_not_grow_with_the_number_of_sites_and_stops(client, by):
    work, project = living_at(a_worker()), a_project()
    with_a_van(project)

    def statements(read):
        with CaptureQueriesContext(connection) as counted:
            assert read().status_code == 200
        return len(counted)

    pages = (lambda: find(client, work), lambda: choose(client, work, project))
    before = [statements(one) for one in pages]
    for n in range(4):
        with_a_van(a_project(easting=452_000 + 900 * n))
        with_a_van(project, at=(447_000 + 500 * n, 204_000))

    assert [statements(one) for one in pages] == before
