"""Beginning a sentence plan, giving one up, and signing one. Writing it is in `cases.services.planning`.

Source: product rules, gates ("Sign a plan") and evidence; supervision reference 4.3.
"""

from django.db import transaction

from cases.models import Case, Contingency, Delivery, Plan, PlanAction
from cases.queries.overrides import overrides_used
from cases.queries.plan_words import digest
from cases.queries.planning import ordered_of, planning_facts
from cases.reference.overrides import Act
from cases.reference.plan_questions import PLAN_QUESTIONS
from cases.reference.plans import PLAN_MAY_BECOME, PlanState, Route
from cases.rules.gaps import gates, warnings
from cases.rules.planning import VERSION, to_do
from cases.rules.signing import check_explained, check_read
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline, open_deadline
from cases.services.overrides import settle_overrides
from cases.services.passing import pass_gates
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.dates import say_date

OWES = "make_plan"
NOT_WRITTEN_NOW = {
    PlanState.SIGNED: "This plan is signed. Begin a new one to say something else.",
    PlanState.REPLACED: "This plan was replaced by a later one.",
    PlanState.DROPPED: "This plan was given up. Begin a new one.",
}
LONGEST_WHY = 150  # letters of who does a step that its deadline repeats


@transaction.atomic
def begin_plan(*, case, by, today):
    """Begin the plan, from what the one in force still has to do; or give the one being written.

    What is brought over is marked until somebody confirms it.
    """
    case = lock_case(case)
    check_ours(case)
    writing = case.plans.unfinished().first()
    if writing:
        return writing
    former = case.plans.in_force().first()
    carried = {
        code: words
        for code, words in (former.answers if former else {}).items()
        if PLAN_QUESTIONS[code].carries
    }
    plan = Plan.objects.create(
        case=case,
        assessment=case.assessments.in_force().first(),
        follows=former,
        answers=carried,
        carried=sorted(carried),
        begun_on=today,
        begun_by=by,
    )
    if former:
        _bring_over(former, plan)
    _lay_out_deliveries(plan, former, today)
    record(by=by, action="began_plan", crn=case.crn, plan=plan.pk)
    return plan


def _bring_over(former, plan):
    """Objectives with something still to do, their undone steps, and the contingencies."""
    undone = PlanAction.objects.undone().filter(objective__plan=former).order_by("pk")
    steps: dict[int, list[PlanAction]] = {}
    for step in undone:
        steps.setdefault(step.objective_id, []).append(step)
    for objective in former.objectives.filter(pk__in=steps).order_by("place", "pk"):
        theirs = steps[objective.pk]
        objective.pk, objective._state.adding = None, True
        objective.plan, objective.carried = plan, True
        objective.save(force_insert=True)
        for step in theirs:
            step.pk, step._state.adding = None, True
            step.objective, step.in_draft = objective, True
        PlanAction.objects.bulk_create(theirs)
    Contingency.objects.bulk_create(
        Contingency(
            plan=plan,
            what_if=one.what_if,
            then=one.then,
            by_whom=one.by_whom,
            by_when=one.by_when,
            sharing=one.sharing,
            carried=True,
        )
        for one in former.contingencies.order_by("pk")
    )


def _lay_out_deliveries(plan, former, today):
    """One for each requirement and condition that needs something done, as it stood in the former."""
    said = {}
    if former:
        said = {(one.requirement_id, one.condition_id): one for one in former.deliveries.all()}
    rows = []
    for thing in ordered_of([plan.case_id], today)[plan.case_id]:
        slot = slot_of(thing)
        stood = said.get((slot.get("requirement_id"), slot.get("condition_id")))
        rows.append(
            Delivery(
                plan=plan,
                **slot,
                route=stood.route if stood else Route.NONE,
                how=stood.how if stood else "",
                arranged_on=stood.arranged_on if stood else None,
            )
        )
    Delivery.objects.bulk_create(rows)


def slot_of(thing):
    """Which column of a delivery holds this requirement or condition."""
    column = "condition_id" if hasattr(thing, "category") else "requirement_id"
    return {column: thing.pk}


