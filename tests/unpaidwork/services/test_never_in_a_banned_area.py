"""No sequence of what staff may do leaves somebody at work inside an area that an order in force bans."""

from contextlib import suppress
from datetime import timedelta
from math import hypot

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cases.models import Restriction
from cases.reference.restrictions import DATUM_METRES
from cases.rules.restrictions import Area
from staff.errors import RuleBroken
from staff.models import Entry
from tests.clock import frozen
from tests.factories import NOW, InstructionFactory, RouteFactory, StopFactory
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_worker import a_project, a_worker, on_tuesdays, sign_risk
from unpaidwork.models import Attendance, Project, WorkAllocation
from unpaidwork.services.allocations import (
    allocate,
    allocate_many,
    change_allocation,
    end_allocation,
    reassign,
    reopen,
    resume,
    suspend,
)
from unpaidwork.services.projects import save_project
from unpaidwork.services.restrictions import (
    change_restriction,
    end_restriction,
    record_restriction,
)
from unpaidwork.services.retesting import retest_chunk
from unpaidwork.services.sessions import generate_sessions

pytestmark = pytest.mark.django_db
PLACES = [(455_000 + 400 * n, 205_000) for n in range(4)]
STOP = (455_000, 206_000)
which = st.integers(0, 9)
places = st.sampled_from(PLACES)
centres = st.sampled_from([*PLACES, STOP, (455_000, 205_500), (400_000, 300_000)])
radii = st.sampled_from([1, 60, 250, 600])
ways = st.sampled_from([None, "van"])
lasts = st.sampled_from([None, 0, 5, 30])


