"""Writing a sentence plan, by two people at once if need be: nothing that either typed is overwritten.

Source: product rules, how it should feel (nothing typed is lost); supervision reference 4.3. Each takes
`seen`, the marks of what stood when its page was drawn (what is not in it was blank), and returns what came of it: what both changed
differently is named in `conflicts` and not written.
"""

from django.db import transaction

from cases.models import Delivery
from cases.queries.plan_words import CONTINGENCY, DELIVERY, said_of
from cases.queries.planning import key_of, name_of, ordered_of
from cases.reference.plan_questions import PLAN_QUESTIONS, PlanPart
from cases.rules.plan_answers import clean_answer
from cases.rules.plan_steps import check_contingency, check_delivery
from cases.services.agreement import agreed_no_more
from cases.services.checks import lock_case
from cases.services.plans import slot_of, written
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

GONE = "Somebody has taken this out of the plan meanwhile."


@transaction.atomic
def answer_plan(*, plan, given, seen, by, today):
    """Put answers that are said once a plan in place: {code: value}, blank for none.

    Whatever was brought over from the plan before and stands in what is sent is confirmed by it.
    """
    case = lock_case(plan.case)
    plan = written(plan, case)
    given = {code: _answer(code, value) for code, value in given.items()}
    outcome = merged(marks({}, given) | dict(seen), given, plan.answers)
    confirmed = set(plan.carried) & given.keys() - set(outcome.conflicts)
    if not outcome.write and not confirmed:
        return outcome
    answers = plan.answers | dict(outcome.write)
    plan.answers = {code: value for code, value in answers.items() if value not in (None, "", [])}
    plan.carried = sorted(set(plan.carried) - confirmed - set(outcome.write))
    plan.save(update_fields=["answers", "carried"])
    if any(PLAN_QUESTIONS[code].part == PlanPart.CONTACT for code in outcome.write):
        agreed_no_more(plan)
    record(by=by, action="answered_plan", crn=case.crn, plan=plan.pk, written=len(outcome.write))
    return outcome


def _answer(code, value):
    question = PLAN_QUESTIONS.get(code)
    if question is None:
        raise RuleBroken("This is not a question of a plan.")
    return clean_answer(question, value)


@transaction.atomic
def save_contingency(*, plan, given, seen, by, today, contingency=None):
    """Say what happens if: a new one, or what was changed of one that stands."""
    case = lock_case(plan.case)
    plan = written(plan, case)
    given = dict(given) | check_contingency(
        **{name: given[name] for name in ("what_if", "then", "by_whom", "by_when")}
    )
    if contingency is None:
        made = plan.contingencies.create(**given)
        record(by=by, action="added_contingency", crn=case.crn, plan=plan.pk, contingency=made.pk)
        return merged({}, {}, {})
    contingency = _still_there(plan.contingencies, contingency)
    outcome = merged(marks({}, given) | dict(seen), given, said_of(contingency, CONTINGENCY))
    _write(contingency, outcome.write, carried=contingency.carried and bool(outcome.conflicts))
    record(
        by=by, action="changed_contingency", crn=case.crn, plan=plan.pk, contingency=contingency.pk
    )
    return outcome


@transaction.atomic
def remove_contingency(*, plan, contingency, by, today):
    case = lock_case(plan.case)
    plan = written(plan, case)
    contingency = _still_there(plan.contingencies, contingency)
    key = contingency.pk
    contingency.delete()
    record(by=by, action="removed_contingency", crn=case.crn, plan=plan.pk, contingency=key)


@transaction.atomic
def save_deliveries(*, plan, given, seen, by, today):
    """Say how requirements are delivered: {"requirement:12": {route, how, arranged_on, sharing}}."""
    case = lock_case(plan.case)
    plan = written(plan, case)
    things = {key_of(one): one for one in ordered_of([case.pk], today)[case.pk]}
    if not given.keys() <= things.keys():
        raise RuleBroken(
            "One of these is no longer ordered by the court or the licence. Look again."
        )
    rows = {key_of(one.requirement or one.condition): one for one in _deliveries(plan)}
    stands = {key: said_of(row, DELIVERY) for key, row in rows.items()}
    given = {
        key: dict(one) | {"how": check_delivery(one["route"], one["how"], name_of(things[key]))}
        for key, one in given.items()
    }
    outcome = merged(marks({}, given) | dict(seen), given, stands)
    for key, said in outcome.write.items():
        _write(rows.get(key) or Delivery(plan=plan, **slot_of(things[key])), said)
    if outcome.write:
        agreed_no_more(plan)
        record(
            by=by, action="said_deliveries", crn=case.crn, plan=plan.pk, written=len(outcome.write)
        )
    return outcome


def _deliveries(plan):
    return plan.deliveries.select_related("requirement", "condition").order_by("pk")


def _still_there(rows, row):
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise RuleBroken(GONE)
    return found


def _write(row, said, **more):
    for name, value in (dict(said) | more).items():
        setattr(row, name, value)
    row.save()
