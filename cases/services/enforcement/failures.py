"""Failures to comply: recorded by hand or opened by the decision about an absence, and withdrawn when proof comes late.

Whatever rested on a failure that is withdrawn is withdrawn, or put to the officer again: nothing is dropped in silence.
Source: product rules, failures.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Failure
from cases.queries.enforcement.failures import goes_by_its_decision, orders_of_absence, orders_on
from cases.queries.recipients import owner_and_cover
from cases.reference.appointments import OUTCOMES
from cases.reference.enforcement import Learnt
from cases.rules.enforcement.failures import (
    answer_owed_on,
    check_fails_some,
    check_failure,
    check_withdrawal,
)
from cases.rules.leaving import check_still_here
from cases.rules.words import shortened
from cases.services.checks import lock_case
from cases.services.deadlines import open_deadline
from cases.services.enforcement.rested import ANSWER, LONGEST, settle
from cases.services.policy import clocks
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

NOT_ENFORCED = "That order was not enforced on the day it happened. Choose one that was, or have the dates of the sentence put right."
OTHER_ORDER = "That requirement or condition is of another order. Choose one of this."
BY_ITS_DECISION = (
    "It came of a missed appointment. Change the decision about the appointment to acceptable, and its failures are "
    "withdrawn with it."
)
OVER = "It was withdrawn already."
RECORDED = "{who} recorded a failure to comply on {crn}. It is yours to answer."
WITHDREW = "{who} withdrew a failure to comply on {crn}. See what rested on it."


@transaction.atomic
def record_failure(
    *, case, order, happened_on, became_aware_on, learnt, what, by, now, excuse="", requirement=None, condition=None
):  # fmt: skip
    """Record a failure that no appointment says: a monitoring report, behaviour, a condition broken. Returns it.

    `order`: the key of the sentence it fails; `requirement`, `condition`: what of it, where it is one of them.
    The same once more, not answered yet, is the one that is there: a button pressed twice records one.
    """
    case, today = lock_case(case), localtime(now).date()
    check_still_here(case.left_as)
    check_failure(what=what, happened_on=happened_on, aware_on=became_aware_on, today=today)
    failed = next((one for one in orders_on(case, happened_on) if one.key == order), None)
    if failed is None:
        raise RuleBroken(NOT_ENFORCED)
    for part in filter(None, (requirement, condition)):
        if part.sentence_id != order:
            raise RuleBroken(OTHER_ORDER)
    said = {
        "happened_on": happened_on, "became_aware_on": became_aware_on, "learnt": Learnt(learnt), "what": what.strip(),
        "excuse": excuse.strip(), "requirement": requirement, "condition": condition,
    }  # fmt: skip
    there = Failure.objects.unanswered().filter(case=case, sentence=order, decision=None, **said)
    if again := there.first():
        return again
    failure = _open(case, failed, by=by, now=now, **said)
    _tell(failure, RECORDED, by=by, now=now)
    return failure


@transaction.atomic
def open_failures(*, decision, appointment, orders, by, now, excuse=""):
    """What deciding that an absence is a failure opens: one of the order it was under, and of each of `orders`. Returns them.

    `orders`: keys of the other orders that the officer says it fails as well. Refused where it would fail none.
    `excuse`: the reason that the person gave, in their words.
    """
    lock_case(decision.case)
    own, others = orders_of_absence(appointment, decision.happened_on)
    chosen = [one for one in others if one.key in set(orders)]
    if len(chosen) != len(set(orders) - ({own.key} if own else set())):
        raise RuleBroken(NOT_ENFORCED)
    check_fails_some(own, chosen, others, decision.happened_on)
    contact = appointment.contact
    return [
        _open(
            contact.case, one, decision=decision, happened_on=decision.happened_on,
            became_aware_on=decision.became_aware_on, learnt=Learnt.STAFF, what=what_of(contact),
            excuse=excuse.strip(), requirement=_of(one, contact.requirement),
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
    if goes_by_its_decision(failure):
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


def what_of(contact):
    """What an appointment that went wrong was, as it could be said in court."""
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
    record(by=by, action="withdrew_failure", crn=failure.case.crn, failure=failure.pk)
    settle(failure, because, by=by, now=now)
    _tell(failure, WITHDREW, by=by, now=now)
    return failure


def _tell(failure, text, *, by, now):
    """Who holds the case hears what somebody else did."""
    case, today = failure.case, localtime(now).date()
    tell(
        case=case,
        users=[user for user in owner_and_cover(case, today) if user != by],
        text=text.format(who=by.name, crn=case.crn),
        href=reverse("failure", args=[case.crn, failure.pk]),
        now=now,
    )
