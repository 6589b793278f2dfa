"""The plan being written: what is still to do, each with the field that mends it; and the way from a risk
to what is done about it.

Source: product rules, gates; ui, still to do.
"""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import PlanAction
from cases.queries.assessment_signing import gates_shown
from cases.queries.overrides import approved_gaps
from cases.queries.plan_names import ABOUT, KNOWN_ADULT
from cases.queries.planning import planning_facts
from cases.reference.overrides import Act
from cases.reference.plan_questions import PLAN_QUESTIONS
from cases.rules import gaps as weights
from cases.rules.answering import field_name
from cases.rules.gaps import Found
from cases.rules.planning import to_do
from cases.rules.planning_facts import PlanFacts, about_harm, about_need
from staff.kit import Gap, Link
from staff.permissions import Action

WRITTEN_BY = ("begun_by", "signed_by", "follows", "assessment")


@dataclass(frozen=True)
class PlanDesk:
    """What stands between the plan and its signature."""

    facts: PlanFacts
    found: list[Found]
    gaps: list[Gap]
    warnings: list[Gap]


@dataclass(frozen=True)
class Followed:
    """A risk or a need of high priority, and what is done about it. None: an orphan."""

    what: str
    objectives: list[str]
    next: Link | None


@dataclass(frozen=True)
class Trail:
    followed: list[Followed]
    orphans: list[str]  # actions in force that are about none of them


def plan_of(case):
    """The plan in force, or None."""
    return case.plans.in_force().select_related(*WRITTEN_BY).first()


def unfinished_plan(case):
    return case.plans.unfinished().select_related(*WRITTEN_BY).first()


def find_plan(case, pk):
    return case.plans.select_related(*WRITTEN_BY).filter(pk=pk).first()


def plan_desk(plan, names, today):
    facts = planning_facts([plan], today)[plan.pk]
    found = to_do(facts)
    return PlanDesk(
        facts=facts,
        found=found,
        gaps=[_gap(one, plan, names) for one in weights.gates(found)],
        warnings=[_gap(one, plan, names) for one in weights.warnings(found)],
    )


def gates_of_plan(plan, desk, may, today):
    """The gates that stand before this plan."""
    approved = approved_gaps(plan=plan, today=today)
    return gates_shown(desk, approved, Act.PLAN, plan.case.crn, may)


def _gap(one, plan, names):
    return Gap(names.text(one.sentence), where(one.question, plan.case.crn), one.rule_and_source)


def where(question, crn):
    """The page and the field that mend a gap, by its question."""
    kind, _, rest = question.partition(":")
    match kind:
        case "need" | "harm":
            query = {"about": question}
            return reverse("add-objective", args=[crn], query=query) + "#id_what"
        case "victim":
            query = {"about": KNOWN_ADULT, "protects": rest}
            return reverse("add-objective", args=[crn], query=query) + "#id_new-0-what"
        case "requirement" | "condition":
            field = f"#id_{field_name(question)}-route"
            return reverse("plan-requirements", args=[crn]) + field
        case "contingency":
            return reverse("add-contingency", args=[crn]) + "#id_what_if"
        case "agreement":
            return reverse("plan-agreement", args=[crn]) + "#id_agreed"
    if question in PLAN_QUESTIONS:
        part = PLAN_QUESTIONS[question].part
        return reverse("plan-part", args=[crn, part.value]) + f"#id_{field_name(question)}"
    return reverse("assessment", args=[crn])


def trail_of(plan, desk, names, may):
    """From each risk and high-priority need to its objectives; and what is done about none of them."""
    by_about: dict[str, list[str]] = {}
    objectives = list(plan.objectives.order_by("place", "pk"))
    for one in objectives:
        for code in one.about:
            by_about.setdefault(code, []).append(names.text(one.what))
    facts = desk.facts
    codes = [*map(about_harm, facts.risks), *map(about_need, facts.priorities)]
    writes = Action.WRITE_PLAN in may
    followed = [
        Followed(
            ABOUT[code],
            by_about.get(code, []),
            _mend(code, plan.case.crn) if writes and code not in by_about else None,
        )
        for code in codes
    ]
    about_nothing = [one for one in objectives if not set(one.about) & set(codes)]
    alone = PlanAction.objects.undone().filter(case=plan.case_id, objective=None)
    orphans = [names.text(one.what) for one in about_nothing]
    orphans += [names.text(one.what) for one in alone.order_by("by_on", "pk")]
    return Trail(followed, orphans)


def _mend(code, crn):
    return Link("Add an objective", where(code, crn), hidden=f"about {ABOUT[code]}")
