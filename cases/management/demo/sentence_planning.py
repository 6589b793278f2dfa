"""Plans sentence plans: what an assessment calls for, answered where the plan is signed, left out where it is not.

Source: HMIP Thames Valley CRC 2018, 2.2 (57% of plans sufficient in keeping people safe; objectives, contingency
and those at risk left out of the rest).
"""

from datetime import timedelta
from random import Random

from cases.management.demo import plan_gaps
from cases.management.demo import plan_words as words
from cases.management.demo.assess_plans import (
    PlannedContingency,
    PlannedDelivery,
    PlannedObjective,
    PlannedSentencePlan,
    PlannedStep,
)
from cases.management.demo.loop_plans import Owed
from cases.management.demo.past import past_of
from cases.rules.calendar import add_working_days
from staff.rules.dates import say_date

WITH_PLAN = {"signed": 0.88, "draft": 0.2}  # of those with an assessment signed, and in draft
SIGNED = 0.605  # of those that may be, so that 57% of all plans are
DONE_IN_TIME, DONE_LATE = 0.94, 0.4
NOT_ARRANGED = 0.12
AGREED = {"yes": 78, "no": 12, "could_not": 10}
# How often each group of the GRID is seen; anybody outside it weekly
CONTACT = {
    "L0": "monthly", "L50": "monthly", "L75": "fortnightly", "L90": "eased",
    "LC0": "fortnightly", "LC50": "fortnightly", "LC75": "eased", "LC90": "weekly",
    "M0": "fortnightly", "M50": "fortnightly", "M75": "weekly", "M90": "weekly",
    "MC0": "eased", "MC50": "weekly", "MC75": "weekly", "MC90": "front_loaded",
}  # fmt: skip
LEVELS = ("monthly", "fortnightly", "eased", "weekly", "front_loaded")  # the later, the oftener
BELOW = 0.18
HARM_WORDS = {"children": "children", "public": "the public", "known_adult": "a partner or other adult", "staff": "staff", "prisoners": "prisoners"}  # fmt: skip
MEDIUM_OR_MORE = ("RMRH", "RHRH", "RVHR")
UNEXPLAINED = "Talked over with the senior, and to be arranged at the next appointment."
PLAN_DAYS = 15  # working days from the first appointment attended


def plan_sentence_plan(plan, today):
    """The plan that there is of it; and the clock on making one."""
    assessment = plan.assessments[0] if plan.assessments else None
    if assessment:
        kind = "signed" if assessment.state == "signed" else "draft"
        wanted = plan.told.planned if plan.told else plan.rng.random() < WITH_PLAN[kind]
        if wanted:
            plan.sentence_plans.append(_made(plan, assessment, today))


def owe_plan(plan):
    """From the first appointment they attended in the community, until a plan is signed."""
    inside = plan.order is None or plan.order.kind in {"custody", "recalled"}
    attended = [on for on in plan.attended if on >= plan.arrived_on]
    if not plan.ours or inside or not attended:
        return
    first = min(attended)
    since = max(filter(None, (first, plan.taken_up_on)))
    why = f"First appointment attended since the sentence began, {say_date(first)}"
    owed = Owed("make_plan", since, add_working_days(since, PLAN_DAYS), why)
    owed.met_on = next((one.signed_on for one in plan.sentence_plans if one.signed_on), None)
    plan.owed.append(owed)


def _made(plan, assessment, today):
    rng = plan.rng
    rests_on = assessment.completed_on
    begun_on = rests_on or max(assessment.begun_on, plan.arrived_on)
    begun_on = min(today, begun_on + timedelta(days=0 if plan.told else rng.randint(0, 6)))
    one = PlannedSentencePlan("draft", begun_on)
    answers = assessment.answers if rests_on else {}
    _write(plan, one, answers, today)
    signed_on = add_working_days(begun_on, 0 if plan.told else rng.randint(0, 6))
    signed = plan.told.planned == "signed" if plan.told else rng.random() < SIGNED
    if rests_on and signed_on <= today and signed:
        _sign(plan, one, signed_on, today)
        return one
    _agree(plan, one, today, of_ten=4)
    if not rests_on:
        one.gaps.append("assessment")
    left = rng.choices(
        list(plan_gaps.LEAVES), list(plan_gaps.LEAVES.values()), k=rng.choice((1, 2, 2, 3))
    )
    for what in plan.told.plan_leaves if plan.told else sorted(set(left)):
        plan_gaps.LEAVE[what](plan, one)
    return one


def _write(plan, one, answers, today):
    """A whole plan: every priority and every risk has its objective, everybody at risk a step."""
    for area in plan_gaps.priorities(answers):
        one.objectives.append(_objective(plan, one, area))
    groups = [group for group in HARM_WORDS if answers.get(f"harm.{group}.level") in MEDIUM_OR_MORE]
    if groups or plan.victims:
        one.objectives.append(_harm(plan, one, groups))
    if not one.objectives:
        area = plan.rng.choice(list(words.OBJECTIVES))
        one.objectives.append(_objective(plan, one, area))
    said = plan.rng.sample(words.IFS, 2 if groups else 1)
    one.contingencies = [PlannedContingency(*each) for each in said]
    _deliver(plan, one)
    _answer(plan, one)


def _objective(plan, one, area):
    what, steps = words.OBJECTIVES[area]
    made = [_step(one, *step, sharing="yes") for step in steps]
    return PlannedObjective(area, what, [f"need:{area}"], steps=made)


