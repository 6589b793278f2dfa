"""The list of projects: what each is like, how full it is today, and what is wrong with it. Nobody is named.

A fixed number of statements however many there are.
"""

from calendar import day_abbr
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from cases.queries.paging import page_of
from cases.reference.codes import Titled
from staff.models import Team
from staff.rules.dates import say_date, say_time
from unpaidwork.models import Project, SiteCheck, WorkAllocation
from unpaidwork.queries.projects import sites_of
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sites import Every, ProjectKind
from unpaidwork.rules.availability import days_of, runs_on
from unpaidwork.rules.sites import AT_HOME, FOR_SOMEBODY, site_gaps

SHORT = {  # what is wrong, as a list says it; the page of the project says it whole
    "site:not-begun": "Not begun",
    "site:ended": "Ended",
    "site:unchecked": "No safety check",
    "site:check-overdue": "Safety check overdue",
    "site:agreement": "Agreement ran out",
    "site:agreement-unknown": "No agreement recorded",
    "site:insurance": "Insurance ran out",
    "site:insurance-unknown": "Insurance not recorded",
    "site:signal": "Needs two staff",
}


class Shown(Titled):
    RUNNING = "running", "Running"
    COMING = "coming", "Not begun yet"
    ENDED = "ended", "Ended"
    ALL = "all", "All of them"


class Wrong(Titled):
    """What makes a project an exception."""

    CHECK = "check", "Safety check missing or overdue"
    PAPERS = "papers", "Agreement or insurance ran out"
    NOBODY = "nobody", "Nobody allocated"
    DAYS = "days", "No day of the week put in"


@dataclass(frozen=True)
class Wanted:
    """What the reader asked for, as codes."""

    shown: str = Shown.RUNNING
    kind: str = ""
    team: Team | None = None
    wrong: str = ""


@dataclass(frozen=True)
class ProjectRow:
    name: str
    code: str
    href: str
    kind: str
    beneficiary: str
    team: str
    days: str
    today: str  # how full it is
    allocated: int
    wrong: list[str]


@dataclass(frozen=True)
class Found:
    rows: list[ProjectRow]
    next_after: str
    count: int


def matching(wanted, today):
    """The projects that were asked for."""
    found = _shown(wanted.shown, today)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.team:
        found = found.filter(team=wanted.team)
    return found.filter(wrong_with(wanted.wrong, today)) if wanted.wrong else found


def wrong_with(wrong, today):
    """The projects of which this is so, as a condition."""
    match Wrong(wrong):
        case Wrong.CHECK:
            made = SiteCheck.objects.filter(project=OuterRef("pk"), checked_on__lte=today)
            looked = Project.objects.annotate(
                review_on=Subquery(made.latest_first().values("review_on")[:1])
            ).filter(review_on__gte=today)
            return ~Q(kind__in=AT_HOME) & ~Q(pk__in=looked.values("pk"))
        case Wrong.PAPERS:
            run_out = Q(beneficiary__agreement_until__lt=today)
            return Q(kind__in=FOR_SOMEBODY) & (run_out | Q(beneficiary__insured_until__lt=today))
        case Wrong.NOBODY:
            return ~Exists(WorkAllocation.objects.active(today).filter(project=OuterRef("pk")))
    return Q(availability=None)


def exceptions(today):
    """[(Wrong, how many running projects it is so of)], those of none left out. A statement each."""
    running = Project.objects.running(today)
    counts = [(one, running.filter(wrong_with(one, today)).count()) for one in Wrong]
    return [(one, count) for one, count in counts if count]


def page_of_projects(wanted, today, closed, *, after, size):
    """One page of the list that was asked for."""
    found = matching(wanted, today)
    rows = found.select_related("beneficiary", "team")
    page = page_of(rows, keys=("name", "pk"), after=after, size=size, known_by="pk")
    return Found(rows_of(page.rows, today, closed), page.next_after, found.count())


def rows_of(projects, today, closed):
    """[ProjectRow] of these. `closed`: the bank holidays around today."""
    sites, down = sites_of(projects, today), allocated_on(projects, today)
    return [_row(one, sites[one.pk], down.get(one.pk, []), today, closed) for one in projects]


def allocated_on(projects, today):
    """{project: [its allocations that are active today]}. One statement."""
    rows = WorkAllocation.objects.active(today).filter(project__in=[one.pk for one in projects])
    found: dict[int, list] = {}
    for row in rows.only("project", "weekday", "every", "from_on", "to_on", "from_at", "to_at"):
        found.setdefault(row.project_id, []).append(row)
    return found


def suspended_at(project):
    """How many allocations to it are suspended now."""
    rows = WorkAllocation.objects.filter(project=project, state=AllocationState.SUSPENDED)
    return rows.count()


def said_days(rows):
    """ "Tue 9am to 4pm; every second Wed 9am to 4pm", a word for each row."""
    return [
        f"{_every(one)}{day_abbr[one.weekday]} {say_time(one.from_at)} to {say_time(one.to_at)}{_until(one)}"
        for one in rows
    ]


def _shown(shown, today):
    match Shown(shown):
        case Shown.RUNNING:
            return Project.objects.running(today)
        case Shown.COMING:
            return Project.objects.filter(from_on__gt=today)
        case Shown.ENDED:
            return Project.objects.filter(to_on__lt=today)
    return Project.objects.all()


def _row(project, site, down, today, closed):
    runs = [one for one in site.availability if not one.to_on or one.to_on >= today]
    here = days_of(runs, today, today, closed)
    there = sum(runs_on(one, today) for one in down)
    wrong = [SHORT[one.key] for one in site_gaps(site, today)]
    if not down and not any(one in wrong for one in (SHORT["site:ended"], SHORT["site:not-begun"])):
        wrong.append("Nobody allocated")
    return ProjectRow(
        name=project.name,
        code=project.code,
        href=reverse("project", args=[project.pk]),
        kind=ProjectKind(project.kind).title,
        beneficiary=project.beneficiary.name,
        team=project.team.name if project.team else "",
        days="; ".join(said_days(runs)) or "No day put in",
        today=f"{there} of {site.most}" if here else "Does not run today",
        allocated=len(down),
        wrong=wrong,
    )


def _every(row):
    return {Every.FORTNIGHT: "every second ", Every.ONCE: "once, "}.get(row.every, "")


def _until(row):
    return f", until {say_date(row.to_on)}" if row.to_on else ""
