"""What is planned of a case while agencies are asked: interim plans, actions, what came in, what was raised."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class Owed:
    """A clock on one action, reading or raise; `met_on` when it was done."""

    kind: str
    triggered_on: date
    due_on: date
    why: str
    met_on: date | None = None


@dataclass(slots=True)
class PlannedInterim:
    """An interim plan. `ended_as` is blank while it stands, though it may have run out."""

    worst_case: str
    who_is_protected: str
    what_we_do: str
    made_on: date
    expires_on: date
    concern: bool
    sampled: bool = False
    agreement: str = "not_asked"
    answer: str = ""
    answered_on: date | None = None
    ended_on: date | None = None
    ended_as: str = ""
    covers: list[Any] = field(default_factory=list)  # the enquiries it was written for


@dataclass(slots=True)
class PlannedAction:
    """Something to be done, citing an enquiry, a reading or nothing."""

    what: str
    by_whom: str
    made_on: date
    by_on: date
    owed: Owed
    done_on: date | None = None
    done_note: str = ""
    enquiry: Any = None
    reading: Any = None


@dataclass(slots=True)
class PlannedRaise:
    """What was raised in a sentence: a risk level or flag by its register, or a contact level."""

    kind: str
    because: str
    raised_on: date
    owed: Owed
    contact_level: str = ""
    register: Any = None
    id: int = 0


@dataclass(slots=True)
class PlannedReading:
    """One case that something which came in is about. `plan` is the case's."""

    plan: Any
    main: bool
    owed: Owed
    relation: str = ""
    read_on: date | None = None
    read_as: str = ""
    because: str = ""
    raised: PlannedRaise | None = None
    id: int = 0


@dataclass(slots=True)
class PlannedInformation:
    """Something that somebody told us."""

    kind: str
    said_by: str
    who: str
    came_on: date
    happened_on: date
    text: str
    harm: bool
    readings: list[PlannedReading] = field(default_factory=list)
    kept_apart: str = ""  # why the two people it names must be kept apart
    id: int = 0
