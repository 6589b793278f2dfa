"""Which outcomes apply to an appointment, how they are said, and what follows from one.

Sources: nDelius outcomes (supervision reference 1.5: one that is still to come takes only outcomes that can be
known ahead); product rules, failures (a voluntary absence is never a failure; nothing is one until the officer
decides).
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from cases.reference.appointments import (
    ACCEPTABLE_ABSENCES,
    HOME_VISIT,
    MISSED,
    MISSED_VOLUNTARY,
    MOVED,
    OFFICE_VISIT,
    ONLY_BY_DECISION,
    OUTCOMES,
    TYPES,
    Where,
)
from staff.errors import RuleBroken

KEPT, KEPT_VOLUNTARY, SENT_HOME_BY_US = "ATTC", "APPK", "ATSS"
ENFORCED = ("ATTC", SENT_HOME_BY_US, "AFTC", "ATSH", MISSED)
FREE = (KEPT_VOLUNTARY, SENT_HOME_BY_US, MISSED_VOLUNTARY)
ABSENT = (*ACCEPTABLE_ABSENCES, *MOVED.values())
NOT_BY_TELEPHONE = frozenset({SENT_HOME_BY_US, "ATSH"})  # nobody is sent home from a call
BY_TELEPHONE = {
    "ATTC": ("They answered, and complied", ""),
    "APPK": ("They answered", "It was voluntary."),
    "AFTC": ("They answered, but did not comply", "You decide afterwards whether it is a failure."),
    "AFTA": (
        "They did not answer",
        "Try again today, another way too, and ask if they are safe. Nothing is a failure until you decide.",
    ),
    "ABNS": (
        "They did not answer, voluntary",
        "Never a failure. Try again today and ask if they are safe.",
    ),
}
ONCE = frozenset({"COAI"})  # a first appointment
MOST_NOTES = 12_000  # characters
ALREADY = "What came of this appointment is recorded. To change it, put it right and say why."
IN_CALLED_OFF = "This appointment was called off or moved, so nothing came of it."


@dataclass(frozen=True, slots=True)
class Follows:
    """What an outcome opens. Each is a kind of deadline, but for the decision."""

    decision: bool = False
    call: bool = False
    offer: bool = False

    @property
    def kinds(self):
        owed = (
            ("call_same_day", self.call),
            ("decide_absence", self.decision),
            ("offer_again", self.offer),
        )
        return tuple(kind for kind, is_owed in owed if is_owed)


def outcomes_for(*, voluntary, ahead, where=""):
    """The outcomes that may be recorded, in the order they are offered, said as fits the way of meeting.

    `ahead`: it is still to come. Moved is said of one to come by moving it.
    """
    codes = FREE if voluntary else ENFORCED
    by_telephone = where == Where.TELEPHONE
    offered = (
        ACCEPTABLE_ABSENCES
        if ahead
        else [c for c in (*codes, *ABSENT) if not (by_telephone and c in NOT_BY_TELEPHONE)]
    )
    return [_said(OUTCOMES[code], by_telephone) for code in offered]


def _said(outcome, by_telephone):
    if not by_telephone or outcome.code not in BY_TELEPHONE:
        return outcome
    title, hint = BY_TELEPHONE[outcome.code]
    return replace(outcome, title=title, hint=hint)


def check_outcome(code, *, voluntary, ahead, where=""):
    """The outcome by this code as it is recorded, or a refusal that says why it does not apply."""
    if code in ONLY_BY_DECISION:
        raise RuleBroken("That is said by deciding what the absence comes to, not by recording it.")
    if code in {one.code for one in outcomes_for(voluntary=voluntary, ahead=ahead, where=where)}:
        return OUTCOMES[code]
    if ahead:
        raise RuleBroken(
            "The appointment is still to come, so only an absence that is agreed can be recorded. "
            "To change its time, move it."
        )
    if voluntary and code in ENFORCED:
        raise RuleBroken(
            "This appointment is voluntary: nobody fails by missing it. Choose “Attended” or "
            "“Did not attend, voluntary”."
        )
    raise RuleBroken("Choose an outcome that applies to this appointment.")


def follows(outcome):
    """What an outcome opens.

    What awaits a decision opens one. Whoever did not come without anybody knowing why is rung the same day,
    voluntary or not; and offered another where they had to come.
    """
    unexplained = outcome.attended is False and outcome.complied is False
    return Follows(decision=outcome.awaits, call=unexplained, offer=outcome.awaits and unexplained)


def makes_good(*, missed_at, until, must_bind, binds, booked_at, starts_at):
    """Whether another appointment is the one that is offered after a miss.

    Contract AK: follow-up begun within five working days of the miss. One that is booked after it is that, for
    whatever day; one that was booked before it only by the day those end, `until`. What is voluntary makes good
    only what was voluntary. `booked_at`: None of one that was brought in. Times are local.
    """
    begun = booked_at is not None and booked_at > missed_at
    return (
        starts_at > missed_at and (binds or not must_bind) and (begun or starts_at.date() <= until)
    )


def kept_code(*, voluntary):
    """The outcome of one that was kept, for many at once."""
    return KEPT_VOLUNTARY if voluntary else KEPT


def check_notes(notes):
    if len(notes) > MOST_NOTES:
        raise RuleBroken(f"Notes must be {MOST_NOTES:,} characters or fewer.")


def check_aware(aware_on, happened_on, today):
    """When we became aware: not before it happened, nor after today."""
    if aware_on < happened_on:
        raise RuleBroken("We cannot have become aware before it happened.")
    if aware_on > today:
        raise RuleBroken("The day we became aware is today or earlier.")


def same_again(at, weeks):
    """The same day of the week and time of day, so many weeks later. `at` is local, with its zone."""
    return at + timedelta(weeks=weeks)


def next_type(code):
    """The type of the next appointment that is like this one: a first one is followed by an ordinary one."""
    return code if code in TYPES and code not in ONCE else OFFICE_VISIT


def may_repeat(code):
    """Whether another may be booked as this one is recorded. A home visit is planned on a page of its own."""
    return code != HOME_VISIT
