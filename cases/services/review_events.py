"""Answering what has happened: each event by itself, several at once, by a change that is there or is made right here.

Source: product rules, gates ("Sign a review"); supervision reference 5 (plan changes made, or an explicit "no
change because"; new actions with owner and date).
"""

from uuid import uuid4

from django.db import transaction

from cases.queries.differences import changes_of
from cases.reference.information import RaiseKind
from cases.reference.reviews import Answered
from cases.rules.reviewing import check_answer
from cases.services.actions import add_action
from cases.services.raising import raise_now
from cases.services.review_rows import keep_events
from cases.services.reviews import written
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

NOTHING_MADE = {"action": None, "raised": None}


@transaction.atomic
def answer_events(
    *, review, keys, answer, words, by, today, now, changes=(), step=None, raise_to="", seen=None
):
    """Answer these events with the same words. Returns a `Merged`, of keys; what both answered is in `conflicts`.

    `changes`: keys of differences that are there; `step`: {what, by_whom, by_on} of a step to be put in the plan
    now; `raise_to`: a level of risk of serious harm to be raised to now. An answer that it changes something may
    be saved before there is anything to show, and stands in the way until there is. `seen`: marks of what
    stood when the writer's page was drawn; without it, what stands is written over.
    """
    review = written(review)
    keep_events(review, today)
    rows = {one.key: one for one in review.happened.filter(key__in=keys)}
    if not keys or set(keys) != rows.keys():
        raise RuleBroken("Choose what you answer: something chosen is not among what happened.")
    words = check_answer(answer, words)
    changes = _there(review, changes, today) if answer == Answered.CHANGE else []
    stands = {key: said_of(row) for key, row in rows.items() if row.answer}
    known = marks(stands if seen is None else {}, rows) | dict(seen or {})
    outcome = merged(known, dict.fromkeys(rows, [str(answer), words, changes]), stands)
    if outcome.conflicts:
        return outcome
    made = {}
    if answer == Answered.CHANGE:
        made = _make(review, step, raise_to, words, by=by, today=today, now=now)
    _write([rows[key] for key in sorted(rows)], answer, words, changes, made, by=by, now=now)
    record(
        by=by, action="answered_events", crn=review.case.crn, review=review.pk, events=len(rows),
        answer=str(answer),
    )  # fmt: skip
    return outcome


def _write(rows, answer, words, changes, made, *, by, now):
    """The same answer on each. What an earlier one had made stays, while it still says that something changes."""
    together = uuid4() if len(rows) > 1 else None
    for row in rows:
        kept = {"action": row.action, "raised": row.raised}
        stays = kept if answer == Answered.CHANGE else NOTHING_MADE
        for name, value in (stays | made).items():
            setattr(row, name, value)
        row.answer, row.words, row.changes, row.answered_with = answer, words, changes, together
        row.answered_at, row.answered_by = now, by
        row.save()


def _there(review, changes, today):
    """Those of these differences that are there and are more than wording."""
    there = {one.key for one in changes_of(review, today) if one.substantive}
    if not set(changes) <= there:
        raise RuleBroken("Something you chose is not a change, or is there no more. Look again.")
    return sorted(set(changes))


def _make(review, step, raise_to, words, *, by, today, now):
    """What is put right on the spot: {column of the event: what was made}."""
    made = {}
    if step:
        made["action"] = add_action(case=review.case, by=by, today=today, **step)
    if raise_to:
        made["raised"] = raise_now(
            case=review.case, kind=RaiseKind.RISK, value=raise_to, because=words, by=by, now=now
        )
    return made


def said_of(row):
    """What stands as the answer to one event, as marks are made of it."""
    return [row.answer, row.words, row.changes] if row.answer else None