@transaction.atomic
def sign_plan(*, plan, explained, by, today, now, read=""):
    """Sign the plan and put it in force. `explained`: {key of a warning: one sentence about it}.
    `read`: the mark of what the signer read (`cases.queries.plan_words.digest`).

    Refused while a gate is shut that no override in force opens. The plan before it is replaced; what
    was undone of it is owed no more, and each step of this one is, by its day.
    """
    case = lock_case(plan.case)
    plan = written(plan, case)
    check_ours(case)
    check_read(read, digest(plan), "plan")
    facts = planning_facts([plan], today)[plan.pk]
    found = to_do(facts)
    passed = pass_gates(found, plan=plan, signer=by, today=today)
    said = check_explained(warnings(found), explained)
    former = case.plans.in_force().first()
    if former:
        _replace(former, by=by, today=today)
    _move(plan, PlanState.SIGNED)
    plan.assessment = case.assessments.in_force().first()
    plan.follows, plan.signed_at, plan.signed_by = former, now, by
    plan.evidence = _evidence(plan, facts, passed, said, today)
    plan.save()
    _start_steps(plan, by=by, today=today)
    meet_deadline(case=case, kind=OWES, by=by, today=today)
    still = frozenset(one.key for one in passed)
    settle_overrides(case=case, open_keys=still, act=Act.PLAN, by=by, today=today)
    record(by=by, action="signed_plan", crn=case.crn, plan=plan.pk, overridden=sorted(still))
    return plan


def _evidence(plan, facts, passed, said, today):
    """What it rested on. Names are not in it: keys lead to them."""
    return {
        "rules": VERSION,
        "assessment": plan.assessment_id,
        "priorities": [str(one) for one in facts.priorities],
        "risks": [str(one) for one in facts.risks],
        "victims": [one.id for one in facts.victims],
        "contact_level": str(facts.contact_level),
        "ordered": {one.key: str(one.route or "") for one in facts.ordered},
        "warnings": said,
        "overridden": overrides_used(plan=plan, keys=[one.key for one in passed], today=today),
    }


def _replace(former, *, by, today):
    _move(former, PlanState.REPLACED)
    former.save(update_fields=["state"])
    for step in PlanAction.objects.undone().filter(objective__plan=former).order_by("pk"):
        drop_step(step, "A later plan took its place.", by=by, today=today)


def drop_step(step, because, *, by, today):
    """Give a step up, and stop its clock. The caller holds the case."""
    step.dropped_on, step.dropped_because = today, because
    step.save(update_fields=["dropped_on", "dropped_because"])
    meet_deadline(case=step.case, kind="plan_action", by=by, today=today, void=True, action=step)


def _start_steps(plan, *, by, today):
    """Each step counts from now, and is owed by its day."""
    steps = PlanAction.objects.filter(objective__plan=plan, in_draft=True).order_by("pk")
    starting = list(steps.select_related("case"))
    steps.update(in_draft=False)
    for step in starting:
        if step.done_on is None and step.dropped_on is None:
            open_deadline(
                case=step.case,
                kind="plan_action",
                triggered_on=step.made_on,
                why=f"In the plan since {say_date(step.made_on)}, by {step.by_whom[:LONGEST_WHY]}",
                by=by,
                today=today,
                due_on=step.by_on,
                action=step,
            )


@transaction.atomic
def drop_plan(*, plan, by, today):
    """Give up the plan being written. The one in force stays, and what had joined this one stands alone."""
    case = lock_case(plan.case)
    plan = written(plan, case)
    _move(plan, PlanState.DROPPED)
    plan.save(update_fields=["state"])
    PlanAction.objects.filter(objective__plan=plan, in_draft=False).update(objective=None)
    stands = case.plans.in_force().first()
    found = to_do(planning_facts([stands], today)[stands.pk]) if stands else []
    still = frozenset(one.key for one in gates(found))
    settle_overrides(case=case, open_keys=still, act=Act.PLAN, by=by, today=today)
    record(by=by, action="dropped_plan", crn=case.crn, plan=plan.pk)
    return plan


def written(plan, case):
    """The plan as it stands, refused unless it is still being written. The caller holds the case."""
    plan = Plan.objects.get(pk=plan.pk)
    plan.case = case
    if plan.state != PlanState.DRAFT:
        raise RuleBroken(NOT_WRITTEN_NOW[PlanState(plan.state)])
    return plan


def check_ours(case):
    if not Case.objects.ours().filter(pk=case.pk).exists():
        raise RuleBroken("This case is not supervised by us, so no plan of ours holds on it.")


def _move(plan, to):
    if to not in PLAN_MAY_BECOME[PlanState(plan.state)]:
        raise RuleBroken(
            f"A plan that is “{PlanState(plan.state).title}” cannot become “{to.title}”."
        )
    plan.state = to
