"""A case whose assessment calls for a plan, and a plan of it with nothing left to do."""

from datetime import timedelta

from cases.reference.plans import Actor, Nature, Route
from cases.rules.plan_steps import StepGiven
from cases.services.agreement import record_agreement
from cases.services.objectives import save_objective
from cases.services.planning import answer_plan, save_contingency, save_deliveries
from cases.services.plans import begin_plan, sign_plan
from staff.rules.merging import marks
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    CaseFactory,
    PotentialVictimFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    StandingFactory,
)

ASSESSED = {  # alcohol is of high priority, and a known adult at medium risk
    "alcohol.harm": "yes",
    "harm.known_adult.level": "RMRH",
    "harm.public.level": "RLRH",
}
ANSWERS = {
    "contact.level": "weekly",
    "home_visits.answer": "yes",
    "children.answer": "no",
    "children.sources": ["social_care"],
    "domestic_abuse.answer": "yes",
    "person.words": "I want to see my boy.",
}
CONTINGENCY = {
    "what_if": "If he goes back to the house",
    "then": "Ring the police and her support worker",
    "by_whom": "Whoever hears of it",
    "by_when": "At once",
    "sharing": "no",
}
DELIVERY = {
    "route": Route.ONE_TO_ONE,
    "how": "Six sessions on drinking and what it leads to",
    "arranged_on": TODAY.isoformat(),
    "sharing": "yes",
}


def assessed_case(**columns):
    """With a requirement, a signed assessment, and one person who could be hurt by name."""
    case = CaseFactory(**columns)
    StandingFactory(case=case, contact_level="weekly")
    RequirementFactory(sentence=SentenceFactory(case=case))
    AssessmentFactory(case=case, signed=True, answers=ASSESSED)
    person = RelatedPersonFactory(
        case=case, kind="partner", name="Dana Quill", protected=True, victim=True
    )
    PotentialVictimFactory(person=person)
    return case


def step(today=TODAY, **given):
    known = {
        "what": "Keep a drink diary",
        "by_on": today + timedelta(days=28),
        "actor": Actor.PERSON,
    }
    return StepGiven(**known | given)


def objective(plan, *, by=None, today=TODAY, **given):
    """An objective about drinking and the risk to a known adult, with a step that protects whoever is named."""
    victim = plan.case.potential_victims.current().first()
    protects = {"nature": Nature.RESTRICTIVE, "protects": victim.pk} if victim else {}
    known = {
        "what": "Drink less, and not at home.",
        "area": "alcohol",
        "about": ["harm:known_adult"],
        "sharing": "yes",
        "steps": [step(today), step(today, what="Stay away from her street", **protects)],
        "seen": {},
    }
    return save_objective(plan=plan, by=by or plan.case.officer, today=today, **known | given)


def answer(plan, today=TODAY, **given):
    plan.refresh_from_db()
    return answer_plan(
        plan=plan,
        given=given,
        seen=marks(plan.answers, given),
        by=plan.case.officer,
        today=today,
    )


def ready_plan(case, today=TODAY):
    """Being written, with no gate shut and no warning."""
    by = case.officer
    plan = begin_plan(case=case, by=by, today=today)
    objective(plan, today=today)
    save_contingency(plan=plan, given=CONTINGENCY, seen={}, by=by, today=today)
    answer(plan, today=today, **ANSWERS)
    for one in plan.deliveries.all():
        key = f"requirement:{one.requirement_id}"
        stood = {"route": "none", "how": "", "arranged_on": None, "sharing": "yes"}
        save_deliveries(
            plan=plan,
            given={key: DELIVERY},
            seen=marks({key: stood}, [key]),
            by=by,
            today=today,
        )
    return agree(plan, today)


def agree(plan, today=TODAY):
    """They agree with it as it stands."""
    by = plan.case.officer
    record_agreement(plan=plan, agreed="yes", because="", on=today, by=by, today=today)
    plan.refresh_from_db()
    return plan


def signed_plan(case, today=TODAY, now=NOW):
    plan = ready_plan(case, today)
    return sign_plan(plan=plan, explained={}, by=case.officer, today=today, now=now)
