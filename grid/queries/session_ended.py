"""A session that has begun and cannot be held: whether whoever keeps its register may end it, and what would follow.

Source: product rules, groups and failures. The page shows it, and the service does it by the same words.
"""

from dataclasses import dataclass

from django.utils.timezone import localtime

from cases.rules.words import counted
from grid.queries.group_register import (
    expected_on,
    is_called_off,
    is_unsaid,
    leads,
    session_words,
    sessions_open_to,
)
from grid.queries.series import as_session
from grid.queries.series_changes import if_not_held
from grid.reference.groups import SeriesState, SessionState
from staff.errors import RuleBroken
from staff.rules.dates import say_time

LEADERS_ALONE = "Only those who lead this session can say that it cannot be held."
ALL_SAID = "Nobody is left on this register of whom nothing is said, so there is nothing to call off. Send it."
ENDED = "This session was called off already: {}. Nothing is changed by saying it again."
SENT = "The register of this session is sent, so it was held. Put right what it says, and say why."
SERIES_OVER = "This series was called off: {}. Say of each in this register what came of it."
NOT_BEGUN = "It begins at {}. Until then a session is called off on the page of its series."


@dataclass(frozen=True)
class Ending:
    """What ending it would mean, in sentences."""

    session: str
    follows: list[str]
    told: tuple[str, ...]  # what the new session would be without


def why_not(session, user, now):
    """Why they may not end it, in a sentence; blank: they may. `session`: with its series. The same twice changes nothing."""
    series = session.series
    if not sessions_open_to(user).filter(pk=session.pk).exists():
        return LEADERS_ALONE
    if session.state == SessionState.CALLED_OFF:
        return ENDED.format(session.state_because.rstrip("."))
    if not leads(session, user):
        return LEADERS_ALONE
    if session.sent_at:
        return SENT
    if series.state != SeriesState.OPEN:
        return SERIES_OVER.format(series.state_because.rstrip("."))
    planned = as_session(session)
    if not planned.has_begun(localtime(now)):
        return NOT_BEGUN.format(say_time(planned.from_at))
    return "" if any(is_unsaid(one) for one in expected_on(session)) else ALL_SAID


def if_ended(session, now):
    """`Ending`. Raises RuleBroken where a later session has begun, or no day is left for another."""
    people = list(expected_on(session))
    unsaid = sum(is_unsaid(one) for one in people)
    said = sum(not (is_unsaid(one) or is_called_off(one)) for one in people)
    change = if_not_held(session.series, session.number, now)
    follows = [
        f"For {counted(unsaid, 'person', 'people')} of whom nothing is said yet the hour is called off by us: nobody of them "
        "is recorded as having failed to come.",
        *([f"What is said of {counted(said, 'person', 'people')} stands."] if said else []),
        change.replanned.words,
        "Each session to come is booked anew for those who lack it, and their officers are told what it means for each.",
    ]
    return Ending(session_words(session), follows, change.told)


def check_ended(session, user, now):
    """Refuse what may not be ended, with why."""
    if why := why_not(session, user, now):
        raise RuleBroken(why)
