"""Every way of putting somebody to work, read from the code, goes through the one check; and each refuses in its words.

A new writer of allocations, or a new page, endpoint or command that gives one, fails here until it is asked in its own
right. Source: product rules, gates (no way round); report 4.1 (a registered sex offender and a stand-alone violent order
were placed).
"""

import ast
from functools import cache

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from cases.models import Appointment
from staff.errors import RuleBroken
from staff.models import Entry
from tests.clock import frozen
from tests.factories import NOW, TODAY, UserFactory
from tests.test_architecture import FUNCTIONS, MODULES, nodes_of, tree_of
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project
from tests.unpaidwork.services import test_no_way_round_the_gate as known
from tests.unpaidwork.services.test_no_way_round_the_gate import (
    WHO,
    a_school_garden,
    as_sent,
    stands_by_mistake,
)
from unpaidwork.models import Attendance, WorkAllocation
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.services.sessions import book_induction, generate_sessions
from unpaidwork.services.sheets import publish_sheet
from unpaidwork.services.timetable import run_night

CHECK = "check_may_allocate"
SERVICES = "unpaidwork.services.allocations"
WRITES = frozenset(
    {"create", "bulk_create", "bulk_update", "get_or_create", "update", "update_or_create"}
)
# Fills an empty database with demonstration data, which the night then tests like any other
DEMONSTRATION = "unpaidwork.management.demo"
CODE = [name for name in MODULES if not name.startswith(DEMONSTRATION)]


# Read from the code


@cache
def functions(module):
    return [node for node in nodes_of(module) if isinstance(node, FUNCTIONS)]


@cache
def names_in(node):
    """Every name that this code mentions, whether it is called, passed on or an attribute."""
    return {
        getattr(one, "id", None) or getattr(one, "attr", None) or getattr(one, "arg", None)
        for one in ast.walk(node)
    }


def root_of(node):
    """What a chain of attributes and calls begins with, and each attribute on its way."""
    way = []
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            way.append(node.attr)
        node = node.value if not isinstance(node, ast.Call) else node.func
    return getattr(node, "id", ""), way


def writes_allocations(call):
    root, way = root_of(call.func)
    if root == "WorkAllocation" and not way:
        return True
    of_them = root == "WorkAllocation" or {"work_allocations", "allocations"} & set(way[1:])
    return bool(of_them and way and way[0] in WRITES)


def test_allocations_are_written_in_two_places_and_nowhere_else():
    found = {
        (module, function.name)
        for module in CODE
        for function in functions(module)
        for one in ast.walk(function)
        if isinstance(one, ast.Call) and writes_allocations(one)
    }

    assert found == {
        ("unpaidwork.services.allocation_rows", "create"),
        ("unpaidwork.services.retesting", "_suspend"),
    }


def test_no_statement_of_ours_writes_their_table_by_name():
    texts = {
        module
        for module in CODE
        for one in nodes_of(module)
        if isinstance(one, ast.Constant) and "unpaidwork_workallocation" in str(one.value)
    }

    assert texts == set()


def callers_of(*wanted):
    """{(module, function)} that mention one of these by name, but for imports."""
    return {
        (module, function.name)
        for module in CODE
        for function in functions(module)
        if names_in(function) & set(wanted) and function.name not in wanted
    }


def test_each_that_makes_one_or_has_one_stand_asks_the_check_in_the_same_breath():
    made = {("unpaidwork.services.allocations", name) for name in ("_allocate", "reassign")}
    changed = {("unpaidwork.services.allocations", name) for name in ("_back", "change_allocation")}

    writers = {
        (module, function.name)
        for module in CODE
        for function in functions(module)
        if module == SERVICES and names_in(function) & {"create", "set_columns"}
    }
    active = {
        (module, function.name)
        for module in CODE
        for function in functions(module)
        if any(_sets_active(one) for one in ast.walk(function))
    }

    assert writers == made | changed
    assert active == {(SERVICES, "_back")}
    assert writers <= callers_of(CHECK)


def _sets_active(node):
    """An assignment to the state of something, by the code of an active allocation."""
    if not isinstance(node, ast.Assign):
        return False
    to_state = any(getattr(one, "attr", "") == "state" for one in ast.walk(node.targets[0]))
    said = [ast.unparse(one) for one in ast.walk(node.value)]
    return to_state and "AllocationState.ACTIVE" in said


def ways_to_work():
    """The services that ask the check, or call one that does."""
    inside = {name for module, name in callers_of(CHECK) if module == SERVICES}
    while more := {name for module, name in callers_of(*inside) if module == SERVICES} - inside:
        inside |= more
    return {name for name in inside if not name.startswith("_")}


