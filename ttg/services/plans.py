"""The resettlement plan: begun from the plan before, written part by part, agreed or not by the person, and signed.

Sources: Through the Gate reference 2, 3, 7; report 4.2. Its rules are `ttg.rules.plans`.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.rules.gaps import gates, warnings
from cases.rules.leaving import check_still_here
from cases.rules.signing import check_explained, check_read, digest, refusal
from cases.services.checks import lock_case
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged
from ttg.models import Custody, Need, ResettlementPlan, RiskItem
from ttg.queries.carried_in import answer_of, carried_in
from ttg.queries.plans import facts_of, plan_before
from ttg.queries.policy import release_policy
from ttg.reference.custody import PlanState
from ttg.rules.plans import (
    TO_CONFIRM,
    VERSION,
    carried_over,
    check_view,
    clean_answer,
    confirmed,
    kind_for,
    newly_needed,
    to_do,
)
from ttg.rules.risk_items import about_risk
from ttg.services.needs import find_need
from ttg.services.owed import owe_release

NOT_IN_PRISON = "They are not in prison, as far as we know. A resettlement plan is made in prison."
ONE_AT_A_TIME = "A resettlement plan is being written already. Go on with that one."
NOT_WRITTEN_NOW = "This resettlement plan is signed. Begin a new one to say something else."
NOTHING_TO_TAKE = "The record does not answer this, or no longer. Answer it yourself."


@transaction.atomic
def begin_plan(*, custody, by, today):
    """Begin one. What the plan before it says is filled in, each answer to be confirmed; that one stays as it is."""
    case = lock_case(custody.case)
    check_still_here(case.left_as)
    custody = Custody.objects.select_for_update(no_key=True).get(pk=custody.pk)
    if custody.released_on or custody.ended_on:
        raise RuleBroken(NOT_IN_PRISON)
    if custody.plans.drafts().exists():
        raise RuleBroken(ONE_AT_A_TIME)
    before = ResettlementPlan.objects.finished().filter(custody__case=case).order_by("-pk").first()
    plan = ResettlementPlan.objects.create(
        custody=custody,
        kind=_kind(custody, today),
        answers=carried_over(before.answers) if before else {},
        begun_on=today,
        begun_by=by,
    )
    follows = before.pk if before else None
    record(by=by, action="began_resettlement_plan", crn=case.crn, plan=plan.pk, follows=follows)
    return plan


@transaction.atomic
def write_answers(*, plan, pathway, given, seen, by, today, confirms=(), takes=()):
    """Put answers of one pathway in place: `given` {code: answer}, blank for none. Returns a `Merged`.

    `seen`: marks of what stood when the writer's page was drawn; what two people answered differently is named in
    `conflicts` and not written. `confirms`: codes of what the plan before said and is right. `takes`: codes that are
    answered with what the record says.
    """
    plan = _written(plan)
    taken = {code: _taken(plan, code, today) for code in takes}
    given = {
        code: clean_answer(code, pathway, one, today) for code, one in {**given, **taken}.items()
    }
    outcome = merged(marks({}, given) | dict(seen), given, plan.answers)
    answers = plan.answers | dict(outcome.write)
    right = [
        code
        for code in confirms
        if code not in outcome.write
        and code not in outcome.conflicts
        and (answers.get(code) or {}).get(TO_CONFIRM)
    ]
    for code in right:
        answers[code] = confirmed(answers[code])
    if not (outcome.write or right):
        return outcome
    plan.answers = {code: answer for code, answer in answers.items() if answer}
    plan.version += 1
    plan.save(update_fields=["answers", "version"])
    record(
        by=by,
        action="wrote_resettlement_plan",
        crn=plan.custody.case.crn,
        plan=plan.pk,
        pathway=str(pathway),
        written=len(outcome.write),
        confirmed=len(right),
        taken=len(taken.keys() & outcome.write.keys()),
    )
    return outcome


@transaction.atomic
def write_person_view(*, plan, own_words, strengths, agreed, agreed_because, seen, by):
    """What the person wants in their own words, their strengths, and whether they agree. Returns a `Merged`."""
    plan = _written(plan)
    agreed_because = agreed_because.strip()
    check_view(agreed=agreed, agreed_because=agreed_because)
    given = {
        "own_words": own_words.strip(),
        "strengths": strengths.strip(),
        "agreed": agreed,
        "agreed_because": agreed_because,
    }
    outcome = merged(marks({}, given) | dict(seen), given, view_of(plan))
    if outcome.write:
        for name, value in outcome.write.items():
            setattr(plan, name, value)
        plan.version += 1
        plan.save(update_fields=[*outcome.write, "version"])
        record(
            by=by,
            action="wrote_their_view",
            crn=plan.custody.case.crn,
            plan=plan.pk,
            written=sorted(outcome.write),
        )
    return outcome


@transaction.atomic
def sign_plan(*, plan, explained, read, by, now):
    """Sign it: in force in place of the one before. Returns it.

    What it says of risk waits for the officer to read it; what it finds needed is a need to be met. `explained`: a sentence
    for each warning; `read`: the mark of what the signer read, blank over the API.
    """
    plan = _written(plan)
    custody, today = plan.custody, localtime(now).date()
    check_read(read, mark_of(plan), "resettlement plan")
    found = to_do(facts_of(plan))
    if shut := gates(found):
        raise RuleBroken(refusal(shut))
    said = check_explained(warnings(found), explained)
    before = plan_before(plan)
    custody.plans.in_force().update(state=PlanState.REPLACED)
    policy = release_policy(today)
    plan.kind = _kind(custody, today)
    plan.state, plan.signed_at, plan.signed_by = PlanState.SIGNED, now, by
    plan.evidence = _evidence(warnings(found), said, policy, before)
    plan.version += 1
    plan.save()
    items = _ask_officer(plan)
    needs = _find_needs(plan, before, by=by, today=today)
    record(
        by=by,
        action="signed_resettlement_plan",
        crn=custody.case.crn,
        plan=plan.pk,
        kind=str(plan.kind),
        risk_items=items,
        needs=needs,
    )
    owe_release(case_ids=[custody.case_id], by=by, today=today)
    return plan


def _evidence(warned, said, policy, before):
    """What the signature rested on: what was warned of and answered, and the versions it was asked by."""
    return {
        "warnings": [
            {"key": one.key, "sentence": one.sentence, "said": said[one.key]} for one in warned
        ],
        "rules": VERSION,
        "policy": policy.version,
        "follows": before.pk if before else None,
    }


@transaction.atomic
def give_up_plan(*, plan, by, today):
    """Give up one that is being written, begun for nothing or on what was wrong. Returns the stay; the plan in force stands.

    The row goes, so that another may be begun; what was written stands in its history.
    """
    plan = _written(plan)
    stay, key, answered = plan.custody, plan.pk, len(plan.answers)
    plan.delete()
    record(
        by=by, action="gave_up_resettlement_plan", crn=stay.case.crn, plan=key, answered=answered
    )
    owe_release(case_ids=[stay.case_id], by=by, today=today)
    return stay


def view_of(plan):
    """What stands of the person's view, by the names of its answers."""
    return {
        name: getattr(plan, name) for name in ("own_words", "strengths", "agreed", "agreed_because")
    }


