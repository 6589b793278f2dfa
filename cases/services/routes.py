"""Taking a route away, which a senior owns until what takes its place is booked; and booking it.

Source: product rules, gates ("Remove a route"); report 2.3. What is booked in our own diary closes it by that
booking; somebody else's word is typed only where the route is theirs. A decision waits with the senior, never
with the officer whose route it took away.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, RouteDecision
from cases.queries.recipients import owner_and_cover
from cases.queries.routes import OWES
from cases.queries.sentences import requirement_name
from cases.rules.routes import check_booking, check_route, check_takes_place, is_ours_to_book
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Action, reach
from staff.rules.dates import say_date

LONGEST_WITH = 200  # characters that are kept of who sees them, and where
BOOKED = "What takes the place of a route on {crn} is booked."
NOT_YOURS = (
    "A senior probation officer or the head of service decides this, and not the responsible officer of "
    "the case."
)


@transaction.atomic
def take_route_away(
    *, case, requirement, removed, because, route, replacement, owner, by_on, by, today, now
):
    """Take a route away, and put another in its place that is to be booked by `by_on`.

    `requirement`: what the route delivered, or None for work that no requirement names. Returns the
    decision, which is on the senior's list until it is booked.
    """
    case = lock_case(case)
    _check_senior(case, by)
    words = check_route(
        removed=removed,
        because=because,
        route=route,
        replacement=replacement,
        owner=owner,
        by_on=by_on,
        ends_on=_ends_on(case, requirement),
        today=today,
    )
    _check_owner(case, owner)
    decision = RouteDecision.objects.create(
        case=case,
        requirement=requirement,
        **words,
        route=route,
        owner=owner,
        by_on=by_on,
        decided_on=today,
        decided_by=by,
    )
    _put_on_the_list(decision, by=by, today=today)
    record(by=by, action="took_route_away", crn=case.crn, route=decision.pk)
    _tell(decision, "A route was taken away on {crn}. Read what takes its place.", by, today, now)
    return decision


@transaction.atomic
def book_replacement(*, decision, booked_for, booked_with, by, today, now):
    """Record the booking that closes the decision, and those before it on the same requirement.

    `booked_for`: when the replacement begins. What takes the place of the last route taken away takes
    the place of all of them.
    """
    case = Case.objects.select_for_update(no_key=True).get(route_decisions=decision.pk)
    decision = RouteDecision.objects.select_related("owner").get(pk=decision.pk)
    decision.case = case
    _check_senior(case, by)
    if is_ours_to_book(decision.route):
        raise RuleBroken(
            "What takes its place is an appointment of ours. Book it on the page of appointments, and say there "
            "that it takes the place of this route."
        )
    if decision.booked_at:
        on = say_date(localtime(decision.booked_at).date())
        raise RuleBroken(f"What takes its place was booked on {on}. Nothing more is owed on it.")
    booked_with = check_booking(
        booked_on=localtime(booked_for).date(), booked_with=booked_with, today=today
    )
    closed = list(_closed_with(decision).values_list("pk", flat=True))
    RouteDecision.objects.filter(pk__in=closed).update(
        booked_for=booked_for, booked_with=booked_with, booked_at=now, booked_by=by
    )
    for one in RouteDecision.objects.filter(pk__in=closed).order_by("pk"):
        meet_deadline(case=case, kind=OWES, by=by, today=today, route=one)
        record(by=by, action="booked_replacement", crn=case.crn, route=one.pk)
    decision.refresh_from_db()
    _tell(decision, BOOKED, by, today, now, for_information=True)
    return decision


@transaction.atomic
def close_by_booking(*, decision, appointment, by, today, now):
    """Close the decision, and those before it on the same requirement, by an appointment in our diary.

    Called off, it is open again; moved, it goes with it. The case is held.
    """
    contact = appointment.contact
    case = contact.case
    decision = RouteDecision.objects.filter(case=case, pk=decision.pk).waiting().first()
    if decision is None:
        raise RuleBroken("What takes the place of that route has been booked already.")
    decision.case = case
    check_takes_place(
        route=decision.route,
        requirement=decision.requirement_id,
        type_code=contact.type_code,
        names=contact.requirement_id,
        said=requirement_name(decision.requirement) if decision.requirement else "",
    )
    closed = list(_closed_with(decision).order_by("pk").values_list("pk", flat=True))
    RouteDecision.objects.filter(pk__in=closed).update(
        **_booking_of(appointment), booked_at=now, booked_by=by
    )
    for one in RouteDecision.objects.filter(pk__in=closed).order_by("pk"):
        meet_deadline(case=case, kind=OWES, by=by, today=today, route=one)
        record(by=by, action="booked_replacement", crn=case.crn, route=one.pk)
    decision.refresh_from_db()
    _tell(decision, BOOKED, by, today, now, for_information=True)


def follow_booking(*, appointment, to):
    """What this appointment closed is closed by the one that it was moved to."""
    RouteDecision.objects.filter(appointment=appointment).update(**_booking_of(to))


@transaction.atomic
def open_again(*, appointment, by, today):
    """An appointment that was called off takes no route's place: what it closed waits again."""
    found = RouteDecision.objects.filter(appointment=appointment).order_by("pk")
    for one in list(found.select_related("owner")):
        RouteDecision.objects.filter(pk=one.pk).update(
            appointment=None, booked_for=None, booked_with="", booked_at=None, booked_by=None
        )
        one.case = appointment.contact.case
        _put_on_the_list(one, by=by, today=today)
        record(by=by, action="opened_route_again", crn=one.case.crn, route=one.pk)


