"""All that decides whether an assessment may be signed, and what is read out of it.

Source: product rules, gates ("sign an assessment"). The rules themselves are `cases.rules.assessing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.reference.checks import CheckKind, EnquiryState
from cases.reference.codes import ROSH_ORDER
from cases.reference.harm import Behaviour, HarmGroup, Indicator
from cases.reference.questions import of_group
from cases.rules.interim import says_nothing
from cases.rules.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Required:
    """A check that must have been made. `enquiry` is the one to see to; None: never opened."""

    kind: CheckKind
    enquiry: int | None = None
    state: EnquiryState | None = None
    due_on: date | None = None  # of its current step
    triggered_on: date | None = None

    def is_chased_on_time(self, today):
        return self.state == EnquiryState.SENT and self.due_on is not None and self.due_on >= today


@dataclass(frozen=True, slots=True)
class AssessingFacts:
    """All that decides whether an assessment may be signed. `answers` are by code."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()  # pulled forward, and not confirmed
    patterns: tuple[Pattern, ...] = ()
    required: tuple[Required, ...] = ()  # checks, each that must be made or is open
    plan_until: date | None = None  # last day of the live interim plan
    plan_covers: frozenset[int] = frozenset()  # the enquiries it is for
    abusive: bool = False  # on a register now as the source of domestic abuse
    victims_not_named: int = (
        0  # on record as a victim, and never named as somebody who could be hurt
    )
    # Of children and domestic abuse, what a register in force is about
    on_register: frozenset[str] = frozenset()
    concern: bool = False  # of domestic abuse or a child, on a register now, in whatever part
    raised: str = ""  # the highest level raised and not yet assessed
    in_force: str = ""  # the level that was in force besides
    before: Mapping[str, Any] = field(default_factory=dict)  # answers that stood before the offence
    sentence: int | None = None  # that it is for
    sentenced_on: date | None = None


def overall_harm(answers):
    """The highest level said of any group; blank where none is. Source: OASys (R10.6)."""
    levels = [answers.get(of_group(group, "level")) for group in HarmGroup]
    return max((one for one in levels if one in ROSH_ORDER), key=ROSH_ORDER.__getitem__, default="")


def full_analysis_is_indicated(facts):
    """Whether the full analysis must be made: the screening says so, or what is known of the past."""
    return bool(facts.patterns or facts.concern or indicators(facts))


def domestic_abuse_is_told(facts):
    """Whether the person is the source of domestic abuse, or there is a report of it."""
    told = any(one.behaviour == Behaviour.DOMESTIC_ABUSE for one in facts.patterns)
    return facts.abusive or told or Indicator.DOMESTIC_ABUSE in indicators(facts)


def indicators(facts):
    return set(facts.answers.get("screening.indicators") or ()) - {Indicator.NONE}


def words_at(facts, code):
    """What was written there, trimmed; blank where nothing was."""
    return str(facts.answers.get(code) or "").strip()


def said_at(facts, code):
    """The same, and blank too where what is typed to get past a box was: "n/a" opens no gate sooner than the truth."""
    words = words_at(facts, code)
    return "" if says_nothing(words) else words
