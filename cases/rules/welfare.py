"""When somebody is asked whether they think of harming themselves, what must be said of it, and how an answer is repeated.

Source: supervision reference 1.7 (ALSH); product rules, clocks; at which moments is local policy. An answer is what they
said on a day. It is never said of anybody that there is no risk.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cases.reference.worst_days import WelfareAnswer, WelfareWhen
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date

RISE = frozenset({WelfareAnswer.THOUGHTS, WelfareAnswer.PLANS})  # the seniors hear at once
NOBODY_ASKED = "Nobody has recorded here that they were asked."
SAID = {
    WelfareAnswer.NO: "They said on {day} that they have no such thoughts.",
    WelfareAnswer.THOUGHTS: "They said on {day} that they have thoughts of harming themselves.",
    WelfareAnswer.PLANS: "They said on {day} that they have a plan to harm themselves, or the means.",
    WelfareAnswer.WOULD_NOT: "They were asked on {day} and would not answer.",
    WelfareAnswer.COULD_NOT: "They could not be asked on {day}.",
}
MUST_SAY = {  # what their words are asked for, by the answer
    WelfareAnswer.THOUGHTS: "Say what they told you, in their words as far as you can.",
    WelfareAnswer.PLANS: "Say what they told you, in their words as far as you can.",
    WelfareAnswer.COULD_NOT: "Say why they could not be asked.",
}
MUST_DO = {
    WelfareAnswer.THOUGHTS: "Say what you did and who was told. If nobody has been told yet, tell somebody now.",
    WelfareAnswer.PLANS: "Say what you did and who was told. If nobody has been told yet, tell somebody now.",
    WelfareAnswer.WOULD_NOT: "Say what you did next, and who was told that they would not answer.",
    WelfareAnswer.COULD_NOT: "Say who asks them instead, and when.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The last time they could be asked, or somebody tried."""

    answer: WelfareAnswer
    on: date


def is_asked_of(*, registered: bool, last: WelfareAnswer | None) -> bool:
    """Whether this person is asked at the moments at which it gets harder.

    `registered`: the self-harm register stands. `last`: what they answered when they last could be asked; None: never.
    """
    return registered or last in RISE


def check_welfare(
    *, moment: str, asked_at: datetime, answer: str, words: str, done: str, now: datetime
) -> dict:
    """Refuse what nobody could act on. Gives what is kept, trimmed."""
    answer = WelfareAnswer(answer)
    if asked_at > now:
        raise RuleBroken("They cannot have been asked in the future.")
    if answer in MUST_SAY and says_nothing(words):
        raise RuleBroken(MUST_SAY[answer])
    if answer in MUST_DO and says_nothing(done):
        raise RuleBroken(MUST_DO[answer])
    return {
        "moment": WelfareWhen(moment),
        "asked_at": asked_at,
        "answer": answer,
        "words": words.strip(),
        "done": done.strip(),
    }


def said_of(last: Asked | None) -> str:
    """What they last said and on which day, and no more than that."""
    if last is None:
        return NOBODY_ASKED
    return SAID[last.answer].format(day=say_date(last.on))
