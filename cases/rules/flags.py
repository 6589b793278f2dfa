"""Whether something owed is flagged, who is told of it, since when, and in what words.

Source: product rules, checks: raised once, says why, moves up the ladder, closes itself.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.deadlines import CHECK_KINDS, KINDS
from cases.rules.calendar import add_working_days
from cases.rules.checks import CheckPolicy, told_of_check, why_late
from cases.rules.deadlines import is_overdue, rank, told
from staff.permissions import Role
from staff.rules.dates import say_date


@dataclass(frozen=True, slots=True)
class Question:
    """The enquiry behind a deadline, as far as its flag needs it."""

    kind: CheckKind
    state: EnquiryState
    triggered_on: date
    sent_on: date | None
    replied_on: date | None
    chases: int


@dataclass(frozen=True, slots=True)
class Owed:
    """An unmet deadline of a case that is ours."""

    kind: str
    triggered_on: date
    due_on: date
    concern: bool = False  # domestic abuse, a child or a named victim
    question: Question | None = None  # for the deadlines of checks


@dataclass(frozen=True, slots=True)
class ToTell:
    """What the flag of something owed should say."""

    told: Role
    why: str
    raised_on: date


def flag_for(owed: Owed, today: date, policy: CheckPolicy, extra: frozenset[date]) -> ToTell | None:
    """The flag that should be up today; None while there is nothing to say.

    What is late is flagged, dated by the first day it was, however late the run that says so. So is
    an agency's silence once it has lasted long enough for a senior to hear of it, chased or not.
    """
    who = _told(owed, today, policy, extra)
    dates = [owed.due_on + timedelta(days=1)] if is_overdue(owed.due_on, today) else []
    asked_on = _unanswered_since(owed)
    if asked_on and rank(who) > rank(KINDS[owed.kind].owner):
        heard = add_working_days(asked_on, policy.senior_days, extra)
        dates.append(max(heard, owed.triggered_on))
    if not dates:
        return None
    return ToTell(who, _why(owed), min(dates))


def higher(role: Role, other: Role) -> Role:
    """Whichever stands higher: a flag climbs and never comes down."""
    return other if rank(other) > rank(role) else role


def _told(owed, today, policy, extra):
    if owed.kind not in CHECK_KINDS or owed.question is None:
        return told(owed.kind, owed.due_on, today, extra)
    return told_of_check(
        owed.kind,
        counted_from=owed.question.sent_on or owed.due_on,
        concern=owed.concern,
        today=today,
        policy=policy,
        extra=extra,
    )


def _unanswered_since(owed):
    """The day the agency was asked, while it has said nothing."""
    asked = owed.question
    return asked.sent_on if asked and asked.state == EnquiryState.SENT else None


def _why(owed):
    if owed.question:
        return why_late(owed.question)
    return f"{KINDS[owed.kind].title}: due {say_date(owed.due_on)}"