def _step(one, what, by_whom, actor, nature, days, *, protects=None, sharing="no"):
    by_on = one.begun_on + timedelta(days=days)
    return PlannedStep(what, by_whom, by_on, actor, nature, protects, sharing)


def _harm(plan, one, groups):
    who = ", ".join(HARM_WORDS[group] for group in groups) or "whoever is named"
    found = PlannedObjective(
        "", words.PROTECTS.format(who=who), [f"harm:{each}" for each in groups], "no"
    )
    found.steps.append(_step(one, *plan.rng.choice(words.RESTRICTS)))
    for victim in plan.victims:
        what, *rest = words.VICTIM[2 if victim.group == "children" else plan.rng.randint(0, 1)]
        what = what.format(name=victim.person.name)
        found.steps.append(_step(one, what, *rest, protects=victim))
    return found


def _deliver(plan, one):
    for main, requirement_id in plan.requirements.items():
        route, how = plan.rng.choice(words.DELIVERIES[main])
        one.deliveries.append(PlannedDelivery(route, how, requirement_id=requirement_id))
    for condition_id in plan.conditions:
        one.deliveries.append(PlannedDelivery(*words.CONDITION, condition_id=condition_id))
    for each in one.deliveries:
        if plan.rng.random() < NOT_ARRANGED:
            kind = "requirement" if each.requirement_id else "condition"
            one.warnings.append(f"arranged:{kind}:{each.requirement_id or each.condition_id}")
        else:
            each.arranged_on = one.begun_on + timedelta(days=plan.rng.randint(3, 20))


def _answer(plan, one):
    rng = plan.rng
    abuse = plan.domestic or plan.domestic_victim
    abuse = abuse or any(each.behaviour == "domestic_abuse" for each in past_of(plan))
    visited = "yes" if rng.random() < 0.8 else "no"
    one.answers = {
        **_contact_below(plan, one),
        "home_visits.answer": visited,
        "home_visits.because": words.HOME_VISITS[visited],
        "person.words": rng.choice(words.OWN_WORDS),
        "person.adjustments": rng.choice(words.ADJUSTMENTS),
    }
    one.answers |= _family(plan, "children", bool(plan.children or plan.child_concern))
    one.answers |= _family(plan, "domestic_abuse", abuse)


def _contact_below(plan, one):
    """Some are to be seen less often than their group asks, half of them for a reason that is given."""
    level, own = _contact(plan), Random(f"contact {plan.crn} {plan.surname}")
    if plan.told or plan.raises or plan.place != "group" or own.random() >= BELOW:
        return {"contact.level": level}
    lower = LEVELS[max(0, LEVELS.index(level) - 1)]
    if lower == level:
        return {"contact.level": level}
    one.warnings.append("contact")
    reason = {"contact.because": own.choice(words.SEEN_LESS)} if own.random() < 0.5 else {}
    return {"contact.level": lower, **reason}


def _contact(plan):
    """How often they are seen: no less than their group of the GRID, or than was raised."""
    raised = any(one.kind == "contact" for one in plan.raises)
    level = CONTACT.get(plan.group, "weekly") if plan.place == "group" else "weekly"
    return "weekly" if raised and level != "front_loaded" else level


def _family(plan, subject, there):
    """Yes or no with its source; or not known, with what was done about it."""
    rng = plan.rng
    answer = {
        f"{subject}.answer": "yes" if there else "no",
        f"{subject}.sources": ["person", "police"],
    }
    if there:
        answer[f"{subject}.details"] = rng.choice(words.DETAILS[subject])
    elif rng.random() < 0.15:
        answer = {f"{subject}.answer": "unknown", f"{subject}.asked": rng.choice(words.ASKED)}
    return answer


# Signed


def _sign(plan, one, signed_on, today):
    one.state, one.signed_on = "signed", signed_on
    _agree(plan, one, signed_on, of_ten=10)
    one.evidence = {
        "rules": "1",
        "assessment": plan.assessments[0].id,
        "warnings": dict.fromkeys(one.warnings, UNEXPLAINED),
        "overridden": [],
    }
    for objective in one.objectives:
        for step in objective.steps:
            _come_to(plan, one, step, today)


def _come_to(plan, one, step, today):
    rng, made_on = plan.rng, one.begun_on
    late = step.by_on < today
    done = rng.random() < (DONE_IN_TIME if late else DONE_LATE / 2)
    if done or (plan.told and plan.told.life):
        step.done_on = min(
            today, made_on + timedelta(days=rng.randint(1, max(1, (step.by_on - made_on).days)))
        )
        step.done_note = rng.choice(words.DONE)
    why = f"In the plan since {say_date(made_on)}, by {step.by_whom}"
    step.owed.append(Owed("plan_action", made_on, step.by_on, why, step.done_on))


def _agree(plan, one, on, *, of_ten):
    rng = plan.rng
    if rng.random() * 10 >= of_ten:
        one.warnings.append("agreement")
        return
    one.agreed = (
        plan.told.agreed if plan.told else rng.choices(list(AGREED), list(AGREED.values()))[0]
    )
    one.agreed_on = max(one.begun_on, on)
    reasons = {"no": words.NOT_AGREED, "could_not": words.COULD_NOT_ANSWER}
    if one.agreed in reasons:
        one.agreed_because = rng.choice(reasons[one.agreed])
