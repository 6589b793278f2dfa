"""One project on one page: what is done, where and when, who is near, what is dangerous, who works there by count.

Where a refuge stands is told to those who set projects and to nobody else: it is left out here, before anything is
worded, drawn or numbered. Source: unpaid work reference 3 and 10.
"""

from dataclasses import dataclass, field

from django.urls import reverse

from cases.rules.gaps import gates, warnings
from cases.rules.words import counted, listed
from staff.kit import Gap, Line, Link, on
from staff.permissions import Action, reach
from staff.rules.dates import say_time
from unpaidwork.models import WorkAllocation
from unpaidwork.queries.project_lists import said_days
from unpaidwork.queries.project_maps import ON_SITE, maps_of
from unpaidwork.queries.projects import sites_of
from unpaidwork.reference.risk import AllocationState
from unpaidwork.reference.sites import ProjectKind, SiteSignal, Takes, Tool
from unpaidwork.rules.places import say_point
from unpaidwork.rules.site_map import SiteMap, say_way
from unpaidwork.rules.sites import site_gaps, staff_needed

YES_NO = {True: "Yes", False: "No", None: "Not known"}
DAYS_HEAD = ("Day", "Since")
NEAR_HEAD = ("Who", "Where", "When")
WAYS_HEAD = ("Way", "Stops", "How it goes", "Seats")
TO_MEND = {  # where what is wrong is put right
    "site:unchecked": "check-site",
    "site:check-overdue": "check-site",
    "site:signal": "change-project",
    "site:ended": "change-project",
    "site:not-begun": "change-project",
}


@dataclass(frozen=True)
class Cell:
    label: str
    text: str


@dataclass(frozen=True)
class Part:
    """A row of a table on the page: cells in words, and what may be done with it."""

    labelled: list[Cell]
    links: list[Link]


@dataclass(frozen=True)
class CheckShown:
    lines: list[Line]
    hazards: list[tuple[str, str]]


@dataclass(frozen=True)
class ProjectPage:
    name: str
    code: str
    lead: str
    gaps: list[Gap]  # what refuses
    warnings: list[Gap]  # what is said beside
    work: list[Line]
    site: list[Line]
    whom: list[Line]
    check: CheckShown | None
    before: int  # earlier checks
    days: list[Part]
    near: list[Part]
    ways: list[Part]
    workers: list[tuple[str, str, str]]  # day, how many of how many, how many suspended
    maps: list[SiteMap]
    places: list[list[str]]  # the table beneath the maps
    may_set: bool
    days_head: tuple[str, ...] = DAYS_HEAD
    near_head: tuple[str, ...] = NEAR_HEAD
    ways_head: tuple[str, ...] = WAYS_HEAD
    actions: list[Link] = field(default_factory=list)


def may_set_projects(user):
    return bool(reach(user.role, Action.SET_PROJECTS))


def told_to(user, site):
    """Who is near, as far as this reader may know it."""
    return [one for one in site.neighbours if may_set_projects(user) or not one.kept]


def project_page(project, user, today):
    """Everything on the page of one project, whose beneficiary and team are loaded. A fixed number of statements."""
    site, may_set = sites_of([project], today)[project.pk], may_set_projects(user)
    near = told_to(user, site)
    maps, places = maps_of(site, near)
    found = site_gaps(site, today)
    checks = list(project.checks.latest_first().select_related("checked_by"))
    return ProjectPage(
        name=project.name,
        code=project.code,
        lead=f"{project.code}. {ProjectKind(project.kind).title}, for {project.beneficiary.name}.",
        gaps=[_gap(one, project, may_set) for one in gates(found)],
        warnings=[_gap(one, project, may_set) for one in warnings(found)],
        work=_work(project),
        site=_site(project, site),
        whom=_whom(project.beneficiary, may_set),
        check=_check(checks[0]) if checks else None,
        before=max(0, len(checks) - 1),
        days=[_day(words, one, may_set) for words, one in _runs(site, today)],
        near=[_near(one, site, may_set) for one in near],
        ways=[_way(one, may_set) for one in site.driven],
        workers=_workers(project, site, today),
        maps=maps,
        places=places,
        may_set=may_set,
        actions=_actions(project) if may_set else [],
    )


def _gap(found, project, may_set):
    name = TO_MEND.get(found.key)
    if name is None:
        href = reverse("change-beneficiary", args=[project.beneficiary_id])
    else:
        href = reverse(name, args=[project.pk])
    return Gap(found.sentence, href if may_set else "", found.rule_and_source)


