"""Testing 5,000 places again after a change, and giving 1,000 people their days, against the least each could cost.

The least of testing: one SELECT of each place with what bans it, and the distances in a plain loop; it locks nothing,
knows no register, van or neighbour, and tells nobody. Goal of the whole system: 5,000 within two seconds. The least of
giving days: the rows themselves, four a person, inserted in bulk; nothing is looked up, audited or kept twice.
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from math import hypot

from django.db import connection, transaction

from bench import database
from bench.measure import Benchmark, timed
from cases.models import Case, Contact, Requirement, RestrictedArea, Restriction, Sentence
from cases.reference.codes import CaseState, Order
from staff.models import User
from unpaidwork.models import (
    Availability,
    Beneficiary,
    PickUp,
    Project,
    Route,
    SiteCheck,
    Stop,
    Work,
    WorkAllocation,
)
from unpaidwork.queries.matching import matches_for
from unpaidwork.services.retesting import retest
from unpaidwork.services.sessions import generate_sessions

PLACES, GIVEN, PROJECTS = 5000, 1000, 200
WITHIN = 2.0  # seconds. Goal: unpaid work reference 10
TODAY = date(2018, 10, 1)
NOW = datetime(2018, 10, 1, 9, tzinfo=UTC)
READ = """
    SELECT place.id, project.easting, project.northing, area.outline, area.buffer
    FROM unpaidwork_workallocation AS place
    JOIN unpaidwork_project AS project ON project.id = place.project_id
    JOIN cases_restriction AS keeps ON keeps.case_id = place.case_id AND keeps.ended_on IS NULL
    JOIN cases_restrictedarea AS area ON area.restriction_id = keeps.id
    WHERE place.state = 'active'
