"""What is planned of meeting somebody: appointments kept, missed and to come, and what each came to."""

from dataclasses import dataclass, field
from datetime import date

from cases.management.demo.loop_plans import Owed


@dataclass(slots=True)
class PlannedDecision:
    """What an appointment that went wrong came to. `called` is blank while nobody was rung."""

    state: str  # awaiting, acceptable or failure
    aware_on: date
    called: str = ""
    called_on: date | None = None
    safe: str = ""
    because: str = ""
    decided_on: date | None = None


@dataclass(slots=True)
class PlannedMeeting:
    """An appointment in the log. `booked`: it has a booking here; otherwise it came with the record."""

    code: str
    on: date
    hour: str
    outcome: str = ""
    attended: bool | None = None
    complied: bool | None = None
    rar: bool = False  # marked as rehabilitation activity
    requirement: int | None = None
    booked: bool = False
    stands: bool = True  # neither called off nor moved
    reminded: bool = False  # a text waits to go
    decision: PlannedDecision | None = None
    owed: list[Owed] = field(default_factory=list)
    id: int = 0


@dataclass(slots=True)
class PlannedRar:
    """A rehabilitation activity requirement: what was planned of its days. `activities` are rows."""

    ordered: int
    activities: list[int] = field(default_factory=list)
    planned: int = 0
    enough: bool = False
