"""What is around a project: neighbours, pick-ups and ways; whoever works there is tested again at once."""

from datetime import time, timedelta

import pytest

from cases.models import RestrictedArea
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from staff.rules.merging import marks
from tests.factories import (
    NOW,
    TODAY,
    PickUpFactory,
    ProjectFactory,
    RestrictionFactory,
    SiteCheckFactory,
    UserFactory,
    WorkAllocationFactory,
)
from unpaidwork.models import Neighbour, PickUp, Route, Stop
from unpaidwork.queries.project_words import NEIGHBOUR, PICK_UP, ROUTE, held, plain
from unpaidwork.queries.projects import sites_of
from unpaidwork.reference.risk import AllocationState
from unpaidwork.services.project_places import (
    end_neighbour,
    end_route,
    save_neighbour,
    save_pick_up,
    save_route,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def coordinator():
    return UserFactory(role=Role.COORDINATOR)


@pytest.fixture
def project():
    project = ProjectFactory(
        beneficiary__agreed_on=TODAY, beneficiary__insured_until=TODAY + 300 * DAY
    )
    SiteCheckFactory(project=project)
    return project


def kept_from(allocation, point):
    barred = RestrictionFactory(case=allocation.case, terms="areas")
    barred.areas.all().delete()
    outline = {"centre": list(point), "radius": 100}
    RestrictedArea.objects.create(restriction=barred, label="x", shape="circle", outline=outline)


def state_of(allocation):
    allocation.refresh_from_db()
    return allocation.state


def add_neighbour(project, by, **changes):
    said = {"near": "school", "what": "Park School", "point": (455200, 205000), "when": ""}
    return save_neighbour(project=project, neighbour=None, by=by, now=NOW, **said | changes)


def test_who_is_near_is_added_changed_and_ended(coordinator, project):
    row, _ = add_neighbour(project, coordinator)
    said = held(row, NEIGHBOUR) | {"what": "Park Primary School", "point": None}

    save_neighbour(project=project, neighbour=row, by=coordinator, now=NOW, **said)
    end_neighbour(neighbour=row, by=coordinator, today=TODAY, now=NOW)

    row.refresh_from_db()
    assert (row.what, row.easting, row.ended_on) == ("Park Primary School", None, TODAY)
    with pytest.raises(RuleBroken, match="meanwhile"):
        end_neighbour(neighbour=row, by=coordinator, today=TODAY, now=NOW)


def test_the_trail_of_a_refuge_says_neither_that_it_is_one_nor_where(coordinator, project):
    row, _ = add_neighbour(project, coordinator, near="refuge", what="Elm House")

    [entry] = Entry.objects.filter(action="added_neighbour")
    assert entry.detail == {"project": project.pk, "neighbour": row.pk}


def test_a_refuge_by_another_name_is_recorded_as_one(coordinator, project):
    with pytest.raises(RuleBroken, match="told to nobody on site"):
        add_neighbour(project, coordinator, near="care", what="Women's refuge, Elm Road")


def test_somebody_kept_from_where_a_new_neighbour_is_is_suspended_at_once(coordinator, project):
    allocation = WorkAllocationFactory(project=project)
    kept_from(allocation, (455200, 205000))

    add_neighbour(project, coordinator, near="public")

    assert state_of(allocation) == AllocationState.SUSPENDED


def pick_up_said(**changes):
    return {
        "code": "PU9",
        "where": "Bus station",
        "postcode": "",
        "point": (453000, 205000),
        "closed_on": None,
    } | changes


def test_a_pick_up_is_added_once_a_code(coordinator):
    save_pick_up(pick_up=None, by=coordinator, now=NOW, **pick_up_said())

    with pytest.raises(RuleBroken, match="already"):
        save_pick_up(pick_up=None, by=coordinator, now=NOW, **pick_up_said(code="pu9"))
    assert PickUp.objects.count() == 1


def way(project, by, *stops, route=None, line=((453000, 205000), (454000, 205500)), **changes):
    said = {"name": "By van", "seats": 8, "line": line and [*line], "stops": list(stops)} | changes
    return save_route(project=project, route=route, by=by, now=NOW, **said)[0]


def test_a_way_ends_at_the_site_whatever_was_typed(coordinator, project):
    stop = PickUpFactory()

    made = way(project, coordinator, (stop.pk, time(8, 30)))

    assert made.line == [[453000, 205000], [454000, 205500], [455000, 205000]]
    assert Stop.objects.get().pick_up == stop


def test_a_way_without_points_goes_straight_from_stop_to_stop(coordinator, project):
    one, other = PickUpFactory(), PickUpFactory(easting=454000, northing=205500)

    made = way(project, coordinator, (one.pk, time(8)), (other.pk, time(8, 30)), line=None)

    assert made.line == [[453000, 205000], [454000, 205500], [455000, 205000]]


def test_stops_out_of_order_twice_or_off_the_way_are_refused(coordinator, project):
    one, far = PickUpFactory(), PickUpFactory(northing=209000)
    eight, nine = time(8), time(9)

    for stops, words in (
        ([(one.pk, nine), (far.pk, eight)], "in the order"),
        ([(one.pk, eight), (one.pk, nine)], "twice"),
        ([(one.pk, eight), (far.pk, nine)], "does not pass"),
        ([(0, eight)], "not in use"),
    ):
        with pytest.raises(RuleBroken, match=words):
            way(project, coordinator, *stops)
    with pytest.raises(RuleBroken, match="two points"):
        way(project, coordinator, line=())
    assert not Route.objects.exists()


def test_a_closed_pick_up_is_no_stop(coordinator, project):
    closed = PickUpFactory(closed_on=TODAY)

    with pytest.raises(RuleBroken, match="not in use"):
        way(project, coordinator, (closed.pk, time(8)))


def test_a_changed_way_that_crosses_where_somebody_may_not_go_suspends_them(coordinator, project):
    stop = PickUpFactory()
    route = way(project, coordinator, (stop.pk, time(8, 30)))
    allocation = WorkAllocationFactory(project=project, stop=route.stops.get())
    kept_from(allocation, (454000, 203000))

    way(
        project, coordinator, (stop.pk, time(8, 30)), route=route,
        line=((453000, 205000), (453000, 203000)),
    )  # fmt: skip
    assert state_of(allocation) == AllocationState.ACTIVE
    way(
        project, coordinator, (stop.pk, time(8, 30)), route=route,
        line=((453000, 205000), (453000, 203000), (455000, 203000)),
    )  # fmt: skip

    assert state_of(allocation) == AllocationState.SUSPENDED


def test_a_stop_that_somebody_is_down_for_is_not_taken_out_from_under_them(coordinator, project):
    stop = PickUpFactory()
    route = way(project, coordinator, (stop.pk, time(8, 30)))
    WorkAllocationFactory(project=project, stop=route.stops.get())

    with pytest.raises(RuleBroken, match="1 allocation names the stop"):
        way(project, coordinator, route=route)

    assert route.stops.count() == 1


def test_a_way_that_ends_suspends_whoever_goes_by_it(coordinator, project):
    route = way(project, coordinator, (PickUpFactory().pk, time(8, 30)))
    allocation = WorkAllocationFactory(project=project, stop=route.stops.get())

    end_route(route=route, by=coordinator, today=TODAY, now=NOW)

    assert state_of(allocation) == AllocationState.SUSPENDED


def test_a_pick_up_that_moves_moves_in_every_way_and_tests_whoever_is_picked_up(
    coordinator, project
):
    stop = PickUpFactory()
    route = way(project, coordinator, (stop.pk, time(8, 30)))
    allocation = WorkAllocationFactory(project=project, stop=route.stops.get())
    kept_from(allocation, (452000, 205000))
    said = held(stop, PICK_UP) | {"point": (452000, 205000)}

    save_pick_up(pick_up=stop, by=coordinator, now=NOW, **said)

    route.refresh_from_db()
    assert route.line[0] == [452000, 205000]
    assert state_of(allocation) == AllocationState.SUSPENDED


def test_a_pick_up_does_not_move_off_the_way_that_is_tested(coordinator, project):
    stop = PickUpFactory(northing=205100)
    way(project, coordinator, (stop.pk, time(8, 30)))
    said = held(stop, PICK_UP) | {"point": (453000, 209000)}

    with pytest.raises(RuleBroken, match="does not pass there"):
        save_pick_up(pick_up=stop, by=coordinator, now=NOW, **said)


def test_what_both_change_of_a_way_is_not_written(coordinator, project):
    stop = PickUpFactory()
    route = way(project, coordinator, (stop.pk, time(8, 30)))
    seen = marks(plain(held(route, ROUTE)), ROUTE)
    way(project, coordinator, (stop.pk, time(8)), route=route)

    _, conflicts = save_route(
        project=project, route=route, by=coordinator, now=NOW, seen=seen,
        name="By van", seats=9, line=[(453000, 205000), (454000, 205500)], stops=[(stop.pk, time(9))],
    )  # fmt: skip

    assert conflicts == ("stops",)
    assert Route.objects.get().seats == 8


def test_a_site_knows_its_ways_neighbours_and_latest_check(coordinator, project):
    add_neighbour(project, coordinator, near="refuge")
    route = way(project, coordinator, (PickUpFactory().pk, time(8, 30)))
    SiteCheckFactory(project=project, checked_on=TODAY, tools=["blades"])

    site = sites_of([project], TODAY)[project.pk]

    assert [one.near for one in site.neighbours] == ["refuge"]
    assert site.by_stop(route.stops.get().pk).pick_up == (453000, 205000)
    assert (site.tools, site.checked_on) == ({"blades"}, TODAY)
    assert Neighbour.objects.count() == 1


@pytest.mark.parametrize("number", [5, 60])
def test_sites_are_known_in_as_many_statements_however_many(
    number, coordinator, django_assert_num_queries
):
    for _ in range(number):
        made = ProjectFactory()
        SiteCheckFactory(project=made)
        add_neighbour(made, coordinator)
    keys = list(type(made).objects.values_list("pk", flat=True))

    with django_assert_num_queries(6):
        assert len(sites_of(keys, TODAY)) == number
