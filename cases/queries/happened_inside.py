"""What we did ourselves that a review must answer: raised, decided, ended, approved, handed over.

Source: as `cases.queries.happened`, of which it is a part.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime

from cases.models import AgencyMeeting, Allocation, Override, Raise, RarActivity, RouteDecision
from cases.queries.happened_enforced import is_step, step_told, steps_of
from cases.queries.raising import what
from cases.reference.agency_meetings import MAKES_A_PLAN, AgencyMeetingKind
from cases.reference.appointments import RarTheme
from cases.reference.information import RaiseKind
from cases.reference.overrides import ONCE_APPROVED, Act, OverrideState
from cases.reference.plans import Route
from cases.rules.agency_meetings import HELD
from cases.rules.event_facts import (
    Allocated,
    Ended,
    MetAgencies,
    Overridden,
    Raised,
    RouteTaken,
)

KINDS_OF_MEETING = frozenset(AgencyMeetingKind)  # no route is called like one of them


def raises(case_ids, window):
    rows = Raise.objects.filter(window.at("at"), case__in=case_ids).select_related("registration")
    for one in rows.order_by("pk"):
        on = localtime(one.at).date()
        yield one.case_id, "raises", on, Raised(one.pk, RaiseKind(one.kind), what(one), on)


def decisions(case_ids, window):
    """Routes that were taken away, meetings of agencies from the day somebody said what they decided, breaches and recalls.

    One statement.
    """
    routes = RouteDecision.objects.filter(window.on("decided_on"), case__in=case_ids)
    met = AgencyMeeting.objects.standing().filter(
        window.at("answered_at"), case__in=case_ids, took_part__in=HELD
    )
    held_on, known_on = TruncDate("held_at"), TruncDate("answered_at")
    rows = routes.values_list("case", "pk", "route", "decided_on", "decided_on").union(
        met.values_list("case", "pk", "kind", held_on, known_on),
        *steps_of(case_ids, window),
        all=True,
    )
    for case, pk, code, on, known in rows:
        if is_step(code):
            yield case, *_with(known, step_told(pk, code, on))
        elif code in KINDS_OF_MEETING:
            name = AgencyMeetingKind(code).title
            yield case, "agencies", known, MetAgencies(pk, name, on, known, code in MAKES_A_PLAN)
        else:
            yield case, "routes", on, RouteTaken(pk, on, Route(code).title)


def _with(known, told):
    field, fact = told
    return field, known, fact


def activities(case_ids, window):
    rows = RarActivity.objects.filter(window.on("ended_on"), case__in=case_ids)
    for case, pk, on, theme in rows.values_list("case", "pk", "ended_on", "theme"):
        if on:
            name = f"Rehabilitation activity: {RarTheme(theme).title.lower()}"
            yield case, "ended", on, Ended("activity", pk, name, on)


def overrides(case_ids, window):
    """Approved in these days, or run out in them: each counts from its own day."""
    rows = Override.objects.filter(state__in=ONCE_APPROVED, case__in=case_ids).filter(
        window.at("decided_at") | window.on("expires_on")
    )
    for case, pk, act, state, decided_at, expires_on in rows.values_list(
        "case", "pk", "act", "state", "decided_at", "expires_on"
    ):
        approved_on = localtime(decided_at).date()
        ran_out_on = expires_on + timedelta(days=1) if state == OverrideState.EXPIRED else None
        told = Overridden(pk, Act(act).title, approved_on, ran_out_on)
        yield case, "overrides", ran_out_on or approved_on, told


def allocations(case_ids, window):
    earlier = Allocation.objects.filter(case=OuterRef("case"), from_on__lt=OuterRef("from_on"))
    rows = Allocation.objects.filter(
        Exists(earlier), window.on("from_on"), case__in=case_ids, unallocated=False
    )
    for case, pk, on in rows.values_list("case", "pk", "from_on"):
        if on:
            yield case, "allocations", on, Allocated(pk, on)
