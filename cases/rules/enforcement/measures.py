"""What each measure of enforcement counts: of whom, on which day, and whether it is so.

Source: `cases.reference.enforcement_measures`. What nobody recorded is not so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.reference.enforcement import COURT_OUTCOMES, BreachState, WithdrawnBecause
from cases.rules.counting import Unit
from staff.rules.dates import say_date

FIRST_ANSWERS = frozenset(
    {BreachState.ACCEPTED, BreachState.MORE_ASKED, BreachState.RETURNED, BreachState.DECLINED}
)
OVER_SAID = {
    BreachState.DECIDED: "Decided by the court",
    BreachState.DECLINED: "Declined by the NPS",
    BreachState.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """Something owed, as its deadline says. None: not met yet."""

    case: int
    key: int
    due_on: date
    met_on: date | None = None
    void: bool = False
    paused: bool = False


def once_each(owed: Iterable[Owed]) -> Owed | None:
    """Of what was owed of one recall in turn, the one that counts: the first that was late, or else the first. None: none does."""
    counted = sorted((one for one in owed if step(one)), key=lambda one: (one.due_on, one.key))
    late = [one for one in counted if one.met_on is None or one.met_on > one.due_on]
    return next(iter([*late, *counted]), None)


@dataclass(frozen=True, slots=True)
class Breached:
    """One breach as it is counted. `first_answer`, of the NPS, and `over_on` are None while there is none."""

    case: int
    key: int
    state: BreachState
    court: str = ""  # its name; blank: not recorded
    first_answer: BreachState | None = None
    answered_on: date | None = None
    over_on: date | None = None
    outcome: str = ""
    withdrawn_because: str = ""


@dataclass(frozen=True, slots=True)
class Went:
    """A letter that went. `returned_on` None: it has not come back."""

    case: int
    key: int
    sent_on: date
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """A contact agreed when enforcement began. `came` None: nobody has said."""

    case: int
    key: int
    on: date
    came: bool | None = None


def step(one: Owed) -> Unit | None:
    """In time or not; None: it is not counted."""
    if one.void or (one.met_on is None and one.paused):
        return None
    said = f"Done {say_date(one.met_on)}" if one.met_on else "Not done"
    met = one.met_on is not None and one.met_on <= one.due_on
    return Unit(one.case, one.key, one.due_on, met, f"{said}; due by {say_date(one.due_on)}")


def first_time(one: Breached) -> Unit | None:
    if one.first_answer not in FIRST_ANSWERS or one.answered_on is None:
        return None
    met = one.first_answer == BreachState.ACCEPTED
    return Unit(one.case, one.key, one.answered_on, met, one.first_answer.title)


def decided_by_court(one: Breached) -> Unit | None:
    if one.over_on is None:
        return None
    met = one.state == BreachState.DECIDED
    return Unit(one.case, one.key, one.over_on, met, _over_said(one))


def proven(one: Breached) -> Unit | None:
    if one.over_on is None or one.state != BreachState.DECIDED:
        return None
    outcome = COURT_OUTCOMES[one.outcome]
    return Unit(one.case, one.key, one.over_on, outcome.proven, outcome.title)


def delivered(one: Went) -> Unit:
    back = one.returned_on
    said = f"Came back {say_date(back)}" if back else f"Sent {say_date(one.sent_on)}"
    return Unit(one.case, one.key, one.sent_on, back is None, said)


def seen(one: Agreed) -> Unit:
    said = {True: "They came", False: "They did not come", None: "Nobody has said"}[one.came]
    return Unit(one.case, one.key, one.on, one.came is True, said)


@dataclass(frozen=True, slots=True)
class WithdrawnFrom:
    """How many breaches before one court were withdrawn for one cause."""

    court: str
    because: WithdrawnBecause
    breaches: int


def withdrawn_by(found: Iterable[Breached]) -> list[WithdrawnFrom]:
    """Breaches withdrawn, by court and cause; the most first, then in the order of the alphabet."""
    count: dict[tuple[str, str], int] = {}
    for one in found:
        if one.state == BreachState.WITHDRAWN:
            key = (one.court, one.withdrawn_because)
            count[key] = count.get(key, 0) + 1
    rows = [WithdrawnFrom(court, WithdrawnBecause(why), of) for (court, why), of in count.items()]
    return sorted(rows, key=lambda one: (-one.breaches, one.court, one.because.title))


def _over_said(one):
    said = OVER_SAID[one.state]
    if one.state != BreachState.WITHDRAWN:
        return said
    return f"{said}: {WithdrawnBecause(one.withdrawn_because).title.lower()}"
