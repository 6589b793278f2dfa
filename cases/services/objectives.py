"""Objectives of a plan and their steps: writing them, taking one out, giving one up.

Source: supervision reference 4.3 (goals, steps, removal needs a note); product rules, gates.
"""

from dataclasses import asdict, replace

from django.db import transaction
from django.db.models import Max

from cases.models import Agency, Enquiry, Objective, Plan, PlanAction, PotentialVictim
from cases.queries.plan_words import objective_said
from cases.reference.checks import EnquiryState
from cases.reference.plans import PROTECTIVE, Actor, PlanState
from cases.rules.interim import says_nothing
from cases.rules.plan_steps import about_of, check_objective, check_step
from cases.services.agreement import agreed_no_more
from cases.services.checks import lock_case
from cases.services.plans import drop_step, written
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

GONE = (
    "Somebody has taken this objective out of the plan meanwhile. Add it again if it should stay."
)
ELSEWHERE = "A step names only agencies of the book, and people and enquiries of its own case."
COUNTS_ALREADY = "This step counts already, so it is not changed here. Say it is done, or take it out of this objective."
LEFT_ALONE = (
    "{} would be left with nothing that protects them. Begin a new plan that does, and sign it: it takes "
    "the place of this one."
)


@transaction.atomic
def save_objective(
    *,
    plan,
    what,
    area,
    about,
    sharing,
    steps,
    seen,
    by,
    today,
    objective=None,
    removed=(),
    adopt=(),
):
    """Put an objective with its steps (`StepGiven`) into the plan; what was changed of one that stands.

    `removed`: keys of steps taken out. `adopt`: keys of actions that stand alone and join it. Whatever
    the person agreed to before was another plan, so that they are asked again. Returns (objective, Merged).
    """
    case = lock_case(plan.case)
    plan = written(plan, case)
    objective, stood = _stands(plan, objective)
    stands = objective_said(objective, stood.values()) if objective else {}
    cleaned = [_step(one, case, stood, today) for one in steps]
    said = {"what": what.strip(), "area": area, "about": about_of(area, about), "sharing": sharing}
    known = dict(seen) if objective else {}  # nobody else can have changed what is only now added
    given = said | _steps_said(cleaned, removed)
    outcome = merged(marks({}, given) | known, given, stands)
    check_objective(what, True)
    objective = _change(objective, outcome, stood) if objective else _create(plan, said)
    fresh = _add_steps(cleaned, case, objective, by, today)
    _adopt(adopt, case, objective)
    check_objective(objective.what, objective.steps.filter(dropped_on=None).exists())
    if outcome.write or fresh or adopt:
        agreed_no_more(plan)
    record(by=by, action="saved_objective", crn=case.crn, plan=plan.pk, objective=objective.pk)
    return objective, outcome


@transaction.atomic
def remove_objective(*, objective, by, today):
    """Take an objective out of the plan being written. Actions that had joined it stand alone again."""
    case = lock_case(objective.plan.case)
    plan = written(objective.plan, case)
    objective, _ = _stands(plan, objective)
    key = objective.pk
    objective.steps.filter(in_draft=False).update(objective=None)
    objective.steps.all().delete()
    objective.delete()
    agreed_no_more(plan)
    record(by=by, action="removed_objective", crn=case.crn, plan=plan.pk, objective=key)


@transaction.atomic
def give_up_objective(*, objective, because, by, today):
    """Give up what is undone of an objective of the plan in force, and say why.

    Refused where it would leave somebody who is named with nothing that protects them.
    """
    case = lock_case(objective.plan.case)
    plan = Plan.objects.get(pk=objective.plan_id)
    if plan.state != PlanState.SIGNED:
        raise RuleBroken("Only an objective of the plan in force is given up.")
    if says_nothing(because):
        raise RuleBroken("Say why it is given up, so that the next plan can rest on it.")
    undone = PlanAction.objects.undone().filter(objective=objective)
    if not undone:
        raise RuleBroken("Nothing of this objective is still to be done.")
    _check_protected(plan, objective)
    for step in undone.order_by("pk"):
        drop_step(step, because.strip(), by=by, today=today)
    record(by=by, action="gave_up_objective", crn=case.crn, plan=plan.pk, objective=objective.pk)


