"""What an audit recommends: how it is answered, who decides a contest, and what counts as having done it.

Source: report 2.4 ("did not agree with the suggestions ... but did the review anyway which is why little has
been changed"); product rules (nobody approves their own). Done means a change to show, or an upheld contest.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.reviews import RECOMMENDATION_MAY_BECOME, RecommendationState
from cases.rules.stock import is_stock
from staff.errors import RuleBroken
from staff.rules.dates import say_date

FEW = 10  # fewer than this, and no share is given: one more would change it by a tenth
SAY = {  # what is asked for instead of nothing, or of words that say nothing
    "what": "Say what is to be done, so that somebody else could tell whether it was.",
    "why": "Say what you found that calls for it.",
    "contested_because": "Say why you do not agree, so that whoever decides can weigh it.",
    "decision_because": "Say why, so that both can follow it.",
    "settled_because": "Say what changed, and how it answers the recommendation.",
}
NO_CHANGE = (
    "Nothing that was changed since is named. It is done with a change to show: a completed review that "
    "changed something, or a step of the plan that was added or finished since. If you do not agree with it, "
    "contest it."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The change that is named: on its own case, and from when. `substantive`: more than wording."""

    case: int
    on: date | None  # completed, added or finished; None: not yet
    substantive: bool


def check_says(**boxes):
    """Refuse a box that is blank, or holds what is typed to get past it. Gives them trimmed."""
    for name, words in boxes.items():
        if is_stock(words or ""):
            raise RuleBroken(SAY[name])
    return {name: words.strip() for name, words in boxes.items()}


def check_becomes(state, to):
    if to not in RECOMMENDATION_MAY_BECOME[RecommendationState(state)]:
        raise RuleBroken(
            f"This recommendation is at “{RecommendationState(state).title}”, so that is not open to it."
        )


def check_decides(*, by, made_by, contested_by):
    """Keys of users. Neither whoever recommended it nor whoever contested it decides."""
    if by == made_by:
        raise RuleBroken(
            "You made this recommendation, so somebody else decides the contest: another quality manager or "
            "the head of service."
        )
    if by == contested_by:
        raise RuleBroken("You contested this recommendation, so somebody else decides it.")


def check_change(shown, *, case, made_on):
    """Refuse what shows no change since it was made. `shown`: what is named, one or two of them."""
    if not shown:
        raise RuleBroken(NO_CHANGE)
    for one in shown:
        if one.case != case:
            raise RuleBroken("A recommendation is done by a change on its own case.")
        if one.on is None or one.on < made_on:
            raise RuleBroken(
                f"What is named comes from before {say_date(made_on)}, when it was recommended, or is not "
                "finished. Name a change made since."
            )
        if not one.substantive:
            raise RuleBroken(NO_CHANGE)


def share(contested, made):
    """Of 100, or None where so few were made that a share would mislead."""
    return None if made < FEW else round(100 * contested / made)
