"""Whether a visit at home is owed: each night for many cases at once, and at once after one was made.

Source: product rules, clocks. An imported case owes none before it is taken up, like its enquiries.
"""

from collections import defaultdict

from django.db import transaction

from cases.models import Case, Deadline
from cases.queries.visits_owed import visit_facts
from cases.reference.deadlines import KINDS
from cases.rules.visits import visit_owed
from cases.services.deadline_sets import (
    OF_NO_ONE_THING,
    DeadlineRow,
    meet_deadlines,
    open_deadlines,
)
from cases.services.policy import clocks, meeting_policy

CHUNK = 500  # cases
OWES = "home_visit"


def owe_visits_chunk(*, after, today, size=CHUNK):
    """Settle the clock of the next so many cases. A step of `cases.services.jobs.run_job`."""
    cases = Case.objects.checked_by_rule().filter(pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    owed = owe_visits(case_ids=keys, today=today) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"owed": owed}


@transaction.atomic
def owe_visits(*, case_ids, today, by=None):
    """Start the clock on each of these cases that owes a visit, and stop it where none is owed any more.

    One that a later concern makes due sooner starts anew. Returns on how many it started.
    """
    held = Case.objects.checked_by_rule().filter(pk__in=case_ids).order_by("pk")
    cases = list(held.select_for_update(no_key=True))
    facts = visit_facts(cases, today) if cases else {}
    lengths = _lengths(today) if cases else {}
    owed = {pk: found for pk, one in facts.items() if (found := visit_owed(one, **lengths))}
    running = _running(facts)
    for day, keys in _made_since(facts, running, owed).items():
        meet_deadlines(kind=OWES, case_ids=keys, by=by, today=today, on=day)
    still = _running(facts)
    no_longer = [
        pk for pk, clock in still.items() if pk not in owed or owed[pk].due_on < clock.due_on
    ]
    meet_deadlines(kind=OWES, case_ids=no_longer, by=by, today=today, void=True)
    rows = [
        DeadlineRow(pk, one.since, one.why, due_on=one.due_on) for pk, one in sorted(owed.items())
    ]
    return open_deadlines(kind=OWES, rows=rows, by=by, today=today)


def _lengths(today):
    """How long a visit may take, by the policies in force."""
    policy = clocks(today)
    return {
        "concern_days": policy.lengths.get(OWES, KINDS[OWES].days),
        "planned_days": meeting_policy(today).home_visit_planned_days,
        "today": today,
        "extra": policy.extra_bank_holidays,
    }


def owed_of(case, today):
    """(VisitFacts, what is owed or None) of one case, for its pages."""
    facts = visit_facts([case], today)[case.pk]
    return facts, visit_owed(facts, **_lengths(today))


def _running(facts):
    rows = Deadline.objects.unmet().filter(kind=OWES, case__in=list(facts), **OF_NO_ONE_THING)
    return {one.case_id: one for one in rows}


def _made_since(facts, running, owed):
    """{day: the cases whose running clock a visit of that day has met}"""
    found = defaultdict(list)
    for pk, clock in running.items():
        days = [on for on in facts[pk].visited_on if on >= clock.triggered_on]
        if days and (pk not in owed or owed[pk].since > clock.triggered_on):
            found[min(days)].append(pk)
    return found
