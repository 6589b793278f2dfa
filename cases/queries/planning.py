"""What decides whether plans may be signed, for many plans at once in a fixed number of statements.

Source: product rules, gates ("Sign a plan"); `cases.rules.planning` says what it comes to.
"""

from collections import Counter, defaultdict

from django.db.models import Exists, OuterRef, Q

from cases.models import (
    Assessment,
    Case,
    Contingency,
    Delivery,
    Enquiry,
    LicenceCondition,
    Objective,
    PlanAction,
    PotentialVictim,
    Registration,
    RelatedPerson,
    Requirement,
    RouteDecision,
    Sentence,
)
from cases.queries.enquiries import CONCERNS
from cases.queries.sentences import requirement_name
from cases.reference.checks import SubjectKind
from cases.reference.codes import ROSH_ORDER, Rosh
from cases.reference.harm import HarmGroup
from cases.reference.plan_questions import ABOUT_FAMILY
from cases.reference.questions import of_group
from cases.rules.enquiries import Concern
from cases.rules.needs import priorities
from cases.rules.planning_facts import (
    ObjectiveKnown,
    Ordered,
    PlanFacts,
    StepKnown,
    Victim,
    needs_delivery,
)
from cases.rules.words import within_a_sentence


def planning_facts(plans, today):
    """{key of a plan: PlanFacts}, in eleven statements."""
    keys, cases = [one.pk for one in plans], sorted({one.case_id for one in plans})
    assessed = dict(
        Assessment.objects.in_force().filter(case__in=cases).values_list("case", "answers")
    )
    stands = _stands(cases)
    victims, open_enquiries = _victims(cases), _open_enquiries(cases)
    objectives, contingencies = _objectives(keys), _contingencies(keys)
    ordered = _ordered(plans, cases, today)
    return {
        plan.pk: PlanFacts(
            assessed=plan.case_id in assessed,
            priorities=tuple(priorities(assessed.get(plan.case_id, {}))),
            risks=risks_of(assessed.get(plan.case_id, {})),
            victims=tuple(victims[plan.case_id]),
            objectives=tuple(objectives[plan.pk]),
            contingencies=contingencies[plan.pk],
            ordered=tuple(ordered[plan.pk]),
            answers=plan.answers,
            open_enquiries=frozenset(open_enquiries[plan.case_id]),
            contact_level=stands[plan.case_id][0],
            concern=stands[plan.case_id][1],
            agreed=plan.agreed,
            on_record=stands[plan.case_id][2],
        )
        for plan in plans
    }


def _stands(cases):
    """{case: (contact level of the GRID, whether there is a concern, what the record tells of the family)}"""
    abuse = _registered(Concern.DOMESTIC_ABUSE)
    child = RelatedPerson.objects.filter(case=OuterRef("pk"), kind=SubjectKind.CHILD, to_on=None)
    rows = Case.objects.filter(pk__in=cases).annotate(
        domestic_abuse=Exists(abuse),
        children=Exists(_registered(Concern.CHILD)) | Exists(child),
    )
    known = "pk", "standing__contact_level", "standing__concern", *ABOUT_FAMILY
    return {
        case: (level or "", bool(concern), _told_of(told))
        for case, level, concern, *told in rows.values_list(*known)
    }


def _registered(concern):
    codes = [code for code, about in CONCERNS.items() if about == concern]
    return Registration.objects.current().filter(case=OuterRef("pk"), type_code__in=codes)


def _told_of(told):
    return frozenset(subject for subject, there in zip(ABOUT_FAMILY, told, strict=True) if there)


def risks_of(answers):
    """The groups that the assessment says are at medium risk of serious harm or above."""
    medium = ROSH_ORDER[Rosh.MEDIUM]
    return tuple(
        group
        for group in HarmGroup
        if ROSH_ORDER.get(answers.get(of_group(group, "level")), 0) >= medium
    )


def ordered_of(cases, today):
    """{case: its requirements and conditions in force that need something done}. Three statements.

    Each is a row of the database: a Requirement or a LicenceCondition.
    """
    current = Sentence.objects.current().filter(case__in=cases)
    sentences = dict(current.values_list("pk", "case"))
    found: dict[int, list[Requirement | LicenceCondition]] = defaultdict(list)
    requirements = Requirement.objects.filter(
        sentence__in=sentences, active=True, terminated_on=None
    )
    for requirement in requirements.order_by("pk"):
        found[sentences[requirement.sentence_id]].append(requirement)
    in_force = Q(to_on=None) | Q(to_on__gte=today)
    conditions = LicenceCondition.objects.filter(in_force, sentence__in=sentences)
    for condition in conditions.order_by("from_on", "pk"):
        if needs_delivery(condition.category):
            found[sentences[condition.sentence_id]].append(condition)
    return found


def key_of(one):
    """What a requirement or a condition is called in facts, forms and gaps."""
    return f"{'requirement' if isinstance(one, Requirement) else 'condition'}:{one.pk}"


def name_of(one):
    """What staff call it."""
    if isinstance(one, Requirement):
        return requirement_name(one)
    return f"Licence: {within_a_sentence(one.category)}"


def _ordered(plans, cases, today):
    things = ordered_of(cases, today)
    delivered = {}
    for one in Delivery.objects.filter(plan__in=[plan.pk for plan in plans]):
        delivered[one.plan_id, one.requirement_id, one.condition_id] = one
    decided = {}
    decisions = RouteDecision.objects.filter(case__in=cases, requirement__isnull=False)
    for decision in decisions.order_by("decided_on", "pk"):
        decided[decision.requirement_id] = decision
    found = defaultdict(list)
    for plan in plans:
        for one in things[plan.case_id]:
            found[plan.pk].append(_known(plan, one, delivered, decided))
    return found


def _known(plan, one, delivered, decided):
    requirement = isinstance(one, Requirement)
    slot = (plan.pk, one.pk, None) if requirement else (plan.pk, None, one.pk)
    delivery, decision = delivered.get(slot), decided.get(one.pk) if requirement else None
    return Ordered(
        key=key_of(one),
        name=name_of(one),
        route=delivery.route if delivery else None,
        arranged_on=delivery.arranged_on if delivery else None,
        replacement=decision.replacement if decision else "",
        taken_away=decision is not None,
        booked=bool(decision and decision.booked_at),
    )


def _victims(cases):
    found = defaultdict(list)
    rows = PotentialVictim.objects.current().filter(case__in=cases).order_by("pk")
    for case, pk, name in rows.values_list("case", "pk", "person__name"):
        found[case].append(Victim(pk, name))
    return found


def _open_enquiries(cases):
    found = defaultdict(set)
    for case, pk in Enquiry.objects.unfinished().filter(case__in=cases).values_list("case", "pk"):
        found[case].add(pk)
    return found


def _objectives(plans):
    steps, found = defaultdict(list), defaultdict(list)
    rows = PlanAction.objects.filter(objective__plan__in=plans, dropped_on=None)
    for objective, nature, protects in rows.values_list("objective", "nature", "protects"):
        steps[objective].append(StepKnown(nature, protects))
    objectives = Objective.objects.filter(plan__in=plans).order_by("place", "pk")
    for pk, plan, about in objectives.values_list("pk", "plan", "about"):
        found[plan].append(ObjectiveKnown(frozenset(about), tuple(steps[pk])))
    return found


def _contingencies(plans):
    return Counter(Contingency.objects.filter(plan__in=plans).values_list("plan", flat=True))