def routes_to_work():
    """{(module, function)} of pages, endpoints and commands that call one of them."""
    ways = ways_to_work()
    found = set()
    for module in CODE:
        if module == SERVICES or not _imports_the_services(tree_of(module)):
            continue
        for function in functions(module):
            named = {
                one.attr if isinstance(one, ast.Attribute) else one.id
                for one in ast.walk(function)
                if (isinstance(one, ast.Attribute) and getattr(one.value, "id", "") == "services")
                or isinstance(one, ast.Name)
            }
            found |= {(module, function.name, name) for name in named & ways}
    return found


def _imports_the_services(tree):
    return any(
        isinstance(one, ast.ImportFrom)
        and (one.module == SERVICES or (one.module == "unpaidwork.services" and any(
            name.name == "allocations" for name in one.names
        )))
        for one in tree.body
    )  # fmt: skip


# Asked in turn. `(module, function, service)`: the way it goes; a route of `ROUTES` or of the module beside this one


def by_page_to_move(work, project, by, client):
    old = stands_by_mistake(work, a_project(), "suspended")
    page = reverse("choose-work", args=[work.case.crn, project.pk], query={"move": str(old.pk)})
    return posted(client, by, page, **a_day(), because="Nearer to home")


def by_page_to_resume(work, project, by, client):
    old = stands_by_mistake(work, project, "suspended")
    return posted(client, by, reverse("resume-place", args=[work.case.crn, old.pk]))


def by_page_to_reopen(work, project, by, client):
    old = stands_by_mistake(work, project, "ended")
    page = reverse("reopen-place", args=[work.case.crn, old.pk])
    return posted(client, by, page, from_on="1 October 2018", to_on="")


def by_page_to_change(work, project, by, client):
    old = stands_by_mistake(work, project, "active")
    page = reverse("change-work-place", args=[work.case.crn, old.pk])
    try:
        return posted(client, by, page, **a_day(day="2-0900-1600-week"))
    finally:
        set_aside(old, "active", weekday=1)


def by_api_to_move(work, project, by, client):
    old = stands_by_mistake(work, a_project(), "suspended")
    return refused_by_api("reassign", old, by, as_sent(project) | {"because": "Nearer to home"})


def by_api_to_resume(work, project, by, client):
    return refused_by_api("resume", stands_by_mistake(work, project, "suspended"), by, {})


def by_api_to_reopen(work, project, by, client):
    return refused_by_api("reopen", stands_by_mistake(work, project, "ended"), by, {})


def by_api_to_change(work, project, by, client):
    old = stands_by_mistake(work, project, "active")
    try:
        return refused_by_api("change", old, by, as_sent(project) | {"weekday": 2})
    finally:
        set_aside(old, "active", weekday=1)


def a_day(day="1-0900-1600-week"):
    return {"day": day, "from_on": "1 October 2018", "to_on": "", "stop": "own"}


def posted(client, by, page, **said):
    client.force_login(by)
    answer = client.post(page, said | {"confirm": "1"})
    assert answer.status_code == 200  # the page again, and not on to what was given
    return answer.content.decode()


def refused_by_api(step, old, by, said):
    api = APIClient()
    api.force_login(by)
    page = reverse(f"api-{step}-work-allocation", args=[old.case.crn, old.pk])
    answer = api.post(page, said, format="json")
    assert answer.status_code == 422
    return answer.json()["detail"]


def set_aside(old, state, **columns):
    """As it stood before the mistake was tried to be built upon: nothing of it has changed."""
    old.refresh_from_db()
    assert old.state == state
    assert {name: getattr(old, name) for name in columns} == columns
    WorkAllocation.objects.filter(pk=old.pk).update(state="ended", state_because="Before")


ROUTES = {
    one.__name__: one
    for one in (
        by_page_to_move,
        by_page_to_resume,
        by_page_to_reopen,
        by_page_to_change,
        by_api_to_move,
        by_api_to_resume,
        by_api_to_reopen,
        by_api_to_change,
    )
}
ASKED = {
    ("unpaidwork.api.allocating", "post", "allocate"): known.by_api,
    ("unpaidwork.api.allocating", "post", "allocate_many"): known.by_bulk_api,
    ("unpaidwork.api.allocating", "post", "change_allocation"): by_api_to_change,
    ("unpaidwork.api.allocating", "post", "reassign"): by_api_to_move,
    ("unpaidwork.api.allocating", "post", "reopen"): by_api_to_reopen,
    ("unpaidwork.api.allocating", "post", "resume"): by_api_to_resume,
    ("unpaidwork.services.load_allocations", "_load", "allocate"): known.by_command,
    ("unpaidwork.views.allocating", "_give", "allocate"): known.by_page,
    ("unpaidwork.views.allocating", "_give", "reassign"): by_page_to_move,
    ("unpaidwork.views.allocating_many", "allocate_many_page", "allocate_many"): known.by_bulk_page,
    ("unpaidwork.views.places", "_changed", "change_allocation"): by_page_to_change,
    ("unpaidwork.views.places", "reopen_place", "reopen"): by_page_to_reopen,
    ("unpaidwork.views.places", "resume_place", "resume"): by_page_to_resume,
}


