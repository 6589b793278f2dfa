"""What a hand-over must say, and which step may follow which. Nobody accepts what they offered themselves.

Source: Through the Gate reference 6 (hand-over meeting with minutes; the officer must acknowledge), 7 (T1); report
4.2.3. The hand-over is about readiness as it stands: what is missing is kept with it and stops nothing.
"""

from cases.rules.interim import says_nothing
from staff.errors import RuleBroken
from staff.rules.dates import say_date
from ttg.reference.hand_over import HandOverState

OFFERED, QUERIED, ACCEPTED = HandOverState
ACCEPTED_ALREADY = (
    "The officer has accepted this hand-over. What is new since then is told to them in the log."
)
NOTHING_OFFERED = "Nothing has been handed over yet."


def check_offer(*, state, met_on, how, who_came, minutes, received_on, today):
    """Refuse a hand-over that says nothing, or that comes after it was accepted. `state`: of the one before; blank: none."""
    if state == ACCEPTED:
        raise RuleBroken(ACCEPTED_ALREADY)
    if not received_on <= met_on <= today:
        raise RuleBroken(f"Enter the day you spoke, from {say_date(received_on)} to today.")
    if says_nothing(how):
        raise RuleBroken("Say how you met: by video, by telephone or at the prison.")
    if says_nothing(who_came):
        raise RuleBroken("Say who took part, by what they do.")
    if says_nothing(minutes):
        raise RuleBroken(
            "Write what was said, so that whoever was not there can take over from it."
        )


def check_ask(*, state, words):
    """Refuse a question about nothing, about what is accepted, or on top of one that is not answered."""
    _check_offered(state)
    if state == QUERIED:
        raise RuleBroken(
            "A question waits for its answer already. Ring Through the Gate to add to it."
        )
    if says_nothing(words):
        raise RuleBroken("Write what you need to know before you take over.")


def check_answer(*, state, words):
    """Refuse an answer to nothing, and one that says nothing."""
    _check_offered(state)
    if state != QUERIED:
        raise RuleBroken("The officer has not asked anything that waits for an answer.")
    if says_nothing(words):
        raise RuleBroken("Write the answer, or when and from whom the officer will have it.")


def check_accept(*, state, offered_by, by):
    """Refuse what was not offered, what waits for an answer, and whoever offered it. `offered_by` and `by`: keys."""
    _check_offered(state)
    if state == QUERIED:
        raise RuleBroken(
            "What you asked is not answered yet. Wait for the answer, or ring Through the Gate."
        )
    if offered_by == by:
        raise RuleBroken(
            "You offered this hand-over. Whoever takes over is somebody else: a senior can accept it."
        )


def _check_offered(state):
    if not state:
        raise RuleBroken(NOTHING_OFFERED)
    if state == ACCEPTED:
        raise RuleBroken(ACCEPTED_ALREADY)
