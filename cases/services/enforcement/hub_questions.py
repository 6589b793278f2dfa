"""What the hub asks the officer about an item of its queue, or returns to them; and whoever hears when nobody answers.

While a question is open its item waits and stays in sight. Locks are taken as case, deadline, claim and question, in this
order, but by telling the seniors, which holds the question alone. Source: features 88 and 89; hub journeys ("until 3pm,
then the senior").
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Deadline, HubQuestion
from cases.queries.recipients import let_in, owner_and_cover, seniors_of
from cases.reference.enforcement import ClaimEnd
from cases.rules.calendar import add_working_days
from cases.rules.enforcement.queue import check_answer, check_question, check_return, put_right_by
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.enforcement.queue import (
    AT_ONCE,
    DONE_ALREADY,
    end_claim,
    still_working,
    theirs,
)
from cases.services.one_of_several import settle_first_owed
from cases.services.policy import clocks, enforcement_policy
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.keeping import say_moment

ANSWERS = "answer_hub"


@dataclass(frozen=True)
class _Owed:
    since: date
    due_on: date
    why: str


@transaction.atomic
def ask_officer(*, deadline, asks, until, by, now):
    """Ask whoever holds the case, until this moment; then the senior hears. The item waits meanwhile. Returns the question."""
    case, found, asks = _held(deadline, by), theirs(deadline, by), " ".join(asks.split())
    here = localtime(now)
    check_question(asks, localtime(until), here, clocks(here.date()).extra_bank_holidays)
    end_claim(found, ClaimEnd.ASKED, now)
    return _put(case, deadline, asks, until, returned=False, by=by, now=now)


@transaction.atomic
def return_to_officer(*, deadline, words, by, now):
    """Give it back to whoever holds the case, with what has to be put right. It comes back once it is. Returns the question."""
    case, found, words = _held(deadline, by), theirs(deadline, by), " ".join(words.split())
    check_return(words)
    here = localtime(now)
    following = add_working_days(here.date(), 1, clocks(here.date()).extra_bank_holidays)
    until = put_right_by(here, deadline.due_on, enforcement_policy(here.date()).last_post, following)  # fmt: skip
    end_claim(found, ClaimEnd.RETURNED, now, words)
    return _put(case, deadline, words, until, returned=True, by=by, now=now)


@transaction.atomic
def answer_hub(*, question, answer, by, now):
    """Answer it, or say that it is put right: the item is in the queue again, and who asked is told. Returns the question."""
    case = lock_case(question.deadline.case)
    question = _open(question)
    check_still_here(case.left_as)
    check_answer(answer)
    question.answer, question.answered_at, question.answered_by = answer.strip(), now, by
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    _settle(case, by=by, now=now, done=True)
    record(by=by, action="answered_hub", crn=case.crn, deadline=question.deadline_id, question=question.pk)  # fmt: skip
    said = "put right" if question.returned else "answered"
    tell(
        case=case,
        users=[one for one in let_in(case, [question.asked_by_id]) if one.pk != by.pk],
        text=f"{by.name} has {said} what you {'returned' if question.returned else 'asked'} of {case.crn}. It is in the queue again.",
        href=reverse("hub-item", args=[case.crn, question.deadline_id]),
        now=now,
    )
    return question


@transaction.atomic
def take_back_question(*, question, by, now):
    """The hub needs no answer any more: the item is in the queue again. Returns the question."""
    case = lock_case(question.deadline.case)
    question = _open(question)
    _take_back(question, case, by=by, now=now)
    return question


@transaction.atomic
def tell_seniors_of_unanswered(*, now, size=AT_ONCE):
    """Tell the seniors of each question that nobody has answered by its hour, once; how many. May run beside itself.

    One that is being answered at this moment is passed over.
    """
    rows = HubQuestion.objects.unheard(now).select_related("deadline__case")
    locked = rows.select_for_update(of=("self",), skip_locked=True, no_key=True)
    return sum(_tell_seniors(one, now) for one in locked.order_by("until", "pk")[:size])


def close_needless(*, now, size=AT_ONCE):
    """Take back the questions on what is done, or on a case that has left us; how many. Each in a transaction of its own."""
    found = HubQuestion.objects.needless().select_related("deadline__case").order_by("pk")[:size]
    return sum(_close(one, now) for one in found)


@transaction.atomic
def _close(question, now):
    case = lock_case(question.deadline.case)
    question = HubQuestion.objects.needless().select_for_update(of=("self",)).filter(pk=question.pk).first()  # fmt: skip
    if question is None:
        return 0
    _take_back(question, case, by=None, now=now)
    return 1


def _held(deadline, by):
    """Its case, locked, where it is still to be done here."""
    case = lock_case(deadline.case)
    check_still_here(case.left_as)
    if not Deadline.objects.of_the_hub().filter(pk=deadline.pk).exists():
        raise RuleBroken(DONE_ALREADY)
    return case


def _put(case, deadline, asks, until, *, returned, by, now):
    made = HubQuestion.objects.create(
        deadline=deadline, asks=asks, returned=returned, asked_at=now, asked_by=by, until=until
    )
    still_working(by=by, now=now)
    _settle(case, by=by, now=now)
    action = "returned_to_officer" if returned else "asked_officer"
    record(by=by, action=action, crn=case.crn, deadline=deadline.pk, question=made.pk)
    today, by_when = localtime(now).date(), _by_when(until, now)
    did = "returned an item of" if returned else "asks you about"
    tell(
        case=case,
        users=[one for one in owner_and_cover(case, today) if one.pk != by.pk],
        text=f"The admin hub {did} {case.crn}. Answer by {by_when}.",
        href=reverse("hub-asked", args=[case.crn]),
        now=now,
    )
    return made


def _tell_seniors(question, now):
    case = question.deadline.case
    seniors = seniors_of(case, localtime(now).date())
    if not seniors:  # nobody is let in: asked again each minute, until somebody is
        return 0
    HubQuestion.objects.filter(pk=question.pk).update(senior_told_at=now)
    record(by=None, action="told_seniors_of_question", crn=case.crn, question=question.pk)
    tell(
        case=case,
        users=seniors,
        text=f"Nobody has answered by {_by_when(question.until, now)} what the admin hub asked of {case.crn}. Answer it, or have it answered.",
        href=reverse("hub-asked", args=[case.crn]),
        now=now,
    )
    return 1


def _take_back(question, case, *, by, now):
    HubQuestion.objects.filter(pk=question.pk).update(taken_back_at=now)
    question.taken_back_at = now
    _settle(case, by=by, now=now)
    record(by=by, action="took_back_question", crn=case.crn, deadline=question.deadline_id, question=question.pk)  # fmt: skip


def _open(question):
    """As it stands now, locked; refused where it is open no more."""
    rows = HubQuestion.objects.select_for_update(of=("self",)).select_related("deadline", "answered_by")  # fmt: skip
    question = rows.get(pk=question.pk)
    if question.answered_at:
        raise RuleBroken(f"{question.answered_by.name} has answered it already. What they said is below.")  # fmt: skip
    if question.taken_back_at:
        raise RuleBroken("The hub needs no answer to this any more.")
    return question


def _settle(case, *, by, now, done=False):
    """Whoever holds the case owes the answer that is wanted first. The caller holds the case."""
    rows = HubQuestion.objects.open().filter(deadline__case=case).order_by("until", "pk")
    first, owed = rows.first(), None
    if first:
        local = localtime(first.until)
        did = "returned it, to be put right" if first.returned else "asks, to be answered"
        owed = _Owed(
            localtime(first.asked_at).date(),
            local.date(),
            f"The admin hub {did} by {_by_when(first.until, first.asked_at)}: {first.asks}",
        )
    settle_first_owed(
        case=case, kind=ANSWERS, owed=owed, by=by, today=localtime(now).date(), done=done
    )


def _by_when(until, now):
    return say_moment(localtime(until), localtime(now).date())