def _work(project):
    return [
        Line("What is done", project.what_is_done),
        Line("Tasks", listed(project.tasks)),
        Line("Whom it takes", Takes(project.takes).title),
        Line("What it is good for", project.benefit),
        Line("What can be gained", project.accredits),
        Line("Whose it is", project.team.name if project.team else "No one team"),
        Line("Runs", f"From {on(project.from_on)}" + _until(project.to_on)),
    ]


def _until(day):
    return f" to {on(day)}" if day else ", no last day is set"


def _site(project, site):
    holds = (
        f"{counted(site.most, 'person', 'people')} at once, {site.ratio} to a supervisor at most"
    )
    needed = staff_needed(site, site.most)
    return [
        Line("Address", ", ".join(filter(None, [project.address, project.postcode]))),
        Line("Grid reference", say_point(site.point)),
        Line("Holds", holds, detail=f"Full, it needs {needed} staff."),
        Line("Telephone signal", SiteSignal(site.signal).title, detail=_reached(site)),
        Line("Without steps", YES_NO[site.step_free]),
        Line("Toilets", YES_NO[site.toilets]),
        Line("High-visibility vests", YES_NO[site.hi_vis]),
    ]


def _reached(site):
    return f"Otherwise: {site.fallback}" if site.fallback else ""


def _whom(one, may_set):
    change = reverse("change-beneficiary", args=[one.pk]) if may_set else ""
    return [
        Line("Beneficiary", one.name, change=change),
        Line("Contact", ", ".join(filter(None, [one.contact, one.telephone, one.email]))),
        Line("May be told of those who work there", one.may_be_told or "Nothing"),
        Line("Agreed on", _said(one.agreed_on), detail=_ends(one.agreement_until)),
        Line("Insured until", _said(one.insured_until)),
    ]


def _said(day):
    return on(day) if day else ""


def _ends(day):
    return f"Until {on(day)}" if day else ""


def _check(one):
    return CheckShown(
        lines=[
            Line("Looked at", f"{on(one.checked_on)}, by {one.checked_by.name}"),
            Line("Looked at again by", on(one.review_on)),
            Line("Tools", listed([Tool(code).title for code in one.tools]) or "None"),
            Line("First aid and nearest help", one.first_aid),
        ],
        hazards=[(said["hazard"], said["control"]) for said in one.hazards],
    )


def _runs(site, today):
    runs = [one for one in site.availability if not one.to_on or one.to_on >= today]
    return zip(said_days(runs), runs, strict=True)


def _day(words, one, may_set):
    first = on(one.from_on)
    return _part(
        DAYS_HEAD, [words, first], _links(may_set, ("change", "end"), "days", one.pk, words)
    )


def _near(one, site, may_set):
    where = say_way(site.point, one.point) if one.point else ON_SITE
    who = f"{one.near.title}: {one.what}" if one.what else one.near.title
    if one.kept:
        who += " (told to coordinators alone)"
    links = _links(may_set, ("change", "end"), "neighbour", one.pk, who)
    return _part(NEAR_HEAD, [who, where, one.when or "Always"], links)


def _way(one, may_set):
    stops = [f"{say_time(at.at)} {at.where}{_closed(at)}" for at in one.stops]
    straight = one.line[:-1] == tuple(at.point for at in one.stops)
    how = "Straight from stop to stop" if straight else f"By {len(one.line)} points"
    cells = [one.name, "; ".join(stops) or "No stops", how, str(one.seats)]
    return _part(WAYS_HEAD, cells, _links(may_set, ("change", "end"), "way", one.pk, one.name))


def _part(head, cells, links):
    return Part([Cell(*pair) for pair in zip(head, cells, strict=True)], links)


def _closed(at):
    return f" (closed from {on(at.closed_on)})" if at.closed_on else ""


def _links(may_set, verbs, what, key, hidden):
    if not may_set:
        return []
    return [
        Link(verb.capitalize(), reverse(f"{verb}-{what}", args=[key]), hidden=f" {hidden}")
        for verb in verbs
    ]


def _workers(project, site, today):
    """How many are down for each day, by the days that anybody is down for. Nobody is named."""
    rows = WorkAllocation.objects.live(today).filter(project=project)
    states: dict[str, list[str]] = {}
    for row in rows.order_by("weekday", "from_at"):
        states.setdefault(said_days([_without_end(row)])[0], []).append(row.state)
    return [
        (
            day,
            f"{found.count(AllocationState.ACTIVE)} of {site.most}",
            str(found.count(AllocationState.SUSPENDED)),
        )
        for day, found in states.items()
    ]


def _without_end(row):
    """Those of one day stand together, whenever each of them ends."""
    row.to_on = None
    return row


def _actions(project):
    key = [project.pk]
    return [
        Link("Change the project", reverse("change-project", args=key)),
        Link("Record a safety check", reverse("check-site", args=key)),
    ]
