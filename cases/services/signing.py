"""Signing an assessment, countersigning it, and giving it back to be put right.

Source: product rules, gates ("sign an assessment"), override and raise now. What stands in the way is
`cases.rules.assessing`; it is decided again inside the lock, at each signature.
"""

from django.db import transaction
from django.urls import reverse

from cases.models import AssessmentReturn, Case
from cases.queries.assessing import assessing_facts
from cases.queries.overrides import has_opened_since, overrides_used
from cases.queries.recipients import owner_and_cover, seniors_of
from cases.reference.harm import AssessmentState
from cases.reference.overrides import Act
from cases.rules.assessing import RULE_VERSION, overall_harm, to_do
from cases.rules.gaps import countersigns, warnings
from cases.rules.signing import check_explained, check_read, digest, is_a_question
from cases.services.assessments import NOT_OURS, check_becomes, lock_assessment
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.facts import facts_changed
from cases.services.overrides import settle_overrides
from cases.services.passing import pass_gates
from cases.services.policy import assessing_policy
from cases.services.raising import resolve_raises
from cases.services.telling import tell
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

COUNTERSIGN, PUT_RIGHT = "countersign_assessment", "put_assessment_right"
LONGEST_BECAUSE = 300
LONGEST_NOTE = 1000


@transaction.atomic
def sign_assessment(*, assessment, explained, by, today, now, read=""):
    """Sign it. `explained`: {key of a warning: the sentence that clears it}. Returns the assessment.

    `read`: the mark of what the signer read (`cases.rules.signing.digest`); refused where it has changed.
    Refused with all that stands in the way. Where a senior signs as well it waits for them, and is not in
    force until they have.
    """
    case, assessment = lock_assessment(assessment)
    check_becomes(assessment, AssessmentState.SIGNED)
    if assessment.state != AssessmentState.DRAFT:
        raise RuleBroken("This assessment is signed, and waits for a senior probation officer.")
    check_read(read, digest(assessment.answers), "assessment")
    facts, policy = _facts(assessment, today), assessing_policy(today)
    found = to_do(facts, policy, today)
    passed = pass_gates(found, assessment=assessment, signer=by, today=today)
    said = check_explained(warnings(found), explained)
    assessment.signed_at, assessment.signed_by = now, by
    assessment.evidence = {
        "rule_version": RULE_VERSION,
        "policy_version": policy.version,
        "facts": _as_kept(facts),
        "digest": digest(assessment.answers),
        "gaps": [_gap(one) for one in passed],
        "overrides": _used(assessment, passed, today),
        "warnings": [{**_gap(one), "said": said[one.key]} for one in warnings(found)],
        "times_signed": assessment.evidence.get("times_signed", 0) + 1,
        "times_returned": assessment.returns.count(),
    }
    assessment.returns.filter(answered_at=None).update(answered_at=now)
    meet_deadline(case=case, kind=PUT_RIGHT, by=by, today=today)
    record(by=by, action="signed_assessment", crn=case.crn, assessment=assessment.pk)
    if because := countersigns(found):
        return _ask_the_senior(assessment, because, by=by, today=today, now=now)
    return _complete(assessment, passed, by=by, today=today, now=now)


def _facts(assessment, today):
    if not Case.objects.ours().filter(pk=assessment.case_id).exists():
        raise RuleBroken(NOT_OURS)
    return assessing_facts([assessment], today)[assessment.pk]


def _used(assessment, passed, today):
    keys = [one.key for one in passed]
    return overrides_used(assessment=assessment, keys=keys, today=today)


def _gap(found):
    return {"key": found.key, "sentence": found.sentence}


def _as_kept(facts):
    """What it rested on besides its answers, in keys and codes: as much as shows what was known."""
    return {
        "patterns": {one.key: [each.key for each in one.episodes] for one in facts.patterns},
        "checks": [
            {"kind": one.kind, "enquiry": one.enquiry, "state": one.state} for one in facts.required
        ],
        "interim_plan_until": facts.plan_until and facts.plan_until.isoformat(),
        "raised": facts.raised,
        "level_in_force": facts.in_force,
        "sentence": facts.sentence,
        "not_confirmed": sorted(facts.carried),
    }


def _ask_the_senior(assessment, because, *, by, today, now):
    case = assessment.case
    assessment.state = AssessmentState.WAITING
    assessment.countersign_because = " ".join(one.sentence for one in because)[:LONGEST_BECAUSE]
    assessment.save()
    open_deadline(
        case=case,
        kind=COUNTERSIGN,
        triggered_on=today,
        why=f"Signed by {by.name} on {say_date(today)}. {because[0].sentence}",
        by=by,
        today=today,
    )
    tell(
        case=case,
        users=[one for one in seniors_of(case, today, but=by) if one != by],
        text=f"{by.name} signed an assessment of {case.crn} that you countersign.",
        href=reverse("countersign-assessment", args=[case.crn]),
        now=now,
    )
    return assessment


