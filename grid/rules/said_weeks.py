"""What may be said of a week: the times at which somebody can come, and what they are tied to.

Source: features 76; local policy (what cannot be meant is asked again and never guessed).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, time, timedelta
from itertools import pairwise

from cases.rules.hours import DAYS
from grid.reference.parts_of_day import PartOfDay
from grid.rules.free_slots import HOURS, minute_of
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

Hours = tuple[int, time, time]  # day of the week, from, to
LONGEST_NOTE, LONGEST_WORDS = 300, 100  # characters, of a note or a reason, and of a commitment
NO_TIME = "Say at least one time of the week at which they can come. If there is none, ask your senior: no group can be offered."


def check_times(parts: Mapping[int, Collection[PartOfDay]], hours: Iterable[Hours]) -> None:
    """Refuse no time at all, hours that are none, hours that overlap, and hours of a part that is ticked as a whole."""
    hours = sorted(hours)
    if not any(parts.values()) and not hours:
        raise RuleBroken(NO_TIME)
    for one in hours:
        _check_stretch(*one)
    for one, following in pairwise(hours):
        if one[0] == following[0] and following[1] < one[2]:
            said = f"{_say(*one[1:])} and {_say(*following[1:])}"
            raise RuleBroken(f"{DAYS[one[0]]}: {said} overlap. Give each stretch once.")
    for weekday, from_at, to_at in hours:
        if _ticked(parts.get(weekday, ()), from_at, to_at):
            raise RuleBroken(
                f"{DAYS[weekday]}: {_say(from_at, to_at)} is ticked already as part of the day. If they can come at those "
                "hours alone, take the tick out; if they can come at any time of it, take the hours out."
            )


def check_commitment(
    words: str,
    weekday: int,
    from_at: time,
    to_at: time,
    first_on: date | None,
    last_on: date | None,
    today: date,
) -> None:
    """Refuse one of no words or of no time, one that is over, and one that never comes. It may go on past midnight."""
    if not words:
        raise RuleBroken("Say what they are tied to, for example work or the school run.")
    if from_at == to_at:
        raise RuleBroken(f"{_say(from_at, to_at)} is no time at all.")
    if first_on and last_on and last_on < first_on:
        raise RuleBroken(f"Its last day, {say_date(last_on)}, is before its first.")
    if last_on and last_on < today:
        raise RuleBroken(f"It was over on {say_date(last_on)}. Only what is still to come keeps them from a group.")  # fmt: skip
    if first_on and last_on and first_on + timedelta((weekday - first_on.weekday()) % 7) > last_on:
        said = f"from {say_date(first_on)} to {say_date(last_on)}" if first_on < last_on else say_date(first_on)  # fmt: skip
        raise RuleBroken(f"There is no {DAYS[weekday]} in it: {said}.")


def _check_stretch(weekday, from_at, to_at):
    if from_at >= to_at:
        raise RuleBroken(
            f"{DAYS[weekday]}: {say_time(to_at)} is not after {say_time(from_at)}. Check am and pm."
        )


def _ticked(parts, from_at, to_at):
    """Whether these hours lie wholly within what is ticked, two parts that touch being one."""
    start, end = minute_of(from_at), minute_of(to_at)
    for opens, closes in sorted(HOURS[part] for part in parts):
        if opens <= start < closes:
            start = closes
    return start >= end


def _say(from_at, to_at):
    return f"{say_time(from_at)} to {say_time(to_at)}"
