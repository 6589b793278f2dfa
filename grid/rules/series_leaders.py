"""Who of those chosen leads which session: no more at one than the series asks for.

Source: product rules, groups (facilitators with leave, cover). Local policy: those chosen first lead it from week to week, so
that the same faces are there; those chosen after them stand in where one of these cannot.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from grid.rules.sessions import Session
from grid.rules.staffing import Asks, Leader, against


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
