"""Somebody leaves: it is arranged, their cases are offered to others in one go, and it is called off.

Source: product rules, GRID (the sender owns it until a named officer accepts). What nobody took by the last day is in
`cases.services.taking_over`.
"""

from collections import defaultdict
from contextlib import contextmanager

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Departure
from cases.queries.recipients import let_in
from cases.reference.holding import TransferKind
from cases.rules.departures import check_departure, check_offers, check_running
from cases.rules.words import counted
from cases.services.holding import lock_officers
from cases.services.telling import tell
from cases.services.transfers import offer_transfer
from staff.audit import record
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date


@transaction.atomic
def begin_departure(*, user, last_on, by, now):
    """Say when somebody's last day is. Their cases are theirs until then. Returns the departure."""
    user = lock_officers([user.pk])[user.pk]
    arranged = Departure.objects.running().filter(user=user).first()
    check_departure(
        name=user.name,
        role=Role(user.role),
        active=user.is_active,
        last_on=last_on,
        arranged=arranged and arranged.last_on,
        today=localtime(now).date(),
    )
    departure = Departure.objects.create(user=user, last_on=last_on, begun_at=now, begun_by=by)
    record(by=by, action="began_departure", account=user.username, departure=departure.pk)
    return departure


@transaction.atomic
def offer_all(*, departure, offers, note, by, now):
    """Offer cases of whoever leaves, all or none. `offers`: [(case, officer, words for that case)]. Returns the hand-overs.

    `note`: what holds of all of them. Each receiver is told once.
    """
    departure = _lock(departure)
    check_running(departure.cancelled_on or departure.done_on)
    check_offers(offers)
    keys = [case.pk for case, _, _ in offers]
    held = {one.pk: one for one in Case.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)}  # fmt: skip
    for case, _, _ in offers:
        _check_theirs(held[case.pk], departure)
    last = say_date(departure.last_on)
    made = offer_together(
        offers=offers, note=note, whose=f" of {departure.user.name}, whose last day is {last}", departure=departure, by=by, now=now
    )  # fmt: skip
    record(by=by, action="offered_cases", account=departure.user.username, departure=departure.pk, cases=len(made))  # fmt: skip
    return made


@transaction.atomic
def offer_together(*, offers, note, by, now, whose="", departure=None):
    """Offer many cases among our officers, all or none, each receiver told once. Returns the hand-overs.

    `offers`: [(case, officer, words for that case)]; `whose`: " of A. Khan", where they were one officer's.
    """
    check_offers(offers)
    lock_officers({officer.pk for _, officer, _ in offers})
    made = []
    for case, officer, words in sorted(offers, key=lambda one: one[0].pk):
        with named(case):
            made.append(
                offer_transfer(
                    case=case,
                    kind=TransferKind.OFFICER,
                    to_officer=officer,
                    note="\n\n".join(filter(None, [note.strip(), words.strip()])),
                    departure=departure,
                    together=True,
                    by=by,
                    now=now,
                )
            )
    _tell_receivers(made, whose, by=by, now=now)
    return made


def _check_theirs(case, departure):
    if case.officer_id != departure.user_id:
        raise RuleBroken(
            f"{case.crn} is not {departure.user.name}’s any more. Look at the page again, and leave it out."
        )


@contextmanager
def named(case):
    """A refusal says of which of the many cases it is."""
    try:
        yield
    except RuleBroken as refusal:
        raise RuleBroken(f"{case.crn}: {refusal}") from refusal


def _tell_receivers(made, whose, *, by, now):
    """One notice each, over the first of what they are offered."""
    theirs = defaultdict(list)
    for one in made:
        theirs[one.to_officer].append(one)
    for receiver, offers in sorted(theirs.items(), key=lambda one: one[0].pk):
        text = (
            f"{by.name} offers you {counted(len(offers), 'case')}{whose}. Answer each on My work."
        )
        case = offers[0].case
        told = let_in(case, {receiver.pk} - {by.pk})
        tell(case=case, users=told, text=text, href=reverse("my-work"), now=now)


@transaction.atomic
def cancel_departure(*, departure, by, today):
    """They stay, or are back after their last day: cases may be given to them again. Offers that wait are answered as before."""
    departure = _lock(departure)
    if departure.cancelled_on:
        raise RuleBroken("This has been called off already.")
    departure.cancelled_on, departure.done_on = today, None
    departure.save(update_fields=["cancelled_on", "done_on"])
    record(by=by, action="cancelled_departure", account=departure.user.username, departure=departure.pk)  # fmt: skip
    return departure


def _lock(departure):
    held = Departure.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    return held.get(pk=departure.pk)
