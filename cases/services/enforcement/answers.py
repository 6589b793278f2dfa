"""Answering a failure: a warning, a breach, a recall, or nothing for a reason; and deciding again on what rested on another.

The law is looked at inside the lock, and kept with the answer. Source: product rules, failures and clocks.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import (
    Amendment,
    Breach,
    BreachStep,
    ComplianceWarning,
    Deadline,
    Failure,
    Recall,
    RecallStep,
)
from cases.queries.enforcement.answered_anew import (
    BEFORE,
    answered_before,
    earlier_answers,
    may_be_answered_anew,
)
from cases.queries.enforcement.failures import (
    about_of,
    is_over,
    is_recalled,
    law_of,
    left_on,
    order_ends_on,
)
from cases.queries.enforcement.reasons import warned_from
from cases.reference.enforcement import Answer, BreachState, LetterKind, RecallState
from cases.reference.worst_days import WelfareWhen
from cases.rules.calendar import add_working_days
from cases.rules.enforcement.days import last_safe_day
from cases.rules.enforcement.failures import check_because
from cases.rules.enforcement.recalls import check_not_recalled
from cases.rules.enforcement.warnings import check_answer
from cases.rules.leaving import check_still_here
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline, run_from
from cases.services.enforcement.letters import ask_for_letter
from cases.services.enforcement.rested import AGAIN, ANSWER
from cases.services.enforcement.winning_back import begin_winning_back
from cases.services.policy import clocks, enforcement_policy
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

ANSWERED = "This failure is answered: {answer}. What follows is on its page."
WITHDRAWN = "This failure was withdrawn, so there is nothing to answer."
DECIDED = "That has been decided already."
NOTHING_LEFT = "No failure stands on it any more, so it cannot go on. Withdraw it, and say that proof of a good reason came."


@transaction.atomic
def answer_failure(*, failure, answer, because, by, now):
    """Warn them, refer the breach, ask for recall, or enforce nothing for a reason. Returns the failure.

    What the law left, by which warning and which version of the policy, is kept with the answer. One whose breach came to
    nothing may be answered anew while that is to be decided again; how it was answered before is kept.
    """
    case, today = lock_case(failure.case), localtime(now).date()
    check_still_here(case.left_as)
    failure = Failure.objects.select_related("sentence").get(pk=failure.pk)
    failure.case = case
    if failure.withdrawn_on:
        raise RuleBroken(WITHDRAWN)
    anew = may_be_answered_anew(failure)
    if failure.answer and not anew:
        raise RuleBroken(ANSWERED.format(answer=Answer(failure.answer).title.lower()))
    policy, answer = enforcement_policy(today), Answer(answer)
    law = law_of(failure, policy)
    check_answer(answer, law.found)
    check_because(answer, because)
    before = answered_before(failure) if anew else []
    failure.breach = None
    failure.answer, failure.because = answer, because.strip()
    failure.answered_at, failure.answered_by = now, by
    failure.law = _shown(law, policy) | ({BEFORE: before} if before else {})
    FOLLOWS[answer](failure, law, policy, by, now)
    failure.save()
    meet_deadline(case=case, kind=AGAIN if anew else ANSWER, failure=failure, by=by, today=today)
    known = {"failure": failure.pk, "answer": str(answer), "rests_on": law.rests_on}
    record(by=by, action="answered_failure", crn=case.crn, **known)
    return failure


@transaction.atomic
def keep_going(*, deadline, because, by, now):
    """Having decided again: what was answered stands, for this reason. Refused where no failure stands on it.

    `deadline`: that of deciding again, of a breach, a recall or a failure. Returns the failures it stands on. Where
    it has come to its end meanwhile, nothing is left to decide, and the clock stops.
    """
    case, today = lock_case(deadline.case), localtime(now).date()
    check_still_here(case.left_as)
    deadline = Deadline.objects.select_related("failure__warning", "breach", "recall").get(
        pk=deadline.pk
    )
    if deadline.kind != AGAIN or deadline.met_on:
        raise RuleBroken(DECIDED)
    check_because(Answer.WARN, because)
    about = about_of(deadline)
    left = left_on(deadline)
    if not left and not is_over(deadline):
        raise RuleBroken(NOTHING_LEFT)
    for one in left:
        again = {"on": today.isoformat(), "by": by.name, "because": because.strip()}
        one.law = {**one.law, "again": [*one.law.get("again", []), again]}
        one.save(update_fields=["law"])
    void = is_over(deadline)
    meet_deadline(case=case, kind=AGAIN, by=by, today=today, void=void, **about)
    record(by=by, action="decided_again", crn=case.crn, failures=[one.pk for one in left])
    return left


def _shown(law, policy):
    """The law as it was shown to whoever answered, kept with the answer."""
    return {
        "said": law.found.because,
        "may": sorted(law.found.may),
        "must": law.found.must or "",
        "rests_on": law.rests_on,
        "step": law.found.step or "",
        "policy": policy.version,
    }


def _warn(failure, law, policy, by, now):
    failure.warning = ComplianceWarning.objects.create(
        case=failure.case,
        sentence=failure.sentence,
        step=law.found.step,
        decided_on=localtime(now).date(),
        decided_by=by,
    )
    record(by=by, action="decided_warning", crn=failure.case.crn, warning=failure.warning.pk)
    ask_for_letter(
        case=failure.case,
        kind=LetterKind.WARNING,
        warning=failure.warning,
        why=f"A warning of the failure of {say_date(failure.happened_on)} was decided",
        triggered_on=localtime(now).date() if earlier_answers(failure) else warned_from(failure),
        by=by,
        now=now,
    )


def _refer(failure, law, policy, by, now):
    running = Breach.objects.running().filter(sentence=failure.sentence).first()
    failure.breach = running or _begin_breach(failure, policy, by, now)
    if running:
        _join_breach(running, failure, by, now)


def _begin_breach(failure, policy, by, now):
    today, extra = localtime(now).date(), clocks(localtime(now).date()).extra_bank_holidays
    ends_on = order_ends_on(failure.sentence)
    breach = Breach.objects.create(
        case=failure.case,
        sentence=failure.sentence,
        became_aware_on=failure.became_aware_on,
        begun_at=now,
        begun_by=by,
        lay_by=last_safe_day(ends_on, policy.lay_days, extra) if ends_on else None,
        court_code=failure.sentence.court_code,
        court_name=failure.sentence.court_name,
    )
    BreachStep.objects.create(
        breach=breach, state=BreachState.PREPARING, on=today, at=now, by=by, words=failure.because
    )
    why = f"They failed to comply on {say_date(failure.happened_on)}, and it was referred"
    known = {"case": failure.case, "by": by, "today": today, "breach": breach}
    open_deadline(kind="submit_breach", triggered_on=failure.became_aware_on, why=why, **known)
    begin_winning_back(moment=WelfareWhen.BREACH, why=why, **known)
    open_deadline(kind="lay_breach", why=_why_lay(ends_on), **_lay_days(breach, today), **known)
    record(by=by, action="began_breach", crn=failure.case.crn, breach=breach.pk)
    return breach


def _lay_days(breach, today):
    """From when to when it must be laid: a last safe day that has passed is late at once."""
    if breach.lay_by is None:
        return {"triggered_on": today}
    return {"triggered_on": min(today, breach.lay_by), "due_on": breach.lay_by}


def _why_lay(ends_on):
    return (
        f"The order ends on {say_date(ends_on)}"
        if ends_on
        else "No end of the order is recorded: have it put right"
    )


def _join_breach(breach, failure, by, now):
    """Another failure of the same order: into the pack while it is here, otherwise the NPS is told of it."""
    today = localtime(now).date()
    known = {"case": failure.case, "by": by, "today": today, "breach": breach}
    record(
        by=by, action="joined_breach", crn=failure.case.crn, breach=breach.pk, failure=failure.pk
    )
    if breach.state == BreachState.PREPARING:
        if failure.became_aware_on < breach.became_aware_on:
            breach.became_aware_on = failure.became_aware_on
            breach.save(update_fields=["became_aware_on"])
            run_from(kind="submit_breach", triggered_on=failure.became_aware_on, **known)
        return
    due_on = add_working_days(today, 1, clocks(today).extra_bank_holidays)
    Amendment.objects.create(
        breach=breach,
        asked_on=today,
        asked_by=by.name,
        what=f"Add the failure of {say_date(failure.happened_on)}, which was referred after the pack had gone.",
        due_on=due_on,
        recorded_by=by,
    )
    why = "A failure was referred after the pack had gone"
    open_deadline(kind="amend_breach", triggered_on=today, due_on=due_on, why=why, **known)


def _recall(failure, law, policy, by, now):
    today = localtime(now).date()
    recall = Recall.objects.running().filter(sentence=failure.sentence).first()
    if recall is None:
        check_not_recalled(is_recalled(failure.sentence))
        recall = Recall.objects.create(
            case=failure.case, sentence=failure.sentence, begun_at=now, begun_by=by
        )
        RecallStep.objects.create(
            recall=recall, state=RecallState.DISCUSSED, at=now, by=by, words=failure.because
        )
        why = "Recall was decided: the request is owed within 24 hours"
        known = {"case": failure.case, "by": by, "today": today, "recall": recall}
        open_deadline(kind="write_part_a", triggered_on=today, why=why, **known)
        begin_winning_back(moment=WelfareWhen.RECALL, why="Recall was decided", **known)
        record(by=by, action="began_recall", crn=failure.case.crn, recall=recall.pk)
    else:
        record(by=by, action="joined_recall", crn=failure.case.crn, recall=recall.pk)
    failure.recall = recall


def _nothing(failure, law, policy, by, now):
    """The reason is all that follows."""


FOLLOWS = {
    Answer.WARN: _warn,
    Answer.REFER: _refer,
    Answer.RECALL: _recall,
    Answer.NOTHING: _nothing,
}
