"""When and where somebody may be met at the gate, and what must be said of it afterwards.

Source: Through the Gate reference 6 and 7 (mentor at the gate, a failed meeting told the same day).
"""

from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from ttg.reference.hand_over import MetState

SAID_ALREADY = "Somebody has said already what came of this meeting."
SAID = (MetState.MET, MetState.NOT_MET)


def check_plan(*, planned, at, where, leaves_on, released_on, now):
    """Refuse a second meeting, one in the past, one on another day than they leave, and one at no place.

    `planned`: whether one is planned already; `at` and `now`: moments by the clock here.
    """
    if released_on:
        raise RuleBroken(f"They left on {say_date(released_on)}.")
    if planned:
        raise RuleBroken(
            "A meeting is planned already. Call it off first, so that whoever was to go hears of it."
        )
    if at <= now:
        raise RuleBroken("Enter a time that is still to come.")
    if leaves_on is None:
        raise RuleBroken(
            "The day they leave is not recorded. Record it first, so that nobody waits on the wrong day."
        )
    if at.date() != leaves_on:
        raise RuleBroken(f"They leave on {say_date(leaves_on)}. Plan the meeting for that day.")
    if says_nothing(where):
        raise RuleBroken("Say where to wait, so that they find each other.")


def check_said(*, state, at, now, words, needs_words):
    """Refuse what was said already, a meeting that is not yet, and that they were not met without what happened."""
    if state != MetState.PLANNED:
        raise RuleBroken(SAID_ALREADY)
    if why := not_yet(state=state, on=at.date(), today=now.date()):
        raise RuleBroken(why)
    if needs_words and says_nothing(words):
        raise RuleBroken("Say what happened, and where they were last known to be.")


def not_yet(*, state, on, today):
    """Why nothing can be said yet of a meeting that is planned, in words for whoever asks; blank where it can, or was."""
    if state != MetState.PLANNED or on <= today:
        return ""
    return f"The meeting is on {say_date(on)}. Say what came of it then."


def check_call_off(*, state, because):
    """Refuse what was said already, and no reason."""
    if state != MetState.PLANNED:
        raise RuleBroken(SAID_ALREADY)
    if says_nothing(because):
        raise RuleBroken("Say why it is called off.")


def check_put_right(*, state, to, because, another):
    """Refuse to put right what nobody has said, what says so already, and what gives no reason.

    `to`: met or not met, or planned, which takes back what was said: nobody knows yet. `another`: whether a meeting is
    planned since.
    """
    if state not in SAID:
        raise RuleBroken(
            "Nobody has said what came of this meeting, so there is nothing to put right."
        )
    if to not in (*SAID, MetState.PLANNED):
        raise RuleBroken("Say whether they were met, were not met, or that nobody knows yet.")
    if to == state:
        raise RuleBroken("It says so already.")
    if to == MetState.PLANNED and another:
        raise RuleBroken("Another meeting is planned since. Say whether they were met at this one.")
    if says_nothing(because):
        raise RuleBroken(
            "Say what happened, and how you know, so that whoever was told can follow."
        )


def not_then(*, on, leaves_on, released_on, ended_on):
    """Why nobody comes out on the day of a planned meeting, in words for whoever would wait; blank where they do."""
    if ended_on:
        return "They are not in prison any more, as it is recorded. Ring before you go."
    if (released_on or leaves_on) == on:
        return ""
    if released_on:
        return f"They left on {say_date(released_on)}. Ring before you go."
    if leaves_on:
        return f"They leave on {say_date(leaves_on)} now. Ring before you go."
    return "The day they leave is not known any more. Ring before you go."
