"""What the pages of workload show: a row for each officer of a team, and all that is known of one.

Source: features 121 to 123. Officers stand in the order of their names: no list says who is fullest.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Absence, Case
from cases.queries.cover import away_rows
from cases.reference.groups import group_name
from cases.rules.words import counted
from oversight.models import ContractHours, HoursOff, OfficerInduction, TrainingDone, WorkloadWeek
from oversight.queries.both_methods import others_of, with_kept_cases
from oversight.queries.leavers import HAS_LEFT, left_on
from oversight.queries.officers import officers_to_read
from oversight.queries.workload import loads_of, said_off
from oversight.reference.allocation import TRAINING, Training
from oversight.reference.workload import REDUCTIONS
from oversight.rules.figures import say_number
from oversight.rules.known_of_officers import expiry
from staff.kit import Happening, Input, Line, Tag, Working, on
from staff.models import Team, User
from staff.permissions import Action
from staff.reference import GRADES, Grade

WEEKS_SHOWN = 8
SOURCE = "written answer 172934; the national workload service as read; local policy"
RULE = "Points of what they hold, by points there is room for. Over 110% in each of four weeks running is excessive. Reports and work for others’ cases are not recorded here, and not counted."
EXPIRIES = {"expired": Tag("Expired", "red"), "soon": Tag("Expires soon", "yellow")}


@dataclass(frozen=True)
class LoadRow:
    """One officer, as the list of their team shows them."""

    name: str
    tag: Tag | None
    href: str
    grade: str
    cases: int
    points: int
    room: int
    percent: str
    other: str  # by the other method; blank where a case of theirs is kept from the reader
    working: Working
    excess: str
    beside: list[str]  # what else to know, in sentences


@dataclass(frozen=True)
class CaseRow:
    """One case of theirs. `points` is None where the reader is kept from another of them."""

    name: str
    crn: str
    href: str
    kind: str
    group: str
    points: int | None
    working: tuple[str, ...]
    tier: str
    other: int | None  # by the other method
    other_working: tuple[str, ...]
    not_known: tuple[str, ...]  # that its tier turns on


@dataclass(frozen=True)
class Recorded:
    """What is recorded of one sort, and where more is."""

    title: str
    why: str
    items: list[Happening]
    empty: str
    add: str  # the address; blank for whoever may not
    adds: str


def teams_to_read(user):
    return list(Team.objects.filter(members__in=officers_to_read(user).order_by()).distinct().order_by("name", "pk"))  # fmt: skip


def load_rows(loads, today, policy, *, recordable, reader):
    """`recordable`: keys of those whose reasons the reader may see besides their own."""
    supporters = User.objects.in_bulk([one.known.supporter for one in loads if one.known.supporter])
    others, kept = others_of(loads, today, policy), with_kept_cases(loads, reader)
    return [
        LoadRow(
            name=one.user.name,
            tag=HAS_LEFT if left_on(one.known.last_on, today) else None,
            href=reverse("officer-workload", args=[one.user.pk]),
            grade=grade_of(one.user),
            cases=len(one.cases),
            points=one.full.total,
            room=one.full.available,
            percent=f"{one.full.percent}%",
            other="" if one.user.pk in kept else f"{others[one.user.pk].full.percent}%",
            working=working_of(one, policy, reasons=one.user.pk in recordable | {reader.pk}),
            excess=one.excess.sentence if one.excess else "",
            beside=list(_beside(one, supporters, today)),
        )
        for one in loads
    ]


def grade_of(user):
    return GRADES[Grade(user.grade)] if user.grade else "Grade not recorded"


def working_of(load, policy, *, reasons):
    """The arithmetic of how full somebody is."""
    contract = f"{say_number(load.contract, 2)} hours a week"
    recorded = "" if load.known.contract is not None else "Not recorded: a full week is counted"
    taken = " ".join(said_off(load, reasons=reasons)) or "Nothing"
    return Working(
        "How this was worked out",
        [
            Input("Cases", f"{counted(len(load.cases), 'case')}, {counted(load.full.total, 'point')}"),
            Input("Contract", contract, source=recorded),
            Input("Taken off", taken),
            Input("Room", " ".join(load.room.working)),
            Input("Of it", " ".join(load.full.working)),
        ],
        RULE,
        SOURCE,
        f"{policy.version} of the policy on workload",
        " ".join(filter(None, [f"{load.full.percent}%.", load.full.mark])),
    )  # fmt: skip


def _beside(load, supporters, today):
    known = load.known
    if left := left_on(known.last_on, today):
        yield f"{left} {counted(len(load.cases), 'case waits', 'cases wait')} for another officer."
        return
    if load.full.mark:
        yield load.full.mark
    if known.contract is None:
        yield "Hours by contract are not recorded: a full week is counted."
    if until := load.facts.away_until(today):
        yield f"Away until {on(until)}."
    if known.last_on and known.last_on >= today:
        yield f"Leaves on {on(known.last_on)}."
    if known.induction_to:
        who = supporters.get(known.supporter)
        support = f"supported by {who.name}" if who else "nobody is named to support them"
        yield f"In induction until {on(known.induction_to)}, {support}."
    missing = [one.title.lower() for one in Training if one not in known.trained]
    if missing:
        yield f"No training that counts: {', '.join(missing)}."


def load_of(officer, today, policy):
    (load,) = loads_of(User.objects.filter(pk=officer.pk).select_related("team"), today, policy)
    return load


def case_rows(load, other, reader):
    """(rows of those open to the reader, how many are kept from them). With one kept, points of none: they could be told by what is left."""
    held = {one.case: one for one in load.cases}
    reached = Case.objects.within_reach(reader, Action.LIST_CASES).filter(pk__in=held)
    kept = list(reached.masked_to(reader))
    cases = Case.objects.open_to(reader, Action.LIST_CASES).filter(pk__in=held)
    rows = [
        _case_row(case, held[case.pk], other, shown=not kept)
        for case in cases.order_by("sort_name", "pk")
    ]
    return rows, kept


def _case_row(case, one, other, *, shown):
    tier, points = other.tiers[case.pk], other.points[case.pk]
    return CaseRow(
        name=case.list_name,
        crn=case.crn,
        href=reverse("case", args=[case.crn]),
        kind=one.facts.kind.title,
        group=group_name(one.facts.group) if one.facts.group else "No group",
        points=one.points.number if shown else None,
        working=one.points.working if shown else (),
        tier=tier.code,
        other=points.number if shown else None,
        other_working=points.working if shown else (),
        not_known=tier.not_known,
    )


def week_lines(officer):
    """The latest weeks that were kept, the latest first."""
    rows = WorkloadWeek.objects.filter(user=officer).order_by("-week")[:WEEKS_SHOWN]
    return [
        Line(
            f"Week of {on(one.week)}",
            f"{one.percent}%",
            detail=f"{one.points:,} of {one.available:,} points, {counted(one.cases, 'case')}; version {one.policy_version} of the policy",
        )
        for one in rows
    ]


def recorded_of(officer, today, *, may_record, reasons):
    """Each sort of thing that is recorded of an officer. Four statements."""
    add = {
        known: reverse("record-known", args=[officer.pk, known]) if may_record else ""
        for known in ("contract", "off", "training", "induction")
    }
    return [
        Recorded("Hours by contract", "What there is room for is worked out from them.", _contracts(officer, may_record), "Nothing is recorded, so a full week is counted.", add["contract"], "Record hours by contract"),
        Recorded("Hours taken off", "Training, long leave and other duties make less room for cases.", _off(officer, may_record, reasons), "Nothing is taken off.", add["off"], "Take hours off"),
        Recorded("Training", "A case of domestic abuse, or with concern for a child, asks for somebody who is trained.", _training(officer, today, may_record), "No training is recorded.", add["training"], "Record training"),
        Recorded("Induction", "Until it is over nobody gives them anything but a plain case unless somebody supports them.", _inductions(officer, may_record), "No induction is recorded.", add["induction"], "Record an induction"),
    ]  # fmt: skip


def away_of(officer, today):
    return away_rows(
        Absence.objects.filter(user=officer, cancelled_on=None, to_on__gte=today), today
    )


def _contracts(officer, may):
    rows = ContractHours.objects.filter(user=officer).select_related("recorded_by")
    return [
        _item(one, "contract", f"{say_number(one.hours, 2)} hours a week", may)
        for one in rows.order_by("-from_on")
    ]


def _off(officer, may, reasons):
    rows = HoursOff.objects.filter(user=officer).select_related("recorded_by")
    items = []
    for one in rows.order_by("-from_on", "pk"):
        hours = f": {say_number(one.hours, 2)} hours a week" if one.hours is not None else ""
        title = f"{REDUCTIONS[one.code].name}{hours}" if reasons else "Hours taken off"
        items.append(_item(one, "off", title, may, text=one.why if reasons else ""))
    return items


def _training(officer, today, may):
    rows = TrainingDone.objects.filter(user=officer).select_related("recorded_by")
    return [
        Happening(
            title=TRAINING[one.kind],
            when=f"Done on {on(one.done_on)}, {f'expires on {on(one.expires_on)}' if one.expires_on else 'does not expire'}",
            by=one.recorded_by.name,
            href=_change("training", one, may),
            tag=EXPIRIES.get(expiry(one.expires_on, today)),
            on=one.done_on.isoformat(),
        )
        for one in rows.order_by("-done_on", "kind")
    ]


def _inductions(officer, may):
    rows = OfficerInduction.objects.filter(user=officer).select_related("recorded_by", "supporter")
    return [
        _item(
            one,
            "induction",
            f"Supported by {one.supporter.name}" if one.supporter else "Nobody is named to support them",
            may,
        )
        for one in rows.order_by("-from_on")
    ]  # fmt: skip


def _item(one, known, title, may, text=""):
    until = f" until {on(one.to_on)}" if one.to_on else ""
    return Happening(
        title=title,
        when=f"From {on(one.from_on)}{until}",
        by=one.recorded_by.name,
        text=text,
        href=_change(known, one, may),
        on=one.from_on.isoformat(),
    )


def _change(known, one, may):
    return reverse("change-known", args=[known, one.pk]) if may else ""
