"""Who has come and is not settled: whoever nobody holds first, then what is still missing of the rest, and what is next.

Source: product rules, clocks (arrival): the list of cases nobody holds is red on the first working day.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case as When
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Value
from django.db.models import When as Then
from django.urls import reverse

from cases.models import Arrival, Case, Deadline
from cases.queries.arriving import first_seen, shown_by_record
from cases.queries.due import anchored, how_late
from cases.queries.paging import page_of
from cases.queries.reach import actions_on_each
from cases.reference.arriving import BroughtState, CameFrom
from cases.reference.codes import Titled
from cases.rules.arriving import FIRSTS, has_waited, in_short, items_of, missing
from cases.rules.words import counted, listed
from staff.kit import Link, Tag, on, tag
from staff.models import Team
from staff.permissions import Action


class Stands(Titled):
    """What is still to do about an arrival, by which the list is narrowed."""

    ANY = "", "Any"
    UNOWNED = "unowned", "Nobody named"
    UNBOOKED = "unbooked", "First appointment not arranged"
    UNREAD = "unread", "Record not read"


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    team: Team | None = None  # None: every team
    stands: str = ""


@dataclass(frozen=True)
class ArrivalRow:
    crn: str
    name: str
    href: str
    came: str
    when: str
    holds: str
    tag: Tag | None  # where nobody is named
    lacks: list[str]  # what has not come, by what was done about it
    first: str
    late: str
    read: str
    next: Link
    anchor: str = ""


@dataclass(frozen=True)
class TeamCount:
    team: str
    code: str
    total: int
    unowned: int
    unbooked: int
    unread: int


OWNED = Q(case__officer__is_active=True)
FIRST_OWED = Exists(
    Deadline.objects.unmet().filter(case=OuterRef("case"), kind__in=FIRSTS, paused_on=None)
)
FILTERS = {
    Stands.ANY: Q(),
    Stands.UNOWNED: ~Q(owned=1),
    Stands.UNBOOKED: Q(unbooked=True),
    Stands.UNREAD: Q(read_on=None),
}


def arrivals_of(user, team, action=Action.VIEW_MOVEMENTS):
    """Those under way on cases of ours that this reader reaches."""
    cases = Case.objects.open_to(user, action).ours()
    cases = cases.filter(team=team) if team else cases
    owned = When(Then(OWNED, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = Arrival.objects.under_way().filter(case__in=cases)
    return found.annotate(owned=owned, unbooked=FIRST_OWED)


def matching(user, wanted, action=Action.VIEW_MOVEMENTS):
    return arrivals_of(user, wanted.team, action).filter(FILTERS[Stands(wanted.stands)])


def page_of_arrivals(user, wanted, *, after, size):
    """One page: whoever nobody holds first, and of each sort who came longest ago."""
    found = matching(user, wanted).select_related("case__officer", "case__team", "sentence")
    return page_of(found, keys=("owned", "arrived_on", "id"), after=after, size=size, known_by="pk")


def counts_by_team(user):
    """What is still to do in each team the reader reaches, the most cases nobody holds first."""
    sums = {
        "total": Count("pk"),
        "unowned_": Count("pk", filter=Q(owned=0)),
        "unbooked_": Count("pk", filter=Q(unbooked=True)),
        "unread_": Count("pk", filter=Q(read_on=None)),
    }
    rows = arrivals_of(user, None).values_list("case__team__name", "case__team__code")
    counted_ = rows.annotate(**sums).order_by("-unowned_", "case__team__name")
    return [TeamCount(name or "No team", code or "", *rest) for name, code, *rest in counted_]


def arrival_rows(arrivals, user, today, *, days, extra=frozenset()):
    """`days`: working days within which an officer is to be named."""
    cases = {one.case_id: one.case for one in arrivals}
    may, seen = actions_on_each(cases.values(), user), first_seen(arrivals)
    shown, owed = shown_by_record(arrivals), _first_owed(cases)
    return anchored(
        _row(
            one,
            may[one.case_id],
            items_of(one.brought, shown[one.pk]),
            seen.get(one.case_id),
            owed.get(one.case_id),
            has_waited(one.arrived_on, days, today, extra),
            today,
        )
        for one in arrivals
    )


def _first_owed(case_ids):
    """{case: the day by which the first appointment is to be arranged}"""
    rows = Deadline.objects.unmet().filter(case__in=case_ids, kind__in=FIRSTS, paused_on=None)
    return dict(rows.order_by("-due_on").values_list("case", "due_on"))


def _row(one, may, items, seen: date | None, owed: date | None, waited, today):
    case = one.case
    return ArrivalRow(
        crn=case.crn,
        name=case.list_name,
        href=reverse("arrival", args=[case.crn, one.pk]),
        came=CameFrom(one.came_from).title,
        when=on(one.arrived_on),
        holds=who_holds(case),
        tag=None if one.owned else tag("overdue" if waited else "still-to-do"),
        lacks=_lacks(items),
        first=_first(seen, owed),
        late=how_late(owed, today) if owed else "",
        read=on(one.read_on) if one.read_on else "Not read yet",
        next=_next(one, may, owed),
    )


def who_holds(case):
    """The officer, where one at work is named; otherwise the seniors of its team hold it."""
    if case.officer and case.officer.is_active:
        return case.officer.name
    seniors = f"the seniors of {case.team.name} hold it" if case.team else "the heads of service hold it, as it has no team"  # fmt: skip
    gone = f"{case.officer.name} has left, and " if case.officer else "Nobody named: "
    return f"{gone}{seniors}"


def _lacks(items):
    """What is not here, in words: what nobody has looked for, then what was asked for."""
    left = missing(items)
    unseen = [one for one in left if one.state == BroughtState.NOT_LOOKED]
    asked = [one for one in left if one.state == BroughtState.ASKED]
    said = [f"Not looked for: {_titles(unseen)}"] if unseen else []
    return said + ([f"Asked for: {_titles(asked)}"] if asked else [])


def _titles(items):
    if len(items) > 3:
        return counted(len(items), "thing")
    return listed(in_short(one.what) for one in items)


def _first(seen, owed):
    if owed:
        return f"Not arranged, due {on(owed)}"
    return on(seen) if seen else "Arranged"


def _next(one, may, owed):
    """The one thing to do now, that this reader may do."""
    case, hidden = one.case, f" for {one.case.name}"
    if not one.owned and Action.NAME_OFFICER in may:
        return Link("Name an officer", reverse("name-officer", args=[case.crn]), hidden=hidden)
    if owed and Action.BOOK_APPOINTMENT in may:
        return Link("Book it", reverse("book-appointment", args=[case.crn]), hidden=hidden)
    return Link("See what came", reverse("arrival", args=[case.crn, one.pk]), hidden=hidden)


# As a file: codes, days and people of ours, and none of what was written

CSV_HEAD = [
    "CRN",
    "Name",
    "Team",
    "Officer",
    "Came from",
    "Came on",
    "Not looked for",
    "Asked for",
    "First appointment to be arranged by",
    "Record read on",
]


def arrival_lines(arrivals):
    shown, owed = shown_by_record(arrivals), _first_owed([one.case_id for one in arrivals])
    for one in arrivals:
        case, left = one.case, missing(items_of(one.brought, shown[one.pk]))
        by_state = {
            state: "; ".join(each.what.title for each in left if each.state == state)
            for state in (BroughtState.NOT_LOOKED, BroughtState.ASKED)
        }
        yield [
            case.crn,
            case.list_name,
            case.team.name if case.team else "No team",
            case.officer.name if one.owned else "",
            CameFrom(one.came_from).title,
            one.arrived_on,
            by_state[BroughtState.NOT_LOOKED],
            by_state[BroughtState.ASKED],
            owed.get(one.case_id, ""),
            one.read_on or "",
        ]


def exported(user, wanted):
    """Of the list, what is on cases whose lists this reader may also take away."""
    may_take = Case.objects.open_to(user, Action.EXPORT_CASES).values("pk")
    found = matching(user, wanted).filter(case__in=may_take)
    return found.select_related("case__officer", "case__team", "sentence").order_by(
        "owned", "arrived_on", "id"
    )