def mark_of(plan):
    """A mark of what a signature would be on, by which a later change shows."""
    return digest({"answers": plan.answers, **view_of(plan)})


def _kind(custody, today):
    return kind_for(custody.received_on, custody.release_on, today, release_policy(today))


def _taken(plan, code, today):
    known = carried_in(plan.custody.case, plan.custody, today).get(code, [])
    answer = answer_of(known, today)
    if answer is None:
        raise RuleBroken(NOTHING_TO_TAKE)
    return answer


def _ask_officer(plan):
    """How many things about risk the officer is asked to read: those that no plan of this stay said in these words before.

    What waits and is not said any more waits no longer; what was answered stays.
    """
    last = {one.question: one for one in RiskItem.objects.filter(plan__custody=plan.custody).order_by("pk")}  # fmt: skip
    said = {one.question: one for one in about_risk(plan.answers)}
    same = {code for code, one in said.items() if code in last and last[code].words == one.words}
    over = [one.pk for code, one in last.items() if code not in same]
    RiskItem.objects.waiting().filter(pk__in=over).delete()
    RiskItem.objects.bulk_create(
        RiskItem(plan=plan, question=code, words=one.words, source=one.source, on=one.on)
        for code, one in said.items()
        if code not in same
    )
    return len(said) - len(same)


def _find_needs(plan, before, *, by, today):
    """How many needs the plan wrote down that were not there."""
    states = Need.objects.filter(custody=plan.custody).exclude(code="")
    known = set(states.values_list("code", flat=True))
    still_open = set(states.open().values_list("code", flat=True))
    former = before.answers if before and before.custody_id == plan.custody_id else {}
    found = newly_needed(plan.answers, former, known, still_open)
    for one in found:
        find_need(
            custody=plan.custody,
            pathway=one.pathway,
            code=one.code,
            words=one.words,
            side=one.side,
            by=by,
            today=today,
        )
    return len(found)


def _written(plan):
    """As it stands now, its case locked first; refused unless it is still being written."""
    case = lock_case(plan.custody.case)
    check_still_here(case.left_as)
    locked = ResettlementPlan.objects.select_for_update(no_key=True, of=("self",))
    held = locked.select_related("custody").filter(pk=plan.pk).first()
    if held is None or held.state != PlanState.DRAFT:
        raise RuleBroken(NOT_WRITTEN_NOW)
    held.custody.case = case
    return held
