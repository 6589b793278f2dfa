"""What is recorded of a meeting of several agencies: the invitation, our report, how we took part and what follows.

Sources: supervision reference 3.3 (MARAC), 1.7 (registers); report 2.3 (plans that said neither who nor by when) and
3.3 (meetings without minutes, and plans that did not know of a conference). How long each step may take: product
rules, clocks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cases.reference.agency_meetings import REGISTER_OF, AgencyMeetingKind, TookPart
from cases.rules.interim import says_nothing
from cases.rules.words import within_a_sentence
from staff.errors import RuleBroken
from staff.rules.dates import say_date

OLDEST = timedelta(days=366)  # held so long ago it is history, and came some other way
FURTHEST = timedelta(days=2 * 366)  # beyond it somebody has mistyped the year
HELD = frozenset({TookPart.WENT, TookPart.SENT_WORDS, TookPart.ABSENT})  # there are minutes of it
MAY_BECOME = {
    TookPart.NOT_SAID: {TookPart.WENT, TookPart.SENT_WORDS, TookPart.ABSENT, TookPart.NOT_HELD},
    # A mistake is put right; a meeting of which something was decided cannot turn out never to have been held
    TookPart.WENT: HELD,
    TookPart.SENT_WORDS: HELD,
    TookPart.ABSENT: HELD,
    TookPart.NOT_HELD: set(),
}
# The person must never learn of it: that it is held is itself what puts somebody in danger
NEVER_TOLD = frozenset({AgencyMeetingKind.MARAC})
KEEP_SECRET = (
    "The person must never learn of a MARAC: not that it is held, nor that they are named there, nor what it decided. "
    "Nothing of it goes on anything they are given, and nobody speaks of it where they could hear."
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One of several things of a kind that is owed: since when, by when, and the fact behind it."""

    since: date
    due_on: date
    why: str


def check_invitation(
    *, kind: str, held_at: datetime, where: str, invited_on: date, report_by_on: date | None,
    held_on: date, today: date,
) -> None:  # fmt: skip
    """Refuse an invitation nobody could follow. `held_on`: the day of `held_at` by the clock here."""
    AgencyMeetingKind(kind)
    if invited_on > today:
        raise RuleBroken("The day on which we were asked cannot be in the future.")
    check_place(where)
    check_day(held_on, report_by_on, today)


def check_day(held_on: date, report_by_on: date | None, today: date) -> None:
    """Refuse a day that is mistyped, and a report asked for after its meeting."""
    if held_on < today - OLDEST or held_on > today + FURTHEST:
        raise RuleBroken(f"The meeting would be on {say_date(held_on)}. Check the year.")
    if report_by_on and report_by_on > held_on:
        raise RuleBroken(
            f"The report is asked for after the meeting, which is on {say_date(held_on)}. Check the dates."
        )


def check_place(where: str) -> None:
    if says_nothing(where):
        raise RuleBroken("Say where it is, or how to join, so that whoever covers can go.")


def check_called_off(took_part: str, because: str) -> str:
    """Refuse to call off what was held, or for no reason. Gives the reason trimmed."""
    if took_part:
        raise RuleBroken("It is said already how we took part, so it cannot be called off.")
    if says_nothing(because):
        raise RuleBroken("Say why it was called off and who told us.")
    return because.strip()


def check_report(*, on: date, words: str, sent_on: date | None, took_part: str, today: date) -> str:
    """Refuse a report sent twice, in the future or of which nobody could say what it said. Gives the words trimmed."""
    if sent_on:
        raise RuleBroken(f"Our report was sent on {say_date(sent_on)} already.")
    if took_part:
        raise RuleBroken(
            "It is said already how we took part. Put that right if the report was read."
        )
    if on > today:
        raise RuleBroken("The day on which it was sent cannot be in the future.")
    if says_nothing(words):
        raise RuleBroken("Say in a sentence what our report said.")
    return words.strip()


