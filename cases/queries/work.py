"""What one member of staff owes across cases, in the order of `cases.rules.ranking`.

An officer's own cases and those they cover; a senior's own decisions, what has climbed to them, and
the work of whoever is away without cover; a head's. What is owed of many cases at once, such as a
late agency, is one row: `cases.queries.rollups`. Source: product rules, how it should feel, checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Exists, Min, OuterRef, Q, Value

from cases.models import Absence, Assignment, Case, Complaint, Deadline, Flag
from cases.models.made_once import how_many, made_once
from cases.models.worded_once import worded_once
from cases.queries.beginning import on_cases
from cases.queries.listed import FACTS, LOOKS_INTO, listed_rows
from cases.queries.paging import Page, page_of
from cases.queries.rollups import rolled_up, waiting_one_by_one
from cases.queries.work_order import ORDER, late_days, ranked
from cases.reference.codes import Capacity
from cases.reference.deadlines import BROUGHT_TO_THE_SENIOR, BY_AN_HOUR, OF_COMPLAINTS
from cases.rules import ranking
from staff.kit import DueRow
from staff.permissions import Action, Reach, Role, reach
from staff.rules.dates import say_time

SIZE = 50  # rows at once
ENDS_AT = 20  # of a senior's and a head's list for one day: it takes 20 minutes and ends
COUNTS = ("today", "late", "decide", "week", "coming")


@dataclass(frozen=True)
class Work:
    """The work of one reader: what many cases owe at once, today's list, and what is not for today.

    `decide`: of today's list, what a senior or a head alone can do; it is not in `today` as well.
    """

    rolled: list[DueRow] = field(default_factory=list)
    decide: list[DueRow] = field(default_factory=list)
    decide_kinds: list[str] = field(default_factory=list)  # of each of its rows
    today: list[DueRow] = field(default_factory=list)
    next_after: str = ""  # where today's list goes on
    counts: Mapping[str, int] = field(default_factory=dict)  # today, late, decide, week and coming
    week: list[DueRow] = field(default_factory=list)
    coming: list[DueRow] = field(default_factory=list)
    next_due: date | None = None  # when something next falls due, whatever is owed now


def work_of(user, today, after=""):
    """All that My work shows. `after`: the key of the deadline that today's list goes on from."""
    page = page_of_work(user, today, after=after, size=size_for(user))
    asked = user, (0, SIZE), today, _sunday(today), *late_days(today)
    soon = [] if after else _this_week(*asked)
    later = [] if after else _coming_up(*asked)
    tally = _tally(user, today)
    decide = [one for one in page.rows if ranking.is_theirs_alone(Role(one.owner_role), user.role)]
    others = [one for one in page.rows if one not in decide]
    shown = [*decide, *others, *soon, *later]
    listed = listed_rows(shown, user, today)
    rows = iter(_by_the_hour(row, one) for row, one in zip(listed, shown, strict=True))
    return Work(
        rolled=[] if after else rolled_up(user, today),
        decide=[next(rows) for _ in decide],
        decide_kinds=[one.kind for one in decide],
        today=[next(rows) for _ in others],
        next_after=page.next_after,
        counts=_counts(tally),
        week=[next(rows) for _ in soon],
        coming=[next(rows) for _ in later],
        next_due=tally["next_due"],
    )


def page_of_work(user, today, *, after, size):
    """One page of what is for today, as deadlines, worst first."""
    days = late_days(today)
    if not after:
        return Page.begun(_worst(user, (0, size + 1), today, *days), size, known_by="pk")
    now, _, _ = _sections(user.role, today)
    owed = _listed(user, today, days).filter(now)
    return page_of(owed, keys=ORDER, after=after, size=size, known_by="pk")


@worded_once
def _worst(user, rows, today, *late):
    now, _, _ = _sections(user.role, today)
    return _listed(user, today, late).filter(now).order_by(*ORDER)[slice(*rows)]


@worded_once
def _this_week(user, rows, today, sunday, *late):
    _, week, _ = _sections(user.role, today, sunday)
    return _listed(user, today, late).filter(week).order_by("due_on", *ORDER)[slice(*rows)]


@worded_once
def _coming_up(user, rows, today, sunday, *late):
    _, _, coming = _sections(user.role, today, sunday)
    return _listed(user, today, late).filter(coming).order_by("due_on", *ORDER)[slice(*rows)]


def _listed(user, today, late):
    return ranked(owed_by(user, today), user.role, today, late).select_related(*FACTS)


def _by_the_hour(row, deadline):
    """The day with the hour, where an answer is wanted by one. Since when somebody waits is in its reason."""
    if deadline.kind not in BY_AN_HOUR or deadline.hour == ranking.END_OF_DAY:
        return row
    return replace(row, due=f"{row.due}, {say_time(deadline.hour)}")


@dataclass(frozen=True)
class Summary:
    """The same for an e-mail, which names nobody: how much, and whose cases come first."""

    due: int
    late: int
    crns: list[str]
    told: int  # how many of what is due are on those cases and come first


def summary_of(user, today):
    """What is for today, in two statements."""
    counts = counts_of(user, today)
    now, _, _ = _sections(user.role, today)
    first = ranked(owed_by(user, today), user.role, today).filter(now).order_by(*ORDER)
    crns = list(first.values_list("case__crn", flat=True)[:ENDS_AT]) if counts["today"] else []
    return Summary(counts["today"], counts["late"], list(dict.fromkeys(crns)), len(crns))


