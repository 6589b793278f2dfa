"""When a review is owed: by its date, and because of what has happened.

Source: product rules, clocks ("significant events; medium complex 16 weeks, medium and low complex 26, low before
the end; stand-alone unpaid work at a third, half, end"). The weeks are local policy ("meeting").
"""

from dataclasses import dataclass
from datetime import date, timedelta

from staff.rules.dates import say_date

MEDIUM_COMPLEX, LOW_COMPLEX, LOW = "MC", "LC", "L"  # how a GRID group begins


@dataclass(frozen=True, slots=True)
class UnderReview:
    """What decides by when a case is reviewed. `since`: the day that a review would look back to.

    `reviewed`: that is a review; otherwise an assessment, a plan or the beginning. `began`: the beginning, for
    nothing was signed yet. `waits`: the next is signed, and waits for a senior. `work_only`: unpaid work and
    nothing else was ordered.
    """

    since: date
    reviewed: bool = False
    began: bool = False
    waits: bool = False
    group: str = ""  # of the GRID; blank: not placed in one
    starts_on: date | None = None
    ends_on: date | None = None
    work_only: bool = False
    taken_up_on: date | None = None  # of an imported case


@dataclass(frozen=True, slots=True)
class ReviewDue:
    since: date
    on: date
    why: str


def counted_from(one):
    """An imported case owes nothing of before it was taken up."""
    return max(filter(None, (one.since, one.taken_up_on)))


def events_from(since, *, began):
    """The first day of which a review is told what happened.

    What is there on the day that supervision begins is the business of the first assessment; on the day of
    a signature something may have come after it.
    """
    return since + timedelta(days=1) if began else since


def review_due(one, policy):
    """The next review by date, or None where it is signed and waits, or no further one is owed before the end."""
    if one.waits:
        return None
    since = counted_from(one)
    days = _of_work(one) if one.work_only else _of_supervision(one, policy, since)
    to_come = sorted((on, why) for on, why in days if on > since)
    return ReviewDue(since, *to_come[0]) if to_come else None


def _of_work(one):
    """At a third, at half, and at the end of the order."""
    if not (one.starts_on and one.ends_on):
        return
    length = (one.ends_on - one.starts_on).days
    for share, words in ((3, "A third"), (2, "Half"), (1, "All")):
        on = one.starts_on + timedelta(days=length // share)
        yield on, f"{words} of the order has passed: unpaid work alone"


def _of_supervision(one, policy, since):
    if one.ends_on:
        on = one.ends_on - timedelta(days=policy.review_ending_days)
        yield on, f"Supervision ends on {say_date(one.ends_on)}"
    low = one.group.startswith(LOW) and not one.group.startswith(LOW_COMPLEX)
    if low and one.ends_on:
        return
    weeks = policy.review_weeks_other
    if one.group.startswith(MEDIUM_COMPLEX):
        weeks = policy.review_weeks_medium_complex
    what = "the last review" if one.reviewed else "what was signed, or when it began"
    yield since + timedelta(weeks=weeks), f"{weeks} weeks after {what}, {say_date(since)}"


def event_to_review(events, answered=frozenset()):
    """The first event to have become known that calls for a review, or None. `answered`: (key, what) of those seen to."""
    calling = [one for one in events if one.significant and (one.key, one.what) not in answered]
    return min(calling, key=lambda one: (one.learnt_on, one.key), default=None)
