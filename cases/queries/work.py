"""What one member of staff owes across cases, in the order of `cases.rules.ranking`.

An officer's own cases and those they cover; a senior's own decisions, what has climbed to them, and
the work of whoever is away without cover; a head's. What is owed of many cases at once, such as a
late agency, is one row: `cases.queries.rollups`. Source: product rules, how it should feel, checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.core.exceptions import EmptyResultSet
from django.db.models import Case as Cases
from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, Value, When

from cases.models import Absence, Assignment, Case, Complaint, Deadline, Flag
from cases.models.made_once import how_many, made_once
from cases.queries.beginning import on_cases
from cases.queries.due import ABOUT, anchored, listed_row
from cases.queries.names import names_for_each
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.queries.rollups import rolled_up, waiting_one_by_one
from cases.reference.codes import Capacity
from cases.reference.deadlines import KINDS, OF_COMPLAINTS
from cases.rules import ranking
from staff.kit import DueRow, on
from staff.permissions import Action, Reach, Role, reach

SIZE = 50  # rows at once
ENDS_AT = 20  # of a senior's and a head's list for one day: it takes 20 minutes and ends
ORDER = ("first", "alone", "-points", "due_on", "id")  # `ranking.place_in_list`, as columns
FACTS = ("case__officer", "flag", *ABOUT)  # what a row says comes with its deadline
LOOKS_INTO = {Role.SPO: (Role.SPO, Role.HEAD), Role.HEAD: (Role.HEAD,)}  # flags, by who was told


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
    owed = ranked(owed_by(user, today), user.role, today).select_related(*FACTS)
    _, week, coming = _sections(user.role, today)
    page = page_of_work(user, today, after=after, size=size_for(user))
    soon = [] if after else list(owed.filter(week).order_by("due_on", *ORDER)[:SIZE])
    later = [] if after else list(owed.filter(coming).order_by("due_on", *ORDER)[:SIZE])
    decide = [one for one in page.rows if ranking.is_theirs_alone(Role(one.owner_role), user.role)]
    others = [one for one in page.rows if one not in decide]
    rows = iter(listed_rows([*decide, *others, *soon, *later], user, today))
    return Work(
        rolled=[] if after else rolled_up(user, today),
        decide=[next(rows) for _ in decide],
        decide_kinds=[one.kind for one in decide],
        today=[next(rows) for _ in others],
        next_after=page.next_after,
        counts=counts_of(user, today),
        week=[next(rows) for _ in soon],
        coming=[next(rows) for _ in later],
        next_due=owed_by(user, today).filter(due_on__gt=today).aggregate(n=Min("due_on"))["n"],
    )


def page_of_work(user, today, *, after, size):
    """One page of what is for today, as deadlines, worst first."""
    owed = ranked(owed_by(user, today), user.role, today).select_related(*FACTS)
    now, _, _ = _sections(user.role, today)
    return page_of(owed.filter(now), keys=ORDER, after=after, size=size, known_by="pk")


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
    now, week, coming = _sections(user.role, today)
    alone = [one for one in Role if ranking.is_theirs_alone(one, user.role)]
    return owed_by(user, today).aggregate(
        today=Count("pk", filter=now),
        late=Count("pk", filter=Q(due_on__lt=today)),
        decide=Count("pk", filter=now & Q(owner_role__in=alone)),
        week=Count("pk", filter=week),
        coming=Count("pk", filter=coming),
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


def ranked(owed, reader, today):
    """With the columns that ORDER sorts by."""
    late = [
        When(due_on__lte=latest, then=Value(more))
        for latest, more in reversed(ranking.late_since(today))
    ]
    of_the_kind = [
        When(kind__in=[code for code, kind in KINDS.items() if kind.harm == harm], then=Value(more))
        for harm, more in ranking.OF_THE_KIND.items()
    ]
    of_the_person = [
        When(case__standing__harm=level, then=Value(more))
        for level, more in ranking.OF_THE_PERSON.items()
    ]
    alone = [
        When(owner_role=owner, then=Value(0))
        for owner in Role
        if ranking.is_theirs_alone(owner, reader)
    ]
    return owed.annotate(
        first=_points([When(kind=ranking.FIRST_OF_ALL, then=Value(0))], otherwise=1),
        alone=_points(alone, otherwise=1),
        points=_points(of_the_kind)
        + _points(of_the_person, otherwise=ranking.NOT_ASSESSED)
        + _points([When(case__standing__concern=True, then=Value(ranking.CONCERN))])
        + _points(late),
    )


def _points(whens, otherwise=0):
    return Cases(*whens, default=Value(otherwise), output_field=IntegerField())


def _of_themselves(user):
    """What is owed of a complaint about this reader, who is not told that there is one."""
    about = Complaint.objects.unanswered().filter(about=user)
    return Q(kind__in=OF_COMPLAINTS, case__in=about.values("case"))


def _of_their_cases(user):
    """An officer's work on the cases they hold, and on those they cover."""
    assigned = Assignment.objects.live().held_by(user).filter(capacity=Capacity.COVER)
    covered = Absence.objects.covered_by(user)
    return Q(owner_role=Role.OFFICER) & (
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


def _sections(reader, today):
    """For today: due or late, or an agency's silence that has climbed; this week; and coming up."""
    sunday = today + timedelta(days=6 - today.weekday())
    climbed = _looked_into(reader)
    now = Q(due_on__lte=today) | climbed
    week = Q(due_on__gt=today, due_on__lte=sunday) & ~climbed
    return now, week, Q(due_on__gt=sunday) & ~climbed


def listed_rows(deadlines, user, today):
    """Due rows of many people, each saying whose it is. Their cases, officers and flags come with them."""
    cases = {one.case_id: one.case for one in deadlines}.values()
    may = actions_on_each(cases, user)
    names = names_for_each(cases, may)
    away = _away({case.officer_id for case in cases}, today)
    found = []
    for one in deadlines:
        row = listed_row(one, names[one.case_id], may[one.case_id], today)
        rule = f"{row.rule}{_raised_with(user, one)}"
        found.append(replace(row, rule=rule, by=_by(one, row, user, away)))
    return anchored(found)


def _away(officers, today):
    """Who covers for each of these officers who is away: a name, or blank for nobody."""
    absences = Absence.objects.on(today).filter(user__in=officers).select_related("cover")
    found: dict[int, str] = {}
    for one in absences.order_by("pk"):
        found[one.user_id] = one.cover.name if one.cover else found.get(one.user_id, "")
    return found


def _by(deadline, row, user, away):
    """Whose it is; where the officer is away, who does it for them."""
    officer = deadline.case.officer
    if deadline.owner_role != Role.OFFICER or officer is None or officer == user:
        return row.by
    if user.role == Role.OFFICER:
        return f"You, covering for {officer.name}"
    if officer.pk not in away:
        return row.by
    cover = away[officer.pk]
    return f"{cover}, covering for {officer.name}" if cover else f"{officer.name} is away, no cover"


def _raised_with(user, deadline):
    """Since when a senior has been told that it is late."""
    flag = getattr(deadline, "flag", None)
    if not flag or flag.closed_on or flag.told not in LOOKS_INTO.get(user.role, ()):
        return ""
    return f". Raised with you: {on(flag.climbed_on or flag.raised_on)}"
