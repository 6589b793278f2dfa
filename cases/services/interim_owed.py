"""Whether interim plans are owed and whether those that stand go on, settled after every change that
bears on it: one case at once, and the whole caseload each night.

Source: product rules, checks ("while open"). Writing and agreeing are in `cases.services.interim`.
"""

from django.db import transaction

from cases.models import Case, InterimPlan
from cases.queries.interim import OWES, interim_facts
from cases.queries.protection import unprotected_cases
from cases.reference.information import PlanEnd
from cases.rules.interim import has_done_its_work, is_brought_forward, plan_owed
from cases.rules.protection import in_words
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from cases.services.policy import check_policy, clocks
from staff.audit import record_many
from staff.errors import RuleBroken


@transaction.atomic
def settle_interim_plan(*, case, by, today):
    """Start or stop the clock on this case's interim plan, and end the plan that has done its work."""
    owe_interim_plans(case_ids=[case.pk], by=by, today=today)


@transaction.atomic
def owe_interim_plans(*, case_ids, today, by=None):
    """The same of many cases, in a fixed number of statements. Returns on how many a clock started."""
    held = Case.objects.filter(pk__in=case_ids).order_by("pk").select_for_update(no_key=True)
    keys = list(held.values_list("pk", flat=True))
    policy, extra = check_policy(today), clocks(today).extra_bank_holidays
    facts = interim_facts(keys, policy, today)
    ours = set(Case.objects.ours().filter(pk__in=keys).values_list("pk", flat=True))
    _end({pk: one for pk, one in facts.items() if one.plan}, ours, by=by, today=today)
    owed = {pk: found for pk, one in facts.items() if (found := plan_owed(one, policy))}
    running = {pk for pk, one in facts.items() if one.running_due_on}
    sooner = {pk for pk in owed if is_brought_forward(facts[pk], policy, today, extra)}
    stop = sorted(running - owed.keys() | sooner)
    meet_deadlines(kind=OWES, case_ids=stop, by=by, today=today, void=True)
    rows = [
        DeadlineRow(pk, today, found.why, policy.interim_concern_days)
        if pk in sooner
        else DeadlineRow(pk, found.since, found.why, found.days)
        for pk, found in sorted(owed.items())
    ]
    return open_deadlines(kind=OWES, rows=rows, by=by, today=today)


def _end(facts, ours, *, by, today):
    """End the plans whose work is done, and those of cases that are no longer ours."""
    ends = {
        PlanEnd.NOT_OURS: [pk for pk in facts if pk not in ours],
        PlanEnd.ANSWERED: [pk for pk in facts if pk in ours and has_done_its_work(facts[pk])],
    }
    for ended_as, keys in ends.items():
        if not keys:
            continue
        InterimPlan.objects.standing().filter(case__in=keys).update(
            ended_on=today, ended_as=ended_as
        )
        for kind in ("renew_interim_plan", "agree_interim_plan"):
            meet_deadlines(kind=kind, case_ids=keys, by=by, today=today, void=True)
        crns = Case.objects.filter(pk__in=keys).order_by("crn").values_list("crn", flat=True)
        record_many(by=by, action="ended_interim_plan", crns=list(crns), ended_as=str(ended_as))


def check_protected(*, case, today, instead):
    """Refuse what would leave a concern with no enquiry open, no answer and no interim plan.

    Call it in the transaction, once the step is taken. `instead`: what to do first, as a sentence.
    """
    for _, concerns in unprotected_cases([case.pk], check_policy(today), today).values():
        raise RuleBroken(
            f"This would leave a concern about {in_words(concerns)} with no enquiry open, no answer "
            f"in force and no interim plan. {instead}"
        )
