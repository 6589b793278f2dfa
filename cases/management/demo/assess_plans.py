"""What is planned of a case's assessment and sentence plan, of overrides and of routes taken away."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.management.demo.loop_plans import Owed


@dataclass(slots=True)
class PlannedReturn:
    """What a senior gave back to be put right."""

    question: str
    note: str
    on: date
    answered_on: date | None = None


@dataclass(slots=True)
class PlannedAssessment:
    """One assessment. `gaps` and `warnings` are the keys of what was left, each as it was planted."""

    state: str  # draft, waiting or signed
    begun_on: date
    answers: dict[str, Any] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    harm: str = ""
    signed_on: date | None = None  # by the officer
    countersign_because: str = ""
    countersigned_on: date | None = None
    evidence: dict[str, Any] = field(default_factory=dict)
    returns: list[PlannedReturn] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    id: int = 0

    @property
    def completed_on(self):
        """The day from which it is in force."""
        if self.state != "signed":
            return None
        return self.countersigned_on or self.signed_on


@dataclass(slots=True)
class PlannedVictim:
    """Somebody around the person who could be hurt. `person` is one of the plan's people."""

    person: Any
    group: str
    how: str
    since_on: date
    id: int = 0


@dataclass(slots=True)
class PlannedStep:
    """A step of an objective. It owes something once its plan is signed."""

    what: str
    by_whom: str
    by_on: date
    actor: str
    nature: str
    protects: PlannedVictim | None = None
    sharing: str = "no"
    done_on: date | None = None
    done_note: str = ""
    owed: list[Owed] = field(default_factory=list)


@dataclass(slots=True)
class PlannedObjective:
    area: str  # blank: of harm
    what: str
    about: list[str]
    sharing: str = "yes"
    steps: list[PlannedStep] = field(default_factory=list)


@dataclass(slots=True)
class PlannedContingency:
    what_if: str
    then: str
    by_whom: str
    by_when: str


@dataclass(slots=True)
class PlannedDelivery:
    """How one requirement, or one condition of a licence, is delivered."""

    route: str
    how: str
    requirement_id: int | None = None
    condition_id: int | None = None
    arranged_on: date | None = None


@dataclass(slots=True)
class PlannedSentencePlan:
    """The plan made with the person. `gaps` and `warnings` are as of an assessment."""

    state: str  # draft or signed
    begun_on: date
    answers: dict[str, Any] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    signed_on: date | None = None
    agreed: str = ""
    agreed_because: str = ""
    agreed_on: date | None = None
    objectives: list[PlannedObjective] = field(default_factory=list)
    contingencies: list[PlannedContingency] = field(default_factory=list)
    deliveries: list[PlannedDelivery] = field(default_factory=list)
    evidence: dict[str, Any] = field(default_factory=dict)
    id: int = 0


@dataclass(slots=True)
class PlannedOverride:
    """Going ahead over gates: `act` is assessment or plan, `of` what it is about."""

    act: str
    of: Any
    state: str
    gaps: list[str]
    sentences: list[str]
    words: dict[str, str]  # the six answers
    asked_on: date
    expires_on: date
    decided_on: date | None = None
    decided_by: Any = None  # the senior, or the head
    decision_note: str = ""
    opened_case: bool | None = None
    sampled: bool = False
    read_on: date | None = None
    read_note: str = ""
    closed_on: date | None = None
    closed_how: str = ""
    owed: list[Owed] = field(default_factory=list)
    id: int = 0


@dataclass(slots=True)
class PlannedRoute:
    """A decision that takes a route away, and what takes its place."""

    removed: str
    because: str
    route: str
    replacement: str
    decided_on: date
    by_on: date
    owed: list[Owed]
    requirement: str = ""  # main code of the requirement it is about
    booked_on: date | None = None
    booked_for: date | None = None
    booked_with: str = ""
    id: int = 0
