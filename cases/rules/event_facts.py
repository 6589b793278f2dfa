"""What the record holds of a case since a day, as plain values, one shape for each place it comes from.

`cases.queries.happened` reads them; `cases.rules.events` says which are events, and which matter.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.checks import CheckKind, Reply, SubjectKind
from cases.reference.information import InformationKind, RaiseKind, SaidBy
from cases.reference.visits import NotDone


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of information about the case. `attack`: somebody was attacked or threatened by it."""

    id: int
    kind: InformationKind
    said_by: SaidBy
    happened_on: date
    came_on: date
    harm: bool = False
    attack: bool = False


@dataclass(frozen=True, slots=True)
class Replied:
    id: int
    kind: CheckKind
    reply: Reply
    on: date
    again_on: date | None = None  # when it was put right, or recorded after a wrong one
    again_as: str = "put right"  # which of these, in words


@dataclass(frozen=True, slots=True)
class Registered:
    """An entry on a register, or its end. One raised here is left out: that is a `Raised`."""

    id: int
    name: str
    started_on: date | None
    ended_on: date | None = None
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    id: int
    kind: RaiseKind
    to: str  # in words
    on: date


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around the person: when they came, as far as known, and when they went.

    `named_on`: when somebody known before was named as one who could be hurt, whom the plan in force does not protect.
    """

    id: int
    kind: SubjectKind
    came_on: date | None
    left_on: date | None = None
    named_on: date | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """An address they live at. `first`: none is known before it."""

    id: int
    from_on: date
    no_fixed_abode: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class WentWrong:
    """An appointment that they missed or did not comply with, unless it was acceptable or voluntary."""

    id: int
    on: date
    known_on: date
    came: bool = False  # and did not comply


@dataclass(frozen=True, slots=True)
class Moved:
    """An appointment that was moved, or missed for a good reason."""

    id: int
    on: date


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure to comply, as its officer decided."""

    id: int
    happened_on: date
    decided_on: date


@dataclass(frozen=True, slots=True)
class Enforced:
    """A step of breach or recall: a line of the log, or the record of a sentence that came to be so.

    `of`: what kind of record, which with `id` names it.
    """

    of: str
    id: int
    on: date
    recall: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a breach or a recall of ours, in words. `of`: which of them."""

    of: str
    id: int
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Convicted:
    """A conviction or a charge that is not the first we know of."""

    id: int
    on: date
    sentenced: bool
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """Held, recalled or released. `id` is that of the sentence."""

    id: int
    on: date
    held: bool


@dataclass(frozen=True, slots=True)
class RouteTaken:
    id: int
    on: date
    instead: str  # the route that takes its place


@dataclass(frozen=True, slots=True)
class Ended:
    """A requirement, programme or piece of rehabilitation activity that ended. `of`: which of them."""

    of: str
    id: int
    name: str
    on: date
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Visited:
    """A home visit: what was seen, as `(code, choice)` of `cases.reference.visits`, or why it was not done."""

    id: int
    on: date
    seen: frozenset[tuple[str, str]] = frozenset()
    not_done: NotDone | str = ""


@dataclass(frozen=True, slots=True)
class Overridden:
    """Going ahead although something was missing: approved, and whether that has run out."""

    id: int
    act: str
    approved_on: date
    ran_out_on: date | None = None


@dataclass(frozen=True, slots=True)
class Allocated:
    id: int
    on: date


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the log marked as a significant event, or whose notes speak of police or social care.

    `about`: what they speak of, in words; blank of one that is marked.
    """

    id: int
    on: date
    about: str = ""


@dataclass(frozen=True, slots=True)
class MetAgencies:
    """A meeting of agencies that was held, and of which somebody has said what it decided. `decides`: it makes a plan."""

    id: int
    name: str
    on: date
    known_on: date
    decides: bool = False


@dataclass(frozen=True, slots=True)
class CaseHappenings:
    told: tuple[Told, ...] = ()
    replies: tuple[Replied, ...] = ()
    registers: tuple[Registered, ...] = ()
    raises: tuple[Raised, ...] = ()
    around: tuple[Around, ...] = ()
    homes: tuple[Home, ...] = ()
    went_wrong: tuple[WentWrong, ...] = ()
    moved: tuple[Moved, ...] = ()
    failures: tuple[Failed, ...] = ()
    enforced: tuple[Enforced, ...] = ()
    settled: tuple[Settled, ...] = ()
    convictions: tuple[Convicted, ...] = ()
    custody: tuple[Custody, ...] = ()
    routes: tuple[RouteTaken, ...] = ()
    ended: tuple[Ended, ...] = ()
    visits: tuple[Visited, ...] = ()
    overrides: tuple[Overridden, ...] = ()
    allocations: tuple[Allocated, ...] = ()
    notes: tuple[Noted, ...] = ()
    agencies: tuple[MetAgencies, ...] = ()
