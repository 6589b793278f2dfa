"""Visits that somebody watches or makes, with no more than it takes to send help.

A buddy need not be able to open the case: nothing here says whose home it is. Source: report 2.3; supervision
reference 3.4.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import HomeVisit, Limit, Named, Notice
from cases.queries.names import names_for_each
from cases.queries.reach import open_among
from cases.queries.visit_pages import KNOWN, Caller, caller, longer_until, names_of
from cases.reference.visits import Signal
from cases.rules.names import without_names
from staff.kit import Tag, tag
from staff.permissions import Action
from staff.rules.dates import say_date, say_time

TOLD_WITHIN = timedelta(days=1)  # of a missed check-in
AHEAD = timedelta(days=7)
MOST = 100


@dataclass(frozen=True)
class Watched:
    """One visit as whoever watches sees it."""

    key: int
    who: str
    state: str
    tag: Tag
    call_by: str
    late: bool
    under_way: bool
    where: str
    asks: str  # of whoever an exclusion keeps out: who knows where
    signal: str
    instruction: str
    rings: list[Caller]
    part: str  # what the reader has to do with it
    out_by: str
    href: str  # the sheet, for whoever may open it


def page_of(visit):
    """Where whoever watches sees this visit."""
    return f"{reverse('check-ins')}#visit-{visit.pk}"


def watched_by(user, now):
    """Under way first, the latest to call in at the head; then those still to come. Seven statements."""
    kept_out = Named.objects.live().filter(user=user, let_in=False)
    ask = dict(kept_out.values_list("limit", "limit__ask"))
    visits = HomeVisit.objects.select_related(*KNOWN, "appointment__contact__case")
    made = HomeVisit.objects.made_by(user).values("pk")
    under_way = visits.under_way().filter(_concerns(user, now)).order_by("call_by", "pk")[:MOST]
    # Whom an exclusion keeps out of the case by now, learns not even the day
    may_know = Q(pk__in=made) | ~Q(appointment__contact__case__in=[*ask])
    coming = visits.standing().filter(
        Q(pk__in=made) | Q(buddy=user),
        may_know,
        set_out_at=None,
        appointment__contact__started_at__gte=now - TOLD_WITHIN,
        appointment__contact__started_at__lte=now + AHEAD,
    )
    found = [*under_way, *coming.order_by("appointment__contact__started_at", "pk")[:MOST]]
    cases = {one.appointment.contact.case_id: one.appointment.contact.case for one in found}
    opened = open_among(cases, user, Action.VISIT_HOME)
    safety = dict(Limit.objects.filter(case__in=cases).values_list("case", "safety"))
    names = names_for_each([*cases.values()], dict.fromkeys(cases, frozenset()))
    return [_watched(one, user, opened, safety, names, ask, now) for one in found]


def find_watched(user, pk, now):
    """A visit that is this user's to watch or make, or of which they were told; None for any other."""
    visits = HomeVisit.objects.filter(_concerns(user, now), pk=pk)
    return visits.select_related(*KNOWN).first()


def _concerns(user, now):
    """Those this user makes or watches, or was told of."""
    made = HomeVisit.objects.made_by(user).values("pk")
    return Q(pk__in=made) | Q(buddy=user) | Q(pk__in=_told(user, now))


def _told(user, now):
    """Visits of which this user was told that nobody had checked in."""
    begins = page_of(HomeVisit(pk=0)).removesuffix("0")
    found = Notice.objects.filter(user=user, href__startswith=begins, at__gte=now - TOLD_WITHIN)
    return [int(href.removeprefix(begins)) for href in found.values_list("href", flat=True)]


def _watched(one, user, opened, safety, names, ask, now):
    contact = one.appointment.contact
    kept = names[contact.case_id]
    hidden = (*kept.kept, kept.own)
    under_way = one.set_out_at is not None
    late = under_way and one.call_by <= now
    makes = user in one.going
    may_open = contact.case_id in opened
    shut_out = contact.case_id in ask
    sends_help = (under_way or makes) and not shut_out
    return Watched(
        key=one.pk,
        who=names_of(one.going),
        state=_state(one, contact, late),
        tag=tag("overdue" if late else "under-way" if under_way else "open"),
        call_by=_say(one.call_by) if under_way else "",
        late=late,
        under_way=under_way,
        # Only once they are on their way: until then nobody needs it to send help
        # The address as it is: help must find it, whoever the street is named after
        where=one.safety.where if sends_help else "",
        asks=_asks(ask[contact.case_id]) if under_way and shut_out else "",
        signal=without_names(_signal(one.safety), hidden, "") if sends_help else "",
        instruction=safety.get(contact.case_id, "") if sends_help else "",
        rings=[caller(who) for who in (*one.going, *filter(None, [one.buddy])) if who != user],
        part=_part(one, user, makes),
        out_by=longer_until(one, now) if under_way else "",
        href=reverse("visit-sheet", args=[contact.case.crn, one.pk]) if may_open and makes else "",
    )


def _state(one, contact, late):
    if late:
        return f"Nobody has heard since {_say(one.call_by)}. Ring them now."
    if one.set_out_at:
        return f"Set out at {_say(one.set_out_at)}, calls in by {_say(one.call_by)}."
    local = localtime(contact.started_at)
    return f"Goes on {say_date(local.date())} at {say_time(local)}."


def _asks(whom):
    """What whoever an exclusion keeps out of the case does, who does not learn where it is."""
    return (
        "An exclusion keeps the address from you. If nobody answers, ring the police on 999, and ask "
        f"{whom} to tell them where they went."
    )


def _signal(safety):
    signal = f"{Signal(safety.signal).title} there."
    return f"{signal} Without one: {safety.fallback}" if safety.fallback else signal


def _part(one, user, makes):
    if makes:
        return "You go"
    return (
        "You are their buddy"
        if one.buddy_id == user.pk
        else "You were told that nobody has checked in"
    )


def _say(at):
    return say_time(localtime(at))
