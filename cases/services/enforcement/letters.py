"""Asking for a letter of enforcement, writing it, making it ready to go; and deciding that none goes.

What it says when it is made ready is kept word for word (`words["made"]`): that is printed, and that is what went.
Rules: `cases.rules.enforcement.letters`. Sending it: `letters_sent`; when it comes back: `letters_back`; several: `letters_at_once`.
"""

from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localtime

from cases.agencies.enforcement_letter import enforcement_letter
from cases.agencies.typeset import CannotPrint
from cases.models import Claim, ComplianceDecision, Letter, Person
from cases.queries.enforcement.letter_record import OfRecord
from cases.queries.enforcement.letters import facts_of
from cases.queries.person_copy import kept_from_each, kept_from_person
from cases.reference.enforcement import BREACH_OVER, LetterKind, LetterState, SentBy
from cases.rules.enforcement.letter_gaps import (
    Missing,
    check_whole,
    look_again,
    missing,
    same_day,
    too_late,
)
from cases.rules.enforcement.letter_stale import PUT_BACK, stale
from cases.rules.enforcement.letters import (
    HOW,
    Sending,
    as_data,
    check_because,
    check_becomes,
    check_length,
    check_read,
    reason_day,
    tidy,
)
from cases.rules.leaving import check_still_here
from cases.rules.words import shortened
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.policy import clocks, enforcement_policy, request_policy
from staff.audit import record
from staff.errors import RuleBroken

MADE = "made"  # among the words: the letter as it was made ready
SEND, MEND = "send_letter", "mend_letter"
LONGEST_CANCEL = 300  # as the column has it
NOT_PRINTED = "The letter holds a character that cannot be printed. Look for symbols or letters of another script."
NOT_WRITTEN = "This letter is not being written any more. Open it again, and put it back first."
NOT_SAID = {
    LetterKind.WARNING: "The warning is withdrawn, so this letter cannot go. Cancel it.",
    LetterKind.BREACH: "The breach is over, so this letter cannot go. Cancel it.",
    LetterKind.REASON: "What the absence comes to is decided, so this letter cannot go. Cancel it.",
}


@transaction.atomic
def ask_for_letter(
    *, case, kind, by, now, why, triggered_on=None, warning=None, breach=None, absence=None, words=None
):  # fmt: skip
    """A letter is to be written, and is owed from now on. Returns it; one that is still to go is that one."""
    case = lock_case(case)
    check_still_here(case.left_as)
    about = {"warning": warning, "breach": breach, "absence": absence}
    waits = Letter.objects.to_go().filter(case=case, kind=kind, **about)
    if any(about.values()) and (there := waits.first()):
        return there
    letter = Letter.objects.create(
        case=case,
        kind=kind,
        **about,
        welsh=Person.objects.filter(case=case, wants_welsh=True).exists(),
        words=words or {},
        asked_at=now,
        asked_by=by,
    )
    record(by=by, action="asked_for_letter", crn=case.crn, letter=letter.pk, kind=str(kind))
    today = localtime(now).date()
    open_deadline(
        case=case,
        kind=SEND,
        triggered_on=triggered_on or today,
        why=why,
        by=by,
        today=today,
        letter=letter,
    )
    return letter


class Looked(NamedTuple):
    """A letter as it stands."""

    missing: list[Missing]  # or has passed since it was made ready
    said: dict  # as it would go, or was made ready
    again: list[Missing]  # what does not stop it, and is thought about before it goes


def look_at(*, letter, now):
    """It as a `Looked`. Changes nothing."""
    return look_at_each(letters=[letter], now=now)[letter.pk]


def look_at_each(*, letters, now):
    """The same of each, by key."""
    reply_to, sending = _of_today(now)
    to_make = [one for one in letters if not _has_gone(one)]
    record = OfRecord.of(to_make, now)
    kept = kept_from_each({one.case_id: one.case for one in to_make}.values())
    looked = {
        one.pk: _looked(one, facts_of(one, one.case, reply_to, record), kept[one.case_id], sending)
        for one in to_make
    }
    return looked | {one.pk: Looked([], one.words[MADE], []) for one in letters if _has_gone(one)}


def _has_gone(letter):
    """What was made ready stands as it was made, whether it has gone or is not to go."""
    return MADE in letter.words and letter.state != LetterState.READY


def _looked(letter, facts, kept, sending):
    made = letter.words.get(MADE)
    lacking, again = missing(facts, kept), _again(letter, facts, sending)
    if made:
        over = [] if stands(letter) else [Missing(PUT_BACK, NOT_SAID[LetterKind(letter.kind)])]
        return Looked([*over, *lacking, *stale(facts, made, sending)], made, again)
    return Looked(lacking, as_data(facts, sending.on, reason_day(facts, sending)), again)


def _again(letter, facts, sending):
    if letter.state not in {LetterState.ASKED, LetterState.READY}:
        return []
    return [
        *look_again(facts.reads, facts.translation),
        *too_late(facts, sending),
        *same_day(facts),
    ]


def as_paper(said):
    """The bytes of the letter that says this."""
    try:
        return enforcement_letter(said)
    except CannotPrint as problem:
        raise RuleBroken(NOT_PRINTED) from problem


