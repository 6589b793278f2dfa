"""Projects as the rules know them, a fixed number of statements however many there are."""

from unpaidwork.models import Availability, Neighbour, Project, Route, SiteCheck, Stop
from unpaidwork.reference.sites import Every, Near, ProjectKind, SiteSignal, Takes
from unpaidwork.rules.availability import Runs
from unpaidwork.rules.generating import DaysOfSite
from unpaidwork.rules.sites import Nearby, Site, StopAt, Way


def sites_of(projects, on):
    """{pk: Site} of these projects (rows or keys) as they are on this day. Six statements."""
    keys = [getattr(one, "pk", one) for one in projects]
    rows = Project.objects.filter(pk__in=keys).select_related("beneficiary")
    checks = latest_checks(keys, on)
    near, ways, runs = _near(keys), _ways(keys), _runs(keys)
    return {
        row.pk: _site(
            row,
            checks.get(row.pk),
            neighbours=near.get(row.pk, ()),
            ways=ways.get(row.pk, ()),
            availability=runs.get(row.pk, ()),
        )
        for row in rows
    }


def days_of_sites(projects, read=None):
    """{pk: DaysOfSite} of these projects (keys): when they run, and nothing else of them. Two statements.

    `read`: their rows, where the caller has them: then one.
    """
    if read is None:
        rows = list(Project.objects.filter(pk__in=projects).values_list("pk", "from_on", "to_on"))
    else:
        rows = [(one.pk, one.from_on, one.to_on) for one in read]
    runs = _runs(projects)
    return {pk: DaysOfSite(pk, from_on, to_on, runs.get(pk, ())) for pk, from_on, to_on in rows}


def latest_checks(projects, on):
    """{project: its latest SiteCheck made by that day}. One statement."""
    made = SiteCheck.objects.filter(project__in=projects, checked_on__lte=on)
    latest = made.order_by("project", "-checked_on", "-pk").distinct("project")
    return {one.project_id: one for one in latest}


def _site(row, check, **parts):
    beneficiary = row.beneficiary
    return Site(
        project=row.pk,
        code=row.code,
        name=row.name,
        kind=ProjectKind(row.kind),
        point=(row.easting, row.northing),
        from_on=row.from_on,
        to_on=row.to_on,
        takes=Takes(row.takes),
        most=row.most,
        ratio=row.ratio,
        signal=SiteSignal(row.signal),
        fallback=row.fallback,
        step_free=row.step_free,
        toilets=row.toilets,
        hi_vis=row.hi_vis,
        checked_on=check and check.checked_on,
        review_on=check and check.review_on,
        tools=frozenset(check.tools if check else ()),
        agreed_on=beneficiary.agreed_on,
        agreement_until=beneficiary.agreement_until,
        insured_until=beneficiary.insured_until,
        accredits=row.accredits,
        **parts,
    )


def _near(keys):
    found = Neighbour.objects.there().filter(project__in=keys).order_by("pk")
    return _by_project(
        (
            one.project_id,
            Nearby(
                one.pk,
                Near(one.near),
                one.what,
                None if one.easting is None else (one.easting, one.northing),
                one.when,
            ),
        )
        for one in found
    )


def _ways(keys):
    stops: dict[int, list] = {}
    found = Stop.objects.filter(route__project__in=keys).select_related("pick_up")
    for one in found.order_by("at", "pk"):
        where = one.pick_up
        stops.setdefault(one.route_id, []).append(
            StopAt(
                pk=one.pk,
                pick_up=where.pk,
                code=where.code,
                where=where.where,
                point=(where.easting, where.northing),
                at=one.at,
                closed_on=where.closed_on,
            )
        )
    return _by_project(
        (
            one.project_id,
            Way(
                pk=one.pk,
                name=one.name,
                line=tuple((east, north) for east, north in one.line),
                seats=one.seats,
                stops=tuple(stops.get(one.pk, ())),
                driven=one.ended_on is None,
            ),
        )
        for one in Route.objects.filter(project__in=keys).order_by("name", "pk")
    )


def _runs(keys):
    found = Availability.objects.filter(project__in=keys)
    return _by_project(
        (
            one.project_id,
            Runs(
                pk=one.pk,
                weekday=one.weekday,
                every=Every(one.every),
                from_on=one.from_on,
                to_on=one.to_on,
                from_at=one.from_at,
                to_at=one.to_at,
            ),
        )
        for one in found.order_by("weekday", "from_at", "pk")
    )


def _by_project(pairs):
    found: dict[int, list] = {}
    for project, one in pairs:
        found.setdefault(project, []).append(one)
    return {project: tuple(ones) for project, ones in found.items()}