def check_said(
    *, stood: str, took_part: str, somebody_went: bool, came_to: str, held_on: date, today: date
) -> str:
    """Refuse an answer before the meeting, one that says nothing, or one that cannot follow what was said. Gives the words trimmed."""
    if took_part not in MAY_BECOME[TookPart(stood)]:
        raise RuleBroken(f"It is said already: {within_a_sentence(TookPart(stood).title)}.")
    if held_on > today:
        raise RuleBroken(
            f"The meeting is on {say_date(held_on)}. Move it if it was held earlier, or call it off."
        )
    if took_part == TookPart.WENT and not somebody_went:
        raise RuleBroken("Say who of us was there.")
    if says_nothing(came_to):
        raise RuleBroken(ASKS[TookPart(took_part)])
    return came_to.strip()


ASKS = {
    TookPart.WENT: "Say what was decided, in your own words.",
    TookPart.SENT_WORDS: "Say what was decided and who told us. If nobody has told us yet, ask the chair first.",
    TookPart.ABSENT: "Say why nobody went and nothing was sent, and what was decided as far as we know.",
    TookPart.NOT_HELD: "Say why it was not held, and who told us.",
}


def check_what_follows(took_part: str, has_actions: bool, nothing_for_us: bool, stood: str) -> None:
    """Refuse silence about what we are to do: either something, by somebody and by a day, or that there is nothing.

    `stood`: how we took part, as was said before; where it is only put right, what follows was said then.
    """
    if took_part not in HELD:
        if has_actions:
            raise RuleBroken("A meeting that was not held gave us nothing to do.")
        return
    if has_actions and nothing_for_us:
        raise RuleBroken("Say either that there is nothing for us to do, or what there is.")
    if not has_actions and not nothing_for_us and not stood:
        raise RuleBroken("Say what we are to do, by whom and by when, or that there is nothing for us.")  # fmt: skip


def check_next(next_on: date | None, held_on: date, today: date) -> None:
    if next_on is not None and next_on <= held_on:
        raise RuleBroken(
            f"The next meeting comes after this one, which was on {say_date(held_on)}."
        )
    if next_on is not None and next_on > today + FURTHEST:
        raise RuleBroken(f"The next meeting would be on {say_date(next_on)}. Check the year.")


def check_minutes(
    *, on: date, text: str, has_file: bool, took_part: str, held_on: date, came_on: date | None, today: date
) -> str:  # fmt: skip
    """Refuse minutes of what was not held, a second time, or with nothing in them. Gives the text trimmed."""
    if came_on:
        raise RuleBroken(f"The minutes came on {say_date(came_on)} already.")
    if took_part not in HELD:
        raise RuleBroken("Say first how we took part in it, and what was decided.")
    if on > today or on < held_on:
        raise RuleBroken("The day on which they came lies between the meeting and today.")
    if not has_file and says_nothing(text):
        raise RuleBroken("Paste the minutes or attach them. If none are made, say so and who told us.")  # fmt: skip
    return text.strip()


def gaps(registered: Mapping[str, str], recorded: frozenset[str]) -> list[str]:
    """What the registers say there should be a meeting of, and none is recorded: a sentence each.

    `registered`: {code of a register: how staff call it} of those that run; `recorded`: kinds of meeting that stand.
    A core group follows a conference, so that a group alone leaves the conference missing.
    """
    firsts: dict[str, AgencyMeetingKind] = {}
    for kind, code in REGISTER_OF.items():
        firsts.setdefault(code, kind)
    return [
        f"{registered[code]} is registered and no {within_a_sentence(kind.title)} is recorded."
        for code, kind in firsts.items()
        if code in registered and kind not in recorded
    ]


def first_owed(owed: Iterable[Owed]) -> Owed | None:
    """Of several that are open, the one whose day comes first."""
    return min(owed, key=lambda one: (one.due_on, one.since, one.why), default=None)
