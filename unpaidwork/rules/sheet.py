"""What a supervisor reads of a day: the site once, and of each person no more than that day needs.

Source: report 4.1 (U2, U3: supervisors were told a code or nothing); unpaid work reference 6 ("a one-screen briefing
per session ... minimum necessary, no offence narrative or victim address"); product rules, limited access.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from cases.rules import restrictions
from cases.rules.words import counted
from unpaidwork.rules.instructions import BORN

HELD = "They do not start work. Something on their record has no instruction for you yet. Ring the coordinator."
SUSPENDED = "They do not start work. Their allocation is suspended. Ring the coordinator."
CALLED_OFF = "They do not start work. Their place that day was called off. Ring the coordinator."
CHANGED = (
    "They do not start work. Something has changed since this sheet came out. Ring the coordinator."
)
SUPERVISOR = "They do not start work with those who supervise today. Ring the coordinator."
DO_NOT_START, STOP = "They do not start work", "They stop work now"
LIMITED_ACCESS = "Limited access"
NOT_OUT = "The coordinator has not published the sheet yet. Ring the coordinator."
KEPT_BACK = (
    "On record, and kept back because of whom it names. Ring the coordinator if it is needed."
)
NOT_ASKED = "Nobody has asked them about their health for this work. Ask before they start."
EMERGENCY = "health.emergency"
NOBODY_NAMED = "They would rather not name anybody: ring 999, and then the coordinator."
# What of the risk assessment is about keeping them well that day, in this order
HEALTH = {
    "health.consciousness": "Faints or fits",
    "health.allergies": "Allergies",
    "health.medication": "Medicine",
    "health.self_harm": "Self-harm",
    "health.mental": "Mental health",
    "health.pregnancy": "Pregnancy",
    "health.disabilities": "Disability or illness",
    "health.other": "Limits on the work",
    "diversity.neurodiversity": "How to explain things",
    "diversity.language": "Language and reading",
    "placement.kit": "Clothing and kit",
    "managing.substances": "Alcohol or drugs",
    EMERGENCY: "In an emergency",
}
UNKNOWN_MATTERS = ("health.consciousness", "health.allergies", "health.medication")
BEGINS = {"A", "An", "Any", "Our", "The", "Their", "Whoever", "Your"}  # what is no name
BEFORE = AFTER = timedelta(days=1)  # for how long around a session its supervisors reach its people


@dataclass(frozen=True, slots=True)
class Told:
    """One instruction as supervisors read it. Which register or order it comes from is not theirs to read."""

    must_not: str
    watch_for: str
    do: str
    ring: str


@dataclass(frozen=True, slots=True)
class Note:
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class OnSheet:
    """One person on a day sheet. `key`: of their place in the register, which says nothing of the case.

    Of somebody whose case is kept from the reader there is `safety` and whom to `ask`, and nothing else.
    """

    key: int
    name: str = ""
    crn: str = ""
    comes: str = ""  # where the van picks them up, or that they make their own way
    told: tuple[Told, ...] = ()
    health: tuple[Note, ...] = ()
    apart: tuple[str, ...] = ()  # who on this session they are kept apart from
    held: str = ""  # why they do not start work; blank where they may
    here: bool = False  # at work already, by the register
    safety: str = ""  # travels with a case of limited access
    masked: bool = False
    ask: str = ""
    hours_left: str = ""
    acknowledged: bool = False
    changed: bool = False  # the reader acknowledged what it said before

    @property
    def says_held(self):
        """Why they do not work, as it is said of somebody who is to come or is here."""
        return self.held_here if self.here else self.held

    @property
    def held_here(self):
        return self.held.replace(DO_NOT_START, STOP)

    @property
    def called(self):
        """By what whoever reads of them knows them: no more than the sheet says."""
        return LIMITED_ACCESS if self.masked else self.name

    @property
    def must_not(self):
        return _each_once(one.must_not for one in self.told)

    @property
    def watch_for(self):
        return _each_once(one.watch_for for one in self.told)

    @property
    def do(self):
        """What to do and whom to ring, as each instruction says it."""
        return tuple(dict.fromkeys(Note(one.do, said_to_ring(one.ring)) for one in self.told))

    @property
    def digest(self):
        """Tells what the sheet said of them from whatever it says after a change. Hours left are not of it, nor whether
        they are here: whoever says that they came has not to read anew."""
        said = [
            [[one.must_not, one.watch_for, one.do, one.ring] for one in self.told],
            [[one.label, one.words] for one in self.health],
            [list(self.apart), self.held, self.safety, self.ask, self.masked],
        ]
        return sha256(json.dumps([self.key, said]).encode()).hexdigest()


def acknowledged_by(people, digests):
    """Each with whether the reader has acknowledged what it says now. `digests`: what they did, by key."""
    return tuple(_acknowledged(one, digests.get(one.key, ())) for one in people)


def _acknowledged(one, digests):
    acknowledged = one.digest in digests
    return replace(one, acknowledged=acknowledged, changed=bool(digests) and not acknowledged)


def all_acknowledged(people):
    """Whether the reader has read what it says of everybody; of nobody nothing is read."""
    return bool(people) and all(one.acknowledged for one in people)


def health_notes(answers, kept):
    """What keeps them well, from the risk assessment in force; None where nobody has signed one.

    What names somebody or says where they live is kept back, and that is said.
    """
    if answers is None:
        return (Note("Health", NOT_ASKED),)
    found = []
    for code, label in HEALTH.items():
        answer = answers.get(code) or {}
        said, words = answer.get("said"), " ".join(answer.get("words", "").split())
        if said == "yes" and words:
            found.append(Note(label, KEPT_BACK if _kept_back(words, kept) else words))
        elif said == "unknown" and code in UNKNOWN_MATTERS:
            found.append(Note(label, "Not known. Ask them before they start."))
        elif code == EMERGENCY and said == "no":
            found.append(Note(label, NOBODY_NAMED))
    return tuple(found)


def _kept_back(words, kept):
    return bool(restrictions.gives_away(words, kept) or BORN.search(words))


def short_name(forename, surname):
    """First name and initial: all that one person's place on a sheet says of another."""
    return f"{forename} {surname[:1]}".strip()


