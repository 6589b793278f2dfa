"""The events of a review as rows: those that came in while it was written join it, and one that grew is open again.

Source: product rules, gates (a significant event unanswered). Only services of a review call this, its case held.
"""

from cases.models import ReviewedEvent
from cases.queries.review_facts import events_to_review


def keep_events(review, today):
    """Bring the rows of this review up to what the record says. Returns the keys that are new."""
    rows = {one.key: one for one in review.happened.all()}
    new = []
    for event in events_to_review(review, today):
        row = rows.get(event.key)
        if row is None:
            new.append(_row(review, event))
        elif (row.what, row.on, row.significant) != (event.what, event.on, event.significant):
            _bring_up_to_date(row, event)
    ReviewedEvent.objects.bulk_create(new)
    return [one.key for one in new]


def _row(review, event):
    return ReviewedEvent(
        review=review,
        key=event.key,
        kind=event.kind,
        what=event.what,
        on=event.on,
        significant=event.significant,
    )


def _bring_up_to_date(row, event):
    """More of it has happened: what was answered was something else. Its words stay in the box."""
    if row.what != event.what:
        row.answer, row.answered_at, row.answered_by = "", None, None
    row.what, row.on, row.significant, row.kind = (
        event.what,
        event.on,
        event.significant,
        event.kind,
    )
    row.save()
