"""What may be recorded of a court's question, of our reply and of its withdrawal. The line itself: `cases.rules.court_line`.

Sources: product rules, sharing (nobody protected is named to anybody) and clocks; supervision reference 7.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cases.reference.codes import Titled
from cases.reference.courts import CourtWants
from cases.rules.court_line import TO_WRITE
from cases.rules.interim import says_nothing
from cases.rules.names import without_names
from cases.rules.words import counted, within_a_sentence
from staff.errors import RuleBroken
from staff.rules.dates import say_date, say_time

LONGEST_REPLY = 4000  # letters
ALSO = timedelta(days=366)  # a court that asks for more than a year ahead has been mistyped
NAMES_SOMEBODY = (
    "The reply has a name in it that is kept to those who work on the case. Take out the names of partners, children and "
    "victims: a reply is read out in court."
)


class RequestState(Titled):
    """Where the question of a court stands."""

    WAITING = "waiting", "To be answered"
    REPLIED = "replied", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


MAY_BECOME = {
    RequestState.WAITING: {RequestState.REPLIED, RequestState.WITHDRAWN},
    RequestState.REPLIED: set(),
    RequestState.WITHDRAWN: set(),
}


def state_of(replied_at: datetime | None, withdrawn_at: datetime | None) -> RequestState:
    if withdrawn_at:
        return RequestState.WITHDRAWN
    return RequestState.REPLIED if replied_at else RequestState.WAITING


def check_move(stands: RequestState, to: RequestState, *, who: str = "", at: str = "") -> None:
    """Refuse a second answer. `who` and `at`: by whom and when the first was given."""
    if to in MAY_BECOME[stands]:
        return
    by = f" by {who}, {at}" if who else ""
    raise RuleBroken(f"It is {within_a_sentence(stands.title)} already{by}. Read that before the court hears twice.")  # fmt: skip


def check_request(
    *, court: str, asked_by: str, wants: str, words: str, asked_at: datetime, needed_by: datetime, now: datetime
) -> None:  # fmt: skip
    """Refuse a question nobody could answer, or answer in time."""
    if says_nothing(court):
        raise RuleBroken("Say which court asks.")
    if says_nothing(asked_by):
        raise RuleBroken("Say who asks and how to reach them, so that the reply goes to the right person.")  # fmt: skip
    if asked_at > now:
        raise RuleBroken("The court cannot have asked in the future. Check the day and time.")
    if needed_by < asked_at:
        raise RuleBroken("It cannot be needed before it was asked for. Check the day and time.")
    if needed_by > now + ALSO:
        raise RuleBroken("It would be needed in more than a year. Check the day.")
    if wants == CourtWants.OTHER and says_nothing(words):
        raise RuleBroken("Write the question as it was put.")


def check_reply(reply: str, composed: str, protected: Iterable[str], own: str) -> str:
    """Refuse an empty reply, one not finished, and one that names somebody protected. Gives it trimmed.

    `protected`: names kept to those who work on the case; what the record's own words happen to share with one,
    such as the month of May, gives nobody away.
    """
    reply = reply.strip()
    if says_nothing(reply):
        raise RuleBroken("Write what the court was told.")
    if len(reply) > LONGEST_REPLY:
        raise RuleBroken(f"The reply must be {LONGEST_REPLY:,} characters or fewer.")
    if TO_WRITE.strip() in reply:
        raise RuleBroken("Something is still to be written: look for the square brackets.")
    if named_in(reply, protected, own) - named_in(composed, protected, own):
        raise RuleBroken(NAMES_SOMEBODY)
    return reply


def named_in(text: str, names: Iterable[str], own: str) -> frozenset[str]:
    """Those of these names that the text has, whole or in part."""
    return frozenset(one for one in names if without_names(text, [one], own) != text)


def check_withdrawn(because: str) -> str:
    if says_nothing(because):
        raise RuleBroken("Say why the court no longer needs it and who told us.")
    return because.strip()


def time_left(needed_by: datetime, now: datetime) -> str:
    """ "2 hours 10 minutes left", "40 minutes late"; in days where it is more than one."""
    late = needed_by < now
    minutes = int(abs(needed_by - now).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, over = divmod(rest, 60)
    if days:
        words = counted(days, "day")
    elif hours:
        words = counted(hours, "hour") + (f" {counted(over, 'minute')}" if over else "")
    else:
        words = counted(over, "minute")
    return f"{words} {'late' if late else 'left'}"


def say_moment(at: datetime) -> str:
    """ "3 May 2018 at 2:30pm", of a time by the clock here."""
    return f"{say_date(at.date())} at {say_time(at.time())}"