@transaction.atomic
def write_letter(*, letter, words, welsh, by, now):
    """Keep what is written into it, by field, and whether it is in Welsh as well. Returns the letter."""
    letter = locked(letter)
    check_still_here(letter.case.left_as)
    if letter.state != LetterState.ASKED:
        raise RuleBroken(NOT_WRITTEN)
    kept = {name: tidy(name, str(said)) for name, said in words.items() if name != MADE}
    for name, said in kept.items():
        check_length(name, said)
    if kept.get(HOW, SentBy.POST) not in {*SentBy}:
        raise RuleBroken("Choose how it is to go: by post, by e-mail or by hand.")
    letter.words, letter.welsh = letter.words | kept, welsh
    letter.save(update_fields=["words", "welsh"])
    record(by=by, action="wrote_letter", crn=letter.case.crn, letter=letter.pk)
    _worked_on(letter, by, now)
    return letter


@transaction.atomic
def make_ready(*, letter, by, now, read=None):
    """It has been read and may go as it is. Refused while anything is missing. Returns the letter.

    `read`: the `mark_of` the letter that was read; refused where it says something else by now.
    """
    letter = locked(letter)
    check_still_here(letter.case.left_as)
    check_becomes(letter.state, LetterState.READY)
    check_stands(letter)
    facts, kept, sending = known_of(letter, letter.case, now)
    check_whole(missing(facts, kept))
    said = as_data(facts, sending.on, reason_day(facts, sending))
    check_read(read, said)
    as_paper(said)  # refused now, rather than when ten are to be printed
    letter.words = letter.words | {MADE: said}
    letter.state, letter.ready_at, letter.ready_by = LetterState.READY, now, by
    letter.save(update_fields=["words", "state", "ready_at", "ready_by"])
    record(by=by, action="made_letter_ready", crn=letter.case.crn, letter=letter.pk)
    _worked_on(letter, by, now)
    return letter


@transaction.atomic
def unready(*, letter, by, now):
    """Put it back to be written. Returns the letter."""
    letter = locked(letter)
    check_becomes(letter.state, LetterState.ASKED)
    letter.words = {name: said for name, said in letter.words.items() if name != MADE}
    letter.state, letter.ready_at, letter.ready_by = LetterState.ASKED, None, None
    letter.save(update_fields=["words", "state", "ready_at", "ready_by"])
    record(by=by, action="put_letter_back", crn=letter.case.crn, letter=letter.pk)
    _worked_on(letter, by, now)
    return letter


@transaction.atomic
def cancel_letter(*, letter, because, by, now):
    """It is not to go. Refused once it has gone. Returns the letter."""
    letter = locked(letter)
    check_becomes(letter.state, LetterState.CANCELLED)
    letter.cancelled_because = _why(because, "Say why it is not to go.")
    letter.state = LetterState.CANCELLED
    letter.save(update_fields=["state", "cancelled_because"])
    today = localtime(now).date()
    meet_deadline(case=letter.case, kind=SEND, by=by, today=today, void=True, letter=letter)
    record(by=by, action="cancelled_letter", crn=letter.case.crn, letter=letter.pk)
    return letter


@transaction.atomic
def leave_returned(*, letter, because, by, now):
    """No other letter is written after one that came back. Returns the letter."""
    letter = locked(letter)
    because = _why(because, "Say why no other letter is written.")
    if letter.state != LetterState.RETURNED or letter.again_id or letter.cancelled_because:
        raise RuleBroken(
            "Only a letter that came back, and of which nobody has said more, is left so."
        )
    letter.cancelled_because = because
    letter.save(update_fields=["cancelled_because"])
    today = localtime(now).date()
    meet_deadline(case=letter.case, kind=MEND, by=by, today=today, letter=letter)
    record(by=by, action="left_letter_returned", crn=letter.case.crn, letter=letter.pk)
    return letter


# For the rooms beside this one


def locked(letter):
    """As it stands now, its case locked first."""
    case = lock_case(letter.case)
    found = Letter.objects.select_related("warning__sentence", "breach__sentence").get(pk=letter.pk)
    found.case = case
    return found


def stands(letter):
    """Whether there is still something to write to them about."""
    if letter.kind == LetterKind.WARNING and letter.warning:
        return letter.warning.withdrawn_on is None
    if letter.kind == LetterKind.BREACH and letter.breach:
        return letter.breach.state not in BREACH_OVER
    if letter.kind == LetterKind.REASON and letter.absence_id:
        return ComplianceDecision.objects.awaiting().filter(appointment=letter.absence_id).exists()
    return True


def check_stands(letter):
    if not stands(letter):
        raise RuleBroken(NOT_SAID[LetterKind(letter.kind)])


def known_of(letter, case, now):
    """(its facts, what the person may not be told, what is known of sending it now)."""
    reply_to, sending = _of_today(now)
    record = OfRecord.of([letter], now)
    return facts_of(letter, case, reply_to, record), kept_from_person(case), sending


def _of_today(now):
    """(how we are reached, what is known of sending a letter now): the same for every letter."""
    today = localtime(now).date()
    extra = frozenset(clocks(today).extra_bank_holidays)
    sending = Sending(today, enforcement_policy(today).served_after, extra)
    return request_policy(today).reply_to, sending


def _why(because, words):
    return shortened(check_because(because, words), LONGEST_CANCEL)


def _worked_on(letter, by, now):
    """Whoever of the hub works on it does so now, and it is not taken from them."""
    live = Claim.objects.live().filter(deadline__letter=letter, deadline__kind=SEND, by=by)
    live.filter(worked_at__lt=now).update(worked_at=now)
