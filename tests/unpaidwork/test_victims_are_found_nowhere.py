"""Whom an order protects, where they live and what it bans: looked for at every address of unpaid work and of orders.

Pages, print, PDFs, exports, the API and what a tablet takes along are read as every role; an address that is added
later is read by itself. Source: unpaid work reference 6 (no victim address); product rules, roles and sharing.
"""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cases.models import Message, Notice
from cases.reference.codes import Capacity
from cases.rules.restrictions import Area
from staff.models import Entry
from staff.permissions import Action, Reach, Role, reach
from tests.clock import frozen
from tests.factories import NOW, TODAY, AssignmentFactory, UserFactory
from tests.many_requests import asked_for
from tests.test_leaks import LISTS
from tests.test_permissions import ENDPOINTS, action_of
from tests.unpaidwork.a_protected_person import (
    KEPT,
    REFUGE,
    somebody_else_instead,
    somebody_protected,
)
from unpaidwork.models import WorkAllocation, WorkSession
from unpaidwork.services.restrictions import record_restriction

pytestmark = pytest.mark.django_db
AREAS = {"case-restrictions", "change-restriction", "end-restriction", "api-restrictions"}
# Where those who work on the case may read what is kept; their names are theirs to read wherever the case is
MEANT = {"home": set(), "label": AREAS, "area": AREAS}
SETS_PROJECTS = sorted(role for role in Role if reach(role, Action.SET_PROJECTS))


@pytest.fixture(scope="module", autouse=True)
def each_is_asked_for_often():
    with asked_for(addresses=2_000):
        yield


@pytest.fixture(autouse=True)
def at_nine_on_a_monday():
    with frozen(NOW):
        yield


@pytest.fixture
def world():
    return somebody_protected()


def module_of(name):
    callback = ENDPOINTS[name].callback
    return getattr(callback, "cls", callback).__module__


OURS = sorted(
    name
    for name in ENDPOINTS
    if module_of(name).startswith("unpaidwork.") or "restriction" in module_of(name)
)
WITHOUT_A_NUMBER = sorted(  # of every other app, whatever a CRN alone opens or nothing at all
    name
    for name in ENDPOINTS
    if name not in OURS and not ENDPOINTS[name].pattern.converters.keys() - {"crn"}
)


def address_of(name, world):
    """Each number in an address has to be one of the case: a new kind of number is said in `at_work`."""
    wanted = ENDPOINTS[name].pattern.converters.keys()
    keys = world | {"crn": world["case"].crn}
    if name in ("reopen-place", "api-reopen-work-allocation"):
        keys |= {"allocation": world["ended"]}
    assert wanted <= keys.keys(), f"{name} needs {sorted(wanted - keys.keys())}"
    return reverse(name, kwargs={part: keys[part] for part in wanted})


