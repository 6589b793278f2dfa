"""Of whom the Home Office is asked, and what must be said of its answer.

Sources: supervision reference 1.7 (HOIE); which nationalities are asked about is local policy of October 2018: not British
citizens, however they say it, dual nationals among them; not Irish citizens, whom the Home Office does not look to remove but
in exceptional cases (its statement of 2007), who may still be asked about by hand. What is not known counts as nothing.
"""

from datetime import date
from enum import StrEnum, auto

from cases.reference.codes import Given
from cases.reference.home_office import HomeOfficeInterest
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken

BRITISH = frozenset(
    {"brit", "british", "british citizen", "english", "scottish", "welsh", "northern irish", "uk"}
)
IRISH = frozenset({"irish", "irish citizen"})
NOT_KNOWN = frozenset(Given) | {"", "unknown", "not known", "not recorded", "none"}
ANSWERED = frozenset(
    set(HomeOfficeInterest) - {HomeOfficeInterest.NOT_KNOWN, HomeOfficeInterest.ASKED}
)
TOLD_OF = frozenset(
    {HomeOfficeInterest.REMOVAL, HomeOfficeInterest.BAIL}
)  # officer and seniors hear


class Nationality(StrEnum):
    BRITISH = auto()  # also
    IRISH = auto()
    OTHER = auto()
    NOT_KNOWN = auto()


def nationality_of(first: str, second: str) -> Nationality:
    """What the record comes to. `first` and `second`: words, a code, or why there is none.

    With a first that is not known a second decides nothing, unless it is British or Irish.
    """
    said = [" ".join(one.split()).casefold() for one in (first, second)]
    if set(said) & BRITISH:
        return Nationality.BRITISH
    if set(said) & IRISH:
        return Nationality.IRISH
    return Nationality.NOT_KNOWN if said[0] in NOT_KNOWN else Nationality.OTHER


def is_asked_about(nationality: Nationality, *, registered: bool) -> bool:
    """Whether the Home Office is asked by rule. `registered`: the register of its interest stands."""
    return registered or nationality == Nationality.OTHER


def is_still_to_ask(interest: str, asked_on: date | None) -> bool:
    return interest == HomeOfficeInterest.NOT_KNOWN and asked_on is None


def check_home_office(
    *,
    interest: str,
    reference: str,
    asked_on: date | None,
    answered_on: date | None,
    caseworker: str,
    conditions: str,
    today: date,
) -> dict:
    """Refuse what contradicts itself, or could not be checked. Gives what is kept, trimmed."""
    interest = HomeOfficeInterest(interest)
    if any(day and day > today for day in (asked_on, answered_on)):
        raise RuleBroken("Neither day can be in the future.")
    if interest == HomeOfficeInterest.ASKED and asked_on is None:
        raise RuleBroken("Say when they were asked.")
    if interest in ANSWERED and answered_on is None:
        raise RuleBroken("Say when the Home Office told us.")
    if interest in ANSWERED and says_nothing(caseworker):
        raise RuleBroken("Say who at the Home Office told us, and how they are reached.")
    if asked_on and answered_on and answered_on < asked_on:
        raise RuleBroken("They cannot have answered before they were asked.")
    if interest == HomeOfficeInterest.BAIL and says_nothing(conditions):
        raise RuleBroken("Say which conditions they are on, as the Home Office told us.")
    return {
        "interest": interest,
        "reference": reference.strip(),
        "asked_on": asked_on,
        "answered_on": answered_on if interest in ANSWERED else None,
        "caseworker": caseworker.strip(),
        "conditions": conditions.strip(),
    }
