"""Content beside timeliness: where the assessment and the plan of a person stand, and whether they were on time.

Source: report ("completed to meet performance measures but lacked necessary information"); reference
of features, 11: no figure of timeliness without the one of sufficiency. A hollow assessment raises the
first and not the second.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cases.reference.codes import Titled
from cases.reference.plans import Agreed

VERSION = "1"


class Stands(Titled):
    """Where an assessment or a plan stands. One who is assessed anew is counted under two."""

    A_NONE = "a-none", "No assessment here"
    A_DRAFT = "a-draft", "Assessment being written"
    A_WAITING = "a-waiting", "Assessment waiting for the senior"
    A_SIGNED = "a-signed", "Assessment signed"
    A_SINCE = "a-since", "Assessment signed, and something has happened since"
    P_NONE = "p-none", "No plan here"
    P_DRAFT = "p-draft", "Plan being written"
    P_OPEN = "p-open", "Plan signed, not agreed"
    P_AGREED = "p-agreed", "Plan signed and agreed"
    DUE = "due", "The plan was due, or is made"
    A_TIMELY = "a-timely", "Assessment on time"
    A_ENOUGH = "a-enough", "Assessment on time, and signed with nothing missing"
    P_TIMELY = "p-timely", "Plan on time"
    P_ENOUGH = "p-enough", "Plan on time, and signed with nothing missing"


@dataclass(frozen=True, slots=True)
class Content:
    """What is known of one person. Days are of what is in force; `due_on` is the plan's, and the assessment's with it."""

    drafted: bool = False  # an assessment is being written
    waiting: bool = False  # or waits for the senior
    assessed_on: date | None = None
    happened_since: bool = False
    passed_over: bool = False  # it was signed on an override that is still open
    recorded_on: date | None = None  # the first assessment of this sentence, wherever it was made
    plan_drafted: bool = False
    planned: bool = False
    agreed: Agreed | str = ""
    plan_passed_over: bool = False
    due_on: date | None = None
    made_on: date | None = None


def stands(one, today):
    """Every code that this person is counted under."""
    found = {
        Stands.A_NONE: not (one.assessed_on or one.drafted or one.waiting),
        Stands.A_DRAFT: one.drafted,
        Stands.A_WAITING: one.waiting,
        Stands.A_SIGNED: bool(one.assessed_on),
        Stands.A_SINCE: bool(one.assessed_on and one.happened_since),
        Stands.P_NONE: not (one.planned or one.plan_drafted),
        Stands.P_DRAFT: one.plan_drafted,
        Stands.P_OPEN: one.planned and one.agreed != Agreed.YES,
        Stands.P_AGREED: one.planned and one.agreed == Agreed.YES,
    }
    if is_due(one, today):
        timely = in_time(one.recorded_on, one.due_on)
        made_in_time = in_time(one.made_on, one.due_on)
        found |= {
            Stands.DUE: True,
            Stands.A_TIMELY: timely,
            Stands.A_ENOUGH: timely and is_sufficient(one),
            Stands.P_TIMELY: made_in_time,
            Stands.P_ENOUGH: made_in_time and one.planned and not one.plan_passed_over,
        }
    return frozenset(code for code, holds in found.items() if holds)


def is_due(one, today):
    """Whether time can be told: the day of the plan has passed, or the plan is made."""
    return one.due_on is not None and (one.made_on is not None or one.due_on < today)


def in_time(on, due_on):
    return on is not None and on <= due_on


def is_sufficient(one):
    """Signed here, through the gates; none of them passed over still; and nothing has happened since."""
    return bool(one.assessed_on) and not one.passed_over and not one.happened_since


def tally(people, today):
    """{code: how many} of these people."""
    counted: Counter[Stands] = Counter()
    for one in people:
        counted.update(stands(one, today))
    return counted