def read(answer):
    """What was answered as text, whatever it is."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "pdf" in answer.get("Content-Type", ""):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode()


def crawl(client, user, world, names):
    """{name of an address, and what was asked of it: what it answered}, of those that the table opens to the user."""
    client.force_login(user)
    bodies = {}
    for name in names:
        if not reach(user.role, action_of(ENDPOINTS[name])):
            continue
        for asked in ({}, *LISTS.get(name, ())):
            answer = client.get(address_of(name, world), asked)
            reached = answer.status_code in (200, 302, 400, 403, 404, 405)
            assert reached, (name, answer.status_code)
            bodies[f"{name} {asked}" if asked else name] = read(answer)
    return bodies


def found(bodies, words):
    return {name for name, body in bodies.items() if any(one in body.lower() for one in words)}


def somebody_of(role, world):
    """As near to the case as this role comes without being one of those who may read the names."""
    case = world["case"]
    if role == Role.SUPERVISOR:
        return WorkSession.objects.get(pk=world["session"]).staff.get()
    user = UserFactory(role=role, team=case.team)
    if role == Role.COORDINATOR:
        AssignmentFactory(
            case=case, user=user, capacity=Capacity.UNPAID_WORK, from_on=TODAY, to_on=None
        )
    return user


NOT_TOLD = sorted(  # an officer of the team who does not hold the case among them
    role for role in Role if reach(role, Action.VIEW_PROTECTED_NAMES) < Reach.TEAM
)


@pytest.mark.parametrize("role", NOT_TOLD)
def test_whoever_may_not_read_them_finds_them_at_no_address(client, world, role):
    bodies = crawl(client, somebody_of(role, world), world, OURS)

    assert {what: found(bodies, words) for what, words in KEPT.items()} == dict.fromkeys(KEPT, set())  # fmt: skip
    assert role in SETS_PROJECTS or found(bodies, REFUGE) == set()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SUPERVISOR])
def test_nor_do_those_of_unpaid_work_find_where_it_is_on_any_page_besides(client, world, role):
    bodies = crawl(client, somebody_of(role, world), world, WITHOUT_A_NUMBER)

    assert {what: found(bodies, KEPT[what]) for what in MEANT} == dict.fromkeys(MEANT, set())


def test_why_two_are_kept_apart_names_nobody_to_those_of_unpaid_work(client, world):
    client.force_login(somebody_of(Role.COORDINATOR, world))

    page = client.get(reverse("case", args=[world["case"].crn])).content.decode().lower()

    _, apart = page.split('id="apart"')
    said, _ = apart.split("</ul>", 1)
    assert "[name protected]" in said
    assert not [one for one in KEPT["name"] if one in said]


@pytest.mark.parametrize("who", ["officer", "spo"])
def test_those_who_work_on_the_case_read_them_where_it_is_meant_and_nowhere_else(
    client, world, who
):
    case = world["case"]
    user = case.officer if who == "officer" else UserFactory(role=Role.SPO, team=case.team)

    bodies = crawl(client, user, world, OURS)

    assert {what: found(bodies, KEPT[what]) - where for what, where in MEANT.items()} == (
        dict.fromkeys(MEANT, set())
    )
    assert {"case-restrictions", "api-restrictions", "see-work-risk", "work-hours"} <= found(
        bodies, KEPT["name"]
    )
    assert AREAS & found(bodies, KEPT["area"])


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SUPERVISOR])
def test_every_address_that_a_role_opens_was_opened(client, world, role):
    """Or having found nothing would prove nothing."""
    user = somebody_of(role, world)
    client.force_login(user)

    shut = {
        name: answer.status_code
        for name in OURS
        if reach(role, action_of(ENDPOINTS[name]))
        and (answer := client.get(address_of(name, world))).status_code not in (200, 302, 405)
    }

    assert shut == {}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SUPERVISOR])
def test_where_they_live_and_what_is_banned_changes_no_letter_of_what_is_read(client, world, role):
    """Neither a place drawn on a map, nor a distance, nor an order of things, nor a mark of what was read gives it away."""
    user = somebody_of(role, world)
    crawl(client, user, world, OURS)  # what is written on being read stands from here
    before = crawl(client, user, world, OURS)

    somebody_else_instead(world["case"])
    after = crawl(client, user, world, OURS)

    assert {name for name in before if steady(before[name]) != steady(after[name])} == set()


def steady(body):
    """Without what is drawn by lot for each answer."""
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=|"token": ?)"[\w+/=-]+"', "", body)


def test_what_stops_a_place_tells_nobody_whom_it_protects_or_where(world):
    """In the reason, the notices, what is sent, the trail, the booking and the evidence."""
    case = world["case"]
    places = WorkAllocation.objects.filter(pk=world["allocation"])
    places.update(state="active", state_because="", evidence={})
    Notice.objects.all().delete()
    site = places.get().project

    record_restriction(
        case=case,
        kind="restraining",
        terms="areas",
        prohibits="Must not go into the area that the order bans.",
        areas=[
            Area("Around Vexholme", "circle", {"centre": [site.easting, site.northing], "radius": 457}, 0)
        ],
        protects=case.related_people.first(),
        from_on=TODAY,
        copy_seen_on=TODAY,
        source="Copy of the order, from the court",
        by=case.officer,
        now=NOW,
    )  # fmt: skip

    place = places.get()
    told = list(Notice.objects.values_list("text", flat=True))
    words = " ".join(
        [
            place.state_because, str(place.evidence), *told,
            *Message.objects.filter(at__gte=NOW).values_list("body", flat=True).exclude(kind="request"),
            *map(str, Entry.objects.values_list("detail", flat=True)),
        ]
    ).lower()  # fmt: skip
    assert place.state == "suspended"
    assert told
    assert not [one for kept in KEPT.values() for one in kept if one in words]
