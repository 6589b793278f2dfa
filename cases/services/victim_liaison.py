"""Naming the victim liaison officer of a case, and saying that they were told, or why they need not be.

Source: product rules, clocks; `cases.reference.victim_liaison`. How a notice comes is in `cases.services.victim_notices`.
"""

from dataclasses import replace
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate

from cases.models import VictimLiaison, VictimNotice
from cases.queries.kept import kept_of
from cases.reference.victim_liaison import VictimCause
from cases.rules.restrictions import check_gives_nothing_away
from cases.rules.victim_liaison import (
    check_by_hand,
    check_liaison,
    check_liaison_ends,
    check_not_needed,
    check_told,
)
from cases.services.checks import lock_case
from cases.services.victim_notices import raise_for_victim, settle_notices
from staff.audit import record
from staff.errors import RuleBroken

ANSWERED = "Somebody has answered this already. Look at what they said."


@transaction.atomic
def name_liaison(*, case, officer, unit, reach, since_on, by, now):
    """Say who the victim liaison officer is. Whoever was before ends that day. Returns the `VictimLiaison`."""
    case, today = lock_case(case), localdate(now)
    said = check_liaison(officer=officer, unit=unit, reach=reach, since_on=since_on, today=today)
    if stands := case.victim_liaison.standing().first():
        because = check_liaison_ends(
            since_on=stands.since_on,
            on=since_on,
            because=f"{said['officer']} is the victim liaison officer now",
            today=today,
        )
        _end(stands, since_on, because)
    made = VictimLiaison.objects.create(case=case, **said, recorded_by=by)
    record(by=by, action="named_victim_liaison", crn=case.crn, liaison=made.pk)
    raise_for_victim(case=case, by=by, now=now)
    return made


@transaction.atomic
def end_liaison(*, liaison, on, because, by, today):
    """Nobody in particular speaks to the victim from then on. What is still to be told stays. Returns it."""
    case = lock_case(liaison.case)
    stands = VictimLiaison.objects.standing().filter(pk=liaison.pk).first()
    if stands is None:
        raise RuleBroken("This has ended already.")
    because = check_liaison_ends(since_on=stands.since_on, on=on, because=because, today=today)
    _end(stands, on, because)
    record(by=by, action="ended_victim_liaison", crn=case.crn, liaison=stands.pk)
    return stands


@transaction.atomic
def add_notice(*, case, words, happened_on, by, now):
    """Something else has happened that a victim may need to hear of. Returns the `VictimNotice`."""
    case, today = lock_case(case), localdate(now)
    words = check_by_hand(words=words, on=happened_on, today=today)
    _check_words(case, what_has_happened=words)
    made = VictimNotice.objects.create(
        case=case,
        cause=VictimCause.OTHER,
        key=f"by-hand-{uuid4().hex}",
        happened_on=happened_on,
        words=words,
        raised_at=now,
        raised_by=by,
    )
    record(by=by, action="raised_for_victim", crn=case.crn, notice=made.pk)
    settle_notices(case=case, by=by, today=today)
    return made


@transaction.atomic
def tell_liaison(*, notice, on, whom, how, said, by, now):
    """They were told, by whom, how and in which words. Returns the notice."""
    notice, today = _lock(notice), localdate(now)
    given = check_told(
        happened_on=notice.happened_on, on=on, whom=whom, how=how, said=said, today=today
    )
    _check_words(notice.case, what_you_told_them=given["said"])
    for name, value in given.items():
        setattr(notice, name, value)
    return _answer(notice, "told_victim_liaison", by=by, now=now)


@transaction.atomic
def need_not_tell(*, notice, because, by, now):
    """They need not hear of it, because. Returns the notice."""
    notice = _lock(notice)
    notice.said = check_not_needed(because)
    _check_words(notice.case, why=notice.said)
    return _answer(notice, "victim_liaison_not_needed", by=by, now=now)


def _check_words(case, **said):
    """Refuse the names of those around them and where those live. Where the person lives is told."""
    check_gives_nothing_away(replace(kept_of(case), home=""), **said)


def _lock(notice):
    """As it stands now, its case locked first; refused once somebody has answered it."""
    case = lock_case(notice.case)
    notice = VictimNotice.objects.get(pk=notice.pk)
    notice.case = case
    if notice.answered_at:
        raise RuleBroken(ANSWERED)
    return notice


def _answer(notice, action, *, by, now):
    notice.answered_at, notice.answered_by = now, by
    notice.save()
    record(by=by, action=action, crn=notice.case.crn, notice=notice.pk)
    settle_notices(case=notice.case, by=by, today=localdate(now))
    return notice


def _end(liaison, on, because):
    liaison.ended_on, liaison.ended_because = on, because
    liaison.save()
