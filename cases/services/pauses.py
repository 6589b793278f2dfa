"""Recording that somebody cannot be seen as usual, where they are as far as we know, and that they are back.

Each settles the clocks in the same transaction. Nobody is presumed found: who is wanted is asked about at once, and
each month. Source: product rules, GRID and clocks; report 2.3 (people who vanish).
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Pause, Whereabouts
from cases.queries.recipients import told_at_once
from cases.reference.appointments import AskedBy
from cases.reference.pauses import WANTED, PauseKind
from cases.reference.worst_days import WelfareWhen
from cases.rules.leaving import check_still_here
from cases.rules.pauses import (
    LONGEST_BECAUSE,
    LONGEST_SOURCE,
    SINCE,
    check_asked,
    check_end,
    check_pause,
    may_be_seen_again,
)
from cases.rules.words import shortened
from cases.services.appointments import call_off
from cases.services.checks import lock_case
from cases.services.deadlines import due_under, meet_deadline, open_deadline
from cases.services.facts import facts_changed
from cases.services.policy import clocks
from cases.services.seen_again import SEES
from cases.services.standing_still import settle_clocks
from cases.services.telling import tell
from cases.services.victim_notices import raise_for_victim
from cases.services.welfare import welfare_not_owed, welfare_owed
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ASKS = "ask_whereabouts"
OVER = "It is over already. If they cannot be seen again, record it anew."
RUNS = "It has not ended, so there is no end to take back."


@transaction.atomic
def begin_pause(*, case, kind, from_on, where, source, last_seen_on, by, now, calls_off=()):
    """They cannot be seen as usual from that day on. Returns the `Pause`.

    `calls_off`: keys of their appointments to come that are called off in the same step.
    """
    case, today = lock_case(case), localtime(now).date()
    check_still_here(case.left_as)
    said = check_pause(
        kind=kind,
        from_on=from_on,
        where=where,
        source=source,
        last_seen_on=last_seen_on,
        today=today,
    )
    _check_is_new(case, said["kind"])
    pause = Pause.objects.create(case=case, **said, begun_at=now, begun_by=by)
    record(by=by, action="began_pause", crn=case.crn, pause=pause.pk, kind=str(pause.kind))
    _call_off(pause, calls_off, by=by, now=now)
    _settle(case, by=by, now=now)
    if pause.kind == PauseKind.CUSTODY:
        welfare_owed(case=case, moment=WelfareWhen.RECALL, on=from_on, by=by, today=today)
    _tell(pause, f"{SINCE[PauseKind(pause.kind)]} {say_date(from_on)}", by=by, now=now)
    return pause


@transaction.atomic
def correct_pause(*, pause, kind, from_on, where, source, last_seen_on, by, now):
    """Put right what was recorded of a pause that runs. What stood is kept in its history."""
    pause, today = _lock(pause), localtime(now).date()
    said = check_pause(
        kind=kind,
        from_on=from_on,
        where=where,
        source=source,
        last_seen_on=last_seen_on,
        today=today,
    )
    if said["kind"] != pause.kind:
        _check_is_new(pause.case, said["kind"])
    for name, value in said.items():
        setattr(pause, name, value)
    pause.save()
    record(by=by, action="corrected_pause", crn=pause.case.crn, pause=pause.pk)
    _settle(pause.case, by=by, now=now)
    return pause


@transaction.atomic
def end_pause(*, pause, to_on, because, by, now, now_as="", where=""):
    """It is over from that day on: they can be seen again, or another takes its place. Returns the pause.

    `now_as`: the kind of the other, and `where` the prison, hospital or country it is in.
    """
    pause, today = _lock(pause), localtime(now).date()
    because = check_end(
        kind=pause.kind,
        from_on=pause.from_on,
        to_on=to_on,
        because=because,
        now_as=now_as,
        today=today,
    )
    pause.to_on, pause.ended_because = to_on, because
    pause.ended_at, pause.ended_by = now, by
    pause.save()
    record(by=by, action="ended_pause", crn=pause.case.crn, pause=pause.pk, kind=pause.kind)
    _go_on(pause, now_as, where, by=by, now=now)
    _settle(pause.case, by=by, now=now)
    _see_again(pause, by=by, today=today)
    title = PauseKind(pause.kind).title
    _tell(pause, f"Over since {say_date(to_on)}: {title.lower()}", by=by, now=now)
    return pause


@transaction.atomic
def withdraw_pause(*, pause, because, by, now):
    """It was recorded by mistake: over on the day it began, and nothing of it is owed any more. Returns the pause."""
    pause, today = _lock(pause), localtime(now).date()
    pause.to_on = pause.from_on
    pause.ended_because = shortened(because, LONGEST_BECAUSE)
    pause.ended_at, pause.ended_by = now, by
    pause.save()
    record(by=by, action="withdrew_pause", crn=pause.case.crn, pause=pause.pk, kind=pause.kind)
    welfare_not_owed(case=pause.case, moment=WelfareWhen.RECALL, on=pause.from_on, by=by, today=today)  # fmt: skip
    _settle(pause.case, by=by, now=now)
    _tell(pause, f"Recorded by mistake: {PauseKind(pause.kind).title.lower()}", by=by, now=now)
    return pause


@transaction.atomic
def undo_end(*, pause, by, now):
    """Its end was recorded by mistake: it runs on, and seeing them again is not owed. Returns the pause.

    The end that stood is kept in its history.
    """
    case, today = lock_case(pause.case), localtime(now).date()
    check_still_here(case.left_as)
    pause = Pause.objects.get(pk=pause.pk)
    if pause.ended_at is None:
        raise RuleBroken(RUNS)
    _check_is_new(case, pause.kind)
    ended_on, pause.case = pause.to_on, case
    pause.to_on = pause.ended_at = pause.ended_by = None
    pause.ended_because = ""
    pause.save()
    record(by=by, action="undid_end_of_pause", crn=case.crn, pause=pause.pk, kind=pause.kind)
    if case.deadlines.unmet().filter(kind=SEES, triggered_on=ended_on).exists():
        meet_deadline(case=case, kind=SEES, by=by, today=today, void=True)
    for moment in (WelfareWhen.RELEASE, WelfareWhen.BACK):
        welfare_not_owed(case=case, moment=moment, on=ended_on, by=by, today=today)
    _settle(case, by=by, now=now)
    words = f"{SINCE[PauseKind(pause.kind)]} {say_date(pause.from_on)}, after all"
    _tell(pause, words, by=by, now=now)
    return pause


@transaction.atomic
def record_whereabouts(*, pause, on, asked, said, by, now):
    """Somebody was asked where they are. It is owed again a month later. Returns the `Whereabouts`."""
    pause, today = _lock(pause), localtime(now).date()
    asked, said = check_asked(
        kind=pause.kind, from_on=pause.from_on, on=on, asked=asked, said=said, today=today
    )
    made = Whereabouts.objects.create(pause=pause, on=on, asked=asked, said=said, at=now, by=by)
    record(by=by, action="asked_whereabouts", crn=pause.case.crn, pause=pause.pk)
    meet_deadline(case=pause.case, kind=ASKS, by=by, today=today, on=on)
    _ask(pause.case, by=by, today=today)
    return made


def _lock(pause):
    """As it stands now, its case locked first; refused once it is over, or nobody supervises them here."""
    case = lock_case(pause.case)
    check_still_here(case.left_as)
    pause = Pause.objects.get(pk=pause.pk)
    pause.case = case
    if pause.ended_at:
        raise RuleBroken(OVER)
    return pause


def _check_is_new(case, kind):
    if case.pauses.running().filter(kind=kind).exists():
        raise RuleBroken(f"This is recorded already: {PauseKind(kind).title.lower()}. Put it right there.")  # fmt: skip


def _call_off(pause, keys, *, by, now):
    because = f"{SINCE[PauseKind(pause.kind)]} {say_date(pause.from_on)}"
    theirs = pause.case.contacts.to_come(now).filter(pk__in=keys)
    for one in theirs.order_by("started_at", "pk"):
        call_off(appointment=one, asked_by=AskedBy.SERVICE, because=because, by=by, now=now)


def _go_on(pause, now_as, where, *, by, now):
    """Another pause in its place, unless that one is recorded already."""
    if not now_as or pause.case.pauses.running().filter(kind=now_as).exists():
        return
    begin_pause(
        case=pause.case,
        kind=now_as,
        from_on=pause.to_on,
        where=where,
        source=shortened(pause.ended_because, LONGEST_SOURCE),
        last_seen_on=None,
        by=by,
        now=now,
    )


def _settle(case, *, by, now):
    """The clocks, the question where they are, the mark for whatever rests on it, and what a victim may need to hear."""
    today = localtime(now).date()
    settle_clocks(case_ids=[case.pk], by=by, today=today)
    _ask(case, by=by, today=today)
    facts_changed(case_ids=[case.pk], now=now)
    raise_for_victim(case=case, by=by, now=now)


def _ask(case, *, by, today):
    """Owed from the first day on while they are looked for: a month after it, or after somebody last asked."""
    wanted = case.pauses.running().filter(kind__in=WANTED).order_by("from_on", "pk").first()
    if wanted is None:
        meet_deadline(case=case, kind=ASKS, by=by, today=today, void=True)
        return
    asked = Whereabouts.objects.filter(pause__in=case.pauses.running()).order_by("-on").first()
    since = max(wanted.from_on, asked.on) if asked else wanted.from_on
    out = f"{SINCE[PauseKind(wanted.kind)]} {say_date(wanted.from_on)}"
    open_deadline(
        case=case,
        kind=ASKS,
        triggered_on=since,
        due_on=max(due_under(clocks(today), ASKS, since), today),
        why=f"{out}; last asked {say_date(asked.on)}" if asked else f"{out}; nobody has asked yet",
        by=by,
        today=today,
    )


def _see_again(pause, *, by, today):
    still = frozenset(pause.case.pauses.running().values_list("kind", flat=True))
    if not may_be_seen_again(pause.kind, still):
        return
    open_deadline(
        case=pause.case,
        kind=SEES,
        triggered_on=pause.to_on,
        due_on=max(due_under(clocks(today), SEES, pause.to_on), today),
        why=f"Over since {say_date(pause.to_on)}: {PauseKind(pause.kind).title.lower()}",
        by=by,
        today=today,
    )
    moment = WelfareWhen.RELEASE if pause.kind == PauseKind.CUSTODY else WelfareWhen.BACK
    welfare_owed(case=pause.case, moment=moment, on=pause.to_on, by=by, today=today)


def _tell(pause, words, *, by, now):
    case, today = pause.case, localtime(now).date()
    tell(
        case=case,
        users=told_at_once(case, today, by),
        text=f"{words}: {case.crn}. See what stands still and what does not.",
        href=reverse("standing-still", args=[case.crn]),
        now=now,
    )
