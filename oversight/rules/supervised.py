"""Whether an officer's supervision is on time: reckoned from the last that was held, by the policy's weeks.

Source: local policy (`cases.rules.supervision_policy`). It says when a talk is owed to somebody, and nothing about them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from cases.reference.senior_actions import SeniorActionState
from cases.rules.words import counted
from oversight.reference.supervision import MAY_BECOME, SupervisionState
from oversight.rules.saved_views import OF_A_PERSON
from staff.errors import RuleBroken
from staff.rules.dates import say_date

MOST_AHEAD = timedelta(days=183)


class Stands(StrEnum):
    ON_TIME = auto()
    TO_PLAN = auto()  # none is planned, and it is not late yet
    OVERDUE = auto()
    NEVER = auto()  # none was held since the system began, so that nobody can say how late it is


@dataclass(frozen=True, slots=True)
class Interval:
    stands: Stands
    due_on: date | None  # by the policy; None: none was held yet
    words: str


def interval(last_held: date | None, planned_on: date | None, weeks: int, today: date) -> Interval:
    """Where an officer's supervision stands. `planned_on`: of the one that is planned, or being held."""
    passed = planned_on is not None and planned_on < today
    planned = ""
    if planned_on:
        planned = (
            f"It was planned for {say_date(planned_on)}."
            if passed
            else f"Planned for {say_date(planned_on)}."
        )
    if last_held is None:
        said = planned or "None was recorded here yet, and none is planned."
        return Interval(Stands.NEVER, None, said)
    due_on = last_held + timedelta(weeks=weeks)
    rule = f"Owed by {say_date(due_on)}: {counted(weeks, 'week')} after the last."
    if due_on < today:
        return Interval(Stands.OVERDUE, due_on, f"{rule} {planned}".strip())
    if planned_on and not passed:
        return Interval(Stands.ON_TIME, due_on, planned)
    return Interval(Stands.TO_PLAN, due_on, f"{rule} {planned or 'None is planned.'}")


def check_becomes(state: str, to: SupervisionState) -> None:
    if to not in MAY_BECOME[SupervisionState(state)]:
        raise RuleBroken(
            f"This supervision is at “{SupervisionState(state).title}”, so that is not open to it."
        )


def check_planned(planned_on: date, today: date) -> None:
    if planned_on < today:
        raise RuleBroken("Choose today or a later day for the supervision.")
    if planned_on > today + MOST_AHEAD:
        raise RuleBroken("Choose a day within six months.")


def check_next(next_on: date, held_on: date, today: date) -> None:
    """Refuse a next supervision that is on the day of this one or before it."""
    check_planned(next_on, today)
    if next_on <= held_on:
        raise RuleBroken("Choose a later day for the next supervision than the day of this one.")


def check_open(state: str) -> None:
    if state != SeniorActionState.OPEN:
        raise RuleBroken(
            f"This stands at “{SeniorActionState(state).title}”, so there is nothing more to do about it."
        )


def check_names_no_case(*words: str) -> None:
    """Refuse a CRN in what is on no case: whoever reads it later may be shut out of that case, and nothing would hide it."""
    if any(OF_A_PERSON.search(one) for one in words):
        raise RuleBroken(
            "Leave the CRN out: whoever reads this later may not see that case. What is about a case is agreed as an action on it."
        )


def check_takes_actions(state: str) -> None:
    """What is agreed is written while the talk is held, and stands as it was signed."""
    if state != SupervisionState.HELD:
        raise RuleBroken(
            "Actions are agreed while a supervision is being held. This one is at "
            f"“{SupervisionState(state).title}”."
        )
