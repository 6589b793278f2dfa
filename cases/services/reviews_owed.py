"""Whether a review is owed, by its date or because of what has happened: each night, for many cases at once.

Source: product rules, clocks. An imported case counts from the day it was taken up, like its enquiries. That a
review was signed stops both clocks (`cases.services.review_signing`), and that it was returned starts them
again; here they stop when nothing calls for one any more, and start anew when the date has moved.
"""

from django.db import transaction

from cases.models import Case, Deadline
from cases.queries.happened import answered_before, events_of
from cases.queries.reviews_owed import under_review
from cases.rules.reviews_owed import (
    counted_from,
    event_to_review,
    events_from,
    review_due,
)
from cases.services.deadline_sets import (
    OF_NO_ONE_THING,
    DeadlineRow,
    meet_deadlines,
    open_deadlines,
)
from cases.services.policy import meeting_policy
from staff.rules.dates import say_date

CHUNK = 500  # cases
BY_DATE, BY_EVENT = "review_case", "review_event"


def owe_reviews_chunk(*, after, today, size=CHUNK):
    """Settle both clocks of the next so many cases. A step of `cases.services.jobs.run_job`."""
    cases = Case.objects.checked_by_rule().filter(pk__gt=after)
    keys = list(cases.order_by("pk").values_list("pk", flat=True)[:size])
    owed = owe_reviews(case_ids=keys, today=today) if keys else 0
    return (keys[-1] if len(keys) == size else None), {"owed": owed}


@transaction.atomic
def owe_reviews(*, case_ids, today, by=None):
    """Start, stop or move both clocks of each of these cases. Returns how many started."""
    held = Case.objects.checked_by_rule().filter(pk__in=case_ids).order_by("pk")
    cases = list(held.select_for_update(no_key=True))
    if not cases:
        return 0
    facts = under_review(cases, today)
    return _by_date(facts, by=by, today=today) + _by_event(facts, by=by, today=today)


def _by_date(facts, *, by, today):
    policy = meeting_policy(today)
    due = {pk: found for pk, one in facts.items() if (found := review_due(one, policy))}
    moved = [pk for pk, on in _running(BY_DATE, facts) if pk not in due or due[pk].on != on]
    meet_deadlines(kind=BY_DATE, case_ids=moved, by=by, today=today, void=True)
    rows = [DeadlineRow(pk, one.since, one.why, due_on=one.on) for pk, one in sorted(due.items())]
    return open_deadlines(kind=BY_DATE, rows=rows, by=by, today=today)


def _by_event(facts, *, by, today):
    since = {pk: events_from(counted_from(one), began=one.began) for pk, one in facts.items()}
    answered = answered_before(list(facts))
    happened = events_of(list(facts), since, today)
    calling = {
        pk: event
        for pk, events in happened.items()
        if (event := event_to_review(events, answered[pk]))
    }
    over = [pk for pk, _ in _running(BY_EVENT, facts) if pk not in calling]
    meet_deadlines(kind=BY_EVENT, case_ids=over, by=by, today=today, void=True)
    rows = [
        DeadlineRow(pk, one.learnt_on, f"{one.what}, {say_date(one.on)}")
        for pk, one in sorted(calling.items())
    ]
    return open_deadlines(kind=BY_EVENT, rows=rows, by=by, today=today)


def _running(kind, case_ids):
    running = Deadline.objects.unmet().filter(kind=kind, case__in=list(case_ids), **OF_NO_ONE_THING)
    return running.values_list("case_id", "due_on")
