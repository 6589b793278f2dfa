"""Everybody with unpaid work: filtered, page by page, and what a row says. Every list begins at the one door.

Source: product rules, how it should feel, limited access; report 4.1 (nobody looked at the caseload as a whole).
An exception that a coordinator should find in one place is one line of EXCEPTIONS.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from cases.models import Case, Deadline
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.queries.restrictions import terms_not_seen
from cases.reference.deadlines import KINDS
from cases.rules.deadlines import is_overdue
from staff.kit import Tag, on
from staff.models import Team
from staff.permissions import Action
from unpaidwork.models import Attendance, Work, WorkAllocation
from unpaidwork.queries.concerned import concerned
from unpaidwork.queries.held import placed_though_shut
from unpaidwork.queries.hours import hours_of
from unpaidwork.queries.instructions import missing_instructions
from unpaidwork.queries.shortfalls import short_cases
from unpaidwork.queries.work_numbers import pace_tag
from unpaidwork.queries.work_page import KINDS as OWED
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sessions import Came
from unpaidwork.reference.work import WorkState
from unpaidwork.rules.hours import Pace, say_minutes

ANY = "any"
SORTS = {"name": ("case__sort_name", "pk"), "sentenced": ("sentenced_on", "case__sort_name", "pk")}
MASKED_AT_ONCE = 100


@dataclass(frozen=True)
class Exceptional:
    """What a coordinator should look into: how it is called, and which of these cases it is about.

    `cases`: given a list of keys and the day, the keys of those; in a fixed number of statements.
    """

    title: str
    cases: Callable[[list[int], date], Iterable[int]]


def _suspended_allocations(keys, today):
    rows = WorkAllocation.objects.live(today).filter(case__in=keys, state=AllocationState.SUSPENDED)
    return rows.values_list("case", flat=True)


def _late(keys, today):
    owed = Deadline.objects.unmet().filter(case__in=keys, kind__in=OWED, due_on__lt=today)
    return owed.values_list("case", flat=True)


EXCEPTIONS = {  # code: what it is. Each slice that finds one adds its line
    "terms": Exceptional("An order whose terms nobody has seen", terms_not_seen),
    "instruction": Exceptional("A flag without an instruction", missing_instructions),
    "shut": Exceptional("A place, and the gate is shut", placed_though_shut),
    "suspended": Exceptional("An allocation that was suspended", _suspended_allocations),
    "short": Exceptional("Places that do not fill the hours left", short_cases),
    "late": Exceptional("Something is overdue", _late),
}


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as codes."""

    state: str = WorkState.OPEN
    pace: str = ""
    owed: str = ""  # a kind of deadline
    look: str = ""  # one of EXCEPTIONS
    team: str = ""  # a team's code
    mine: bool = False
    sort: str = "name"


@dataclass(frozen=True)
class Row:
    """One requirement of one person."""

    anchor: str
    name: str
    crn: str
    href: str  # blank: the reader may not open it
    officer: str
    state: Tag
    hours: str
    finish_by: str
    pace: Tag
    weekly: str
    next: str  # the next session
    owed: str
    owed_on: str
    late: bool
    looks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    rows: list[Row]
    next_after: str
    count: int


def page_of_work(user, wanted, today, *, after, size):
    works = matching(user, Action.VIEW_UNPAID_WORK, wanted, today)
    page = page_of(
        _shown(works, today), keys=SORTS[wanted.sort], after=after, size=size, known_by="pk"
    )
    return Found(rows_of(page.rows, user, today), page.next_after, works.count())


def matching(user, action, wanted, today):
    """The works asked for, of cases open to this user."""
    cases = Case.objects.open_to(user, action).filter(pk__in=concerned().values("pk"))
    if wanted.mine:
        cases = cases.filter(officer=user)
    if wanted.team:
        cases = cases.filter(team__code=wanted.team)
    works = Work.objects.filter(case__in=cases)
    if wanted.state != ANY:
        works = works.filter(state=wanted.state)
    if wanted.owed:
        owed = Deadline.objects.unmet().ours().filter(kind=wanted.owed)
        works = works.filter(case__in=owed.values("case"))
    if wanted.look:
        keys = list(works.order_by("case").values_list("case", flat=True).distinct())
        works = works.filter(case__in=list(EXCEPTIONS[wanted.look].cases(keys, today)))
    if wanted.pace:
        found = hours_of(works, today)
        works = works.filter(pk__in=[pk for pk, one in found.items() if one.pace == wanted.pace])
    return works