def said_to_ring(words):
    """Whom to ring, as it is said after "Ring": "the duty officer", and a name as it is written."""
    first, _, rest = words.partition(" ")
    return f"{first.lower()} {rest}" if first in BEGINS and rest else words


def reaches_from(on):
    """The first and the last day on which the supervisors of a session reach its people."""
    return on - BEFORE, on + AFTER


def said_hours(minutes):
    """ "12 hours 30 minutes left"; never a number below nought."""
    hours, rest = divmod(max(minutes, 0), 60)
    parts = [counted(hours, "hour")] if hours or not rest else []
    if rest:
        parts.append(counted(rest, "minute"))
    return f"{' '.join(parts)} left"


def _each_once(words):
    return tuple(dict.fromkeys(one for one in words if one))


@dataclass(frozen=True, slots=True)
class Hazard:
    hazard: str
    control: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The day sheet of one session for one reader."""

    session: int
    version: int
    project: str
    where: str
    on: date
    hours: str  # "9am to 4pm"
    state: str
    published: bool
    supervisors: tuple[str, ...]
    hazards: tuple[Hazard, ...]
    first_aid: str
    reached: str  # whether there is a signal, and how they are reached without one
    people: tuple[OnSheet, ...]

    @property
    def acknowledged(self):
        """Whether the reader has acknowledged what it says now of everybody; of nobody nothing is acknowledged."""
        return all_acknowledged(self.people)

    @property
    def to_read(self):
        return tuple(one for one in self.people if not one.acknowledged)
