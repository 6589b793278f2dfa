"""Failures to comply: recorded by hand or opened by the decision about an absence, and withdrawn when proof comes late.

Whatever rested on a failure that is withdrawn is withdrawn, or put to the officer again: nothing is dropped in silence.
Source: product rules, failures.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Failure, Letter
from cases.queries.enforcement.failures import orders_of_absence, orders_on
from cases.queries.recipients import owner_and_cover
from cases.reference.appointments import OUTCOMES
from cases.reference.enforcement import (
    BREACH_OVER,
    RECALL_OVER,
    Answer,
    Learnt,
    LetterKind,
    LetterState,
)
from cases.rules.enforcement.failures import answer_owed_on, check_failure, check_withdrawal
from cases.rules.leaving import check_still_here
from cases.rules.words import shortened
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.policy import clocks
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

ANSWER, AGAIN, SEND = "answer_failure", "decide_again", "send_letter"
OF_LETTERS = (SEND, "mend_letter")
LONGEST = 500  # letters of why something is withdrawn, as the columns have them
LONGEST_CANCEL = 300
NOT_ENFORCED = "That order was not enforced on the day it happened. Choose one that was, or have the dates of the sentence put right."
BY_ITS_DECISION = (
    "It came of a missed appointment. Change the decision about the appointment to acceptable, and its failures are "
    "withdrawn with it."
)
OVER = "It was withdrawn already."


@transaction.atomic
def record_failure(
    *, case, order, happened_on, became_aware_on, learnt, what, by, now, excuse="", requirement=None, condition=None
):  # fmt: skip
    """Record a failure that no appointment says: a monitoring report, behaviour, a condition broken. Returns it.

    `order`: the key of the sentence it fails; `requirement`, `condition`: what of it, where it is one of them.
    """
    case, today = lock_case(case), localtime(now).date()
    check_still_here(case.left_as)
    check_failure(what=what, happened_on=happened_on, aware_on=became_aware_on, today=today)
    failed = next((one for one in orders_on(case, happened_on) if one.key == order), None)
    if failed is None:
        raise RuleBroken(NOT_ENFORCED)
    for part in filter(None, (requirement, condition)):
        if part.sentence_id != order:
            raise RuleBroken(
                "That requirement or condition is of another order. Choose one of this."
            )
    return _open(
        case, failed, happened_on=happened_on, became_aware_on=became_aware_on, learnt=Learnt(learnt), what=what.strip(),
        excuse=excuse.strip(), requirement=requirement, condition=condition, by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def open_failures(*, decision, appointment, orders, by, now):
    """What deciding that an absence is a failure opens: one of the order it was under, and of each of `orders`. Returns them.

    `orders`: keys of the other orders that the officer says it fails as well.
    """
    lock_case(decision.case)
    own, others = orders_of_absence(appointment, decision.happened_on)
    chosen = [one for one in others if one.key in set(orders)]
    if len(chosen) != len(set(orders) - ({own.key} if own else set())):
        raise RuleBroken(NOT_ENFORCED)
    contact = appointment.contact
    return [
        _open(
            contact.case, one, decision=decision, happened_on=decision.happened_on,
            became_aware_on=decision.became_aware_on, learnt=Learnt.STAFF, what=_what(contact),
            excuse=decision.because, requirement=_of(one, contact.requirement),
            condition=_of(one, appointment.condition), by=by, now=now,
        )
        for one in filter(None, (own, *chosen))
    ]  # fmt: skip


@transaction.atomic
def withdraw_failure(*, failure, because, by, now):
    """Take back a failure that was recorded by hand, or one of several orders of one absence. Returns it."""
    lock_case(failure.case)
    failure = Failure.objects.select_related("case", "decision").get(pk=failure.pk)
    check_still_here(failure.case.left_as)
    if (
        failure.decision
        and not failure.decision.failures.standing().exclude(pk=failure.pk).exists()
    ):
        raise RuleBroken(BY_ITS_DECISION)
    return _withdraw(failure, because, by=by, now=now)


@transaction.atomic
def withdraw_failures_of(*, decision, by, now):
    """Late proof: the absence was acceptable after all, so every failure it came to is withdrawn. Returns them."""
    case = lock_case(decision.case)
    found = Failure.objects.standing().filter(decision=decision).order_by("pk")
    done = []
    for one in found:
        one.case = case
        done.append(_withdraw(one, decision.because, by=by, now=now))
    return done


def _open(case, order, *, by, now, **said):
    today = localtime(now).date()
    failure = Failure.objects.create(
        case=case,
        sentence_id=order.key,
        regime=order.regime,
        recorded_at=now,
        recorded_by=by,
        **said,
    )
    aware_on, extra = failure.became_aware_on, clocks(today).extra_bank_holidays
    open_deadline(
        case=case,
        kind=ANSWER,
        triggered_on=aware_on,
        due_on=answer_owed_on(aware_on, today, extra),
        why=f"They failed to comply on {say_date(failure.happened_on)}: {order.words}",
        by=by,
        today=today,
        failure=failure,
    )
    record(by=by, action="recorded_failure", crn=case.crn, failure=failure.pk, order=order.key)
    return failure


def _of(order, part):
    return part if part and part.sentence_id == order.key else None


def _what(contact):
    at = localtime(contact.started_at)
    kind = contact.type_name or contact.type_code
    said = OUTCOMES.get(contact.outcome_code)
    how = "Came and did not comply" if said and said.attended else "Did not attend"
    return f"{how}: {kind}, {say_date(at.date())} at {say_time(at)}."


def _withdraw(failure, because, *, by, now):
    check_withdrawal(because)
    if failure.withdrawn_on:
        raise RuleBroken(OVER)
    today = localtime(now).date()
    failure.withdrawn_on, failure.withdrawn_by = today, by
    failure.withdrawn_because = shortened(because.strip(), LONGEST)
    failure.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_because"])
    about = {"case": failure.case, "by": by, "today": today}
    meet_deadline(kind=ANSWER, failure=failure, void=True, **about)
    meet_deadline(kind=AGAIN, failure=failure, void=True, **about)
    record(by=by, action="withdrew_failure", crn=failure.case.crn, failure=failure.pk)
    if failure.answer == Answer.WARN:
        _unwarn(failure.warning, because, by=by, now=now)
    elif failure.answer in {Answer.REFER, Answer.RECALL}:
        _ask_again(
            failure,
            f"The failure of {say_date(failure.happened_on)} was withdrawn",
            by=by,
            today=today,
        )
    _tell(failure, by=by, now=now)
    return failure


def _unwarn(warning, because, *, by, now):
    """Withdraw a warning that rests on no failure any more; stop its letter, or tell them that it counts no more."""
    if warning.withdrawn_on or warning.failures.standing().exists():
        return
    today, case = localtime(now).date(), warning.case
    warning.withdrawn_on, warning.withdrawn_by = today, by
    warning.withdrawn_because = shortened(because.strip(), LONGEST)
    warning.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_because"])
    record(by=by, action="withdrew_warning", crn=case.crn, warning=warning.pk)
    for letter in warning.letters.filter(kind=LetterKind.WARNING).order_by("pk"):
        for kind in OF_LETTERS:
            meet_deadline(case=case, kind=kind, letter=letter, by=by, today=today, void=True)
        if letter.state in {LetterState.ASKED, LetterState.READY}:
            letter.state = LetterState.CANCELLED
            letter.cancelled_because = shortened("The warning was withdrawn.", LONGEST_CANCEL)
            letter.save(update_fields=["state", "cancelled_because"])
            record(by=by, action="cancelled_letter", crn=case.crn, letter=letter.pk)
    gone = warning.letters.filter(kind=LetterKind.WARNING, state=LetterState.SENT).exists()
    if (gone or warning.given_on) and not case.left_as:
        ask_letter(
            case=case, kind=LetterKind.WITHDRAWAL, warning=warning, aware_on=today, by=by, now=now
        )
    rested = Failure.objects.standing().filter(case=case, law__rests_on__contains=[warning.pk])
    for one in rested.exclude(answer__in=["", Answer.NOTHING]).order_by("pk"):
        one.case = case
        _ask_again(one, "A warning it was decided on was withdrawn", by=by, today=today)


def _ask_again(failure, why, *, by, today):
    """Have the officer decide again on what a failure was answered by, where that is not over."""
    if about := still_running(failure):
        open_deadline(
            case=failure.case, kind=AGAIN, triggered_on=today, why=why, by=by, today=today, **about
        )


def still_running(failure):
    """What a failure was answered by and is not over, as a deadline is about it; nothing where it is."""
    if failure.answer == Answer.REFER and failure.breach.state not in BREACH_OVER:
        return {"breach": failure.breach}
    if failure.answer == Answer.RECALL and failure.recall.state not in RECALL_OVER:
        return {"recall": failure.recall}
    if failure.answer == Answer.WARN and not failure.warning.withdrawn_on:
        return {"failure": failure}
    return None


def ask_letter(*, case, kind, warning, aware_on, by, now):
    """Have the hub write and send a letter, within the days of becoming aware. The case is held. Returns the letter."""
    today = localtime(now).date()
    person = getattr(case, "person", None)
    letter = Letter.objects.create(
        case=case,
        kind=kind,
        warning=warning,
        welsh=bool(person and person.wants_welsh),
        asked_at=now,
        asked_by=by,
    )
    open_deadline(
        case=case, kind=SEND, triggered_on=aware_on, why=f"{kind.title}: asked for by {by.name}", by=by, today=today,
        letter=letter,
    )  # fmt: skip
    record(by=by, action="asked_for_letter", crn=case.crn, letter=letter.pk, kind=str(kind))
    return letter


def _tell(failure, *, by, now):
    """Who holds the case hears what somebody else withdrew."""
    case, today = failure.case, localtime(now).date()
    tell(
        case=case,
        users=[one for one in owner_and_cover(case, today) if one != by],
        text=f"{by.name} withdrew a failure to comply on {case.crn}. See what rested on it.",
        href=reverse("failure", args=[case.crn, failure.pk]),
        now=now,
    )
