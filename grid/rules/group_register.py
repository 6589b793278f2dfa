"""The register of a session: what it may say of each, when it is sent, how it is put right, and what it means for a case.

Sources: product rules, groups (attendance and the day in the case the same hour) and failures; supervision reference 1.5
and 2.4 (a calendar day of a rehabilitation activity requirement counts once); features 80. Local policy: how late still
counts as taking part, and that a register is sent by the end of the day of its session.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cases.reference.appointments import OUTCOMES, Outcome
from cases.rules.interim import says_nothing
from cases.rules.outcomes import Follows, follows
from cases.rules.rar import counts
from cases.rules.words import counted, sentence
from grid.reference.group_marks import (
    CAME,
    EXCUSES,
    OUTCOME_OF,
    OUTCOME_OF_VOLUNTARY,
    TO_JUDGE,
    Mark,
)
from grid.reference.interventions import Hook
from grid.rules.sessions import LONDON, Session
from staff.errors import RuleBroken
from staff.rules.dates import say_time

MOST_NOTE = 3999  # letters
MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class Said:
    """What the register says of one person. `excuse`: code of the outcome that says why they were excused."""

    case: int
    mark: Mark
    late_minutes: int = 0
    excuse: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """What it is in their case. `rar_day`: the day that it adds to those credited; None: it adds none."""

    outcome: Outcome
    follows: Follows
    rar_day: date | None


def check_held(session: Session, *, called_off: bool) -> None:
    """Refuse the register of a session that was called off: nobody was offered it."""
    if called_off:
        raise RuleBroken(f"{sentence(str(session))} was called off, so it has no register.")


def check_said(said: Said, session: Session, now: datetime, *, most_late: int) -> None:
    """Refuse what cannot be, or what the officer could not decide by. `most_late`: minutes, in policy."""
    if not session.has_begun(now) and said.mark is not Mark.EXCUSED:
        raise RuleBroken(
            f"{sentence(str(session))} begins at {say_time(session.from_at)}, so only an absence that is agreed "
            "can be recorded."
        )
    _check_lateness(said, session, most_late)
    if said.mark is Mark.EXCUSED and said.excuse not in EXCUSES:
        raise RuleBroken("Choose the good reason that they had.")
    if said.mark is not Mark.EXCUSED and said.excuse:
        raise RuleBroken("A good reason is only said of somebody who was absent with one.")
    if said.mark in TO_JUDGE and says_nothing(said.note):
        raise RuleBroken("Say what they did, for the officer who decides what it comes to.")
    if len(said.note) > MOST_NOTE:
        raise RuleBroken(f"The note must be {MOST_NOTE:,} letters or fewer.")


def _check_lateness(said, session, most_late):
    late = said.late_minutes
    if late < 0:
        raise RuleBroken("Minutes are nought or more.")
    if late and said.mark not in CAME:
        raise RuleBroken("Only somebody who came can have been late.")
    if late >= session.minutes:
        raise RuleBroken(
            f"The session lasts {counted(session.minutes, 'minute')}. Look at how late they were."
        )
    if late > most_late and said.mark is Mark.TOOK_PART:
        raise RuleBroken(
            f"More than {counted(most_late, 'minute')} late does not count as taking part. Say that they did not "
            "comply, or were sent home by us."
        )


def check_marks(marks: Iterable[Said], expected: frozenset[int]) -> None:
    """Refuse a register that says something twice of somebody, or of somebody who was not expected."""
    often = Counter(one.case for one in marks)
    twice = sum(number > 1 for number in often.values())
    if twice:
        raise RuleBroken(
            f"The register says something twice of {counted(twice, 'person', 'people')}. Say it once of each."
        )
    strangers = len(often.keys() - expected)
    if strangers:
        raise RuleBroken(
            f"{counted(strangers, 'person was', 'people were')} not expected at this session. Let them join first."
        )


def check_send(
    marks: Iterable[Said],
    expected: frozenset[int],
    session: Session,
    now: datetime,
    *,
    called_off: bool,
    most_late: int,
) -> None:
    """Refuse to send a register that is not whole, or before its session is over."""
    marks = list(marks)
    check_held(session, called_off=called_off)
    check_marks(marks, expected)
    if now < session.ends_at:
        raise RuleBroken(
            f"{sentence(str(session))} lasts until {say_time(session.ends_at)}. Send the register once it is over."
        )
    for one in marks:
        check_said(one, session, now, most_late=most_late)
    left = len(expected - {one.case for one in marks})
    if left:
        raise RuleBroken(
            f"The register says nothing of {counted(left, 'person', 'people')}. Say of each what came of it."
        )


def check_change(stood: Said, said: Said, *, sent: bool, reason: str) -> None:
    """Refuse a change that changes nothing, or one without a reason once the register has been sent."""
    if said.case != stood.case:
        raise RuleBroken("A mark is put right for the person of whom it was said.")
    if said == stood:
        raise RuleBroken("Nothing is changed. Say what should be.")
    if sent and says_nothing(reason):
        raise RuleBroken(
            "The register has been sent, and what it says is in the case. Say why it is put right."
        )
    if len(reason) > MOST_REASON:
        raise RuleBroken(f"The reason must be {MOST_REASON} letters or fewer.")


def is_late(session: Session, sent_at: datetime | None, now: datetime) -> bool:
    """Whether it was not sent by the end of its session's day, by the clock in London."""
    return (sent_at or now).astimezone(LONDON).date() > session.on


def outcome_for(said: Said, *, voluntary: bool) -> Outcome:
    """The outcome of their appointment."""
    if said.mark is Mark.EXCUSED:
        return OUTCOMES[said.excuse]
    return OUTCOMES[(OUTCOME_OF_VOLUNTARY if voluntary else OUTCOME_OF)[said.mark]]


def means(
    said: Said,
    session: Session,
    hook: Hook,
    *,
    days_counted: bool,
    credited: frozenset[date] = frozenset(),
) -> Means:
    """What a mark is in the case of somebody who comes by this hook.

    `days_counted`: in the terms of the intervention; `credited`: days of their requirement that are credited by
    something else, of which none is credited again.
    """
    outcome = outcome_for(said, voluntary=hook is Hook.VOLUNTARY)
    is_day = days_counted and hook is Hook.RAR and session.on not in credited
    day = is_day and counts(outcome)
    return Means(outcome, follows(outcome), session.on if day else None)