def exceptions_by_team(user, team, today):
    """{key of the team, or None: {code of EXCEPTIONS, or ANY: works}} of the works that run, as their lists hold them.

    Of one team or of all, in a fixed number of statements.
    """
    wanted = Wanted(team=team.code if team else "")
    works = matching(user, Action.VIEW_UNPAID_WORK, wanted, today)
    held = list(works.values_list("case", "case__team"))
    keys = sorted({case for case, _ in held})
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for _, of_team in held:
        found[of_team][ANY] += 1
    for code, one in EXCEPTIONS.items():
        cases = set(one.cases(keys, today))
        for case, of_team in held:
            found[of_team][code] += case in cases
    return found


def kept_from(user):
    """The masked rows. They answer to the reach alone, so that no filter tells more."""
    reached = Case.objects.within_reach(user, Action.VIEW_UNPAID_WORK).supervised()
    return list(reached.masked_to(user)[:MASKED_AT_ONCE])


def teams_of(user):
    """Teams of the cases that are open to this reader."""
    held = Case.objects.open_to(user, Action.VIEW_UNPAID_WORK).values("team")
    return {one.code: one for one in Team.objects.filter(pk__in=held).order_by("name")}


def _shown(works, today):
    """With what a row says of what comes next and what is owed, in one statement."""
    coming = Attendance.objects.filter(
        work=OuterRef("pk"),
        came=Came.EXPECTED,
        session__on__gte=today,
        appointment__called_off_at=None,
    ).order_by("session__on")
    owed = Deadline.objects.unmet().filter(case=OuterRef("case"), kind__in=OWED)
    owed = owed.order_by("due_on", "pk")
    return works.select_related("case__officer", "case__team").annotate(
        next_on=Subquery(coming.values("session__on")[:1]),
        next_at=Subquery(coming.values("session__project__name")[:1]),
        owed_kind=Subquery(owed.values("kind")[:1]),
        owed_on=Subquery(owed.values("due_on")[:1]),
    )


def rows_of(works, user, today):
    """A `Row` of each of these, in a fixed number of statements."""
    works = list(works)
    found = hours_of(works, today)
    cases = list({one.case_id: one.case for one in works}.values())
    may = actions_on_each(cases, user)
    looks = _looks([one.pk for one in cases], today)
    return [_row(one, found[one.pk], may[one.case_id], looks, today) for one in works]


def _looks(keys, today):
    """{case: what is to be looked into, in words}"""
    held: dict[int, list[str]] = {key: [] for key in keys}
    for code, one in EXCEPTIONS.items():
        if code != "late":  # said beside what is owed
            for key in set(one.cases(keys, today)):
                held[key].append(one.title)
    return held


def _row(work, found, may, looks, today):
    case = work.case
    state = WorkState(work.state)
    colour = {WorkState.OPEN: "blue", WorkState.SUSPENDED: "orange", WorkState.COMPLETED: "green"}
    needed = f"; {say_minutes(found.needed)} needed" if found.needed else ""
    return Row(
        anchor=f"{case.crn}-{work.pk}",
        name=case.list_name,
        crn=case.crn,
        href=reverse("case-unpaid-work", args=[case.crn]) if Action.VIEW_UNPAID_WORK in may else "",
        officer=case.retained_by or (case.officer.name if case.officer else "No officer"),
        state=Tag(state.title, colour.get(state, "grey")),
        hours=f"{say_minutes(found.left)} of {say_minutes(found.ordered)}"
        if found.known
        else "Not recorded",
        finish_by=on(found.finish_by),
        pace=pace_tag(found),
        weekly=f"{say_minutes(found.weekly)} a week{'' if found.measured else ' offered'}{needed}",
        next=f"{on(work.next_on)}: {work.next_at}" if work.next_on else "Nothing booked",
        owed=KINDS[work.owed_kind].title if work.owed_kind else "",
        owed_on=on(work.owed_on) if work.owed_kind else "",
        late=bool(work.owed_kind) and is_overdue(work.owed_on, today),
        looks=looks[case.pk],
    )


CSV_HEAD = [
    "CRN", "Name", "Officer", "State", "Left", "To be worked by", "Pace", "A week", "Next session", "Owed", "Due", "To look into",
]  # fmt: skip
AT_ONCE = 200


def csv_lines(user, works, today):
    """Lines of a file, so many at a time."""
    yield CSV_HEAD
    ordered = list(_shown(works, today).order_by("case__sort_name", "pk"))
    for start in range(0, len(ordered), AT_ONCE):
        for row in rows_of(ordered[start : start + AT_ONCE], user, today):
            yield [
                row.crn, row.name, row.officer, row.state.text, row.hours, row.finish_by, row.pace.text, row.weekly,
                row.next, row.owed, row.owed_on, "; ".join(row.looks),
            ]  # fmt: skip


PACES = [
    (one.value, one.title) for one in (Pace.RED, Pace.AMBER, Pace.GREEN, Pace.UNKNOWN, Pace.DONE)
]
OWED_KINDS = [(code, KINDS[code].title) for code in sorted(OWED, key=lambda one: KINDS[one].title)]
