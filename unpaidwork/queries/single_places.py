"""What stands by now against somebody who comes to a session by an appointment of its own: an induction, or a single day.

They have no allocation that could be suspended, and are as safe as whoever has one. Of thousands in a fixed number of
statements. Source: unpaid work reference 10 (a later order tests again what was arranged); product rules, clocks (an
induction may be held while the gate is shut, so that nothing of the gate stands against it here).
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef

from cases.queries.restrictions import restrictions_of, terms_not_seen
from cases.rules.gaps import gates
from unpaidwork.models import Attendance, WorkAllocation
from unpaidwork.queries.gate import in_force_of_each, left_of
from unpaidwork.queries.not_here import not_here
from unpaidwork.queries.projects import sites_of
from unpaidwork.queries.retesting import NOT_STOPPED, STOPS, absent_gap, unseen_gaps
from unpaidwork.queries.workers import workers_of
from unpaidwork.reference.sessions import Came
from unpaidwork.reference.sites import ProjectKind
from unpaidwork.rules.site_gate import Asked, is_never_there, site_gates
from unpaidwork.rules.site_words import never
from unpaidwork.rules.sites import site_gaps

ENDED = ("site:ended",)  # of the site, all that an induction asks
ON_FOOT = (Came.EXPECTED, Came.HERE)


def by_itself():
    """Of an `Attendance`: that they never had a place by the week at that project."""
    places = WorkAllocation.objects.filter(
        work=OuterRef("work"), project=OuterRef("session__project")
    )
    return ~Exists(places)


def single_places(today):
    """Those that stand, of today and later."""
    return Attendance.objects.filter(
        allocation=None,
        came__in=ON_FOOT,
        appointment__called_off_at=None,
        appointment__contact__outcome_code="",
        session__on__gte=today,
    )


def stands_against_singles(places, today):
    """{key: [Found]} of those of these (`Attendance`s with their session and its project) that may not stand."""
    places = list(places)
    if not places:
        return {}
    cases = {one.case_id for one in places}
    days = [one.session.on for one in places]
    workers, absent = workers_of(cases, today), not_here(cases)
    restricted = restrictions_of(cases, min(days), max(days))
    unseen = terms_not_seen(cases, today)
    sites = sites_of({one.session.project_id for one in places}, today)
    asked = [
        Asked(
            workers[one.case_id],
            tuple(restricted.get(one.case_id, ())),
            sites[one.session.project_id],
            one.session.on,
            one.session.on,
        )
        for one in places
    ]
    meet = _met(places, workers)
    found = {}
    for one, here in zip(places, site_gates(asked), strict=True):
        site, day = sites[one.session.project_id], one.session.on
        of_site = site_gaps(site, day)
        against = [*absent_gap(absent.get(one.case_id)), *_apart(one, meet)]
        if site.kind == ProjectKind.INDUCTION:
            against += [gap for gap in here if is_never_there(gap) and not _is_unseen(gap)]
            against += [gap for gap in of_site if gap.key in ENDED]
        else:
            against += [*unseen_gaps(unseen.get(one.case_id, ()))]
            against += [gap for gap in here if gap.key not in NOT_STOPPED]
            against += [gap for gap in of_site if gap.key in STOPS]
        if stopped := gates(against):
            found[one.pk] = stopped
    return _not_passed(places, found, today)


def _is_unseen(gap):
    return gap.key.startswith("restricted:") and gap.key.endswith(":terms")


def _met(places, workers):
    """{key: [(place, whether by the week)]} of those on the same session from whom somebody is kept apart."""
    apart = {other for one in places for other in workers[one.case_id].apart}
    if not apart:
        return {}
    found = defaultdict(list)
    rows = Attendance.objects.filter(
        session__in={one.session_id for one in places},
        case__in=apart,
        appointment__called_off_at=None,
        came__in=ON_FOOT,
    )
    for pk, session, case, allocation in rows.values_list("pk", "session", "case", "allocation"):
        for one in places:
            if one.session_id == session and case in workers[one.case_id].apart:
                found[one.pk].append((pk, allocation is not None))
    return found


def _apart(one, meet):
    """Whoever came to be expected later gives way, and whoever has a place by the week does not."""
    if any(by_the_week or pk < one.pk for pk, by_the_week in meet.get(one.pk, ())):
        yield never(
            f"apart:{one.session.project_id}:{one.session.on.isoformat()}",
            "Somebody they are to be kept apart from is expected there on that day.",
            "Those who are kept apart are never in the same session or van",
        )


def _not_passed(places, found, today):
    """Without what an override in force lets pass."""
    cases = {one.pk: one.case_id for one in places}
    asked = {cases[pk] for pk, gaps in found.items() if any(gap.may_override for gap in gaps)}
    in_force = in_force_of_each(asked, today) if asked else {}
    left = {pk: left_of(gaps, in_force.get(cases[pk], ())) for pk, gaps in found.items()}
    return {pk: gaps for pk, gaps in left.items() if gaps}
