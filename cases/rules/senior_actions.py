"""What a senior may ask to be done on a case, by when, and what closes it.

Source: product rules, oversight. The day is the senior's own, because only they know how soon it matters.
"""

from datetime import timedelta

from cases.reference.senior_actions import SENIOR_ACTION_MAY_BECOME, SeniorActionState
from cases.rules.stock import is_stock
from staff.errors import RuleBroken

MOST_DAYS = 183  # ahead: what can wait for longer is for the next supervision to ask
SAY = {  # what is asked for instead of nothing, or of words that say nothing
    "what": "Say what is to be done, so that somebody else could tell whether it was.",
    "why": "Say why it matters, so that whoever does it knows what it is for.",
    "settled_because": "Say what was done, or why it is no longer asked for.",
    "discussed": "Say what you talked about, so that both of you would know it again.",
    "answer": "Say what you answer, or leave the box empty.",
    "called_off_because": "Say why it is called off.",
}


def check_says(**boxes):
    """Refuse a box that is blank, or holds what is typed to get past it. Gives them trimmed."""
    for name, words in boxes.items():
        if is_stock(words or ""):
            raise RuleBroken(SAY[name])
    return {name: words.strip() for name, words in boxes.items()}


def check_due(due_on, today):
    if due_on < today:
        raise RuleBroken(
            "Choose today or a later day: nobody can do anything by a day that has passed."
        )
    if due_on > today + timedelta(days=MOST_DAYS):
        raise RuleBroken(
            "Choose a day within six months. What can wait for longer is better asked for at a later supervision."
        )


def check_has_officer(officer):
    """It is the officer's who holds the case; a case of nobody has nobody who would do it."""
    if officer is None:
        raise RuleBroken(
            "Nobody holds this case. Name an officer first, then say what is to be done."
        )


def check_becomes(state, to):
    if to not in SENIOR_ACTION_MAY_BECOME[SeniorActionState(state)]:
        raise RuleBroken(
            f"This stands at “{SeniorActionState(state).title}”, so there is nothing more to do about it."
        )