def _booking_of(appointment):
    contact = appointment.contact
    who = appointment.officer.name if appointment.officer else contact.type_name
    return {
        "appointment": appointment,
        "booked_for": contact.started_at,
        "booked_with": ", ".join(filter(None, [who, contact.place]))[:LONGEST_WITH],
    }


def _put_on_the_list(decision, *, by, today):
    """Of the senior, until the day on which it is to be booked, and late from then on."""
    open_deadline(
        case=decision.case,
        kind=OWES,
        triggered_on=today,
        due_on=max(decision.by_on, today),
        why=f"A route was taken away on {say_date(today)}, and what takes its place is not booked",
        by=by,
        today=today,
        route=decision,
    )


def _closed_with(decision):
    """It, and those that waited before it on the same requirement."""
    waiting = RouteDecision.objects.waiting().filter(case=decision.case_id, pk__lte=decision.pk)
    if decision.requirement_id is None:
        return waiting.filter(pk=decision.pk)
    return waiting.filter(requirement=decision.requirement_id)


def _check_senior(case, by):
    if not reach(by.role, Action.DECIDE_ROUTE) or by.pk == case.officer_id:
        raise RuleBroken(NOT_YOURS)


def _ends_on(case, requirement):
    """The last day of the sentence, where it is known."""
    if requirement is None:
        return None
    sentence = requirement.sentence
    if sentence.case_id != case.pk:
        raise RuleBroken("That requirement is of another case.")
    if requirement.terminated_on or not requirement.active:
        raise RuleBroken("That requirement has ended, so no route to it is left to take away.")
    return sentence.expected_end_on


def _check_owner(case, owner):
    """Somebody who cannot open the case can see to nothing on it."""
    theirs = Case.objects.open_to(owner, Action.VIEW_CASE).filter(pk=case.pk)
    if not owner.is_active or not theirs.exists():
        raise RuleBroken(
            f"{owner.name} cannot open this case. Name somebody who holds or works on it."
        )


def _tell(decision, text, by, today, now, *, for_information=False):
    case = decision.case
    told = {one.pk: one for one in (*owner_and_cover(case, today), decision.owner) if one != by}
    tell(
        case=case,
        users=list(told.values()),
        text=text.format(crn=case.crn),
        href=reverse("see-route", args=[case.crn, decision.pk]),
        now=now,
        for_information=for_information,
    )
