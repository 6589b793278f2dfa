"""An officer's judgement that a case is, or is not, complex; and the senior officer's decision on it.

Source: product rules, GRID, judgement: raising holds at once, lowering waits for an SPO, and nobody
decides their own.
"""

from django.db import transaction

from cases.models import Case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.facts import facts_changed
from grid.models import Judgement
from grid.queries.facts import facts_of
from grid.rules.judgement import holds_until, lowers, why_not_judge
from grid.rules.placement import place
from grid.services.placement import place_person
from grid.services.policy import grid_policy
from staff.audit import record
from staff.errors import RuleBroken

ANSWERS = {
    "linked_to_harm": "Say whether it is linked to risk of serious harm, and how.",
    "being_managed": "Say whether it is being managed, and by whom.",
    "effect_of_contact": "Say what more contact would do to this person.",
}


@transaction.atomic
def judge(*, case, complex, linked_to_harm, being_managed, effect_of_contact, by, today, now):
    """Judge the case. It holds at once unless it lowers what an earlier judgement raised."""
    answers = {
        "linked_to_harm": linked_to_harm.strip(),
        "being_managed": being_managed.strip(),
        "effect_of_contact": effect_of_contact.strip(),
    }
    for name, ask in ANSWERS.items():
        if not answers[name]:
            raise RuleBroken(ask)
    case = Case.objects.select_for_update().get(pk=case.pk)
    policy = grid_policy(today)
    outcome = place(facts_of(case, today), policy)
    if refusal := why_not_judge(outcome, complex):
        raise RuleBroken(refusal)
    waits = lowers(outcome, complex)
    if waits and case.judgements.awaiting().exists():
        raise RuleBroken("A request to lower this placement is already waiting for an SPO.")
    if not waits:
        _end_what_holds(case)
    judgement = Judgement.objects.create(
        case=case,
        complex=complex,
        state=Judgement.State.ASKED if waits else Judgement.State.IN_FORCE,
        made_by=by,
        made_on=today,
        until_on=holds_until(today, policy),
        **answers,
    )
    record(by=by, action="judged_placement", crn=case.crn, complex=complex, waits=waits)
    if waits:
        why = f"{by.name} asks to lower the placement"
        open_deadline(
            case=case, kind="decide_lowering", triggered_on=today, why=why, by=by, today=today
        )
    else:
        _place_again(case, by=by, today=today, now=now)
    return judgement


@transaction.atomic
def decide_lowering(*, judgement, approve, note, by, today, now):
    """Approve or refuse a request to lower a placement. Refusing needs a note."""
    case = Case.objects.select_for_update().get(pk=judgement.case_id)
    judgement = Judgement.objects.get(pk=judgement.pk)
    if judgement.state != Judgement.State.ASKED:
        raise RuleBroken("This request has been decided already.")
    if judgement.made_by_id == by.pk:
        raise RuleBroken("Nobody decides their own request. Ask another senior probation officer.")
    if not approve and not note.strip():
        raise RuleBroken("Say why you refuse, so that the officer knows what to do.")
    policy = grid_policy(today)
    if approve:
        if refusal := why_not_judge(place(facts_of(case, today), policy), complex=False):
            raise RuleBroken(refusal)
        _end_what_holds(case)
        judgement.until_on = holds_until(today, policy)
    judgement.state = Judgement.State.IN_FORCE if approve else Judgement.State.REFUSED
    judgement.decided_by, judgement.decided_on = by, today
    judgement.decision_note = note.strip()
    judgement.save()
    record(by=by, action="decided_lowering", crn=case.crn, approved=approve)
    meet_deadline(case=case, kind="decide_lowering", by=by, today=today)
    if approve:
        _place_again(case, by=by, today=today, now=now)
    return judgement


def _place_again(case, *, by, today, now):
    facts_changed(case_ids=[case.pk], now=now)
    place_person(case=case, by=by, today=today)


def _end_what_holds(case):
    case.judgements.filter(state=Judgement.State.IN_FORCE).update(state=Judgement.State.ENDED)
