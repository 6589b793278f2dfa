"""Routes that were taken away, and whether what takes their place is booked, as pages show them.

Source: product rules, gates ("Remove a route"); report 2.3.
"""

from dataclasses import dataclass

from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Assignment, Requirement
from cases.queries.holding import gone_of
from cases.queries.sentences import requirement_name
from cases.reference.plans import Route
from cases.rules.addresses import address
from cases.rules.routes import NO_ROUTE, how_long_open, is_ours_to_book
from staff.kit import Line, Link, Tag, on, tag
from staff.models import User
from staff.permissions import Action, Role
from staff.rules.dates import say_time

OWES = "book_replacement"
ABOUT = ("requirement", "owner", "decided_by", "booked_by")  # what a decision is shown with


@dataclass(frozen=True)
class RoutePage:
    """One decision whole, or one of several in a list."""

    key: int
    title: str
    requirement: str  # blank: of no requirement
    tag: Tag
    words: str  # where it stands
    lines: list[Line]
    href: str
    next: Link | None


def routes_of(case, names, may, today):
    """Those of one case: what waits first, the longest open before the others."""
    found = case.route_decisions.select_related(*ABOUT)
    ordered = found.order_by(F("booked_at").desc(nulls_first=True), "decided_on", "pk")
    return [route_page(one, case, names, may, today) for one in ordered]


def find_route(case, pk):
    return case.route_decisions.select_related(*ABOUT).filter(pk=pk).first()


def route_page(one, case, names, may, today):
    """One decision, for the reader whose page this is."""
    waits = one.booked_at is None
    return RoutePage(
        key=one.pk,
        title=f"Taken away: {names.text(one.removed)}",
        requirement=requirement_name(one.requirement) if one.requirement else "",
        tag=_mark(one, today),
        words=f"{NO_ROUTE}. {how_long_open(one.decided_on, today)}."
        if waits
        else _booked(one, names),
        lines=list(_lines(one, names)),
        href=reverse("see-route", args=[case.crn, one.pk]),
        next=_next(one, case, may) if waits else None,
    )


def _mark(one, today):
    if one.booked_at:
        return tag("met")
    return tag("overdue") if one.by_on < today else tag("still-to-do")


def _booked(one, names):
    at = localtime(one.booked_for)
    return f"Booked for {on(at.date())}, {say_time(at)}: {names.text(one.booked_with)}"


def _lines(one, names):
    if one.requirement:
        yield Line("Requirement", requirement_name(one.requirement))
    yield Line("Taken away", names.text(one.removed), detail=names.text(one.because))
    yield Line("In its place", Route(one.route).title, detail=names.text(one.replacement))
    yield Line("Who sees to it", one.owner.name)
    yield Line("To be booked by", on(one.by_on))
    yield Line("Decided", f"{on(one.decided_on)}, {one.decided_by.name}")
    if one.booked_at:
        yield Line("Booked for", _booked(one, names).removeprefix("Booked for "))
        yield Line("Booked", f"{on(localtime(one.booked_at).date())}, {one.booked_by.name}")


def _next(one, case, may):
    if is_ours_to_book(one.route) and Action.BOOK_APPOINTMENT in may:
        here = reverse("book-appointment", args=[case.crn])
        return Link("Book what takes its place", address(here, route=one.pk))
    if Action.DECIDE_ROUTE not in may:
        return None
    return Link("Book what takes its place", reverse("book-replacement", args=[case.crn, one.pk]))


def requirements_with_a_route(case):
    """What of the case's current sentences a route can be taken away from."""
    found = Requirement.objects.filter(sentence__case=case, active=True, terminated_on=None)
    return list(found.select_related("sentence").order_by("sentence", "pk"))


def may_see_to_it(case, today):
    """Staff who hold this case or work on it, its officer first: who may own a replacement. Nobody whose last day has passed."""
    assigned = Assignment.objects.live().of_the_whole_case().filter(case=case)
    of_the_team = Q(team__isnull=False, team=case.team_id, role__in=[Role.OFFICER, Role.SPO])
    theirs = Q(pk=case.officer_id) | of_the_team | Q(pk__in=assigned.values("user"))
    found = User.objects.filter(theirs, is_active=True).order_by("last_name", "first_name", "pk")
    gone = gone_of([one.pk for one in found], today)
    here = [one for one in found if one.pk not in gone]
    return sorted(here, key=lambda one: one.pk != case.officer_id)
