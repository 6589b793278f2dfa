"""What the safety strip is drawn from, and one line of it. How it is drawn: `cases.rules.safety`."""

from dataclasses import dataclass
from datetime import date

from cases.rules.interim import Held
from staff.rules.strip import Icon


@dataclass(frozen=True)
class Line:
    icon: Icon
    lead: str
    text: str = ""


@dataclass(frozen=True)
class Registered:
    """An entry now on a register."""

    code: str
    name: str
    part: str
    since: date | None = None
    level: str = ""
    warns_staff: bool = False
    provisional: bool = False  # raised, and not yet assessed in full


@dataclass(frozen=True)
class Harm:
    """The level of risk of serious harm in force, and when it was recorded."""

    level: str
    on: date | None
    provisional: bool = False


@dataclass(frozen=True)
class Asked:
    """An enquiry, whatever came of it."""

    kind: str
    state: str
    triggered_on: date
    id: int = 0
    sent_on: date | None = None
    replied_on: date | None = None
    chases: int = 0


@dataclass(frozen=True)
class Known:
    """All that the strip is drawn from. `orders`, `restrictions` and `victims` are words the reader may see."""

    supervised: bool
    registers: tuple[Registered, ...] = ()
    harm: Harm | None = None
    assessed_on: date | None = None
    sentence_began_on: date | None = None
    orders: tuple[str, ...] = ()  # restrictions recorded and in force: "Must not ..."
    terms_seen: bool = False  # those orders are what the register of restraining orders speaks of
    terms_not_seen: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    enquiries: tuple[Asked, ...] = ()
    plan: Held | None = None  # what holds until agencies answer
    not_asked: tuple[str, ...] = ()  # whom agencies have not spoken of, by cases.rules.coverage
    unread: tuple[str, ...] = ()  # what came in, says somebody could be hurt, and nobody has read
    staff_instruction: str = ""
