"""One place at a project: what may be chosen, what it says before it is given, and those somebody has or had.

Source: product rules, gates; check your answers.
"""

from dataclasses import dataclass, replace

from django.urls import reverse

from cases.rules.gaps import Weight, gates, warnings
from staff.kit import Gap, Line, Link, Tag, on
from staff.permissions import Action
from staff.rules.dates import say_time
from unpaidwork.models import Attendance, WorkAllocation
from unpaidwork.queries.gate import passed_by
from unpaidwork.queries.progress import FIRST_DAY
from unpaidwork.queries.risk_page import gap_of
from unpaidwork.queries.work_rows import coming_row, say_held
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import Came
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.rules.day_keys import key_of, say_day

TAGS = {
    AllocationState.ACTIVE: Tag("Active", "blue"),
    AllocationState.SUSPENDED: Tag("Suspended", "orange"),
    AllocationState.ENDED: Tag("Ended", "grey"),
}


PAGES = {  # how the keys begin of what is not for the project to mend; of the case
    "work": ("case-unpaid-work", None, Action.VIEW_UNPAID_WORK),
    "restricted": ("case-restrictions", None, Action.VIEW_RESTRICTIONS),
}


@dataclass(frozen=True)
class PlacesShown:
    """One place somebody has or had, with what may be done with it."""

    project: str
    when: str
    since: str
    way: str
    tag: Tag
    because: str
    links: list[Link]


def choices_of(site, today):
    """(days, stops) that may be chosen at this site, each (key, words)."""
    days = [
        (key_of(one), say_day(one))
        for one in site.availability
        if one.to_on is None or one.to_on >= today
    ]
    stops = [
        (str(at.pk), f"Picked up at {at.where}, {say_time(at.at)}, by the van “{way.name}”")
        for way in site.driven
        for at in way.stops
        if at.closed_on is None or at.closed_on > today
    ]
    return list(dict(days).items()), stops


@dataclass(frozen=True)
class Checked:
    """A place that was chosen, before it is given: what it says, what refuses it, what is to be read."""

    lines: list[Line]
    shut: list[Gap]
    warnings: list[Gap]
    seen: list[str]
    passed: list[str]


def checked(board, ask, header, *, user, today):
    """As `check_may_allocate` will find it for this user."""
    case, names = ask.work.case, header.names
    found = board.found(ask)
    left = passed_by(case, found, user, today)
    kept = {id(one) for one in left}
    return Checked(
        lines=lines_of(board, ask, names),
        shut=[_shut(one, board, ask, header) for one in gates(left)],
        warnings=[_gap(one, names) for one in warnings(left)],
        seen=[one.key for one in warnings(left)],
        passed=[
            names.text(one.sentence)
            for one in found
            if one.weight == Weight.GATE and id(one) not in kept
        ],
    )


def _shut(one, board, ask, header):
    """What refuses it, leading to where it is mended or explained; of the person as on the page of their risk."""
    if one.key in {each.key for each in board.case_found[ask.work.case_id]}:
        return gap_of(ask.work.case, one, header)
    return replace(_gap(one, header.names), href=_mended_at(one, ask, header))


def _mended_at(one, ask, header):
    """Blank: nowhere but by another day, another way there, or other work."""
    what = one.key.partition(":")[0]
    if what == "travel":
        return ""
    page, key, action = PAGES.get(what, ("project", ask.placing.project, Action.VIEW_PROJECTS))
    return reverse(page, args=[key or header.crn]) if action in header.may else ""


def _gap(one, names):
    return Gap(
        names.text(one.sentence), rule=one.rule_and_source, warning=one.weight == Weight.WARNING
    )


def lines_of(board, ask, names):
    """Check your answers."""
    placing, site = ask.placing, board.sites[ask.placing.project]
    away = board.minutes_away(ask)
    found = [
        Line("Project", names.text(site.name)),
        Line("Day", say_day(placing)),
        Line("From", on(placing.from_on)),
        Line("Until", on(placing.to_on) if placing.to_on else "All hours are worked"),
        Line("Way there", way_of(site, placing.stop), detail=_away(away)),
    ]
    for label, words in (
        ("Help with the way", placing.travel_help),
        ("Why the long way is right", placing.travel_because),
        ("What she agreed to", placing.agreed_alone),
    ):
        if words.strip():
            found.append(Line(label, names.text(words)))
    return found


def way_of(site, stop):
    for way in site.ways:
        for at in way.stops:
            if at.pk == stop:
                return f"By van from {at.where}, {say_time(at.at)}"
    return "They make their own way"


def _away(minutes):
    return f"About {minutes} minutes each way, by a straight line" if minutes is not None else ""


def places_shown(case, header, today):
    """Every place of the case, those that stand first."""
    rows = WorkAllocation.objects.filter(case=case).annotate(first_on=FIRST_DAY)
    rows = rows.select_related("project", "stop__pick_up")
    order = list(AllocationState)
    ordered = sorted(rows, key=lambda one: (order.index(AllocationState(one.state)), -one.pk))
    return [_place(one, header) for one in ordered]


def inductions_booked(case, header, today):
    """Links to the appointments of inductions to come."""
    rows = Attendance.objects.filter(
        case=case,
        came=Came.EXPECTED,
        session__project__kind=ProjectKind.INDUCTION,
        session__on__gte=today,
        appointment__called_off_at=None,
    )
    ordered = rows.select_related("session__project").order_by("session__on", "session__from_at")
    return [coming_row(one, header.names, case.crn, header.may) for one in ordered]


def _place(one, header):
    names, state = header.names, AllocationState(one.state)
    stop = one.stop
    return PlacesShown(
        project=names.text(one.project.name),
        when=say_day(one),
        since=say_held(one),
        way=f"By van from {stop.pick_up.where}" if stop else "They make their own way",
        tag=TAGS[state],
        because=names.text(one.state_because),
        links=list(_acts(one, state, header)) if Action.ALLOCATE_WORK in header.may else [],
    )


ACTS = {
    AllocationState.ACTIVE: (
        ("Change", "change-work-place"),
        ("Move to other work", "move-place"),
        ("Suspend", "suspend-place"),
        ("End", "end-place"),
    ),
    AllocationState.SUSPENDED: (
        ("Resume", "resume-place"),
        ("Change", "change-work-place"),
        ("Move to other work", "move-place"),
        ("End", "end-place"),
    ),
    AllocationState.ENDED: (("Reopen", "reopen-place"),),
}


def _acts(one, state, header):
    for words, page in ACTS[state]:
        yield Link(
            words,
            reverse(page, args=[header.crn, one.pk]),
            hidden=f"{one.project.name}, {say_day(one)}",
        )
