"""What of an officer's training counts on a day, until when, and what of their induction and development asks for something.

Source: HMIP Thames Valley CRC 2018, 1.2 (officers not sufficiently trained in domestic abuse and child safeguarding); features,
idea 24. It says what is to be arranged for somebody, and nothing of how good they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from oversight.reference.allocation import TRAINING, Training
from oversight.rules.known_of_officers import EXPIRES_SOON
from staff.rules.dates import say_date

WEEKS = EXPIRES_SOON.days // 7
INDUCTION_ENDS_SOON = timedelta(days=14)  # said before its last day, so that it ends by decision


class Held(StrEnum):
    """How a training stands."""

    COUNTS = auto()
    SOON = auto()  # it runs out within some weeks
    EXPIRED = auto()
    NEVER = auto()  # none is recorded


ASKS = frozenset({Held.SOON, Held.EXPIRED, Held.NEVER})


@dataclass(frozen=True, slots=True)
class Done:
    kind: str
    done_on: date
    expires_on: date | None  # null: it does not


@dataclass(frozen=True, slots=True)
class Stand:
    """One kind of training of one officer. `until`: the day on which it expires or did; None: it does not, or there is none."""

    kind: str
    held: Held
    until: date | None = None

    @property
    def words(self) -> str:
        match self.held:
            case Held.NEVER:
                return "None recorded"
            case Held.EXPIRED:
                return f"Expired on {said(self.until)}"
            case Held.SOON:
                return f"Expires on {said(self.until)}"
        return f"Until {said(self.until)}" if self.until else "Does not expire"

    @property
    def beside_a_tag(self) -> str:
        """The same where a tag says how it stands."""
        if self.held == Held.NEVER:
            return ""
        return said(self.until) if self.held in ASKS else self.words


def said(day: date | None) -> str:
    return say_date(day) if day else ""


def stand_of(kind: str, done: Iterable[Done], today: date) -> Stand:
    """By the one that lasts longest, of those done by that day."""
    found = [one for one in done if one.kind == kind and one.done_on <= today]
    if not found:
        return Stand(kind, Held.NEVER)
    if any(one.expires_on is None for one in found):
        return Stand(kind, Held.COUNTS)
    until = max(one.expires_on for one in found if one.expires_on)
    if until <= today:
        return Stand(kind, Held.EXPIRED, until)
    return Stand(kind, Held.SOON if until - today <= EXPIRES_SOON else Held.COUNTS, until)


def trained_in(done: Iterable[Done], today: date) -> frozenset[str]:
    """The kinds that count on that day."""
    done = list(done)
    stands = [stand_of(kind, done, today) for kind in {one.kind for one in done}]
    return frozenset(one.kind for one in stands if one.held in (Held.COUNTS, Held.SOON))


def stands(done: Iterable[Done], today: date) -> tuple[Stand, ...]:
    """What cases ask for, done or not; then development that was done, in the order of the list."""
    done = list(done)
    asked = [stand_of(kind, done, today) for kind in Training]
    other = [stand_of(kind, done, today) for kind in TRAINING if kind not in set(Training)]
    return (*asked, *(one for one in other if one.held != Held.NEVER))


def to_arrange(
    done: Iterable[Done], induction_to: date | None, supported: bool, today: date
) -> tuple[str, ...]:
    """What somebody is to see to, in sentences; nothing where all of it stands."""
    found = []
    for one in stands(done, today):
        name = TRAINING[one.kind].lower()
        if one.held == Held.NEVER:
            found.append(f"No training in {name} is recorded.")
        elif one.held == Held.EXPIRED:
            found.append(f"Training in {name} expired on {said(one.until)}.")
        elif one.held == Held.SOON:
            found.append(f"Training in {name} expires on {said(one.until)}.")
    if induction_to and not supported:
        found.append(
            f"In induction until {say_date(induction_to)}, and nobody is named to support them."
        )
    if induction_to and today <= induction_to <= today + INDUCTION_ENDS_SOON:
        found.append(
            f"Induction ends on {say_date(induction_to)}: put its last day later where it is not done."
        )
    return tuple(found)


def runs_out(done: Iterable[Done], today: date) -> tuple[Stand, ...]:
    """What has expired or does soon: what was never done is no expiry."""
    return tuple(one for one in stands(done, today) if one.held in (Held.SOON, Held.EXPIRED))
