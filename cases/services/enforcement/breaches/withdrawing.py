"""Withdrawing a breach: by cause, in words, on whose authority; and the senior who reads it.

Source: report 2.3 (breaches withdrawn); supervision reference 6 (reason code, who, when, authority, and a senior's view).
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Breach
from cases.reference.enforcement import BreachState, LetterKind, LetterState
from cases.rules.enforcement.breaches import (
    TOLD,
    asks_again,
    check_step,
    check_told,
    check_withdrawal,
)
from cases.rules.words import shortened
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.enforcement.breaches.steps import locked, take_step
from cases.services.enforcement.breaches.wanted import end_warrant
from cases.services.enforcement.letters import ask_for_letter
from cases.services.enforcement.rested import ask_again_of
from staff.audit import record
from staff.errors import RuleBroken

State = BreachState
READ = "read_withdrawn_breach"
NOT_WITHDRAWN = "This breach was not withdrawn, so there is nothing to read."
BY_ANOTHER = "You withdrew it, so another senior or the head of service reads it."
LONGEST_WORDS, LONGEST_AUTHORITY = 500, 200


@transaction.atomic
def withdraw_breach(*, breach, because, words, authority, by, now, told=""):
    """It does not go on. A senior reads why, and the officer decides again on what stands. It may be withdrawn too when they have died or left us. Returns the step.

    `told`: who told the NPS, and the court where it was there: asked once the pack has gone. Where the person was written to that
    it goes to court, they are owed a letter that it does not.
    """
    breach, today = locked(breach), localtime(now).date()
    was = State(breach.state)
    check_step(was, State.WITHDRAWN)
    breach.withdrawn_because = check_withdrawal(because, words, authority)
    told = check_told(told, breach.times_submitted)
    if len(words.strip()) > LONGEST_WORDS:
        raise RuleBroken(f"Say why in {LONGEST_WORDS} letters or fewer.")
    breach.withdrawn_words = words.strip()
    breach.withdrawn_authority = shortened(" ".join(authority.split()), LONGEST_AUTHORITY)
    if told:
        breach.answers = {**breach.answers, TOLD: told}
    step = take_step(
        breach, State.WITHDRAWN, on=today, by=by, now=now, words=breach.withdrawn_words,
        outside=breach.withdrawn_authority,
    )  # fmt: skip
    if was == State.WARRANT and not breach.case.left_as:
        end_warrant(breach, "The breach was withdrawn", on=today, by=by, now=now)
    if asks_again(breach.withdrawn_because) and not breach.case.left_as:
        cause = breach.withdrawn_because.title.lower()
        ask_again_of(breach, f"Its breach was withdrawn: {cause}", by=by, today=today)
    _write_to_them(breach, by=by, now=now)
    why = f"Withdrawn by {by.name}: {breach.withdrawn_because.title.lower()}"
    open_deadline(
        case=breach.case, kind=READ, triggered_on=today, why=why, by=by, today=today, breach=breach
    )
    return step


def _write_to_them(breach, *, by, now):
    """Whoever was written to that it goes to court is written to that it does not."""
    went = breach.letters.filter(kind=LetterKind.BREACH, state=LetterState.SENT)
    if breach.case.left_as or not went.exists():
        return
    why = "The breach of which they were told was withdrawn: they are told that it does not go to court"
    ask_for_letter(
        case=breach.case, kind=LetterKind.WITHDRAWAL, breach=breach, why=why, by=by, now=now
    )


@transaction.atomic
def see_withdrawn(*, breach, by, now):
    """A senior has read why it was withdrawn: another than whoever did. Returns it; read already, it stays as it was."""
    breach, today = locked(breach), localtime(now).date()
    if breach.state != State.WITHDRAWN:
        raise RuleBroken(NOT_WITHDRAWN)
    if breach.seen_by_senior_at:
        return breach
    if breach.steps.filter(state=State.WITHDRAWN, by=by).exists():
        raise RuleBroken(BY_ANOTHER)
    Breach.objects.filter(pk=breach.pk).update(seen_by_senior_at=now, seen_by_senior=by)
    breach.seen_by_senior_at, breach.seen_by_senior = now, by
    meet_deadline(case=breach.case, kind=READ, by=by, today=today, breach=breach)
    record(by=by, action="read_withdrawn_breach", crn=breach.case.crn, breach=breach.pk)
    return breach
