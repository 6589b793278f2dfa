"""Leave to travel abroad: asked for, decided by a senior, taken back, and that they are back.

Source: `cases.rules.travels`. Of several on a case one clock of each kind runs, to the first that is owed.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from cases.agencies.travel import travel_letter
from cases.agencies.typeset import CannotPrint
from cases.models import Travel
from cases.queries.home_office import letter_of
from cases.queries.recipients import let_in, owner_and_cover, seniors_of
from cases.reference.home_office import TravelState
from cases.rules import travels as rules
from cases.rules.leaving import check_not_died, check_still_here
from cases.services.checks import lock_case
from cases.services.deadlines import due_under
from cases.services.one_of_several import settle_first_owed
from cases.services.policy import clocks, request_policy
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

DECIDES, SEES_BACK = "decide_travel", "see_back"
NOT_GRANTED = "This travel is not granted, so there is no letter of it."
NOT_PRINTED = "The letter holds a character that cannot be printed. Write the place another way."


@dataclass(frozen=True, slots=True)
class Owed:
    since: date
    due_on: date
    why: str


@transaction.atomic
def ask_travel(*, case, where, why, from_on, to_on, by, now):
    """They want to go abroad. The seniors hear. Returns the `Travel`."""
    case, today = lock_case(case), localdate(now)
    check_still_here(case.left_as)
    taken = case.travels.filter(state__in=[rules.ASKED, rules.GRANTED], back_on=None)
    said = rules.check_asked(
        where=where,
        why=why,
        from_on=from_on,
        to_on=to_on,
        taken=list(taken.values_list("from_on", "to_on")),
        today=today,
    )
    made = Travel.objects.create(case=case, **said, asked_at=now, asked_by=by)
    record(by=by, action="asked_travel", crn=case.crn, travel=made.pk)
    settle_travels(case=case, by=by, today=today)
    users = seniors_of(case, today, but=by)
    _tell(made, users, "{crn} asks to travel abroad. Decide it before they book.", now)
    return made


@transaction.atomic
def decide_travel(*, travel, granted, because, by, now):
    """Grant it or refuse it, and why: never by whoever asked. Whoever asked and whoever holds the case hear. Returns it."""
    travel, today = _lock(travel), localdate(now)
    to = TravelState.GRANTED if granted else TravelState.REFUSED
    because = rules.check_decided(
        state=travel.state,
        to=to,
        because=because,
        to_on=travel.to_on,
        by_asker=by.pk == travel.asked_by_id,
        today=today,
    )
    _answer(travel, to, because, "decided_travel", by=by, now=now)
    keys = {travel.asked_by_id, *(one.pk for one in owner_and_cover(travel.case, today))}
    text = f"Travel abroad was {'granted' if granted else 'refused'}: {{crn}}. Tell them, and why."
    _tell(travel, let_in(travel.case, keys - {by.pk}), text, now)
    return travel


@transaction.atomic
def withdraw_travel(*, travel, because, by, now):
    """They do not ask any more, or leave that was granted is taken back before they go. Returns it."""
    travel, today = _lock(travel), localdate(now)
    because = rules.check_withdrawn(
        state=travel.state, because=because, gone=travel.from_on <= today
    )
    _answer(travel, TravelState.WITHDRAWN, because, "withdrew_travel", by=by, now=now)
    return travel


@transaction.atomic
def see_back(*, travel, on, by, now):
    """Somebody has seen or heard them back in this country. Returns it."""
    travel, today = _lock(travel), localdate(now)
    rules.check_back(
        state=travel.state, from_on=travel.from_on, back_on=travel.back_on, on=on, today=today
    )
    travel.back_on, travel.back_seen_by = on, by
    travel.save(update_fields=["back_on", "back_seen_by"])
    record(by=by, action="saw_back", crn=travel.case.crn, travel=travel.pk)
    settle_travels(case=travel.case, by=by, today=today, done=True)
    return travel


@transaction.atomic
def make_travel_letter(*, travel, by, today):
    """The letter that says what they may do, as the bytes of a PDF. It is entered that it was made."""
    travel = _lock(travel)
    if travel.state != TravelState.GRANTED:
        raise RuleBroken(NOT_GRANTED)
    check_not_died(travel.case.left_as)
    try:
        made = travel_letter(letter_of(travel, request_policy(today).reply_to, today))
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem
    record(by=by, action="made_travel_letter", crn=travel.case.crn, travel=travel.pk)
    return made


def settle_travels(*, case, by, today, done=False):
    """The one clock of each kind follows what is owed first. `done`: one of them has just been done."""
    policy = clocks(today)
    asked = case.travels.undecided().order_by("asked_at", "pk").first()
    gone = case.travels.filter(state=TravelState.GRANTED, back_on=None).order_by("to_on", "pk")
    first = gone.first()
    to_decide = to_see = None
    if asked:
        since = localdate(asked.asked_at)
        why = f"Asked on {say_date(since)}, to leave on {say_date(asked.from_on)}"
        to_decide = Owed(since, due_under(policy, DECIDES, since), why)
    if first:
        why = f"To be back on {say_date(first.to_on)}"
        due_on = rules.back_by(first.to_on, policy.extra_bank_holidays)
        to_see = Owed(localdate(first.decided_at), due_on, why)
    for kind, owed in ((DECIDES, to_decide), (SEES_BACK, to_see)):
        settle_first_owed(case=case, kind=kind, owed=owed, by=by, today=today, done=done)


def _lock(travel):
    """As it stands now, its case locked first."""
    case = lock_case(travel.case)
    travel = Travel.objects.get(pk=travel.pk)
    travel.case = case
    return travel


def _answer(travel, to, because, action, *, by, now):
    travel.state, travel.because = to, because
    travel.decided_at, travel.decided_by = now, by
    travel.save()
    record(by=by, action=action, crn=travel.case.crn, travel=travel.pk, to=str(to))
    done = to != TravelState.WITHDRAWN
    settle_travels(case=travel.case, by=by, today=localdate(now), done=done)


def _tell(travel, users, text, now):
    case = travel.case
    href = reverse("home-office", args=[case.crn])
    tell(case=case, users=users, text=text.format(crn=case.crn), href=href, now=now)
