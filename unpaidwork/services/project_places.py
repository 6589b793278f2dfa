"""What is around a project: who is near it, where vans stop, and the ways they take.

Source: unpaid work reference 3; product rules, restrictions (the pick-up and the whole way count as the site does).
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.rules.words import counted, listed
from staff.audit import record
from staff.errors import RuleBroken
from unpaidwork.models import Neighbour, PickUp, Project, Route, Stop, WorkAllocation
from unpaidwork.queries.project_words import NEIGHBOUR, PICK_UP, ROUTE
from unpaidwork.rules.places import OFF_THE_WAY, distance_to_line, ending_at, moved
from unpaidwork.rules.projects import check_neighbour, check_route, check_words
from unpaidwork.services.project_rows import (
    locked,
    of_project,
    put_together,
    set_on,
    tidied,
)
from unpaidwork.services.retesting import retest_projects

NOT_NEAR = "Somebody has taken this neighbour out meanwhile. Look at the project again."
NOT_DRIVEN = "Somebody has ended this way meanwhile. Look at the project again."
NO_SUCH_STOP = "One of these pick-up points is not in use. Choose others."


@transaction.atomic
def save_neighbour(*, project, neighbour, by, now, seen=None, **said):
    """Say who is on a site or near it (`neighbour` None: one more). Returns (it, what both of two changed)."""
    project = locked(project)
    row = of_project(Neighbour, neighbour, NOT_NEAR) if neighbour else Neighbour(project=project)
    write, conflicts = put_together(row, tidied(said), seen, NEIGHBOUR)
    if conflicts:
        return row, conflicts
    set_on(row, write)
    check_neighbour(near=row.near, what=row.what, when=row.when)
    row.save()
    done = "changed" if neighbour else "added"
    record(by=by, action=f"{done}_neighbour", project=project.pk, neighbour=row.pk)
    retest_projects(project_ids=[project.pk], by=by, now=now)
    return row, ()


@transaction.atomic
def end_neighbour(*, neighbour, by, today, now):
    """They are there no more. What was so before is kept."""
    row = of_project(Neighbour, neighbour, NOT_NEAR)
    row.ended_on = today
    row.save()
    record(by=by, action="ended_neighbour", project=row.project_id, neighbour=row.pk)
    retest_projects(project_ids=[row.project_id], by=by, now=now)


@transaction.atomic
def save_pick_up(*, pick_up, by, now, seen=None, **said):
    """Add where a van stops (`pick_up` None), or change it. The ways that go by it go by where it is now."""
    row = PickUp()
    if pick_up:
        row = PickUp.objects.select_for_update(no_key=True).get(pk=pick_up.pk)
    before = (row.easting, row.northing)
    write, conflicts = put_together(row, tidied(said), seen, PICK_UP)
    if conflicts:
        return row, conflicts
    set_on(row, write)
    if PickUp.objects.filter(code__iexact=row.code).exclude(pk=row.pk).exists():
        raise RuleBroken(f"There is a pick-up point {row.code} already. Change that one instead.")
    check_words(row.code, row.where)
    row.save()
    done = "changed" if pick_up else "added"
    record(by=by, action=f"{done}_pick_up", pick_up=row.pk, answers=sorted(write))
    if pick_up and write.keys() & {"point", "closed_on"}:
        _follow(row, before, by, now)
    return row, ()


@transaction.atomic
def save_route(*, project, route, by, now, seen=None, **said):
    """Add a way a van takes to a site (`route` None), or change it.

    `line`: its points in order; None: straight from stop to stop. The site is its last point either way.
    `stops`: [(key of the pick-up, time)] in order.
    """
    project = locked(project)
    row = of_project(Route, route, NOT_DRIVEN) if route else Route(project=project)
    places = _places([key for key, _ in said["stops"]], localtime(now).date())
    line = said["line"] or [places[key][1] for key, _ in said["stops"]]
    site = (project.easting, project.northing)
    said["line"] = [list(point) for point in ending_at(line, site)]
    write, conflicts = put_together(row, tidied(said), seen, ROUTE)
    if conflicts:
        return row, conflicts
    stops = write.get("stops", said["stops"])
    set_on(row, write)
    check_words(row.name)
    check_route(line=row.line, stops=stops, places=places)
    row.save()
    if "stops" in write:
        _set_stops(row, stops)
    done = "changed" if route else "added"
    record(by=by, action=f"{done}_route", project=project.pk, route=row.pk, answers=sorted(write))
    if route:
        retest_projects(project_ids=[project.pk], by=by, now=now)
    return row, ()


@transaction.atomic
def end_route(*, route, by, today, now):
    """No van goes this way any more. Whoever is down for one of its stops is tested again at once."""
    row = of_project(Route, route, NOT_DRIVEN)
    row.ended_on = today
    row.save()
    record(by=by, action="ended_route", project=row.project_id, route=row.pk)
    retest_projects(project_ids=[row.project_id], by=by, now=now)


def _places(keys, today):
    """{pick-up: (what it is called, its point)} of those asked for, each in use."""
    rows = PickUp.objects.in_use(today).filter(pk__in=keys)
    found = {one.pk: (one.where, (one.easting, one.northing)) for one in rows}
    if found.keys() != set(keys):
        raise RuleBroken(NO_SUCH_STOP)
    return found


def _set_stops(route, wanted):
    """Only what differs is written. A stop that somebody is down for stays: refused until they are not."""
    times = dict(wanted)
    rows = {one.pick_up_id: one for one in route.stops.select_related("pick_up")}
    gone = [one for key, one in rows.items() if key not in times]
    named = WorkAllocation.objects.filter(stop__in=[one.pk for one in gone])
    if gone and (down := named.count()):
        where = listed(sorted(one.pick_up.where for one in gone))
        raise RuleBroken(
            f"{counted(down, 'allocation names', 'allocations name')} the stop at {where}, now or in the past. End "
            "this way and add another without it: whoever is down for it is then tested again."
        )
    for one in gone:
        one.delete()
    for key, at in times.items():
        row = rows.get(key) or Stop(route=route, pick_up_id=key)
        if row.at != at:
            row.at = at
            row.save()


def _follow(pick_up, before, by, now):
    """The ways that go by a pick-up point that moved or closed, and whoever goes by them."""
    routes = Route.objects.driven().filter(stops__pick_up=pick_up)
    keys = sorted(set(routes.values_list("project", flat=True)))
    list(Project.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True))
    after = (pick_up.easting, pick_up.northing)
    for route in routes.order_by("pk").select_for_update(no_key=True, of=("self",)):
        line = [list(point) for point in moved(route.line, before, after)]
        if distance_to_line(after, line) > OFF_THE_WAY:
            raise RuleBroken(
                f"The way “{route.name}” does not pass there. Put the new point in its line first, so that what is "
                "checked is the way the van takes."
            )
        if line != route.line:
            route.line = line
            route.save()
    retest_projects(project_ids=keys, by=by, now=now)