"""


def fill():
    """5,000 people on 200 projects, each with an order that bans somewhere else; a van to each project."""
    by = User.objects.create_user("coordinator", role="coordinator")
    projects, cases = _projects(by), _cases()
    _places(cases, _works(cases), projects, by)
    _orders(cases, by)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [case.pk for case in cases]


def _cases():
    return Case.objects.bulk_create(
        Case(
            crn=f"U{n:06}",
            surname=f"Marsh{n}",
            sort_name=f"marsh{n}",
            sex="M",
            state=CaseState.SUPERVISED,
            arrived_on=TODAY,
            facts_changed_at=NOW,
        )
        for n in range(PLACES)
    )


def _places(cases, works, projects, by):
    """Every other of them comes by the van."""
    stops = list(Stop.objects.order_by("pk").values_list("pk", flat=True))
    WorkAllocation.objects.bulk_create(
        WorkAllocation(
            work=work,
            case=case,
            project=projects[n % PROJECTS],
            stop_id=stops[n % PROJECTS] if n % 2 else None,
            weekday=1,
            from_on=TODAY,
            from_at=time(9),
            to_at=time(16),
            made_at=NOW,
            made_by=by,
        )
        for n, (case, work) in enumerate(zip(cases, works, strict=True))
    )


def _orders(cases, by):
    restrictions = Restriction.objects.bulk_create(
        Restriction(
            case=case,
            kind="restraining",
            terms="areas",
            prohibits="Must not go there.",
            from_on=TODAY,
            source="The court",
            recorded_at=NOW,
            recorded_by=by,
        )
        for case in cases
    )
    RestrictedArea.objects.bulk_create(
        RestrictedArea(
            restriction=one,
            label="There",
            shape="circle",
            outline={"centre": [300_000 + n, 100_000], "radius": 500},
        )
        for n, one in enumerate(restrictions)
    )


def _projects(by):
    beneficiary = Beneficiary.objects.create(
        name="The parks", agreed_on=TODAY, insured_until=TODAY + timedelta(days=700)
    )
    projects = Project.objects.bulk_create(
        Project(
            code=f"B{n:04}",
            name=f"Park {n}",
            kind="group",
            beneficiary=beneficiary,
            easting=450_000 + 300 * n,
            northing=205_000,
            from_on=TODAY,
            most=60,
            ratio=60,
            signal="good",
            what_is_done="Clearing paths.",
        )
        for n in range(PROJECTS)
    )
    _open_on_tuesdays(projects, by)
    _ways(projects)
    return projects


def _open_on_tuesdays(projects, by):
    Availability.objects.bulk_create(
        Availability(project=one, weekday=1, from_on=TODAY, from_at=time(9), to_at=time(16))
        for one in projects
    )
    SiteCheck.objects.bulk_create(
        SiteCheck(
            project=one,
            checked_on=TODAY,
            checked_by=by,
            hazards=[],
            first_aid="Kit",
            review_on=TODAY + timedelta(days=200),
        )
        for one in projects
    )


def _ways(projects):
    pick_up = PickUp.objects.create(
        code="BUS", where="Bus station", easting=449_000, northing=205_000
    )
    routes = Route.objects.bulk_create(
        Route(
            project=one,
            name="From the bus station",
            line=[[449_000, 205_000], [one.easting, 206_000], [one.easting, one.northing]],
            seats=60,
        )
        for one in projects
    )
    Stop.objects.bulk_create(Stop(route=one, pick_up=pick_up, at=time(8, 30)) for one in routes)


def _works(cases):
    sentences = Sentence.objects.bulk_create(
        Sentence(
            case=case,
            source_id="1",
            active=True,
            order=Order.COMMUNITY,
            description="Community order",
            convicted_on=TODAY,
            started_on=TODAY,
        )
        for case in cases
    )
    requirements = Requirement.objects.bulk_create(
        Requirement(
            sentence=one, source_id="1", main_code="W", active=True, length=100, length_unit="Hours"
        )
        for one in sentences
    )
    return Work.objects.bulk_create(
        Work(
            requirement=requirement,
            case=case,
            minutes_ordered=6000,
            sentenced_on=TODAY,
            arrived_on=TODAY,
        )
        for case, requirement in zip(cases, requirements, strict=True)
    )


def bare_test():
    with connection.cursor() as cursor:
        cursor.execute(READ)
        rows = cursor.fetchall()
    return [
        key
        for key, east, north, area, buffer in rows
        for outline in [json.loads(area)]
        if hypot(east - outline["centre"][0], north - outline["centre"][1])
        <= outline["radius"] + buffer
    ]


def bare_days():
    """As many rows of the log, and no more than that."""
    case = Case.objects.order_by("pk").first()
    with transaction.atomic():
        Contact.objects.bulk_create(
            [
                Contact(case=case, type_code="UPWA", started_at=NOW, appointment=True)
                for _ in range(4 * GIVEN)
            ],
            batch_size=2000,
        )
        transaction.set_rollback(True)


def our_days(keys):
    with transaction.atomic():
        made = generate_sessions(case_ids=keys, by=None, now=NOW)
        if made != 4 * GIVEN:
            raise AssertionError(f"{made} days were given and not {4 * GIVEN}.")
        transaction.set_rollback(True)


def our_test(keys):
    if retest(keys, None, NOW):
        raise AssertionError("Nobody was to be touched.")


def benchmarks():
    database.start()
    keys = fill()
    _say_seconds(keys)
    return [
        Benchmark("test 5,000 places again", bare_test, partial(our_test, keys), goal=60, rounds=3),
        Benchmark(
            "give 1,000 people their days",
            bare_days,
            partial(our_days, keys[:GIVEN]),
            goal=15,
            rounds=3,
        ),
    ]


def _say_seconds(keys):
    """The goal is in seconds, whatever the least would cost."""
    our_test(keys)
    took = timed(partial(our_test, keys))
    print(f"5,000 places tested again in {took:.2f} s{'' if took <= WITHIN else '  MISSED (2 s)'}")
    work = Work.objects.order_by("pk")[0]
    took = timed(partial(matches_for, work, TODAY))
    print(f"{PROJECTS} projects ranked for one person in {took:.2f} s", flush=True)
