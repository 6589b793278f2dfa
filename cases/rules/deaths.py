"""What is recorded when somebody has died, who has to hear of it, and when that is done.

Source: local policy on deaths under supervision (`cases.reference.deaths`); product rules, clocks.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.deaths import Hear
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides who has to hear."""

    in_custody: bool | None = None  # None: not known
    victim: bool = False  # the record names somebody who was harmed
    wanted: bool = False  # a warrant is out, or they were at large


def must_hear(known: Circumstances) -> list[Hear]:
    """Who has to be told, in the order in which it is done.

    Whoever leads with the family in custody is the prison, so it comes before them; and where it is not known
    whether they died there, that is found out by asking.
    """
    wanted = {
        Hear.NPS: True,
        Hear.PRISON: known.in_custody is True,
        Hear.FAMILY: True,
        Hear.VICTIM: known.victim,
        Hear.POLICE: known.wanted,
    }
    return [one for one, must in wanted.items() if must]


def left_to_tell(known: Circumstances, told: dict) -> list[Hear]:
    return [one for one in must_hear(known) if one not in told]


def check_death(*, died_on: date | None, told_by: str, today: date):
    """Refuse a death that nobody could confirm. Gives the words trimmed."""
    if died_on and died_on > today:
        raise RuleBroken("The day cannot be in the future.")
    if says_nothing(told_by):
        raise RuleBroken("Say who told us, so that it can be confirmed.")
    return told_by.strip()


def check_told(*, on: date | None, words: str, learnt_on: date, died_on: date | None, today: date):
    """Refuse that somebody was told before anybody could know, or a blank. Gives the words trimmed.

    `on` None: there is nobody to tell, and `words` say how we know. Others may have known before we did.
    """
    if on and on > today:
        raise RuleBroken("The day on which they were told cannot be in the future.")
    if on and on < (first := died_on or learnt_on):
        raise RuleBroken(f"Nobody can have been told before {say_date(first)}.")
    if says_nothing(words):
        raise RuleBroken("Say whom you spoke to and what was agreed, or how we know that there is nobody.")  # fmt: skip
    return words.strip()


def check_undone(because: str):
    if says_nothing(because):
        raise RuleBroken("Say how we know that they are alive, and who told us.")
    return because.strip()