def test_every_route_in_the_code_is_asked_here_or_beside():
    assert routes_to_work() == set(ASKED)
    tried = {*ROUTES.values(), *known.ROUTES.values()}
    assert set(ASKED.values()) <= tried


def test_every_service_that_puts_somebody_to_work_is_asked_by_itself_too():
    assert ways_to_work() == {
        "allocate", "allocate_many", "change_allocation", "reassign", "reopen", "resume",
    }  # fmt: skip


@pytest.fixture
def monday(db):
    with frozen(NOW):
        yield


@pytest.mark.parametrize("who", sorted(WHO))
@pytest.mark.parametrize("route", sorted(ROUTES))
def test_neither_is_placed_by_any_of_them_and_each_says_why(monday, route, who, client):
    (work, why), project, by = WHO[who](), a_school_garden(), coordinator()

    said = ROUTES[route](work, project, by, client)

    assert why in said
    assert not WorkAllocation.objects.filter(state="active").exists()
    assert not Attendance.objects.exists()
    assert not Appointment.objects.exists()
    refused = Entry.objects.filter(action="allocated_work", crn=work.case.crn, refused=True)
    assert refused.get().detail["keys"]
    assert not Entry.objects.filter(crn=work.case.crn, refused=False, action__in=DONE).exists()


DONE = ("allocated_work", "changed_work_allocation", "reassigned_work", "reopened_work_allocation", "resumed_work")  # fmt: skip


# What follows without anybody allocating


def test_the_night_gives_no_day_to_the_sex_offender_who_stands_by_mistake_and_stops_them(monday):
    """What is missing of an assessment stops nobody who works: no sheet is published with them on it, below."""
    work, why = WHO["the sex offender"]()
    old = stands_by_mistake(work, a_school_garden(), "active")

    run_night(now=NOW)

    old.refresh_from_db()
    assert (old.state, why in old.state_because) == ("suspended", True)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("state", ["suspended", "ended"])
def test_no_days_are_generated_of_what_does_not_stand(monday, state):
    work, _ = WHO["the sex offender"]()
    stands_by_mistake(work, a_school_garden(), state)

    assert generate_sessions(case_ids=[work.case_id], by=None, now=NOW) == 0
    assert not Attendance.objects.exists()


def an_induction(*near):
    project = a_project(kind=ProjectKind.INDUCTION, weekdays=[1])
    for one in near:
        project.neighbours.create(near=one)
    return project


def test_the_sex_offender_is_not_inducted_where_children_are(monday):
    work, why = WHO["the sex offender"]()

    with pytest.raises(RuleBroken, match=why):
        book_induction(
            work=work, project=an_induction("school"), on=TOMORROW, by=coordinator(), now=NOW
        )

    assert not Attendance.objects.exists()


@pytest.mark.parametrize("who", sorted(WHO))
def test_an_induction_is_followed_by_no_work(monday, who, client, tmp_path):
    """It may be booked while the gate is shut; what follows it is asked like any other."""
    (work, why), by = WHO[who](), coordinator()
    book_induction(work=work, project=an_induction(), on=TOMORROW, by=by, now=NOW)

    run_night(now=NOW)

    assert not WorkAllocation.objects.exists()
    assert Attendance.objects.count() == 1
    assert why in known.by_page(work, a_school_garden(), by, client)
    assert not WorkAllocation.objects.exists()


@pytest.mark.parametrize("who", sorted(WHO))
def test_no_sheet_is_published_with_either_on_it(monday, who):
    """However they came to be expected there."""
    work, _ = WHO[who]()
    project = a_school_garden()
    old = stands_by_mistake(work, project, "active")
    generate_sessions(case_ids=[work.case_id], by=None, now=NOW)
    session = project.sessions.order_by("on").first()
    session.staff.add(UserFactory(role="supervisor"))

    with pytest.raises(RuleBroken, match=work.case.crn):
        publish_sheet(session=session, by=coordinator(), now=NOW)

    session.refresh_from_db()
    assert session.state == "planned"
    assert old.state == "active"


TOMORROW = TODAY.replace(day=2)  # a Tuesday
