"""Who of those chosen leads which session: no more at one than the series asks for.

Source: product rules, groups (facilitators with leave, cover). Local policy: those chosen first lead it from week to week, so
that the same faces are there; those chosen after them stand in where one of these cannot.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.rules.hours import DAYS
from grid.rules.leader_hours import within
from grid.rules.sessions import Session
from grid.rules.staffing import Asks, Leader, against
from staff.rules.dates import say_time


@dataclass(frozen=True, slots=True)
class Led:
    """One session with whoever leads it; fewer than are asked for where no more of them can."""

    session: Session
    leaders: tuple[Leader, ...]


def led_by(chosen: Iterable[Leader], sessions: Iterable[Session], asks: Asks) -> list[Led]:
    """Every session with its leaders: of those who can lead it, the ones who were chosen first."""
    chosen = list(chosen)
    return [
        Led(
            session,
            tuple([one for one in chosen if not against(one, session, asks)][: asks.leaders]),
        )
        for session in sessions
    ]


def not_needed(chosen: Iterable[Leader], led: Iterable[Led]) -> list[Leader]:
    """Those chosen who would lead none of it, because the others do."""
    lead = {one.user for each in led for one in each.leaders}
    return [one for one in chosen if one.user not in lead]


def outside_hours(led: Iterable[tuple[Session, Iterable[Leader]]]) -> list[str]:
    """What is to be told of leaders who would lead outside the hours they said they work, each hour of the week once.

    It refuses nothing: they may be asked. `led`: sessions, each with whoever would lead it.
    """
    told = dict.fromkeys(
        f"{say_time(session.from_at)} to {say_time(session.to_at)} on {DAYS[session.on.weekday()]}s is not within the "
        f"hours that {one.name} said they work. Ask them first."
        for session, leaders in led
        for one in leaders
        if not within(one.hours, session)
    )
    return list(told)
