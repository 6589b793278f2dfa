"""The parts of a plan of one person: an entry on a register, somebody around them, an enquiry, the sentence."""

from dataclasses import dataclass, field
from datetime import date

from cases.management.demo.agencies import BookEntry
from cases.management.demo.loop_plans import PlannedRaise


@dataclass(slots=True)
class PlannedRegister:
    """An entry on a register. `months` is its review period; an ended one is history."""

    code: str
    started_on: date
    part: str
    level: str = ""
    category: str = ""
    firearm: bool | None = None
    ended_on: date | None = None
    review_on: date | None = None
    evidence: str = ""
    notes: str = ""
    raised: PlannedRaise | None = None  # in a sentence, and not yet assessed in full
    id: int = 0


@dataclass(slots=True)
class PlannedPerson:
    """Somebody around the person; `id` is the row once written."""

    kind: str
    name: str
    relationship: str
    born_on: date | None = None
    lives_with: bool | None = None
    dependant: bool = False
    victim: bool = False
    protected: bool = False
    address: str = ""
    authority: str = ""  # the local authority they live in; blank: not known
    postcode: str = ""
    id: int = 0


@dataclass(slots=True)
class PlannedEnquiry:
    """An enquiry with its whole history so far. `step` is the kind of deadline still owed, or blank."""

    kind: str
    because: str
    triggered_on: date
    agency: BookEntry
    state: str = "due"
    told_person: bool | None = None
    not_told: str = ""
    sent_on: date | None = None
    chases: list[date] = field(default_factory=list)
    replied_on: date | None = None
    reply: str = ""
    reply_text: str = ""
    analysed_on: date | None = None
    changes: str = ""
    analysis: str = ""
    not_needed: str = ""
    not_needed_on: date | None = None
    about: list[PlannedPerson] = field(default_factory=list)  # those around the person
    unanswered: list[PlannedPerson] = field(default_factory=list)  # of those, left out of the reply
    put_right: str = ""  # on the day it came: why, and what was recorded first
    misdated: list[PlannedPerson] = field(default_factory=list)  # asked about under another birth
    papers: bool = False  # what was sent and what came is kept
    step: str = ""
    step_from: date | None = None
    due_on: date | None = None
    defect: str = ""  # what went wrong, in the words of the ground truth
    id: int = 0

    @property
    def asked_of(self):
        return self.agency.name if self.sent_on else ""

    @property
    def ended_on(self):
        """When nothing more was owed on it; None while something is."""
        return self.not_needed_on or self.analysed_on


@dataclass(slots=True)
class PlannedDeadline:
    """Something owed on the case as a whole; `met_on` when it was done."""

    kind: str
    triggered_on: date
    due_on: date
    why: str
    met_on: date | None = None
    void: bool = False


@dataclass(slots=True)
class Record:
    """What OGRS3 rests on."""

    born_on: date
    offence: tuple[str, str]
    sanctions: int  # this one counted
    age_first: int
    first_on: date


@dataclass(slots=True)
class Order:
    """The present sentence."""

    kind: str  # community, suspended, unpaid_work, licence, pss, custody or recalled
    convicted_on: date
    started_on: date
    months: int
    end_on: date
    released_on: date | None = None
    release_due_on: date | None = None
    licence_end_on: date | None = None
    pss_end_on: date | None = None
    long: bool = False  # two years or more: licence alone

    @property
    def custodial(self):
        return self.kind in {"licence", "pss", "custody", "recalled"}

    @property
    def began_on(self):
        """The first day of supervision in the community, or the sentence while still inside."""
        return self.released_on or self.started_on
