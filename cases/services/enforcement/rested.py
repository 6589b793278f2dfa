"""What rested on a failure that is withdrawn: its warning falls with it, and what is not over is decided again. And the
failures that a breach leaves behind which is declined, or withdrawn for a cause that is not theirs: they are decided again too.

Nothing is dropped in silence: a letter that has not gone is stopped, one that has gone is answered by another, and
whatever else was decided on the warning comes back to the officer. Source: product rules, failures.
"""

from django.utils.timezone import localtime

from cases.models import Failure
from cases.reference.enforcement import (
    BREACH_OVER,
    RECALL_OVER,
    Answer,
    LetterKind,
    LetterState,
)
from cases.rules.words import shortened
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.enforcement.letters import ask_for_letter, cancel_letter, leave_returned
from staff.audit import record
from staff.rules.dates import say_date

ANSWER, AGAIN = "answer_failure", "decide_again"
LONGEST = 500  # letters of why something is withdrawn, as the columns have them
WARNING_GONE = "The warning was withdrawn."


def settle(failure, because, *, by, now):
    """Whatever rests on this failure, which is withdrawn now. The case is held."""
    today = localtime(now).date()
    about = {"case": failure.case, "by": by, "today": today, "void": True}
    meet_deadline(kind=ANSWER, failure=failure, **about)
    meet_deadline(kind=AGAIN, failure=failure, **about)
    if failure.answer == Answer.WARN:
        _unwarn(failure.warning, because, by=by, now=now)
    elif failure.answer in {Answer.REFER, Answer.RECALL}:
        why = f"The failure of {say_date(failure.happened_on)} was withdrawn"
        ask_again(failure, why, by=by, today=today)


def ask_again(failure, why, *, by, today):
    """Have the officer decide again on what a failure was answered by, where that is not over."""
    if about := still_running(failure):
        open_deadline(
            case=failure.case, kind=AGAIN, triggered_on=today, why=why, by=by, today=today, **about
        )


def ask_again_of(breach, why, *, by, today):
    """A breach came to nothing for a cause that is not of its failures: what is made of each that stands is decided again.

    It was referred, and comes to nothing unless somebody looks: a proof, or an error, may be of one of them alone.
    """
    known = {"case": breach.case, "kind": AGAIN, "triggered_on": today, "why": why}
    for one in breach.failures.standing().order_by("pk"):
        open_deadline(failure=one, by=by, today=today, **known)


def still_running(failure):
    """What a failure was answered by and is not over, as a deadline is about it; nothing where it is."""
    if failure.answer == Answer.REFER and failure.breach.state not in BREACH_OVER:
        return {"breach": failure.breach}
    if failure.answer == Answer.RECALL and failure.recall.state not in RECALL_OVER:
        return {"recall": failure.recall}
    if failure.answer == Answer.WARN and not failure.warning.withdrawn_on:
        return {"failure": failure}
    return None


def _unwarn(warning, because, *, by, now):
    """Withdraw a warning that rests on no failure any more; stop its letter, or tell them that it counts no more."""
    if warning.withdrawn_on or warning.failures.standing().exists():
        return
    today, case = localtime(now).date(), warning.case
    warning.withdrawn_on, warning.withdrawn_by = today, by
    warning.withdrawn_because = shortened(because.strip(), LONGEST)
    warning.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_because"])
    record(by=by, action="withdrew_warning", crn=case.crn, warning=warning.pk)
    gone = _stop_letters(warning, by=by, now=now)
    if (gone or warning.given_on) and not case.left_as:
        why = "A warning that had gone was withdrawn: they are told that it counts no more"
        ask_for_letter(
            case=case, kind=LetterKind.WITHDRAWAL, warning=warning, why=why, by=by, now=now
        )
    rested = Failure.objects.standing().filter(case=case, law__rests_on__contains=[warning.pk])
    for one in rested.exclude(answer__in=["", Answer.NOTHING]).order_by("pk"):
        one.case = case
        ask_again(one, "A warning it was decided on was withdrawn", by=by, today=today)


def _stop_letters(warning, *, by, now):
    """No letter of this warning goes any more, and none that came back is written again; whether one reached them."""
    letters = list(warning.letters.filter(kind=LetterKind.WARNING).order_by("pk"))
    known = {"because": WARNING_GONE, "by": by, "now": now}
    for one in letters:
        if one.state in {LetterState.ASKED, LetterState.READY}:
            cancel_letter(letter=one, **known)
        elif one.state == LetterState.RETURNED and not (one.again_id or one.cancelled_because):
            leave_returned(letter=one, **known)
    return any(one.state == LetterState.SENT for one in letters)
