"""What is owed of unpaid work: arranging it, deciding on courses, looking back, proposing more time. And what is done.

Source: contract SL006R (arranged within seven working days of arrival; an induction counts); product rules, clocks;
`unpaidwork.rules.hours`. Each is settled for many cases at once, in a fixed number of statements a chunk.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime

from cases.services.deadline_sets import DeadlineRow, meet_deadlines, open_deadlines
from staff.audit import record_many
from staff.rules.dates import say_date
from unpaidwork.models import Course, Work
from unpaidwork.queries.concerned import concerned, counts_from, is_owed, owner_of
from unpaidwork.queries.hours import hours_of, reviews_of, supervision_ends
from unpaidwork.queries.policy import work_policy
from unpaidwork.queries.work_owed import answered_lately, arranged_on, looked_back_since
from unpaidwork.reference.work import ReviewPoint, WorkState
from unpaidwork.rules.hours import Hours, extension_due, review_owed, say_minutes

CHUNK = 500  # cases
ARRANGE, COURSE, REVIEW, EXTEND = (
    "arrange_work",
    "decide_course",
    "review_work",
    "propose_extension",
)
ASK_AGAIN = timedelta(days=28)  # after an answer, while the hours still stand as they did


@dataclass
class Owed:
    """The rows that are to run, and the cases on which what ran was done."""

    rows: dict[int, DeadlineRow] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)


def owe_work_chunk(*, after, today, size=CHUNK):
    """Settle the next so many cases. A step of `cases.services.jobs.run_job`."""
    cases = concerned().filter(pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    counts = settle_work(case_ids=keys, by=None, today=today) if keys else {}
    return (keys[-1] if len(keys) == size else None), counts


@transaction.atomic
def settle_work(*, case_ids, by, today):
    """Say what is all worked, and open and close what is owed, on each of these cases. Returns how many opened.

    Whatever changes hours, courses, allocations or bookings calls it; so does each night.
    """
    held = concerned().filter(pk__in=case_ids).order_by("pk")
    cases = {case.pk: case for case in held.select_for_update(no_key=True)}
    rows = Work.objects.filter(case__in=cases).exclude(state=WorkState.ENDED)
    works = list(rows.select_related("requirement").order_by("pk"))
    found = hours_of(works, today)
    _complete(works, found, cases, by=by, today=today)
    taken_up = {pk for pk, case in cases.items() if is_owed(case)}
    owed = {
        ARRANGE: _to_arrange(works, found, cases, taken_up, today),
        COURSE: _courses(works),
        REVIEW: _reviews(works, found, taken_up, today),
        EXTEND: _extensions(works, found, cases, today),
    }
    opened = 0
    for kind, one in owed.items():
        close = {"kind": kind, "by": by, "today": today}
        rest = set(cases) - one.rows.keys()
        meet_deadlines(case_ids=rest & one.done, **close)
        meet_deadlines(case_ids=rest - one.done, void=True, **close)
        to_run = [one.rows[pk] for pk in sorted(one.rows)]
        opened += open_deadlines(kind=kind, rows=to_run, by=by, today=today)
    return {"owed": opened}


def _complete(works, found: dict[int, Hours], cases, *, by, today):
    """All worked is completed; what an adjustment gave back is open again."""
    done = [one for one in works if one.state == WorkState.OPEN and _all_worked(found[one.pk])]
    back = [
        one
        for one in works
        if one.state == WorkState.COMPLETED and found[one.pk].left and _runs(one)
    ]
    for one in done:
        one.state, one.completed_on = WorkState.COMPLETED, today
    for one in back:
        one.state, one.completed_on = WorkState.OPEN, None
    for changed, action in ((done, "completed_work"), (back, "reopened_work")):
        for one in changed:
            one.save(update_fields=["state", "completed_on"])
        if changed:
            record_many(by=by, action=action, crns=[cases[one.case_id].crn for one in changed])


def _all_worked(found):
    return found.known and not found.left


def _runs(one):
    """Whether the record still has it as running: what it has ended is not opened by our count."""
    return one.requirement.active and one.requirement.terminated_on is None


def _to_arrange(works, found, cases, taken_up, today):
    waits = [
        one for one in works
        if one.case_id in taken_up and one.state == WorkState.OPEN and found[one.pk].left and not found[one.pk].first
    ]  # fmt: skip
    arranged = arranged_on(waits)
    owed = Owed(done={one.case_id for one in waits if one.pk in arranged})
    for one in waits:
        if one.pk not in arranged:
            since = counts_from(cases[one.case_id], one.arrived_on, today)
            why = f"{say_minutes(found[one.pk].left)} to be worked, and neither work nor an induction is arranged"
            owed.rows.setdefault(one.case_id, DeadlineRow(one.case_id, since, why))
    return owed


def _courses(works):
    owed = Owed()
    cases = {one.pk: one.case_id for one in works}
    for one in Course.objects.filter(work__in=works).order_by("recorded_at", "pk"):
        case = cases[one.work_id]
        if one.decided_at:
            owed.done.add(case)
        else:
            on = localtime(one.recorded_at).date()
            why = f"A course that was finished on {say_date(one.finished_on)} is recorded"
            owed.rows.setdefault(case, DeadlineRow(case, on, why))
    return owed


REACHED = {
    ReviewPoint.THIRD: "A third",
    ReviewPoint.HALF: "Half",
    ReviewPoint.END: "The whole",
}


def _reviews(works, found, taken_up, today):
    held = reviews_of(works)
    owed = Owed(done=looked_back_since(works))
    for one in works:
        point = review_owed(found[one.pk], held[one.pk])
        if point and one.case_id in taken_up:
            why = f"{REACHED[point]} of {say_minutes(found[one.pk].ordered)} is worked"
            owed.rows.setdefault(one.case_id, DeadlineRow(one.case_id, today, why))
    return owed


def _extensions(works, found, cases, today):
    policy = work_policy(today)
    owed = Owed()
    late = [one for one in works if extension_due(one.state, found[one.pk], today, policy)]
    answered = answered_lately(late, EXTEND, today - ASK_AGAIN)
    in_supervision = supervision_ends(late)
    for one in late:
        if one.case_id not in answered:
            stands = found[one.pk]
            why = f"{say_minutes(stands.left)} left, to be worked by {say_date(stands.finish_by)}, and not at this pace"
            if one.pk in in_supervision:
                why = (
                    f"{why}. A supervision default order is not extended: say what is done instead"
                )
            owner = owner_of(cases[one.case_id])
            owed.rows.setdefault(one.case_id, DeadlineRow(one.case_id, today, why, owner=owner))
    return owed
