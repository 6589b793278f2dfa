"""What a victim liaison officer must hear of, told once for each thing that happens, and how it was told.

Sources: Domestic Violence, Crime and Victims Act 2004, sections 35 to 44 (whether somebody is released, and which
conditions keep them from a victim); supervision reference 1.7 (INVI). The victim liaison officer is the NPS's, and decides what a victim is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.reference.victim_liaison import ToldHow, VictimCause
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date

LOOKS_BACK_DAYS = 42  # local policy: what happened before was told before, or is put right by hand
NEAR = timedelta(days=14)  # what nDelius says and what was recorded here of one arrest or release
MISTAKE = "A death was recorded by mistake"
TAKEN_BACK = "It was recorded by mistake and undone before anybody was told."
CANNOT_BE_KNOWN = "Never write who or where a victim is."


@dataclass(frozen=True, slots=True)
class Happening:
    """Something a victim may need to hear of. `key`: what happened, the same however often it is found.

    `known_on`: the day on which it could be known here. `undoes`: the key of what it takes back, where it does.
    """

    case_id: int
    cause: VictimCause
    key: str
    on: date
    known_on: date
    words: str
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Raised:
    """A notice that is there. `told`: whether anybody was told; `answered`: that, or why nobody need be."""

    cause: str
    key: str
    on: date
    answered: bool
    told: bool


def in_time(on: date, since: date | None, today: date) -> bool:
    """Whether it is ours to tell: it became known while a victim is in contact, and not long ago.

    `since`: the day from which the record says so; None: it does not say.
    """
    earliest = today - timedelta(days=LOOKS_BACK_DAYS)
    return (max(since, earliest) if since else earliest) <= on <= today


def to_raise(found: Iterable[Happening], had: Iterable[Raised]) -> list[Happening]:
    """Those that nobody has raised yet, the earliest first; each thing that happened once, whoever said it first."""
    stands, new = list(had), []
    for one in sorted(found, key=lambda one: (one.on, one.cause, one.key)):
        if one.undoes and not any(other.key == one.undoes and other.told for other in stands):
            continue
        if any(_is_the_same(one, other) for other in stands):
            continue
        stands.append(Raised(one.cause, one.key, one.on, answered=False, told=False))
        new.append(one)
    return new


def to_take_back(found: Iterable[Happening], had: Iterable[Raised]) -> list[str]:
    """Keys of what is still to be told, and turns out not to have happened."""
    still = {one.key for one in had if not one.answered}
    return sorted({one.undoes for one in found} & still)


def _is_the_same(one, other):
    """The same thing: by its key, or said near that day by another who saw it too.

    Of an arrest and a release a pause tells, and the record; of a recall the request that was granted, and the record; of
    the end an ending, and the record. Recalled and in prison on one day is one thing; recalled, and found later, are two.
    """
    if one.cause != other.cause:
        return False
    if one.key == other.key:
        return True
    tellers = {one.key.partition("-")[0], other.key.partition("-")[0]}
    the_end = tellers == {"over"} and one.key.rpartition("-")[2] == other.key.rpartition("-")[2]
    if one.cause == VictimCause.RECALL and tellers == {"recall", "pause"}:
        return one.on == other.on
    by_the_record = "sentence" in tellers and bool(tellers & {"pause", "recall"})
    return (by_the_record or the_end) and abs(one.on - other.on) <= NEAR


def check_liaison(*, officer: str, unit: str, reach: str, since_on: date, today: date) -> dict:
    """Refuse somebody nobody could reach. Gives what is kept, trimmed."""
    if says_nothing(officer):
        raise RuleBroken("Say who the victim liaison officer is.")
    if says_nothing(unit):
        raise RuleBroken(
            "Say which unit they work in, so that somebody answers when they are away."
        )
    if len(reach.strip()) < 5:
        raise RuleBroken("Say how they are reached: a telephone number or a secure e-mail address.")
    if since_on > today:
        raise RuleBroken("The day since when cannot be in the future.")
    return {"officer": officer.strip(), "unit": unit.strip(), "reach": reach.strip(), "since_on": since_on}  # fmt: skip


def check_liaison_ends(*, since_on: date, on: date, because: str, today: date) -> str:
    """Refuse an end that says nothing, or lies before its beginning. Gives the words trimmed."""
    if on > today:
        raise RuleBroken("The day on which it ended cannot be in the future.")
    if on < since_on:
        raise RuleBroken(f"It began on {say_date(since_on)}, so it cannot end before that.")
    if says_nothing(because):
        raise RuleBroken("Say why it ends: another officer, or the victim no longer wants contact.")
    return because.strip()


def check_told(*, happened_on: date, on: date, whom: str, how: str, said: str, today: date) -> dict:
    """Refuse a telling that nobody could show. Gives what is kept, trimmed."""
    if on > today:
        raise RuleBroken("The day on which they were told cannot be in the future.")
    if on < happened_on:
        raise RuleBroken(f"It happened on {say_date(happened_on)}, so they cannot have been told before that.")  # fmt: skip
    if says_nothing(whom):
        raise RuleBroken("Say whom you told, by name.")
    if says_nothing(said):
        raise RuleBroken(f"Say what you told them. {CANNOT_BE_KNOWN}")
    return {
        "told_on": on,
        "told_whom": whom.strip(),
        "told_how": ToldHow(how),
        "said": said.strip(),
    }


def check_not_needed(because: str) -> str:
    """Refuse a reason that is none. Gives the words trimmed."""
    if says_nothing(because):
        raise RuleBroken("Say why they need not hear of it: who decided that, or what was wrong.")
    return because.strip()


def check_by_hand(*, words: str, on: date, today: date) -> str:
    """Refuse what could not be told to anybody. Gives the words trimmed."""
    if on > today:
        raise RuleBroken("It cannot have happened in the future.")
    if says_nothing(words):
        raise RuleBroken(f"Say what has happened. {CANNOT_BE_KNOWN}")
    return words.strip()


def over_key(sentence: int | None, opened_anew: int) -> str:
    """One key for an ending here and for the record's own word that the sentence is over.

    `opened_anew`: how often the case had been opened again before.
    """
    return f"over-{sentence or 'none'}-{opened_anew}"


def spells(
    custody: Iterable[tuple[date | None, str]], held: frozenset[str]
) -> list[tuple[str, int, date]]:
    """("in" or "out", which stay in custody it is, day) of each change, from what the record said one after the other.

    `custody`: (the day on which it came to say so, its status); no day: what it said at first. Another status while they
    stay inside is no news.
    """
    found: list[tuple[str, int, date]] = []
    stay, was_inside = 0, False
    for on, status in custody:
        inside = status in held
        if on and inside and not was_inside:
            stay += 1
            found.append(("in", stay, on))
        elif on and was_inside and not inside:
            found.append(("out", stay, on))
        was_inside = inside
    return found
