"""Asking by letter for the reason of an absence: when one may be asked for, and from when the letter after it is owed.

Sources: product rules, clocks ("letter after a failure: 2 working days of becoming aware; reason for absence: the later of 6
from the failure and 3 after deemed service", both default) and failures (only the officer makes it a failure). Where the first
letter asked for the reason, that was the letter within two days: a warning that follows it is owed from the decision.
"""

from dataclasses import dataclass
from datetime import date

from staff.errors import RuleBroken
from staff.rules.dates import say_date

DECIDED = "What the absence comes to is decided, so there is nothing to ask by letter."
VOLUNTARY = "This appointment was voluntary, so they need give no reason for missing it."
ASKED = (
    "A letter that asks for the reason was asked for already. See it among the letters of the case."
)
HEARD = (
    "They were in touch that day or since, or were spoken to when we rang. Read what they said, and ask them "
    "yourself what is not clear."
)
PAST = "They could give a reason until {day}, so a letter would ask too late. Decide what the absence comes to."


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known of an absence when somebody would ask for its reason by letter."""

    decided: bool
    voluntary: bool
    asked: bool  # a letter that asks was asked for, and not called off
    heard: bool  # they were in touch since, or spoke with whoever rang
    until: date  # the last day for a reason
    today: date


def why_not_asked(asking: Asking) -> str:
    """Why the reason is not asked for by letter, in words for staff; blank where it may be."""
    if asking.decided:
        return DECIDED
    if asking.voluntary:
        return VOLUNTARY
    if asking.asked:
        return ASKED
    if asking.heard:
        return HEARD
    return PAST.format(day=say_date(asking.until)) if asking.today > asking.until else ""


def check_asked(asking: Asking) -> None:
    """Refuse to ask by letter where nothing is open, or where there is an answer to read."""
    if because := why_not_asked(asking):
        raise RuleBroken(because)


def letter_owed_from(
    *, aware_on: date, decided_on: date | None = None, asked_on: date | None = None
) -> date:
    """The day from which the clock of the letter about a failure runs.

    `asked_on`: when a letter that asked for the reason went and did not come back; `decided_on`: when the absence was
    made a failure. One that went only after the decision was not waited for.
    """
    if asked_on is None or decided_on is None or asked_on > decided_on:
        return aware_on
    return max(aware_on, decided_on)
