"""Whether a plan is owed: fifteen working days after the first appointment they attended.

Source: contract SL003 (supervision of sentences in 2018); product rules, clocks. An imported case owes
none before it is taken up, like its enquiries; nor does a curfew alone, which nobody supervises here.
"""

from django.db import transaction

from cases.models import Case
from cases.queries.curfew_only import with_curfew_alone
from cases.queries.plans_owed import first_attended
from cases.rules.plans_owed import plan_owed_since
from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from cases.services.plans import OWES
from staff.rules.dates import say_date

CHUNK = 500  # cases


def owe_plans_chunk(*, after, today, size=CHUNK):
    """Start the clock on the next so many cases. A step of `cases.services.jobs.run_job`."""
    cases = Case.objects.checked_by_rule().filter(pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    owed = owe_plans(case_ids=keys, today=today) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"owed": owed}


@transaction.atomic
def owe_plans(*, case_ids, today, by=None):
    """Start the clock on the plan of each of these cases that owes one. Returns on how many it started."""
    held = Case.objects.checked_by_rule().filter(pk__in=case_ids).order_by("pk")
    cases = list(held.select_for_update(no_key=True))
    curfew = with_curfew_alone([case.pk for case in cases])
    meet_deadlines(kind=OWES, case_ids=curfew, by=by, today=today, void=True)
    cases = [case for case in cases if case.pk not in curfew]
    since = {
        case.pk: plan_owed_since(facts, taken_up_on=case.taken_up_on)
        for case, facts in first_attended(cases, today)
    }
    rows = [
        DeadlineRow(
            pk, on, f"First appointment attended since the sentence began, {say_date(seen)}"
        )
        for pk, (on, seen) in sorted((pk, found) for pk, found in since.items() if found)
    ]
    return open_deadlines(kind=OWES, rows=rows, by=by, today=today)
