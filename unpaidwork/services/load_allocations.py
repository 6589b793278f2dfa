"""Places from a file: each line by the one check that the pages ask, written whole or rejected with the reason.

Source: product rules, gates (no way round); docs/import.md. Whoever loads it may do no more than on the pages.
"""

from datetime import date, time

from cases.models import Case
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Action, reach
from unpaidwork.models import Project, Stop, Work
from unpaidwork.reference.sites import Every
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.placing import Placing
from unpaidwork.services.allocations import allocate
from unpaidwork.services.loading import Loaded, check_head

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEEDED = ("crn", "project", "weekday", "from_on", "from_at", "to_at")
OPTIONAL = ("to_on", "every", "pick_up", "travel_help", "travel_because", "agreed_alone", "read")
MAY_NOT = "You may not allocate people to unpaid work."


def load_allocations(*, head, lines, by, now):
    """Give each of these lines (lists of cells under `head`) its place. Returns what became of them.

    `read`: the keys of warnings that were read, with spaces between them.
    """
    if by is None or not reach(by.role, Action.ALLOCATE_WORK):
        raise RuleBroken(MAY_NOT)
    check_head(head, needed=NEEDED, known=NEEDED + OPTIONAL)
    done = Loaded()
    for number, cells in enumerate(lines, start=2):  # the head is the first line
        done.counts["read"] += 1
        try:
            _load(head, cells, by=by, now=now)
        except (RuleBroken, ValueError) as refusal:
            done.counts["rejected"] += 1
            done.rejected.append((number, str(refusal), list(cells)))
        else:
            done.counts["allocated"] += 1
    record(by=by, action="loaded_allocations", counts=dict(done.counts))
    return done


def _load(head, cells, *, by, now):
    if len(cells) != len(head):
        raise RuleBroken("It has another number of cells than the head.")
    said = {name: cell.strip() for name, cell in zip(head, cells, strict=True)}
    case = Case.objects.open_to(by, Action.ALLOCATE_WORK).filter(crn__iexact=said["crn"]).first()
    if case is None:
        raise RuleBroken("crn: there is no such case that is yours to allocate.")
    works = Work.objects.filter(case=case, state=WorkState.OPEN).select_related("case")
    work = works.order_by("sentenced_on", "pk").first()
    if work is None:
        raise RuleBroken("crn: there is no unpaid work to be done on this case.")
    project = Project.objects.filter(code__iexact=said["project"]).first()
    if project is None:
        raise RuleBroken("project: there is none of this code.")
    seen = said.get("read", "").split()
    allocate(work=work, placing=_placing(said, project), by=by, now=now, seen=seen)


def _placing(said, project):
    weekday = said["weekday"].casefold()
    if weekday not in WEEKDAYS:
        raise RuleBroken("weekday: write Monday, Tuesday and so on.")
    every = said.get("every") or Every.WEEK
    if every not in set(Every):
        raise RuleBroken(f"every: write one of {', '.join(one.value for one in Every)}.")
    texts = ("travel_help", "travel_because", "agreed_alone")
    return Placing(
        project=project.pk,
        weekday=WEEKDAYS.index(weekday),
        from_on=_read(date.fromisoformat, said, "from_on", "2018-05-03"),
        to_on=_read(date.fromisoformat, said, "to_on", "2018-05-03") if said.get("to_on") else None,
        from_at=_read(time.fromisoformat, said, "from_at", "09:00"),
        to_at=_read(time.fromisoformat, said, "to_at", "16:00"),
        every=every,
        stop=_stop(said.get("pick_up", ""), project),
        **{name: said.get(name, "") for name in texts},
    )


def _read(kind, said, name, example):
    try:
        return kind(said[name])
    except ValueError as problem:
        raise RuleBroken(f"{name}: write it as {example}.") from problem


def _stop(code, project):
    if not code:
        return None
    stops = Stop.objects.filter(route__project=project, route__ended_on=None)
    stop = stops.filter(pick_up__code__iexact=code).order_by("at", "pk").first()
    if stop is None:
        raise RuleBroken("pick_up: no van to this project stops at a pick-up of this code.")
    return stop.pk
