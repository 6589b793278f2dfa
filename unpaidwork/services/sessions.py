"""Sessions for the weeks ahead, from the places people have; an attendance each, and an appointment of the case each.

Never takes anything away. Bank holidays and days the project does not run are skipped. Set-based: thousands of people
in a few statements a chunk. Source: unpaid work reference 3; contract SL006R (an induction counts).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import get_current_timezone, localtime

from cases.services.appointment_sets import Booked, book_many, may_be_booked
from staff.audit import record_each
from staff.errors import RuleBroken
from unpaidwork.models import Attendance, Project, WorkAllocation, WorkSession
from unpaidwork.queries.generating import closed_days, to_fill
from unpaidwork.queries.induction import stands_against_induction
from unpaidwork.queries.projects import sites_of
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import SessionState
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.reference.work import INDUCTION_TYPE, UNPAID_WORK_TYPE, WorkState
from unpaidwork.rules.availability import days_of
from unpaidwork.rules.generating import WEEKS_AHEAD, filled
from unpaidwork.services.allocation_check import hold_cases
from unpaidwork.services.work_owed import settle_work

CHUNK = 500  # cases
OPEN = (SessionState.PLANNED, SessionState.PUBLISHED)
NAMES = {UNPAID_WORK_TYPE: "Unpaid work", INDUCTION_TYPE: "Unpaid work induction"}


def generate_chunk(*, after, today, now, size=CHUNK):
    """Generate for the next so many cases with work. A step of `cases.services.jobs.run_job`."""
    live = WorkAllocation.objects.live(today).filter(state=AllocationState.ACTIVE, case__gt=after)
    keys = list(live.order_by("case").values_list("case", flat=True).distinct()[:size])
    made = generate_sessions(case_ids=keys, by=None, now=now) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"attendances": made}


@transaction.atomic
def generate_sessions(*, case_ids, by, now, weeks=WEEKS_AHEAD):
    """Give each of these people their days of the weeks ahead, as far as their hours go. Returns how many were given.

    May be asked any number of times: what was given before stands, whatever came of it.
    """
    today = localtime(now).date()
    first, last = today + timedelta(days=1), today + timedelta(weeks=weeks)
    hold_cases(case_ids)
    closed = closed_days(first, last, today)
    wanted = [
        (one.work, given)
        for one in to_fill(case_ids, today)
        for given in filled(
            one.places,
            left=one.left,
            offered=one.offered,
            first=first,
            last=last,
            closed=closed,
            have=one.have,
        )
    ]
    if not wanted:
        return 0
    allocations = WorkAllocation.objects.in_bulk({given.allocation for _, given in wanted})
    places = [
        (work, allocations[given.allocation], given.session, given.from_at, given.to_at)
        for work, given in wanted
    ]
    return len(_give(places, UNPAID_WORK_TYPE, by=by, now=now))


@transaction.atomic
def book_induction(*, work, project, on, by, now):
    """Book somebody on the induction of one day: also while the gate is shut. Returns the attendance.

    Refused where an order keeps them from there, or somebody would be there whom they are kept apart from.
    """
    today = localtime(now).date()
    project = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    hold_cases([work.case_id])
    work = type(work).objects.select_related("case", "requirement__sentence").get(pk=work.pk)
    _check_induction(work, project, on, today)
    site = sites_of([project.pk], today)[project.pk]
    day = next(
        (one for one in days_of(site.availability, on, on, closed_days(on, on, today))), None
    )
    if day is None:
        raise RuleBroken(f"There is no induction at {project.name} on that day.")
    if found := stands_against_induction(work.case, site, day, today):
        raise RuleBroken(" ".join(one.sentence for one in found))
    made = _give(
        [(work, None, day, day.from_at, day.to_at)], INDUCTION_TYPE, by=by, now=now, project=project
    )
    if not made:
        raise RuleBroken("That day takes nobody any more, or they are down for it already.")
    settle_work(case_ids=[work.case_id], by=by, today=today)
    return made[0]


def _check_induction(work, project, on, today):
    if project.kind != ProjectKind.INDUCTION:
        raise RuleBroken("That is no induction. Give them a place on it by the week.")
    if on <= today:
        raise RuleBroken("Choose a day to come.")
    if work.state != WorkState.OPEN or work.case_id not in may_be_booked([work.case_id]):
        raise RuleBroken("Nothing can be booked on this unpaid work as it stands.")


def _give(places, type_code, *, by, now, project=None):
    """An attendance and an appointment for each (work, allocation or None, day, from, to) whose session is open."""
    keys = [project.pk if project else one.project_id for _, one, *_ in places]
    sessions = _sessions(
        {(key, day): allocation for key, (_, allocation, day, *_) in zip(keys, places, strict=True)}
    )
    open_ones = [
        (place, sessions[key, place[2]])
        for key, place in zip(keys, places, strict=True)
        if sessions[key, place[2]].state in OPEN
    ]
    before = _before(open_ones)
    open_ones = [one for one in open_ones if _is_free(before.get(_same(*one)))]
    booked = book_many(
        rows=[_row(place, session, type_code) for place, session in open_ones], by=by, now=now
    )
    made = _attend(open_ones, booked, before, intensive=type_code == UNPAID_WORK_TYPE)
    WorkSession.objects.filter(pk__in={one.session_id for one in made}).update(
        version=F("version") + 1
    )
    rows = [(one.case.crn, {"attendance": one.pk, "session": one.session_id}) for one in made]
    record_each(by=by, action="expected_at_work", rows=rows)
    return made


def _sessions(wanted):
    """{(project, day): session}, made where there is none. `wanted`: {(project, day): allocation or None}

    They are held, so that nobody is given a day that is stood down meanwhile.
    """
    routes = {
        key: allocation.stop.route_id
        for key, allocation in wanted.items()
        if allocation and allocation.stop
    }
    WorkSession.objects.bulk_create(
        [
            WorkSession(
                project_id=project,
                on=day.on,
                from_at=day.from_at,
                to_at=day.to_at,
                route_id=routes.get((project, day)),
            )
            for project, day in sorted(wanted, key=lambda one: (one[0], one[1]))
        ],
        ignore_conflicts=True,
    )
    found = WorkSession.objects.filter(
        project__in={project for project, _ in wanted}, on__in={day.on for _, day in wanted}
    )
    held = found.order_by("pk").select_for_update(of=("self",), no_key=True)
    by_day = {(one.project_id, one.on, one.from_at): one for one in held.select_related("project")}
    return {key: by_day[key[0], key[1].on, key[1].from_at] for key in wanted}


def _same(place, session):
    return session.pk, place[0].pk


def _before(open_ones):
    """{(session, work): the attendance there is already}"""
    keys = {session.pk for _, session in open_ones}
    works = {place[0].pk for place, _ in open_ones}
    rows = Attendance.objects.filter(session__in=keys, work__in=works)
    return {
        (one.session_id, one.work_id): one for one in rows.select_related("appointment", "case")
    }


def _is_free(attendance):
    """Whether nobody was given it, or it was called off because the place no longer stood: it is of none now."""
    if attendance is None:
        return True
    return attendance.allocation_id is None and attendance.appointment.called_off_at is not None


def _row(place, session, type_code):
    work, _, day, from_at, to_at = place
    requirement, zone = work.requirement, get_current_timezone()
    return Booked(
        case=work.case_id,
        starts_at=datetime.combine(day.on, from_at, zone),
        ends_at=datetime.combine(day.on, to_at, zone),
        type_code=type_code,
        type_name=NAMES[type_code],
        sentence=requirement.sentence_id,
        requirement=requirement.pk,
        where=session.project.name,
    )


def _attend(open_ones, booked, before, *, intensive):
    """New attendances; one whose place stands again keeps its row, with its new appointment."""
    new, again = [], []
    for (place, session), appointment in zip(open_ones, booked, strict=True):
        work, allocation = place[0], place[1]
        one = before.get((session.pk, work.pk))
        if one is None:
            one = Attendance(session=session, work=work, case=work.case)
            new.append(one)
        else:
            again.append(one)
        one.allocation, one.appointment = allocation, appointment
        one.intensive = bool(intensive and work.intensive)
        one.version = one.version + 1 if one.pk else 1
    Attendance.objects.bulk_create(new, batch_size=2000)
    Attendance.objects.bulk_update(again, ["allocation", "appointment", "intensive", "version"])
    return [*new, *again]