def size_for(user):
    """How many rows one look at the list has."""
    return ENDS_AT if user.role in LOOKS_INTO else SIZE


def counts_of(user, today):
    """How many deadlines of this reader are for today, late, due this week and coming; one statement.

    `decide`: how many of those for today are theirs alone to do.
    """
    return _counts(_tally(user, today))


def _counts(tally):
    return {name: tally[name] for name in COUNTS}


def _tally(user, today):
    """What is counted, and `next_due`: when something next falls due, whatever is owed now."""
    found = _tallied(user, today, _sunday(today))
    return found[0] if found else dict.fromkeys(COUNTS, 0) | {"next_due": None}


@worded_once
def _tallied(user, today, sunday):
    now, week, coming = _sections(user.role, today, sunday)
    alone = [one for one in Role if ranking.is_theirs_alone(one, user.role)]
    counted = owed_by(user, today).annotate(of_all=Value(1)).values("of_all").order_by()
    return counted.values(
        today=Count("pk", filter=now),
        late=Count("pk", filter=Q(due_on__lt=today)),
        decide=Count("pk", filter=now & Q(owner_role__in=alone)),
        week=Count("pk", filter=week),
        coming=Count("pk", filter=coming),
        next_due=Min("due_on", filter=Q(due_on__gt=today)),
    )


def waiting_for(user, today):
    """How many things wait for this reader today: the number beside My work on every page."""
    if user.role == Role.HUB:
        return waiting_one_by_one(user)
    try:
        return how_many(_waiting(user, today))
    except EmptyResultSet:  # nothing is ever this role's
        return 0


@made_once
def _waiting(user, today):
    now, _, _ = _sections(user.role, today)
    return owed_by(user, today).filter(now).values("pk")


def owed_by(user, today):
    """Unmet deadlines on cases open to this reader that are theirs to do or to look into."""
    cases = Case.objects.open_to(user, Action.VIEW_WORK)
    few = reach(user.role, Action.VIEW_WORK) < Reach.PROVIDER
    owed = (
        Deadline.objects.unmet()
        .ours()
        .filter(on_cases(cases, few=few))
        .exclude(_of_themselves(user))
    )
    match user.role:
        case Role.OFFICER:
            return owed.filter(_of_their_cases(user))
        case Role.SPO:
            theirs = Q(owner_role=Role.SPO) | _looked_into(user.role)
            return owed.filter(theirs | _of_nobody_here(today) | _of_their_cases(user))
        case Role.COORDINATOR:
            return owed.filter(owner_role=Role.COORDINATOR)
        case Role.RESETTLEMENT:
            return owed.filter(owner_role=Role.RESETTLEMENT)
        case Role.HEAD:
            theirs = Q(owner_role=Role.HEAD) | _looked_into(user.role)
            return owed.filter(theirs | _of_seniors_covered(user))
    return owed.none()


def _of_themselves(user):
    """What is owed of a complaint about this reader, who is not told that there is one."""
    about = Complaint.objects.unanswered().filter(about=user)
    return Q(kind__in=OF_COMPLAINTS, case__in=about.values("case"))


def _of_their_cases(user):
    """An officer's work on the cases they hold, and on those they cover, and what they bring to a senior."""
    assigned = Assignment.objects.live().held_by(user).filter(capacity=Capacity.COVER)
    covered = Absence.objects.covered_by(user)
    theirs = Q(owner_role=Role.OFFICER) | Q(kind__in=BROUGHT_TO_THE_SENIOR)
    return theirs & (
        Q(case__officer=user)
        | Q(case__in=assigned.values("case"))
        | Q(case__officer__in=covered.values("user"))
    )


def _of_nobody_here(today):
    """An officer's work where there is no officer here: none, one who left, or away and not covered."""
    away = Absence.objects.uncovered(today).values("user")
    assigned = Assignment.objects.live().filter(capacity=Capacity.COVER).values("case")
    left = Q(case__officer__is_active=False)
    nobody = Q(case__officer=None) | left | Q(case__officer__in=away)
    return Q(owner_role=Role.OFFICER) & nobody & ~Q(case__in=assigned)


def _of_seniors_covered(user):
    """What the seniors decide and look into for whom a head covers."""
    theirs = Q(owner_role=Role.SPO) | _looked_into(Role.SPO)
    return Q(case__team__in=Absence.objects.covered_by(user).teams()) & theirs


def _looked_into(reader):
    """What is flagged as high as this reader."""
    raised = Flag.objects.raised().filter(told__in=LOOKS_INTO.get(reader, ()))
    return Q(Exists(raised.filter(deadline=OuterRef("pk"))))  # asked of each, and not read whole


def _sunday(today):
    return today + timedelta(days=6 - today.weekday())


def _sections(reader, today, sunday=None):
    """For today: due or late, or an agency's silence that has climbed; this week; and coming up."""
    sunday = sunday or _sunday(today)
    climbed = _looked_into(reader)
    now = Q(due_on__lte=today) | climbed
    week = Q(due_on__gt=today, due_on__lte=sunday) & ~climbed
    return now, week, Q(due_on__gt=sunday) & ~climbed
