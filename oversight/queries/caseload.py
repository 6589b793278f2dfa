"""The caseload: which cases, in which order, and what is shown of each.

Source: product rules, roles and reach, limited access.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, DateField, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from cases.models import Case, Deadline, Enquiry, Pause, Raise
from cases.queries.paging import page_of
from cases.reference.codes import Place
from cases.reference.deadlines import KEPT_TO
from cases.reference.groups import groups_of
from cases.reference.holding import LeftAs
from oversight.queries.loop import in_loop
from staff.models import Team, User
from staff.permissions import Reach, Role, reach

NEVER = date(9999, 12, 31)  # sorts what has no date after everything that has
SORTS = {
    "name": ("sort_name", "id"),
    "group": ("group_key", "sort_name", "id"),
    "officer": ("officer_key", "sort_name", "id"),
    "due": ("due_key", "sort_name", "id"),
    "overdue": ("-overdue", "sort_name", "id"),
}
ALL = "all"
ENDED_HERE = "ended_here"  # brought to their end by us, whatever the record says
NOBODY = "nobody"  # cases with no officer


@dataclass(frozen=True)
class Wanted:
    """What the reader of the caseload asked for, as codes."""

    whose: str = "mine"  # mine, team or all
    team: str = ""  # a team's code
    officer: str = ""  # a user name, or NOBODY
    state: str = ""  # a CaseState, ENDED_HERE or "all"; blank: supervised
    place: str = ""  # a Place, or "unplaced"
    group: str = ""  # of the GRID, or a row or a column of its table
    loop: str = ""  # one of `oversight.queries.loop.CODES`
    overdue: bool = False
    women: bool = False
    sort: str = "name"


def scopes(user, action):
    """Whose cases this user may ask for, as codes; the first is where their day starts."""
    far = reach(user.role, action)
    if far == Reach.ASSIGNED:
        return ["assigned"]
    found = ["mine"] if user.role == Role.OFFICER else []
    if user.role in (Role.OFFICER, Role.SPO) and far >= Reach.TEAM and user.team_id:
        found.append("team")
    if far == Reach.PROVIDER:
        found.append(ALL)
    return found


def widest(user, action):
    """The widest of those scopes: whose cases a figure is counted over."""
    found = scopes(user, action)
    return next(scope for scope in (ALL, "team", *found) if scope in found)


def narrowed(cases, user, wanted):
    """Of these cases, those in the scope asked for."""
    if wanted.whose == "mine":
        cases = cases.filter(officer=user)
    if wanted.whose == "team":
        cases = cases.filter(team=user.team_id)
    if wanted.team:
        cases = cases.filter(team__code=wanted.team)
    return cases


def matching(user, action, wanted, today):
    """The cases asked for that are open to this user."""
    cases = narrowed(Case.objects.open_to(user, action), user, wanted)
    if wanted.state == ENDED_HERE:
        cases = cases.filter(left_as=LeftAs.ENDED)
    elif wanted.state != ALL:
        cases = cases.filter(state=wanted.state) if wanted.state else cases.supervised()
    if wanted.officer == NOBODY:
        cases = cases.unallocated().filter(retained_by="")
    elif wanted.officer:
        cases = cases.filter(officer__username=wanted.officer)
    if wanted.place == "unplaced":
        cases = cases.filter(standing=None)
    elif wanted.place:
        cases = cases.filter(standing__place=wanted.place)
    if wanted.group:
        groups = groups_of(wanted.group)
        cases = cases.filter(standing__place=Place.GROUP, standing__group__in=groups)
    if wanted.loop:
        cases = in_loop(cases, wanted.loop, today)
    if wanted.overdue:
        cases = cases.filter(pk__in=Enquiry.objects.overdue(today).values("case"))
    if wanted.women:
        cases = cases.filter(sex="F")
    return cases


def overdue_checks(today):
    """How many checks of a case are overdue, as a column."""
    overdue = (
        Enquiry.objects.overdue(today)
        .filter(case=OuterRef("pk"))
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(overdue), 0)


def owed():
    """What is owed on a case, the next first, as far as every reader of the list may know of it."""
    return (
        Deadline.objects.unmet()
        .beside_complaints()
        .filter(case=OuterRef("pk"), paused_on=None)
        .exclude(kind__in=list(KEPT_TO))
        .order_by("due_on", "pk")
    )


def sort_keys():
    """What is sorted by and is no field of a case, as columns."""
    return {
        "due_key": Coalesce(
            Subquery(owed().values("due_on")[:1]), Value(NEVER, output_field=DateField())
        ),
        "group_key": Coalesce("standing__group", Value("~")),
        "officer_key": Concat(
            Coalesce("officer__last_name", Value("~")),
            Value(" "),
            Coalesce("officer__first_name", Value("")),
            output_field=CharField(),
        ),
    }


def with_columns(cases, today):
    """The cases with what a row of the list shows and sorts by, in one statement."""
    return cases.select_related("standing", "officer", "team").annotate(
        overdue=overdue_checks(today),
        raised=Exists(Raise.objects.standing().filter(case=OuterRef("pk"))),
        paused=Exists(Pause.objects.running().filter(case=OuterRef("pk"))),
        next_due=Subquery(owed().values("due_on")[:1]),
        next_kind=Subquery(owed().values("kind")[:1]),
        **sort_keys(),
    )


def caseload_page(user, action, wanted, *, after, size, today):
    """One page of the caseload."""
    cases = with_columns(matching(user, action, wanted, today), today)
    return page_of(cases, keys=SORTS[wanted.sort], after=after, size=size)


def kept_from(user, action, wanted):
    """The masked rows of the scope. They answer to the scope alone, so that no filter tells more."""
    reached = narrowed(Case.objects.within_reach(user, action), user, wanted)
    return list(reached.masked_to(user)[:100])


def officers_in(user, action, wanted):
    """Officers holding a case in the scope that is open to this user, for the filter."""
    cases = narrowed(Case.objects.open_to(user, action), user, wanted)
    holders = cases.exclude(officer=None).values("officer")
    return User.objects.filter(pk__in=holders).order_by("last_name", "first_name")


def teams():
    """Teams that hold cases, by name."""
    return Team.objects.filter(pk__in=Case.objects.values("team")).order_by("name")
