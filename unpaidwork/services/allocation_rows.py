"""How an allocation is written: its columns, what it may become, what of it is called off, and what is owed after.

Each is called with the case held. Source: product rules, states.
"""

from django.utils.timezone import localtime

from cases.rules.interim import says_nothing
from cases.services.deadlines import meet_deadline, open_deadline
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from unpaidwork.models import Work, WorkAllocation
from unpaidwork.queries.hours import hours_of
from unpaidwork.reference.risk import ALLOCATION_MAY_BECOME, AllocationState
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.availability import runs_on
from unpaidwork.services.allocation_check import hold_cases
from unpaidwork.services.attendances import call_off_attendances
from unpaidwork.services.work_owed import settle_work

AGAIN = "allocate_again"
MEANWHILE = "Somebody has changed this meanwhile. Look at what stands now."
ALREADY = "They have this place already. Change it instead."


def create(ask, passed, *, by, now):
    """The place that was asked for, with what the check found."""
    placing = ask.placing
    check_no_other(ask.work.pk, placing.project, placing.weekday)
    return WorkAllocation.objects.create(
        work=ask.work,
        case=ask.work.case,
        project_id=placing.project,
        **columns_of(placing),
        evidence=passed.evidence,
        override_id=passed.override,
        made_at=now,
        made_by=by,
    )


def set_columns(stood, placing):
    """As `placing` says; it is not saved."""
    for name, value in columns_of(placing).items():
        setattr(stood, name, value)


def columns_of(placing):
    return {
        "weekday": placing.weekday,
        "every": placing.every,
        "from_on": placing.from_on,
        "to_on": placing.to_on,
        "from_at": placing.from_at,
        "to_at": placing.to_at,
        "stop_id": placing.stop,
        "travel_help": placing.travel_help.strip(),
        "travel_because": placing.travel_because.strip(),
        "agreed_alone": placing.agreed_alone.strip(),
    }


def check_no_other(work, project, weekday, but=None):
    """Refuse a second place at one project on one day of the week."""
    live = WorkAllocation.objects.exclude(state=AllocationState.ENDED).exclude(pk=but)
    if live.filter(work=work, project=project, weekday=weekday).exists():
        raise RuleBroken(ALREADY)


def held(allocation):
    """As it stands now, with the case held by us."""
    hold_cases([allocation.case_id])
    return as_it_stands(allocation)


def as_it_stands(allocation):
    """As it stands now. The case is held."""
    rows = WorkAllocation.objects.select_related("case", "work", "project", "stop")
    return rows.get(pk=allocation.pk)


def become(stood, state, because):
    """Refuse a state it may not have, or no reason; it is not saved."""
    if state not in ALLOCATION_MAY_BECOME[AllocationState(stood.state)]:
        raise RuleBroken(MEANWHILE)
    if says_nothing(because):
        raise RuleBroken("Say why, in a few words, so that whoever looks next can follow.")
    stood.state, stood.state_because = state, because.strip()


def stop(stood, action, *, by, now):
    """Write what it has become, call off what is to come and settle what is owed."""
    stood.save(update_fields=["state", "state_because"])
    leave(stood, by=by, now=now)
    record(by=by, action=action, crn=stood.case.crn, **marks(stood))
    settle_allocations(stood.case, by=by, now=now)
    return stood


def leave(stood, *, by, now, only_outside=False):
    """Call off what is to come of it; with `only_outside`, of a change, what it names no more."""
    coming = stood.attendance_set.all()
    if only_outside:
        coming = [one for one in coming.select_related("session") if not _names(stood, one.session)]
    because = "Their work on this project has changed" if only_outside else stood.state_because
    call_off_attendances(attendances=coming, because=because, by=by, now=now)


def _names(stood, session):
    """Whether its days are given from this place, as generating does: every second week, and its hours, count too."""
    within = session.from_at <= stood.from_at and stood.to_at <= session.to_at
    return within and runs_on(stood, session.on)


def settle_allocations(case, *, by, now):
    """Whether other work is to be found, and what of unpaid work is owed now."""
    today = localtime(now).date()
    works = list(Work.objects.filter(case=case, state=WorkState.OPEN))
    hours = hours_of(works, today)
    waits = [one for one in works if hours[one.pk].left or not hours[one.pk].ordered]
    placed = WorkAllocation.objects.filter(case=case, state=AllocationState.ACTIVE)
    had = WorkAllocation.objects.filter(work__in=waits)
    if placed.exists() or not had.exists():
        meet_deadline(case=case, kind=AGAIN, by=by, today=today, void=not placed.exists())
    else:
        open_deadline(
            case=case,
            kind=AGAIN,
            triggered_on=today,
            why=f"They have had no work since {say_date(today)}, and hours are left",
            by=by,
            today=today,
        )
    settle_work(case_ids=[case.pk], by=by, today=today)


def marks(stood):
    """What the trail keeps: keys and codes."""
    return {
        "allocation": stood.pk,
        "project": stood.project_id,
        "override": stood.override_id,
    }