@transaction.atomic
def countersign_assessment(*, assessment, by, today, now, read=""):
    """Sign as the senior, whereupon it is in force. It is kept whether they opened the case since it was signed."""
    case, assessment = _lock_waiting(assessment, by)
    check_read(read, digest(assessment.answers), "assessment")
    found = to_do(_facts(assessment, today), assessing_policy(today), today)
    passed = pass_gates(found, assessment=assessment, today=today)
    assessment.countersigned_at, assessment.countersigned_by = now, by
    _keep_passed_since(assessment, passed, today)
    assessment.evidence["countersigner_opened_it"] = has_opened_since(
        case, by, assessment.signed_at
    )
    meet_deadline(case=case, kind=COUNTERSIGN, by=by, today=today)
    record(by=by, action="countersigned_assessment", crn=case.crn, assessment=assessment.pk)
    tell(
        case=case,
        users=[assessment.signed_by],
        text=f"Your assessment of {case.crn} is countersigned and in force.",
        href=reverse("assessment", args=[case.crn]),
        now=now,
        for_information=True,
    )
    return _complete(assessment, passed, by=by, today=today, now=now)


def _keep_passed_since(assessment, passed, today):
    """What has come to be missing since the officer signed, and the override that lets it pass."""
    kept = assessment.evidence
    had = {one["key"] for one in kept["gaps"]}
    kept["gaps"] += [_gap(one) for one in passed if one.key not in had]
    used = {one["override"] for one in kept["overrides"]}
    kept["overrides"] += [
        one for one in _used(assessment, passed, today) if one["override"] not in used
    ]


def _lock_waiting(assessment, by):
    case, assessment = lock_assessment(assessment)
    if assessment.state != AssessmentState.WAITING:
        state = AssessmentState(assessment.state).title
        raise RuleBroken(f"This assessment is not waiting to be countersigned. It is at “{state}”.")
    if assessment.signed_by == by:
        raise RuleBroken(
            "You signed this assessment, so somebody else countersigns it: another senior probation "
            "officer or the head of service."
        )
    return case, assessment


@transaction.atomic
def return_assessment(*, assessment, question, note, by, today, now):
    """Give it back to whoever signed it: which question, and what is missing. Returns what was given back."""
    case, assessment = _lock_waiting(assessment, by)
    if not is_a_question(question):
        raise RuleBroken("Choose the question that is to be put right.")
    if not note.strip():
        raise RuleBroken("Say what is missing, so that the officer can put it right.")
    returned = AssessmentReturn.objects.create(
        assessment=assessment, question=question, note=note.strip()[:LONGEST_NOTE], at=now, by=by
    )
    signed_by = assessment.signed_by
    assessment.state, assessment.countersign_because = AssessmentState.DRAFT, ""
    assessment.signed_at = assessment.signed_by = None
    assessment.save()
    meet_deadline(case=case, kind=COUNTERSIGN, by=by, today=today)
    open_deadline(
        case=case,
        kind=PUT_RIGHT,
        triggered_on=today,
        why=f"Returned by {by.name} on {say_date(today)}",
        by=by,
        today=today,
    )
    record(by=by, action="returned_assessment", crn=case.crn, assessment=assessment.pk, question=question)  # fmt: skip
    told = {one.pk: one for one in [signed_by, *owner_and_cover(case, today)] if one != by}
    tell(
        case=case,
        users=[told[pk] for pk in sorted(told)],
        text=f"The assessment of {case.crn} was returned. Put it right and sign it again.",
        href=reverse("assess", args=[case.crn]),
        now=now,
    )
    return returned


def _complete(assessment, passed, *, by, today, now):
    """It is in force: the earlier one is replaced, and what was raised before it was signed is answered.

    `passed`: what is missing and an override lets pass, which stays to be closed.
    """
    case = assessment.case
    case.assessments.in_force().update(state=AssessmentState.REPLACED)
    assessment.state, assessment.completed_on = AssessmentState.SIGNED, today
    assessment.harm = overall_harm(assessment.answers)
    assessment.save()
    still = [one.key for one in passed]
    settle_overrides(case=case, open_keys=still, act=Act.ASSESSMENT, by=by, today=today)
    resolve_raises(case_ids=[case.pk], today=today, now=now)
    facts_changed(case_ids=[case.pk], now=now)
    record(by=by, action="completed_assessment", crn=case.crn, assessment=assessment.pk)
    return assessment
