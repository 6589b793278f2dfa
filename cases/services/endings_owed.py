"""What the night finds of endings: cases whose last day comes near, and those of which an early end may be proposed.

Source: product rules, clocks (the end is prepared from 42 days before). Both are settled for many cases at once. How
much unpaid work is left is given: it keeps an order in force, and others count it.
"""

from django.db import transaction

from cases.models import Case, Deadline, Ending
from cases.queries.ending_days import ends_of, progress_of
from cases.rules.ending_days import early_end_due, opens_on
from cases.services.deadline_sets import (
    OF_NO_ONE_THING,
    DeadlineRow,
    meet_deadlines,
    open_deadlines,
)
from cases.services.policy import ending_policy, meeting_policy
from staff.audit import record_many

END, EARLY = "end_case", "propose_early_end"
WELL = (
    "Half of the order has passed, its requirements are done, and there was no failure or rise in risk for "
    "{months} months"
)


@transaction.atomic
def owe_endings(*, case_ids, hours_left, today, now, by=None):
    """Open, move and close both clocks of each of these cases, and prepare the endings. Returns how many of each."""
    ours = Case.objects.ours().filter(pk__in=case_ids).order_by("pk")
    held = list(ours.select_for_update(no_key=True).values_list("pk", flat=True))
    policy = ending_policy(today)
    ends = {pk: end for pk, end in ends_of(held, hours_left).items() if end and end.on}
    near = {pk: end for pk, end in ends.items() if opens_on(end.on, policy.opens_days) <= today}
    return {
        "endings_moved": _move(held, near, by=by, today=today),
        "endings_opened": _open(near, by=by, today=today, now=now),
        "early_ends": _early(held, hours_left, policy, by=by, today=today),
    }


def _open(near, *, by, today, now):
    prepared = Ending.objects.being_prepared().filter(case__in=near).order_by("pk")
    stands = {one.case_id: one for one in prepared}
    new = [
        Ending(case_id=pk, sentence_id=end.key, ends_on=end.on, opened_at=now)
        for pk, end in sorted(near.items())
        if pk not in stands
    ]
    Ending.objects.bulk_create(new)
    moved = [one for pk, one in stands.items() if one.ends_on != near[pk].on]
    for one in moved:
        one.ends_on, one.sentence_id = near[one.case_id].on, near[one.case_id].key
    Ending.objects.bulk_update(moved, ["ends_on", "sentence"])
    _audit("opened_ending", [one.case_id for one in new], by=by)
    rows = [
        DeadlineRow(pk, today, end.why, due_on=max(end.on, today))
        for pk, end in sorted(near.items())
    ]
    return open_deadlines(kind=END, rows=rows, by=by, today=today)


def _move(held, near, *, by, today):
    """Close the clock of a case whose last day has moved, or of which there is none any more."""
    running = Deadline.objects.unmet().filter(kind=END, case__in=held, **OF_NO_ONE_THING)
    moved = [
        pk
        for pk, due_on, began_on in running.values_list("case_id", "due_on", "triggered_on")
        if pk not in near or due_on != max(near[pk].on, began_on)
    ]
    return meet_deadlines(kind=END, case_ids=moved, by=by, today=today, void=True)


def _early(held, hours_left, policy, *, by, today):
    """Once for each sentence: what was decided, or did not hold any more, is not asked again."""
    months, weeks = policy.early_end_months, meeting_policy(today).rar_stall_weeks
    progress = progress_of(held, hours_left, today, months=months, weeks=weeks)
    due = {pk: one for pk, one in progress.items() if early_end_due(one, today, months)}
    running = Deadline.objects.unmet().filter(kind=EARLY, case__in=held, **OF_NO_ONE_THING)
    over = set(running.values_list("case_id", flat=True)) - due.keys()
    meet_deadlines(kind=EARLY, case_ids=over, by=by, today=today, void=True)
    asked = set(_asked(due))
    rows = [DeadlineRow(pk, today, WELL.format(months=months)) for pk in sorted(due.keys() - asked)]
    return open_deadlines(kind=EARLY, rows=rows, by=by, today=today)


def _asked(due):
    """The cases on which it was asked since the last of their sentences began."""
    began = {pk: max(found.started_on for found in one.sentences) for pk, one in due.items()}
    rows = Deadline.objects.filter(kind=EARLY, case__in=due).values_list("case_id", "triggered_on")
    return [pk for pk, on in rows if on >= began[pk]]


def _audit(action, case_ids, *, by):
    crns = Case.objects.filter(pk__in=case_ids).order_by("crn").values_list("crn", flat=True)
    record_many(by=by, action=action, crns=list(crns))