class Working(RuleBasedStateMachine):
    """Two people, three projects in a row with a van to one of them, orders that come, change and end."""

    stopped = 0  # over all examples, so that a search in which nothing is ever touched shows

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = frozen(NOW)
        self.clock.__enter__()
        self.now = NOW
        self.by = coordinator()
        self.works = [a_worker(), a_worker()]
        self.projects = [
            a_project(easting=east, northing=north, weekdays=[1, 2]) for east, north in PLACES[:3]
        ]
        route = RouteFactory(
            project=self.projects[0], line=[list(STOP), [455_000, 205_500], list(PLACES[0])]
        )
        self.stop = StopFactory(route=route, pick_up__easting=STOP[0], pick_up__northing=STOP[1])
        for work, way in zip(self.works, ("van", None), strict=True):
            self.try_to(allocate, work=work, placing=self.a_place(self.projects[0], way))

    def teardown(self):
        if hasattr(self, "undo"):
            stopped = Entry.objects.filter(action="suspended_work", detail__has_key="because")
            Working.stopped += stopped.count()
            self.clock.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def a_place(self, project, way, weekday=1, last=None):
        to_on = None if last is None else self.today() + timedelta(days=last)
        stop = self.stop.pk if way and project == self.projects[0] else None
        return on_tuesdays(project, from_on=self.today(), to_on=to_on, stop=stop, weekday=weekday)

    def today(self):
        return self.now.date()

    def one_of(self, rows, number):
        rows = list(rows.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def try_to(self, service, **said):
        with suppress(RuleBroken), transaction.atomic():
            return service(by=self.by, now=self.now, **said)

    @rule(who=which, where=which, way=ways, weekday=st.sampled_from([1, 2]), last=lasts)
    def is_given_a_place(self, who, where, way, weekday, last):
        placing = self.a_place(self.projects[where % 3], way, weekday, last)
        self.try_to(allocate, work=self.works[who % 2], placing=placing)

    @rule(where=which, way=ways)
    def are_given_it_together(self, where, way):
        placing = self.a_place(self.projects[where % 3], way)
        self.try_to(allocate_many, works=self.works, placing=placing)

    @rule(which_one=which, where=which, way=ways)
    def is_moved(self, which_one, where, way):
        if one := self.one_of(WorkAllocation.objects.select_related("case", "work"), which_one):
            placing = self.a_place(self.projects[where % 3], way)
            self.try_to(reassign, allocation=one, placing=placing, because="Nearer to home")

    @rule(which_one=which, way=ways, weekday=st.sampled_from([1, 2]), last=lasts)
    def is_changed(self, which_one, way, weekday, last):
        if one := self.one_of(WorkAllocation.objects.select_related("case", "work"), which_one):
            said = self.a_place(one.project, way, weekday, last)
            self.try_to(
                change_allocation,
                allocation=one,
                stop=said.stop,
                to_on=said.to_on,
                weekday=weekday,
            )

    @rule(which_one=which, act=st.sampled_from([suspend, end_allocation]))
    def is_stopped(self, which_one, act):
        if one := self.one_of(WorkAllocation.objects.select_related("case"), which_one):
            self.try_to(act, allocation=one, because="The river is high")

    @rule(which_one=which, act=st.sampled_from([resume, reopen]))
    def stands_again(self, which_one, act):
        if one := self.one_of(WorkAllocation.objects.select_related("case", "work"), which_one):
            self.try_to(act, allocation=one)

    @rule(who=which, centre=centres, radius=radii, last=lasts, from_in=st.sampled_from([0, 10]))
    def an_order_comes(self, who, centre, radius, last, from_in):
        case = self.works[who % 2].case
        made = self.try_to(
            record_restriction, case=case, **self.terms(centre, radius, last, from_in)
        )
        self.is_seen_to(made)

    @rule(which_one=which, centre=centres, radius=radii, last=lasts)
    def an_order_is_changed(self, which_one, centre, radius, last):
        if one := self.one_of(Restriction.objects.standing(), which_one):
            made = self.try_to(
                change_restriction,
                restriction=one,
                because="Varied by the court today",
                **self.terms(centre, radius, last, 0),
            )
            self.is_seen_to(made)

    @rule(which_one=which)
    def an_order_ends(self, which_one):
        if one := self.one_of(Restriction.objects.standing(), which_one):
            self.try_to(end_restriction, restriction=one, because="Discharged by the court today")

    @rule(where=which, place=places)
    def a_site_moves(self, where, place):
        self.try_to(save_project, project=self.projects[where % 3], point=place)

    @rule(days=st.sampled_from([1, 7]))
    def days_pass(self, days):
        self.clock.__exit__(None, None, None)
        self.now += timedelta(days=days)
        self.clock = frozen(self.now)
        self.clock.__enter__()
        retest_chunk(after=0, today=self.today(), now=self.now)
        generate_sessions(
            case_ids=[one.case_id for one in self.works], by=None, now=self.now, weeks=2
        )

    def is_seen_to(self, order):
        """The officer says what it means on site and assesses the risk anew, so that the gate of the case is open."""
        if order:
            InstructionFactory(registration=None, restriction=order, case=order.case)
            sign_risk(order.case)

    def terms(self, centre, radius, last, from_in):
        first = self.today() + timedelta(days=from_in)
        return {
            "kind": "restraining",
            "terms": "areas",
            "prohibits": "Must not go into the area that the order bans.",
            "areas": [
                Area(
                    "The area of the order", "circle", {"centre": list(centre), "radius": radius}, 0
                )
            ],
            "from_on": first,
            "to_on": None if last is None else first + timedelta(days=last),
            "copy_seen_on": self.today(),
            "source": "Copy of the order, from the court",
        }

    @invariant()
    def nobody_works_where_an_order_bans_them(self):
        if not hasattr(self, "works"):
            return
        for one in WorkAllocation.objects.filter(state="active").select_related("project"):
            first = max(one.from_on, self.today())
            if one.to_on and one.to_on < first:
                continue
            for order in Restriction.objects.in_force_between(first, one.to_on).filter(
                case=one.case_id
            ):
                assert not self.is_banned(one, order), (one, order)

    @invariant()
    def nobody_is_expected_where_their_place_is_stopped(self):
        if hasattr(self, "works"):
            coming = Attendance.objects.filter(
                session__on__gt=self.today(), appointment__called_off_at=None
            )
            assert not coming.exclude(allocation__state="active").exists()

    def is_banned(self, one, order):
        """By the corners and a step along the way: another way of measuring than that of the product."""
        project = Project.objects.get(pk=one.project_id)
        points = [(project.easting, project.northing)]
        if one.stop_id:
            line = one.stop.route.line
            points += [
                STOP,
                *(step for pair in zip(line, line[1:], strict=False) for step in steps(*pair)),
            ]
        return any(
            hypot(x - area.outline["centre"][0], y - area.outline["centre"][1])
            <= area.outline["radius"] + area.buffer + DATUM_METRES - 1
            for area in order.areas.all()
            for x, y in points
        )


def steps(start, end):
    """Each metre or two of a stretch."""
    metres = max(1, int(hypot(end[0] - start[0], end[1] - start[1]) // 2))
    return [
        (start[0] + (end[0] - start[0]) * n / metres, start[1] + (end[1] - start[1]) * n / metres)
        for n in range(metres + 1)
    ]


def search(examples):
    """How often somebody was stopped."""
    Working.stopped = 0
    run_state_machine_as_test(
        Working,
        settings=settings(
            max_examples=examples,
            stateful_step_count=14,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Working.stopped


def test_nobody_is_left_at_work_inside_a_banned_area():
    assert search(5) > 0


@pytest.mark.nightly
def test_nobody_is_left_at_work_inside_a_banned_area_however_long_it_is_looked_for():
    assert search(150) > 0
