"""What is known of a review being written: the plain facts on which the rules of signing it turn.

Source: product rules, gates ("Sign a review"). The rules are `cases.rules.reviewing`.
"""

from dataclasses import dataclass, field
from datetime import date

from cases.reference.checks import CheckKind
from cases.reference.harm import HarmGroup
from cases.reference.needs import NeedArea
from cases.reference.review_questions import QUIET
from cases.reference.reviews import Answered, EventKind, PersonView, RecommendationState
from cases.rules.stock import is_stock


@dataclass(frozen=True, slots=True)
class EventKnown:
    """Something that happened. `tied`: a change that is there now stands behind the answer."""

    key: str
    kind: EventKind
    what: str
    on: date
    significant: bool
    answer: Answered | str = ""
    words: str = ""
    tied: bool = False


@dataclass(frozen=True, slots=True)
class ObjectiveToReview:
    key: int
    what: str


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What decides whether a review may be signed, and whether a senior signs as well."""

    events: tuple[EventKnown, ...] = ()
    answers: dict = field(default_factory=dict)
    person_view: PersonView | str = ""
    person_words: str = ""
    harm_before: str = ""  # in force on the day it looks back to; blank: none
    harm_after: str = ""  # in force now
    harm_because: str = ""
    objectives: tuple[ObjectiveToReview, ...] = ()  # of the plan in force when it was begun
    areas: tuple[NeedArea, ...] = ()  # of high priority in the assessment
    groups: tuple[HarmGroup, ...] = ()  # at medium or above
    unknown: tuple[str, ...] = ()  # children, domestic abuse: what nobody knew when it was begun
    asked: frozenset[str] = frozenset()  # of those, what an open enquiry is about
    to_refresh: tuple[CheckKind, ...] = ()  # not asked since the day it looks back to
    changes: int = 0  # of substance, in assessment, plan and risk
    concern: bool = False  # domestic abuse, a child or a named victim
    recommendation: RecommendationState | str = ""  # where the one stands that called for it
    kept: int = 0  # appointments since
    missed: int = 0
    excused: int = 0  # missed for a good reason, or moved
    no_change: str = ""  # what the detector of reviews that change nothing found; blank: nothing
    no_change_lines: tuple[str, ...] = ()  # the list behind that sentence


def significant(facts):
    return [one for one in facts.events if one.significant]


def harm_moved(facts):
    return facts.harm_before != facts.harm_after


def said_to(facts, code):
    """What is answered to a question; blank where nothing is."""
    return facts.answers.get(code) or ""


def is_quiet(facts):
    """Nothing significant happened, the person was there and said so, and it is said what shows it.

    Then one page is the whole review. Whatever happens while it is written ends that.
    """
    return (
        may_be_quiet(facts)
        and facts.person_view == PersonView.SAID
        and not is_stock(said_to(facts, QUIET))
    )


def may_be_quiet(facts):
    """Whether one page may be enough: nothing significant, no harm that moved, nothing that nobody knew."""
    left = [subject for subject in facts.unknown if subject not in facts.asked]
    return not significant(facts) and not harm_moved(facts) and not left
