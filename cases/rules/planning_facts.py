"""What is known of a plan being written: the plain facts on which the rules of signing it turn.

Source: product rules, gates ("Sign a plan"). The rules are `cases.rules.planning`.
"""

from dataclasses import dataclass, field
from datetime import date

from cases.reference.codes import ContactLevel
from cases.reference.harm import HarmGroup
from cases.reference.needs import NeedArea
from cases.reference.plans import Agreed, Nature, Route


@dataclass(frozen=True, slots=True)
class StepKnown:
    """A step that is done or to be done."""

    nature: Nature | str = ""
    protects: int | None = None  # key of a potential victim


@dataclass(frozen=True, slots=True)
class ObjectiveKnown:
    about: frozenset[str] = frozenset()  # "need:drugs", "harm:children"
    steps: tuple[StepKnown, ...] = ()


@dataclass(frozen=True, slots=True)
class Victim:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """A requirement, or a condition that needs something to be done. `key`: "requirement:12".

    `route` is None where the plan says nothing of it. `replacement`: of a route that was taken away,
    `booked` once it has a day.
    """

    key: str
    name: str
    route: Route | str | None = None
    arranged_on: date | None = None
    replacement: str = ""
    taken_away: bool = False
    booked: bool = False


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What decides whether a plan may be signed."""

    assessed: bool  # a signed assessment is in force
    priorities: tuple[NeedArea, ...] = ()
    risks: tuple[HarmGroup, ...] = ()  # at medium or above
    victims: tuple[Victim, ...] = ()
    objectives: tuple[ObjectiveKnown, ...] = ()
    contingencies: int = 0
    ordered: tuple[Ordered, ...] = ()
    answers: dict = field(default_factory=dict)
    open_enquiries: frozenset[int] = frozenset()
    contact_level: ContactLevel | str = ""  # of the GRID; blank: not supervised by us
    concern: bool = False  # domestic abuse, a child, a named victim or who lives with them
    agreed: Agreed | str = ""
    on_record: frozenset[str] = (
        frozenset()
    )  # of `ABOUT_FAMILY`, what a register in force or the people around them tell of


def about_need(area):
    return f"need:{area}"


def about_harm(group):
    return f"harm:{group}"


def needs_delivery(category):
    """Whether a licence condition of this category needs something done, as standard ones do not."""
    return "standard" not in category.lower()