def _stands(plan, objective):
    """The objective as it stands, and its steps by key."""
    if objective is None:
        return None, {}
    found = plan.objectives.filter(pk=objective.pk).first()
    if found is None:
        raise RuleBroken(GONE)
    steps = found.steps.filter(dropped_on=None).order_by("pk")
    return found, {one.pk: one for one in steps}


def _step(step, case, stood, today):
    row = stood.get(step.id)
    step = check_step(step, today, stood_by=row.by_on if row else None)
    named = (
        (step.agency, Agency.objects.all()),
        (step.protects, PotentialVictim.objects.filter(case=case)),
        (step.enquiry, Enquiry.objects.filter(case=case, state=EnquiryState.ANALYSED)),
    )
    if not all(key is None or rows.filter(pk=key).exists() for key, rows in named):
        raise RuleBroken(ELSEWHERE)
    if row and not row.in_draft:
        raise RuleBroken(COUNTS_ALREADY)
    return step if step.by_whom else replace(step, by_whom=_who(step))


def _who(step):
    """Whoever does it, where no name was given."""
    if step.agency:
        return Agency.objects.get(pk=step.agency).name
    return Actor(step.actor).title


def _steps_said(steps, removed):
    """{"step:12": what it says, or None where it is taken out} of those that stood."""
    said = {f"step:{one.id}": _as_said(one) for one in steps if one.id}
    return said | dict.fromkeys(f"step:{key}" for key in removed)


def _as_said(step):
    """A step as `cases.queries.plan_words` says the one that stands."""
    said = asdict(step) | {"by_on": step.by_on.isoformat()}
    said.pop("id")
    return said


def _create(plan, said):
    last = plan.objectives.aggregate(last=Max("place"))["last"]
    return Objective.objects.create(plan=plan, **said, place=0 if last is None else last + 1)


def _change(objective, outcome, stood):
    """What was written of the objective and of the steps that stood; what was taken out goes. Returns the objective."""
    for name, value in outcome.write.items():
        kind, _, key = name.partition(":")
        if not key:
            setattr(objective, kind, value)
            continue
        row = stood.get(int(key))
        if row is None:
            continue
        if value is None:
            _take_out(row)
        else:
            _put(row, value)
    objective.carried = objective.carried and bool(outcome.conflicts)
    objective.save()
    return objective


def _take_out(row):
    if row.in_draft:
        row.delete()
    else:
        row.objective = None
        row.save(update_fields=["objective"])


def _put(row, said):
    for name in ("agency", "protects", "enquiry"):
        setattr(row, f"{name}_id", said[name])
    for name in ("what", "actor", "by_whom", "by_on", "nature", "sharing"):
        setattr(row, name, said[name])
    row.save()


def _add_steps(cleaned, case, objective, by, today):
    """The steps that no plan had before. Returns how many there are."""
    fresh = [_row(one, case, objective, by, today) for one in cleaned if one.id is None]
    return len(PlanAction.objects.bulk_create(fresh))


def _row(step, case, objective, by, today):
    return PlanAction(
        case=case,
        objective=objective,
        in_draft=True,
        what=step.what,
        by_whom=step.by_whom,
        by_on=step.by_on,
        actor=step.actor,
        nature=step.nature,
        agency_id=step.agency,
        protects_id=step.protects,
        enquiry_id=step.enquiry,
        sharing=step.sharing,
        made_on=today,
        made_by=by,
    )


def _adopt(keys, case, objective):
    """Actions that were called for by what we learnt become steps; their clocks run on."""
    found = PlanAction.objects.undone().filter(case=case, objective=None, pk__in=keys)
    if found.count() != len(set(keys)):
        raise RuleBroken("One of the actions you chose is done, or in a plan already. Look again.")
    found.update(objective=objective)


def _check_protected(plan, objective):
    protective = PlanAction.objects.in_force().filter(
        objective__plan=plan, nature__in=sorted(PROTECTIVE), protects__isnull=False
    )
    kept = set(
        protective.exclude(objective=objective, done_on=None).values_list("protects", flat=True)
    )
    losing = PotentialVictim.objects.current().filter(
        pk__in=protective.filter(objective=objective, done_on=None).values("protects")
    )
    for victim in losing.exclude(pk__in=kept).select_related("person").order_by("pk")[:1]:
        raise RuleBroken(LEFT_ALONE.format(victim.person.name))
