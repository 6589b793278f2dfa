"""Somebody walks in: it is recorded, whoever must hear does, and they are seen, or it is said that they left.

Source: product rules, roles (duty officer), and telling at once; supervision reference 2.4 and 7.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Contact, WalkIn
from cases.queries.duty import duty_of
from cases.queries.recipients import let_in, owner_and_cover, told_at_once
from cases.reference.duty import CameFor, WalkInState
from cases.reference.pauses import WANTED
from cases.rules.leaving import check_still_here
from cases.rules.walk_ins import check_left, check_may_become, check_seen, check_walk_in, worries
from cases.rules.words import within_a_sentence
from cases.services.checks import lock_case
from cases.services.contact_log import record_contact
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken

SEE, RING, CAME_IN = "see_walk_in", "call_same_day", "COUP"
RING_BECAUSE = "They came in, and left without being seen: are they safe?"


@transaction.atomic
def record_walk_in(*, case, came_for, words, safe, place, by, now):
    """They stand at the desk. Seeing them is owed today, and whoever holds the case hears. Returns the `WalkIn`.

    `safe`: what they answered; None: not asked yet.
    """
    case, today = lock_case(case), localtime(now).date()
    check_still_here(case.left_as)
    came_for, words = check_walk_in(came_for=came_for, words=words, came_at=now, now=now)
    if case.walk_ins.waiting().exists():
        raise RuleBroken("They are recorded as waiting already. See what it says there.")
    made = WalkIn.objects.create(
        case=case,
        place=place,
        came_at=now,
        came_for=came_for,
        words=words,
        safe=safe,
        recorded_by=by,
    )
    record(by=by, action="recorded_walk_in", crn=case.crn, walk_in=made.pk)
    open_deadline(
        case=case,
        kind=SEE,
        triggered_on=today,
        why=f"They are at the desk: {within_a_sentence(came_for.title)}",
        by=by,
        today=today,
    )
    _tell_that_they_are_here(made, by=by, today=today, now=now)
    return made


@transaction.atomic
def see_walk_in(*, walk_in, came_to, safe, sensitive, by, now, appointment=None):
    """They were seen, and what it came to is in the log. Returns the walk-in.

    `appointment`: the line of the log of the one of today that it was about, whose outcome is recorded there.
    """
    walk_in, today = _lock(walk_in, WalkInState.SEEN), localtime(now).date()
    came_to = check_seen(safe=safe, came_to=came_to)
    case, said_before = walk_in.case, walk_in.safe
    if appointment is None:
        line = record_contact(
            case=case, type_code=CAME_IN, at=walk_in.came_at, notes=came_to, sensitive=sensitive, by=by, now=now
        )  # fmt: skip
    else:
        line = _appointment_of_today(case, appointment, today)
    walk_in.safe, walk_in.contact = safe, line
    _end(walk_in, WalkInState.SEEN, came_to, by=by, now=now)
    meet_deadline(case=case, kind=SEE, by=by, today=today)
    if safe is False and said_before is not False:
        _tell(walk_in, f"{by.name} saw {case.crn} at the desk: they say that they are not safe. Read it now.",
              told_at_once(case, today, by), by=by, now=now, urgent=True)  # fmt: skip
    return walk_in


@transaction.atomic
def leave_unseen(*, walk_in, because, by, now):
    """They left, or nobody can find them. Whoever was upset or not safe is rung the same day. Returns the walk-in."""
    walk_in, today = _lock(walk_in, WalkInState.LEFT), localtime(now).date()
    _end(walk_in, WalkInState.LEFT, check_left(because), by=by, now=now)
    case = walk_in.case
    meet_deadline(case=case, kind=SEE, by=by, today=today, void=True)
    worried = worries(walk_in.came_for, walk_in.safe)
    if worried:
        open_deadline(
            case=case, kind=RING, triggered_on=today, why=RING_BECAUSE, by=by, today=today
        )
    ring = " Ring them today, and ask if they are safe." if worried else ""
    users = told_at_once(case, today, by) if worried else owner_and_cover(case, today)
    text = f"{case.crn} came to the desk and left without being seen.{ring}"
    _tell(walk_in, text, users, by=by, now=now, urgent=worried)
    return walk_in


@transaction.atomic
def end_waiting(*, case, because, by, now):
    """Nobody supervises them here any more: whoever still waits is not seen as ours. The caller holds the case."""
    for walk_in in case.walk_ins.waiting():
        walk_in.case = case
        _end(walk_in, WalkInState.LEFT, because, by=by, now=now)
        meet_deadline(case=case, kind=SEE, by=by, today=localtime(now).date(), void=True)


def _lock(walk_in, to):
    """As it stands now, its case locked first, so that two who see the same person do not both say so."""
    case = lock_case(walk_in.case)
    walk_in = WalkIn.objects.get(pk=walk_in.pk)
    walk_in.case = case
    check_may_become(walk_in.state, to)
    return walk_in


def _end(walk_in, to, came_to, *, by, now):
    walk_in.state, walk_in.came_to = to, came_to
    walk_in.ended_at, walk_in.ended_by = now, by
    walk_in.save()
    record(by=by, action="ended_walk_in", crn=walk_in.case.crn, walk_in=walk_in.pk, state=str(to))


def _appointment_of_today(case, appointment, today):
    line = Contact.objects.appointments().filter(case=case, pk=appointment.pk).first()
    if line is None or localtime(line.started_at).date() != today:
        raise RuleBroken("That is no appointment of theirs today. Choose again.")
    return line


def _tell_that_they_are_here(walk_in, *, by, today, now):
    """Whoever holds the case, and who is on duty; the seniors as well where it cannot wait."""
    case = walk_in.case
    wanted = case.pauses.running().filter(kind__in=WANTED).exists()
    at_once = wanted or worries(walk_in.came_for, walk_in.safe)
    users = told_at_once(case, today, by) if at_once else owner_and_cover(case, today)
    users = {*users, *let_in(case, duty_of(case, today))}
    where = f" at {walk_in.place.name}" if walk_in.place else ""
    text = f"{case.crn} has walked in{where}: {within_a_sentence(CameFor(walk_in.came_for).title)}."
    if walk_in.safe is False:
        text = f"{text} They say that they are not safe."
    if wanted:
        text = f"{text} A warrant is out, or they are at large: ring the police before they leave."
    _tell(walk_in, text, users, by=by, now=now, urgent=at_once)


def _tell(walk_in, text, users, *, by, now, urgent):
    case = walk_in.case
    tell(
        case=case,
        users=sorted({one for one in users if one.pk != by.pk}, key=lambda one: one.pk),
        text=text,
        href=reverse("case-walk-ins", args=[case.crn]),
        now=now,
        urgent=urgent,
    )
