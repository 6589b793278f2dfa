"""Somebody at the desk whom nobody expected: what must be said of them, who hears at once, and how it may end.

Source: product rules, roles (duty officer) and information in; supervision reference 2.4; local policy for duty officers.
"""

from datetime import datetime

from cases.reference.duty import CameFor, WalkInState
from cases.rules.interim import says_nothing
from cases.rules.words import counted
from staff.errors import RuleBroken

WAITING, SEEN, LEFT = WalkInState.WAITING, WalkInState.SEEN, WalkInState.LEFT
MAY_BECOME = {
    WAITING: frozenset({SEEN, LEFT}),
    SEEN: frozenset(),
    LEFT: frozenset(),
}
LONGEST_WORDS = 500  # letters that are kept of what they say they want
MOST_CAME_TO = 4000
LONG = 30  # minutes after which waiting is said to be long


def check_walk_in(*, came_for, words, came_at, now):
    """Refuse somebody at the desk of whom nobody could say why. Gives the reason and the words, trimmed."""
    if came_for not in set(CameFor):
        raise RuleBroken("Say why they came.")
    if came_at > now:
        raise RuleBroken("They cannot have come later than now.")
    if came_for == CameFor.OTHER and says_nothing(words):
        raise RuleBroken(
            "Say in a few words what they want, so that whoever sees them is prepared."
        )
    return CameFor(came_for), words.strip()


def check_may_become(state, to):
    """Refuse a second end: two of us saw the same person, or one of us said that they had left."""
    if to not in MAY_BECOME[WalkInState(state)]:
        said = {SEEN: "that they were seen", LEFT: "that they left"}[WalkInState(state)]
        raise RuleBroken(f"Somebody has recorded {said} already. Look at what it says before you add to it.")  # fmt: skip


def check_seen(*, safe, came_to):
    """Refuse to call them seen while nobody asked if they are safe, or said what came of it. Gives the words trimmed."""
    if safe is None:
        raise RuleBroken("Ask whether they are safe today, and say what they answered.")
    if says_nothing(came_to):
        raise RuleBroken("Say what it came to, so that whoever reads the log can follow.")
    return came_to.strip()


def check_left(because):
    """Refuse an end that says nothing. Gives the words trimmed."""
    if says_nothing(because):
        raise RuleBroken(
            "Say what you know of why they left, even if it is that nobody saw them go."
        )
    return because.strip()


def worries(came_for: str, safe: bool | None) -> bool:
    """Whether somebody must hear of it at once, and ring them the same day if they go unseen."""
    return safe is False or came_for == CameFor.UPSET


def minutes_waited(came_at: datetime, now: datetime) -> int:
    return max(0, int((now - came_at).total_seconds() // 60))


def say_waited(minutes: int) -> str:
    """ "12 minutes", "1 hour 5 minutes", "less than a minute"."""
    if minutes < 1:
        return "less than a minute"
    hours, rest = divmod(minutes, 60)
    said = [counted(hours, "hour") if hours else "", counted(rest, "minute") if rest else ""]
    return " ".join(filter(None, said))


def waits_long(minutes: int) -> bool:
    return minutes >= LONG
