"""What somebody who has left still held falls to the seniors, with the clock of naming another officer.

Asked each minute, of those whose last day has passed and of those whose account was closed without a word. May come twice
or never: what has fallen is not found again. Source: product rules, clocks (officer named); architecture, "the database
is the queue".
"""

from collections import defaultdict
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Allocation, Case, Departure, Transfer
from cases.queries.recipients import seniors_of
from cases.reference.holding import TransferState
from cases.rules.departures import has_left
from cases.rules.words import counted
from cases.services.deadlines import open_deadline
from cases.services.holding import OWES, close_history
from cases.services.jobs import each_by_itself
from cases.services.limited_access import follow_officers
from cases.services.telling import tell
from cases.services.transfer_rows import answer
from staff.audit import record
from staff.models import User
from staff.rules.dates import say_date

FAILED = "Cases of somebody who left that could not fall to their seniors, left for the next minute"


def take_over_left(*, now):
    """Take over whatever is still held by somebody who has left. Returns how many cases fell to the seniors."""
    steps = [partial(_take_over_from, pk, now=now) for pk in _gone(localtime(now).date())]
    return sum(each_by_itself(*steps, failed=FAILED))


def _gone(today):
    """Keys of those who left, or have no account, and still hold a case, are offered one or are down to leave."""
    over = Departure.objects.running().filter(last_on__lt=today).values_list("user", flat=True)
    left = Departure.objects.filter(cancelled_on=None, last_on__lt=today).values("user")
    gone = User.objects.filter(is_active=False) | User.objects.filter(pk__in=left)
    holding = Case.objects.ours().filter(officer__in=gone.values("pk"))
    offered = Transfer.objects.waiting().filter(to_officer__in=gone.values("pk"))
    found = {*over, *holding.values_list("officer", flat=True)}
    return sorted(found | set(offered.values_list("to_officer", flat=True)))


@transaction.atomic
def _take_over_from(pk, *, now):
    """All that one of them held, at once. What somebody else is changing at this moment waits a minute."""
    today = localtime(now).date()
    user = User.objects.select_for_update(no_key=True).get(pk=pk)
    departure = Departure.objects.filter(user=user, cancelled_on=None).order_by("-last_on").first()
    left_on = departure.last_on if departure and has_left(departure.last_on, today) else None
    if user.is_active and left_on is None:
        return 0
    _take_back_offers_to(user, now=now)
    why = f"{user.name} left on {say_date(left_on)}" if left_on else f"{user.name}’s account is closed"  # fmt: skip
    theirs = Case.objects.ours().filter(officer=user).order_by("pk")
    cases = list(theirs.select_for_update(no_key=True, skip_locked=True, of=("self",)))
    for case in cases:
        _fall(case, why, today=today)
    _tell_seniors(cases, why, now=now)
    if departure and left_on and not theirs.exists() and departure.done_on is None:
        departure.done_on = today
        departure.save(update_fields=["done_on"])
    return len(cases)


def _fall(case, why, *, today):
    """The case is the seniors' of its team from now on, and they have a day to name an officer."""
    was = case.officer_id
    case.officer = case.officer_since = None
    case.save(update_fields=["officer", "officer_since"])
    close_history(case, was=was, today=today)
    Allocation.objects.create(
        case=case,
        provider=case.provider,
        team=case.team,
        unallocated=True,
        active=True,
        from_on=today,
    )
    open_deadline(case=case, kind=OWES, triggered_on=today, why=why, by=None, today=today)
    follow_officers(case_ids=[case.pk], by=None)
    record(by=None, action="took_over_from_leaver", crn=case.crn)


def _take_back_offers_to(user, *, now):
    """Nobody who has left can accept what they were offered, so it is not left waiting for them."""
    waiting = Transfer.objects.waiting().filter(to_officer=user).order_by("case")
    for key in waiting.values_list("case", flat=True):
        held = Case.objects.filter(pk=key).select_for_update(no_key=True, skip_locked=True)
        case = held.first()
        offer = case and waiting.filter(case=case).first()
        if offer:
            offer.case, offer.because = case, f"{user.name} has left, and had not answered"
            answer(offer, TransferState.WITHDRAWN, by=None, now=now)


def _tell_seniors(cases, why, *, now):
    """Each senior once, over the first of what fell to them."""
    today, fell = localtime(now).date(), defaultdict(list)
    for case in cases:
        for senior in seniors_of(case, today):
            fell[senior].append(case)
    for senior, theirs in sorted(fell.items(), key=lambda one: one[0].pk):
        text = f"{why}, and {counted(len(theirs), 'case')} of theirs {'has' if len(theirs) == 1 else 'have'} no officer. Name one."  # fmt: skip
        tell(case=theirs[0], users=[senior], text=text, href=reverse("my-work"), now=now)
