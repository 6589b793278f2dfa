"""What a complaint must say, who sees to it, and what its answer must say.

Source: local policy on complaints: whoever one is about never reads it and has no part in it; where it is about a senior
probation officer or a head of service, it goes to a head of service.
"""

from datetime import date

from cases.reference.worst_days import ComplaintFrom, Upheld
from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date

ABOUT_YOU = "Nobody takes down, or sees to, what is said about themselves. Ask a colleague or a senior to do it, today."
TO_A_HEAD = (
    "It is about a senior probation officer or a head of service, so a head of service sees to it."
)
LEADERS = frozenset({Role.SPO, Role.HEAD})
HANDLERS = (Role.SPO, Role.HEAD)


def check_complaint(*, made_by: str, who: str, words: str, received_on: date, today: date):
    """Refuse a complaint nobody could answer. Gives who and the words, trimmed."""
    made_by = ComplaintFrom(made_by)
    if says_nothing(who) and made_by != ComplaintFrom.PERSON:
        raise RuleBroken(
            "Say who makes it, and how they are reached, so that they can be answered."
        )
    if says_nothing(words):
        raise RuleBroken("Say what they complain of, in their own words.")
    if received_on > today:
        raise RuleBroken("The day on which it came cannot be in the future.")
    return who.strip() or ComplaintFrom.PERSON.title, words.strip()


def seen_to_by(about: str | None) -> Role:
    """Whose it is: a senior's, or a head's where it is about one of those. `about`: the role of whom it is about."""
    return Role.HEAD if about in LEADERS else Role.SPO


def check_handler(*, handler: str, about: str | None, is_about_them: bool):
    """Refuse whoever may not answer it. `handler`, `about`: roles."""
    if is_about_them:
        raise RuleBroken(ABOUT_YOU)
    if seen_to_by(about) == Role.HEAD and handler != Role.HEAD:
        raise RuleBroken(TO_A_HEAD)
    if handler not in HANDLERS:
        raise RuleBroken("A senior probation officer or a head of service answers a complaint.")


def check_acknowledged(on: date, *, received_on: date, today: date):
    if on > today:
        raise RuleBroken("The day on which it was acknowledged cannot be in the future.")
    if on < received_on:
        raise RuleBroken(f"It came on {say_date(received_on)}, so it was not acknowledged before that.")  # fmt: skip


def check_answer(*, outcome: str, answer: str, learnt: str):
    """Refuse an answer that says or teaches nothing. Gives the words trimmed."""
    outcome = Upheld(outcome)
    if outcome == Upheld.NOT_ANSWERED:
        raise RuleBroken("Say what the complaint came to.")
    if says_nothing(answer):
        raise RuleBroken("Say what whoever made it is answered.")
    if says_nothing(learnt) and outcome in (Upheld.YES, Upheld.PARTLY):
        raise RuleBroken("Say what was learnt from it, and what is done otherwise from now on.")
    return outcome, answer.strip(), learnt.strip()
