"""The risk assessment for unpaid work: begun from what is known, answered, signed, given up.

Sources: unpaid work reference 5; report 4.1; product rules, gates and evidence, checks ("before unpaid work
allocation"). Its rules are `unpaidwork.rules.risk`; what stands before an allocation, `unpaidwork.rules.gate`.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime

from cases.reference.checks import Because
from cases.reference.overrides import Act
from cases.rules.giveaways import gives_an_address
from cases.rules.signing import refusal
from cases.services.asking import ask_those_never_asked
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from cases.services.overrides import settle_overrides
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged
from unpaidwork.models import Work, WorkRisk
from unpaidwork.queries.gate import is_woman, shut_for
from unpaidwork.queries.kept import kept_of_each
from unpaidwork.queries.on_record import record_of
from unpaidwork.queries.policy import work_policy
from unpaidwork.queries.risk import risk_facts
from unpaidwork.queries.site_gaps import asked_of_sites
from unpaidwork.reference.risk import RiskState
from unpaidwork.reference.risk_questions import RISK_QUESTIONS
from unpaidwork.rules.gate import VERSION as GATE_VERSION
from unpaidwork.rules.risk import (
    OFFICERS_ASSESS,
    TO_CONFIRM,
    VERSION,
    carried_over,
    chosen_by_her,
    clean_answer,
    filled_in,
    may_assess,
    to_do,
)
from unpaidwork.rules.risk_owed import ASSESS, RENEW

OWES = (ASSESS, RENEW)
NO_WORK = "No unpaid work is to be done on this case, so there is nothing to assess."
ONE_AT_A_TIME = (
    "A risk assessment for unpaid work is being written on this case. Go on with that one."
)
NOT_WRITTEN_NOW = (
    "This risk assessment is signed, or was given up. Begin a new one to say something else."
)
NOT_THE_ADDRESS = (
    "Take the address or postcode of anybody else out of this: record where they must not go as a restriction, "
    "which keeps it from whoever supervises. {asks}"
)


@transaction.atomic
def begin_risk(*, case, by, today):
    """Begin one. What the record knows, and what the one in force says, is filled in, to be confirmed.

    Agencies that must be asked before an allocation, and never were, are asked in the same act.
    """
    case = lock_case(case)
    _check_writer(case, by)
    if not Work.objects.open().filter(case=case).exists():
        raise RuleBroken(NO_WORK)
    if case.work_risks.drafts().exists():
        raise RuleBroken(ONE_AT_A_TIME)
    former = case.work_risks.in_force().first()
    of_them = {"woman": is_woman(case), "retained": bool(case.retained_by)}
    answers = filled_in(record_of([case], today)[case.pk], **of_them)
    if former:
        answers |= carried_over(former.answers, **of_them)
    risk = WorkRisk.objects.create(
        case=case,
        answers=answers,
        women_choice=chosen_by_her(answers),
        begun_on=today,
        begun_by=by,
    )
    if not case.retained_by:
        ask_those_never_asked(case=case, because=Because.UNPAID_WORK, by=by, today=today)
    record(by=by, action="began_work_risk", crn=case.crn, risk=risk.pk)
    return risk


@transaction.atomic
def answer_risk(*, risk, part, given, seen, by, today, confirms=()):
    """Put answers of one part in place: `given` {code: answer}, blank for none. Returns a `Merged`.

    `seen` holds the marks of what stood when the writer's page was drawn. What two people answered differently is
    named in `conflicts` and not written. `confirms`: codes of what was filled in and is right.
    """
    risk = _written(risk, by)
    given = {code: clean_answer(code, part, value, today) for code, value in given.items()}
    _check_no_address(risk.case, given)
    outcome = merged(marks({}, given) | dict(seen), given, risk.answers)
    answers = risk.answers | dict(outcome.write)
    confirmed = [
        code
        for code in confirms
        if code not in outcome.write
        and code not in outcome.conflicts
        and answers.get(code, {}).get(TO_CONFIRM)
    ]
    for code in confirmed:
        answers[code] = {name: one for name, one in answers[code].items() if name != TO_CONFIRM}
    if not (outcome.write or confirmed):
        return outcome
    risk.answers = {code: answer for code, answer in answers.items() if answer}
    risk.women_choice = chosen_by_her(risk.answers)
    risk.save(update_fields=["answers", "women_choice"])
    record(
        by=by,
        action="answered_work_risk",
        crn=risk.case.crn,
        risk=risk.pk,
        part=str(part),
        written=len(outcome.write),
        confirmed=len(confirmed),
    )
    return outcome


def _check_no_address(case, given):
    """Where somebody lives whom an order protects stands in no words that others may read out."""
    kept = kept_of_each([case.pk])[case.pk]
    for code, answer in given.items():
        if answer and gives_an_address(answer.get("words", ""), kept):
            raise RuleBroken(NOT_THE_ADDRESS.format(asks=RISK_QUESTIONS[code].asks))


@transaction.atomic
def sign_risk(*, risk, by, now):
    """Sign it: in force from now, in place of the one before, for as long as the policy says. Returns it.

    Refused while anything is still to do. What it rests on is kept with it.
    """
    risk = _written(risk, by)
    case, today = risk.case, localtime(now).date()
    facts = risk_facts(risk, today)
    if found := to_do(facts):
        raise RuleBroken(refusal(found))
    policy = work_policy(today)
    former = case.work_risks.in_force().first()
    if former:
        former.state = RiskState.REPLACED
        former.save(update_fields=["state"])
    risk.state, risk.signed_at, risk.signed_by = RiskState.SIGNED, now, by
    risk.good_until = today + timedelta(days=policy.risk_good_days)
    risk.evidence = {
        "facts": {one.key: one.words for one in facts.record if one.counts},
        "rules": VERSION,
        "gate_rules": GATE_VERSION,
        "policy": policy.version,
        "follows": former.pk if former else None,
    }
    risk.save()
    record(by=by, action="signed_work_risk", crn=case.crn, risk=risk.pk)
    for kind in OWES:
        meet_deadline(case=case, kind=kind, by=by, today=today)
    settle(case=case, by=by, today=today)
    return risk


@transaction.atomic
def drop_risk(*, risk, by, today):
    """Give up one that is being written. Its history keeps what was typed; what was owed is owed still."""
    risk = _written(risk, by)
    record(by=by, action="dropped_work_risk", crn=risk.case.crn, risk=risk.pk)
    risk.delete()


@transaction.atomic
def settle(*, case, by, today):
    """Close the overrides of allocating this person whose gates are open by now. Returns them."""
    case = lock_case(case)
    if not case.overrides.open().filter(act=Act.ALLOCATION).exists():
        return []
    keys = {one.key for one in shut_for(case, today)} | asked_of_sites(case)
    return settle_overrides(case=case, open_keys=keys, act=Act.ALLOCATION, by=by, today=today)


def _check_writer(case, by):
    if not may_assess(by.role, retained=bool(case.retained_by)):
        raise RuleBroken(OFFICERS_ASSESS)


def _written(risk, by):
    """As it stands now, its case locked first; refused unless it is still being written, and theirs to write."""
    case = lock_case(risk.case)
    _check_writer(case, by)
    held = WorkRisk.objects.select_for_update(no_key=True).filter(pk=risk.pk).first()
    if held is None or held.state != RiskState.DRAFT:
        raise RuleBroken(NOT_WRITTEN_NOW)
    held.case = case
    return held
